"""The cheapest shifts of members' support that lift the odds of adoption to a target.

Minimise the sum over members of cost times shift, shifts at least 0, such that the odds are at least the target. Where
only vetoes stand in the way, the shifts that reach it form a convex set – the odds that several members' support stays
above their thresholds are log-concave in their means, whatever the correlation [Prekopa1973]_ – and a local optimum is
the cheapest of all. Where yes votes are missing too, several sets of members will do, and there are several local
optima: the search starts from several sides, improves each start by sequential quadratic programming [Kraft1988]_,
and gives the cheapest found; beside it, the shifts of fewer members that cost hardly more. What it gives is a local
optimum; no promise is made that no other is cheaper.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.special import ndtri

from simulator.engines.seats.shifted import Shifts
from simulator.model.latent import Floats
from simulator.scenario.types import FURTHEST

_SMALLEST, _LARGEST = 1e-300, 1 - 1e-16
"""Odds beyond which their place on the normal scale is not asked."""

_STEP, _STEPS = 0.5, 60
"""Standard deviations of a step on the steepest path, and how many it takes at most."""

_SURELY = 0.97
"""A start is near the target; shifts that cost so much less than it are cheaper than it will be there."""

_BIG = np.array([0.5, 1.5, 3.0])
"""Shifts of one member that are tried to find who can do most by itself."""

_CLOSE = 1e-9
"""How near to the target, on the normal scale, shifts come."""

_SHORT = 1e-6
"""By how much, on the normal scale, shifts may miss the target that are said to reach it."""

_SMALL = 1e-4
"""A shift in standard deviations that is none."""

_TRIED = 3
"""Members, those that cost least, without which is tried; and local optima that are looked at more closely."""

_ROUGH = 300
"""Nodes on which starts are compared."""

_PATIENCE, _LITTLE = 40, 10
"""Steps in which a start is improved at most: to answer, and to see whether it is worth it."""

_NEAR, _DEARER = 0.1, 1.05
"""Shifts that differ by less are one local optimum; and how much dearer one may seem that is looked at once more."""

_HOPELESS = 1.3
"""Without a member the others' shifts, grown in proportion, may cost so much more before it is given up."""

_SPARED = 1e-3
"""Fewer members are told of where they make up for all that are left out at so small a share of the least cost."""


@dataclass(slots=True)
class Search:
    """The search for one target.

    Attributes
    ----------
    odds : Shifts
        On few nodes.
    seats : list of int
        Who can move.
    costs : array, shape (n,)
        Of one standard deviation; above 0.
    target : float
        Odds of adoption, between 0 and 1, that the seats can reach.
    patience : int
        Steps in which a start is improved, at most.
    groups : list of tuple of int
        Seats that can move; those that are alike in all that counts, what they cost too, in one of them.
    """

    odds: Shifts
    seats: list[int]
    costs: Floats
    target: float
    patience: int = _PATIENCE
    groups: list[tuple[int, ...]] = field(init=False)
    _seen: dict[bytes, tuple[float, Floats]] = field(default_factory=dict, init=False)

    @property
    def goal(self) -> float:
        """The target as a place on the normal scale."""
        return float(ndtri(self.target))

    def __post_init__(self) -> None:
        found: dict[object, list[int]] = {}
        for seat in self.seats:
            found.setdefault((self.odds.kind(seat), float(self.costs[seat])), []).append(seat)
        self.groups = [tuple(group) for group in found.values()]

    def simplest(self, shift: Floats) -> tuple[Floats, Floats]:
        """The cheapest on the way to fewer members, and those of the fewest that cost hardly more: in all, not each."""
        least = shift
        while (simpler := self._simpler(shift, self.cost(least) * (1 + _SPARED))) is not None:
            shift = simpler
            least = min(least, shift, key=self.cost)
        return least, shift

    def rough(self) -> Search:
        """The same search on few nodes, where there are many: to see which starts are worth improving."""
        if self.odds.size <= 2 * _ROUGH:
            return replace(self, patience=_LITTLE)
        return replace(self, odds=self.odds.thinned(_ROUGH), patience=_LITTLE)

    def candidates(self, vetoers: Collection[int]) -> list[Floats]:
        """Local optima to be looked at more closely, each once, those that cost hardly more than the least."""
        found = [self.improved(start, self.seats) for start in self._starts(vetoers) if start is not None]
        found.sort(key=self.cost)
        kept: list[Floats] = []
        for one in found:
            new = all(np.abs(one - other).max() > _NEAR for other in kept)
            if new and self.cost(one) <= self.cost(found[0]) * _DEARER:
                kept.append(one)
        return kept[:_TRIED]

    def reaching(self, shift: Floats) -> Floats | None:
        """Shifts in the same proportions that just reach the target; None where they cannot."""
        return reaching(self.odds.adopted, shift, self.target)

    def reaches(self, shift: Floats) -> bool:
        """Whether shifts reach the target."""
        return self.height(shift)[0] >= self.goal - _SHORT

    def near(self, shift: Floats) -> Floats | None:
        """The same, less closely: to start from."""
        return reaching(self.odds.adopted, shift, self.target, within=1e-2)

    def _settled(self, shift: Floats) -> Floats:
        """Shifts near the target brought there."""
        return settled(self.odds.adopted, shift, self.target, self.steepness(shift))

    def cost(self, shift: Floats) -> float:
        """What shifts cost together."""
        return float(self.costs @ shift)

    def _starts(self, vetoers: Collection[int]) -> Iterator[Floats | None]:
        """Shifts that reach the target, from several sides."""
        yield self._steepest()
        yield self._strongest()
        blocking = [seat for seat in self.seats if seat in vetoers]
        others = [seat for seat in self.seats if seat not in vetoers]
        for some in (self.seats, blocking, others):
            alike = np.zeros(len(self.costs))
            alike[some] = 1 / self.costs[some]
            yield self.near(alike) if some else None

    def _steepest(self) -> Floats | None:
        """Step by step, each by the member that gains most for its cost."""
        shift = np.zeros(len(self.costs))
        for _ in range(_STEPS):
            height, slopes = self.height(shift)
            left = ndtri(self.target) - height
            gains = np.where(shift < FURTHEST, slopes / self.costs, 0.0)
            seat = max(self.seats, key=gains.__getitem__)
            if left <= 0 or gains[seat] <= 0:
                break
            shift[seat] = min(FURTHEST, shift[seat] + min(_STEP, max(left / slopes[seat], _STEP / 8)))
        return self.near(shift)

    def _strongest(self) -> Floats | None:
        """Member by member, each by the large shift that gains most for its cost."""
        shift, left = np.zeros(len(self.costs)), list(self.seats)
        while left:
            height = self.height(shift)[0]
            heights = place_of(self.odds.along(shift, left, _BIG))
            if height >= ndtri(self.target):
                break
            gains = (heights - height) / (self.costs[left][:, None] * _BIG)
            row, column = np.unravel_index(gains.argmax(), gains.shape)
            shift[left.pop(int(row))] = _BIG[column]
        return self.near(shift)

    def improved(self, start: Floats, seats: Sequence[int]) -> Floats:
        """The local optimum near shifts that reach the target, with only some seats moving; those where none is."""
        from scipy.optimize import minimize  # loads slowly

        some = [group for group in (sorted(set(one) & set(seats)) for one in self.groups) if group]
        member = np.zeros((len(self.costs), len(some)))  # who moves by which number
        for column, group in enumerate(some):
            member[group, column] = 1.0
        shares = self.costs @ member / self.cost(start)

        def whole(x: Floats) -> Floats:
            shift: Floats = member @ np.clip(x, 0.0, FURTHEST)
            return shift

        found = minimize(
            lambda x: float(shares @ x),
            start @ member / member.sum(axis=0),
            jac=lambda _: shares,
            bounds=[(0.0, FURTHEST)] * len(some),
            constraints={
                "type": "ineq",
                "fun": lambda x: self.height(whole(x))[0] - self.goal,
                "jac": lambda x: self.height(whole(x))[1] @ member,
            },
            method="SLSQP",
            options={"maxiter": self.patience, "ftol": 1e-6 if self.patience == _PATIENCE else 1e-4},
        )
        shift = whole(found.x)
        shift[shift < _SMALL] = 0.0
        if not np.isfinite(shift).all() or not shift.any():
            return self._settled(start)
        shift = self._settled(shift)
        if not self.reaches(shift):  # as where a move may lower the odds, and further ones along these do not help
            return self._settled(start)
        if self.cost(shift) < self.cost(start) * _SURELY:
            return shift
        other = self._settled(start)
        return min((shift, other), key=self.cost) if self.reaches(other) else shift

    def _simpler(self, shift: Floats, most: float) -> Floats | None:
        """Shifts of fewer members that cost no more than that; None where there are none."""
        gains = self.height(shift)[1] / self.costs
        share = np.round(gains / max(gains.max(), _SMALLEST), 1)  # at an optimum all that move gain alike
        order = np.lexsort((self.costs * shift, share))
        moved = [seat for seat in order.tolist() if shift[seat] > 0]
        for seat in moved[:_TRIED] if len(moved) > 1 else []:
            rest = [other for other in moved if other != seat]
            without = shift.copy()
            without[seat] = 0.0
            start = self.near(without)
            if start is not None and self.cost(start) <= self.cost(shift) * _HOPELESS:
                found = self.improved(start, rest)
                if self.cost(found) <= most and self.reaches(found):
                    return found
        return None

    def steepness(self, shift: Floats) -> float:
        """By how much the odds rise on the normal scale as all shifts grow in proportion."""
        return float(self.height(shift)[1] @ shift)

    def height(self, shift: Floats) -> tuple[float, Floats]:
        """The odds as a place on the normal scale, and its slopes: closer to a straight line than the odds."""
        key = shift.tobytes()
        if key not in self._seen:
            adopted, slopes = self.odds.slopes(shift)
            height = float(place_of(np.array(adopted)))
            density = np.exp(-(height**2) / 2) / np.sqrt(2 * np.pi)
            self._seen[key] = height, slopes / max(density, _SMALLEST)
        return self._seen[key]


def reaching(adopted: Callable[[Floats], float], shift: Floats, target: float, within: float = 1e-12) -> Floats | None:
    """Shifts in the same proportions that just reach the target; None where they cannot.

    Parameters
    ----------
    adopted : callable
        From shifts, shape (n,), to odds that rise with them.
    shift : array, shape (n,)
    within : float
        How closely: a share of the shifts.
    """
    from scipy.optimize import brentq  # loads slowly

    if not shift.any():
        return shift if adopted(shift) >= target else None
    goal = float(ndtri(target)) + 2 * within * (within < _CLOSE)  # so that the root is not a hair short of it
    furthest = FURTHEST / shift.max()

    def short(scale: float) -> float:
        return float(place_of(np.array(adopted(np.minimum(scale * shift, FURTHEST))))) - goal

    low, high = 0.0, min(1.0, furthest)
    while (missing := short(high)) < 0 and high < furthest:
        low, high = high, min(1.5 * high, furthest)
    if missing < 0:
        return None
    if low == 0.0 and short(0.98) < 0:  # shifts that nearly fit are the rule
        low = 0.98
    if short(low) >= 0:
        return low * shift
    scale = brentq(short, low, high, xtol=within * high, rtol=max(within, 1e-14))
    found: Floats = shift * scale
    return found


def settled(adopted: Callable[[Floats], float], shift: Floats, target: float, slope: float) -> Floats:
    """Shifts that reach the target by other odds hardly different from those that they were found by.

    Parameters
    ----------
    adopted : callable
        From shifts to odds.
    shift : array, shape (n,)
    slope : float
        By how much the odds rise on the normal scale as all shifts grow in proportion, as far as is known.
    """
    goal, scale, before = float(ndtri(target)) + _CLOSE, 1.0, (0.0, 0.0)  # so that it is reached, not nearly
    for number in range(8 if slope > 0 else 0):
        height = float(place_of(np.array(adopted(scale * shift))))
        if abs(goal - height) < _CLOSE:
            found: Floats = scale * shift
            return found
        if number and height != before[1]:
            slope = (height - before[1]) / (scale - before[0])
        before = scale, height
        scale = min(max(scale + (goal - height) / slope, 0.5), 2.0) if slope > 0 else 0.0
    other = reaching(adopted, shift, target)
    return shift if other is None else other


def place_of(odds: Floats) -> Floats:
    """Odds as places on the normal scale, of the same shape."""
    found: Floats = ndtri(np.clip(odds, _SMALLEST, _LARGEST))
    return found
