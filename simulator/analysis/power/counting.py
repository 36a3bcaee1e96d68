"""Counting coalitions by size and weight, exactly, in the time of a table rather than of all 2^n coalitions.

How many sets of members have size k and weight s obeys one recurrence: with one member more, of weight w, the set has
that member (size k − 1, weight s − w) or not. Added up over s, the table says how many weigh less than t; and read
backwards the recurrence takes a member out again, so that one table answers for every member [BilbaoEtAl2000]_. Of t
above half of all weight the complements are counted instead: the dual game.

Three things make it quick. Members come in from the lightest, and of each size only the weights that sets of so many
can have so far are gone through: at first few. A dozen members come in on one way through the sizes, each a size behind
the one before it, so that what is read is still in the processor's cache. And numbers, which grow to 2^n, are held as
digits in whole numbers of 64 bits, only as many as a size needs so far, carried once a dozen members.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from math import comb, prod
from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.errors import RefusedError

MOST_CELLS = 4 * 10**7
"""Numbers of 64 bits in a table: 320 MB."""

MOST_STEPS = 2 * 10**10
"""Additions of such numbers, if every cell took part in each: at most some seven seconds."""

LISTED = 20
"""Members up to which all coalitions can be listed instead, whatever the weights."""

MOST_KINDS = 20_000
"""Kinds of coalition, times the weights asked for, up to which these are listed instead: at most a second."""

_STEPS = 12
"""Members taken in between two carries; a number doubles at most with each."""

Digits = npt.NDArray[np.int64]


class Counted:
    """Coalitions of some members, counted by size and weight.

    Parameters
    ----------
    weights : sequence of int
        At least 0, in any order.
    top : int
        The weights below which will be asked for, or their duals: see :meth:`dual`.

    Raises
    ------
    RefusedError
        If the table would be too large.
    """

    def __init__(self, weights: Sequence[int], top: int) -> None:
        self.n, self.total, self.top = len(weights), sum(weights), top
        order = sorted(weights)
        least = list(accumulate(order, initial=0))  # the weight that so many members have at least
        rows = max(1, sum(weight < top for weight in least))
        self._bits, digits = _digits(comb(self.n, min(self.n // 2, rows - 1)), top)
        _afford(rows * digits * (top + 1), self.n, self.total)
        self._below = np.zeros((rows, digits, top + 1), dtype=np.int64)
        self._below[0, 0, 1:2] = 1  # the empty set; weight s stands at s + 1, below which it lies
        self._live, self._first, self._end = [1] * rows, [weight + 1 for weight in least[:rows]], [2] + [0] * (rows - 1)
        for place in range(0, self.n, _STEPS):
            self._add(order[place : place + _STEPS], place)
        for size in range(rows):
            counts = self._below[size, : self._live[size]]
            np.cumsum(counts, axis=1, out=counts)
            self._carry(size, top + 1)

    def _add(self, some: Sequence[int], place: int) -> None:
        """Takes in the next heavier members, after `place` others: from large sizes to small, each a size behind."""
        largest = min(place + len(some), len(self._below) - 1)
        for front in range(largest, -len(some), -1):
            for behind, weight in enumerate(some):
                if 1 <= front + behind <= min(largest, place + behind + 1):
                    self._add_one(front + behind, weight)
            done = front + len(some) - 1
            if done <= largest:
                self._carry(done, self._end[done])

    def _add_one(self, size: int, weight: int) -> None:
        """Adds the sets of that size with a member of that weight: those without it of one less."""
        start, end = self._first[size - 1] + weight, min(self._end[size - 1] + weight, self.top + 1)
        if start < end:
            live = self._live[size - 1]
            self._below[size, :live, start:end] += self._below[size - 1, :live, start - weight : end - weight]
            self._live[size] = max(self._live[size], live)
            self._end[size] = max(self._end[size], end)

    def _carry(self, size: int, end: int) -> None:
        """Brings the digits of one size back to as many bits as they have."""
        counts = self._below[size, :, self._first[size] : end]
        for digit in range(min(self._live[size], len(counts) - 1)):
            over = counts[digit] >> self._bits
            if over.any():
                counts[digit] &= (1 << self._bits) - 1
                counts[digit + 1] += over
                self._live[size] = max(self._live[size], digit + 2)

    def dual(self, t: int) -> int:
        """The weight below which the complements of coalitions of at least `t` lie."""
        return self.total - t + 1

    def below(self, t: int) -> list[int]:
        """Coalitions of weight below `t`, by size from 0 to n."""
        if t <= 0:
            return [0] * (self.n + 1)
        if t <= self.top:
            return self._numbers(self._below[:, :, t], self.n + 1)
        others = self.below(self.dual(t))[::-1]
        return [comb(self.n, size) - other for size, other in enumerate(others)]

    def window(self, weight: int, t: int) -> list[int]:
        """Coalitions without a certain member of that weight that reach `t` with it only, by size from 0 to n − 1."""
        if weight == 0 or not 0 < t <= self.total:
            return [0] * self.n
        if t > self.top:
            return self.window(weight, self.dual(t))[::-1]
        steps = min(t // weight, len(self._below))  # what is further down has no set that small
        below = np.ascontiguousarray(self._below[:, :, t - weight * steps : t + 1 : weight].transpose(2, 0, 1))
        lower = without = np.zeros_like(below[0])
        for found in below:
            lower, without = without, found
            without[1:] -= lower[:-1]
        return self._numbers(without - lower, self.n)

    def _numbers(self, digits: Digits, length: int) -> list[int]:
        """Whole numbers of any size from their digits, filled up with zeros or cut."""
        found = np.zeros(len(digits), dtype=object)
        for place in range(digits.shape[1]):
            found += digits[:, place].astype(object) << self._bits * place
        return (found.tolist() + [0] * length)[:length]


class Listed:
    """The same from a list of all coalitions: for few members of weights too large for a table."""

    def __init__(self, weights: Sequence[int]) -> None:
        self.n, self.total = len(weights), sum(weights)
        kind: Any = np.int64 if self.total < 2**62 else object
        self._weights = list(weights)
        self._sums, self._sizes = np.zeros(1, dtype=kind), np.zeros(1, dtype=np.int64)
        for weight in weights:
            self._sums = np.concatenate([self._sums, self._sums + weight])
            self._sizes = np.concatenate([self._sizes, self._sizes + 1])

    def below(self, t: int) -> list[int]:
        """As :meth:`Counted.below`."""
        return self._by_size(self._sums < t, self.n + 1)

    def window(self, weight: int, t: int) -> list[int]:
        """As :meth:`Counted.window`."""
        place = self._weights.index(weight)
        absent = (np.arange(len(self._sums)) >> place) % 2 == 0
        return self._by_size(absent & (self._sums < t) & (self._sums >= t - weight), self.n)

    def _by_size(self, chosen: Any, length: int) -> list[int]:
        found: list[int] = np.bincount(self._sizes[chosen.astype(bool)], minlength=length).tolist()
        return found[:length]


class Grouped:
    """The same from a list of kinds of coalition, so many of each weight: for many members of few weights."""

    def __init__(self, weights: Sequence[int]) -> None:
        self.n = len(weights)
        groups = Counter(weights)
        self._place = {weight: place for place, weight in enumerate(groups)}
        self._members = list(groups.values())
        within = np.indices([count + 1 for count in self._members]).reshape(len(groups), -1)
        self._within = within
        self._sizes = within.sum(axis=0)
        self._sums = np.array(list(groups), dtype=object) @ within.astype(object)
        self._ways = np.ones(within.shape[1], dtype=object)
        for count, some in zip(self._members, within, strict=True):
            self._ways *= np.array([comb(count, chosen) for chosen in range(count + 1)], dtype=object)[some]

    def below(self, t: int) -> list[int]:
        """As :meth:`Counted.below`."""
        return self._by_size(self._sums < t, self._ways, self.n + 1)

    def window(self, weight: int, t: int) -> list[int]:
        """As :meth:`Counted.window`."""
        place = self._place[weight]
        absent = self._ways * (self._members[place] - self._within[place]) // self._members[place]
        return self._by_size((self._sums < t) & (self._sums >= t - weight), absent, self.n)

    def _by_size(self, chosen: Any, ways: Any, length: int) -> list[int]:
        found = [0] * (self.n + 1)
        chosen = chosen.astype(bool)
        for size, count in zip(self._sizes[chosen].tolist(), ways[chosen], strict=True):
            found[size] += count
        return found[:length]


def counted(weights: Sequence[int], asked: Sequence[int]) -> Counted | Listed | Grouped:
    """Whichever of the three is sooner done.

    Parameters
    ----------
    weights : sequence of int
        The members'.
    asked : sequence of int
        The weights below which it will be asked.

    Raises
    ------
    RefusedError
        If none can be.
    """
    if weights and prod(count + 1 for count in Counter(weights).values()) * len(asked) <= MOST_KINDS:
        return Grouped(weights)
    total = sum(weights)
    top = max(0, *(min(t, total - t + 1) for t in asked))
    if len(weights) <= LISTED and top > 2**12:
        return Listed(weights)
    return Counted(weights, top)


def _digits(most: int, top: int) -> tuple[int, int]:
    """How many bits a digit has, and how many digits a count up to `most` needs.

    All digits but the last leave room to double with each member between two carries, and to be added up over all
    weights below `top`, with what is carried from the digit before: of m digits of b bits, with at most m carried, the
    sum stays within m · 2^b. The last digit has what is left of the count, and all 63 bits.
    """
    bits = 63 - max(_STEPS, top.bit_length())
    return bits, 1 + max(0, -((63 - most.bit_length()) // bits))


def _afford(cells: int, members: int, total: int) -> None:
    if cells > MOST_CELLS or cells * members > MOST_STEPS:
        raise RefusedError(
            f"{members:,} weights that add up to {total:,} are too many to count exactly: a table of {cells:,} "
            f"numbers, and at most {MOST_CELLS:,} fit, filled in at most {MOST_STEPS:,} steps. Make the weights fewer "
            f"or smaller, or alike – of few different weights there may be many; up to {LISTED} members may have any"
        )
