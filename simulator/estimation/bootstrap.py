"""Intervals by resampling agenda items: votes on one item are not independent of each other.

Whole items are drawn with replacement, each with all its votes [FieldWelsh2007]_. A resample is a row of weights: how
often each vote is in it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.model.latent import Floats
from simulator.randomness import Purpose, Stream

REPLICATES = 1000
"""Resamples that an interval rests on."""

LEVEL = 0.9
"""Share of the resamples between the two ends of an interval."""

SEED = 1946

_MOST_LACKING = 0.1
"""Share of the resamples that may have no value; beyond that there is no interval."""


def resamples(clusters: Sequence[str], replicates: int = REPLICATES, seed: int = SEED) -> Floats:
    """Weights of the roll calls in each resample.

    Parameters
    ----------
    clusters : sequence of str
        The agenda item of each roll call.
    replicates : int
    seed : int

    Returns
    -------
    array, shape (replicates, n)
        Whole numbers; roll calls on one item have the same.
    """
    names, place = np.unique(np.asarray(clusters), return_inverse=True)
    count = len(names)
    uniform = Stream(seed, 0, Purpose.RESAMPLES).uniform(replicates * count).reshape(replicates, count)
    drawn = np.minimum((uniform * count).astype(np.intp), count - 1)
    times = np.zeros((replicates, count))
    np.add.at(times, (np.arange(replicates)[:, None], drawn), 1.0)
    return times[:, place]


def interval(values: Floats, level: float = LEVEL) -> tuple[float, float] | None:
    """The middle `level` of the values of a score over resamples, shape (replicates,).

    Returns
    -------
    (float, float) or None
        None where the score does not exist on more than one resample in ten.
    """
    there = values[np.isfinite(values)]
    if len(there) < (1 - _MOST_LACKING) * len(values):
        return None
    low, high = np.quantile(there, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
