"""Where to put random points: at the prior of the shared factors, and where the outcomes asked about come from.

Points drawn from the factors' own distribution say little of an outcome, or of something learnt, that needs an unusual
day: a few of them carry it all, and the spread of the replicates hides what they missed. So points are drawn from a
mixture: the factors' own distribution, always, and a normal one around each outcome that it would show too seldom,
fitted by a pilot (the cross-entropy method [RubinsteinKroese2004]_, its weights tempered at first). Every point is
weighted by the ratio of the densities, with the whole mixture below [OwenZhou2000]_: weights stay below the inverse
of the prior's share, so nothing is lost where the pilot finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp, ndtri

from simulator.model.latent import Floats
from simulator.randomness import Purpose, Stream

Masses = Callable[[Floats], Floats]
"""From points, shape (d, m), to the odds of each outcome together with all that was learnt, shape (outcomes, m)."""

_PILOT, _ROUNDS = 256, 8
"""Points of the first look, and rounds at most; a round takes half as many from each component."""

_WIDTHS = (1.0, 2.0, 4.0)
"""Standard deviations that every round of the pilot also tries around the origin."""

_SETTLED = 0.1
"""The search ends when every outcome's points are worth this share of a round, which serves all of them at once."""

_TEMPERED, _TEMPERED_A_FACTOR = 24.0, 3.0
"""Effective points that a round's weights are tempered to: this many, or so many for each factor if that is more."""

_WIDER = 1.3
"""How much wider than fitted the normal distributions are drawn: their tails must not fall below the target's."""

MOST_FACTORS = 32
"""Beyond this many factors no covariance is fitted, and points are drawn from the prior alone."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mixture of normal distributions, all with the same share, the first one standard.

    Attributes
    ----------
    centres : array, shape (components, d)
    roots : array, shape (components, d, d)
        Lower triangular square roots of the covariances.
    """

    centres: Floats
    roots: Floats

    @classmethod
    def prior(cls, factors: int) -> Proposal:
        """The factors' own distribution alone."""
        return cls(np.zeros((1, factors)), np.eye(factors)[None])

    @property
    def plain(self) -> bool:
        """Whether it is the prior alone."""
        return len(self.centres) == 1

    def points(self, uniform: Floats) -> Floats:
        """Points, shape (d, components · m), from uniform numbers, shape (components, d, m).

        Each component has numbers of its own, so that low-discrepancy numbers stay so inside it.
        """
        moved = self.roots @ ndtri(uniform) + self.centres[:, :, None]
        points: Floats = moved.transpose(1, 0, 2).reshape(self.centres.shape[1], -1)
        return points

    def weights(self, points: Floats) -> Floats:
        """The prior's density over the proposal's at points of shape (d, m): shape (m,), at most the components."""
        if self.plain:
            return np.ones(points.shape[1])
        return np.exp(_log_normal(points) - self._log_density(points))

    def _log_density(self, points: Floats) -> Floats:
        each = [_log_normal(points, centre, root) for centre, root in zip(self.centres, self.roots, strict=True)]
        density: Floats = logsumexp(each, axis=0) - np.log(len(each))
        return density

    def __len__(self) -> int:
        return len(self.centres)

    def with_component(self, centre: Floats, root: Floats) -> Proposal:
        """The mixture with one more."""
        return Proposal(np.vstack([self.centres, centre[None]]), np.concatenate([self.roots, root[None]]))


def fitted(masses: Masses, factors: int, seed: int, least: float) -> Proposal:
    """A proposal that shows every outcome often enough, as far as a pilot can find it.

    Parameters
    ----------
    masses : callable
        See :data:`Masses`.
    factors : int
        How many factors there are, d.
    seed : int
        The pilot has streams of its own.
    least : float
        An outcome gets points of its own where the prior's are worth less than this share of their number.
    """
    prior = Proposal.prior(factors)
    if not 0 < factors <= MOST_FACTORS:
        return prior
    first = masses(prior.points(_uniform(prior, seed, 0)))
    needy = [place for place, mass in enumerate(first) if _worth(mass) < least * _PILOT]
    if not needy:
        return prior
    wide = Proposal(
        np.zeros((len(_WIDTHS), factors)), np.array([width * np.eye(factors) for width in _WIDTHS], dtype=float)
    )
    found: dict[int, tuple[Floats, Floats]] = {}
    for number in range(1, _ROUNDS + 1):
        search = _mixture(wide, found)
        points = search.points(_uniform(search, seed, number))
        weighted = masses(points) * search.weights(points)
        if found and min(_worth(weighted[place]) for place in found) > _SETTLED * points.shape[1]:
            break
        for place in needy:
            moments = _moments(points, weighted[place])
            if moments is not None:
                found[place] = moments
    return _mixture(prior, {place: (centre, _WIDER * root) for place, (centre, root) in found.items()})


def _mixture(start: Proposal, found: dict[int, tuple[Floats, Floats]]) -> Proposal:
    for centre, root in found.values():
        start = start.with_component(centre, root)
    return start


def _uniform(proposal: Proposal, seed: int, number: int) -> Floats:
    shape = (*proposal.centres.shape, _PILOT if number == 0 else _PILOT // 2)
    return Stream(seed, number, Purpose.PILOT).uniform(int(np.prod(shape))).reshape(shape)


def _worth(weights: Floats) -> float:
    """How many equal weights these are worth; none if all are 0."""
    largest = weights.max()
    scaled = weights / largest if largest > 0 else weights
    squares = float((scaled**2).sum())
    return float(scaled.sum()) ** 2 / squares if squares > 0 else 0.0


def _moments(points: Floats, weights: Floats) -> tuple[Floats, Floats] | None:
    """Centre and square root of the covariance of weighted points, tempered until enough of them count."""
    some = weights > 0
    if some.sum() < 2:
        return None
    points, logs = points[:, some], np.log(weights[some])
    enough = max(_TEMPERED, _TEMPERED_A_FACTOR * len(points))
    tempered = _tempered(logs - logs.max(), min(enough, 0.5 * len(logs)))
    centre = points @ tempered
    apart = points - centre[:, None]
    covariance = (apart * tempered) @ apart.T
    # A few points span too little: the diagonal is pulled up by what that many can be wrong.
    floor = 1e-4 + np.trace(covariance) / len(covariance) / _worth(tempered)
    return centre, np.linalg.cholesky(covariance + floor * np.eye(len(covariance)))


def _tempered(logs: Floats, enough: float) -> Floats:
    """Weights exp(t · logs), adding up to 1, with the largest t up to 1 that leaves `enough` effective points."""
    low, high = 0.0, 1.0
    if _worth(np.exp(logs)) < enough:
        for _ in range(30):
            middle = (low + high) / 2
            low, high = (middle, high) if _worth(np.exp(middle * logs)) >= enough else (low, middle)
        high = low
    weights = np.exp(high * logs)
    result: Floats = weights / weights.sum()
    return result


def _log_normal(points: Floats, centre: Floats | None = None, root: Floats | None = None) -> Floats:
    """Log density, but for the constant, of a normal distribution at points of shape (d, m)."""
    log: Floats
    if centre is None or root is None:
        log = -0.5 * (points**2).sum(axis=0)
    else:
        standard = np.linalg.solve(root, points - centre[:, None])
        log = -0.5 * (standard**2).sum(axis=0) - np.log(np.diag(root)).sum()
    return log
