"""``unsc reforms``: the page, JSON, CSV, the shared options, and what is refused."""

from __future__ import annotations

import csv
import io

import pytest

import simulator
from simulator.facts import REFORMS
from simulator.rules import RULES
from tests.faces.conftest import Unsc


def test_the_page_says_the_sentence_then_the_numbers_and_where_they_come_from(unsc: Unsc) -> None:
    ran = unsc("reforms", "dprk-2022-05")
    assert (ran.status, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    lines = [line.strip() for line in ran.out.splitlines()]
    assert lines[5].startswith("As it stands (charter) it is adopted in 68 of 100.")
    for said in (
        "charter (as it stands)  9 of 15  1 of 5    67.7   31.9    0.4 █████",
        "two-vetoes              9 of 15  2 of 5    85.8   13.8    0.4 ███████",
        "african-union          14 of 26 1 of 11    65.8   34.2    0.1 █████",
        "g4                       2.34   5 × 19.5           6 × 0.121     14 × 0.121",
        "g4: Group of Four (A/59/L.64, 6 July 2005): 14 of 25 by A/59/L.64",
        "quota-and-veto: needs a quota, such as quota-and-veto=10",
    ):
        assert said in lines
    joined = " ".join(lines)
    for said in (
        "none by the Panel; 13 of 24 by the co-chairs' elements",
        "double-veto: needs [preliminary]",
        "of public votes, not of intentions",
    ):
        assert said in joined


@pytest.mark.parametrize("columns", ["40", "60", "80", "200"])
@pytest.mark.parametrize("name", ["dprk-2022-05", "what-we-do-not-know", "reform-african-union"])
def test_a_page_of_any_width_cuts_no_number(
    unsc: Unsc, monkeypatch: pytest.MonkeyPatch, columns: str, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    ran = unsc("reforms", name)
    assert ran.status == 0
    assert max(map(len, ran.out.splitlines())) <= min(80, int(columns))
    assert "…" not in ran.out


def test_intervals_and_errors_stand_beside_the_odds(unsc: Unsc) -> None:
    page = unsc("reforms", "what-we-do-not-know").out
    assert "90 %" in page
    drawn = unsc("reforms", "dprk-2022-05", "--engine", "monte-carlo").out
    assert "±" in drawn


def test_a_quota_that_was_asked_for_is_said_to_be(unsc: Unsc) -> None:
    page = unsc("reforms", "dprk-2022-05", "--quota", "g4=17", "--quota", "quota-and-veto=10").out
    assert "17 of 25" in page
    assert "10 of 15" in page
    assert "g4: Group of Four (A/59/L.64, 6 July 2005): 17 of 25, as asked for here" in page


def test_json_is_what_python_gives(unsc: Unsc) -> None:
    ran = unsc("reforms", "gaza-2024-03", "--json", "--quota", "16")
    assert ran.json == simulator.reforms("gaza-2024-03", quota=16).as_dict()


def test_csv_has_a_row_a_rule_and_a_proposal(unsc: Unsc) -> None:
    rows = list(csv.DictReader(io.StringIO(unsc("reforms", "what-we-do-not-know", "--csv").out)))
    assert sorted(row["name"] for row in rows) == sorted([*RULES, *REFORMS])
    by_name = {row["name"]: row for row in rows}
    found = simulator.reforms("what-we-do-not-know")
    for name in ("charter", "l69"):
        assert float(by_name[name]["adopted"]) == found.of(name).adopted
        interval = found.of(name).answer.interval
        assert interval is not None
        assert float(by_name[name]["interval_low"]) == interval[0]
    assert (by_name["charter"]["as_it_stands"], by_name["l69"]["as_it_stands"]) == ("true", "false")
    assert float(by_name["panel-a"]["permanent_no_veto"]) == float(by_name["panel-a"]["elected"])
    assert by_name["quota-and-veto"]["adopted"] == ""
    assert "needs a quota" in by_name["quota-and-veto"]["why_none"]


@pytest.mark.parametrize(
    ("options", "changes"),
    [
        (("--given", "CHN=not yes"), {"given": {"CHN": "not yes"}}),
        (("--do", "RUS=abstain"), {"do": {"RUS": "abstain"}}),
        (("--stance", "IND=opposes"), {"stance": {"IND": "opposes"}}),
        (("--set", "blocs=[]"), {"settings": {"blocs": []}}),
        (("--rule", "two-vetoes"), {"rule": "two-vetoes"}),
        (("--council-date", "1990"), {"council_date": 1990}),
        (("--engine", "exact"), {}),
    ],
)
def test_it_takes_what_every_question_takes(unsc: Unsc, options: tuple[str, ...], changes: dict[str, object]) -> None:
    scenario = simulator.changed(simulator.load("dprk-2022-05"), **changes)  # type: ignore[arg-type]
    told = unsc("reforms", "dprk-2022-05", "--json", *options).json
    plain = simulator.odds(scenario, engine="exact")
    (own,) = (row for row in told["rows"] if row["as_it_stands"])
    assert own["odds"]["adopted"] == pytest.approx(plain.adopted, abs=1e-12)
    assert own["name"] == scenario.council.rule


@pytest.mark.parametrize("name", ["a-place-in-issue-space", "dprk-2022-05-record", "korea-1950-82", "icj-2017"])
def test_it_answers_with_places_with_the_record_and_before_eleven(unsc: Unsc, name: str) -> None:
    ran = unsc("reforms", name)
    assert (ran.status, ran.err) == (0, "")
    assert "no-veto" in ran.out


def test_a_record_of_ones_own_is_heeded(unsc: Unsc) -> None:
    ran = unsc("reforms", "dprk-2022-05-record", "--record", "tests/docs/examples/newer.csv", "--csv")
    assert ran.status == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--quota", "99"), "a quota is a whole number from 1 to 27"),
        (("--quota", "g4=26"), "the 25 seats of g4"),
        (("--quota", "quota-and-veto=16"), "a quota of 16 is above the 15 seats"),
        (("--quota", "x"), "--quota: 'x' is not a whole number"),
        (("--quota", "g4="), "--quota: '' is not a whole number"),
        (("--quota", "=14"), "not for ''"),
        (("--quota", "g4=14", "--quota", "g4=15"), "'g4' stands there twice"),
        (("--quota", "15", "--quota", "16"), "'all' stands there twice"),
        (("--quota", "Panel-A=15"), "did you mean panel-a?"),
        (("--quota", "g4=1e400"), "is not a whole number"),
        (("--rule", "no-vetoes"), "did you mean no-veto"),
        (("--json", "--csv"), "choose one"),
        (("--engine", "abacus"), "abacus"),
        (("--given", "CHN=absent"), "probability zero"),
        (("--do", "XYZ=no"), "XYZ is not on the council"),
    ],
)
def test_what_cannot_be_is_one_line_and_status_two(unsc: Unsc, options: tuple[str, ...], message: str) -> None:
    ran = unsc("reforms", "dprk-2022-05", *options)
    assert ran.status == 2
    assert not ran.out
    assert message in ran.err


def test_a_rule_that_does_not_fit_the_council_says_which_does(unsc: Unsc) -> None:
    ran = unsc("reforms", "reform-g4", "--rule", "two-vetoes")
    assert ran.status == 2
    assert "rule two-vetoes is for the Charter's council" in ran.err
    assert 'use rule = "quota-and-veto"' in ran.err
