"""The record: every roll call, every veto, and what they were about, 1946 to 2024. Source: data/SOURCES.md."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from simulator.errors import OptionError, shown
from simulator.facts.council import Council, council_on
from simulator.facts.votes import Choice, Matter, Outcome, Text
from simulator.shipped import shipped

PRESIDENT = "PRESIDENT"
"""Among sponsors: the text is the presidency's, nobody's in particular."""
COMPLETE_FROM = datetime.date(1994, 1, 1)
"""From this day on the record holds all outcomes, as far as is known; before, nearly only adopted texts."""

E10 = "E10"
"""Among sponsors: the ten elected members together."""


class Region(StrEnum):
    """The part of the world an agenda item is about."""

    AFRICA = "africa"
    AMERICAS = "americas"
    ASIA = "asia"
    EUROPE = "europe"
    GLOBAL = "global"
    MIDDLE_EAST = "middle-east"


class Recording(StrEnum):
    """How the members' choices are known."""

    RECORDED = "recorded"
    """The record names who voted how."""
    WITHOUT_VOTE = "without-vote"
    """Adopted without a vote, by consensus or by acclamation: all members count as in favour."""
    INFERRED = "inferred"
    """Deduced from a published tally that leaves one reading."""


@dataclass(frozen=True, slots=True)
class RollCall:
    """What every member did about one text.

    Attributes
    ----------
    id : str
        ``S/RES/n`` of an adopted resolution, else the draft's symbol, with a suffix where the text has no symbol of
        its own. It tells the outcome: a model that predicts must not see it.
    date : datetime.date
        The day of the vote; it chooses the council and the law.
    date_exact : bool
        Whether the sources give the day; False where it was set from other evidence.
    draft : str
        Symbol of the text voted on, or of the draft that an amendment would have changed; empty if unknown.
    text : Text
        Draft, amendment, or paragraph voted separately.
    matter : Matter
        Substantive or procedural, as the Council itself treated it.
    agenda : str
        One of the slugs of :func:`simulator.facts.agendas`.
    region : Region or None
        The agenda item's; None only for ``other``.
    sponsors : tuple of str
        Codes of states, also from outside the Council, or :data:`PRESIDENT`, or :data:`E10`. Empty means unknown or
        none stated, and before 1994 mostly unknown.
    choices : tuple of Choice
        One a member, in the seat order of :attr:`council`.
    outcome : Outcome
        Adopted, vetoed or failed.
    recording : Recording
        How the choices are known.
    source : str
        Key of the source, in data/SOURCES.md.
    """

    id: str
    date: datetime.date
    date_exact: bool
    draft: str
    text: Text
    matter: Matter
    agenda: str
    region: Region | None
    sponsors: tuple[str, ...]
    choices: tuple[Choice, ...]
    outcome: Outcome
    recording: Recording
    source: str

    @property
    def council(self) -> Council:
        """The members of the day, in the order of `choices`."""
        return council_on(self.date)

    @property
    def by_member(self) -> dict[str, Choice]:
        """Each member's choice, by code, in seat order."""
        return dict(zip(self.council.ids, self.choices, strict=True))

    def choice(self, member: str) -> Choice:
        """What a member did.

        Raises
        ------
        CouncilError
            If it was not on the Council that day.
        """
        return self.choices[self.council.index(member)]

    def members(self, choice: Choice) -> tuple[str, ...]:
        """Codes of the members that made a choice, in seat order."""
        return tuple(member for member, made in self.by_member.items() if made is choice)

    def count(self, choice: Choice) -> int:
        """How many members made a choice."""
        return self.choices.count(choice)


@dataclass(frozen=True, slots=True)
class Vetoed:
    """A text that permanent members' no defeated; of many before 1990 the other votes are not known.

    Attributes
    ----------
    date : datetime.date
        The day of the vote.
    draft : str
        Symbol of the text; ``S/PV.n`` is the number of the meeting where the text has none.
    vetoed_by : tuple of str
        Codes of the permanent members that voted no.
    agenda : str
        One of the slugs of :func:`simulator.facts.agendas`.
    in_roll_calls : bool
        Whether :func:`roll_calls` has it, under this symbol as its id.
    """

    date: datetime.date
    draft: str
    vetoed_by: tuple[str, ...]
    agenda: str
    in_roll_calls: bool


def _rows(name: str) -> Iterator[dict[str, str]]:
    with shipped("facts", "data", name).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        head = next(reader)
        yield from (dict(zip(head, row, strict=True)) for row in reader)  # in half the time of a DictReader


MARKS = (Choice.NO, Choice.ABSTAIN, Choice.ABSENT)
"""What a row names members for; all others of the day voted yes."""


def _choices(row: Mapping[str, str], seats: dict[str, int]) -> tuple[Choice, ...]:
    """The table names who did not vote yes; all others did."""
    found = [Choice.YES] * len(seats)
    for choice in MARKS:
        for member in row[choice.value].split():
            found[seats[member]] = choice
    return tuple(found)


@cache
def roll_calls() -> tuple[RollCall, ...]:
    """Every roll call on record, by date.

    From 1994 on, all outcomes are on record, as far as is known. Before, most texts on record are adopted ones, so
    rates of adoption or of vetoes counted from those years say nothing.

    Returns
    -------
    tuple of RollCall
        25 January 1946 to 31 December 2024.

    Examples
    --------
    >>> vote = next(vote for vote in roll_calls() if vote.id == "S/2022/431")
    >>> vote.members(Choice.NO), vote.outcome.value
    (('CHN', 'RUS'), 'vetoed')
    """
    return tuple(roll_call_of(row) for row in _rows("roll_calls.csv"))


def roll_call_of(row: Mapping[str, str]) -> RollCall:
    """The roll call of a row of ``roll_calls.csv`` that is known to be right, as every shipped one is.

    Parameters
    ----------
    row : mapping
        Cells by column. Those of a file of one's own are checked first, by :func:`simulator.facts.row_problems`.
    """
    date = datetime.date.fromisoformat(row["date"])
    return RollCall(
        row["id"],
        date,
        row["date_exact"] == "yes",
        row["draft"],
        _TEXTS[row["text"]],
        _MATTERS[row["matter"]],
        row["agenda"],
        _REGIONS[row["region"]],
        tuple(row["sponsors"].split()),
        _choices(row, _places(date)),
        _OUTCOMES[row["outcome"]],
        _RECORDINGS[row["recorded"]],
        row["source"],
    )


# Words to members of an enumeration: three thousand rows look them up, and an enumeration's own look-up is slow.
_TEXTS, _MATTERS = {word.value: word for word in Text}, {word.value: word for word in Matter}
_OUTCOMES, _RECORDINGS = {word.value: word for word in Outcome}, {word.value: word for word in Recording}
_REGIONS: dict[str, Region | None] = {word.value: word for word in Region} | {"": None}


@cache
def _places(date: datetime.date) -> dict[str, int]:
    return {seat.id: place for place, seat in enumerate(council_on(date).seats)}


@cache
def vetoes() -> tuple[Vetoed, ...]:
    """Every veto on record, by date: those of roll calls, and those of which only the vetoing members are known.

    Some vetoes of paragraphs and amendments before 1990 are missing; see data/SOURCES.md.

    Examples
    --------
    >>> vetoes()[0].vetoed_by
    ('RUS',)
    """
    return tuple(
        Vetoed(
            datetime.date.fromisoformat(row["date"]),
            row["draft"],
            tuple(row["vetoed_by"].split()),
            row["agenda"],
            row["in_roll_calls"] == "yes",
        )
        for row in _rows("vetoes.csv")
    )


def checked_record(votes: object, *, empty: bool = False) -> tuple[RollCall, ...]:
    """Roll calls that somebody passed, as such.

    Parameters
    ----------
    votes : object
    empty : bool
        Whether there may be none.

    Raises
    ------
    OptionError
        If it is something else, such as a path, or empty where it may not be.
    """
    held = isinstance(votes, Sequence) and not isinstance(votes, str | bytes)
    found = tuple(votes) if isinstance(votes, Sequence) else ()
    if not held or not (found or empty) or not all(isinstance(vote, RollCall) for vote in found):
        raise OptionError(
            f"a record is a sequence of roll calls, such as simulator.rules.record_with(path) gives, not {shown(votes)}"
        )
    return found
