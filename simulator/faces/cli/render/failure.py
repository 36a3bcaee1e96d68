"""Why a draft fails when it fails: too few yes, or whose veto, alone or together."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from simulator.engines import Odds
from simulator.engines.words import cell
from simulator.faces.cli.render.console import COLOURS, bar

_SHOWN = 5


def why_it_fails(odds: Odds) -> Table | None:
    """Rows of reasons with their share of the failures; None when it cannot fail."""
    failures = odds.vetoed + odds.failed
    if failures <= 0:
        return None
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    table.add_column()
    sets = sorted({**odds.vetoes.alone, **odds.vetoes.joint}.items(), key=lambda item: -item[1])
    sets = [(names, chance) for names, chance in sets if chance > 0]
    for names, chance in sets[:_SHOWN]:
        table.add_row(_against(names), *_figures(chance / failures, "vetoed"))
    rest = sum(chance for _, chance in sets[_SHOWN:])
    if rest > 0:
        table.add_row(f"vetoed by others ({len(sets) - _SHOWN} more sets)", *_figures(rest / failures, "vetoed"))
    table.add_row("too few yes votes", *_figures(odds.failed / failures, "failed"))
    if odds.hidden_veto > 0:
        table.add_row(
            Text("   of these with a hidden veto", style="dim"), *_figures(odds.hidden_veto / failures, "failed")
        )
    return table


def _against(names: str) -> str:
    members = names.split()
    if len(members) == 1:
        return f"vetoed by {members[0]} alone"
    return f"vetoed by {', '.join(members[:-1])} and {members[-1]}"


def _figures(share: float, word: str) -> tuple[str, Text]:
    return cell(share), Text(bar(share, 20), style=COLOURS[word])
