"""The page of ``unsc pivots``: the sentence, and how often each member's vote decides, here and a priori."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from simulator.analysis import Pivot, Pivots
from simulator.engines.words import cell, spread
from simulator.faces.cli.render.console import bar, plain, text
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.render.heading import heading, learnt_and_made
from simulator.faces.cli.render.limits import limits
from simulator.faces.cli.render.section import INDENT, section
from simulator.scenario import Scenario, council_of, majority_of

_NONE, _AWAY = "–", " (absent)"


def page(scenario: Scenario, found: Pivots) -> RenderableType:
    """The whole page."""
    return Group(*_parts(scenario, found))


def _parts(scenario: Scenario, found: Pivots) -> Iterator[RenderableType]:
    yield from heading(scenario, majority_of(scenario, council_of(scenario)).basis)
    yield from learnt_and_made(scenario, found.meaning.evidence)
    yield ""
    yield Padding(text(found.sentence, "bold"), INDENT)
    ways = [_table(found, 24, 6), _table(found, 24), _table(found, 15), _table(found, 3), _table(found, 3, rule=False)]
    yield from section("How often a member's vote decides, in 100", Group(Fitting(ways), *_legend(found)))
    for note in found.notes:
        yield Padding(text(plain(f"Note: {note}"), "italic"), (1, 0, 0, 0))
    yield limits()


def _table(found: Pivots, width: int, drawn: int = 0, *, rule: bool = True) -> Table:
    """A row a member, those that decide most first; with what the rule alone gives them, where there is room."""
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", show_edge=False)
    table.add_column("", no_wrap=True)
    here = ("here:\nyes or\nabstain", "\nabstain\nor no", "\n\neither")
    before = ("a priori:\nyes or\nabstain", "\nabstain\nor no", "\nShapley–\nShubik")
    for head in (*here, *([""] if drawn else []), *(before if rule else ())):
        table.add_column(head, justify="right" if head else "left", no_wrap=True)
    names = {seat.id: seat.short for seat in found.council.seats}
    for one in sorted(found.pivots, key=lambda one: -round(one.decides, 9)):
        table.add_row(
            text(_name(one, names[one.member], width), "bold" if one.permanent else ""),
            cell(one.yes_abstain),
            cell(one.abstain_no) if one.permanent else "",
            cell(one.decides),
            *([text(bar(one.decides, drawn).ljust(drawn), "green")] if drawn else []),
            *(_before(one) if rule else ()),
        )
    return table


def _name(one: Pivot, short: str, width: int) -> str:
    """Code and name, and that it is expected to stay away: that mark is never cut."""
    return f"{f'{one.member} {short}'[:width].rstrip()}{_AWAY if one.stays_away else ''}"


def _before(one: Pivot) -> Sequence[str]:
    """What the rule alone gives it."""
    if one.a_priori is None:
        return _NONE, _NONE, _NONE
    yes_abstain, abstain_no = map(_share, one.a_priori)
    return yes_abstain, abstain_no if one.permanent else "", _share(one.shapley_shubik)


def _share(fraction: Fraction | None) -> str:
    return _NONE if fraction is None else cell(float(fraction))


def _legend(found: Pivots) -> Iterator[RenderableType]:
    error = max(max(one.error) for one in found.pivots)
    drawn = f" Monte Carlo: one standard error is at most {spread(error)}." if error else ""
    yield text(
        "The others' votes as they are, the draft is adopted with the first of the two choices and not with the "
        "second. A priori: every roll call of the others counts alike. Shapley–Shubik: its index of power with "
        f"abstention, in 100.{drawn}",
        "dim",
    )
