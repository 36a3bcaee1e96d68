"""The page of power indices: a column a class where they are few, a line a class where they are many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from simulator.analysis import AbstentionPower, ClassAbstentionPower, ClassPower, Game, Power
from simulator.analysis.power.words import named, number, short_weight
from simulator.engines.words import counted
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
    return Group(*_parts(found, act, rows, [*refused, _BINARY]))


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
    return Group(*_parts(found, act, rows, [_TERNARY]))


_BINARY = (
    "A priori: every coalition counts alike, and who does not vote yes is against. Shapley–Shubik, normalised Banzhaf, "
    "Johnston, Deegan–Packel and Holler–Packel add up to 1 over all members."
)
_TERNARY = (
    "A priori: yes, abstain and no count alike, and an abstention is no veto. Shapley–Shubik and normalised Banzhaf "
    "add up to 1 over all members. Swings: roll calls of the others in which that change decides."
)


def _parts(
    found: Power | AbstentionPower, act: str, rows: Sequence[Row], notes: Sequence[str]
) -> Iterator[RenderableType]:
    game, classes = found.game, found.classes
    yield text(f"Power under {_rule(game)}", "bold")
    yield text(f"{plain(game.basis[:1].upper() + game.basis[1:])}.")
    if game.aside:
        yield text(f"Set aside as abstaining: {' '.join(game.aside)}. {_vote(len(game))}")
    yield Padding(text(f"{plain(found.sentence)}\n{act}"), (1, 0, 0, 2))
    title = "Each member's" if len(game) > 1 else "The member's"
    few = len(classes) <= _FEW
    by_name = named(classes, of_council=game.council is not None)
    table = _columns([name for name, _ in by_name], rows) if few else _lines(classes, rows)
    if few:
        yield ""
        yield from (Padding(text(f"{name}: {plain(_some(one.members))}"), INDENT) for name, one in by_name)
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
            f"{short_weight(one.weight)}{' veto' if one.veto else ''}",
            *(_cell(values[place], fraction=False) for _, values in rows),
        )
    return table


def _first(names: Sequence[str]) -> str:
    return f"{names[0][:10]} and {len(names) - 1} more"


def _some(names: Sequence[str], most: int = 40) -> str:
    """All of a council's members; of hundreds the first."""
    between = "; " if any("," in name for name in names) else ", " if any(" " in name for name in names) else " "
    return between.join(names[:most]) + (f" and {len(names) - most:,} more" if len(names) > most else "")


def _count(number: int) -> str:
    """A count in full, or as a power of ten where it has more digits than one reads."""
    return f"{number:,}" if number < 10**15 else f"{Decimal(number):.3e}"


def _with_fraction(share: Fraction) -> str:
    exact = f" ({share})" if len(str(share)) <= 2 * _LONGEST else ""
    return f"{number(share, 4)}{exact}"
