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
from scipy.special import ndtr

from simulator.model.latent import Floats

SHARP_BEYOND = 1500.0
"""Growth beyond which pieces cost fewer nodes than equal steps: cohesion about 0.99 for fifteen members."""

NOTHING = 1e-14
"""Variance below which nothing is left: what rounding makes of cohesions that add up to 1."""

_SINGULAR = 1e-12
"""Loading below which a direction without variance is not moved either."""

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

    @property
    def coarser(self) -> Fineness:
        """The level before: an answer's error estimate is how far this one is from it."""
        return Fineness(self.digits / 1.5, self.rarity)


def growths(loadings: Floats, covariance: Floats) -> tuple[Floats, Floats]:
    """How fast an integrand can grow off the real axis, along the axes on which its factors come apart.

    Let ``Y = L x + Z`` be the members' support, ``x`` the factors here and ``Z ~ N(0, Σ)`` what is left once they are
    known. Given ``Y``, the factors are normal with precision ``I + L' Σ⁻¹ L``, whatever ``Y`` is; so along an
    eigenvector with eigenvalue G, equal steps h miss the probability of any set of votes by the relative error
    ``2 exp(−2π² / (h² G))``, and steps along different eigenvectors do not interfere.

    Parameters
    ----------
    loadings : array, shape (members, k)
        Loadings on the factors.
    covariance : array, shape (members, members), or (members,) if diagonal
        Covariance left once the factors are known: own noise and inner factors.

    Returns
    -------
    growths : array, shape (k,)
        The eigenvalues; infinite where nothing is left that would smooth a step.
    axes : array, shape (k, k)
        The eigenvectors, as columns.
    """
    left, directions = covariance, loadings
    if covariance.ndim == 2:
        left, vectors = np.linalg.eigh(covariance)
        directions = vectors.T @ loadings
    nothing = left < NOTHING
    factors = np.eye(loadings.shape[1])
    if (np.abs(directions[nothing]) > _SINGULAR).any():
        return np.full(len(factors), np.inf), factors
    precision = factors + directions.T @ (directions / np.where(nothing, np.inf, left)[:, None])
    if len(factors) == 1:
        return precision[0], factors
    return np.linalg.eigh(precision)


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
def ball(fineness: Fineness, growths_: tuple[float, ...]) -> tuple[Floats, Floats]:
    """Nodes over several factors at once, as far as the fineness reaches in any direction.

    Returns
    -------
    nodes, weights : arrays, shapes (k, q) and (q,)
        Equally spaced along each axis; weights add up to 1.
    """
    lines = [smooth(fineness, one)[0] for one in growths_]
    nodes = np.stack([axis.ravel() for axis in np.meshgrid(*lines, indexing="ij")])
    squares = (nodes**2).sum(axis=0)
    inside = squares <= fineness.reach**2
    weights: Floats = np.exp(-squares[inside] / 2)
    return nodes[:, inside], weights / weights.sum()


def jumps(fineness: Fineness, places: Floats) -> tuple[Floats, Floats]:
    """One node in each piece between jumps, weighing what the normal distribution has there: no error but rounding.

    Pieces beyond the reach of the fineness are left out where no context needs so many.

    Parameters
    ----------
    places : array, shape (jumps, contexts)
        Where each jump lies, for each context of outer factors.

    Returns
    -------
    nodes, weights : arrays, shape (contexts, at most jumps + 1)
    """
    edges = np.sort(places, axis=0).T
    ends = np.full((len(edges), 1), np.inf)
    low, high = np.hstack([-ends, edges]), np.hstack([edges, ends])
    # From the tail it lies in, each piece keeps its relative precision.
    upper = low > 0
    weights = ndtr(np.where(upper, -low, high)) - ndtr(np.where(upper, -high, low))
    nodes = np.hstack([edges[:, :1] - 1.0, (edges[:, :-1] + edges[:, 1:]) / 2, edges[:, -1:] + 1.0])
    needed = int((weights > np.exp(-2 * (fineness.digits + fineness.rarity))).sum(axis=1).max())
    if needed < weights.shape[1]:
        heaviest = np.argsort(-weights, axis=1)[:, :needed]
        nodes, weights = (np.take_along_axis(each, heaviest, axis=1) for each in (nodes, weights))
    return nodes, weights


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
