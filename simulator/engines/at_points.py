"""Outcomes at given values of the shared factors: the walk in small, one column a point.

At a point the seats are independent but for company. One seat after another joins the pair (yes cast so far, vetoes
cast so far), each capped at the number the rule asks for, so a point costs a few dozen numbers, never 3^15.
"""

from __future__ import annotations

import numpy as np

from simulator.facts import Outcome
from simulator.model import Follows, VoteModel, choice_odds
from simulator.model.latent import ABSENT, ABSTAIN, NO, YES, Floats, LatentVotes
from simulator.rules import Majority

_WORDS = tuple(Outcome)


def odds_at(latent: LatentVotes, factors: Floats) -> Floats:
    """Every seat's odds at given values of the factors, whatever its company.

    Parameters
    ----------
    factors : array, shape (k, m)
        Columns are points.

    Returns
    -------
    array, shape (n, m, 4)
        Choices in the order yes, abstain, no, absent; rows sum to 1.
    """
    noise = np.sqrt(np.maximum(0.0, 1 - (latent.loadings**2).sum(axis=1)))
    # A member without own noise jumps: the smallest number stands in for 0, and the quotients for ±infinity.
    scale = np.maximum(noise, 1e-300)[:, None]
    support = latent.mean[:, None] + latent.loadings @ factors
    with np.errstate(over="ignore"):
        return choice_odds(
            (latent.no_below[:, None] - support) / scale,
            (latent.yes_from[:, None] - support) / scale,
            latent.absent[:, None],
            latent.band[:, None] / scale,
        )


def outcomes_at(model: VoteModel, majority: Majority, factors: Floats) -> Floats:
    """The odds of each outcome together with all that was learnt, at given values of the factors.

    Parameters
    ----------
    factors : array, shape (k, m)
        Columns are points.

    Returns
    -------
    array, shape (3, m)
        Adopted, vetoed, failed, in the order of :class:`~simulator.facts.Outcome`; columns sum to the likelihood of
        what was learnt at the point.
    """
    odds = odds_at(model.latent, factors)
    blocking = majority.vetoes_needed or 0
    counts = np.zeros((majority.quota + 1, blocking + 1, factors.shape[1]))
    counts[0, 0] = 1.0
    following = {pair.follower for pair in model.company}
    for seat in range(len(odds)):
        if seat not in following:
            counts = joined(model, counts, odds, seat)
    result = np.zeros((3, factors.shape[1]))
    for yes in range(majority.quota + 1):
        for vetoes in range(blocking + 1):
            result[_WORDS.index(majority.outcome(yes, vetoes))] += counts[yes, vetoes]
    return result


def joined(model: VoteModel, counts: Floats, odds: Floats, seat: int) -> Floats:
    """The counts with a seat and its followers: one choice of the seat after another, then summed.

    Parameters
    ----------
    counts : array, shape (quota + 1, blocking + 1, m)
        Odds of each number of yes votes and of vetoes so far, each capped.
    odds : array, shape (n, m, 4)
        Every seat's odds at the points, whatever its company.
    """
    own = odds[seat] * model.likelihood[seat]
    followers = [pair for pair in model.company if pair.leader == seat]
    if not followers:
        return cast(counts, own, model.permanent[seat])
    total = np.zeros_like(counts)
    for choice in range(4):
        here = cast(counts, only(own, choice), model.permanent[seat])
        for pair in followers:
            here = cast(here, reacting(model, odds, pair, choice), model.permanent[pair.follower])
        total += here
    return total


def reacting(model: VoteModel, odds: Floats, pair: Follows, choice: int) -> Floats:
    """A follower's odds, shape (m, 4), where its leader makes this choice; times the likelihood of what was learnt."""
    share = pair.if_leader_no if choice == NO else pair.otherwise
    row = odds[pair.follower].copy()
    withheld = row[:, ABSTAIN] + row[:, NO]
    row[:, ABSTAIN], row[:, NO] = withheld * (1 - share), withheld * share
    weighed: Floats = row * model.likelihood[pair.follower]
    return weighed


def only(own: Floats, choice: int) -> Floats:
    """Odds of one choice alone, shape (m, 4), from those of all."""
    alone = np.zeros_like(own)
    alone[:, choice] = own[:, choice]
    return alone


def cast(counts: Floats, own: Floats, permanent: bool) -> Floats:
    """The counts after one more vote, with these weights of its choices, shape (m, 4)."""
    yes, no = own[:, YES], own[:, NO]
    veto = permanent and counts.shape[1] > 1
    rest = own[:, ABSTAIN] + own[:, ABSENT] + (0.0 if veto else no)
    after = counts * rest
    after[1:] += counts[:-1] * yes
    after[-1] += counts[-1] * yes
    if veto:
        after[:, 1:] += counts[:, :-1] * no
        after[:, -1] += counts[:, -1] * no
    return after
