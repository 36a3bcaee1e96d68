"""The seats in order of support, with the vote that decides marked."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from simulator.engines import Odds
from simulator.engines.words import cell
from simulator.faces.cli.render.console import bar, glyphs
from simulator.facts import Council
from simulator.model import stated_odds
from simulator.scenario import Scenario, council_of, entries

_NAME, _NAME_WITH_ABSENT = 24, 19
_BAR = 5


def seats_table(scenario: Scenario, odds: Odds) -> RenderableType:
    """A row a seat: what is assumed, odds of each choice in 100, and a bar of its yes."""
    council = council_of(scenario)
    order = sorted(council.seats, key=lambda seat: -odds.members[seat.id]["yes"])
    absent = any(chances["absent"] > 0 for chances in odds.members.values())
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", show_edge=False)
    table.add_column("")
    table.add_column("P5", no_wrap=True)
    table.add_column("member", no_wrap=True)
    table.add_column("said", no_wrap=True)
    for word in ("yes", "abst.", "no", *(["absent"] if absent else [])):
        table.add_column(word, justify="right")
    table.add_column("", no_wrap=True)
    name, width = (_NAME_WITH_ABSENT, 0) if absent else (_NAME, _BAR)
    for place, seat in enumerate(order, 1):
        chances = odds.members[seat.id]
        columns = ("yes", "abstain", "no", *(["absent"] if absent else []))
        table.add_row(
            str(place),
            "P" if seat.permanent else "",
            Text(f"{seat.id} {seat.short}"[:name], style="bold" if seat.permanent else ""),
            _assumed(scenario, council, seat.id),
            *(cell(chances[word]) for word in columns),
            _bar(chances["yes"], width, odds.majority.quota if place == odds.majority.quota else None),
        )
    return Group(table, *_implied(scenario, council, odds))


def _bar(yes: float, width: int, deciding: int | None) -> Text:
    """A bar of the odds of a yes, and a mark at the seat whose yes would be the one that suffices."""
    text = Text(bar(yes, width).ljust(width), style="green")
    if deciding:
        ending = {1: "st", 2: "nd", 3: "rd"}.get(deciding, "th")
        text.append(f" {glyphs().ninth} {deciding}{ending} yes", style="bold")
    return text


def _assumed(scenario: Scenario, council: Council, member: str) -> str:
    if member in scenario.do:
        return "made so"
    entry = entries(scenario, council)[member]
    return entry.stance.value if entry.stance else "odds"


def _implied(scenario: Scenario, council: Council, odds: Odds) -> Iterator[Text]:
    """What company makes of followers: the split between no and abstain is no longer as stated."""
    if odds.given:
        return
    stated = stated_odds(scenario, council)
    for pair in odds.model.company:
        follower, leader = (odds.model.members[seat] for seat in (pair.follower, pair.leader))
        said, implied = stated[follower], odds.members[follower]
        yield Text(
            f"{follower} follows {leader}: no stated {cell(said.no)}, implied {cell(implied['no'])}; "
            f"abstain stated {cell(said.abstain)}, implied {cell(implied['abstain'])}. Once it withholds, its no "
            f"has {cell(pair.if_leader_no)} in 100 if {leader} votes no, else {cell(pair.otherwise)}.",
            style="dim",
        )
