"""Derivatives of the odds against finite differences, and what the odds do over each assumption's range."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings

import simulator
from simulator.analysis import Assumption, sensitivity
from simulator.analysis.sensitivity.assumptions import leading, told, told_apart
from simulator.analysis.sensitivity.numbers import file_numbers
from simulator.engines import exact
from simulator.engines.exact.flat import blocks
from simulator.engines.possible import Possible
from simulator.engines.seats.gradient import slopes_of
from simulator.errors import EvidenceError
from simulator.model import VoteModel
from simulator.rules import Majority
from simulator.scenario import parse
from tests.models import small_models

BARE = """schema = 1
title = "A draft"
[draft]
date = 2024-06-03
"""
EVEN = BARE + "[members.default]\nodds = { yes = 0.6, abstain = 0.3, no = 0.1 }\n"


def moves_of(scenario: Any, kind: str, **how: Any) -> dict[str, Assumption]:
    return {one.name: one for one in getattr(sensitivity(scenario, **how), kind)}


@settings(max_examples=40, deadline=None)
@given(small_models(top=0.4))
def test_derivatives_are_those_of_the_exact_odds(case: tuple[VoteModel, Majority]) -> None:
    """With respect to each seat's support and company's chances, whatever was learnt."""
    model, majority = case
    try:
        answer = exact.solve(model, majority)
    except EvidenceError:
        assume(False)
        raise
    assume(answer.joint.total > 1e-4)
    found = slopes_of(Possible(1.0, model, majority), [*blocks(model, answer.fineness)], (-0.5, 0.5))
    assert found.adopted == pytest.approx(answer.outcomes.adopted, abs=1e-8)

    def odds(changed: VoteModel) -> float:
        return exact.solve_like(changed, majority, answer).outcomes.adopted

    def moved(seat: int, by: float) -> VoteModel:
        mean = model.latent.mean.copy()
        mean[seat] += by
        return replace(model, latent=replace(model.latent, mean=mean))

    step = 1e-4
    for seat in range(len(model.members)):
        slope = (odds(moved(seat, step)) - odds(moved(seat, -step))) / (2 * step)
        assert found.ratio("support")[seat] == pytest.approx(slope, abs=1e-5)
        for place, by in enumerate((-0.5, 0.5)):
            assert found.moved_odds[place, seat] == pytest.approx(odds(moved(seat, by)), abs=1e-6)
    for pair in model.company:
        for place, name in enumerate(("if_leader_no", "otherwise")):
            share = getattr(pair, name)
            if not step < share < 1 - step:
                continue
            ends = [odds(replace(model, company=(replace(pair, **{name: share + by}),))) for by in (-step, step)]
            slope = (ends[1] - ends[0]) / (2 * step)
            assert found.ratio("company")[pair.follower, place] == pytest.approx(slope, abs=1e-5)


SCENARIOS = ["dprk-2022-05", "iran-2010", "nine-yes-votes", "a-place-in-issue-space", "two-dimensions", "a-follower"]


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_derivative_of_every_number_of_a_file_is_that_of_its_exact_odds(name: str) -> None:
    scenario = simulator.load(name)
    found = moves_of(scenario, "numbers")
    assert found
    pairs = {
        place: (found[f"company.{place}.if_leader_no"].value, found[f"company.{place}.otherwise"].value)
        for place in range(len(scenario.company))
    }
    for number in file_numbers(scenario, pairs):  # type: ignore[arg-type]  # values of numbers are numbers
        one = found[number.key]
        assert one.how == "exact"
        step = 1e-3 * min(number.value - number.lower, number.upper - number.value, max(abs(number.value), 0.1))
        ends = [
            simulator.odds(simulator.changed(scenario, settings=number.at(number.value + by)), engine="exact").adopted
            for by in (-step, step)
        ]
        assert one.slope == pytest.approx((ends[1] - ends[0]) / (2 * step), rel=1e-3, abs=1e-5)


@pytest.mark.parametrize("learnt", [{"IND": "not yes"}, {"CHN": "abstain"}])
def test_so_is_it_after_something_was_learnt(learnt: dict[str, str]) -> None:
    scenario = simulator.changed(simulator.load("dprk-2022-05"), given=learnt)
    one = moves_of(scenario, "numbers")["blocs.0.cohesion"]
    ends = [
        simulator.odds(simulator.changed(scenario, settings={"blocs.0.cohesion": 0.2 + by}), engine="exact").adopted
        for by in (-1e-4, 1e-4)
    ]
    assert one.slope == pytest.approx((ends[1] - ends[0]) / 2e-4, rel=1e-4)


def test_ends_are_the_odds_of_the_scenario_with_that_number() -> None:
    found = moves_of("dprk-2022-05", "numbers")["blocs.1.cohesion"]
    assert (found.low, found.high) == pytest.approx((0.4, 0.8))
    for value, odds in ((found.low, found.odds_low), (found.high, found.odds_high)):
        changed = simulator.changed(simulator.load("dprk-2022-05"), settings={"blocs.1.cohesion": value})
        assert odds == pytest.approx(simulator.odds(changed, engine="exact").adopted)


def test_a_range_ends_where_other_numbers_leave_no_room() -> None:
    blocs = "".join(f'[[blocs]]\nmembers = ["CHN", "RUS"]\ncohesion = {cohesion}\n' for cohesion in (0.45, 0.5))
    found = moves_of(parse(EVEN + blocs), "numbers")["blocs.0.cohesion"]
    assert isinstance(found.high, float)
    assert 0.45 < found.high <= 0.5


def test_at_a_bound_the_odds_are_differenced_to_one_side_and_it_is_said() -> None:
    scenario = parse(EVEN + '[[blocs]]\nmembers = ["CHN", "RUS"]\ncohesion = 0\n')
    found = sensitivity(scenario)
    one = next(one for one in found.numbers if one.name == "blocs.0.cohesion")
    there = simulator.odds(simulator.changed(scenario, settings={"blocs.0.cohesion": 1e-3}), engine="exact").adopted
    assert one.how == "difference"
    assert one.slope == pytest.approx((there - found.adopted) / 1e-3, rel=1e-2)
    assert any("differences of exact odds: blocs.0.cohesion" in note for note in found.notes)


def test_a_member_one_word_colder_or_warmer_is_a_run_with_that_word() -> None:
    found = moves_of("dprk-2022-05", "stances")
    assert (found["RUS"].low, found["RUS"].value, found["RUS"].high) == ("threatens-veto", "opposes", "leans-no")
    colder = simulator.odds("dprk-2022-05", engine="exact", stance={"RUS": "threatens-veto"}).adopted
    assert found["RUS"].odds_low == pytest.approx(colder)
    assert "USA" not in found  # it sponsors
    assert found["FRA"].high == "supports"  # nothing is warmer


def test_elected_members_go_no_colder_than_opposes() -> None:
    found = moves_of("dprk-2022-05", "stances", stance={"IND": "opposes"})
    assert (found["IND"].low, found["IND"].high) == ("opposes", "leans-no")


def test_certain_votes_are_no_matter_of_degree() -> None:
    found = moves_of(parse(BARE + "[members.default]\nodds = { yes = 1.0 }\n"), "support")
    assert all(one.swing == 0 for one in found.values())
    assert moves_of("nine-yes-votes", "numbers").keys() == {"members.default.odds.yes", "members.default.odds.abstain"}


def test_of_a_product_of_two_chances_each_number_has_its_share() -> None:
    """Adopted if neither China nor Russia votes no: (1 − a)(1 − b), with a and b uniform from 0 to 0.8.

    Over sixty seeds the root mean square error is 0.0037 of the first index and 0.002 of the total. Tolerances are four
    such: another seed alarms falsely in some 4,000, of which the seed here is one. Quarter the points, and it is 0.01.
    """
    doubted = (
        BARE
        + "[members.default]\nodds = { yes = 1.0 }\n"
        + "".join(
            f'[members.{code}]\nodds = {{ yes = "rest", no = {{ uniform = [0.0, 0.8] }} }}\n' for code in ("CHN", "RUS")
        )
    )
    found = sensitivity(parse(doubted))
    mean, variance = 0.6, 0.8**2 / 12
    alone = mean**2 * variance
    whole = 2 * alone + variance**2
    assert len(found.indices) == 2
    for index in found.indices:
        assert index.first == pytest.approx(alone / whole, abs=0.015)
        assert index.total == pytest.approx((alone + variance**2) / whole, abs=0.008)
        assert index.first_interval[0] < index.first < index.first_interval[1]
    assert sensitivity(parse(doubted)).indices == found.indices  # the same seed, the same points and resamples


def test_numbers_bound_together_have_no_indices_and_it_is_said() -> None:
    """Cohesions of blocs of the same member add up to 1 at most: their draws are not independent."""
    blocs = "".join('[[blocs]]\nmembers = ["CHN", "RUS"]\ncohesion = { between = [0.2, 0.7] }\n' for _ in range(2))
    found = sensitivity(parse(EVEN + blocs))
    assert found.indices == ()
    assert any("no Sobol indices" in note for note in found.notes)


@pytest.mark.parametrize("name", ["dprk-2022-05-record", "an-order-of-amendments"])
def test_preferences_from_the_record_and_votes_before_have_an_answer(name: str) -> None:
    found = sensitivity(name)
    single = simulator.odds(name, engine="exact").adopted
    assert found.adopted == pytest.approx(single, abs=1e-6)
    assert len(found.support) == 15


def test_monte_carlo_has_errors_and_agrees() -> None:
    exact_, drawn = (moves_of("dprk-2022-05", "support", engine=engine) for engine in ("exact", "monte-carlo"))
    for member, one in drawn.items():
        assert one.error > 0
        assert one.slope == pytest.approx(exact_[member].slope, abs=6 * one.error + 1e-6)


def test_the_sentence_names_what_moves_the_odds_most_of_each_kind() -> None:
    found = sensitivity("dprk-2022-05")
    assert found.sentence == (
        "Adopted in 68 of 100. Of the members' support, the odds hang most on Russia: 50 with half a standard "
        "deviation less, 81 with half a one more. Of what members said, most on Russia: 25 to 72. Of the numbers, most "
        "on stances.opposes.permanent.no: 52 to 79."
    )
    assert [one.swing for one in found.support] == sorted((one.swing for one in found.support), reverse=True)
    assert np.isfinite([one.slope for one in found.assumptions if one.slope is not None]).all()


def test_what_is_alike_is_not_ranked() -> None:
    """Ten elected members have the same odds; a chance of yes and one of abstaining are one number told twice."""
    found = sensitivity("correlation-helps-and-hurts-1")
    assert " most on Switzerland, Algeria and 8 more alike: 44 with half a standard deviation less, " in found.sentence
    assert "most on members.default.odds.yes and members.default.odds.abstain alike: " in found.sentence


def test_alike_in_swing_but_from_elsewhere_each_has_its_own_range() -> None:
    one, other = (Assumption("number", name, 0.5, 0.2, 0.8, low, low + 0.1) for name, low in (("a", 0.3), ("b", 0.35)))
    assert told([one, other], ["a", "b"]) == ("a (30 to 40) and b (35 to 45), about as much on each", "")
    assert told([replace(one, odds_low=0.381, odds_high=0.384)], ["a"]) == ("a", "38.1 to 38.4")
    assert leading([replace(one, odds_low=0.4, odds_high=0.4004)]) == []


def test_where_no_support_moves_the_odds_much_it_is_said_without_a_second_no() -> None:
    assert sensitivity("kosovo-1999").sentence == (
        "Adopted in fewer than 1 of 100. No member's support alone moves the odds much. Of the numbers, most on "
        "blocs.0.cohesion: <0.1 to 0.1."
    )


def test_both_ends_are_told_apart_and_what_each_is_of_follows_it() -> None:
    """Two that would both be fewer than 1 in words have digits."""
    assert " on Russia: fewer than 1 with half a standard deviation less, 8 with half a one more." in (
        sensitivity("crimea-2014").sentence
    )
    assert "fewer than 1 with half" not in sensitivity("namibia-1975").sentence
    assert told_apart(0.00101, 0.00149) == ("0.10", "0.15")
