"""One row of the record as text: its columns, how a roll call is written, and everything that can be wrong in a row.

The shipped rows are known to be right; those of a file of one's own are held against the words, the codes and the
council of the day before a roll call is made of them. Whether the outcome is what the law of the day makes of the
marks is for the floor above to say.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from simulator.errors import CouncilError, nearest, shown
from simulator.facts.codes import nearest_state, state_codes
from simulator.facts.council import Council, council_on, nearest_member
from simulator.facts.members import members
from simulator.facts.record import E10, MARKS, PRESIDENT, Recording, Region, RollCall
from simulator.facts.votes import Choice, Matter, Outcome, Text

COLUMNS = (
    *("id", "date", "date_exact", "draft", "text", "matter", "agenda", "region", "sponsors"),
    *("no", "abstain", "absent", "yes_count", "no_count", "abstain_count", "absent_count"),
    *("outcome", "recorded", "source"),
)
"""Columns of ``roll_calls.csv`` and of every file that adds to it, as data/SOURCES.md describes them."""

RESOLUTION = "S/RES/"
"""How the ids of adopted resolutions begin."""

OTHER = "other"
"""The agenda item of what fits no other; the only one without a region."""

_CODE = re.compile(r"[A-Z]{3}")
"""How a state's code looks, also of one that the list lacks."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID_LENGTH = 80


def cells_of(vote: RollCall) -> dict[str, str]:
    """A roll call as the cells of its row, by column.

    Examples
    --------
    >>> from simulator.facts import roll_calls
    >>> cells = cells_of(roll_calls()[2])
    >>> cells["id"], cells["abstain"], cells["absent"], cells["yes_count"]
    ('S/RES/3', 'AUS', 'RUS', '9')
    """
    return {
        "id": vote.id,
        "date": vote.date.isoformat(),
        "date_exact": "yes" if vote.date_exact else "no",
        "draft": vote.draft,
        "text": vote.text.value,
        "matter": vote.matter.value,
        "agenda": vote.agenda,
        "region": vote.region.value if vote.region else "",
        "sponsors": " ".join(vote.sponsors),
        **{choice.value: " ".join(sorted(vote.members(choice))) for choice in MARKS},
        **{f"{choice.value}_count": str(vote.count(choice)) for choice in (Choice.YES, *MARKS)},
        "outcome": vote.outcome.value,
        "recorded": vote.recording.value,
        "source": vote.source,
    }


def row_problems(cells: Mapping[str, str]) -> Iterator[str]:
    """Everything wrong in a row that can be seen in it, one sentence each; nothing where a roll call can be made of it.

    Parameters
    ----------
    cells : mapping
        Text by column, for all of :data:`COLUMNS`, without blanks around it.
    """
    yield from _id_problems(cells)
    yield from _words("date_exact", cells, ("yes", "no"))
    yield from _words("text", cells, tuple(Text))
    yield from _words("matter", cells, (Matter.SUBSTANTIVE, Matter.PROCEDURAL))
    yield from _agenda_problems(cells["agenda"], cells["region"])
    yield from _sponsor_problems(sponsors_in(cells["sponsors"]))
    yield from _words("outcome", cells, tuple(Outcome))
    yield from _words("recorded", cells, tuple(Recording))
    yield from _vote_problems(cells)


def _id_problems(cells: Mapping[str, str]) -> Iterator[str]:
    for column in ("id", "draft"):
        symbol = cells[column]
        if (column == "id" and not symbol) or not symbol.isprintable() or " " in symbol or len(symbol) > _ID_LENGTH:
            yield f"{column} is {shown(symbol)}, not a symbol such as S/2024/255"
    if cells["id"].startswith(RESOLUTION) and cells["outcome"] in (Outcome.VETOED, Outcome.FAILED):
        yield f"{cells['id']} is the id of an adopted resolution, but outcome is {cells['outcome']}"


def _words(column: str, cells: Mapping[str, str], allowed: Collection[str]) -> Iterator[str]:
    word = cells[column]
    if word not in allowed:
        hint = nearest(word, allowed)
        yield f"{column} is {shown(word)}, not one of {', '.join(allowed)}{f' – {hint}' if hint else ''}"


def _agenda_problems(slug: str, region: str) -> Iterator[str]:
    if not _SLUG.fullmatch(slug):
        yield f"agenda is {shown(slug)}; it is written as lower-case words with hyphens, such as western-sahara"
    if region not in ("", *Region):
        yield from _words("region", {"region": region}, tuple(Region))


def sponsors_in(cell: str) -> list[str]:
    """The sponsors of a cell, with blanks or commas between them."""
    return cell.replace(",", " ").replace(";", " ").split()


def _sponsor_problems(codes: list[str]) -> Iterator[str]:
    yield from filter(None, (sponsor_problem(code) for code in dict.fromkeys(codes) if not _CODE.fullmatch(code)))


def row_remarks(cells: Mapping[str, str], regions: Mapping[str, Region | None]) -> Iterator[str]:
    """What of a row that can be used is read otherwise than it stands, one sentence each.

    None of it bears on how members voted, so no vote is lost for it.

    Parameters
    ----------
    cells : mapping
        As for :func:`row_problems`.
    regions : mapping
        Region by agenda slug, of every agenda item known so far. A slug that is not in it is a new agenda item.
    """
    slug, region, known = cells["agenda"], cells["region"], regions.get(cells["agenda"])
    if slug in regions and (known or "") != region:
        yield f"region is {region or 'empty'}, but that of {slug} is {known or 'empty'}, which is taken"
    elif slug not in regions and not region:
        hint = nearest(slug, regions)
        yield f"agenda {slug} is new{f' ({hint})' if hint else ''} and has no region: it is in none"
    codes = sponsors_in(cells["sponsors"])
    for code in dict.fromkeys(codes):
        if sponsor_problem(code):
            hint = nearest_state(code, state_codes(), _names())
            yield f"sponsor {shown(code)} is not the code of a state{f' ({hint})' if hint else ''}; it counts as one"
    yield from (f"sponsor {code} stands there twice and counts once" for code in _twice(codes))


def sponsor_problem(word: str) -> str:
    """Why a word cannot be a sponsor, with the nearest that can; empty where it can."""
    if word in state_codes() or word in (PRESIDENT, E10):
        return ""
    hint = nearest_state(word, state_codes(), _names()) or nearest(word, (PRESIDENT, E10), cutoff=0.75)
    advice = hint or f"codes are of three capitals, with blanks between them; or {PRESIDENT}, or {E10}"
    return f"sponsor {shown(word)} is not the code of a state – {advice}"


@cache
def _names() -> dict[str, str]:
    return {name: state.id for state in members().values() for name in (state.name, state.short)}


def _twice(words: Iterable[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]


def _vote_problems(cells: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the day, the marks of its council, and the tally."""
    council = None
    try:
        if not _DAY.fullmatch(cells["date"]):  # fromisoformat takes weeks, and dates without dashes
            raise ValueError("another form")
        council = council_on(datetime.date.fromisoformat(cells["date"]))
    except CouncilError as error:
        yield str(error)
    except ValueError:
        yield f"date is {shown(cells['date'])}, not a day such as 2024-03-28"
    marks = {choice: cells[choice].split() for choice in MARKS}
    marked = [code for codes in marks.values() for code in codes]
    wrong = [*_mark_problems(marked, council)]
    yield from wrong
    if cells["recorded"] == Recording.WITHOUT_VOTE and marked:
        yield f"recorded is {Recording.WITHOUT_VOTE}, so all count as yes, but {' '.join(marked)} have marks"
    if council and not wrong:
        yield from _count_problems(cells, {choice: len(codes) for choice, codes in marks.items()}, council)


def _mark_problems(marked: list[str], council: Council | None) -> Iterator[str]:
    yield from (f"{code} has two marks; a member makes one choice" for code in _twice(marked))
    for code in dict.fromkeys(marked):
        if council and code not in council:
            yield f"{shown(code)} was not on the council of {council.date} – {nearest_member(code, council)}"


def _count_problems(cells: Mapping[str, str], counts: dict[Choice, int], council: Council) -> Iterator[str]:
    """What of the tally does not follow from the marks: who has none voted yes."""
    counts = {Choice.YES: len(council) - sum(counts.values()), **counts}
    for choice, count in counts.items():
        column = f"{choice.value}_count"
        written = cells[column]
        if not re.fullmatch(r"[0-9]{1,4}", written):
            yield f"{column} is {shown(written)}, not a whole number"
        elif int(written) != count:
            whom = "have no mark" if choice is Choice.YES else f"are marked {choice.value}"
            yield f"{column} is {int(written)}, but {count} of the {len(council)} members {whom}"
