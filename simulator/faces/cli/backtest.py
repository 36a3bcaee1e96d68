"""``unsc backtest``: forecasts of past votes, and how good they were."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simulator.errors import OptionError
from simulator.estimation import Forecast, Scorecard, scorecard
from simulator.estimation import backtest as forecasts_of
from simulator.estimation.forecasts import is_scored
from simulator.estimation.misses import as_row, worst_first
from simulator.estimation.parts import By
from simulator.faces.cli.printed import one_form, print_csv, print_json
from simulator.faces.cli.progress import Bar
from simulator.faces.cli.record_option import record_of
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.scorecard import page
from simulator.faces.cli.typed import read_day, read_word
from simulator.facts import RollCall
from simulator.model.history.estimates import FIRST_ORIGIN


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, as typed."""

    start: str
    end: str | None
    by: str | None
    votes: bool
    record: Sequence[str] | None
    ideal_points: bool
    calibrated: bool


def backtest(asked: Asked, *, as_json: bool, as_csv: bool) -> None:
    """Shows the scorecard as a page, as JSON, or its votes or parts as CSV."""
    one_form(as_json=as_json, as_csv=as_csv)
    by = None if asked.by is None else read_word(asked.by, By, "--by")
    record = record_of(asked.record)
    first, last = _days(asked, record)
    with Bar("forecasting", "Ctrl-C: stop") as bar:
        how = {"ideal_points": asked.ideal_points, "calibrated": asked.calibrated}
        forecasts = forecasts_of(record, first, last, **how, progress=bar.update)
    if not forecasts:
        raise OptionError(_nothing(record, first, last))
    card = scorecard(forecasts, record, first=first, last=last)
    if as_json:
        print_json(_as_dict(card, forecasts, asked))
    elif as_csv:
        rows = [as_row(one) for one in worst_first(forecasts)] if by is None else _part_rows(card, by)
        print_csv(list(rows[0]), rows)
    else:
        show(page(card, by, worst_first(forecasts) if asked.votes else None))


def _days(asked: Asked, record: tuple[RollCall, ...]) -> tuple[datetime.date, datetime.date]:
    """The first and the last day; a year means all of it."""
    start = read_day(asked.start, "--from")
    end = max(vote.date for vote in record) if asked.end is None else read_day(asked.end, "--to")
    first = _of_year(start, "--from", 1, 1) if isinstance(start, int) else start
    last = _of_year(end, "--to", 12, 31) if isinstance(end, int) else end
    if first.year < FIRST_ORIGIN:
        raise OptionError(f"--from {asked.start}: forecasts start in {FIRST_ORIGIN}, with the first estimates")
    if first > last and asked.end is None:
        raise OptionError(f"--from {first}: the record ends on {last}; --record FILE adds newer votes")
    if first > last:
        raise OptionError(f"--from {first} lies after --to {last}")
    return first, last


def _of_year(year: int, option: str, month: int, day: int) -> datetime.date:
    if year < 1:
        raise OptionError(f"{option}: there is no year 0000; write a year as 2022")
    return datetime.date(year, month, day)


def _nothing(record: tuple[RollCall, ...], first: datetime.date, last: datetime.date) -> str:
    days = [vote.date for vote in record if is_scored(vote)]
    return (
        f"no substantive vote from {first} to {last} to forecast; the last on record is of {max(days)}, and forecasts "
        f"start in {FIRST_ORIGIN}"
    )


def _as_dict(card: Scorecard, forecasts: list[Forecast], asked: Asked) -> dict[str, Any]:
    found = card.as_dict() | {"ideal_points": asked.ideal_points, "calibrated": asked.calibrated}
    return found | ({"forecasts": [as_row(one) for one in worst_first(forecasts)]} if asked.votes else {})


def _part_rows(card: Scorecard, by: By) -> list[dict[str, Any]]:
    """One row a part: its outcome scores, those of votes marked so, and the ends of intervals."""
    rows = []
    for part in card.by[by]:
        row: dict[str, Any] = {"by": by.value, "name": part.name, "n": part.n}
        for prefix, scores, intervals in (
            ("", part.outcome, part.outcome_intervals),
            ("votes_", part.votes, part.votes_intervals),
        ):
            for name, value in scores.items():
                low, high = intervals.get(name) or (None, None)
                row |= {f"{prefix}{name}": _finite(value)}
                row |= {f"{prefix}{name}_low": low, f"{prefix}{name}_high": high}
        rows.append(row)
    return rows


def _finite(value: float) -> float | None:
    return None if math.isnan(value) else value
