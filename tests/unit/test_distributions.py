"""The distributions of uncertain numbers, held against scipy.stats, which the package does not use."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.stats
from scipy.special import logit

from simulator.scenario.distributions import probability_below, quantile
from simulator.scenario.numbers import EXAMPLES, Uncertain

CHANCE, FREE = (0.0, 1.0), (-math.inf, math.inf)
SHARES = np.array([1e-9, 0.001, 0.05, 0.2, 0.5, 0.77, 0.95, 0.999, 1 - 1e-9])

FROM_SCIPY = [
    (Uncertain("normal", (0.4, 0.2), *CHANCE), scipy.stats.norm(0.4, 0.2)),
    (Uncertain("normal", (-3.0, 5.0), *FREE), scipy.stats.norm(-3, 5)),
    (Uncertain("beta", (2.0, 5.0), *CHANCE), scipy.stats.beta(2, 5)),
    (Uncertain("beta", (0.5, 0.5), *CHANCE), scipy.stats.beta(0.5, 0.5)),
    (Uncertain("triangular", (0.1, 0.3, 0.8), *CHANCE), scipy.stats.triang(0.2 / 0.7, 0.1, 0.7)),
    (Uncertain("triangular", (-1.0, -1.0, 2.0), *FREE), scipy.stats.triang(0, -1, 3)),
    (Uncertain("triangular", (0.0, 1.0, 1.0), *CHANCE), scipy.stats.triang(1)),
    (Uncertain("uniform", (0.2, 0.6), *CHANCE), scipy.stats.uniform(0.2, 0.4)),
    (Uncertain("between", (-2.0, 4.0), *FREE), scipy.stats.norm(1, 3 / scipy.stats.norm.ppf(0.95))),
]
IDS = [str(number) for number, _ in FROM_SCIPY]


@pytest.mark.parametrize(("number", "oracle"), FROM_SCIPY, ids=IDS)
def test_quantiles_and_distribution_functions_are_those_of_scipy_stats(number: Uncertain, oracle: object) -> None:
    expected = oracle.ppf(SHARES)  # type: ignore[attr-defined]  # SciPy publishes no types
    assert quantile(number, SHARES) == pytest.approx(expected, rel=1e-9, abs=1e-12)
    below = [probability_below(number, value) for value in expected]
    assert below == pytest.approx(SHARES, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(("low", "high"), [(0.3, 0.8), (0.001, 0.01), (0.2, 0.999), (0.49, 0.51)])
def test_between_has_its_two_numbers_as_5_and_95_per_cent_quantiles(low: float, high: float) -> None:
    for bounds in (CHANCE, FREE):
        number = Uncertain("between", (low, high), *bounds)
        assert quantile(number, np.array([0.05, 0.95])) == pytest.approx([low, high], rel=1e-12)


def test_between_of_a_chance_is_logit_normal_and_stays_inside_0_to_1() -> None:
    number = Uncertain("between", (0.02, 0.3), *CHANCE)
    scale = (logit(0.3) - logit(0.02)) / 2 / scipy.stats.norm.ppf(0.95)
    oracle = scipy.stats.norm((logit(0.3) + logit(0.02)) / 2, scale)
    found = quantile(number, SHARES)
    assert logit(found) == pytest.approx(oracle.ppf(SHARES), rel=1e-8)
    assert (found > 0).all()
    assert (found < 1).all()


@pytest.mark.parametrize("bounds", [(0.0, 1.0), (0.0, 0.45), (0.3, math.inf), (-math.inf, math.inf)])
@pytest.mark.parametrize(("number", "oracle"), FROM_SCIPY, ids=IDS)
def test_a_cut_distribution_has_the_quantiles_of_the_part_that_is_left(
    number: Uncertain, oracle: object, bounds: tuple[float, float]
) -> None:
    """By the definition: the share of the part's probability that lies at or below the quantile is u."""
    start, stop = oracle.cdf(bounds)  # type: ignore[attr-defined]  # as above
    shares = SHARES[1:-1]
    found = quantile(number, shares, *bounds)
    assert (oracle.cdf(found) - start) / (stop - start) == pytest.approx(shares, abs=1e-9)  # type: ignore[attr-defined]
    assert bounds[0] <= found.min() <= found.max() <= bounds[1]


@pytest.mark.parametrize("kind", EXAMPLES)
def test_quantiles_rise_and_are_finite_at_the_ends(kind: str) -> None:
    parameters = {"triangular": (0.1, 0.3, 0.8), "beta": (0.01, 1e6)}.get(kind, (0.2, 0.7))
    for bounds in (CHANCE, FREE):
        found = quantile(Uncertain(kind, parameters, *bounds), np.linspace(1e-16, 1, 1000))
        assert np.isfinite(found).all()
        assert (np.diff(found) >= 0).all()
