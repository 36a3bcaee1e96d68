"""``unsc forecast`` and ``unsc fit``: pages, JSON, and what they say about what cannot be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import simulator
from simulator.estimation import fit as fitting
from simulator.estimation.remade import SAME, furthest, origins
from simulator.faces.cli import options
from simulator.facts import Text
from simulator.model.history.calibration import Line
from simulator.model.history.estimates import Estimates, shipped_estimates
from tests.faces.conftest import Unsc
from tests.faces.test_record import written
from tests.unit.test_record_file import GOOD

DPRK = ("forecast", "--agenda", "dprk", "--sponsors", "USA", "--date", "2022-05-26")
SAID = ("--stance", "CHN=opposes", "--stance", "RUS=opposes")


def test_the_shell_completes_every_kind_of_text() -> None:
    """The options name them without importing what defines them."""
    assert [kind.value for kind in Text] == options._TEXTS


@pytest.mark.parametrize("columns", ["80", "40"])
def test_the_page_has_odds_changes_members_and_the_outside_view(
    unsc: Unsc, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    """Without colour, no wider than the terminal."""
    monkeypatch.setenv("COLUMNS", columns)
    ran = unsc(*DPRK, *SAID)
    assert (ran.status, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= int(columns)
    assert "\x1b" not in ran.out
    words = " ".join(ran.out.split())
    found = simulator.forecast("dprk", "USA", "2022-05-26", stance={"CHN": "opposes", "RUS": "opposes"})
    for said in (
        "dprk: a draft, USA, 26 May 2022",
        "Said: China opposes",
        f"Adopted: {100 * found.adopted:.0f} in 100 (90 % interval ",
        "What it changes, in 100",
        "negotiated:",
        "Who may withhold a yes, in 100",
        "The outside view: the closest past votes",
        "Of 23 substantive drafts since 1994 on dprk",
        "parameters estimated from the votes before 1 January 2022",
        "Odds of a draft that comes to a vote",
    ):
        assert said in words
    assert all(f"P {member} " in words for member in ("CHN", "FRA", "GBR", "RUS", "USA"))


def test_without_anything_said_there_is_nothing_to_change(unsc: Unsc) -> None:
    words = " ".join(unsc("forecast", "--agenda", "dprk", "--date", "2022-05-26").out.split())
    assert "What it changes" not in words
    assert "yes before" not in words
    assert "What kind of draft it may be, in 100" in words
    assert "no sponsors stated: those of the last draft on the item are taken" in words


def test_json_is_the_python_answer_with_the_outside_view(unsc: Unsc) -> None:
    told = unsc(*DPRK, *SAID, "--given", "IND=not yes", "--do", "KEN=no", "--json").json
    found = simulator.forecast(
        "dprk",
        "USA",
        "2022-05-26",
        stance={"CHN": "opposes", "RUS": "opposes"},
        given={"IND": "not yes"},
        do={"KEN": "no"},
    )
    view = told.pop("outside_view")
    assert view["size"] > 0
    assert told == found.as_dict()


def test_sponsors_are_taken_with_commas_and_one_by_one(unsc: Unsc) -> None:
    one = unsc("forecast", "--agenda", "syria", "--sponsors", "USA,FRA", "--date", "2022-05-26", "--json").json
    two = unsc("forecast", "--agenda", "syria", "--sponsors", "USA", "--sponsors", "FRA", *DPRK[-2:], "--json").json
    assert one == two
    assert one["sponsors"] == ["USA", "FRA"]


def test_by_default_it_is_put_to_the_vote_today(unsc: Unsc) -> None:
    told = unsc("forecast", "--agenda", "dprk", "--json").json
    assert told["date"] >= "2026"
    assert told["origin"] == 2025


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--agenda", "dprkk"), "--agenda: there is no agenda item 'dprkk' – did you mean dprk?"),
        (("--agenda", "dprk", "--stance", "CHX=opposes"), "--stance: CHX is not on the council of"),
        (("--agenda", "dprk", "--sponsors", "USX"), "--sponsors: 'USX' is not a state's"),
        (("--agenda", "dprk", "--sponsors", ","), "--sponsors: name members with commas between them"),
        (("--agenda", "dprk", "--date", "1999-05-01"), "can forecast drafts from 2000-01-01 on"),
        (("--agenda", "dprk", "--date", "2022"), "--date: '2022' is not a date; write it as 2022-05-26"),
        (("--agenda", "dprk", "--text", "motion"), "--text: 'motion' is not one of draft, amendment, paragraph"),
        (("--agenda", "dprk", "--given", "CHN"), "--given: 'CHN' is not of the form"),
        (("--agenda", "dprk", "--given", "CHN=absent"), "--given: CHN cannot be absent alone"),
        (("--agenda", "dprk", "--record", "nowhere.csv"), "nowhere.csv"),
        ((), "missing option '--agenda'"),
    ],
)
def test_what_cannot_be_is_said_by_the_option(unsc: Unsc, arguments: tuple[str, ...], message: str) -> None:
    ran = unsc("forecast", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


# Newer rows.


@pytest.fixture
def newer(tmp_path: Path) -> str:
    """Two votes of January 2025 on an item that the shipped record does not have."""
    rows = [
        GOOD | {"id": f"S/2025/{n}", "draft": f"S/2025/{n}", "agenda": "deep-sea", "region": "global"} for n in (21, 22)
    ]
    return written(tmp_path / "newer.csv", rows)


def test_a_new_agenda_item_is_forecast_with_the_record_that_has_it(unsc: Unsc, newer: str) -> None:
    asked = ("forecast", "--agenda", "deep-sea", "--date", "2025-06-01")
    assert unsc(*asked).status == 2
    ran = unsc(*asked, "--record", newer, "--json")
    assert (ran.status, ran.json["sponsors"]) == (0, ["JPN", "USA"])


HISTORY = """schema = 1
title = "t"
draft = { date = 2025-06-01, agenda = "%s", sponsors = ["USA"] }
preferences.model = "history"
"""


def test_run_rests_on_the_record_that_it_is_given(unsc: Unsc, newer: str, tmp_path: Path) -> None:
    """On a page, in a table and as CSV: the odds differ, a new item is known, and nothing is said to be idle."""
    file, deep = tmp_path / "mine.toml", tmp_path / "deep.toml"
    file.write_text(HISTORY % "red-sea-houthi", encoding="utf-8")
    deep.write_text(HISTORY % "deep-sea", encoding="utf-8")
    rows = written(Path(newer).with_name("more.csv"), [GOOD])
    plain, more = (unsc("run", str(file), "--engine", "exact", "--csv", *record) for record in ((), ("--record", rows)))
    assert plain.out != more.out
    assert "no effect" not in more.err
    assert unsc("run", str(deep), "--engine", "exact").status == 2
    ran = unsc("run", str(deep), str(file), "--engine", "exact", "--record", newer)
    assert (ran.status, ran.err) == (0, "")


# Other councils, other estimates, other forms.


def test_it_can_be_put_to_another_days_council(unsc: Unsc) -> None:
    ran = unsc(*DPRK, "--council-date", "2010", "--stance", "BIH=opposes")
    assert "The council of 1 July 2010" in ran.out
    assert "Said: Bosnia and Herzegovina opposes" in ran.out
    assert "Said: the United States supports" in unsc(*DPRK, "--stance", "USA=supports").out
    members = unsc(*DPRK, "--council-date", "2010", "--json").json["members"]
    assert "BIH" in members
    assert "IND" not in members


def test_estimates_of_ones_own_are_used(unsc: Unsc, tmp_path: Path) -> None:
    path = tmp_path / "mine.npz"
    shipped_estimates(2021).save(path)
    ran = unsc(*DPRK, "--estimates", str(path))
    assert "estimated from the votes before 1 January 2021" in " ".join(ran.out.split())
    assert unsc(*DPRK, "--estimates", str(path), "--json").json["odds"] != unsc(*DPRK, "--json").json["odds"]


def test_estimates_that_saw_the_draft_are_refused(unsc: Unsc, tmp_path: Path) -> None:
    path = tmp_path / "later.npz"
    shipped_estimates(2023).save(path)
    ran = unsc(*DPRK, "--estimates", str(path))
    assert (ran.status, ran.out) == (2, "")
    assert "made from votes up to 2023-01-01, after the draft's date 2022-05-26" in ran.err
    assert "there is no such file" in unsc(*DPRK, "--estimates", str(tmp_path / "none.npz")).err
    (tmp_path / "other.npz").write_bytes(b"PK not a file of estimates")
    assert "no file of estimates" in unsc(*DPRK, "--estimates", str(tmp_path / "other.npz")).err


def test_csv_is_one_row(unsc: Unsc) -> None:
    header, row = (line.split(",") for line in unsc(*DPRK, *SAID, "--csv").out.splitlines())
    told = dict(zip(header, row, strict=True))
    found = unsc(*DPRK, *SAID, "--json").json
    assert float(told["adopted"]) == found["odds"]["adopted"]
    assert float(told["adopted_before"]) == found["before"]["odds"]["adopted"]
    assert float(told["contested"]) == found["kinds"]["contested"]
    assert (told["sponsors"], told["sponsors_stated"]) == ("USA", "true")
    assert "choose one" in unsc(*DPRK, "--csv", "--json").err


# Estimates made anew.


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fit that finds what ships, at once."""

    def found(votes: Any, until: Any, *, seed: int, draws: int, ideal: bool, progress: Any) -> Estimates:
        progress(200, 200)
        return shipped_estimates(2022, ideal=True)

    monkeypatch.setattr("simulator.faces.cli.fit.fit", found)


@pytest.mark.usefixtures("fitted")
def test_estimates_are_written_and_held_against_those_that_ship(unsc: Unsc, tmp_path: Path) -> None:
    path = tmp_path / "mine.npz"
    ran = unsc("fit", "--until", "2022", "--output", str(path))
    assert ran.status == 0
    assert "the same as the estimates that ship" in " ".join(ran.out.split())
    told = unsc("fit", "--until", "2022-01-01", "--output", str(path), "--json").json
    assert told["shipped"] == {"same": True, "furthest": 0.0, "other_votes": False, "other_code": False}
    assert (told["until"], told["bytes"]) == ("2022-01-01", path.stat().st_size)
    assert Estimates.read(path).until == shipped_estimates(2022).until


@pytest.mark.usefixtures("fitted")
def test_all_that_ship_are_made_into_a_folder_but_for_those_that_are_there(
    unsc: Unsc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in origins():
        if one.year != 2012:
            (tmp_path / one.name).touch()
    monkeypatch.setattr("simulator.faces.cli.fit.grown", lambda *_: iter([("S/RES/1", [0.7, 0.2, 0.1])]))
    monkeypatch.setattr("simulator.faces.cli.fit.lines", lambda *_: iter([(2013, Line(-0.5, 1.25), 700)]))
    ran = unsc("fit", "--shipped", str(tmp_path))
    assert ran.status == 0
    made = {"trees.csv", "calibration.csv"}
    assert {path.name for path in tmp_path.iterdir()} == {one.name for one in origins()} | made
    assert (tmp_path / "calibration.csv").read_text() == "year,intercept,slope,votes\n2013,-0.5000,1.2500,700\n"
    assert (tmp_path / "trees.csv").read_text() == "id,adopted,vetoed,failed\nS/RES/1,0.70000,0.20000,0.10000\n"
    assert (tmp_path / "2012-no-ideal-points.npz").stat().st_size > 0
    assert "Nothing to do" in unsc("fit", "--shipped", str(tmp_path)).out
    (tmp_path / "2012.npz").unlink()
    (tmp_path / "calibration.csv").write_text("made with the estimates that were there")
    assert unsc("fit", "--shipped", str(tmp_path)).status == 0
    assert (tmp_path / "calibration.csv").read_text().startswith("year,")


@pytest.mark.usefixtures("fitted")
def test_what_estimates_were_made_from_is_compared_too(
    unsc: Unsc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other votes, other code: the same parameters may come of them, and a reader should know."""
    ours = shipped_estimates(2022)
    other = replace(ours, made={**ours.made, "code": "0", "data": "0"})
    monkeypatch.setattr("simulator.faces.cli.fit.shipped_like", lambda _: other)
    ran = unsc("fit", "--until", "2022", "--output", str(tmp_path / "mine.npz"))
    assert "they were made from other votes and by other code" in " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "--until DATE makes one file, --shipped FOLDER all that ship: choose one"),
        (("--until", "2022", "--shipped", "."), "choose one"),
        (("--until", "soon"), "--until: 'soon' is not a date"),
        (("--until", "1995"), "the fit needs 200"),
        (("--until", "2022", "--draws", "0"), "at least 1"),
        (("--until", "2022", "--seed", "-1"), "a seed is a whole number"),
        (("--until", "2022", "--output", "nowhere/x.npz"), "--output: there is no folder nowhere"),
        (("--shipped", "nowhere"), "--shipped: there is no folder nowhere"),
        (("--shipped", ".", "--no-ideal-points"), "fixed names"),
    ],
)
def test_a_fit_that_cannot_be_is_said(unsc: Unsc, arguments: tuple[str, ...], message: str) -> None:
    ran = unsc("fit", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


@pytest.mark.parametrize("library", ["jax", "blackjax"])
def test_without_the_extra_one_line_names_the_command(
    unsc: Unsc, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, library: str
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, library, None)
    ran = unsc("fit", "--until", "2001", "--output", str(tmp_path / "x.npz"))
    assert ran.status == 3
    assert ran.err == "unsc: fitting the history model needs the extra fit: pip install 'unsc-simulator[fit]'\n"


def test_two_fits_are_as_far_apart_as_their_parameters() -> None:
    """In standard deviations of the draws; and fits with other parameters cannot be compared."""
    from dataclasses import replace

    ship = shipped_estimates(2022)
    away = ship.estimate.copy()
    away[7] += 0.5 * ship.draws.std(axis=0)[7]
    assert furthest(replace(ship, estimate=away), ship) == pytest.approx(0.5)
    assert furthest(ship, ship) == 0 <= SAME
    layout = replace(ship.layout, agendas=(*ship.layout.agendas, "deep-sea"))
    assert furthest(replace(ship, layout=layout), ship) is None
    assert len(ship.draws) == fitting.DRAWS
