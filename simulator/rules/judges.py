"""Elections to the International Court of Justice: an absolute majority, permanent members like all others.

Statute, Article 10(1) asks for an absolute majority, 10(2) takes the vote "without any distinction between permanent
and non-permanent members". In the Council of eleven the absolute majority was six, since 1966 it is eight.
"""

from simulator.rules.rule import Case, Majority, Rule, charter_size


def _applies(case: Case) -> Majority:
    size = charter_size(case, "judges")
    quota = size // 2 + 1
    return Majority(quota, None, f"ICJ Statute, Article 10: {quota} of {case.size} votes in favour, no veto")


RULE = Rule(
    name="judges",
    summary="absolute majority: eight yes (six before 1966), no veto",
    source="Statute of the International Court of Justice, Article 10",
    applies=_applies,
)
