"""Scenarios that happened, with preferences from the record: beside which, and with what evidence."""

from __future__ import annotations

import re
from datetime import date

import pytest

from simulator import changed, load, odds
from simulator.facts import Matter, RollCall, Text, agendas, council_on, roll_calls
from simulator.model.history.estimates import origin_of
from simulator.scenario import Scenario, shipped_scenarios
from simulator.scenario.history_checks import FIRST_YEAR
from simulator.scenario.types import Draft

ENDING = "-record"
VARIANTS = [name for name in shipped_scenarios() if name.endswith(ENDING)]
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905 - read as words
LAST_DAY = re.compile(rf"(?:\d{{1,2}}(?:-| and ))?(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")
"""A day, or the last of several."""


def told(name: str) -> tuple[Scenario, Scenario]:
    """The stated scenario and its variant."""
    return load(name.removesuffix(ENDING)), load(name)


def days(source: str) -> list[date]:
    """The days that a source names; of several together the last."""
    return [date(int(year), MONTHS.index(month) + 1, int(day)) for day, month, year in LAST_DAY.findall(source)]


def came_to_a_vote(scenario: Scenario) -> bool:
    """As one that the history model can tell of: substantive, and since its first estimates."""
    since = scenario.draft.date.year >= FIRST_YEAR
    return since and scenario.draft.matter == Matter.SUBSTANTIVE and scenario.actual is not None


def test_every_substantive_draft_since_2000_that_came_to_a_vote_has_a_variant_and_no_other() -> None:
    historical = [name for name, path in shipped_scenarios().items() if path.parent.name == "historical"]
    stated = [name for name in historical if load(name).preferences.model == "stated" and came_to_a_vote(load(name))]
    assert sorted(VARIANTS) == sorted(f"{name}{ENDING}" for name in stated)
    assert len(VARIANTS) == 12


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_is_the_same_draft_with_preferences_from_the_record(name: str) -> None:
    stated, variant = told(name)
    assert variant.preferences.model == "history"
    assert variant.draft.model_copy(update={"sponsors": stated.draft.sponsors}) == stated.draft
    assert variant.draft.sponsors, "none are taken from another text where it was known who tabled this one"
    assert variant.draft.sponsors == (stated.draft.sponsors or variant.draft.sponsors)
    assert variant.draft.agenda in agendas()
    assert variant.actual == stated.actual
    assert not any((variant.given, variant.do, variant.stances))


@pytest.mark.parametrize("name", VARIANTS)
def test_its_evidence_is_part_of_what_the_stated_scenario_says(name: str) -> None:
    """No stance of its own, no default, no odds; sponsors that sit on the Council count as having said so."""
    stated, variant = told(name)
    council = council_on(variant.draft.date)
    tabled = (
        {*council.ids[5:]} if variant.draft.sponsors == ("E10",) else {*council.ids} & {*(variant.draft.sponsors or ())}
    )
    assert {member for member, entry in variant.members.items() if entry.stance == "sponsor"} == tabled
    for member, entry in variant.members.items():
        assert member != "default"
        assert entry.odds is None
        if member not in tabled:
            assert entry == stated.members[member]


@pytest.mark.parametrize("name", VARIANTS)
def test_no_source_of_what_was_known_is_later_than_the_day(name: str) -> None:
    """But one, which says so: what happened. The estimates are of earlier years."""
    variant = load(name)
    known = [source for source in variant.sources if not source.endswith(", for what happened")]
    assert len(known) == len(variant.sources) - 1
    assert any(days(source) for source in known)
    for source in known:
        assert all(day <= variant.draft.date for day in days(source)), source
        assert str(variant.draft.symbol) not in source
    (before,) = [source for source in known if source.startswith("the votes on record before")]
    assert days(before) == [variant.draft.date]
    assert date(origin_of(variant.draft.date), 1, 1) <= variant.draft.date


def test_days_in_sources_are_read() -> None:
    """Or the test above would prove nothing."""
    assert days("AP, 25 May 2022") == [date(2022, 5, 25)]
    assert days("Reuters of 21-22 December 2017; AFP, 11 and 25 May 2022") == [date(2017, 12, 22), date(2022, 5, 25)]


def is_it(vote: RollCall, draft: Draft) -> bool:
    """Whether a roll call was on this draft, and not on an amendment to it."""
    return vote.date == draft.date and vote.text is Text.DRAFT and draft.symbol in (vote.id, vote.draft)


@pytest.mark.parametrize("name", VARIANTS)
def test_it_happened_as_the_record_has_it(name: str) -> None:
    draft, actual = load(name).draft, load(name).actual
    (vote,) = [vote for vote in roll_calls() if is_it(vote, draft)]
    assert vote.agenda == draft.agenda
    assert actual is not None
    assert actual.outcome is vote.outcome
    assert vote.sponsors in ((), draft.sponsors)


def test_statements_turn_the_drafts_on_the_dprk_as_the_page_says() -> None:
    """In 2022 from well above 90 in 100 to where either is possible; in 2017 there were none, and none were needed."""
    (before, after) = (
        odds(scenario, engine="exact").adopted for scenario in (alone("dprk-2022-05"), both("dprk-2022-05"))
    )
    assert before > 0.9
    assert 0.5 < after < 0.75
    assert odds("dprk-2017-12-record", engine="exact").adopted > 0.95
    (before, after) = (
        odds(scenario, engine="exact").adopted for scenario in (alone("dprk-2024-03"), both("dprk-2024-03"))
    )
    assert 0.7 < before < 0.9
    assert 0.3 < after < 0.55


def alone(name: str) -> Scenario:
    """By the record, nothing said."""
    return changed(both(name), settings={"members": {}})


def both(name: str) -> Scenario:
    """By the record, with what members had said."""
    return load(f"{name}{ENDING}")
