"""The page of ``unsc sensitivity``: the sentence, and a tornado for each kind of assumption."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from simulator.analysis import Assumption, Index, Sensitivity
from simulator.engines import Engine
from simulator.engines.words import cell, spread
from simulator.faces.cli.render.console import plain, text
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.render.heading import heading, learnt_and_made
from simulator.faces.cli.render.limits import limits
from simulator.faces.cli.render.section import INDENT, section
from simulator.scenario import Scenario, council_of, majority_of

_MOST = 12
"""Rows of a table; the rest, with the least swings, are in JSON and CSV."""

_TORNADO = 21
"""Columns of a tornado, from 0 to 100 in 100."""

_LONGEST = 32

Words = Callable[[Assumption], tuple[str, str, str]]


def page(scenario: Scenario, found: Sensitivity) -> RenderableType:
    """The whole page."""
    return Group(*_parts(scenario, found))


def _parts(scenario: Scenario, found: Sensitivity) -> Iterator[RenderableType]:
    yield from heading(scenario, majority_of(scenario, council_of(scenario)).basis)
    yield from learnt_and_made(scenario, found.evidence)
    yield ""
    yield Padding(text(found.sentence, "bold"), INDENT)
    names = {seat.id: f"{seat.id} {seat.short}"[:24] for seat in found.council.seats}
    support = _tornado(found.support, found.adopted, lambda one: (names[one.name], "", ""), "a sd")
    yield from section("A member's support half a standard deviation lower or higher", support)
    yield from section("What members said, one word colder or warmer", _stances(found, names))
    yield from section("The scenario's numbers, over plausible ranges", _numbers(found))
    yield from section("Where the doubt about the numbers comes from, in 100", _sobol(found.indices))
    yield Padding(text(_legend(found), "dim"), (1, 0, 0, 0))
    for note in found.notes:
        yield Padding(text(plain(f"Note: {note}"), "italic"), (1, 0, 0, 0))
    yield limits()


def _legend(found: Sensitivity) -> str:
    drawn = ""
    if found.engine is Engine.MONTE_CARLO:
        odds, slopes = (max(each, default=0.0) for each in _errors(found))
        drawn = (
            f" Monte Carlo: one standard error of the odds is at most {spread(odds)}, of a derivative "
            f"{spread(slopes)}, each by itself in --csv."
        )
    return (
        "Odds of adoption in 100 at either end; the bar goes from one to the other, on a scale from 0 to 100, and ┊ is "
        f"where they are now. Derivatives are in points of odds per standard deviation or per unit.{drawn}"
    )


def _errors(found: Sensitivity) -> tuple[list[float], list[float]]:
    return [one.odds_error for one in found.assumptions], [one.error for one in found.assumptions]


def _stances(found: Sensitivity, names: dict[str, str]) -> RenderableType | None:
    def words(one: Assumption) -> tuple[str, str, str]:
        low, high = (str(end) if end != one.value else "–" for end in (one.low, one.high))
        return names[one.name], low, high

    return _tornado(found.stances, found.adopted, words, "")


def _numbers(found: Sensitivity) -> RenderableType | None:
    def words(one: Assumption) -> tuple[str, str, str]:
        name = one.name.removeprefix("members.").removeprefix("stances.").replace(".members.", ".")
        name = name if len(name) <= _LONGEST else f"…{name[1 - _LONGEST :]}"
        return name, _end(one.low), _end(one.high)

    return _tornado(found.numbers, found.adopted, words, "a unit")


def _end(value: float | str) -> str:
    return f"{value:.3g}".replace("-", "−")


def _tornado(moves: Sequence[Assumption], now: float, words: Words, unit: str) -> RenderableType | None:
    """A row an assumption: its ends, the odds there, a bar between them; None where there is none."""
    if not moves:
        return None
    drawn = [_table(moves, now, words, unit, width) for width in (_TORNADO, 11, 0)]
    more = len(moves) - _MOST
    rest = [text(f"{more} more with less; all: --csv", "dim")] if more > 0 else []
    return Group(Fitting(drawn), *rest)


def _table(moves: Sequence[Assumption], now: float, words: Words, unit: str, width: int) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", show_edge=False)
    ranged = any(words(one)[1] for one in moves)
    heads = ["", *(["from", "to"] if ranged else []), "lower", "higher", *([unit] if unit else [])]
    for head in heads:
        table.add_column(head, justify="right" if head and head not in ("from", "to") else "left", no_wrap=True)
    if width:
        table.add_column("", no_wrap=True)
    for one in moves[:_MOST]:
        name, low, high = words(one)
        table.add_row(
            text(plain(name)),
            *([low, high] if ranged else []),
            cell(one.odds_low),
            cell(one.odds_high),
            *([_slope(one)] if unit else []),
            *([_drawn(one, now, width)] if width else []),
        )
    return table


def _slope(one: Assumption) -> str:
    return "–" if one.slope is None else f"{100 * one.slope:+.1f}".replace("-", "−")


def _drawn(one: Assumption, now: float, width: int) -> Text:
    """A bar from the odds at one end to those at the other, the odds of now marked."""
    low, high, here = (min(width - 1, int(width * odds)) for odds in (*sorted((one.odds_low, one.odds_high)), now))
    marks = ["█" if low <= place <= high and high > low else " " for place in range(width)]
    marks[here] = "┊"
    return text("".join(marks), "cyan")


def _sobol(indices: Sequence[Index]) -> RenderableType | None:
    if not indices:
        return None
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    for head in ("", "alone", "90 % interval", "with others", "90 % interval"):
        table.add_column(head, justify="right" if head else "left", no_wrap=True)
    for index in indices:
        table.add_row(
            text(plain(index.key)),
            f"{100 * index.first:.0f}",
            _interval(index.first_interval),
            f"{100 * index.total:.0f}",
            _interval(index.total_interval),
        )
    return Group(
        table,
        text(
            "Sobol indices, of the variance of the odds over the distributions in the file: what knowing the number "
            "would take away, by itself and with all it does together with others.",
            "dim",
        ),
    )


def _interval(ends: tuple[float, float]) -> str:
    low, high = (f"{round(100 * end)}".replace("-", "−") for end in ends)
    return f"{low} to {high}"
