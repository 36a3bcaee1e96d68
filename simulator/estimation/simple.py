"""Simple ways to forecast, for a model to be held against: each learns one roll call after another.

Nothing here is tuned. Counts are smoothed with half a case of each kind, as Jeffreys would, and members' rates are
drawn towards those of their like with the weight of ten votes.
"""

from __future__ import annotations

import datetime
from collections import defaultdict, deque
from typing import Protocol, TypeAlias

import numpy as np

from simulator.estimation.forecasts import OUTCOMES, council_of_day, marks
from simulator.facts import RollCall
from simulator.model.latent import Floats

HALF = 0.5
"""Cases of each kind that count as seen before any is."""

DRAWN = 10.0
"""Votes' worth of the rates that a member's own are drawn towards."""

_PLACE = {outcome: place for place, outcome in enumerate(OUTCOMES)}
_NOT_SEEN = 3
_Key: TypeAlias = tuple[str, ...]


class Learner(Protocol):
    """Forecasts one array a roll call: odds of outcomes, shape (3,), or members' odds of choices, shape (m, 3).

    Nothing but the day, the agenda item and the council of a vote may be read in `forecast`.
    """

    def forecast(self, vote: RollCall) -> Floats:
        """Odds of a vote, from what was learnt."""
        ...

    def learn(self, vote: RollCall) -> None:
        """Takes in a vote of an earlier day."""
        ...


class Climatology:
    """Shares of the outcomes among all earlier votes, whatever they were about.

    Parameters
    ----------
    years : int or None
        Only so many years back from the day of the vote; None for all.
    """

    def __init__(self, years: int | None = None) -> None:
        self._years = years
        self._counts = np.full(3, HALF)
        self._held: deque[RollCall] = deque()

    def forecast(self, vote: RollCall) -> Floats:
        """The shares of the three outcomes."""
        if self._years is not None:
            start = years_before(vote.date, self._years)
            while self._held and self._held[0].date < start:
                self._counts[_PLACE[self._held.popleft().outcome]] -= 1
        return np.asarray(self._counts / self._counts.sum())

    def learn(self, vote: RollCall) -> None:
        """Counts its outcome."""
        self._counts[_PLACE[vote.outcome]] += 1
        if self._years is not None:
            self._held.append(vote)


def years_before(day: datetime.date, years: int) -> datetime.date:
    """The same day of an earlier year; of 29 February the day before."""
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day)


class AlwaysYes:
    """The same odds for every member: the shares of yes, abstain and no among all earlier marks; yes leads by far."""

    def __init__(self) -> None:
        self._counts = np.full(3, HALF)

    def forecast(self, vote: RollCall) -> Floats:
        """The same row for every seat."""
        return np.tile(self._counts / self._counts.sum(), (len(vote.choices), 1))

    def learn(self, vote: RollCall) -> None:
        """Counts all marks."""
        self._counts += np.bincount(marks(vote), minlength=3)


class Rates:
    """Each member's own earlier shares, on whatever was voted or on the agenda item alone.

    A permanent member's are drawn towards those of all permanent members, an elected one's towards those of elected
    ones; its shares on an item are drawn towards its own on everything.

    Parameters
    ----------
    by_agenda : bool
    """

    def __init__(self, *, by_agenda: bool) -> None:
        self._by_agenda = by_agenda
        self._counts: defaultdict[_Key, Floats] = defaultdict(lambda: np.zeros(3))

    def forecast(self, vote: RollCall) -> Floats:
        """Each seat's shares, the narrow drawn towards the wide."""
        found = np.zeros((len(vote.choices), 3))
        for seat, keys in enumerate(self._keys(vote)):
            counts = self._counts[keys[0]] + HALF
            rates = counts / counts.sum()
            for key in keys[1:]:
                counts = self._counts[key] + DRAWN * rates
                rates = counts / counts.sum()
            found[seat] = rates
        return found

    def learn(self, vote: RollCall) -> None:
        """Counts each seat's mark under all its keys."""
        for keys, place in zip(self._keys(vote), marks(vote), strict=True):
            for key in keys:
                self._counts[key][place] += 1

    def _keys(self, vote: RollCall) -> list[tuple[_Key, ...]]:
        """For each seat, what it is counted under, from the widest to the narrowest."""
        seats = council_of_day(vote.date).seats
        found: list[tuple[_Key, ...]] = []
        for seat in seats:
            wide: tuple[_Key, ...] = (("permanent",) if seat.permanent else ("elected",), (seat.id, "on", "everything"))
            found.append((*wide, (seat.id, vote.agenda)) if self._by_agenda else wide)
        return found


class LastVotes:
    """What each member did the last time it voted on the agenda item, and how often members did the same again."""

    def __init__(self) -> None:
        self._counts = np.full((4, 3), HALF)
        self._last: dict[_Key, int] = {}

    def forecast(self, vote: RollCall) -> Floats:
        """How often members went on so from what each did last."""
        counts = self._counts[self._before(vote)]
        return np.asarray(counts / counts.sum(axis=1, keepdims=True))

    def learn(self, vote: RollCall) -> None:
        """Counts each seat's step, and keeps its mark."""
        done = marks(vote)
        np.add.at(self._counts, (np.array(self._before(vote)), done), 1.0)
        members = council_of_day(vote.date).ids
        self._last.update({(member, vote.agenda): int(place) for member, place in zip(members, done, strict=True)})

    def _before(self, vote: RollCall) -> list[int]:
        return [self._last.get((member, vote.agenda), _NOT_SEEN) for member in council_of_day(vote.date).ids]


class LastOutcome:
    """What became of the last vote on the agenda item, and how often the same followed."""

    def __init__(self) -> None:
        self._counts = np.full((4, 3), HALF)
        self._last: dict[str, int] = {}

    def forecast(self, vote: RollCall) -> Floats:
        """How often outcomes followed on the last one."""
        counts = self._counts[self._last.get(vote.agenda, _NOT_SEEN)]
        return np.asarray(counts / counts.sum())

    def learn(self, vote: RollCall) -> None:
        """Counts the step, and keeps the outcome."""
        place = _PLACE[vote.outcome]
        self._counts[self._last.get(vote.agenda, _NOT_SEEN), place] += 1
        self._last[vote.agenda] = place
