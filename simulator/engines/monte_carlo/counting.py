"""How roll calls are counted: where each lies in a joint table, from every seat's choice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.engines.apart import Pools, apart, pools
from simulator.engines.joint import POOL, JointTable
from simulator.errors import RefusedError
from simulator.model import LatentVotes, VoteModel
from simulator.model.latent import ABSENT, ABSTAIN, NO, YES

_MOST_CELLS = 4_000_000
"""Cells of the table beyond which leaders and followers are pooled."""

_MOST_COUNTED = 8_000_000
"""Cells beyond which roll calls are not counted: 64 MB a thread."""

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counting:
    """The table that roll calls are counted in.

    Attributes
    ----------
    seats : int
        How many there are.
    apart : tuple of int
        Seats whose votes are counted apart; the others are pooled, as in a JointTable.
    pools : tuple of tuple of int
        Alike seats whose no can be a veto, counted together.
    axes : tuple of tuple of int
        What stands along the axes: the choices of seats kept apart, the counts of no of pools.
    shape : tuple of int
        Shape of the table.
    steps : array, shape (n, 4)
        How far each seat's choice moves along the flattened table.
    """

    seats: int
    apart: tuple[int, ...]
    pools: Pools
    axes: tuple[tuple[int, ...], ...]
    shape: tuple[int, ...]
    steps: Counts

    @classmethod
    def of(cls, model: VoteModel, possible: dict[int, tuple[int, ...]]) -> Counting:
        """The table for a model's seats, each with its possible choices."""
        size = len(model.members)
        kept = apart(model)
        if np.prod([len(possible[seat]) for seat in kept], dtype=float) * size**2 > _MOST_CELLS:
            kept = tuple(seat for seat in kept if model.permanent[seat])
        alike = pools(model, kept)
        pooled = [seat for seat in range(size) if seat not in kept]
        vetoing = {seat: axis for axis, pool in enumerate(alike, len(kept)) for seat in pool}
        counts = [
            sum(choice in possible[seat] for seat in pooled if choice != NO or seat not in vetoing) + 1
            for choice in (YES, NO, ABSENT)
        ]
        shape = (*(len(possible[seat]) for seat in kept), *(len(pool) + 1 for pool in alike), *counts)
        if prod(shape) > _MOST_COUNTED:
            vetoers = sum(model.permanent)
            raise RefusedError(
                f"{vetoers} members with a veto among {size} are too many to count roll calls by, with all that each "
                "can do; give fewer of them a veto, or a chance of being absent"
            )
        strides = np.cumprod([1, *shape[:0:-1]])[::-1]
        steps = np.zeros((size, 4), dtype=np.int64)
        for axis, seat in enumerate(kept):
            steps[seat, list(possible[seat])] = np.arange(len(possible[seat])) * strides[axis]
        for seat in pooled:
            steps[seat, [YES, NO, ABSENT]] = strides[-3:]
            if seat in vetoing:
                steps[seat, NO] = strides[vetoing[seat]]
        axes = (*(possible[seat] for seat in kept), *(tuple(range(POOL, POOL + len(pool) + 1)) for pool in alike))
        return cls(size, kept, alike, axes, shape, steps)

    def counted(self, cells: NDArray[Any]) -> Counts:
        """Places along the flattened table, counted: shape of the table."""
        return np.bincount(cells, minlength=int(np.prod(self.shape))).reshape(self.shape)

    def joint(self, counts: NDArray[Any]) -> JointTable:
        """Counts, or weights, of the table's shape as a joint table."""
        seats = (*self.apart, *range(self.seats, self.seats + len(self.pools)))
        return JointTable(seats, self.axes, counts.astype(np.float64), self.seats - len(self.apart), self.pools)


def withholding(model: VoteModel) -> LatentVotes:
    """The model's latent votes with every follower's no counted as withheld, which stands under abstain."""
    no_below = model.latent.no_below.copy()
    no_below[[pair.follower for pair in model.company]] = -np.inf
    return replace(model.latent, no_below=no_below)


def possible_choices(model: VoteModel) -> dict[int, tuple[int, ...]]:
    """What each seat can end up doing."""
    odds = model.latent.marginals()
    for pair in model.company:
        if odds[pair.follower, [ABSTAIN, NO]].any():
            odds[pair.follower, [ABSTAIN, NO]] = 1.0
    return {seat: tuple(map(int, np.flatnonzero(row))) for seat, row in enumerate(odds)}
