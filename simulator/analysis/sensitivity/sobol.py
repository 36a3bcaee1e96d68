"""Of which uncertain number the doubt about the odds comes: Sobol indices.

First order: the share of the variance of the odds of adoption, over the numbers' distributions, that fixing this number
would take away. Total: the share that is left if all others were fixed [Sobol2001]_, [SaltelliEtAl2010]_. They are
estimated by SciPy from Sobol points; sets of them scrambled independently tell how far the estimates may be off.
Distributions are those of the file, whatever was learnt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from simulator.model.latent import Floats
from simulator.scenario import Scenario
from simulator.scenario.uncertain import UncertainNumber, bound_together, put_in, uncertain_numbers

Odds = Callable[[tuple[Scenario, ...]], Floats]
"""The odds of adoption of many scenarios with certain numbers, all of one structure."""

Effort = Callable[[Scenario], float]
"""What it takes to work out the odds of one scenario with certain numbers: about 1 where no more than one factor is
shared and things may stand in one way."""

REPLICATES = 8
"""Sets of points, each scrambled afresh."""

POINTS = (256, 128, 64)
"""Points of each of the two samples in a set: as many as are affordable. The odds are worked out at (numbers + 2) times
as many as there are points in all sets. Where one number has nearly all the variance, one standard error of its indices
is some 0.2, 0.4 and 0.9 in 100."""

MOST_WORK = 16_384
"""Scenarios for which the odds are worked out, times what one takes: some five seconds where that is 1."""

LEVEL = 0.9

_LOOKS = 16
"""Values of a single number that show whether the odds vary."""

_ALIKE = "no Sobol indices: the odds are the same whatever the uncertain numbers are"

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
        90 % intervals of the estimates; of a share of a few hundredths they can be too short.
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


def sobol(scenario: Scenario, odds: Odds, seed: int, effort: Effort = lambda _: 1.0) -> tuple[tuple[Index, ...], str]:
    """The indices of every uncertain number, largest total first, and why there are none.

    Parameters
    ----------
    odds : Odds
    seed : int
    effort : Effort
        Asked of the scenario with every number at its median, where there is something to estimate.
    """
    numbers = uncertain_numbers(scenario)
    if bound_together(scenario):
        return (), "no Sobol indices: they are of numbers that are independent, and limits bind these together"
    if len(numbers) == 1:  # nothing beside it, so nothing to estimate
        some = numbers[0].quantile((np.arange(_LOOKS) + 0.5) / _LOOKS)[:, None]
        varies = np.ptp(odds(put_in(scenario, some))) > 0
        return ((Index(numbers[0].key, 1.0, 1.0, (1.0, 1.0), (1.0, 1.0)),), "") if varies else ((), _ALIKE)
    points = points_for(len(numbers), effort(medians(scenario)))
    sample = _sampled(scenario, numbers, points, odds, np.random.default_rng(seed))
    if np.ptp(sample.one) == 0:
        return (), _ALIKE
    found, margin = sample.indices(), sample.margins()
    low, high = found - margin, found + margin
    indices = [
        Index(number.key, *found[:, at].tolist(), *(tuple(ends) for ends in zip(low[:, at], high[:, at], strict=True)))
        for at, number in enumerate(numbers)
    ]
    return tuple(sorted(indices, key=lambda index: -index.total)), ""


def points_for(numbers: int, effort: float) -> int:
    """How many points a set has: the most that are affordable, or the fewest."""
    each = REPLICATES * (numbers + 2) * effort
    return next((points for points in POINTS if points * each <= MOST_WORK), POINTS[-1])


def medians(scenario: Scenario) -> Scenario:
    """The scenario with every uncertain number at its median."""
    middle = [number.quantile(np.array([0.5])) for number in uncertain_numbers(scenario)]
    return put_in(scenario, np.column_stack(middle))[0]


def _sampled(
    scenario: Scenario, numbers: Sequence[UncertainNumber], each: int, odds: Odds, rng: np.random.Generator
) -> _Sample:
    """The odds at so many points of each set."""
    from scipy.stats.qmc import Sobol  # only who asks for it waits for it

    sets = [Sobol(2 * len(numbers), rng=rng).random(each) for _ in range(REPLICATES)]
    shares = np.clip(np.concatenate(sets), _EDGE, 1 - _EDGE)
    samples = [
        np.column_stack([number.quantile(half[:, at]) for at, number in enumerate(numbers)])
        for half in np.split(shares, 2, axis=1)
    ]
    return _Sample(*(odds(put_in(scenario, some)) for some in (*samples, np.concatenate(_mixed(*samples)))))


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
    """Odds at the points of two samples, shape (points,), set by set; and of their mixtures, (numbers · points,)."""

    one: Floats
    other: Floats
    mixed: Floats

    def some(self, sets: Sequence[int]) -> _Sample:
        """The same at the points of some sets."""
        places = np.arange(len(self.one)).reshape(REPLICATES, -1)[list(sets)].ravel()
        mixed = self.mixed.reshape(-1, len(self.one))[:, places].ravel()
        return _Sample(self.one[places], self.other[places], mixed)

    def indices(self) -> Floats:
        """First-order and total indices of every number, shape (2, numbers); NaN where the odds do not vary."""
        from scipy.stats import sobol_indices

        values = {"f_A": self.one[None], "f_B": self.other[None], "f_AB": self.mixed.reshape(-1, 1, len(self.one))}
        with np.errstate(divide="ignore", invalid="ignore"):
            found = sobol_indices(func=values, n=len(self.one))
        return np.stack([found.first_order.ravel(), found.total_order.ravel()])

    def margins(self) -> Floats:
        """Half the width of the intervals, shape (2, numbers).

        The jackknife that leaves out half of the sets at a time [ShaoWu1989]_: then what half of them say is as far
        from what all say as that is from the truth. With that many sets, by Student's t.
        """
        from scipy.special import stdtrit

        whole = self.indices()
        halves = [self.some(sets).indices() for sets in combinations(range(REPLICATES), REPLICATES // 2)]
        error = np.sqrt(np.nanmean((np.array(halves) - whole) ** 2, axis=0))
        margins: Floats = stdtrit(REPLICATES - 1, (1 + LEVEL) / 2) * error
        return margins
