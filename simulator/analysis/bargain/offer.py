"""One text that could be tabled, and where a member changes its vote on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Offer:
    """A text that could be tabled.

    Attributes
    ----------
    place : dict
        Where it stands on each dimension.
    dilution : float or None
        How much of the way from the sponsor's ideal to the reversion point it has given way, 0 to 1; None where it is
        off that way.
    adopted : float
        Odds of adoption.
    gain : float
        What its adoption is worth to the sponsor, as a share of what its ideal is: at most 1; 0 changes nothing.
    """

    place: dict[str, float]
    dilution: float | None
    adopted: float
    gain: float

    @property
    def expected(self) -> float:
        """Odds times gain."""
        return self.adopted * self.gain

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "place": dict(self.place),
            "dilution": self.dilution,
            "adopted": self.adopted,
            "gain": self.gain,
            "expected": self.expected,
        }


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a member with a veto changes its vote on the way, the noise off.

    Attributes
    ----------
    member, name : str
        Its code and short name.
    votes : tuple of str
        What it votes on each text of the path: yes, abstain, no or absent.
    to_abstain : float or None
        Dilution from which it no longer votes no; None where it votes otherwise on the ideal, or no on every text.
    place : dict or None
        The text at which that happens.
    """

    member: str
    name: str
    votes: tuple[str, ...]
    to_abstain: float | None
    place: dict[str, float] | None

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "member": self.member,
            "votes": list(self.votes),
            "to_abstain": self.to_abstain,
            "place": self.place,
        }
