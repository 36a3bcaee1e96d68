"""The questions about a scenario at the command line: each with every option that all of them take, in every form."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.faces.conftest import Unsc

QUESTIONS = [
    *(("why",), ("pivots",), ("sensitivity",), ("compare", "dprk-2022-03", "dprk-2022-05"), ("reforms",)),
    *(("time-machine", "--from", "2020", "--to", "2022"), ("bargain", "--reach", "0.97"), ("power",)),
]
"""Each with what it needs beside a scenario."""

WHAT_IF = [
    ("--given", "CHN=abstain"),
    ("--do", "RUS=abstain"),
    ("--stance", "IND=opposes"),
    ("--set", "blocs.0.cohesion=0.1"),
    ("--rule", "no-veto"),
    ("--council-date", "2023-05-26"),
]

questions = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question[0])


@questions
@pytest.mark.parametrize("name", ["dprk-2022-05", "a-place-in-issue-space", "what-we-do-not-know"])
def test_the_page_begins_with_the_scenario_and_fits_80_columns(
    unsc: Unsc, question: tuple[str, ...], name: str
) -> None:
    ran = unsc(question[0], name, *question[1:])
    assert (ran.status, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "in 100" in ran.out


@questions
@pytest.mark.parametrize("option", WHAT_IF, ids=lambda option: option[0])
def test_every_what_if_changes_the_answer(unsc: Unsc, question: tuple[str, ...], option: tuple[str, str]) -> None:
    """Or is noted, where it does not bear on it: on power."""
    plain, changed = (
        json.loads(unsc(question[0], "dprk-2022-05", *question[1:], *more, "--json").out) for more in ((), option)
    )
    assert plain != changed


@questions
def test_both_engines_answer_and_a_third_is_refused(unsc: Unsc, question: tuple[str, ...]) -> None:
    for engine in ("exact", "monte-carlo"):
        assert unsc(question[0], "dprk-2022-05", *question[1:], "--engine", engine).status == 0
    ran = unsc(question[0], "dprk-2022-05", *question[1:], "--engine", "guess")
    assert ran.status == 2
    assert "--engine: 'guess' is not one of auto, exact, monte-carlo" in ran.err


@questions
def test_csv_has_a_header_and_rows_of_as_many_cells(unsc: Unsc, question: tuple[str, ...]) -> None:
    rows = list(csv.reader(io.StringIO(unsc(question[0], "dprk-2022-05", *question[1:], "--csv").out)))
    assert len(rows) > 2
    assert {len(row) for row in rows} == {len(rows[0])}


@questions
def test_one_form_of_an_answer_at_a_time(unsc: Unsc, question: tuple[str, ...]) -> None:
    ran = unsc(question[0], "dprk-2022-05", *question[1:], "--json", "--csv")
    assert (ran.status, ran.err) == (2, "unsc: --json and --csv: choose one\n")


@questions
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere.toml",), "nowhere.toml"),
        (("dprk-2022-05", "--given", "RUX=no"), "given.RUX: RUX is not on the council"),
        (("dprk-2022-05", "--do", "RUS"), "--do: 'RUS' is not of the form"),
        (("dprk-2022-05", "--rule", "nine"), "nine"),
        (("dprk-2022-05", "--council-date", "soon"), "--council-date"),
        (("dprk-2022-05", "--record", "nowhere.csv"), "nowhere.csv"),
    ],
)
def test_what_cannot_be_is_said_in_a_line_with_status_2(
    unsc: Unsc, question: tuple[str, ...], arguments: tuple[str, ...], message: str
) -> None:
    ran = unsc(question[0], *arguments, *question[1:])
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


def test_why_says_the_sentence_then_the_ways_then_the_choices(unsc: Unsc) -> None:
    lines = unsc("why", "dprk-2022-05").out.splitlines()
    places = [
        next(at for at, line in enumerate(lines) if line.startswith(start))
        for start in ("  Adopted in 68 of 100.", "Why it fails", "Odds of adoption in 100", "Nearest to the 9th yes")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("columns", ["80", "50"])
def test_the_row_of_who_does_not_come_is_marked(unsc: Unsc, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    marked = [line for line in unsc("pivots", "korea-1950-82").out.splitlines() if "(absent)" in line]
    assert len(marked) == 1
    assert marked[0].startswith("  RUS")
    assert "96.0" in marked[0]
    assert "(absent)" not in unsc("pivots", "dprk-2022-05").out


def test_a_narrow_page_loses_names_and_no_number(unsc: Unsc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    for command in ("why", "pivots"):
        ran = unsc(command, "nine-yes-votes")
        assert max(map(len, ran.out.splitlines())) <= 50
        assert "…" not in ran.out
