"""The exact engine's nodes over all factors at once: what questions about single members need, with no tree to walk.

Groups of factors that are separate are multiplied out, so several blocs cost nodes to the power of blocs; beyond
:data:`MOST` the engine refuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulator.engines.at_points import outcomes_at
from simulator.engines.exact.nodes import Quadrature
from simulator.engines.exact.one import ExactAnswer, solve
from simulator.engines.exact.quadrature import Fineness
from simulator.engines.factors import Group, forest
from simulator.engines.possible import Possible
from simulator.errors import EvidenceError, ExactRefused
from simulator.model import VoteModel
from simulator.model.latent import Floats, LatentVotes

MOST = 400_000
"""Nodes of one model beyond which it refuses: some seconds for fifteen members."""

_TRIED = 5
"""Possibilities solved for themselves; the finest of them sets the nodes of all."""

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


def nodes(possibles: Sequence[Possible]) -> Iterator[tuple[Possible, list[Block]]]:
    """All nodes of every possibility that what was learnt leaves, as fine as the finest of a few of them needs.

    That is the level before the one that settled it: their difference was small enough. Where what was learnt is rarer
    than the nodes reach, the possibility has nodes of its own.

    Raises
    ------
    ExactRefused
        If one of them is beyond the engine, or has more than :data:`MOST` nodes.
    EvidenceError
        If what was learnt has probability zero under all of them.
    """
    places = np.unique(np.linspace(0, len(possibles) - 1, min(len(possibles), _TRIED)).round().astype(int))
    tried = [answer for place in places.tolist() if (answer := _solved(possibles[place])) is not None]
    finest = max((answer.fineness.coarser for answer in tried), key=lambda level: level.digits, default=None)
    left = False
    for one in possibles:
        points = [] if finest is None else [*blocks(one.model, finest)]
        if finest is None or (one.model.learnt and evidence(one, points) < np.exp(-finest.rarity - 1)):
            answer = _solved(one)
            if answer is None:
                continue
            points = [*blocks(one.model, answer.fineness.coarser)]
        left = True
        yield one, points
    if not left:
        solve(possibles[0].model, possibles[0].majority)  # says why


def _solved(one: Possible) -> ExactAnswer | None:
    try:
        return solve(one.model, one.majority)
    except EvidenceError:
        return None


def evidence(one: Possible, points: Sequence[Block]) -> float:
    """Probability of what was learnt, at these nodes."""
    sums = 0.0
    for block in points:
        model = replace(one.model, latent=block.latent)
        sums += float((outcomes_at(model, one.majority, block.factors) @ block.weights).sum())
    return sums


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


def rotation(latent: LatentVotes) -> Floats:
    """From a model's factors to those of its nodes: its loadings times this are the nodes', shape (k, nodes' factors).

    Factors that amount to fewer are rotated, and those of a single seat are left out as own noise.
    """
    trees = forest(latent)
    moved = (trees.loadings != 0).any(axis=1)
    found: Floats = np.linalg.lstsq(latent.loadings[moved], trees.loadings[moved], rcond=None)[0]
    return found
