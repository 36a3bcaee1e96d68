"""The way with fewer members that costs hardly more than the least: worth knowing to who has to talk to them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simulator.analysis.bargain.move import Move
from simulator.engines.words import in_a_sentence


@dataclass(frozen=True, slots=True)
class Fewer:
    """How fewer members reach the same odds, for up to a thousandth more than the least cost found.

    Attributes
    ----------
    without : tuple of str
        Members that move at least cost and do not here, in the order of the council.
    moves : tuple of Move
        The member that gains most for its cost first.
    alike : tuple of tuple of str
        Members that are alike in all that counts, of which some move and others do not: any as many of them would do.
    """

    without: tuple[str, ...]
    moves: tuple[Move, ...]
    alike: tuple[tuple[str, ...], ...]

    @property
    def cost(self) -> float:
        """What all of them cost together."""
        return sum(move.cost for move in self.moves)

    @property
    def reached(self) -> float:
        """Odds of adoption after all of them."""
        return self.moves[-1].adopted

    def dearer(self, least: float) -> str:
        """How much more it costs than that, in words: 0.07 % more."""
        share = 100 * (self.cost / least - 1)
        return f"{share:.2f} % more" if share >= _LEAST_TOLD else f"less than {_LEAST_TOLD:g} % more"

    def said(self, least: float, number: int) -> str:
        """It as a person would say it, beside so many that move at least cost."""
        if len(self.moves) == 1:
            return f"For {self.dearer(least)}, {in_a_sentence(self.moves[0].name)} does it alone."
        return f"For {self.dearer(least)}, {len(self.moves)} members do it instead of {number}."

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "without": list(self.without),
            "cost": self.cost,
            "reached": self.reached,
            "moves": [move.as_dict() for move in self.moves],
            "alike": [list(kind) for kind in self.alike],
        }


_LEAST_TOLD = 0.01
"""Share of the cost, in 100, below which no digits are told."""
