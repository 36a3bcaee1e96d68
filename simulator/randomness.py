"""Random numbers: a counter-based stream for every chunk of a seed, and our own transform of its bits.

Chunk i always reads the same stream, whoever draws it and when, so results do not depend on workers or machines.
Nobody here touches NumPy's global generator, and no distribution of NumPy's is used: only raw Philox words
[SalmonEtAl2011]_, whose values are fixed by the algorithm.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from simulator.errors import OptionError, shown

Words: TypeAlias = NDArray[np.uint64]
Floats: TypeAlias = NDArray[np.float64]

MOST_SEED = 2**64 - 1
"""Largest seed: one word of the generator's key."""


class Purpose(IntEnum):
    """What a stream is for: each purpose has its own, so one more draw for one never shifts another."""

    FACTORS = 0
    NOISE = 1
    REFINEMENT = 2
    COMPANY = 3
    EVIDENCE = 4
    POINTS = 5
    PILOT = 6
    PARAMETERS = 7
    PARAMETERS_AGAIN = 8
    RESAMPLES = 9
    ORDERS = 10


class Stream:
    """The words of one chunk for one purpose, and of one part where a chunk has several."""

    def __init__(self, seed: int, chunk: int, purpose: Purpose, part: int = 0) -> None:
        # The first word of the counter is the generator's own: it counts the words.
        self._bits = np.random.Philox(key=seed, counter=[0, part, int(purpose), chunk])

    def words(self, count: int) -> Words:
        """The next `count` words of 64 bits."""
        words: Words = self._bits.random_raw(count)
        return words

    def pieces(self, rows: int, count: int, bits: int) -> NDArray[np.unsignedinteger[Any]]:
        """`rows` rows of `count` pieces of 8 or 16 bits."""
        each = 64 // bits
        words = self.words((rows * count + each - 1) // each).astype("<u8", copy=False)
        return words.view(f"<u{bits // 8}")[: rows * count].reshape(rows, count)

    def uniform(self, count: int) -> Floats:
        """`count` numbers in (0, 1), multiples of 2^-53 shifted by half a step."""
        return to_uniform(self.words(count))


def to_uniform(words: Words) -> Floats:
    """Words as numbers in (0, 1): their upper 53 bits, in the middle of each step."""
    return ((words >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


def to_normal(words: Words) -> Floats:
    """Words as standard normal numbers, by the inverse of the distribution function."""
    normal: Floats = ndtri(to_uniform(words))
    return normal


def checked_seed(seed: int) -> int:
    """The seed, if it is one.

    Raises
    ------
    OptionError
        If it is not a whole number from 0 to 2^64 − 1.
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MOST_SEED:
        raise OptionError(f"a seed is a whole number from 0 to 2^64 - 1, not {shown(seed)}")
    return seed
