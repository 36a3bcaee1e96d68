"""The seats in order of support, with the vote that decides marked."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from simulator.engines import Odds
from simulator.engines.words import percent
from simulator.faces.cli.render.console import bar, glyphs
from simulator.facts import Council
from simulator.model import stated_odds
from simulator.scenario import Scenario, council_of, entry_of

_ORDINALS = {1: "first", 2: "second", 3: "third", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth"}
_NAME = 24


def seats_table(scenario: Scenario, odds: Odds) -> RenderableType:
    """A row a seat: what is assumed, odds of each choice in 100, and a bar of its yes."""
    council = council_of(scenario)
    order = sorted(council.seats, key=lambda seat: -odds.members[seat.id]["yes"])
    absent = any(chances["absent"] > 0 for chances in odds.members.values())
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", show_edge=False)
    table.add_column("")
    table.add_column("permanent members in bold")
    table.add_column("said")
    for word in ("yes", "abst.", "no", *(["absent"] if absent else [])):
        table.add_column(word, justify="right")
    table.add_column("")
    for place, seat in enumerate(order, 1):
        chances = odds.members[seat.id]
        columns = ("yes", "abstain", "no", *(["absent"] if absent else []))
        table.add_row(
            str(place),
            Text(f"{seat.id} {seat.short}"[:_NAME], style="bold" if seat.permanent else ""),
            _assumed(scenario, council, seat.id),
            *(percent(chances[word]) for word in columns),
            _bar(chances["yes"], place == odds.majority.quota, place),
        )
    return Group(table, *_implied(scenario, council, odds))


def _bar(yes: float, deciding: bool, place: int) -> Text:
    text = Text(bar(yes, 8).ljust(8), style="green")
    if deciding:
        ordinal = _ORDINALS.get(place, f"{place}th")
        text.append(f" {glyphs().ninth} {ordinal} yes", style="bold")
    return text


def _assumed(scenario: Scenario, council: Council, member: str) -> str:
    if member in scenario.do:
        return "made so"
    entry = entry_of(scenario, council, member)
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
            f"{follower} follows {leader}: no stated {percent(said.no)}, implied {percent(implied['no'])}; "
            f"abstain stated {percent(said.abstain)}, implied {percent(implied['abstain'])}. Once it withholds, its no "
            f"has {percent(pair.if_leader_no)} in 100 if {leader} votes no, else {percent(pair.otherwise)}.",
            style="dim",
        )
