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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from simulator.analysis.ranked import ends
from simulator.analysis.time_machine.notes import notes_of, years_apart
from simulator.analysis.time_machine.stops import Stop, Stops, named
from simulator.engines import Options, with_changes
from simulator.engines.words import in_100
from simulator.errors import InputError, OptionError, RefusedError, Stopped, reason, shown
from simulator.facts import RollCall, council_day, council_on, first_day, last_day
from simulator.scenario import Scenario, changed, rechecked
from simulator.scenario.changes import Learnable
from simulator.scenario.reformed import reform_of
from simulator.scenario.seats import DEFAULT

Progress = Callable[[int, int], None]


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
        model, sponsors = self.scenario.preferences.model, self.scenario.draft.sponsors or ()
        if model == "spatial":
            return "their own place"
        silent = "what the record says of them" if model == "history" else _default(self.scenario)
        return f"elected members sponsor it; otherwise {silent}" if "E10" in sponsors else silent

    @property
    def sentence(self) -> str:
        """What a person would say."""
        found = [(stop.answer, stop.year) for stop in self.answered if stop.answer]
        runs, years = [one for one, _ in found], [year for _, year in found]
        day, odds = self.own.date, in_100(self.own.adopted or 0.0)
        own = f"Before the council of {day.day} {day:%B} {day.year} it is adopted in {odds} of 100."
        if len(found) == 1:
            return f"{own} Before that of {years[0]}: in {in_100(runs[0].adopted)}."
        bad, good = ends(runs)
        worst, best = (pick(one.adopted for one in runs) for pick in (min, max))
        low, high = in_100(worst), in_100(best)
        if best - worst < _ALIKE or low == high or not good:
            same = high if low == high else f"{low} to {high}"
            return f"{own} Before those of {years[0]} to {years[-1]} it is much the same: {same}."
        return (
            f"{own} Kindest {'is' if len(good) == 1 else 'are'} {_those([years[at] for at in good], 'the council')} "
            f"({high}), harshest {_those([years[at] for at in bad], 'that')} ({low}); "
            f"half the years give {_at_least(median(one.adopted for one in runs))}."
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


def _default(scenario: Scenario) -> str:
    default = scenario.members.get(DEFAULT)
    if default is None:
        return "undecided, as there is no default"
    return f"the default, {default.stance.value if default.stance else 'with odds of its own'}"


_ALIKE = 0.005
"""Odds closer than this are told as the same."""


def _at_least(odds: float) -> str:
    """What half the years give: at least so much, but where words are a bound already."""
    return in_100(odds) if odds < 0.01 or odds > 0.99 else f"at least {in_100(odds)}"


def _those(years: Sequence[int], council: str) -> str:
    """The council of a year, or those of several between which no difference is known, the first of them first."""
    spans = years_apart(sorted(years))
    if len(years) == 1:
        return f"{council} of {years[0]}"
    if len(spans) == 1:
        return f"{_MANY[council]} of {spans[0][0]} to {spans[0][1]}"
    return f"{len(years)} councils, that of {years[0]} among them"


_MANY = {"the council": "the councils", "that": "those"}


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
    options = Options.of(engine, record)
    asked = _without_outcome(with_changes(scenario, given, do, stance, record))
    _refuse_listed_seats(asked)
    beside = asked if council_date is None else changed(asked, council_date=council_date)
    road = Stops(named(asked), options)
    own = road.before(beside)
    stops = tuple(_tried(asked, year, years, move_draft, road, progress) for year in years)
    if not any(stop.answer for stop in stops):
        raise RefusedError(f"{asked.source}: none of the years {years[0]} to {years[-1]}: {stops[-1].why_none}")
    return TimeMachine(asked, own, stops, move_draft, tuple(notes_of(asked, stops, moved=move_draft)))


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


def _tried(asked: Scenario, year: int, years: range, move_draft: bool, road: Stops, progress: Progress | None) -> Stop:
    """The draft before a year's council; where that cannot be, the reason."""
    day = council_day(year)
    try:
        stop = road.before(changed(asked, council_date=day, settings={"draft.date": day} if move_draft else None))
    except Stopped:
        raise
    except InputError as error:
        council = council_on(day)
        stop = Stop(day, council, None, None, reason(error), road.absent(council))
    if progress:
        progress(year - years[0] + 1, len(years))
    return stop
