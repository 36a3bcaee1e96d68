"""The joint table of what two members both do."""

from __future__ import annotations

from typing import TypeAlias

from rich.console import RenderableType
from rich.table import Table

from simulator.engines import Odds
from simulator.engines.words import cell
from simulator.faces.cli.render.console import text
from simulator.faces.cli.render.fitting import Fitting
from simulator.facts import Choice
from simulator.model.latent import Floats

_ABSENT = 3
_Floats: TypeAlias = tuple[list[float], list[float]]
_Words: TypeAlias = tuple[list[str], list[str]]


def joint_table(odds: Odds, one: str, other: str) -> RenderableType:
    """Rows are what `one` does, columns what `other` does; rows and columns that cannot happen are left out."""
    chances = odds.pairs[f"{one} {other}"]
    words = [choice.value for choice in Choice]
    short = [word.replace("abstain", "abst.") for word in words]
    # Of what is certain a sum of the cells may fall short by rounding.
    alone = list(odds.members[one].values()), list(odds.members[other].values())
    wide = _table(chances, alone, (_each(one, words), _each(other, words)), "together", 2)
    return Fitting([wide, _table(chances, alone, (_each(one, short), _each(other, short, "\n")), "all", 1)])


def _each(member: str, words: list[str], between: str = " ") -> list[str]:
    return [f"{member}{between}{word}" for word in words]


def _table(chances: Floats, alone: _Floats, heads: _Words, together: str, gap: int) -> Table:
    table = Table(box=None, padding=(0, gap, 0, 0), show_header=True, header_style="")
    down = [place for place in range(4) if place < _ABSENT or chances[place].any()]
    across = [place for place in range(4) if place < _ABSENT or chances[:, place].any()]
    table.add_column("", no_wrap=True)
    for place in across:
        table.add_column(heads[1][place], justify="right", no_wrap=True)
    table.add_column(together, justify="right", no_wrap=True)
    for row in down:
        cells = [cell(float(chances[row, column])) for column in across]
        table.add_row(heads[0][row], *cells, text(cell(alone[0][row]), "dim"))
    table.add_row(text(together, "dim"), *(text(cell(alone[1][place]), "dim") for place in across))
    return table
