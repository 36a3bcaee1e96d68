"""What the odds hang on: exact derivatives, and how far they move over each assumption's plausible range.

Three kinds of assumption. Each member's *support*, half a standard deviation lower or higher: of every member and in
every kind of preferences. What a member has *said*, one word colder or warmer. And the *numbers* of the file, each
over a range that is plausible for its kind. Where numbers are uncertain, Sobol indices say which of them the doubt
comes from.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulator.analysis.derivatives import How, derivative
from simulator.analysis.scenario_numbers import FileNumber, file_numbers
from simulator.analysis.sobol import Index, sobol
from simulator.engines import Engine, Options, answer, record_forecast, with_changes
from simulator.engines.ask import one_of
from simulator.engines.exact import mixed
from simulator.engines.exact.many import solve_many
from simulator.engines.gradient import Slopes, slopes_of
from simulator.engines.nodes import Nodes, gathered
from simulator.engines.possible import Possible
from simulator.engines.standing import Standing
from simulator.engines.words import in_100, in_a_sentence
from simulator.errors import RefusedError, SimulatorError
from simulator.facts import Council, RollCall
from simulator.model.history.past import Past
from simulator.model.latent import Floats
from simulator.scenario import Scenario, Stance, changed, council_of, entries
from simulator.scenario.changes import Learnable

SHIFT = 0.5
"""Standard deviations of support to either side."""

WARMTH = (
    Stance.SUPPORTS,
    Stance.LEANS_YES,
    Stance.UNDECIDED,
    Stance.RESERVATIONS,
    Stance.LEANS_NO,
    Stance.OPPOSES,
    Stance.THREATENS_VETO,
    Stance.WILL_VETO,
)
"""Stance words from the warmest to the coldest; a sponsor's is no matter of degree."""

_HALVINGS = 8


@dataclass(frozen=True, slots=True)
class Assumption:
    """What the odds of adoption do as one assumption goes over its range.

    Attributes
    ----------
    kind : str
        ``support``, ``stance`` or ``number``.
    name : str
        A member's code, or the dotted key of a number.
    value, low, high : float or str
        What is assumed, and the colder or lower and the warmer or higher end: standard deviations, words, numbers.
        A word stands for itself where there is none beyond it.
    odds_low, odds_high : float
        Odds of adoption at those ends.
    slope : float or None
        Derivative of the odds, per standard deviation or per unit; None of words.
    error : float
        Standard error of the slope; 0 where exact.
    how : str
        ``exact``, or ``difference`` where exact odds were differenced; empty without a slope.
    uncertain : bool
        Whether the file holds a distribution there.
    """

    kind: str
    name: str
    value: float | str
    low: float | str
    high: float | str
    odds_low: float
    odds_high: float
    slope: float | None = None
    error: float = 0.0
    how: str = ""
    uncertain: bool = False

    @property
    def swing(self) -> float:
        """How far apart the odds at the two ends are."""
        return abs(self.odds_high - self.odds_low)

    def as_dict(self) -> dict[str, Any]:
        """By name."""
        names = ("kind", "name", "value", "low", "high", "odds_low", "odds_high", "slope", "error", "how", "uncertain")
        return {name: getattr(self, name) for name in names} | {"swing": self.swing}


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What the odds hang on.

    Attributes
    ----------
    scenario, rule : str
    council : Council
    adopted : float
        Odds of adoption as assumed.
    support, stances, numbers : tuple of Assumption
        By kind, the largest swing first.
    indices : tuple of Index
        Of the uncertain numbers, the largest share of the doubt first.
    engine : Engine
    evidence : float
        Probability of what was learnt.
    notes : tuple of str
    """

    scenario: str
    rule: str
    council: Council
    adopted: float
    support: tuple[Assumption, ...]
    stances: tuple[Assumption, ...]
    numbers: tuple[Assumption, ...]
    indices: tuple[Index, ...]
    engine: Engine
    evidence: float
    notes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """It as a person would say it."""
        said = [f"Adopted in {in_100(self.adopted)} of 100."]
        if self.support and self.support[0].swing > 0:
            first = self.support[0]
            name = in_a_sentence(self.council.seats[self.council.index(first.name)].short)
            said.append(
                f"The odds hang most on {name}: with half a standard deviation less support "
                f"{in_100(first.odds_low)}, with half a one more {in_100(first.odds_high)}."
            )
        if self.numbers and self.numbers[0].swing > 0:
            number = self.numbers[0]
            ends = sorted((number.odds_low, number.odds_high))
            said.append(f"Of the file's numbers most on {number.name}: {in_100(ends[0])} to {in_100(ends[1])}.")
        if self.indices:
            index = self.indices[0]
            share = in_100(min(1.0, max(0.0, index.first)))
            said.append(f"Of the doubt about its numbers {share} in 100 comes from {index.key} alone.")
        return " ".join(said)

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """All of them."""
        return self.support + self.stances + self.numbers

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "scenario": self.scenario,
            "rule": self.rule,
            "engine": self.engine.value,
            "sentence": self.sentence,
            "adopted": self.adopted,
            "support": [one.as_dict() for one in self.support],
            "stances": [one.as_dict() for one in self.stances],
            "numbers": [one.as_dict() for one in self.numbers],
            "sobol": [index.as_dict() for index in self.indices],
            "notes": list(self.notes),
        }


def sensitivity(
    scenario: Scenario | str | os.PathLike[str],
    *,
    given: Mapping[str, Learnable] | None = None,
    do: Mapping[str, str] | None = None,
    stance: Mapping[str, str] | None = None,
    engine: str = "auto",
    record: Sequence[RollCall] | None = None,
) -> Sensitivity:
    """What the odds hang on; the parameters are those of :func:`~simulator.analysis.why`.

    Examples
    --------
    >>> found = sensitivity("nine-yes-votes")
    >>> found.numbers[0].name, round(found.numbers[0].slope, 2)
    ('members.default.odds.yes', 2.51)
    """
    options = Options(engine=one_of(Engine, engine, "engine"), past=None if record is None else Past.of(record))
    return sensitivity_of(with_changes(scenario, given, do, stance, record), options)


def sensitivity_of(scenario: Scenario, options: Options) -> Sensitivity:
    """The same of a scenario as it stands."""
    return _Question(scenario, options).answered()


@dataclass(frozen=True, slots=True)
class _Question:
    scenario: Scenario
    options: Options

    def answered(self) -> Sensitivity:
        scenario, council = self.scenario, council_of(self.scenario)
        sums, engine, notes = gathered(self._ways(scenario), self.options, _taken)
        numbers = self._numbers()
        moves = self._moves(numbers)
        indices, why_none = self._indices() if scenario.uncertain else ((), "")
        found = replace(_whole(sums), loadings=np.zeros((2, len(council.ids), 0)))
        return Sensitivity(
            scenario.title,
            scenario.council.rule,
            council,
            found.adopted,
            _sorted(_support(council, sums)),
            _sorted(self._stances(council, found.adopted)),
            _sorted(moves),
            indices,
            engine,
            float(found.value[1]) / len(sums) if self._ways(scenario)[0].model.learnt else 1.0,
            (*self._ways(scenario)[0].model.notes, *notes, *([why_none] if why_none else ()), *self._remarks(moves)),
        )

    def _ways(self, scenario: Scenario) -> tuple[Possible, ...]:
        options = self.options
        return Standing.of(scenario, options.parameter_draws, options.seed, options.past).possibles

    def _odds(self, scenario: Scenario) -> float:
        """Odds of adoption; from the record by the quick road where there is one."""
        if scenario.preferences.model == "history" and self.options.engine is not Engine.MONTE_CARLO:
            try:
                return record_forecast(scenario, past=self.options.past).adopted
            except RefusedError:
                pass
        try:
            return answer(scenario, replace(self.options, engine=Engine.EXACT)).adopted
        except RefusedError:
            return answer(scenario, replace(self.options, engine=Engine.MONTE_CARLO)).adopted

    def _numbers(self) -> list[FileNumber]:
        if self.scenario.preferences.model == "history":
            return file_numbers(self.scenario, {})
        seats = {pair.follower: pair for pair in self._ways(self.scenario)[0].model.company}
        council = council_of(self.scenario)
        company = {
            place: (pair.if_leader_no, pair.otherwise)
            for place, entry in enumerate(self.scenario.company)
            if (pair := seats.get(council.index(entry.follower))) is not None
        }
        return file_numbers(self.scenario, company)

    def _middle(self, numbers: Sequence[FileNumber]) -> Scenario:
        """The scenario with every uncertain number at its median: where derivatives are taken."""
        doubted = {number.key: number.value for number in numbers if number.uncertain}
        return changed(self.scenario, settings=doubted) if doubted else self.scenario

    def _moves(self, numbers: Sequence[FileNumber]) -> tuple[Assumption, ...]:
        if not numbers:
            return ()
        middle = self._middle(numbers)
        slopes = _whole(gathered(self._ways(middle), replace(self.options, engine=Engine.AUTO), _taken)[0])
        return tuple(self._number(middle, number, slopes) for number in numbers)

    def _number(self, middle: Scenario, number: FileNumber, slopes: Slopes) -> Assumption:
        low, high = self._end(number, number.low), self._end(number, number.high)
        slope = derivative(middle, number, slopes, self._ways, self._odds)
        return Assumption(
            "number",
            number.key,
            number.value,
            low[0],
            high[0],
            low[1],
            high[1],
            slope.value if slope else None,
            how=slope.how.value if slope else "",
            uncertain=number.uncertain,
        )

    def _end(self, number: FileNumber, end: float) -> tuple[float, float]:
        """The end of a number's range, nearer where other numbers leave no room for it, and the odds there."""
        for halvings in range(_HALVINGS):
            value = number.value + (end - number.value) / 2**halvings
            try:
                return value, self._odds(changed(self.scenario, settings=number.at(value)))
            except SimulatorError:
                continue
        return number.value, self._odds(self.scenario)

    def _stances(self, council: Council, adopted: float) -> Iterator[Assumption]:
        """What members have said, one word colder and one warmer."""
        for member, entry in entries(self.scenario, council).items():
            word = entry.stance
            if word not in WARMTH or member in self.scenario.do or member not in council:
                continue
            said = WARMTH if council.seats[council.index(member)].veto else WARMTH[: WARMTH.index(Stance.OPPOSES) + 1]
            place = min(said.index(word) if word in said else len(said) - 1, len(said) - 1)
            colder, warmer = said[min(place + 1, len(said) - 1)], said[max(place - 1, 0)]
            odds = [adopted if other is word else self._said(member, other) for other in (colder, warmer)]
            if None not in odds and word is not None:
                yield Assumption(
                    "stance", member, word.value, colder.value, warmer.value, odds[0] or 0.0, odds[1] or 0.0
                )

    def _said(self, member: str, word: Stance) -> float | None:
        """The odds if a member said something else; None where it cannot, such as a sponsor against its text."""
        try:
            return self._odds(changed(self.scenario, stance={member: word.value}))
        except SimulatorError:
            return None

    def _indices(self) -> tuple[tuple[Index, ...], str]:
        return sobol(self.scenario, self._many, self.options.seed)

    def _many(self, scenarios: tuple[Scenario, ...]) -> Floats:
        """The odds of many scenarios with certain numbers, at once where they have one structure."""
        ways = [self._ways(one) for one in scenarios]
        first = ways[0][0]
        if all(len(some) == 1 and _of_one_structure(first, some[0]) for some in ways):
            return solve_many(first.model, [some[0].model.latent for some in ways], first.majority).adopted
        return np.array([mixed.solve_all(some).outcomes.adopted for some in ways])

    def _remarks(self, moves: Sequence[Assumption]) -> Iterator[str]:
        if self.scenario.uncertain:
            yield "derivatives are taken with every uncertain number at its median; its range is from 5 to 95 in 100"
        differenced = [one.name for one in moves if one.how == How.DIFFERENCE.value]
        if differenced:
            yield f"derivatives by differences of exact odds: {', '.join(differenced)}"


def _taken(nodes: Nodes) -> Slopes:
    """The sums over the nodes of all ways; loadings are kept where there is one way only."""
    whole: Slopes | None = None
    for one, points in nodes:
        found = slopes_of(one, points, (-SHIFT, SHIFT))
        if whole is None:
            whole = found
            continue
        bare = np.zeros((2, len(one.model.members), 0))
        whole = replace(whole, loadings=bare) + replace(found, loadings=bare)
    assert whole is not None, "what was learnt leaves at least one way"
    return whole


def _whole(sums: Sequence[Slopes]) -> Slopes:
    """The sums over replicates."""
    whole = sums[0]
    for more in sums[1:]:
        whole = whole + more
    return whole


def _support(council: Council, sums: Sequence[Slopes]) -> Iterator[Assumption]:
    found = _whole(sums)
    slopes, (low, high) = found.ratio("support"), found.moved_odds
    each = np.array([one.ratio("support") for one in sums])
    errors = each.std(axis=0, ddof=1) / np.sqrt(len(sums)) if len(sums) > 1 else np.zeros(len(council.ids))
    how = How.EXACT.value if len(sums) == 1 else How.DRAWN.value
    for seat, member in enumerate(council.ids):
        ends = (float(low[seat]), float(high[seat]))
        yield Assumption("support", member, 0.0, -SHIFT, SHIFT, *ends, float(slopes[seat]), float(errors[seat]), how)


def _sorted(moves: Iterable[Assumption]) -> tuple[Assumption, ...]:
    return tuple(sorted(moves, key=lambda one: -round(one.swing, 12)))


def _of_one_structure(one: Possible, other: Possible) -> bool:
    return (
        one.model.company == other.model.company
        and one.majority == other.majority
        and bool((one.model.likelihood == other.model.likelihood).all())
    )
