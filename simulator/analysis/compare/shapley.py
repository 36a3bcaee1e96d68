"""The Shapley value: a whole taken apart over the pieces that make it, every order of adding them counted alike.

Of p pieces put in one after another, each adds something, which depends on what is there already. Its Shapley value
[Shapley1953]_ is the mean of what it adds over all p! orders. The parts add up to the whole; pieces that do the same
get the same; a piece that changes nothing gets nothing; and the parts of a sum are the sums of the parts.

Up to so many sets as one can afford, every one of the 2^p is looked at and the mean is exact. Beyond, orders are drawn,
each together with its reverse [MitchellEtAl2022]_: what a piece adds early tends to be large where what it adds late is
small, so the two miss in opposite directions. Along each order the parts add up to the whole, so their means do too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb

import numpy as np

from simulator.errors import OptionError, shown
from simulator.randomness import Floats, Purpose, Stream, checked_seed

MOST_SETS = 1 << 16
"""Sets of pieces at most."""

_MOST_PAIRS = 2000
"""Pairs of orders at most: with few pieces they soon go through the same sets."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which sets of pieces to look at, and what each tells of each piece.

    Attributes
    ----------
    pieces : int
        How many there are, p.
    sets : tuple of int
        In binary: bit i stands for piece i. First the empty set; all p pieces and, of each piece, it alone and all but
        it are among them.
    weights : array, shape (p, sets)
        The Shapley values are ``weights @ values``, with a value for each set.
    orders : tuple of tuple of int
        Where orders were drawn, those; the reverse of each counts too. Empty where every set is looked at.
    """

    pieces: int
    sets: tuple[int, ...]
    weights: Floats
    orders: tuple[tuple[int, ...], ...] = ()

    @classmethod
    def of(cls, pieces: int, most: int, seed: int) -> Plan:
        """The plan for so many pieces.

        Parameters
        ----------
        pieces : int
            At least 0.
        most : int
            Sets to look at, at most.
        seed : int
            Of the orders, where they are drawn.

        Raises
        ------
        OptionError
            If `most` is out of range, or too few for the standard error of drawn orders to mean anything.
        """
        checked_most(most)
        if 1 << pieces <= most:
            return cls(pieces, tuple(range(1 << pieces)), _every(pieces))
        least = least_sets(pieces)
        if most < least:
            every = f"an exact answer takes all {1 << pieces:,}"
            drawn = f"; {least:,} would do with orders drawn" if least < 1 << pieces else ""
            raise OptionError(f"{most:,} hybrids are too few for {pieces} pieces: {every}{drawn}")
        orders, sets = _drawn(pieces, most, checked_seed(seed))
        return cls(pieces, sets, _of_orders(pieces, orders, sets), orders)

    @property
    def every(self) -> bool:
        """Whether every set is looked at, so that nothing is drawn."""
        return not self.orders

    def errors(self, values: Floats) -> Floats:
        """Standard errors of the Shapley values due to drawing orders: shape (p,), 0 where none are drawn.

        Parameters
        ----------
        values : array, shape (sets,)
        """
        if self.every:
            return np.zeros(self.pieces)
        place = {one: number for number, one in enumerate(self.sets)}
        added = np.zeros((len(self.orders), self.pieces))
        for row, order in enumerate(self.orders):
            for one in (order, order[::-1]):
                for piece, before, after in _walk(one):
                    added[row, piece] += (values[place[after]] - values[place[before]]) / 2
        found: Floats = added.std(axis=0, ddof=1) / np.sqrt(len(self.orders))
        return found


_LEAST_PAIRS = 8
"""Pairs of orders below which their standard error is itself too uncertain."""


def least_sets(pieces: int) -> int:
    """Sets that as many drawn orders may take as their standard error needs."""
    return 2 + 2 * pieces + _LEAST_PAIRS * 2 * (pieces - 1)


def checked_most(most: int) -> int:
    """The number of sets to look at, at most, if it is one.

    Raises
    ------
    OptionError
        If it is not a whole number from 2 to :data:`MOST_SETS`.
    """
    if isinstance(most, bool) or not isinstance(most, int) or not 2 <= most <= MOST_SETS:
        raise OptionError(f"hybrids are a whole number from 2 to {MOST_SETS:,}, not {shown(most)}")
    return most


def _every(pieces: int) -> Floats:
    """The weights of all sets: a piece's entry into a set of s others happens in s! (p − 1 − s)! of the p! orders."""
    sets = np.arange(1 << pieces)
    sizes = np.array([one.bit_count() for one in sets.tolist()])
    chance = np.array([1 / (pieces * comb(pieces - 1, size)) for size in range(pieces)])
    weights = np.zeros((pieces, len(sets)))
    for piece in range(pieces):
        there = (sets >> piece & 1).astype(bool)
        weights[piece, there] = chance[sizes[there] - 1]
        weights[piece, ~there] = -chance[sizes[~there]]
    return weights


def _walk(order: tuple[int, ...]) -> Iterator[tuple[int, int, int]]:
    """Each piece of an order, with the sets before and after it enters."""
    before = 0
    for piece in order:
        yield piece, before, before | 1 << piece
        before |= 1 << piece


def _drawn(pieces: int, most: int, seed: int) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]:
    """Orders, as many as go through so many sets with their reverses, and those sets."""
    whole = (1 << pieces) - 1
    sets = dict.fromkeys([0, whole, *(1 << one for one in range(pieces)), *(whole ^ 1 << one for one in range(pieces))])
    orders: list[tuple[int, ...]] = []
    for pair in range(_MOST_PAIRS):
        words = Stream(seed, pair, Purpose.ORDERS).words(pieces)
        order = tuple(np.argsort(words, kind="stable").tolist())
        new = {after for one in (order, order[::-1]) for _, _, after in _walk(one)} - sets.keys()
        if len(sets) + len(new) > most:
            break
        orders.append(order)
        sets.update(dict.fromkeys(sorted(new)))
    return tuple(orders), tuple(sets)


def _of_orders(pieces: int, orders: tuple[tuple[int, ...], ...], sets: tuple[int, ...]) -> Floats:
    """The weights of the sets that orders and their reverses go through."""
    place = {one: number for number, one in enumerate(sets)}
    weights = np.zeros((pieces, len(sets)))
    for order in orders:
        for one in (order, order[::-1]):
            for piece, before, after in _walk(one):
                weights[piece, place[after]] += 1
                weights[piece, place[before]] -= 1
    weights /= 2 * len(orders)
    return weights
