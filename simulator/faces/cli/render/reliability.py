"""Reliability drawn in characters: of drafts given much the same odds, what was said and what came true."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table

from simulator.estimation.reliability import Bin
from simulator.faces.cli.render.console import text
from simulator.faces.cli.render.fitting import Fitting

_SAID, _CAME, _GAP = "○", "●", "─"


def reliability(curve: Sequence[Bin]) -> RenderableType:
    """A row a bin that has votes: how many, the mean odds, the share adopted, and both on a scale from 0 to 100."""
    return Fitting([_table(curve, 36), _table(curve, 11), _table(curve, 0)])


def _table(curve: Sequence[Bin], width: int) -> Table:
    table = Table(box=None, padding=(0, 2 if width != 11 else 1, 0, 0), header_style="dim")
    for title in ("odds in 100", "votes", "○ said", "● came"):
        table.add_column(title, justify="right", no_wrap=True)
    if width:
        table.add_column(text("0" + "100".rjust(width - 1)), no_wrap=True)
    for one in curve:
        if one.forecast is None or one.adopted is None:
            continue
        cells = [_range(one), f"{one.count:,}", f"{100 * one.forecast:.1f}", f"{100 * one.adopted:.1f}"]
        table.add_row(*cells, *([text(_drawn(one.forecast, one.adopted, width))] if width else []))
    return table


def _range(one: Bin) -> str:
    return f"{100 * one.low:g} to {100 * one.high:g}"


def _drawn(said: float, came: float, width: int) -> str:
    """Two marks on a scale, joined; where both fall on one place, only what came true is drawn."""
    at = sorted((round(said * (width - 1)), round(came * (width - 1))))
    cells = [" "] * width
    cells[at[0] : at[1] + 1] = [_GAP] * (at[1] - at[0] + 1)
    cells[round(said * (width - 1))] = _SAID
    cells[round(came * (width - 1))] = _CAME
    return "".join(cells)
