"""What if a single permanent member could not block: two must vote no.

Discussed in reform debates; no draft of it has been put to a vote, so it stands here as a thought experiment.
"""

from simulator.rules.rule import Case, Majority, Rule, charter_quota


def _applies(case: Case) -> Majority:
    quota = charter_quota(case, "two-vetoes")
    return Majority(
        quota, 2, f"two vetoes: {quota} of {case.size} votes in favour and fewer than two permanent members against"
    )


RULE = Rule(
    name="two-vetoes",
    summary="nine yes (seven before 1966), blocked by two permanent members' no",
    source="thought experiment from the reform debate; the quota is that of Charter, Article 27",
    applies=_applies,
    vetoable=True,
)
