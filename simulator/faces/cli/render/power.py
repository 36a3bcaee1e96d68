"""The page of power indices: a column a class where they are few, a line a class where they are many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from simulator.analysis import AbstentionPower, ClassAbstentionPower, ClassPower, Game, Power
from simulator.engines.words import counted, listed
from simulator.faces.cli.render.console import plain, text
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.render.section import INDENT, day_words, section

_FEW = 3
"""Classes that have a column each."""

_LONGEST = 14
"""Characters of a fraction that is shown."""

_NAMES = 24

Class = ClassPower | ClassAbstentionPower
Row = tuple[str, Sequence[Fraction | int | None]]


def page(found: Power) -> RenderableType:
    """Who decides a priori, where all vote yes or are against."""
    rows: list[Row] = [
        ("Shapley–Shubik", [one.shapley_shubik for one in found.classes]),
        ("Banzhaf, normalised", [one.banzhaf_normalized for one in found.classes]),
        ("Banzhaf, absolute", [one.banzhaf_absolute for one in found.classes]),
        ("Coleman, to prevent", [one.prevent for one in found.classes]),
        ("Coleman, to initiate", [one.initiate for one in found.classes]),
        ("Johnston", [one.johnston for one in found.classes]),
        ("Deegan–Packel", [one.deegan_packel for one in found.classes]),
        ("Holler–Packel", [one.holler_packel for one in found.classes]),
    ]
    refused = [f"{plain(found.refused)}."] if found.refused else []
    act = (
        f"{_count(found.winning)} of {_count(found.coalitions)} coalitions can adopt: power to act "
        f"{_with_fraction(found.power_to_act)}."
    )
    rows = [row for row in rows if None not in row[1]]
    return Group(*_parts(found.game, found.classes, act, rows, [*refused, _BINARY]))


def abstention_page(found: AbstentionPower) -> RenderableType:
    """Who decides a priori, where members may abstain."""
    rows: list[Row] = [
        ("Shapley–Shubik", [one.shapley_shubik for one in found.classes]),
        ("Banzhaf, normalised", [one.banzhaf_normalized for one in found.classes]),
        ("Banzhaf, absolute", [one.banzhaf_absolute for one in found.classes]),
        ("swings, yes to abstain", [one.yes_abstain for one in found.classes]),
        ("swings, abstain to no", [one.abstain_no for one in found.classes]),
        ("swings, yes to no", [one.yes_no for one in found.classes]),
    ]
    act = (
        f"{_count(found.adopted)} of {_count(found.rollcalls)} roll calls adopt: power to act "
        f"{_with_fraction(found.power_to_act)}."
    )
    return Group(*_parts(found.game, found.classes, act, rows, [_TERNARY]))


_BINARY = (
    "A priori: every coalition counts alike, and who does not vote yes is against. Shapley–Shubik, normalised Banzhaf, "
    "Johnston, Deegan–Packel and Holler–Packel add up to 1 over all members."
)
_TERNARY = (
    "A priori: yes, abstain and no count alike, and an abstention is no veto. Shapley–Shubik and normalised Banzhaf "
    "add up to 1 over all members. Swings: roll calls of the others in which that change decides."
)


def _parts(
    game: Game, classes: Sequence[Class], act: str, rows: Sequence[Row], notes: Sequence[str]
) -> Iterator[RenderableType]:
    yield text(f"Power under {_rule(game)}", "bold")
    yield text(f"{plain(game.basis[:1].upper() + game.basis[1:])}.")
    if game.aside:
        yield text(f"Set aside as abstaining: {' '.join(game.aside)}. {_vote(len(game))}")
    named = _named(classes, of_council=game.council is not None)
    yield Padding(text(f"{_sentence(named, of_council=game.council is not None)}\n{act}"), (1, 0, 0, 2))
    title = "Each member's" if len(game) > 1 else "The member's"
    few = len(classes) <= _FEW
    table = _columns([name for name, _ in named], rows) if few else _lines(classes, rows)
    if few:
        yield ""
        yield from (Padding(text(f"{name}: {plain(_some(one.members))}"), INDENT) for name, one in named)
    yield from section(f"{title} power", table)
    yield ""
    yield from (text(note, "dim") for note in notes)
    yield from (text(f"Note: {plain(note)}.", "italic") for note in game.notes)


def _vote(members: int) -> str:
    return f"{counted(members, 'member')} {'votes' if members == 1 else 'vote'}."


def _rule(game: Game) -> str:
    if game.council is None:
        return "weights and a quota"
    return f"rule {game.rule}, in the Council of {day_words(game.council.date)}"


def _named(classes: Sequence[Class], *, of_council: bool) -> list[tuple[str, Class]]:
    """A name for each class: what kind of seat it is, or what weight it has."""
    named = []
    for one in classes:
        word = _seat(one, classes) if of_council else f"weight {_short(one.weight)}{', veto' if one.veto else ''}"
        named.append((word, one))
    return named


def _seat(one: Class, classes: Sequence[Class]) -> str:
    """What kind of seat it is; whether with a veto, where permanent members differ in that."""
    if not one.permanent:
        return "elected, veto" if one.veto else "elected"
    differ = any(other.permanent and other.veto for other in classes) and not one.veto
    return "permanent, no veto" if differ else "permanent"


def _sentence(named: Sequence[tuple[str, Class]], *, of_council: bool) -> str:
    """What a person would say: who has how much, by Shapley–Shubik; those that have the same together."""
    shares = sorted({one.shapley_shubik for _, one in named})
    if len(shares) == 1:
        alone = len(named[0][1].members) == 1 and len(named) == 1
        return "The only member has all the power." if alone else "All members have the same power."
    most, least = (_Alike.of(named, share, of_council=of_council) for share in (shares[-1], shares[0]))
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
    return f"“{plain(member)}”" if "," in member else plain(member)


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


def _columns(names: Sequence[str], rows: Sequence[Row]) -> RenderableType:
    """A line an index, a column a class: with fractions if there is room."""
    ways = [_by_index(names, rows, fractions=fractions) for fractions in (True, False)]
    return Fitting([*ways, _stacked(names, rows)])


def _stacked(names: Sequence[str], rows: Sequence[Row]) -> RenderableType:
    """For a narrow page: the classes one below the other."""
    parts: list[RenderableType] = []
    for place, name in enumerate(names):
        parts.append(text(name, "dim"))
        parts += [text(f"  {word:<23}{_cell(values[place], fraction=False)}") for word, values in rows]
    return Group(*parts)


def _by_index(names: Sequence[str], rows: Sequence[Row], *, fractions: bool) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("", no_wrap=True)
    for name in names:
        table.add_column(name, no_wrap=True, justify="left" if fractions else "right")
    for word, values in rows:
        table.add_row(text(word), *(_cell(value, fraction=fractions) for value in values))
    return table


def _cell(value: Fraction | int | None, *, fraction: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return _count(value)
    exact = str(value)
    beside = fraction and len(exact) <= _LONGEST and value.denominator > 1
    return f"{number(value, 4):<9} {exact}" if beside else number(value, 4)


def _lines(classes: Sequence[Class], rows: Sequence[Row]) -> RenderableType:
    """A line a class: with all columns if there is room."""
    short = {
        "Shapley–Shubik": "Sh.–Sh.",
        "Banzhaf, normalised": "Banzhaf",
        "Banzhaf, absolute": "absolute",
        "Coleman, to prevent": "prevent",
        "Coleman, to initiate": "initiate",
        "swings, yes to no": "yes-no",
    }
    shown = [(short[word], values) for word, values in rows if word in short]
    return Fitting([_by_class(classes, shown), _by_class(classes, shown[:2])])


def _by_class(classes: Sequence[Class], rows: Sequence[Row]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("members", no_wrap=True, max_width=_NAMES, overflow="ellipsis")
    table.add_column("weight", no_wrap=True, justify="right")
    for word, _ in rows:
        table.add_column(word, no_wrap=True, justify="right")
    for place, one in enumerate(classes):
        names = _some(one.members)
        table.add_row(
            text(plain(names if len(names) <= _NAMES or len(one.members) == 1 else _first(one.members))),
            f"{_short(one.weight)}{' veto' if one.veto else ''}",
            *(_cell(values[place], fraction=False) for _, values in rows),
        )
    return table


def _first(names: Sequence[str]) -> str:
    return f"{names[0][:10]} and {len(names) - 1} more"


def _some(names: Sequence[str], most: int = 40) -> str:
    """All of a council's members; of hundreds the first."""
    between = "; " if any("," in name for name in names) else ", " if any(" " in name for name in names) else " "
    return between.join(names[:most]) + (f" and {len(names) - most:,} more" if len(names) > most else "")


def _short(weight: Fraction) -> str:
    return str(weight) if weight.denominator == 1 else number(weight, 6)


def _count(number: int) -> str:
    """A count in full, or as a power of ten where it has more digits than one reads."""
    return f"{number:,}" if number < 10**15 else f"{Decimal(number):.3e}"


def _with_fraction(share: Fraction) -> str:
    exact = f" ({share})" if len(str(share)) <= 2 * _LONGEST else ""
    return f"{number(share, 4)}{exact}"


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
