"""``unsc backtest``: the page, JSON, CSV, and what it says about what cannot be."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from simulator.estimation.parts import By
from simulator.estimation.reliability import Bin
from simulator.faces.cli import options
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.reliability import reliability
from simulator.facts import roll_calls
from tests.faces.conftest import Unsc
from tests.faces.test_record import BAD, written
from tests.unit.test_record_file import GOOD

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


def test_reliability_is_drawn_where_its_scale_says(capsys: pytest.CaptureFixture[str]) -> None:
    """Odds of 1, 50 and 99 in 100 stand under these numbers, and high odds, where most are, stand apart."""
    odds = (0.01, 0.5, 0.95, 0.98, 0.99, 0.996)
    show(reliability([Bin(0, 1, 10, one, one) for one in odds]))
    scale, *rows = capsys.readouterr().out.splitlines()
    places = [row.index("●") for row in rows]
    assert places == sorted(set(places))
    for place, number in ((0, " 1 "), (1, "50"), (4, "99")):
        assert abs(scale.index(number, scale.index("came")) + 0.5 - places[place]) <= 0.5


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


@pytest.fixture
def newer(tmp_path: Path) -> str:
    """A vote of 2025 that can be used, and one whose tally does not add up."""
    return written(tmp_path / "newer.csv", [GOOD, BAD])


def test_rows_of_a_file_are_forecast_too_and_refused_ones_are_told_apart(unsc: Unsc, newer: str) -> None:
    """On standard error; the rest is used, and the shipped votes before it are what it is forecast from."""
    ran = unsc("backtest", "--from", "2024", "--record", newer, "--json", "--votes")
    assert ran.status == 0
    assert [one["id"] for one in ran.json["forecasts"] if one["date"] > "2025"] == [GOOD["id"]]
    shipped = unsc("backtest", "--from", "2024", "--json").json
    assert ran.json["n"] == shipped["n"] + 1
    assert (shipped["to"], ran.json["to"]) == ("2024-12-27", GOOD["date"])
    assert "1 row is refused, 1 used" in ran.err
    assert f"line 3, {BAD['id']}: yes_count is 13" in ran.err


def test_a_few_newer_votes_are_scored_without_intervals(unsc: Unsc, newer: str) -> None:
    """One agenda item tells nothing of how sure a score is, and the page says so."""
    page = " ".join(unsc("backtest", "--from", "2025", "--record", newer).out.split())
    assert "1 vote on drafts and amendments, 2025-01-01 to 2025-01-15" in page
    assert "So few agenda items do not tell how sure that is." in page
    assert "No intervals: these votes are on fewer than 5 agenda items." in page
    assert "*" not in page


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
        (("--json", "--csv"), "--json and --csv: choose one"),
        (("--record", "nowhere.csv"), "nowhere.csv"),
        (("--by", "periode"), "did you mean period?"),
        (("--from", "2026", "--to", "2027"), "no substantive vote from 2026-01-01 to 2027-12-31 to forecast"),
    ],
)
def test_what_cannot_be_is_said(unsc: Unsc, arguments: tuple[str, ...], said: str) -> None:
    """With status 2, and nothing on standard output."""
    ran = unsc("backtest", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
