"""``unsc members``: the states that ever had a seat, and their ideal points through time."""

from __future__ import annotations

from typing import Any

from rich.table import Table
from rich.text import Text

from simulator.errors import CouncilError, InputError, OptionError, nearest, shown
from simulator.faces.cli.printed import print_json
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.members import portraits, years_of
from simulator.facts import Group, Member, ideal_points, member_named, terms_of
from simulator.facts import members as states


def members(codes: list[str], group: str | None, *, as_json: bool) -> None:
    """A list of all, or of a group; or the states of these codes, with their terms and ideal points."""
    if codes and group:
        raise OptionError("--group lists a group, codes name states: give one or the other")
    found = _named(codes) if codes else _listed(group)
    if as_json:
        print_json([_as_json(state, points=bool(codes)) for state in found])
        return
    if codes:
        show(portraits(found))
    else:
        show(_table(found), f"\n{len(found)} states. Terms and ideal points of some: unsc members IND PAK")


def _named(codes: list[str]) -> list[Member]:
    """The states of the codes, each once, in the order given; all that are no codes are named in one go."""
    found, problems = {}, []
    for code in codes:
        try:
            found[code] = member_named(code)
        except CouncilError as error:
            problems.append(str(error))
    if problems:
        raise InputError(problems[0] if len(problems) == 1 else "\n  ".join([f"{len(problems)} problems", *problems]))
    return list(found.values())


def _listed(group: str | None) -> list[Member]:
    if group is None:
        return list(states().values())
    words = [word.value for word in Group]
    if group not in words:
        hint = nearest(group, words)
        raise OptionError(f"--group {shown(group)} is not one of {', '.join(words)}{f' – {hint}' if hint else ''}")
    return [state for state in states().values() if state.group.value == group]


def _as_json(state: Member, *, points: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": state.id,
        "name": state.name,
        "group": state.group.value,
        "permanent": state.permanent,
        "terms": [
            {"start": term.start.isoformat(), "end": term.end.isoformat(), "name": term.name, "note": term.note}
            for term in terms_of(state.id)
        ],
    }
    if points:
        found["ideal_points"] = [
            {"year": point.year, "value": point.value, "government": point.government}
            for point in ideal_points(state.id)
        ]
    return found


def _table(found: list[Member]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("code")
    table.add_column("P5")
    table.add_column("member", no_wrap=True)
    table.add_column("group")
    table.add_column("terms", justify="right")
    table.add_column("years", justify="right")
    table.add_column("latest")
    for state in found:
        terms = terms_of(state.id)
        table.add_row(
            state.id,
            "P" if state.permanent else "",
            Text(state.short, style="bold" if state.permanent else ""),
            state.group.value,
            *(("", "", f"since {terms[0].start.year}") if state.permanent else _counts(state)),
        )
    return table


def _counts(state: Member) -> tuple[str, str, str]:
    terms = terms_of(state.id)
    years = {year for term in terms for year in range(term.start.year, term.end.year + 1)}
    return str(len(terms)), str(len(years)), years_of(terms[-1])
