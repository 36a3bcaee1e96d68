"""Proposals to enlarge the Council: which seats each would add, by regional group. Source: data/SOURCES.md.

How many votes a proposal would ask for is disputed, or left open by it. What is known of it stands here with its
source: told where a quota is missing, and applied, source beside it, where all proposals are asked about at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from simulator.facts.members import Group

AFRICAN, ASIAN, EAST, LATIN, WEST = (
    Group.AFRICAN,
    Group.ASIA_PACIFIC,
    Group.EASTERN_EUROPEAN,
    Group.GRULAC,
    Group.WEOG,
)

CODES = MappingProxyType({AFRICAN: "AFR", ASIAN: "ASP", EAST: "EEU", LATIN: "LAC", WEST: "WEO"})
"""How the codes of new seats begin, by group: AFR1, AFR2, …"""

ADJECTIVES = MappingProxyType(
    {
        AFRICAN: "African",
        ASIAN: "Asian",
        EAST: "Eastern",
        LATIN: "Latin American",
        WEST: "Western",
    }
)
"""Groups as they stand in the names of new seats."""


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A seat that a proposal would add.

    Attributes
    ----------
    id : str
        Three letters of its group and a number: no state's code.
    name : str
        What it is called where members are listed.
    group : Group
    permanent, veto : bool
        Whether it is a permanent seat, and whether its no can be a veto.
    """

    id: str
    name: str
    group: Group
    permanent: bool
    veto: bool


@dataclass(frozen=True, slots=True)
class Reform:
    """A proposal.

    Attributes
    ----------
    word : str
        What a scenario writes in ``council.seats``.
    name, source : str
        Whose it is, and the document.
    permanent, elected : tuple of Group
        The group of each new seat; renewable terms count as elected.
    veto : bool
        Whether new permanent seats have the veto.
    quota : int
        Votes that the proposal, or a paper on it, would ask for.
    quota_source : str
        Which of the two it is, and which document.
    by_itself : str
        What the proposal itself says of the votes needed, where the quota is another's; else empty.
    unchecked : str
        What of this row could not be read in the document itself; empty where all was.
    """

    word: str
    name: str
    source: str
    permanent: tuple[Group, ...]
    elected: tuple[Group, ...]
    veto: bool
    quota: int
    quota_source: str
    by_itself: str
    unchecked: str

    @property
    def majority(self) -> str:
        """The votes needed in words: what the proposal says, and what others say where it is silent."""
        own = f"{self.by_itself}; " if self.by_itself else ""
        return f"{own}{self.quota} of {self.size} by {self.quota_source}"

    @property
    def size(self) -> int:
        """Members of the Council it asks for: the fifteen and the new ones."""
        return 15 + len(self.permanent) + len(self.elected)

    @property
    def seats(self) -> tuple[NewSeat, ...]:
        """The new seats, permanent ones first, numbered within each group."""
        seats: list[NewSeat] = []
        for kind, groups in (("permanent", self.permanent), ("elected", self.elected)):
            for group in groups:
                number = 1 + sum(seat.group is group for seat in seats)
                permanent = kind == "permanent"
                name = f"New {ADJECTIVES[group]} seat"
                seats.append(NewSeat(f"{CODES[group]}{number}", name, group, permanent, permanent and self.veto))
        return tuple(seats)


_SIX = (AFRICAN, AFRICAN, ASIAN, ASIAN, LATIN, WEST)
"""The new permanent seats of the Group of Four, the African Union, and L.69 alike."""

_CO_CHAIRS = "the co-chairs' elements for the intergovernmental negotiations, 2019"

REFORMS: dict[str, Reform] = {
    reform.word: reform
    for reform in (
        Reform(
            "g4",
            "Group of Four",
            "A/59/L.64, 6 July 2005",
            _SIX,
            (AFRICAN, ASIAN, EAST, LATIN),
            False,
            14,
            "A/59/L.64",
            "",
            "the votes needed; no veto until a review after fifteen years",
        ),
        Reform(
            "uniting-for-consensus",
            "Uniting for Consensus",
            "A/59/L.68, 21 July 2005",
            (),
            (AFRICAN, AFRICAN, AFRICAN, ASIAN, ASIAN, ASIAN, EAST, LATIN, LATIN, WEST),
            False,
            15,
            "A/59/L.68",
            "",
            "the votes needed",
        ),
        Reform(
            "panel-a",
            "High-level Panel, model A",
            "A/59/565, 2 December 2004, paragraph 252",
            _SIX,
            (AFRICAN, ASIAN, LATIN),
            False,
            13,
            _CO_CHAIRS,
            "none by the Panel",
            "the split by group, the paragraph, that it names no majority; six seats for each of four regions would "
            "also move an elected seat from Europe to the Americas",
        ),
        Reform(
            "panel-b",
            "High-level Panel, model B",
            "A/59/565, 2 December 2004, paragraph 253",
            (),
            (AFRICAN, AFRICAN, AFRICAN, ASIAN, ASIAN, ASIAN, LATIN, LATIN, LATIN),
            False,
            13,
            _CO_CHAIRS,
            "none by the Panel",
            "the split by group (what gives each of four regions six seats), the paragraph, that it names no majority",
        ),
        Reform(
            "african-union",
            "African Union",
            "A/59/L.67, 14 July 2005; Ezulwini Consensus, March 2005",
            _SIX,
            (AFRICAN, AFRICAN, ASIAN, EAST, LATIN),
            True,
            14,
            _CO_CHAIRS,
            "none by A/59/L.67",
            "the day of A/59/L.67, that it names no majority",
        ),
        Reform(
            "l69",
            "L.69 group",
            "L.69 group, draft of 2012, not tabled",
            _SIX,
            (AFRICAN, AFRICAN, ASIAN, EAST, LATIN, LATIN),
            True,
            15,
            _CO_CHAIRS,
            "not known",
            "all numbers; the seat for a small island state is put with Latin America and the Caribbean",
        ),
    )
}
"""By the word of the scenario file."""
