"""The walk over the seats: from a vote model and nodes over its factors to the joint table.

At each node the seats are independent: one seat after another is joined to the table of those before it, never 3^15
roll calls. Inner groups of factors are summed for each node of the outer ones before they join.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

from simulator.engines.apart import Pools
from simulator.engines.factors import Forest, Group
from simulator.engines.joint import POOL, JointTable
from simulator.model import VoteModel, choice_odds
from simulator.model.latent import ABSENT, ABSTAIN, NO, YES, Floats

Nodes = Callable[[Group, Floats], tuple[Floats, Floats]]
"""From a group and its members' means in each context, shape (members, contexts), to its factors' nodes, shape
(factors, contexts or 1, q), and their weights, shape (contexts or 1, q)."""

_BLOCK = 1_000_000
"""Most numbers held in one table of a nested group; contexts beyond that are taken in turns."""

_ALONE = 2**18
"""Multiplications up to which OpenBLAS keeps a matrix product to one thread."""

_ODDS, _AT_ONCE = 100, 5
"""What a seat's odds at a node cost, in numbers written; and how many products of a matrix product cost one."""

_NODES_GUESS = 64
"""Nodes of a group, to size blocks by."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What is walked: the model, its forest of factors, and which seats are kept apart.

    Attributes
    ----------
    model : VoteModel
    forest : Forest
        Over the seats to walk, all or some.
    apart : tuple of int
        Seats kept apart, in seat order; all others are pooled.
    choices : tuple of tuple of int
        For every seat, what it can do before company splits what a follower withholds.
    cuts : array, shape (3, n)
        Every seat's thresholds and the width between them; a follower withholds, and leaves no to its company.
    kinds : tuple of bytes
        For every seat, all that its odds at a node depend on: seats alike are worked out once.
    tallies : bool
        Whether pooled seats' no and absence are counted too, or only their yes.
    pools : tuple of tuple of int
        Alike seats whose no are counted along an axis of their own, since each can be a veto; as seats of that axis
        stand the numbers from n up.
    """

    model: VoteModel
    forest: Forest
    apart: tuple[int, ...]
    choices: tuple[tuple[int, ...], ...]
    cuts: Floats
    kinds: tuple[bytes, ...]
    tallies: bool = True
    pools: Pools = ()

    @classmethod
    def of(
        cls, model: VoteModel, forest: Forest, apart: tuple[int, ...], *, tallies: bool = True, pools: Pools = ()
    ) -> Walk:
        """The walk of a model."""
        cuts = _cuts(model)
        return cls(model, forest, apart, _choices(model), cuts, _kinds(model, forest, cuts), tallies, pools)

    def joint(self, nodes: Nodes) -> JointTable:
        """The joint table, with company and with what was learnt put in."""
        tables = [
            self._group(root, self.model.latent.mean[list(root.members), None], nodes) for root in self.forest.roots
        ]
        if self.forest.free:
            free = list(self.forest.free)
            tables += self._seats(free, self.model.latent.mean[free, None], np.ones(len(free)))
        return self._finished(_joined(tables))

    def _finished(self, whole: _Table) -> JointTable:
        """The table with its axes in seat order, followers split, and what was learnt applied."""
        choices = {seat: self._choices_along(seat) for seat in whole.seats}
        shape = [len(choices[seat]) for seat in whole.seats]
        counts = whole.cells.shape[1:4]
        order = sorted(range(len(shape)), key=whole.seats.__getitem__)
        table = whole.cells[..., 0].reshape(*shape, *counts)
        table = table.transpose(*order, *range(len(shape), len(shape) + 3))
        seats = tuple(sorted(whole.seats))
        walked = len(self.forest.free) + sum(len(root.members) for root in self.forest.roots)
        pooled = walked - sum(seat < len(self.choices) for seat in seats)
        joint = JointTable(seats, tuple(choices[seat] for seat in seats), table, pooled, self.pools)
        company = [pair for pair in self.model.company if pair.follower in seats and pair.leader in seats]
        return joint.with_company(company).restricted(self.model.likelihood)

    def _choices_along(self, seat: int) -> tuple[int, ...]:
        """What stands along the axis of a seat kept apart, or of a pool."""
        if seat < len(self.choices):
            return self.choices[seat]
        return tuple(POOL + count for count in range(len(self.pools[seat - len(self.choices)]) + 1))

    def _group(self, group: Group, means: Floats, nodes: Nodes) -> _Table:
        """The table of a group's members in each context, its factors summed over.

        Contexts, and the nodes of one context, are taken in turns where their tables would not fit.
        """
        parts = []
        size = self._held(group)
        block = max(1, _BLOCK // (_NODES_GUESS * size + self.cells(group.members)))
        for start in range(0, means.shape[1], block):
            here = means[:, start : start + block]
            points, weights = nodes(group, here)
            turn = max(1, _BLOCK // (size * here.shape[1]))
            turns = [
                self._at(group, here, points[:, :, first : first + turn], weights[:, first : first + turn], nodes)
                for first in range(0, points.shape[2], turn)
            ]
            parts.append(
                replace(turns[0], cells=np.sum([one.cells for one in turns], axis=0)) if turns[1:] else turns[0]
            )
        return (
            replace(parts[0], cells=np.concatenate([part.cells for part in parts], axis=-1)) if parts[1:] else parts[0]
        )

    def _at(self, group: Group, means: Floats, points: Floats, weights: Floats, nodes: Nodes) -> _Table:
        """The table of a group's members summed over these nodes of its factors."""
        loadings = self.forest.loadings[list(group.members)][:, list(group.factors)]
        moved = means[:, :, None] + np.tensordot(loadings, points, axes=1)
        contexts, count = means.shape[1], points.shape[2]
        moved = moved.reshape(len(group.members), contexts * count)
        place = {seat: row for row, seat in enumerate(group.members)}
        tables: list[_Table] = []
        if group.direct:
            rows = [place[seat] for seat in group.direct]
            tables += self._seats(list(group.direct), moved[rows], self._noise(group))
        for child in group.children:
            tables.append(self._group(child, moved[[place[seat] for seat in child.members]], nodes))
        return _summed(tables, np.broadcast_to(weights, (contexts, count)))

    def _noise(self, group: Group) -> Floats:
        """Standard deviation of the own noise of a group's direct members: no inner factor moves them."""
        known: Floats = (self.forest.loadings[list(group.direct)] ** 2).sum(axis=1)
        return np.sqrt(np.maximum(0.0, 1 - known))

    def _odds(self, seats: list[int], means: Floats, noise: Floats) -> Floats:
        """The odds of seats at each node: shape (seats, nodes, 4); a follower's withheld vote stands under abstain."""
        cuts, absent = self.cuts[:, seats, None], self.model.latent.absent[seats, None]
        # A member without own noise jumps: the smallest number stands in for 0, and the quotients for ±infinity.
        scale = np.maximum(noise, 1e-300)[:, None]
        with np.errstate(over="ignore"):
            return choice_odds((cuts[0] - means) / scale, (cuts[1] - means) / scale, absent, cuts[2] / scale)

    def _seats(self, seats: list[int], means: Floats, noise: Floats) -> list[_Table]:
        """The tables of independent seats: one of those kept apart, one of those pooled."""
        alike: dict[bytes, list[int]] = {}
        for place, seat in enumerate(seats):
            alike.setdefault(self.kinds[seat], []).append(place)
        firsts = [places[0] for places in alike.values()]
        found = self._odds([seats[place] for place in firsts], means[firsts], noise[firsts])
        odds = {seats[place]: own for places, own in zip(alike.values(), found, strict=True) for place in places}
        tables = []
        apart = [seat for seat in seats if seat in self.apart]
        if apart:
            tables.append(self._kept_apart(apart, odds))
        for number, pool in enumerate(self.pools, len(self.choices)):
            if pool[0] in odds:
                tables.append(self._with_vetoes(number, pool, odds[pool[0]]))
        alone = {seat for pool in self.pools for seat in pool}.union(self.apart)
        pooled = [[seats[place] for place in places if seats[place] not in alone] for places in alike.values()]
        if any(pooled):
            tables.append(self._pooled([same for same in pooled if same], odds))
        return tables

    def _with_vetoes(self, number: int, pool: tuple[int, ...], odds: Floats) -> _Table:
        """The table of a pool: how many of its seats vote no is its state, their yes and absence are counts."""
        whole = _alike((odds * self.model.likelihood[pool[0]]).T, len(pool), tallies=True)
        cells = whole.cells[0].transpose(1, 0, 2, 3)[:, :, None]
        if not self.tallies:
            cells = cells.sum(axis=3, keepdims=True)
        return _Table((number,), cells, len(pool))

    def _kept_apart(self, seats: list[int], odds: dict[int, Floats]) -> _Table:
        nodes = len(odds[seats[0]])
        cells = np.ones((1, nodes))
        for seat in seats:
            own = odds[seat].T[list(self.choices[seat])]
            cells = (cells[:, None, :] * own[None, :, :]).reshape(-1, nodes)
        return _Table(tuple(seats), cells[:, None, None, None, :])

    def _pooled(self, alike: list[list[int]], odds: dict[int, Floats]) -> _Table:
        """How many of these seats vote yes, vote no, and take no part, at each node; what was learnt is put in."""
        likelihood = self.model.likelihood
        return _joined(_alike((odds[same[0]] * likelihood[same[0]]).T, len(same), self.tallies) for same in alike)

    def cells(self, seats: Iterable[int]) -> int:
        """How many numbers the joint table of some seats holds."""
        kept, counts = self._sizes(seats)
        return kept * counts

    def work(self, group: Group) -> float:
        """How much is worked out at one node of a group, in nanoseconds of a slow machine."""
        kept, counts = self._sizes(group.members)
        return _ODDS * len(group.direct) + self._held(group) + kept * counts / _AT_ONCE

    def _held(self, group: Group) -> int:
        """How many numbers are held at one node of a group: states with the counts of inner groups, and counts."""
        kept, counts = self._sizes(group.members)
        inner = prod(self._sizes(child.members)[1] for child in group.children)
        return kept * inner + counts

    def _sizes(self, seats: Iterable[int]) -> tuple[int, int]:
        """How many states some seats have that are kept apart, and how many counts the others."""
        followers = tuple(pair.follower for pair in self.model.company)
        return _sizes(tuple(seats), self.apart, self.choices, followers, self.pools, self.tallies)


@lru_cache(maxsize=256)
def _sizes(
    seats: tuple[int, ...],
    apart: tuple[int, ...],
    choices: tuple[tuple[int, ...], ...],
    followers: tuple[int, ...],
    pools: Pools,
    tallies: bool,
) -> tuple[int, int]:
    kept, pooled = 1, 1
    for seat in seats:
        kept *= len(choices[seat]) + (seat in followers) if seat in apart else 1
        pooled += seat not in apart
    voting_no = pooled - sum(len(pool) for pool in pools if pool[0] in seats)
    kept *= prod(len(pool) + 1 for pool in pools if pool[0] in seats)
    away = sum(ABSENT in choices[seat] for seat in seats if seat not in apart)
    return kept, pooled * (voting_no * (1 + away) if tallies else 1)


def _cuts(model: VoteModel) -> Floats:
    cuts = np.stack([model.latent.no_below, model.latent.yes_from, model.latent.band])
    followers = [pair.follower for pair in model.company]
    cuts[0, followers] = -np.inf
    cuts[2, followers] = np.inf
    return cuts


def _kinds(model: VoteModel, forest: Forest, cuts: Floats) -> tuple[bytes, ...]:
    latent = model.latent
    columns = (*cuts, latent.mean, latent.absent, forest.loadings, model.likelihood)
    return tuple(row.tobytes() for row in np.column_stack(columns))


def _choices(model: VoteModel) -> tuple[tuple[int, ...], ...]:
    """What each seat can do; of a follower, before company splits what it withholds, which stands under abstain."""
    latent = model.latent
    followers = {pair.follower for pair in model.company}
    cuts = zip(latent.no_below.tolist(), latent.yes_from.tolist(), latent.absent.tolist(), strict=True)
    choices = []
    for seat, (no_below, yes_from, absent) in enumerate(cuts):
        part = absent < 1
        follows = seat in followers
        possible = (
            (YES, part and yes_from < np.inf),
            (ABSTAIN, part and (yes_from > -np.inf if follows else no_below < yes_from)),
            (NO, part and not follows and no_below > -np.inf),
            (ABSENT, absent > 0),
        )
        choices.append(tuple(choice for choice, can in possible if can))
    return tuple(choices)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table in the making: axes are states of `seats` (in that order, flattened), yes, no, absent, nodes.

    `pooled` seats are counted in it, so a cell of more than that many votes is empty.
    """

    seats: tuple[int, ...]
    cells: Floats
    pooled: int = 0

    def joined(self, other: _Table) -> _Table:
        """The table of both: states side by side, counts added up, node by node."""
        if other.cells[0, ..., 0].size > self.cells[0, ..., 0].size:
            return other.joined(self)
        counts = self.cells.shape[1:4]
        shape = [size + more - 1 for size, more in zip(counts, other.cells.shape[1:4], strict=True)]
        nodes = max(self.cells.shape[4], other.cells.shape[4])
        result = np.zeros((len(self.cells), len(other.cells), *shape, nodes))
        for cell in np.ndindex(other.cells.shape[1:4]):
            if sum(cell) <= other.pooled:
                window = tuple(slice(start, start + size) for start, size in zip(cell, counts, strict=True))
                result[:, :, *window] += self.cells[:, None] * other.cells[:, *cell][None, :, None, None, None]
        return _Table(self.seats + other.seats, result.reshape(-1, *shape, nodes), self.pooled + other.pooled)


def _alike(odds: Floats, count: int, tallies: bool) -> _Table:
    """The votes of `count` independent seats with the same odds, shape (4, nodes): a multinomial at each node."""
    if not tallies:
        yes, rest = odds[YES], odds[ABSTAIN] + odds[NO] + odds[ABSENT]
        ways = np.array([comb(count, place) for place in range(count + 1)], dtype=float)[:, None]
        return _Table((), (ways * _powers(yes, count) * _powers(rest, count)[::-1])[None, :, None, None], count)
    away = count if odds[ABSENT].any() else 0
    ways, abstaining = _multinomial(count, away)
    cells = _powers(odds[YES], count)[:, None, None] * _powers(odds[NO], count)[None, :, None] * ways[..., None]
    cells *= _powers(odds[ABSTAIN], count)[abstaining]
    if away:
        cells *= _powers(odds[ABSENT], away)
    return _Table((), cells[None], count)


def _powers(base: Floats, most: int) -> Floats:
    """The powers 0 to `most` of an array, along a new first axis."""
    powers = np.empty((most + 1, *base.shape))
    powers[0] = 1.0
    for place in range(most):
        np.multiply(powers[place], base, out=powers[place + 1])
    return powers


@lru_cache(maxsize=64)
def _multinomial(count: int, away: int) -> tuple[Floats, NDArray[np.int64]]:
    """Ways to have y yes, n no and a absent among `count` seats, and how many abstain then; by y, n, a."""
    yes, no, absent = np.indices((count + 1, count + 1, away + 1))
    left = count - yes - no - absent
    ways = np.zeros(left.shape)
    for cell in zip(*np.nonzero(left >= 0), strict=True):
        y, n, a = map(int, cell)
        ways[cell] = comb(count, y) * comb(count - y, n) * comb(count - y - n, a)
    return ways, np.maximum(left, 0)


def _summed(tables: list[_Table], weights: Floats) -> _Table:
    """The tables joined and summed over each context's nodes.

    Tables with states and tables of counts only meet in matrix products, which never hold both at every node.
    """
    contexts, count = weights.shape
    states = _joined([table for table in tables if table.seats])
    others = _joined([table for table in tables if not table.seats])
    counts = others.cells.shape[1:4]
    possible = _possible(counts, others.pooled)
    right = _by_context(others.cells[0, possible], contexts, count) * weights
    shape = [size + more - 1 for size, more in zip(states.cells.shape[1:4], counts, strict=True)]
    cells = np.zeros((len(states.cells), *shape, contexts))
    for cell in np.ndindex(states.cells.shape[1:4]):
        if sum(cell) <= states.pooled:
            left = _by_context(states.cells[:, *cell], contexts, count)
            product = _products(left.transpose(1, 0, 2), right.transpose(1, 2, 0)).transpose(1, 2, 0)
            window = cells[:, *(slice(start, start + size) for start, size in zip(cell, counts, strict=True))]
            window[:, possible] = window[:, possible] + product if states.pooled else product
    return _Table(states.seats, cells, states.pooled + others.pooled)


def _products(left: Floats, right: Floats) -> Floats:
    """``left @ right`` for each context, shapes (contexts, rows, q) and (contexts, q, columns).

    A product of middling size is cut into pieces small enough that the linear algebra library does them itself:
    waking its threads and waiting for them would take longer than the product.
    """
    contexts, rows, nodes = left.shape
    numbers = rows * nodes * right.shape[2]
    if not _ALONE < numbers < 64 * _ALONE:
        return left @ right
    wanted = -(-numbers // _ALONE)
    pieces = next((some for some in range(wanted, min(rows, 8 * wanted) + 1) if rows % some == 0), 1)
    return (left.reshape(contexts, pieces, -1, nodes) @ right[:, None]).reshape(contexts, rows, -1)


def _by_context(cells: Floats, contexts: int, count: int) -> Floats:
    """Cells of shape (…, contexts · count or 1) as (…, contexts, count)."""
    if cells.shape[1] == contexts * count:
        return cells.reshape(-1, contexts, count)
    return np.broadcast_to(cells[:, :, None], (len(cells), contexts, count))


@lru_cache(maxsize=64)
def _possible(counts: tuple[int, ...], pooled: int) -> NDArray[np.bool_]:
    """Which cells of a table of counts have no more votes than seats."""
    possible: NDArray[np.bool_] = np.indices(counts).sum(axis=0) <= pooled
    return possible


def _joined(tables: Iterable[_Table]) -> _Table:
    """All tables in one; of none, the table of nobody."""
    first, *rest = [*tables] or [_Table((), np.ones((1, 1, 1, 1, 1)))]
    for table in rest:
        first = first.joined(table)
    return first
