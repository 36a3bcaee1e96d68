"""Latent votes, the form in which every preference model ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from simulator.facts import Choice

Floats: TypeAlias = NDArray[np.float64]

YES, ABSTAIN, NO, ABSENT = range(4)
"""Places of the choices in every array of choices, in the order of :class:`~simulator.facts.Choice`."""

CODE = {choice: place for place, choice in enumerate(Choice)}
"""From a choice to its place."""

THIN = 1e-4
"""Width of a band of abstention, in standard deviations, below which its odds are density times width: the difference
of two tails would lose digits, the series ``w φ(m) (1 + (m² − 1) w² / 24)`` loses none."""

_FAR = 50.0
"""Standard deviations at which the normal density is 0 in double precision."""


@dataclass(frozen=True, slots=True)
class LatentVotes:
    """How likely each vote is, before anything is learnt or made.

    Seat i has latent support ``y_i = mean_i + loadings_i · f + e_i`` with shared factors ``f ~ N(0, I)`` and own noise
    ``e_i ~ N(0, 1 − |loadings_i|²)``, so its variance about the mean is 1. It votes no below ``no_below_i``, yes from
    ``yes_from_i`` up and abstains between; with probability ``absent_i``, independently, it takes no part.

    Attributes
    ----------
    mean : array, shape (n,)
        Seats in council order, as in all arrays here.
    loadings : array, shape (n, k)
        Row lengths at most 1. Columns are factors.
    no_below, yes_from : array, shape (n,)
        Thresholds, ``no_below ≤ yes_from``; infinite where a choice is impossible.
    absent : array, shape (n,)
        Probabilities in [0, 1].
    """

    mean: Floats
    loadings: Floats
    no_below: Floats
    yes_from: Floats
    absent: Floats

    def __len__(self) -> int:
        return len(self.mean)

    def marginals(self) -> Floats:
        """Each seat's own odds, whatever the others do: shape (n, 4), rows sum to 1."""
        return choice_odds(self.no_below - self.mean, self.yes_from - self.mean, self.absent, self.band)

    @property
    def band(self) -> Floats:
        """Width of each seat's band of abstention: shape (n,), 0 where it has none."""
        width = np.zeros(len(self))
        return np.subtract(self.yes_from, self.no_below, out=width, where=self.yes_from > self.no_below)

    def made(self, choices: Mapping[int, Choice], *, keep_absence: bool = False) -> LatentVotes:
        """The same with some seats' choices fixed: no factor moves them any more.

        Parameters
        ----------
        choices : mapping from seat to Choice
        keep_absence : bool
            Leave the chance of taking no part as it was, and fix only what the seat does if it takes part.
        """
        no_below, yes_from, absent = self.no_below.copy(), self.yes_from.copy(), self.absent.copy()
        loadings = self.loadings.copy()
        for seat, choice in choices.items():
            loadings[seat] = 0.0
            no_below[seat] = np.inf if choice is Choice.NO else -np.inf
            yes_from[seat] = -np.inf if choice is Choice.YES else np.inf
            if not keep_absence:
                absent[seat] = 1.0 if choice is Choice.ABSENT else 0.0
        return replace(self, loadings=loadings, no_below=no_below, yes_from=yes_from, absent=absent)

    def never_no(self, seats: Iterable[int]) -> LatentVotes:
        """The same with some seats abstaining wherever they would have voted no."""
        no_below = self.no_below.copy()
        no_below[list(seats)] = -np.inf
        return replace(self, no_below=no_below)

    def shifted(self, by: float) -> LatentVotes:
        """The same with everybody's support higher by so many standard deviations; certainties stay."""
        return replace(self, mean=self.mean + by)


def choice_odds(no_below: Floats, yes_from: Floats, absent: Floats, band: Floats) -> Floats:
    """The odds of the four choices of seats with standard normal support.

    Small probabilities keep their relative precision: each is computed from the tail it lies in, a thin band from the
    density there.

    Parameters
    ----------
    no_below, yes_from : array, shape (…)
        Thresholds in standard deviations from the mean.
    absent : array, broadcastable
        Chance of taking no part.
    band : array, broadcastable
        ``yes_from − no_below``, which their rounding would blur where it is thin.

    Returns
    -------
    array, shape (…, 4)
        In the order yes, abstain, no, absent.
    """
    part = 1.0 - absent
    odds = np.empty((*np.shape(yes_from), 4))
    yes, abstain, no = odds[..., YES], odds[..., ABSTAIN], odds[..., NO]
    ndtr(-yes_from, out=yes)
    ndtr(no_below, out=no)
    # The band between the thresholds, from the upper tail where it lies there, else from the lower.
    upper = no_below > 0
    ndtr(np.where(upper, -no_below, yes_from), out=abstain)
    abstain -= np.where(upper, yes, no)
    thin = (band > 0) & (band < THIN)
    if thin.any():
        rows = np.broadcast_to(thin, abstain.shape)
        width = np.broadcast_to(band, abstain.shape)[rows]
        abstain[rows] = _thin_band(no_below[rows], width)
    odds[..., :ABSENT] *= np.asarray(part)[..., None]
    odds[..., ABSENT] = absent
    return odds


def _thin_band(start: Floats, width: Floats) -> Floats:
    """The standard normal probability from `start` over a small `width`."""
    middle = np.clip(start + width / 2, -_FAR, _FAR)
    odds: Floats = width * np.exp(-(middle**2) / 2) / np.sqrt(2 * np.pi) * (1 + (middle**2 - 1) * width**2 / 24)
    return odds


def thresholds(yes: float, abstain: float, no: float) -> tuple[float, float]:
    """The thresholds ``(no_below, yes_from)`` on a standard normal that give these odds, each from its smaller side.

    Parameters
    ----------
    yes, abstain, no : float
        Non-negative, sum 1: the odds given that the member takes part.
    """
    no_below = float(ndtri(no)) if no <= 0.5 else -float(ndtri(yes + abstain))
    yes_from = -float(ndtri(yes)) if yes <= 0.5 else float(ndtri(no + abstain))
    return no_below, max(no_below, yes_from)


def mean_and_thresholds(yes: float, abstain: float, no: float) -> tuple[float, float, float]:
    """A seat's ``(mean, no_below, yes_from)`` that give these odds, however thin its band of abstention.

    Where a seat has its zero is free. It is its mean, but where the band is thin it is the band's lower end: thus the
    width keeps every digit.

    Parameters
    ----------
    yes, abstain, no : float
        Non-negative, sum 1: the odds given that the member takes part.
    """
    no_below, yes_from = thresholds(yes, abstain, no)
    if not 0 < abstain < THIN * min(yes, no):
        return 0.0, no_below, yes_from
    start, width = np.array(no_below), np.array(abstain)
    for _ in range(6):  # after the first, each round gains more than three digits
        width = width * (abstain / _thin_band(start, width))
    return -no_below, 0.0, float(width)
