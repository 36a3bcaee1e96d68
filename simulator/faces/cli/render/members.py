"""Portraits of states: group, terms, and ideal points through time, all on one scale."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import pairwise

from rich.console import Group, RenderableType
from rich.text import Text

from simulator.faces.cli.render.years import Frame, axis, braille, frame, line, strip
from simulator.facts import IdealPoint, Member, Seat, ideal_points, terms_of

_FIRST = 1945
"""The left edge: a year before the first, so that 1971 and 1991 begin a column."""
_MARGIN = 6
_NOTES = 31
_FOREVER = 9999


def portraits(states: list[Member]) -> RenderableType:
    """The states one below the other, and the axis of the years under the last."""
    points = [point for state in states for point in ideal_points(state.id)]
    rows = {1: 9, 2: 7, 3: 6}.get(len(states), 5)
    within = frame([point.value for point in points], _FIRST, max(point.year for point in points), rows)
    parts: list[RenderableType] = []
    for state in states:
        parts += [*_portrait(state, within), ""]
    return Group(*parts[:-1], *axis(within, _MARGIN), "", _explained(states))


def _explained(states: list[Member]) -> str:
    same = " The scale is the same for all." if len(states) > 1 else ""
    strips = "" if all(state.permanent for state in states) else " The line seat marks years on the Council."
    return (
        "Ideal points by votes in the General Assembly, smoothed over time: the higher, the closer to the votes of "
        f"the United States.{same}{strips} Source: Bailey, Strezhnev and Voeten (2017), release of July 2025."
    )


def _portrait(state: Member, within: Frame) -> Iterator[Text]:
    terms, points = terms_of(state.id), ideal_points(state.id)
    yield Text.assemble((f"{state.id} {state.short}", "bold"), f", {state.group.value}, {_seat(state, terms)}")
    changes = _changes(terms) if state.permanent else {}
    for year, name in changes.items():
        yield Text(" " * (_MARGIN + within.column(year)) + f"{'▼' if braille() else 'v'} {year} {name}")
    breaks = {later.year for one, later in pairwise(points) if one.government != later.government}
    drawn = line({point.year: point.value for point in points}, breaks, within)
    for row, (text, note) in enumerate(zip(drawn, _notes(points, within.rows), strict=True)):
        yield _row(row, text, note, within)
    if not state.permanent:
        years = {year for term in terms for year in range(term.start.year, term.end.year + 1)}
        yield Text(f"{'seat':>{_MARGIN - 2}} {_bar()}{strip(years, within)}", style="dim")


def _row(row: int, text: str, note: str, within: Frame) -> Text:
    labels = {within.row(value): f"{value:+.1f}" if value else "0" for value in (0, within.low, within.high)}
    zero = row == within.row(0)
    shown = text.replace(" ", "┈") if zero and braille() else text
    return Text(f"{labels.get(row, ''):>{_MARGIN - 2}} {_bar()}{shown}  {note}".rstrip())


def _bar() -> str:
    return "│" if braille() else "|"


def _seat(state: Member, terms: tuple[Seat, ...]) -> str:
    if state.permanent:
        former = "".join(f" ({_holder(one, later)} to {one.end})" for one, later in pairwise(terms))
        return f"permanent since {terms[0].start.year}{former}"
    told = [_term(term, state) for term in terms]
    count = "1 term" if len(told) == 1 else f"{len(told)} terms"
    return f"{count}: {', '.join(told)}"


def _holder(term: Seat, other: Seat) -> str:
    """Who held the seat: by name or, where another government had the same name, by the note that tells them apart."""
    return term.note if term.name == other.name else term.short


def _term(term: Seat, state: Member) -> str:
    aside = [f"as {term.short}"] if term.short != state.short else []
    aside += [term.note] if term.note else []
    return f"{years_of(term)} ({'; '.join(aside)})" if aside else years_of(term)


def years_of(term: Seat) -> str:
    """The years of a term, short: 2021-22."""
    return span_words(term.start.year, term.end.year)


def span_words(first: int, last: int) -> str:
    """Years from one to another, short: 2021-22, 1998-2001; one alone: 1950."""
    if first == last:
        return str(first)
    return f"{first}-{last % 100:02}" if first // 100 == last // 100 else f"{first}-{last}"


def _changes(terms: tuple[Seat, ...]) -> dict[int, str]:
    """Who holds a permanent seat from which year's votes in the Assembly on: most are taken in autumn."""
    return {later.start.year + (later.start.month == 12): _holder(later, before) for before, later in pairwise(terms)}


def _notes(points: tuple[IdealPoint, ...], rows: int) -> list[str]:
    """What stands beside a panel, a line each: the years with points, the extremes, the latest."""
    years = [point.year for point in points]
    gaps = sorted({*range(years[0], years[-1])} - {*years})
    none = f", none in {', '.join(_spans(gaps))}" if gaps else ""
    extremes = [
        ("highest", max(points, key=lambda point: point.value)),
        ("lowest", min(points, key=lambda point: point.value)),
        ("latest", points[-1]),
    ]
    told = [f"{word:<8}{point.value:+.2f} in {point.year}" for word, point in extremes]
    told += textwrap.wrap(f"{years[0]} to {years[-1]}{none}", _NOTES)
    return told + [""] * (rows - len(told))


def _spans(years: list[int]) -> Iterator[str]:
    """Years in a row as one span."""
    start = before = years[0]
    for year in [*years[1:], _FOREVER]:
        if year != before + 1:
            yield span_words(start, before)
            start = year
        before = year
