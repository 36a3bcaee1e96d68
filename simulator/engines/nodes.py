"""Which nodes the exact engine puts where: for each group of factors, by how sharp its members' steps are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from simulator.engines.factors import Forest, Group
from simulator.engines.quadrature import SHARP_BEYOND, Fineness, growth, sharp, smooth, step
from simulator.model import LatentVotes
from simulator.model.latent import Floats


@dataclass(frozen=True, slots=True)
class Quadrature:
    """The nodes of every group of a forest at one fineness; a :data:`~simulator.engines.walk.Nodes`.

    Attributes
    ----------
    latent : LatentVotes
    forest : Forest
    fineness : Fineness
    rest : dict
        For each group, by its factors: variance its members have left once those and all outer factors are known.
    growths : dict
        For each group, by its factors: the growth of the integrand along each.
    """

    latent: LatentVotes
    forest: Forest
    fineness: Fineness
    rest: dict[tuple[int, ...], Floats]
    growths: dict[tuple[int, ...], tuple[float, ...]]

    @classmethod
    def of(cls, latent: LatentVotes, trees: Forest, fineness: Fineness) -> Quadrature:
        """The quadrature of a forest."""
        rest, growths = {}, {}
        groups = list(trees.roots)
        while groups:
            group = groups.pop()
            groups += group.children
            left = _rest(trees, group)
            loadings = trees.loadings[np.ix_(group.members, group.factors)]
            rest[group.factors] = left
            growths[group.factors] = tuple(growth(column[column != 0], left[column != 0]) for column in loadings.T)
        return cls(latent, trees, fineness, rest, growths)

    def __call__(self, group: Group, means: Floats) -> tuple[Floats, Floats]:
        """Nodes, shape (factors, contexts or 1, q), and weights, shape (contexts or 1, q), of a group."""
        growths = self.growths[group.factors]
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

    def cost(self, cells: Callable[[Iterable[int]], int]) -> float:
        """How many numbers the walk works out: at each node, the cells of the seats that join there.

        Nodes of inner groups count for each node of the outer.
        """
        return sum(self._cost(root, cells) for root in self.forest.roots)

    def _cost(self, group: Group, cells: Callable[[Iterable[int]], int]) -> float:
        own = 1.0
        growths = self.growths[group.factors]
        if len(growths) == 1 and growths[0] > SHARP_BEYOND:
            own = (18 * len(group.members) + self.fineness.reach) * self.fineness.digits / 2
        else:
            for one in growths:
                own *= 2 * self.fineness.reach / step(self.fineness, one) if np.isfinite(one) else np.inf
        return own * (cells(group.direct) + sum(self._cost(child, cells) for child in group.children))

    def _sharp(self, group: Group, means: Floats) -> tuple[Floats, Floats]:
        members = list(group.members)
        loadings = self.forest.loadings[members, group.factors[0]]
        widths = np.sqrt(self.rest[group.factors]) / np.abs(loadings)
        centres, steps = [], []
        for cuts in (self.latent.no_below[members], self.latent.yes_from[members]):
            finite = np.isfinite(cuts)
            centres.append((cuts[finite, None] - means[finite]) / loadings[finite, None])
            steps.append(widths[finite])
        # Members that are assumed alike have the same steps: once is enough.
        every = np.unique(np.column_stack([np.concatenate(steps), np.concatenate(centres)]), axis=0)
        return sharp(self.fineness, every[:, 1:], every[:, 0])


def _rest(trees: Forest, group: Group) -> Floats:
    inner = {factor for child in group.children for factor in _factors(child)}
    known = [factor for factor in range(trees.loadings.shape[1]) if factor not in inner]
    left = 1 - (trees.loadings[np.ix_(group.members, known)] ** 2).sum(axis=1)
    # Below rounding, a variance that cohesions of 1 leave over is none.
    return np.where(left < 1e-14, 0.0, left)


def _factors(group: Group) -> set[int]:
    return set(group.factors).union(*(_factors(child) for child in group.children))
