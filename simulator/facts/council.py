"""The Council's members on a day: who held which seat, under the name of the time. Source: data/SOURCES.md."""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass
from functools import cache

from simulator.errors import CouncilError, nearest
from simulator.facts.members import Group, members
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
        Whether a no of this seat can be a veto.
    start, end : datetime.date
        First and last day of the term; permanent terms end on 31 December 9999.
    """

    id: str
    name: str
    group: Group
    permanent: bool
    start: datetime.date
    end: datetime.date

    @property
    def short(self) -> str:
        """The name in everyday use on the date: Soviet Union, United Kingdom."""
        return _SHORT.get(self.name, self.name)


_SHORT = {
    "Union of Soviet Socialist Republics": "Soviet Union",
    "Russian Federation": "Russia",
    "United Kingdom of Great Britain and Northern Ireland": "United Kingdom",
    "United States of America": "United States",
    "Byelorussian Soviet Socialist Republic": "Byelorussian SSR",
    "Ukrainian Soviet Socialist Republic": "Ukrainian SSR",
    "Bolivia (Plurinational State of)": "Bolivia",
    "Iran (Islamic Republic of)": "Iran",
    "Venezuela (Bolivarian Republic of)": "Venezuela",
    "Democratic Republic of the Congo": "DR Congo",
    "Federal Republic of Germany": "West Germany",
    "German Democratic Republic": "East Germany",
    "Libyan Arab Jamahiriya": "Libya",
    "Syrian Arab Republic": "Syria",
    "United Republic of Tanzania": "Tanzania",
    "Saint Vincent and the Grenadines": "St Vincent & Grenadines",
}


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
    """``"did you mean …?"`` for a misspelt code, or for a state's name written instead of its code."""
    by_name = {name: seat.id for seat in council.seats for name in (seat.name, members()[seat.id].name)}
    by_name |= {seat.id: seat.id for seat in council.seats}
    by_name |= {name: code for name, code in _EVERYDAY.items() if code in council}
    hint = nearest(word, by_name)
    if not hint:
        return f"its members are {' '.join(council.ids)}"
    found = hint.removeprefix("did you mean ").removesuffix("?")
    return f"did you mean {by_name[found]}?"


# Names people write that are neither a code nor the name in the table.
_EVERYDAY = {
    "US": "USA",
    "United States": "USA",
    "America": "USA",
    "UK": "GBR",
    "Britain": "GBR",
    "United Kingdom": "GBR",
    "Russia": "RUS",
    "USSR": "RUS",
    "Soviet Union": "RUS",
    "PRC": "CHN",
    "UAE": "ARE",
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
            )
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(seats, key=lambda seat: (not seat.permanent, seat.id, seat.start)))


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


def _sitting(date: datetime.date) -> tuple[Seat, ...]:
    return tuple(seat for seat in _terms() if seat.start <= date <= seat.end)


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
            f"the members of the Council in {year} are not known; known are {first_day()} to {last_day()}"
        )
    return datetime.date(year, 8 if year == first_day().year else 7, 1)
