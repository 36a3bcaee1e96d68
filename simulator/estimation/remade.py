"""Estimates made anew, beside those that ship: which files ship, and how far apart two fits are."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from simulator.errors import InputError
from simulator.model.history.estimates import (
    FIRST_ORIGIN,
    FIRST_WITHOUT,
    LAST_ORIGIN,
    LAST_WITHOUT,
    Estimates,
    shipped_estimates,
)

SAME = 0.05
"""Standard deviations of a parameter by which two fits may differ and pass for the same: other machines and versions
of the libraries sum in another order, and the search ends a little elsewhere."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One of the files that ship.

    Attributes
    ----------
    year : int
        It is fitted to the votes before 1 January.
    ideal : bool
        Whether with ideal points.
    """

    year: int
    ideal: bool

    @property
    def until(self) -> datetime.date:
        """The first day that it has not seen."""
        return datetime.date(self.year, 1, 1)

    @property
    def name(self) -> str:
        """Of its file."""
        return f"{self.year}.npz" if self.ideal else f"{self.year}-no-ideal-points.npz"


def origins() -> tuple[Origin, ...]:
    """All that ship: with ideal points, then those without."""
    all_with = (Origin(year, True) for year in range(FIRST_ORIGIN, LAST_ORIGIN + 1))
    return (*all_with, *(Origin(year, False) for year in range(FIRST_WITHOUT, LAST_WITHOUT + 1)))


def shipped_like(made: Estimates) -> Estimates | None:
    """The estimates that ship for the same day, with or without ideal points; None where none do."""
    origin = Origin(made.until.year, made.ideal)
    if origin not in origins() or origin.until != made.until:
        return None
    try:
        return shipped_estimates(origin.year, ideal=origin.ideal)
    except (InputError, FileNotFoundError):  # an installation without them
        return None


def furthest(one: Estimates, other: Estimates) -> float | None:
    """The largest difference of a parameter between two fits, in the standard deviations of its draws.

    None where they have other parameters: other agenda items or members, or another version of the model.
    """
    if one.layout != other.layout or one.estimate.shape != other.estimate.shape:
        return None
    spread = np.maximum(other.draws.std(axis=0), np.finfo(np.float32).eps)
    return float((np.abs(one.estimate - other.estimate) / spread).max())
