"""When a draft is adopted: the Charter's rules on votes of the record, and the rules of thought experiments."""

from __future__ import annotations

from datetime import date

import pytest

from simulator.errors import RuleError
from simulator.facts import Matter, Outcome, council_on
from simulator.rules import RULES, Case, Majority, rule_named

A, V, F = Outcome.ADOPTED, Outcome.VETOED, Outcome.FAILED
SUB, PRO, JUD = Matter.SUBSTANTIVE, Matter.PROCEDURAL, Matter.JUDGES
IN_1950, IN_1965, IN_1966, IN_2022 = date(1950, 6, 27), date(1965, 12, 31), date(1966, 1, 1), date(2022, 5, 26)


def majority(rule: str, day: date, matter: Matter = SUB) -> Majority:
    return rule_named(rule).applies(Case.of(council_on(day), matter))


# Votes of the record: day, matter, yes, permanent members against, what came of it, and which text it was.
ON_RECORD = [
    (date(1950, 6, 27), SUB, 7, 0, A, "S/RES/83: the Soviet Union absent, Egypt and India taking no part"),
    (date(1965, 11, 23), SUB, 7, 0, A, "S/RES/218: seven yes were still enough, amendment or no"),
    (date(1999, 3, 26), SUB, 3, 0, F, "S/1999/328: only three yes"),
    (date(2014, 12, 30), SUB, 8, 1, F, "S/2014/916: eight yes, and the United States against: no veto"),
    (date(2011, 3, 17), SUB, 10, 0, A, "S/RES/1973: China and Russia abstained"),
    (date(2022, 2, 25), SUB, 11, 1, V, "S/2022/155"),
    (date(2022, 2, 27), PRO, 11, 1, A, "S/RES/2623: procedural, adopted over a Russian no"),
    (date(2022, 5, 26), SUB, 13, 2, V, "S/2022/431"),
]


@pytest.mark.parametrize(("day", "matter", "yes", "against", "outcome", "text"), ON_RECORD)
def test_votes_on_record_come_out_as_they_did(
    day: date, matter: Matter, yes: int, against: int, outcome: Outcome, text: str
) -> None:
    assert majority("charter", day, matter).outcome(yes, against) is outcome, text


@pytest.mark.parametrize(
    ("day", "matter", "quota"),
    [
        (IN_1965, SUB, 7),
        (IN_1965, PRO, 7),
        (IN_1965, JUD, 6),
        (IN_1966, SUB, 9),
        (IN_1966, PRO, 9),
        (IN_1966, JUD, 8),
    ],
)
def test_the_charter_asks_for_a_majority_by_matter_and_day(day: date, matter: Matter, quota: int) -> None:
    """Article 27(2) and (3), and Statute of the Court, Article 10: one yes fewer is never enough."""
    asked = majority("charter", day, matter)
    assert (asked.outcome(quota, 0), asked.outcome(quota - 1, 0)) == (A, F)
    assert str(quota) in asked.basis


@pytest.mark.parametrize(
    ("matter", "rule", "article"),
    [(SUB, "substantive", "Article 27(3)"), (PRO, "procedural", "Article 27(2)"), (JUD, "judges", "Article 10")],
)
def test_the_charter_is_the_rule_of_the_matter_and_cites_it(matter: Matter, rule: str, article: str) -> None:
    assert majority("charter", IN_2022, matter) == majority(rule, IN_2022)
    assert article in majority("charter", IN_2022, matter).basis


def test_one_permanent_no_blocks_what_is_substantive() -> None:
    assert majority("substantive", IN_2022).outcome(yes=14, vetoes=1) is V


@pytest.mark.parametrize("rule", ["procedural", "judges", "no-veto"])
@pytest.mark.parametrize("against", range(6))
def test_without_a_veto_no_permanent_member_blocks(rule: str, against: int) -> None:
    assert majority(rule, IN_2022).outcome(yes=9, vetoes=against) is A


def test_abstentions_never_block() -> None:
    """Practice, Namibia opinion of 1971: nine elected members carry a draft on which all five abstain."""
    assert majority("substantive", IN_2022).outcome(yes=9, vetoes=0) is A


@pytest.mark.parametrize("against", range(1, 6))
def test_a_hidden_veto_is_a_failure(against: int) -> None:
    """With fewer than nine yes a permanent member's no is no veto; it would have been one."""
    asked = majority("substantive", IN_2022)
    assert asked.outcome(yes=8, vetoes=against) is F
    assert asked.blocked(against)


def test_judges_are_elected_by_an_absolute_majority_whoever_votes_against() -> None:
    assert majority("judges", IN_2022).outcome(yes=8, vetoes=5) is A
    assert majority("judges", IN_1965).outcome(yes=6, vetoes=5) is A


@pytest.mark.parametrize(("against", "outcome"), [(0, A), (1, A), (2, V), (3, V)])
def test_two_vetoes_needs_two(against: int, outcome: Outcome) -> None:
    assert majority("two-vetoes", IN_2022).outcome(yes=9, vetoes=against) is outcome
    assert majority("two-vetoes", IN_2022).outcome(yes=8, vetoes=against) is F


def stated(quota: int | None, needed: int | None = None, size: int = 15, permanent: int = 5) -> Majority:
    return RULES["quota-and-veto"].applies(Case(SUB, IN_2022, size, permanent, quota, needed))


@pytest.mark.parametrize(
    ("needed", "against", "outcome"),
    [(None, 1, V), (None, 0, A), (0, 5, A), (1, 1, V), (2, 1, A), (2, 2, V), (5, 4, A), (5, 5, V)],
)
def test_quota_and_veto_takes_the_number_of_vetoes_as_stated(
    needed: int | None, against: int, outcome: Outcome
) -> None:
    assert stated(8, needed).outcome(yes=8, vetoes=against) is outcome
    assert stated(8, needed).outcome(yes=7, vetoes=against) is F


@pytest.mark.parametrize(("size", "permanent", "quota"), [(25, 5, 15), (26, 11, 16), (24, 5, 14)])
def test_quota_and_veto_fits_councils_of_reform_proposals(size: int, permanent: int, quota: int) -> None:
    asked = stated(quota, 1, size, permanent)
    assert [asked.outcome(yes, 0) for yes in (quota - 1, quota, size)] == [F, A, A]
    assert f"{quota} of {size}" in asked.basis


@pytest.mark.parametrize(
    ("quota", "needed", "said"),
    [
        (None, None, "needs council.quota"),
        (0, None, "council.quota is 0, but must lie between 1 and the 15 seats"),
        (16, None, "council.quota is 16"),
        (9, -1, "council.vetoes_needed is -1"),
        (9, 6, "between 0 (no veto) and the 5 members with a veto"),
    ],
)
def test_quota_and_veto_says_what_its_numbers_may_be(quota: int | None, needed: int | None, said: str) -> None:
    with pytest.raises(RuleError) as caught:
        stated(quota, needed)
    assert said in str(caught.value)


@pytest.mark.parametrize("rule", [name for name, rule in RULES.items() if not rule.takes_quota])
@pytest.mark.parametrize(("day", "size"), [(IN_2022, 11), (IN_2022, 25), (IN_1950, 15), (IN_1950, 10)])
def test_the_charters_rules_refuse_a_council_of_another_size(rule: str, day: date, size: int) -> None:
    """The error names the size it is for, the one it met, and the rule that fits any."""
    with pytest.raises(RuleError) as caught:
        RULES[rule].applies(Case(SUB, day, size, 5))
    right = "11" if day is IN_1950 else "15"
    assert all(part in str(caught.value) for part in (right, f"not {size}", "quota-and-veto"))


def test_an_unknown_rule_meets_the_nearest_and_all() -> None:
    with pytest.raises(RuleError) as caught:
        rule_named("proceedural")
    assert "did you mean procedural?" in str(caught.value)
    assert all(name in str(caught.value) for name in RULES)


@pytest.mark.parametrize("name", list(RULES))
def test_every_rule_is_listed_under_its_name_and_cites_a_source(name: str) -> None:
    rule = RULES[name]
    assert rule_named(name) is rule
    assert rule.name == name
    assert rule.summary
    assert rule.source
