"""Fits the lines by which forecasts are put right: one for each year, through the forecasts of the years before it."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit

from simulator.estimation.backtest import forecast_of
from simulator.estimation.forecasts import chosen
from simulator.facts import Outcome, RollCall, Text
from simulator.model.history.calibration import LEAST_ODDS, Line
from simulator.model.history.estimates import FIRST_ORIGIN, LAST_ORIGIN, Estimates
from simulator.model.history.past import Past
from simulator.model.latent import Floats

PRIOR_SPREAD = 0.5
"""Standard deviation a priori of the slope about 1 and of the intercept about 0: a few votes move neither far."""


def line_through(adopted: Floats, happened: Floats) -> Line:
    """The most probable line through forecasts and what became of them.

    Parameters
    ----------
    adopted : array, shape (n,)
        Odds of adoption that were forecast, without a line.
    happened : array, shape (n,)
        1 where the draft was adopted, 0 where not.

    Examples
    --------
    >>> line_through(np.array([]), np.array([]))
    Line(intercept=0.0, slope=1.0)
    """
    said = logit(np.clip(adopted, LEAST_ODDS, 1 - LEAST_ODDS))

    def fall(found: Floats) -> tuple[float, Floats]:
        logs = found[0] + found[1] * said
        away = (found - _AS_SAID) / PRIOR_SPREAD
        value = (np.logaddexp(0, logs) - happened * logs).sum() + 0.5 * away @ away
        miss = expit(logs) - happened
        return float(value), np.array([miss.sum(), miss @ said]) + away / PRIOR_SPREAD

    intercept, slope = minimize(fall, _AS_SAID, jac=True, method="BFGS").x
    return Line(float(intercept), float(slope))


_AS_SAID = np.array([0.0, 1.0])


def lines(
    record: Sequence[RollCall],
    estimates: Callable[[int], Estimates],
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[int, Line, int]]:
    """The line for each year that estimates ship for, but the first: through the forecasts of drafts.

    Amendments are left out: none on record was adopted, and they would tell of the prior that they have.

    Parameters
    ----------
    record : sequence of RollCall
    estimates : callable
        From a year to the estimates of its first day.
    progress : callable or None
        Called with years done and years wanted.

    Yields
    ------
    int, Line, int
        Year, its line, and of how many forecasts.
    """
    past = Past.of(record)
    adopted: list[float] = []
    happened: list[float] = []
    for year in range(FIRST_ORIGIN, LAST_ORIGIN):
        known = estimates(year)
        for vote in chosen(record, datetime.date(year, 1, 1), datetime.date(year, 12, 31)):
            if vote.text is not Text.DRAFT:
                continue
            adopted.append(forecast_of(vote, past, known, Line()).outcomes.adopted)
            happened.append(float(vote.outcome is Outcome.ADOPTED))
        yield year + 1, line_through(np.array(adopted), np.array(happened)), len(adopted)
        if progress is not None:
            progress(year - FIRST_ORIGIN + 1, LAST_ORIGIN - FIRST_ORIGIN)


def write_lines(path: Path, rows: Iterator[tuple[int, Line, int]]) -> None:
    """Write lines as the table that ships."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["year", "intercept", "slope", "votes"])
        for year, line, votes in rows:
            table.writerow([year, f"{line.intercept:.4f}", f"{line.slope:.4f}", votes])
