"""The win set: every text's odds are those of the exact engine, and what beats the reversion point is as defined."""

from __future__ import annotations

import io

import numpy as np
import pytest
import rich.console

import simulator
from simulator.analysis import WinSet, win_set
from simulator.engines.ask import odds
from simulator.errors import OptionError, ScenarioError
from simulator.scenario import Scenario, changed, council_of, majority_of, parse

TWO = """
schema = 1
title = "A [bold] place"
draft.date = 2022-05-26
preferences.model = "spatial"
[spatial]
dimensions = ["order", "cost"]
draft = { order = 0.6, cost = -0.3 }
reversion = { order = -0.5, cost = 0.1 }
noise = 0.4
indifference = 0.15
veto_reluctance = 0.35
default_position = { order = 0.3, cost = -0.2 }
[members]
CHN = { position = { order = -0.1 }, stance = "reservations" }
RUS = { position = { order = -0.2, cost = 0.5 }, salience = { cost = 0.5 }, tie = -0.1 }
IND = { position = { order = 0.7, cost = 0.4 }, salience = { order = 2, cost = 0 } }
KEN.odds = { yes = 0.3, abstain = 0.3, no = 0.3, absent = 0.1 }
MEX.odds = { yes = 0.1, absent = 0.9 }
[[blocs]]
members = "all"
cohesion = 0.3
[[blocs]]
members = ["CHN", "RUS"]
cohesion = 0.4
[[company]]
leader = "RUS"
follower = "CHN"
[given]
FRA = "not no"
[do]
GBR = "abstain"
"""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return parse(TWO)


@pytest.fixture(scope="module")
def found(scenario: Scenario) -> WinSet:
    return win_set(scenario, steps=31)


def at(scenario: Scenario, text: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Scenario:
    names = scenario.spatial.dimensions if scenario.spatial else ()
    return changed(scenario, settings={f"spatial.draft.{name}": float(x) for name, x in zip(names, text, strict=True)})


def test_the_odds_of_every_text_are_those_of_the_exact_engine(scenario: Scenario, found: WinSet) -> None:
    """At random texts, with blocs, company, statements, something learnt, something made, and odds of members' own."""
    rng = np.random.default_rng(7)
    for row in rng.choice(len(found.points), 40, replace=False):
        truth = odds(at(scenario, found.points[row]), engine="exact").adopted
        assert found.adopted[row] == pytest.approx(truth, abs=1e-7)
    assert found.accuracy < 1e-6


def test_points_are_a_grid_whose_last_dimension_varies_fastest(found: WinSet) -> None:
    assert found.shape == (31, 31)
    assert found.points.shape == (961, 2)
    assert found.points[0] == pytest.approx([-1, -1])
    assert found.points[1] == pytest.approx([-1, -1 + 2 / 30])
    assert found.points[-1] == pytest.approx([1, 1])
    assert found.adopted[found.best] == found.adopted.max()


def preferred(scenario: Scenario, text: tuple[float, float]) -> bool:
    """Whether a text beats the reversion point, member by member from the definition."""
    space = scenario.spatial
    assert space is not None
    council = council_of(scenario)
    yes = vetoes = 0
    for seat in council.seats:
        entry = scenario.members.get(seat.id)
        if seat.id in ("GBR", "KEN", "MEX"):  # made to abstain; without a favoured side; mostly absent
            continue
        position = {**space.default_position, **(entry.position or {} if entry else {})}
        gain = (entry.tie or 0.0) if entry else 0.0
        for name, z in zip(space.dimensions, text, strict=True):
            weight = (entry.salience or {}).get(name, 1.0) if entry else 1.0
            gain += weight * ((position[name] - space.reversion[name]) ** 2 - (position[name] - z) ** 2)
        yes += gain >= 0.15
        vetoes += seat.permanent and gain < -0.15 - 0.35
    return yes >= 9 and vetoes == 0


def test_a_text_beats_the_reversion_point_if_it_is_adopted_by_members_without_noise(
    scenario: Scenario, found: WinSet
) -> None:
    expected = [preferred(scenario, (float(x), float(y))) for x, y in found.points]
    assert found.beats.tolist() == expected
    assert 0 < sum(expected) < len(expected)
    assert not found.cores.rule
    assert not found.cores.veto


def test_who_has_odds_of_its_own_votes_by_the_middle_of_its_support() -> None:
    """Yes from a half up, no above a half, and nothing where it is mostly absent."""
    for own, adopted in (
        ("yes = 0.6, no = 0.4", True),
        ("yes = 0.4, no = 0.6", False),
        ("yes = 0.4, absent = 0.6", False),
    ):
        entries = "\n".join(f"{code}.odds = {{ {own} }}" for code in council_of(parse(TWO)).ids)
        toml = TWO[: TWO.index("[members]")] + f"[members]\n{entries}\n"
        found = win_set(parse(toml), steps=3)
        assert found.beats.all() == adopted
        assert found.beats.any() == adopted


def test_the_reversion_point_itself_beats_nothing() -> None:
    """Even where nobody is against leaving things as they are."""
    toml = TWO[: TWO.index("[members]")].replace("indifference = 0.15", "indifference = 0").replace("0.35", "0")
    found = win_set(parse(toml.replace("order = -0.5, cost = 0.1", "order = 0.3, cost = -0.2")), steps=21)
    assert not found.beats.any()
    assert found.cores.rule
    assert found.cores.veto


def test_of_three_dimensions_two_are_chosen_and_the_third_stays_where_the_draft_is() -> None:
    toml = TWO.replace('"cost"]', '"cost", "time"]').replace("cost = -0.3 }", "cost = -0.3, time = 0.9 }")
    scenario = parse(toml.replace("cost = -0.2 }", "cost = -0.2, time = 0.5 }"))
    with pytest.raises(OptionError, match="one or two dimensions vary, not 3"):
        win_set(scenario)
    found = win_set(scenario, steps=5, dimensions=["time", "order"])
    assert found.dimensions == ("time", "order")
    assert (found.points[:, 1] == -0.3).all()
    assert found.points[1] == pytest.approx([-0.5, -0.3, -1])
    truth = odds(at(scenario, found.points[17]), engine="exact").adopted
    assert found.adopted[17] == pytest.approx(truth, abs=1e-7)
    line = win_set(scenario, steps=5, dimensions=["time"])
    assert line.shape == (5,)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"steps": 1}, "from 2 to 401, not 1"),
        ({"steps": 402}, "not 402"),
        ({"steps": 2.5}, "not 2.5"),
        ({"steps": True}, "not True"),
        ({"dimensions": ["ordr"]}, "did you mean order?"),
        ({"dimensions": "order"}, "a list of names"),
        ({"dimensions": []}, "not 0"),
        ({"dimensions": ["cost", "cost"]}, "one or two dimensions"),
        ({"dimensions": [3]}, "3 is none of them"),
    ],
)
def test_options_outside_what_is_allowed_are_refused(scenario: Scenario, options: dict[str, object], said: str) -> None:
    with pytest.raises(OptionError) as caught:
        win_set(scenario, **options)  # type: ignore[arg-type]  # wrong on purpose
    assert said in str(caught.value)


def test_a_scenario_without_a_space_is_refused() -> None:
    with pytest.raises(OptionError, match="issue space"):
        simulator.win_set("dprk-2022-05")


def test_what_has_no_one_answer_is_refused() -> None:
    """Uncertain numbers, and a rule under which an earlier vote decides what a text needs."""
    with pytest.raises(ScenarioError, match=r"spatial\.noise: is uncertain"):
        win_set(parse(TWO.replace("noise = 0.4", "noise = { uniform = [0.2, 0.6] }")))
    double = TWO.replace("preferences.model", "council.rule = 'double-veto'\npreferences.model")
    with pytest.raises(OptionError, match="double-veto"):
        win_set(parse(double + "[preliminary]\ndefault.odds = { yes = 1 }\n"))


def drawn(found: WinSet, width: int = 80) -> list[str]:
    console = rich.console.Console(width=width, record=True, file=io.StringIO())
    console.print(found)
    return console.export_text().splitlines()


def test_it_shows_as_a_map_in_characters(found: WinSet) -> None:
    lines = drawn(found)
    assert lines[0] == "A [bold] place"
    assert max(map(len, lines)) <= 80
    marks = "".join(lines[2:23])
    assert marks.count("Q") == marks.count("D") == 1
    assert "Likeliest text: order" in lines[-2]
    assert "beat the reversion point" in lines[-1]


def test_in_one_dimension_it_shows_as_a_line_with_the_win_set_below() -> None:
    found = simulator.win_set("a-place-in-issue-space", steps=41)
    lines = drawn(found)
    assert max(map(len, lines)) <= 80
    assert lines[2].count("Q") == lines[2].count("D") == 1
    assert len(lines[2]) == len(lines[3])
    assert lines[-1].startswith("Without noise no text replaces the reversion point")


def test_it_shows_in_notebooks_and_in_a_line(found: WinSet) -> None:
    html = found._repr_html_()
    assert html.count("<rect") == 31 * 31
    assert html.count("<circle") == found.beats.sum()
    assert "<svg" in simulator.win_set("a-place-in-issue-space", steps=9)._repr_html_()
    assert "A [bold] place" in html
    assert repr(found).startswith("<WinSet of 'A [bold] place': 961 texts, adopted up to 0.")


def test_the_majority_is_the_rules(scenario: Scenario) -> None:
    """What is blocked by one veto may pass where it takes two."""
    relaxed = changed(scenario, rule="no-veto")
    assert majority_of(relaxed, council_of(relaxed)).vetoes_needed is None
    one, other = (win_set(each, steps=11).beats for each in (scenario, relaxed))
    assert (other | ~one).all()
    assert not win_set(relaxed, steps=11).cores.veto
