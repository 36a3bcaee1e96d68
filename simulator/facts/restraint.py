"""Codes of restraint on mass atrocity, and the permanent members known to have subscribed. See data/SOURCES.md."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """A voluntary promise not to vote no, or not to veto, where a draft is meant to prevent or end mass atrocity.

    Attributes
    ----------
    name, source : str
    permanent : tuple of str
        Permanent members that have subscribed, by code. Elected members that have are not in these facts.
    """

    name: str
    source: str
    permanent: tuple[str, ...]


ACT = Code("ACT code of conduct", "A/70/621-S/2015/978, 14 December 2015", ("FRA", "GBR"))
"""Of the Accountability, Coherence and Transparency group: for permanent and elected members."""

FRENCH_MEXICAN = Code("French-Mexican initiative", "political declaration on suspension of veto powers, 2015", ("FRA",))
"""For permanent members: their veto alone."""
