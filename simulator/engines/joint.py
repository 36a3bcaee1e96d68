"""The joint table: everything the engines know of a vote, small enough to hold.

The votes of some seats (permanent members, leaders, followers) are kept apart, each an axis; those of all others are
pooled into how many vote yes, vote no, and take no part. Outcomes, vetoes, pairs and tallies are sums over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from simulator.model import Follows
from simulator.model.latent import ABSENT, ABSTAIN, NO, YES, Floats

Ints = NDArray[np.int64]

POOL = 4
"""Along the axis of a pool, place k stands as POOL + k: k of its seats vote no."""


@dataclass(frozen=True, slots=True)
class JointTable:
    """Probabilities (or counts) of the seats' votes.

    Attributes
    ----------
    seats : tuple of int
        Seats kept apart, and after them a number from n up for each pool.
    choices : tuple of tuple of int
        For each of them, the choices along its axis, as places (0 yes, 1 abstain, 2 no, 3 absent).
    table : array, shape (len(choices[0]), …, yes + 1, no + 1, absent + 1)
        One axis a seat kept apart, then the pooled counts. Need not add up to 1: with evidence it adds up to the
        evidence's probability.
    pooled : int
        How many seats are pooled; those that vote neither yes nor no and are not absent abstain.
    pools : tuple of tuple of int
        Seats with a veto that are alike and counted together; their no is counted along an axis of their own, and not
        among the pooled counts.
    """

    seats: tuple[int, ...]
    choices: tuple[tuple[int, ...], ...]
    table: Floats
    pooled: int
    pools: tuple[tuple[int, ...], ...] = ()

    @property
    def total(self) -> float:
        """The sum over the table."""
        return float(self.table.sum())

    @property
    def by_state(self) -> Floats:
        """Shape (states, yes + 1, no + 1, absent + 1): the seats' axes in one, in the order of :func:`states`."""
        return self.table.reshape(-1, *self.table.shape[-3:])

    @property
    def by_yes(self) -> Floats:
        """Shape (states, yes + 1): the same whatever the pooled seats' no and absence."""
        sums: Floats = np.einsum("syna->sy", self.by_state)  # several times as fast as a sum over two short axes
        return sums

    def __add__(self, other: JointTable) -> JointTable:
        """The table of both, of the same seats; a choice that only one of them has is empty in the other."""
        assert (self.seats, self.pools) == (other.seats, other.pools), "tables of the same seats are added"
        if self.choices == other.choices and self.table.shape == other.table.shape:
            return replace(self, table=self.table + other.table)
        choices = tuple(tuple(sorted({*one, *more})) for one, more in zip(self.choices, other.choices, strict=True))
        counts = np.maximum(self.table.shape[-3:], other.table.shape[-3:])
        table = np.zeros((*map(len, choices), *counts))
        for part in (self, other):
            places = [[every.index(choice) for choice in own] for every, own in zip(choices, part.choices, strict=True)]
            table[np.ix_(*places, *map(range, part.table.shape[-3:]))] += part.table
        return replace(self, choices=choices, table=table)

    def scaled(self, factor: float) -> JointTable:
        """The table times a number."""
        return replace(self, table=self.table * factor)

    def axis(self, seat: int) -> int:
        """The axis of a seat kept apart."""
        return self.seats.index(seat)

    def over(self, seats: Sequence[int]) -> Floats:
        """Joint odds of some seats kept apart, each by all four choices: shape (4,) * len(seats)."""
        axes = [self.axis(seat) for seat in seats]
        others = tuple(axis for axis in range(self.table.ndim) if axis not in axes)
        small = self.table.sum(axis=others)
        order = np.argsort(np.argsort(axes))
        result = np.zeros((4,) * len(axes))
        result[np.ix_(*(self.choices[axis] for axis in axes))] = small.transpose(order)
        return result

    def with_company(self, company: Sequence[Follows]) -> JointTable:
        """The same with each follower's withheld vote split into no and abstain by its leader's vote.

        Before, the follower's *abstain* stands for withheld. Given what a leader does, the split is the same
        wherever the shared factors are: so it can wait until they have been summed over.
        """
        table, choices = self.table, list(self.choices)
        for pair in company:
            follower, leader = self.axis(pair.follower), self.axis(pair.leader)
            if ABSTAIN not in choices[follower]:
                continue
            place = choices[follower].index(ABSTAIN)
            share = np.where(np.array(choices[leader]) == NO, pair.if_leader_no, pair.otherwise)
            shape = [1] * table.ndim
            shape[leader] = len(share)
            withheld = np.take(table, [place], axis=follower)
            no = withheld * share.reshape(shape)
            table = np.concatenate([np.delete(table, place, axis=follower), withheld - no, no], axis=follower)
            rest = [choice for choice in choices[follower] if choice != ABSTAIN]
            order = sorted(range(len(rest) + 2), key=[*rest, ABSTAIN, NO].__getitem__)
            table = np.take(table, order, axis=follower)
            choices[follower] = tuple(sorted([*rest, ABSTAIN, NO]))
        return replace(self, table=table, choices=tuple(choices))

    def restricted(self, likelihood: Floats) -> JointTable:
        """The same multiplied by the likelihood, shape (n, 4), of what was learnt of the seats kept apart."""
        if (likelihood == 1).all():
            return self
        table = self.table
        for axis, (seat, choices) in enumerate(zip(self.seats, self.choices, strict=True)):
            if choices[0] >= POOL:  # applied where they were pooled
                continue
            factor = likelihood[seat, list(choices)]
            if (factor != 1).any():
                shape = [1] * table.ndim
                shape[axis] = len(choices)
                table = table * factor.reshape(shape)
        return replace(self, table=table)


@dataclass(frozen=True, slots=True)
class States:
    """What each state of the seats kept apart comes to; arrays of shape (states,).

    ``yes``, ``no``, ``absent`` count votes, ``vetoes`` counts permanent members' no, and ``against`` is the set of
    those as bits, bit i for the i-th of the seats kept apart. ``pools``, shape (states, pools), counts the no of each
    pool.
    """

    yes: Ints
    no: Ints
    absent: Ints
    vetoes: Ints
    against: Ints
    pools: Ints


@lru_cache(maxsize=64)
def states(choices: tuple[tuple[int, ...], ...], permanent: tuple[bool, ...]) -> States:
    """The states of seats with these choices, in the order of a table's axes flattened."""
    rows = list(product(*choices))
    grid = np.array(rows, dtype=np.int64).reshape(len(rows), len(choices))  # one empty row where no seat is kept apart
    pools = grid[:, [bool(own) and own[0] >= POOL for own in choices]] - POOL
    veto = (grid == NO) & np.array(permanent, dtype=bool)
    bits = 1 << np.arange(len(choices), dtype=np.int64)
    return States(
        (grid == YES).sum(axis=1),
        (grid == NO).sum(axis=1) + pools.sum(axis=1),
        (grid == ABSENT).sum(axis=1),
        veto.sum(axis=1) + pools.sum(axis=1),
        veto @ bits,
        pools,
    )
