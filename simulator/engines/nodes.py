"""Which nodes the exact engine puts where: for each group of factors, by how sharp its members' steps are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.engines.factors import Forest, Group
from simulator.engines.quadrature import SHARP_BEYOND, Fineness, growth, sharp, smooth, step
from simulator.model import LatentVotes
from simulator.model.latent import Floats


@dataclass(frozen=True, slots=True)
class Quadrature:
    """The nodes of every group of a forest at one fineness; a :data:`~simulator.engines.walk.Nodes`."""

    latent: LatentVotes
    forest: Forest
    fineness: Fineness

    def __call__(self, group: Group, means: Floats) -> tuple[Floats, Floats]:
        """Nodes, shape (factors, contexts or 1, q), and weights, shape (contexts or 1, q), of a group."""
        growths = self._growths(group)
        if len(growths) == 2:
            one, first = smooth(self.fineness, growths[0])
            other, second = smooth(self.fineness, growths[1])
            points = np.stack([np.repeat(one, len(other)), np.tile(other, len(one))])
            return points[:, None, :], np.outer(first, second).reshape(1, -1)
        if growths[0] <= SHARP_BEYOND:
            nodes, weights = smooth(self.fineness, growths[0])
            return nodes[None, None, :], weights[None, :]
        points, weights = self._sharp(group, means)
        return points[None], weights

    def cost(self, group: Group) -> float:
        """How many nodes a group takes for one context, those of inner groups for each of its own included."""
        own = 1.0
        growths = self._growths(group)
        if len(growths) == 1 and growths[0] > SHARP_BEYOND:
            pieces = 18 * len(group.members) + self.fineness.reach
            own = pieces * self.fineness.digits / 2
        else:
            for one in growths:
                own *= 2 * self.fineness.reach / step(self.fineness, one) if np.isfinite(one) else np.inf
        return own * (1 + sum(self.cost(child) for child in group.children))

    def _rest(self, group: Group) -> Floats:
        """Variance that a group's members have left once its factors and all outer ones are known."""
        inner = {factor for child in group.children for factor in _factors(child)}
        known = [factor for factor in range(self.forest.loadings.shape[1]) if factor not in inner]
        return np.maximum(0.0, 1 - (self.forest.loadings[np.ix_(group.members, known)] ** 2).sum(axis=1))

    def _growths(self, group: Group) -> list[float]:
        rest = self._rest(group)
        # Below rounding, a variance that cohesions of 1 leave over is none.
        rest = np.where(rest < 1e-14, 0.0, rest)
        loadings = self.forest.loadings[np.ix_(group.members, group.factors)]
        return [growth(column[column != 0], rest[column != 0]) for column in loadings.T]

    def _sharp(self, group: Group, means: Floats) -> tuple[Floats, Floats]:
        members = list(group.members)
        loadings = self.forest.loadings[members, group.factors[0]]
        widths = np.sqrt(self._rest(group)) / np.abs(loadings)
        centres, steps = [], []
        for cuts in (self.latent.no_below[members], self.latent.yes_from[members]):
            finite = np.isfinite(cuts)
            centres.append((cuts[finite, None] - means[finite]) / loadings[finite, None])
            steps.append(widths[finite])
        return sharp(self.fineness, np.concatenate(centres), np.concatenate(steps))


def _factors(group: Group) -> set[int]:
    return set(group.factors).union(*(_factors(child) for child in group.children))
