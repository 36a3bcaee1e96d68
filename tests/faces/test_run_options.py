"""The options of ``unsc run``: what-ifs, engines, and what is said of an option that cannot be."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest

import simulator
from simulator.facts import council_on
from simulator.rules import RULES
from tests.faces.conftest import Unsc

BARE = 'schema = 1\ntitle = "t"\ndraft.date = 2022-05-26\n'
EXACT = ("--engine", "exact", "--json")

WHAT_IFS: list[tuple[list[str], dict[str, Any]]] = [
    (["--given", "CHN=not yes"], {"given": {"CHN": "not yes"}}),
    (["--given", "CHN = no , abstain"], {"given": {"CHN": ["no", "abstain"]}}),
    (["--given", "CHN=no", "--given", "RUS=not yes"], {"given": {"CHN": "no", "RUS": "not yes"}}),
    (["--do", "RUS=abstain"], {"do": {"RUS": "abstain"}}),
    (["--do", "RUS=abstain", "--given", "CHN=not yes"], {"do": {"RUS": "abstain"}, "given": {"CHN": "not yes"}}),
    (["--stance", "IND=undecided", "--stance", "CHN=supports"], {"stance": {"IND": "undecided", "CHN": "supports"}}),
]


@pytest.mark.parametrize(("typed", "asked"), WHAT_IFS, ids=str)
def test_a_what_if_on_the_command_line_is_that_of_the_library(
    unsc: Unsc, typed: list[str], asked: dict[str, Any]
) -> None:
    plain = simulator.odds("dprk-2022-05", engine="exact").outcomes.as_dict()
    expected = simulator.odds("dprk-2022-05", engine="exact", **asked).outcomes.as_dict()
    found = unsc("run", "dprk-2022-05", *EXACT, *typed).json["odds"]
    assert found == pytest.approx(expected, rel=1e-12)
    assert found != pytest.approx(plain, rel=1e-6)


def test_settings_a_rule_and_a_council_change_the_question(unsc: Unsc) -> None:
    """One veto is not enough under two-vetoes; with a quota of 15 hardly anything is adopted."""

    def adopted(*options: str) -> float:
        found: float = unsc("run", "dprk-2022-05", *EXACT, *options).json["odds"]["adopted"]
        return found

    usual = adopted()
    assert adopted("--rule", "two-vetoes") > usual + 0.1
    assert adopted("--rule", "quota-and-veto", "--set", "council.quota=15") < usual - 0.1
    assert adopted("--set", "members.CHN.stance=supports") > usual
    assert adopted("--set", "members.CHN.odds={ no = 1 }") == 0
    assert adopted("--set", "draft.matter=procedural") == pytest.approx(adopted("--rule", "no-veto"))
    assert len(unsc("run", "dprk-2022-05", *EXACT, "--council-date", "1960-07-01").json["members"]) == 11


def test_what_if_options_apply_to_every_scenario(unsc: Unsc) -> None:
    answers = unsc("run", "dprk-2022-05", "libya-2011", *EXACT, "--do", "RUS=no").json
    assert [answer["do"] for answer in answers] == [{"RUS": "no"}] * 2
    assert [answer["odds"]["adopted"] for answer in answers] == [0, 0]


@pytest.mark.parametrize("draws", ["20000", "20_000", "2e4", "20000.0"])
def test_a_number_of_draws_is_typed_as_people_type_large_ones(unsc: Unsc, draws: str) -> None:
    ran = unsc("run", "a-follower", "--engine", "monte-carlo", "--method", "votes", "--draws", draws, "--json")
    assert ran.json["draws"] == 20000


def test_a_hundred_thousand_draws_are_1e5(unsc: Unsc) -> None:
    ran = unsc("run", "a-follower", "--engine", "monte-carlo", "--method", "votes", "--draws", "1e5", "--json")
    assert ran.json["draws"] == 100_000


def test_a_seed_gives_the_same_answer_again_and_another_another(unsc: Unsc) -> None:
    options = ("--engine", "monte-carlo", "--method", "votes", "--draws", "1e4", "--json")
    one, again, other = (unsc("run", "a-follower", *options, "--seed", seed).json for seed in ("7", "7", "8"))
    assert one == again
    assert one["odds"] != other["odds"]


def test_the_number_of_workers_changes_no_tally(unsc: Unsc) -> None:
    options = ("--engine", "monte-carlo", "--method", "votes", "--draws", "1.5e5", "--json")
    one, three = (unsc("run", "a-follower", *options, "--workers", workers).json for workers in ("1", "3"))
    assert one["tallies"] == three["tallies"]


@pytest.mark.parametrize("method", ["conditional", "votes"])
def test_a_precision_is_reached_or_better(unsc: Unsc, method: str) -> None:
    options = ("--engine", "monte-carlo", "--method", method, "--precision", "3e-3", "--json")
    answer = unsc("run", "learning-versus-making", *options).json
    assert 0 < answer["error"]["adopted"] <= 3e-3
    assert answer["draws"] < 1_000_000


WRONG = [
    (["nosuch"], "there is no file or shipped scenario 'nosuch'"),
    (["dprk-2022-5"], "did you mean dprk-2022-05?"),
    (["*.nosuch"], "no file matches"),
    ([""], "unsc: "),
    (["a\0b"], "unsc: "),
    (["a-follower", "--engine", "exakt"], "'exakt' is not one of auto, exact, monte-carlo – did you mean exact?"),
    (["a-follower", "--method", "vote"], "did you mean votes?"),
    (["a-follower", "--rule", "charte"], "did you mean charter?"),
    (["a-follower", "--rule", "quota-and-veto"], "needs council.quota"),
    (["a-follower", "--given", "CHN"], "--given: 'CHN' is not of the form"),
    (["a-follower", "--given", "CHN="], "--given: 'CHN=' is not of the form"),
    (["a-follower", "--do", "=no"], "--do: '=no' is not of the form RUS=no"),
    (["a-follower", "--given", "CHN=maybe"], "given.CHN: what is learnt is yes, no, abstain"),
    (["a-follower", "--given", "CHN=yes,,no"], "given.CHN: what is learnt is yes, no, abstain"),
    (["a-follower", "--do", "CHN=not yes"], "do.CHN: 'not yes' is not one of yes, abstain, no, absent"),
    (["a-follower", "--stance", "CHN=opose"], "did you mean opposes?"),
    (["a-follower", "--stance", "CNH=opposes"], "did you mean CHN?"),
    (["a-follower", "--given", "CHN=no", "--do", "CHN=no"], "CHN: given and do for one member"),
    (["a-follower", "--given", "FRA=no"], "FRA"),
    (["a-follower", "--set", "title"], "is not of the form key=value"),
    (["a-follower", "--set", "draft.dat=2017-12-22"], "did you mean date?"),
    (["a-follower", "--set", "draft.date=2017-13-22"], "there is no day 2017-13-22"),
    (["a-follower", "--set", "#=1"], "unknown key"),
    (["a-follower", "--set", "council=5", "--rule", "charter"], "council"),
    (["a-follower", "--council-date", "1900-01-01"], "1946-01-17"),
    (
        ["a-follower", "--council-date", "yesterday"],
        "--council-date: 'yesterday' is not a date; write it as 2022-05-26",
    ),
    (["a-follower", "--draws", "many"], "--draws: 'many' is not a whole number"),
    (["a-follower", "--draws", "0"], "draws is a whole number from 1"),
    (["a-follower", "--draws", "-5"], "draws is a whole number from 1"),
    (["a-follower", "--draws", "1.5"], "--draws: '1.5' is not a whole number"),
    (["a-follower", "--draws", "1e400"], "--draws"),
    (["a-follower", "--draws", "9" * 5000], "--draws"),
    (["a-follower", "--draws", "nan"], "--draws"),
    (["a-follower", "--seed", "-1"], "a seed is a whole number"),
    (["a-follower", "--seed", "1e30"], "a seed is a whole number"),
    (["a-follower", "--precision", "0"], "precision is a standard error between 0 and 1"),
    (["a-follower", "--precision", "nan"], "precision is a standard error between 0 and 1"),
    (["a-follower", "--precision", "small"], "unsc: --precision: 'small' is not a number, such as 1e-4"),
    (["a-follower", "--precision", ""], "--precision: '' is not a number"),
    (["a-follower", "--workers", "0"], "workers is a positive number"),
    (["a-follower", "--workers", "two"], "unsc: --workers: 'two' is not a whole number, such as 2"),
    (["a-follower", "--seed", "x"], "--seed: 'x' is not a whole number, such as 1946"),
    (["a-follower", "--json", "--csv"], "--json and --csv: choose one"),
    (["a-follower", "--nonsense"], "unsc: no such option: --nonsense"),
    ([], "unsc: missing argument 'SCENARIO'; see unsc run --help"),
    (["-", "a-follower", "-"], "- stands there more than once; standard input can be read only once"),
    (["a-follower", "--council-date", "1945"], "1946-01-17 to"),
    (["a-follower", "--council-date", ""], "--council-date: '' is not a date"),
    (["a-follower", "--save-draws", ""], "--save-draws: '' must end in .csv or .npz"),
    (["a-follower", "--save-draws", "x.npz", "--draws", "10_000_001"], "an .npz file takes 10,000,000 roll calls, not"),
    (["a-follower", "--save-draws", "nowhere/x.npz"], "there is no folder nowhere"),
    (["dprk-2022-05", "libya-2011", "--given", "CHN=absent"], "unsc: dprk-2022-05: what was learnt has probability"),
    (["dprk-2022-05", "--set", "company.1.leader=CHN"], "company.1: the list has 1 item, numbered 0"),
    (["a-follower", "--save-draws", "x.txt"], "must end in .csv or .npz"),
    (["a-follower", "--save-draws", "x.csv", "--engine", "exact"], "the exact engine draws nothing"),
    (["a-follower", "--save-draws", "x.csv", "--method", "conditional"], "--method votes only"),
    (["a-follower", "a-follower", "--save-draws", "x.csv"], "--save-draws takes one scenario"),
    (["a-follower", "--save-draws", "nowhere/x.csv"], "nowhere/x.csv cannot be written"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG, ids=[" ".join(one)[:60] for one, _ in WRONG])
def test_what_cannot_be_is_said_on_standard_error_with_status_2(
    unsc: Unsc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = unsc("run", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in " ".join(ran.err.replace("│", " ").split())
    assert "fault of this program" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_the_problems_of_all_files_come_in_one_go(unsc: Unsc) -> None:
    ran = unsc("run", "nosuch", "a-follower", "-", stdin=b"title = 5")
    assert ran.status == 2
    assert "'nosuch'" in ran.err
    assert "standard input: 3 problems" in ran.err
    assert all(line.startswith(("unsc: ", "  ")) for line in ran.err.splitlines())


def test_evidence_that_cannot_be_is_refused_and_not_divided_by(unsc: Unsc) -> None:
    ran = unsc("run", "nine-yes-votes", "--engine", "exact", "--given", "FRA=no")
    assert ran.status == 2
    assert "FRA" in ran.err


@pytest.mark.parametrize("rule", [name for name, rule in RULES.items() if not rule.takes_quota])
def test_every_rule_can_be_asked_for_by_name(unsc: Unsc, rule: str) -> None:
    asked = ["--set", "preliminary.default.stance=leans-yes"] if RULES[rule].preliminary else []
    answer = unsc("run", "a-follower", *EXACT, "--rule", rule, *asked).json
    assert answer["rule"] == rule
    assert sum(answer["odds"].values()) == pytest.approx(1)


def test_a_scenario_is_read_from_standard_input_for_a_dash(unsc: Unsc) -> None:
    assert unsc("run", "-", *EXACT, stdin=BARE.encode()).json["scenario"] == "t"


def test_patterns_take_every_file_they_match(unsc: Unsc, tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.toml").write_text(BARE.replace('"t"', f'"{name}"'), encoding="utf-8")
    answers = unsc("run", str(tmp_path / "*.toml"), *EXACT).json
    assert [answer["scenario"] for answer in answers] == ["a", "b"]


NO_EFFECT = "no effect on an exact answer: {} (see --engine monte-carlo)"


@pytest.mark.parametrize(
    ("options", "idle"),
    [
        (["--engine", "exact", "--method", "conditional"], "method"),
        (["--engine", "exact", "--seed", "1946", "--workers", "1"], "seed, workers"),
        (["--engine", "exact", "--draws", "100", "--precision", "1e-3"], "draws, precision"),
        (["--method", "votes", "--draws", "100"], "method, draws"),
    ],
    ids=" ".join,
)
def test_options_without_effect_on_an_exact_answer_are_all_told(unsc: Unsc, options: list[str], idle: str) -> None:
    assert NO_EFFECT.format(idle) in unsc("run", "a-follower", *options, "--json").json["notes"]


@pytest.mark.parametrize("options", [["--engine", "exact"], ["--seed", "7", "--workers", "1"]], ids=" ".join)
def test_options_with_effect_are_not_told(unsc: Unsc, options: list[str]) -> None:
    """By default roll calls stand beside the exact answer, and the seed and the workers are theirs."""
    assert not [note for note in unsc("run", "a-follower", *options, "--json").json["notes"] if "no effect" in note]


@pytest.mark.parametrize(("year", "day"), [("1990", "1990-07-01"), ("1946", "1946-08-01")])
def test_a_year_stands_for_the_council_of_a_day_which_is_said(unsc: Unsc, year: str, day: str) -> None:
    ran = unsc("run", "dprk-2022-05", *EXACT, "--council-date", year)
    assert set(ran.json["members"]) == set(council_on(datetime.date.fromisoformat(day)).ids)
    assert f"of the year {year}, the council of {day} is taken" in ran.json["notes"]
    page = " ".join(unsc("run", "dprk-2022-05", "--engine", "exact", "--council-date", year).out.split())
    assert f"before the council of {day}" in page
    assert f"Note: of the year {year}, the council of {day} is taken" in page
    table = unsc("run", "dprk-2022-05", "libya-2011", "--engine", "exact", "--council-date", year).out
    assert table.count(f"of the year {year}, the council of {day} is taken") == 2


def test_one_roll_call_is_one(unsc: Unsc) -> None:
    page = unsc("run", "a-follower", "--engine", "monte-carlo", "--method", "votes", "--draws", "1").out
    assert "Monte Carlo: 1 roll call, seed 1946" in page
    assert not re.search(r"\b1 (\w+ )?(roll calls|draws|sets|counts|items)\b", page)
    assert "Mean Brier score of 1 scenario that came to a vote" in unsc("run", "a-follower", "libya-2011").out
