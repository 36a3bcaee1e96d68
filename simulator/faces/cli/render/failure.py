"""Why a draft fails when it fails: too few yes, or whose veto, alone or together."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simulator.engines import Odds
from simulator.engines.words import cell, counted
from simulator.faces.cli.render.console import COLOURS, bar, text
from simulator.faces.cli.render.fitting import Fitting

_SHOWN = 5


def why_it_fails(odds: Odds) -> RenderableType | None:
    """Rows of reasons with their share of the failures; None when it cannot fail."""
    failures = odds.vetoed + odds.failed
    return Fitting([_table(odds, failures, 20), _table(odds, failures, 0)]) if failures > 0 else None


def _table(odds: Odds, failures: float, width: int) -> Table:
    table = Table.grid(padding=(0, 2 if width else 1))
    table.add_column()
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)

    def add(reason: str | Text, chance: float, word: str) -> None:
        share = chance / failures
        table.add_row(reason, cell(share), text(bar(share, width), COLOURS[word]))

    sets = sorted({**odds.vetoes.alone, **odds.vetoes.joint}.items(), key=lambda item: -item[1])
    sets = [(names, chance) for names, chance in sets if chance > 0]
    for names, chance in sets[:_SHOWN]:
        add(_against(names), chance, "vetoed")
    rest = sum(chance for _, chance in sets[_SHOWN:])
    if rest > 0:
        add(f"vetoed by others ({counted(len(sets) - _SHOWN, 'more set')})", rest, "vetoed")
    add("too few yes votes", odds.failed, "failed")
    if odds.hidden_veto > 0:
        add(text("   of these with a hidden veto", "dim"), odds.hidden_veto, "failed")
    return table


def _against(names: str) -> str:
    members = names.split()
    if len(members) == 1:
        return f"vetoed by {members[0]} alone"
    return f"vetoed by {', '.join(members[:-1])} and {members[-1]}"
