"""Nodes and weights over standard normal factors.

Two schemes. *Smooth*: the integrand is an entire function of the factor, so equally spaced nodes converge faster than
any power [TrefethenWeideman2014]_; the step follows from how fast the integrand can grow off the real axis. *Sharp*:
when the own noise is nearly gone the integrand is close to steps, and pieces between its thresholds are integrated
by Gauss-Legendre, with breaks where each step begins and ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simulator.model.latent import Floats

SHARP_BEYOND = 1500.0
"""Growth beyond which pieces cost fewer nodes than equal steps: cohesion about 0.99 for fifteen members."""

_BREAKS = np.array([-8.0, -4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0, 8.0])
"""Where a step of width 1 is broken up: beyond eight widths nothing of it is left in double precision."""

_LONGEST = 2.0
"""Longest piece, in standard deviations of the factor: the normal density itself must be resolved."""


@dataclass(frozen=True, slots=True)
class Fineness:
    """How fine the nodes are.

    Attributes
    ----------
    digits : float
        Error aimed at, as −log(error): 20 is 2e-9, 32 is 1e-14.
    rarity : float
        −log of the probability of what was learnt: that much further into the tails the nodes reach.
    """

    digits: float
    rarity: float = 0.0

    @property
    def reach(self) -> float:
        """How far from 0 the nodes go."""
        return float(np.sqrt(2 * (self.digits + self.rarity)))

    @property
    def finer(self) -> Fineness:
        """The next finer level."""
        return Fineness(self.digits * 1.5, self.rarity)


def growth(loadings: Floats, rest: Floats) -> float:
    """How fast an integrand can grow off the real axis: 1 + Σ loading² / remaining variance.

    Each member's odds are a normal distribution function of slope loading / sqrt(rest); along i·y it grows at most
    like exp(y² loading² / 2 rest), and the normal density like exp(y² / 2). With loadings of unlike size or sign around
    a tight inner bloc the growth can be larger: then the first levels disagree, and the engine refines or refuses.

    Parameters
    ----------
    loadings, rest : array, shape (members,)
        Loadings on the factor, and variance left once it is known.
    """
    with np.errstate(divide="ignore"):
        return float(1 + (loadings**2 / rest).sum())


def step(fineness: Fineness, growth_: float) -> float:
    """The step at which equally spaced nodes meet the fineness: error exp(−2π² / (step² growth))."""
    return float(np.pi * np.sqrt(2 / (fineness.digits * growth_)))


@lru_cache(maxsize=64)
def smooth(fineness: Fineness, growth_: float) -> tuple[Floats, Floats]:
    """Equally spaced nodes: ``(nodes, weights)``, each of shape (q,), weights adding up to 1."""
    width = step(fineness, growth_)
    half = int(np.ceil(fineness.reach / width))
    nodes = np.arange(-half, half + 1, dtype=np.float64) * width
    weights: Floats = np.exp(-(nodes**2) / 2)
    return nodes, weights / weights.sum()


@lru_cache(maxsize=16)
def _legendre(order: int) -> tuple[Floats, Floats]:
    nodes, weights = np.polynomial.legendre.leggauss(order)
    return nodes, weights


def sharp(fineness: Fineness, centres: Floats, widths: Floats) -> tuple[Floats, Floats]:
    """Nodes in pieces between the steps of the integrand.

    Parameters
    ----------
    centres : array, shape (steps, contexts)
        Where each step lies, for each context of outer factors.
    widths : array, shape (steps,)
        How wide it is; 0 is a jump.

    Returns
    -------
    nodes, weights : arrays, shape (contexts, q)
        Weights of each context add up to 1.
    """
    reach = fineness.reach
    even = np.linspace(-reach, reach, int(np.ceil(2 * reach / _LONGEST)) + 1)
    offsets = np.where(widths[:, None] <= 1, widths[:, None] * _BREAKS, 0.0)
    breaks = (centres[:, None, :] + offsets[:, :, None]).reshape(-1, centres.shape[1])
    everywhere = np.concatenate([breaks, np.repeat(even[:, None], centres.shape[1], axis=1)])
    edges = np.sort(np.clip(everywhere, -reach, reach), axis=0).T
    if edges.shape[0] == 1:  # with one context, equal edges need no empty pieces to keep the shape
        edges = np.unique(edges, axis=1)
    order = int(fineness.digits / 2)
    places, gauss = _legendre(order)
    half, middle = np.diff(edges, axis=1) / 2, (edges[:, 1:] + edges[:, :-1]) / 2
    nodes = (middle[:, :, None] + half[:, :, None] * places).reshape(len(edges), -1)
    weights = (half[:, :, None] * gauss).reshape(len(edges), -1) * np.exp(-(nodes**2) / 2)
    return nodes, weights / weights.sum(axis=1, keepdims=True)
