"""Which nodes the exact engine puts where: for each group of factors, by how sharp its members' steps are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from simulator.engines.exact.quadrature import (
    NOTHING,
    SHARP_BEYOND,
    Fineness,
    ball,
    growths,
    jumps,
    sharp,
    smooth,
    step,
)
from simulator.engines.factors import Forest, Group
from simulator.model import LatentVotes
from simulator.model.latent import Floats

_PIECES_NEEDED = 6
"""Pieces between jumps that lie within reach, as a rule."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides the nodes of one group.

    Attributes
    ----------
    rest : array, shape (members,)
        Variance its members have left once its factors and all outer ones are known.
    growths : tuple of float
        Growth of the integrand along each axis.
    axes : array, shape (factors, factors)
        Those axes, as columns.
    steep : bool
        Whether pieces between the members' own steps are called for. They would not do where the factor moves the
        members of a tight inner bloc differently: then what they do together is steeper than any does alone.
    """

    rest: Floats
    growths: tuple[float, ...]
    axes: Floats
    steep: bool

    @classmethod
    def of(cls, trees: Forest, group: Group) -> Shape:
        """The shape of a group of a forest."""
        members = list(group.members)
        inner = [factor for child in group.children for factor in _factors(child)]
        every = trees.loadings[members]
        loadings, further = every[:, group.factors], every[:, inner]
        within = (further**2).sum(axis=1)
        # Below rounding, a variance that cohesions of 1 leave over is none.
        rest = 1 - (every**2).sum(axis=1) + within
        rest = np.where(rest < NOTHING, 0.0, rest)
        if not inner:
            found, axes = growths(loadings, rest)
            return cls(rest, tuple(found.tolist()), axes, len(found) == 1 and found[0] > SHARP_BEYOND)
        own = np.maximum(0.0, rest - within)
        found, axes = growths(loadings, np.diag(own) + further @ further.T)
        alone, _ = growths(loadings, rest)
        steep = len(found) == 1 and found[0] > SHARP_BEYOND and found[0] <= alone[0] * (1 + 1e-9)
        return cls(rest, tuple(found.tolist()), axes, steep)


@dataclass(frozen=True, slots=True)
class Quadrature:
    """The nodes of every group of a forest at one fineness; a :data:`~simulator.engines.walk.Nodes`.

    Attributes
    ----------
    latent : LatentVotes
    forest : Forest
    fineness : Fineness
    shapes : dict
        For each group, by its factors.
    """

    latent: LatentVotes
    forest: Forest
    fineness: Fineness
    shapes: dict[tuple[int, ...], Shape]

    @classmethod
    def of(cls, latent: LatentVotes, trees: Forest, fineness: Fineness) -> Quadrature:
        """The quadrature of a forest."""
        shapes = {group.factors: Shape.of(trees, group) for group in groups_of(trees)}
        return cls(latent, trees, fineness, shapes)

    def __call__(self, group: Group, means: Floats) -> tuple[Floats, Floats]:
        """Nodes, shape (factors, contexts or 1, q), and weights, shape (contexts or 1, q), of a group."""
        shape = self.shapes[group.factors]
        if shape.steep:
            points, weights = self._steep(group, means, shape)
            return points[None], weights
        if len(shape.growths) == 1:
            nodes, weights = smooth(self.fineness, shape.growths[0])
            return nodes[None, None, :], weights[None, :]
        points, weights = ball(self.fineness, shape.growths)
        return (shape.axes @ points)[:, None, :], weights[None, :]

    def cost(self, work: Callable[[Group], float]) -> float:
        """How much the walk works out: the work at each node, nodes of inner groups counted for each of the outer."""
        return sum(self._cost(root, work) for root in self.forest.roots)

    def _cost(self, group: Group, work: Callable[[Group], float]) -> float:
        own = 1.0
        shape = self.shapes[group.factors]
        if shape.steep and self._jumps(group, shape):
            own = _PIECES_NEEDED
        elif shape.steep:
            own = (18 * self._unlike(group) + self.fineness.reach) * self.fineness.digits / 2
        else:
            for one in shape.growths:
                own *= 2 * self.fineness.reach / step(self.fineness, one) if np.isfinite(one) else np.inf
        return own * (work(group) + sum(self._cost(child, work) for child in group.children))

    def _unlike(self, group: Group) -> int:
        """How many members of a group have steps of their own."""
        members = list(group.members)
        cuts = (self.latent.no_below - self.latent.mean)[members], (self.latent.yes_from - self.latent.mean)[members]
        return len(np.unique(np.column_stack([*cuts, self.forest.loadings[members]]), axis=0))

    def _jumps(self, group: Group, shape: Shape) -> bool:
        """Whether every member's odds jump from 0 to 1, with nothing further in that would smooth them."""
        return not group.children and not shape.rest.any()

    def _steep(self, group: Group, means: Floats, shape: Shape) -> tuple[Floats, Floats]:
        members = list(group.members)
        loadings = self.forest.loadings[members, group.factors[0]]
        widths = np.sqrt(shape.rest) / np.abs(loadings)
        centres, steps = [], []
        for cuts in (self.latent.no_below[members], self.latent.yes_from[members]):
            finite = np.isfinite(cuts)
            centres.append((cuts[finite, None] - means[finite]) / loadings[finite, None])
            steps.append(widths[finite])
        # Members that are assumed alike have the same steps: once is enough.
        every = np.unique(np.column_stack([np.concatenate(steps), np.concatenate(centres)]), axis=0)
        if self._jumps(group, shape):
            return jumps(self.fineness, every[:, 1:])
        return sharp(self.fineness, every[:, 1:], every[:, 0])


def groups_of(trees: Forest) -> Iterator[Group]:
    """All groups of a forest."""
    for root in trees.roots:
        yield from _groups(root)


def _groups(group: Group) -> Iterator[Group]:
    """A group and all inside it."""
    yield group
    for child in group.children:
        yield from _groups(child)


def _factors(group: Group) -> list[int]:
    """The factors of a group and of all inside it."""
    return [factor for one in _groups(group) for factor in one.factors]
