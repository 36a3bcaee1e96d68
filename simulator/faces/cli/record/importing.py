"""``unsc record import``: the UN Digital Library's voting data as rows of the record."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import typer

from simulator.errors import InputError, OptionError
from simulator.faces.cli.complaint import complain
from simulator.faces.cli.record_option import refusals
from simulator.faces.cli.typed import read_word
from simulator.facts import COLUMNS, Region, agendas, cells_of
from simulator.facts.library import Imported, read_library
from simulator.rules import contradiction

_NAMED = 8


def import_file(path: str, output: str | None, agenda: str | None, region: str | None) -> None:
    """Writes the rows, and says on standard error what they lack and which resolutions do not fit."""
    part = None if region is None else read_word(region, Region, "--region")
    _check_agenda(agenda, part)
    if output is not None and Path(output).exists():
        raise InputError(f"--output: {output} is there already; name a new file")
    imported = read_library(path, agenda or "", part, contradiction)
    with _target(output) as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(cells_of(vote) for vote in imported.roll_calls)
    sys.stdout.flush()  # the rows before what is said about them
    complain("\n".join(_said(path, imported, agenda)))
    if imported.refused and not imported.roll_calls:
        raise typer.Exit(2)


def _check_agenda(agenda: str | None, region: Region | None) -> None:
    if region and (agenda is None or agenda in agendas()):
        raise OptionError("--region is for an --agenda that the record does not have")
    if agenda and agenda not in agendas() and region is None:
        raise OptionError(
            f"--agenda {agenda} is not on record; if it is a new one, give its --region: {', '.join(Region)}"
        )


@contextmanager
def _target(output: str | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    try:
        with Path(output).open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise InputError(f"--output: {output} cannot be written: {error.strerror or error}") from None


def _said(path: str, imported: Imported, agenda: str | None) -> Iterator[str]:
    """How much was made of the file, and what is left for a person to fill in."""
    count = len(imported.roll_calls)
    yield f"{path}: {count:,} new {'resolution' if count == 1 else 'resolutions'}, {imported.known:,} on record already"
    if count:
        yield "  the file names no sponsors: fill them in, or leave them empty for unknown"
        yield "  it has adopted resolutions only: add drafts that were vetoed or failed, or rates will mislead"
    if imported.placed and not agenda:
        yield f"  agenda by the Library's words, to be checked: {_some(imported.placed)}"
    if imported.unplaced:
        yield f"  agenda still other, to be filled in with its region: {_some(imported.unplaced)}"
    procedural = tuple(vote.id for vote in imported.roll_calls if vote.matter.value == "procedural")
    if procedural:
        yield f"  taken as procedural, since adopted over a permanent member's no: {_some(procedural)}"
    if imported.refused:
        yield f"  {len(imported.refused):,} left out, since they do not fit:"
        yield from (f"  {line}" for line in refusals(imported.refused))


def _some(ids: tuple[str, ...]) -> str:
    more = len(ids) - _NAMED
    return ", ".join(ids[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")
