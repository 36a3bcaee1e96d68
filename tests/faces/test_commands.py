"""The commands beside ``run``: validate, new, scenarios, schema, stances, rules, council, and help of all.

The command ``members`` has a file of its own.
"""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer

import simulator
from simulator.faces.cli.app import app
from simulator.facts import council_on
from simulator.model import stance_numbers
from simulator.rules import RULES
from simulator.scenario import Stance, load, parse, shipped_scenarios
from simulator.scenario.schema import schema_text, shipped_schema
from tests.faces.conftest import Unsc

BARE = 'schema = 1\ntitle = "t"\ndraft.date = 2022-05-26\n'
COMMANDS = [
    *("run", "validate", "new", "scenarios", "schema", "stances", "rules", "council", "members"),
    *(
        "agendas",
        "backtest",
        "why",
        "pivots",
        "sensitivity",
        "compare",
        "reforms",
        "time-machine",
        "bargain",
        "power",
        "forecast",
    ),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_validate_says_of_every_file_that_it_is_fine(unsc: Unsc) -> None:
    ran = unsc("validate", *shipped_scenarios())
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert len(lines) == len(shipped_scenarios())
    assert all(line.startswith(f"{name}: fine – ") for name, line in zip(shipped_scenarios(), lines, strict=True))


def test_validate_lists_every_problem_of_every_file_and_ends_with_status_2(unsc: Unsc, here: Path) -> None:
    Path("a.toml").write_text(BARE + "foo = 1\nbar = 2", encoding="utf-8")
    Path("b.toml").write_bytes(b"\xff")
    Path("c.toml").write_text(BARE, encoding="utf-8")
    ran = unsc("validate", "*.toml", "nosuch")
    assert ran.status == 2
    assert ran.out == "c.toml: fine – t\n"
    for said in ("a.toml: 2 problems", "  foo: unknown key", "  bar: unknown key", "b.toml: 1 problem", "'nosuch'"):
        assert said in ran.err


def test_validate_reads_standard_input(unsc: Unsc) -> None:
    assert unsc("validate", "-", stdin=BARE.encode()).out == "-: fine – t\n"
    assert unsc("validate", "-", stdin=b"title = 1").status == 2


def test_new_writes_a_scenario_that_runs_and_names_its_schema(unsc: Unsc, here: Path) -> None:
    ran = unsc("new", "mine.toml")
    assert ran.status == 0
    assert "unsc run mine.toml" in ran.out
    assert Path("mine.toml").read_text(encoding="utf-8").startswith(f"#:schema {shipped_schema().as_uri()}\n")
    assert unsc("validate", "mine.toml").status == 0
    assert unsc("run", "mine.toml", "--engine", "exact").status == 0


def test_new_has_a_name_of_its_own_where_none_is_given(unsc: Unsc, here: Path) -> None:
    unsc("new")
    assert [path.name for path in here.iterdir()] == ["scenario.toml"]


def test_new_replaces_a_file_only_when_told_to(unsc: Unsc, here: Path) -> None:
    Path("mine.toml").write_text("precious", encoding="utf-8")
    ran = unsc("new", "mine.toml")
    assert ran.status == 2
    assert "mine.toml is there already" in ran.err
    assert "--force" in ran.err
    assert Path("mine.toml").read_text(encoding="utf-8") == "precious"
    assert unsc("new", "mine.toml", "--force").status == 0
    assert load("mine.toml").title == "A draft of your own"


@pytest.mark.parametrize("name", shipped_scenarios())
def test_new_starts_from_a_copy_of_any_shipped_scenario(unsc: Unsc, here: Path, name: str) -> None:
    """The same scenario with all its comments, and the schema named where the editor finds it."""
    assert unsc("new", "mine.toml", "--from", name).status == 0
    assert load("mine.toml") == load(name)
    first, _, rest = Path("mine.toml").read_text(encoding="utf-8").partition("\n")
    assert first == f"#:schema {shipped_schema().as_uri()}"
    assert shipped_scenarios()[name].read_text(encoding="utf-8").endswith(rest)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "mine.toml", "--from", "dprk-2022-5"], "did you mean dprk-2022-05?"),
        (["new", "nowhere/mine.toml"], "nowhere/mine.toml cannot be written"),
        (["new", "."], ". is a folder; name the file to write, such as my-draft.toml"),
        (["new", ".", "--force"], ". is a folder"),
        (["new", ""], "an empty name is no file; name the file to write, such as my-draft.toml"),
        (["new", "mine.toml", "--from", ""], "an empty name is no file"),
        (["new", "x" * 300], "cannot be written"),
        (["new", "a\0b"], "a?b cannot be written"),
        (["council", ""], "DATE: '' is not a date"),
        (["council", "1900-01-01"], "known are 1946-01-17 to"),
        (["council", "soon"], "DATE: 'soon' is not a date; write it as 2022-05-26, or a year as 2022"),
        (["council", "1945"], "the members of the Council on 1945-07-01 are not known; known are 1946-01-17 to"),
        (["council", "0000"], "the members of the Council in 0 are not known"),
        (["council", "90"], "DATE: '90' is not a date"),
        (["council", "1990", "1991"], "unsc: more was typed than it takes: 1991; see unsc council --help"),
        (["validate"], "unsc: missing argument 'SCENARIO'; see unsc validate --help"),
        (["validate", "-", "-"], "- stands there more than once"),
        (["nosuch"], "unsc: no such command 'nosuch'"),
        (["--nosuch"], "unsc: no such option: --nosuch"),
    ],
)
def test_what_cannot_be_is_said_on_standard_error_with_status_2(
    unsc: Unsc, here: Path, arguments: list[str], said: str
) -> None:
    ran = unsc(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in " ".join(ran.err.replace("│", " ").split())
    assert "fault of this program" not in ran.err
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(("held", "said"), [(b"\xff", "not UTF-8 text"), (b"a = 1", "a: unknown key")], ids=str)
def test_new_starts_from_a_scenario_and_from_nothing_else(unsc: Unsc, here: Path, held: bytes, said: str) -> None:
    Path("odd.toml").write_bytes(held)
    ran = unsc("new", "mine.toml", "--from", "odd.toml")
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert not Path("mine.toml").exists()


def test_control_characters_of_a_name_do_not_reach_the_terminal(unsc: Unsc, here: Path) -> None:
    name = "\x1b]0;x\x07.toml"
    Path(name).write_text("a = 1", encoding="utf-8")
    for command in ("validate", "run"):
        ran = unsc(command, name)
        assert ran.status == 2
        assert "?]0;x?.toml: " in ran.err
        assert "\x1b" not in ran.err


def test_scenarios_lists_every_shipped_one_with_its_day_and_title(unsc: Unsc) -> None:
    rows = unsc("scenarios", "--json").json
    assert [row["name"] for row in rows] == list(shipped_scenarios())
    for row in rows:
        scenario = load(row["name"])
        assert (row["title"], row["date"]) == (scenario.title, scenario.draft.date.isoformat())
        assert row["kind"] in ("historical", "teaching", "hypothetical")
    page = unsc("scenarios").out
    assert all(f"\n{row['name']} " in page and row["date"] in page for row in rows)


def test_schema_prints_the_shipped_schema(unsc: Unsc) -> None:
    assert unsc("schema").out == schema_text()


def test_stances_shows_what_words_are_worth_as_evidence(unsc: Unsc) -> None:
    """With ranges, where the page is wide enough, and with the reason why silence is none."""
    page = unsc("stances", "--likelihoods").out
    assert "threatens-veto permanent 0.17 (0.085-0.34)  3.7 (1.8-7.4)         16 (8-32)" in page
    assert "All of it is judgement" in " ".join(page.split())
    (row,) = [one for one in unsc("stances", "--json").json if (one["stance"], one["seat"]) == ("opposes", "elected")]
    assert row["likelihood"] == {"yes": 0.003, "abstain": 0.12, "no": 0.22}
    assert row["likelihood_low"]["no"] == 0.11
    assert row["likelihood_high"]["no"] == 0.44
    assert row["likelihood_basis"] == "judgement"


def test_stances_lists_every_word_for_either_kind_of_member_with_its_odds(unsc: Unsc) -> None:
    rows = unsc("stances", "--json").json
    assert [(row["stance"], row["seat"]) for row in rows] == [
        (stance.value, seat) for stance in Stance for seat in ("permanent", "elected")
    ]
    for row in rows:
        odds = stance_numbers()[Stance(row["stance"]), row["seat"] == "permanent"].odds
        assert (row["yes"], row["abstain"], row["no"]) == (odds.yes, odds.abstain, odds.no)
        assert row["yes_basis"]
        assert row["no_basis"]
    page = unsc("stances").out
    assert all(f"\n{stance} " in page for stance in Stance)
    assert "17 of 38" in " ".join(page.split())
    assert "[stances]" in page


def test_rules_lists_every_rule_with_its_source_and_properties(unsc: Unsc) -> None:
    rows = {row["name"]: row for row in unsc("rules", "--json").json}
    assert list(rows) == list(RULES)
    for name, rule in RULES.items():
        assert rows[name]["source"] == rule.source
        assert rows[name]["vetoable"] is rule.vetoable
        assert rows[name]["monotone"] is rule.monotone
        assert rows[name]["anonymous"] is rule.anonymous
    page = unsc("rules").out
    assert all(f"\n{name} " in page for name in RULES)
    assert "Article 27(3)" in page


def test_council_shows_the_members_of_a_day_under_the_names_of_that_day(unsc: Unsc) -> None:
    page = unsc("council", "1990-06-01").out
    assert page.startswith("The Council on 1990-06-01: 15 members\n")
    assert "RUS   Soviet Union" in page
    assert "COD   Zaire" in page
    assert "9 of 15 votes" in page
    assert "7 of 11 votes" in unsc("council", "1960-07-01").out


def test_council_of_a_year_says_which_day_it_took(unsc: Unsc) -> None:
    """1 July; of 1946, when the Council was half a year old, 1 August."""
    assert unsc("council", "1990").out.startswith("The Council on 1990-07-01, which stands for 1990: 15 members\n")
    assert unsc("council", "1946").out.startswith("The Council on 1946-08-01, which stands for 1946: 11 members\n")
    assert unsc("council", "1990", "--json").json == unsc("council", "1990-07-01", "--json").json


def test_council_as_json_has_every_seat(unsc: Unsc) -> None:
    found = unsc("council", "1990-06-01", "--json").json
    assert found["date"] == "1990-06-01"
    expected = council_on(datetime.date(1990, 6, 1))
    assert tuple(seat["id"] for seat in found["seats"]) == expected.ids
    assert [seat["permanent"] for seat in found["seats"]] == [True] * 5 + [False] * 10
    assert list(found["seats"][0]) == ["id", "name", "group", "permanent", "veto", "start", "end"]


def test_council_without_a_day_is_todays(unsc: Unsc) -> None:
    assert unsc("council", "--json").json["date"] == datetime.date.today().isoformat()


@pytest.mark.parametrize(
    "command",
    [["scenarios"], ["stances"], ["stances", "--likelihoods"], ["rules"], ["council", "1946-08-01"], ["council"]],
)
def test_every_list_fits_80_columns_without_colours(unsc: Unsc, command: list[str]) -> None:
    ran = unsc(*command)
    assert (ran.status, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "\x1b" not in ran.out


@pytest.mark.parametrize("option", ["--version"])
def test_the_version_is_the_packages(unsc: Unsc, option: str) -> None:
    ran = unsc(option)
    assert (ran.status, ran.out) == (0, f"unsc {simulator.__version__}\n")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_command(unsc: Unsc, option: str) -> None:
    ran = unsc(option)
    assert ran.status == 0
    assert all(f" {command} " in ran.out for command in COMMANDS)
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_within_80_columns(unsc: Unsc, command: str) -> None:
    ran = unsc(command, "--help")
    assert ran.status == 0
    assert f"unsc {command}" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


QUESTION = "--given --do --stance --set --rule --council-date --engine --record --json --csv"
OPTIONS = {
    "why": QUESTION,
    "pivots": QUESTION,
    "sensitivity": QUESTION,
    "compare": f"{QUESTION} --hybrids",
    "reforms": f"{QUESTION} --quota",
    "time-machine": f"{QUESTION} --from --to --move-draft",
    "bargain": f"{QUESTION} --reach --cost --sponsor --value-adopted --value-defeated",
    "power": f"{QUESTION} --quota --weights --veto --vetoes-needed --reform --abstaining --abstention",
    "forecast": "--agenda --sponsors --date --text --stance --given --do --council-date --record --estimates "
    "--json --csv",
    "run": "--given --do --stance --set --rule --council-date --engine --method --draws --seed --precision --workers "
    "--parameter-draws --save-draws --record --json --csv",
    "validate": "",
    "new": "--from --force",
    "scenarios": "--json",
    "schema": "--result",
    "stances": "--likelihoods --json",
    "rules": "--json",
    "council": "--reform --json",
    "members": "--group --json",
    "agendas": "--region --record --json --csv",
    "backtest": "--from --to --by --votes --record --no-calibration --no-ideal-points --json --csv",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_mentions_every_option_of_the_command_and_these_are_all(unsc: Unsc, command: str) -> None:
    text = unsc(command, "--help").out
    assert {word for word in re.findall(r"(?<![\w`-])--[a-z-]+", text) if word != "--help"} >= set(
        OPTIONS[command].split()
    )
    known = {name for parameter in declared(command) for name in parameter if name.startswith("--")}
    assert known - {"--help"} == set(OPTIONS[command].split())


def declared(command: str) -> list[list[str]]:
    """The names under which the command takes its parameters."""
    group: Any = typer.main.get_command(app)
    return [parameter.opts for parameter in group.commands[command].params]


def test_no_arguments_show_help(unsc: Unsc) -> None:
    ran = unsc()
    assert all(f" {command} " in ran.out + ran.err for command in COMMANDS)


def test_a_fault_of_the_program_is_told_without_a_traceback(unsc: Unsc, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status 70, the kind of error, and the variable that shows where it happened."""

    def broken(*, as_json: bool) -> None:
        raise RuntimeError("odd")

    monkeypatch.setattr("simulator.faces.cli.tables.rules", broken)
    ran = unsc("rules")
    assert ran.status == 70
    assert "a fault of this program (RuntimeError: odd)" in ran.err
    assert "UNSC_DEBUG=1" in ran.err


def test_a_missing_extra_has_a_status_of_its_own(unsc: Unsc, monkeypatch: pytest.MonkeyPatch) -> None:
    from simulator.errors import MissingExtra

    def missing(*, as_json: bool) -> None:
        raise MissingExtra("plots", "drawing")

    monkeypatch.setattr("simulator.faces.cli.tables.rules", missing)
    ran = unsc("rules")
    assert (ran.status, ran.err) == (
        3,
        "unsc: drawing needs the extra plots: pip install 'unsc-simulator[plots]'\n",
    )


def test_what_is_validated_and_what_runs_are_the_same(unsc: Unsc, here: Path) -> None:
    """A file that validate calls fine never ends run with a problem of the file."""
    Path("mine.toml").write_text(parse(BARE).to_toml(), encoding="utf-8")
    assert unsc("validate", "mine.toml").status == unsc("run", "mine.toml", "--engine", "exact").status == 0
    assert json.loads(unsc("run", "mine.toml", "--engine", "exact", "--json").out)["scenario"] == "t"
