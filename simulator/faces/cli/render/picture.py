"""The picture of the odds: a hundred dots, and the three outcomes."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from simulator.engines import Outcomes
from simulator.engines.words import swarm
from simulator.faces.cli.render.console import COLOURS, DOTS, bar, text
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.render.section import INDENT


def picture(outcomes: Outcomes, shares: Mapping[str, str]) -> RenderableType:
    """A hundred dots, and beside them the three outcomes as written; below them where it is narrow."""
    ways: list[RenderableType] = []
    for width in (10, 0):
        grid = Table.grid(padding=(0, 3))
        grid.add_column(no_wrap=True, min_width=42)
        grid.add_column(no_wrap=True)
        grid.add_row(Padding(_dots(outcomes), INDENT), Padding(_table(outcomes, shares, width), (1, 0, 0, 0)))
        ways.append(grid)
    below = Padding(_table(outcomes, shares, 10), INDENT)
    return Fitting([*ways, Group(Padding(_dots(outcomes), INDENT), "", below), Group(_dots(outcomes), "", below)])


def _dots(outcomes: Outcomes) -> Text:
    """Five rows of twenty."""
    counts = dict(zip(DOTS, swarm(outcomes), strict=True))
    line = [word for word in DOTS for _ in range(counts[word])]
    dots = Text()
    for place, word in enumerate(line):
        dots.append_text(text(DOTS[word], COLOURS[word]))
        dots.append("\n" if place % 20 == 19 and place < 99 else "" if place == 99 else " ")
    return dots


def _table(outcomes: Outcomes, shares: Mapping[str, str], width: int) -> Table:
    table = Table.grid(padding=(0, 1))
    for head in ("mark", "outcome", "share", "bar"):
        table.add_column(head, justify="right" if head == "share" else "left", no_wrap=True)
    for word, share in outcomes.as_dict().items():
        table.add_row(
            text(DOTS[word], COLOURS[word]),
            word,
            shares[word],
            text(bar(share, width), COLOURS[word]),
        )
    return table
