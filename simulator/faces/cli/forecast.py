"""``unsc forecast``: a forecast from the record, without a file."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from simulator.analysis import outside_view
from simulator.engines import RecordForecast
from simulator.engines import forecast as forecast_of
from simulator.errors import OptionError, ScenarioError
from simulator.faces.cli.printed import print_json
from simulator.faces.cli.record_option import record_of
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.forecast import page
from simulator.faces.cli.typed import read_choices, read_date, read_pairs
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

    def answered(self, record: tuple[RollCall, ...] | None) -> RecordForecast:
        """The forecast; what is wrong by the names of the options."""
        named = [code.strip() for one in self.sponsors or () for code in one.split(",") if code.strip()]
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
                record=record,
            )
        except ScenarioError as error:
            raise OptionError("\nunsc: ".join(f"--{problem}" for problem in error.problems)) from None


def forecast(asked: Asked, record: str | None, *, as_json: bool) -> None:
    """Shows the forecast on a page, or as JSON."""
    votes = None if record is None else record_of(record)
    found = asked.answered(votes)
    view = outside_view(found.scenario, votes=votes)
    if as_json:
        print_json(found.as_dict() | {"outside_view": view.as_dict()})
    else:
        show(page(found, view))
