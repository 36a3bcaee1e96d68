"""Which members to win over: from one set of them to a better one, a member fewer, more or another at a time.

How far each of a set has to move is a smooth question (:class:`~simulator.analysis.bargain.cheapest.Search`).
Which members they are is not: where yes votes are missing, five who move little may be cheaper than four who move far,
or dearer. Members that are alike in all that counts move alike, so of such a group only the number matters, and every
number is looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np

from simulator.analysis.bargain.cheapest import Search, place_of
from simulator.model.latent import Floats

_STEPS = np.array([0.4, 0.8, 1.2, 1.6, 2.2, 3.0, 4.5])
"""Shifts that a member is tried with that comes in."""

_CLOSER = 4
"""Sets looked at more closely from each, the most promising first."""

_PROMISING = 1.15
"""A set that seems so much dearer than the one at hand is not looked at."""

_TRIES = 60
"""Sets looked at more closely in all."""

_CLOSE = 1.03
"""A set that costs so much more than the least on few nodes may be the cheapest on all."""

_BETTER = 1e-4
"""Share of the cost by which another set has to be cheaper to go on from it; one less far off is a tie."""

_OPENED = 0.3
"""What the shift costs with which each of the others starts that may come in where one has left."""

_MOST = 4
"""Sets that are seen on all nodes, at most."""

_FAR = 1.3
"""Who moves so many times further than anybody did makes a set that counts as another one."""

_GROUP = 3
"""Members alike from which every number of them is looked at."""


def cheapest(search: Search, vetoers: Collection[int]) -> tuple[Floats, Floats]:
    """The cheapest shifts found, and those of fewer members that cost hardly more, where there are: each of shape (n,).

    Parameters
    ----------
    vetoers : collection of int
        Those whose no can block.
    """
    rough = search.rough()
    sets = Sets(rough, _TRIES)
    starts = rough.candidates(vetoers)
    found = sorted((sets.descended(start) for start in starts), key=rough.cost)
    pool = [one for one in (*found, *sets.reopened(found[0]), *sets.ties) if rough.reaches(one)] or found
    pool.sort(key=rough.cost)
    close = [one for one in pool[:_MOST] if rough.cost(one) <= rough.cost(pool[0]) * _CLOSE]
    seen = [search.improved(one, np.flatnonzero(one).tolist()) for one in close]
    best = min([one for one in seen if search.reaches(one)] or seen, key=search.cost)
    least, simplest = search.simplest(best)
    return _in_order(search, least), _in_order(search, simplest)


def _in_order(search: Search, shift: Floats) -> Floats:
    """Of members that are alike, those first in the council move, and the first of them furthest."""
    found = shift.copy()
    for group in search.groups:
        found[list(group)] = np.sort(shift[list(group)])[::-1]
    return found


@dataclass(slots=True)
class Sets:
    """The search for a set of members.

    Attributes
    ----------
    search : Search
        For how far each of a set has to move.
    tries : int
        How many sets may be looked at more closely.
    ties : list of array
        Shifts of sets that cost about as much as the one at hand: which is cheaper, more nodes tell.
    """

    search: Search
    tries: int
    ties: list[Floats] = field(default_factory=list, init=False)
    _seen: set[tuple[int, ...]] = field(default_factory=set, init=False)

    def descended(self, shift: Floats) -> Floats:
        """Shifts, shape (n,), of a set that none of those next to it is cheaper than, as far as was looked."""
        self._seen.add(self._numbers(shift))
        while (better := self._better(shift)) is not None:
            shift = better
        return shift

    def _better(self, shift: Floats) -> Floats | None:
        search, cost = self.search, self.search.cost(shift)
        promising = sorted(self._beside(shift), key=lambda one: one[0])
        for seems, start in promising[: 2 * _CLOSER]:
            numbers = (*self._numbers(start), int(start.argmax()) if start.max() > _FAR * shift.max() else -1)
            if seems > cost * _PROMISING or self.tries <= 0:
                return None
            if numbers in self._seen:
                continue
            self._seen.add(numbers)
            near = search.near(start)
            if near is None:
                continue
            self.tries -= 1
            found = search.improved(near, np.flatnonzero(start).tolist())
            if search.cost(found) < cost * (1 - _BETTER):
                return found
            if search.cost(found) < cost * (1 + _BETTER):
                self.ties.append(found)
        return None

    def reopened(self, shift: Floats) -> Iterator[Floats]:
        """Without one of its members, whoever else may come in at once: for one, two of another kind may do."""
        others = [seat for seat in self.search.seats if not shift[seat]]
        for out in self._last(shift) if others else []:
            start = shift.copy()
            start[others] = _OPENED / self.search.costs[others]
            start[out] = 0.0
            near = self.search.near(start)
            if near is not None:
                yield self.search.improved(near, [seat for seat in self.search.seats if seat != out])

    def _last(self, shift: Floats) -> list[int]:
        """Of each group, who moves least of those that move."""
        moved = ([seat for seat in group if shift[seat] > 0] for group in self.search.groups)
        return [min(some, key=shift.__getitem__) for some in moved if some]

    def _numbers(self, shift: Floats) -> tuple[int, ...]:
        """How many of each group move."""
        return tuple(int(np.count_nonzero(shift[list(group)])) for group in self.search.groups)

    def _beside(self, shift: Floats) -> Iterator[tuple[float, Floats]]:
        """Sets next to one, as shifts that nearly reach the target, with what they seem to cost."""
        moved = [[seat for seat in group if shift[seat] > 0] for group in self.search.groups]
        for out in (None, *self._last(shift)):
            rest = shift.copy()
            if out is not None:
                rest[out] = 0.0
            yield from self._with_one_more(rest, out)
        for group, some in zip(self.search.groups, moved, strict=True):
            if some and len(group) >= _GROUP:
                yield from self._other_numbers(shift, group, len(some))

    def _with_one_more(self, rest: Floats, out: int | None) -> Iterator[tuple[float, Floats]]:
        """As they are, where one has left; and with one that comes in."""
        search = self.search
        height, slopes = search.height(rest)
        missing, rise, cost = search.goal - height, float(slopes @ rest), search.cost(rest)
        if out is not None and rise > 0:
            yield cost * max(0.0, 1 + missing / rise), rest
        comers = list(self._comers(rest, out))
        if not comers:
            return
        gained = place_of(search.odds.along(rest, comers, _STEPS)) - height
        for seat, gains in zip(comers, gained, strict=True):
            scales = np.maximum(0.0, 1 + (missing - gains) / rise) if rise > 0 else np.where(gains < missing, np.inf, 0)
            costs = search.costs[seat] * _STEPS + (cost * scales if cost else np.where(scales > 0, np.inf, 0))
            best = int(costs.argmin())
            if np.isfinite(costs[best]):
                start = rest * max(scales[best], 0.1)
                start[seat] += _STEPS[best]
                yield float(costs[best]), start

    def _comers(self, rest: Floats, out: int | None) -> Iterator[int]:
        """Who may come in; and who may come nearer that has moved already, as from no veto to a yes."""
        for group in self.search.groups:
            seats = [seat for seat in group if seat != out]
            yield from [seat for seat in seats if not rest[seat]][:1]
            yield from [seat for seat in seats if rest[seat]][:1]

    def _other_numbers(self, shift: Floats, group: tuple[int, ...], number: int) -> Iterator[tuple[float, Floats]]:
        """Other numbers of a group, which together move as far."""
        search, rise = self.search, self.search.steepness(shift)
        for count in range(1, len(group) + 1):
            if abs(count - number) > 1:
                start = shift.copy()
                start[list(group)] = 0.0
                start[list(group[:count])] = shift[list(group)].sum() / count
                missing = search.goal - float(place_of(np.array(search.odds.adopted(start))))
                yield search.cost(shift) * (1 + missing / rise), start
