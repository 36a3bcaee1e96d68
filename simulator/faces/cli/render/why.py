"""The page of ``unsc why``: the sentence, what defeats the draft, what each choice means, the deciding yes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from simulator.analysis import Why
from simulator.engines.words import cell, ordinal, spread
from simulator.faces.cli.render.console import plain, text
from simulator.faces.cli.render.failure import why_it_fails
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.render.heading import heading, learnt_and_made
from simulator.faces.cli.render.limits import limits
from simulator.faces.cli.render.section import INDENT, section
from simulator.model.latent import ABSTAIN, NO, YES
from simulator.scenario import Scenario

_CHOICES = ((YES, "yes"), (ABSTAIN, "abstain"), (NO, "no"))

_SHORT = ((YES, "yes"), (ABSTAIN, "abst."), (NO, "no"))

_SEEN = "–"

_CODE = 3

_APART = 8
"""Columns of what is learnt: so wide that a choice stands apart from the one before."""


def page(scenario: Scenario, found: Why) -> RenderableType:
    """The whole page."""
    return Group(*_parts(scenario, found))


def _parts(scenario: Scenario, found: Why) -> Iterator[RenderableType]:
    odds = found.odds
    yield from heading(scenario, odds.majority.basis)
    yield from learnt_and_made(scenario, odds.evidence_probability)
    yield ""
    yield Padding(text(found.sentence, "bold"), INDENT)
    yield from section("Why it fails, when it fails (in 100 failures)", why_it_fails(odds))
    ways = [_choices(found, 24), _choices(found, 15), _choices(found, _CODE), _choices(found, _CODE, telling=False)]
    yield from section("Odds of adoption in 100, if a member", Group(Fitting(ways), *_legend(found)))
    quota = odds.majority.quota
    yield from section(
        f"Nearest to the {ordinal(quota)} yes", Fitting([_nearest(found, width) for width in (24, 15, _CODE)])
    )
    for note in dict.fromkeys((*odds.notes, *found.meaning.notes)):
        yield Padding(text(plain(f"Note: {note}"), "italic"), (1, 0, 0, 0))
    yield limits()


def _choices(found: Why, width: int, *, telling: bool = True) -> Table:
    """A row a member: adoption once it is learnt, and if it is made, to vote yes, abstain, vote no."""
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", show_edge=False)
    table.add_column("", no_wrap=True)
    for _, word in _CHOICES if telling else _SHORT:
        table.add_column(f"{word}\nlearnt", justify="right", no_wrap=True, min_width=_APART if width > _CODE else None)
        table.add_column("\nmade", justify="right", no_wrap=True)
    if telling:
        table.add_column("\ntells", justify="right", no_wrap=True)
    for seat, held in zip(found.council.seats, found.meaning.permanent, strict=True):
        place = found.meaning.seat(seat.id)
        cells = []
        for choice, _ in _CHOICES:
            for part in (found.meaning.learnt, found.meaning.made):
                share = float(part[place, choice, 0])
                cells.append(_SEEN if np.isnan(share) else cell(share))
        name = text(f"{seat.id} {seat.short}"[:width], "bold" if held else "")
        table.add_row(name, *cells, *([cell(found.tells(seat.id))] if telling else []))
    return table


def _legend(found: Why) -> Iterator[RenderableType]:
    error = max(float(np.nanmax(found.meaning.learnt_error)), float(np.nanmax(found.meaning.made_error)))
    drawn = f" Monte Carlo: one standard error is at most {spread(error)}." if error else ""
    yield text(
        "Learnt: news of it reaches you, and tells of the others too. Made: only those who follow it react. Tells: how "
        f"much of the doubt, in 100, its vote would take away. {_SEEN}: it never does.{drawn}",
        "dim",
    )


def _nearest(found: Why, width: int) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    for head in ("", "member", "yes in 100", "from even"):
        table.add_column(head, justify="left" if head in ("", "member") else "right", no_wrap=True)
    names = {seat.id: seat.short for seat in found.council.seats}
    for one in found.nearest:
        style = "bold" if one.place == found.odds.majority.quota else ""
        away = _SEEN if one.distance is None else f"{one.distance:+.1f} sd".replace("-", "−")
        table.add_row(
            text(str(one.place), style), text(f"{one.member} {names[one.member]}"[:width], style), cell(one.yes), away
        )
    return table
