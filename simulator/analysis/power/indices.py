"""Who decides a priori? Power indices of a voting rule, or of weights and a quota, in exact fractions.

A member *swings* a coalition of others that wins with it and loses without it. Of n members with all 2^n coalitions
counted alike:

- **Banzhaf**, absolute: swings over 2^(n−1), the chance that one's vote decides when all others toss coins
  [Penrose1946]_ [Banzhaf1965]_; normalised so that all add up to 1.
- **Shapley–Shubik**: the share of the n! orders of joining in which it turns losing into winning [ShapleyShubik1954]_.
- **Coleman** [Coleman1971]_: power *to act*, winning coalitions over all; power *to prevent*, swings over winning
  coalitions; power *to initiate*, swings over losing ones.
- **Johnston**, **Deegan–Packel**, **Holler–Packel**: see :mod:`simulator.analysis.power.coalitions`.

These say what a rule gives to whoever holds a seat, whatever it wants. How likely a vote is to decide *this* draft is
another question. Conventions and the Council's numbers: [FelsenthalMachover1998]_.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import comb, factorial
from operator import mul
from typing import Any

from simulator.analysis.power.asked import game_of
from simulator.analysis.power.coalitions import MOST_TYPES, CoalitionIndices, coalition_indices, types_of
from simulator.analysis.power.counting import Counted, Grouped, Listed, counted
from simulator.analysis.power.games import Game, GameMember
from simulator.analysis.power.words import sentence
from simulator.errors import RefusedError
from simulator.scenario import Scenario

_MOST_MIXED = 2000
"""Ways that members with a veto may stand, by number and weight, for each of which the others are counted."""


@dataclass(frozen=True, slots=True)
class ClassPower:
    """The power of each of some members that can trade places.

    Attributes
    ----------
    members : tuple of str
        Who they are, in seat order.
    permanent, veto : bool
        As of :class:`~simulator.analysis.GameMember`.
    weight : Fraction
        As it was given; 1 in a council.
    swings : int
        Coalitions of the others that win with the member only.
    banzhaf_absolute, banzhaf_normalized, shapley_shubik : Fraction
        From 0 to 1; over all members the last two add up to 1.
    prevent, initiate : Fraction
        Coleman's, from 0 to 1.
    johnston, deegan_packel, holler_packel : Fraction or None
        Over all members each adds up to 1; None where refused.
    """

    members: tuple[str, ...]
    permanent: bool
    veto: bool
    weight: Fraction
    swings: int
    banzhaf_absolute: Fraction
    banzhaf_normalized: Fraction
    shapley_shubik: Fraction
    prevent: Fraction
    initiate: Fraction
    johnston: Fraction | None
    deegan_packel: Fraction | None
    holler_packel: Fraction | None

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form, fractions as text."""
        return {
            "members": list(self.members),
            "permanent": self.permanent,
            "banzhaf": {"absolute": str(self.banzhaf_absolute), "normalized": str(self.banzhaf_normalized)},
            "shapley_shubik": str(self.shapley_shubik),
            "coleman": {"prevent": str(self.prevent), "initiate": str(self.initiate)},
            **{
                name: None if value is None else str(value)
                for name, value in (
                    ("johnston", self.johnston),
                    ("deegan_packel", self.deegan_packel),
                    ("holler_packel", self.holler_packel),
                )
            },
        }


@dataclass(frozen=True, slots=True)
class Power:
    """What a rule gives to its members, before anything is known of a draft.

    Attributes
    ----------
    game : Game
        Who votes, and what a proposal needs.
    winning : int
        Coalitions that can adopt.
    classes : tuple of ClassPower
        In seat order; permanent and elected members stand apart, even where a rule treats them alike.
    refused : str
        Why three of the indices are missing; empty where they are not.
    """

    game: Game
    winning: int
    classes: tuple[ClassPower, ...]
    refused: str

    @property
    def coalitions(self) -> int:
        """All coalitions, the empty one too: 2^n."""
        return 1 << len(self.game)

    @property
    def power_to_act(self) -> Fraction:
        """Coleman's: the share of coalitions that win, from 0 to 1."""
        return Fraction(self.winning, self.coalitions)

    @property
    def sentence(self) -> str:
        """It as a person would say it."""
        return sentence(self.game, self.classes)

    def of(self, member: str) -> ClassPower:
        """The power of a member, with those that can trade places with it.

        Raises
        ------
        KeyError
            If it does not vote.
        """
        by_member = {one: alike for alike in self.classes for one in alike.members}
        return by_member[member]

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form, numbers as text."""
        found: dict[str, Any] = {
            "rule": self.game.rule,
            "coalitions": str(self.coalitions),
            "winning": str(self.winning),
            "power_to_act": str(self.power_to_act),
            "classes": [one.as_dict() for one in self.classes],
        }
        return found | ({"refused": self.refused} if self.refused else {}) | self.game.noted()


def power(game: Game | Scenario | str | os.PathLike[str] = "charter") -> Power:
    """The power that a rule gives to each member, where all vote yes or are against.

    Parameters
    ----------
    game : Game, Scenario, str or path
        Of :func:`rule_game`, :func:`scenario_game` or :func:`weighted_game`; the name of a rule, for today's council;
        or a scenario, its path or its shipped name, for its rule and council.

    Returns
    -------
    Power
        Exact. Johnston, Deegan–Packel and Holler–Packel are None where members fall into too many classes.

    Raises
    ------
    RuleError
        If there is no such rule or scenario.
    RefusedError
        If the weights are too large to count.

    Examples
    --------
    >>> import datetime
    >>> from simulator.analysis import rule_game
    >>> from simulator.facts import council_on
    >>> found = power(rule_game("substantive", council=council_on(datetime.date(2022, 6, 1))))
    >>> print(found.winning, found.power_to_act, found.of("CHN").shapley_shubik)
    848 53/2048 421/2145
    """
    asked = game_of(game)
    swings = _Swings(asked)
    kinds = dict.fromkeys((member.veto, member.weight) for member in asked.members)
    by_kind = {kind: swings.by_size(*kind) for kind in kinds}
    of_all = sum(sum(by_kind[member.veto, member.weight]) for member in asked.members)
    more = coalition_indices(asked) if types_of(asked) <= MOST_TYPES else dict.fromkeys(kinds, _NONE)
    winning = swings.winning()
    orders = _orders(len(asked))
    classes = []
    for alike in asked.classes():
        kind = (alike[0].veto, alike[0].weight)
        classes.append(_class(asked, alike, by_kind[kind], orders, of_all, winning, more[kind]))
    return Power(asked, winning, tuple(classes), _too_many(asked) if _NONE in more.values() else "")


_NONE = CoalitionIndices(None, None, None)


def _orders(n: int) -> list[int]:
    """In how many orders of joining just these so many come before a certain member: of 0 to n − 1 others."""
    factorials = [factorial(size) for size in range(n)]
    return [before * after for before, after in zip(factorials, reversed(factorials), strict=True)]


def _class(
    game: Game,
    alike: Sequence[GameMember],
    by_size: Sequence[int],
    orders: Sequence[int],
    of_all: int,
    winning: int,
    indices: CoalitionIndices,
) -> ClassPower:
    """The power of some members that can trade places, from their swings by size, and those of all members.

    How many orders make a swing of each size decide is said beforehand, for all classes alike.
    """
    n, swings = len(game), sum(by_size)
    decided = sum(map(mul, orders, by_size))
    return ClassPower(
        members=tuple(member.id for member in alike),
        permanent=alike[0].permanent,
        veto=alike[0].veto,
        weight=alike[0].weight * game.unit,
        swings=swings,
        banzhaf_absolute=Fraction(swings, 2 ** (n - 1)),
        banzhaf_normalized=Fraction(swings, of_all),
        shapley_shubik=Fraction(decided, factorial(n)),
        prevent=Fraction(swings, winning),
        initiate=Fraction(swings, 2**n - winning),
        **indices._asdict(),
    )


def _too_many(game: Game) -> str:
    return (
        "Johnston, Deegan–Packel and Holler–Packel are left out: every kind of coalition must be gone through, and "
        f"{len(game.classes()):,} classes of members make more than {MOST_TYPES:,}"
    )


class _Swings:
    """Winning coalitions and swings of a game, by size: members with a veto apart from the others.

    How those with a veto stand, when too few of them are against to block, comes to some pairs of (how many are out,
    what those within weigh); each leaves the others a quota.
    """

    def __init__(self, game: Game) -> None:
        self._quota, self._most_out = game.quota, max(0, game.vetoes_needed - 1)
        self._vetoers = [member.weight for member in game.members if member.veto]
        others = [member.weight for member in game.members if not member.veto]
        self._n, self._others = len(game), len(others)
        self._stands = _stands(self._vetoers, self._most_out)
        self._table: Counted | Listed | Grouped = counted(others, [self._quota - within for _, within in self._stands])

    def winning(self) -> int:
        """How many coalitions win."""
        return sum(ways * sum(self._reaching(self._quota - within)) for (_, within), ways in self._stands.items())

    def by_size(self, veto: bool, weight: int) -> list[int]:
        """Coalitions that win with a member of that kind only, by their size without it: 0 to n − 1."""
        found = [0] * self._n
        parts = self._with_veto(weight) if veto else self._without_veto(weight)
        for smallest, ways, counts in parts:
            for size, count in enumerate(counts, smallest):
                if count:
                    found[size] += ways * count
        return found

    def _without_veto(self, weight: int) -> Iterator[tuple[int, int, list[int]]]:
        for (out, within), ways in self._stands.items():
            yield len(self._vetoers) - out, ways, self._table.window(weight, self._quota - within)

    def _with_veto(self, weight: int) -> Iterator[tuple[int, int, list[int]]]:
        rest = self._vetoers.copy()
        rest.remove(weight)
        for (out, within), ways in _stands(rest, self._most_out).items():
            yield len(rest) - out, ways, self._reaching(self._quota - within - weight)
            if out < self._most_out:  # the member may be out too
                yield len(rest) - out, -ways, self._reaching(self._quota - within)

    def _reaching(self, t: int) -> list[int]:
        below = self._table.below(t)
        return [comb(self._others, size) - fewer for size, fewer in enumerate(below)]


def _stands(weights: Sequence[int], most_out: int) -> Counter[tuple[int, int]]:
    """How members with a veto may stand: (how many are out, what those within weigh), and in how many ways."""
    found = Counter({(0, 0): 1})
    for weight in weights:
        further: Counter[tuple[int, int]] = Counter()
        for ((out, within), ways), goes in product(found.items(), (0, 1)):
            if out + goes <= most_out:
                further[out + goes, within + weight * (1 - goes)] += ways
        if len(further) > _MOST_MIXED:
            raise RefusedError(
                f"{len(weights)} members with a veto, of which up to {most_out} may be against, stand in more than "
                f"{_MOST_MIXED:,} ways by weight; give them fewer different weights, or less needed to block"
            )
        found = further
    return found
