"""The outside view of any draft: no hindsight, and each step wider than the one before."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.analysis import outside_view
from simulator.analysis.outside_view.view import ENOUGH
from simulator.facts import Choice, Outcome, RollCall, agendas, roll_calls
from simulator.scenario import Scenario, parse
from tests.strategies import learnt

VOTES = roll_calls()
SPONSORS = st.sampled_from([None, ["USA"], ["RUS"], ["FRA", "CHN"], ["JPN"], ["E10"], ["PRESIDENT"], []])


@st.composite
def drafts(draw: st.DrawFn) -> Scenario:
    """A draft of 1994 to 2024 on anything, tabled by anybody, with something learnt and made of the five."""
    day = draw(st.dates(datetime.date(1994, 1, 2), datetime.date(2025, 3, 1)))
    lines = ["schema = 1", 'title = "t"', f"draft.date = {day}"]
    agenda = draw(st.none() | st.sampled_from(sorted(agendas())))
    lines += [f"draft.agenda = {agenda!r}"] if agenda else []
    sponsors = draw(SPONSORS)
    lines += [f"draft.sponsors = {sponsors!r}"] if sponsors is not None else []
    lines += [f"draft.text = {draw(st.sampled_from(['draft', 'draft', 'amendment']))!r}"]
    given_ = draw(st.dictionaries(st.sampled_from(["CHN", "RUS", "USA"]), learnt(), max_size=2))
    lines += [f"given.{member} = {choices!r}" for member, choices in given_.items()]
    if draw(st.booleans()):
        lines += [f"do.GBR = {draw(st.sampled_from(list(Choice))).value!r}"]
    return parse("\n".join(lines))


def scrambled(vote: RollCall, chance: random.Random) -> RollCall:
    """The same place in the record, and nothing in it as it was; its agenda item is the word of another vote."""
    other = chance.choice(VOTES)
    return replace(
        other,
        id=f"X/{chance.random()}",
        date=vote.date,
        choices=tuple(chance.choices(list(Choice), k=15)),
        outcome=chance.choice(list(Outcome)),
        sponsors=tuple(chance.sample(["USA", "RUS", "JPN", "PRESIDENT"], chance.randrange(3))),
    )


@settings(deadline=None, max_examples=60)
@given(scenario=drafts(), seed=st.integers(0, 2**32))
def test_whatever_happened_from_the_day_on_changes_nothing(scenario: Scenario, seed: int) -> None:
    chance = random.Random(seed)
    day = scenario.draft.date
    changed: list[Any] = [vote if vote.date < day else scrambled(vote, chance) for vote in VOTES]
    chance.shuffle(changed)
    found = outside_view(scenario)
    assert outside_view(scenario, votes=changed) == found
    assert outside_view(scenario, votes=[vote for vote in VOTES if vote.date < day]) == found
    assert all(vote.date < day for vote in found.votes)


def test_what_happened_before_the_day_would_be_noticed() -> None:
    """The twin: scrambling the day before the draft's changes the answer, so that the test above can fail."""
    scenario, chance = (
        parse("schema = 1\ntitle = 't'\ndraft.date = 2022-05-26\ndraft.agenda = 'dprk'"),
        random.Random(1),
    )
    early = [vote if vote.date < datetime.date(2017, 1, 1) else scrambled(vote, chance) for vote in VOTES]
    assert outside_view(scenario, votes=early) != outside_view(scenario)


@settings(deadline=None, max_examples=100)
@given(scenario=drafts())
def test_every_step_is_wider_than_the_last_and_only_the_last_is_wide_enough(scenario: Scenario) -> None:
    found = outside_view(scenario)
    sizes = [step.size for step in found.steps]
    assert sizes == sorted(sizes)
    assert all(size < ENOUGH for size in sizes[:-1])
    adopted = [step.adopted for step in found.steps]
    assert adopted == sorted(adopted)
    assert all(more <= size for more, size in zip(adopted, sizes, strict=True))
    assert (sizes[-1], adopted[-1]) == (found.size, found.count(Outcome.ADOPTED))
    assert sum(found.count(outcome) for outcome in Outcome) == found.size
    if not found.enough:
        assert found.steps[-1].by == ()


@settings(deadline=None, max_examples=60)
@given(scenario=drafts())
def test_every_vote_of_the_class_is_as_asked(scenario: Scenario) -> None:
    """What never gives way holds of each, whatever the class."""
    for vote in outside_view(scenario).votes:
        assert (vote.matter, vote.text) == (scenario.draft.matter, scenario.draft.text)
        assert vote.date.year >= 1994
        assert all(vote.by_member[member] in choices for member, choices in scenario.given.items())
        assert all(vote.by_member[member] is choice for member, choice in scenario.do.items())


@settings(deadline=None, max_examples=60)
@given(scenario=drafts())
def test_the_interval_holds_the_share(scenario: Scenario) -> None:
    found = outside_view(scenario)
    if found.share is not None and found.interval is not None:
        low, high = found.interval
        assert 0 <= low <= found.share + 1e-12
        assert found.share - 1e-12 <= high <= 1
        assert high - low == pytest.approx(0, abs=0.8)
