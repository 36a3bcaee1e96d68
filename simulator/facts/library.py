"""The UN Digital Library's voting data on the Security Council, turned into roll calls.

The Library publishes a CSV file with a row a member and resolution (record 4055387, columns as of its sixth version,
February 2026). It has adopted resolutions only, names no sponsors, and its agenda items are not ours. What it marks:
``Y`` yes, ``N`` no, ``A`` abstention, ``X`` non-voting; a resolution adopted without a vote says so under ``modality``.
"""

from __future__ import annotations

import datetime
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from simulator.errors import CouncilError, InputError, shown
from simulator.facts.agendas import agendas
from simulator.facts.codes import OTHER_CODES
from simulator.facts.council import Council, council_on
from simulator.facts.record import MARKS, Recording, Region, RollCall, roll_call_of, roll_calls
from simulator.facts.record_file import Check, RefusedRow, nothing_more, read_rows
from simulator.facts.record_row import OTHER, RESOLUTION, row_problems
from simulator.facts.votes import Choice, Matter, Outcome, Text

NEEDED = ("ms_code", "ms_vote", "date", "resolution")
"""Columns without which nothing can be made of the file."""

_TOTALS = {
    "total_yes": Choice.YES,
    "total_no": Choice.NO,
    "total_abstentions": Choice.ABSTAIN,
    "total_non_voting": Choice.ABSENT,
}
_KEPT = (*NEEDED, "draft", "agenda", "modality", *_TOTALS)
_WORDS = {"Y": Choice.YES, "N": Choice.NO, "A": Choice.ABSTAIN, "X": Choice.ABSENT}
_SYMBOL = re.compile(r"(S/RES/[0-9]{1,5})\s*(\([0-9]{4}\))?")
_SOURCE = "undl"

_LATEST, _ALIKE = 10, 0.9
"""Of so many latest resolutions under the Library's words for an agenda item, this share must be one item of ours."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was made of the Library's file.

    Attributes
    ----------
    roll_calls : tuple of RollCall
        Resolutions that are not on record yet, by date and id.
    refused : tuple of RefusedRow
        Resolutions that do not fit, with the line of their first row.
    known : int
        Resolutions that are on record already, and left out.
    placed : tuple of str
        Ids of roll calls whose agenda item follows from the Library's words for it.
    """

    roll_calls: tuple[RollCall, ...]
    refused: tuple[RefusedRow, ...]
    known: int
    placed: tuple[str, ...]

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Ids of roll calls that stand under ``other`` because nothing more is known."""
        return tuple(vote.id for vote in self.roll_calls if vote.agenda == OTHER and vote.id not in self.placed)


@dataclass(slots=True)
class _Resolution:
    """The rows of one resolution."""

    id: str
    line: int
    rows: list[dict[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def one(self, column: str) -> str:
        """What all rows say in a column; nothing where they say several things."""
        said = {row.get(column, "") for row in self.rows}
        return said.pop() if len(said) == 1 else ""


def read_library(
    path: str | os.PathLike[str], agenda: str = "", region: Region | None = None, also: Check = nothing_more
) -> Imported:
    """The resolutions of the Library's file that are not on record yet, as roll calls.

    Parameters
    ----------
    path : str or path
        The CSV file.
    agenda : str
        Slug of what all of them are about. Empty: where all resolutions on record that the file has under the same
        words are about one thing, that; else ``other``.
    region : Region or None
        Of an agenda item that is new.
    also : callable
        What more must hold of a roll call, from a floor above.

    Returns
    -------
    Imported
        Sponsors are empty, since the Library's file has none. A text adopted over a permanent member's no is taken to
        be procedural, as the Council must have held it to be.

    Raises
    ------
    InputError
        If the file cannot be read, lacks a column, or is that of the General Assembly.
    """
    resolutions = _resolutions(os.fspath(path))
    on_record = {vote.id: vote for vote in roll_calls()}
    regions: dict[str, Region | None] = {slug: item.region for slug, item in agendas().items()}
    words = {} if agenda else _agenda_by_words(resolutions, on_record)
    found: list[RollCall] = []
    refused: list[RefusedRow] = []
    placed: list[str] = []
    for one in resolutions:
        if one.id in on_record:
            continue
        slug = agenda or words.get(one.one("agenda"), OTHER)
        cells = _cells(one, slug, regions.get(slug, region))
        reason = "; ".join((*one.problems, *(() if one.problems else row_problems(cells))))
        vote = None if reason else roll_call_of(cells)
        reason = reason or (also(vote) if vote else "")
        if vote is None or reason:
            refused.append(RefusedRow(one.line, one.id, reason))
            continue
        found.append(vote)
        if agenda or one.one("agenda") in words:
            placed.append(vote.id)
    found.sort(key=lambda vote: (vote.date, vote.id))
    known = sum(one.id in on_record for one in resolutions)
    return Imported(tuple(found), tuple(refused), known, tuple(placed))


def _resolutions(path: str) -> list[_Resolution]:
    """The rows of the file, gathered by resolution in the order of their first rows."""
    found: dict[str, _Resolution] = {}
    for line, cells, cut in read_rows(path, NEEDED, others=True):
        symbol = cells.get("resolution", "")
        if symbol.startswith("A/"):
            raise InputError(
                f"{path}: line {line} is of {shown(symbol)}, the General Assembly's; "
                "give the file of Security Council votes"
            )
        matched = _SYMBOL.fullmatch(symbol)
        id_ = matched[1] if matched else symbol
        one = found.setdefault(id_, _Resolution(id_, line))
        one.rows.append({column: cells[column] for column in _KEPT if column in cells})
        if cut:
            one.problems.append(f"line {line}: {cut}")
        if not matched:
            one.problems = [f"resolution is {shown(symbol)}, not a symbol such as {RESOLUTION}2728(2024)"]
    return list(found.values())


def _agenda_by_words(resolutions: list[_Resolution], on_record: Mapping[str, RollCall]) -> dict[str, str]:
    """Our agenda item for the Library's words, where the latest resolutions on record under them agree on it."""
    slugs: dict[str, list[tuple[datetime.date, str]]] = {}
    for one in resolutions:
        if one.id in on_record and one.one("agenda"):
            slugs.setdefault(one.one("agenda"), []).append((on_record[one.id].date, on_record[one.id].agenda))
    found = {}
    for words, dated in slugs.items():
        latest = [slug for _, slug in sorted(dated)[-_LATEST:]]
        slug, count = Counter(latest).most_common(1)[0]
        if len(latest) > 1 and count >= _ALIKE * len(latest):
            found[words] = slug
    return found


def _cells(one: _Resolution, slug: str, region: Region | None) -> dict[str, str]:
    """The row of a resolution; what cannot be is added to its problems."""
    made = _choices(one) if not one.problems else {}
    marks = {choice: sorted(member for member, did in made.items() if did is choice) for choice in Choice}
    permanent = set(council_on(datetime.date.fromisoformat(one.one("date"))).permanent) if made else set()
    procedural = bool(permanent & set(marks[Choice.NO]))
    draft = one.one("draft")
    return {
        "id": one.id,
        "date": one.one("date"),
        "date_exact": "yes",
        "draft": "" if "|" in draft or " " in draft else draft,
        "text": Text.DRAFT,
        "matter": Matter.PROCEDURAL if procedural else Matter.SUBSTANTIVE,
        "agenda": slug,
        "region": region.value if region else "",
        "sponsors": "",
        **{choice.value: " ".join(marks[choice]) for choice in MARKS},
        **{f"{choice.value}_count": str(len(marks[choice])) for choice in Choice},
        "outcome": Outcome.ADOPTED,
        "recorded": Recording.WITHOUT_VOTE if _without_vote(one) else Recording.RECORDED,
        "source": _SOURCE,
    }


def _without_vote(one: _Resolution) -> bool:
    return "without" in one.one("modality").casefold()


def _choices(one: _Resolution) -> dict[str, Choice]:
    """Each member's choice by code, or nothing, with what is wrong added to the problems."""
    try:
        council = council_on(datetime.date.fromisoformat(one.one("date")))
    except CouncilError as error:
        one.problems.append(str(error))
        return {}
    except ValueError:
        days = sorted({row.get("date", "") for row in one.rows})
        one.problems.append(f"date is {' and '.join(map(shown, days[:2]))}, not one day such as 2024-03-25")
        return {}
    one.problems += _seat_problems(one, council)
    if one.problems:
        return {}
    made = {_code(row["ms_code"], council): _WORDS[row["ms_vote"].upper() or "X"] for row in one.rows}
    if _without_vote(one):
        if {Choice.NO, Choice.ABSTAIN} & set(made.values()):
            one.problems.append("adopted without a vote, says modality, but members have marks")
        return dict.fromkeys(made, Choice.YES)
    one.problems += _total_problems(one, Counter(made.values()))
    return {} if one.problems else made


def _code(code: str, council: Council) -> str:
    """The code of a member on that day's council, where the Library writes an older or another one."""
    other = OTHER_CODES.get(code, code)
    return code if code in council or other not in council else other


def _seat_problems(one: _Resolution, council: Council) -> Iterator[str]:
    """Whether the rows are the day's council, each member once and with a mark that can be read."""
    codes = Counter(_code(row.get("ms_code", ""), council) for row in one.rows)
    strangers = sorted(code for code in codes if code not in council)
    missing = [code for code in council.ids if code not in codes]
    twice = sorted(code for code, count in codes.items() if count > 1)
    if strangers:
        yield f"not on the council of {council.date}: {' '.join(map(shown, strangers))}"
    if missing:
        yield f"on the council of {council.date}, but without a row: {' '.join(missing)}"
    if twice:
        yield f"more than one row: {' '.join(twice)}"
    words = sorted({row.get("ms_vote", "").upper() for row in one.rows} - {*_WORDS, ""})
    if words:
        yield f"ms_vote is {' and '.join(map(shown, words))}, not one of Y, N, A, X"


def _total_problems(one: _Resolution, counts: Mapping[Choice, int]) -> Iterator[str]:
    """Whether the file's own totals, where it has them, are those of its marks."""
    for column, choice in _TOTALS.items():
        written = one.one(column)
        if written and not re.fullmatch(rf"{counts[choice]}(\.0*)?", written):
            yield f"{column} is {shown(written)}, but {counts[choice]} rows say {choice.value}"
