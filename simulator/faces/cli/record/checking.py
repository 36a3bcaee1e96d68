"""``unsc record check``: what a file would add to the record, and which rows of it would be refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

import typer

from simulator.errors import nearest
from simulator.faces.cli.complaint import complain
from simulator.faces.cli.printed import print_json
from simulator.faces.cli.record_option import refusals
from simulator.faces.cli.render.console import show, text
from simulator.facts import Outcome, RecordFile, agendas
from simulator.rules import read_record


def check_file(path: str, *, as_json: bool) -> None:
    """Says what is fine and what is not; the exit status is 2 if any row is refused."""
    file = read_record(path)
    if as_json:
        print_json(_as_json(file))
    else:
        show(*(text(line) for line in _lines(file)))
    if file.remarks and not as_json:
        show(text("Read otherwise than it stands:"), *(text(line) for line in refusals(file.remarks)))
    if file.refused:
        rows = "1 row is refused" if len(file.refused) == 1 else f"{len(file.refused):,} rows are refused"
        complain("\n".join([f"{path}: {rows}", *refusals(file.refused)]))
        raise typer.Exit(2)


def _lines(file: RecordFile) -> list[str]:
    rows, days = len(file.roll_calls), sorted(vote.date for vote in file.roll_calls)
    if not rows:
        return [f"{file.path}: no row can be used" if file.refused else f"{file.path}: there is no row in it"]
    counts = ", ".join(f"{count:,} {word}" for word, count in _outcomes(file).items())
    span = f"on {days[0]}" if days[0] == days[-1] else f"from {days[0]} to {days[-1]}"
    rest = "" if file.refused else "fine – "
    lines = [f"{file.path}: {rest}{rows:,} {'row' if rows == 1 else 'rows'} can be used, {span}: {counts}."]
    if _new(file):
        lines.append(f"New agenda items: {', '.join(_with_nearest(slug) for slug in _new(file))}.")
    return lines


def _outcomes(file: RecordFile) -> dict[str, int]:
    counts = Counter(vote.outcome for vote in file.roll_calls)
    return {outcome.value: counts[outcome] for outcome in Outcome}


def _new(file: RecordFile) -> list[str]:
    """Agenda items that the shipped record does not have."""
    return sorted({vote.agenda for vote in file.roll_calls} - set(agendas()))


def _with_nearest(slug: str) -> str:
    """A new agenda item, with the known one that it may be a slip for."""
    hint = nearest(slug, agendas(), cutoff=0.8)
    return f"{slug} ({hint})" if hint else slug


def _as_json(file: RecordFile) -> dict[str, object]:
    days = sorted(vote.date.isoformat() for vote in file.roll_calls)
    return {
        "path": file.path,
        "fine": not file.refused,
        "rows": len(file.roll_calls) + len(file.refused),
        "used": len(file.roll_calls),
        "counts": _outcomes(file),
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "new_agendas": _new(file),
        "refused": [asdict(row) for row in file.refused],
        "remarks": [asdict(row) for row in file.remarks],
    }
