"""The shared factors of a chunk of roll calls, worked out only where they are needed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from simulator.model.latent import Floats
from simulator.randomness import Stream, to_normal


class DrawnFactors:
    """The shared factors of a chunk, and what they add to each seat's support."""

    def __init__(self, loadings: Floats, stream: Stream, draws: int) -> None:
        self._loadings = loadings
        self._used = np.flatnonzero((loadings != 0).any(axis=0))
        self._words = {factor: stream.words(draws) for factor in map(int, self._used)}
        self._normal: dict[int, Floats] = {}
        self._bands: dict[bytes, NDArray[np.uint16]] = {}

    def bands(self, seat: int) -> NDArray[np.uint16]:
        """In which of 256 equally likely bands the factors' part of a seat's support lies, in the upper 8 bits."""
        row = self._loadings[seat]
        length = np.sqrt((row**2).sum())
        key = np.round(row / length, 12).tobytes()
        if key not in self._bands:
            self._bands[key] = self._band(row, length)
        return self._bands[key]

    def _band(self, row: Floats, length: float) -> NDArray[np.uint16]:
        factors = np.flatnonzero(row)
        if len(factors) == 1 and row[factors[0]] > 0:  # the word's own upper bits are the band
            word = self._words[int(factors[0])]
            return (word >> np.uint64(48)).astype(np.uint16) & np.uint16(0xFF00)
        share = sum(row[factor] / length * self._at(int(factor), slice(None)) for factor in factors)
        bands: NDArray[np.uint16] = np.minimum(ndtr(share) * 256, 255).astype(np.uint16) << np.uint16(8)
        return bands

    def moved(self, seat: int, places: NDArray[np.int64]) -> Floats:
        """What the factors add to a seat's support in some of the roll calls."""
        moved = np.zeros(len(places))
        for factor in map(int, np.flatnonzero(self._loadings[seat])):
            moved += self._loadings[seat, factor] * self._at(factor, places)
        return moved

    def _at(self, factor: int, places: NDArray[np.int64] | slice) -> Floats:
        if isinstance(places, slice):
            self._normal[factor] = to_normal(self._words[factor])
        return self._normal[factor][places] if factor in self._normal else to_normal(self._words[factor][places])
