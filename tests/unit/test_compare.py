"""Scenarios side by side, and a difference taken apart: worked by hand, by definition, and what is refused."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from itertools import permutations
from math import hypot
from typing import Any

import numpy as np
import pytest

import simulator
from simulator.analysis import Attribution, Comparison, compare
from simulator.analysis import runs as runs_module
from simulator.analysis.compare.pieces import Pair
from simulator.engines import Engine, Options
from simulator.engines.possible import Spread
from simulator.errors import InputError, OptionError, ScenarioError, Stopped
from simulator.rules import record_with
from simulator.scenario import Scenario
from simulator.scenario.parse import from_data
from tests.unit.test_pieces import scenario

compare_module = sys.modules["simulator.analysis.compare.comparison"]
"""The module, whose name in the package is the function's."""

DPRK = "dprk-2022-05"
CLOSE = 1e-9


def parts(found: Comparison) -> dict[str, float]:
    """Piece → its part of the odds of adoption."""
    assert found.attribution is not None, found.why_none
    return {part.piece: part.adopted for part in found.attribution.parts}


def taken_apart(found: Comparison) -> Attribution:
    assert found.attribution is not None, found.why_none
    return found.attribution


def certain(**odds: dict[str, float]) -> dict[str, Any]:
    """Everybody votes yes but who has odds here."""
    return {"default": {"odds": {"yes": 1}}} | {code: {"odds": one} for code, one in odds.items()}


def test_two_vetoes_worked_by_hand() -> None:
    """Russia vetoes in 5 of 10, China in 4 of 10, each for itself: 1, .5, .6 and .3 in the four hybrids."""
    first = scenario(members=certain())
    second = scenario(members=certain(RUS={"yes": 0.5, "no": 0.5}, CHN={"yes": 0.6, "no": 0.4}))
    found = compare(first, second)
    assert parts(found) == pytest.approx({"CHN": -0.3, "RUS": -0.4})
    russia = taken_apart(found).parts[1]
    assert (russia.alone, russia.last) == pytest.approx((-0.5, -0.3))
    assert russia.outcomes.vetoed == pytest.approx(0.4)
    assert russia.outcomes.failed == pytest.approx(0)
    assert russia.error is None
    assert (taken_apart(found).hybrids, taken_apart(found).orders) == (4, None)
    assert found.differences[1].adopted == pytest.approx(-0.7)
    assert found.sentence == (
        "scenario (1) is adopted in 100 of 100, scenario (2) in 30 of 100: −70.0 in 100. The largest parts: Russia "
        "−40.0, China −30.0."
    )


def by_definition(first: Scenario, second: Scenario) -> dict[str, float]:
    """The mean of what each piece adds over every order, each hybrid answered by the plain function."""
    pair = Pair.of(first, second)
    odds: dict[int, float] = {}

    def adopted(chosen: int) -> float:
        if chosen not in odds:
            odds[chosen] = simulator.odds(pair.hybrid(chosen), engine="exact").adopted
        return odds[chosen]

    added: dict[str, list[float]] = {"+".join(names): [] for names in pair.pieces}
    for order in permutations(range(len(pair.pieces))):
        there = 0
        for piece in order:
            added["+".join(pair.pieces[piece])].append(adopted(there | 1 << piece) - adopted(there))
            there |= 1 << piece
    return {piece: float(np.mean(steps)) for piece, steps in added.items()}


PAIRS = [
    (DPRK, "gaza-2024-03"),
    ("korea-1950-82", DPRK),
    ("ukraine-2022-02", "reform-g4"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_it_is_the_mean_over_all_orders_of_hybrids(one: str, other: str) -> None:
    found = compare(one, other)
    assert parts(found) == pytest.approx(by_definition(simulator.load(one), simulator.load(other)), abs=CLOSE)


@pytest.mark.parametrize(
    ("one", "other"), [*PAIRS, ("dprk-2022-05-record", "dprk-2017-12-record"), ("an-order-of-amendments", DPRK)]
)
def test_parts_add_up_for_every_outcome_and_the_way_back_has_the_opposite_signs(one: str, other: str) -> None:
    there, back = compare(one, other), compare(other, one)
    for outcome in ("adopted", "vetoed", "failed"):
        added = sum(part.outcomes.as_dict()[outcome] for part in taken_apart(there).parts)
        assert added == pytest.approx(there.differences[1].as_dict()[outcome], abs=1e-12)
    assert parts(back) == pytest.approx({piece: -part for piece, part in parts(there).items()}, abs=1e-12)
    first, last = ({part.piece: part.alone for part in taken_apart(found).parts} for found in (there, back))
    assert first == pytest.approx({part.piece: -part.last for part in taken_apart(back).parts}, abs=1e-12)
    assert last == pytest.approx({part.piece: -part.last for part in taken_apart(there).parts}, abs=1e-12)


def test_members_that_do_the_same_have_the_same_part() -> None:
    cold = {code: {"stance": "opposes"} for code in ("FRA", "GBR")}
    warm = {"default": {"stance": "supports"}}
    found = parts(compare(scenario(members=warm), scenario(members=warm | cold)))
    assert found["FRA"] == pytest.approx(found["GBR"], abs=1e-12)
    assert found["FRA"] < -0.1


def test_a_piece_without_effect_gets_nothing() -> None:
    """The United States sponsors here and has no veto there: other pieces matter, its certain yes does not."""
    warm = {"default": {"odds": {"yes": 1}}}
    second = scenario(members={**warm, "RUS": {"stance": "opposes"}}, stances={"will-veto": {"elected": {"no": 1}}})
    found = parts(compare(scenario(members=warm), second))
    assert found["words"] == 0
    assert found["RUS"] < -0.1


def test_two_that_differ_in_nothing_that_matters() -> None:
    found = compare(DPRK, simulator.changed(simulator.load(DPRK), settings={"title": "another"}))
    assert taken_apart(found).parts == ()
    assert found.sentence.endswith("Nothing that bears on the odds differs.")


def test_one_piece_has_the_whole_of_it() -> None:
    found = compare(DPRK, simulator.changed(simulator.load(DPRK), rule="no-veto"))
    assert parts(found) == {"rule": found.differences[1].adopted}
    assert found.sentence.endswith("All of it is the rule.")


def test_what_is_learnt_made_and_said_holds_for_both() -> None:
    what_if: dict[str, Any] = {"given": {"CHN": "not yes"}, "do": {"USA": "abstain"}, "stance": {"FRA": "opposes"}}
    found = compare(DPRK, "gaza-2024-03", **what_if)
    for one, name in zip(found.runs, (DPRK, "gaza-2024-03"), strict=True):
        assert one.adopted == pytest.approx(simulator.odds(name, engine="exact", **what_if).adopted, abs=CLOSE)
    assert parts(found)["USA"] == pytest.approx(0)  # it is made to abstain in both, whatever it says
    assert found.names == (DPRK, "gaza-2024-03")


def test_three_are_shown_side_by_side_only() -> None:
    found = compare(DPRK, "dprk-2017-12", "ukraine-2022-02")
    assert found.attribution is None
    assert found.why_none == ""
    assert [round(one.adopted, 3) for one in found.differences] == [0, 0.279, -0.649]
    assert found.sentence == (
        "Of 3, dprk-2017-12 is the likeliest to be adopted, in 96 of 100, ukraine-2022-02 the least likely, in 3."
    )


def test_models_that_do_not_mix_are_still_shown() -> None:
    found = compare(DPRK, "dprk-2022-05-record")
    assert found.attribution is None
    assert "no member's entry" in found.why_none
    assert found.differences[1].adopted != 0


def test_a_hybrid_in_which_what_is_learnt_cannot_happen_is_named() -> None:
    """China follows Russia without fail: learnt to vote no where Russia does, to abstain where it votes yes."""
    tables: dict[str, Any] = {"company": [{"leader": "RUS", "follower": "CHN", "if_leader_no": 1, "otherwise": 0}]}
    half = {"abstain": 0.5, "no": 0.5}
    first = scenario(members=certain(RUS={"no": 1}, CHN=half), given={"CHN": "no"}, **tables)
    second = scenario(members=certain(CHN=half), given={"CHN": "abstain"}, **tables)
    found = compare(first, second)
    assert found.attribution is None
    assert "with CHN of the second scenario and all else of the first" in found.why_none
    impossible = scenario(members=certain(CHN=half), given={"CHN": "no"}, **tables)
    with pytest.raises(InputError, match=r"^scenario \(2\): .*probability zero"):
        compare(first, impossible)


def crossing(**tables: Any) -> Scenario:
    """Blocs beyond the exact engine."""
    blocs = [{"members": list(two), "cohesion": 0.3} for two in (("CHN", "RUS"), ("RUS", "IND"), ("IND", "BRA"))]
    return scenario(members={"default": {"stance": "supports"}}, blocs=blocs, **tables)


def test_monte_carlo_where_the_exact_engine_refuses() -> None:
    found = compare(crossing(), crossing(do={"GBR": "no"}))
    assert {one.engine for one in found.runs} == {"monte-carlo"}
    assert any("cross" in note for note in found.runs[0].notes)
    error = taken_apart(found).parts[0].error
    assert error is not None
    assert 0 < error < 0.01
    with pytest.raises(InputError, match="monte-carlo"):
        compare(crossing(), DPRK, engine="exact")


def test_monte_carlo_agrees_with_exact_within_its_errors() -> None:
    """Six standard errors: with a fixed seed this either holds or does not."""
    exact, drawn = compare(DPRK, "dprk-2017-12"), compare(DPRK, "dprk-2017-12", engine="monte-carlo")
    for one, other in zip(taken_apart(exact).parts, taken_apart(drawn).parts, strict=True):
        assert other.error is not None
        assert abs(one.adopted - other.adopted) < 6 * other.error
    assert sum(parts(drawn).values()) == pytest.approx(drawn.differences[1].adopted, abs=1e-12)


STATES = ("JPN", "DEU", "IND", "BRA", "ZAF", "EGY", "NGA", "MEX", "IDN", "KEN")


def many_permanent(word: str) -> Scenario:
    """Fifteen permanent members, ten of them with this stance."""
    seats: list[dict[str, Any]] = [{"id": code} for code in ("CHN", "FRA", "GBR", "RUS", "USA")]
    seats += [{"id": code, "permanent": True, "veto": place % 2 == 0} for place, code in enumerate(STATES)]
    council = {"rule": "quota-and-veto", "quota": 9, "quota_source": "made up", "seats": seats}
    said = {code: {"stance": word if place % 3 else "reservations"} for place, code in enumerate(STATES)}
    rest = {"default": {"stance": "supports"}, "KEN": {"stance": "undecided" if word == "opposes" else "supports"}}
    return scenario(council=council, members={**said, **rest})


def test_drawn_orders_where_hybrids_are_too_many() -> None:
    exact = compare(many_permanent("supports"), many_permanent("opposes"))
    found = compare(many_permanent("supports"), many_permanent("opposes"), hybrids=120)
    whole = taken_apart(found)
    assert taken_apart(exact).hybrids == 2 ** len(whole.parts) > whole.hybrids
    assert whole.hybrids <= 120
    assert whole.orders is not None
    assert whole.orders >= 8
    assert sum(parts(found).values()) == pytest.approx(found.differences[1].adopted, abs=1e-12)
    for one, other in zip(taken_apart(exact).parts, whole.parts, strict=True):
        assert other.error is not None
        assert abs(one.adopted - other.adopted) < 6 * other.error
        assert (one.alone, one.last) == pytest.approx((other.alone, other.last), abs=1e-12)


def test_uncertain_numbers_are_averaged_and_their_draws_shared() -> None:
    """A part's error is of draws that all hybrids share: less than if each had its own, and no less than it is."""
    doubtful = {"odds": {"no": {"uniform": [0.1, 0.7]}, "abstain": "rest"}}
    members = certain() | {"RUS": doubtful}
    first, second = scenario(members=members), scenario(members={**members, "CHN": {"odds": {"yes": 0.6, "no": 0.4}}})
    found = [compare(first, second, seed=seed) for seed in range(8)]
    assert found[0].runs[0].adopted == pytest.approx(0.6, abs=0.01)
    part = taken_apart(found[0]).parts[0]
    alone = [one.error or 0.0 for one in found[0].runs]
    assert part.error is not None
    assert part.error < 0.5 * hypot(*alone)
    assert np.std([parts(one)["CHN"] for one in found]) < 1.2 * part.error


def test_with_the_record_the_road_by_tables_is_the_exact_one() -> None:
    asked = simulator.load("dprk-2022-05-record")
    quick, exact = (runs_module.run(asked, Options(engine=engine)) for engine in (Engine.AUTO, Engine.EXACT))
    assert quick.engine == exact.engine == "exact"
    assert quick.outcomes.as_dict() == pytest.approx(exact.outcomes.as_dict(), abs=1e-4)
    assert quick.members["CHN"] == pytest.approx(exact.members["CHN"], abs=1e-4)
    assert quick.interval == pytest.approx(exact.interval, abs=1e-3)


def test_with_the_record_under_another_rule_the_exact_engine_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of votes know no code of restraint; another scenario stands in for seconds of work."""
    asked: list[Options] = []
    stands_in = simulator.odds(DPRK, engine="exact")

    def answer(_: Scenario, options: Options) -> simulator.Odds:
        asked.append(options)
        return stands_in

    monkeypatch.setattr(runs_module, "answer", answer)
    atrocity = {"draft.mass_atrocity": True}
    restrained = simulator.changed(simulator.load("dprk-2022-05-record"), rule="restraint", settings=atrocity)
    runs_module.run(restrained, Options())
    assert [one.engine for one in asked] == [Engine.EXACT]


def test_a_record_of_ones_own_is_heeded() -> None:
    shipped = simulator.compare("dprk-2022-05-record", "dprk-2017-12-record")
    votes = [vote for vote in record_with(()) if vote.date.year != 2021]
    own = simulator.compare("dprk-2022-05-record", "dprk-2017-12-record", record=votes)
    assert own.runs[0].adopted != shipped.runs[0].adopted
    assert own.runs[1].adopted == pytest.approx(shipped.runs[1].adopted, abs=CLOSE)


def test_as_dict_is_plain() -> None:
    told = json.loads(json.dumps(compare(DPRK, "gaza-2024-03").as_dict()))
    assert [one["name"] for one in told["scenarios"]] == [DPRK, "gaza-2024-03"]
    assert {part["piece"] for part in told["attribution"]["parts"]} == {"CHN", "GBR", "RUS", "USA", "seats", "company"}
    assert told["scenarios"][1]["difference"]["adopted"] == pytest.approx(
        sum(part["adopted"] for part in told["attribution"]["parts"])
    )
    assert repr(compare(DPRK, DPRK)).startswith("<Comparison: dprk-2022-05 (1) and dprk-2022-05 (2) are both")


def test_progress_is_told() -> None:
    seen: list[tuple[int, int]] = []
    compare(DPRK, "dprk-2017-12", progress=lambda done, wanted: seen.append((done, wanted)))
    assert [done for done, _ in seen] == list(range(16))
    assert {wanted for _, wanted in seen} == {16}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"names": ["one"]}, "names are 2 texts"),
        ({"names": "ab"}, "names are 2 texts"),
        ({"engine": "guess"}, "engine is one of auto, exact, monte-carlo"),
        ({"hybrids": 1}, "hybrids are a whole number from 2"),
        ({"hybrids": 3}, "an exact answer takes all 16"),
        ({"seed": -1}, "seed"),
        ({"do": {"RUS": "no"}, "given": {"RUS": "no"}}, "either learnt or made"),
    ],
)
def test_what_cannot_be_asked(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        compare(DPRK, "dprk-2017-12", **asked)


def test_one_scenario_is_none_to_compare_with() -> None:
    with pytest.raises(OptionError, match="two scenarios or more"):
        compare(DPRK)
    with pytest.raises(ScenarioError, match=r"given\.IND"):
        compare(DPRK, "dprk-2017-12", given={"IND": "no"})


def test_names_of_ones_own() -> None:
    found = compare(DPRK, "dprk-2017-12", names=["spring", "winter"])
    assert found.sentence.startswith("spring is adopted in 68 of 100, winter in 96 of 100")


def test_stopped_draws_stop_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half an answer among dozens is none."""
    half = replace(simulator.odds(DPRK, engine="exact"), interrupted=True)
    monkeypatch.setattr(runs_module, "answer", lambda *_: half)
    with pytest.raises(Stopped):
        runs_module.run(from_data(simulator.load(DPRK).to_data()), Options())


def test_draws_that_some_hybrids_lack_count_as_their_own() -> None:
    """Where what was learnt rules out some draws, the others no longer go together one by one."""
    doubtful = scenario(members=certain() | {"RUS": {"odds": {"no": {"uniform": [0.1, 0.7]}, "yes": "rest"}}})
    whole = runs_module.run(doubtful, Options(parameter_draws=4))
    assert whole.spread is not None
    fewer = replace(whole, spread=Spread(whole.spread.weights[1:] / 0.75, whole.spread.adopted[1:]))
    assert whole.error is not None
    assert fewer.error is not None
    weights = np.array([-1.0, 1.0])
    assert compare_module._drawn_error(weights, (whole, whole)) == pytest.approx(0)
    assert compare_module._drawn_error(weights, (whole, fewer)) == pytest.approx(hypot(whole.error, fewer.error))
