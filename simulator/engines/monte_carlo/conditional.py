"""Factors drawn by randomised quasi-random points, the votes at each summed exactly.

Each chunk is a replicate: Sobol points scrambled afresh [Owen1998]_, so that replicates are independent and their
spread is the error. What is left to chance is only the shared factors, not the votes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from simulator.engines.factors import Group, one_group
from simulator.engines.joint import JointTable
from simulator.engines.learnt import check_possible, likelihood_at, member_odds_after
from simulator.engines.monte_carlo import error
from simulator.engines.monte_carlo.answer import MonteCarloAnswer, check_effective
from simulator.engines.monte_carlo.chunks import Plan, Progress, run
from simulator.engines.monte_carlo.sobol import scrambled, sobol
from simulator.engines.monte_carlo.streams import Purpose, Stream
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

PRECISE_REPLICATES, PRECISE_POINTS = 64, 64
"""To stop at a precision: more and smaller replicates, looked at every 64, so that an error that happens to come out
small seldom ends the run too soon."""

MOST_CELLS = 4_000_000

_HIDDEN, _ALL = 3, 4
"""Places of the hidden veto and of everything in a replicate's masses."""


@dataclass(frozen=True, slots=True)
class _Replicate:
    joint: JointTable
    choices: Floats
    masses: Floats
    """Adopted, vetoed, failed, hidden veto, all: before division by what was learnt."""
    squares: float
    """Sum over the points of the squared likelihood of what was learnt."""
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
    points = min(most, 2 ** int(np.log2(max(1, draws // fewest))))
    replicates = -(-draws // points)
    sums = _Sums(model)

    def take(replicate: _Replicate) -> bool:
        sums.add(replicate)
        enough = precision is not None and len(sums.masses) % PRECISE_REPLICATES == 0
        return enough and precision is not None and sums.errors().adopted <= precision

    plan = Plan(replicates * points, points, workers, progress)
    ran = run(plan, lambda number, size: _replicate(walk, majority, seed, number, size), take)
    if len(sums.masses) < 2:
        raise Stopped("stopped before two replicates were done: there is no error to give")
    if model.learnt:
        check_effective(sums.effective, sums.draws, "conditional")
    return _answer(walk, sums, ran.interrupted)


class _Sums:
    """Replicates added up in their order; of each alone only five numbers are kept, for the error."""

    def __init__(self, model: VoteModel) -> None:
        self.model = model
        self.joint: JointTable | None = None
        self.choices: Floats = np.zeros((len(model.members), 4))
        self.masses: list[Floats] = []
        self.squares, self.draws = 0.0, 0

    def add(self, replicate: _Replicate) -> None:
        """One more."""
        joint = replicate.joint
        self.joint = joint if self.joint is None else replace(joint, table=self.joint.table + joint.table)
        self.choices = self.choices + replicate.choices
        self.masses.append(replicate.masses)
        self.squares += replicate.squares
        self.draws += replicate.points

    @property
    def total(self) -> float:
        """Summed likelihood of what was learnt."""
        return float(np.sum(self.masses, axis=0)[_ALL])

    @property
    def effective(self) -> float:
        """How many plain points the weighted ones are worth; all of them where nothing was learnt."""
        if not self.model.learnt:
            return float(self.draws)
        return self.total**2 / self.squares if self.squares > 0 else 0.0

    def shares(self) -> Outcomes:
        """The odds."""
        masses = np.sum(self.masses, axis=0)
        return Outcomes(*map(float, masses[:3] / masses[_ALL])) if masses[_ALL] > 0 else Outcomes(0.0, 0.0, 0.0)

    def errors(self) -> Outcomes:
        """Standard errors from the spread of the replicates; of outcomes never or always seen, as of plain draws."""
        masses, shares = np.array(self.masses), self.shares().as_dict().values()
        if self.total == 0:
            return Outcomes(np.inf, np.inf, np.inf)
        if not (self.model.latent.loadings != 0).any():
            return Outcomes(0.0, 0.0, 0.0)  # nothing was drawn: every replicate is exact
        return Outcomes(
            *(
                error.of_share(share, self.effective)
                if share in (0.0, 1.0)
                else error.of_ratio(masses[:, place], masses[:, _ALL])
                for place, share in enumerate(shares)
            )
        )


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
        sums.effective if walk.model.learnt else None,
        interrupted,
    )


def _replicate(walk: Walk, majority: Majority, seed: int, number: int, points: int) -> _Replicate:
    """One replicate, its sums scaled to its number of points."""
    model = walk.model
    drawn = _Points(seed, number, points, model.latent.loadings)
    joint = walk.joint(drawn)
    joint = JointTable(joint.seats, joint.choices, joint.table * points, joint.pooled)
    total = joint.total
    if total == 0:
        check_possible(model)
        return _Replicate(joint, np.zeros((len(model.members), 4)), np.zeros(5), 0.0, points)
    outcomes, hidden = outcomes_of(joint, model, majority)
    masses = np.array([*outcomes.as_dict().values(), hidden, 1.0]) * total

    def sub(seats: tuple[int, ...], kept: tuple[int, ...]) -> JointTable:
        some = Walk.of(model, one_group(model.latent, seats), kept, tallies=False)
        return some.joint(drawn)

    squares = float((likelihood_at(model, drawn.normal) ** 2).sum()) if model.learnt else float(points)
    return _Replicate(joint, member_odds_after(model, joint, sub) * total, masses, squares, points)


class _Points:
    """The points of one replicate over all factors, shape (factors, points)."""

    def __init__(self, seed: int, number: int, points: int, loadings: Floats) -> None:
        used = (loadings != 0).any(axis=0)
        self.normal = np.zeros((len(used), points))
        if used.any():
            stream = Stream(seed, number, Purpose.POINTS)
            points_ = scrambled(sobol(int(used.sum()), points), stream)
            self.normal[used] = ndtri(points_)
        self._used = self.normal[used]

    def __call__(self, _group: Group, _means: Floats) -> tuple[Floats, Floats]:
        """The points as the nodes of a forest of one group, all of the same weight; see walk.Nodes."""
        count = self.normal.shape[1]
        return self._used[:, None, :], np.full((1, count), 1 / count)
