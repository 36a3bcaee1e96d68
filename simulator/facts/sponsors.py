"""Who tables a text, as far as it tells its prospects: classes of sponsors by the permanent members among them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from simulator.facts.record import PRESIDENT

WEST = frozenset({"FRA", "GBR", "USA"})
"""The three permanent members that mostly table texts together."""

EAST = frozenset({"CHN", "RUS"})
"""The other two."""


class SponsorClass(StrEnum):
    """Which of the permanent members are among the sponsors.

    The five tell more than the rest: whose text it is says whose veto it need not fear, and whose it may.
    """

    WESTERN = "western"
    """Any of France, the United Kingdom and the United States; neither Russia nor China."""
    EASTERN = "eastern"
    """Russia or China, none of the three."""
    BOTH = "both"
    """Some of the three, and Russia or China."""
    NONE = "none"
    """States, none of the five; the ten elected members together count here."""
    PRESIDENTIAL = "presidential"
    """The text is the presidency's, which all members have agreed to."""
    UNKNOWN = "unknown"
    """No sponsor is stated: there is none, or it is not known."""


def sponsor_class(sponsors: Sequence[str]) -> SponsorClass:
    """The class of a text's sponsors.

    Parameters
    ----------
    sponsors : sequence of str
        Codes of states, on the Council or not, or :data:`~simulator.facts.record.PRESIDENT`, or
        :data:`~simulator.facts.record.E10`, as in the record. Their order does not matter.

    Returns
    -------
    SponsorClass
        Presidential wherever the presidency is among them; unknown of none at all.

    Examples
    --------
    >>> sponsor_class(["USA", "ALB"]).value, sponsor_class(["E10"]).value, sponsor_class([]).value
    ('western', 'none', 'unknown')
    """
    if not sponsors:
        return SponsorClass.UNKNOWN
    if PRESIDENT in sponsors:
        return SponsorClass.PRESIDENTIAL
    west, east = not WEST.isdisjoint(sponsors), not EAST.isdisjoint(sponsors)
    if west and east:
        return SponsorClass.BOTH
    return SponsorClass.WESTERN if west else SponsorClass.EASTERN if east else SponsorClass.NONE
