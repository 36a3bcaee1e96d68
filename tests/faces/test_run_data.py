"""What ``unsc run`` writes for programs: JSON in the documented form, CSV, and the roll calls themselves."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

import simulator
from simulator.engines import Engine, Method, Options
from simulator.engines import answer as answered
from simulator.engines.monte_carlo.units import Codes
from simulator.faces.cli import draws_file
from simulator.facts import council_on
from simulator.scenario import load, shipped_scenarios
from tests.faces.conftest import Unsc

WORDS = ["yes", "abstain", "no", "absent"]
OUTCOMES = ["adopted", "vetoed", "failed"]
KEYS = [
    *("scenario", "rule", "engine", "method", "seed", "draws", "odds", "hidden_veto", "error", "accuracy", "bounds"),
    *(
        "interval",
        "doubt",
        "steps",
        "members",
        "vetoes",
        "pairs",
        "tallies",
        "given",
        "do",
        "evidence_probability",
        "effective_draws",
    ),
    *("interrupted", "check", "notes", "outside_view"),
]
VOTES = ("--engine", "monte-carlo", "--method", "votes", "--draws", "1e4")
MANNERS = {
    "exact": ("--engine", "exact"),
    "auto": (),
    "conditional": ("--engine", "monte-carlo", "--draws", "4096"),
    "votes": VOTES,
    "votes, learnt": (*VOTES, "--given", "CHN=not yes", "--do", "USA=yes"),
}
MANNER = pytest.mark.parametrize("manner", MANNERS)


@MANNER
def test_json_has_the_documented_keys_in_their_order(unsc: Unsc, manner: str) -> None:
    answer = unsc("run", "dprk-2022-05", "--json", *MANNERS[manner]).json
    assert list(answer) == KEYS
    assert list(answer["odds"]) == OUTCOMES
    assert list(answer["vetoes"]) == ["any", "by", "alone", "joint"]
    assert all(
        list(tally) == ["yes", "no", "abstain", "absent", "probability", "outcome"] for tally in answer["tallies"]
    )
    assert answer["check"] is None or list(answer["check"]) == ["method", "draws", "odds", "error"]
    simulated = manner not in ("exact", "auto")
    assert (answer["engine"] == "monte-carlo") is simulated
    assert (answer["error"] is not None) is (answer["seed"] is not None) is (answer["accuracy"] is None) is simulated
    assert (answer["check"] is not None) is (manner == "auto")


@MANNER
def test_the_numbers_of_json_belong_together(unsc: Unsc, manner: str) -> None:
    """Outcomes, members, tallies and pairs each add up to 1; vetoes alone and together to vetoed."""
    answer = unsc("run", "dprk-2022-05", "--json", *MANNERS[manner]).json
    near = pytest.approx(1, abs=1e-6)
    assert sum(answer["odds"].values()) == near
    assert list(answer["members"]) == list(council_on(load("dprk-2022-05").council_date).ids)
    assert all(list(odds) == WORDS and sum(odds.values()) == near for odds in answer["members"].values())
    assert sum(tally["probability"] for tally in answer["tallies"]) == near
    assert all(sum(tally[word] for word in WORDS) == 15 for tally in answer["tallies"])
    assert all(len(table) == 16 and sum(table.values()) == near for table in answer["pairs"].values())
    for outcome in OUTCOMES:
        share = sum(tally["probability"] for tally in answer["tallies"] if tally["outcome"] == outcome)
        assert share == pytest.approx(answer["odds"][outcome], abs=1e-6)
    vetoes = answer["vetoes"]
    assert vetoes["any"] == pytest.approx(answer["odds"]["vetoed"], abs=1e-6)
    apart = sum(vetoes["alone"].values()) + sum(vetoes["joint"].values())
    assert apart == pytest.approx(vetoes["any"], abs=1e-6)


def test_exact_json_is_that_of_the_library(unsc: Unsc) -> None:
    expected = simulator.odds("dprk-2022-05", engine="exact").as_dict()
    expected["outside_view"] = simulator.outside_view("dprk-2022-05").as_dict()
    assert unsc("run", "dprk-2022-05", "--json", "--engine", "exact").json == json.loads(json.dumps(expected))


@pytest.mark.parametrize("manner", [manner for manner in MANNERS if manner != "exact"])
def test_every_engine_answers_the_same_question(unsc: Unsc, manner: str) -> None:
    """Within five standard errors of the exact odds: seeded, so it does not flicker."""
    answer = unsc("run", "dprk-2022-05", "--json", *MANNERS[manner]).json
    what_if: dict[str, Any] = {"given": answer["given"], "do": answer["do"]}
    exact = simulator.odds("dprk-2022-05", engine="exact", **what_if)
    error = answer["error"]["adopted"] if answer["error"] else 0
    assert abs(answer["odds"]["adopted"] - exact.adopted) <= 5 * error + 1e-12


def test_json_of_several_scenarios_is_a_list_and_of_one_is_not(unsc: Unsc) -> None:
    several = unsc("run", "a-follower", "nine-yes-votes", "--json", "--engine", "exact").json
    assert [answer["scenario"] for answer in several] == ["A follower", "Nine yes votes"]
    assert unsc("run", "a-follower", "--json", "--engine", "exact").json == several[0]


def test_the_schema_of_results_is_true_of_every_manner_of_answer(unsc: Unsc) -> None:
    schema = unsc("schema", "--result").json
    jsonschema.Draft202012Validator.check_schema(schema)
    for options in MANNERS.values():
        answer = unsc("run", "dprk-2022-05", "--json", *options).json
        jsonschema.validate(answer, schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**answer, "odds": "high"}, schema)


@pytest.mark.parametrize("names", [["dprk-2022-05"], ["dprk-2022-05", "a-follower", "libya-2011"]])
def test_csv_has_a_row_a_scenario(unsc: Unsc, names: list[str]) -> None:
    ran = unsc("run", *names, "--csv", "--engine", "exact")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [row["source"] for row in rows] == names
    for name, row in zip(names, rows, strict=True):
        odds, scenario = simulator.odds(name, engine="exact"), load(name)
        assert [float(row[word]) for word in OUTCOMES] == [odds.adopted, odds.vetoed, odds.failed]
        assert (row["date"], row["title"]) == (scenario.draft.date.isoformat(), scenario.title)
        assert (row["engine"], row["method"], row["error_adopted"]) == ("exact", "", "")
        if scenario.actual is None:
            assert (row["actual"], row["brier"]) == ("", "")
        else:
            happened = scenario.actual.outcome.value
            assert row["actual"] == happened
            assert float(row["brier"]) == pytest.approx((odds.adopted - (happened == "adopted")) ** 2)


def test_csv_carries_the_errors_of_monte_carlo(unsc: Unsc) -> None:
    (row,) = csv.DictReader(io.StringIO(unsc("run", "a-follower", "--csv", *VOTES).out))
    assert (row["method"], row["seed"], row["draws"]) == ("votes", "1946", "10000")
    assert all(0 < float(row[f"error_{word}"]) < 0.02 for word in OUTCOMES)


def test_csv_keeps_titles_with_commas_and_quotes_whole(unsc: Unsc) -> None:
    text = "schema = 1\ntitle = 'a, \"b\"'\ndraft.date = 2022-05-26\n"
    (row,) = csv.DictReader(io.StringIO(unsc("run", "-", "--csv", "--engine", "exact", stdin=text.encode()).out))
    assert row["title"] == 'a, "b"'


def test_roll_calls_saved_as_csv_count_up_to_the_answer(unsc: Unsc, tmp_path: Path) -> None:
    """Every draw is a row of words, a column a member; counted by the Charter, they give the odds that are printed."""
    path = tmp_path / "draws.csv"
    ran = unsc("run", "dprk-2022-05", "--save-draws", str(path), "--draws", "2e4", "--json")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 20_000 == ran.json["draws"]
    assert list(rows[0]) == list(ran.json["members"])
    adopted = sum(
        list(row.values()).count("yes") >= 9 and "no" not in [row[code] for code in ("CHN", "FRA", "GBR", "RUS", "USA")]
        for row in rows
    )
    assert adopted / 20_000 == pytest.approx(ran.json["odds"]["adopted"], abs=1e-12)
    no = sum(row["CHN"] == "no" for row in rows)
    assert no / 20_000 == pytest.approx(ran.json["members"]["CHN"]["no"], abs=1e-12)


def test_roll_calls_saved_as_npz_are_those_of_the_csv(unsc: Unsc, tmp_path: Path) -> None:
    for name in ("draws.csv", "draws.npz"):
        assert unsc("run", "dprk-2022-05", "--save-draws", str(tmp_path / name), "--draws", "2e4").status == 0
    with np.load(tmp_path / "draws.npz") as saved:
        words = saved["choices"][saved["votes"]]
        assert saved["choices"].tolist() == WORDS
        members = saved["members"].tolist()
    with (tmp_path / "draws.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == members
    assert rows[1:] == words.tolist()


def test_an_interrupted_answer_rests_on_no_roll_call_that_was_not_saved() -> None:
    """Ctrl-C while the third chunk is being written: that chunk does not count."""
    saved: list[int] = []

    def sink(roll_calls: Codes) -> None:
        if len(saved) == 2:
            raise KeyboardInterrupt
        saved.append(len(roll_calls))

    options = Options(engine=Engine.MONTE_CARLO, method=Method.VOTES, draws=10**7, workers=1, sink=sink)
    odds = answered(load("a-follower"), options)
    assert odds.interrupted
    assert odds.draws == sum(saved)


def test_roll_calls_that_contradict_what_is_learnt_are_not_saved(unsc: Unsc, tmp_path: Path) -> None:
    path = tmp_path / "draws.csv"
    unsc("run", "a-follower", "--save-draws", str(path), "--draws", "2e4", "--given", "RUS=no", "--do", "USA=abstain")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert {(row["RUS"], row["USA"]) for row in rows} == {("no", "abstain")}


def test_roll_calls_are_not_saved_over_the_scenario(unsc: Unsc, tmp_path: Path) -> None:
    """A slip of the keyboard does not cost the file."""
    text = shipped_scenarios()["a-follower"].read_text(encoding="utf-8")
    mine = tmp_path / "mine.csv"
    mine.write_text(text, encoding="utf-8")
    ran = unsc("run", str(mine), "--save-draws", str(mine), "--draws", "100")
    assert ran.status == 2
    assert "is the scenario itself" in ran.err
    assert mine.read_text(encoding="utf-8") == text


def test_an_npz_file_of_too_many_roll_calls_is_refused_before_any_is_drawn(
    unsc: Unsc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number is in --draws, so nobody waits to learn it."""

    def never(*_: object) -> None:
        raise AssertionError("something was drawn")

    monkeypatch.setattr("simulator.faces.cli.run.answer", never)
    ran = unsc("run", "a-follower", "--save-draws", str(tmp_path / "x.npz"), "--draws", "1e7", "--precision", "1e-3")
    assert ran.status == 70  # at the limit it draws, which the trap above tells
    ran = unsc("run", "a-follower", "--save-draws", str(tmp_path / "x.npz"), "--draws", "10000001")
    assert ran.status == 2
    assert "an .npz file takes 10,000,000 roll calls, not 10,000,001; a .csv file takes any number" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_precision_draws_no_more_than_an_npz_file_takes_and_says_so(
    unsc: Unsc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many draws a precision needs is not known beforehand: as many as fit, with a note where they fall short."""
    monkeypatch.setitem(draws_file._MOST, ".npz", 70_000)
    path = tmp_path / "x.npz"
    answer = unsc("run", "a-follower", "--save-draws", str(path), "--precision", "1e-4", "--json").json
    assert answer["draws"] == 70_000
    assert answer["error"]["adopted"] > 1e-4
    short = "an .npz file takes 70,000 roll calls, so no more were drawn; a .csv file takes any number"
    assert short in answer["notes"]
    with np.load(path) as saved:
        assert saved["votes"].shape == (70_000, 15)
    reached = unsc("run", "a-follower", "--save-draws", str(path), "--precision", "1e-2", "--json").json
    assert reached["error"]["adopted"] <= 1e-2
    assert short not in reached["notes"]
