"""One draft before one council, and before many: years that put the same question share an answer."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Any

from simulator.analysis.runs import Run, run
from simulator.engines import Options
from simulator.facts import Council, members
from simulator.rules import Majority
from simulator.scenario import Scenario, council_of, majority_of, restrained
from simulator.scenario.seats import DEFAULT, bloc_members
from simulator.scenario.types import WHOLE_BLOCS


@dataclass(frozen=True, slots=True)
class Stop:
    """The draft before one council.

    Attributes
    ----------
    date : datetime.date
        The council's day: of a year 1 July, of 1946 1 August.
    council : Council
        Who votes.
    majority : Majority or None
        What the draft needs; None where there are no odds.
    answer : Run or None
        The odds; None where there are none.
    why_none : str
        Why there are none; else empty.
    absent : tuple of str
        Members that the scenario says something of, and that do not sit: what it says does not count.
    """

    date: datetime.date
    council: Council
    majority: Majority | None
    answer: Run | None
    why_none: str
    absent: tuple[str, ...]

    @property
    def year(self) -> int:
        """The year it stands for."""
        return self.date.year

    @property
    def adopted(self) -> float | None:
        """Probability that the draft is adopted; None where there are no odds."""
        return None if self.answer is None else self.answer.outcomes.adopted

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        need, found = self.majority, self.answer
        return {
            "year": self.year,
            "date": self.date.isoformat(),
            "seats": len(self.council),
            "quota": need.quota if need else None,
            "vetoes_needed": need.vetoes_needed if need else None,
            **(found.odds_as_dict() if found else dict.fromkeys(("engine", "odds", "error", "interval"))),
            "notes": list(found.notes if found else ()),
            "absent": list(self.absent),
            "why_none": self.why_none or None,
        }


@dataclass(frozen=True, slots=True)
class Stops:
    """Answers before councils, each question asked once.

    Attributes
    ----------
    said_of : frozenset of str
        Codes of the members that the scenario says something of.
    options : Options
    known : dict
        The answers so far, by what they rest on.
    """

    said_of: frozenset[str]
    options: Options
    known: dict[Hashable, Run] = field(default_factory=dict)

    def before(self, scenario: Scenario) -> Stop:
        """The scenario before its council."""
        council, majority = council_of(scenario), majority_of(scenario, council_of(scenario))
        same = _question(scenario, council, majority, self.said_of)
        if same is None:
            found = run(scenario, self.options)
        else:
            found = self.known.get(same) or run(scenario, self.options)
            self.known[same] = found
        return Stop(council.date, council, majority, _of(scenario, found), "", self.absent(council))

    def absent(self, council: Council) -> tuple[str, ...]:
        """Members that the scenario says something of, and that do not sit."""
        return tuple(sorted(self.said_of - set(council.ids)))


def _of(scenario: Scenario, found: Run) -> Run:
    """The answer as that of a scenario that puts the same question: what is noted of its own council is its own."""
    if found.scenario is scenario:
        return found
    ours = [note for note in found.notes if note not in found.scenario.notes]
    return replace(found, scenario=scenario, notes=(*scenario.notes, *ours))


def _question(scenario: Scenario, council: Council, majority: Majority, said_of: frozenset[str]) -> Hashable | None:
    """What the odds of stated preferences rest on; None where they rest on more, such as the place of every member.

    Members of which nothing is said can trade places: all that counts is how many there are of each kind.
    """
    if scenario.preferences.model != "stated" or scenario.council.seats:
        return None
    blocs = [frozenset(bloc_members(bloc, council)) for bloc in scenario.blocs]
    kinds = {
        seat.id: (seat.permanent, seat.veto, tuple(seat.id in bloc for bloc in blocs), seat.id in said_of and seat.id)
        for seat in council.seats
    }
    return frozenset(Counter(kinds.values()).items()), majority, restrained(scenario, council)


def named(scenario: Scenario) -> frozenset[str]:
    """Codes of the members that a scenario says something of: entries, blocs, company, what is learnt, sponsors."""
    codes = {*scenario.members, *scenario.preliminary, *scenario.given, *scenario.do}
    codes |= {code for step in scenario.sequence for code in step.members}
    codes |= {code for bloc in scenario.blocs for code in bloc.members if code not in WHOLE_BLOCS}
    codes |= {code for pair in scenario.company for code in (pair.leader, pair.follower)}
    codes |= {*scenario.council.parties, *(scenario.council.subscribers or ())}
    # Sponsors that never had a seat count in no year; they are no entry that is left out.
    codes |= {code for code in scenario.draft.sponsors or () if code in members()}
    return frozenset(codes - {DEFAULT})
