"""What it would take: the moves reach the target in a scenario that states them, none cheaper is known, who blocks."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

import simulator
from simulator.analysis.bargain.bargaining import Bargain, bargain
from simulator.analysis.bargain.words import nearest_stance
from simulator.engines.exact import mixed
from simulator.engines.standing import Standing
from simulator.errors import EvidenceError, ExactRefused, OptionError
from simulator.model.latent import Floats
from simulator.scenario import Scenario, changed, council_of, load, parse

WORDS = ("yes", "abstain", "no", "absent")

OPPOSED = """
schema = 1
title = "Two would withhold their yes"
draft.date = 2022-05-26
[members]
default.odds = { yes = 1 }
CHN.odds = { abstain = 0.7, no = 0.3 }
RUS.odds = { abstain = 0.5, no = 0.5 }
GBR.odds = { yes = 0.5, abstain = 0.3, no = 0.2 }
"""
"""Nine yes are sure: three members' vetoes are all that can defeat it."""

SHORT = """
schema = 1
title = "Yes votes are missing"
draft.date = 2022-05-26
[members]
default.odds = { yes = 0.3, abstain = 0.7 }
CHN.odds = { yes = 1 }
FRA.odds = { yes = 1 }
GBR.odds = { yes = 1 }
RUS.odds = { yes = 1 }
USA.odds = { yes = 1 }
"""


def _scenario_of(scenario: Scenario, found: Bargain, moves: int) -> Scenario:
    """The scenario that a bargain proposes: odds of their own for the first of the members that move."""
    settings: dict[str, Any] = {}
    for move in found.moves.moves[:moves]:
        odds = {word: min(1.0, max(0.0, move.after[word])) for word in WORDS}
        odds["abstain"] += 1 - sum(odds.values())
        settings[f"members.{move.member}.odds"] = odds
    return changed(scenario, settings=settings)


@pytest.mark.parametrize(
    ("name", "reach", "changes"),
    [
        ("dprk-2022-05", 0.98, {}),
        ("dprk-2022-05", 0.9, {"given": {"FRA": "not no"}, "do": {"CHN": "abstain"}}),
        ("gaza-2023-10", 0.8, {}),
        ("kosovo-1999", 0.5, {}),
        ("icj-2017", 0.9, {}),
        ("czechoslovakia-1948", 0.9, {}),
        ("reform-african-union", 0.5, {}),
        ("a-place-in-issue-space", 0.5, {}),
        ("two-dimensions", 0.9, {}),
    ],
)
def test_the_scenario_it_proposes_has_the_odds_it_says(name: str, reach: float, changes: dict[str, Any]) -> None:
    """After every move, by `odds` of a file that states the members' odds; stated and spatial preferences."""
    scenario = changed(load(name), **changes)
    found = bargain(scenario, reach=reach)
    assert found.moves.moves
    assert found.moves.reached == pytest.approx(reach, abs=1e-7)
    assert found.moves.adopted == pytest.approx(simulator.odds(scenario, engine="exact").adopted, abs=1e-8)
    for number, move in enumerate(found.moves.moves, 1):
        proposed = simulator.odds(_scenario_of(scenario, found, number), engine="exact")
        assert proposed.adopted == pytest.approx(move.adopted, abs=2e-7)


def test_from_the_record_the_shift_is_one_of_latent_support() -> None:
    """By the exact engine for every kind of draft and draw, where nothing is known of who moves."""
    scenario = changed(load("dprk-2022-05-record"), settings={"members": {}})
    found = bargain(scenario, reach=0.995)
    assert [move.member for move in found.moves.moves]
    shift = np.zeros(15)
    for move in found.moves.moves:
        shift[council_of(scenario).index(move.member)] = move.shift
    moved = [
        replace(one, model=replace(one.model, latent=replace(one.model.latent, mean=one.model.latent.mean + shift)))
        for one in Standing.of(scenario, 400, 1946).possibles
    ]
    assert mixed.solve_all(moved).outcomes.adopted == pytest.approx(0.995, abs=2e-4)


def test_winning_a_member_over_does_not_speak_against_the_draft() -> None:
    """From the record, Russia has said that it opposes. The more its support is raised, the better the odds."""
    reaches = [0.75, 0.85, 0.95]
    shifts = []
    for reach in reaches:
        moves = bargain("dprk-2022-05-record", reach=reach).moves
        assert [move.adopted for move in moves.moves] == sorted(move.adopted for move in moves.moves)
        assert moves.moves[0].member == "RUS"
        shifts.append(moves.moves[0].shift)
    assert shifts == sorted(shifts)


def _cheapest_of_three(costs: tuple[float, float, float], target: float) -> tuple[float, Floats]:
    """The least cost by brute force over a fine grid, for :data:`OPPOSED`: of CHN, RUS and GBR."""
    cuts = ndtri([0.3, 0.5, 0.2])
    grid = np.linspace(0, 3, 1501)
    one, two = np.meshgrid(grid, grid)
    rest = target / (ndtr(one - cuts[0]) * ndtr(two - cuts[1]))
    third = np.where(rest < 1, np.maximum(0.0, cuts[2] + ndtri(np.minimum(rest, 1))), np.inf)
    whole = costs[0] * one + costs[1] * two + costs[2] * third
    best = int(whole.argmin())
    return float(whole.ravel()[best]), np.array([one.ravel()[best], two.ravel()[best], third.ravel()[best]])


@pytest.mark.parametrize("costs", [(1, 1, 1), (1, 3, 1), (0.2, 1, 1), (1, 1, 0.1)])
@pytest.mark.parametrize("target", [0.5, 0.8, 0.97])
def test_where_vetoes_alone_count_it_is_the_least_of_all(costs: tuple[float, float, float], target: float) -> None:
    """Against brute force: the shifts that reach the target form a convex set there."""
    found = bargain(parse(OPPOSED), reach=target, cost=dict(zip(("CHN", "RUS", "GBR"), costs, strict=True))).moves
    least, shifts = _cheapest_of_three(costs, target)
    assert found.cost == pytest.approx(least, rel=2e-3, abs=1e-3)
    assert found.cost == pytest.approx(sum(move.cost for move in found.moves))
    by_member = {move.member: move.shift for move in found.moves}
    np.testing.assert_allclose([by_member.get(one, 0.0) for one in ("CHN", "RUS", "GBR")], shifts, atol=0.06)


def _adopted(yes: Floats, quota: int) -> float:
    """Odds that so many independent members vote yes."""
    counts = np.array([1.0])
    for one in yes:
        counts = np.convolve(counts, [1 - one, one])
    return float(counts[quota:].sum())


def _subsets(yes: Floats, quota: int, target: float, most: int) -> float:
    """The least cost, a standard deviation costing 1, where up to so many members move, along a grid of proportions."""
    best = np.inf
    for size in range(1, most + 1):
        ways = [np.array(way) for way in np.ndindex(*[9] * size) if sum(way) == 8 and all(way)] if size > 1 else []
        for some in combinations(range(len(yes)), size):
            for way in [np.ones(1)] if size == 1 else ways:
                direction = np.zeros(len(yes))
                direction[list(some)] = way / way.sum()

                def short(cost: float, direction: Floats = direction) -> float:
                    return _adopted(ndtr(ndtri(yes) + cost * direction), quota) - target

                if short(20.0) > 0:
                    best = min(best, float(brentq(short, 0, 20)))
    return best


@pytest.mark.parametrize("seed", range(6))
def test_no_set_of_up_to_three_members_does_it_cheaper(seed: int) -> None:
    """Where yes votes are missing there are several local optima: five members of different minds, three needed."""
    rng = np.random.default_rng(seed)
    yes = rng.uniform(0.05, 0.6, 5)
    members = council_of(parse(SHORT)).elected
    odds = {member: {"yes": 1.0} for member in members[5:7]} | {member: {"abstain": 1.0} for member in members[7:]}
    odds |= {one: {"yes": float(p), "abstain": 1 - float(p)} for one, p in zip(members, yes, strict=False)}
    scenario = changed(parse(SHORT), settings={f"members.{one}.odds": entry for one, entry in odds.items()})
    found = bargain(scenario, reach=0.6).moves
    assert found.adopted == pytest.approx(_adopted(yes, 2), abs=1e-9)
    if found.moves:
        assert found.cost <= _subsets(yes, 2, 0.6, 3) * (1 + 1e-3)


def test_costs_scale_without_changing_who_moves() -> None:
    """Ten times every cost is ten times the whole; a dear member moves less than it would."""
    ids = council_of(load("gaza-2023-10")).ids
    plain = bargain("gaza-2023-10", reach=0.8).moves
    tenfold = bargain("gaza-2023-10", reach=0.8, cost=dict.fromkeys(ids, 10.0)).moves
    assert tenfold.cost == pytest.approx(10 * plain.cost, rel=1e-4)
    dear = bargain("gaza-2023-10", reach=0.8, cost={"USA": 3}).moves
    shifts = [{move.member: move.shift for move in moves.moves}["USA"] for moves in (plain, dear)]
    assert shifts[1] < shifts[0]
    assert plain.cost < dear.cost


def test_an_endless_cost_holds_a_member_where_it_is() -> None:
    """The others make up for it, where they can: of three whose vetoes count, two."""
    plain, held = (bargain(parse(OPPOSED), reach=0.35, cost=cost).moves for cost in ({}, {"RUS": float("inf")}))
    assert "RUS" in {move.member for move in plain.moves}
    assert "RUS" not in {move.member for move in held.moves} | set(held.alone)
    assert plain.cost < held.cost
    assert held.reached == pytest.approx(0.35, abs=1e-7)


def test_the_first_move_gains_most_for_its_cost() -> None:
    """Of the moves of the bargain, by the odds of the scenario with that one alone."""
    scenario = load("dprk-2022-05")
    found = bargain(scenario, reach=0.98)
    gains = []
    for move in found.moves.moves:
        only = replace(found.moves, moves=(move,))
        odds = simulator.odds(_scenario_of(scenario, replace(found, moves=only), 1), engine="exact").adopted
        gains.append((odds - found.moves.adopted) / move.cost)
    assert gains[0] == max(gains)


def test_alone_a_member_reaches_the_target_by_as_much_as_is_said() -> None:
    found = bargain("dprk-2022-05", reach=0.9).moves
    assert list(found.alone) == ["RUS"]
    assert found.alone["RUS"] == pytest.approx(found.moves[0].shift, rel=1e-5)
    many = bargain("icj-2017", reach=0.82).moves
    assert len(many.alone) > 5
    assert list(many.alone.values()) == pytest.approx(sorted(many.alone.values()), abs=1e-5)
    record = bargain("libya-2011-record", reach=0.8).moves
    assert len(record.alone) > 2 > len(record.moves)
    assert record.alone["RUS"] == pytest.approx(record.moves[0].shift, rel=1e-5), "on all nodes, as the answer"


def test_nobody_moves_where_the_target_is_reached() -> None:
    found = bargain("dprk-2022-05", reach=0.5)
    assert found.moves.moves == ()
    assert found.moves.reached == found.moves.adopted
    assert found.sentence == "The odds are 68 in 100 as the draft stands: nobody has to move to reach 50."


@pytest.mark.parametrize(
    ("changes", "cost", "says"),
    [
        ({"do": {"RUS": "no"}}, {}, "Russia (RUS): its vote is made (no)"),
        ({"given": {"RUS": "no"}}, {}, "Russia (RUS): it is learnt to vote no"),
        ({"settings": {"members.default.odds": {"absent": 1}}}, {}, "; and 7 more;"),
        ({"settings": {"members.CHN.odds": {"no": 1}}}, {}, "China (CHN): its odds leave it no other vote than no"),
        ({}, {"RUS": float("inf")}, "Russia (RUS): its support is held where it is, by an endless cost"),
        (
            {"do": {"RUS": "no", "CHN": "no"}},
            {},
            "China (CHN): its vote is made (no); Russia (RUS): its vote is made (no)",
        ),
        (
            {"settings": {"members.default.odds": {"yes": 0.2, "absent": 0.8}, "draft.sponsors": []}},
            {},
            "it takes no part in 80.0 of 100",
        ),
    ],
)
def test_a_target_out_of_reach_names_who_blocks(changes: dict[str, Any], cost: dict[str, float], says: str) -> None:
    with pytest.raises(OptionError, match=r"no shift of support reaches odds of 0\.9") as refused:
        bargain(changed(load("dprk-2022-05"), **changes), reach=0.9, cost=cost)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"reach": 0}, "odds to reach lie between 0 and 1"),
        ({"reach": 1.0}, "nothing makes a vote certain"),
        ({"reach": float("nan")}, "odds to reach"),
        ({"reach": True}, "odds to reach"),
        ({"reach": 5e-324}, "at least 1e-09 from either"),
        ({"reach": "0.5"}, "odds to reach"),
        ({"cost": {"CHM": 2}}, "did you mean CHN?"),
        ({"cost": {"CHN": 0}}, "a standard deviation costs from 0.001 to 1,000"),
        ({"cost": {"CHN": float("nan")}}, "a standard deviation costs"),
        ({"cost": {"CHN": 1e9}}, "a standard deviation costs"),
        ({"cost": ["CHN"]}, "cost"),
        ({"sponsor": "USA"}, "texts have no place"),
        ({"value_adopted": float("inf")}, "value_adopted is a number"),
        ({"value_defeated": "1"}, "value_defeated is a number"),
        ({"engine": "exakt"}, "engine is one of"),
    ],
)
def test_what_cannot_be_used_is_refused(asked: dict[str, Any], says: str) -> None:
    with pytest.raises(OptionError) as refused:
        bargain("dprk-2022-05", **asked)
    assert says in str(refused.value)


def test_monte_carlo_says_nearly_the_same_with_its_error() -> None:
    exact, drawn = (bargain("dprk-2022-05", reach=0.9, engine=engine).moves for engine in ("exact", "monte-carlo"))
    assert (exact.engine, exact.error) == ("exact", None)
    assert (drawn.engine, drawn.accuracy) == ("monte-carlo", None)
    assert drawn.error is not None
    assert drawn.moves[0].shift == pytest.approx(exact.moves[0].shift, abs=0.01)
    assert abs(drawn.adopted - exact.adopted) < 5 * drawn.error + 1e-4


CROSSING = [
    {"members": "all", "cohesion": 0.2},
    {"members": ["CHN", "RUS", "IND"], "cohesion": 0.2},
    {"members": ["RUS", "IND", "KEN"], "cohesion": 0.2},
    {"members": ["KEN", "CHN", "GBR"], "cohesion": 0.2},
]


def test_where_exact_refuses_points_are_drawn() -> None:
    scenario = changed(load("dprk-2022-05"), settings={"blocs": CROSSING})
    found = bargain(scenario, reach=0.9)
    assert found.moves.engine == "monte-carlo"
    assert any("standard error" in note for note in found.notes)
    proposed = simulator.odds(_scenario_of(scenario, found, 9), engine="monte-carlo", draws=65_536)
    assert proposed.adopted == pytest.approx(0.9, abs=0.003)
    with pytest.raises(ExactRefused):
        bargain(scenario, reach=0.9, engine="exact")


def test_who_is_sure_to_vote_yes_blocks_nothing() -> None:
    """Nobody but the sponsors votes yes, and nobody can be moved to: those who withhold are named, with their codes."""
    scenario = changed(parse(SHORT), settings={"members.default.odds": {"abstain": 1.0}})
    with pytest.raises(OptionError) as raised:
        bargain(scenario)
    said = str(raised.value)
    assert "(ALB)" in said
    assert not any(code in said for code in ("CHN", "FRA", "GBR", "RUS", "USA"))
    made = changed(parse(SHORT), do=dict.fromkeys(("ALB", "ARE"), "yes") | dict.fromkeys(("BRA", "GAB", "GHA"), "no"))
    made = changed(made, do=dict.fromkeys(("IND", "IRL", "KEN", "MEX"), "no"))
    with pytest.raises(OptionError, match=r"the United States \(USA\)|Brazil \(BRA\)"):
        bargain(made)


def test_a_veto_that_only_a_later_vote_knows_is_a_veto() -> None:
    """The double veto's first way has none: what is told of the Soviet Union is its no, which is what blocks."""
    (move,) = bargain("czechoslovakia-1948").moves.moves
    assert (move.member, move.matters) == ("RUS", "no")
    assert move.before["no"] > 0.9 > move.after["no"]


@pytest.mark.parametrize(
    ("name", "reach"), [("rhodesia-1970", 0.5), ("reform-african-union", 0.7), ("dprk-2022-05", 0.9)]
)
def test_the_target_is_reached_and_not_nearly(name: str, reach: float) -> None:
    found = bargain(name, reach=reach)
    assert reach <= found.moves.moves[-1].adopted < reach + 1e-7


def test_what_cannot_have_been_learnt_is_refused() -> None:
    scenario = changed(parse(OPPOSED), given={"USA": "no"})
    for engine in ("exact", "monte-carlo"):
        with pytest.raises(EvidenceError):
            bargain(scenario, engine=engine)


def test_uncertain_numbers_are_averaged_over() -> None:
    """By the odds of the file with China's stated support raised in every draw."""
    scenario = load("what-we-do-not-know")
    found = bargain(scenario, reach=0.7)
    shift = np.zeros(15)
    shift[council_of(scenario).index("CHN")] = {move.member: move.shift for move in found.moves.moves}["CHN"]
    assert len(found.moves.moves) == 1
    moved = [
        replace(one, model=replace(one.model, latent=replace(one.model.latent, mean=one.model.latent.mean + shift)))
        for one in Standing.of(scenario, 400, 1946).possibles
    ]
    assert mixed.solve_all(moved).outcomes.adopted == pytest.approx(0.7, abs=1e-7)


def test_a_words_own_odds_are_nearest_to_it() -> None:
    """For both kinds of member; a scenario's own numbers for a word count instead."""
    from simulator.model import stance_numbers

    plain = load("dprk-2022-05")
    for (stance, permanent), numbers in stance_numbers().items():
        odds = {word: getattr(numbers.odds, word) for word in WORDS}
        assert nearest_stance(odds, plain, permanent=permanent) is stance.said_by(permanent)
    own = changed(plain, settings={"stances.undecided.permanent": {"yes": 0.05, "abstain": 0.9, "no": 0.05}})
    said = {"yes": 0.05, "abstain": 0.85, "no": 0.1, "absent": 0.0}
    assert nearest_stance(said, own, permanent=True) == "undecided"
    assert nearest_stance(said, plain, permanent=True) == "opposes"


def test_a_member_moved_by_one_standard_deviation_goes_from_even_odds_to_84() -> None:
    found = bargain(parse(SHORT), reach=0.6).moves
    for move in found.moves:
        assert ndtri(move.after["yes"]) - ndtri(move.before["yes"]) == pytest.approx(move.shift, abs=1e-9)
