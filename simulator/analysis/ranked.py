"""Which of many runs has the best odds, and which the worst: several where no difference is known."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

import numpy as np

from simulator.analysis.runs import Run, by_tables

_EXACT, _TABLES = 1e-9, 2e-4
"""Differences of the odds of adoption that say nothing: of exact runs, and of runs by tables of votes."""

_ERRORS = 2.0
"""The same in standard errors of a difference, where votes or numbers were drawn."""


def alike(one: Run, other: Run) -> bool:
    """Whether two runs' odds of adoption are the same as far as is known.

    With uncertain numbers it is the error of the difference that counts: the draws of a number are the same in both.
    """
    drawn = hypot(one.simulation, other.simulation, _drawn(one, other))
    exact = _TABLES if by_tables(one.scenario) or by_tables(other.scenario) else _EXACT
    return abs(one.adopted - other.adopted) <= max(exact, _ERRORS * drawn)


def _drawn(one: Run, other: Run) -> float:
    """Standard error of the difference that comes from drawing uncertain numbers."""
    if one.influence.size == other.influence.size:
        return float(np.linalg.norm(one.influence - other.influence))
    return hypot(float(np.linalg.norm(one.influence)), float(np.linalg.norm(other.influence)))


def ends(runs: Sequence[Run]) -> tuple[list[int], list[int]]:
    """The places of those with the least, and of those with the best odds of adoption; none where these are alike.

    Runs that are like the least and like the best are neither.
    """
    bottom, top = least(runs), most(runs)
    if bottom[0] in top or top[0] in bottom:
        return [], []
    return [place for place in bottom if place not in top], [place for place in top if place not in bottom]


def least(runs: Sequence[Run]) -> list[int]:
    """The places of those with the least odds of adoption, the least first."""
    return _like_the_first(runs, sorted(range(len(runs)), key=lambda place: runs[place].adopted))


def most(runs: Sequence[Run]) -> list[int]:
    """The places of those with the best odds of adoption, the best first."""
    return _like_the_first(runs, sorted(range(len(runs)), key=lambda place: -runs[place].adopted))


def _like_the_first(runs: Sequence[Run], order: list[int]) -> list[int]:
    return [place for place in order if alike(runs[order[0]], runs[place])]
