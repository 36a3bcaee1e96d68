"""The page of a forecast from the record: odds, what was heard and what it changes, members, the outside view."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from simulator.analysis import OutsideView
from simulator.engines import RecordForecast
from simulator.engines.words import cell, in_100, in_a_sentence, percent, voting
from simulator.faces.cli.render import outside
from simulator.faces.cli.render.console import COLOURS, plain, text
from simulator.faces.cli.render.doubt import interval_words
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.render.limits import OF_THE_RECORD, limits
from simulator.faces.cli.render.picture import picture
from simulator.faces.cli.render.section import INDENT, day_words, section
from simulator.facts import PRESIDENT, Seat

_MOST, _SURE = 5, 0.98
"""Elected members shown at most, and the odds of a yes from which one is not."""

_FEW = 0.75
"""Share of the draws that evidence must leave, for the interval to pass without a word."""

_KINDS = {
    "negotiated": "negotiated: agreed before the vote",
    "contested": "contested",
    "rejected": "rejected by most",
}


def page(found: RecordForecast, view: OutsideView) -> RenderableType:
    """The whole page, with the outside view beneath."""
    return Group(*_parts(found, view))


def _parts(found: RecordForecast, view: OutsideView) -> Iterator[RenderableType]:
    yield from _heading(found)
    yield ""
    yield text(f"  Adopted: {_in_100(found.adopted)} in 100{interval_words(found.view.spread)}", "bold")
    yield ""
    outcomes = found.view.outcomes
    yield picture(outcomes, {word: cell(share) for word, share in outcomes.as_dict().items()})
    yield ""
    yield from (Padding(line, INDENT) for line in _doubt(found))
    yield from section(_changes_title(found), _changes(found))
    yield from section("Who may withhold a yes, in 100", _members(found))
    yield from section(outside.TITLE, outside.outside(view))
    for note in found.notes:
        yield Padding(text(plain(f"Note: {note}"), "italic"), (1, 0, 0, 0))
    yield limits(OF_THE_RECORD)


def _in_100(share: float) -> str:
    figure = in_100(share)
    return f"{figure} ({cell(share)})" if figure.startswith(("fewer", "more")) else figure


def _heading(found: RecordForecast) -> Iterator[RenderableType]:
    draft, names = found.scenario.draft, {seat.id: in_a_sentence(seat.short) for seat in found.council.seats}
    what = {"draft": "a draft", "amendment": "an amendment", "paragraph": "a paragraph"}[draft.text.value]
    by = "a presidential text" if PRESIDENT in found.sponsors else " ".join(found.sponsors) or "nobody known"
    if not draft.sponsors:
        by = f"{by} (assumed: no sponsors stated)"
    yield text(plain(f"{draft.agenda}: {what}, {by}, {day_words(draft.date)}"), "bold")
    if found.scenario.council.date:
        yield text(f"The council of {day_words(found.scenario.council.date)}")
    yield text(f"Needs {found.majority.basis}")
    for member, entry in found.scenario.members.items():
        if entry.stance and member in names:
            yield text(f"Said: {names[member]} {entry.stance}", "cyan")
    for member, choices in found.scenario.given.items():
        yield text(f"Learnt: {names[member]} {voting(*choices)}", "cyan")
    if found.scenario.given:
        yield text(f"  (probability {percent(found.evidence_probability)} in 100 before it was learnt)", "cyan")
    for member, choice in found.scenario.do.items():
        yield text(f"Made so: {names[member]} {voting(choice)}; only its followers react", "magenta")


def _doubt(found: RecordForecast) -> Iterator[Text]:
    """How much of the doubt is not knowing how the Council votes, and how much is chance."""
    spread = found.view.spread
    whole = spread.chance + spread.ignorance
    if whole > 0:
        share = spread.ignorance / whole
        yield text(
            f"Of the doubt whether it is adopted, {in_100(1 - share)} in 100 is chance, {in_100(share)} is not knowing "
            "how the Council votes."
        )
    if spread.effective_draws < _FEW * len(spread.weights):
        yield text(
            f"The {len(spread.weights)} draws of the parameters are worth {spread.effective_draws:,.0f} after what was "
            "heard: the interval is rough."
        )


def _changes_title(found: RecordForecast) -> str:
    return "What it changes, in 100" if found.before else "What kind of draft it may be, in 100"


def _changes(found: RecordForecast) -> RenderableType:
    """Outcomes and kinds of draft before and after what was heard; without it, the kinds alone."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False, show_header=bool(found.before))
    for head in ("", "before", "now") if found.before else ("", ""):
        table.add_column(head, justify="right" if head else "left", no_wrap=bool(head))
    if found.before:
        earlier = found.before.outcomes.as_dict()
        for word, share in found.view.outcomes.as_dict().items():
            table.add_row(text(word, COLOURS[word]), cell(earlier[word]), cell(share))
    for kind, share in found.view.kinds.items():
        before = [cell(found.before.kinds[kind])] if found.before else []
        table.add_row(_KINDS[kind], *before, text(cell(share), justify="right"))
    return table


def _members(found: RecordForecast) -> RenderableType:
    """The permanent members, and of the elected those least sure to vote yes."""
    odds = found.members
    seats = sorted(found.council.seats, key=lambda seat: odds[seat.id]["yes"])
    permanent = [seat for seat in seats if seat.permanent]
    elected = [seat for seat in seats if not seat.permanent]
    shown = [seat for seat in elected if odds[seat.id]["yes"] < _SURE][:_MOST]
    rest = elected[len(shown) :]
    tables: list[RenderableType] = [_table(found, [*permanent, *shown], width) for width in (24, 12, 3)]
    parts: list[RenderableType] = [Fitting(tables)]
    if rest:
        least = min(odds[seat.id]["yes"] for seat in rest)
        parts.append(text(f"{_others(len(rest))} yes: {cell(least)} or more.", "dim"))
    return Group(*parts)


def _others(count: int) -> str:
    return "The other elected member," if count == 1 else f"The other {count} elected members, each"


def _table(found: RecordForecast, seats: list[Seat], width: int) -> Table:
    odds = found.members
    absent = any(odds[seat.id]["absent"] > 0 for seat in seats)
    before = found.before.as_dict(found.council.ids)["members"] if found.before else None
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", show_edge=False)
    heads = ["yes", "abst.", "no", *(["absent"] if absent else []), *(["yes before"] if before else [])]
    table.add_column("P5", no_wrap=True)
    table.add_column("member" if width > 3 else "", no_wrap=True)
    for head in heads:
        table.add_column(head, justify="right", no_wrap=width > 3)
    for seat in seats:
        row = odds[seat.id]
        cells = [cell(row[word]) for word in ("yes", "abstain", "no", *(["absent"] if absent else []))]
        cells += [cell(before[seat.id]["yes"])] if before else []
        name = f"{seat.id} {seat.short}"[:width]
        table.add_row("P" if seat.permanent else "", text(name, "bold" if seat.permanent else ""), *cells)
    return table
