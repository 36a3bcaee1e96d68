"""What if nobody had a veto: the Charter's quota alone, on every matter."""

from simulator.rules.rule import Case, Majority, Rule, charter_quota


def _applies(case: Case) -> Majority:
    quota = charter_quota(case, "no-veto")
    return Majority(quota, None, f"no veto: {quota} of {case.size} votes in favour suffice")


RULE = Rule(
    name="no-veto",
    summary="nine yes (seven before 1966) on every matter, no veto",
    source="thought experiment; the quota is that of Charter, Article 27",
    applies=_applies,
)
