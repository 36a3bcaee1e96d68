"""The everyday rule: whatever the Charter asks for this matter on this day."""

from simulator.facts import Matter
from simulator.rules import judges, procedural, substantive
from simulator.rules.rule import Case, Majority, Rule

_BY_MATTER = {
    Matter.SUBSTANTIVE: substantive.RULE,
    Matter.PROCEDURAL: procedural.RULE,
    Matter.JUDGES: judges.RULE,
}


def _applies(case: Case) -> Majority:
    return _BY_MATTER[case.matter].applies(case)


RULE = Rule(
    name="charter",
    summary="follows draft.matter and the day: substantive, procedural or judges",
    source="Charter, Article 27; ICJ Statute, Article 10",
    applies=_applies,
    vetoable=True,
)
