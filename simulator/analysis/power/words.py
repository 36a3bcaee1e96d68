"""Power in words: who has how much, what each class of members is called, and numbers to so many digits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, Protocol

from simulator.analysis.power.games import Game
from simulator.engines.words import listed


class Class(Protocol):
    """Members that can trade places: as much of them as words need, with abstention or without."""

    @property
    def members(self) -> tuple[str, ...]:
        """Who they are."""

    @property
    def permanent(self) -> bool:
        """Whether theirs are permanent seats."""

    @property
    def veto(self) -> bool:
        """Whether they have a veto."""

    @property
    def weight(self) -> Fraction:
        """What the yes of one counts."""

    @property
    def shapley_shubik(self) -> Fraction:
        """The power of one."""


def named(classes: Sequence[Class], *, of_council: bool) -> list[tuple[str, Class]]:
    """A name for each class: what kind of seat it is, or what weight it has."""
    return [(_seat(one, classes) if of_council else _weighing(one), one) for one in classes]


def _weighing(one: Class) -> str:
    return f"weight {short_weight(one.weight)}{', veto' if one.veto else ''}"


def _seat(one: Class, classes: Sequence[Class]) -> str:
    """What kind of seat it is; whether with a veto, where permanent members differ in that."""
    if not one.permanent:
        return "elected, veto" if one.veto else "elected"
    differ = any(other.permanent and other.veto for other in classes) and not one.veto
    return "permanent, no veto" if differ else "permanent"


def sentence(game: Game, classes: Sequence[Class]) -> str:
    """What a person would say: who has how much, by Shapley–Shubik; those that have the same together."""
    of_council = game.council is not None
    every = named(classes, of_council=of_council)
    shares = sorted({one.shapley_shubik for one in classes})
    if len(shares) == 1:
        alone = len(game) == 1
        return "The only member has all the power." if alone else "All members have the same power."
    most, least = (_Alike.of(every, share, of_council=of_council) for share in (shares[-1], shares[0]))
    others = "every other member" if len(shares) == 2 and len(least.words) > 1 else least.who
    has = "each have" if most.many else "has"
    begun = f"{most.who[0].upper()}{most.who[1:]} {has} {_part(shares[-1])} by Shapley–Shubik"
    if not shares[0]:
        return f"{begun}, {others} none."
    each = " each" if least.many and others == least.who else ""
    times = number(shares[-1] / shares[0], 3)
    return f"{begun}, {others} {_in_100(shares[0])}{each}: {times} times as much."


class _Alike(NamedTuple):
    """Members with the same power: in words, class by class; together; and whether that is a plural."""

    words: list[str]
    who: str
    many: bool

    @classmethod
    def of(cls, named: Sequence[tuple[str, Class]], share: Fraction, *, of_council: bool) -> _Alike:
        """Those with this share of the power."""
        alike = [(name, one) for name, one in named if one.shapley_shubik == share]
        members = [member for _, one in alike for member in one.members]
        if of_council:
            words = [f"each {_seats(name, [other for other, _ in named])}" for name, _ in alike]
            return cls(words, listed(words), many=False)
        if len(alike) == 1 and len(members) > 1:
            word = f"each member of {alike[0][0].replace(', veto', ' with a veto')}"
            return cls([word], word, many=False)
        words = [_called(member) for member in members]
        if len(members) > _NAMED:
            return cls(words, f"each of {len(members):,} members", many=False)
        if len(members) > 1 and all(member.isdecimal() for member in members):
            return cls(words, f"members {listed(members)}", many=True)
        return cls(words, listed(words), many=len(words) > 1)


_NAMED = 3
"""Members with the same power that are named."""


def _called(member: str) -> str:
    """A member in a sentence: one without a name by its number, a name with a comma in quotes."""
    if member.isdecimal():
        return f"member {member}"
    return f"“{member}”" if "," in member else member


def _seats(name: str, names: Sequence[str]) -> str:
    """A kind of seat in a sentence; with or without a veto, where seats of its kind differ in that."""
    kind, _, veto = name.partition(", ")
    differ = sum(other.partition(", ")[0] == kind for other in names) > 1
    has = veto == "veto" or (kind == "permanent" and not veto)
    return f"{kind} member" + (f" {'with' if has else 'without'} a veto" if differ else "")


def _part(share: Fraction) -> str:
    return "all the power" if share == 1 else f"{_in_100(share)} of the power"


def _in_100(share: Fraction) -> str:
    return f"{number(100 * share, 3)} in 100"


def short_weight(weight: Fraction) -> str:
    """A weight in full where it is whole, else to six digits."""
    return str(weight) if weight.denominator == 1 else number(weight, 6)


def number(value: Fraction, digits: int) -> str:
    """A number to so many digits, without an exponent where it can be read without.

    What is not 0, 1 or 100 never looks as if it were: it has more digits, or is said to be just under or over.

    Examples
    --------
    >>> number(Fraction(421, 2145), 4), number(Fraction(32767, 32768), 4), number(Fraction(1, 2**2000), 3)
    ('0.1963', '0.99997', '8.71e-603')
    """
    if value != 0 and not _SMALLEST < value < _LARGEST:
        return f"{Decimal(value.numerator) / Decimal(value.denominator):.{digits - 1}e}"
    if 0 < value < Fraction(1, 10**4):
        return f"{float(value):.{digits - 1}e}"
    shown = f"{float(value):.{digits}g}"
    while shown in _WHOLE and value != int(shown):
        if digits == _MOST_DIGITS:
            return f"just {'under' if value < int(shown) else 'over'} {shown}"
        digits += 1
        shown = f"{float(value):.{digits}g}"
    return shown if "e" not in shown else f"{float(value):,.0f}"


_SMALLEST, _LARGEST = Fraction(1, 10**300), 10**15
_WHOLE = ("1", "100")
_MOST_DIGITS = 12
