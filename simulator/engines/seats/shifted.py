"""The odds of a scenario with some members' support shifted: on nodes, to search; by the exact engine, to answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from simulator.engines.exact.many import ManyAnswers, solve_many
from simulator.engines.factors import forest
from simulator.engines.learnt import check_total
from simulator.engines.possible import Possible
from simulator.engines.seats.at_nodes import Nodes, Points
from simulator.errors import EvidenceError
from simulator.model import LatentVotes, VoteModel
from simulator.model.latent import Floats
from simulator.randomness import Purpose, Stream

REPLICATES = 16
"""Sets of quasi-random points, each scrambled afresh: their spread is the error."""

_FEWEST = 5
"""Nodes along a factor, at least."""

_MOST_REACH, _FAINT = 8.0, 1e-13
"""Standard deviations to which nodes go at most, and the least share of the weight of one that is kept."""

_LEAST_DRAWN = 8
"""Points of each replicate for each way things may stand, at least: fewer leave the shift itself uncertain."""

_MANY, _LIGHT = 5_000, 5e-5
"""Nodes from which the lightest are left out, and the share of the weight that goes with them."""

_GRID = 13
"""Nodes along each factor below which a grid of three or more factors is no better than quasi-random points."""

_ENOUGH = {1: 201, 2: 33, 3: _GRID}
"""Nodes along each of so many factors beyond which more add nothing to a search."""

_SHARP, _SHARPER = 0.15, {1: 1_601, 2: 149}
"""Own noise, in standard deviations of support, below which there are more; and how many then."""

_DRAWN_LEAST = 0.05
"""Least own noise of a seat on drawn points."""


@dataclass(frozen=True, slots=True)
class Shifts:
    """The odds of adoption with support shifted, what was learnt of the draft as it stands.

    Attributes
    ----------
    nodes : tuple of Nodes
        Those that share a majority together.
    """

    nodes: tuple[Nodes, ...]

    @classmethod
    def of(cls, possibles: Sequence[Possible], count: int) -> Shifts:
        """On a grid over each possibility's factors, or on quasi-random points where they are many.

        Parameters
        ----------
        count : int
            How many nodes in all, roughly; a few for each possibility at least.
        """
        each = max(1, count // len(possibles))
        return cls(_grouped([(one, _nodes(one.model.latent, each)) for one in _merged(possibles)]))._trimmed()

    @classmethod
    def drawn(cls, possibles: Sequence[Possible], count: int, seed: int) -> tuple[Shifts, ...]:
        """On quasi-random points: as many replicates as :data:`REPLICATES`, with as many points together or more."""
        each, merged = max(_LEAST_DRAWN, count // len(possibles) // REPLICATES), _merged(possibles)
        return tuple(
            cls(
                _grouped(
                    [(one, _drawn(one.model.latent, each, Stream(seed, number, Purpose.POINTS))) for one in merged]
                )
            )
            for number in range(REPLICATES)
        )

    @classmethod
    def joined(cls, parts: Sequence[Shifts]) -> Shifts:
        """The nodes of several, built alike, as one."""
        return cls(tuple(Nodes.joined(same) for same in zip(*(part.nodes for part in parts), strict=True)))._trimmed()

    def _trimmed(self) -> Shifts:
        """The same without the lightest nodes, where there are many."""
        return self if self.size < _MANY else Shifts(tuple(nodes.trimmed(_LIGHT) for nodes in self.nodes))

    @property
    def size(self) -> int:
        """How many nodes."""
        return sum(len(nodes.weights) for nodes in self.nodes)

    @property
    def evidence(self) -> float:
        """Probability of what was learnt, as the likelihoods are scaled."""
        return sum(nodes.evidence for nodes in self.nodes)

    def adopted(self, shift: Floats) -> float:
        """Odds of adoption, with support shifted by so many standard deviations: shape (n,)."""
        return min(1.0, sum(nodes.adopted(shift) for nodes in self.nodes) / self.evidence)

    def slopes(self, shift: Floats) -> tuple[float, Floats]:
        """The same, and its slope in each seat's shift: shape (n,)."""
        found = [nodes.slopes(shift) for nodes in self.nodes]
        slopes: Floats = np.sum([slope for _, slope in found], axis=0) / self.evidence
        return min(1.0, sum(odds for odds, _ in found) / self.evidence), slopes

    def along(self, shift: Floats, seats: Sequence[int], steps: Floats) -> Floats:
        """The odds with one seat shifted by as much more: shape (seats, steps)."""
        found: Floats = np.sum([nodes.along(shift, seats, steps) for nodes in self.nodes], axis=0) / self.evidence
        return np.minimum(found, 1.0)

    def choices(self, shift: Floats, seats: Collection[int]) -> Floats:
        """Odds of some seats' choices after what was learnt, with support shifted: shape (n, 4), those of others 0."""
        found: Floats = np.sum([nodes.choices(shift, seats) for nodes in self.nodes], axis=0) / self.evidence
        return found

    def kind(self, seat: int) -> tuple[object, ...]:
        """The same of two seats that are alike in all that counts: odds, factors, votes learnt, veto."""
        return tuple(part for nodes in self.nodes for part in nodes.kind(seat))

    def with_yes(self, seat: int) -> Shifts:
        """The same where a seat is sure to vote yes."""
        return Shifts(tuple(nodes.with_yes(seat) for nodes in self.nodes))

    def thinned(self, count: int) -> Shifts:
        """The same on fewer nodes, roughly as many as asked for: for a quick look."""
        whole = self.evidence
        return Shifts(
            tuple(
                nodes.thinned(max(1, round(count * nodes.evidence / whole))) for nodes in self.nodes if nodes.evidence
            )
        )


def exact_adopted(possibles: Sequence[Possible], shifts: Floats) -> tuple[Floats, float]:
    """Odds of adoption with support shifted, by the exact engine, and an estimate of the largest error.

    Right where nothing was learnt of a seat that is shifted, nor of who follows it: see
    :mod:`simulator.engines.seats.at_nodes`.

    Parameters
    ----------
    shifts : array, shape (m, n)
        In standard deviations of latent support, a row for each question.

    Returns
    -------
    tuple of array, shape (m,), and float

    Raises
    ------
    ExactRefused
        If a possibility is beyond the exact engine.
    EvidenceError
        If what was learnt has probability zero under all of them.
    """
    adopted, evidence, accuracy = np.zeros(len(shifts)), 0.0, 0.0
    for _, some in groupby(possibles, key=lambda one: (one.majority, one.model.company)):
        for one, found in _solved(list(some), shifts):
            adopted += one.weight * found.evidence * found.adopted
            evidence += one.weight * float(found.evidence[0])
            accuracy = max(accuracy, float(found.accuracy.max()))
    if evidence == 0:
        check_total(possibles[0].model, 0.0, 1.0)  # says why
    return np.minimum(adopted / evidence, 1.0), accuracy


def _solved(alike: Sequence[Possible], shifts: Floats) -> Iterator[tuple[Possible, ManyAnswers]]:
    """Possibilities of one majority and company in one batch; those under which what was learnt cannot be left out."""
    latents = [replace(one.model.latent, mean=one.model.latent.mean + shift) for one in alike for shift in shifts]
    try:
        found = solve_many(alike[0].model, latents, alike[0].majority)
    except EvidenceError:
        for one in alike if len(alike) > 1 else ():
            yield from _solved([one], shifts)
        return
    for place, one in enumerate(alike):
        own = slice(place * len(shifts), (place + 1) * len(shifts))
        yield one, ManyAnswers(found.outcomes[own], found.evidence[own], found.accuracy[own])


def fits_a_grid(possibles: Sequence[Possible], count: int) -> bool:
    """Whether so many nodes in all make a grid fine enough over each possibility's factors."""
    used = max(one.model.latent.loadings.shape[1] for one in _merged(possibles))
    return used <= 2 or bool(count // len(possibles) >= _GRID**used)


def _merged(possibles: Sequence[Possible]) -> list[Possible]:
    """The same with no more factors than the seats tell apart; those of a single seat are its own noise."""

    def merged(model: VoteModel) -> VoteModel:
        return replace(model, latent=replace(model.latent, loadings=forest(model.latent).loadings))

    return [replace(one, model=merged(one.model)) for one in possibles]


def _grouped(placed: Sequence[tuple[Possible, Points]]) -> tuple[Nodes, ...]:
    """Nodes of possibilities that share a majority and who follows whom."""
    groups: dict[object, list[tuple[Possible, Points]]] = {}
    for one, points in placed:
        pairs = tuple((pair.leader, pair.follower) for pair in one.model.company)
        groups.setdefault((one.majority, pairs), []).append((one, points))
    return tuple(
        Nodes.of([(one.model, one.weight, points) for one, points in some], some[0][0].majority)
        for some in groups.values()
    )


def _nodes(latent: LatentVotes, count: int) -> Points:
    """A grid of so many values of the factors, roughly."""
    factors = latent.loadings.shape[1]
    sharp = float((latent.loadings**2).sum(axis=1).max()) > 1 - _SHARP**2
    enough = (_SHARPER if sharp else _ENOUGH).get(factors, _ENOUGH.get(factors, _FEWEST))
    along = min(enough, max(_FEWEST, int(count ** (1 / max(1, factors)))))
    if factors > 2 and along < _GRID:
        return _drawn(latent, count, Stream(0, 0, Purpose.POINTS))
    # So far that the tails left out weigh about what the steps miss, where members share most of their noise.
    axis = np.linspace(-1, 1, along) * min(_MOST_REACH, np.sqrt(1.2 * along))
    points = np.stack([one.ravel() for one in np.meshgrid(*[axis] * factors)]) if factors else np.zeros((0, 1))
    weights = np.exp(-(points**2).sum(axis=0) / 2)
    kept = weights > _FAINT * weights.sum()
    return Points(points[:, kept], weights[kept] / weights[kept].sum(), min(_SHARP, float(axis[1] - axis[0])))


def _drawn(latent: LatentVotes, count: int, stream: Stream) -> Points:
    """Quasi-random values of the factors."""
    from scipy.special import ndtri

    from simulator.engines.monte_carlo.sobol import scrambled, sobol  # loads slowly

    factors = latent.loadings.shape[1]
    if not factors:
        return Points(np.zeros((0, 1)), np.ones(1), _DRAWN_LEAST)
    count = 1 << max(1, count).bit_length() - 1
    return Points(ndtri(scrambled(sobol(factors, count), stream)), np.full(count, 1 / count), _DRAWN_LEAST)
