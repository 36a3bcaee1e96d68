"""Factors drawn by randomised quasi-random points, the votes at each summed exactly.

Each chunk is a replicate: Sobol points scrambled afresh [Owen1998]_, so that replicates are independent and their
spread is the error. What is left to chance is only the shared factors, not the votes. Where an outcome, or what was
learnt, needs an unusual day, points are put there and weighted (:mod:`~simulator.engines.monte_carlo.proposal`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from simulator.engines.factors import one_group
from simulator.engines.joint import JointTable
from simulator.engines.learnt import check_possible, member_odds_after
from simulator.engines.monte_carlo import error
from simulator.engines.monte_carlo.answer import MonteCarloAnswer, check_effective
from simulator.engines.monte_carlo.chunks import Plan, Progress, run
from simulator.engines.monte_carlo.points import Points, Source
from simulator.engines.parts import Outcomes
from simulator.engines.readout import apart, outcomes_of
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

MOST_CELLS = 4_000_000

_HIDDEN, _ALL = 3, 4
"""Places of the hidden veto and of everything in a replicate's masses."""


@dataclass(frozen=True, slots=True)
class _Replicate:
    joint: JointTable
    choices: Floats
    masses: Floats
    """Adopted, vetoed, failed, hidden veto, all: before division by what was learnt."""
    squares: Floats
    """Sums over the points of the squares of what each adds to adopted, vetoed, failed, all; zeros where every point
    counts the same."""
    points: int


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
    """The odds of a vote model from `draws` points over its factors.

    Parameters
    ----------
    draws : int
        Points, at least 32; rounded up to whole replicates.
    precision : float or None
        Stop when the standard error of the odds of adoption is at most this.

    Raises
    ------
    TooFewDraws
        If the points that agree with what was learnt are worth too few.
    OptionError
        If there are too few draws.
    RefusedError
        If there are too many leaders and followers for a joint table.
    """
    if draws < 2 * REPLICATES:
        raise OptionError(f"--method conditional needs at least {2 * REPLICATES} draws, not {draws}")
    walk = Walk.of(model, one_group(model.latent), apart(model))
    if walk.cells(range(len(model.members))) > MOST_CELLS:
        raise RefusedError(
            f"{len(walk.apart)} leaders, followers and permanent members are too many; use --method votes"
        )
    fewest, most = (REPLICATES, POINTS) if precision is None else (PRECISE_REPLICATES, PRECISE_POINTS)
    # Points of an outcome's own cost the others some accuracy: only where those of the prior would be too few.
    least = _LEAST if precision is not None else min(_MOST, max(_LEAST, 4 * FEW / draws))
    source = Source.of(model, majority, seed, least)
    components = len(source.proposal)
    points = components * min(most, 2 ** int(np.log2(max(1, draws // fewest // components))))
    replicates = max(REPLICATES, -(-draws // points))
    sums = _Sums(model, weighted=source.weighted)

    def take(replicate: _Replicate) -> bool:
        sums.add(replicate)
        looks = precision is not None and len(sums.masses) % PRECISE_REPLICATES == 0
        return looks and precision is not None and sums.cautious_error() <= precision

    plan = Plan(replicates * points, points, workers, progress)
    ran = run(plan, lambda number, size: _replicate(walk, majority, source.drawn(number, size)), take)
    if len(sums.masses) < 2:
        raise Stopped("stopped before two replicates were done: there is no error to give")
    if model.learnt:
        check_effective(sums.effective, sums.draws, "conditional")
    return _answer(walk, sums, ran.interrupted)


class _Sums:
    """Replicates added up in their order; of each alone only five numbers are kept, for the error."""

    def __init__(self, model: VoteModel, *, weighted: bool) -> None:
        self.model = model
        self.weighted = weighted
        self.joint: JointTable | None = None
        self.choices: Floats = np.zeros((len(model.members), 4))
        self.masses: list[Floats] = []
        self.squares, self.draws = np.zeros(4), 0

    def add(self, replicate: _Replicate) -> None:
        """One more."""
        joint = replicate.joint
        self.joint = joint if self.joint is None else replace(joint, table=self.joint.table + joint.table)
        self.choices = self.choices + replicate.choices
        self.masses.append(replicate.masses)
        self.squares = self.squares + replicate.squares
        self.draws += replicate.points

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
        if not (self.model.latent.loadings != 0).any():
            return Outcomes(0.0, 0.0, 0.0)  # nothing was drawn: every replicate is exact
        return Outcomes(*(self._error(place, share) for place, share in enumerate(self.shares().as_dict().values())))

    def _error(self, place: int, share: float) -> float:
        """The error of one outcome; where a few points carry it, at least what those few are worth."""
        if share in (0.0, 1.0):
            return error.of_share(share, self.effective)
        masses = np.array(self.masses)
        spread = error.of_ratio(masses[:, place], masses[:, _ALL])
        worth = self._worth(place, place) if self.weighted else np.inf
        return spread if worth >= FEW else max(spread, float(share / np.sqrt(worth)))

    def cautious_error(self) -> float:
        """The error of adoption, larger by what that of so few replicates can be too small by chance.

        Who looks often and stops at the first error small enough would stop at one that came out small.
        """
        return self.errors().adopted * (1 + 1 / sqrt(2 * (len(self.masses) - 1)))


def _answer(walk: Walk, sums: _Sums, interrupted: bool) -> MonteCarloAnswer:
    outcomes, drawn = sums.shares(), bool(walk.forest.roots)
    assert sums.joint is not None, "two replicates are done"
    return MonteCarloAnswer(
        replace(sums.joint, table=sums.joint.table / sums.draws),
        outcomes,
        float(np.sum(sums.masses, axis=0)[_HIDDEN] / sums.total),
        sums.choices / sums.total,
        sums.errors(),
        error.bounds(outcomes, sums.effective) if drawn else {},
        sums.draws,
        sums.total / sums.draws,
        sums.effective if sums.weighted else None,
        interrupted,
    )


def _replicate(walk: Walk, majority: Majority, drawn: Points) -> _Replicate:
    """One replicate, its sums scaled to its number of points."""
    model, points = walk.model, drawn.count
    joint = walk.joint(drawn)
    joint = JointTable(joint.seats, joint.choices, joint.table * points, joint.pooled)
    total = joint.total
    if total == 0:
        check_possible(model)
        return _Replicate(joint, np.zeros((len(model.members), 4)), np.zeros(5), np.zeros(4), points)
    outcomes, hidden = outcomes_of(joint, model, majority)
    masses = np.array([*outcomes.as_dict().values(), hidden, 1.0]) * total

    def sub(seats: tuple[int, ...], kept: tuple[int, ...]) -> JointTable:
        some = Walk.of(model, one_group(model.latent, seats), kept, tallies=False)
        return some.joint(drawn)

    return _Replicate(joint, member_odds_after(model, joint, sub) * total, masses, drawn.squares, points)
