"""The exact engine: quadrature over the shared factors, refined until its own error estimate is small enough."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simulator.engines.factors import forest
from simulator.engines.joint import JointTable
from simulator.engines.learnt import check_total, member_odds_after
from simulator.engines.nodes import Quadrature
from simulator.engines.quadrature import Fineness
from simulator.engines.readout import Reading, apart, outcomes_of, read
from simulator.engines.walk import Walk
from simulator.errors import ExactRefused
from simulator.model import VoteModel
from simulator.model.latent import Floats
from simulator.rules import Majority

SIMPLE, NESTED = 1e-9, 1e-7
"""Largest error estimate accepted: for one bloc or nested pairs, and for anything deeper or of two dimensions. The
promises are 1e-8 and 1e-6; the estimate is that of the next coarser level."""

MOST_NODES = 2e8
"""Nodes, times the states of the members they move, beyond which the engine refuses rather than take minutes."""

MOST_STATES = 4_000_000
"""Cells of the joint table beyond which it refuses: so many members lead and follow."""

_FIRST = 20.0
_FINEST = 170.0
_RAREST = 660.0
"""−log of the rarest evidence that floating-point numbers can hold, with room for what depends on it."""


@dataclass(frozen=True, slots=True)
class ExactAnswer:
    """What the exact engine found.

    Attributes
    ----------
    reading : Reading
        Outcomes, vetoes, pairs, tallies.
    members : array, shape (n, 4)
        Odds of every seat's choices, after what was learnt.
    accuracy : float
        Estimate of the largest error of an outcome's probability.
    """

    reading: Reading
    members: Floats
    accuracy: float


def solve(model: VoteModel, majority: Majority) -> ExactAnswer:
    """The exact odds of a vote model.

    Raises
    ------
    ExactRefused
        If the factors are beyond it, or its error estimate does not become small enough.
    EvidenceError
        If what was learnt has probability zero.
    """
    trees = forest(model.latent)
    kept = apart(model)
    walk = Walk(model, trees, kept, tallies=False)
    _check_structure(walk)
    wanted = SIMPLE if trees.depth <= 2 and trees.dimensions <= 1 else NESTED
    fineness, joint = _covering(walk, Fineness(_FIRST))
    before, _ = outcomes_of(joint, model, majority)
    accuracy = np.inf
    while accuracy > wanted:
        fineness = fineness.finer
        if fineness.digits > _FINEST:
            raise ExactRefused(f"the exact engine's error estimate stays at {accuracy:.0e}, above {wanted:.0e}; {_REMEDY}")
        joint = _joint(replace(walk, tallies=True), fineness)
        after, _ = outcomes_of(joint, model, majority)
        change = max(abs(before.adopted - after.adopted), abs(before.vetoed - after.vetoed))
        accuracy, before = max(change, _ROUNDING), after

    def sub(seats: tuple[int, ...], apart_: tuple[int, ...]) -> JointTable:
        return _joint(Walk(model, forest(model.latent, seats), apart_, tallies=False), fineness)

    return ExactAnswer(read(joint, model, majority), member_odds_after(model, joint, sub), float(accuracy))


_REMEDY = "use Monte Carlo: --engine monte-carlo"
_ROUNDING = 1e-15


def _joint(walk: Walk, fineness: Fineness) -> JointTable:
    nodes = Quadrature(walk.model.latent, walk.forest, fineness)
    cost = sum(nodes.cost(root) for root in walk.forest.roots)
    if cost > MOST_NODES:
        raise ExactRefused(f"the exact engine would need {cost:.0e} nodes for these blocs; {_REMEDY}")
    return walk.joint(nodes)


def _covering(walk: Walk, fineness: Fineness) -> tuple[Fineness, JointTable]:
    """A fineness whose nodes reach far enough into the tails for what was learnt, and the joint table there."""
    joint = _joint(walk, fineness)
    while walk.forest.roots and joint.total < np.exp(-fineness.rarity - 1) and fineness.rarity < _RAREST:
        rarity = -np.log(joint.total) if joint.total > 0 else _RAREST
        fineness = replace(fineness, rarity=min(_RAREST, max(rarity, 2 * fineness.rarity)))
        joint = _joint(walk, fineness)
    check_total(walk.model, joint.total, float(np.exp(-_RAREST)))
    return fineness, joint


def _check_structure(walk: Walk) -> None:
    trees = walk.forest
    if trees.dimensions > 2:
        raise ExactRefused(
            f"{trees.dimensions} blocs cross one another; the exact engine takes nested or separate blocs, and two "
            f"that cross; {_REMEDY}"
        )
    cells = walk.cells(range(len(walk.model.members)))
    if cells > MOST_STATES:
        raise ExactRefused(
            f"{len(walk.apart)} permanent members, leaders and followers are too many for the exact engine; use Monte "
            "Carlo: --engine monte-carlo --method votes"
        )
