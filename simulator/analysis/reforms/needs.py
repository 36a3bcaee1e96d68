"""What a draft needs before an enlarged council: only the council changes, the kind of question stays what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from simulator.facts import Matter, Reform
from simulator.scenario import Scenario

_DECIDED_AS = MappingProxyType(
    {
        "procedural": Matter.PROCEDURAL,
        "judges": Matter.JUDGES,
        "substantive": Matter.SUBSTANTIVE,
        "restraint": Matter.SUBSTANTIVE,
        "double-veto": Matter.SUBSTANTIVE,
    }
)
"""Rules that take every draft for one of a kind; the others go by what the file says it is, or by no kind at all."""

_HELD = ("charter", "substantive", "procedural", "judges")
"""Rules of which a proposal keeps all but the numbers."""

STATUTE = "ICJ Statute, Article 10: an absolute majority of the seats"


@dataclass(frozen=True, slots=True)
class Needs:
    """What a draft needs.

    Attributes
    ----------
    quota : int
        Votes in favour.
    vetoes_needed : int or None
        0 where no veto counts; None for the rule's own default, which is one.
    source : str
        Where the quota comes from.
    """

    quota: int
    vetoes_needed: int | None
    source: str


def matter_of(asked: Scenario) -> Matter:
    """What a draft is decided as under the scenario's own rule."""
    return _DECIDED_AS.get(asked.council.rule, asked.draft.matter)


def needs_of(asked: Scenario, reform: Reform) -> Needs:
    """The proposal's quota and a veto, but on a procedural draft no veto; of judges an absolute majority, no veto."""
    matter = matter_of(asked)
    if matter is Matter.JUDGES:
        return Needs(reform.size // 2 + 1, 0, STATUTE)
    return Needs(reform.quota, 0 if matter is Matter.PROCEDURAL else None, reform.quota_source)


def why_not(asked: Scenario) -> str:
    """Why no one number of votes will do; empty where it does."""
    if asked.council.rule != "charter" or all(step.matter in (None, asked.draft.matter) for step in asked.sequence):
        return ""
    return "votes before the draft's are of another matter, and one quota cannot hold for both"


def notes_on(asked: Scenario) -> Iterator[str]:
    """What of the scenario's own law holds before enlarged councils, and what does not."""
    matter, choice = matter_of(asked), asked.council
    if matter is Matter.PROCEDURAL:
        yield (
            "before enlarged councils a procedural draft is taken to need as many votes as others, as in Article 27(2) "
            "and (3) today, and no veto counts"
        )
    if matter is Matter.JUDGES:
        yield "before enlarged councils an absolute majority of the seats elects, and no veto counts"
    stated = choice.rule == "quota-and-veto" and choice.vetoes_needed is not None
    if choice.rule not in (*_HELD, "quota-and-veto") or stated:
        blocked = "one veto blocks it" if matter is Matter.SUBSTANTIVE else "no veto counts"
        yield (
            f"before enlarged councils the scenario's own rule, {choice.rule}, is not held to: a draft needs what the "
            f"proposal asks for, and {blocked}"
        )
