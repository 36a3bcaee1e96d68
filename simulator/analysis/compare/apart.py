"""One scenario by piece: what each holds, in the plain types of a file, with defaults written out.

Two scenarios differ in a piece where these differ. What bears on no odds is left out: titles, sources, what happened,
names of blocs, the day of a draft whose members' preferences do not depend on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import BaseModel

from simulator.facts import Council
from simulator.scenario import MemberEntry, Scenario, Stance, entries, like_sitting, placed, sitting_sponsors
from simulator.scenario.numbers import Uncertain
from simulator.scenario.plain import plain_value
from simulator.scenario.seats import DEFAULT, new_seats

Content: TypeAlias = dict[str, Any]

SEATS, COMPANY, WORDS, DRAFT, RULE = "seats", "company", "words", "draft", "rule"
"""The pieces beside permanent members, which have their codes for names."""


@dataclass(frozen=True, slots=True)
class Apart:
    """One scenario by piece.

    Attributes
    ----------
    scenario : Scenario
    council : Council
        Its own.
    own : tuple of str
        The permanent members that are pieces of their own, by code.
    contents : mapping
        Piece → what it holds, in the order in which pieces are told.
    """

    scenario: Scenario
    council: Council
    own: tuple[str, ...]
    contents: Mapping[str, Content]


def taken_apart(scenario: Scenario, council: Council, own: tuple[str, ...]) -> Apart:
    """A scenario by piece.

    Parameters
    ----------
    scenario : Scenario
        Checked.
    council : Council
        Its own.
    own : tuple of str
        The permanent members that are to be pieces of their own.
    """
    written, sponsors = _written(scenario, council), _sponsors(scenario, council)
    contents: dict[str, Content] = {
        code: {
            "entry": written.get(code),
            "sponsor": code in sponsors,
            "given": _plain(scenario.given.get(code)),
            "do": _plain(scenario.do.get(code)),
        }
        for code in own
    }
    contents[SEATS] = _seats(scenario, council, own, written, sponsors)
    contents[COMPANY] = {
        "blocs": [_dump(bloc, "name") for bloc in scenario.blocs],
        "company": [_dump(pair) for pair in scenario.company],
    }
    contents[WORDS] = {word.value: _dump(numbers) for word, numbers in scenario.stances.items()}
    contents[DRAFT] = _draft(scenario)
    contents[RULE] = _rule(scenario)
    return Apart(scenario, council, own, contents)


def left_to_a_default(scenario: Scenario, council: Council) -> frozenset[str]:
    """Members that rest on an uncertain default, so that they share its draws."""
    model = scenario.preferences.model
    if model == "stated" and _doubtful(scenario.members.get(DEFAULT)):
        spoken = {*scenario.members, *sitting_sponsors(scenario, council)}
        return frozenset(code for code in council.ids if code not in spoken)
    if model == "spatial":
        return frozenset(code for code in council.ids if _shares_a_place(scenario, council, code))
    return frozenset()


def _shares_a_place(scenario: Scenario, council: Council, code: str) -> bool:
    """Whether a member stands, on some dimension, at an uncertain default."""
    assert scenario.spatial is not None, "called with the spatial model only"
    entry = scenario.members.get(code)
    own = (entry.position if entry else None) or {}
    shared = (name for name, place in scenario.spatial.default_position.items() if _is_uncertain(place))
    return placed(scenario, council)[code].needed and any(name not in own for name in shared)


def _written(scenario: Scenario, council: Council) -> dict[str, Content]:
    """Every member's entry, its default written out; none of who is silent, shares a default, or is as its group."""
    if scenario.preferences.model == "stated":
        return _stated(scenario, council)
    own = {code: _dump(entry) for code, entry in scenario.members.items() if code != DEFAULT}
    return own if scenario.preferences.model == "history" else _with_places(scenario, council, own)


def _stated(scenario: Scenario, council: Council) -> dict[str, Content]:
    silent = left_to_a_default(scenario, council)
    silent |= {seat for seat, sitting in like_sitting(scenario, council).items() if sitting}
    return {code: _dump(entry) for code, entry in entries(scenario, council).items() if code not in silent}


def _with_places(scenario: Scenario, council: Council, own: dict[str, Content]) -> dict[str, Content]:
    """Entries with the places that members have by default or by ideal point; a new seat's follows from its group."""
    assert scenario.spatial is not None, "called with the spatial model only"
    default = _dump(scenario.spatial)["default_position"]
    table = default if isinstance(default, dict) else {}
    new = {seat.id for seat in new_seats(council)}
    found = dict(own)
    for code, stands in placed(scenario, council).items():
        if not stands.needed or _shares_a_place(scenario, council, code):
            continue
        said = own.get(code, {})
        place = {**table, **said.get("position", {})}
        if not place and code not in new:
            place = dict(stands.place)
        if place:
            found[code] = {**said, "position": place}
    return found


def _sponsors(scenario: Scenario, council: Council) -> frozenset[str]:
    """Whose sponsorship cuts an uncertain no of its own at 0.5; where it stands for an entry, that is written out."""
    if scenario.preferences.model == "history":
        return frozenset()  # there it is the draft's
    return frozenset(code for code in sitting_sponsors(scenario, council) if _doubtful(scenario.members.get(code)))


def _seats(
    scenario: Scenario,
    council: Council,
    own: tuple[str, ...],
    written: Mapping[str, Content],
    sponsors: frozenset[str],
) -> Content:
    others = [seat for seat in council.seats if seat.id not in own]
    codes = {seat.id for seat in others}
    named = "E10" in (scenario.draft.sponsors or ()) and sponsors & codes  # a new seat has no code that may sponsor
    default, space = scenario.members.get(DEFAULT), scenario.spatial
    shared = left_to_a_default(scenario, council)
    kept = {DEFAULT: _dump(default)} if shared and default and scenario.preferences.model == "stated" else {}
    return {
        "who": [(seat.id, seat.veto, seat.permanent, seat.group.value) for seat in council.seats],
        "seats": [_dump(seat) for seat in scenario.council.seats],
        "members": kept | {code: entry for code, entry in written.items() if code in codes},
        "sponsors": ["E10"] if named else sorted(sponsors & codes),
        "default_position": {"default_position": _dump(space)["default_position"]} if space and shared else {},
        "given": {code: _plain(choices) for code, choices in scenario.given.items() if code in codes},
        "do": {code: _plain(choice) for code, choice in scenario.do.items() if code in codes},
    }


def _draft(scenario: Scenario) -> Content:
    """The draft, the votes before it, and the space it stands in; parties where they may have to abstain."""
    draft, history = scenario.draft, scenario.preferences.model == "history"
    text = {key: _plain(getattr(draft, key)) for key in ("date", "agenda", "sponsors", "text")}
    return {
        "text": text if history else {},
        "law": {"matter": draft.matter.value, "mass_atrocity": draft.mass_atrocity},
        "parties": list(scenario.council.parties) if draft.chapter == "VI" else [],
        "sequence": [_dump(step) for step in scenario.sequence],
        "space": _dump(scenario.spatial, "default_position") if scenario.spatial else None,
    }


def _rule(scenario: Scenario) -> Content:
    chosen, asked = scenario.council, scenario.preliminary
    undecided = MemberEntry(stance=Stance.UNDECIDED)
    return {
        "rule": chosen.rule,
        "quota": chosen.quota,
        "vetoes_needed": chosen.vetoes_needed,
        "subscribers": _plain(chosen.subscribers) if chosen.rule == "restraint" else None,
        "preliminary": {code: _dump(entry) for code, entry in {DEFAULT: undecided, **asked}.items()} if asked else {},
    }


def _doubtful(entry: MemberEntry | None) -> bool:
    """Whether an entry has odds of which some are uncertain."""
    return bool(entry and entry.odds and any(_is_uncertain(odds) for odds in entry.odds.__dict__.values()))


def _is_uncertain(number: object) -> bool:
    return isinstance(number, Uncertain)


def _dump(table: BaseModel, *without: str) -> Content:
    """A table of the file as plain data, what it leaves to defaults written out."""
    return dict(_plain(table.model_dump(exclude_none=True, exclude=set(without), warnings=False)))


def _plain(value: object) -> Any:
    return plain_value("scenario", value)
