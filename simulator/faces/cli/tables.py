"""``unsc rules`` and ``council``."""

from __future__ import annotations

import datetime
from dataclasses import asdict

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from simulator.errors import OptionError, nearest, shown
from simulator.faces.cli.printed import print_json
from simulator.faces.cli.render.console import show, text
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.typed import read_day
from simulator.facts import REFORMS, Council, Matter, Seat, council_day, council_on, members
from simulator.rules import RULES, Case, Rule
from simulator.scenario.reformed import reformed, seat_problems
from simulator.scenario.seat_tables import SeatEntry


def rules(*, as_json: bool) -> None:
    """Each rule's requirement, source and declared properties."""
    if as_json:
        rows = [{key: value for key, value in asdict(rule).items() if key != "applies"} for rule in RULES.values()]
        print_json(rows)
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


def council(date: str | None, *, reform: str | None, as_json: bool) -> None:
    """The members of a day, permanent members first; with those that a proposal would add."""
    typed = _typed(date, "DATE")
    found = council_of_day(date, "DATE", reform)
    day = found.date
    if as_json:
        seats = [
            {
                "id": seat.id,
                "name": seat.name,
                "group": seat.group.value,
                "permanent": seat.permanent,
                "veto": seat.veto,
                "start": seat.start.isoformat(),
                "end": seat.end.isoformat(),
            }
            for seat in found.seats
        ]
        print_json({"date": day.isoformat(), "seats": seats})
        return
    year = f", which stands for {typed}" if isinstance(typed, int) else ""
    title = text(f"The Council on {day}{year}: {len(found)} members", "bold")
    tables = [_seats(found, group=group, days=days) for group, days in ((True, True), (False, True), (False, False))]
    show(title, Fitting(tables), f"\n{_majority(found, reform)}")


def council_of_day(date: str | None, option: str, reform: str | None) -> Council:
    """The council of a day or a year as typed, today's where nothing is, with the seats that a proposal would add.

    Raises
    ------
    OptionError
        If it is no day, or no proposal, or the proposal does not fit the council.
    CouncilError
        If the members of that day are not known.
    """
    typed = _typed(date, option)
    day = council_day(typed) if isinstance(typed, int) else typed
    return _with_reform(day, reform) if reform is not None else council_on(day)


def _typed(date: str | None, option: str) -> datetime.date | int:
    return read_day(date, option) if date is not None else datetime.date.today()


def _with_reform(day: datetime.date, word: str) -> Council:
    if word not in REFORMS:
        hint = nearest(word, REFORMS)
        raise OptionError(f"--reform is one of {', '.join(REFORMS)}, not {shown(word)}{f' – {hint}' if hint else ''}")
    seats = (SeatEntry(id=word),)
    problems = list(seat_problems(seats, council_on(day)))
    if problems:
        raise OptionError(f"--reform {word}: {problems[0].message}")
    return reformed(day, seats)


def _majority(found: Council, word: str | None) -> str:
    """What a substantive draft needs, or what is said of a proposal's majority."""
    if word is None:
        return f"On substantive matters: {RULES['charter'].applies(Case.of(found, Matter.SUBSTANTIVE)).basis}."
    reform = REFORMS[word]
    return (
        f"{reform.name}: {reform.source}. With a veto: {len(found.vetoers)}. Votes needed: {reform.majority}. Not "
        f"checked in the document: {reform.unchecked}."
    )


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
            _term(seat, term, "permanent, no veto" if days else "no veto"),
        )
    return table


def _term(seat: Seat, term: str, without: str) -> str:
    """How long a seat is held; of a new seat only of which kind it is."""
    if seat.permanent:
        return "permanent" if seat.veto else without
    return term if seat.id in members() else "elected"
