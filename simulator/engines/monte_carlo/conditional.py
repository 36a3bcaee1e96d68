"""Factors drawn by randomised quasi-random points, the votes at each summed exactly.

Each chunk is a replicate: Sobol points scrambled afresh [Owen1998]_, so that replicates are independent and their
spread is the error. What is left to chance is only the shared factors, not the votes.
"""

from __future__ import annotations

from dataclasses import dataclass

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
from simulator.errors import OptionError, TooFewDraws
from simulator.model import VoteModel
from simulator.model.latent import Floats
from simulator.rules import Majority

REPLICATES = 16
"""Fewest replicates: the error is taken from their spread."""

POINTS = 256
"""Most points of a replicate; more draws are more replicates, so chunks stay small."""

MOST_CELLS = 4_000_000


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
        If there are too few draws, or too many leaders and followers for a joint table.
    """
    if draws < 2 * REPLICATES:
        raise OptionError(f"--method conditional needs at least {2 * REPLICATES} draws, not {draws}")
    walk = Walk.of(model, one_group(model.latent), apart(model))
    if walk.cells(range(len(model.members))) > MOST_CELLS:
        raise OptionError(
            f"{len(walk.apart)} leaders, followers and permanent members are too many; use --method votes"
        )
    points = min(POINTS, 2 ** int(np.log2(draws / REPLICATES)))
    replicates = -(-draws // points)
    kept: list[_Replicate] = []

    def take(replicate: _Replicate) -> bool:
        kept.append(replicate)
        if precision is None or len(kept) < REPLICATES:
            return False
        return _errors(kept).adopted <= precision and _shares(kept).adopted > 0

    plan = Plan(replicates * points, points, workers, progress)
    ran = run(plan, lambda number, size: _replicate(walk, majority, seed, number, size), take)
    if len(kept) < 2:
        raise TooFewDraws("stopped before two replicates were done: there is no error to give")
    return _answer(walk, kept, ran.interrupted)


def _answer(walk: Walk, kept: list[_Replicate], interrupted: bool) -> MonteCarloAnswer:
    outcomes, errors = _shares(kept), _errors(kept)
    draws = sum(one.points for one in kept)
    total = sum(one.masses[4] for one in kept)
    effective = None
    if walk.model.learnt:
        effective = float(total**2 / squares) if (squares := sum(one.squares for one in kept)) > 0 else 0.0
        check_effective(effective, draws, "conditional")
    still = not walk.forest.roots  # no factors: nothing was drawn, every replicate is exact
    worth = draws if effective is None else effective
    if not still:
        errors = Outcomes(
            *(
                found or (error.of_share(share, worth) if share in (0.0, 1.0) else 0.0)
                for found, share in zip(errors.as_dict().values(), outcomes.as_dict().values(), strict=True)
            )
        )
    joint = JointTable(
        kept[0].joint.seats,
        kept[0].joint.choices,
        np.sum([one.joint.table for one in kept], axis=0) / draws,
        kept[0].joint.pooled,
    )
    return MonteCarloAnswer(
        joint,
        outcomes,
        float(sum(one.masses[3] for one in kept) / total),
        np.asarray(sum(one.choices for one in kept) / total),
        errors,
        {} if still else error.bounds(outcomes, worth),
        draws,
        total / draws,
        effective,
        interrupted,
    )


def _shares(kept: list[_Replicate]) -> Outcomes:
    masses = np.sum([one.masses for one in kept], axis=0)
    if masses[4] == 0:
        return Outcomes(0.0, 0.0, 0.0)
    return Outcomes(*map(float, masses[:3] / masses[4]))


def _errors(kept: list[_Replicate]) -> Outcomes:
    masses = np.array([one.masses for one in kept])
    if masses[:, 4].sum() == 0:
        return Outcomes(np.inf, np.inf, np.inf)
    return Outcomes(*(error.of_ratio(masses[:, place], masses[:, 4]) for place in range(3)))


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
