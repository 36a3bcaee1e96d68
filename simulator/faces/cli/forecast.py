"""``unsc forecast``: a forecast from the record, without a file."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simulator.analysis import outside_view
from simulator.engines import RecordForecast
from simulator.engines import forecast as forecast_of
from simulator.errors import OptionError, ScenarioError
from simulator.faces.cli.printed import one_form, print_csv, print_json
from simulator.faces.cli.record_option import record_of
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.forecast import page
from simulator.faces.cli.typed import read_choices, read_date, read_day, read_pairs
from simulator.facts import RollCall


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, as typed."""

    agenda: str
    sponsors: list[str] | None = None
    date: str | None = None
    text: str = "draft"
    stance: list[str] | None = None
    given: list[str] | None = None
    do: list[str] | None = None
    council_date: str | None = None
    estimates: str | None = None

    def answered(self, record: tuple[RollCall, ...] | None) -> RecordForecast:
        """The forecast; what is wrong by the names of the options."""
        if any(not one.replace(",", " ").strip() for one in self.sponsors or ()):
            raise OptionError(
                "--sponsors: name members with commas between them, or leave it out for those of the item's last draft"
            )
        named = [code for one in self.sponsors or () for code in one.replace(",", " ").split()]
        day = datetime.date.today() if self.date is None else read_date(self.date, "--date")
        learnt = read_pairs(self.given, "--given", 'CHN="not yes"')
        try:
            return forecast_of(
                self.agenda,
                named,
                day,
                text=self.text,
                stance=read_pairs(self.stance, "--stance", "CHN=opposes"),
                given={member: read_choices(vote) for member, vote in learnt.items()},
                do=read_pairs(self.do, "--do", "RUS=no"),
                council_date=None if self.council_date is None else read_day(self.council_date, "--council-date"),
                record=record,
                estimates=self.estimates,
            )
        except ScenarioError as error:
            told = (f"--{problem}".replace("--council_date", "--council-date") for problem in error.problems)
            raise OptionError("\nunsc: ".join(told)) from None


COLUMNS = (
    *("agenda", "date", "text", "sponsors", "sponsors_stated", "adopted", "vetoed", "failed"),
    *("interval_low", "interval_high", "adopted_before", "negotiated", "contested", "rejected"),
    *("evidence_probability", "origin"),
)
"""Columns of ``--csv``; `adopted_before` is the odds without what was said and learnt."""


def forecast(asked: Asked, record: Sequence[str] | None, *, as_json: bool, as_csv: bool) -> None:
    """Shows the forecast on a page, as JSON or as a row."""
    one_form(as_json=as_json, as_csv=as_csv)
    votes = None if record is None else record_of(record)
    found = asked.answered(votes)
    view = outside_view(found.scenario, votes=votes)
    if as_json:
        print_json(found.as_dict() | {"outside_view": view.as_dict()})
    elif as_csv:
        print_csv(COLUMNS, [_row(found)])
    else:
        show(page(found, view))


def _row(found: RecordForecast) -> dict[str, Any]:
    told = found.as_dict()
    low, high = found.interval
    return {
        **{key: told[key] for key in ("agenda", "date", "text", "evidence_probability", "origin")},
        "sponsors": " ".join(found.sponsors),
        "sponsors_stated": "true" if told["sponsors_stated"] else "false",
        **found.view.outcomes.as_dict(),
        "interval_low": low,
        "interval_high": high,
        "adopted_before": found.before.outcomes.adopted if found.before else None,
        **found.view.kinds,
    }
