"""What is not known: the interval of the odds over uncertain numbers, and how much of the doubt is ignorance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simulator.analysis import Run
from simulator.engines import Odds
from simulator.engines.possible import LEVEL, Spread
from simulator.engines.words import cell, counted, in_100
from simulator.engines.words import spread as figure
from simulator.faces.cli.render.console import text
from simulator.faces.cli.render.fitting import Fitting


def interval_words(spread: Spread | None) -> str:
    """The interval, for the line of the answer; empty where all numbers are certain."""
    if spread is None or spread.ignorance < _NONE:
        return ""
    low, high = (in_100(end) for end in spread.interval())
    within = _NEAR_AN_END.get(low, f"{low} to {high}") if low == high else f"{low} to {high}"
    return f" ({100 * LEVEL:.0f} % interval {within})"


_NONE = 1e-12
"""Variance of the odds over draws of the numbers that is rounding."""

_NEAR_AN_END = {"fewer than 1": "below 1", "more than 99": "above 99"}


def doubt_lines(spread: Spread | None) -> Iterator[Text]:
    """What the interval means, and where the doubt comes from: the law of total variance."""
    if spread is None:
        return
    if spread.ignorance < _NONE:
        yield text(
            f"The uncertain numbers do not matter here: all {len(spread.weights)} draws of them give the same odds."
        )
        return
    low, high = (cell(end) for end in spread.interval())
    drawn = counted(len(spread.weights), "draw")
    uneven = spread.effective_draws < 0.999 * len(spread.weights)
    worth = f", worth {spread.effective_draws:,.0f} after what was learnt" if uneven else ""
    yield text(f"Numbers drawn at random: {drawn}{worth}; other draws would move the odds by ± {figure(spread.error)}.")
    yield text(f"In {100 * LEVEL:.0f} of 100 draws the odds of adoption are {low} to {high} in 100.")
    whole = spread.chance + spread.ignorance
    if whole > 0:
        share = spread.ignorance / whole
        yield text(
            f"Of the doubt whether it is adopted, {in_100(1 - share)} in 100 is chance, {in_100(share)} is not knowing "
            "the numbers."
        )


def columns_told(runs: Iterable[Run]) -> Iterator[Text]:
    """What the columns ± and 90 % of a table of runs are, where it has them."""
    shown = list(runs)
    told = ["±: one standard error, of drawing votes or numbers."] if any(one.error for one in shown) else []
    if any(one.interval for one in shown):
        what = "estimated parameters" if shown[0].scenario.preferences.model == "history" else "uncertain numbers"
        told.append(f"{100 * LEVEL:.0f} %: where the odds of adoption lie in {100 * LEVEL:.0f} of 100 draws of {what}.")
    if told:
        yield text(" ".join(told), "dim")


def steps_table(odds: Odds) -> RenderableType | None:
    """A row for each vote before the draft's; None where there is none."""
    return Fitting([_steps_table(odds, apart=True), _steps_table(odds, apart=False)]) if odds.steps else None


def _steps_table(odds: Odds, *, apart: bool) -> Table:
    """With what is voted on in a column of its own, or below the name where the page is narrow."""
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", show_edge=False)
    for head in ("", "what") if apart else ("",):
        table.add_column(head, no_wrap=apart)
    for head in ("adopted", "vetoed", "failed"):
        table.add_column(head, justify="right", no_wrap=True)
    for step in odds.steps:
        shares = (cell(share) for share in step.outcomes.as_dict().values())
        what = _WHAT.get(step.text, step.text)
        table.add_row(*([text(step.id), text(what)] if apart else [text(f"{step.id}: {what}")]), *shares)
    return table


_WHAT = {"preliminary": "is the draft procedural?", "draft": "a rival draft"}
