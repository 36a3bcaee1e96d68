"""Scores of parts: periods, agenda items, members."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table

from simulator.estimation.scorecard import Scored
from simulator.faces.cli.render.console import plain, text
from simulator.faces.cli.render.fitting import Fitting

_COLUMNS = (
    ("Brier", "outcome", "brier"),
    ("base rate", "outcome", "climatology_brier"),
    ("skill", "outcome", "skill"),
    ("log loss", "outcome", "log_loss"),
    ("a vote", "votes", "nats"),
    ("contested", "votes", "contested_nats"),
)
_OF_MEMBERS = (
    ("nats a vote", "votes", "nats"),
    ("contested", "votes", "contested_nats"),
    ("balanced accuracy", "votes", "balanced_accuracy"),
)


def parts_table(parts: Sequence[Scored]) -> RenderableType:
    """A row a part; for a narrow page its first scores only."""
    columns = _COLUMNS if any(part.outcome for part in parts) else _OF_MEMBERS
    few = columns[:2] if columns is _OF_MEMBERS else (columns[0], columns[2])
    return Fitting([_table(parts, columns, 19), _table(parts, few, 12)])


def _table(parts: Sequence[Scored], columns: Sequence[tuple[str, str, str]], name: int) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("", max_width=name, no_wrap=True, overflow="ellipsis")
    table.add_column("votes", justify="right", no_wrap=True)
    for title, _, _ in columns:
        table.add_column(title, justify="right", no_wrap=True)
    for part in parts:
        scores = {"outcome": part.outcome, "votes": part.votes}
        cells = [_number(scores[kind].get(key)) for _, kind, key in columns]
        table.add_row(text(plain(part.name)), f"{part.n:,}", *cells)
    return table


def _number(value: float | None) -> str:
    return "–" if value is None or math.isnan(value) else f"{value:.3f}"
