"""The page of a comparison: the odds side by side, who would say no, and where the difference comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import factorial

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from simulator.analysis import Attribution, Comparison, Part
from simulator.engines.words import cell, counted, signed
from simulator.engines.words import spread as figure
from simulator.faces.cli.render.console import bar, plain, text
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.render.limits import limits
from simulator.faces.cli.render.section import section
from simulator.scenario import council_of

_NAME = 30
"""Characters of a scenario's name in a table."""

_WORDS = 60
"""Characters that say what differs in a piece; JSON has all."""


def page(found: Comparison, what_if: str, *, one: bool) -> RenderableType:
    """The whole page.

    Parameters
    ----------
    what_if : str
        The what-if options as typed; empty where there are none.
    one : bool
        Whether one scenario is compared with itself as it stands.
    """
    return Group(*_parts(found, what_if, one))


def _parts(found: Comparison, what_if: str, one: bool) -> Iterator[RenderableType]:
    yield text(plain(found.sentence), "bold")
    if what_if:
        yield text(plain(f"{'Changed by' if one else 'All of them with'} {what_if}"), "cyan")
    yield from section("Side by side, in 100", _odds(found))
    yield from section("Chance of a no from members with a veto, in 100", _noes(found))
    if found.attribution is not None and found.attribution.parts:
        title = "Where the change from the first to the second comes from, in 100"
        yield from section(title, _attribution(found.attribution, found))
    if found.why_none:
        yield ""
        yield text(plain(f"The difference cannot be taken apart: {found.why_none}."))
    yield from _notes(found)
    yield limits()


def _odds(found: Comparison) -> RenderableType:
    interval = any(one.interval is not None for one in found.runs)
    ways = [(_NAME, 8), (_NAME, 0), (20, 0), (14, 0)]
    return Fitting([*(_odds_table(found, *way, interval) for way in ways), _stacked(found)])


def _odds_table(found: Comparison, name: int, width: int, interval: bool) -> Table:
    """A line a scenario, with a bar of its adoption, and where it lies in 90 of 100 draws of its numbers."""
    table = _table("scenario", name)
    for word in ("adopted", "vetoed", "failed", "change", *(["90 in 100 draws"] if interval else []), ""):
        table.add_column(word, justify="left" if not word else "right", no_wrap=True)
    for place, (called, one, change) in enumerate(zip(found.names, found.runs, found.differences, strict=True)):
        shares = [cell(share) for share in one.outcomes.as_dict().values()]
        if one.error:
            shares[0] += f" ± {figure(one.error)}"
        low_high = "" if one.interval is None else " to ".join(cell(end) for end in one.interval)
        table.add_row(
            text(plain(called)),
            *shares,
            signed(change.adopted) if place else "",
            *([low_high] if interval else []),
            text(bar(one.adopted, width).ljust(width), "green"),
        )
    return table


def _stacked(found: Comparison) -> RenderableType:
    """For a narrow page: the name on a line of its own, the numbers below it."""
    row = "{:>9} {:>6} {:>6} {:>7}".format
    parts: list[RenderableType] = [text(row("adopted", "vetoed", "failed", "change"), "dim")]
    for place, (called, one, change) in enumerate(zip(found.names, found.runs, found.differences, strict=True)):
        shares = [cell(share) for share in one.outcomes.as_dict().values()]
        parts += [text(plain(called)), text(row(*shares, signed(change.adopted) if place else ""))]
    return Group(*parts)


def _noes(found: Comparison) -> RenderableType | None:
    """A line a scenario: how likely each member with a veto is to vote no."""
    vetoers = [council_of(one.scenario).vetoers for one in found.runs]
    codes = list(dict.fromkeys(code for some in vetoers for code in some))
    if not codes:
        return None
    tables = []
    for name, most in ((_NAME, 7), (14, len(codes))):
        table = _table("scenario", name)
        for code in codes:
            table.add_column(code, justify="right", no_wrap=len(codes) <= most)
        for called, one, some in zip(found.names, found.runs, vetoers, strict=True):
            table.add_row(
                text(plain(called)), *(cell(one.members[code]["no"]) if code in some else "" for code in codes)
            )
        tables.append(table)
    return Fitting(tables)


def _attribution(attribution: Attribution, found: Comparison) -> RenderableType:
    parts = sorted(attribution.parts, key=lambda part: -abs(part.adopted))
    error = f" ± {figure(attribution.error)}" if attribution.error else ""
    whole = signed(found.differences[1].adopted) + error
    ways = [(22, 17, True), (20, 11, True), (24, 0, True), (24, 0, False)]
    tables = [_part_table(parts, whole, *way) for way in ways]
    return Group(Fitting(tables), text(""), text(_how(attribution), "dim"))


def _part_table(parts: Sequence[Part], whole: str, name: int, words: int, ends: bool) -> Table:
    """A line a piece: what differs in it, as far as there is room, and what it adds on the mean, first and last."""
    table = _table("piece", name)
    for head in ("before", "after") if words else ():
        table.add_column(head, max_width=words)
    for head in ("part", *(["first", "last"] if ends else [])):
        table.add_column(head, justify="right", no_wrap=True)
    for part in parts:
        error = f" ± {figure(part.error)}" if part.error else ""
        table.add_row(
            _called(part),
            *([_cut(part.first), _cut(part.second)] if words else []),
            signed(part.adopted) + error,
            *([signed(part.alone), signed(part.last)] if ends else []),
        )
    filled = [""] * (2 if words else 0)
    table.add_row(text("together"), *filled, text(whole, "bold"), *(["", ""] if ends else []))
    return table


def _called(part: Part) -> Text:
    """A member by code and name, as elsewhere; other pieces by their names."""
    own = part.piece.isupper() and "+" not in part.piece
    label = part.label.replace("the ", "")
    return text(plain(f"{part.piece} {label}" if own else label))


def _cut(words: str) -> Text:
    return text(plain(words if len(words) <= _WORDS else f"{words[: _WORDS - 1]}…"))


def _table(head: str, width: int) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", show_edge=False)
    table.add_column(head, max_width=width, no_wrap=True, overflow="ellipsis")
    return table


def _how(attribution: Attribution) -> str:
    """How the parts came about, and how exact they are."""
    pieces = len(attribution.parts)
    if pieces == 1:
        return "Only one piece differs, so the whole change is its own."
    orders = (
        f"all {factorial(pieces):,} orders of changing piece after piece"
        if attribution.orders is None
        else f"{2 * attribution.orders:,} orders, drawn, of changing piece after piece"
    )
    drawn = any(part.error for part in attribution.parts)
    exact = "; ± is one standard error" if drawn else ""
    return (
        f"A part is the mean over {orders} of what the piece adds (its Shapley value); first and last: what it adds "
        f"when it is changed first, or last. {counted(attribution.hybrids, 'scenario')} answered{exact}."
    )


def _notes(found: Comparison) -> Iterator[RenderableType]:
    for name, one in zip(found.names, found.runs, strict=True):
        for note in one.notes:
            yield Padding(text(plain(f"Note on {name}: {note}"), "italic"), (1, 0, 0, 0))
