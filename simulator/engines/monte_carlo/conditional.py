"""Factors drawn by randomised quasi-random points, the votes at each summed exactly.

Each chunk is a replicate: Sobol points scrambled afresh [Owen1998]_, so that replicates are independent and their
spread is the error. What is left to chance is only the shared factors, not the votes. Where an outcome, or what was
learnt, needs an unusual day, points are put there and weighted (:mod:`~simulator.engines.monte_carlo.proposal`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from simulator.engines.apart import apart, pools
from simulator.engines.factors import one_group
from simulator.engines.joint import JointTable
from simulator.engines.learnt import check_possible, member_odds, member_odds_at
from simulator.engines.monte_carlo import error
from simulator.engines.monte_carlo.answer import MonteCarloAnswer, check_effective
from simulator.engines.monte_carlo.chunks import Plan, Progress, run
from simulator.engines.monte_carlo.points import Points, Source
from simulator.engines.parts import Outcomes
from simulator.engines.possible import Possible, Ruling, Spread, rulings_of, spread_of
from simulator.engines.readout import outcomes_of
from simulator.engines.walk import Walk
from simulator.errors import OptionError, RefusedError, Stopped
from simulator.model import VoteModel
from simulator.model.latent import Floats
from simulator.rules import Majority

REPLICATES = 16
"""Fewest replicates: the error is taken from their spread."""

POINTS = 256
"""Most points of a replicate; more draws are more replicates, so chunks stay small."""

PRECISE_REPLICATES, PRECISE_POINTS = 32, 64
"""To stop at a precision: more and smaller replicates, looked at every 32, and the error must be below the precision
by as much as an error from that many replicates can be too small by chance."""

FEW = 100.0
"""Effective points below which an outcome's error is not taken from the spread of the replicates alone."""

_LEAST, _MOST = 0.01, 0.2
"""Bounds of the share of points that must count for an outcome, before it gets points of its own."""

MOST_CELLS = 8_000_000

_HIDDEN, _ALL = 3, 4
"""Places of the hidden veto and of everything in a replicate's masses."""


@dataclass(frozen=True, slots=True)
class _Replicate:
    """What the points of one replicate add up to, over all possibilities."""

    tables: tuple[tuple[Majority, JointTable], ...]
    choices: Floats
    masses: Floats
    """Adopted, vetoed, failed, hidden veto, all: before division by what was learnt."""
    squares: Floats
    """Sums over the points of the squares of what each adds to adopted, vetoed, failed, all; zeros where that is
    not watched."""
    points: int
    by_possible: Floats
    """Shape (possibles, 2): adopted, and all, of each possibility."""


def solve(
    model: VoteModel,
    majority: Majority,
    *,
    draws: int,
    seed: int,
    precision: float | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> MonteCarloAnswer:
    """The odds of one vote model: :func:`solve_all` of that alone."""
    only = [Possible(1.0, model, majority)]
    return solve_all(only, draws=draws, seed=seed, precision=precision, workers=workers, progress=progress)


def solve_all(
    possibles: Sequence[Possible],
    *,
    draws: int,
    seed: int,
    precision: float | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> MonteCarloAnswer:
    """The odds of all possibilities together, from `draws` points over their factors.

    Parameters
    ----------
    possibles : sequence of Possible
        Each gets as many points of every replicate as any other.
    draws : int
        Points, at least 32; rounded up to whole replicates.
    precision : float or None
        Stop when the standard error of the odds of adoption is at most this.

    Raises
    ------
    TooFewDraws
        If the points that agree with what was learnt are worth too few; Stopped, if a person stopped it too soon.
    OptionError
        If there are too few draws.
    RefusedError
        If there are too many leaders and followers for a joint table.
    """
    if draws < 2 * REPLICATES:
        raise OptionError(f"--method conditional needs at least {2 * REPLICATES} draws, not {draws}")
    if len(possibles) == 1:
        check_possible(possibles[0].model)
    fewest, most = (REPLICATES, POINTS) if precision is None else (PRECISE_REPLICATES, PRECISE_POINTS)
    share = max(1, draws // len(possibles))
    # Points of an outcome's own cost the others some accuracy: only where those of the prior would be too few.
    least = _LEAST if precision is not None else min(_MOST, max(_LEAST, 4 * FEW / draws))
    parts = [_Part.of(one, seed, place, least) for place, one in enumerate(possibles)]
    points = sum(part.points(min(most, max(1, share // fewest))) for part in parts)
    replicates = max(REPLICATES, -(-draws // points))
    # One such source is enough: beside its points, those of the others no longer count the same.
    sums = _Sums(possibles, weighted=any(part.source.weighted for part in parts))
    watched = sums.weighted or any(part.source.blind for part in parts)

    def task(number: int, _size: int) -> _Replicate:
        return _replicate(parts, number, points, min(most, max(1, share // fewest)), watched=watched)

    def take(replicate: _Replicate) -> bool:
        sums.add(replicate)
        looks = precision is not None and len(sums.masses) % PRECISE_REPLICATES == 0
        return looks and precision is not None and sums.cautious_error() <= precision

    ran = run(Plan(replicates * points, points, workers, progress), task, take)
    if len(sums.masses) < 2:
        raise Stopped("stopped before two replicates were done: there is no error to give")
    if sums.model.learnt:
        check_effective(sums.effective, sums.draws, "conditional")
    return _answer(sums, ran.interrupted)


@dataclass(frozen=True, slots=True)
class _Part:
    """One possibility made ready: its walk, where its points come from, and its place among the streams."""

    possible: Possible
    walk: Walk
    source: Source

    @classmethod
    def of(cls, one: Possible, seed: int, place: int, least: float) -> _Part:
        kept = apart(one.model)
        walk = Walk.of(one.model, one_group(one.model.latent), kept, pools=pools(one.model, kept))
        if walk.cells(range(len(one.model.members))) > MOST_CELLS:
            raise RefusedError(
                f"{len(walk.apart)} leaders, followers and permanent members are too many; use --method votes"
            )
        return cls(one, walk, Source.of(one.model, one.majority, seed, least, place))

    def points(self, wanted: int) -> int:
        """Points of a replicate: a power of two in each component of the proposal."""
        components = len(self.source.proposal)
        return components * (1 << max(1, wanted // components).bit_length() - 1)


class _Sums:
    """Replicates added up in their order; of each alone only few numbers are kept, for the error."""

    def __init__(self, possibles: Sequence[Possible], *, weighted: bool) -> None:
        self.possibles = possibles
        self.weighted = weighted
        self.tables: tuple[tuple[Majority, JointTable], ...] = ()
        self.choices: Floats = np.zeros((len(self.model.members), 4))
        self.by_possible: list[Floats] = []
        self.masses: list[Floats] = []
        self.squares, self.draws = np.zeros(4), 0

    def add(self, replicate: _Replicate) -> None:
        """One more."""
        merged = rulings_of([*self.tables, *replicate.tables])
        self.tables = tuple((ruling.majority, ruling.joint) for ruling in merged)
        if len(self.possibles) > 1:
            self.by_possible.append(replicate.by_possible)
        self.choices = self.choices + replicate.choices
        self.masses.append(replicate.masses)
        self.squares = self.squares + replicate.squares
        self.draws += replicate.points

    @property
    def model(self) -> VoteModel:
        """Whose seats, company and evidence all share."""
        return self.possibles[0].model

    @property
    def drawn(self) -> bool:
        """Whether anything was left to chance."""
        return any(bool((one.model.latent.loadings != 0).any()) for one in self.possibles)

    @property
    def total(self) -> float:
        """Summed likelihood of what was learnt."""
        return float(np.sum(self.masses, axis=0)[_ALL])

    @property
    def effective(self) -> float:
        """How many points of equal weight those drawn are worth; all of them where they are."""
        return self._worth(_ALL, 3) if self.weighted else float(self.draws)

    def _worth(self, mass: int, square: int) -> float:
        whole = float(np.sum(self.masses, axis=0)[mass])
        return whole**2 / self.squares[square] if self.squares[square] > 0 else 0.0

    def shares(self) -> Outcomes:
        """The odds."""
        masses = np.sum(self.masses, axis=0)
        return Outcomes(*map(float, masses[:3] / masses[_ALL])) if masses[_ALL] > 0 else Outcomes(0.0, 0.0, 0.0)

    def errors(self) -> Outcomes:
        """Standard errors from the spread of the replicates; of outcomes never or always seen, as of plain draws."""
        if self.total == 0:
            return Outcomes(np.inf, np.inf, np.inf)
        if not self.drawn:
            return Outcomes(0.0, 0.0, 0.0)  # nothing was drawn: every replicate is exact
        return Outcomes(*(self._error(place, share) for place, share in enumerate(self.shares().as_dict().values())))

    def _error(self, place: int, share: float) -> float:
        """The error of one outcome; where a few points carry it, also of what as many plain draws could have missed."""
        plain = error.of_share(share, self.effective)
        if share in (0.0, 1.0):
            return plain
        masses = np.array(self.masses)
        spread = error.of_ratio(masses[:, place], masses[:, _ALL])
        worth = self._worth(place, place) if self.squares[place] > 0 else np.inf
        return spread if worth >= FEW else max(spread, float(share / np.sqrt(worth)), plain)

    def cautious_error(self) -> float:
        """The error of adoption, larger by what that of so few replicates can be too small by chance.

        Who looks often and stops at the first error small enough would stop at one that came out small.
        """
        return self.errors().adopted * (1 + 1 / sqrt(2 * (len(self.masses) - 1)))

    def spread(self) -> Spread | None:
        """The odds by draw of uncertain numbers, without what simulation adds to their differences."""
        if not self.by_possible:
            return None
        every = np.array(self.by_possible)
        adopted, explained = every.sum(axis=0).T
        found = spread_of(self.possibles, adopted, explained)
        if found is None:
            return None
        draws = np.array([one.draw for one in self.possibles])
        belongs = (draws[:, None] == np.arange(draws.max() + 1)).astype(float)
        masses = np.einsum("rpc,pd->rdc", every, belongs)
        seen = masses[:, :, 1].sum(axis=0) > 0
        errors = [error.of_ratio(*masses[:, draw].T) for draw in np.flatnonzero(seen)]
        return found.sharpened(np.square(errors))


def _answer(sums: _Sums, interrupted: bool) -> MonteCarloAnswer:
    outcomes = sums.shares()
    return MonteCarloAnswer(
        tuple(Ruling(majority, joint.scaled(1 / sums.draws)) for majority, joint in sums.tables),
        outcomes,
        float(np.sum(sums.masses, axis=0)[_HIDDEN] / sums.total),
        sums.choices / sums.total,
        sums.errors(),
        error.bounds(outcomes, sums.effective) if sums.drawn else {},
        sums.draws,
        sums.total / sums.draws,
        sums.effective if sums.weighted else None,
        interrupted,
        sums.spread(),
    )


def _replicate(parts: Sequence[_Part], number: int, points: int, wanted: int, *, watched: bool) -> _Replicate:
    """One replicate over all possibilities, its sums scaled to its number of points."""
    tables: tuple[tuple[Majority, JointTable], ...] = ()
    alone = []
    for part in parts:  # one table at a time: all of them at once could fill the memory
        drawn = part.source.drawn(number, part.points(wanted), watched=watched)
        one = _of_one(part, drawn, part.possible.weight * points)
        tables = tuple((ruling.majority, ruling.joint) for ruling in rulings_of([*tables, *one.tables]))
        alone.append(replace(one, tables=()))
    return _Replicate(
        tables,
        np.sum([one.choices for one in alone], axis=0),
        np.sum([one.masses for one in alone], axis=0),
        np.sum([one.squares for one in alone], axis=0),
        points,
        np.array([one.masses[[0, _ALL]] for one in alone]),
    )


def _of_one(part: _Part, drawn: Points, scale: float) -> _Replicate:
    """The part of one possibility; `scale` is what its points add up to where nothing was learnt."""
    model, majority = part.walk.model, part.possible.majority
    joint = part.walk.joint(drawn).scaled(scale)
    total = joint.total
    if total == 0:
        return _Replicate(((majority, joint),), np.zeros((len(model.members), 4)), np.zeros(5), np.zeros(4), 0, _NONE)
    outcomes, hidden = outcomes_of(joint, model, majority)
    masses = np.array([*outcomes.as_dict().values(), hidden, 1.0]) * total

    if model.learnt:
        choices = member_odds_at(model, joint, part.source.over_all(drawn), drawn.explained) * total
    else:
        choices = member_odds(model, joint) * total
    return _Replicate(((majority, joint),), choices, masses, drawn.squares * (scale / drawn.count) ** 2, 0, _NONE)


_NONE = np.zeros((0, 2))
