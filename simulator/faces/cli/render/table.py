"""Several scenarios in one table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from simulator.engines import Odds
from simulator.engines.words import cell
from simulator.faces.cli.render.console import COLOURS, bar, plain, text
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.render.limits import limits
from simulator.faces.cli.render.score import brier
from simulator.faces.cli.spelling import spelt
from simulator.scenario import Scenario


def comparison(found: list[tuple[Scenario, Odds]]) -> RenderableType:
    """A row a scenario: odds in 100, what happened, and the Brier score of its adoption."""
    scores = [score for _, _, score in _scored(found) if score is not None]
    parts: list[RenderableType] = [
        Fitting([_table(found, 30, 8), _table(found, 30, 0), _table(found, 20, 0), _stacked(found)])
    ]
    if scores:
        which = "that came to a vote" if len(scores) > 1 else "scenario that came to a vote"
        parts.append(f"\nMean Brier score of {len(scores)} {which}: {sum(scores) / len(scores):.3f}.")
    parts += [text(plain(line), "italic") for line in _notes(found)]
    return Group(*parts, limits())


def _scored(found: list[tuple[Scenario, Odds]]) -> Iterator[tuple[Odds, str, float | None]]:
    """The odds, what happened or nothing, and the score of the one by the other."""
    for scenario, odds in found:
        actual = scenario.actual.outcome.value if scenario.actual else ""
        yield odds, actual, brier(odds, actual == "adopted") if actual else None


def _table(found: list[tuple[Scenario, Odds]], name: int, width: int) -> Table:
    """One line a scenario, with its name up to `name` characters and a bar of its adoption `width` long."""
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("scenario", max_width=name, no_wrap=True, overflow="ellipsis")
    for word in ("adopted", "vetoed", "failed", *([""] if width else []), "happened", "Brier"):
        table.add_column(word, justify="left" if word in ("", "happened") else "right", no_wrap=True)
    for (scenario, _), (odds, actual, score) in zip(found, _scored(found), strict=True):
        table.add_row(
            text(plain(stem(scenario))),
            *_shares(odds),
            *([text(bar(odds.adopted, width).ljust(width), "green")] if width else []),
            *_happened(actual, score),
        )
    return table


def _stacked(found: list[tuple[Scenario, Odds]]) -> RenderableType:
    """For a narrow page: the name on a line of its own, the numbers below it."""
    row = "{:>9} {:>6} {:>6} {:<8} {:>5}".format
    parts: list[RenderableType] = [text(row("adopted", "vetoed", "failed", "happened", "Brier"), "dim")]
    for (scenario, _), (odds, actual, score) in zip(found, _scored(found), strict=True):
        parts.append(Text(spelt(plain(stem(scenario))), no_wrap=True, overflow="ellipsis"))
        happened, brier_score = _happened(actual, score)
        parts.append(text(row(*_shares(odds), happened.plain, brier_score)))
    return Group(*parts)


def _shares(odds: Odds) -> list[str]:
    return [cell(share) for share in odds.outcomes.as_dict().values()]


def _happened(actual: str, score: float | None) -> tuple[Text, str]:
    return text(actual, COLOURS.get(actual, "")), f"{score:.3f}" if score is not None else ""


def _notes(found: list[tuple[Scenario, Odds]]) -> list[str]:
    lines = [f"Note on {stem(scenario)}: {note}" for scenario, odds in found for note in odds.notes]
    lines += [
        f"{stem(scenario)}: Monte Carlo DISAGREES with exact; please report it"
        for scenario, odds in found
        if odds.check and not odds.check.agrees(odds.outcomes)
    ]
    lines += [
        f"{stem(scenario)}: stopped before all draws were done; this is what they show so far"
        for scenario, odds in found
        if odds.interrupted
    ]
    return lines


def stem(scenario: Scenario) -> str:
    """What a scenario is called in a table: its file's name without folder and ending."""
    return Path(scenario.source).stem
