"""Two scenarios taken apart into the same pieces, and hybrids put together from pieces of both.

A piece holds everything that moves together, so that a hybrid – this piece of the one, that piece of the other – is a
scenario that a file could hold:

- **each permanent member** of both councils: its entry, its sponsorship where that stands for an entry, what is learnt
  and made of it;
- **the seats**: who else sits, with the day that decides it (and with it the quota, where the law asks a council of
  eleven for seven yes), and of them all what is said above of a permanent member;
- **company**: blocs and company;
- **words**: numbers of the scenario's own for stance words;
- **the draft**: the matter, parties to the dispute, votes before it, its place in issue space and what surrounds it;
  with preferences from the record also its day, agenda item, sponsors and kind of text, on which the record depends;
- **the rule**, with what it needs: quota, subscribers, the preliminary question.

What a scenario leaves to a default is first written out for each member: the default stance, the stance of a sponsor,
the ideal point of the draft's year. So a member brings along what it was taken to want, whoever else sits and whatever
is on the table. Members that share an *uncertain* default share its draws: they stay together, with the seats. Names of
members that do not sit in a hybrid are left out of it, as with another council date. Two pieces of which some mix is no
valid scenario are joined into one: more seats than the Charter's and the Charter's majority, a sponsor and its refusal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeAlias

from simulator.analysis.compare.apart import COMPANY, DRAFT, RULE, SEATS, WORDS, Apart, left_to_a_default, taken_apart
from simulator.errors import ScenarioError
from simulator.facts import Council, members
from simulator.scenario import Scenario, council_of
from simulator.scenario.parse import from_data
from simulator.scenario.seats import DEFAULT

Names: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two scenarios, the pieces in which they differ, and every hybrid of them.

    Attributes
    ----------
    first, second : Apart
        The two, by piece.
    pieces : tuple of tuple of str
        Those that differ; each is one name, or several that only go together.
    """

    first: Apart
    second: Apart
    pieces: tuple[Names, ...]

    @classmethod
    def of(cls, first: Scenario, second: Scenario) -> Pair:
        """The two taken apart; both checked, and :func:`why_apart` has no reason against it."""
        councils = council_of(first), council_of(second)
        own = _own(first, second, councils)
        one, other = taken_apart(first, councils[0], own), taken_apart(second, councils[1], own)
        differ = [(name,) for name in one.contents if one.contents[name] != other.contents[name]]
        return cls(one, other, _joined(one, other, differ))

    def hybrid(self, chosen: int) -> Scenario:
        """The scenario that has some pieces of the second, and all others of the first.

        Parameters
        ----------
        chosen : int
            In binary: bit i is set where piece i is the second's.

        Raises
        ------
        ScenarioError
            If three pieces or more cannot be mixed in this way.
        """
        taken = {name for place, names in enumerate(self.pieces) if chosen >> place & 1 for name in names}
        return _mixed(self.first, self.second, taken)


def why_apart(first: Scenario, second: Scenario) -> str:
    """Why pieces of two scenarios cannot be mixed; empty where they can."""
    models = first.preferences.model, second.preferences.model
    if models[0] != models[1]:
        return (
            f"preferences are {_MODELS[models[0]]} in the one and {_MODELS[models[1]]} in the other, so no member's "
            "entry of the one means in the other what it meant"
        )
    if first.spatial and second.spatial and set(first.spatial.dimensions) != set(second.spatial.dimensions):
        spaces = (", ".join(one.spatial.dimensions) for one in (first, second) if one.spatial)
        return f"their issue spaces differ ({'; '.join(spaces)}), so a place in the one is none in the other"
    return ""


_MODELS = {"stated": "stated", "spatial": "places in an issue space", "history": "fitted to the record"}


def _own(first: Scenario, second: Scenario, councils: tuple[Council, Council]) -> Names:
    """The permanent members of both councils that are pieces of their own."""
    here, there = councils
    shared = left_to_a_default(first, here) | left_to_a_default(second, there)
    return tuple(
        code for code in here.permanent if code in there.permanent and code in members() and code not in shared
    )


def _joined(first: Apart, second: Apart, pieces: Sequence[Names]) -> tuple[Names, ...]:
    """The pieces, those put together of which some mix of the two scenarios is not valid."""
    found = list(pieces)
    while (clash := next(_clashes(first, second, found), None)) is not None:
        one, other = clash
        found = [one + other if names == one else names for names in found if names != other]
    return tuple(found)


def _clashes(first: Apart, second: Apart, pieces: Sequence[Names]) -> Iterator[tuple[Names, Names]]:
    """Pairs of pieces that cannot come one from each scenario, be all others the first's or the second's."""
    for one, other in combinations(pieces, 2):
        rest = {name for names in pieces if names not in (one, other) for name in names}
        for taken in (one, other):
            if not any(_valid(first, second, {*taken, *others}) for others in ((), rest)):
                yield one, other


def _valid(first: Apart, second: Apart, taken: set[str]) -> bool:
    try:
        _mixed(first, second, taken)
    except ScenarioError:
        return False
    return True


def _mixed(first: Apart, second: Apart, taken: set[str]) -> Scenario:
    """The scenario with the pieces named of the second, and all others of the first."""
    both = first, second

    def of(name: str) -> Apart:
        return both[name in taken]

    data = _put_together(of, tuple(name for name in first.contents if name in first.own))
    titles = f"{first.scenario.source} with {', '.join(sorted(taken)) or 'nothing'} of {second.scenario.source}"
    agendas = first.scenario.further_agendas | second.scenario.further_agendas
    return from_data({"schema": 1, "title": titles, **data}, titles, agendas)


def _put_together(of: Callable[[str], Apart], own: Names) -> dict[str, Any]:
    """The data of a scenario from its pieces."""
    seats, draft, rule = (of(name).contents[name] for name in (SEATS, DRAFT, RULE))
    sitting, said = of(SEATS), {name: of(name).contents[name] for name in own}
    council = sitting.council
    history = sitting.scenario.preferences.model == "history"
    text = draft["text"] if history else {"date": council.date, "sponsors": _sponsors(seats, said)}
    parties = _sitting(draft["parties"], council)
    data: dict[str, Any] = {
        "draft": {**text, **draft["law"], "chapter": "VI" if parties else "none"},
        "council": {"date": council.date, **_rule(of(RULE), council), "parties": parties},
        "preferences": {"model": sitting.scenario.preferences.model},
        "members": seats["members"] | {code: one["entry"] for code, one in said.items() if one["entry"] is not None},
        "stances": of(WORDS).contents[WORDS],
        "sequence": [{**step, "members": _kept(step["members"], council)} for step in draft["sequence"]],
        **_company(of(COMPANY), council),
    }
    if sitting.scenario.council.seats:
        data["council"]["seats"] = seats["seats"]
    if rule["preliminary"]:
        data["preliminary"] = _kept(rule["preliminary"], council)
    if draft["space"] is not None:
        data["spatial"] = {**draft["space"], **seats["default_position"]}
    for table in ("given", "do"):
        data[table] = seats[table] | {code: one[table] for code, one in said.items() if one[table] is not None}
    return data


def _sponsors(seats: Mapping[str, Any], said: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return [*(code for code, one in said.items() if one["sponsor"]), *seats["sponsors"]]


def _rule(source: Apart, council: Council) -> dict[str, Any]:
    """The rule's keys of ``[council]``."""
    rule = source.contents[RULE]
    chosen = {key: rule[key] for key in ("rule", "quota", "vetoes_needed") if rule[key] is not None}
    if (
        rule["quota"] is not None
    ):  # more seats than the Charter's want a source, which the same quota may lack elsewhere
        chosen["quota_source"] = source.scenario.council.quota_source or "one of the scenarios compared"
    if rule["subscribers"] is not None:
        chosen["subscribers"] = _sitting(rule["subscribers"], council)
    return chosen


def _company(source: Apart, council: Council) -> dict[str, Any]:
    """Blocs and company, as far as their members sit."""
    held = source.contents[COMPANY]
    blocs = [
        bloc if isinstance(bloc["members"], str) else {**bloc, "members": _sitting(bloc["members"], council)}
        for bloc in held["blocs"]
    ]
    pairs = [pair for pair in held["company"] if pair["leader"] in council and pair["follower"] in council]
    return {key: value for key, value in (("blocs", blocs), ("company", pairs)) if value}


def _sitting(codes: Sequence[str], council: Council) -> list[str]:
    return [code for code in codes if code in council]


def _kept(entries: Mapping[str, Any], council: Council) -> dict[str, Any]:
    return {code: entry for code, entry in entries.items() if code == DEFAULT or code in council}
