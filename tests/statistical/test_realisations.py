"""Draws of uncertain numbers: spread evenly, cut as rejection cuts, redrawn without a trace.

Every test is seeded. Tests of Kolmogorov and Smirnov's are made at a false-alarm rate of 1e-4 each (evenly spread draws
only lower it), and the wrong way beside the right one is shown to fail them.
"""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats
from numpy.typing import NDArray

from simulator.randomness import Purpose, Stream
from simulator.scenario import parse
from simulator.scenario.distributions import quantile
from simulator.scenario.numbers import Uncertain
from simulator.scenario.uncertain import realisations

Floats = NDArray[np.float64]

FALSE_ALARM = 1e-4
COUNT = 20_000
BARE = 'schema = 1\ntitle = "t"\ndraft.date = 2022-05-26\n'
PAIR = (
    "blocs = [{ members = 'all', cohesion = { uniform = [0, 0.8] } }, "
    "{ members = 'elected', cohesion = { uniform = [0, 0.8] } }]"
)

CUT = [
    (Uncertain("normal", (0.9, 0.3), 0.0, 1.0), scipy.stats.norm(0.9, 0.3)),
    (Uncertain("normal", (0.0, 0.2), 0.0, 1.0), scipy.stats.norm(0, 0.2)),
    (Uncertain("uniform", (-0.4, 0.8), 0.0, 1.0), scipy.stats.uniform(-0.4, 1.2)),
    (Uncertain("triangular", (-0.2, 0.1, 1.4), 0.0, 1.0), scipy.stats.triang(0.3 / 1.6, -0.2, 1.6)),
    (Uncertain("beta", (2.0, 2.0), 0.0, 0.6), scipy.stats.beta(2, 2)),
]


@pytest.mark.parametrize(("number", "whole"), CUT, ids=[str(number) for number, _ in CUT])
def test_a_cut_distribution_is_that_of_drawing_until_a_draw_lies_inside(number: Uncertain, whole: object) -> None:
    cut = quantile(number, Stream(1, 0, Purpose.PARAMETERS).uniform(COUNT), number.lower, number.upper)
    drawn = whole.rvs(4 * COUNT, random_state=np.random.default_rng(2))  # type: ignore[attr-defined]  # no types
    inside = drawn[(number.lower <= drawn) & (drawn <= number.upper)]
    assert len(inside) > COUNT
    assert scipy.stats.ks_2samp(cut, inside).pvalue > FALSE_ALARM
    moved_to_the_bound = np.clip(drawn, number.lower, number.upper)
    assert scipy.stats.ks_2samp(cut, moved_to_the_bound).pvalue < FALSE_ALARM


def cohesions(toml: str, count: int, seed: int) -> Floats:
    """Draws of the cohesions: rows are realisations, columns blocs."""
    found = realisations(parse(BARE + toml), count, seed)
    return np.array([[bloc.cohesion for bloc in one.blocs] for one in found])


@pytest.mark.parametrize("count", [1, 2, 7, 400])
def test_of_n_draws_one_lies_in_each_nth_of_the_probability(count: int) -> None:
    """Of the part within the bounds: a number uniform from -0.2 to 1 is uniform from 0 to 1."""
    (column,) = cohesions("blocs = [{ members = 'all', cohesion = { uniform = [-0.2, 1] } }]", count, 9).T
    assert sorted(np.floor(column * count)) == list(range(count))
    independent = Stream(9, 0, Purpose.PARAMETERS).uniform(400)
    assert sorted(np.floor(independent * 400)) != list(range(400))


def test_the_order_and_the_place_within_each_nth_are_random() -> None:
    (column,) = cohesions("blocs = [{ members = 'all', cohesion = { uniform = [0, 1] } }]", COUNT, 9).T
    within = column * COUNT % 1
    assert scipy.stats.kstest(within, "uniform").pvalue > FALSE_ALARM
    neighbours = np.corrcoef(column[1:], column[:-1])[0, 1]
    assert abs(neighbours) < 4 / COUNT**0.5  # four standard errors: a false alarm in 16,000


def test_different_numbers_are_drawn_independently() -> None:
    blocs = PAIR.replace("0.8", "0.5")
    first, second = cohesions(blocs, COUNT, 9).T
    assert abs(np.corrcoef(first, second)[0, 1]) < 4 / COUNT**0.5


def below(value: Floats) -> Floats:
    """The distribution function of one of two numbers uniform on 0 to 0.8, given that their sum is at most 1.

    Given one, x, the other has the room min(0.8, 1 − x); its integral from 0, over the whole area 0.64 − 0.6² / 2.
    """
    area = np.where(value <= 0.2, 0.8 * value, 0.16 + (value - 0.2) - (value**2 - 0.04) / 2)
    share: Floats = area / (0.64 - 0.36 / 2)
    return share


def test_numbers_with_a_limit_together_are_distributed_as_that_limit_leaves_them() -> None:
    draws = cohesions(PAIR, COUNT, 9)
    assert (draws.sum(axis=1) <= 1).all()
    for column in draws.T:
        assert scipy.stats.kstest(column, below).pvalue > FALSE_ALARM


def test_redrawing_only_one_of_the_numbers_would_be_found_out() -> None:
    """The wrong twin: where the limit is broken, the second number is drawn again to fit the first."""
    rng = np.random.default_rng(3)
    first, second = rng.uniform(0, 0.8, (2, COUNT))
    second = np.where(first + second > 1, rng.uniform(0, np.minimum(0.8, 1 - first)), second)
    assert scipy.stats.kstest(first, below).pvalue < FALSE_ALARM


def test_the_limit_leaves_the_draws_of_other_numbers_as_they_are() -> None:
    other = "\nmembers.CHN.odds = { no = { uniform = [0, 0.4] }, yes = 'rest' }"
    found = [realisations(parse(BARE + other + blocs), 400, 9) for blocs in ("", "\n" + PAIR)]
    assert [one.members for one in found[0]] == [one.members for one in found[1]]
