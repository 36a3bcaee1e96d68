"""``unsc agendas``: the words that the record has for what texts were about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.faces.cli.printed import one_form, print_csv, print_json
from simulator.faces.cli.record_option import record_of
from simulator.faces.cli.render.agendas import agendas_page
from simulator.faces.cli.render.console import show
from simulator.faces.cli.typed import read_words
from simulator.facts import Agenda, Region, agendas_of

COLUMNS = ("agenda", "region", "votes", "adopted", "vetoed", "failed", "further_vetoes", "first", "last")
"""Columns of ``--csv``, and keys of ``--json``."""


def agendas(regions: list[str] | None, record: Sequence[str] | None, *, as_json: bool, as_csv: bool) -> None:
    """Every agenda item, or those of some parts of the world, as a table, JSON or CSV."""
    one_form(as_json=as_json, as_csv=as_csv)
    wanted = read_words(regions, Region, "--region")
    found = [item for item in agendas_of(record_of(record)).values() if not wanted or item.region in wanted]
    if as_json:
        print_json([_row(item) for item in found])
    elif as_csv:
        print_csv(COLUMNS, [_row(item) for item in found])
    else:
        show(*agendas_page(found))


def _row(item: Agenda) -> dict[str, Any]:
    return {
        "agenda": item.slug,
        "region": item.region.value if item.region else None,
        "votes": item.roll_calls,
        "adopted": item.adopted,
        "vetoed": item.vetoed,
        "failed": item.failed,
        "further_vetoes": item.other_vetoes,
        "first": item.first.isoformat(),
        "last": item.last.isoformat(),
    }
