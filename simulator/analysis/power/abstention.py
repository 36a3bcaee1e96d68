"""Power where members may abstain: a proposal passes with enough yes and no veto, and an abstention is neither.

This is the Council as practice has it, since an abstaining permanent member does not block. Three choices count alike,
so n members make 3^n roll calls [FelsenthalMachover1998]_ (chapter 8):

- **swings**: roll calls of the others in which turning the member from yes to abstention, from abstention to no, or
  from yes to no changes the outcome.
- **Banzhaf**, absolute: swings from yes to no over 3^(n−1); normalised so that all add up to 1.
- **Shapley–Shubik**: members vote in random order, each choice as likely; the share of cases in which the outcome is
  settled by the member's vote, whatever those after it do.

Members that have not yet voted can spoil a proposal by no, or save it by yes. So the outcome is settled for adoption
where it would be adopted if all others voted no, and for failure where it would fail if all others voted yes: one table
each, by number of members that have voted and weight of the yes. A long whole number has a slot for each number of
members that have voted. The largest kind of members without a veto comes first, in binomials; the others one by one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.analysis.power.asked import game_of
from simulator.analysis.power.games import Game
from simulator.analysis.power.words import sentence
from simulator.engines.words import counted
from simulator.errors import RefusedError
from simulator.scenario import Scenario

MOST_WORK = 10**7
"""Numbers of a hundred digits added up: some ten seconds."""

MOST_BITS = 10**9
"""Of a table: 125 MB."""


@dataclass(frozen=True, slots=True)
class ClassAbstentionPower:
    """The power of each of some members that can trade places, where members may abstain.

    Attributes
    ----------
    members : tuple of str
        Who they are, in seat order.
    permanent, veto : bool
        As of :class:`~simulator.analysis.GameMember`.
    weight : Fraction
        As it was given; 1 in a council.
    yes_abstain, abstain_no, yes_no : int
        Roll calls of the others in which that change of the member's vote changes the outcome.
    banzhaf_absolute, banzhaf_normalized, shapley_shubik : Fraction
        From 0 to 1; over all members the last two add up to 1.
    """

    members: tuple[str, ...]
    permanent: bool
    veto: bool
    weight: Fraction
    yes_abstain: int
    abstain_no: int
    yes_no: int
    banzhaf_absolute: Fraction
    banzhaf_normalized: Fraction
    shapley_shubik: Fraction

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form, numbers as text."""
        return {
            "members": list(self.members),
            "permanent": self.permanent,
            "banzhaf": {"absolute": str(self.banzhaf_absolute), "normalized": str(self.banzhaf_normalized)},
            "shapley_shubik": str(self.shapley_shubik),
            "swings": {
                "yes_abstain": str(self.yes_abstain),
                "abstain_no": str(self.abstain_no),
                "yes_no": str(self.yes_no),
            },
        }


@dataclass(frozen=True, slots=True)
class AbstentionPower:
    """What a rule gives to its members where they may abstain, before anything is known of a draft.

    Attributes
    ----------
    game : Game
        Who votes, and what a proposal needs.
    adopted : int
        Roll calls that adopt.
    classes : tuple of ClassAbstentionPower
        In seat order; permanent and elected members stand apart, even where a rule treats them alike.
    """

    game: Game
    adopted: int
    classes: tuple[ClassAbstentionPower, ...]

    @property
    def rollcalls(self) -> int:
        """All roll calls: 3^n."""
        return int(3 ** len(self.game))

    @property
    def power_to_act(self) -> Fraction:
        """The share of roll calls that adopt, from 0 to 1."""
        return Fraction(self.adopted, self.rollcalls)

    @property
    def sentence(self) -> str:
        """It as a person would say it."""
        return sentence(self.game, self.classes)

    def of(self, member: str) -> ClassAbstentionPower:
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
            "rollcalls": str(self.rollcalls),
            "adopted": str(self.adopted),
            "power_to_act": str(self.power_to_act),
            "classes": [one.as_dict() for one in self.classes],
        }
        return found | self.game.noted()


def power_with_abstention(game: Game | Scenario | str | os.PathLike[str] = "charter") -> AbstentionPower:
    """The power that a rule gives to each member, where all vote yes, abstain or vote no.

    Parameters
    ----------
    game : Game, Scenario, str or path
        As of :func:`power`.

    Raises
    ------
    RuleError
        If there is no such rule or scenario.
    RefusedError
        If there are too many members of too different weights to count.

    Examples
    --------
    >>> import datetime
    >>> from simulator.analysis import rule_game
    >>> from simulator.facts import council_on
    >>> council = council_on(datetime.date(2022, 6, 1))
    >>> found = power_with_abstention(rule_game("substantive", council=council))
    >>> print(found.adopted, *(one.shapley_shubik for one in found.classes))
    146796 118525786/725416965 26557607/1450833930
    """
    asked = game_of(game)
    counts = dict(_counts(asked))
    n, all_swings = len(asked), sum(counts[member.veto, member.weight].yes_no for member in asked.members)
    classes = []
    for alike in asked.classes():
        first, found = alike[0], counts[alike[0].veto, alike[0].weight]
        classes.append(
            ClassAbstentionPower(
                members=tuple(member.id for member in alike),
                permanent=first.permanent,
                veto=first.veto,
                weight=first.weight * asked.unit,
                yes_abstain=found.yes_no - found.abstain_no,
                abstain_no=found.abstain_no,
                yes_no=found.yes_no,
                banzhaf_absolute=Fraction(found.yes_no, 3 ** (n - 1)),
                banzhaf_normalized=Fraction(found.yes_no, all_swings),
                shapley_shubik=_settled(found.settling),
            )
        )
    return AbstentionPower(asked, next(iter(counts.values())).adopted, tuple(classes))


def _settled(settling: Sequence[int]) -> Fraction:
    """Shapley–Shubik: from the cases in which the member settles it after so many others, all orders counted."""
    n = len(settling)
    cases = sum(
        factorial(before) * factorial(n - 1 - before) * 3 ** (n - 1 - before) * count
        for before, count in enumerate(settling)
    )
    return Fraction(cases, factorial(n) * 3**n)


Kind = tuple[bool, int]
Numbers = npt.NDArray[np.object_]
"""By vetoes cast and weight of the yes votes; each number holds a slot for every number of members that have voted."""


class _Found(NamedTuple):
    adopted: int
    abstain_no: int
    yes_no: int
    settling: list[int]


class _Tables(NamedTuple):
    """The others' votes, with those to come counted as no, and as yes."""

    rest_no: Numbers
    rest_yes: Numbers


def _counts(game: Game) -> Iterator[tuple[Kind, _Found]]:
    """By kind of member, what is counted over the votes of the others."""
    kinds: dict[Kind, int] = {}
    for member in game.members:
        kinds[member.veto, member.weight] = kinds.get((member.veto, member.weight), 0) + 1
    slot = -8 * (-(2 * len(game) + 1) // 8)  # bits of 4^n, three choices and not yet, in whole bytes
    shape = (max(1, game.vetoes_needed), game.quota + 1)
    alike = max((kind for kind in kinds if not kind[0]), key=lambda kind: kinds[kind], default=None)
    others = [(kind, count) for kind, count in kinds.items() if kind != alike]
    heaviest = sum(weight * count for (_, weight), count in others) + (alike[1] if alike else 0)
    _afford(game, kinds[alike] if alike else 0, len(others), shape[0] * min(game.quota + 1, heaviest + 1), slot)
    if alike is None:
        found = _without_each(others, _Tables(_nobody(shape), _nobody(shape)), slot)
    else:
        found = _without_those_alike(alike, kinds[alike], others, shape, game.quota - heaviest, slot)
    yield from ((kind, _read(tables, kind, len(game), slot)) for kind, tables in found)


def _nobody(shape: tuple[int, int]) -> Numbers:
    none = np.zeros(shape, dtype=object)
    none[0, 0] = 1
    return none


def _without_those_alike(
    alike: Kind, count: int, others: list[tuple[Kind, int]], shape: tuple[int, int], least: int, slot: int
) -> Iterator[tuple[Kind, _Tables]]:
    """The tables without one member of each kind in turn, where most members without a veto are alike."""
    without = _alike(alike[1], count - 1, shape, least, slot)
    for kind, some in others:
        without = _with(without, kind, some, slot)
    yield alike, without
    if others:
        yield from _without_each(others, _alike(alike[1], count, shape, least, slot), slot)


def _alike(weight: int, count: int, shape: tuple[int, int], least: int, slot: int) -> _Tables:
    """Members without a veto of the same weight: how many have voted, and how many of them yes, in closed form.

    Weights below `least` are left out: with all that others weigh they do not come to the quota.
    """
    quota = shape[1] - 1
    by_cell: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
    for voted in range(count + 1):
        ways = comb(count, voted) << voted  # nobody yes, each of the others two choices
        for yes in range(voted + 1):
            for cells, in_favour in zip(by_cell, (yes, count - voted + yes), strict=True):
                cell = min(quota, weight * in_favour)
                if cell >= least:
                    cells.setdefault(cell, [0] * (count + 1))[voted] += ways
            ways = ways * (voted - yes) // (2 * (yes + 1))
    tables = _Tables(np.zeros(shape, dtype=object), np.zeros(shape, dtype=object))
    for table, cells in zip(tables, by_cell, strict=True):
        for cell, numbers in cells.items():
            packed = b"".join(number.to_bytes(slot // 8, "little") for number in numbers)
            table[0, cell] = int.from_bytes(packed, "little")
    return tables


def _without_each(kinds: list[tuple[Kind, int]], tables: _Tables, slot: int) -> Iterator[tuple[Kind, _Tables]]:
    """The tables without one member of each kind in turn: half of the kinds go in, the other half is halved again."""
    if len(kinds) == 1:
        kind, count = kinds[0]
        yield kind, _with(tables, kind, count - 1, slot)
        return
    half = len(kinds) // 2
    for missing, rest in ((kinds[:half], kinds[half:]), (kinds[half:], kinds[:half])):
        fuller = tables
        for kind, count in rest:
            fuller = _with(fuller, kind, count, slot)
        yield from _without_each(missing, fuller, slot)


def _with(tables: _Tables, kind: Kind, count: int, slot: int) -> _Tables:
    """So many members of a kind more."""
    veto, weight = kind
    rest_no, rest_yes = tables
    for _ in range(count):
        voted_no, voted_yes = rest_no << slot, rest_yes << slot
        if veto:
            rest_no = voted_no + _heavier(voted_no, weight) + _vetoed(rest_no + voted_no)
            rest_yes = voted_yes + _heavier(rest_yes + voted_yes, weight) + _vetoed(voted_yes)
        else:
            rest_no = rest_no + 2 * voted_no + _heavier(voted_no, weight)
            rest_yes = 2 * voted_yes + _heavier(rest_yes + voted_yes, weight)
    return _Tables(rest_no, rest_yes)


def _heavier(numbers: Numbers, weight: int) -> Numbers:
    """With so much more weight of yes; the quota and what is above it are one cell."""
    if weight == 0:
        return numbers
    moved = np.zeros_like(numbers)
    last = numbers.shape[1] - 1
    moved[:, weight:] = numbers[:, : max(0, last + 1 - weight)]
    moved[:, last] = numbers[:, max(0, last - weight) :].sum(axis=1)
    return moved


def _vetoed(numbers: Numbers) -> Numbers:
    """With one veto more; where that blocks, nothing is left."""
    moved = np.zeros_like(numbers)
    moved[1:] = numbers[:-1]
    return moved


def _read(tables: _Tables, kind: Kind, n: int, slot: int) -> _Found:
    """What a member's vote does to the votes of the others, all voted or so many of them."""
    yes, abstain, no = _adopting(tables.rest_no, kind)
    settles_for = _slots((yes - no) + (abstain - no), n, slot)
    all_voted = [_slots(number, n, slot)[n - 1] for number in (yes, abstain, no)]
    yes, abstain, no = _adopting(tables.rest_yes, kind)
    settles_against = _slots((yes - abstain) + (yes - no), n, slot)
    return _Found(
        adopted=sum(all_voted),
        abstain_no=all_voted[1] - all_voted[2],
        yes_no=all_voted[0] - all_voted[2],
        settling=[one + other for one, other in zip(settles_for, settles_against, strict=True)],
    )


def _adopting(numbers: Numbers, kind: Kind) -> tuple[int, int, int]:
    """Of the others' votes, those that adopt with the member's yes, abstention and no."""
    veto, weight = kind
    last = numbers.shape[1] - 1
    abstain = int(numbers[:, last].sum())
    no = int(numbers[:-1, last].sum()) if veto else abstain
    return int(numbers[:, max(0, last - weight) :].sum()), abstain, no


def _slots(number: int, n: int, slot: int) -> list[int]:
    """By number of the others that have voted, from 0 to n − 1."""
    return [(number >> slot * place) & ((1 << slot) - 1) for place in range(n)]


def _afford(game: Game, alike: int, kinds: int, cells: int, slot: int) -> None:
    """Refuses what takes too long: `alike` members in closed form, those of other kinds one by one."""
    members, blocking = len(game), max(1, game.vetoes_needed)
    singly = (members - alike) * max(1, kinds.bit_length())
    work = singly * (cells * (1 + members * members / 1500) + blocking * game.quota / 10) + alike * alike
    if work > MOST_WORK or cells * members * slot > MOST_BITS:
        every = kinds + (alike > 0)
        raise RefusedError(
            f"with abstention, {counted(members, 'member')} of {counted(every, 'kind')} and weights up to the quota "
            f"{game.quota * game.unit} are too many to count exactly: make them fewer, more of them alike, or the "
            "weights smaller, or ask without abstention"
        )
