"""The states that ever had a seat: code, present name, regional group. Source: data/SOURCES.md."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from simulator.shipped import shipped


class Group(StrEnum):
    """The regional groups of the United Nations, by the names the scenario file uses."""

    AFRICAN = "african"
    ASIA_PACIFIC = "asia-pacific"
    EASTERN_EUROPEAN = "eastern-european"
    GRULAC = "grulac"
    """Latin American and Caribbean."""
    WEOG = "weog"
    """Western European and others; Türkiye and the United States are counted here, as for elections."""


@dataclass(frozen=True, slots=True)
class Member:
    """A state that ever had a seat.

    Attributes
    ----------
    id : str
        ISO 3166-1 alpha-3 code, one per seat through time: ``RUS`` is the Soviet Union before 24 December 1991.
    name : str
        Its present name, or its last one.
    group : Group
        Regional group, by present membership (historic states as they were).
    permanent : bool
        Whether it is one of the five of Article 23(1).
    """

    id: str
    name: str
    group: Group
    permanent: bool

    @property
    def short(self) -> str:
        """The name in everyday use: Russia, United Kingdom."""
        return short_name(self.name)


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


def short_name(name: str) -> str:
    """The everyday form of a state's name, where it has one.

    >>> short_name("Bolivia (Plurinational State of)")
    'Bolivia'
    """
    return _SHORT.get(name, name)


@cache
def members() -> dict[str, Member]:
    """All states that ever had a seat, by code.

    Examples
    --------
    >>> members()["CHN"].permanent
    True
    """
    with shipped("facts", "data", "members.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["iso3"]: Member(row["iso3"], row["name"], Group(row["group"]), row["permanent"] == "yes")
            for row in csv.DictReader(file)
        }
