"""``unsc time-machine``: the same draft before each year's council."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from simulator.analysis import Stop, TimeMachine
from simulator.analysis import time_machine as time_machine_of
from simulator.errors import OptionError, shown
from simulator.faces.cli.printed import print_csv, print_json
from simulator.faces.cli.progress import Bar
from simulator.faces.cli.questions.shared import How
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.time_machine import page
from simulator.faces.cli.typed import read_day

COLUMNS = (
    *("year", "date", "seats", "quota", "vetoes_needed", "adopted", "vetoed", "failed", "engine"),
    *("error", "interval_low", "interval_high", "absent", "why_none"),
)
"""Columns of ``--csv``; `absent` has the members whose entries do not count, as they do not sit."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for beside what all questions share, as typed."""

    start: str | None
    end: str | None
    move_draft: bool


def time_machine(name: str, how: How, asked: Asked) -> None:
    """Shows it as a page, as JSON, or a row a year."""
    votes = how.votes()
    # Entries of members that sit in other years count there, so the council of --council-date is asked about apart.
    scenario = replace(how, council_date=None).scenario(name, votes)
    with Bar("travelling", "Ctrl-C: stop") as bar:
        found = time_machine_of(
            scenario,
            _year(asked.start, "--from"),
            _year(asked.end, "--to"),
            council_date=None if how.council_date is None else read_day(how.council_date, "--council-date"),
            move_draft=asked.move_draft,
            engine=how.engine_word().value,
            record=votes,
            progress=bar.update,
        )
    if how.json:
        print_json(found.as_dict())
    elif how.csv:
        print_csv(COLUMNS, _rows(found))
    else:
        show(page(found))


def _year(typed: str | None, option: str) -> int | None:
    if typed is None:
        return None
    day = read_day(typed, option)
    if isinstance(day, datetime.date):
        raise OptionError(f"{option}: {shown(typed)} is a day; write a year, such as {day.year}")
    return day


def _rows(found: TimeMachine) -> Iterator[dict[str, Any]]:
    yield from map(_row, found.years)


def _row(stop: Stop) -> dict[str, Any]:
    told = {key: value for key, value in stop.as_dict().items() if key in COLUMNS}
    row = told | {"absent": " ".join(stop.absent)}
    if stop.answer is None:
        return row
    low, high = stop.answer.interval or (None, None)
    return row | stop.answer.outcomes.as_dict() | {"interval_low": low, "interval_high": high}
