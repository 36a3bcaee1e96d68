"""The head of a page about one scenario: what it is, and what is learnt and made in it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from simulator.engines.words import in_a_sentence, percent, voting
from simulator.faces.cli.render.console import plain, text
from simulator.faces.cli.render.section import day_words
from simulator.scenario import Scenario, council_of


def heading(scenario: Scenario, basis: str) -> Iterator[RenderableType]:
    """Title, symbol and day, and the rule with what it rests on."""
    yield text(plain(scenario.title), "bold")
    council = council_of(scenario)
    symbol = f"{plain(scenario.draft.symbol)}, " if scenario.draft.symbol else ""
    before = "" if scenario.council_date == scenario.draft.date else f", before the council of {council.date}"
    yield text(f"{symbol}{day_words(scenario.draft.date)}{before}")
    yield text(f"Rule {scenario.council.rule}: {basis}")
    if scenario.council.quota_source:
        yield text(f"Quota from {plain(scenario.council.quota_source)}")


def learnt_and_made(scenario: Scenario, probability: float | None = None) -> Iterator[RenderableType]:
    """What is learnt, with its probability before it was where there is but one, and what is made so."""
    names = {seat.id: in_a_sentence(seat.short) for seat in council_of(scenario).seats}
    for member, choices in scenario.given.items():
        yield text(f"Learnt: {names[member]} {voting(*choices)}", "cyan")
    if scenario.given and probability is not None:
        yield text(f"  (probability {percent(probability)} in 100 before it was learnt)", "cyan")
    for member, choice in scenario.do.items():
        yield text(f"Made so: {names[member]} {voting(choice)}; only its followers react", "magenta")
