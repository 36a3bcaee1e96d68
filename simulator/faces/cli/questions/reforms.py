"""``unsc reforms``: one scenario under every rule, and before enlarged councils."""

from __future__ import annotations

from typing import Any

from simulator.analysis import Reformed, Reforms
from simulator.analysis import reforms as reforms_of
from simulator.errors import OptionError, shown
from simulator.faces.cli.printed import print_csv, print_json
from simulator.faces.cli.progress import Bar
from simulator.faces.cli.questions.shared import How
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.reforms import page
from simulator.faces.cli.typed import read_whole

ALL = "all"

COLUMNS = (
    *("name", "kind", "as_it_stands", "seats", "with_veto", "quota", "vetoes_needed", "quota_source"),
    *("adopted", "vetoed", "failed", "engine", "error", "interval_low", "interval_high", "power_to_act"),
    *("permanent", "permanent_no_veto", "elected", "elected_veto", "why_none"),
)
"""Columns of ``--csv``; those named after seats hold each seat's power by Shapley–Shubik."""


def reforms(name: str, how: How, quota: list[str] | None) -> None:
    """Shows it as a page, as JSON, or a row a rule and a proposal."""
    votes = how.votes()
    scenario = how.scenario(name, votes)
    with Bar("asking", "Ctrl-C: stop") as bar:
        found = reforms_of(
            scenario, quota=_quotas(quota), engine=how.engine_word().value, record=votes, progress=bar.update
        )
    if how.json:
        print_json(found.as_dict())
    elif how.csv:
        print_csv(COLUMNS, _rows(found))
    else:
        show(page(found))


def _quotas(typed: list[str] | None) -> dict[str, int]:
    """NAME=NUMBER, or a number for all; none twice."""
    quotas: dict[str, int] = {}
    for one in typed or ():
        name, equals, number = one.rpartition("=")
        name = name.strip() if equals else ALL
        if name in quotas:
            raise OptionError(f"--quota: {shown(name)} stands there twice")
        quotas[name] = read_whole(number.strip(), "--quota", "15 or g4=15")
    return quotas


def _rows(found: Reforms) -> list[dict[str, Any]]:
    left_out = [{"name": one.name, "kind": one.kind.value, "why_none": one.why} for one in found.left_out]
    return [*map(_row, found.rows), *left_out]


def _row(row: Reformed) -> dict[str, Any]:
    answer = row.answer
    low, high = answer.interval or (None, None)
    told = {key: value for key, value in row.as_dict().items() if key in COLUMNS}
    return {
        **told,
        "as_it_stands": "true" if row.as_it_stands else "false",
        **answer.outcomes.as_dict(),
        "interval_low": low,
        "interval_high": high,
        "power_to_act": float(row.power.power_to_act),
        **{one.seats.replace(", ", "_").replace(" ", "_"): float(one.power.shapley_shubik) for one in row.classes},
    }
