"""What Monte Carlo answers, whichever way it drew."""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulator.engines.joint import JointTable
from simulator.engines.parts import Outcomes
from simulator.engines.possible import Ruling, Spread, whole
from simulator.errors import TooFewDraws
from simulator.model.latent import Floats

FEWEST = 100.0
"""Effective draws below which the answer is refused: its standard error could reach 5 in 100."""


@dataclass(frozen=True, slots=True)
class MonteCarloAnswer:
    """What Monte Carlo found; the attributes are those of :class:`~simulator.engines.results.Odds`."""

    rulings: tuple[Ruling, ...]
    outcomes: Outcomes
    hidden_veto: float
    choices: Floats
    error: Outcomes
    bounds: dict[str, tuple[float, float]]
    draws: int
    evidence_probability: float
    effective_draws: float | None
    interrupted: bool
    spread: Spread | None = None

    @property
    def joint(self) -> JointTable:
        """The joint table whatever the majority."""
        return whole(self.rulings)


def _rounded_up(draws: float) -> str:
    """A number of draws, up to the next one of two figures."""
    step = 10 ** max(0, math.floor(math.log10(draws)) - 1)
    return f"{math.ceil(draws / step) * step:,}"


def check_effective(effective: float, draws: int, method: str) -> None:
    """Refuses an answer that rests on too few effective draws.

    Raises
    ------
    TooFewDraws
        With the remedy.
    """
    if effective < FEWEST:
        more = (
            f"about {_rounded_up(draws * FEWEST / effective)} draws or more are needed"
            if effective >= 1
            else "none or hardly any agrees"
        )
        other = "" if method == "conditional" else ", or --method conditional"
        raise TooFewDraws(
            f"of {draws:,} draws, those that agree with what was learnt are worth {effective:.3g}, fewer than "
            f"{FEWEST:.0f} ({more}); use --engine exact, which needs no draws, more --draws{other}"
        )
