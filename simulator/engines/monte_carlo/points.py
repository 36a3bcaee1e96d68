"""The points of the conditional method: Sobol points scrambled afresh for each replicate, put where they are needed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.engines.at_points import outcomes_at
from simulator.engines.factors import Group
from simulator.engines.monte_carlo.proposal import MOST_FACTORS, Proposal, fitted
from simulator.engines.monte_carlo.sobol import scrambled, sobol
from simulator.model import VoteModel
from simulator.model.latent import Floats
from simulator.randomness import Purpose, Stream
from simulator.rules import Majority


@dataclass(frozen=True, slots=True)
class Source:
    """Where the points of all replicates come from."""

    model: VoteModel
    majority: Majority
    seed: int
    proposal: Proposal
    place: int = 0

    @classmethod
    def of(cls, model: VoteModel, majority: Majority, seed: int, least: float, place: int = 0) -> Source:
        """The source for a model, the `place`-th of several: its proposal fitted by a pilot, see :func:`fitted`."""
        used = _used(model.latent.loadings)

        def masses(points: Floats) -> Floats:
            return outcomes_at(model, majority, _over_all(points, used))

        return cls(model, majority, seed, fitted(masses, int(used.sum()), seed, least), place)

    @property
    def weighted(self) -> bool:
        """Whether points count differently: by their density, or by what was learnt."""
        drawn = bool(_used(self.model.latent.loadings).any())
        return drawn and (bool(self.model.learnt) or not self.proposal.plain)

    @property
    def blind(self) -> bool:
        """Whether no pilot looked for outcomes that the points would show too seldom: there are too many factors."""
        return int(_used(self.model.latent.loadings).sum()) > MOST_FACTORS

    def drawn(self, number: int, count: int, *, watched: bool) -> Points:
        """The points of one replicate; `watched` if what single points add to an outcome is to be kept."""
        used = _used(self.model.latent.loadings)
        points, weights = np.zeros((0, count)), np.ones(count)
        if used.any():
            stream = Stream(self.seed, number, Purpose.POINTS, self.place)
            digits = sobol(int(used.sum()), count // len(self.proposal))
            points = self.proposal.points(np.stack([scrambled(digits, stream) for _ in self.proposal.centres]))
            weights = self.proposal.weights(points)
        if not watched:
            return Points(points, weights, np.zeros(4), weights)
        masses = outcomes_at(self.model, self.majority, _over_all(points, used)) * weights
        squares = np.append((masses**2).sum(axis=1), (masses.sum(axis=0) ** 2).sum())
        return Points(points, weights, squares, masses.sum(axis=0))

    def over_all(self, points: Points) -> Floats:
        """Points over all factors, shape (k, points), those that move nobody at 0."""
        return _over_all(points.normal, _used(self.model.latent.loadings))


@dataclass(frozen=True, slots=True)
class Points:
    """The points of one replicate over the factors that are used; as nodes, see walk.Nodes.

    Attributes
    ----------
    normal : array, shape (factors used, points)
    weights : array, shape (points,)
        The factors' own density over that they were drawn from.
    squares : array, shape (4,)
        Sums over the points of the squares of what each adds to adopted, vetoed, failed, all; zeros where that is
        not watched.
    explained : array, shape (points,)
        Weights times the likelihood of what was learnt; the weights alone where that is not watched.
    """

    normal: Floats
    weights: Floats
    squares: Floats
    explained: Floats

    @property
    def count(self) -> int:
        """How many points."""
        return len(self.weights)

    def __call__(self, _group: Group, _means: Floats) -> tuple[Floats, Floats]:
        """The points as the nodes of a forest of one group."""
        return self.normal[:, None, :], self.weights[None, :] / self.count


def _used(loadings: Floats) -> NDArray[np.bool_]:
    """Which factors move anybody."""
    used: NDArray[np.bool_] = (loadings != 0).any(axis=0)
    return used


def _over_all(points: Floats, used: NDArray[np.bool_]) -> Floats:
    """Points over the factors that are used as points over all: shape (k, m)."""
    every = np.zeros((len(used), points.shape[1]))
    every[used] = points
    return every
