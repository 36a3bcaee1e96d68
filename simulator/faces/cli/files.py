"""``unsc validate``, ``new``, ``scenarios`` and ``schema``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.table import Table
from rich.text import Text

from simulator.errors import InputError
from simulator.faces.cli.render.console import plain, show
from simulator.faces.cli.spelling import carries_all
from simulator.scenario import expand, load, shipped_scenarios
from simulator.scenario.files import find
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
            print(f"unsc: {error}", file=sys.stderr)
        else:
            print(plain(f"{name}: fine – {scenario.title}"))
    if problems:
        sys.exit(2)


def new(path: str, start: str | None, *, force: bool) -> None:
    """Writes the template, or a copy of a shipped scenario."""
    if not path:
        raise InputError("an empty name is no file; name the file to write, such as my-draft.toml")
    target = Path(path)
    if target.is_dir():
        raise InputError(f"{path} is a folder; name the file to write, such as {target / 'my-draft.toml'}")
    text = template_text() if start is None else _copied(start)
    if target.exists() and not force:
        raise InputError(f"{path} is there already; name another file, or replace it with --force")
    try:
        target.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from None
    print(f"Wrote {path}. Edit it, then: unsc run {path}")


def _copied(name: str) -> str:
    text = find(name).read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    return f"#:schema {shipped_schema().as_uri()}\n{rest}" if first.startswith("#:schema ") else text


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
        print(json.dumps(rows, indent=2, ensure_ascii=not carries_all()))
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("name", no_wrap=True)
    table.add_column("vote")
    table.add_column("title")
    kind = ""
    for row in rows:
        if row["kind"] != kind:
            kind = row["kind"]
            table.add_row(Text(kind, style="bold"))
        table.add_row(row["name"], row["date"], row["title"])
    show(table, "\nRun one by its name: unsc run dprk-2022-05. A copy to edit: unsc new my.toml --from NAME")


def schema(*, of_result: bool) -> None:
    """The schema of the scenario file, or of the JSON that ``unsc run`` prints."""
    text = shipped("faces", "data", "result.schema.json").read_text(encoding="utf-8") if of_result else schema_text()
    print(text, end="")
