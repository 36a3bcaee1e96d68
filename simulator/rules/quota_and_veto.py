"""A quota and a number of vetoes of the scenario's own, for a council of any size.

Majorities of reform proposals are disputed, so there is no default: ``council.quota`` is an explicit input, and
``council.quota_source`` says where it comes from. They are other numbers in the place of those of Article 27(3): on a
substantive matter, where a veto can block, parties to the dispute must abstain as under it.
"""

from simulator.errors import RuleError, shown
from simulator.facts import Matter
from simulator.rules.rule import Case, Majority, Rule


def _applies(case: Case) -> Majority:
    if case.quota is None:
        raise RuleError("rule quota-and-veto needs council.quota, the affirmative votes a draft needs")
    if not 1 <= case.quota <= case.size:
        raise RuleError(f"council.quota is {shown(case.quota)}, but must lie between 1 and the {case.size} seats")
    needed = min(1, case.permanent) if case.vetoes_needed is None else case.vetoes_needed
    if not 0 <= needed <= case.permanent:
        raise RuleError(
            f"council.vetoes_needed is {shown(needed)}, but must lie between 0 (no veto) and the {case.permanent} "
            "members with a veto"
        )
    block = {0: "no veto", 1: "no member with a veto against"}.get(
        needed, f"fewer than {needed} members with a veto against"
    )
    basis = f"stated quota: {case.quota} of {case.size} votes in favour, {block}"
    return Majority(case.quota, needed or None, basis, proviso=needed > 0 and case.matter is Matter.SUBSTANTIVE)


RULE = Rule(
    name="quota-and-veto",
    summary="council.quota yes, blocked by council.vetoes_needed no (default 1, 0: no veto)",
    source="the scenario, in council.quota_source",
    applies=_applies,
    vetoable=True,
    takes_quota=True,
)
