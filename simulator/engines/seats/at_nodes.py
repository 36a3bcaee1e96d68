"""The odds of adoption when members' support is shifted, at nodes of the shared factors, with all their slopes at once.

A node is one way things may stand together with one value of the factors: there, seats are independent but for company.
What was learnt, it was learnt of the draft as it stands. So it weighs the nodes once and for all, and a shift moves no
belief about the draft: at each node the votes are drawn with the shifted support, given what was learnt of the
members. (Were the shifted support believed to have been there when a member said that it opposes, the statement would
speak against the draft all the more, and winning the member over would lower the odds.) Where nothing was learnt of
those that move, nor of who follows them, that is the scenario with other support, and the exact engine says the same.

The votes are counted a leader with its followers at a time. From the counts before and after each of these, the odds
are a sum over its own votes: the slopes of all members, and the odds along any one of them, cost two passes in place of
one a member.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.engines.readout import endings_grid
from simulator.engines.seats.counts import alone, cast, counted, further, nobody
from simulator.facts import Outcome
from simulator.model import VoteModel, choice_odds
from simulator.model.latent import ABSENT, ABSTAIN, NO, YES, Floats
from simulator.rules import Majority

_AT_ONCE = 2048
"""Nodes counted at once: so many that their numbers stay in the processor's cache."""

_COLUMNS = ("low", "high", "band", "unit", "absent", "if_leader_no", "otherwise")
"""What nodes have for each seat, or pair."""

_FAINT = 1e-8
"""Share of the weight that may be left out."""

_GOLDEN = (np.sqrt(5) - 1) / 2


class Points(NamedTuple):
    """Values of a model's shared factors.

    Attributes
    ----------
    factors : array, shape (k, points)
    weights : array, shape (points,)
        They sum to 1.
    least : float
        Own noise, in standard deviations of support, that every seat is given at least.
    """

    factors: Floats
    weights: Floats
    least: float


@dataclass(frozen=True, slots=True)
class Block:
    """A leader with its followers, or a seat for itself.

    Attributes
    ----------
    seat : int
        The leader.
    followers : tuple of (int, int)
        Seats, and their places in :attr:`Nodes.if_leader_no`.
    """

    seat: int
    followers: tuple[tuple[int, int], ...] = ()

    @property
    def seats(self) -> tuple[int, ...]:
        """All of them."""
        return (self.seat, *(seat for seat, _ in self.followers))


@dataclass(frozen=True)
class Nodes:
    """Ways things may stand that share a majority and who follows whom, at values of their factors.

    Attributes
    ----------
    model : VoteModel
        Whose seats, leaders and evidence all share; its latent votes are not used.
    majority : Majority
    weights : array, shape (m,)
        Of the nodes, before anything was learnt.
    low, high, band : array, shape (n, m)
        Thresholds of no and of yes less the support at the node, and the width between, in units of own noise.
    unit : array, shape (n, m)
        One standard deviation of support in units of own noise.
    absent : array, shape (n, m)
    if_leader_no, otherwise : array, shape (pairs, m)
        Of ``model.company``, node by node.
    """

    model: VoteModel
    majority: Majority
    weights: Floats
    low: Floats
    high: Floats
    band: Floats
    unit: Floats
    absent: Floats
    if_leader_no: Floats
    otherwise: Floats

    @classmethod
    def of(cls, models: Sequence[tuple[VoteModel, float, Points]], majority: Majority) -> Nodes:
        """From vote models with their weights, at values of their factors."""
        first = models[0][0]
        parts = [_placed(model, points) for model, _, points in models]
        low, high, band, unit, absent = (np.concatenate(each, axis=1) for each in zip(*parts, strict=True))
        weights = np.concatenate([weight * points.weights for _, weight, points in models])
        if_no, otherwise = (
            np.concatenate(
                [
                    np.tile([[getattr(pair, name)] for pair in model.company], (1, len(points.weights)))
                    if model.company
                    else np.empty((0, len(points.weights)))
                    for model, _, points in models
                ],
                axis=1,
            )
            for name in ("if_leader_no", "otherwise")
        )
        return cls(first, majority, weights, low, high, band, unit, absent, if_no, otherwise)

    @classmethod
    def joined(cls, parts: Sequence[Nodes]) -> Nodes:
        """The nodes of several of one majority, of the same seats with the same leaders, as one."""
        columns = (np.concatenate([getattr(one, name) for one in parts], axis=-1) for name in ("weights", *_COLUMNS))
        return cls(parts[0].model, parts[0].majority, *columns)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every seat in one of them."""
        following = {pair.follower for pair in self.model.company}
        return tuple(
            Block(seat, tuple((pair.follower, at) for at, pair in enumerate(self.model.company) if pair.leader == seat))
            for seat in range(len(self.low))
            if seat not in following
        )

    @cached_property
    def explained(self) -> Floats:
        """Weights times the likelihood of what was learnt, shape (m,), as the draft stands."""
        likelihood = self.weights.copy()
        rows = self._rows(np.zeros(len(self.low)))
        for block in self.blocks:
            if self._learnt(block):
                likelihood *= self._votes(block, rows).sum(axis=(0, 1))
        return likelihood

    @property
    def evidence(self) -> float:
        """Probability of what was learnt, together with these nodes."""
        return float(self.explained.sum())

    def kind(self, seat: int) -> tuple[object, ...]:
        """What a seat has in common with those that are like it in all that counts here; its own if it has company."""
        if any(seat in (pair.leader, pair.follower) for pair in self.model.company):
            return (seat,)
        rows = (np.round(getattr(self, name)[seat], 9).tobytes() for name in ("low", "high", "unit", "absent"))
        return (*rows, self.model.likelihood[seat].tobytes(), bool(self.model.permanent[seat]))

    def adopted(self, shift: Floats) -> float:
        """Odds of adoption together with what was learnt, with support shifted.

        Parameters
        ----------
        shift : array, shape (n,)
            In standard deviations of latent support.
        """
        total = 0.0
        for part in self._parts:
            rows, counts = part._rows(shift), part._start()
            for block in part.blocks:
                counts = counted(counts, part._kernel(block, rows))
            total += float((counts * part._end).sum())
        return total

    def slopes(self, shift: Floats) -> tuple[float, Floats]:
        """The same, and its slope in each seat's shift: shape (n,)."""
        total, slopes = 0.0, np.zeros(len(self.low))
        for part in self._parts:
            rows, steep = part._rows(shift), part._steepness(shift)
            for block, kernel, beside in part._around(rows):
                if block is part.blocks[0]:
                    total += float((kernel * beside).sum())
                for seat in block.seats:
                    slopes[seat] += float((part._slope(block, seat, steep, rows, kernel) * beside).sum())
        return total, slopes

    def along(self, shift: Floats, seats: Sequence[int], steps: Floats) -> Floats:
        """The same odds with one seat shifted by as much more: shape (seats, steps)."""
        found = np.zeros((len(seats), len(steps)))
        for part in self._parts:
            rows = part._rows(shift)
            beside = {seat: (block, own) for block, _, own in part._around(rows) for seat in block.seats}
            for (row, seat), (column, step) in product(enumerate(seats), enumerate(steps)):
                block, own = beside[seat]
                moved = [*rows[:seat], part._row(seat, shift[seat] + step), *rows[seat + 1 :]]
                found[row, column] += float((part._kernel(block, moved) * own).sum())
        return found

    def choices(self, shift: Floats, seats: Collection[int]) -> Floats:
        """Weight of some seats' choices together with what was learnt, support shifted: shape (n, 4), others' 0."""
        found = np.zeros((len(self.low), 4))
        for part in self._parts:
            rows = part._rows(shift)
            for block in part.blocks:
                asked = [one for one in enumerate(block.seats) if one[1] in seats]
                if asked:
                    whole = part._votes(block, rows).sum(axis=(0, 1))
                    scale = _share(part.explained, whole)
                for (place, seat), choice in product(asked, range(4)):
                    votes = part._votes(block, rows, (place, choice)).sum(axis=(0, 1))
                    found[seat, choice] += float((votes * scale).sum())
        return found

    def trimmed(self, share: float) -> Nodes:
        """The same without the lightest nodes, which together weigh that share of all."""
        order = np.argsort(self.explained, kind="stable")
        light = int(np.searchsorted(np.cumsum(self.explained[order]), share * self.evidence))
        some = np.sort(order[light:])
        return self._at(some, self.explained[some])

    def thinned(self, count: int) -> Nodes:
        """About as many of the nodes, each as often as what was learnt makes it likely: for a quick look."""
        if len(self.weights) <= count:
            return self
        places = np.cumsum(self.explained)
        within = np.arange(count) * _GOLDEN % 1  # equal steps would fall in with those of the grid
        picked = np.searchsorted(places, (np.arange(count) + within) / count * places[-1])
        some, often = np.unique(np.minimum(picked, len(places) - 1), return_counts=True)
        return self._at(some, often * (places[-1] / count))

    def with_yes(self, seat: int) -> Nodes:
        """The same where a seat is sure to take part and vote yes, whatever was learnt of it."""
        low, high, absent = self.low.copy(), self.high.copy(), self.absent.copy()
        low[seat], high[seat], absent[seat] = -np.inf, -np.inf, 0.0
        likelihood = self.model.likelihood.copy()
        likelihood[seat] = 1.0
        company = [at for at, pair in enumerate(self.model.company) if pair.follower != seat]
        model = replace(self.model, likelihood=likelihood, company=tuple(self.model.company[at] for at in company))
        return replace(
            self,
            model=model,
            low=low,
            high=high,
            absent=absent,
            if_leader_no=self.if_leader_no[company],
            otherwise=self.otherwise[company],
        )

    @cached_property
    def _parts(self) -> tuple[Nodes, ...]:
        """Some nodes at a time; those that all together hardly count are left out."""
        kept = np.flatnonzero(self.explained > _FAINT * self.evidence / len(self.weights))
        every = (kept[start : start + _AT_ONCE] for start in range(0, len(kept), _AT_ONCE))
        return tuple(self._at(some, self.explained[some]) for some in every)

    def _at(self, some: NDArray[np.int64], explained: Floats) -> Nodes:
        """Some of the nodes, with weights after what was learnt."""
        part = replace(self, weights=explained, **{name: getattr(self, name)[:, some] for name in _COLUMNS})
        vars(part)["explained"] = explained  # what was learnt has weighed them already
        return part

    def _learnt(self, block: Block) -> bool:
        return any(seat in self._learnt_of for seat in block.seats)

    @cached_property
    def _learnt_of(self) -> frozenset[int]:
        return frozenset(self.model.learnt)

    def _rows(self, shift: Floats) -> list[Floats]:
        """Every seat's odds of its choices, whatever its company: shape (m, 4) each."""
        return list(self._odds(slice(None), shift[:, None]))

    def _row(self, seat: int, by: float) -> Floats:
        return self._odds(seat, by)

    def _odds(self, some: int | slice, by: float | Floats) -> Floats:
        more = by * self.unit[some]
        with np.errstate(over="ignore"):
            return choice_odds(self.low[some] - more, self.high[some] - more, self.absent[some], self.band[some])

    def _steepness(self, shift: Floats) -> Floats:
        """By how much every seat's odds of its choices change with its shift: shape (n, m, 4)."""
        more = shift[:, None] * self.unit
        with np.errstate(over="ignore"):
            low, high = (np.exp(-((cut - more) ** 2) / 2) for cut in (self.low, self.high))
        scale = (1.0 - self.absent) * self.unit / np.sqrt(2 * np.pi)
        found = np.zeros((*low.shape, 4))
        found[..., YES], found[..., NO] = scale * high, -scale * low
        found[..., ABSTAIN] = scale * (low - high)
        return found

    def _votes(self, block: Block, rows: Sequence[Floats], only: tuple[int, int] | None = None) -> Floats:
        """Odds of a block's yes votes and vetoes together with what was learnt of it: shape (yes, vetoes, m).

        `only` counts the rolls on which the seat of that place makes one choice.
        """
        own = _narrowed(rows[block.seat] * self.model.likelihood[block.seat], 0, only)
        permanent = self.model.permanent[block.seat]
        size = len(block.seats) + 1, sum(self.model.permanent[seat] for seat in block.seats) + 1
        if not block.followers:
            return alone(own, permanent)
        total = np.zeros((*size, len(own)))
        for refuses, shares in ((False, self.otherwise), (True, self.if_leader_no)):
            kept = own.copy()
            kept[:, [YES, ABSTAIN, ABSENT] if refuses else NO] = 0.0
            counts = cast(nobody(size, len(own)), kept, permanent)
            for place, (seat, at) in enumerate(block.followers, 1):
                row = rows[seat].copy()
                withheld = row[:, ABSTAIN] + row[:, NO]
                row[:, ABSTAIN], row[:, NO] = withheld * (1 - shares[at]), withheld * shares[at]
                row = _narrowed(row * self.model.likelihood[seat], place, only)
                counts = cast(counts, row, self.model.permanent[seat])
            total += counts
        return total

    def _kernel(self, block: Block, rows: Sequence[Floats]) -> Floats:
        """Odds of a block's yes votes and vetoes, given what was learnt of it: shape (yes, vetoes, m)."""
        votes = self._votes(block, rows)
        return _share(votes, votes.sum(axis=(0, 1))) if self._learnt(block) else votes

    def _slope(self, block: Block, seat: int, steep: Floats, rows: list[Floats], kernel: Floats) -> Floats:
        """By how much the kernel changes with a seat's shift: votes are linear in each seat's odds."""
        change = self._votes(block, [*rows[:seat], steep[seat], *rows[seat + 1 :]])
        if not self._learnt(block):
            return change
        whole = self._votes(block, rows).sum(axis=(0, 1))
        return _share(change - kernel * change.sum(axis=(0, 1)), whole)

    def _start(self) -> Floats:
        counts = np.zeros((self.majority.quota + 1, (self.majority.vetoes_needed or 0) + 1, len(self.weights)))
        counts[0, 0] = self.explained
        return counts

    @cached_property
    def _end(self) -> Floats:
        """Whether the draft is adopted, by counts of yes votes and vetoes: shape (yes, vetoes, 1)."""
        grid, _ = endings_grid(self.majority, self.majority.quota, self.majority.vetoes_needed or 0)
        won: Floats = (grid == tuple(Outcome).index(Outcome.ADOPTED)).astype(float)[:, :, None]
        return won

    def _around(self, rows: Sequence[Floats]) -> Iterator[tuple[Block, Floats, Floats]]:
        """For each block, its kernel, and the odds of adoption by its yes votes and vetoes, nodes weighed."""
        kernels = [self._kernel(block, rows) for block in self.blocks]
        before = [self._start()]
        for kernel in kernels[:-1]:
            before.append(counted(before[-1], kernel))
        after = np.repeat(self._end, len(self.weights), axis=2)
        for block, kernel, counts in zip(self.blocks[::-1], kernels[::-1], before[::-1], strict=True):
            reached = further(after, kernel)
            beside = np.zeros_like(kernel)
            for place, ahead in reached.items():
                beside[place] = np.einsum("yvm,yvm->m", counts, ahead)
            yield block, kernel, beside
            after = sum((ahead * kernel[place] for place, ahead in reached.items()), np.zeros(1))


def _placed(model: VoteModel, points: Points) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Thresholds, bands, units and absence of every seat at some points: shape (n, points) each.

    A seat with hardly any noise of its own would jump from one choice to another between two nodes. It is given a
    little, at the cost of what it shares: its own odds stay, and it moves with the others nearly as closely.
    """
    latent, count = model.latent, len(points.weights)
    shared = (latent.loadings**2).sum(axis=1)
    most = 1 - points.least**2
    kept = np.sqrt(np.minimum(1.0, most / np.maximum(shared, most)))
    noise = np.sqrt(1 - shared * kept**2)
    unit = np.repeat((1 / noise)[:, None], count, axis=1)
    support = latent.mean[:, None] + (latent.loadings * kept[:, None]) @ points.factors
    low, high = ((cut[:, None] - support) * unit for cut in (latent.no_below, latent.yes_from))
    band = latent.band[:, None] * unit
    return low, high, band, unit, np.repeat(latent.absent[:, None], count, axis=1)


def _narrowed(row: Floats, place: int, only: tuple[int, int] | None) -> Floats:
    if only is None or only[0] != place:
        return row
    narrowed = np.zeros_like(row)
    narrowed[:, only[1]] = row[:, only[1]]
    return narrowed


def _share(votes: Floats, whole: Floats) -> Floats:
    """Part of the whole at each node; nothing where that cannot be."""
    return np.divide(votes, whole, out=np.zeros_like(votes), where=whole > 0)
