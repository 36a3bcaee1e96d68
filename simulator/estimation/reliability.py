"""Reliability: whether drafts given odds of p were adopted p of the time.

The line is the logistic regression of adopted on logit p [Cox1958]_: slope 1 and intercept 0 are perfect, a slope below
1 says that odds were too extreme, above 1 too timid. The curve counts in bins.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from simulator.estimation.scores import Flags, Places, summed
from simulator.model.latent import Floats

CLIP = 0.001
"""Odds are taken no nearer to 0 or 1 than this: a logit of a certainty is infinite."""

BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)
"""Edges of the curve: most odds of adoption lie above 0.9, so that is where the bins are narrow."""

_STEPS, _HALVINGS = 60, 30
_ENOUGH = 1e-10


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of much the same odds.

    Attributes
    ----------
    low, high : float
        Odds of adoption from `low` up to, not including, `high`; the last bin includes it.
    count : int
        Roll calls.
    forecast : float or None
        Mean odds; None where there are no roll calls.
    adopted : float or None
        Share adopted.
    interval : (float, float) or None
        The middle 90 % of that share over resamples of agenda items; None where there are too few of them, or where
        all resamples agree, since all or none was adopted.
    """

    low: float
    high: float
    count: int
    forecast: float | None
    adopted: float | None
    interval: tuple[float, float] | None = None

    def as_dict(self) -> dict[str, Any]:
        """By name."""
        return {
            "low": self.low,
            "high": self.high,
            "count": self.count,
            "forecast": self.forecast,
            "adopted": self.adopted,
            "interval": None if self.interval is None else list(self.interval),
        }


def curve(odds: Floats, adopted: Flags, edges: tuple[float, ...] = BINS) -> tuple[Bin, ...]:
    """How often drafts of much the same odds were adopted.

    Parameters
    ----------
    odds : array, shape (n,)
        Of adoption.
    adopted : array of bool, shape (n,)
    edges : tuple of float
        Ascending, from 0 to 1.
    """
    place = places(odds, edges)
    found = []
    for at, (low, high) in enumerate(pairwise(edges)):
        inside = place == at
        count = int(inside.sum())
        means = (float(odds[inside].mean()), float(adopted[inside].mean())) if count else (None, None)
        found.append(Bin(low, high, count, *means))
    return tuple(found)


def places(odds: Floats, edges: tuple[float, ...] = BINS) -> Places:
    """In which bin of the curve each forecast is."""
    return np.asarray(np.clip(np.searchsorted(edges, odds, side="right") - 1, 0, len(edges) - 2))


def line(odds: Floats, adopted: Flags, weights: Floats) -> tuple[Floats, Floats]:
    """Slope and intercept of the logistic regression of adopted on logit p, p clipped to [0.001, 0.999].

    By Newton's method, with steps halved until the likelihood rises. Where some odds part the adopted drafts from all
    others – or all or none was adopted, or all had the same odds – there is no finite slope, and both are NaN.

    Parameters
    ----------
    odds : array, shape (n,)
    adopted : array of bool, shape (n,)
    weights : array, shape (..., n)

    Returns
    -------
    slope, intercept : array, shape (...)
    """
    logits = np.log(np.clip(odds, CLIP, 1 - CLIP)) - np.log1p(-np.clip(odds, CLIP, 1 - CLIP))
    rows = weights.reshape(-1, weights.shape[-1])
    found = np.full((len(rows), 2), np.nan)
    overlapping = np.flatnonzero(~_parted(logits, adopted, rows))
    if len(overlapping):
        found[overlapping] = _newton(logits, adopted, rows[overlapping])
    shape = weights.shape[:-1]
    return found[:, 1].reshape(shape), found[:, 0].reshape(shape)


def _parted(logits: Floats, adopted: Flags, rows: Floats) -> Flags:
    """Whether one threshold parts adopted from others, ties at it allowed; then the likelihood has no maximum."""
    lowest, highest = [], []
    for group in (adopted, ~adopted):
        there = (rows > 0) & group
        lowest.append(np.where(there, logits, np.inf).min(axis=1, initial=np.inf))
        highest.append(np.where(there, logits, -np.inf).max(axis=1, initial=-np.inf))
    return np.asarray((lowest[0] >= highest[1]) | (lowest[1] >= highest[0]))


def _newton(logits: Floats, adopted: Flags, rows: Floats) -> Floats:
    """Intercept and slope for each row of weights, shape (rows, 2), from a perfect line on."""
    signs = np.where(adopted, 1.0, -1.0)
    at = np.tile([0.0, 1.0], (len(rows), 1))
    likelihood = _likelihood(at, logits, signs, rows)
    for _ in range(_STEPS):
        step = _step(at, logits, adopted, rows)
        size = np.ones(len(rows))
        for _ in range(_HALVINGS):
            tried = _likelihood(at + size[:, None] * step, logits, signs, rows)
            worse = tried < likelihood - _ENOUGH * np.abs(likelihood)
            if not worse.any():
                break
            size[worse] /= 2
        at, likelihood = at + size[:, None] * step, tried
        if np.abs(step).max() < _ENOUGH:
            break
    return at


def _likelihood(at: Floats, logits: Floats, signs: Floats, rows: Floats) -> Floats:
    each = -np.logaddexp(0.0, -signs * (at[:, :1] + at[:, 1:] * logits))
    return np.asarray((rows * each).sum(axis=1))


def _step(at: Floats, logits: Floats, adopted: Flags, rows: Floats) -> Floats:
    """Newton's step: the inverse of the information, two by two, times the gradient."""
    expected = 1 / (1 + np.exp(-(at[:, :1] + at[:, 1:] * logits)))
    off, spread = rows * (adopted - expected), rows * expected * (1 - expected)
    gradient = np.stack([off.sum(axis=1), summed(off, logits)], axis=1)
    a, b, c = spread.sum(axis=1), summed(spread, logits), summed(spread, logits**2)
    inverse = np.stack([np.stack([c, -b], axis=1), np.stack([-b, a], axis=1)], axis=1)
    determinant = np.maximum(a * c - b * b, np.finfo(float).tiny)
    return np.asarray(np.einsum("rij,rj->ri", inverse, gradient) / determinant[:, None])
