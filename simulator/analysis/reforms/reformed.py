"""What if the rules were others? One scenario under every rule that fits its council, and before enlarged councils.

Members want what they want; only the rule changes, or who else sits. A new seat of a proposal has no state behind it,
so it votes as the elected members of its regional group do on average: their mean odds, their mean place, or, with
preferences from the record, their mean support. An entry of its own in the scenario comes first.

How many votes a proposal would ask for is disputed or left open by it. So each quota stands with its source, and
another can be given. Beside the odds stands what the rule gives to each seat a priori: see
:mod:`simulator.analysis.power.indices`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from simulator.analysis.power.games import scenario_game
from simulator.analysis.power.indices import ClassPower, Power, power
from simulator.analysis.ranked import ends
from simulator.analysis.reforms.cases import Case, Kind, cases_of, quotas_of
from simulator.analysis.reforms.needs import notes_on
from simulator.analysis.runs import Run, by_tables, run
from simulator.engines import Engine, Options, with_changes
from simulator.engines.ask import Method
from simulator.engines.words import in_100, listed
from simulator.errors import ExactRefused, InputError, Stopped, reason
from simulator.facts import Council, RollCall, council_on
from simulator.rules import Majority
from simulator.scenario import Scenario, council_of, like_sitting, majority_of, rechecked, restrained
from simulator.scenario.changes import Learnable

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SeatPower:
    """What a rule gives to each of the seats that it treats alike.

    Attributes
    ----------
    seats : str
        ``permanent``; ``permanent, no veto``; ``elected``; ``elected, veto``: by the council, whatever the rule;
        without the veto of members that keep to a code of restraint.
    power : ClassPower
        Of each of them, a priori; its `members` are who they are.
    """

    seats: str
    power: ClassPower


@dataclass(frozen=True, slots=True)
class Reformed:
    """The scenario under one rule, or before one enlarged council.

    Attributes
    ----------
    name : str
        The rule's name, or the proposal's word.
    kind : Kind
        Whether the rule or the council is another, or neither.
    as_it_stands : bool
        Whether it is the scenario as it was given.
    scenario : Scenario
        What was asked; to be run, changed, or written to a file.
    council : Council
        Who votes.
    majority : Majority
        What the draft needs.
    quota_source : str
        Where the number of votes needed comes from.
    answer : Run
        The odds.
    power : Power
        Who decides a priori.
    """

    name: str
    kind: Kind
    as_it_stands: bool
    scenario: Scenario
    council: Council
    majority: Majority
    quota_source: str
    answer: Run
    power: Power

    @property
    def adopted(self) -> float:
        """Probability that the draft is adopted."""
        return self.answer.outcomes.adopted

    @property
    def classes(self) -> tuple[SeatPower, ...]:
        """The power of each kind of seat, in seat order."""
        restrained = self.power.game.restrained
        veto = {seat.id: seat.veto and seat.id not in restrained for seat in self.council.seats}
        return tuple(SeatPower(_seat(one, veto[one.members[0]]), one) for one in self.power.classes)

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "name": self.name,
            "kind": self.kind.value,
            "as_it_stands": self.as_it_stands,
            "seats": len(self.council),
            "with_veto": len(self.council.vetoers),
            "quota": self.majority.quota,
            "vetoes_needed": self.majority.vetoes_needed,
            "basis": self.majority.basis,
            "quota_source": self.quota_source,
            **self.answer.odds_as_dict(),
            "notes": list(self.answer.notes),
            "power": self.power.as_dict(),
        }


def _seat(alike: ClassPower, veto: bool) -> str:
    if alike.permanent:
        return "permanent" if veto else "permanent, no veto"
    return "elected, veto" if veto else "elected"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A rule or proposal that cannot be applied to the scenario.

    Attributes
    ----------
    name, why : str
        Its name or word, and the reason.
    kind : Kind
    """

    name: str
    kind: Kind
    why: str

    def as_dict(self) -> dict[str, str]:
        """It in the documented JSON form."""
        return {"name": self.name, "kind": self.kind.value, "why": self.why}


_NAMED = 3
"""Rules or proposals of the same odds that a sentence names."""


@dataclass(frozen=True, slots=True)
class Reforms:
    """One scenario under many rules and before many councils.

    Attributes
    ----------
    scenario : Scenario
        As it was given.
    rows : tuple of Reformed
        The Council of the day under each rule, then each proposal; first a council that the scenario names itself.
    left_out : tuple of LeftOut
        The rules and proposals that cannot be applied, with the reason.
    notes : tuple of str
        What a reader should know of the whole.
    """

    scenario: Scenario
    rows: tuple[Reformed, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]

    def of(self, name: str) -> Reformed:
        """The row of a rule or a proposal.

        Raises
        ------
        KeyError
            If it is not among them.
        """
        return {row.name: row for row in reversed(self.rows)}[name]

    @property
    def own(self) -> Reformed | None:
        """The scenario as it was given; None where a quota that was asked for took its place."""
        return next((row for row in self.rows if row.as_it_stands), None)

    @property
    def sentence(self) -> str:
        """What a person would say."""
        own = self.own
        parts = [f"As it stands ({own.name}) it is adopted in {in_100(own.adopted)} of 100."] if own else []
        others = [row for row in self.rows if own is None or row.answer is not own.answer]
        parts += _range(self._rules, [row for row in others if row.kind is Kind.RULE])
        parts += _range("Before enlarged councils", [row for row in others if row.kind is Kind.PROPOSAL])
        return " ".join(parts)

    @property
    def _rules(self) -> str:
        """Where other rules are asked about: a council of seats of its own is not the one that they are for."""
        if not self.scenario.council.seats:
            return "Under other rules"
        return f"Under other rules, in the Council of the day ({len(council_on(self.scenario.council_date))} members)"

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "scenario": self.scenario.title,
            "date": self.scenario.council_date.isoformat(),
            "sentence": self.sentence,
            "rows": [row.as_dict() for row in self.rows],
            "left_out": [one.as_dict() for one in self.left_out],
            "notes": list(self.notes),
        }


def _range(where: str, rows: Sequence[Reformed]) -> list[str]:
    """The least and the most of some rows, with all that have them."""
    if not rows:
        return []
    runs = [row.answer for row in rows]
    bottom, top = ends(runs)
    low, high = (in_100(pick(one.adopted for one in runs)) for pick in (min, max))
    if low == high:
        return [f"{where}: {low}."]
    if not bottom:
        return [f"{where} it is much the same: {low} to {high}."]
    return [f"{where}: from {low} ({_names(rows, bottom)}) to {high} ({_names(rows, top)})."]


def _names(rows: Sequence[Reformed], places: Sequence[int]) -> str:
    """Those of some rows, in the order of the table; a few of many."""
    names = [rows[place].name for place in sorted(places)]
    return listed(names if len(names) <= _NAMED else [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} more"])


def reforms(
    scenario: Scenario | str | os.PathLike[str],
    *,
    quota: int | Mapping[str, int] | None = None,
    given: Mapping[str, Learnable] | None = None,
    do: Mapping[str, str] | None = None,
    stance: Mapping[str, str] | None = None,
    engine: str = "auto",
    record: Sequence[RollCall] | None = None,
    progress: Progress | None = None,
) -> Reforms:
    """One scenario under every rule that fits its council, and before every enlarged council.

    Parameters
    ----------
    scenario : Scenario, or a path or shipped name
        What is on the table.
    quota : int or mapping from name to int, optional
        Votes needed instead: by the word of a proposal; by ``quota-and-veto``, for the Council of the day; a number
        alone is for all of them.
    given, do, stance : mapping from member code
        As of :func:`simulator.odds`; before a council on which the member does not sit they are left out.
    engine : str
        ``"auto"``: exact, and Monte Carlo where exact cannot; ``"exact"``; ``"monte-carlo"``.
    record : sequence of RollCall, optional
        As of :func:`simulator.odds`.
    progress : callable, optional
        Called with the answers found and the answers wanted.

    Returns
    -------
    Reforms
        Rules and proposals that cannot be applied are in it, with the reason.

    Raises
    ------
    OptionError
        If a quota is above the seats, or for no proposal that there is.
    SimulatorError
        As :func:`simulator.odds`, of the scenario itself.

    Examples
    --------
    >>> found = reforms("dprk-2022-05")
    >>> found.of("no-veto").adopted > found.of("two-vetoes").adopted > found.of("charter").adopted
    True
    >>> found.of("african-union").majority.quota, len(found.of("african-union").council.vetoers)
    (14, 11)
    """
    quotas, options = quotas_of(quota), Options.of(engine, record)
    asked = with_changes(scenario, given, do, stance, record)
    if asked.actual:  # it happened under one rule, and forecasts under others are not scored by it
        asked = rechecked(asked.model_copy(update={"actual": None}))
    known: dict[Hashable, Run] = {}
    rows: list[Reformed] = []
    left_out: list[LeftOut] = []
    cases = list(cases_of(asked, quotas))
    for done, case in enumerate(cases):
        try:
            found = _row(case, known, options)
        except InputError as error:
            if case.as_it_stands or isinstance(error, Stopped):
                raise
            found = LeftOut(case.name, case.kind, reason(error))
        rows.append(found) if isinstance(found, Reformed) else left_out.append(found)
        if progress:
            progress(done + 1, len(cases))
    notes = (*_elsewhere(asked, rows), *_new_seats(asked, rows), *_notes(rows))
    return Reforms(asked, tuple(rows), tuple(left_out), notes)


def _row(case: Case, known: dict[Hashable, Run], options: Options) -> Reformed | LeftOut:
    """One case, answered. Rules that ask for the same of the same votes share an answer."""
    if case.scenario is None:
        return LeftOut(case.name, case.kind, case.why_not)
    asked, council = case.scenario, council_of(case.scenario)
    majority = majority_of(asked, council)
    same = _question(asked, council, majority)
    if same not in known:
        known[same] = _answered(asked, council, options)
    index = power(scenario_game(asked))
    return Reformed(
        case.name, case.kind, case.as_it_stands, asked, council, majority, case.quota_source, known[same], index
    )


_MANY = 5
"""Members with a veto beyond which Monte Carlo draws whole roll calls: the sets of vetoes that its other method sums
double with each."""


def _answered(asked: Scenario, council: Council, options: Options) -> Run:
    """The answer by the engine asked for."""
    if len(council.vetoers) <= _MANY or options.engine is Engine.EXACT:
        return run(asked, options)
    roll_calls = replace(options, method=Method.VOTES)
    if options.engine is Engine.MONTE_CARLO:
        return run(asked, roll_calls)
    try:
        return run(asked, options if by_tables(asked) else replace(options, engine=Engine.EXACT))
    except ExactRefused:
        return run(asked, roll_calls)


def _question(asked: Scenario, council: Council, majority: Majority) -> Hashable:
    """What the odds rest on, beside what all cases share."""
    parties = asked.council.parties if majority.proviso and asked.draft.chapter == "VI" else ()
    earlier = asked.council.rule if asked.sequence or asked.preliminary else ""
    return (
        council.ids,
        council.vetoers,
        majority.quota,
        majority.vetoes_needed,
        parties,
        restrained(asked, council),
        earlier,
    )


def _elsewhere(asked: Scenario, rows: Sequence[Reformed]) -> Iterator[str]:
    """What of the scenario's council and law does not go with it to other councils, and what does."""
    if asked.council.seats:
        today, own = len(council_on(asked.council_date)), len(council_of(asked))
        yield (
            f"rules of the Charter's council are asked about in the Council of the day, with its {today} members, not "
            f"in the scenario's own with {own}"
        )
    if any(row.kind is Kind.PROPOSAL and not row.as_it_stands for row in rows):
        yield from notes_on(asked)


def _new_seats(asked: Scenario, rows: Sequence[Reformed]) -> Iterator[str]:
    """How new seats of proposals vote, where the engines' own notes do not tell."""
    model = asked.preferences.model
    like = [like_sitting(row.scenario, row.council) for row in rows if row.scenario.council.seats]
    if model == "history" or not any(like):
        return
    what = "have the mean odds of" if model == "stated" else "stand at the mean place of"
    yield f"new seats without an entry {what} the elected members of their regional groups"
    if model == "stated" and any(not sitting for one in like for sitting in one.values()):
        yield "where none of a group sits, its new seats have the default's odds"


def _notes(rows: Iterable[Reformed]) -> tuple[str, ...]:
    """What holds of every answer, then what holds of some, with their names."""
    by_note: dict[str, list[str]] = {}
    every = list(rows)
    for row in every:
        for note in dict.fromkeys(row.answer.notes):
            by_note.setdefault(note, []).append(row.name)
    whole = [note for note, names in by_note.items() if len(names) == len(every)]
    some = [f"{', '.join(names)}: {note}" for note, names in by_note.items() if len(names) < len(every)]
    return (*whole, *some)
