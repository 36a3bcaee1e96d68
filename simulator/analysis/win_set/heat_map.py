"""A heat map of odds in an issue space, in characters and for notebooks, without any library."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from simulator.engines.words import escaped, in_100
from simulator.model.latent import Floats

_SHADES = " ░▒▓█"
_WIDE, _HIGH = 61, 21
_CELLS = 41


@dataclass(frozen=True, eq=False)
class Map:
    """What a heat map shows.

    Attributes
    ----------
    title : str
    names : tuple of str
        One or two dimensions: the first goes across, the second up.
    axes : tuple of arrays
        Places along each, ascending.
    odds, beats : array, shape of the axes
        Odds in [0, 1], and whether the text beats the reversion point.
    best, draft, reversion : array, shape (1,) or (2,)
    sentence : str
        What is said of the reversion point.
    """

    title: str
    names: tuple[str, ...]
    axes: tuple[Floats, ...]
    odds: Floats
    beats: NDArray[np.bool_]
    best: Floats
    draft: Floats
    reversion: Floats
    sentence: str


def as_markup(found: Map) -> str:
    """Lines for rich: the odds as shades, D the draft, Q the reversion point."""
    lines = [f"[bold]{escaped(found.title)}[/]", f"Odds of adoption by {_across(found)}"]
    lines += [f"  │{row}│" for row in _rows(found)]
    width = len(_columns(found))
    lines.append(f"  -1{'1'.rjust(width)}")
    shades = "  ".join(f"{shade or ' '} {20 * place}" for place, shade in enumerate(_SHADES[1:], 1))
    beats = ", = beats it" if len(found.names) == 1 else ""
    lines.append(f"from {shades} in 100;  D draft, Q reversion point{beats}")
    if len(found.names) == 1:
        lines.insert(3, f"  │{_won(found)}│")
    return "\n".join([*lines, _best(found), found.sentence])


def _across(found: Map) -> str:
    names = [escaped(name) for name in found.names]
    return names[0] if len(names) == 1 else f"{names[0]} (across, -1 to 1) and {names[1]} (up, -1 to 1)"


def _best(found: Map) -> str:
    place = ", ".join(f"{escaped(name)} {value:.2f}" for name, value in zip(found.names, found.best, strict=True))
    return f"Likeliest text: {place}, adopted in {in_100(float(found.odds.max()))} of 100."


def _columns(found: Map) -> list[int]:
    return _some(found.axes[0], _WIDE)


def _some(axis: Floats, most: int) -> list[int]:
    """Evenly spread places of an axis, at most so many."""
    count = min(len(axis), most)
    return [round(place) for place in np.linspace(0, len(axis) - 1, count)]


def _rows(found: Map) -> list[str]:
    """Rows of shades from the top, with the marks put in."""
    columns = _columns(found)
    if len(found.names) == 1:
        row = [_shade(found.odds[column]) for column in columns]
        return ["".join(_marked(row, found, columns))]
    ups = _some(found.axes[1], _HIGH)[::-1]
    grid = [[_shade(found.odds[column, up]) for column in columns] for up in ups]
    for mark, place in (("Q", found.reversion), ("D", found.draft)):
        across = int(np.argmin(np.abs(found.axes[0][columns] - place[0])))
        up = int(np.argmin(np.abs(found.axes[1][ups] - place[1])))
        grid[up][across] = mark
    return ["".join(row) for row in grid]


def _marked(row: list[str], found: Map, columns: list[int]) -> list[str]:
    for mark, place in (("Q", found.reversion), ("D", found.draft)):
        row[int(np.argmin(np.abs(found.axes[0][columns] - place[0])))] = mark
    return row


def _won(found: Map) -> str:
    return "".join("=" if found.beats[column] else " " for column in _columns(found))


def _shade(odds: float) -> str:
    return _SHADES[min(int(odds * len(_SHADES)), len(_SHADES) - 1)]


def as_html(found: Map) -> str:
    """A small picture for notebooks: the darker, the likelier; win set outlined by a dot."""
    across = _some(found.axes[0], _CELLS)
    ups = _some(found.axes[1], _CELLS)[::-1] if len(found.names) == 2 else [0]
    odds, beats = (table.reshape(len(found.axes[0]), -1) for table in (found.odds, found.beats))
    high = 8 if len(ups) > 1 else 24
    cells = "".join(
        f'<rect x="{8 * x}" y="{high * y}" width="8" height="{high}" fill="#2e7d32" '
        f'fill-opacity="{odds[column, up]:.2f}"/>'
        + (f'<circle cx="{8 * x + 4}" cy="{high * y + high // 2}" r="1"/>' if beats[column, up] else "")
        for y, up in enumerate(ups)
        for x, column in enumerate(across)
    )
    size = f'width="{8 * len(across)}" height="{high * len(ups)}"'
    names = escape(" across, ".join(found.names) + (" up" if len(found.names) == 2 else ""))
    return (
        f"<div><b>{escape(found.title)}</b><br>Odds of adoption by {names}, from -1 to 1; "
        "dots beat the reversion point<br>"
        f'<svg {size} style="border:1px solid #888">{cells}</svg><br>'
        f"<small>{escape(_best(found))} {escape(found.sentence)}</small></div>"
    )
