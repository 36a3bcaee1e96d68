"""Why a draft fails or passes: what defeats it, what each member's choice means, who is nearest to the deciding yes.

*Learnt* and *made* stand side by side. To learn that a member will vote so is news of the others too, as far as they
move together; to make it vote so moves its followers only. The difference is what the member's vote tells beyond what
it does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.special import ndtri

from simulator.engines import Odds, Options, answer, with_changes
from simulator.engines.seats.meaning import ADOPTED, Meaning, meaning
from simulator.engines.words import foremost, in_100, in_a_sentence, listed, several
from simulator.facts import Choice, Council, RollCall
from simulator.model.latent import ABSENT, YES
from simulator.model.stance_likelihood import speakers
from simulator.scenario import Scenario, council_of
from simulator.scenario.changes import Learnable

_NEARBY = 2
"""Members, or groups of members that are alike, shown on either side of the deciding yes."""

_ALIKE = 9
"""Decimals to which odds agree that are called alike."""

_WAYS, _SLIGHT = 2, 0.05
"""Ways to fail that the sentence names: so many, each at least so large a share of the failures."""

_OFTEN = ((1 - 1e-9, "always"), (0.95, "nearly always"), (0.5, "mostly"))
"""Shares of the shortfall, and how often a hidden veto is then said to stand behind it."""

_NAMED = 3
"""Members that veto alone, alike, that the sentence names."""

_SLIGHTLY = 0.01
"""The share of the doubt that a vote has to take away for something to hang on it."""

_FAR = 1e-9
"""Odds of a yes so near 0 or 1 that no distance from an even chance is given."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What defeats a draft: probabilities that, with that of adoption, add up to 1.

    Attributes
    ----------
    shortfall : float
        Too few yes votes, and no veto that the shortfall hides.
    hidden_veto : float
        Too few yes votes, and permanent members against that would have blocked it.
    sole : dict
        Member → vetoed by it alone.
    joint : dict
        ``"CHN RUS"`` → vetoed by exactly these.
    """

    shortfall: float
    hidden_veto: float
    sole: Mapping[str, float]
    joint: Mapping[str, float]

    @classmethod
    def of(cls, odds: Odds) -> Failure:
        """The parts of an answer."""
        hidden = min(odds.hidden_veto, odds.failed)
        return cls(odds.failed - hidden, hidden, odds.vetoes.alone, odds.vetoes.joint)

    @property
    def ways(self) -> tuple[tuple[tuple[str, ...], float], ...]:
        """Sets of vetoers, and none for too few yes votes, each with its probability, likeliest first; none of 0."""
        ways: dict[tuple[str, ...], float] = {(member,): chance for member, chance in self.sole.items()}
        ways |= {tuple(some.split()): chance for some, chance in self.joint.items()}
        ways[()] = self.shortfall + self.hidden_veto
        return tuple(sorted(((who, chance) for who, chance in ways.items() if chance > 0), key=lambda way: -way[1]))

    def as_dict(self) -> dict[str, Any]:
        """By name."""
        return {
            "shortfall": self.shortfall,
            "hidden_veto": self.hidden_veto,
            "vetoed_by_one": dict(self.sole),
            "vetoed_by_several": dict(self.joint),
        }


@dataclass(frozen=True, slots=True)
class Nearest:
    """A member near to the yes that decides, or several with the same odds of a yes.

    Attributes
    ----------
    members : tuple of str
    first, last : int
        Their places among all members by odds of a yes, from 1.
    yes : float
        Their odds of a yes, each.
    distance : float or None
        Standard deviations of support above the point where the odds of a yes would be even, of a member that takes
        part; None where its yes is certain or impossible.
    """

    members: tuple[str, ...]
    first: int
    last: int
    yes: float
    distance: float | None

    def as_dict(self) -> dict[str, Any]:
        """By name."""
        return {
            "members": list(self.members),
            "first": self.first,
            "last": self.last,
            "yes": self.yes,
            "distance": self.distance,
        }


@dataclass(frozen=True, slots=True)
class Why:
    """Why a draft fails or passes.

    Attributes
    ----------
    odds : Odds
        The whole answer.
    failure : Failure
    meaning : Meaning
        What each member's choice means, learnt and made.
    nearest : tuple of Nearest
        The members around the deciding yes, by odds of a yes, those alike together; `odds.majority.quota` is its
        place.
    council : Council
    """

    odds: Odds
    failure: Failure
    meaning: Meaning
    nearest: tuple[Nearest, ...]
    council: Council

    def tells(self, member: str) -> float:
        """The share of the doubt about adoption that knowing this member's vote takes away, from 0 to 1.

        The variance of adopted or not that is between its choices.
        """
        seat = self.meaning.seat(member)
        chances, adopted = self.meaning.choices[seat], self.meaning.learnt[seat, :, ADOPTED]
        seen = chances > 0
        mean = float(chances[seen] @ adopted[seen])
        if not 0 < mean < 1:
            return 0.0
        between = float(chances[seen] @ (adopted[seen] - mean) ** 2)
        return min(1.0, between / (mean * (1 - mean)))

    @property
    def most_telling(self) -> tuple[str, ...]:
        """The member whose vote tells most, with those that a table would show as telling as much."""
        members = self.meaning.members
        return tuple(members[place] for place in foremost([self.tells(member) for member in members]))

    @property
    def sentence(self) -> str:
        """It as a person would say it."""
        return " ".join([f"Adopted in {in_100(self.odds.adopted)} of 100.", *self._defeat(), *self._hinge()])

    def _defeat(self) -> list[str]:
        lost = 1 - self.odds.adopted
        if lost <= _FAR:
            return []
        ways = [
            f"in {in_100(chance / lost)} of 100{' each,' if len(some) > 1 else ''} {self._way(some)}"
            for some, chance in self._alike()[:_WAYS]
            if chance / lost >= _SLIGHT
        ]
        return [f"When it fails, {listed(ways)}."]

    def _alike(self) -> list[tuple[list[tuple[str, ...]], float]]:
        """The ways to fail, those together in which one member alone vetoes as often as another."""
        groups: dict[tuple[bool, float], list[tuple[str, ...]]] = {}
        for members, chance in self.failure.ways:
            sole = len(members) == 1
            groups.setdefault((sole, round(chance, _ALIKE) if sole else -len(groups)), []).append(members)
        chances = dict(self.failure.ways)
        return [(some, chances[some[0]]) for some in groups.values()]

    def _way(self, some: Sequence[tuple[str, ...]]) -> str:
        """Members that veto together; or several, each of which vetoes alone; or too few yes votes."""
        if some == [()]:
            return f"it has fewer than {self.odds.majority.quota} yes{self._behind()}"
        names = list(dict.fromkeys(self._name(member) for members in some for member in members))
        if len(some[0]) > 1:
            return f"{listed(names)} veto"
        if len(names) > _NAMED:
            names = [*names[: _NAMED - 1], f"one of {len(some) - _NAMED + 1} others"]
        return f"{' or '.join([', '.join(names[:-1]), names[-1]] if len(names) > 1 else names)} alone vetoes"

    def _behind(self) -> str:
        """How often members that would have blocked it stand behind too few yes votes, where that is mostly so."""
        hidden = self.failure.hidden_veto / (self.failure.shortfall + self.failure.hidden_veto)
        often = next((word for least, word in _OFTEN if hidden >= least), "")
        return f" ({often} with a hidden veto behind it)" if often else ""

    def _hinge(self) -> list[str]:
        members = self.most_telling
        if self.tells(members[0]) < _SLIGHTLY:
            return []
        every, told = several([self._name(member) for member in members]), self._told(members[0])
        who, alike = ("it", "") if len(members) == 1 else ("one of them", ", alike")
        if any(self._told(member) != told for member in members):
            return [f"Most hangs on {every}, whose votes tell as much as one another."]
        odds = listed([f"{chance} if {who} {verb}" for verb, chance in told.items()])
        return [f"Most hangs on {every}{alike}: adopted in {odds}."]

    def _told(self, member: str) -> dict[str, str]:
        """What a member may do, with the odds of adoption once that is learnt."""
        seat = self.meaning.seat(member)
        return {
            verb: in_100(float(self.meaning.learnt[seat, place, ADOPTED]))
            for place, verb in enumerate(("votes yes", "abstains", "votes no", "is absent"))
            if self.meaning.choices[seat, place] > 0
        }

    def _name(self, member: str) -> str:
        return in_a_sentence(self.council.seats[self.council.index(member)].short)

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "scenario": self.odds.scenario,
            "rule": self.odds.rule,
            "engine": self.odds.engine,
            "sentence": self.sentence,
            "odds": self.odds.outcomes.as_dict(),
            "failure": self.failure.as_dict(),
            "members": {member: self._member(member) for member in self.meaning.members},
            "quota": self.odds.majority.quota,
            "nearest": [one.as_dict() for one in self.nearest],
            "notes": list(dict.fromkeys((*self.odds.notes, *self.meaning.notes))),
        }

    def _member(self, member: str) -> dict[str, Any]:
        seat = self.meaning.seat(member)
        words = [choice.value for choice in Choice]
        return {
            "choices": {word: float(self.meaning.choices[seat, place]) for place, word in enumerate(words)},
            "learnt": {word: _outcomes(self.meaning.learnt[seat, place]) for place, word in enumerate(words)},
            "made": {word: _outcomes(self.meaning.made[seat, place]) for place, word in enumerate(words)},
            "tells": self.tells(member),
        }


def why(
    scenario: Scenario | str | os.PathLike[str],
    *,
    given: Mapping[str, Learnable] | None = None,
    do: Mapping[str, str] | None = None,
    stance: Mapping[str, str] | None = None,
    engine: str = "auto",
    record: Sequence[RollCall] | None = None,
) -> Why:
    """Why a draft fails or passes.

    Parameters
    ----------
    scenario : Scenario, or a path or shipped name
    given, do, stance : mapping from member code
        What is learnt, made, or said, as for :func:`simulator.odds`.
    engine : str
        ``"exact"``, ``"monte-carlo"``, or ``"auto"``: exact, and Monte Carlo where it refuses.
    record : sequence of RollCall, optional
        What preferences from the record rest on.

    Examples
    --------
    >>> found = why("nine-yes-votes")
    >>> round(found.failure.shortfall, 3), found.nearest[0].first
    (0.367, 1)
    """
    options = Options.of(engine, record)
    return why_of(with_changes(scenario, given, do, stance, record), options)


def why_of(scenario: Scenario, options: Options) -> Why:
    """The same of a scenario as it stands."""
    odds, found, council = answer(scenario, options), meaning(scenario, options), council_of(scenario)
    found = replace(found, notes=(*found.notes, *_left_out(scenario, council)))
    return Why(odds, Failure.of(odds), found, _nearest(odds, found), council)


def _left_out(scenario: Scenario, council: Council) -> Iterator[str]:
    """What is known of a member and does not count where its vote is made."""
    if speakers(scenario, council):
        yield "made: what the member itself said is then left out of account, as with --do; what the others said is not"
    if scenario.given:
        every = several([in_a_sentence(council.seats[council.index(member)].short) for member in scenario.given])
        own = "its own" if len(scenario.given) == 1 else "that member's own"
        yield (
            f"made: what was learnt of {every} is left out where {own} vote is made, as with --do; elsewhere it counts"
        )


def _nearest(odds: Odds, found: Meaning) -> tuple[Nearest, ...]:
    """The members around the deciding yes, by odds of a yes; those of equal odds together, in the council's order."""
    alike: dict[tuple[float, float], list[int]] = {}
    for seat, row in enumerate(found.choices):
        alike.setdefault((round(float(row[YES]), _ALIKE), round(float(row[ABSENT]), _ALIKE)), []).append(seat)
    groups, before = [], 0
    for (yes, absent), seats in sorted(alike.items(), key=lambda group: -group[0][0]):
        members = tuple(found.members[seat] for seat in seats)
        groups.append(Nearest(members, before + 1, before + len(seats), yes, _distance(yes, absent)))
        before += len(seats)
    middle = next(at for at, group in enumerate(groups) if group.last >= min(odds.majority.quota, before))
    return tuple(groups[max(0, middle - _NEARBY) : middle + _NEARBY + 1])


def _distance(yes: float, absent: float) -> float | None:
    """How far support is above even odds of a yes, of who takes part: who stays away does so whatever its support."""
    share = yes / (1 - absent) if absent < 1 else 0.0
    return float(ndtri(share)) if _FAR < share < 1 - _FAR else None


def _outcomes(row: np.ndarray[Any, np.dtype[np.float64]]) -> dict[str, float] | None:
    """Odds of the outcomes by word; None of a choice that is never made."""
    if np.isnan(row).any():
        return None
    return dict(zip(("adopted", "vetoed", "failed"), map(float, row), strict=True))
