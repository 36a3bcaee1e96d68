"""Narrow pages lose no number, and what an encoding lacks is spelt out."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys

import pytest

from simulator.engines.words import cell
from simulator.faces.cli.render.console import NARROWEST
from simulator.faces.cli.spelling import SPELT
from simulator.facts import council_on
from simulator.model import stance_numbers
from simulator.scenario import load, shipped_scenarios
from simulator.shipped import shipped
from tests.faces.conftest import Ran, Unsc

NAMES = ["dprk-2022-05", "korea-1950-84", "ukraine-2022-02-procedural"]
BEFORE = ["czechoslovakia-1948", "an-order-of-amendments"]
ABSENT = ("--set", "members.MEX.odds={ yes = 0.5, absent = 0.5 }")
THREAT = ("--stance", "CHN=threatens-veto", "--stance", "RUS=reservations")
SUSPECT = re.compile(r"\?|…|\.\.\.")


@pytest.fixture(params=[40, 52, 60, 72])
def narrow(request: pytest.FixtureRequest, unsc: Unsc, monkeypatch: pytest.MonkeyPatch) -> Unsc:
    """Runs ``unsc`` on a page of these columns; no line is longer."""
    columns: int = request.param

    def run(*arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setenv("COLUMNS", str(columns))
        ran = unsc(*arguments, stdin=stdin)
        assert (ran.status, ran.err) == (0, "")
        assert max(map(len, ran.out.splitlines())) <= columns
        return ran

    return run


@pytest.mark.parametrize("options", [(), ABSENT, THREAT, ABSENT + THREAT], ids=["plain", "absent", "said", "both"])
def test_a_narrow_page_loses_no_number_of_a_seat(narrow: Unsc, unsc: Unsc, options: tuple[str, ...]) -> None:
    members = unsc("run", "dprk-2022-05", "--engine", "exact", "--json", *options).json["members"]
    page = narrow("run", "dprk-2022-05", "--engine", "exact", *options).out
    seats = page.partition("The seats, by support")[2].partition("The likeliest counts")[0]
    words = ["yes", "abstain", "no", *(["absent"] if ABSENT[1] in options else [])]
    for code, chances in members.items():
        (row,) = re.findall(rf"^ +\d* *P? *{code} (?!follows).*", seats, re.MULTILINE)
        numbers = [cell(chances[word]) for word in words]
        assert re.findall(r"[<>]?\d+\.\d", row) == numbers
    assert seats.count("◀") == 1


@pytest.mark.parametrize("name", NAMES + BEFORE)
def test_a_narrow_page_says_what_the_wide_one_says(narrow: Unsc, unsc: Unsc, name: str) -> None:
    """The same numbers in the same order, but for places in the list of seats."""
    options = ("--engine", "monte-carlo", "--draws", "4096")
    wide = re.findall(r"\d+\.\d+", unsc("run", name, *options).out)
    assert re.findall(r"\d+\.\d+", narrow("run", name, *options).out) == wide


def test_a_narrow_table_has_every_number_of_every_scenario(narrow: Unsc, unsc: Unsc) -> None:
    table = narrow("run", *NAMES, "--engine", "exact").out
    for row in csv.DictReader(io.StringIO(unsc("run", *NAMES, "--engine", "exact", "--csv").out)):
        shares = " +".join(re.escape(cell(float(row[word]))) for word in ("adopted", "vetoed", "failed"))
        assert re.search(
            rf"{row['source'][:15]}\S*\s+{shares}\s+\S*\s*{row['actual']}\s+{float(row['brier']):.3f}", table
        )


def test_narrow_lists_leave_nothing_out(narrow: Unsc) -> None:
    for name in shipped_scenarios():
        assert re.search(rf"{name} +{load(name).draft.date}", narrow("scenarios").out)
    numbers = stance_numbers()
    found = re.findall(r"([<>]?\d+\.\d) +([<>]?\d+\.\d) +([<>]?\d+\.\d)", narrow("stances").out)
    assert len(found) == len(numbers)
    council = narrow("council", "2021").out
    for seat in council_on(load("dprk-easing").draft.date).seats:
        assert f"{seat.id} " in council
        assert seat.short in council
    for command in (["scenarios"], ["stances"], ["rules"], ["council", "2021"]):
        assert "…" not in narrow(*command).out


def test_a_page_is_never_narrower_than_what_holds_its_numbers(unsc: Unsc, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of ten columns wraps lines; it does not lose what stands in them."""
    monkeypatch.setenv("COLUMNS", "10")
    assert max(map(len, unsc("run", "dprk-2022-05", "--engine", "exact").out.splitlines())) == NARROWEST
    for odd in ("0", "-5", "many", ""):
        monkeypatch.setenv("COLUMNS", odd)
        assert max(map(len, unsc("run", "dprk-2022-05", "--engine", "exact").out.splitlines())) <= 80


def test_a_page_that_is_not_for_a_terminal_has_no_blanks_at_the_ends_of_its_lines(unsc: Unsc) -> None:
    for arguments in (["run", "a-follower"], ["run", *NAMES], ["council"], ["rules"], ["stances"], ["scenarios"]):
        assert not [line for line in unsc(*arguments).out.splitlines() if line != line.rstrip()]


def written(encoding: str, *arguments: str, stdin: bytes = b"", **environment: str) -> str:
    """What a command of its own process writes in an encoding."""
    env = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "PYTHONUTF8")}
    env |= {"COLUMNS": "80", "PYTHONIOENCODING": encoding} | environment
    command = [sys.executable, "-m", "simulator", *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, env=env, check=False)
    assert b"Traceback" not in done.stderr
    return (done.stdout + done.stderr).decode(encoding)


def test_ascii_spells_out_signs_and_takes_accents_off() -> None:
    page = written("ascii", "run", "dprk-2022-05", "--engine", "monte-carlo", "--council-date", "1990")
    assert "67.7 +/- 0.009" in page
    assert "CIV Cote d'Ivoire" in page
    assert "o o o" in page
    assert max(map(len, page.splitlines())) <= 80
    scored = written("ascii", "run", "dprk-2022-05")
    assert re.search(r"67\.8 \+/- 0\.15 - agrees", scored)
    assert "(0.677 - 0)^2." in scored
    assert "title: is required - write title" in written("ascii", "validate", "-", stdin=b"schema = 1")
    assert not SUSPECT.search(page + scored)
    for command in ("rules", "stances", "scenarios"):  # where a text asks a question, it asks it in every spelling
        assert len(SUSPECT.findall(written("ascii", command))) == len(SUSPECT.findall(written("utf-8", command)))


def test_letters_that_are_not_one_and_an_accent_and_signs_without_a_likeness() -> None:
    text = 'schema = 1\ntitle = "Ærø, Łódź, Åland, straße, naïve … – 票"\ndraft.date = 2022-05-26\n'
    out = written("ascii", "validate", "-", stdin=text.encode())
    assert out == "-: fine - AEro, Lodz, Aland, strasse, naive ... - ?\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("cp437", ["±", "²", "█", "Côte"]), ("latin-1", ["±", "²", "Côte"]), ("utf-8", ["●", "−", "–"])],
)
def test_an_encoding_keeps_what_it_has(encoding: str, said: list[str]) -> None:
    """Code page 437 is that of a Windows console."""
    page = written(encoding, "run", "dprk-2022-05") + written(encoding, "council", "1990")
    assert not set(said) - {sign for sign in said if sign in page}
    assert not SUSPECT.search(page)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no locale C")
def test_the_locale_c_is_ascii() -> None:
    """Where Python does not put UTF-8 in its place."""
    page = written(
        "ascii", "run", "dprk-2022-05", PYTHONIOENCODING="", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0"
    )
    assert re.search(r"67\.8 \+/- 0\.15 - agrees", page)


def test_json_escapes_what_an_encoding_lacks_and_loses_nothing() -> None:
    text = 'schema = 1\ntitle = "Ærø – 票"\ndraft.date = 2022-05-26\n'
    for encoding in ("ascii", "latin-1", "utf-8"):
        answer = json.loads(written(encoding, "run", "-", "--json", "--engine", "exact", stdin=text.encode()))
        assert answer["scenario"] == "Ærø – 票"


def test_every_character_in_what_the_program_writes_has_a_plain_spelling() -> None:
    """In its words, its data and the shipped scenarios: whoever adds a sign adds how it is spelt out."""
    folders = [shipped(name) for name in ("faces", "facts", "model", "rules", "scenario")] + [shipped("scenarios")]
    files = [file for folder in folders for file in folder.rglob("*") if file.suffix in (".py", ".csv", ".toml")]
    found = {character for file in files for character in file.read_text(encoding="utf-8")}
    assert found > set("±–²")
    assert not {character for character in found - {"?"} if character.encode("ascii", SPELT) == b"?"}
