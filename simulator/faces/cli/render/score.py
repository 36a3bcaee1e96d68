"""Scoring a forecast against what happened."""

from __future__ import annotations

from simulator.engines import Odds


def brier(odds: Odds, happened: bool) -> float | None:
    """The Brier score of the forecast of adoption: (p − outcome)²; None where it is no forecast.

    Odds that rest on votes learnt or made answer another question than what was going to happen.
    """
    return None if odds.given or odds.do else (odds.adopted - happened) ** 2
