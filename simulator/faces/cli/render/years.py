"""A line through the years, drawn in characters: one dot a year, two years a column.

Characters of Braille are grids of two by four dots, so a panel of 40 columns and 5 rows shows 80 years at 20 heights.
Where the terminal lacks them, plain characters stand in, a column for two years.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Set
from dataclasses import dataclass

from rich.text import Text

_LEFT, _RIGHT = (0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80)  # bits of the dots, from the top
_BLANK = 0x2800
_PER_ROW = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """What panels share: the years from left to right, the values from the bottom to the top.

    Attributes
    ----------
    first, last : int
        Years of the left and the right edge.
    low, high : float
        Values of the bottom and the top; 0 lies between them or on one of them.
    rows : int
        Lines of text in a panel.
    """

    first: int
    last: int
    low: float
    high: float
    rows: int

    @property
    def columns(self) -> int:
        """Characters from left to right, two years each."""
        return (self.last - self.first) // 2 + 1

    def column(self, year: int) -> int:
        """The column of a year."""
        return (year - self.first) // 2

    def height(self, value: float) -> int:
        """The dot of a value, from 0 at the bottom."""
        return round((value - self.low) / (self.high - self.low) * (self.rows * _PER_ROW - 1))

    def row(self, value: float) -> int:
        """The line of a value, from 0 at the top."""
        return self.rows - 1 - self.height(value) // _PER_ROW


def frame(values: list[float], first: int, last: int, rows: int) -> Frame:
    """The frame that holds these values, with bounds at whole tenths, 0 among them."""
    low, high = min(0.0, *values), max(0.0, *values)
    return Frame(first, last, math.floor(low * 10) / 10, math.ceil(high * 10) / 10, rows)


def line(points: Mapping[int, float], breaks: Set[int], within: Frame) -> list[str]:
    """The lines of a panel, from the top.

    Neighbouring years are joined; years without a point leave a gap.

    Parameters
    ----------
    points : mapping
        Values by year.
    breaks : set of int
        Years that are not joined to the year before, though both have points.
    within : Frame
        Where years and values lie.
    """
    dots = set()
    for year, value in points.items():
        height = within.height(value)
        before = height if year in breaks else within.height(points.get(year - 1, value))
        step = (height > before) - (height < before)
        dots |= {(year, at) for at in range(before + step, height, step or 1)} | {(year, height)}
    return [_text(dots, within, row) for row in range(within.rows)]


def strip(years: Set[int], within: Frame) -> str:
    """One line that marks some years."""
    flat = Frame(within.first, within.last, 0, 1, 1)
    return _text({(year, height) for year in years for height in (1, 2)}, flat, 0)


def axis(within: Frame, margin: int) -> list[Text]:
    """The axis below panels: a tick every ten years, and their numbers; `margin` characters stand before a panel."""
    ticks = {within.column(year): year for year in range(within.first, within.last + 1) if year % 10 == 0}
    corner, tick, rule = ("└", "┬", "─") if braille() else ("+", "+", "-")
    marks = "".join(tick if at in ticks else rule for at in range(within.columns))
    years = ""
    for at, year in ticks.items():
        years = years.ljust(margin + at - 1) + str(year)
    return [Text(" " * (margin - 1) + corner + marks), Text(years)]


def _text(dots: Set[tuple[int, int]], within: Frame, row: int) -> str:
    bottom = (within.rows - 1 - row) * _PER_ROW
    cells = []
    for column in range(within.columns):
        year = within.first + 2 * column
        sides = [[(y, bottom + 3 - place) in dots for place in range(_PER_ROW)] for y in (year, year + 1)]
        cells.append(_cell(*sides))
    return "".join(cells)


def _cell(left: list[bool], right: list[bool]) -> str:
    """The character of a cell whose dots, from the top, are these."""
    if not any(left + right):
        return " "
    if braille():
        pairs = zip(left + right, _LEFT + _RIGHT, strict=True)
        return chr(_BLANK + sum(bit for there, bit in pairs if there))
    places = [place for side in (left, right) for place, there in enumerate(side) if there]
    if max(places) - min(places) > 1:
        return "|"
    return {0: "'", 1: "-", 2: "-", 3: "."}[places[0]]


def braille() -> bool:
    """Whether the terminal has the characters."""
    try:
        (chr(_BLANK + 255) + "┊▼│└┬─").encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
