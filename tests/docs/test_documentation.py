"""The documentation: what it shows is what the program prints, and what the program has is in it."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from simulator.faces.cli.app import app
from simulator.rules import RULES
from simulator.scenario import Scenario, Stance, shipped_scenarios
from tests.faces.conftest import Unsc

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *(page for page in sorted((ROOT / "docs").rglob("*.md")) if "_build" not in page.parts)]
GAP = "[...]"
EXAMPLES = Path(__file__).parent / "examples"
"""The files that examples of the pages name; those that a page shows in full are the same."""
SHOWN = re.compile(r"^```sh\n(unsc [^\n]+)\n```\n+```text\n(.*?)^```", re.M | re.S)


def _reference(name: str) -> str:
    return (ROOT / "docs" / "reference" / f"{name}.md").read_text(encoding="utf-8")


def _shown() -> list[tuple[str, str, str]]:
    found = []
    for page in PAGES:
        for command, output in SHOWN.findall(page.read_text(encoding="utf-8")):
            found.append((str(page.relative_to(ROOT)), command, output))
    return found


def _shortened(line: str) -> str:
    """The line with numbers printed in full rounded to twelve decimals: what is the same on every machine."""
    return re.sub(r"\d+\.\d{12,}(e-?\d+)?", lambda number: f"{float(number[0]):.12f}", line.rstrip())


def every_command() -> dict[str, Any]:
    """The commands by what stands after `unsc`; the program itself under an empty name."""
    import typer.main

    found: dict[str, Any] = {"": typer.main.get_command(app)}
    waiting = [""]
    while waiting:
        name = waiting.pop()
        for word, command in getattr(found[name], "commands", {}).items():
            found[f"{name} {word}".strip()] = command
            waiting.append(f"{name} {word}".strip())
    return found


def _words(command: str) -> list[str]:
    return shlex.split(command)[1:]


@pytest.mark.parametrize(("page", "command", "output"), _shown(), ids=lambda value: value.split("\n")[0][:60])
def test_shown_output_is_what_the_program_prints(
    unsc: Unsc, page: str, command: str, output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line by line, nothing left out but where a line [...] says so. Numbers in full agree within 1e-12."""
    shutil.copytree(EXAMPLES, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    ran = unsc(*_words(command))
    printed = [_shortened(line) for line in (ran.out + ran.err).splitlines()]
    printed = [line for line in printed if line]
    place, gap = 0, False
    for line in output.splitlines():
        if line.strip() == GAP:
            gap = True
        elif line.strip():
            assert _shortened(line) in (printed[place:] if gap else printed[place : place + 1]), f"{page}: {command}"
            place, gap = printed.index(_shortened(line), place) + 1, False
    assert gap or place == len(printed), f"{page}: {command} prints more"


def test_example_files_are_those_the_page_shows() -> None:
    """Letter for letter."""
    shown_by = {
        "small": "reference/scenario-file",
        "wrong": "reference/scenario-file",
        "uncertain": "reference/scenario-file",
        "mission": "tutorials/quick-start",
    }
    for name, page in shown_by.items():
        text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
        blocks = re.findall(r"^```toml\n(.*?)^```", text, re.M | re.S)
        assert (EXAMPLES / f"{name}.toml").read_text(encoding="utf-8") in blocks
    for name, page in {"newer": "record", "eec-1958": "power"}.items():
        text = (ROOT / "docs" / "how-to" / f"{page}.md").read_text(encoding="utf-8")
        assert f"```text\n{(EXAMPLES / f'{name}.csv').read_text(encoding='utf-8')}```" in text


def test_enough_is_shown_to_be_worth_testing() -> None:
    """The pattern above finds the examples, or the test above would prove nothing."""
    assert len(_shown()) >= 10


@pytest.mark.parametrize(
    "page", [page for page in PAGES if ">>> " in page.read_text(encoding="utf-8")], ids=lambda page: page.name
)
def test_python_examples_run(page: Path, unsc: Unsc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As doctests, the blocks of a page one after another, beside the example files and what its commands write."""
    shutil.copytree(EXAMPLES, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    for command in re.findall(r"^unsc run .*--save-draws.*$", page.read_text(encoding="utf-8"), re.M):
        unsc(*_words(command))
    blocks = re.findall(r"^```(?:pycon|python)\n(>>> .*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page.name, str(page), 0)
    failures, tried = doctest.DocTestRunner(optionflags=flags).run(test)
    assert tried
    assert not failures


def test_quick_start_has_exactly_two_commands() -> None:
    """The first runs the main job, the second the tests."""
    part = (ROOT / "README.md").read_text(encoding="utf-8").split("## Quick start\n")[1].split("\n## ")[0]
    blocks = re.findall(r"^```sh\n(.*?)^```", part, re.M | re.S)
    assert len(blocks) == part.count("```") // 2 == 2
    assert "unsc run scenarios/historical/dprk-2022-05.toml" in blocks[0]
    assert blocks[1].strip() == "uv run pytest"


def _commands() -> dict[str, list[str]]:
    """Every command with its options, those of a group as `record list`."""
    return {
        name: [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
        for name, command in every_command().items()
        if name
    }


@pytest.mark.parametrize("name", _commands())
def test_every_command_and_option_is_documented(name: str) -> None:
    """In the reference of the command line."""
    text = _reference("command-line")
    assert f"unsc {name}" in text
    for option in _commands()[name]:
        assert option in text


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_documented(rule: str) -> None:
    """With its source."""
    assert f"`{rule}`" in _reference("rules")


@pytest.mark.parametrize("stance", [stance.value for stance in Stance])
def test_every_stance_is_documented(stance: str) -> None:
    """By its word."""
    assert f"`{stance}`" in _reference("stances")


def _keys(schema: dict[str, object]) -> set[str]:
    tables = [schema, *schema["$defs"].values()]  # type: ignore[attr-defined]  # definitions are a dict
    return {key for table in tables for key in table.get("properties", {})}


def test_every_key_of_the_scenario_file_is_documented() -> None:
    """All tables."""
    text = _reference("scenario-file")
    written = [f"{before}{{}}{after}" for before, after in (("`", "`"), (".", "`"), ("[", "]"))]
    keys = _keys(Scenario.model_json_schema())
    missing = {key for key in keys if not any(form.format(key) in text for form in written)}
    assert not missing


def test_every_key_of_the_answer_is_documented(unsc: Unsc) -> None:
    """As `unsc run --json` prints it."""
    import json

    answer = json.loads(unsc("run", "dprk-2022-05", "--json").out)
    text = _reference("json")
    assert not {key for key in answer if f"`{key}`" not in text}


def test_links_lead_somewhere() -> None:
    """Relative links of all pages."""
    for page in [*PAGES, ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_reference_in_the_code_is_in_the_bibliography() -> None:
    """Keys such as [Owen1998]_ lead to one file."""
    entries = set(re.findall(r"^@\w+\{(\w+),", (ROOT / "docs" / "references.bib").read_text(encoding="utf-8"), re.M))
    for file in (ROOT / "simulator").rglob("*.py"):
        for key in re.findall(r"\[(\w+\d{4})\]_", file.read_text(encoding="utf-8")):
            assert key in entries, f"{file.name}: {key}"


def test_every_shipped_scenario_says_what_it_teaches_and_rests_on() -> None:
    """A summary that ends in its lesson, and sources."""
    from simulator.scenario import load

    for name in shipped_scenarios():
        scenario = load(name)
        assert "Teaches: " in scenario.summary, name
        assert scenario.sources, name
