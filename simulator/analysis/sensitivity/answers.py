"""Who answers for the odds of a scenario with some of its numbers changed: the exact engine, or Monte Carlo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulator.engines import Engine, Options, record_forecast
from simulator.engines.possible import Possible
from simulator.engines.seats.replicates import Estimate, Gradient, drawn, odds_at_points
from simulator.engines.seats.shifted import exact_adopted
from simulator.engines.standing import Standing
from simulator.errors import ExactRefused, RefusedError
from simulator.scenario import Scenario

FEW = 100
"""Draws of the uncertain numbers for the odds of other scenarios, put right by what all draws say of this one."""


@dataclass(frozen=True, slots=True)
class Answers:
    """A scenario with the slopes of its odds, and the odds of others like it.

    Attributes
    ----------
    scenario : Scenario
    options : Options
    possibles : tuple of Possible
        The ways things may stand in it.
    gradient : Gradient
    earlier : bool
        Whether votes come before the draft's.
    correction : float
        By how much the odds differ from those over fewer draws of the uncertain numbers.
    """

    scenario: Scenario
    options: Options
    possibles: tuple[Possible, ...]
    gradient: Gradient
    earlier: bool
    correction: float = 0.0

    @classmethod
    def of(cls, scenario: Scenario, options: Options, shifts: Sequence[float] = ()) -> Answers:
        """For a scenario, with what its odds are if one seat's support is shifted.

        Raises
        ------
        ExactRefused
            If the exact engine is asked for and cannot.
        EvidenceError
            If what was learnt has probability zero.
        """
        standing = _standing(scenario, options)
        gradient = Gradient.of(standing.possibles, options, shifts)
        found = cls(scenario, options, standing.possibles, gradient, bool(standing.steps))
        if not scenario.uncertain or gradient.drawn or options.parameter_draws <= FEW:
            return found
        fewer = replace(found, options=replace(options, parameter_draws=FEW))
        return replace(fewer, correction=gradient.adopted.value - fewer.odds(scenario).value)

    def ways(self, scenario: Scenario) -> tuple[Possible, ...]:
        """The ways things may stand in another scenario, over fewer draws of the uncertain numbers."""
        return _standing(scenario, self.options).possibles

    def odds(self, scenario: Scenario) -> Estimate:
        """The odds of another scenario: exact, or drawn, at the same points if they will do."""
        ways = self.ways(scenario)
        return self._exact(scenario, ways) or self._comparable(ways) or odds_at_points(drawn(ways, self.options))

    def comparable(self, scenario: Scenario) -> Estimate | None:
        """The same, if it may be differenced: exact, or at the same points; None where neither can be."""
        ways = self.ways(scenario)
        return self._exact(scenario, ways) or self._comparable(ways)

    def _exact(self, scenario: Scenario, ways: Sequence[Possible]) -> Estimate | None:
        """By the exact engine, from the record by the quick road where there is one; None where Monte Carlo is due."""
        if self.gradient.drawn:
            return None
        if scenario.preferences.model == "history":
            try:
                return Estimate.exact(record_forecast(scenario, past=self.options.past).adopted)
            except RefusedError:
                pass
        try:
            found = float(exact_adopted(ways, np.zeros((1, len(ways[0].model.members))))[0][0])
            return Estimate.exact(found + (self.correction if scenario.uncertain else 0.0))
        except ExactRefused:
            if self.options.engine is Engine.EXACT:
                raise
            return None

    def _comparable(self, ways: Sequence[Possible]) -> Estimate | None:
        """At the points drawn for this scenario."""
        return self.gradient.at_the_same_points(ways) if self.gradient.drawn else None


def _standing(scenario: Scenario, options: Options) -> Standing:
    return Standing.of(scenario, options.parameter_draws, options.seed, options.past)
