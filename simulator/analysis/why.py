"""Why a draft fails or passes: what defeats it, what each member's choice means, who is nearest to the deciding yes.

*Learnt* and *made* stand side by side. To learn that a member will vote so is news of the others too, as far as they
move together; to make it vote so moves its followers only. The difference is what the member's vote tells beyond what
it does.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtri

from simulator.engines import Engine, Odds, Options, answer, with_changes
from simulator.engines.ask import one_of
from simulator.engines.meaning import ADOPTED, Meaning, meaning
from simulator.engines.words import in_100, in_a_sentence, listed
from simulator.facts import Choice, Council, RollCall
from simulator.model.history.past import Past
from simulator.model.latent import YES
from simulator.scenario import Scenario, council_of
from simulator.scenario.changes import Learnable

_NEARBY = 2
"""Members shown on either side of the deciding yes."""

_WAYS, _SLIGHT = 2, 0.05
"""Ways to fail that the sentence names: so many, each at least so large a share of the failures."""

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
    """A member near to the yes that decides.

    Attributes
    ----------
    member : str
    place : int
        Among all members by odds of a yes, from 1.
    yes : float
        Its odds of a yes.
    distance : float or None
        Standard deviations of its support above the point where its odds of a yes would be even; None where its yes is
        certain or impossible.
    """

    member: str
    place: int
    yes: float
    distance: float | None

    def as_dict(self) -> dict[str, Any]:
        """By name."""
        return {"member": self.member, "place": self.place, "yes": self.yes, "distance": self.distance}


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
        The members around the deciding yes, by odds of a yes; `odds.majority.quota` is its place.
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
    def most_telling(self) -> str:
        """The member whose vote tells most."""
        return max(self.meaning.members, key=self.tells)

    @property
    def sentence(self) -> str:
        """It as a person would say it."""
        return " ".join([f"Adopted in {in_100(self.odds.adopted)} of 100.", *self._defeat(), *self._hinge()])

    def _defeat(self) -> list[str]:
        lost = 1 - self.odds.adopted
        if lost <= _FAR:
            return []
        ways = [
            f"in {in_100(chance / lost)} of 100 {self._way(members)}"
            for members, chance in self.failure.ways[:_WAYS]
            if chance / lost >= _SLIGHT
        ]
        return [f"When it fails, {listed(ways)}."]

    def _way(self, members: Sequence[str]) -> str:
        if not members:
            return f"it has fewer than {self.odds.majority.quota} yes"
        names = listed([self._name(member) for member in members])
        return f"{names} alone vetoes" if len(members) == 1 else f"{names} veto"

    def _hinge(self) -> list[str]:
        member = self.most_telling
        if self.tells(member) < 0.01:
            return []
        seat = self.meaning.seat(member)
        odds = [
            f"{in_100(float(self.meaning.learnt[seat, place, ADOPTED]))} if it {word}"
            for place, word in enumerate(("votes yes", "abstains", "votes no", "is absent"))
            if self.meaning.choices[seat, place] > 0
        ]
        return [f"Most hangs on {self._name(member)}: adopted in {listed(odds)}."]

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
    >>> round(found.failure.shortfall, 3), found.nearest[2].place
    (0.367, 9)
    """
    options = Options(engine=one_of(Engine, engine, "engine"), past=None if record is None else Past.of(record))
    return why_of(with_changes(scenario, given, do, stance, record), options)


def why_of(scenario: Scenario, options: Options) -> Why:
    """The same of a scenario as it stands."""
    odds, found = answer(scenario, options), meaning(scenario, options)
    return Why(odds, Failure.of(odds), found, _nearest(odds, found), council_of(scenario))


def _nearest(odds: Odds, found: Meaning) -> tuple[Nearest, ...]:
    """The members around the deciding yes, by odds of a yes; of equal odds in the order of the council."""
    yes = found.choices[:, YES]
    order = sorted(range(len(yes)), key=lambda seat: (-round(float(yes[seat]), 9), seat))
    middle = odds.majority.quota - 1
    around = range(max(0, middle - _NEARBY), min(len(order), middle + _NEARBY + 1))
    return tuple(
        Nearest(found.members[order[at]], at + 1, float(yes[order[at]]), _distance(float(yes[order[at]])))
        for at in around
    )


def _distance(yes: float) -> float | None:
    return float(ndtri(yes)) if _FAR < yes < 1 - _FAR else None


def _outcomes(row: np.ndarray[Any, np.dtype[np.float64]]) -> dict[str, float] | None:
    """Odds of the outcomes by word; None of a choice that is never made."""
    if np.isnan(row).any():
        return None
    return dict(zip(("adopted", "vetoed", "failed"), map(float, row), strict=True))
