"""The documentation as a whole: what is generated is current, what is listed is there, what is cited exists."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import around
import docstrings
import pytest
import schema_tables
import tables

import simulator
from simulator.scenario import Scenario
from tests.docs.test_documentation import every_command

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(page for page in DOCS.rglob("*.md") if "_build" not in page.parts)
NOTEBOOKS = [page for page in PAGES if page.read_text(encoding="utf-8").startswith("---\nfile_format: mystnb")]


def _read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _keys() -> set[str]:
    return set(re.findall(r"^@\w+\{(\w+),", _read(DOCS / "references.bib"), re.M))


@pytest.mark.parametrize("page", tables.pages(), ids=lambda page: page.name)
def test_generated_parts_are_current(page: Path) -> None:
    """If not: uv run python docs/_ext/tables.py."""
    assert tables.current(_read(page)) == _read(page), "run: uv run python docs/_ext/tables.py"


def test_every_generated_part_stands_on_a_page() -> None:
    """Or the test above would prove nothing of it."""
    found = [block for page in tables.pages() for block in re.findall(r"<!-- generated: ([\w-]+) -->", _read(page))]
    assert sorted(found) == sorted(tables.BLOCKS)


def test_a_stale_part_is_noticed() -> None:
    """The twin: a page whose table says something else is changed back."""
    page = DOCS / "reference" / "rules.md"
    stale = _read(page).replace("| `judges` | 8 (6) |", "| `judges` | 9 (6) |")
    assert stale != _read(page)
    assert tables.current(stale) == _read(page)


def test_every_key_of_the_schema_has_a_row_and_a_meaning() -> None:
    """Each kind of table once; no key without a word on it."""
    schema = Scenario.model_json_schema(by_alias=True)
    kinds = [schema, *(kind for kind in schema["$defs"].values() if "properties" in kind)]
    found = schema_tables.tables()
    assert sorted(tuple(row[0].strip("`") for row in table.rows) for table in found) == sorted(
        tuple(kind["properties"]) for kind in kinds
    )
    assert not [f"{table.title} {row[0]}" for table in found for row in table.rows if not row[3]]


@pytest.mark.parametrize("page", NOTEBOOKS, ids=lambda page: page.name)
def test_notebooks_run(page: Path) -> None:
    """Their cells one after another, without Jupyter; every cell that is to print does."""
    cells = re.findall(r"^```\{code-cell\}[^\n]*\n(.*?)^```", _read(page), re.M | re.S)
    names: dict[str, object] = {}
    for cell in cells:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(cell, page.name, "exec"), names)
        assert bool(out.getvalue()) == ("print(" in cell)
    assert len(cells) >= 5


def test_there_is_a_notebook() -> None:
    """The pattern above finds it."""
    assert "first-forecast.md" in [page.name for page in NOTEBOOKS]


def test_the_front_page_leads_to_every_page() -> None:
    """Its lists are the site's navigation."""
    listed = {
        (DOCS / link).resolve() for link in re.findall(r"^- \[[^\]]+\]\(([^)]+)\)", _read(DOCS / "index.md"), re.M)
    }
    # Pages of the site for files around docs/, which the front page links to as files.
    shown = {page for page in PAGES if page.parent.name == "project" or page.name == "sources.md"}
    assert {page for page in PAGES if page not in shown} - {DOCS / "index.md"} <= listed


def test_every_public_name_has_its_reference() -> None:
    """On the page of Python."""
    documented = re.findall(r"^\.\. (?:auto\w+|py:data):: (\w+)(?:\(\))?$", _read(DOCS / "reference" / "api.md"), re.M)
    assert sorted(documented) == sorted(simulator.__all__)


def test_what_is_cited_is_in_the_bibliography() -> None:
    """By pages as by docstrings."""
    cited = {key for page in PAGES for key in re.findall(r"\{cite\}`(\w+)`", _read(page))}
    assert len(cited) >= 5
    assert cited <= _keys()


def test_every_entry_of_the_bibliography_says_what_is_taken_from_it() -> None:
    """In its note."""
    entries = _read(DOCS / "references.bib").split("\n@")[1:]
    assert len(entries) == len(_keys())
    assert not [entry.split(",")[0] for entry in entries if "\n  note " not in entry]


def test_every_option_that_the_command_line_page_names_exists() -> None:
    """The other way round is in test_documentation.py."""
    known = {
        option for command in every_command().values() for parameter in command.params for option in parameter.opts
    }
    page = _read(DOCS / "reference" / "command-line.md")
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", page)) - {"--help"} <= known


def test_files_around_the_docs_have_their_pages() -> None:
    """What links on the site are turned into."""
    for file, page in around.PAGES.items():
        assert (DOCS.parent / file).is_file()
        assert Path(file).name in _read(DOCS / page.removeprefix("/"))


def test_several_names_of_a_docstring_become_one_each() -> None:
    """With the description of all, and the type of each."""
    lines = ["scenario, rule : str", "    What.", "seed, draws : int, float", "    How.", "one : int", "    Why."]
    assert list(docstrings._each(lines)) == [
        *("scenario : str", "    What.", "rule : str", "    What."),
        *("seed : int", "    How.", "draws : float", "    How."),
        *("one : int", "    Why."),
    ]
