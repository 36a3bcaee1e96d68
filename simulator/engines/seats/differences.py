"""Derivatives by differences of odds, with a look at whether there is one.

Odds need not have a derivative: where members have no noise of their own a vote jumps as the shared factors move, and
which of several equal votes decides changes at a kink. So what both sides say is compared, or, at a bound, what a
shorter step says; where they disagree there is none, and NaN says so.
"""

from __future__ import annotations

import numpy as np

from simulator.model.latent import Floats

TWO_SIDED = (-2.0, -1.0, 0.0, 1.0, 2.0)
ONE_SIDED = (0.0, 0.25, 0.5, 1.0, 2.0)
"""Places, in steps, at which the odds are wanted; those to one side may be mirrored, with a step below 0."""

_AGREED = 0.01
"""Share of the larger by which two answers may differ."""

_NOISE = 2e-8
"""Largest sum of errors of the odds, so that steps of h leave two answers this over h apart."""


def two_sided(odds: Floats, step: float) -> Floats:
    """The derivative from odds at :data:`TWO_SIDED`, shape (5, …), by central differences of fourth order.

    Examples
    --------
    >>> step = 1e-3
    >>> float(two_sided(np.exp(step * np.array(TWO_SIDED)), step).round(9))
    1.0
    >>> float(two_sided(np.abs(step * np.array(TWO_SIDED)), step))
    nan
    """
    below2, below, here, above, above2 = odds
    left, right = (1.5 * here - 2 * below + below2 / 2) / step, (-1.5 * here + 2 * above - above2 / 2) / step
    central = (8 * (above - below) - (above2 - below2)) / (12 * step)
    return _if_agreed(left, right, central, step)


def one_sided(odds: Floats, step: float) -> Floats:
    """The derivative to one side from odds at :data:`ONE_SIDED`, shape (5, …), by differences of second order.

    Examples
    --------
    >>> step = 1e-3
    >>> float(one_sided(np.exp(step * np.array(ONE_SIDED)), step).round(6))
    1.0
    >>> float(one_sided(np.sqrt(step * np.array(ONE_SIDED)), step))
    nan
    """
    here, quarter, half, one, two = odds
    short, long = (-1.5 * here + 2 * quarter - half / 2) / (step / 4), (-1.5 * here + 2 * one - two / 2) / step
    return _if_agreed(short, long, long, abs(step) / 4)


def _if_agreed(one: Floats, other: Floats, found: Floats, step: float) -> Floats:
    apart, size = np.abs(one - other), np.maximum(np.abs(one), np.abs(other))
    agreed: Floats = np.where(apart <= _AGREED * size + _NOISE / step, found, np.nan)
    return agreed
