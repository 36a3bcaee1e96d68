"""The joint table of what two members both do."""

from __future__ import annotations

import numpy as np
from rich.table import Table
from rich.text import Text

from simulator.engines import Odds
from simulator.engines.words import cell
from simulator.facts import Choice

_ABSENT = 3


def joint_table(odds: Odds, one: str, other: str) -> Table:
    """Rows are what `one` does, columns what `other` does; rows and columns that cannot happen are left out."""
    chances = odds.pairs[f"{one} {other}"]
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="")
    rows = [place for place in range(4) if place < _ABSENT or chances[place].any()]
    columns = [place for place in range(4) if place < _ABSENT or chances[:, place].any()]
    words = [choice.value for choice in Choice]
    table.add_column("")
    for place in columns:
        table.add_column(f"{other} {words[place]}", justify="right")
    table.add_column("together", justify="right")
    for row in rows:
        cells = [cell(float(chances[row, column])) for column in columns]
        table.add_row(f"{one} {words[row]}", *cells, Text(cell(float(chances[row].sum())), style="dim"))
    sums = [cell(float(total)) for total in np.asarray(chances.sum(axis=0))[columns]]
    table.add_row(Text("together", style="dim"), *(Text(total, style="dim") for total in sums))
    return table
