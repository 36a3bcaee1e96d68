"""``unsc validate``, ``new``, ``scenarios`` and ``schema``."""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path

import typer
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from simulator.errors import InputError
from simulator.faces.cli.complaint import complain
from simulator.faces.cli.printed import print_json
from simulator.faces.cli.render.console import plain, show, text
from simulator.faces.cli.render.fitting import Fitting
from simulator.scenario import expand, load, parse, shipped_scenarios
from simulator.scenario.files import find
from simulator.scenario.parse import MAX_BYTES
from simulator.scenario.schema import schema_text, shipped_schema, template_text
from simulator.shipped import shipped


def validate(names: list[str]) -> None:
    """Says of every file that it is fine, or what is wrong; the exit status is 2 if anything is."""
    problems = 0
    for name in expand(names):
        try:
            scenario = load(name)
        except InputError as error:
            problems += 1
            complain(str(error))
        else:
            print(plain(f"{name}: fine – {scenario.title}"))
    if problems:
        raise typer.Exit(2)


def new(path: str, start: str | None, *, force: bool) -> None:
    """Writes the template, or a copy of a shipped scenario."""
    if not path:
        raise InputError("an empty name is no file; name the file to write, such as my-draft.toml")
    target = Path(path)
    if os.path.isdir(path):  # noqa: PTH112 - says no, rather than failing, of a name that cannot be
        raise InputError(f"{path} is a folder; name the file to write, such as {target / 'my-draft.toml'}")
    content = template_text() if start is None else _copied(start)
    try:
        if target.exists() and not force:
            raise InputError(f"{path} is there already; name another file, or replace it with --force")
        target.write_text(content, encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be written: {getattr(error, 'strerror', None) or error}") from None
    print(f"Wrote {path}. Edit it, then: unsc run {path}")


def _copied(name: str) -> str:
    """The text of a scenario, with its comments, naming the schema of this installation."""
    path = find(name)
    try:
        with path.open(encoding="utf-8") as file:
            content = file.read(MAX_BYTES)
    except UnicodeDecodeError:
        raise InputError(f"--from: {name} is not UTF-8 text, so no scenario to start from") from None
    except OSError as error:
        raise InputError(f"--from: {name} cannot be read: {error.strerror or error}") from None
    parse(content, name)
    first, _, rest = content.partition("\n")
    return f"#:schema {shipped_schema().as_uri()}\n{rest}" if first.startswith("#:schema ") else content


def scenarios(*, as_json: bool) -> None:
    """Every shipped scenario with its kind, date and title."""
    rows = []
    for name, path in shipped_scenarios().items():
        scenario = load(path)
        rows.append(
            {
                "name": name,
                "kind": path.parent.name,
                "date": scenario.draft.date.isoformat(),
                "title": scenario.title,
                "summary": scenario.summary,
            }
        )
    if as_json:
        print_json(rows)
        return
    show(
        Fitting([_side_by_side(rows), _stacked(rows)]),
        "\nRun one by its name: unsc run dprk-2022-05. A copy to edit: unsc new my.toml --from NAME",
    )


def _side_by_side(rows: list[dict[str, str]]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("name", no_wrap=True)
    table.add_column("vote", no_wrap=True)
    table.add_column("title", width=35)
    for kind, group in groupby(rows, key=lambda row: row["kind"]):
        table.add_row(text(kind, "bold"))
        for row in group:
            table.add_row(row["name"], row["date"], row["title"])
    return table


def _stacked(rows: list[dict[str, str]]) -> RenderableType:
    """For a narrow page: the title below the name."""
    parts: list[RenderableType] = []
    for kind, group in groupby(rows, key=lambda row: row["kind"]):
        parts.append(text(kind, "bold"))
        for row in group:
            parts += [text(f"{row['name']:<29} {row['date']}"), Padding(text(row["title"]), (0, 0, 0, 2))]
    return Group(*parts)


def schema(*, of_result: bool) -> None:
    """The schema of the scenario file, or of the JSON that ``unsc run`` prints."""
    of_results = shipped("faces", "data", "result.schema.json")
    print(of_results.read_text(encoding="utf-8") if of_result else schema_text(), end="")
