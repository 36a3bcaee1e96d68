"""Every rule of the registry keeps the properties it declares: counted through, and asked of whole scenarios."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simulator
from simulator.facts import Choice, Council, Matter, Outcome, council_on
from simulator.rules import RULES, Case, Majority
from simulator.scenario.parse import from_data
from tests import strategies

DAYS = (date(1950, 6, 1), date(2022, 6, 1))
QUOTAS = {"quota-and-veto": [(quota, needed) for quota in (1, 8, 11) for needed in (None, 0, 1, 3)]}

# How many of a kind of member vote yes, withhold without a no (abstain or absent), and vote no.
Profile = tuple[int, int, int]


def cases(rule: str) -> list[tuple[Case, Majority]]:
    """The rule before both of the Charter's councils, on every matter, with several quotas where it takes one."""
    found = []
    for day, matter, (quota, needed) in product(DAYS, Matter, QUOTAS.get(rule, [(None, None)])):
        case = Case(matter, day, len(council_on(day)), 5, quota, needed)
        found.append((case, RULES[rule].applies(case)))
    return found


def profiles(members: int) -> list[Profile]:
    return [(yes, members - yes - no, no) for yes in range(members + 1) for no in range(members + 1 - yes)]


def outcome(majority: Majority, permanent: Profile, elected: Profile) -> Outcome:
    return majority.outcome(permanent[0] + elected[0], permanent[2])


def warmer(profile: Profile) -> list[Profile]:
    """One vote turned from no to abstain, or from abstain to yes."""
    yes, between, no = profile
    return ([(yes, between + 1, no - 1)] if no else []) + ([(yes + 1, between - 1, no)] if between else [])


@pytest.mark.parametrize("rule", list(RULES))
def test_a_monotone_rule_never_undoes_an_adoption_for_a_warmer_vote(rule: str) -> None:
    """All counts of permanent and elected members' votes, and every single step up from each."""
    assert RULES[rule].monotone
    for case, majority in cases(rule):
        for permanent, elected in product(profiles(5), profiles(case.size - 5)):
            if outcome(majority, permanent, elected) is Outcome.ADOPTED:
                assert all(outcome(majority, one, elected) is Outcome.ADOPTED for one in warmer(permanent))
                assert all(outcome(majority, permanent, one) is Outcome.ADOPTED for one in warmer(elected))


@pytest.mark.parametrize("rule", list(RULES))
def test_a_rule_is_vetoable_exactly_if_some_substantive_vote_is_vetoed(rule: str) -> None:
    vetoed = {
        case.matter
        for case, majority in cases(rule)
        for permanent, elected in product(profiles(5), profiles(case.size - 5))
        if outcome(majority, permanent, elected) is Outcome.VETOED
    }
    assert (Matter.SUBSTANTIVE in vetoed) is RULES[rule].vetoable
    if rule == "charter":
        assert vetoed == {Matter.SUBSTANTIVE}


@pytest.mark.parametrize("rule", list(RULES))
def test_whatever_is_vetoed_had_the_yes_votes_and_a_permanent_member_against(rule: str) -> None:
    """Taking the permanent members' no away adopts it; and nobody else's no can veto."""
    for case, majority in cases(rule):
        for permanent, elected in product(profiles(5), profiles(case.size - 5)):
            if outcome(majority, permanent, elected) is Outcome.VETOED:
                assert permanent[2] > 0
                let_pass = (permanent[0], permanent[1] + permanent[2], 0)
                assert outcome(majority, let_pass, elected) is Outcome.ADOPTED


@pytest.mark.parametrize("rule", list(RULES))
def test_everybody_in_favour_always_adopts_and_nobody_never(rule: str) -> None:
    for case, majority in cases(rule):
        rest = case.size - 5
        assert outcome(majority, (5, 0, 0), (rest, 0, 0)) is Outcome.ADOPTED
        assert outcome(majority, (0, 5, 0), (0, rest, 0)) is Outcome.FAILED


def outcome_of_roll_call(rule: str, day: date, matter: str, votes: dict[str, str]) -> Outcome:
    """What a whole scenario makes of a roll call in which every vote is made so: its only possible outcome."""
    chosen = {"rule": rule} | ({"quota": 8} if RULES[rule].takes_quota else {})
    draft = {"date": day, "matter": matter}
    data: dict[str, Any] = {"schema": 1, "title": "a roll call", "draft": draft, "council": chosen, "do": votes}
    if RULES[rule].preliminary:  # all say that it is not procedural
        data["preliminary"] = {"default": {"odds": {"no": 1}}}
    odds = simulator.odds(from_data(data), engine="exact").outcomes.as_dict()
    certain = [word for word, chance in odds.items() if chance == pytest.approx(1, abs=1e-12)]
    assert len(certain) == 1, odds
    return Outcome(certain[0])


def by_law(rule: str, matter: str, votes: dict[str, str]) -> str:
    """The outcome by Article 27 and the Statute's Article 10, written down again from the texts."""
    yes = sum(vote == "yes" for vote in votes.values())
    against = sum(votes[member] == "no" for member in ("CHN", "FRA", "GBR", "RUS", "USA"))
    applied = matter if rule == "charter" else rule
    enlarged = len(votes) == 15
    needed = {"judges": 8 if enlarged else 6, "quota-and-veto": 8}.get(applied, 9 if enlarged else 7)
    block = dict.fromkeys(["substantive", "double-veto", "restraint", "quota-and-veto"], 1) | {"two-vetoes": 2}
    return "failed" if yes < needed else "vetoed" if against >= block.get(applied, 99) else "adopted"


@st.composite
def roll_calls(draw: st.DrawFn) -> tuple[date, dict[str, str]]:
    """A day and a vote of every member, mostly yes, so that all three outcomes are common."""
    day = draw(st.sampled_from(DAYS))
    vote = st.sampled_from([*["yes"] * 4, *(choice.value for choice in Choice)])
    return day, {member: draw(vote) for member in council_on(day).ids}


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(RULES)), st.sampled_from([*Matter]), roll_calls())
def test_a_roll_call_comes_out_by_law(rule: str, matter: Matter, roll_call: tuple[date, dict[str, str]]) -> None:
    day, votes = roll_call
    assert outcome_of_roll_call(rule, day, matter.value, votes) == by_law(rule, matter.value, votes)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(RULES)), roll_calls(), st.data())
def test_elected_members_can_trade_votes_under_an_anonymous_rule(
    rule: str, roll_call: tuple[date, dict[str, str]], data: st.DataObject
) -> None:
    assert RULES[rule].anonymous
    day, votes = roll_call
    elected = council_on(day).elected
    dealt = data.draw(st.permutations([votes[member] for member in elected]))
    traded = votes | dict(zip(elected, dealt, strict=True))
    assert outcome_of_roll_call(rule, day, "substantive", traded) is outcome_of_roll_call(
        rule, day, "substantive", votes
    )


@settings(max_examples=100, deadline=None)
@given(strategies.councils(), st.sampled_from(["charter", "substantive", "two-vetoes"]))
def test_the_law_of_the_council_is_that_of_its_day(council: Council, rule: str) -> None:
    """Seven votes in the council of eleven, nine in that of fifteen, whatever the day in either."""
    quota = RULES[rule].applies(Case.of(council, Matter.SUBSTANTIVE)).quota
    assert (len(council), quota) in {(11, 7), (15, 9)}
