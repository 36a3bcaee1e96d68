"""``unsc backtest``: the page, JSON, CSV, and what it says about what cannot be."""

from __future__ import annotations

import csv
import io

import pytest

from simulator.estimation.parts import By
from simulator.faces.cli import options
from simulator.facts import roll_calls
from tests.faces.conftest import Unsc

FEW = ("backtest", "--from", "2022", "--to", "2022")


def test_the_shell_completes_every_kind_of_part() -> None:
    """The options name them without importing what defines them."""
    assert [kind.value for kind in By] == options._PARTS


def test_the_page_has_scores_baselines_reliability_and_misses(unsc: Unsc) -> None:
    """At 80 columns, without colour."""
    ran = unsc(*FEW)
    assert (ran.status, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "\x1b" not in ran.out
    for words in (
        "60 votes on drafts and amendments, 2022-01-01 to 2022-12-31",
        "than the base rate (skill ",
        "skill over base rate",
        "nats a roll call",
        "member and agenda",
        "Reliability: slope",
        "The worst misses",
    ):
        assert words in " ".join(ran.out.split())
    misses = ran.out.split("The worst misses")[1].split("\n\n")[0].splitlines()[2:]
    assert len(misses) == 10


def test_a_narrow_page_cuts_no_number(unsc: Unsc, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 40 columns, with parts."""
    monkeypatch.setattr("shutil.get_terminal_size", lambda *_: __import__("os").terminal_size((40, 25)))
    for kind in ("period", "member"):
        ran = unsc(*FEW, "--by", kind)
        assert ran.status == 0
        assert max(map(len, ran.out.splitlines())) <= 40
        scores = ran.out.split("The worst misses")[0]
        assert "…" not in scores


def test_json_is_the_scorecard(unsc: Unsc) -> None:
    found = unsc(*FEW, "--json").json
    assert found["n"] == 60
    assert (found["from"], found["to"]) == ("2022-01-01", "2022-12-31")
    assert found["ideal_points"] is True
    assert "forecasts" not in found
    listed = unsc(*FEW, "--json", "--votes", "--no-ideal-points").json
    assert len(listed["forecasts"]) == 60
    assert listed["ideal_points"] is False
    assert listed["forecasts"][:20] == listed["worst"]


def test_csv_has_a_row_a_vote_or_a_part(unsc: Unsc) -> None:
    """Worst misses first; parts as the page has them."""
    votes = list(csv.DictReader(io.StringIO(unsc(*FEW, "--csv").out)))
    assert len(votes) == 60
    losses = [float(row["log_loss"]) for row in votes]
    assert losses == sorted(losses, reverse=True)
    parts = list(csv.DictReader(io.StringIO(unsc(*FEW, "--csv", "--by", "member").out)))
    assert [row["name"] for row in parts] == ["CHN", "FRA", "GBR", "RUS", "USA", "elected"]
    assert {"votes_nats", "votes_nats_low", "votes_nats_high"} <= set(parts[0])


def test_every_vote_is_listed_on_request(unsc: Unsc) -> None:
    """With --votes, each on a line of its own."""
    page = unsc(*FEW, "--votes").out
    for vote in roll_calls():
        if vote.date.year == 2022 and vote.matter == "substantive":
            assert vote.id in page


def test_days_are_inclusive_and_years_whole(unsc: Unsc) -> None:
    """The day of S/2022/431 alone."""
    found = unsc("backtest", "--from", "2022-05-26", "--to", "2022-05-26", "--json").json
    assert "S/2022/431" in [one["id"] for one in found["worst"]]
    assert found["n"] == len([vote for vote in roll_calls() if str(vote.date) == "2022-05-26"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "2022", "--to", "2020"), "--from 2022-01-01 lies after --to 2020-12-31"),
        (("--from", "last year"), "--from: 'last year' is not a date"),
        (("--from", "0000"), "--from: there is no year 0000"),
        (("--to", "2022-02-30"), "--to: '2022-02-30' is not a date"),
        (("--by", "periode"), "did you mean period?"),
        (("--from", "2026", "--to", "2027"), "no substantive vote from 2026-01-01 to 2027-12-31 to forecast"),
    ],
)
def test_what_cannot_be_is_said(unsc: Unsc, arguments: tuple[str, ...], said: str) -> None:
    """With status 2, and nothing on standard output."""
    ran = unsc("backtest", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
