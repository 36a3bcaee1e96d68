"""Parts of what is scored: masks with names, over roll calls or over members' votes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from simulator.estimation.forecasts import council_of_day
from simulator.estimation.scores import Flags
from simulator.estimation.sheet import Happened
from simulator.facts import RollCall
from simulator.model.latent import Floats

PERIOD = 5
"""Years of a period."""


class By(StrEnum):
    """What scores are given apart by."""

    PERIOD = "period"
    YEAR = "year"
    AGENDA = "agenda"
    CONTESTED = "contested"
    SPONSORS = "sponsors"
    TEXT = "text"
    MEMBER = "member"


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some of the roll calls, or of the members' votes.

    Attributes
    ----------
    name : str
    calls : array of bool, shape (n,)
        Roll calls in it.
    seats : array of 0 and 1, shape (n, m), or None
        For a part of the members, their votes; None for a part of the roll calls.
    """

    name: str
    calls: Flags
    seats: Floats | None = None


def parts(happened: Happened) -> dict[By, tuple[Part, ...]]:
    """All parts there are, by kind; of each kind the names in order, and none without a roll call."""
    votes = happened.votes
    contested = np.where(happened.contested, "contested", "unanimous")
    words: dict[By, list[str]] = {
        By.PERIOD: _periods(votes),
        By.YEAR: [str(vote.date.year) for vote in votes],
        By.AGENDA: [vote.agenda for vote in votes],
        By.CONTESTED: contested.tolist(),
        By.SPONSORS: ["known" if vote.sponsors else "unknown" for vote in votes],
        By.TEXT: [vote.text.value for vote in votes],
    }
    found = {kind: _masks(names) for kind, names in words.items()}
    found[By.AGENDA] = tuple(sorted(found[By.AGENDA], key=lambda part: -int(part.calls.sum())))
    return found | {By.MEMBER: _members(votes)}


def _periods(votes: Sequence[RollCall]) -> list[str]:
    """Five years each from the first vote's on; the last ends with the last vote's year."""
    start, end = min(vote.date.year for vote in votes), max(vote.date.year for vote in votes)
    found = []
    for vote in votes:
        first = vote.date.year - (vote.date.year - start) % PERIOD
        last = min(first + PERIOD - 1, end)
        found.append(str(first) if first == last else f"{first}-{last}")
    return found


def _masks(names: Sequence[str]) -> tuple[Part, ...]:
    array = np.array(names)
    return tuple(Part(name, array == name) for name in sorted(set(names)))


def _members(votes: Sequence[RollCall]) -> tuple[Part, ...]:
    """Each permanent member's votes, and those of all elected members together."""
    seats = [council_of_day(vote.date).seats for vote in votes]
    names = np.array([[seat.id if seat.permanent else "elected" for seat in row] for row in seats])
    everything = np.ones(len(votes), dtype=bool)
    order = sorted(set(names.flat), key=lambda name: (name == "elected", name))
    return tuple(Part(name, everything, (names == name).astype(float)) for name in order)
