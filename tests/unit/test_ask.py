"""The one question, asked from Python: which engine answers, with what beside it, and what it refuses."""

from __future__ import annotations

import io
import json
import math
import pickle
from dataclasses import replace

import jsonschema
import numpy as np
import pytest
from rich.console import Console

import simulator
from simulator.engines import Options
from simulator.errors import EvidenceError, InputError, OptionError, ScenarioError, TooFewDraws
from simulator.shipped import shipped

DPRK = "dprk-2022-05"


def test_auto_prints_roll_calls_beside_the_exact_answer() -> None:
    """And they agree; the exact engine alone has no check."""
    odds = simulator.odds(DPRK)
    assert odds.engine == "exact"
    assert odds.check is not None
    assert odds.check.draws == 100_000
    assert odds.check.agrees(odds.outcomes)
    assert simulator.odds(DPRK, engine="exact").check is None


def test_a_check_that_is_off_says_so() -> None:
    """The twin of the agreement: five standard errors away is no agreement."""
    odds = simulator.odds(DPRK)
    assert odds.check is not None
    off = replace(odds.outcomes, adopted=odds.adopted + 6 * odds.check.error.adopted)
    assert not odds.check.agrees(off)


def test_auto_falls_back_to_monte_carlo_and_says_why() -> None:
    """Three blocs that cross."""
    blocs = [{"members": list(pair), "cohesion": 0.3} for pair in (("CHN", "RUS"), ("RUS", "IND"), ("IND", "BRA"))]
    scenario = simulator.changed(simulator.load(DPRK), settings={"blocs": blocs})
    odds = simulator.odds(scenario)
    assert odds.engine == "monte-carlo"
    assert any("cross" in note for note in odds.notes)
    with pytest.raises(InputError, match="monte-carlo"):
        simulator.odds(scenario, engine="exact")


def test_rare_evidence_leaves_the_check_out_with_a_note() -> None:
    """Exact answers; a hundred thousand roll calls hardly show it."""
    odds = simulator.odds(DPRK, given={"USA": "no", "GBR": "no"})
    assert odds.check is None
    assert any("no Monte Carlo line" in note for note in odds.notes)
    with pytest.raises(TooFewDraws):
        simulator.odds(DPRK, given={"USA": "no", "GBR": "no"}, engine="monte-carlo", method="votes", draws=10_000)


def test_given_moves_beliefs_and_do_moves_only_followers() -> None:
    """Learning Russia's no tells of the draft; making it reaches China, which follows, and nobody else."""
    plain, learnt, made = (
        simulator.odds(DPRK, engine="exact", **what)  # type: ignore[arg-type]
        for what in ({}, {"given": {"RUS": "no"}}, {"do": {"RUS": "no"}})
    )
    assert learnt.members["BRA"]["yes"] < plain.members["BRA"]["yes"] - 0.001
    assert made.members["BRA"]["yes"] == pytest.approx(plain.members["BRA"]["yes"], abs=1e-12)
    assert made.members["CHN"]["no"] > plain.members["CHN"]["no"] + 0.1
    assert made.adopted == learnt.adopted == 0
    assert made.evidence_probability == 1
    assert learnt.evidence_probability == pytest.approx(plain.members["RUS"]["no"], abs=1e-9)


def test_evidence_of_probability_zero_is_an_error() -> None:
    """In both engines."""
    settings = {"members.RUS.odds": {"yes": 0.5, "abstain": 0.5}}
    scenario = simulator.changed(simulator.load(DPRK), settings=settings)
    for engine in ("exact", "monte-carlo"):
        with pytest.raises(EvidenceError, match="RUS"):
            simulator.odds(scenario, engine=engine, given={"RUS": "no"})


def test_too_few_draws_name_a_number_that_is_enough() -> None:
    """Not a power of ten that was refused already; twice as many, well above what chance can take away, are enough."""
    asked = {"given": {"RUS": "yes"}, "engine": "monte-carlo", "method": "votes"}
    with pytest.raises(TooFewDraws, match=r"about 2,700 draws or more are needed") as caught:
        simulator.odds(DPRK, draws=1000, **asked)  # type: ignore[arg-type]
    named = int(str(caught.value).partition("about ")[2].partition(" ")[0].replace(",", ""))
    assert simulator.odds(DPRK, draws=2 * named, **asked).draws == 2 * named  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"engine": "exakt"},
        {"method": "vote"},
        {"draws": 0},
        {"draws": 2.5},
        {"draws": True},
        {"seed": -1},
        {"seed": 2**64},
        {"seed": "a"},
        {"precision": 0.0},
        {"precision": math.nan},
        {"workers": 0},
        {"given": {"CHN": "no"}, "do": {"CHN": "yes"}},
    ],
    ids=str,
)
def test_options_outside_what_is_allowed_are_named(wrong: dict[str, object]) -> None:
    """Each is an OptionError, never a result and never another exception."""
    with pytest.raises(OptionError):
        simulator.odds(DPRK, **wrong)  # type: ignore[arg-type]


def test_draws_cannot_be_saved_where_none_are_drawn() -> None:
    """The conditional method draws no roll calls."""
    with pytest.raises(OptionError, match="--method votes"):
        Options(sink=lambda _rows: None)


def test_a_scenario_may_be_a_path_or_a_name() -> None:
    """And what is neither is an InputError that names the nearest."""
    path = shipped("scenarios", "historical", f"{DPRK}.toml")
    assert simulator.odds(path, engine="exact").outcomes == simulator.odds(DPRK, engine="exact").outcomes
    with pytest.raises(InputError, match="did you mean dprk-2022-05"):
        simulator.odds("dprk-2022-5")
    with pytest.raises(ScenarioError, match="CHM"):
        simulator.odds(DPRK, given={"CHM": "no"})


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"engine": "exact"},
        {"engine": "monte-carlo"},
        {"engine": "monte-carlo", "method": "votes", "draws": 5000},
        {"given": {"CHN": "not yes"}, "do": {"RUS": "no"}},
        {"engine": "monte-carlo", "given": {"CHN": "no"}},
    ],
    ids=str,
)
def test_answers_have_the_documented_form(how: dict[str, object]) -> None:
    """The JSON schema that `unsc schema --result` prints; probabilities add up."""
    schema = json.loads(shipped("faces", "data", "result.schema.json").read_text(encoding="utf-8"))
    odds = simulator.odds(DPRK, **how)  # type: ignore[arg-type]
    data = json.loads(json.dumps(odds.as_dict()))
    jsonschema.validate(data, schema)
    assert sum(data["odds"].values()) == pytest.approx(1)
    assert sum(tally["probability"] for tally in data["tallies"]) == pytest.approx(1)
    assert data["vetoes"]["any"] == pytest.approx(data["odds"]["vetoed"])
    sets = sum(data["vetoes"]["alone"].values()) + sum(data["vetoes"]["joint"].values())
    assert sets == pytest.approx(data["vetoes"]["any"])
    for member, odds_of in data["members"].items():
        assert sum(odds_of.values()) == pytest.approx(1), member
    for pair in data["pairs"].values():
        assert sum(pair.values()) == pytest.approx(1)
    one, other = "CHN", "RUS"
    for choice in ("yes", "abstain", "no", "absent"):
        row = sum(
            data["pairs"][f"{one} {other}"][f"{choice} {theirs}"] for theirs in ("yes", "abstain", "no", "absent")
        )
        assert row == pytest.approx(data["members"][one][choice], abs=1e-9)


def test_results_show_themselves() -> None:
    """In a console, in a notebook, and as text; titles with markup in them stay text."""
    scenario = simulator.changed(simulator.load(DPRK), settings={"title": "a [bold]<b>title"})
    odds = simulator.odds(scenario, engine="exact")
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(odds)
    text = console.export_text()
    assert "Adopted in 68 of 100" in text
    assert "a [bold]<b>title" in text
    assert text.count("●") + text.count("✕") + text.count("○") == 100
    html = odds._repr_html_()
    assert "&lt;b&gt;title" in html
    assert "Adopted in 68 of 100" in html
    assert "adopted 0.67" in repr(odds)


def test_results_can_be_pickled() -> None:
    """For whoever computes many in processes."""
    odds = simulator.odds(DPRK, engine="exact")
    again = pickle.loads(pickle.dumps(odds))
    assert again.outcomes == odds.outcomes
    assert again.tallies == odds.tallies
    assert np.array_equal(again.choices, odds.choices)


def test_an_exact_answer_repeats_to_the_last_bit() -> None:
    """The same question twice."""
    assert simulator.odds(DPRK, engine="exact").as_dict() == simulator.odds(DPRK, engine="exact").as_dict()


def test_proviso_takes_a_partys_vote_under_chapter_six() -> None:
    """Article 27(3): a party abstains, and its yes does not count; under Chapter VII it votes, and a note says so."""
    base = {"council.parties": ["GBR"], "draft.chapter": "VI"}
    scenario = simulator.changed(simulator.load(DPRK), settings=base)
    odds = simulator.odds(scenario, engine="exact")
    assert odds.members["GBR"]["abstain"] == pytest.approx(1)
    assert any("GBR must abstain" in note for note in odds.notes)
    seven = simulator.odds(simulator.changed(scenario, settings={"draft.chapter": "VII"}), engine="exact")
    assert seven.members["GBR"]["yes"] > 0.5
    assert any("no effect" in note for note in seven.notes)


_STATED = {"council.rule": "quota-and-veto", "council.quota": 9}


def test_a_stated_quota_keeps_the_proviso_where_it_stands_for_article_27_3() -> None:
    """Other numbers, the same clause; not where no veto can block, nor on a procedural matter."""
    party = {"council.parties": ["GBR"], "draft.chapter": "VI", **_STATED}
    charter, stated = (
        simulator.odds(simulator.changed(simulator.load(DPRK), settings=settings), engine="exact")
        for settings in ({"council.parties": ["GBR"], "draft.chapter": "VI"}, party)
    )
    assert stated.outcomes == charter.outcomes
    assert any("GBR must abstain" in note for note in stated.notes)


@pytest.mark.parametrize(
    "change",
    [
        {"draft.matter": "procedural"},
        {"council.rule": "no-veto"},
        {**_STATED, "council.vetoes_needed": 0},
        {**_STATED, "draft.matter": "procedural"},
    ],
    ids=str,
)
def test_proviso_belongs_to_article_27_3_alone(change: dict[str, str]) -> None:
    """On procedural matters and under other rules a party votes as anybody, and a note says so."""
    settings = {"council.parties": ["GBR"], "draft.chapter": "VI", **change}
    odds = simulator.odds(simulator.changed(simulator.load(DPRK), settings=settings), engine="exact")
    assert odds.members["GBR"]["yes"] > 0.5
    assert any("no effect" in note for note in odds.notes)
