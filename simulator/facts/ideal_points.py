"""Ideal points of states, estimated from their votes in the General Assembly [BaileyEtAl2017].

One number a state and year, on one scale through time: the higher, the closer to the votes of the United States. The
release is that of July 2025, which smooths over time: a year's point is informed by the years around it, later ones
too. Source, terms and gaps: data/SOURCES.md.
"""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass
from functools import cache

from simulator.shipped import shipped

_CHINA, _SEAT_PASSES = "CHN", datetime.date(1971, 10, 25)
_REPUBLIC = "Republic of China"


@dataclass(frozen=True, slots=True)
class IdealPoint:
    """A state's ideal point in one year.

    Attributes
    ----------
    member : str
        Code of the state.
    year : int
        Year of the General Assembly's votes.
    value : float
        The ideal point; about -3.5 to 3.5 over all years.
    government : str
        Whose point it is where two governments held the seat one after the other: ``Republic of China`` for ``CHN``
        to 1970. Else empty.
    """

    member: str
    year: int
    value: float
    government: str = ""

    @property
    def scaled(self) -> float:
        """The value divided by the largest absolute value of that year, so in [-1, 1]; see :func:`largest`."""
        return self.value / largest(self.year)


@cache
def _points() -> dict[str, tuple[IdealPoint, ...]]:
    found: dict[str, list[IdealPoint]] = {}
    with shipped("facts", "data", "ideal_points.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            point = IdealPoint(row["iso3"], int(row["year"]), float(row["ideal_point"]), row["note"])
            found.setdefault(point.member, []).append(point)
    return {member: tuple(sorted(points, key=lambda point: point.year)) for member, points in found.items()}


def ideal_points(member: str) -> tuple[IdealPoint, ...]:
    """A state's ideal points, by year.

    Parameters
    ----------
    member : str
        Code of a state that ever had a seat.

    Returns
    -------
    tuple of IdealPoint
        Years without a point are left out: all of 1964, when the Assembly recorded no votes, and years in which the
        state recorded too few. Empty for any code without a point.

    Examples
    --------
    >>> points = ideal_points("RUS")
    >>> points[0].year, points[-1].year, 1964 in {point.year for point in points}
    (1946, 2024, False)
    """
    return _points().get(member, ())


def ideal_point(member: str, year: int) -> float | None:
    """A state's ideal point of a year, or None where it has none.

    ``CHN`` is the Republic of China to 1970 and the People's Republic from 1971, the year in which it took the seat.

    Examples
    --------
    >>> ideal_point("USA", 2024)
    2.2062
    >>> ideal_point("USA", 1964)
    """
    return _by_year().get((member, year))


@cache
def _by_year() -> dict[tuple[str, int], float]:
    return {(point.member, point.year): point.value for points in _points().values() for point in points}


@cache
def largest(year: int) -> float:
    """The largest absolute ideal point of a year, among states that ever had a seat; 0 in a year without any."""
    return max((abs(value) for (_, when), value in _by_year().items() if when == year), default=0.0)


def ideal_point_on(member: str, date: datetime.date) -> IdealPoint | None:
    """The ideal point that a state votes by on a day: that of :func:`ideal_point_before`, else its own year's.

    Who uses it says where it is the year's own: most of the Assembly's votes of a year come after most drafts.

    Returns
    -------
    IdealPoint or None
        None for a state without a point of the year or before it, and for codes that are no state's.

    Examples
    --------
    >>> ideal_point_on("FRA", datetime.date(1946, 6, 26)).year
    1946
    """
    own = (point for point in ideal_points(member) if point.year == date.year)
    return ideal_point_before(member, date) or next(own, None)


def ideal_point_before(member: str, date: datetime.date, *, years: int | None = None) -> IdealPoint | None:
    """The latest ideal point of years before a date's, of the government that votes on that date.

    A point of the same year is not used: most of the Assembly's votes come in its last months, after most drafts. A
    point of a former government is not used either. The People's Republic of China took the seat on 25 October 1971,
    and its first point is that of 1971: for its votes of the rest of that year there is none, and the Republic's point
    of 1970 would be that of its opponent. The Russian Federation goes on with the Soviet series, as it went on with the
    seat. Yemen's series starts in 1990; it does not go on with Democratic Yemen's, the smaller of the two states that
    united.

    Parameters
    ----------
    member : str
        Code of a state.
    date : datetime.date
        Day of a draft.
    years : int, optional
        How many years back to look at most. Points can be old: South Africa has none between 1974 and 1994.

    Returns
    -------
    IdealPoint or None
        None where there is no such point: in 1946, for a state's first year, for codes that are no state's.

    Examples
    --------
    >>> point = ideal_point_before("FRA", datetime.date(1965, 5, 14))
    >>> point.year, round(point.scaled, 2)  # there is none of 1964
    (1963, 0.42)
    >>> ideal_point_before("CHN", datetime.date(1971, 10, 24)).government
    'Republic of China'
    >>> ideal_point_before("CHN", datetime.date(1971, 10, 25)) is None
    True
    """
    oldest = date.year - years if years is not None else 0
    government = _REPUBLIC if member == _CHINA and date < _SEAT_PASSES else ""
    usable = [
        point for point in ideal_points(member) if oldest <= point.year < date.year and point.government == government
    ]
    return usable[-1] if usable else None
