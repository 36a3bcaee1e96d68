"""Which numbers sensitivity looks at: every one of the file, and those that it leaves to the shipped tables."""

from __future__ import annotations

from typing import Any

import pytest

import simulator
from simulator.analysis import Assumption, sensitivity
from simulator.analysis.sensitivity.sensitivities import sensitivity_of
from simulator.engines import Options
from simulator.scenario import Scenario, parse

BARE = 'schema = 1\ntitle = "A draft"\n[draft]\ndate = 2024-06-03\n'
EVEN = BARE + "[members.default]\nodds = { yes = 0.6, abstain = 0.3, no = 0.1 }\n"
SPATIAL = BARE + (
    '[preferences]\nmodel = "spatial"\n[spatial]\ndimensions = ["order"]\ndraft = { order = 0.6 }\n[members.DZA]\n'
)


def numbers_of(scenario: Any, **how: Any) -> dict[str, Assumption]:
    return {one.name: one for one in sensitivity(scenario, **how).numbers}


def difference(scenario: Scenario, settings: Any, value: float, step: float = 1e-4) -> float:
    """The slope of the exact odds; `settings` makes them from a value."""
    ends = [
        simulator.odds(simulator.changed(scenario, settings=settings(value + by)), engine="exact").adopted
        for by in (-step, step)
    ]
    return (ends[1] - ends[0]) / (2 * step)


def test_votes_before_the_drafts_have_numbers_too() -> None:
    scenario = simulator.load("an-order-of-amendments")
    found = numbers_of(scenario)
    one = found["sequence.0.if_adopted"]
    assert (one.value, one.low, one.how) == (-0.6, -1.1, "difference")
    assert one.high == pytest.approx(-0.1)
    slope = difference(scenario, lambda value: {"sequence.0.if_adopted": value}, -0.6)
    assert one.slope == pytest.approx(slope, abs=1e-6)
    assert one.slope is not None
    assert one.slope > 0.1
    one = found["sequence.1.members.USA.odds.no"]

    def odds(no: float) -> dict[str, Any]:
        left = (1 - no) / 0.85
        return {"sequence.1.members.USA.odds": {"yes": 0.2 * left, "abstain": 0.65 * left, "no": no}}

    assert one.slope == pytest.approx(difference(scenario, odds, 0.15), abs=1e-6)
    assert not any(name.startswith("sequence.2") for name in found)  # the draft itself


def test_so_has_the_preliminary_question() -> None:
    scenario = simulator.load("czechoslovakia-1948")
    found = numbers_of(scenario)
    one = found["preliminary.UKR.odds.no"]
    slope = difference(scenario, lambda no: {"preliminary.UKR.odds": {"abstain": 1 - no, "no": no}}, float(one.value))
    assert one.slope == pytest.approx(slope, abs=1e-6)
    word = found["stances.will-veto.permanent.no"]  # said of the draft and of the question before it
    assert word.slope is not None
    assert word.slope < -1


def test_on_the_page_it_is_said_that_support_moves_the_last_vote_alone() -> None:
    said = "support is moved in the vote on the draft alone"
    assert any(said in note for note in sensitivity("an-order-of-amendments").notes)
    assert any(said in note for note in sensitivity("czechoslovakia-1948").notes)
    assert not any(said in note for note in sensitivity("dprk-2022-05").notes)


def test_what_words_stand_for_is_moved_where_the_shipped_table_says_it() -> None:
    scenario = parse(BARE + '[members]\ndefault.stance = "leans-yes"\nRUS.stance = "opposes"\n')
    found = numbers_of(scenario)
    assert {name.rsplit(".", 1)[0] for name in found} == {
        *("stances.leans-yes.permanent", "stances.leans-yes.elected", "stances.opposes.permanent"),
    }
    yes = found["stances.leans-yes.elected.yes"]
    rest = {word: found[f"stances.leans-yes.elected.{word}"].value for word in ("abstain", "no")}

    def odds(value: float) -> dict[str, Any]:
        left = (1 - value) / sum(rest.values())  # type: ignore[arg-type]  # values of numbers are numbers
        return {"stances.leans-yes.elected": {"yes": value, **{word: share * left for word, share in rest.items()}}}

    assert isinstance(yes.value, float)
    assert yes.slope == pytest.approx(difference(scenario, odds, yes.value), abs=1e-6)


def test_numbers_for_words_in_the_file_stand_in_for_those_of_the_table() -> None:
    words = '[members]\ndefault.stance = "leans-yes"\n[stances.leans-yes]\nelected = { yes = 0.75, abstain = 0.25 }\n'
    found = numbers_of(parse(BARE + words))
    assert found["stances.leans-yes.elected.yes"].value == 0.75
    assert "stances.leans-yes.elected.no" not in found
    assert "stances.leans-yes.permanent.no" in found


def test_ties_and_what_the_issue_space_takes_for_granted() -> None:
    scenario = parse(SPATIAL + "position = { order = 0.1 }\ntie = -0.3\n")
    found = numbers_of(scenario)
    wanted = {
        "members.DZA.tie": -0.3,
        "spatial.noise": 0.5,
        "spatial.indifference": 0.2,
        "spatial.reversion.order": 0.0,
    }
    for key, value in wanted.items():
        assert found[key].value == value
        assert found[key].how == "exact"
        slope = difference(scenario, lambda at, key=key: {key: at}, value)
        assert found[key].slope == pytest.approx(slope, abs=1e-6)
    assert (found["members.DZA.tie"].low, found["members.DZA.tie"].high) == (-0.6, -0.15)


def test_absence_is_a_number_like_any_other() -> None:
    scenario = parse(EVEN + "[members.DZA]\nodds = { yes = 0.5, abstain = 0.3, absent = 0.2 }\n")
    one = numbers_of(scenario)["members.DZA.odds.absent"]

    def odds(absent: float) -> dict[str, Any]:
        left = (1 - absent) / 0.8
        return {"members.DZA.odds": {"yes": 0.5 * left, "abstain": 0.3 * left, "absent": absent}}

    assert one.slope == pytest.approx(difference(scenario, odds, 0.2), abs=1e-7)
    assert one.how == "exact"


def test_beside_an_uncertain_number_the_rest_gives_way() -> None:
    scenario = parse(EVEN + '[members.CHN]\nodds = { yes = 0.2, abstain = "rest", no = { uniform = [0.1, 0.5] } }\n')
    found = numbers_of(scenario)
    middle = simulator.changed(scenario, settings={"members.CHN.odds.no": 0.3})
    slope = difference(middle, lambda yes: {"members.CHN.odds.yes": yes}, 0.2)
    assert found["members.CHN.odds.yes"].slope == pytest.approx(slope, abs=1e-6)
    assert found["members.CHN.odds.no"].uncertain


def test_where_medians_break_a_limit_there_are_no_derivatives_and_it_is_said() -> None:
    """Three cohesions with a median of 0.35 each, whose sum is mostly below 1 all the same."""
    bloc = '[[blocs]]\nmembers = ["CHN", "RUS"]\ncohesion = { triangular = [0.0, 0.49, 0.49] }\n'
    found = sensitivity_of(parse(EVEN + 3 * bloc), Options(parameter_draws=8))
    assert {one.slope for one in found.numbers} == {None}
    assert any("no derivatives with every uncertain number at its median" in note for note in found.notes)
    assert found.numbers[0].swing > 0


def test_one_uncertain_number_alone_makes_all_of_the_doubt() -> None:
    scenario = parse(EVEN + '[[blocs]]\nmembers = "all"\ncohesion = { uniform = [0.1, 0.5] }\n')
    (index,) = sensitivity(scenario).indices
    assert (index.key, index.first, index.total) == ("blocs.0.cohesion", 1.0, 1.0)


def test_ends_over_fewer_draws_are_those_of_all_draws() -> None:
    found = numbers_of("what-we-do-not-know")
    one = found["members.default.odds.yes"]
    odds = simulator.odds(
        simulator.changed(
            simulator.load("what-we-do-not-know"),
            settings={"members.default.odds": {"yes": one.low, "abstain": 1 - float(one.low)}},
        ),
        engine="exact",
    )
    assert one.odds_low == pytest.approx(odds.adopted, abs=2e-4)


def test_what_uncertain_numbers_are_taken_over_is_said() -> None:
    plain, learnt = (sensitivity("what-we-do-not-know", given=given) for given in (None, {"CHN": "not yes"}))
    assert any("means over the uncertain numbers" in note for note in plain.notes)
    before = "before anything was said or learnt; the interval of unsc run is after"
    assert not any(before in note for note in plain.notes)
    assert any(before in note for note in learnt.notes)
