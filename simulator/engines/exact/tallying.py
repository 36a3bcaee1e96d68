"""Counting yes votes and vetoes of many models at once, at every node of their shared factors.

What the walk does for one model and every question, this does for many models of one structure and one question: who
votes what is forgotten as soon as it is counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.special import ndtr

from simulator.engines.factors import Forest, Group
from simulator.model import VoteModel, choice_odds
from simulator.model.latent import ABSENT, ABSTAIN, NO, YES, Floats

NodesOf = Mapping[tuple[int, ...], tuple[Floats, Floats]]
"""For each group, by its factors: nodes, shape (factors, q), and weights, shape (q,), the same for every model."""

Votes = tuple[Floats, Floats, Floats]
"""A seat's odds of yes, of no, and of neither, shapes (rows, contexts); times the likelihood of what was learnt."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Latent votes of many models of one structure.

    Attributes
    ----------
    low, high : array, shape (n, rows)
        Thresholds less the mean.
    band : array, shape (n, rows)
        Width between them.
    absent : array, shape (n, rows)
    loadings : array, shape (n, factors, rows) or (n, factors, 1)
        On the factors of the forest.
    """

    low: Floats
    high: Floats
    band: Floats
    absent: Floats
    loadings: Floats

    def some(self, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Rows:
        """Some of them."""
        loadings = self.loadings if self.loadings.shape[2] == 1 else self.loadings[:, :, rows]
        return Rows(self.low[:, rows], self.high[:, rows], self.band[:, rows], self.absent[:, rows], loadings)


@dataclass(frozen=True, slots=True)
class Tallying:
    """One count of many models' votes.

    Tables have axes yes, vetoes, rows, contexts; vetoes beyond `cap` count as `cap`. A context is a combination of
    nodes of outer factors.

    Attributes
    ----------
    model : VoteModel
        What all rows share: who is permanent, company, what was learnt.
    forest : Forest
    rows : Rows
    nodes : NodesOf
    cap : int
        Vetoes that block; 0 where none do.
    leaders : dict
        Whether each leader votes no in the case at hand.
    """

    model: VoteModel
    forest: Forest
    rows: Rows
    nodes: NodesOf
    cap: int
    leaders: Mapping[int, bool]

    def table(self) -> Floats:
        """All seats' table, shape (yes + 1, cap + 1, rows)."""
        shifts = np.zeros((len(self.model.members), 1, 1))
        tables = [self._group(root, shifts) for root in self.forest.roots]
        if self.forest.free:
            tables += self._seats(self.forest.free, shifts)
        return self._joined(tables)[..., 0]

    def _group(self, group: Group, shifts: Floats) -> Floats:
        """The table of a group's members, its factors summed over; `shifts` is what outer factors add, by seat."""
        points, weights = self.nodes[group.factors]
        members = list(group.members)
        loadings = self.rows.loadings[members][:, list(group.factors)]
        added = np.einsum("skr,kq->srq", loadings, points)
        rows, contexts = max(shifts.shape[1], added.shape[1]), shifts.shape[2]
        inner = np.zeros((len(shifts), rows, contexts * len(weights)))
        inner[members] = (shifts[members][..., None] + added[:, :, None, :]).reshape(len(members), rows, -1)
        tables = self._seats(group.direct, inner) if group.direct else []
        tables += [self._group(child, inner) for child in group.children]
        return self._summed(tables, weights, contexts)

    def _summed(self, tables: list[Floats], weights: Floats, contexts: int) -> Floats:
        """The tables joined and summed over the nodes of each context, as a matrix product of two of them."""
        *rest, last = sorted(tables, key=lambda table: table.shape[0] * table.shape[1])
        one = self._joined(rest)
        shape = np.broadcast_shapes(one.shape[2:], last.shape[2:])
        left, right = (
            np.broadcast_to(table, (*table.shape[:2], *shape)).reshape(-1, shape[0], contexts, len(weights))
            for table in (one, last)
        )
        summed = (left * weights).transpose(1, 2, 0, 3) @ right.transpose(1, 2, 3, 0)
        every = summed.transpose(2, 3, 0, 1).reshape(*one.shape[:2], *last.shape[:2], shape[0], contexts)
        result = self._empty(len(one) + len(last) - 1, shape[0], contexts)
        for yes, vetoes, more in np.ndindex(len(one), one.shape[1], last.shape[1]):
            result[yes : yes + len(last), min(vetoes + more, self.cap)] += every[yes, vetoes, :, more]
        return result

    def _seats(self, seats: Sequence[int], shifts: Floats) -> list[Floats]:
        """The tables of independent seats: of those whose no counts, and of the others."""
        counted = [seat for seat in seats if self.model.permanent[seat] and self.cap]
        others = [seat for seat in seats if seat not in counted]
        tables = []
        for some, vetoing in ((counted, True), (others, False)):
            if some:
                tables.append(self._counted(self._votes(some, shifts[some], vetoing), self.cap if vetoing else 0))
        return tables

    def _votes(self, seats: list[int], shifts: Floats, vetoing: bool) -> list[Votes]:
        """The odds of some seats, at once where nothing but a count is asked of them."""
        special = {*self.model.learnt, *self.leaders, *(pair.follower for pair in self.model.company)}
        plain = [place for place, seat in enumerate(seats) if seat not in special]
        votes: dict[int, Votes] = {}
        if plain:
            chosen = [seats[place] for place in plain]
            part = 1 - self.rows.absent[chosen][..., None]
            yes = part * ndtr((shifts[plain] - self.rows.high[chosen][..., None]) / self._scale(chosen))
            no = np.zeros((len(plain), 1, 1))
            if vetoing:
                no = part * ndtr((self.rows.low[chosen][..., None] - shifts[plain]) / self._scale(chosen))
            votes = dict(zip(plain, zip(yes, no, 1 - yes - no, strict=True), strict=True))
        return [
            votes[place] if place in votes else self._special(seat, shifts[place], vetoing)
            for place, seat in enumerate(seats)
        ]

    def _scale(self, seats: list[int]) -> Floats:
        """Standard deviation of own noise, shape (seats, rows, 1)."""
        known = (self.rows.loadings[seats] ** 2).sum(axis=1)
        scale: Floats = np.sqrt(np.maximum(0.0, 1 - known))[..., None]
        return scale

    def _special(self, seat: int, shifts: Floats, vetoing: bool) -> Votes:
        """The odds of a seat of which something was learnt, or that leads or follows."""
        scale = self._scale([seat])[0]
        follows = next((pair for pair in self.model.company if pair.follower == seat), None)
        low, band = self.rows.low[seat][:, None], self.rows.band[seat][:, None]
        if follows:
            low, band = np.full_like(low, -np.inf), np.full_like(band, np.inf)
        high, absent = self.rows.high[seat][:, None], self.rows.absent[seat][:, None]
        low, high = np.broadcast_arrays((low - shifts) / scale, (high - shifts) / scale)
        odds = choice_odds(low, high, absent, band / scale)
        if follows:
            share = follows.if_leader_no if self.leaders[follows.leader] else follows.otherwise
            odds[..., NO] = odds[..., ABSTAIN] * share
            odds[..., ABSTAIN] *= 1 - share
        odds *= self.model.likelihood[seat]
        if seat in self.leaders:
            odds[..., [choice for choice in range(4) if (choice == NO) != self.leaders[seat]]] = 0.0
        yes, no, neither = odds[..., YES], odds[..., NO], odds[..., ABSTAIN] + odds[..., ABSENT]
        return (yes, no, neither) if vetoing else (yes, no, neither + no)

    def _counted(self, votes: list[Votes], cap: int) -> Floats:
        """Some seats' table, joined one by one."""
        rows, contexts = np.broadcast_shapes(*(yes.shape for yes, _, _ in votes))
        table = np.zeros((len(votes) + 1, cap + 1, rows, contexts))
        table[0, 0] = 1.0
        for done, (yes, no, neither) in enumerate(votes):
            before = table[: done + 1].copy()
            table[: done + 1] *= neither
            table[1 : done + 2] += before * yes
            if cap:
                table[: done + 1, 1:] += before[:, :-1] * no
                table[: done + 1, cap] += before[:, cap] * no
        return table

    def _joined(self, tables: list[Floats]) -> Floats:
        """All tables in one; of none, the table of nobody."""
        result = np.ones((1, 1, 1, 1))
        for table in tables:
            if result.size == 1:
                result = table
                continue
            before, shape = result, np.broadcast_shapes(result.shape[2:], table.shape[2:])
            result = self._empty(len(before) + len(table) - 1, *shape)
            for yes, vetoes, more in np.ndindex(len(before), before.shape[1], table.shape[1]):
                place = min(vetoes + more, self.cap)
                result[yes : yes + len(table), place] += before[yes, vetoes] * table[:, more]
        return result

    def _empty(self, yes: int, rows: int, contexts: int) -> Floats:
        return np.zeros((yes, self.cap + 1, rows, contexts))


def cases(leaders: Sequence[int]) -> list[dict[int, bool]]:
    """Every combination of leaders voting no or not: what their followers' votes depend on."""
    return [dict(zip(leaders, votes, strict=True)) for votes in product((False, True), repeat=len(leaders))]
