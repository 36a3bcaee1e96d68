"""``unsc compare``: the page, JSON, CSV, one scenario against itself, the shared options, and what is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from simulator import compare
from tests.faces.conftest import Unsc

PAIR = ("dprk-2022-05", "dprk-2017-12")


def test_the_page_says_the_sentence_then_the_numbers(unsc: Unsc) -> None:
    ran = unsc("compare", *PAIR)
    assert (ran.status, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert ran.out.startswith("dprk-2022-05 is adopted in 68 of 100, dprk-2017-12 in 96 of 100: +27.9 in 100.")
    for said in (
        "dprk-2017-12    95.6    4.3    0.1  +27.9",
        "CHN FRA GBR  RUS  USA",
        "RUS Russia        opposes         supports       +23.7 +26.7 +26.6",
        "blocs and company CHN follows RUS –               −6.8  −7.2  −0.6",
        "elected seats     the 10 of 2022  the 10 of 2017",
        "together                                         +27.9",
        "all 24 orders",
        "16 scenarios answered.",
        "Odds of a draft that comes to a vote",
    ):
        assert said in ran.out


@pytest.mark.parametrize("columns", ["40", "60", "80", "200"])
@pytest.mark.parametrize(
    "arguments",
    [
        PAIR,
        ("dprk-2022-05", "reform-african-union", "gaza-2024-03"),
        ("iran-2010", "--do", "BRA=no", "--rule", "no-veto"),
    ],
)
def test_a_page_of_any_width_fits(
    unsc: Unsc, monkeypatch: pytest.MonkeyPatch, columns: str, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    ran = unsc("compare", *arguments)
    assert ran.status == 0
    assert max(map(len, ran.out.splitlines())) <= min(80, int(columns))


def test_three_give_a_table(unsc: Unsc) -> None:
    ran = unsc("compare", *PAIR, "ukraine-2022-02")
    assert ran.out.startswith("Of 3, dprk-2017-12 is the likeliest to be adopted, in 96 of 100, ukraine-2022-02")
    assert "−64.9" in ran.out
    assert "Where the change" not in ran.out


def test_one_is_compared_with_itself_as_it_stands(unsc: Unsc) -> None:
    ran = unsc("compare", "dprk-2022-05", "--set", "members.RUS.stance=threatens-veto")
    assert "dprk-2022-05 (changed) in 25 of 100: −42.3" in ran.out.replace("\n", " ")
    assert "Changed by --set members.RUS.stance=threatens-veto" in ran.out
    assert "opposes threatens-veto −42.3" in ran.out
    assert "Only one piece differs" in ran.out
    alone = unsc("compare", "dprk-2022-05")
    assert alone.status == 2
    assert "two scenarios or more, or one with a what-if, such as unsc compare dprk-2022-05 --do RUS=no" in alone.err


def test_one_from_standard_input(unsc: Unsc) -> None:
    file = b'schema = 1\ntitle = "t"\ndraft.date = 2022-05-26\n'
    ran = unsc("compare", "-", "--rule", "no-veto", stdin=file)
    assert ran.out.startswith("standard input is adopted in 26 of 100, standard input (changed) in 45 of 100")
    assert "All of it is the rule." in ran.out.replace("\n", " ")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--given", "CHN=not yes"),
        ("--do", "RUS=no"),
        ("--stance", "FRA=opposes"),
        ("--set", "blocs.0.cohesion=0.3"),
        ("--rule", "two-vetoes"),
        ("--council-date", "1962"),
        ("--engine", "monte-carlo"),
    ],
)
def test_every_shared_option_holds_for_all(unsc: Unsc, option: str, value: str) -> None:
    """Each scenario's odds are those that unsc run gives with the same option."""
    plain = unsc("compare", *PAIR, "--json").json
    found = unsc("compare", *PAIR, option, value, "--json").json
    for one, before, name in zip(found["scenarios"], plain["scenarios"], PAIR, strict=True):
        alone = unsc("run", name, option, value, "--json").json
        assert one["odds"] == pytest.approx(alone["odds"], abs=1e-9)
        assert one["odds"] != before["odds"]
    if option != "--engine":
        assert option in unsc("compare", *PAIR, option, value).out.split("Side by side")[0]


def test_a_record_of_ones_own(unsc: Unsc, tmp_path: Path) -> None:
    file = tmp_path / "more.csv"
    file.write_text("id\n", encoding="utf-8")
    ran = unsc("compare", "dprk-2022-05-record", "dprk-2017-12-record", "--record", str(file))
    assert (ran.status, "more.csv" in ran.err) == (2, True)


def test_json_is_what_python_gives(unsc: Unsc) -> None:
    found = unsc("compare", *PAIR, "--json").json
    told = compare(*PAIR).as_dict()
    assert list(found) == ["scenarios", "attribution", "why_none", "sentence", "what_if"]
    assert found["attribution"] == told["attribution"]
    assert found["what_if"] == ""
    assert unsc("compare", *PAIR, "--do", "RUS=no", "--json").json["what_if"] == "--do RUS=no"


def test_csv_has_a_row_a_scenario_and_a_row_a_part(unsc: Unsc) -> None:
    rows = list(csv.DictReader(unsc("compare", *PAIR, "--csv").out.splitlines()))
    assert [(row["row"], row["name"]) for row in rows] == [
        ("scenario", "dprk-2022-05"),
        ("scenario", "dprk-2017-12"),
        ("part", "CHN"),
        ("part", "RUS"),
        ("part", "seats"),
        ("part", "company"),
    ]
    assert sum(float(row["adopted"]) for row in rows[2:]) == pytest.approx(float(rows[1]["change"]))
    assert (rows[3]["first"], rows[3]["second"], rows[3]["error"]) == ("opposes", "supports", "")


def test_what_does_not_mix_is_shown_with_the_reason(unsc: Unsc) -> None:
    ran = unsc("compare", "dprk-2022-05", "dprk-2022-05-record", "--hybrids", "20")
    assert ran.status == 0
    assert "The difference cannot be taken apart: preferences are stated in the one and" in ran.out
    assert "90 in 100 draws" in ran.out
    assert ran.err == "unsc: no effect: --hybrids, since no difference is taken apart\n"


def test_monte_carlo_shows_its_errors(unsc: Unsc) -> None:
    ran = unsc("compare", "dprk-2022-05", "--rule", "no-veto", "--do", "CHN=no", "--engine", "monte-carlo")
    assert ran.out.count(" ± ") >= 4
    assert "± is one standard error" in ran.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "missing argument"),
        (("dprk-2022-05", "nosuch", "neither"), "'neither'"),
        ((*PAIR, "--given", "IND=yes"), "dprk-2017-12: 1 problem"),
        ((*PAIR, "--given", "CHN=no", "--do", "CHN=no"), "either learnt or made"),
        ((*PAIR, "--hybrids", "many"), "--hybrids: 'many' is not a whole number"),
        ((*PAIR, "--hybrids", "1e9"), "hybrids are a whole number from 2 to 65,536"),
        ((*PAIR, "--hybrids", "4"), "4 hybrids are too few for 4 pieces: an exact answer takes all 16"),
        ((*PAIR, "--engine", "guess"), "--engine: 'guess'"),
        ((*PAIR, "--json", "--csv"), "choose one"),
        (("-", "-"), "stands there more than once"),
        (("dprk-2022-05", "--rule", ""), "there is no rule ''"),
    ],
)
def test_what_cannot_be_asked(unsc: Unsc, arguments: tuple[str, ...], message: str) -> None:
    ran = unsc("compare", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err
