"""One run among dozens: the odds of a scenario by the quickest road that is exact, without whole roll calls beside it.

For questions that ask many scenarios at once. Preferences from the record go by tables of votes where those will do:
the same odds within 1e-4, in a fiftieth of the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import hypot
from typing import Any

import numpy as np

from simulator.engines import Engine, Odds, Options, Outcomes, answer, record_forecast
from simulator.engines.possible import LEVEL, Spread
from simulator.errors import ExactRefused, RefusedError, Stopped
from simulator.facts import Choice
from simulator.model.latent import Floats
from simulator.scenario import Scenario, council_of


@dataclass(frozen=True, slots=True)
class Run:
    """The odds of one scenario.

    Attributes
    ----------
    scenario : Scenario
    outcomes : Outcomes
        The odds of adopted, vetoed and failed.
    members : mapping
        Code → odds of yes, abstain, no, absent, after what was learnt.
    engine : str
        ``exact`` or ``monte-carlo``.
    simulation : float
        Standard error of the odds of adoption due to drawing votes; 0 when exact.
    spread : Spread or None
        The odds of adoption by draw of uncertain numbers or fitted parameters; None where there are none.
    notes : tuple of str
        What a reader should know.
    """

    scenario: Scenario
    outcomes: Outcomes
    members: Mapping[str, Mapping[str, float]]
    engine: str
    simulation: float
    spread: Spread | None
    notes: tuple[str, ...]

    @property
    def adopted(self) -> float:
        """Probability that the draft is adopted."""
        return self.outcomes.adopted

    @property
    def influence(self) -> Floats:
        """What each draw of the scenario's uncertain numbers adds to the error of the odds: shape (draws,).

        The root of the sum of squares is their standard error. Draw k of one scenario goes with draw k of another,
        since a number's draws are the same wherever it stands, so that of a difference the influences are subtracted.
        Empty where all numbers are certain: the draws of fitted parameters are the same for all.
        """
        if self.spread is None or not self.scenario.uncertain:
            return np.zeros(0)
        found: Floats = self.spread.weights * (self.spread.adopted - self.spread.mean)
        return found

    @property
    def error(self) -> float | None:
        """Standard error of the odds of adoption, of simulation and of drawing uncertain numbers; None when exact."""
        return hypot(self.simulation, float(np.linalg.norm(self.influence))) or None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the odds lie in 90 of 100 draws of uncertain numbers or parameters; None where there are none."""
        return None if self.spread is None else self.spread.interval()

    def odds_as_dict(self) -> dict[str, Any]:
        """The odds alone, in the documented JSON form."""
        return {
            "engine": self.engine,
            "odds": self.outcomes.as_dict(),
            "error": self.error,
            "interval": None if self.interval is None else {"adopted": list(self.interval), "level": LEVEL},
        }

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "scenario": self.scenario.title,
            "source": self.scenario.source,
            "rule": self.scenario.council.rule,
            **self.odds_as_dict(),
            "members": {code: dict(odds) for code, odds in self.members.items()},
            "notes": list(self.notes),
        }


def run(scenario: Scenario, options: Options) -> Run:
    """The odds of a scenario as it stands.

    Parameters
    ----------
    scenario : Scenario
    options : Options
        With engine ``auto``: tables of votes, or the exact engine, or Monte Carlo where that refuses, with a note.

    Raises
    ------
    ExactRefused
        If only the exact engine will do, and it cannot.
    EvidenceError
        If what was learnt has probability zero.
    Stopped
        By a person, while votes were drawn.
    """
    if options.engine is Engine.MONTE_CARLO:
        return _of(scenario, answer(scenario, options))
    quick = _by_tables(scenario, options) if options.engine is Engine.AUTO else None
    if quick is not None:
        return quick
    try:
        return _of(scenario, answer(scenario, replace(options, engine=Engine.EXACT)))
    except ExactRefused:
        if options.engine is Engine.EXACT:
            raise
        return _of(scenario, answer(scenario, options))


def by_tables(scenario: Scenario) -> bool:
    """Whether a scenario may go by tables of votes."""
    return scenario.preferences.model == "history" and not scenario.uncertain


def _by_tables(scenario: Scenario, options: Options) -> Run | None:
    """The same by tables of votes; None where they will not do."""
    if not by_tables(scenario):
        return None
    try:
        found = record_forecast(scenario, options.past, beside=False)
    except RefusedError:
        return None
    words = [choice.value for choice in Choice]
    members = {
        code: dict(zip(words, row, strict=True))
        for code, row in zip(council_of(scenario).ids, found.view.choices.tolist(), strict=True)
    }
    return Run(scenario, found.view.outcomes, members, "exact", 0.0, found.view.spread, found.notes)


def _of(scenario: Scenario, odds: Odds) -> Run:
    if odds.interrupted:
        raise Stopped("stopped")
    error = 0.0 if odds.error is None else odds.error.adopted
    return Run(scenario, odds.outcomes, odds.members, odds.engine, error, odds.spread, odds.notes)
