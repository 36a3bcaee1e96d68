"""The time machine: the same draft before each year's council, under that day's rule.

The draft stays what it is, and so does its day: members stand where the scenario has them, and only the council
changes. Members that have an entry keep it in the years in which they sit; all others have the default or, with
preferences in issue space or from the record, their own place as it is known on the draft's day. So a year's odds are
those of ``unsc run --council-date YEAR``, and the line through the years shows what the Council's make-up, and its
seven of eleven before 1966, are worth to one text. If the draft's day moves too, members stand where that year's record
has them.

A seat goes by its code: the entry of RUS is the Soviet Union's to 1991, that of CHN the Republic of China's to 1971.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from simulator.analysis.brief import Brief, brief, options_of, reason
from simulator.engines import Options, with_changes
from simulator.engines.words import in_100
from simulator.errors import InputError, OptionError, RefusedError, shown
from simulator.facts import (
    Council,
    RollCall,
    Seat,
    council_day,
    council_on,
    first_day,
    last_day,
    members,
    terms_of,
)
from simulator.rules import Majority
from simulator.scenario import Scenario, changed, council_of, majority_of, rechecked
from simulator.scenario.changes import Learnable
from simulator.scenario.reformed import reform_of
from simulator.scenario.seats import DEFAULT
from simulator.scenario.types import WHOLE_BLOCS

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Stop:
    """The draft before one council.

    Attributes
    ----------
    date : datetime.date
        The council's day: of a year 1 July, of 1946 1 August.
    council : Council
        Who votes.
    majority : Majority or None
        What the draft needs; None where there are no odds.
    answer : Brief or None
        The odds; None where there are none.
    why_none : str
        Why there are none; else empty.
    absent : tuple of str
        Members that the scenario says something of, and that do not sit: what it says does not count.
    """

    date: datetime.date
    council: Council
    majority: Majority | None
    answer: Brief | None
    why_none: str
    absent: tuple[str, ...]

    @property
    def year(self) -> int:
        """The year it stands for."""
        return self.date.year

    @property
    def adopted(self) -> float | None:
        """Probability that the draft is adopted; None where there are no odds."""
        return None if self.answer is None else self.answer.outcomes.adopted

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        need, found = self.majority, self.answer
        return {
            "year": self.year,
            "date": self.date.isoformat(),
            "seats": len(self.council),
            "quota": need.quota if need else None,
            "vetoes_needed": need.vetoes_needed if need else None,
            **(found.as_dict() if found else dict.fromkeys(("odds", "engine", "error", "interval")) | {"notes": []}),
            "absent": list(self.absent),
            "why_none": self.why_none or None,
        }


@dataclass(frozen=True, slots=True)
class TimeMachine:
    """One draft before the councils of many years.

    Attributes
    ----------
    scenario : Scenario
        What was asked, before its own council.
    own : Stop
        Before the council that the years are compared with.
    years : tuple of Stop
        In order, one a year.
    moved : bool
        Whether the draft's day moves with the council's.
    notes : tuple of str
        What a reader should know of the whole.
    """

    scenario: Scenario
    own: Stop
    years: tuple[Stop, ...]
    moved: bool
    notes: tuple[str, ...]

    @property
    def answered(self) -> tuple[Stop, ...]:
        """The years that have odds; at least one has."""
        return tuple(stop for stop in self.years if stop.answer)

    @property
    def entries(self) -> dict[str, tuple[int, ...]]:
        """Members that the scenario says something of → the years asked for in which they sit."""
        codes = sorted(named(self.scenario))
        return {code: tuple(stop.year for stop in self.years if code in stop.council) for code in codes}

    @property
    def others(self) -> str:
        """What counts of all members without an entry."""
        model = self.scenario.preferences.model
        if model != "stated":
            return "their own place" if model == "spatial" else "what the record says of them"
        default = self.scenario.members.get(DEFAULT)
        if default is None:
            return "undecided, as there is no default"
        return f"the default, {default.stance.value if default.stance else 'with odds of its own'}"

    @property
    def sentence(self) -> str:
        """What a person would say."""
        found = [(stop.adopted or 0.0, stop.year) for stop in self.answered]
        (worst, bad), (best, good) = min(found), max(found)
        own = f"Before the council of {_day(self.own.date)} it is adopted in {in_100(self.own.adopted or 0.0)} of 100."
        if len(found) == 1:
            return f"{own} Before that of {good}: in {in_100(best)}."
        if best - worst < _ALIKE:
            low, high = in_100(worst), in_100(best)
            same = high if low == high else f"{low} to {high}"
            return f"{own} Before those of {found[0][1]} to {found[-1][1]} it is much the same: {same}."
        return (
            f"{own} Kindest is the council of {good} ({in_100(best)}), harshest that of {bad} ({in_100(worst)}); "
            f"half the years give at least {in_100(median(odds for odds, _ in found))}."
        )

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "scenario": self.scenario.title,
            "date": self.scenario.draft.date.isoformat(),
            "moved": self.moved,
            "sentence": self.sentence,
            "own": self.own.as_dict(),
            "years": [stop.as_dict() for stop in self.years],
            "entries": {code: list(years) for code, years in self.entries.items()},
            "others": self.others,
            "notes": list(self.notes),
        }


_ALIKE = 0.005
"""Odds closer than this are told as the same."""


def time_machine(
    scenario: Scenario | str | os.PathLike[str],
    first: int | None = None,
    last: int | None = None,
    *,
    given: Mapping[str, Learnable] | None = None,
    do: Mapping[str, str] | None = None,
    stance: Mapping[str, str] | None = None,
    council_date: datetime.date | int | None = None,
    move_draft: bool = False,
    engine: str = "auto",
    record: Sequence[RollCall] | None = None,
    progress: Progress | None = None,
) -> TimeMachine:
    """The same draft before each year's council, under that day's rule.

    Parameters
    ----------
    scenario : Scenario, or a path or shipped name
        What is on the table. Its ``council.seats`` may name a proposal, never seats one by one.
    first, last : int, optional
        Years, from 1946 on; by default all whose council is known.
    given, do, stance : mapping from member code
        As of :func:`simulator.odds`; they count in the years in which the member sits.
    council_date : datetime.date or int, optional
        Of the council that the years are compared with; by default the scenario's own.
    move_draft : bool
        Whether the draft's day is that of each council, so that places and the record are those known then.
    engine : str
        ``"auto"``: exact, and Monte Carlo where exact cannot; ``"exact"``; ``"monte-carlo"``.
    record : sequence of RollCall, optional
        As of :func:`simulator.odds`.
    progress : callable, optional
        Called with the years done and the years asked for.

    Returns
    -------
    TimeMachine
        Years that cannot be answered are in it, with the reason.

    Raises
    ------
    OptionError
        If a year is none whose council is known, or the scenario names all its seats.
    RefusedError
        If no year can be answered.
    SimulatorError
        As :func:`simulator.odds`, of the scenario itself.

    Examples
    --------
    >>> found = time_machine("dprk-2022-05", 1964, 1967)
    >>> [(stop.year, len(stop.council), stop.majority.quota) for stop in found.years]
    [(1964, 11, 7), (1965, 11, 7), (1966, 15, 9), (1967, 15, 9)]
    """
    years = _years(first, last)
    options = options_of(engine, record)
    asked = _without_outcome(with_changes(scenario, given, do, stance, record))
    _refuse_listed_seats(asked)
    beside = asked if council_date is None else changed(asked, council_date=council_date)
    own = _stop(beside, named(asked), options)
    stops = tuple(_tried(asked, year, years, move_draft, options, progress) for year in years)
    if not any(stop.answer for stop in stops):
        raise RefusedError(f"{asked.source}: none of the years {years[0]} to {years[-1]}: {stops[-1].why_none}")
    return TimeMachine(asked, own, stops, move_draft, tuple(_notes(asked, stops, move_draft)))


def _years(first: int | None, last: int | None) -> range:
    """The years asked for, all with a council."""
    low, high = first_day().year, last_day().year
    start, end = low if first is None else first, high if last is None else last
    for year in (start, end):
        if isinstance(year, bool) or not isinstance(year, int) or not low <= year <= high:
            raise OptionError(f"{shown(year)} is not a year whose council is known: {low} to {high}")
    if start > end:
        raise OptionError(f"from {start} to {end} there are no years: the first comes before the last")
    return range(start, end + 1)


def _without_outcome(scenario: Scenario) -> Scenario:
    """What happened, happened before one council only."""
    return rechecked(scenario.model_copy(update={"actual": None})) if scenario.actual else scenario


def _refuse_listed_seats(scenario: Scenario) -> None:
    seats = scenario.council.seats
    if seats and reform_of(seats) is None:
        raise OptionError(
            f"{scenario.source}: council.seats names every member, so that the council is the same in all years; leave "
            "the seats out, or name a proposal, whose seats are added to each year's council"
        )


def _tried(
    asked: Scenario, year: int, years: range, move_draft: bool, options: Options, progress: Progress | None
) -> Stop:
    """The draft before a year's council; where that cannot be, the reason."""
    day = council_day(year)
    try:
        settings = {"draft.date": day} if move_draft else None
        stop = _stop(changed(asked, council_date=day, settings=settings), named(asked), options)
    except InputError as error:
        council = council_on(day)
        absent = _absent(named(asked), council)
        stop = Stop(day, council, None, None, reason(error), absent)
    if progress:
        progress(year - years[0] + 1, len(years))
    return stop


def _stop(scenario: Scenario, said_of: frozenset[str], options: Options) -> Stop:
    council = council_of(scenario)
    found = brief(scenario, options)
    return Stop(council.date, council, majority_of(scenario, council), found, "", _absent(said_of, council))


def _absent(said_of: frozenset[str], council: Council) -> tuple[str, ...]:
    return tuple(sorted(said_of - set(council.ids)))


def named(scenario: Scenario) -> frozenset[str]:
    """Codes of the members that a scenario says something of: entries, blocs, company, what is learnt, sponsors."""
    codes = {*scenario.members, *scenario.preliminary, *scenario.given, *scenario.do}
    codes |= {code for step in scenario.sequence for code in step.members}
    codes |= {code for bloc in scenario.blocs for code in bloc.members if code not in WHOLE_BLOCS}
    codes |= {code for pair in scenario.company for code in (pair.leader, pair.follower)}
    codes |= {*scenario.council.parties, *(scenario.council.subscribers or ())}
    # Sponsors that never had a seat count in no year; they are no entry that is left out.
    codes |= {code for code in scenario.draft.sponsors or () if code in members()}
    return frozenset(codes - {DEFAULT})


def _notes(asked: Scenario, stops: Sequence[Stop], moved: bool) -> Iterator[str]:
    if asked.preferences.model != "stated" and not moved:
        yield (
            f"the draft's day stays {_day(asked.draft.date)}: members stand where they are known to have stood before "
            "it, in whatever year their council sat (--move-draft: where they stood then)"
        )
    yield from _other_holders(asked, stops)
    shared = [stop.answer.notes for stop in stops if stop.answer]
    yield from (note for note in shared[0] if all(note in notes for notes in shared[1:]))
    drawn = sum(stop.answer.engine == "monte-carlo" for stop in stops if stop.answer)
    if 0 < drawn < len(shared):
        yield f"the exact engine refuses some, so {drawn} of {len(shared)} years are by Monte Carlo"


def _other_holders(asked: Scenario, stops: Sequence[Stop]) -> Iterator[str]:
    """Who else held a permanent seat: a code is a seat's, and what is said of it holds of whoever sits there."""
    seats = council_of(asked).seats
    now = {seat.id: holder_of(seat) for seat in seats if seat.permanent and len(terms_of(seat.id)) > 1}
    for code, holder in now.items():
        held = [(stop.year, holder_of(seat)) for stop in stops for seat in stop.council.seats if seat.id == code]
        others = [(year, name) for year, name in held if name != holder]
        for other in dict.fromkeys(name for _, name in others):
            years = [year for year, name in others if name == other]
            span = f"in {years[0]}" if len(years) == 1 else f"from {years[0]} to {years[-1]}"
            yield f"{code} is {other} {span}: what is assumed of {holder} is taken to hold of it"


def holder_of(seat: Seat) -> str:
    """Who holds a permanent seat that two have held: by name, or by the note that tells them apart."""
    names = {term.short for term in terms_of(seat.id)}
    name = seat.short if len(names) > 1 else seat.note
    return f"the {name}" if " " in name else name


def _day(date: datetime.date) -> str:
    return f"{date.day} {date:%B} {date.year}"


def years_apart(years: Sequence[int]) -> list[tuple[int, int]]:
    """Years in a row as one span, first and last.

    Examples
    --------
    >>> years_apart([1950, 1951, 1967])
    [(1950, 1951), (1967, 1967)]
    """
    starts = [years[0], *(later for before, later in pairwise(years) if later != before + 1)] if years else []
    ends = [*(before for before, later in pairwise(years) if later != before + 1), years[-1]] if years else []
    return list(zip(starts, ends, strict=True))
