"""Which roll calls somebody asks for, and what two members did in them side by side."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from simulator.facts.record import Region, RollCall, Vetoed
from simulator.facts.votes import Choice, Matter, Outcome, Text

ANY = frozenset(Choice)
"""A member that sat on the Council, whatever it did."""


@dataclass(frozen=True, slots=True)
class Query:
    """What must hold of a roll call; all of it. What is left empty holds of every one.

    Attributes
    ----------
    members : mapping from code to set of Choice
        What members did, each one of these; :data:`ANY` for having sat that day.
    agendas, regions, outcomes, texts, matters : set
        One of these.
    sponsors : set of str
        All of these.
    first, last : datetime.date or None
        The days within, both inclusive.
    contested : bool
        Not unanimous: some member did not vote yes.
    """

    members: Mapping[str, frozenset[Choice]] = field(default_factory=dict)
    agendas: frozenset[str] = frozenset()
    regions: frozenset[Region] = frozenset()
    sponsors: frozenset[str] = frozenset()
    first: datetime.date | None = None
    last: datetime.date | None = None
    outcomes: frozenset[Outcome] = frozenset()
    contested: bool = False
    texts: frozenset[Text] = frozenset()
    matters: frozenset[Matter] = frozenset()

    def found(self, votes: Iterable[RollCall]) -> tuple[RollCall, ...]:
        """Those of some roll calls that are asked for, in their order.

        Examples
        --------
        >>> from simulator.facts import roll_calls
        >>> both = Query(members={"CHN": frozenset({Choice.NO}), "RUS": frozenset({Choice.NO})})
        >>> len(both.found(roll_calls()))
        17
        """
        return tuple(vote for vote in votes if self.holds(vote))

    def holds(self, vote: RollCall) -> bool:
        """Whether a roll call is asked for."""
        return (
            self._within(vote.date)
            and (not self.agendas or vote.agenda in self.agendas)
            and (not self.regions or vote.region in self.regions)
            and (not self.outcomes or vote.outcome in self.outcomes)
            and (not self.texts or vote.text in self.texts)
            and (not self.matters or vote.matter in self.matters)
            and self.sponsors <= set(vote.sponsors)
            and not (self.contested and set(vote.choices) == {Choice.YES})
            and self._did(vote)
        )

    def further(self, vetoed: Iterable[Vetoed], regions: Mapping[str, Region | None]) -> tuple[Vetoed, ...]:
        """The vetoed texts without a roll call that are asked for, as far as what is known of them tells.

        Parameters
        ----------
        regions : mapping
            Region by agenda slug.
        """
        return tuple(veto for veto in vetoed if not veto.in_roll_calls and self._told_of(veto, regions))

    def _told_of(self, veto: Vetoed, regions: Mapping[str, Region | None]) -> bool:
        return (
            self._within(veto.date)
            and (not self.agendas or veto.agenda in self.agendas)
            and (not self.regions or regions.get(veto.agenda) in self.regions)
            and (not self.outcomes or Outcome.VETOED in self.outcomes)
            and not (self.sponsors or self.texts or self.matters)
            and all(Choice.NO in did and member in veto.vetoed_by for member, did in self.members.items())
        )

    def _within(self, day: datetime.date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def _did(self, vote: RollCall) -> bool:
        if not self.members:
            return True
        made = vote.by_member
        return all(member in made and made[member] in did for member, did in self.members.items())


@dataclass(frozen=True, slots=True)
class Listed:
    """Roll calls that fit a query, and how many of them are shown.

    Attributes
    ----------
    votes : tuple of RollCall
        All that fit, by date.
    shown : tuple of RollCall
        The latest of them, as many as are wanted.
    of : int
        Roll calls on record, whether they fit or not.
    further : tuple of Vetoed
        Vetoed texts that fit and of which only the vetoing members are known.
    members : tuple of str
        The members asked for, whose choices are counted.
    """

    votes: tuple[RollCall, ...]
    shown: tuple[RollCall, ...]
    of: int
    further: tuple[Vetoed, ...]
    members: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """All that fit, and how many of each outcome."""
        counts = Counter(vote.outcome for vote in self.votes)
        return {"votes": len(self.votes), **{outcome.value: counts[outcome] for outcome in Outcome}}

    def choices(self, member: str) -> dict[str, int]:
        """How often a member made each choice, in all that fit."""
        counts = Counter(vote.choice(member) for vote in self.votes)
        return {choice.value: counts[choice] for choice in Choice}


@dataclass(frozen=True, slots=True)
class Crossing:
    """What two members did in the same roll calls.

    Attributes
    ----------
    one, other : str
        Their codes.
    counts : mapping from (Choice, Choice, Outcome) to int
        Roll calls by what the one did, what the other did, and the outcome.
    """

    one: str
    other: str
    counts: Mapping[tuple[Choice, Choice, Outcome], int]

    def count(self, one: Choice | None = None, other: Choice | None = None, outcome: Outcome | None = None) -> int:
        """Roll calls in which they did so, with this outcome; None stands for any."""
        wanted = (one, other, outcome)
        return sum(
            count
            for key, count in self.counts.items()
            if all(want is None or want is is_ for want, is_ in zip(wanted, key, strict=True))
        )


def crossed(votes: Iterable[RollCall], one: str, other: str) -> Crossing:
    """What two members did, side by side, in the roll calls of which both were members.

    Examples
    --------
    >>> from simulator.facts import roll_calls
    >>> crossing = crossed(roll_calls(), "CHN", "RUS")
    >>> crossing.count(Choice.NO, Choice.NO), crossing.count(Choice.NO, Choice.NO, Outcome.VETOED)
    (17, 16)
    """
    counts: Counter[tuple[Choice, Choice, Outcome]] = Counter()
    for vote in votes:
        made = vote.by_member
        if one in made and other in made:
            counts[made[one], made[other], vote.outcome] += 1
    return Crossing(one, other, counts)
