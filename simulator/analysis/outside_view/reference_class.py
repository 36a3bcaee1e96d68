"""The reference class of a draft: what past votes may be asked to share with it, and in which order that gives way.

Why these, and why in this order, stands at the head of :mod:`simulator.analysis.outside_view.view`.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from simulator.facts import (
    COMPLETE_FROM,
    OTHER,
    Choice,
    Matter,
    Member,
    Region,
    RollCall,
    SponsorClass,
    Text,
    members,
    regions_of,
    sponsor_class,
)
from simulator.scenario import Scenario

RECENT = 10
"""Years before the draft that count as recent."""

_PATCHY = 0.1
"""Share of texts without known sponsors above which a year tells nothing about sponsors."""


class Criterion(StrEnum):
    """What votes may be asked to share with the draft, beside what they always must."""

    AGENDA = "agenda"
    SPONSORS = "sponsors"
    RECENT = "last ten years"
    REGION = "region"


WIDENING = (
    (Criterion.AGENDA, Criterion.SPONSORS, Criterion.RECENT),
    (Criterion.AGENDA, Criterion.SPONSORS),
    (Criterion.AGENDA,),
    (Criterion.REGION,),
    (),
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the draft is, as far as past votes can share it; None stands for what is not known."""

    slugs: frozenset[str]
    """All agenda items."""
    matter: Matter
    text: Text
    agenda: str | None
    region: Region | None
    sponsors: SponsorClass | None
    recent: datetime.date | None
    patchy: frozenset[int]
    votes: Mapping[int, tuple[Choice, ...]]
    """Place in seat order → the choices left to a permanent member."""

    @classmethod
    def of(cls, scenario: Scenario, past: Sequence[RollCall], record: Sequence[RollCall]) -> Likeness:
        """Of a draft. What agenda items there are and where is vocabulary, so it may come from later rows too."""
        draft = scenario.draft
        regions = regions_of(record)
        region = regions.get(draft.agenda or "")
        sponsors = sponsor_class(draft.sponsors or ())
        recent = _years_before(draft.date, RECENT)
        return cls(
            frozenset(regions),
            draft.matter,
            draft.text,
            draft.agenda
            if draft.agenda in regions and draft.agenda != OTHER
            else None,  # its texts have nothing in common
            region,
            None if sponsors is SponsorClass.UNKNOWN else sponsors,
            recent if recent > COMPLETE_FROM else None,
            _patchy(past),
            _votes(scenario),
        )

    def widening(self) -> Iterator[tuple[Criterion, ...]]:
        """The steps, as far as the draft has what they ask for."""
        has = {
            Criterion.AGENDA: self.agenda is not None,
            Criterion.SPONSORS: self.sponsors is not None,
            Criterion.RECENT: self.recent is not None,
            Criterion.REGION: self.region is not None,
        }
        before: tuple[Criterion, ...] | None = None
        for step in WIDENING:
            by = tuple(criterion for criterion in step if has[criterion])
            if by != before:
                yield by
            before = by

    def always(self, vote: RollCall) -> bool:
        """Whether a past vote has what never gives way."""
        return (
            vote.date >= COMPLETE_FROM
            and vote.matter is self.matter
            and vote.text is self.text
            and all(vote.choices[place] in choices for place, choices in self.votes.items())
        )

    def shares(self, vote: RollCall, criterion: Criterion) -> bool:
        """Whether a past vote shares what may give way."""
        if criterion is Criterion.AGENDA:
            return vote.agenda == self.agenda
        if criterion is Criterion.REGION:
            return vote.region is self.region
        if criterion is Criterion.SPONSORS:
            return vote.date.year not in self.patchy and sponsor_class(vote.sponsors) is self.sponsors
        assert self.recent is not None, "asked only where there is such a day"
        return vote.date >= self.recent

    def words(self, by: Sequence[Criterion]) -> Iterator[str]:
        """What the votes of a class have in common: what they are, since when, and the rest."""
        yield f"{self.matter} {self.text}s"
        recent = self.recent if Criterion.RECENT in by else None
        yield f"since {day_words(recent) if recent else COMPLETE_FROM.year}"
        if Criterion.AGENDA in by:
            yield f"on {self.agenda}"
        if Criterion.REGION in by and self.region:
            yield _REGIONS[self.region]
        if Criterion.SPONSORS in by and self.sponsors:
            yield _SPONSORS[self.sponsors]
        if self.votes:
            yield f"on which {' and '.join(self._voted())}"

    def _voted(self) -> Iterator[str]:
        """Who did what: China and Russia did not vote yes."""
        for choices in dict.fromkeys(self.votes.values()):
            names = [_the(five()[place].short) for place, left in self.votes.items() if left == choices]
            *others, last = names
            yield f"{' and '.join([', '.join(others), last]) if others else last} {_did(choices)}"


_REGIONS = {
    Region.AFRICA: "about Africa",
    Region.AMERICAS: "about the Americas",
    Region.ASIA: "about Asia",
    Region.EUROPE: "about Europe",
    Region.GLOBAL: "about no one region",
    Region.MIDDLE_EAST: "about the Middle East",
}

_SPONSORS = {
    SponsorClass.WESTERN: "sponsored by any of FRA, GBR and USA but not by CHN or RUS",
    SponsorClass.EASTERN: "sponsored by CHN or RUS but not by FRA, GBR or USA",
    SponsorClass.BOTH: "sponsored by any of FRA, GBR and USA and by CHN or RUS",
    SponsorClass.NONE: "sponsored by states but no permanent member",
    SponsorClass.PRESIDENTIAL: "tabled by the presidency",
}

_DID = {
    Choice.YES: "voted yes",
    Choice.ABSTAIN: "abstained",
    Choice.NO: "voted no",
    Choice.ABSENT: "took no part",
}


def _the(name: str) -> str:
    return f"the {name}" if name.startswith("United") else name


def _did(choices: Sequence[Choice]) -> str:
    missing = set(Choice) - set(choices)
    if missing == {Choice.YES}:
        return "did not vote yes"
    if missing == {Choice.NO}:
        return "did not vote no"
    return " or ".join(_DID[choice] for choice in Choice if choice in choices)


def five() -> list[Member]:
    """The permanent members, in seat order, in which they come first."""
    return [state for _, state in sorted(members().items()) if state.permanent]


def _votes(scenario: Scenario) -> dict[int, tuple[Choice, ...]]:
    """What is learnt and made of permanent members, by their place in seat order; not where any choice is left."""
    left = {**scenario.given, **{member: (choice,) for member, choice in scenario.do.items()}}
    return {
        place: left[state.id] for place, state in enumerate(five()) if 0 < len(left.get(state.id, ())) < len(Choice)
    }


def _patchy(past: Sequence[RollCall]) -> frozenset[int]:
    """Years since 1994 in which the sponsors of more than a tenth of the texts are not known."""
    years = Counter(vote.date.year for vote in past if vote.date >= COMPLETE_FROM)
    unknown = Counter(vote.date.year for vote in past if vote.date >= COMPLETE_FROM and not vote.sponsors)
    return frozenset(year for year in years if unknown[year] > _PATCHY * years[year])


def _years_before(date: datetime.date, years: int) -> datetime.date:
    """The same day of an earlier year; of 29 February, the 28th."""
    day = 28 if (date.month, date.day) == (2, 29) else date.day
    return datetime.date(date.year - years, date.month, day)


def day_words(date: datetime.date) -> str:
    """A day as it is written: 26 May 2022."""
    return f"{date.day} {date:%B} {date.year}"
