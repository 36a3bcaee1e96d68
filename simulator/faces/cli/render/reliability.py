"""Reliability drawn in characters: of drafts given much the same odds, what was said and what came true."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table

from simulator.estimation.reliability import Bin
from simulator.faces.cli.render.console import text
from simulator.faces.cli.render.fitting import Fitting

_SAID, _CAME, _GAP = "○", "●", "─"
_WIDE, _NARROW = 36, 11
_TICKS = ("1", "10", "50", "90", "99")
_MOST = 0.999
"""The right end of the scale, as far from the middle as the left one."""


def reliability(curve: Sequence[Bin]) -> RenderableType:
    """A row a bin that has votes: how many, the mean odds, the share adopted, and both on a scale of log-odds.

    Most odds lie above 90 in 100: on a plain scale they would fall on one place.
    """
    return Fitting([_table(curve, _WIDE), _table(curve, _NARROW), _table(curve, 0)])


def _table(curve: Sequence[Bin], width: int) -> Table:
    table = Table(box=None, padding=(0, 2 if width != _NARROW else 1, 0, 0), header_style="dim")
    for title in ("odds in 100", "votes", "○ said", "● came"):
        table.add_column(title, justify="right", no_wrap=True)
    if width:
        table.add_column(text(_scale(width)), no_wrap=True)
    for one in curve:
        if one.forecast is None or one.adopted is None:
            continue
        cells = [_range(one), f"{one.count:,}", f"{100 * one.forecast:.1f}", f"{100 * one.adopted:.1f}"]
        table.add_row(*cells, *([text(_drawn(one.forecast, one.adopted, width))] if width else []))
    return table


def _range(one: Bin) -> str:
    return f"{100 * one.low:g} to {100 * one.high:g}"


def _place(odds: float, width: int) -> int:
    """The character where odds stand on a scale of log-odds; those beyond its ends stand at the ends."""
    reach = _logit(_MOST)
    return round((max(-reach, min(reach, _logit(odds))) / reach + 1) / 2 * (width - 1))


def _logit(odds: float) -> float:
    return math.log(max(odds, 1e-9) / max(1 - odds, 1e-9))


def _scale(width: int) -> str:
    """The numbers above the drawings, each with its middle where it stands, as many as there is room for."""
    cells = [" "] * width
    for tick in _TICKS if width > _NARROW else ("1", "50", "99"):
        middle = _place(float(tick) / 100, width)
        start = max(0, min(width - len(tick), middle - (len(tick) - 1) // 2))
        cells[start : start + len(tick)] = tick
    return "".join(cells)


def _drawn(said: float, came: float, width: int) -> str:
    """Two marks on a scale, joined; where both fall on one place, only what came true is drawn."""
    at = sorted((_place(said, width), _place(came, width)))
    cells = [" "] * width
    cells[at[0] : at[1] + 1] = [_GAP] * (at[1] - at[0] + 1)
    cells[_place(said, width)] = _SAID
    cells[_place(came, width)] = _CAME
    return "".join(cells)
