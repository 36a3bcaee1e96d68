"""The five distributions of uncertain numbers: quantiles and distribution functions, also cut to a range.

Each is drawn by its quantile function at uniform numbers, so that draws can be spread evenly over its probability. A
draw of the part of a distribution that lies in a range is the quantile at a uniform number between the distribution
function's values at the range's ends: the same distribution as drawing until a number lies inside.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import betainc, betaincinv, expit, logit, ndtr, ndtri

from simulator.randomness import Floats
from simulator.scenario.numbers import Uncertain

Z95 = float(ndtri(0.95))
"""The 95 % quantile of the standard normal distribution."""

_LEAST, _MOST = 2.0**-60, 1 - 2.0**-53


def probability_below(number: Uncertain, value: float) -> float:
    """The distribution function: the probability in [0, 1] that the number is at most `value`."""
    if value in (-math.inf, math.inf):
        return float(value > 0)
    first, last = number.parameters[0], number.parameters[-1]
    match number.kind:
        case "uniform":
            found = (value - first) / (last - first)
        case "triangular":
            found = _triangle_below(value, *number.parameters)
        case "beta":
            found = betainc(first, last, min(max(value, 0.0), 1.0))
        case _:
            middle, spread = _normal(number)
            found = ndtr(((logit(min(max(value, 0.0), 1.0)) if _logit(number) else value) - middle) / spread)
    return min(max(float(found), 0.0), 1.0)


def quantile(number: Uncertain, u: Floats, lower: float = -math.inf, upper: float = math.inf) -> Floats:
    """The numbers that lie at the share `u` of the distribution's part between `lower` and `upper`.

    Parameters
    ----------
    number : Uncertain
        Its own bounds are not looked at.
    u : array, any shape
        Shares in (0, 1).
    lower, upper : float
        The range; it must have a positive probability.

    Returns
    -------
    array, shape of u
        In [lower, upper].
    """
    start, stop = probability_below(number, lower), probability_below(number, upper)
    share = np.clip(start + u * (stop - start), _LEAST, _MOST)
    first, last = number.parameters[0], number.parameters[-1]
    match number.kind:
        case "uniform":
            found = first + share * (last - first)
        case "triangular":
            found = _triangle(share, *number.parameters)
        case "beta":
            found = betaincinv(first, last, share)
        case _:
            middle, spread = _normal(number)
            found = middle + spread * ndtri(share)
            found = expit(found) if _logit(number) else found
    clipped: Floats = np.clip(found, lower, upper)
    return clipped


def _logit(number: Uncertain) -> bool:
    return number.kind == "between" and number.chance


def _normal(number: Uncertain) -> tuple[float, float]:
    """Mean and standard deviation, of the logit where the distribution is logit-normal."""
    first, last = number.parameters
    if number.kind == "normal":
        return first, last
    low, high = (float(logit(first)), float(logit(last))) if _logit(number) else (first, last)
    return (low + high) / 2, (high - low) / (2 * Z95)


def _triangle_below(value: float, low: float, mode: float, high: float) -> float:
    if value <= low or value >= high:
        return float(value >= high)
    if value <= mode:
        return (value - low) ** 2 / ((high - low) * (mode - low))
    return 1 - (high - value) ** 2 / ((high - low) * (high - mode))


def _triangle(share: Floats, low: float, mode: float, high: float) -> Floats:
    width, turn = high - low, (mode - low) / (high - low)
    rising = low + np.sqrt(share * width * (mode - low))
    falling: Floats = np.where(share < turn, rising, high - np.sqrt((1 - share) * width * (high - mode)))
    return falling
