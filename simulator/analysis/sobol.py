"""Of which uncertain number the doubt about the odds comes: Sobol indices.

First order: the share of the variance of the odds of adoption, over the numbers' distributions, that fixing this number
would take away. Total: the share that is left if all others were fixed [Sobol2001]_, [SaltelliEtAl2010]_. They are
estimated by SciPy from Sobol points, with an interval by resampling the points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.model.latent import Floats
from simulator.scenario import Scenario
from simulator.scenario.uncertain import bound_together, put_in, uncertain_numbers

POINTS = 256
"""Points of each of the two samples; odds are worked out at (numbers + 2) times as many."""

LEVEL = 0.9
_RESAMPLES = 500

_EDGE = 1e-12
"""Shares of a distribution nearer to its ends than this are not looked at."""


@dataclass(frozen=True, slots=True)
class Index:
    """One number's share of the variance of the odds.

    Attributes
    ----------
    key : str
    first, total : float
        As estimated; an estimate can lie a little outside 0 to 1.
    first_interval, total_interval : tuple of float
        90 % intervals.
    """

    key: str
    first: float
    total: float
    first_interval: tuple[float, float]
    total_interval: tuple[float, float]

    def as_dict(self) -> dict[str, Any]:
        """By name."""
        return {
            "key": self.key,
            "first": self.first,
            "total": self.total,
            "first_interval": list(self.first_interval),
            "total_interval": list(self.total_interval),
        }


def sobol(
    scenario: Scenario, odds: Callable[[tuple[Scenario, ...]], Floats], seed: int
) -> tuple[tuple[Index, ...], str]:
    """The indices of every uncertain number, largest total first, and why there are none.

    Parameters
    ----------
    odds : callable
        The odds of adoption of many scenarios with certain numbers, all of one structure.
    seed : int
    """
    numbers = uncertain_numbers(scenario)
    if bound_together(scenario):
        return (), "no Sobol indices: they are of numbers that are independent, and limits bind these together"
    from scipy.stats.qmc import Sobol  # only who asks for it waits for it

    rng = np.random.default_rng(seed)
    shares = np.clip(Sobol(2 * len(numbers), rng=rng).random(POINTS), _EDGE, 1 - _EDGE)
    points = [
        np.column_stack([number.quantile(half[:, at]) for at, number in enumerate(numbers)])
        for half in np.split(shares, 2, axis=1)
    ]
    sample = _Sample(*(odds(put_in(scenario, some)) for some in (*points, np.concatenate(_mixed(*points)))))
    if np.ptp(sample.one) == 0:
        return (), "no Sobol indices: the odds are the same whatever the uncertain numbers are"
    first, total = sample.indices()
    resampled = np.array([sample.some(rng.integers(0, POINTS, POINTS)).indices() for _ in range(_RESAMPLES)])
    tail = (1 - LEVEL) / 2
    low, high = np.nanquantile(resampled, [tail, 1 - tail], axis=0)
    indices = [
        Index(
            number.key,
            float(first[at]),
            float(total[at]),
            (float(low[0, at]), float(high[0, at])),
            (float(low[1, at]), float(high[1, at])),
        )
        for at, number in enumerate(numbers)
    ]
    return tuple(sorted(indices, key=lambda index: -index.total)), ""


def _mixed(one: Floats, other: Floats) -> list[Floats]:
    """For each number, the points of the first sample with this number from the second."""
    found = []
    for at in range(one.shape[1]):
        some = one.copy()
        some[:, at] = other[:, at]
        found.append(some)
    return found


@dataclass(frozen=True, slots=True)
class _Sample:
    """Odds at the points of two samples, shape (points,), and of their mixtures, shape (numbers · points,)."""

    one: Floats
    other: Floats
    mixed: Floats

    def some(self, places: NDArray[np.int64]) -> _Sample:
        """The same at some points, some of them several times."""
        mixed = self.mixed.reshape(-1, len(self.one))[:, places].ravel()
        return _Sample(self.one[places], self.other[places], mixed)

    def indices(self) -> tuple[Floats, Floats]:
        """First-order and total indices of every number, NaN where the odds do not vary."""
        from scipy.stats import sobol_indices

        values = {"f_A": self.one[None], "f_B": self.other[None], "f_AB": self.mixed.reshape(-1, 1, len(self.one))}
        with np.errstate(divide="ignore", invalid="ignore"):
            found = sobol_indices(func=values, n=len(self.one))
        return found.first_order.ravel(), found.total_order.ravel()
