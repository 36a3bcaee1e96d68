"""Floor 5, from votes to odds: the walk over the seats, the exact engine, the Monte Carlo engine."""

from simulator.engines.ask import DEFAULT_SEED, Engine, Method, Options, answer, odds
from simulator.engines.parts import Check, Outcomes, Tally, Vetoes
from simulator.engines.results import Odds

__all__ = [
    "DEFAULT_SEED",
    "Check",
    "Engine",
    "Method",
    "Odds",
    "Options",
    "Outcomes",
    "Tally",
    "Vetoes",
    "answer",
    "odds",
]
