"""What-ifs: a scenario with some of its keys changed, before another council, with other things learnt or made."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.errors import CouncilError, OptionError, ScenarioError, short, shown
from simulator.facts import Council, council_day
from simulator.rules import RULES
from simulator.scenario.checks_law import majority_of
from simulator.scenario.parse import from_data, rechecked, typed
from simulator.scenario.plain import plain_table
from simulator.scenario.seats import council_of
from simulator.scenario.twice import refuse_both
from simulator.scenario.types import Scenario

Learnable = str | Sequence[str]
"""What ``given`` takes for a member: a choice, ``"not yes"``, ``"not no"``, or several choices."""


def changed(
    scenario: Scenario,
    *,
    given: Mapping[str, Learnable] | None = None,
    do: Mapping[str, str] | None = None,
    stance: Mapping[str, str] | None = None,
    rule: str | None = None,
    council_date: datetime.date | int | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Scenario:
    """The scenario with changes, checked like a file.

    Parameters
    ----------
    scenario : Scenario
        What to start from; it stays as it is.
    given, do, stance : mapping from member code
        What is learnt, made, or said; each replaces the file's entry for that member. A member made to vote is no
        longer learnt to have voted, and the reverse.
    rule : str
        Replaces ``council.rule``.
    council_date : datetime.date or int
        Replaces ``council.date``; a year takes the council of :func:`simulator.facts.council_day`, and a note says
        so. Entries of members that do not sit then are left out, and the scenario's notes
        say whose; this holds for a changed ``draft.date`` too.
    settings : mapping
        Any other key in dotted form (``"blocs.0.cohesion"``) and its value.

    Raises
    ------
    ScenarioError
        If the changed scenario has problems.
    OptionError
        If one member is in both `given` and `do`, one thing is set twice, a dotted key leads nowhere, or something is
        not of the type it should be.
    """
    if not isinstance(scenario, Scenario):
        raise OptionError(f"a Scenario is changed, as load and parse give it, not {shown(scenario)}")
    given, do = plain_table("given", given), plain_table("do", do)
    stance, settings = plain_table("stance", stance), plain_table("settings", settings)
    if rule is not None and not isinstance(rule, str):
        raise OptionError(f"rule is a name, such as 'no-veto', not {shown(rule)}")
    council_date, notes = _day(council_date)
    refuse_both(given, do, stance, rule, council_date, [(_parts(key), value) for key, value in settings.items()])
    scenario = rechecked(scenario)
    data = scenario.to_data()
    if settings:
        for key, value in settings.items():
            _set(data, key, value)
        # What follows relies on the types; what else is wrong is for the check of the whole.
        data = typed(data, scenario.source).to_data()
    if rule is not None:
        data["council"] = {**data.get("council", {}), "rule": rule}
    if council_date is not None:
        data["council"] = {**data.get("council", {}), "date": council_date}
    for member, word in stance.items():
        entry = data.setdefault("members", {}).get(member, {})
        data["members"][member] = {key: entry[key] for key in entry if key != "odds"} | {"stance": word}
    for table, others, entries in (("given", "do", given), ("do", "given", do)):
        for member, choice in entries.items():
            data.get(others, {}).pop(member, None)
            data.setdefault(table, {})[member] = choice
    notes += _without_preliminary(data)
    before = council_of(scenario)
    after = _council_after(data)
    if after is not None and after.ids != before.ids:
        asked = {*given, *do, *stance}  # who is asked for by name must sit: an error, not a note
        notes += _left_out(data, set(before.ids) - set(after.ids) - asked, after)
    actual = data.pop("actual", None)
    result = from_data(data, scenario.source, scenario.further_agendas)
    if actual is not None:
        if _same_vote(scenario, result):
            result = from_data({**data, "actual": actual}, scenario.source, scenario.further_agendas)
        else:
            notes += ("what happened is left out: it happened before another council or under another rule",)
    result._notes = scenario.notes + notes
    return result


def _day(asked: object) -> tuple[datetime.date | None, tuple[str, ...]]:
    """The day a council is asked for by, and what to say of a year's."""
    if isinstance(asked, int) and not isinstance(asked, bool):
        day = council_day(asked)
        return day, (f"of the year {asked}, the council of {day} is taken",)
    if asked is None or (isinstance(asked, datetime.date) and not isinstance(asked, datetime.datetime)):
        return asked, ()
    raise OptionError(f"council_date is a datetime.date or a year, not {shown(asked)}")


def _same_vote(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios put the question to the same members under the same requirement."""
    councils = council_of(one), council_of(other)
    seats = [(council.ids, council.vetoers) for council in councils]
    return seats[0] == seats[1] and majority_of(one, councils[0]) == majority_of(other, councils[1])


def _without_preliminary(data: dict[str, Any]) -> tuple[str, ...]:
    """Takes out the preliminary question where a rule puts none, and says so."""
    rule = data.get("council", {}).get("rule", "charter")
    if "preliminary" not in data or rule not in RULES or RULES[rule].preliminary:
        return ()
    del data["preliminary"]
    return (f"[preliminary] is left out: rule {rule} does not ask whether the draft is procedural",)


def setting(text: str) -> tuple[str, Any]:
    """``key=value`` as typed on a command line: the value as TOML where it is TOML, else as text.

    Raises
    ------
    OptionError
        If there is no equals sign.
    """
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise OptionError(f"{shown(text)} is not of the form key=value, such as draft.date=2017-12-22")
    if "\n" in value:
        raise OptionError(f"{shown(text)}: a value is one line")
    try:
        return key.strip(), tomllib.loads(f"value = {value}")["value"]
    except (ValueError, RecursionError):
        return key.strip(), value.strip()


def _council_after(data: dict[str, Any]) -> Council | None:
    """The council of the changed data; None where its day is unusable, which the check of the whole will say."""
    asked = {key: value for key, value in data.get("council", {}).items() if key in ("date", "seats")}
    bare = {"schema": 1, "title": "", "draft": {"date": data["draft"]["date"]}, "council": asked}
    try:
        return council_of(typed(bare, ""))
    except (ScenarioError, CouncilError):
        return None


def _left_out(data: dict[str, Any], gone: set[str], council: Council) -> tuple[str, ...]:
    """Takes out of the data what concerns members that no longer sit, and says so."""
    dropped: set[str] = set()
    tables = [data.get(table, {}) for table in ("members", "preliminary", "given", "do")]
    for table in [*tables, *(step.get("members", {}) for step in data.get("sequence", ()))]:
        for member in gone & set(table):
            del table[member]
            dropped.add(member)
    for bloc in data.get("blocs", []):
        if not isinstance(bloc["members"], str):
            dropped |= gone & set(bloc["members"])
            bloc["members"] = [member for member in bloc["members"] if member not in gone]
    pairs = data.get("company", [])
    kept = [pair for pair in pairs if not {pair["leader"], pair["follower"]} & gone]
    if len(kept) < len(pairs):
        dropped |= {member for pair in pairs for member in (pair["leader"], pair["follower"])} & gone
        data["company"] = kept
    for key in ("parties", "subscribers"):
        named = data.get("council", {}).get(key, ())
        if set(named) & gone:
            dropped |= set(named) & gone
            data["council"][key] = [member for member in named if member not in gone]
    if not dropped:
        return ()
    return (f"not on the council of {council.date}, so their entries are left out: {', '.join(sorted(dropped))}",)


def _set(data: dict[str, Any], key: str, value: Any) -> None:
    """Sets a dotted key in place; list items go by their number from 0, or by their name."""
    parts = _parts(key)
    here: Any = data
    for place, part in enumerate(parts[:-1]):
        if len(_within_entries(parts[:place])) == 1 and len(_within_entries(parts)) == 3:
            _refuse_part_of_odds(here, parts)
        here = _step(here, part, ".".join(parts[: place + 1]))
    last = parts[-1]
    if isinstance(here, dict):
        here[last] = value
    else:
        here[_position(here, last, key)] = value
    if len(_within_entries(parts)) == 2 and last in ("stance", "odds") and isinstance(here, dict):
        here.pop({"stance": "odds", "odds": "stance"}[last], None)


def _within_entries(parts: list[str]) -> list[str]:
    """What of a dotted key lies within a table of members' entries, of this vote or an earlier one; else nothing."""
    if parts[:1] in (["members"], ["preliminary"]):
        return parts[1:]
    return parts[3:] if parts[:1] == ["sequence"] and parts[2:3] == ["members"] else []


def _refuse_part_of_odds(entry: Any, parts: list[str]) -> None:
    """One probability cannot be set where there are no odds; all of them can."""
    if parts[-2] == "odds" and isinstance(entry, dict) and "stance" in entry:
        key = short(".".join(parts[:-1]))
        raise OptionError(
            f"{short('.'.join(parts))}: {short(parts[-3])} has the stance {shown(entry['stance'])} and no odds; "
            f"set them all, and they replace the stance: {key}={{ yes = 0.2, abstain = 0.5, no = 0.3 }}"
        )


def _parts(key: str) -> list[str]:
    """The parts of a dotted key, quotes allowed as in TOML."""
    try:
        table: Any = tomllib.loads(f"{key} = 0") or {key: 0}
    except (ValueError, RecursionError):
        return [part.strip() for part in key.split(".")]
    parts = []
    while isinstance(table, dict) and len(table) == 1:
        ((part, table),) = table.items()
        parts.append(part)
    return parts if table == 0 else [key]  # else it was more than a key


def _step(here: Any, part: str, key: str) -> Any:
    if isinstance(here, dict):
        return here.setdefault(part, {})
    if isinstance(here, (list, tuple)):
        return here[_position(here, part, key)]
    raise OptionError(f"{short(key)}: nothing lies below this key")


def _position(items: Any, part: str, key: str) -> int:
    if not isinstance(items, list):
        raise OptionError(f"{short(key)}: nothing lies below this key; give the whole list")
    names = [item.get("name") or item.get("id", "") if isinstance(item, dict) else "" for item in items]
    if part in names:
        return names.index(part)
    if part.isdecimal() and len(part) < 10 and int(part) < len(items):
        return int(part)
    there = "1 item, numbered 0" if len(items) == 1 else f"{len(items)} items, numbered from 0"
    raise OptionError(f"{short(key)}: the list has {there}{_named(names)}")


def _named(names: list[str]) -> str:
    """The names that would do instead of a number."""
    said = [shown(name) for name in names[:5] if isinstance(name, str) and name]
    return f", or named {', '.join(said)}" if said else ""
