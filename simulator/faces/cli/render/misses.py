"""Votes with the odds they were given, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from simulator.engines.words import cell
from simulator.estimation import Forecast
from simulator.faces.cli.render.console import COLOURS, plain, text
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.spelling import spelt


def misses(forecasts: Sequence[Forecast]) -> RenderableType:
    """A row a vote: day, symbol, what it was about, what happened, and the odds of each outcome."""
    return Fitting([_table(forecasts), _stacked(forecasts)])


def _table(forecasts: Sequence[Forecast]) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("day", no_wrap=True)
    table.add_column("vote", max_width=21, no_wrap=True, overflow="ellipsis")
    table.add_column("agenda", max_width=12, no_wrap=True, overflow="ellipsis")
    table.add_column("happened", no_wrap=True)
    for title in ("adopted", "vetoed", "failed"):
        table.add_column(title, justify="right", no_wrap=True)
    for forecast in forecasts:
        vote = forecast.vote
        table.add_row(
            str(vote.date), text(plain(vote.id)), text(plain(vote.agenda)), _happened(vote.outcome), *_odds(forecast)
        )
    return table


def _stacked(forecasts: Sequence[Forecast]) -> RenderableType:
    """For a narrow page: the vote on a line of its own, what happened and the odds below it."""
    row = "  {:<8} {:>7} {:>7} {:>7}".format
    parts: list[RenderableType] = [text(row("happened", "adopted", "vetoed", "failed"), "dim")]
    for forecast in forecasts:
        vote = forecast.vote
        parts.append(Text(spelt(plain(f"{vote.date} {vote.id} {vote.agenda}")), no_wrap=True, overflow="ellipsis"))
        parts.append(text(row(vote.outcome.value, *_odds(forecast))))
    return Group(*parts)


def _happened(outcome: str) -> Text:
    return text(str(outcome), COLOURS.get(outcome, ""))


def _odds(forecast: Forecast) -> list[str]:
    return [cell(odds) for odds in forecast.outcomes.as_dict().values()]
