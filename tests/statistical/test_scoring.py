"""Reliability and intervals on data whose truth is known. Seeds are fixed; false-alarm rates are stated."""

from __future__ import annotations

import numpy as np

from simulator.estimation.bootstrap import interval, resamples
from simulator.estimation.reliability import curve, line
from simulator.estimation.scores import weighted_mean
from simulator.model.latent import Floats

DRAFTS = 20_000
FOUR = 4.0
"""Standard errors: a sound line fails once in 16,000 times, for slope and intercept each."""


def _drafts(seed: int) -> tuple[Floats, Floats]:
    """Odds, spread as the record's are, and uniform numbers that decide the drafts."""
    rng = np.random.default_rng(seed)
    return np.clip(rng.beta(4, 0.6, DRAFTS), 0.002, 0.998), rng.random(DRAFTS)


def _errors(odds: Floats, slope: float, intercept: float) -> Floats:
    """Standard errors of intercept and slope, from the information at the line found."""
    logits = np.log(odds / (1 - odds))
    spread = 1 / (1 + np.exp(-(intercept + slope * logits)))
    spread = spread * (1 - spread)
    design = np.stack([np.ones(len(odds)), logits])
    found: Floats = np.sqrt(np.diag(np.linalg.inv((design * spread) @ design.T)))
    return found


def test_calibrated_odds_have_slope_1_and_intercept_0() -> None:
    """And every bin of the curve holds what it says, within four standard errors."""
    odds, decided = _drafts(1)
    adopted = decided < odds
    slope, intercept = (float(value) for value in line(odds, adopted, np.ones(DRAFTS)))
    errors = _errors(odds, slope, intercept)
    assert abs(intercept) < FOUR * errors[0]
    assert abs(slope - 1) < FOUR * errors[1]
    for one in curve(odds, adopted):
        assert one.forecast is not None
        assert one.adopted is not None
        error = (one.forecast * (1 - one.forecast) / one.count) ** 0.5
        assert abs(one.adopted - one.forecast) < FOUR * error + 1e-3


def test_odds_too_extreme_have_a_slope_below_1_by_the_factor_they_are() -> None:
    """The twin: logits doubled, so the slope is a half; and a shift of 1 too high is an intercept of -1."""
    odds, decided = _drafts(2)
    adopted = decided < odds
    for said, expected in ((odds**2 / (odds**2 + (1 - odds) ** 2), (0.5, 0.0)), (_shifted(odds, 1.0), (1.0, -1.0))):
        inside = (said > 0.001) & (said < 0.999)
        slope, intercept = (float(value) for value in line(said, adopted, inside.astype(float)))
        errors = _errors(said[inside], slope, intercept)
        assert abs(slope - expected[0]) < FOUR * errors[1]
        assert abs(intercept - expected[1]) < FOUR * errors[0]


def _shifted(odds: Floats, by: float) -> Floats:
    return 1 / (1 + np.exp(-(np.log(odds / (1 - odds)) + by)))


ITEMS, VOTES, TIMES = 40, 10, 300


def _covered(clustered: bool) -> float:
    """How often the interval of a mean covers the truth, 0, where votes on an item share most of their loss."""
    covered = 0
    for seed in range(TIMES):
        rng = np.random.default_rng(1000 + seed)
        losses = (rng.normal(size=(ITEMS, 1)) + 0.5 * rng.normal(size=(ITEMS, VOTES))).ravel()
        names = [str(place // VOTES if clustered else place) for place in range(ITEMS * VOTES)]
        ends = interval(weighted_mean(losses, resamples(names, 400, seed)))
        assert ends is not None
        covered += ends[0] <= 0 <= ends[1]
    return covered / TIMES


def test_intervals_over_agenda_items_cover_nine_times_in_ten() -> None:
    """Within 0.84 and 0.95: at a true rate of 0.89, as of forty items, each side fails in fewer than 1 of 200 seeds."""
    assert 0.84 <= _covered(clustered=True) <= 0.95


def test_intervals_over_single_votes_cover_far_less() -> None:
    """The twin, and the reason why whole items are drawn."""
    assert _covered(clustered=False) < 0.6
