"""The line through earlier forecasts: what it does to the kinds of draft, how it is fitted, and what it may not see."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit

from simulator.estimation import calibrate
from simulator.estimation.backtest import forecast_of
from simulator.estimation.calibrate import line_through, lines
from simulator.estimation.trees import shipped_trees
from simulator.facts import Matter, Outcome, RollCall, roll_calls
from simulator.model.history.calibration import STEEPEST, Line, _shipped_lines, line_on
from simulator.model.history.estimates import FIRST_ORIGIN, LAST_ORIGIN, origin_of, shipped_estimates
from simulator.model.history.past import shipped_past

CARRIED = np.array([[0.99, 0.999], [0.7, 0.9], [0.05, 0.3]])
KINDS = np.array([[0.7, 0.5], [0.2, 0.4], [0.1, 0.1]])


@given(st.floats(-1, 1), st.floats(0.5, 2))
def test_the_odds_lie_on_the_line(intercept: float, slope: float) -> None:
    line = Line(intercept, slope)
    plain = (KINDS * CARRIED).sum(axis=0).mean()
    shares = line.shares(KINDS, CARRIED)
    assert shares.sum(axis=0) == pytest.approx(1)
    wanted = expit(intercept + slope * logit(plain))
    found = (shares * CARRIED).sum(axis=0).mean()
    factors = np.log(shares / KINDS)
    if np.ptp(factors, axis=0).max() < STEEPEST * np.ptp(CARRIED, axis=0).max() - 1e-3:
        assert found == pytest.approx(wanted, abs=1e-4)
    else:  # as near as the bound lets it
        assert min(plain, wanted) <= found <= max(plain, wanted)


def test_no_kind_is_ruled_out() -> None:
    """However steep the line: later evidence can bring every kind back."""
    shares = Line(-9.0, 3.0).shares(KINDS, CARRIED)
    assert (shares >= KINDS * np.exp(-STEEPEST)).all()


def test_the_plain_line_changes_nothing() -> None:
    assert Line().shares(KINDS, CARRIED) is KINDS


def test_the_kinds_of_equal_odds_keep_their_proportion() -> None:
    """What the odds do not tell apart stays as the record has it."""
    kinds, carried = np.array([[0.3], [0.2], [0.5]]), np.array([[0.9], [0.9], [0.1]])
    shares = Line(1.0, 1.5).shares(kinds, carried)
    assert shares[0] / shares[1] == pytest.approx(1.5)
    assert shares[2] < 0.5


def test_a_line_is_found_again() -> None:
    rng = np.random.default_rng(3)
    said = rng.beta(4, 1, 20_000)
    happened = rng.random(len(said)) < expit(-0.4 + 1.5 * logit(said))
    found = line_through(said, happened.astype(float))
    assert found.intercept == pytest.approx(-0.4, abs=0.1)
    assert found.slope == pytest.approx(1.5, abs=0.1)


def test_few_votes_move_it_little() -> None:
    found = line_through(np.full(5, 0.9), np.ones(5))
    assert abs(found.intercept) < 0.3
    assert abs(found.slope - 1) < 0.3


@dataclass(frozen=True)
class _Told:
    adopted: float


@dataclass(frozen=True)
class _Forecast:
    outcomes: _Told


def test_a_years_line_does_not_see_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor later ones: turned round, they change no line up to the year, and change the next."""

    def told(vote: RollCall, *_: Any) -> _Forecast:
        return _Forecast(_Told(0.8 if vote.id.startswith("S/RES") else 0.6))

    monkeypatch.setattr(calibrate, "forecast_of", told)
    turned = tuple(
        replace(vote, outcome=Outcome.FAILED if vote.outcome is Outcome.ADOPTED else Outcome.ADOPTED)
        if vote.date >= datetime.date(2012, 1, 1)
        else vote
        for vote in roll_calls()
    )
    before, after = (
        {year: line for year, line, _ in lines(votes, shipped_estimates)} for votes in (roll_calls(), turned)
    )
    assert list(before) == list(range(FIRST_ORIGIN + 1, LAST_ORIGIN + 1))
    assert all((before[year] == after[year]) is (year <= 2012) for year in before)


def test_lines_ship_for_every_year_but_the_first() -> None:
    assert list(_shipped_lines()) == list(range(FIRST_ORIGIN + 1, LAST_ORIGIN + 1))
    assert line_on(datetime.date(FIRST_ORIGIN, 12, 31)) == Line()
    assert line_on(datetime.date(2031, 1, 1)) == _shipped_lines()[LAST_ORIGIN]
    assert line_on(datetime.date(2012, 1, 1)) == _shipped_lines()[2012]


def test_forecasts_lie_on_the_line_that_ships() -> None:
    """The nodes by which the kinds are moved are coarse: within a hundredth, or short of it where the bound is met."""
    votes = [v for v in roll_calls() if v.date.year in (2011, 2017, 2023) and v.matter is Matter.SUBSTANTIVE]
    short = 0
    for vote in votes:
        known = shipped_estimates(origin_of(vote.date))
        plain, moved = (forecast_of(vote, shipped_past(), known, line).outcomes.adopted for line in (Line(), None))
        wanted = line_on(known.until).of(plain)
        if moved != pytest.approx(wanted, abs=0.01):
            assert min(plain, wanted) < moved < max(plain, wanted)
            short += 1
    assert len(votes) > 100
    assert short < 0.1 * len(votes)


@pytest.mark.long
def test_the_lines_that_ship_are_those_that_the_program_makes() -> None:
    """From the record and the estimates that ship. If not: unsc fit --shipped makes them anew."""
    made = {year: line for year, line, _ in lines(roll_calls(), shipped_estimates)}
    shipped = _shipped_lines()
    assert list(made) == list(shipped)
    for year, line in made.items():
        assert line.intercept == pytest.approx(shipped[year].intercept, abs=1e-3)
        assert line.slope == pytest.approx(shipped[year].slope, abs=1e-3)


@pytest.mark.long
def test_the_trees_that_ship_are_those_that_the_program_grows() -> None:
    """Of two years, where the extra fit is there. Versions of the library may part a leaf otherwise here and there."""
    pytest.importorskip("sklearn", reason="the extra fit is not installed")
    from simulator.estimation.grow import grown

    known = shipped_trees()
    off = [np.abs(odds - known[name]).max() for name, odds in grown(roll_calls(), 2014, 2015)]
    assert len(off) > 100
    assert np.mean(off) < 0.005
