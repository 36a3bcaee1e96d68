"""The exact engine: quadrature over the shared factors, refined until its own error estimate is small enough."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simulator.engines.apart import apart, pools
from simulator.engines.exact.nodes import Quadrature
from simulator.engines.exact.quadrature import NOTHING, Fineness
from simulator.engines.factors import Forest, forest
from simulator.engines.joint import JointTable
from simulator.engines.learnt import check_total, member_odds_after
from simulator.engines.parts import Outcomes
from simulator.engines.readout import outcomes_of
from simulator.engines.walk import Walk
from simulator.errors import ExactRefused
from simulator.model import VoteModel
from simulator.model.latent import ABSTAIN, NO, YES, Floats
from simulator.rules import Majority

SIMPLE, NESTED = 1e-9, 1e-7
"""Largest error estimate accepted: for one bloc or nested pairs, and for anything deeper or of two dimensions. The
promises are 1e-8 and 1e-6; the estimate is that of the next coarser level."""

MOST_NUMBERS = 4e9
"""Numbers to work out at one level beyond which the engine refuses; a million or so take a millisecond."""

MOST_STATES = 8_000_000
"""Cells of the joint table beyond which it refuses: so many members lead and follow."""

_SLIVER = 1e-7
"""Width of a band of abstention below which the places of two jumps no longer give their distance to 1e-8."""

_FIRST, _FIRST_NESTED = 20.0, 16.0
"""Digits of the first level: its errors are about what is accepted, so the second level usually settles it."""

_FINEST = 170.0
_RAREST = 660.0
"""−log of the rarest evidence that floating-point numbers can hold, with room for what depends on it."""


@dataclass(frozen=True, slots=True)
class ExactAnswer:
    """What the exact engine found.

    Attributes
    ----------
    joint : JointTable
        The joint odds of the votes; they add up to the probability of what was learnt.
    outcomes : Outcomes
    hidden_veto : float
    choices : array, shape (n, 4)
        Odds of every seat's choices, after what was learnt.
    accuracy : float
        Estimate of the largest error of a probability, and of the relative error of that of what was learnt.
    fineness : Fineness
        Of the nodes it took.
    """

    joint: JointTable
    outcomes: Outcomes
    hidden_veto: float
    choices: Floats
    accuracy: float
    fineness: Fineness


def solve(model: VoteModel, majority: Majority) -> ExactAnswer:
    """The exact odds of a vote model.

    Raises
    ------
    ExactRefused
        If the factors are beyond it, or its error estimate does not become small enough.
    EvidenceError
        If what was learnt has probability zero.
    """
    walk = Walk.of(model, forest(model.latent), kept := apart(model), pools=pools(model, kept))
    _check_structure(walk)
    _check_bands(walk)
    nodes = Quadrature.of(
        model.latent, walk.forest, Fineness(_FIRST if wanted(walk.forest) == SIMPLE else _FIRST_NESTED)
    )
    if walk.forest.roots:
        nodes, joint, accuracy = _refined(walk, nodes)
    else:  # nothing to integrate: one walk, exact to rounding
        joint, accuracy = _joint(walk, nodes), ROUNDING
        check_total(model, joint.total, _SMALLEST)
    return _read_off(joint, model, majority, accuracy, nodes.fineness)


def solve_like(model: VoteModel, majority: Majority, other: ExactAnswer) -> ExactAnswer:
    """The exact odds of a model much like another one, with nodes as fine as that one took.

    Its error is taken to be that of the other. Where what was learnt is rarer, it is solved like any other.

    Raises
    ------
    ExactRefused, EvidenceError
        As :func:`solve`.
    """
    walk = Walk.of(model, forest(model.latent), kept := apart(model), pools=pools(model, kept))
    _check_structure(walk)
    _check_bands(walk)
    joint = _joint(walk, Quadrature.of(model.latent, walk.forest, other.fineness))
    if joint.total < np.exp(-other.fineness.rarity - 1):
        return solve(model, majority)
    return _read_off(joint, model, majority, other.accuracy, other.fineness)


def _read_off(
    joint: JointTable, model: VoteModel, majority: Majority, accuracy: float, fineness: Fineness
) -> ExactAnswer:
    outcomes, hidden = outcomes_of(joint, model, majority)

    def sub(seats: tuple[int, ...], kept: tuple[int, ...]) -> JointTable:
        some = Walk.of(model, forest(model.latent, seats), kept, tallies=False)
        return _joint(some, Quadrature.of(model.latent, some.forest, fineness))

    return ExactAnswer(joint, outcomes, hidden, member_odds_after(model, joint, sub), accuracy, fineness)


def wanted(trees: Forest) -> float:
    """Largest error estimate accepted with these factors."""
    return SIMPLE if trees.depth <= 2 and trees.dimensions <= 1 else NESTED


def _refined(walk: Walk, nodes: Quadrature) -> tuple[Quadrature, JointTable, float]:
    """Nodes fine enough, the joint table they give, and its error: that of the level before, so a cautious one."""
    most = wanted(walk.forest)
    _check_cost(walk, replace(nodes, fineness=nodes.fineness.finer))  # the second level will be needed
    nodes, before = _covering(replace(walk, tallies=False), nodes)
    accuracy = np.inf
    while accuracy > most:
        nodes = replace(nodes, fineness=nodes.fineness.finer)
        if nodes.fineness.digits > _FINEST:
            raise ExactRefused(
                f"the exact engine's error estimate stays at {accuracy:.0e}, above {most:.0e}; {_REMEDY}"
            )
        after = _joint(walk, nodes)
        accuracy = max(_difference(before, after), ROUNDING)
        before = after
    return nodes, before, accuracy


def _difference(before: JointTable, after: JointTable) -> float:
    """How far apart two tables of one model are: no probability of votes kept apart and yes pooled differs by more.

    The total variation between them, or, with evidence, the relative difference of its probability.
    """
    one, other = before.by_yes, after.by_yes
    coarse, fine = float(one.sum()), float(other.sum())
    apart_ = float(np.abs(one / coarse - other / fine).sum()) / 2
    return max(apart_, abs(coarse - fine) / fine)


_REMEDY = "use Monte Carlo: --engine monte-carlo"
ROUNDING = 1e-15
_SMALLEST = float(np.exp(-_RAREST))


def _joint(walk: Walk, nodes: Quadrature) -> JointTable:
    _check_cost(walk, nodes)
    return walk.joint(nodes)


def _check_cost(walk: Walk, nodes: Quadrature) -> None:
    cost = nodes.cost(walk.work)
    if cost > MOST_NUMBERS:
        raise ExactRefused(f"the exact engine would have to work out {cost:.0e} numbers for these blocs; {_REMEDY}")


def _covering(walk: Walk, nodes: Quadrature) -> tuple[Quadrature, JointTable]:
    """Nodes that reach far enough into the tails for what was learnt, and the joint table there."""
    joint = _joint(walk, nodes)
    fineness = nodes.fineness
    while walk.forest.roots and joint.total < np.exp(-fineness.rarity - 1) and fineness.rarity < _RAREST:
        rarity = -np.log(joint.total) if joint.total > 0 else _RAREST
        fineness = replace(fineness, rarity=min(_RAREST, max(rarity, 2 * fineness.rarity)))
        nodes = replace(nodes, fineness=fineness)
        joint = _joint(walk, nodes)
    check_total(walk.model, joint.total, _SMALLEST)
    return nodes, joint


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


def _check_bands(walk: Walk) -> None:
    """Refuses what was learnt of a member that abstains in a sliver of the factors, with no noise to spread it."""
    model, band = walk.model, walk.cuts[2]
    sliver = (band > 0) & (band < _SLIVER)
    if not sliver.any():
        return
    sliver &= 1 - (walk.forest.loadings**2).sum(axis=1) < NOTHING
    abstained = (model.likelihood[:, [YES, NO]] == 0).all(axis=1) & (model.likelihood[:, ABSTAIN] > 0)
    for seat in np.flatnonzero(sliver & abstained):
        odds = model.latent.marginals()[seat, ABSTAIN]
        raise ExactRefused(
            f"{model.members[seat]} is said to abstain, which has odds of {odds:.0e}; where cohesions add up to 1 the "
            f"exact engine cannot resolve so little; {_REMEDY}"
        )
