"""Which set of members is won over, and how their moves are told."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq, minimize
from scipy.special import ndtr, ndtri

import simulator
from simulator.analysis.bargain.bargaining import bargain
from simulator.model.latent import Floats
from simulator.scenario import changed, council_of, load, parse
from tests.unit.test_bargain import SHORT, _adopted


@pytest.mark.parametrize(
    ("name", "reach", "known"),
    [
        ("dprk-easing", 0.9, 20.56),
        ("an-order-of-amendments", 0.97, 11.435),
        ("correlation-helps-and-hurts-2", 0.9, 8.625),
        ("learning-versus-making", 0.97, 14.66),
        ("kosovo-1999", 0.9, 23.48),
    ],
)
def test_it_costs_no_more_than_the_best_set_known(name: str, reach: float, known: float) -> None:
    """Found by improving 150 random starts each: another number of members that are alike, or another member."""
    assert bargain(name, reach=reach).moves.cost <= known


SEVERAL_MINDS = """
schema = 1
title = "Three yes are missing, and one member shares its noise with two others"
draft.date = 2022-05-26
[members]
default.odds = { yes = 0.30, abstain = 0.7 }
CHN.odds = { yes = 0.0, abstain = 0.9, no = 0.1 }
RUS.odds = { yes = 0.05, abstain = 0.5, no = 0.45 }
USA.odds = { yes = 0.98, abstain = 0.02 }
GBR.odds = { yes = 0.9, abstain = 0.09, no = 0.01 }
FRA.odds = { yes = 0.85, abstain = 0.14, no = 0.01 }
IND.odds = { yes = 0.02, abstain = 0.98 }
KEN.odds = { yes = 0.1, abstain = 0.9 }
MEX.odds = { yes = 0.7, abstain = 0.3 }
NOR.odds = { yes = 0.8, abstain = 0.2 }
BRA.odds = { yes = 0.45, abstain = 0.5, no = 0.05 }
GAB.odds = { yes = 0.55, abstain = 0.45 }
ALB.odds = { yes = 0.9, abstain = 0.1 }
[[blocs]]
name = "all"
members = "all"
cohesion = 0.35
[[blocs]]
name = "Africa"
members = ["GAB", "GHA", "KEN"]
cohesion = 0.4
"""


def test_for_one_member_two_of_another_kind_may_do() -> None:
    """Two that are alike instead of one that is like two others: no single change leads there that is cheaper.

    15.7524 was found by improving 60 random starts with another program's derivatives.
    """
    found = bargain(parse(SEVERAL_MINDS), reach=0.8, cost={"RUS": 5, "CHN": 3, "IND": 0.3}).moves
    assert found.cost <= 15.7524 * (1 + 1e-5)
    assert {"ARE", "IRL"} < {move.member for move in found.moves}
    assert "GHA" not in {move.member for move in found.moves}


def _alike(number: int, target: float) -> float:
    """The cost of so many of ten members that vote yes with 0.6 each, six needed, moving by as much: by bisection."""
    even = ndtri(0.6)

    def short(by: float) -> float:
        return _adopted(ndtr(np.where(np.arange(10) < number, even + by, even)), 6) - target

    return number * float(brentq(short, 0, 9, xtol=1e-13))


def test_the_least_is_the_answer_and_the_thousandth_is_told_beside() -> None:
    """Ten that are alike: together they cost least, nine a thousandth more at most. By the binomial distribution."""
    scenario = load("nine-yes-votes")
    found = bargain(scenario, reach=0.7).moves
    ways = {number: _alike(number, 0.7) for number in range(3, 11)}

    assert found.adopted == pytest.approx(_adopted(np.full(10, 0.6), 6), abs=1e-6), "three more are sure"
    assert min(ways, key=ways.__getitem__) == 10 == len(found.moves)
    assert found.cost == pytest.approx(ways[10], rel=1e-6)
    assert list(found.alone) == [one for one in council_of(scenario).ids if one in found.alone]

    fewer = found.fewer
    assert fewer is not None
    assert len(fewer.moves) == min(number for number, cost in ways.items() if cost <= ways[10] * (1 + 1e-3)) == 9
    assert fewer.cost == pytest.approx(ways[9], rel=1e-6)
    assert fewer.reached == pytest.approx(0.7, abs=1e-9)
    assert [move.member for move in fewer.moves] == list(fewer.alike[0])[: len(fewer.moves)]
    assert fewer.without == fewer.alike[0][len(fewer.moves) :]
    assert f"For {100 * (ways[9] / ways[10] - 1):.2f} % more, 9 members do it instead of 10." in found.sentence


def test_a_thousandth_in_all_not_each() -> None:
    """Each of several left out costs less than a thousandth; all of them together do not cost more."""
    for name, reach in (("icj-2017", 0.8), ("a-party-must-abstain", 0.8), ("dprk-2024-03", 0.95)):
        found = bargain(name, reach=reach).moves
        assert found.fewer is not None
        assert found.cost < found.fewer.cost <= found.cost * (1 + 1.0001e-3)
        assert set(found.fewer.without) == {one.member for one in found.moves} - {
            one.member for one in found.fewer.moves
        }
        assert found.fewer.reached == pytest.approx(reach, abs=1e-9)
        assert (len(found.fewer.moves) == 1) == found.sentence.endswith(", Russia does it alone.")


def test_members_that_are_alike_are_told_together() -> None:
    found = bargain("an-order-of-amendments", reach=0.97).moves
    number = sum(move.member in found.alike[0] for move in found.moves)
    assert f"any {number} of {len(found.alike[0])} members that are alike" in found.sentence
    assert found.fewer is None


def _least_by_starts(yes: Floats, costs: Floats, quota: int, target: float, rng: np.random.Generator) -> float:
    """The least cost by sequential quadratic programming from random starts, derivatives by differences."""

    def odds(shift: Floats) -> float:
        return _adopted(ndtr(ndtri(yes) + shift), quota)

    least = np.inf
    for _ in range(30):
        movable = rng.random(len(yes)) < rng.uniform(0.3, 1)
        found = minimize(
            lambda shift: float(costs @ shift),
            movable * rng.uniform(0.5, 2, len(yes)),
            bounds=[(0, 8 * float(can)) for can in movable],
            constraints={"type": "ineq", "fun": lambda shift: ndtri(odds(shift)) - ndtri(target)},
            method="SLSQP",
            options={"ftol": 1e-9},
        )
        if found.success and odds(found.x) >= target - 1e-9:
            least = min(least, float(found.fun))
    return least


@pytest.mark.parametrize("seed", [0, 2, 6, 11])
def test_no_random_start_does_it_cheaper(seed: int) -> None:
    """Eight members of different minds and costs, four needed, independent of each other: to a hundred-thousandth.

    With seed 6 three members do it for 8 in 100,000 more than four.
    """
    rng = np.random.default_rng(seed)
    yes, costs = rng.uniform(0.05, 0.6, 8), rng.choice([0.5, 1.0, 1.0, 2.0], 8)
    members = council_of(parse(SHORT)).elected
    odds = {one: {"yes": float(p), "abstain": 1 - float(p)} for one, p in zip(members, yes, strict=False)}
    odds |= {one: {"abstain": 1.0} for one in members[8:]}
    scenario = changed(parse(SHORT), settings={f"members.{one}.odds": entry for one, entry in odds.items()})
    found = bargain(scenario, reach=0.7, cost=dict(zip(members, costs.tolist(), strict=False))).moves
    least = _least_by_starts(yes, costs, 4, 0.7, rng)
    assert np.isfinite(least)
    assert found.cost <= least * (1 + 1e-5)


LOWERED = """
schema = 1
title = "Support of one lowers the odds that another votes yes"
draft.date = 1956-09-28
[members]
default.odds = { yes = 1 }
YUG.odds = { yes = 0.72, no = 0.28 }
CHN.odds = { abstain = 0.67, no = 0.33 }
IRN.odds = { yes = 0.32, abstain = 0.32, no = 0.32, absent = 0.04 }
FRA.odds = { yes = 0.004, no = 0.498, absent = 0.498 }
BEL.odds = { yes = 0.56, abstain = 0.13, absent = 0.31 }
GBR.odds = { yes = 0.01, abstain = 0.99 }
RUS.odds = { absent = 1 }
PER.stance = "threatens-veto"
AUS.stance = "threatens-veto"
USA.stance = "opposes"
[[blocs]]
name = "most"
members = ["CHN", "FRA", "GBR", "RUS", "USA", "AUS", "BEL", "IRN", "PER", "YUG"]
cohesion = 0.8
[[company]]
leader = "CHN"
follower = "PER"
if_leader_no = 0
otherwise = 0
[[company]]
leader = "YUG"
follower = "AUS"
if_leader_no = 0.8
otherwise = 0.9
"""


def test_where_moves_may_lower_the_odds_the_answer_reaches_the_target() -> None:
    found = bargain(parse(LOWERED), reach=0.3).moves
    assert found.reached == pytest.approx(0.3, abs=1e-7)
    assert found.cost < 8.3


def test_a_word_changes_only_where_the_odds_have() -> None:
    """A no from 52 to 49 crosses the middle between two words; one from 30 to 6 is a change."""
    from simulator.analysis.bargain.words import nearest_stances

    plain = load("dprk-2022-05")
    before = {"yes": 0.1, "abstain": 0.384, "no": 0.516, "absent": 0.0}
    after = {"yes": 0.11, "abstain": 0.4, "no": 0.49, "absent": 0.0}
    assert len(set(nearest_stances(before, after, plain, permanent=True))) == 1
    far = [{"yes": 0.05, "abstain": 0.65, "no": 0.3, "absent": 0.0}, {"yes": 0.27, "abstain": 0.67, "no": 0.06}]
    assert nearest_stances(far[0], far[1] | {"absent": 0.0}, plain, permanent=True) == ("opposes", "reservations")


def test_the_words_outright_have_the_odds_of_a_run() -> None:
    found = bargain("dprk-2022-05", reach=0.9)
    words = {move.member: move.stance_after for move in found.moves.moves}
    assert found.with_words == pytest.approx(simulator.odds("dprk-2022-05", stance=words, engine="exact").adopted)
    assert bargain("two-dimensions", reach=0.9).with_words is None


def test_on_a_grid_the_engine_is_not_called_exact() -> None:
    assert bargain("dprk-2022-05-record", reach=0.9).moves.engine == "grid"
    assert bargain("dprk-2022-05", reach=0.9).moves.engine == "exact"


def test_drawn_points_say_how_far_the_cost_may_be_off() -> None:
    """With uncertain numbers: within four standard errors of the exact engine's."""
    exact, drawn = (bargain("what-we-do-not-know", reach=0.9, engine=word).moves for word in ("exact", "monte-carlo"))
    assert drawn.cost_error is not None
    assert abs(drawn.cost - exact.cost) < 4 * drawn.cost_error < 0.5
