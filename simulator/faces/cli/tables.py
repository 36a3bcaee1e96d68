"""``unsc rules`` and ``council``."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from simulator.faces.cli.render.console import show, text
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.spelling import carries_all
from simulator.faces.cli.typed import read_day
from simulator.facts import Council, Matter, council_day, council_on
from simulator.rules import RULES, Case, Rule


def rules(*, as_json: bool) -> None:
    """Each rule's requirement, source and declared properties."""
    if as_json:
        rows = [{key: value for key, value in asdict(rule).items() if key != "applies"} for rule in RULES.values()]
        print(json.dumps(rows, indent=2, ensure_ascii=not carries_all()))
        return
    show(Fitting([_rules_side_by_side(), _rules_stacked()]))


def _rules_side_by_side() -> Table:
    table = Table(box=None, padding=(0, 2, 1, 0), header_style="dim")
    table.add_column("rule", no_wrap=True)
    table.add_column("a draft is adopted with", width=37)
    table.add_column("properties", no_wrap=True)
    for rule in RULES.values():
        words = text(rule.summary).append_text(text(f"\n{rule.source}", "dim"))
        table.add_row(rule.name, words, "\n".join(_properties(rule)))
    return table


def _rules_stacked() -> RenderableType:
    """For a narrow page: a rule's properties below its name."""
    parts: list[RenderableType] = []
    for rule in RULES.values():
        words = text(rule.summary).append_text(text(f"\n{rule.source}\n{', '.join(_properties(rule))}", "dim"))
        parts += [text(rule.name, "bold"), Padding(words, (0, 0, 1, 2))]
    return Group(*parts)


def _properties(rule: Rule) -> list[str]:
    properties = {
        "monotone": rule.monotone,
        "vetoable": rule.vetoable,
        "anonymous among elected": rule.anonymous,
        "takes council.quota": rule.takes_quota,
    }
    return [name for name, has in properties.items() if has]


def council(date: str | None, *, as_json: bool) -> None:
    """The members of a day, permanent members first."""
    typed = read_day(date, "DATE") if date is not None else datetime.date.today()
    day = council_day(typed) if isinstance(typed, int) else typed
    found = council_on(day)
    majority = RULES["charter"].applies(Case.of(found, Matter.SUBSTANTIVE))
    if as_json:
        seats = [
            {
                "id": seat.id,
                "name": seat.name,
                "group": seat.group.value,
                "permanent": seat.permanent,
                "start": seat.start.isoformat(),
                "end": seat.end.isoformat(),
            }
            for seat in found.seats
        ]
        print(json.dumps({"date": day.isoformat(), "seats": seats}, indent=2, ensure_ascii=not carries_all()))
        return
    year = f", which stands for {typed}" if isinstance(typed, int) else ""
    title = text(f"The Council on {day}{year}: {len(found)} members", "bold")
    tables = [_seats(found, group=group, days=days) for group, days in ((True, True), (False, True), (False, False))]
    show(title, Fitting(tables), f"\nOn substantive matters: {majority.basis}.")


def _seats(council: Council, *, group: bool, days: bool) -> Table:
    """The members; for a narrow page without their groups, or with the years of their terms only."""
    table = Table(box=None, padding=(0, 2 if days else 1, 0, 0), header_style="dim")
    for name in ("code", "member", *(["group"] if group else []), "term"):
        table.add_column(name, no_wrap=not days or name != "member")
    for seat in council.seats:
        term = f"{seat.start} to {seat.end}" if days else f"{seat.start.year}-{seat.end.year}"
        table.add_row(
            seat.id,
            text(seat.short, "bold" if seat.permanent else ""),
            *([seat.group.value] if group else []),
            "permanent" if seat.permanent else term,
        )
    return table
