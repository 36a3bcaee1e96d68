"""The structure of the shared factors: which seats they move, nested how.

Blocs that are nested or disjoint (a laminar family) form a tree, and a tree of depth d costs nodes^d instead of
nodes^blocs. Two factors that cross, or that move the same seats in different proportions, are integrated together, in
a group of two dimensions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.model import LatentVotes
from simulator.model.latent import Floats

_NEGLIGIBLE = 1e-12

NDArrayBool = NDArray[np.bool_]
Cluster = tuple[tuple[int, ...], frozenset[int]]
"""Factors to integrate together, and all seats they move."""


@dataclass(frozen=True, slots=True)
class Group:
    """Factors that are integrated together, the seats they move, and the groups nested inside.

    Attributes
    ----------
    factors : tuple of int
        Columns of :attr:`Forest.loadings`.
    members : tuple of int
        All seats these factors move, in seat order, those of `children` included.
    direct : tuple of int
        Those of them that no child group moves.
    children : tuple of Group
        Disjoint groups inside this one.
    """

    factors: tuple[int, ...]
    members: tuple[int, ...]
    direct: tuple[int, ...]
    children: tuple[Group, ...]

    @property
    def depth(self) -> int:
        """Levels of nesting, this one included."""
        return 1 + max((child.depth for child in self.children), default=0)

    @property
    def dimensions(self) -> int:
        """The most factors integrated together, here or further in."""
        return max(len(self.factors), *(child.dimensions for child in self.children), 0)


@dataclass(frozen=True, slots=True)
class Forest:
    """All groups of a model, and the seats that share nothing.

    Attributes
    ----------
    loadings : array, shape (n, k)
        The model's loadings, rotated and reduced to the factors that matter.
    roots : tuple of Group
        Outermost groups, disjoint.
    free : tuple of int
        Seats outside all groups.
    """

    loadings: Floats
    roots: tuple[Group, ...]
    free: tuple[int, ...]

    @property
    def depth(self) -> int:
        """Levels of nesting; 0 when nothing is shared."""
        return max((root.depth for root in self.roots), default=0)

    @property
    def dimensions(self) -> int:
        """The most factors integrated together; 0 when nothing is shared."""
        return max((root.dimensions for root in self.roots), default=0)


def forest(latent: LatentVotes, seats: Iterable[int] | None = None) -> Forest:
    """The tree of factors among some seats (all by default), read off the zero pattern of the loadings."""
    chosen = np.zeros(len(latent), dtype=bool)
    chosen[list(range(len(latent)) if seats is None else seats)] = True
    return tree(_merged(_relevant(latent, chosen)), np.flatnonzero(chosen).tolist())


def tree(loadings: Floats, seats: Iterable[int]) -> Forest:
    """The tree of factors with these loadings, shape (n, k); `seats` are all there are."""
    groups = _nested(_clusters(loadings != 0))
    inside = {seat for group in groups for seat in group.members}
    return Forest(loadings, groups, tuple(seat for seat in seats if seat not in inside))


def many_loadings(latents: Sequence[LatentVotes]) -> Floats:
    """The loadings that matter of many models, shape (n, factors, models), or (n, factors, 1) if all have the same."""
    certain = np.logical_and.reduce([_certain(latent) for latent in latents])
    loadings = np.stack([latent.loadings for latent in latents], axis=2)
    loadings[certain] = 0.0
    loadings[np.abs(loadings) < _NEGLIGIBLE] = 0.0
    if (loadings == loadings[..., :1]).all():
        return _merged(loadings[..., 0])[..., None]
    several = (loadings != 0).any(axis=2).sum(axis=0) > 1  # a factor of one seat is own noise
    kept: Floats = loadings[:, several]
    return kept


def one_group(latent: LatentVotes, seats: Iterable[int] | None = None) -> Forest:
    """The same seats with all factors in a single group, whatever their structure: what random points need."""
    members = range(len(latent)) if seats is None else sorted(seats)
    loadings = latent.loadings[:, (latent.loadings != 0).any(axis=0)]
    moved = tuple(seat for seat in members if (loadings[seat] != 0).any())
    free = tuple(seat for seat in members if seat not in moved)
    group = Group(tuple(range(loadings.shape[1])), moved, moved, ())
    return Forest(loadings, (group,) if moved else (), free)


def _relevant(latent: LatentVotes, chosen: NDArrayBool) -> Floats:
    """Loadings without those that change nothing: of seats left out or that have no choice."""
    loadings = np.where((chosen & ~_certain(latent))[:, None], latent.loadings, 0.0)
    loadings[np.abs(loadings) < _NEGLIGIBLE] = 0.0
    return loadings


def _certain(latent: LatentVotes) -> NDArrayBool:
    """Which seats have no choice."""
    certain: NDArrayBool = (latent.absent >= 1) | (np.isinf(latent.no_below) & np.isinf(latent.yes_from))
    return certain


def _merged(loadings: Floats) -> Floats:
    """Factors that move the same seats, rotated to as few as they amount to; factors of one seat are own noise."""
    columns: dict[tuple[bool, ...], list[Floats]] = {}
    for column in loadings.T:
        columns.setdefault(tuple(column != 0), []).append(column)
    kept = [column for pattern, same in columns.items() if sum(pattern) > 1 for column in _rotated(same)]
    return np.stack(kept, axis=1) if kept else np.zeros((len(loadings), 0))


def _rotated(same: list[Floats]) -> list[Floats]:
    if len(same) == 1:
        return same
    left, singular, _ = np.linalg.svd(np.stack(same, axis=1), full_matrices=False)
    return [left[:, place] * value for place, value in enumerate(singular) if value > _NEGLIGIBLE]


def _clusters(moves: NDArrayBool) -> list[Cluster]:
    """Factors with the seats they move, those that cross taken together until none does."""
    clusters: list[Cluster] = [
        ((factor,), frozenset(map(int, np.flatnonzero(column)))) for factor, column in enumerate(moves.T)
    ]
    place = 0
    while place < len(clusters):
        factors, seats = clusters[place]
        crossing = next((other for other in range(place + 1, len(clusters)) if _cross(seats, clusters[other][1])), None)
        if crossing is None:
            place += 1
            continue
        more, others = clusters.pop(crossing)
        clusters[place] = (factors + more, seats | others)
        place = 0
    return clusters


def _cross(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two sets of seats overlap without one lying strictly inside the other."""
    return bool(one & other) and not (one < other or other < one)


def _nested(clusters: list[Cluster]) -> tuple[Group, ...]:
    """Clusters as groups, each inside the smallest that holds it."""

    def groups_of(inside: list[Cluster]) -> tuple[Group, ...]:
        outermost = [one for one in inside if not any(one[1] < other[1] for other in inside)]
        return tuple(group_of(factors, seats, inside) for factors, seats in outermost)

    def group_of(factors: tuple[int, ...], seats: frozenset[int], inside: list[Cluster]) -> Group:
        children = groups_of([one for one in inside if one[1] < seats])
        below = {seat for child in children for seat in child.members}
        return Group(factors, tuple(sorted(seats)), tuple(sorted(seats - below)), children)

    return groups_of(clusters)
