"""The page of the time machine: the line through the years, a line a year, and whose entries count when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from simulator.analysis import Stop, TimeMachine, years_apart
from simulator.engines.words import cell, spread
from simulator.faces.cli.render.console import bar, plain, text
from simulator.faces.cli.render.doubt import columns_told
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.render.heading import heading, learnt_and_made
from simulator.faces.cli.render.limits import limits
from simulator.faces.cli.render.members import span_words
from simulator.faces.cli.render.section import section
from simulator.faces.cli.render.years import axis, braille, frame, line
from simulator.scenario import council_of, majority_of

_ROWS = 4
_MARGIN = 6

_LEAST = 0.1
"""Odds that the line's panel reaches at least: it has a height where nothing is ever adopted."""

_LONG = 12
"""Lines of a table beyond which it stands in two columns."""


def page(found: TimeMachine) -> RenderableType:
    """The whole page."""
    return Group(*_parts(found))


def _parts(found: TimeMachine) -> Iterator[RenderableType]:
    asked = f"{found.years[0].year} to {found.years[-1].year}" if len(found.years) > 1 else str(found.years[0].year)
    moved = ", the draft's day with them" if found.moved else ""
    yield from heading(found.scenario, majority_of(found.scenario, council_of(found.scenario)).basis)
    yield from learnt_and_made(found.scenario)
    yield Padding(text(found.sentence, "bold"), (1, 0, 0, 2))
    if len(found.answered) > 1:
        yield from section(f"Adopted, in 100, before the councils of {asked}{moved}", Group(*_line(found)))
    yield from section("Year by year, in 100", _years(found.answered))
    yield from section("No odds", _none(found.years))
    yield from section("Whose entries count", _entries(found))
    for note in found.notes:
        yield Padding(text(plain(f"Note: {note}"), "italic"), (1, 0, 0, 0))
    yield limits()


def _line(found: TimeMachine) -> Iterator[Text]:
    """The odds of adoption through the years; a break where the Council grew."""
    first, last = found.years[0].year, found.years[-1].year
    points = {stop.year: stop.adopted for stop in found.answered if stop.adopted is not None}
    within = frame([_LEAST, *points.values()], first - first % 2, last, _ROWS)
    sizes = {stop.year: len(stop.council) for stop in found.years}
    grown = {year for year, size in sizes.items() if sizes.get(year - 1, size) != size}
    labels = {0: f"{100 * within.high:.0f}", _ROWS - 1: "0"}
    for row, drawn in enumerate(line(points, grown, within)):
        yield Text(f"{labels.get(row, ''):>{_MARGIN - 2}} {'│' if braille() else '|'}{drawn}".rstrip())
    yield from axis(within, _MARGIN)


@dataclass(frozen=True, slots=True)
class _Line:
    """Years in a row that are the same to a reader: their numbers as they are shown."""

    votes: str
    adopted: str
    vetoed: str
    failed: str
    share: float
    error: str
    interval: str
    years: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, stop: Stop) -> _Line:
        answer, need = stop.answer, stop.majority
        assert answer is not None, "called for years with odds"
        assert need is not None, "who has odds has a majority"
        odds, ends = answer.outcomes, answer.interval
        return cls(
            f"{need.quota} of {len(stop.council)}",
            cell(odds.adopted),
            cell(odds.vetoed),
            cell(odds.failed),
            round(odds.adopted, 2),
            spread(answer.error) if answer.error else "",
            "–".join(f"{100 * end:.0f}" for end in ends) if ends else "",
        )


def _years(stops: Sequence[Stop]) -> RenderableType:
    """A part for each number of votes needed; a line for years in a row that are the same to a reader."""
    lines = [
        replace(shown, years=span)
        for shown, group in groupby(stops, key=_Line.of)
        for span in years_apart([stop.year for stop in group])
    ]
    parts: list[RenderableType] = []
    for votes, group in groupby(lines, key=lambda one: one.votes):
        part = list(group)
        parts += [text(f"{votes} votes needed", "dim"), Fitting(list(_ways(part)))]
    return Group(*parts, *columns_told(stop.answer for stop in stops if stop.answer))


def _ways(lines: Sequence[_Line]) -> Iterator[RenderableType]:
    """Long tables in two columns; bars where there is room."""
    half = (len(lines) + 1) // 2
    for width in (6, 4, 0) if len(lines) > _LONG else ():
        yield _beside(_table(lines[:half], width), _table(lines[half:], width))
    for width in (20, 0):
        yield _table(lines, width)
    yield _table(lines, 0, failed=False)


def _table(lines: Sequence[_Line], width: int, *, failed: bool = True) -> Table:
    """Years, odds, how sure they are where that is a question, and a bar of adoption `width` long.

    The odds of failing are what is left of 100: where the page is narrow they go first.
    """
    drawn, uncertain = any(one.error for one in lines), any(one.interval for one in lines)
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("year", no_wrap=True)
    for word in (
        "adopted",
        *(["±"] if drawn else []),
        *(["90 %"] if uncertain else []),
        "vetoed",
        *(["failed"] if failed else []),
    ):
        table.add_column(word, justify="right", no_wrap=True)
    if width:
        table.add_column("", no_wrap=True)
    for one in lines:
        sure = [*([one.error] if drawn else []), *([one.interval] if uncertain else [])]
        picture = [text(bar(one.share, width).ljust(width), "green")] if width else []
        table.add_row(
            span_words(*one.years), one.adopted, *sure, one.vetoed, *([one.failed] if failed else []), *picture
        )
    return table


def _beside(left: Table, right: Table) -> Table:
    both = Table.grid(padding=(0, 1, 0, 0))
    both.add_row(left, right)
    return both


def _none(stops: Sequence[Stop]) -> RenderableType | None:
    """Years without odds, by the reason; a reason that names a day is that of the first."""
    by_reason: dict[str, list[int]] = {}
    for stop in stops:
        if stop.why_none:
            by_reason.setdefault(stop.why_none.replace(stop.date.isoformat(), "that day"), []).append(stop.year)
    if not by_reason:
        return None
    return Group(*(text(plain(f"{_spans(years)}: {reason}")) for reason, years in by_reason.items()))


def _spans(years: Sequence[int]) -> str:
    return ", ".join(span_words(first, last) for first, last in years_apart(years))


def _entries(found: TimeMachine) -> RenderableType:
    """The members that the scenario says something of, with the years in which they sit."""
    always = [code for code, years in found.entries.items() if len(years) == len(found.years)]
    never = [code for code, years in found.entries.items() if not years]
    lines = [f"in every year: {' '.join(always)}"] if always else []
    lines += [f"{code}: {_spans(years)}" for code, years in found.entries.items() if years and code not in always]
    lines += [f"in none: {' '.join(never)}"] if never else []
    lines.append(f"{'all others' if found.entries else 'all members'}: {found.others}")
    return Group(*(text(plain(words)) for words in lines))
