"""What a reader of the time machine should know: what holds in all years, what in some, and who held a seat then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from simulator.analysis.time_machine.stops import Stop
from simulator.facts import Seat, terms_of
from simulator.scenario import Scenario, council_of


def notes_of(asked: Scenario, stops: Sequence[Stop], *, moved: bool) -> Iterator[str]:
    """Notes on the whole, each once."""
    if asked.preferences.model != "stated" and not moved:
        day = asked.draft.date
        yield (
            f"the draft's day stays {day.day} {day:%B} {day.year}: members stand where they are known to have stood "
            "before it, in whatever year their council sat (--move-draft: where they stood then)"
        )
    yield from _other_holders(asked, stops)
    yield from _of_years([stop for stop in stops if stop.answer])


def _of_years(stops: Sequence[Stop]) -> Iterator[str]:
    """The notes of the years' answers: those that say the same of other members, or another day, are told once."""
    alike: dict[str, dict[int, str]] = {}
    for stop in stops:
        for note in stop.answer.notes if stop.answer else ():
            if _LEFT_OUT not in note:
                alike.setdefault(_VARIES.sub("", _lead(note)), {})[stop.year] = note
    for notes in alike.values():
        where = "" if len(notes) == len(stops) else f"{_spans(list(notes))}: "
        yield where + _once(list(notes), list(notes.values()))


def _once(years: Sequence[int], notes: Sequence[str]) -> str:
    """One note for several that differ at most in whom they concern, or in their numbers."""
    leads = list(dict.fromkeys(map(_lead, notes)))
    if len(set(notes)) == 1:
        return notes[0]
    if len(leads) == 1:
        return f"{leads[0]} (for whom, differs from year to year; --json has it)"
    return f"in {years[0]}, and in other years likewise (--json has each): {notes[0]}"


def _lead(note: str) -> str:
    return note.split(": ", maxsplit=1)[0]


_VARIES = re.compile(r"[0-9]+|\b[A-Z]{3}\b( [A-Z]{3}\b)*")
"""Days and numbers, and codes of members."""

_LEFT_OUT = "their entries are left out"
"""Whose entries count is told apart, with the years."""


def _spans(years: Sequence[int]) -> str:
    return ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in years_apart(years))


def _other_holders(asked: Scenario, stops: Sequence[Stop]) -> Iterator[str]:
    """Who else held a permanent seat: a code is a seat's, and what is said of it holds of whoever sits there."""
    seats = council_of(asked).seats
    now = {seat.id: holder_of(seat) for seat in seats if seat.permanent and len(terms_of(seat.id)) > 1}
    for code, holder in now.items():
        held = [(stop.year, holder_of(seat)) for stop in stops for seat in stop.council.seats if seat.id == code]
        others = [(year, name) for year, name in held if name != holder]
        for other in dict.fromkeys(name for _, name in others):
            years = [year for year, name in others if name == other]
            span = f"in {years[0]}" if len(years) == 1 else f"from {years[0]} to {years[-1]}"
            yield f"{code} is {other} {span}: what is assumed of {holder} is taken to hold of it"


def holder_of(seat: Seat) -> str:
    """Who holds a permanent seat that two have held: by name, or by the note that tells them apart."""
    names = {term.short for term in terms_of(seat.id)}
    name = seat.short if len(names) > 1 else seat.note
    return f"the {name}" if " " in name else name


def years_apart(years: Sequence[int]) -> list[tuple[int, int]]:
    """Years in a row as one span, first and last.

    Examples
    --------
    >>> years_apart([1950, 1951, 1967])
    [(1950, 1951), (1967, 1967)]
    """
    starts = [years[0], *(later for before, later in pairwise(years) if later != before + 1)] if years else []
    ends = [*(before for before, later in pairwise(years) if later != before + 1), years[-1]] if years else []
    return list(zip(starts, ends, strict=True))
