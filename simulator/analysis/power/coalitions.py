"""Indices that look into coalitions: Johnston, Deegan–Packel, Holler–Packel.

- **Johnston** [Johnston1978]_: in each winning coalition that some member could break, those that could share one
  point equally.
- **Deegan–Packel** [DeeganPackel1978]_: in each minimal winning coalition, where every member could break it, all share
  one point equally.
- **Holler–Packel** [HollerPackel1983]_, the public good index: in each minimal winning coalition every member gets a
  point.

Points are then divided by their sum. Members that can trade places make coalitions alike, and only kinds of coalition –
so many of each class – are gone through; of many classes there are too many kinds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import comb, prod
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.analysis.power.games import Game

MOST_TYPES = 150_000
"""Kinds of coalition that are gone through: less than a second."""


class CoalitionIndices(NamedTuple):
    """The three indices of one member, from 0 to 1; None where they are refused."""

    johnston: Fraction | None
    deegan_packel: Fraction | None
    holler_packel: Fraction | None


Kind = tuple[bool, int]
"""Whether a member has a veto, and its weight: all that matters to a coalition."""


def types_of(game: Game) -> int:
    """How many kinds of coalition there are."""
    return prod(count + 1 for count in _kinds(game).values())


def _kinds(game: Game) -> Counter[Kind]:
    return Counter((member.veto, member.weight) for member in game.members)


def coalition_indices(game: Game) -> dict[Kind, CoalitionIndices]:
    """The three indices of each kind of member.

    Goes through all :func:`types_of` kinds of coalition: ask for that first.
    """
    kinds = _kinds(game)
    members = list(kinds.values())
    within, critical = _broken(game, kinds)
    sharing = (within * critical).sum(axis=1)
    minimal = sharing == within.sum(axis=1)
    exact: Any = np.int64 if len(game) <= _IN_64_BITS else object
    points = within * critical * _ways(within, members, exact)[:, np.newaxis]
    johnston = _normalized(_shared(points, sharing), members)
    deegan_packel = _normalized(_shared(points[minimal], sharing[minimal]), members)
    holler_packel = _normalized([Fraction(int(each)) for each in points[minimal].sum(axis=0)], members)
    return {
        kind: CoalitionIndices(*indices)
        for kind, indices in zip(kinds, zip(johnston, deegan_packel, holler_packel, strict=True), strict=True)
    }


_IN_64_BITS = 55
"""Members up to which their points in all coalitions, at most n 2^n, fit into 64 bits."""

Numbers = npt.NDArray[Any]


def _broken(game: Game, kinds: Counter[Kind]) -> tuple[Numbers, Numbers]:
    """Kinds of coalition that win and that some member could break.

    A row a kind of coalition, a column a kind of member: how many are within; and whether each of them could break it.
    """
    members = np.array(list(kinds.values()), dtype=np.int64)
    veto = np.array([has for has, _ in kinds], dtype=np.int64)
    weights = np.array([weight for _, weight in kinds], dtype=np.int64 if game.total < 2**62 else object)
    within = np.indices(tuple(members + 1), dtype=np.int64).reshape(len(members), -1).T
    weight, out = within @ weights, (members - within) @ veto
    wins = _wins(game, weight, out)
    within, weight, out = within[wins], weight[wins], out[wins]
    without = _wins(game, weight[:, np.newaxis] - weights, out[:, np.newaxis] + veto)
    critical = (within > 0) & ~without
    breakable = critical.any(axis=1)
    return within[breakable], critical[breakable]


def _wins(game: Game, weight: Numbers, out: Numbers) -> Numbers:
    enough: Numbers = (weight >= game.quota).astype(bool)
    return enough & (out < game.vetoes_needed) if game.vetoes_needed else enough


def _ways(within: Numbers, members: Sequence[int], exact: Any) -> Numbers:
    """How many coalitions are of each kind."""
    ways: Numbers = np.ones(len(within), dtype=exact)
    for place, count in enumerate(members):
        ways = ways * np.array([comb(count, some) for some in range(count + 1)], dtype=exact)[within[:, place]]
    return ways


def _shared(points: Numbers, sharing: Numbers) -> list[Fraction]:
    """Points by kind of member, those of each coalition divided by the number of members that share them."""
    order = np.argsort(sharing, kind="stable")
    by, starts = np.unique(sharing[order], return_index=True)
    sums = np.add.reduceat(points[order], starts, axis=0)
    return [
        sum((Fraction(int(each), int(number)) for each, number in zip(column, by, strict=True)), Fraction(0))
        for column in sums.T
    ]


def _normalized(points: list[Fraction], members: Sequence[int]) -> list[Fraction]:
    """Each member's share, from the points of all members of its kind."""
    total = sum(points)
    return [each / total / count for each, count in zip(points, members, strict=True)]
