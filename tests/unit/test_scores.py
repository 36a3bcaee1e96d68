"""Scores against formulas written another way, and against counting pairs and cases."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from scipy.optimize import minimize

from simulator.estimation.bootstrap import interval, resamples
from simulator.estimation.reliability import curve, line
from simulator.estimation.scores import (
    LEAST,
    area_under_curve,
    balanced_accuracy,
    brier,
    called,
    log_loss,
    ranked_probability,
    skill,
    summed,
    weighted_mean,
)

RNG = np.random.default_rng(4)
ODDS = RNG.dirichlet([3.0, 1.0, 0.5], 60)
HAPPENED = RNG.integers(0, 3, 60)
ADOPTED = HAPPENED == 0


def test_brier_is_the_squared_error() -> None:
    """Three worked by hand."""
    assert brier(np.array([1.0, 0.7, 0.2]), np.array([True, False, True])) == pytest.approx([0.0, 0.49, 0.64])


def test_log_loss_is_in_nats_and_never_infinite() -> None:
    """A certainty that did not come true counts as the least odds."""
    odds = np.array([[0.5, 0.25, 0.25], [1.0, 0.0, 0.0]])
    assert log_loss(odds, np.array([2, 1])) == pytest.approx([math.log(4), -math.log(LEAST)])


def test_ranked_probability_is_the_mean_squared_error_of_both_thresholds() -> None:
    """Of 'was it adopted' and 'did it have the votes', asked apart."""
    expected = [
        ((odds[0] - (place == 0)) ** 2 + ((odds[0] + odds[1]) - (place in (0, 1))) ** 2) / 2
        for odds, place in zip(ODDS, HAPPENED, strict=True)
    ]
    assert ranked_probability(ODDS, HAPPENED) == pytest.approx(expected)


def test_an_adopted_draft_forgives_odds_of_a_veto_more_than_odds_of_failure() -> None:
    """What the ranking is for: the three-way Brier score does not."""
    veto, failure = np.array([[0.6, 0.4, 0.0]]), np.array([[0.6, 0.0, 0.4]])
    adopted = np.array([0])
    assert ranked_probability(veto, adopted) < ranked_probability(failure, adopted)


def test_skill_compares_and_is_undefined_beside_perfection() -> None:
    assert skill(np.array([0.03, 0.1, 0.0]), np.array([0.1, 0.1, 0.0])) == pytest.approx(
        [0.7, 0.0, np.nan], nan_ok=True
    )


def test_area_under_curve_counts_pairs() -> None:
    """All pairs of one adopted and one not, one by one; odds rounded so that there are ties."""
    odds = np.round(ODDS[:, 0], 1)
    pairs = list(product(odds[ADOPTED], odds[~ADOPTED]))
    expected = sum((one > other) + (one == other) / 2 for one, other in pairs) / len(pairs)
    assert area_under_curve(odds, ADOPTED, np.ones(60)) == pytest.approx(expected)


def test_area_under_curve_does_not_exist_without_both_kinds() -> None:
    assert math.isnan(area_under_curve(ODDS[:, 0], np.ones(60, dtype=bool), np.ones(60)))


def test_balanced_accuracy_is_the_mean_recall_of_the_kinds_that_occur() -> None:
    """Two of three yes, none of one no; nothing abstained."""
    odds = np.array([[0.9, 0.1, 0.0], [0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.6, 0.2, 0.2]])
    happened = np.array([0, 0, 0, 2])
    assert balanced_accuracy(*called(odds, happened), np.ones(4)) == pytest.approx((2 / 3 + 0) / 2)


def test_votes_that_do_not_count_are_not_called() -> None:
    """Of members' votes, those of one seat alone."""
    odds = np.array([[[0.9, 0.1, 0.0], [0.9, 0.1, 0.0]], [[0.1, 0.9, 0.0], [0.9, 0.1, 0.0]]])
    happened = np.array([[0, 1], [1, 1]])
    first = np.array([[1.0, 0.0], [1.0, 0.0]])
    assert balanced_accuracy(*called(odds, happened, first), np.ones(2)) == 1
    assert balanced_accuracy(*called(odds, happened), np.ones(2)) == pytest.approx((1 + 1 / 3) / 2)


@pytest.mark.parametrize("score", ["mean", "area", "accuracy", "slope"])
def test_a_whole_weight_is_so_many_copies(score: str) -> None:
    """Every score under weights is that of the roll calls repeated; rows of weights are scored one by one."""
    weights = np.stack([RNG.integers(0, 4, 60), RNG.integers(0, 4, 60)]).astype(float)

    def scored(odds: np.ndarray, happened: np.ndarray, under: np.ndarray) -> np.ndarray:
        if score == "mean":
            return weighted_mean(log_loss(odds, happened), under)
        if score == "area":
            return area_under_curve(odds[:, 0], happened == 0, under)
        if score == "accuracy":
            return balanced_accuracy(*called(odds, happened), under)
        return line(odds[:, 0], happened == 0, under)[0]

    together = scored(ODDS, HAPPENED, weights)
    for row, found in zip(weights.astype(int), together, strict=True):
        copies = np.repeat(np.arange(60), row)
        assert found == pytest.approx(scored(ODDS[copies], HAPPENED[copies], np.ones(len(copies))), rel=1e-8)


def test_sums_are_those_of_a_matrix_product() -> None:
    weights, values = RNG.random((5, 60)), RNG.random((60, 3))
    assert summed(weights, values) == pytest.approx(weights @ values)


def test_the_line_has_the_highest_likelihood() -> None:
    """By a general optimiser that shares nothing with Newton's method here."""
    odds = ODDS[:, 0]
    logits = np.log(odds / (1 - odds))

    def cost(at: np.ndarray) -> float:
        return float(np.logaddexp(0, np.where(ADOPTED, -1, 1) * (at[0] + at[1] * logits)).sum())

    best = minimize(cost, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000}).x
    slope, intercept = line(odds, ADOPTED, np.ones(60))
    assert (intercept, slope) == pytest.approx(tuple(best), abs=1e-5)


def test_the_line_clips_certainties() -> None:
    """Odds of 1 and of 0.9999 are one logit."""
    odds, sure = np.array([0.2, 0.6, 0.9999, 0.5, 0.9]), np.array([0.2, 0.6, 1.0, 0.5, 0.9])
    adopted = np.array([False, True, True, True, False])
    assert line(odds, adopted, np.ones(5)) == line(sure, adopted, np.ones(5))


@pytest.mark.parametrize(
    ("odds", "adopted"),
    [
        ([0.2, 0.3, 0.8, 0.9], [False, False, True, True]),
        ([0.2, 0.3, 0.8, 0.9], [True, True, False, False]),
        ([0.2, 0.5, 0.5, 0.9], [False, False, True, True]),
        ([0.2, 0.3, 0.8, 0.9], [True, True, True, True]),
        ([0.9, 0.9, 0.9, 0.9], [True, True, False, True]),
    ],
    ids=["parted", "parted the wrong way", "parted but for a tie", "all adopted", "all the same odds"],
)
def test_there_is_no_line_where_the_likelihood_has_no_maximum(odds: list[float], adopted: list[bool]) -> None:
    """Said as such, beside a resample that has one."""
    overlapping = np.array([0.5, 0.6, 0.7, 0.8]), np.array([True, False, True, False])
    both = np.concatenate([odds, overlapping[0]]), np.concatenate([adopted, overlapping[1]])
    weights = np.array([[1.0] * 4 + [0.0] * 4, [0.0] * 4 + [1.0] * 4])
    slope, intercept = line(*both, weights)
    assert list(np.isnan(slope)) == list(np.isnan(intercept)) == [True, False]


def test_the_line_is_found_where_newton_alone_runs_away() -> None:
    """Nearly parted data: the slope is large, and still the gradient vanishes there."""
    odds = np.array([0.001] * 50 + [0.6, 0.61] + [0.999] * 50)
    adopted = np.array([False] * 50 + [True, False] + [True] * 50)
    slope, intercept = line(odds, adopted, np.ones(102))
    logits = np.log(odds / (1 - odds))
    off = adopted - 1 / (1 + np.exp(-(intercept + slope * logits)))
    assert abs(off.sum()) < 1e-6
    assert abs(off @ logits) < 1e-6


def test_the_curve_counts_every_forecast_once() -> None:
    """At the edges too: a bin holds its lower edge, the last one both."""
    odds = np.array([0.0, 0.5, 0.5, 0.95, 1.0])
    found = curve(odds, np.array([False, True, False, True, True]), (0.0, 0.5, 0.9, 1.0))
    assert [one.count for one in found] == [1, 2, 2]
    assert [one.adopted for one in found] == [0.0, 0.5, 1.0]
    assert found[2].forecast == pytest.approx(0.975)
    assert curve(odds[:1], np.array([True]), (0.0, 0.5, 1.0))[1].as_dict() == {
        "low": 0.5,
        "high": 1.0,
        "count": 0,
        "forecast": None,
        "adopted": None,
        "interval": None,
    }


def test_resamples_keep_agenda_items_whole_and_their_number() -> None:
    """Votes on an item are drawn together; as many items as there are."""
    agendas = ["syria", "mali", "syria", "dprk", "mali", "syria"]
    weights = resamples(agendas, 500)
    assert (weights[:, 0] == weights[:, 2]).all()
    assert (weights[:, 1] == weights[:, 4]).all()
    assert (weights[:, [0, 1, 3]].sum(axis=1) == 3).all()
    assert weights.mean() == pytest.approx(1, abs=0.1)
    assert (weights == resamples(agendas, 500)).all()
    assert (weights != resamples(agendas, 500, seed=2)).any()


def test_an_interval_is_refused_where_too_many_resamples_have_no_score() -> None:
    values = np.concatenate([np.arange(101.0), np.full(5, np.nan)])
    assert interval(values) == pytest.approx((5, 95))
    assert interval(np.concatenate([values, np.full(20, np.nan)])) is None
