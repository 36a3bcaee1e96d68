"""Agenda items by part of the world, with what became of their texts and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table

from simulator.faces.cli.render.console import plain, text
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.render.roll_calls import BEFORE
from simulator.facts import COMPLETE_FROM, Agenda, Region

_NOWHERE = "no region"


def agendas_page(items: Sequence[Agenda]) -> Iterator[RenderableType]:
    """The items, at least one, under their regions, and the counts of all."""
    groups = _by_region(items)
    yield Fitting([_table(groups, days=True), _table(groups, days=False), _stacked(groups)])
    yield ""
    yield text(_counts(items))
    yield from (text(line, "dim") for line in _asides(items))


def _by_region(items: Sequence[Agenda]) -> dict[str, list[Agenda]]:
    regions: dict[Region | None, str] = {region: region.value for region in Region} | {None: _NOWHERE}
    groups = {word: [item for item in items if item.region is region] for region, word in regions.items()}
    return {word: group for word, group in groups.items() if group}


def _table(groups: dict[str, list[Agenda]], *, days: bool) -> Table:
    """A row an item; for a narrower page the years of its first and last day only."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("agenda item", no_wrap=True)
    for word in ("adopted", "vetoed", "more", "failed"):
        table.add_column(word, justify="right", no_wrap=True)
    for word in ("first", "last") if days else ("years",):
        table.add_column(word, no_wrap=True)
    for region, group in groups.items():
        table.add_row(text(region, "bold"))
        for item in group:
            when = (str(item.first), str(item.last)) if days else (_years(item),)
            table.add_row(
                text(plain(item.slug)), f"{item.adopted:,}", f"{item.vetoed:,}", _more(item), f"{item.failed:,}", *when
            )
    return table


def _years(item: Agenda) -> str:
    first, last = item.first.year, item.last.year
    return str(first) if first == last else f"{first}-{last}"


def _more(item: Agenda) -> str:
    return f"+{item.other_vetoes:,}" if item.other_vetoes else ""


def _stacked(groups: dict[str, list[Agenda]]) -> RenderableType:
    """For a narrow page: what became of an item's texts, and when, below its name."""
    parts: list[RenderableType] = []
    for region, group in groups.items():
        parts.append(text(region, "bold"))
        for item in group:
            more = f" {_more(item)}" if item.other_vetoes else ""
            parts.append(text(plain(item.slug)))
            parts.append(text(f"  {item.adopted:,} adopted, {item.vetoed:,}{more} vetoed, {item.failed:,} failed"))
            parts.append(text(f"  {item.first} to {item.last}", "dim"))
    return Group(*parts)


def _counts(items: Sequence[Agenda]) -> str:
    votes, adopted, vetoed, failed = (
        sum(getattr(item, name) for item in items) for name in ("roll_calls", "adopted", "vetoed", "failed")
    )
    these = "1 agenda item" if len(items) == 1 else f"{len(items):,} agenda items"
    on = "1 vote" if votes == 1 else f"{votes:,} votes"
    return f"{these}, {on} on record: {adopted:,} adopted, {vetoed:,} vetoed, {failed:,} failed."


def _asides(items: Sequence[Agenda]) -> Iterator[str]:
    """What a reader should know of the counts, and where to go from here."""
    if any(item.other_vetoes for item in items):
        yield "+ and a number: further vetoed texts, of which only the vetoing members are known."
    if any(item.first < COMPLETE_FROM for item in items):
        yield BEFORE
    latest = max(items, key=lambda item: item.last)
    yield f"The votes on one: unsc record list --agenda {plain(latest.slug)}"
