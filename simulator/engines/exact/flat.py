"""The exact engine's nodes over all factors at once: what questions about single members need, with no tree to walk.

Groups of factors that are separate are multiplied out, so several blocs cost nodes to the power of blocs; beyond
:data:`MOST` the engine refuses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from simulator.engines.exact.nodes import Quadrature
from simulator.engines.exact.quadrature import Fineness
from simulator.engines.factors import Group, forest
from simulator.errors import ExactRefused
from simulator.model import VoteModel
from simulator.model.latent import Floats, LatentVotes

MOST = 400_000
"""Nodes of one model beyond which it refuses: some seconds for fifteen members."""

_AT_ONCE = 2048
"""Nodes worked on at a time: so many that a table at each stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some nodes over the factors.

    Attributes
    ----------
    latent : LatentVotes
        With the loadings that the nodes are about.
    factors : array, shape (k, m)
    weights : array, shape (m,)
        Over all blocks they add up to 1, but for the tails.
    """

    latent: LatentVotes
    factors: Floats
    weights: Floats


def blocks(model: VoteModel, fineness: Fineness) -> Iterator[Block]:
    """All nodes of a model at one fineness, in blocks.

    Raises
    ------
    ExactRefused
        If there are too many.
    """
    trees = forest(model.latent)
    latent = replace(model.latent, loadings=trees.loadings)
    quadrature = Quadrature.of(model.latent, trees, fineness)
    factors, weights = np.zeros((trees.loadings.shape[1], 1)), np.ones(1)
    for root in trees.roots:
        factors, weights = _multiplied(latent, quadrature, root, factors, weights)
    for start in range(0, len(weights), _AT_ONCE):
        place = slice(start, start + _AT_ONCE)
        yield Block(latent, factors[:, place], weights[place])


def _multiplied(
    latent: LatentVotes, quadrature: Quadrature, group: Group, factors: Floats, weights: Floats
) -> tuple[Floats, Floats]:
    """Nodes with those of a group, and of all inside it, at each."""
    members = list(group.members)
    means = latent.mean[members, None] + latent.loadings[members] @ factors
    points, shares = quadrature(group, means)
    count, contexts = points.shape[2], len(weights)
    if count * contexts > MOST:
        raise ExactRefused(
            f"these blocs take more than {MOST:,} nodes, too many for the exact engine to look at members one by one; "
            "use Monte Carlo: --engine monte-carlo"
        )
    further = np.repeat(factors, count, axis=1)
    further[list(group.factors)] = np.broadcast_to(points, (len(points), contexts, count)).reshape(len(points), -1)
    grown = (weights[:, None] * shares).ravel()
    for child in group.children:
        further, grown = _multiplied(latent, quadrature, child, further, grown)
    return further, grown
