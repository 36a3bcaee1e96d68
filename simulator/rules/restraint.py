"""Article 27(3) with a code of restraint kept: on mass atrocity, who has subscribed to it does not vote no.

The code of conduct of the Accountability, Coherence and Transparency group (A/70/621–S/2015/978, 14 December 2015) and
the French–Mexican political declaration of 2015 are promises, not law. So this is a rule of its own, and off unless it
is asked for; a subscriber's no then counts as an abstention.
"""

from simulator.rules.rule import Case, Majority, Rule, charter_quota


def _applies(case: Case) -> Majority:
    quota = charter_quota(case, "restraint")
    basis = (
        f"Article 27(3): {quota} of {case.size} votes in favour and no permanent member against; on mass atrocity, "
        "who has subscribed to restraint does not vote no"
    )
    return Majority(quota, 1, basis, proviso=True, restraint=True)


RULE = Rule(
    name="restraint",
    summary="as substantive; if draft.mass_atrocity is true, no subscriber to a code of restraint votes no",
    source="Article 27(3); ACT code of conduct, A/70/621-S/2015/978: voluntary, not law",
    applies=_applies,
    vetoable=True,
)
