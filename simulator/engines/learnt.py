"""What was learnt of some members says of the others."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulator.engines.at_points import odds_at
from simulator.engines.joint import JointTable
from simulator.errors import EvidenceError
from simulator.facts import Choice
from simulator.model import VoteModel
from simulator.model.latent import Floats

Sub = Callable[[tuple[int, ...], tuple[int, ...]], JointTable]
"""From some seats, and those of them to keep apart, to their joint table: all other seats are summed out."""


def member_odds(model: VoteModel, joint: JointTable) -> Floats:
    """The odds of every seat's choices where nothing was learnt, shape (n, 4): as stated, but for followers."""
    odds = model.latent.marginals()
    for pair in model.company:
        odds[pair.follower] = joint.over((pair.follower,)) / joint.total
    return odds


def member_odds_after(model: VoteModel, joint: JointTable, sub: Sub) -> Floats:
    """The odds of every seat's choices after what was learnt, shape (n, 4), rows sum to 1.

    A pooled seat that shares factors with seats of which something was learnt is walked once more with only those:
    all others say nothing about it and sum to 1.
    """
    learnt = set(model.learnt)
    if not learnt:
        return member_odds(model, joint)
    odds = model.latent.marginals() * model.likelihood
    for seat in range(len(odds)):
        if seat in joint.seats:
            odds[seat] = joint.over((seat,))
        elif learnt - {seat} and (model.latent.loadings[seat] != 0).any():
            odds[seat] = sub(*_around(model, seat, learnt)).over((seat,))
    sums: Floats = odds.sum(axis=1, keepdims=True)
    return odds / sums


def member_odds_at(model: VoteModel, joint: JointTable, factors: Floats, explained: Floats) -> Floats:
    """The same from points over the factors: at a point a pooled seat depends on nobody else's vote.

    Parameters
    ----------
    factors : array, shape (k, m)
        Columns are points.
    explained : array, shape (m,)
        Weight of each point, by how well it explains what was learnt.
    """
    own = odds_at(model.latent, factors) * model.likelihood[:, None, :]
    sums = own.sum(axis=2, keepdims=True)
    odds: Floats = np.einsum("m,nmc->nc", explained, np.divide(own, sums, out=np.zeros_like(own), where=sums > 0))
    for seat in joint.seats:
        if seat < len(odds):
            odds[seat] = joint.over((seat,))
    totals: Floats = odds.sum(axis=1, keepdims=True)
    return odds / totals


def _around(model: VoteModel, seat: int, learnt: set[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The seats that bear on one seat, and those of them to keep apart."""
    followed = {end for pair in model.company if pair.follower in learnt for end in (pair.leader, pair.follower)}
    return tuple(sorted({seat} | learnt | followed)), tuple(sorted({seat} | followed))


def check_possible(model: VoteModel) -> None:
    """Names what was learnt of a single member that it can never do.

    Raises
    ------
    EvidenceError
        If a member's own odds leave what was learnt of it no chance.
    """
    odds = model.latent.marginals()
    for pair in model.company:
        # What a follower withholds can become either, as far as its leader lets it; that is for the joint table.
        odds[pair.follower, 1:3] = odds[pair.follower, 1:3].sum()
    for seat in model.learnt:
        if (odds[seat] * model.likelihood[seat]).sum() == 0:
            possible = [choice.value for choice, chance in zip(Choice, odds[seat], strict=True) if chance > 0]
            learnt = [choice.value for choice, kept in zip(Choice, model.likelihood[seat], strict=True) if kept > 0]
            raise EvidenceError(
                f"what was learnt has probability zero: {model.members[seat]} is said to vote {' or '.join(learnt)}, "
                f"and by its odds it can only vote {' or '.join(possible)}"
            )


def check_total(model: VoteModel, total: float, smallest: float) -> None:
    """Refuses evidence whose joint probability is zero, or too small for floating-point numbers.

    Raises
    ------
    EvidenceError
        If `total` is below `smallest`.
    """
    if total >= smallest:
        return
    check_possible(model)
    members = " ".join(model.members[seat] for seat in model.learnt)
    if total == 0:
        raise EvidenceError(f"what was learnt of {members} has probability zero taken together, or below 1e-300")
    raise EvidenceError(f"what was learnt of {members} has probability {total:.0e}, too small to condition on")
