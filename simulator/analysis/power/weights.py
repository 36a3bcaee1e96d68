"""Games of weights and a quota, as they are given: whole numbers, decimals, fractions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil, gcd, lcm

from simulator.analysis.power.games import Game, GameMember, within
from simulator.engines.words import counted
from simulator.errors import OptionError, shown

WEIGHTED = "weighted"
"""What stands for the rule's name in a game of weights."""

MOST_MEMBERS = 2000
"""Members of a game: ten times the largest assemblies'."""

_NUMBER = re.compile(r"\d{1,18}(?:\.\d{1,18})?(?:/\d{1,18})?", re.ASCII)

Weight = int | float | str | Fraction


def weighted_game(
    quota: Weight,
    weights: Mapping[str, Weight] | Sequence[Weight],
    *,
    veto: Iterable[str] = (),
    vetoes_needed: int | None = None,
) -> Game:
    """The game of weights and a quota, some members with a veto if so wished.

    Parameters
    ----------
    quota : number
        Weight of the yes votes needed: above 0, at most the weights' sum.
    weights : mapping of str to number, or sequence of numbers
        At least 0 each: whole numbers, decimals, or fractions such as ``"1/3"``, taken as written. Members of a
        sequence are called 1, 2, …
    veto : iterable of str
        Members whose stand against a proposal counts towards blocking it.
    vetoes_needed : int, optional
        How many of them must be against; 1 where left out.

    Raises
    ------
    OptionError
        If a number is not allowed, or no coalition could win.

    Examples
    --------
    >>> game = weighted_game(51, [50, 49, 1])
    >>> game.quota, [member.weight for member in game.members]
    (51, [50, 49, 1])
    >>> weighted_game("0.5", {"a": "0.5", "b": 0.25}).quota  # of 2 and 1
    2
    """
    named = dict(weights) if isinstance(weights, Mapping) else {str(i): w for i, w in enumerate(weights, 1)}
    if not 1 <= len(named) <= MOST_MEMBERS:
        raise OptionError(f"{len(named):,} weights; a game has 1 to {MOST_MEMBERS:,} members")
    exact = {name: read_weight(weight, f"the weight of {name}") for name, weight in named.items()}
    needed, total = read_quota(quota), sum(exact.values(), Fraction(0))
    if needed > total:
        raise OptionError(
            f"the quota is {needed}, but the weights add up to {total}: no coalition could win; give one of at most "
            "that"
        )
    with_veto = _with_veto(list(veto), named)
    blocking = _blocking(vetoes_needed, len(with_veto))
    unit = _unit(list(exact.values()))
    whole = {name: int(weight / unit) for name, weight in exact.items()}
    members = tuple(
        GameMember(name, weight, name in with_veto, name in with_veto and blocking > 0)
        for name, weight in whole.items()
    )
    one = len(with_veto) == 1
    words = {0: "", 1: f", {with_veto[0]} not against" if one else f", none of {_some(with_veto)} against"}.get(
        blocking, f", and fewer than {blocking} against of {_some(with_veto)}"
    )
    basis = f"quota {needed} of {total}, {counted(len(members), 'member')}{words}"
    return Game(WEIGHTED, basis, ceil(needed / unit), blocking, members, unit=unit)


def read_quota(number: Weight) -> Fraction:
    """A quota as it is written: as of :func:`read_weight`, but above 0.

    Raises
    ------
    OptionError
        If it is anything else.
    """
    quota = read_weight(number, "the quota", allowed="above 0")
    if not quota:
        raise OptionError(f"the quota is {shown(number)}, but must be above 0")
    return quota


def read_weight(number: Weight, what: str, *, allowed: str = "of at least 0") -> Fraction:
    """A number as it is written; nothing that would take a page of digits.

    Parameters
    ----------
    number : number
        Of at least 0: a whole number, a decimal, or a fraction, of at most 18 digits.
    what, allowed : str
        What it is and must be, for the message: ``the weight of 2``, ``of at least 0``.

    Raises
    ------
    OptionError
        If it is anything else.
    """
    text = str(number).strip()
    refusal = f"{what} is {shown(number)}, but must be a number {allowed}, such as 3, 2.5 or 1/3"
    if re.fullmatch(r"[-−]\s*\d.*", text):
        raise OptionError(f"{what} is {shown(number)}, but must be {allowed.removeprefix('of ')}")
    if not _NUMBER.fullmatch(text):
        raise OptionError(f"{refusal}, of at most 18 digits, without an exponent")
    try:
        above, _, below = text.partition("/")
        return Fraction(above) / Fraction(below or 1)
    except ZeroDivisionError:
        raise OptionError(refusal) from None


def _unit(weights: list[Fraction]) -> Fraction:
    """The largest number of which all weights are whole multiples."""
    below = lcm(*(weight.denominator for weight in weights))
    return Fraction(gcd(*(int(weight * below) for weight in weights)), below)


def _with_veto(veto: list[str], named: Mapping[str, Weight]) -> list[str]:
    for member in veto:
        if member not in named:
            raise OptionError(f"a veto of {shown(member)}: there is no such member; members are {_some(list(named))}")
    return [name for name in named if name in veto]


def _blocking(vetoes_needed: int | None, vetoers: int) -> int:
    needed = min(1, vetoers) if vetoes_needed is None else vetoes_needed
    within("vetoes needed", needed, 0, vetoers, "the members with a veto; 0: no veto")
    return needed


def _some(names: list[str], most: int = 6) -> str:
    """The first few names, and how many there are beside them; with semicolons where a name has a comma."""
    between = "; " if any("," in name for name in names[:most]) else ", "
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{between.join(names[:most])}{rest}"
