"""Drawing votes by table look-up.

A unit is some seats whose votes become one number. Seats that share nothing are drawn together, from 16 random bits
and one table of their joint outcomes. A seat that shares factors has a table of its own, by 8 bits of what the
factors add to its support and 8 bits of its own noise. Where these bits do not decide, the table says so and the vote
is computed in full, from them and 53 more: the tables change the speed of the draws, not their distribution.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from simulator.model import LatentVotes
from simulator.model.latent import ABSENT, ABSTAIN, NO, YES, Floats

Codes = NDArray[np.uint8]

UNDECIDED = 255
"""In a table: more bits are needed."""

_MOST_OUTCOMES = 250
_ENTRIES = 65_536
_PACKED = 4
"""Seats that share factors in one unit: two bits each make a byte."""

ORDER = (ABSENT, NO, ABSTAIN, YES)
"""The choices in the order of the uniform number that decides: absent first, then from the lowest support up."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Seats whose votes become one number, the outcome.

    Attributes
    ----------
    seats : tuple of int
    outcomes : array, shape (outcomes, len(seats))
        The choices that each outcome stands for.
    tables : tuple of arrays, shape (65536,)
        Of seats that share nothing, one: outcome by 16 bits. Of seats that share factors, one each: place in ORDER
        by 8 bits of the factors' part and 8 of the noise; the outcome is those places, two bits each.
    edges : array, shape (outcomes,), or None
        For seats that share nothing: upper end of each outcome in (0, 1).
    """

    seats: tuple[int, ...]
    outcomes: Codes
    tables: tuple[Codes, ...]
    edges: Floats | None


def units_of(latent: LatentVotes, seats: list[int]) -> tuple[list[Unit], list[Unit]]:
    """The units of some seats: of those that share nothing, and of those that share factors."""
    shared = [seat for seat in seats if (latent.loadings[seat] != 0).any()]
    alone = [seat for seat in seats if seat not in shared]
    packs = [shared[start : start + _PACKED] for start in range(0, len(shared), _PACKED)]
    tables = {kind: _banded(latent, seat) for kind, seat in {_kind(latent, seat): seat for seat in shared}.items()}
    return _independent(latent, alone), [_shared(latent, pack, tables) for pack in packs]


def cuts(latent: LatentVotes, seat: int, moved: Floats) -> Floats:
    """Where a seat's uniform number goes from absent to no, to abstain, to yes, at these values of the factors.

    Parameters
    ----------
    moved : array, shape (m,)
        What the factors add to its support.

    Returns
    -------
    array, shape (3, m)
        In [0, 1], ascending.
    """
    noise = max(float(np.sqrt(max(0.0, 1 - (latent.loadings[seat] ** 2).sum()))), 1e-300)
    away = float(latent.absent[seat])
    ends = np.empty((3, len(moved)))
    ends[0] = away
    support = latent.mean[seat] + moved
    with np.errstate(over="ignore"):
        for row, cut in enumerate((latent.no_below[seat], latent.yes_from[seat]), 1):
            ends[row] = away + (1 - away) * ndtr((cut - support) / noise)
    return ends


def _independent(latent: LatentVotes, seats: list[int]) -> list[Unit]:
    units, waiting, size = [], list[int](), 1
    for seat in seats:
        choices = len(_possible(latent, seat))
        if size * choices > _MOST_OUTCOMES:
            units.append(_together(latent, waiting))
            waiting, size = [], 1
        waiting.append(seat)
        size *= choices
    return [*units, _together(latent, waiting)] if waiting else units


def _possible(latent: LatentVotes, seat: int) -> list[tuple[int, float]]:
    """A seat's possible choices and their odds, no factor moving it."""
    ends = cuts(latent, seat, np.zeros(1))[:, 0]
    odds = np.diff(ends, prepend=0.0, append=1.0)
    return [(choice, float(chance)) for choice, chance in zip(ORDER, odds, strict=True) if chance > 0]


def _together(latent: LatentVotes, seats: list[int]) -> Unit:
    combinations = list(product(*(_possible(latent, seat) for seat in seats)))
    outcomes = np.array([[choice for choice, _ in one] for one in combinations], dtype=np.uint8)
    chances = np.array([np.prod([chance for _, chance in one]) for one in combinations])
    edges = np.cumsum(chances) / chances.sum()
    edges[-1] = 1.0
    starts = np.arange(_ENTRIES) / _ENTRIES
    first = np.searchsorted(edges, starts, side="right")
    last = np.searchsorted(edges, starts + 1 / _ENTRIES, side="left")
    table = np.where(first == last, first, UNDECIDED).astype(np.uint8)
    return Unit(tuple(seats), outcomes, (table,), edges)


def _shared(latent: LatentVotes, seats: list[int], tables: dict[tuple[float, ...], Codes]) -> Unit:
    outcomes = np.array(list(product(ORDER, repeat=len(seats))), dtype=np.uint8)[:, ::-1]
    return Unit(tuple(seats), outcomes, tuple(tables[_kind(latent, seat)] for seat in seats), None)


def _kind(latent: LatentVotes, seat: int) -> tuple[float, ...]:
    """What two seats must share to have the same table."""
    length = float((latent.loadings[seat] ** 2).sum())
    numbers = (latent.mean, latent.no_below, latent.yes_from, latent.absent)
    return (length, *(float(number[seat]) for number in numbers))


def _banded(latent: LatentVotes, seat: int) -> Codes:
    length = float(np.sqrt((latent.loadings[seat] ** 2).sum()))
    # The factors' part, in 256 equally likely bands; within one, every cut lies between those at its two ends.
    # Beyond 40 standard deviations lies no number that the streams can give.
    ends = cuts(latent, seat, length * np.clip(ndtri(np.arange(257) / 256), -40, 40))
    highest, lowest = ends[:, :-1, None], ends[:, 1:, None]
    start = np.arange(256) / 256
    stop = start + 1 / 256
    always = np.ones((256, 256), dtype=bool)
    table = np.full((256, 256), UNDECIDED, dtype=np.uint8)
    above = [always, *(start >= highest[cut] for cut in range(3))]
    below = [*(stop <= lowest[cut] for cut in range(3)), always]
    for place in range(4):
        table[above[place] & below[place]] = place
    return table.ravel()
