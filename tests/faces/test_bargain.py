"""``unsc bargain``: the page, JSON, CSV, each shared option, and what is refused."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.faces.conftest import Unsc


def test_the_page_says_who_must_move_and_how_far(unsc: Unsc) -> None:
    ran = unsc("bargain", "dprk-2022-05", "--reach", "0.98")
    assert (ran.status, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    for said in (
        "From 68 to 98 in 100, for less than any other way found: Russia by 2.24",
        "To reach 98 in 100",
        "  RUS  +2.24   5.0 → 72.5  29.6 → 0.3  opposes → leans-yes     95.2",
        "  CHN  +1.69   5.0 → 51.8  29.6 → 1.3  opposes → undecided     98.0",
        "No member could do it by itself.",
        "The cost is the least found, a local optimum;",
    ):
        assert said in ran.out
    assert "(its no from 30 to fewer than 1 in 100), France by 0.53" in " ".join(ran.out.split())


def test_a_single_move_with_its_cost(unsc: Unsc) -> None:
    ran = unsc("bargain", "dprk-2022-05", "--reach", "0.9", "--cost", "RUS=3")
    assert "RUS Russia    +1.03" in ran.out
    assert "Costs: RUS 3.09." in ran.out
    assert "By itself, who could do it: RUS +1.03." in ran.out


def test_fewer_members_are_told_beside_the_least(unsc: Unsc) -> None:
    """On the page, in JSON with both costs, and in CSV."""
    asked = ("bargain", "nine-yes-votes", "--reach", "0.7")
    page = " ".join(unsc(*asked).out.split())
    assert "For 0.07 % more, 9 members do it instead of 10." in page
    assert "Cost in all: 0.72. Without SVN, for 0.07 % more: CHE +0.08, DZA +0.08," in page
    assert "Any 9 of these 10 would do, they are alike: CHE DZA" in page
    found = unsc(*asked, "--json").json
    assert list(found["fewer"]) == ["without", "cost", "reached", "moves", "alike"]
    assert [len(found["moves"]), len(found["fewer"]["moves"]), found["fewer"]["without"]] == [10, 9, ["SVN"]]
    assert found["cost"] == pytest.approx(0.716766, abs=1e-6)
    assert found["fewer"]["cost"] == pytest.approx(0.717293, abs=1e-6)
    assert list(found["fewer"]["moves"][0]) == list(found["moves"][0])
    assert unsc("bargain", "dprk-2022-05", "--reach", "0.9", "--json").json["fewer"] is None
    rows = list(csv.DictReader(io.StringIO(unsc(*asked, "--csv").out)))
    assert [row["part"] for row in rows] == ["moves"] * 11 + ["fewer"] * 9 + ["alone"] * 10
    assert [row["step"] for row in rows[11:20]] == [str(step) for step in range(1, 10)]


def test_nobody_has_to_move(unsc: Unsc) -> None:
    ran = unsc("bargain", "dprk-2022-05")
    assert "The odds are 68 in 100 as the draft stands: nobody has to move to reach 50." in ran.out
    assert "To reach" not in ran.out


def test_texts_and_the_advice(unsc: Unsc) -> None:
    values = ("--value-adopted", "1", "--value-defeated", "-0.5")
    ran = unsc("bargain", "two-dimensions", "--reach", "0.8", "--sponsor", "FRA", *values)
    assert max(map(len, ran.out.splitlines())) <= 80
    for said in (
        "France does best, if a defeat counts for nothing, with a text at force -0.18,",
        "Rewrite it: a text at force -0.22, cost -0.07, adopted in 75 of 100, is worth",
        "  diluted force  cost adopted  gain expected   CHN   FRA   GBR   RUS   USA",
        "     50 %  0.00 -0.15    47.8  75.0     35.8   yes   yes   yes    no   yes",
        "     60 % -0.12 -0.24    66.9  64.0     42.8   yes   yes   yes abst.   yes",
        "Russia votes no up to a dilution of 51 % (force -0.01, cost -0.15), then",
        "  rewrite      75.3  0.539  force -0.22, cost -0.07",
        "Adoption is worth 1, defeat -0.5, withdrawing 0.",
    ):
        assert said in ran.out


def test_who_turns_from_no_stands_in_a_sentence_with_its_article(unsc: Unsc) -> None:
    words = " ".join(unsc("bargain", "a-place-in-issue-space").out.split())
    assert "The United States votes no up to a dilution of " in words


def test_without_texts_it_says_what_a_rewriting_would_have_to_keep(unsc: Unsc) -> None:
    ran = unsc("bargain", "dprk-2022-05", "--reach", "0.9", "--value-defeated", "-3")
    whole = " ".join(ran.out.split())
    assert "Withdraw it: tabling it as it stands is worth -0.292, withdrawing 0." in whole
    assert "is worth more if it keeps more than 33 % of the value of adoption." in whole
    assert 'texts have no place with preferences.model = "stated".' in whole


@pytest.mark.parametrize("columns", ["40", "60", "80", "200"])
def test_a_page_of_any_width_cuts_no_number(unsc: Unsc, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for arguments in (
        ("two-dimensions", "--sponsor", "FRA", "--reach", "0.9", "--value-adopted", "2"),
        ("kosovo-1999",),
        ("reform-african-union",),
    ):
        ran = unsc("bargain", *arguments)
        assert ran.status == 0
        assert max(map(len, ran.out.splitlines())) <= min(80, int(columns))
        assert "…" not in ran.out


def test_json(unsc: Unsc) -> None:
    found = unsc("bargain", "dprk-2022-05", "--reach", "0.8", "--json").json
    assert list(found) == [
        *(
            "scenario",
            "rule",
            "reach",
            "adopted",
            "reached",
            "cost",
            "moves",
            "alone",
            "alike",
            "engine",
            "accuracy",
            "error",
        ),
        *("cost_error", "fewer", "with_words", "texts", "tabling", "sentence", "notes"),
    ]
    assert found["reached"] == pytest.approx(0.8, abs=1e-7)
    assert list(found["moves"][0]) == ["member", "shift", "cost", "stance", "before", "after", "adopted"]
    assert found["moves"][0]["stance"] == {"before": "opposes", "after": "leans-no"}
    assert found["alone"]["RUS"] == pytest.approx(found["moves"][0]["shift"], rel=1e-6)
    assert (found["texts"], found["tabling"], found["error"]) == (None, None, None)
    spatial = unsc("bargain", "two-dimensions", "--value-adopted", "1", "--json").json
    assert list(spatial["texts"]) == ["sponsors", "draft", "path", "best", "elsewhere", "turns", "others"]
    assert list(spatial["texts"]["best"]) == ["place", "dilution", "adopted", "gain", "expected"]
    assert [turn["to_abstain"] is None for turn in spatial["texts"]["turns"]] == [True, True, True, False, True]
    assert spatial["tabling"]["advice"] == "rewrite"


def test_csv(unsc: Unsc) -> None:
    """The moves, then the texts; empty cells where a row has nothing to say."""
    rows = list(csv.DictReader(io.StringIO(unsc("bargain", "two-dimensions", "--reach", "0.8", "--csv").out)))
    assert [row["part"] for row in rows] == ["moves"] * 2 + ["alone"] + ["path"] * 11 + ["draft", "best", "elsewhere"]
    assert rows[1]["member"] == "RUS"
    assert float(rows[1]["adopted"]) == pytest.approx(0.8, abs=1e-7)
    assert rows[0]["member"] == rows[0]["place_force"] == ""
    assert [float(rows[3][key]) for key in ("place_force", "place_cost", "gain")] == [0.0, -0.2, 1.0]
    plain = unsc("bargain", "dprk-2022-05", "--csv").out.splitlines()
    assert len(plain) == 2
    assert "place" not in plain[0]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--given", "CHN=abstain"), "Learnt: China abstains, as the draft stands"),
        (("--do", "CHN=abstain"), "Made so: China abstains, whatever its support"),
        (("--do", "GBR=absent"), "Made so: the United Kingdom is absent, whatever its support"),
        (("--stance", "RUS=will-veto"), "(its no from 97 to"),
        (
            ("--set", "members.RUS.odds={no=0.65, abstain=0.35}"),
            "From 34 to 95 in 100, for less than any",
        ),
        (("--rule", "two-vetoes"), "rule two-vetoes"),
        (("--council-date", "1962-06-01"), "Soviet Union by"),
        (("--engine", "monte-carlo"), "Note: by drawn points, seed 1946: the standard error"),
        (("--engine", "exact"), "From 68 to 95 in 100, for less than any other way found"),
    ],
)
def test_each_shared_option(unsc: Unsc, options: tuple[str, str], says: str) -> None:
    ran = unsc("bargain", "dprk-2022-05", "--reach", "0.95", *options)
    assert ran.status == 0
    assert says in " ".join(ran.out.split())


def test_from_the_record_with_newer_rows(unsc: Unsc) -> None:
    """Preferences from the record, a file of rows added to it; statements told as evidence."""
    newer = Path(__file__).parents[1] / "docs" / "examples" / "newer.csv"
    ran = unsc("bargain", "dprk-2022-05-record", "--reach", "0.8", "--record", str(newer))
    assert ran.status == 0
    whole = " ".join(ran.out.split())
    assert "Russia by" in whole
    assert "a shift of support moves no belief" in whole


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("dprk-2022-05", "--reach", "much"), "--reach: 'much' is not a number, such as 0.5"),
        (("dprk-2022-05", "--reach", "50"), "such as 0.5 for 50 in 100, not 50"),
        (("dprk-2022-05", "--cost", "CHN"), "--cost: 'CHN' is not of the form CHN=3"),
        (("dprk-2022-05", "--cost", "CHN=dear"), "--cost CHN: 'dear' is not a number"),
        (("dprk-2022-05", "--cost", "CHM=2"), "did you mean CHN?"),
        (("dprk-2022-05", "--cost", "CHN=1", "--cost", "CHN=2"), "stands there twice"),
        (("dprk-2022-05", "--do", "RUS=no"), "What blocks is Russia (RUS): its vote is made (no)"),
        (("dprk-2022-05", "--cost", "RUS=inf", "--reach", "0.9"), "Russia (RUS): its support is held where it is"),
        (("two-dimensions", "--sponsor", "FRE"), "did you mean FRA?"),
        (("two-dimensions", "--value-defeated", "bad"), "--value-defeated: 'bad' is not a number"),
        (("dprk-2022-05", "--json", "--csv"), "choose one"),
        (("dprk-2022-05", "--engine", "exakt"), "--engine"),
    ],
)
def test_what_cannot_be_used_is_said_on_one_line(unsc: Unsc, arguments: tuple[str, ...], says: str) -> None:
    ran = unsc("bargain", *arguments)
    assert ran.status == 2
    assert says in ran.err
    assert ran.out == ""
