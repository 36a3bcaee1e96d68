"""The sums over nodes where members have next to no noise of their own, so that their votes jump as the factors move.

There the exact engine puts its nodes where the jumps are: they serve no scenario whose jumps lie elsewhere. And at a
jump there is nothing left to differentiate under the integral. So what the odds are with a member's support shifted is
solved afresh, and the slope of a jump is a difference of such answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from simulator.engines import exact
from simulator.engines.exact.flat import Block
from simulator.engines.exact.nodes import Shape, groups_of
from simulator.engines.exact.quadrature import SHARP_BEYOND
from simulator.engines.factors import forest
from simulator.engines.possible import Possible
from simulator.engines.seats.differences import TWO_SIDED, two_sided
from simulator.engines.seats.gradient import Slopes, jumping, slopes_of
from simulator.errors import EvidenceError
from simulator.model.latent import Floats, LatentVotes

STEP = 1e-3
"""Standard deviations of support by which it is differenced."""


def slopes_at(one: Possible, points: Sequence[Block], shifts: Sequence[float]) -> Slopes:
    """The sums of one possibility, from the exact engine's nodes as far as they serve, and afresh beyond."""
    if not steep(one.model.latent):
        return slopes_of(one, points, shifts)
    found = slopes_of(one, points)
    shifted = _Shifted.of(one)
    seats = range(len(one.model.members))
    moved = np.array([[shifted(seat, shift) for seat in seats] for shift in shifts])  # (shifts, n, 2)
    support = found.support.copy()
    for seat in np.flatnonzero(jumping(replace(one.model.latent, loadings=forest(one.model.latent).loadings))).tolist():
        support[:, seat] = two_sided(np.array([shifted(seat, place * STEP) for place in TWO_SIDED]), STEP)
    return replace(found, support=support, moved=moved.transpose(2, 0, 1))


def steep(latent: LatentVotes) -> bool:
    """Whether some nodes lie where these votes' own jumps, or all but jumps, are."""
    trees = forest(latent)
    return any(max(Shape.of(trees, group).growths) > SHARP_BEYOND for group in groups_of(trees))


def moved_by(possibles: Sequence[Possible], seat: int, shift: float) -> float | None:
    """The odds of adoption with one seat's support shifted, solved afresh; None if that rules out what was learnt."""
    adopted, everything = np.sum([_Shifted.of(one)(seat, shift) for one in possibles], axis=0)
    return float(adopted / everything) if everything > 0 else None


@dataclass(frozen=True, slots=True)
class _Shifted:
    """Answers with one seat's support shifted, each once for all seats that are assumed alike."""

    one: Possible
    like: exact.ExactAnswer
    alike: Callable[[int], object]
    known: dict[object, Floats] = field(default_factory=dict)

    @classmethod
    def of(cls, one: Possible) -> _Shifted:
        model = one.model
        latent = model.latent
        columns = (latent.mean, latent.no_below, latent.yes_from, latent.absent, latent.loadings, model.likelihood)
        rows = np.column_stack([*columns, model.permanent])
        paired = {seat for pair in model.company for seat in (pair.leader, pair.follower)}
        return cls(
            one,
            exact.solve(model, one.majority),
            lambda seat: seat if seat in paired else rows[seat].tobytes(),
        )

    def __call__(self, seat: int, shift: float) -> Floats:
        """Adopted together with what was learnt, and what was learnt: shape (2,), times the possibility's weight."""
        key = self.alike(seat), shift
        if key not in self.known:
            self.known[key] = self._solved(seat, shift)
        return self.known[key]

    def _solved(self, seat: int, shift: float) -> Floats:
        model = self.one.model
        mean = model.latent.mean.copy()
        mean[seat] += shift
        try:
            found = exact.solve_like(
                replace(model, latent=replace(model.latent, mean=mean)), self.one.majority, self.like
            )
        except EvidenceError:
            return np.zeros(2)
        return self.one.weight * found.joint.total * np.array([found.outcomes.adopted, 1.0])
