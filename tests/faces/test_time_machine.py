"""``unsc time-machine``: the page, JSON, CSV, the shared options, and what is refused."""

from __future__ import annotations

import csv
import io

import pytest

import simulator
from tests.faces.conftest import Unsc


def test_the_page_says_the_sentence_then_the_line_then_the_years(unsc: Unsc) -> None:
    ran = unsc("time-machine", "a-place-in-issue-space", "--from", "1946", "--to", "2026")
    assert (ran.status, ran.err) == (0, "")
    lines = [line.strip() for line in ran.out.splitlines()]
    assert max(map(len, ran.out.splitlines())) <= 80
    sentence = " ".join(lines[5:8])
    assert sentence.startswith("Before the council of 18 October 2023 it is adopted in 10 of 100.")
    for said in ("7 of 11 votes needed", "9 of 15 votes needed", "Whose entries count"):
        assert said in lines
    assert "1950 1960 1970 1980 1990 2000 2010 2020" in lines
    assert sum(line.startswith("1966 ") or " 1966 " in line for line in lines) >= 1
    assert "all members: their own place" in lines


def test_years_that_are_the_same_to_a_reader_are_one_line(unsc: Unsc) -> None:
    lines = [line.strip() for line in unsc("time-machine", "dprk-2022-05", "--to", "2026").out.splitlines()]
    assert "1946-65    67.4   31.2    1.4 █████████████" in lines
    assert "1966-2026    67.7   31.9    0.4 ██████████████" in lines
    assert "in every year: CHN RUS USA" in lines


def test_years_that_cannot_be_are_said_with_the_reason(unsc: Unsc) -> None:
    page = unsc("time-machine", "dprk-2022-05-record", "--from", "1997", "--to", "2001", "--move-draft").out
    assert "No odds" in page
    assert "1997-99: draft.date: that day is before the first estimates" in page
    assert "2000" in page
    assert "2001" in page


@pytest.mark.parametrize("columns", ["40", "60", "80", "200"])
@pytest.mark.parametrize(
    "arguments",
    [("a-place-in-issue-space",), ("what-we-do-not-know", "--from", "1960", "--to", "1967"), ("reform-g4",)],
)
def test_a_page_of_any_width_cuts_no_number(
    unsc: Unsc, monkeypatch: pytest.MonkeyPatch, columns: str, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    ran = unsc("time-machine", *arguments)
    assert ran.status == 0
    # The line of 82 years is 41 characters and stays whole, as elsewhere.
    assert max(map(len, ran.out.splitlines())) <= max(47, min(80, int(columns)))
    assert "…" not in ran.out


def test_a_draft_that_is_never_adopted_has_a_line_too(unsc: Unsc) -> None:
    """And one that always is."""
    for made, said in (("USA=no", "much the same: 0."), ("USA=yes", "much the same: 100.")):
        file = b'schema = 1\ntitle = "t"\ndraft.date = 2020-01-01\nmembers.default.odds = { yes = 1 }\n'
        ran = unsc("time-machine", "-", "--from", "1960", "--to", "1970", "--do", made, stdin=file)
        assert ran.status == 0
        assert said in ran.out


def test_json_is_what_python_gives(unsc: Unsc) -> None:
    ran = unsc("time-machine", "gaza-2024-03", "--from", "1964", "--to", "1968", "--json")
    assert ran.json == simulator.time_machine("gaza-2024-03", 1964, 1968).as_dict()


def test_csv_has_a_row_a_year(unsc: Unsc) -> None:
    ran = unsc("time-machine", "reform-g4", "--from", "1964", "--to", "1967", "--csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [row["year"] for row in rows] == ["1964", "1965", "1966", "1967"]
    assert [row["adopted"] == "" for row in rows] == [True, True, False, False]
    assert "adds seats to a council of fifteen" in rows[0]["why_none"]
    found = simulator.time_machine("reform-g4", 1966, 1966).years[0]
    assert float(rows[2]["adopted"]) == found.adopted
    assert rows[0]["absent"] == "AFR1 AFR2 ASP1 ASP2 LAC1 WEO1"


@pytest.mark.parametrize(
    ("options", "changes"),
    [
        (("--given", "CHN=not yes"), {"given": {"CHN": "not yes"}}),
        (("--do", "RUS=abstain"), {"do": {"RUS": "abstain"}}),
        (("--stance", "IND=opposes"), {"stance": {"IND": "opposes"}}),
        (("--set", "blocs=[]"), {"settings": {"blocs": []}}),
        (("--rule", "two-vetoes"), {"rule": "two-vetoes"}),
        (("--engine", "exact"), {}),
    ],
)
def test_it_takes_what_every_question_takes(unsc: Unsc, options: tuple[str, ...], changes: dict[str, object]) -> None:
    """In 1951 India sat."""
    scenario = simulator.changed(simulator.load("dprk-2022-05"), **changes)  # type: ignore[arg-type]
    told = unsc("time-machine", "dprk-2022-05", "--from", "1951", "--to", "1951", "--json", *options).json
    plain = simulator.odds(simulator.changed(scenario, council_date=1951), engine="exact")
    assert told["years"][0]["odds"] == plain.outcomes.as_dict()
    assert told["own"]["odds"] == simulator.odds(scenario, engine="exact").outcomes.as_dict()


def test_council_date_is_the_council_compared_with(unsc: Unsc) -> None:
    told = unsc(
        *("time-machine", "gaza-2024-03", "--from", "2024", "--to", "2024", "--council-date", "1962-06-01", "--json")
    ).json
    assert told["own"]["date"] == "1962-06-01"
    assert told["own"]["quota"] == 7
    assert told["years"][0]["quota"] == 9


def test_a_record_of_ones_own_is_heeded(unsc: Unsc) -> None:
    arguments = ("dprk-2022-05-record", "--from", "2020", "--to", "2020", "--csv")
    assert unsc("time-machine", *arguments, "--record", "tests/docs/examples/newer.csv").status == 0


def test_in_plain_characters_too(unsc: Unsc, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the terminal lacks the others."""
    from simulator.faces.cli.render import time_machine, years

    monkeypatch.setattr(years, "braille", lambda: False)
    monkeypatch.setattr(time_machine, "braille", lambda: False)
    page = unsc("time-machine", "a-place-in-issue-space", "--from", "1950", "--to", "1970").out
    assert "+----" in page
    assert "⠒" not in page


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--from", "1945"), "1945 is not a year whose council is known: 1946 to"),
        (("--to", "9999"), "9999 is not a year"),
        (("--from", "1990", "--to", "1980"), "from 1990 to 1980 there are no years"),
        (("--from", "1990-06-01"), "--from: '1990-06-01' is a day; write a year, such as 1990"),
        (("--to", "soon"), "--to: 'soon' is not a date"),
        (("--from", ""), "--from: '' is not a date"),
        (("--from", "-5"), "--from: '-5' is not a date"),
        (("--json", "--csv"), "choose one"),
        (("--council-date", "1800"), "not known"),
        (("--do", "XYZ=no"), "XYZ is not on the council"),
        (("--given", "RUS=no", "--do", "RUS=no"), "RUS"),
    ],
)
def test_what_cannot_be_is_one_line_and_status_two(unsc: Unsc, options: tuple[str, ...], message: str) -> None:
    ran = unsc("time-machine", "dprk-2022-05", *options)
    assert ran.status == 2
    assert not ran.out
    assert message in ran.err
