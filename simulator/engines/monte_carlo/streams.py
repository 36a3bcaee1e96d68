"""The random numbers of the Monte Carlo engine: those of :mod:`simulator.randomness`, a stream for every chunk."""

from simulator.randomness import MOST_SEED, Purpose, Stream, Words, checked_seed, to_normal, to_uniform

__all__ = ["MOST_SEED", "Purpose", "Stream", "Words", "checked_seed", "to_normal", "to_uniform"]
