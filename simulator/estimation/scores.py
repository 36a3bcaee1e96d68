"""Scores of forecasts: what each roll call costs, and means of it under weights.

A score of one roll call or one member's vote is its loss: the lower, the better. Weights choose among roll calls: 0 and
1 for part of them, whole numbers for a resample. They may have further axes in front, one row a resample, and every
score of this package then comes out with those axes. So parts, intervals and the whole are one computation.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from simulator.model.latent import Floats

Places: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]

LEAST = 1e-12
"""A smaller probability of what happened counts as this, so that no score is infinite."""


def weighted_mean(values: Floats, weights: Floats, sizes: Floats | None = None) -> Floats:
    """Mean of `values` under `weights`, NaN where all weights are 0.

    Parameters
    ----------
    values : array, shape (n,)
        One a roll call, or its sum over `sizes` things.
    weights : array, shape (..., n)
    sizes : array, shape (n,), optional
        How many things each of `values` sums over; by default 1.
    """
    return ratio(summed(weights, values), weights.sum(axis=-1) if sizes is None else summed(weights, sizes))


def summed(weights: Floats, values: Floats) -> Floats:
    """Sums over roll calls of `values`, shape (n,) or (n, k), under `weights`, shape (..., n).

    Without a matrix product: its threads wait for each other on a busy machine, and add up in an order of their own.
    """
    return np.asarray(np.einsum("...n,n->..." if values.ndim == 1 else "...n,nk->...k", weights, values))


def ratio(above: Floats, below: Floats) -> Floats:
    """Quotients, NaN over zero."""
    above, below = np.broadcast_arrays(np.asarray(above, dtype=float), np.asarray(below, dtype=float))
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below != 0))


def brier(odds: Floats, happened: Flags) -> Floats:
    """Brier's score of yes-or-no forecasts, (p − what happened)² each [Brier1950]_; in [0, 1].

    Parameters
    ----------
    odds : array, shape (n,)
        Of adoption.
    happened : array of bool, shape (n,)
    """
    return np.asarray((odds - happened) ** 2)


def log_loss(odds: Floats, happened: Places) -> Floats:
    """−log of the probability given to what happened, in nats [Good1952]_.

    Parameters
    ----------
    odds : array, shape (..., k)
        Over k possibilities, the last axis.
    happened : array of int, shape (...)
        Places on the last axis.
    """
    given = np.take_along_axis(odds, happened[..., None], axis=-1)[..., 0]
    return np.asarray(-np.log(np.maximum(given, LEAST)))


_LADDER = (2, 1, 0)
"""Places of failed, vetoed and adopted, by how near they come to adoption: too few yes, enough but blocked, enough."""


def ranked_probability(odds: Floats, outcomes: Places) -> Floats:
    """Ranked probability score of the three outcomes, in [0, 1]: half the squared errors of both cumulative odds.

    Outcomes are ranked by how near they come to adoption – failed, vetoed, adopted – so that odds of a veto are a
    smaller mistake about an adopted draft than odds of failure [Epstein1969]_.

    Parameters
    ----------
    odds : array, shape (n, 3)
        Adopted, vetoed, failed.
    outcomes : array of int, shape (n,)
        Places among them.
    """
    ranked = odds[:, _LADDER]
    happened = np.eye(3)[outcomes][:, _LADDER]
    apart = np.cumsum(ranked - happened, axis=1)[:, :2]
    return np.asarray((apart**2).mean(axis=1))


def skill(score: Floats, reference: Floats) -> Floats:
    """1 − score / reference: 1 is perfect, 0 no better than the reference, below 0 worse; NaN where that is perfect."""
    return 1 - ratio(score, reference)


def area_under_curve(odds: Floats, happened: Flags, weights: Floats) -> Floats:
    """Chance that of two drafts, one adopted and one not, the adopted one had the higher odds; ties count half.

    The area under the receiver operating characteristic [HanleyMcNeil1982]_; NaN where all or none was adopted.

    Parameters
    ----------
    odds : array, shape (n,)
    happened : array of bool, shape (n,)
    weights : array, shape (..., n)
    """
    order = np.argsort(odds, kind="stable")
    starts = np.flatnonzero(np.diff(odds[order], prepend=-np.inf))
    adopted = np.add.reduceat((weights * happened)[..., order], starts, axis=-1)
    others = np.add.reduceat((weights * ~happened)[..., order], starts, axis=-1)
    below = np.cumsum(others, axis=-1) - others / 2
    return ratio((adopted * below).sum(axis=-1), adopted.sum(axis=-1) * others.sum(axis=-1))


def balanced_accuracy(right: Floats, cases: Floats, weights: Floats) -> Floats:
    """Mean over kinds of the share that was called right; kinds that did not occur are left out.

    Parameters
    ----------
    right, cases : array, shape (n, k)
        For each roll call and kind, how many were of that kind and called right, and how many were of that kind.
    weights : array, shape (..., n)

    Returns
    -------
    array, shape (...)
        In [0, 1]; always calling the same kind gives 1 / k.
    """
    shares = ratio(summed(weights, right), summed(weights, cases))
    seen = ~np.isnan(shares)
    return ratio(np.where(seen, shares, 0.0).sum(axis=-1), seen.sum(axis=-1))


def called(odds: Floats, happened: Places, counted: Floats | None = None) -> tuple[Floats, Floats]:
    """What :func:`balanced_accuracy` counts: the likeliest possibility is what a forecast calls.

    Parameters
    ----------
    odds : array, shape (n, k) or (n, m, k)
        Over k possibilities, of one thing a roll call or of m.
    happened : array of int, shape (n,) or (n, m)
    counted : array, shape of `happened`, optional
        1 for what counts, 0 for what does not; by default all does.

    Returns
    -------
    right, cases : array, shape (n, k)
    """
    cases = np.eye(odds.shape[-1])[happened]
    if counted is not None:
        cases = cases * counted[..., None]
    right = cases * (odds.argmax(axis=-1) == happened)[..., None]
    if cases.ndim == 3:
        return right.sum(axis=1), cases.sum(axis=1)
    return right, cases
