"""Councils of another make-up: the day's members, states that do not sit, and new seats of a proposal."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from simulator.errors import Problem, shown
from simulator.facts import REFORMS, Council, Group, Reform, Seat, council_on, members
from simulator.facts.codes import nearest_state, state_codes
from simulator.scenario.seat_tables import SeatEntry

NEW_ID = re.compile(r"[A-Z0-9]{3,8}", re.ASCII)
"""What the code of a new seat looks like; no state's code may be one."""

MOST_SEATS = 40
"""Seats of a council: half as many again as any proposal asks for."""


@lru_cache(maxsize=64)
def reformed(date: datetime.date, seats: tuple[SeatEntry, ...]) -> Council:
    """The council that ``council.seats`` stands for on a day; permanent members first, new seats after states.

    Raises
    ------
    CouncilError
        If the members of that day are not known.
    """
    today = council_on(date)
    reform = reform_of(seats)
    if reform is not None:
        new = tuple(
            Seat(seat.id, seat.name, seat.group, seat.permanent, date, date, reform.name, seat.veto)
            for seat in reform.seats
        )
        return _in_order(date, (*today.seats, *new))
    sitting = {seat.id: seat for seat in today.seats}
    found = {entry.id: _seat(entry, sitting.get(entry.id), date) for entry in reversed(seats)}
    return _in_order(date, tuple(found.values()))


def reform_of(seats: tuple[SeatEntry, ...]) -> Reform | None:
    """The proposal whose word stands there, if one does."""
    return REFORMS.get(seats[0].id) if len(seats) == 1 else None


def _in_order(date: datetime.date, seats: tuple[Seat, ...]) -> Council:
    states = members()
    return Council(date, tuple(sorted(seats, key=lambda seat: (not seat.permanent, seat.id not in states, seat.id))))


def _seat(entry: SeatEntry, sitting: Seat | None, date: datetime.date) -> Seat:
    """A seat as its entry has it: by default a state's seat keeps what the Charter gives it."""
    state = members().get(entry.id)
    if sitting is not None:
        seat = sitting
    elif state is not None:
        seat = Seat(entry.id, state.name, state.group, state.permanent, date, date)
    else:
        # Without a prior the check of the seats has a problem to report; any group will do for the other checks.
        seat = Seat(entry.id, entry.name or entry.id, entry.prior or Group.AFRICAN, False, date, date)
    veto = seat.veto if entry.veto is None else entry.veto
    permanent = (seat.permanent or veto) if entry.permanent is None else entry.permanent
    return replace(seat, permanent=permanent, own_veto=veto)


def seat_problems(seats: tuple[SeatEntry, ...], today: Council) -> Iterator[Problem]:
    """What is wrong with the seats themselves."""
    reform = reform_of(seats)
    if reform is not None:
        if len(today) != 15:
            yield Problem(
                "council.seats",
                f"{reform.word} adds seats to a council of fifteen; that of {today.date} has {len(today)}",
            )
        return
    if len(seats) > MOST_SEATS:
        yield Problem("council.seats", f"{len(seats):,} seats; a council may have {MOST_SEATS} at most")
        return
    seen: set[str] = set()
    for place, entry in enumerate(seats):
        key = f"council.seats.{place}"
        if entry.id in seen:
            yield Problem(f"{key}.id", f"{shown(entry.id)} has a seat already", "each seat stands there once")
        seen.add(entry.id)
        if entry.id in members():
            yield from _of_a_state(key, entry)
        else:
            yield from _of_a_new_seat(key, entry, today)


def _of_a_state(key: str, entry: SeatEntry) -> Iterator[Problem]:
    for name in ("name", "prior"):
        if getattr(entry, name):
            yield Problem(
                f"{key}.{name}",
                f"{entry.id} is {members()[entry.id].name}, which has its own {'group' if name == 'prior' else name}",
                f"leave {name} out; a new seat has a code of its own, such as AFR1",
            )


def _of_a_new_seat(key: str, entry: SeatEntry, today: Council) -> Iterator[Problem]:
    if entry.id in REFORMS:
        yield Problem(f"{key}.id", f"{entry.id} is a proposal and no seat", f'write seats = "{entry.id}"')
        return
    if entry.id in state_codes():
        yield Problem(
            f"{key}.id",
            f"{entry.id} is a state that never had a seat, so nothing is known of it here",
            "give the seat a code that is no state's, such as AFR1, with name and prior",
        )
        return
    if not NEW_ID.fullmatch(entry.id):
        names = {state.name: state.id for state in members().values()}
        yield Problem(
            f"{key}.id",
            f"{shown(entry.id)} is neither a state's code nor 3 to 8 capital letters and digits",
            nearest_state(entry.id, today.ids, names) or "write a code such as AFR1",
        )
    if entry.prior is None:
        yield Problem(
            f"{key}.prior",
            f"is required for the new seat {shown(entry.id)}: {', '.join(Group)}",
            nearest_state(entry.id, today.ids, {}) if NEW_ID.fullmatch(entry.id) else "",
        )
