"""The seats in order of support, with the vote that decides marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from simulator.engines import Odds
from simulator.engines.words import cell, ordinal
from simulator.faces.cli.render.console import bar, text
from simulator.faces.cli.render.fitting import Fitting
from simulator.facts import Council, Seat
from simulator.model import stated_odds
from simulator.model.latent import ABSTAIN, NO
from simulator.scenario import MemberEntry, Scenario, StatedOdds, council_of, entries, like_sitting
from simulator.scenario.numbers import Uncertain

_CODE = 3
_DIGITS = 9
"""Support that differs less is the same: members then stay in the order of the council."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """How much of a row there is room for beside its numbers: characters, and whether the place is shown."""

    name: int
    said: int = 14
    bar: int = 0
    mark: str = "{place} yes"
    place: bool = True


_LAYOUTS = (
    _Layout(name=24, bar=5),
    _Layout(name=24),
    _Layout(name=19),
    _Layout(name=15, mark="{place}"),
    _Layout(name=_CODE, mark="{place}"),
    _Layout(name=_CODE, mark=""),
    _Layout(name=_CODE, mark="", place=False),
    _Layout(name=_CODE, said=9, mark="", place=False),
    _Layout(name=_CODE, said=0, mark="", place=False),
)
"""Richest first: a narrow page loses the bars, then names, then what was said, and never a number."""


def seats_table(scenario: Scenario, odds: Odds) -> RenderableType:
    """A row a seat: what is assumed, odds of each choice in 100, and a bar of its yes."""
    council = council_of(scenario)
    said = _said(scenario, council)
    tables = [_table(layout, council, said, odds) for layout in _LAYOUTS]
    return Group(Fitting(tables), *_implied(scenario, council, odds))


def _table(layout: _Layout, council: Council, said: dict[str, str], odds: Odds) -> Table:
    order = sorted(council.seats, key=lambda seat: -round(odds.members[seat.id]["yes"], _DIGITS))
    absent = any(chances["absent"] > 0 for chances in odds.members.values())
    heads = {"yes": "yes", "abstain": "abst.", "no": "no"} | ({"absent": "absent"} if absent else {})
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", show_edge=False)
    five = sum(seat.permanent for seat in order) == 5
    columns = [*([""] if layout.place else []), "P5" if five else "P", "member" if layout.name > _CODE else ""]
    for head in (*columns, *(["said"] if layout.said else [])):
        table.add_column(head, no_wrap=True)
    for head in heads.values():
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for place, seat in enumerate(order, 1):
        chances = odds.members[seat.id]
        table.add_row(
            *([str(place)] if layout.place else []),
            "P" if seat.veto else "p" if seat.permanent else "",
            _name(seat, layout.name),
            *([_cut(said[seat.id], layout.said)] if layout.said else []),
            *(cell(chances[word]) for word in heads),
            _bar(chances["yes"], layout, place if place == odds.majority.quota else None),
        )
    return table


def _name(seat: Seat, width: int) -> Text:
    return text(f"{seat.id} {seat.short}"[:width], "bold" if seat.permanent else "")


def _cut(word: str, width: int) -> str:
    return word if len(word) <= width else f"{word[: width - 1]}."


def _bar(yes: float, layout: _Layout, deciding: int | None) -> Text:
    """A bar of the odds of a yes, and a mark at the seat whose yes would be the one that suffices."""
    found = text(bar(yes, layout.bar).ljust(layout.bar), "green")
    if deciding:
        words = f"◀ {layout.mark.format(place=ordinal(deciding))}".rstrip()
        found.append_text(text(f" {words}" if layout.bar or layout.mark else words, "bold"))
    return found


def _said(scenario: Scenario, council: Council) -> dict[str, str]:
    """Code → what is assumed of the member: a stance word, odds, or that its vote is made."""
    stated = entries(scenario, council)
    words = {code: _word(entry) for code, entry in stated.items()}
    if scenario.preferences.model == "stated":
        words |= {code: "as its group" for code, sitting in like_sitting(scenario, council).items() if sitting}
    return words | dict.fromkeys(scenario.do, "made so")


def _word(entry: MemberEntry) -> str:
    """What an entry says of a vote; nothing, where only a place in issue space is known."""
    return entry.stance.value if entry.stance else "odds" if entry.odds else ""


def _implied(scenario: Scenario, council: Council, odds: Odds) -> Iterator[Text]:
    """What company makes of followers: the split between no and abstain is no longer as stated."""
    if odds.model.learnt:
        return
    if scenario.preferences.model == "history" or (scenario.preferences.model != "stated" and scenario.uncertain):
        return  # the draws of the parameters, or of a place, have odds of their own each
    written = {pair.follower: pair for pair in scenario.company}
    for pair in odds.model.company:
        follower, leader = (odds.model.members[seat] for seat in (pair.follower, pair.leader))
        said, implied = _before(scenario, council, odds, pair.follower), odds.members[follower]
        no, abstain = _stated(said.no, said.no), _stated(said.abstain, said.abstain)
        if_no = _stated(written[follower].if_leader_no, pair.if_leader_no)
        otherwise = _stated(written[follower].otherwise, pair.otherwise)
        yield text(
            f"{follower} follows {leader}: no stated {no}, implied {cell(implied['no'])}; "
            f"abstain stated {abstain}, implied {cell(implied['abstain'])}. Once it withholds, its no "
            f"has {if_no} in 100 if {leader} votes no, else {otherwise}.",
            "dim",
        )


def _before(scenario: Scenario, council: Council, odds: Odds, follower: int) -> StatedOdds:
    """A follower's odds without its company: as stated, or as they follow from its place."""
    if scenario.preferences.model == "stated":
        return stated_odds(scenario, council)[odds.model.members[follower]]
    row = odds.model.latent.marginals()[follower]
    return StatedOdds.model_construct(abstain=float(row[ABSTAIN]), no=float(row[NO]))


def _stated(written: object, used: float) -> str:
    """A chance in 100; where the file has a distribution or "rest" for it, that."""
    return str(written) if isinstance(written, (Uncertain, str)) else cell(used)
