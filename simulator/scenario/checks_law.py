"""What must hold between a scenario's rule and what the rule needs: a quota, a preliminary question, subscribers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from simulator.errors import Problem, RuleError, nearest, short, shown
from simulator.facts import Choice, Council
from simulator.rules import RULES, Case, Majority
from simulator.scenario.reformed import reform_of
from simulator.scenario.seats import restrained
from simulator.scenario.types import Scenario


def majority_of(scenario: Scenario, council: Council) -> Majority:
    """The majority the draft needs under the scenario's rule.

    Under ``double-veto`` that of a draft which is not held procedural; see :func:`majorities_of`.

    Raises
    ------
    RuleError
        If the rule is unknown or does not fit the council.
    """
    choice = scenario.council
    if choice.rule not in RULES:
        raise RuleError(f"there is no rule {shown(choice.rule)}")
    return RULES[choice.rule].applies(_case(scenario, council))


def majorities_of(scenario: Scenario, council: Council) -> tuple[Majority, ...]:
    """Every majority the draft may need: with a preliminary question there are two, that of a procedural draft first.

    Raises
    ------
    RuleError
        As :func:`majority_of`.
    """
    majority = majority_of(scenario, council)
    if not RULES[scenario.council.rule].preliminary:
        return (majority,)
    return RULES["procedural"].applies(_case(scenario, council)), majority


def _case(scenario: Scenario, council: Council) -> Case:
    choice = scenario.council
    return Case(
        scenario.draft.matter, council.date, len(council), len(council.vetoers), choice.quota, choice.vetoes_needed
    )


def rule_problems(scenario: Scenario, council: Council) -> Iterator[Problem]:
    """A rule that is not there, does not fit the council, or lacks what it needs."""
    choice = scenario.council
    if choice.rule not in RULES:
        yield Problem(
            "council.rule",
            f"there is no rule {shown(choice.rule)}; the rules are {', '.join(RULES)}",
            nearest(choice.rule, RULES),
        )
        return
    rule = RULES[choice.rule]
    if rule.takes_quota or not choice.seats:
        yield from _misfit(scenario, council)
    yield from _quota(scenario, takes_quota=rule.takes_quota)
    if rule.preliminary and not scenario.preliminary:
        yield Problem(
            "preliminary",
            f"rule {rule.name} needs [preliminary]: how members vote on whether the draft is procedural",
            'such as preliminary = { default.stance = "leans-yes" }',
        )
    if scenario.preliminary and not rule.preliminary:
        yield Problem(
            "preliminary", f"rule {rule.name} puts no preliminary question", 'use rule = "double-veto", or leave it out'
        )


def _misfit(scenario: Scenario, council: Council) -> Iterator[Problem]:
    try:
        majority_of(scenario, council)
    except RuleError as error:
        yield Problem("council.rule", str(error), _suggested(scenario) if scenario.council.quota is None else "")


def _quota(scenario: Scenario, *, takes_quota: bool) -> Iterator[Problem]:
    choice = scenario.council
    if not takes_quota:
        if choice.seats:
            yield Problem(
                "council.rule",
                f"rule {choice.rule} is for the Charter's council, not for council.seats",
                'use rule = "quota-and-veto", with quota and quota_source',
            )
        for key in ("quota", "vetoes_needed", "quota_source"):
            if getattr(choice, key) is not None:
                yield Problem(
                    f"council.{key}", f"rule {choice.rule} has its own majority", 'use rule = "quota-and-veto"'
                )
    elif choice.seats and not choice.quota_source:
        yield Problem(
            "council.quota_source",
            "is required with council.seats: the majorities of proposals are disputed",
            _suggested(scenario) or "say where the quota comes from",
        )


def _suggested(scenario: Scenario) -> str:
    """What is said of a proposal's majority: told, never applied."""
    reform = reform_of(scenario.council.seats)
    return f"of the {reform.name}'s seats it is said: {reform.majority}" if reform else ""


def law_problems(scenario: Scenario, council: Council) -> Iterator[Problem]:
    """Parties and subscribers named twice, and a no learnt of a subscriber that does not vote no."""
    for name in ("parties", "subscribers"):
        for code, times in Counter(getattr(scenario.council, name) or ()).items():
            if times > 1:
                yield Problem(f"council.{name}", f"{short(code)} stands there {times} times")
    for member in restrained(scenario, council):
        if scenario.given.get(member) == (Choice.NO,) and member not in scenario.do:
            yield Problem(
                f"given.{member}",
                f"{member} keeps to restraint on mass atrocity, so its no has probability zero and cannot be learnt",
                "take it off council.subscribers, or use another rule",
            )
