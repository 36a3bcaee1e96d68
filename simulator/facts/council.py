"""The Council's members on a day: who held which seat, under the name of the time. Source: data/SOURCES.md."""

from __future__ import annotations

import csv
import datetime
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from simulator.errors import CouncilError, short, shown
from simulator.facts.codes import nearest_state
from simulator.facts.members import Group, Member, members, short_name
from simulator.shipped import shipped


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat and who holds it.

    Attributes
    ----------
    id : str
        ISO 3166-1 alpha-3 code of the state.
    name : str
        The state's name on the council's date.
    group : Group
        Its regional group.
    permanent : bool
        Whether it is a permanent seat.
    start, end : datetime.date
        First and last day of the term; permanent terms end on 31 December 9999.
    note : str
        What is unusual about the term, such as its being shared with another state; mostly empty.
    own_veto : bool or None
        Whether its no can be a veto, where that is not as in the Charter; None for as in the Charter.
    """

    id: str
    name: str
    group: Group
    permanent: bool
    start: datetime.date
    end: datetime.date
    note: str = ""
    own_veto: bool | None = None

    @property
    def veto(self) -> bool:
        """Whether its no can be a veto: by the Charter, that of a permanent seat (Article 27(3))."""
        return self.permanent if self.own_veto is None else self.own_veto

    @property
    def short(self) -> str:
        """The name in everyday use on the date: Soviet Union, United Kingdom."""
        return short_name(self.name)


@dataclass(frozen=True, slots=True)
class Council:
    """The members on a date, in seat order: permanent members by code, then elected members by code."""

    date: datetime.date
    seats: tuple[Seat, ...]

    def __len__(self) -> int:
        return len(self.seats)

    def __contains__(self, member: object) -> bool:
        return any(seat.id == member for seat in self.seats)

    @property
    def ids(self) -> tuple[str, ...]:
        """Codes of all members, in seat order."""
        return tuple(seat.id for seat in self.seats)

    @property
    def permanent(self) -> tuple[str, ...]:
        """Codes of the permanent members, in seat order."""
        return tuple(seat.id for seat in self.seats if seat.permanent)

    @property
    def elected(self) -> tuple[str, ...]:
        """Codes of the elected members, in seat order."""
        return tuple(seat.id for seat in self.seats if not seat.permanent)

    @property
    def vetoers(self) -> tuple[str, ...]:
        """Codes of the members whose no can be a veto, in seat order: by the Charter, the permanent members."""
        return tuple(seat.id for seat in self.seats if seat.veto)

    def index(self, member: str) -> int:
        """The place of a member in seat order, from 0.

        Raises
        ------
        CouncilError
            If it is not on this council.
        """
        if member not in self.ids:
            hint = nearest_member(member, self)
            raise CouncilError(f"{member} is not on the council of {self.date}{f' – {hint}' if hint else ''}")
        return self.ids.index(member)

    def group(self, group: Group) -> tuple[str, ...]:
        """Codes of the members of a regional group, in seat order."""
        return tuple(seat.id for seat in self.seats if seat.group is group)


def nearest_member(word: str, council: Council) -> str:
    """What to do about a word that is no member: the member that is meant, or else who the members are."""
    names = {name: seat.id for seat in council.seats for name in _names(seat)}
    names |= {name: code for name, code in _EVERYDAY.items() if code in council}
    hint = nearest_state(word, council.ids, names)
    if hint:
        return hint
    whose = f"{word} is {members()[word].name}; " if word in members() else ""
    return f"{whose}its members are {' '.join(council.ids)}"


def _names(seat: Seat) -> tuple[str, ...]:
    """What its holder is called, then and now; the new seat of a proposal has no state's name."""
    state = members().get(seat.id)
    return (seat.name, seat.short, state.name) if state else ()


# Names people write that are neither a code nor the name in the table.
_EVERYDAY = {
    "United States": "USA",
    "America": "USA",
    "Britain": "GBR",
    "Great Britain": "GBR",
    "England": "GBR",
    "Russia": "RUS",
    "Soviet Union": "RUS",
}


@cache
def _terms() -> tuple[Seat, ...]:
    states = members()
    with shipped("facts", "data", "terms.csv").open(encoding="utf-8", newline="") as file:
        seats = [
            Seat(
                row["iso3"],
                row["name_then"],
                states[row["iso3"]].group,
                row["seat"] == "permanent",
                datetime.date.fromisoformat(row["start"]),
                datetime.date.fromisoformat(row["end"]),
                row["note"],
            )
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(seats, key=lambda seat: (not seat.permanent, seat.id, seat.start)))


@cache
def terms_of(member: str) -> tuple[Seat, ...]:
    """Every term of a state on the Council, by date, under the name of the time; empty for a code that is none's.

    Examples
    --------
    >>> [(term.name, term.start.year, term.end.year) for term in terms_of("LKA")]
    [('Ceylon', 1960, 1961)]
    """
    return tuple(seat for seat in _terms() if seat.id == member)


def member_named(code: str) -> Member:
    """The state of a code.

    Raises
    ------
    CouncilError
        If no state with that code ever had a seat; the message offers the nearest, also for a state's name.
    """
    if code in members():
        return members()[code]
    names = {name: seat.id for seat in _terms() for name in (seat.name, seat.short, members()[seat.id].name)}
    hint = nearest_state(code, members(), names | _EVERYDAY) or "`unsc members` lists them"
    raise CouncilError(f"{short(code)} is not the code of a state that ever had a seat on the Council – {hint}")


@cache
def first_day() -> datetime.date:
    """The first day with a council: 17 January 1946, its first meeting."""
    return min(seat.start for seat in _terms() if not seat.permanent)


@cache
def last_day() -> datetime.date:
    """The last day for which all members are known; of later years only those elected for two years ahead are."""
    ends = {seat.end for seat in _terms() if not seat.permanent}
    return max(end for end in ends if len(_sitting(end)) == _SIZE)


_SIZE = 15


@cache
def _changes() -> tuple[tuple[datetime.date, ...], tuple[tuple[Seat, ...], ...]]:
    """The days on which a term starts or another has ended, in order, and who has a seat from each to the next."""
    after = {seat.end + datetime.timedelta(1) for seat in _terms() if seat.end < datetime.date.max}
    days = sorted(after | {seat.start for seat in _terms()})
    return tuple(days), tuple(tuple(seat for seat in _terms() if seat.start <= day <= seat.end) for day in days)


def _sitting(date: datetime.date) -> tuple[Seat, ...]:
    """Who holds a seat on a day. The record asks for thousands of days, so nothing is looked through."""
    days, seats = _changes()
    place = bisect_right(days, date) - 1
    return seats[place] if place >= 0 else ()


@cache
def council_on(date: datetime.date) -> Council:
    """The Council on a day.

    Parameters
    ----------
    date : datetime.date
        Between :func:`first_day` and :func:`last_day`.

    Returns
    -------
    Council
        Eleven members to the end of 1965, fifteen since.

    Raises
    ------
    CouncilError
        If the members of that day are not known.

    Examples
    --------
    >>> council_on(datetime.date(1990, 6, 1)).permanent
    ('CHN', 'FRA', 'GBR', 'RUS', 'USA')
    """
    if not first_day() <= date <= last_day():
        raise CouncilError(
            f"the members of the Council on {date} are not known; known are {first_day()} to {last_day()}"
        )
    return Council(date, _sitting(date))


def council_day(year: int) -> datetime.date:
    """The day whose council stands for a year: 1 July; of 1946, 1 August.

    Raises
    ------
    CouncilError
        If it is no year of the calendar. Whether that day's members are known is for :func:`council_on` to say.

    Examples
    --------
    >>> council_day(1990).isoformat(), council_day(1946).isoformat()
    ('1990-07-01', '1946-08-01')
    """
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise CouncilError(
            f"the members of the Council in {shown(year)} are not known; known are {first_day()} to {last_day()}"
        )
    return datetime.date(year, 8 if year == first_day().year else 7, 1)
