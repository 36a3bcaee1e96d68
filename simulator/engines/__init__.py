"""Floor 5, from votes to odds: the walk over the seats, the exact engine, the Monte Carlo engine."""

from simulator.engines.ask import DEFAULT_SEED, Engine, Method, Options, answer, odds, with_changes
from simulator.engines.forecast import RecordForecast, View, forecast, record_forecast
from simulator.engines.parts import Check, Outcomes, Tally, Vetoes
from simulator.engines.results import Odds
from simulator.engines.seats.meaning import Meaning, meaning
from simulator.engines.sequence import Step
from simulator.engines.standing import PARAMETER_DRAWS

__all__ = [
    "DEFAULT_SEED",
    "PARAMETER_DRAWS",
    "Check",
    "Engine",
    "Meaning",
    "Method",
    "Odds",
    "Options",
    "Outcomes",
    "RecordForecast",
    "Step",
    "Tally",
    "Vetoes",
    "View",
    "answer",
    "forecast",
    "meaning",
    "odds",
    "record_forecast",
    "with_changes",
]
