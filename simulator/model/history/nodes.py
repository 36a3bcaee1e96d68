"""Nodes at which the two shocks of a draft, its valence and its direction, are integrated."""

from __future__ import annotations

from functools import cache

import numpy as np

from simulator.model.latent import Floats


@cache
def shocks(valences: int, directions: int, reach: float, faint: float) -> tuple[Floats, Floats, Floats]:
    """Nodes of two independent standard normals, and their weights, which sum to 1.

    They are evenly spaced: a shock moves all members alike, so the odds climb steeply in it, and Gauss-Hermite nodes
    stand too far apart.

    Parameters
    ----------
    valences, directions : int
        How many of each.
    reach : float
        Standard deviations to which they go.
    faint : float
        Least share of the weight of a pair that is kept.
    """
    axes = (np.linspace(-reach, reach, count) for count in (valences, directions))
    first, second = (grid.ravel() for grid in np.meshgrid(*axes, indexing="ij"))
    weights = np.exp(-(first**2 + second**2) / 2)
    kept = weights > faint * weights.sum()
    return first[kept], second[kept], weights[kept] / weights[kept].sum()
