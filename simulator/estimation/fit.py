"""Fits the history model to the record: the most probable parameters, and draws that say how uncertain they are.

Priors shrink; drafts of long ago count less.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from scipy.linalg import LinAlgError, cho_solve, cholesky, eigh
from scipy.optimize import minimize

from simulator.errors import InputError
from simulator.estimation.chain import drawn, libraries
from simulator.estimation.likelihood import Likelihood
from simulator.estimation.provenance import code_hash, data_hash
from simulator.estimation.sample import HALF_LIFE, Sample
from simulator.facts import COMPLETE_FROM, Matter, RollCall, Text
from simulator.model.history.estimates import Estimates
from simulator.model.history.past import Past
from simulator.model.latent import Floats
from simulator.version import __version__

SINCE = COMPLETE_FROM
"""First day of the votes that are fitted: from here on all outcomes are on record."""

DRAWS = 20
"""Draws of the parameters."""

FEWEST = 200
"""Votes below which nothing is fitted."""

_STEPS, _MEMORY = 300, 30
_LEAST_KNOWN = 0.1

Progress: TypeAlias = Callable[[int, int], None]


def fit(
    votes: Sequence[RollCall],
    until: datetime.date,
    *,
    seed: int = 1946,
    draws: int = DRAWS,
    ideal: bool = True,
    progress: Progress | None = None,
) -> Estimates:
    """The estimates from all substantive votes before a day.

    Parameters
    ----------
    votes : sequence of RollCall
        Rows of the day itself and later are not looked at.
    until : datetime.date
    seed : int
        Of the draws. The same votes and seed give the same estimates on one machine.
    draws : int
    ideal : bool
        False leaves ideal points out.
    progress : callable or None
        Called with steps done and the most there can be.

    Raises
    ------
    MissingExtra
        Without the extra ``fit``.
    InputError
        If fewer than 200 votes come before the day.
    """
    if draws < 1:
        raise InputError(f"draws of the parameters: at least 1, not {draws}")
    last = max(vote.date for vote in votes)
    if until > datetime.date(last.year + 1, 1, 1):
        raise InputError(
            f"the record ends on {last.isoformat()}: estimates from the votes before {until.isoformat()} would be of "
            f"{last.year + 1}-01-01 under another name"
        )
    used, past = used_before(votes, until)
    if len(used) < FEWEST:
        raise InputError(
            f"only {len(used)} substantive votes from {SINCE.year} on come before {until.isoformat()}: "
            f"the fit needs {FEWEST}"
        )
    libraries()  # said at once, not after the search
    sample = Sample.of(past, used, until, ideal=ideal)
    likelihood = Likelihood.of(sample)
    found = solved(sample, likelihood, _part(progress, 0, 1 / 3))
    chain = drawn(likelihood, sample.layout, found.best, found.root, draws, seed, _part(progress, 1 / 3, 1))
    made = {
        "version": __version__,
        "votes": len(used),
        "code": code_hash(),
        "data": data_hash(votes, until, ideal=ideal),
        "seed": seed,
        "half_life_years": HALF_LIFE,
        "steps": found.steps,
        "nats_left": float(f"{found.left:.1e}"),
        "accepted": round(chain.accepted, 3),
        "divergent": chain.divergent,
    }
    return Estimates(until, sample.layout, found.best, chain.draws, *sample.scales, ideal, made)


def _part(progress: Progress | None, start: float, end: float) -> Progress | None:
    """Progress of a part of the work as progress of the whole, in thousandths."""
    if progress is None:
        return None
    return lambda done, count: progress(round(1000 * (start + (end - start) * done / count)), 1000)


def used_before(votes: Sequence[RollCall], until: datetime.date) -> tuple[list[RollCall], Past]:
    """The votes that are fitted, and the past that their covariates come from: all of days before one."""
    earlier = [vote for vote in votes if vote.date < until]
    return [vote for vote in earlier if vote.date >= SINCE and _is_fitted(vote)], Past.of(earlier)


def _is_fitted(vote: RollCall) -> bool:
    return vote.matter is Matter.SUBSTANTIVE and vote.text is not Text.PARAGRAPH


class Solution(NamedTuple):
    """The most probable parameters, and how sure they are.

    Attributes
    ----------
    best : array, shape (P,)
    root : array, shape (P, P)
        Lower triangular root of the information, the second derivatives there of minus the log posterior.
    steps : int
        Of the search.
    left : float
        Nats by which the posterior's density could still rise, by the last Newton step.
    """

    best: Floats
    root: Floats
    steps: int
    left: float


def solved(sample: Sample, likelihood: Likelihood, progress: Progress | None = None) -> Solution:
    """The most probable parameters of a sample: searched for by L-BFGS, in units of the prior's spread, then by Newton.

    Parameters
    ----------
    sample : Sample
    likelihood : Likelihood
        Of the sample.
    progress : callable or None
    """
    centres, spreads = sample.layout.centres(), sample.layout.spreads()
    steps = 0

    def value(away: Floats) -> tuple[float, Floats]:
        fall, slope = likelihood.fall(centres + spreads * away)
        return fall + 0.5 * float(away @ away), slope * spreads + away

    def told(_: Floats) -> None:
        nonlocal steps
        steps += 1
        if progress is not None:
            progress(min(steps, _STEPS), _STEPS)

    options = {"maxiter": _STEPS, "maxcor": _MEMORY, "ftol": 1e-8, "gtol": 1e-2}
    found = minimize(value, np.zeros(len(centres)), jac=True, method="L-BFGS-B", callback=told, options=options)
    away, lowest = np.asarray(found.x, float), float(found.fun)
    bends = likelihood.curvature(centres + spreads * away)
    root = _root(bends * np.multiply.outer(spreads, spreads) + np.eye(len(away)))
    step = cho_solve((root, True), value(away)[1])
    after, slope = value(away - step)
    if after < lowest:
        away -= step
    else:
        slope = value(away)[1]
    left = 0.5 * float(slope @ cho_solve((root, True), slope))
    if progress is not None:
        progress(_STEPS, _STEPS)
    return Solution(centres + spreads * away, root / spreads[:, None], steps, left)


def _root(information: Floats) -> Floats:
    """The lower triangular root of the information, in units of the prior's spread.

    Where the likelihood curves the wrong way along some direction, so much that the prior cannot make up for it, there
    is no root. Then, and only then, every direction is held to be known at least a tenth as well as before the record
    was read: the sampler, which takes its lengths from here, is right with any.

    Parameters
    ----------
    information : array, shape (P, P)
    """
    try:
        return np.asarray(cholesky(information, lower=True), float)
    except LinAlgError:
        values, axes = eigh(information)
        return np.asarray(cholesky((axes * np.maximum(values, _LEAST_KNOWN)) @ axes.T, lower=True), float)
