"""What the odds hang on: exact derivatives, and how far they move over each assumption's plausible range.

Three kinds of assumption. Each member's *support*, half a standard deviation lower or higher: of every member and in
every kind of preferences. What a member has *said*, one word colder or warmer. And the *numbers* of the file, each
over a range that is plausible for its kind. Where numbers are uncertain, Sobol indices say which of them the doubt
comes from.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.analysis.sensitivity.answers import Answers
from simulator.analysis.sensitivity.assumptions import Assumption, leading, ranked, told, told_apart
from simulator.analysis.sensitivity.derivatives import derivative
from simulator.analysis.sensitivity.notes import remarks
from simulator.analysis.sensitivity.numbers import FileNumber, file_numbers
from simulator.analysis.sensitivity.sobol import Index, sobol
from simulator.analysis.sensitivity.support import SHIFT, support_of
from simulator.engines import Engine, Options, with_changes
from simulator.engines.exact import mixed
from simulator.engines.exact.many import nodes_of, solve_many
from simulator.engines.possible import Possible
from simulator.engines.said import learnt_after_said
from simulator.engines.seats.replicates import Estimate, drawn, odds_at_points
from simulator.engines.words import in_100, in_a_sentence
from simulator.errors import ExactRefused, SimulatorError
from simulator.facts import Council, RollCall
from simulator.model.latent import Floats
from simulator.scenario import Scenario, Stance, changed, council_of, entries
from simulator.scenario.changes import Learnable

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

_NODES = 150
"""Nodes of the exact engine that take as long as making a model ready for it."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What the odds hang on.

    Attributes
    ----------
    scenario, rule : str
    council : Council
    adopted, error : float
        Odds of adoption as assumed, and their standard error; 0 where exact.
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
    error: float
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
        return " ".join([f"Adopted in {in_100(self.adopted)} of 100.", *self._most(), *self._doubt()])

    def _most(self) -> Iterator[str]:
        """What moves the odds most, by kind: how far apart the ends of different kinds are taken is a rule of thumb."""
        first = leading(self.support)
        if not first:
            nothing = all(one.swing == 0 for one in self.support)
            yield f"No member's support alone moves the odds{'' if nothing else ' much'}."
        else:
            names, ends = told(first, [self._name(one.name) for one in first])
            low, high = told_apart(first[0].odds_low, first[0].odds_high)
            ends = f": {low} with half a standard deviation less, {high} with half a one more" if ends else ""
            yield f"Of the members' support, the odds hang most on {names}{ends}."
        if said := leading(self.stances):
            names, ends = told(said, [self._name(one.name) for one in said])
            yield f"Of what members said, most on {names}{': ' if ends else ''}{ends}."
        if numbers := leading(self.numbers):
            names, ends = told(numbers, [one.name for one in numbers])
            yield f"Of the numbers, most on {names}{': ' if ends else ''}{ends}."

    def _doubt(self) -> Iterator[str]:
        if self.indices:
            index = self.indices[0]
            share = in_100(min(1.0, max(0.0, index.first)))
            yield f"Of the doubt about its numbers {share} in 100 comes from {index.key} alone."

    def _name(self, member: str) -> str:
        return in_a_sentence(self.council.seats[self.council.index(member)].short)

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
            "error": self.error,
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
    options = Options.of(engine, record)
    return sensitivity_of(with_changes(scenario, given, do, stance, record), options)


def sensitivity_of(scenario: Scenario, options: Options) -> Sensitivity:
    """The same of a scenario as it stands."""
    return _Question(scenario, options, Answers.of(scenario, options, (-SHIFT, SHIFT))).answered()


@dataclass(frozen=True, slots=True)
class _Question:
    scenario: Scenario
    options: Options
    base: Answers

    def answered(self) -> Sensitivity:
        scenario, council, gradient = self.scenario, council_of(self.scenario), self.base.gradient
        moves, why_no_slopes = self._moves()
        indices, why_none = self._indices() if scenario.uncertain else ((), "")
        support = ranked(support_of(self.base, council.ids))
        adopted = gradient.adopted
        return Sensitivity(
            scenario.title,
            scenario.council.rule,
            council,
            adopted.value,
            adopted.error,
            support,
            ranked(self._stances(council, adopted)),
            ranked(moves),
            indices,
            Engine.MONTE_CARLO if gradient.drawn else Engine.EXACT,
            learnt_after_said(scenario, self.base.possibles, gradient.evidence, self._evidence),
            tuple(
                note
                for note in (
                    *self.base.possibles[0].model.notes,
                    *gradient.notes,
                    why_none,
                    why_no_slopes,
                    *remarks(self.base, (*support, *moves)),
                )
                if note
            ),
        )

    def _evidence(self, ways: Sequence[Possible]) -> float:
        if self.base.gradient.drawn:
            return float(odds_at_points(drawn(ways, self.options)).sums[1].mean())
        return mixed.solve_all(ways).evidence

    def _numbers(self) -> list[FileNumber]:
        seats = {pair.follower: pair for pair in self.base.possibles[0].model.company}
        council = council_of(self.scenario)
        company = {
            place: (pair.if_leader_no, pair.otherwise)
            for place, entry in enumerate(self.scenario.company)
            if (pair := seats.get(council.index(entry.follower))) is not None
        }
        return file_numbers(self.scenario, company)

    def _moves(self) -> tuple[tuple[Assumption, ...], str]:
        """Every number, and why there are no derivatives of them."""
        numbers = self._numbers()
        doubted = {number.key: number.value for number in numbers if number.uncertain}
        middle: Answers | None = self.base
        why = ""
        if doubted:
            try:
                middle = Answers.of(changed(self.scenario, settings=doubted), self.options)
            except SimulatorError as problem:
                middle, why = None, f"no derivatives with every uncertain number at its median: {problem}"
        moves = []
        for done, number in enumerate(numbers):
            if self.options.progress is not None:
                self.options.progress(done, len(numbers))
            moves.append(self._number(middle, number))
        return tuple(moves), why

    def _number(self, middle: Answers | None, number: FileNumber) -> Assumption:
        (low, at_low), (high, at_high) = self._end(number, number.low), self._end(number, number.high)
        slope = derivative(middle, number) if middle else None
        return Assumption(
            "number",
            number.key,
            number.value,
            low,
            high,
            at_low.value,
            at_high.value,
            max(at_low.error, at_high.error),
            slope.value if slope else None,
            slope.error if slope else 0.0,
            slope.how.value if slope else "",
            uncertain=number.uncertain,
        )

    def _end(self, number: FileNumber, end: float) -> tuple[float, Estimate]:
        """The end of a number's range, nearer where other numbers leave no room for it, and the odds there."""
        for halvings in range(_HALVINGS):
            value = number.value + (end - number.value) / 2**halvings
            try:
                return value, self.base.odds(changed(self.scenario, settings=number.at(value)))
            except SimulatorError:
                continue
        return number.value, self.base.gradient.adopted

    def _stances(self, council: Council, adopted: Estimate) -> Iterator[Assumption]:
        """What members have said, one word colder and one warmer."""
        for member, entry in entries(self.scenario, council).items():
            word = entry.stance
            if word not in WARMTH or member in self.scenario.do or member not in council:
                continue
            said = WARMTH if council.seats[council.index(member)].veto else WARMTH[: WARMTH.index(Stance.OPPOSES) + 1]
            place = min(said.index(word) if word in said else len(said) - 1, len(said) - 1)
            colder, warmer = said[min(place + 1, len(said) - 1)], said[max(place - 1, 0)]
            odds = [adopted if other is word else self._said(member, other) for other in (colder, warmer)]
            ends = [one for one in odds if one is not None]
            if word is not None and len(ends) == 2:
                low, high = (one.value for one in ends)
                error = max(one.error for one in ends)
                yield Assumption("stance", member, word.value, colder.value, warmer.value, low, high, error)

    def _said(self, member: str, word: Stance) -> Estimate | None:
        """The odds if a member said something else; None where it cannot, such as a sponsor against its text."""
        try:
            return self.base.odds(changed(self.scenario, stance={member: word.value}))
        except SimulatorError:
            return None

    def _indices(self) -> tuple[tuple[Index, ...], str]:
        try:
            return sobol(self.scenario, self._many, self.options.seed, self._effort)
        except ExactRefused as refusal:
            return (), f"no Sobol indices: they are of exact odds, and {refusal}"

    def _effort(self, scenario: Scenario) -> float:
        """What the odds of one scenario with certain numbers take: of one way and few nodes, about 1."""
        ways = self.base.ways(scenario)
        return len(ways) * (1 + nodes_of(ways[0].model, ways[0].majority) / _NODES)

    def _many(self, scenarios: tuple[Scenario, ...]) -> Floats:
        """The odds of many scenarios with certain numbers, at once where they have one structure."""
        ways = [self.base.ways(one) for one in scenarios]
        first = ways[0][0]
        if all(len(some) == 1 and _of_one_structure(first, some[0]) for some in ways):
            return solve_many(first.model, [some[0].model.latent for some in ways], first.majority).adopted
        return np.array([mixed.solve_all(some).outcomes.adopted for some in ways])


def _of_one_structure(one: Possible, other: Possible) -> bool:
    return (
        one.model.company == other.model.company
        and one.majority == other.majority
        and bool((one.model.likelihood == other.model.likelihood).all())
    )
