"""``unsc run`` when a person stops it: what is done is shown, and what is not is named."""

from __future__ import annotations

import csv
import io

import pytest

from simulator.engines import Odds, Options
from simulator.engines import answer as answered
from simulator.errors import Stopped
from simulator.scenario import Scenario
from tests.faces.conftest import Unsc


def test_ctrl_c_shows_what_the_draws_so_far_say(unsc: Unsc, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped after five chunks: an answer that says so, with the draws it rests on, and status 0."""
    calls: list[int] = []

    def update(self: object, done: int, wanted: int) -> None:
        calls.append(done)
        if len(calls) == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr("simulator.faces.cli.progress.Bar.update", update)
    options = ("--engine", "monte-carlo", "--method", "votes", "--draws", "1e10")
    ran = unsc("run", "a-follower", *options, "--json")
    assert ran.status == 0
    assert ran.json["interrupted"] is True
    assert ran.json["draws"] == calls[-1] < 10**10
    assert sum(ran.json["odds"].values()) == pytest.approx(1)
    calls.clear()
    assert "Stopped before all draws were done" in unsc("run", "a-follower", *options).out


@pytest.fixture
def stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C after the first chunk of the second scenario."""
    ended: list[int] = []

    def update(self: object, done: int, wanted: int) -> None:
        if done >= wanted:
            ended.append(done)
        elif ended:
            raise KeyboardInterrupt

    monkeypatch.setattr("simulator.faces.cli.progress.Bar.update", update)


THREE = ("a-follower", "nine-yes-votes", "a-hidden-veto")
MANY = ("--engine", "monte-carlo", "--method", "votes", "--draws", "1e5")
LEFT = "unsc: stopped – some of its draws only: nine-yes-votes; no answer: a-hidden-veto\n"


def test_ctrl_c_in_a_run_of_several_scenarios_names_those_without_an_answer(unsc: Unsc, stop: None) -> None:
    """What is done is shown; what is not is on standard error, and the exit status says so."""
    ran = unsc("run", *THREE, *MANY, "--json")
    assert (ran.status, ran.err) == (130, LEFT)
    assert [(answer["scenario"], answer["interrupted"]) for answer in ran.json] == [
        ("A follower", False),
        ("Nine yes votes", True),
    ]


def test_a_row_of_some_of_the_draws_is_marked_in_csv_and_in_the_table(unsc: Unsc, stop: None) -> None:
    ran = unsc("run", *THREE, *MANY, "--csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [(row["source"], row["interrupted"]) for row in rows] == [
        ("a-follower", "false"),
        ("nine-yes-votes", "true"),
    ]
    assert [int(row["draws"]) for row in rows] == [100_000, 65_536]


def test_the_table_says_which_scenario_was_stopped(unsc: Unsc, stop: None) -> None:
    ran = unsc("run", *THREE, *MANY)
    assert (ran.status, ran.err) == (130, LEFT)
    assert "nine-yes-votes: stopped before all draws were done; this is what they show so far" in " ".join(
        ran.out.split()
    )
    assert "a-hidden-veto" not in ran.out


def test_ctrl_c_in_the_last_of_several_scenarios_leaves_none_without_an_answer(unsc: Unsc, stop: None) -> None:
    ran = unsc("run", *THREE[:2], *MANY, "--csv")
    assert (ran.status, ran.err) == (0, "unsc: stopped – some of its draws only: nine-yes-votes\n")


@pytest.mark.parametrize(
    "ending", [KeyboardInterrupt, Stopped("stopped before the first chunk")], ids=["exact", "drawn"]
)
def test_ctrl_c_before_a_scenario_has_any_draws_keeps_the_answers_before_it(
    unsc: Unsc, monkeypatch: pytest.MonkeyPatch, ending: BaseException
) -> None:
    def stopping(scenario: Scenario, options: Options) -> Odds:
        if scenario.title != "A follower":
            raise ending
        return answered(scenario, options)

    monkeypatch.setattr("simulator.faces.cli.run.answer", stopping)
    ran = unsc("run", *THREE, "--engine", "exact", "--csv")
    assert (ran.status, ran.err) == (130, "unsc: stopped – no answer: nine-yes-votes, a-hidden-veto\n")
    assert len(ran.out.splitlines()) == 2
    ran = unsc("run", *THREE[1:], "--engine", "exact", "--csv")
    assert (ran.status, ran.out) == (130, "")
    assert ran.err.startswith("unsc: stopped")
