"""Sobol indices against quadrature, and how many points they are given."""

from __future__ import annotations

import numpy as np
import pytest

import simulator
from simulator.analysis import sensitivity
from simulator.analysis.sensitivity.sobol import medians, points_for
from simulator.engines import Options
from simulator.engines.exact.many import nodes_of
from simulator.engines.standing import Standing
from simulator.model.latent import Floats
from simulator.scenario.uncertain import put_in, uncertain_numbers

NAME = "what-we-do-not-know"


def by_quadrature(name: str, nodes: int = 14) -> tuple[Floats, Floats]:
    """First and total indices of two uncertain numbers, on a grid of Gauss–Legendre nodes of both distributions."""
    scenario = simulator.load(name)
    places, weights = np.polynomial.legendre.leggauss(nodes)
    shares, weights = (places + 1) / 2, weights / 2
    one, other = (number.quantile(shares) for number in uncertain_numbers(scenario))
    grid = np.column_stack([np.repeat(one, nodes), np.tile(other, nodes)])
    odds = np.array([simulator.odds(each, engine="exact").adopted for each in put_in(scenario, grid)])
    odds = odds.reshape(nodes, nodes)
    mean = weights @ odds @ weights
    variance = weights @ (odds - mean) ** 2 @ weights
    alone = np.array([weights @ (odds @ weights - mean) ** 2, weights @ (weights @ odds - mean) ** 2]) / variance
    return alone, 1 - alone[::-1]


def test_they_are_those_of_quadrature() -> None:
    """98.6 and 98.8 in 100 of China's no, 1.2 and 1.4 of the bloc's cohesion.

    Root mean square errors over sixty seeds are 0.16 and 0.14 points of the large one, 0.06 and 0.01 of the small.
    Tolerances are four such: another seed alarms falsely in some 4,000. A quarter of the points makes them five times
    as large, and the large total smaller than the share alone at every fifth seed.
    """
    first, total = by_quadrature(NAME)
    assert first == pytest.approx([0.98607, 0.01223], abs=1e-4)  # as with 40 nodes each
    assert total == pytest.approx([0.98777, 0.01393], abs=1e-4)
    large, small = sensitivity(NAME).indices
    assert (large.key, small.key) == ("members.CHN.odds.no", "blocs.0.cohesion")
    assert large.first == pytest.approx(first[0], abs=0.0064)
    assert large.total == pytest.approx(total[0], abs=0.0056)
    assert small.first == pytest.approx(first[1], abs=0.0024)
    assert small.total == pytest.approx(total[1], abs=0.0004)
    assert all(one.first <= one.total for one in (large, small))


@pytest.mark.parametrize(
    ("numbers", "effort", "points"),
    [(2, 1.17, 256), (4, 1.17, 256), (5, 1.17, 128), (11, 1.17, 128), (40, 1.17, 64), (2, 5.0, 64), (2, 400.0, 64)],
)
def test_there_are_fewer_points_only_where_each_takes_longer_or_numbers_are_many(
    numbers: int, effort: float, points: int
) -> None:
    assert points_for(numbers, effort) == points


def test_a_bloc_within_a_bloc_takes_many_times_the_nodes_of_one() -> None:
    found = []
    for name in (NAME, "dprk-2022-05"):
        scenario = simulator.load(name)
        scenario = medians(scenario) if scenario.uncertain else scenario
        (only,) = Standing.of(scenario, 1, Options().seed).possibles
        found.append(nodes_of(only.model, only.majority))
    one, nested = found
    assert 10 < one < 40
    assert nested > 20 * one
