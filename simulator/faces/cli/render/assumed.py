"""The head of a page about one scenario: what it is about, and what is learnt and made of it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from simulator.faces.cli.render.console import plain, text
from simulator.faces.cli.render.section import day_words
from simulator.scenario import Scenario, council_of


def heading(scenario: Scenario, what: str) -> Iterator[RenderableType]:
    """Title, symbol and day with what is done with it, and what is learnt and made."""
    yield text(plain(scenario.title), "bold")
    symbol = f"{plain(scenario.draft.symbol)}, " if scenario.draft.symbol else ""
    yield text(f"{symbol}{day_words(scenario.draft.date)}, {what}")
    names = {seat.id: seat.short for seat in council_of(scenario).seats}
    for member, choices in scenario.given.items():
        yield text(f"Learnt: {names[member]} votes {' or '.join(choices)}", "cyan")
    for member, choice in scenario.do.items():
        yield text(f"Made so: {names[member]} votes {choice}; only its followers react", "magenta")
