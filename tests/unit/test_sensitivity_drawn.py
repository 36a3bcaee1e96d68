"""Sensitivity by Monte Carlo: every figure is drawn, says so, and has an error that holds."""

from __future__ import annotations

import pytest

import simulator
from simulator.analysis import Sensitivity, sensitivity
from simulator.analysis.sensitivity.answers import Answers
from simulator.analysis.sensitivity.derivatives import derivative
from simulator.analysis.sensitivity.numbers import file_numbers
from simulator.analysis.sensitivity.sensitivities import sensitivity_of
from simulator.engines import Engine, Options
from simulator.scenario import parse

CROSSING = (
    'schema = 1\ntitle = "A draft"\n[draft]\ndate = 2024-06-03\n'
    "[members.default]\nodds = { yes = 0.6, abstain = 0.3, no = 0.1 }\n"
    + "".join(
        f"[[blocs]]\nmembers = {members}\ncohesion = 0.3\n"
        for members in (["CHN", "RUS"], ["RUS", "FRA"], ["FRA", "GBR"], ["GBR", "USA"], ["USA", "DZA"])
    )
)
"""Five blocs in a chain: the exact engine refuses."""


@pytest.fixture(scope="module")
def drawn() -> Sensitivity:
    return sensitivity("dprk-2022-05", engine="monte-carlo")


@pytest.fixture(scope="module")
def exact() -> Sensitivity:
    return sensitivity("dprk-2022-05", engine="exact")


def test_nothing_drawn_is_labelled_exact(drawn: Sensitivity) -> None:
    assert drawn.engine is Engine.MONTE_CARLO
    assert drawn.error > 0
    assert {one.how for one in drawn.support + drawn.numbers} == {"monte-carlo"}
    assert all(one.odds_error > 0 for one in drawn.assumptions)
    assert all(one.error > 0 or one.slope == 0 for one in drawn.numbers if one.name != "company.0.if_leader_no")


def test_everything_agrees_within_its_error(drawn: Sensitivity, exact: Sensitivity) -> None:
    """Eight standard errors of sixteen replicates: by Student's t once in 10^6, of 150 figures that hang together."""
    right = {(one.kind, one.name): one for one in exact.assumptions}
    for one in drawn.assumptions:
        other = right[one.kind, one.name]
        assert one.odds_low == pytest.approx(other.odds_low, abs=8 * one.odds_error)
        assert one.odds_high == pytest.approx(other.odds_high, abs=8 * one.odds_error)
        if one.slope is not None:
            assert one.slope == pytest.approx(other.slope, abs=8 * one.error + 1e-9)


def test_exact_figures_have_no_error(exact: Sensitivity) -> None:
    assert exact.error == 0
    assert {one.odds_error for one in exact.assumptions} == {0.0}


@pytest.mark.parametrize("key", ["sequence.1.if_adopted", "members.default.odds.yes"])
def test_numbers_of_earlier_votes_are_differenced_at_the_same_points(key: str) -> None:
    """Odds drawn afresh at both ends of a step would be off by a hundred times as much."""
    scenario = simulator.load("an-order-of-amendments")
    number = next(number for number in file_numbers(scenario, {}) if number.key == key)
    right = derivative(Answers.of(scenario, Options(engine=Engine.EXACT)), number)
    found = derivative(Answers.of(scenario, Options(engine=Engine.MONTE_CARLO)), number)
    assert right is not None
    assert found is not None
    assert (right.how, found.how) == ("difference", "monte-carlo")
    assert 0 < found.error < 1e-3
    assert found.value == pytest.approx(right.value, abs=8 * found.error)


def test_where_exact_refuses_numbers_are_drawn_too() -> None:
    found = sensitivity(parse(CROSSING))
    assert found.engine is Engine.MONTE_CARLO
    assert any("Monte Carlo alone" in note for note in found.notes)
    moves = {one.name: one for one in found.numbers}
    for number in range(5):
        one = moves[f"blocs.{number}.cohesion"]
        assert one.how == "monte-carlo"
        assert one.error > 0
        assert one.odds_error > 0


def test_sobol_indices_are_of_exact_odds_or_none() -> None:
    doubted = parse(CROSSING.replace("cohesion = 0.3", "cohesion = { uniform = [0.1, 0.4] }", 1))
    found = sensitivity_of(doubted, Options(parameter_draws=4))
    assert found.indices == ()
    assert any("no Sobol indices: they are of exact odds" in note for note in found.notes)
