"""A line through the forecasts of earlier years, by which the odds of the kinds of draft are put right.

Rolling forecasts of the history model have been too cautious at both ends: what it held for 95 in 100 was adopted more
often, what it held for 60 less. So the log odds of adoption are moved along a line that was fitted to the forecasts of
*earlier* years and to what became of those drafts. They are moved inside the model, by making the kinds of draft more
or less likely that carry: what is learnt, made or summed up afterwards is of one piece with the odds.
"""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import expit, logit

from simulator.model.latent import Floats
from simulator.shipped import shipped

LEAST_ODDS = 0.001
"""Odds of adoption are cut here, and at 1 less it, before their logarithm is taken."""

STEEPEST = 8.0
"""Bound of the exponent: no kind of draft counts less than 1 in 3,000 against another by what earlier forecasts teach,
so that later evidence can bring it back. Where the line asks for more, the odds stay short of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """Log odds of adoption as they should have been, by those that were forecast.

    Attributes
    ----------
    intercept, slope : float
        0 and 1 leave the odds as they are.
    """

    intercept: float = 0.0
    slope: float = 1.0

    def of(self, adopted: float) -> float:
        """The odds of adoption, put right."""
        return float(expit(self.intercept + self.slope * logit(np.clip(adopted, LEAST_ODDS, 1 - LEAST_ODDS))))

    def shares(self, kinds: Floats, carried: Floats) -> Floats:
        """Probabilities of the kinds of draft with which the odds of adoption lie on the line, or as near as may be.

        Under every draw of the parameters each kind counts more by a factor exponential in its odds of being carried;
        :data:`STEEPEST` bounds the exponent.

        Parameters
        ----------
        kinds : array, shape (k, d)
            Probabilities under each draw.
        carried : array, shape (k, d)
            Odds of adoption of each.

        Returns
        -------
        array, shape (k, d)
            They sum to 1 under each draw.
        """
        from scipy.optimize import brentq  # loads slowly, and `unsc run` of a stated scenario needs none of it

        if self == Line():
            return kinds
        wanted = self.of(float((kinds * carried).sum(axis=0).mean()))

        def moved(steepness: float) -> Floats:
            found = kinds * np.exp(steepness * (carried - 1))
            shares: Floats = found / found.sum(axis=0)
            return shares

        def excess(steepness: float) -> float:
            return float((moved(steepness) * carried).sum(axis=0).mean()) - wanted

        if excess(STEEPEST) < 0 or excess(-STEEPEST) > 0:  # no mixture of the kinds is so sure
            return moved(STEEPEST if excess(STEEPEST) < 0 else -STEEPEST)
        return moved(float(brentq(excess, -STEEPEST, STEEPEST, xtol=1e-6)))


@cache
def _shipped_lines() -> dict[int, Line]:
    with shipped("model", "data", "history", "calibration.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["year"]): Line(float(row["intercept"]), float(row["slope"])) for row in csv.DictReader(file)}


def line_on(day: datetime.date) -> Line:
    """The line fitted to the forecasts of the years before that of a day; the last there is, where it is later.

    Before the second year of forecasts there are none to learn from, and odds are left as they are.
    """
    years = [year for year in _shipped_lines() if year <= day.year]
    return _shipped_lines()[max(years)] if years else Line()
