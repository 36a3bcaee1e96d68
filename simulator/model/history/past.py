"""The record as arrays, so that what is known on a day is a sum over its rows of earlier days.

Every share that a forecast uses comes from here, and only from rows *strictly before* its day: votes of the same day
do not know of each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from simulator.facts import (
    COMPLETE_FROM,
    Choice,
    Matter,
    Outcome,
    Region,
    RollCall,
    Text,
    regions_of,
    roll_calls,
    sponsor_class,
)
from simulator.facts.sponsors import SponsorClass
from simulator.model.latent import Floats

SINCE = 1990
"""The first year whose rows count. Earlier ones are of another Council, and hold nearly only adopted texts."""

HALF_LIVES = (365.0, 1095.0)
"""Days in which a vote's weight halves in the shares: about what is going on now, and about what is usual."""

SEATED, WITHHELD, AGAINST = range(3)
"""Places in the table of marks: whether a state had a seat, did not vote yes, voted no."""

CLASSES = (
    SponsorClass.PRESIDENTIAL,
    SponsorClass.WESTERN,
    SponsorClass.EASTERN,
    SponsorClass.BOTH,
    SponsorClass.NONE,
)
"""Classes of sponsors, in the order of every array of them."""

USUAL_SPONSOR = ("USA",)
"""Stands in where nobody is known to have tabled a draft on an agenda item before: no state tabled more since 1994."""

Ints = NDArray[np.int64]

Tabling: TypeAlias = dict[str, list[tuple[int, tuple[str, ...]]]]


@dataclass(frozen=True, slots=True)
class Past:
    """The substantive votes from 1990 on, by date.

    Attributes
    ----------
    days : array, shape (v,)
        Ordinals of the dates, ascending.
    ends : array, shape (v, 4)
        1, whether contested (not every member voted yes), whether not adopted, share of members that withheld a yes.
    agenda, region : array, shape (v,)
        Codes by `agendas`, `regions`.
    sponsored : array, shape (v,)
        Class of the sponsors, a place in :data:`CLASSES`; where none is stated, of those last known on the item.
    marks : array, shape (v, 3, states)
        Of each state: whether it was seated, withheld its yes, voted no.
    agendas, states : dict
        From slug and from code to place.
    tabled, amended : dict
        From slug to days and sponsors of the drafts, and of the amendments, whose sponsors are known.
    regions : dict
        From slug to region, by :func:`~simulator.facts.regions_of`.
    """

    days: Ints
    ends: Floats
    agenda: Ints
    region: Ints
    sponsored: Ints
    marks: NDArray[np.float32]
    agendas: dict[str, int]
    states: dict[str, int]
    tabled: Tabling
    amended: Tabling
    regions: dict[str, Region | None]

    @classmethod
    def of(cls, votes: Sequence[RollCall]) -> Past:
        """The past as a record tells it, also one with newer rows."""
        rows = [vote for vote in votes if vote.date.year >= SINCE and vote.matter is Matter.SUBSTANTIVE]
        rows.sort(key=lambda vote: (vote.date, vote.id))  # whatever the order of the record
        agendas = {slug: place for place, slug in enumerate(sorted({vote.agenda for vote in rows}))}
        states = {
            code: place for place, code in enumerate(sorted({code for vote in rows for code in vote.council.ids}))
        }
        marks = np.zeros((len(rows), 3, len(states)), np.float32)
        ends = np.ones((len(rows), 4))
        for row, vote in enumerate(rows):
            seats = [states[code] for code in vote.council.ids]
            withheld = [choice is not Choice.YES for choice in vote.choices]
            marks[row, SEATED, seats] = 1
            marks[row, WITHHELD, seats] = withheld
            marks[row, AGAINST, seats] = [choice is Choice.NO for choice in vote.choices]
            ends[row, 1:] = any(withheld), vote.outcome is not Outcome.ADOPTED, np.mean(withheld)
        tabled: Tabling = {}
        amended: Tabling = {}
        for vote in rows:
            if _stated(vote):
                kind = tabled if vote.text is Text.DRAFT else amended
                kind.setdefault(vote.agenda, []).append((vote.date.toordinal(), vote.sponsors))
        past = cls(
            np.array([vote.date.toordinal() for vote in rows], np.int64),
            ends,
            np.array([agendas[vote.agenda] for vote in rows], np.int64),
            np.array([region_code(vote.region) for vote in rows], np.int64),
            np.zeros(len(rows), np.int64),
            marks,
            agendas,
            states,
            tabled,
            amended,
            regions_of(votes),
        )
        past.sponsored[:] = [
            class_code(past.sponsors(vote.agenda, vote.date.toordinal(), _stated(vote), vote.text)) for vote in rows
        ]
        return past

    def sponsors(self, agenda: str, day: int, stated: Sequence[str], text: Text = Text.DRAFT) -> tuple[str, ...]:
        """The sponsors of a text: those stated, else those of the last like it on the item whose sponsors were known.

        Like it: drafts for drafts, amendments for amendments, which others than the draft's sponsors table. Whether
        they were stated must not be seen: in some years it is known of defeated texts only.

        Returns
        -------
        tuple of str
            Nobody for an amendment on an item that none is known to have been moved on.
        """
        if stated:
            return tuple(dict.fromkeys(stated))  # who is named twice sponsors once
        return self.last_sponsors(agenda, day, text) or (USUAL_SPONSOR if text is Text.DRAFT else ())

    def last_sponsors(self, agenda: str, day: int, text: Text = Text.DRAFT) -> tuple[str, ...]:
        """Those of the last text like it on the item, of an earlier day, whose sponsors are known; empty for none."""
        kind = self.tabled if text is Text.DRAFT else self.amended
        earlier = [sponsors for when, sponsors in kind.get(agenda, ()) if when < day]
        return earlier[-1] if earlier else ()

    def before(self, day: int) -> int:
        """How many of the rows are of earlier days."""
        return int(np.searchsorted(self.days, day, side="left"))


def _stated(vote: RollCall) -> tuple[str, ...]:
    """A vote's sponsors, from the day on from which they are known of adopted texts too."""
    return vote.sponsors if vote.date >= COMPLETE_FROM else ()


@cache
def shipped_past() -> Past:
    """The past as the record that comes with the program tells it."""
    return Past.of(roll_calls())


def region_code(region: Region | None) -> int:
    """A region's place; −1 for none."""
    return -1 if region is None else list(Region).index(region)


def class_code(sponsors: Sequence[str]) -> int:
    """The place of the sponsors' class in :data:`CLASSES`; nobody is none of the five."""
    return CLASSES.index(sponsor_class(sponsors) if sponsors else SponsorClass.NONE)
