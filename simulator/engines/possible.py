"""The ways things may stand: a draft's vote under one draw of uncertain numbers, or after one course of earlier votes.

An engine answers for all of them at once, each with its weight. What was learnt weighs them anew: those that explain
it better count for more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.engines.joint import JointTable
from simulator.model import VoteModel
from simulator.model.latent import Floats
from simulator.rules import Majority

LEVEL = 0.9
"""Probability that the interval of the odds holds, over the draws of uncertain numbers."""


@dataclass(frozen=True, slots=True)
class Possible:
    """One of several ways things may stand.

    Attributes
    ----------
    weight : float
        Its probability, before anything is learnt of the draft's vote; all add up to 1.
    model : VoteModel
    majority : Majority
        What the draft needs then: it may depend on an earlier vote, whether the matter is procedural.
    draw : int
        Which draw of the uncertain numbers it belongs to, from 0.
    """

    weight: float
    model: VoteModel
    majority: Majority
    draw: int = 0


@dataclass(frozen=True, slots=True)
class Ruling:
    """The joint table of the votes under one majority; with other rulings, it adds up to what was learnt."""

    majority: Majority
    joint: JointTable


@dataclass(frozen=True, slots=True)
class Spread:
    """The odds of adoption, draw by draw of the uncertain numbers.

    Attributes
    ----------
    weights : array, shape (draws,)
        How much each draw counts, by how well it explains what was learnt; they add up to 1.
    adopted : array, shape (draws,)
        Odds of adoption given the numbers of each draw.
    """

    weights: Floats
    adopted: Floats

    @property
    def mean(self) -> float:
        """The odds of adoption."""
        return float(self.weights @ self.adopted)

    @property
    def chance(self) -> float:
        """Variance of adopted or not that would be left if the numbers were known: the mean of p (1 − p)."""
        return float(self.weights @ (self.adopted * (1 - self.adopted)))

    @property
    def ignorance(self) -> float:
        """Variance that comes from not knowing the numbers. With `chance` it adds up to p (1 − p) of the mean."""
        return float(self.weights @ (self.adopted - self.mean) ** 2)

    @property
    def error(self) -> float:
        """How far the odds may be from those of all draws there could be: a standard error, rather too large.

        That of independent draws with these weights; those of a Latin hypercube are spread more evenly.
        """
        return float(np.sqrt((self.weights**2) @ (self.adopted - self.mean) ** 2))

    @property
    def effective_draws(self) -> float:
        """How many draws of equal weight they are worth: few, where what was learnt points to a few of them."""
        return float(1 / (self.weights**2).sum())

    def interval(self, level: float = LEVEL) -> tuple[float, float]:
        """The range that leaves out (1 − level) / 2 of the draws, by weight, at either end.

        Examples
        --------
        >>> spread = Spread(np.full(101, 1 / 101), np.linspace(0, 1, 101))
        >>> tuple(round(end, 2) for end in spread.interval())
        (0.05, 0.95)
        """
        order = np.argsort(self.adopted, kind="stable")
        weights, values = self.weights[order], self.adopted[order]
        places = np.cumsum(weights) - weights / 2
        tail = (1 - level) / 2
        low, high = np.interp([tail, 1 - tail], places, values)
        return float(low), float(high)

    def as_dict(self) -> dict[str, float | int]:
        """How many draws, what they are worth, and the variance of adopted or not by where it comes from."""
        return {
            "parameter_draws": len(self.weights),
            "effective_draws": self.effective_draws,
            "error": self.error,
            "chance": self.chance,
            "ignorance": self.ignorance,
        }

    def sharpened(self, noise: Floats) -> Spread:
        """The same without what simulation adds to the differences between draws.

        Parameters
        ----------
        noise : array, shape (draws,)
            Variance of each draw's odds due to simulation. The deviations from the mean are shrunk so that their
            variance is what remains without it, none where there is no more than noise.
        """
        total = self.ignorance
        known = max(0.0, total - float(self.weights @ noise))
        share = np.sqrt(known / total) if total > 0 else 0.0
        return Spread(self.weights, self.mean + share * (self.adopted - self.mean))


def spread_of(possibles: Sequence[Possible], adopted: Floats, explained: Floats) -> Spread | None:
    """The odds draw by draw; None where all belong to one draw.

    Parameters
    ----------
    adopted, explained : array, shape (possibles,)
        Weight times the probability of adoption together with what was learnt, and of what was learnt.
    """
    draws: NDArray[np.int64] = np.array([one.draw for one in possibles])
    if draws.max() == 0:
        return None
    wholes = np.bincount(draws, explained)
    parts = np.bincount(draws, adopted)
    seen = wholes > 0
    return Spread(wholes[seen] / wholes.sum(), np.clip(parts[seen] / wholes[seen], 0.0, 1.0))


def rulings_of(tables: Sequence[tuple[Majority, JointTable]]) -> tuple[Ruling, ...]:
    """Tables added up by majority."""
    by_majority: dict[Majority, JointTable] = {}
    for majority, table in tables:
        by_majority[majority] = by_majority[majority] + table if majority in by_majority else table
    return tuple(Ruling(majority, table) for majority, table in by_majority.items())


def whole(rulings: Sequence[Ruling]) -> JointTable:
    """The joint table whatever the majority."""
    first, *rest = rulings
    joint = first.joint
    for ruling in rest:
        joint = joint + ruling.joint
    return joint
