"""The reference simulator of votes in the United Nations Security Council.

>>> import simulator
>>> odds = simulator.odds(simulator.load("dprk-2022-05"), engine="exact")
>>> 0 < odds.adopted < 1
True

Each name below is loaded when it is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from simulator.version import __version__ as __version__

if TYPE_CHECKING:
    from simulator.analysis import bargain as bargain
    from simulator.analysis import compare as compare
    from simulator.analysis import outside_view as outside_view
    from simulator.analysis import pivots as pivots
    from simulator.analysis import power as power
    from simulator.analysis import power_with_abstention as power_with_abstention
    from simulator.analysis import reforms as reforms
    from simulator.analysis import rule_game as rule_game
    from simulator.analysis import scenario_game as scenario_game
    from simulator.analysis import sensitivity as sensitivity
    from simulator.analysis import time_machine as time_machine
    from simulator.analysis import weighted_game as weighted_game
    from simulator.analysis import why as why
    from simulator.analysis import win_set as win_set
    from simulator.engines import Odds as Odds
    from simulator.engines import RecordForecast as RecordForecast
    from simulator.engines import forecast as forecast
    from simulator.engines import odds as odds
    from simulator.errors import ScenarioError as ScenarioError
    from simulator.errors import SimulatorError as SimulatorError
    from simulator.estimation import backtest as backtest
    from simulator.estimation import scorecard as scorecard
    from simulator.facts import Choice as Choice
    from simulator.facts import Outcome as Outcome
    from simulator.facts import council_on as council_on
    from simulator.rules import RULES as RULES
    from simulator.scenario import Scenario as Scenario
    from simulator.scenario import Stance as Stance
    from simulator.scenario import changed as changed
    from simulator.scenario import load as load
    from simulator.scenario import parse as parse

_PUBLIC = {
    "Choice": "facts",
    "Odds": "engines",
    "Outcome": "facts",
    "RULES": "rules",
    "RecordForecast": "engines",
    "Scenario": "scenario",
    "ScenarioError": "errors",
    "SimulatorError": "errors",
    "Stance": "scenario",
    "backtest": "estimation",
    "bargain": "analysis",
    "changed": "scenario",
    "compare": "analysis",
    "council_on": "facts",
    "forecast": "engines",
    "load": "scenario",
    "odds": "engines",
    "outside_view": "analysis",
    "parse": "scenario",
    "pivots": "analysis",
    "power": "analysis",
    "power_with_abstention": "analysis",
    "reforms": "analysis",
    "rule_game": "analysis",
    "scenario_game": "analysis",
    "scorecard": "estimation",
    "sensitivity": "analysis",
    "time_machine": "analysis",
    "weighted_game": "analysis",
    "why": "analysis",
    "win_set": "analysis",
}

__all__ = sorted(_PUBLIC)  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_PUBLIC[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
