"""Article 27(2): nine affirmative votes (seven before 1966), and no veto."""

from simulator.rules.rule import Case, Majority, Rule, charter_quota


def _applies(case: Case) -> Majority:
    quota = charter_quota(case, "procedural")
    return Majority(quota, None, f"Article 27(2): {quota} of {case.size} votes in favour, no veto")


RULE = Rule(
    name="procedural",
    summary="nine yes (seven before 1966), no veto",
    source="Charter, Article 27(2)",
    applies=_applies,
)
