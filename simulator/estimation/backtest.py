"""Forecasts of recorded votes, each from what was known before its day: earlier votes, and estimates from before."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

import numpy as np

from simulator.engines.at_tables import Need, log_evidence, odds_of
from simulator.errors import OptionError, shown
from simulator.estimation.forecasts import Forecast, chosen, marks
from simulator.facts import RollCall, checked_record, roll_calls
from simulator.model.history.calibration import Line
from simulator.model.history.covariates import Tabled, covariates
from simulator.model.history.estimates import Estimates, origin_of, shipped_estimates
from simulator.model.history.mixture import History
from simulator.model.history.past import Past, shipped_past

Progress = Callable[[int, int], None]
"""Told how many votes are done, of how many."""

NEEDED = 9
"""Yes votes that carry a draft, from 1966 on."""


def backtest(
    record: Sequence[RollCall],
    first: datetime.date,
    last: datetime.date,
    *,
    ideal_points: bool = True,
    calibrated: bool = True,
    progress: Progress | None = None,
) -> list[Forecast]:
    """A forecast of every substantive vote on a draft or an amendment from one day to another, both inclusive.

    Parameters
    ----------
    record : sequence of RollCall
        Each vote is forecast from the rows of earlier days, and from the latest shipped estimates not after its day.
    first, last : datetime.date
    ideal_points : bool
        False: by estimates that were fitted without them.
    calibrated : bool
        False: without the line through the forecasts of earlier years.
    progress : callable or None

    Raises
    ------
    InputError
        If a vote comes before the first estimates.
    OptionError
        If the record holds something else than roll calls, or the days are none or in the wrong order.
    """
    if not all(isinstance(day, datetime.date) for day in (first, last)):
        raise OptionError(f"first and last are datetime.date, not {shown(first)} and {shown(last)}")
    if first > last:
        raise OptionError(f"the first day {first} comes after the last {last}")
    record = checked_record(record)
    votes = chosen(record, first, last)
    past = shipped_past() if tuple(record) == roll_calls() else Past.of(record)
    found = []
    for place, vote in enumerate(votes):
        known = shipped_estimates(origin_of(vote.date), ideal=ideal_points)
        found.append(forecast_of(vote, past, known, None if calibrated else Line()))
        if progress is not None:
            progress(place + 1, len(votes))
    return found


def forecast_of(vote: RollCall, past: Past, estimates: Estimates, line: Line | None = None) -> Forecast:
    """What would have been forecast of a vote. Of its own row only what a draft shows beforehand is read.

    Parameters
    ----------
    vote : RollCall
        Its date, agenda item, region, sponsors, kind of text and council are read; its marks only for the score.
    past : Past
        Rows of its day and later are not read.
    estimates : Estimates
    line : Line, optional
        By which the odds are put right; by default that of the estimates' day.
    """
    text = Tabled(vote.date, vote.agenda, vote.region, vote.sponsors, vote.text, vote.council.ids)
    tables = History.of(estimates, text, covariates(past, text, ideal=estimates.ideal), line).tables()
    nothing = np.ones((len(text.council), 4))
    odds = odds_of(tables, Need(NEEDED), nothing)
    happened = np.zeros_like(nothing)
    happened[np.arange(len(happened)), marks(vote)] = 1.0
    return Forecast(vote, odds.outcomes, odds.spread.interval(), odds.choices, log_evidence(tables, happened))
