"""Codes of restraint: on mass atrocity, what would have been a subscriber's no is an abstention.

Under rule ``restraint`` only. The code of conduct of the Accountability, Coherence and Transparency group
(A/70/621-S/2015/978) is voluntary and asks members not to vote against a credible draft; it does not ask for a yes.
"""

from __future__ import annotations

from simulator.facts import ACT
from simulator.rules import Majority
from simulator.scenario import Scenario


def restraint_notes(scenario: Scenario, majority: Majority, kept: tuple[str, ...]) -> tuple[str, ...]:
    """What the code does to this vote, or why it does nothing."""
    notes = []
    if kept:
        source = "council.subscribers" if scenario.council.subscribers is not None else f"{ACT.name}, {ACT.source}"
        notes.append(
            f"keeping to restraint on mass atrocity, {' '.join(kept)} abstain where they would vote no ({source}; "
            "voluntary, not law)"
        )
        if scenario.council.subscribers is None:
            notes.append("which elected members have subscribed is not in the facts; council.subscribers names them")
    elif majority.restraint and not scenario.draft.mass_atrocity:
        notes.append("rule restraint changes nothing here: draft.mass_atrocity is not true")
    elif majority.restraint:
        notes.append("rule restraint changes nothing here: no subscriber has a seat")
    elif scenario.draft.mass_atrocity:
        notes.append("draft.mass_atrocity has no effect: codes of restraint do not bind under this rule")
    if scenario.council.subscribers is not None and not majority.restraint:
        notes.append("council.subscribers has no effect: codes of restraint do not bind under this rule")
    return tuple(notes)
