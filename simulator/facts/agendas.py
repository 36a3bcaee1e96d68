"""What the record is about: agenda items by slug, with what became of their texts."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from simulator.errors import InputError, shown
from simulator.facts.record import Region, RollCall, roll_calls, vetoes
from simulator.facts.votes import Outcome


@dataclass(frozen=True, slots=True)
class Agenda:
    """What texts were about, and what became of them.

    Attributes
    ----------
    slug : str
        The word that stands for it in the record and in a scenario's ``draft.agenda``.
    region : Region or None
        Where it is; None only for ``other``.
    adopted, vetoed, failed : int
        Roll calls by outcome.
    other_vetoes : int
        Further vetoes, of texts whose roll calls are not on record.
    first, last : datetime.date
        The first and the last day of all these.
    """

    slug: str
    region: Region | None
    adopted: int
    vetoed: int
    failed: int
    other_vetoes: int
    first: datetime.date
    last: datetime.date

    @property
    def roll_calls(self) -> int:
        """All roll calls, whatever their outcome."""
        return self.adopted + self.vetoed + self.failed


@cache
def agendas() -> dict[str, Agenda]:
    """What the shipped record is about, by slug in alphabetic order.

    Examples
    --------
    >>> agendas()["dprk"].region.value, agendas()["dprk"].vetoed
    ('asia', 2)
    """
    return agendas_of(roll_calls())


def agendas_of(votes: Iterable[RollCall]) -> dict[str, Agenda]:
    """What these roll calls, and the vetoes of which only the vetoing members are known, are about.

    Parameters
    ----------
    votes : iterable of RollCall
        The shipped record, or that with rows of a newer one.

    Returns
    -------
    dict
        By slug, in alphabetic order. Slugs of vetoes alone are left out: they have no region.
    """
    votes, vetoed = tuple(votes), vetoes()
    regions = _first_regions(votes)
    counts = Counter((vote.agenda, vote.outcome) for vote in votes)
    others = Counter(veto.agenda for veto in vetoed if not veto.in_roll_calls)
    days: dict[str, list[datetime.date]] = {slug: [] for slug in sorted(regions)}
    for slug, date in [(one.agenda, one.date) for one in votes] + [(one.agenda, one.date) for one in vetoed]:
        if slug in days:
            days[slug].append(date)
    return {
        slug: Agenda(
            slug,
            regions[slug],
            adopted=counts[slug, Outcome.ADOPTED],
            vetoed=counts[slug, Outcome.VETOED],
            failed=counts[slug, Outcome.FAILED],
            other_vetoes=others[slug],
            first=min(on),
            last=max(on),
        )
        for slug, on in days.items()
    }


def regions_of(votes: Iterable[RollCall]) -> dict[str, Region | None]:
    """Where the agenda items of a record are, by slug: a word of the code book, which no later row changes.

    Of an item that the shipped record has, the region it has there; of a newer one, that of its first row.
    """
    return _first_regions(votes) | {slug: item.region for slug, item in agendas().items()}


def _first_regions(votes: Iterable[RollCall]) -> dict[str, Region | None]:
    by_date = sorted(votes, key=lambda vote: (vote.date, vote.id), reverse=True)
    return {vote.agenda: vote.region for vote in by_date}


def agenda_named(slug: str, known: Mapping[str, Agenda]) -> Agenda:
    """The agenda item of a slug.

    Raises
    ------
    InputError
        If there is none; the message names the nearest, and the command that lists all.

    Examples
    --------
    >>> agenda_named("dprk", agendas()).region.value
    'asia'
    """
    if slug in known:
        return known[slug]
    raise InputError(f"there is no agenda item {shown(slug)} – {agenda_hint(slug, known)}")


def agenda_hint(word: str, known: Collection[str]) -> str:
    """What to do about a word that is no agenda item: the nearest slugs, and the command that lists all.

    Examples
    --------
    >>> agenda_hint("dprkk", agendas())
    'did you mean dprk? `unsc agendas` lists all 79'
    >>> agenda_hint("north-korea", agendas())
    'did you mean dprk or korea-1950? `unsc agendas` lists all 79'
    >>> agenda_hint("qqqq", agendas())
    'nearest by spelling: iraq, mozambique, iran-iraq-war; `unsc agendas` lists all 79'
    """
    near = _nearest(word, known)
    spelt = get_close_matches(_folded(word), sorted(known), n=_FURTHER, cutoff=0.0)
    meant = f"did you mean {' or '.join(near)}? " if near else f"nearest by spelling: {', '.join(spelt)}; "
    return f"{meant if spelt or near else ''}`unsc agendas` lists all {len(known):,}"


_NEAR, _FURTHER = 4, 3
"""Agenda items offered for a word that is none: those that are near, or where none is, the nearest."""

_CALLED = {
    "north-korea": "dprk",
    "korea": "dprk",
    "gaza": "palestine-israel",
    "israel": "palestine-israel",
    "middle-east": "palestine-israel",
    "russia": "ukraine",
    "crimea": "ukraine",
    "donbas": "ukraine",
    "srebrenica": "bosnia",
    "congo": "drc",
    "darfur": "sudan-south-sudan",
    "jcpoa": "iran-nuclear",
    "rhodesia": "southern-rhodesia",
    "zimbabwe": "africa-general",
    "burma": "myanmar",
    "east-timor": "timor-leste",
    "ivory-coast": "cote-divoire",
    "south-africa": "apartheid",
    "macedonia": "north-macedonia",
    "kashmir": "india-pakistan",
    "kuwait": "iraq",
    "houthi": "red-sea-houthi",
    "isis": "terrorism",
    "space": "outer-space",
}
"""Other names of what agenda items are about."""


def _folded(word: str) -> str:
    return "-".join(word.casefold().replace("_", " ").replace("-", " ").split())


def _nearest(word: str, known: Iterable[str]) -> list[str]:
    """Slugs that go by the word, hold it or one of its parts, then those spelt like it."""
    folded, known = _folded(word), sorted(known)
    called = [slug for name, slug in _CALLED.items() if slug in known and get_close_matches(folded, [name], cutoff=0.9)]
    holding = [slug for slug in known if len(folded) > 2 and folded in slug]
    alike = get_close_matches(folded, known, n=_NEAR)
    parts = [part for part in folded.split("-") if len(part) > 2 and part not in _COMMON]
    sharing = [
        slug for slug in known if any(get_close_matches(part, slug.split("-"), cutoff=0.8) for part in (folded, *parts))
    ]
    return list(dict.fromkeys([*called, *holding, *alike, *sharing]))[:_NEAR]


_COMMON = ("north", "south", "east", "west", "general", "other", "central", "the")
"""Parts of slugs that tell nothing by themselves."""
