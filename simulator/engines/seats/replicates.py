"""The odds of adoption with all their slopes, by either engine, and those of other scenarios at the same drawn points.

The exact engine answers once. Monte Carlo answers in replicates, each with points drawn afresh, whose spread is the
error. Scenarios that differ in numbers alone are compared at the same points: what chance adds is then nearly the same
for both, and falls out of the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulator.engines.ask import Engine, Options
from simulator.engines.at_points import outcomes_at
from simulator.engines.exact.flat import Block, nodes
from simulator.engines.factors import forest
from simulator.engines.possible import Possible
from simulator.engines.seats.gradient import Slopes, jumping, slopes_of
from simulator.engines.seats.nodes import REPLICATES, gathered
from simulator.engines.seats.steep import slopes_at
from simulator.errors import ExactRefused
from simulator.model.latent import Floats, LatentVotes

Points = Sequence[tuple[Possible, Sequence[Block]]]
"""Each way things may stand, on the factors of its points, with the points of one replicate."""

Flags = NDArray[np.bool_]

LEAST = 1e-4
"""Variance of own noise below which drawn points hit the step of a vote too seldom to tell its slope."""

_FEWEST = 32
"""Points of a replicate for each way, at least."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Odds of adoption.

    Attributes
    ----------
    sums : array, shape (2, replicates)
        Adopted together with what was learnt, and what was learnt.
    drawn : bool
        Whether by Monte Carlo.
    """

    sums: Floats
    drawn: bool = False

    @classmethod
    def exact(cls, adopted: float) -> Estimate:
        """Without error."""
        return cls(np.array([[adopted], [1.0]]))

    @property
    def value(self) -> float:
        """The odds, in [0, 1]."""
        adopted, everything = self.sums.sum(axis=1).tolist()
        return min(1.0, max(0.0, float(adopted / everything)))

    @property
    def error(self) -> float:
        """Standard error; 0 where exact."""
        return float(error_of(self.sums[0] / self.sums[1]))


def error_of(each: Floats) -> Floats:
    """The standard error of a mean of replicates along the first axis; 0 for one."""
    if len(each) == 1:
        return np.zeros(each.shape[1:])
    found: Floats = each.std(axis=0, ddof=1) / np.sqrt(len(each))
    return found


@dataclass(frozen=True, slots=True)
class Gradient:
    """The odds of adoption of the ways things may stand, with their slopes.

    Attributes
    ----------
    sums : tuple of Slopes
        One a replicate; loadings are left out where there are several ways.
    points : tuple of Points
        Those drawn; empty where exact.
    differenced : array, shape (n,)
        Seats whose votes jump under one of the ways, so that the slope of their support is a difference, or, where it
        is drawn, NaN.
    notes : tuple of str
    """

    sums: tuple[Slopes, ...]
    points: tuple[Points, ...]
    differenced: Flags
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, possibles: Sequence[Possible], options: Options, shifts: Sequence[float] = ()) -> Gradient:
        """By the engine asked for, with what the odds are if one seat's support is shifted.

        Raises
        ------
        ExactRefused
            If the exact engine is asked for and cannot.
        EvidenceError
            If what was learnt has probability zero.
        """
        notes: tuple[str, ...] = ()
        if options.engine is not Engine.MONTE_CARLO:
            try:
                sums = _over_ways([slopes_at(one, points, shifts) for one, points in nodes(possibles)])
                return cls((sums,), (), _any(jumping(_on_nodes(one.model.latent)) for one in possibles))
            except ExactRefused as refusal:
                if options.engine is Engine.EXACT:
                    raise
                notes = (f"Monte Carlo alone: {refusal}",)
        points = drawn(possibles, options)
        found = tuple(_over_ways([slopes_of(one, some, shifts, LEAST) for one, some in part]) for part in points)
        return cls(found, points, _any(jumping(one.model.latent, LEAST) for one, _ in points[0]), notes)

    @property
    def drawn(self) -> bool:
        """Whether by Monte Carlo."""
        return bool(self.points)

    @property
    def whole(self) -> Slopes:
        """The sums over replicates."""
        return _added(self.sums)

    @property
    def adopted(self) -> Estimate:
        """The odds of adoption."""
        return Estimate(np.stack([one.value for one in self.sums], axis=1), self.drawn)

    @property
    def evidence(self) -> float:
        """Probability of what was learnt, as the likelihoods are scaled."""
        return float(self.whole.value[1]) / len(self.sums)

    def at_the_same_points(self, possibles: Sequence[Possible]) -> Estimate | None:
        """The odds of other ways at the points drawn for these; None where their factors are others."""
        if len(possibles) != len(self.points[0]):
            return None
        latents = [_turned(one, own) for one, (own, _) in zip(possibles, self.points[0], strict=True)]
        ways = [
            replace(one, model=replace(one.model, latent=latent))
            for one, latent in zip(possibles, latents, strict=True)
            if latent is not None
        ]
        if len(ways) < len(possibles):
            return None
        return odds_at_points([[(one, at[1]) for one, at in zip(ways, part, strict=True)] for part in self.points])


def drawn(possibles: Sequence[Possible], options: Options) -> tuple[Points, ...]:
    """Points for each replicate, over the factors that several members share.

    Draws are shared out among the ways.
    """
    draws = max(_FEWEST * REPLICATES, options.draws_wanted // len(possibles))
    how = replace(options, engine=Engine.MONTE_CARLO, draws=draws)
    return tuple(gathered([_reduced(one) for one in possibles], how, list)[0])


def odds_at_points(replicates: Sequence[Points]) -> Estimate:
    """The odds of adoption from points of each replicate."""
    ways = zip(*replicates, strict=True)
    return Estimate(np.sum([_sums(list(same)) for same in ways], axis=0), drawn=True)


def _sums(same: Points) -> Floats:
    """Adopted, and everything learnt, of one way in each replicate: shape (2, replicates); all points at once."""
    one = same[0][0]
    blocks = [block for _, points in same for block in points]
    weights = np.stack([block.weights for block in blocks])
    outcomes = outcomes_at(one.model, one.majority, np.concatenate([block.factors for block in blocks], axis=1))
    both = np.stack([outcomes[0], outcomes.sum(axis=0)]).reshape(2, *weights.shape)
    found: Floats = one.weight * (both * weights).sum(axis=2)
    return found


def _on_nodes(latent: LatentVotes) -> LatentVotes:
    """With the factors that the engines put nodes over; those of a single seat are own noise."""
    return replace(latent, loadings=forest(latent).loadings)


def _reduced(one: Possible) -> Possible:
    return replace(one, model=replace(one.model, latent=_on_nodes(one.model.latent)))


def _turned(one: Possible, own: Possible) -> LatentVotes | None:
    """The latent votes of one way on the factors that another one's points are over; None where they do not do."""
    latent, reduced = one.model.latent, own.model.latent
    wanted = _on_nodes(latent).loadings
    if wanted.shape != reduced.loadings.shape or not np.array_equal(wanted != 0, reduced.loadings != 0):
        return None
    # The sign of a factor changes no odds, and which one a rotation comes out with is chance.
    signs = np.where((wanted * reduced.loadings).sum(axis=0) < 0, -1.0, 1.0)
    return replace(latent, loadings=wanted * signs)


def _over_ways(sums: Sequence[Slopes]) -> Slopes:
    """Sums of all ways; of several without loadings, since their factors differ."""
    if len(sums) > 1:
        sums = [replace(one, loadings=one.loadings[:, :, :0]) for one in sums]
    return _added(sums)


def _added(sums: Sequence[Slopes]) -> Slopes:
    whole = sums[0]
    for more in sums[1:]:
        whole = whole + more
    return whole


def _any(flags: Iterable[Flags]) -> Flags:
    found: Flags = np.logical_or.reduce(list(flags))
    return found
