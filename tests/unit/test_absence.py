"""Absence and non-participation: they block nothing and are not a yes, in every rule and in whole scenarios.

Practice: International Court of Justice, Namibia opinion, 21 June 1971, paragraph 22; the Soviet absence of 1950 and
China's non-participation in many votes of 1971-81.
"""

from __future__ import annotations

from datetime import date

import pytest

import simulator
from simulator.facts import Choice, RollCall, roll_calls
from simulator.scenario.parse import from_data
from tests.unit.test_record import P5, by_id

AWAY = [vote for vote in roll_calls() if any(vote.choice(member) is Choice.ABSENT for member in P5)]
"""Every vote of the record on which a permanent member is marked absent."""


def replayed(vote: RollCall, change: dict[Choice, Choice] | None = None, **council: object) -> str:
    """The one outcome of a scenario in which all members are made to vote as they did, some choices changed."""
    made = {member: (change or {}).get(choice, choice).value for member, choice in vote.by_member.items()}
    draft = {"date": vote.date, "matter": vote.matter.value}
    data = {"schema": 1, "title": vote.id, "draft": draft, "do": made, "council": council}
    odds = simulator.odds(from_data(data), engine="exact").outcomes.as_dict()
    (certain,) = [word for word, chance in odds.items() if chance == pytest.approx(1, abs=1e-12)]
    return certain


def test_the_record_has_the_absences_that_made_the_practice() -> None:
    """Seven resolutions of 1950 without the Soviet Union, S/RES/82 to 84 on Korea among them; China from 1971."""
    soviet = [vote.id for vote in AWAY if vote.date.year == 1950 and vote.choice("RUS") is Choice.ABSENT]
    assert {"S/RES/82", "S/RES/83", "S/RES/84"} <= set(soviet)
    assert len(soviet) == 7
    assert {vote.date.year for vote in AWAY if vote.choice("CHN") is Choice.ABSENT} == {1971, 1972, 1973, 1976}


@pytest.mark.parametrize("vote", AWAY, ids=[vote.id for vote in AWAY])
def test_a_vote_without_a_permanent_member_comes_out_as_recorded(vote: RollCall) -> None:
    """And marked as abstaining, as most of China's non-participation is in the record, it comes out the same."""
    assert replayed(vote) == vote.outcome.value
    assert replayed(vote, {Choice.ABSENT: Choice.ABSTAIN}) == vote.outcome.value


@pytest.mark.parametrize("symbol", ["S/RES/82", "S/RES/83", "S/RES/84"])
def test_had_absence_been_a_no_the_resolutions_of_1950_would_have_been_vetoed(symbol: str) -> None:
    assert replayed(by_id()[symbol], {Choice.ABSENT: Choice.NO}) == "vetoed"


def test_absence_is_no_yes() -> None:
    """S/RES/83 had seven of eleven: with one yes turned into an absence it falls short."""
    vote = by_id()["S/RES/83"]
    made = {member: choice.value for member, choice in vote.by_member.items()} | {"CUB": "absent"}
    data = {"schema": 1, "title": "one fewer", "draft": {"date": vote.date}, "do": made}
    assert simulator.odds(from_data(data), engine="exact").failed == pytest.approx(1)


RULES = {
    "charter": {},
    "substantive": {},
    "procedural": {},
    "judges": {},
    "restraint": {},
    "no-veto": {},
    "two-vetoes": {},
    "quota-and-veto": {"quota": 9},
}


@pytest.mark.parametrize("rule", list(RULES))
@pytest.mark.parametrize(("others", "outcome"), [(9, "adopted"), (7, "failed")])
def test_under_every_rule_absent_permanent_members_leave_it_to_the_others(rule: str, others: int, outcome: str) -> None:
    """All five away: nine yes among the others carry, seven carry nothing."""
    elected = ["ARE", "ALB", "BRA", "GAB", "GHA", "IND", "IRL", "KEN", "MEX", "NOR"]
    made = dict.fromkeys([*P5, *elected], "absent") | dict.fromkeys(elected[:others], "yes")
    council = {"rule": rule, **RULES[rule]}
    data = {"schema": 1, "title": "away", "draft": {"date": date(2022, 5, 26)}, "council": council, "do": made}
    assert simulator.odds(from_data(data), engine="exact").outcomes.as_dict()[outcome] == pytest.approx(1)
