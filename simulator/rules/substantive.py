"""Article 27(3): nine affirmative votes (seven before 1966) including the concurring votes of the permanent members.

In practice a permanent member's abstention, absence or non-participation does not block (International Court of
Justice, Namibia advisory opinion, 1971, paragraph 22), so only its no is a veto.
"""

from simulator.rules.rule import Case, Majority, Rule, charter_quota


def _applies(case: Case) -> Majority:
    quota = charter_quota(case, "substantive")
    basis = f"Article 27(3): {quota} of {case.size} votes in favour and no permanent member against"
    return Majority(quota, 1, basis, proviso=True)


RULE = Rule(
    name="substantive",
    summary="nine yes (seven before 1966) and no permanent member's no",
    source="Charter, Article 27(3); abstention: practice, ICJ Namibia opinion 1971",
    applies=_applies,
    vetoable=True,
)
