"""An answer in brief: the odds alone, for questions that put many scenarios, each in milliseconds if it can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from simulator.engines import Engine, Odds, Options, Outcomes, answer, record_forecast
from simulator.errors import ExactRefused, InputError, OptionError, RefusedError, ScenarioError, nearest, shown
from simulator.facts import RollCall
from simulator.model.history.past import Past
from simulator.scenario import Scenario

TABLES = "tables"
"""Who answers for preferences from the record: tables of votes at nodes, within 1e-4 of the exact engine."""


@dataclass(frozen=True, slots=True)
class Brief:
    """The odds of a draft, and how they were come by.

    Attributes
    ----------
    outcomes : Outcomes
        The odds of adopted, vetoed and failed: probabilities.
    engine : str
        ``exact``; ``monte-carlo``; ``tables``, the exact engine's odds to 1e-4.
    error : Outcomes or None
        Standard errors; None but for Monte Carlo.
    interval : tuple of float, or None
        The 90 % interval of the odds of adoption over draws of uncertain numbers; None where all are certain.
    notes : tuple of str
        What a reader should know.
    """

    outcomes: Outcomes
    engine: str
    error: Outcomes | None = None
    interval: tuple[float, float] | None = None
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "odds": self.outcomes.as_dict(),
            "engine": self.engine,
            "error": self.error.as_dict() if self.error else None,
            "interval": list(self.interval) if self.interval else None,
            "notes": list(self.notes),
        }


def options_of(engine: str, record: Sequence[RollCall] | None) -> Options:
    """How an engine is to answer, from what a question takes.

    Raises
    ------
    OptionError
        If there is no such engine, or the record is none.
    """
    words = [one.value for one in Engine]
    if engine not in words:
        hint = nearest(engine, words) if isinstance(engine, str) else ""
        raise OptionError(f"engine is one of {', '.join(words)}, not {shown(engine)}{f' – {hint}' if hint else ''}")
    return Options(engine=Engine(engine), past=None if record is None else Past.of(record))


def brief(scenario: Scenario, options: Options) -> Brief:
    """The odds of a scenario, by the quickest engine that can where `options` leaves the choice.

    Raises
    ------
    simulator.errors.SimulatorError
        As :func:`simulator.odds`.
    """
    if options.engine is not Engine.AUTO:
        return _of(answer(scenario, options))
    if scenario.preferences.model == "history":
        try:
            found = record_forecast(scenario, options.past)
            return Brief(found.view.outcomes, TABLES, None, found.interval, found.notes)
        except RefusedError:
            pass
    try:  # without the roll calls that stand beside a single answer
        return _of(answer(scenario, replace(options, engine=Engine.EXACT)))
    except ExactRefused:
        return _of(answer(scenario, options))


def _of(odds: Odds) -> Brief:
    interval = odds.spread.interval() if odds.spread else None
    return Brief(odds.outcomes, odds.engine, odds.error, interval, odds.notes)


def reason(error: InputError) -> str:
    """What is wrong, on one line: of a scenario the first of its problems."""
    return str(error.problems[0]) if isinstance(error, ScenarioError) else str(error)
