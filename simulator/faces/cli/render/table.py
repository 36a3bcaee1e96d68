"""Several scenarios in one table."""

from __future__ import annotations

from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from simulator.engines import Odds
from simulator.engines.words import cell
from simulator.faces.cli.render.console import COLOURS, bar, plain
from simulator.faces.cli.render.score import brier
from simulator.scenario import Scenario


def comparison(found: list[tuple[Scenario, Odds]]) -> RenderableType:
    """A row a scenario: odds in 100, what happened, and the Brier score of its adoption."""
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("scenario", max_width=30, no_wrap=True, overflow="ellipsis")
    for word in ("adopted", "vetoed", "failed"):
        table.add_column(word, justify="right")
    table.add_column("")
    table.add_column("happened")
    table.add_column("Brier", justify="right")
    scores = []
    for scenario, odds in found:
        actual = scenario.actual.outcome.value if scenario.actual else ""
        score = brier(odds, actual == "adopted") if actual else None
        scores += [score] if score is not None else []
        table.add_row(
            Text(plain(Path(scenario.source).stem)),
            *(cell(share) for share in odds.outcomes.as_dict().values()),
            Text(bar(odds.adopted, 8).ljust(8), style="green"),
            Text(actual, style=COLOURS.get(actual, "")),
            f"{score:.3f}" if score is not None else "",
        )
    parts: list[RenderableType] = [table]
    if scores:
        parts.append(f"\nMean Brier score of {len(scores)} that came to a vote: {sum(scores) / len(scores):.3f}.")
    parts += [Text(plain(line), style="italic") for line in _notes(found)]
    return Group(*parts)


def _notes(found: list[tuple[Scenario, Odds]]) -> list[str]:
    lines = [f"Note on {Path(scenario.source).stem}: {note}" for scenario, odds in found for note in odds.notes]
    lines += [
        f"{Path(scenario.source).stem}: Monte Carlo DISAGREES with exact; please report it"
        for scenario, odds in found
        if odds.check and not odds.check.agrees(odds.outcomes)
    ]
    if any(odds.interrupted for _, odds in found):
        lines.append("Stopped before all draws were done: this is what they show so far.")
    return lines
