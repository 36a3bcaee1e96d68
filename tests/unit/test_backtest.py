"""The backtest sees nothing of the day of a vote and after, whatever is scrambled there, and is the same twice."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import simulator
from simulator.engines.exact.mixed import solve_all
from simulator.engines.standing import Standing
from simulator.estimation.backtest import backtest, forecast_of
from simulator.estimation.forecasts import Forecast
from simulator.facts import Choice, Matter, Outcome, RollCall, Text, roll_calls
from simulator.model.history.estimates import shipped_estimates
from simulator.model.history.past import Past, shipped_past
from simulator.scenario.parse import from_data

DAYS = (datetime.date(2006, 7, 15), datetime.date(2018, 4, 10), datetime.date(2022, 5, 26))
"""A day with a vote of its own, the record of several of which then changed; one of them with three votes."""

SHORT = datetime.timedelta(days=60)


@cache
def scrambled(since: datetime.date) -> tuple[RollCall, ...]:
    """The record with everything about the votes from a day on changed, and in another order.

    Items, regions, texts and matters are dealt out anew among them; marks, outcomes, ids, sponsors and sources are
    made up.
    """
    rng = np.random.default_rng(since.toordinal())
    kept = [vote for vote in roll_calls() if vote.date < since]
    later = [vote for vote in roll_calls() if vote.date >= since]
    dealt = [[later[place] for place in rng.permutation(len(later))] for _ in range(4)]
    made = []
    for number, (vote, agenda, region, text, matter) in enumerate(zip(later, *dealt, strict=True)):
        choices = tuple(list(Choice)[place] for place in rng.integers(0, 3, len(vote.choices)))
        made.append(
            replace(
                vote,
                id=f"X/{number}",
                agenda=agenda.agenda,
                region=region.region,
                text=text.text,
                matter=matter.matter if number % 3 else Matter.PROCEDURAL,
                choices=choices,
                outcome=list(Outcome)[number % 3],
                sponsors=(("RUS",), (), ("PRESIDENT",))[number % 3],
                source="elsewhere",
            )
        )
    return tuple(made[place] for place in rng.permutation(len(made))) + tuple(kept)


def numbers(found: Sequence[Forecast]) -> list[tuple[object, ...]]:
    """All that is scored, to the last digit."""
    return [
        (one.vote.id, *one.outcomes.as_dict().values(), one.interval, one.choices.tolist(), one.joint) for one in found
    ]


@pytest.mark.parametrize("day", DAYS)
def test_scrambled_votes_from_a_day_on_change_no_forecast_up_to_it(day: datetime.date) -> None:
    """In a backtest: every number of every vote of the two months before is the same."""
    first, last = day - SHORT, day - datetime.timedelta(days=1)
    plain = backtest(roll_calls(), first, last)
    assert len(plain) >= 3
    assert numbers(backtest(scrambled(day), first, last)) == numbers(plain)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("agenda", ["dprk", "syria", "mali", "ukraine", "sudan-south-sudan"])
def test_nor_one_of_the_day_itself(day: datetime.date, agenda: str) -> None:
    """Asked without a file, as a person would, of an item that the record has or does not have yet."""
    plain = simulator.forecast(agenda, "USA", day)
    after = simulator.forecast(agenda, "USA", day, record=scrambled(day))
    assert after.as_dict() == plain.as_dict()


@pytest.mark.parametrize("day", DAYS[1:])
def test_nor_that_of_a_recorded_vote_of_the_day(day: datetime.date) -> None:
    """Its own draft as it was, all other rows of the day and later, and its own marks, as they never were."""
    estimates, past = shipped_estimates(day.year), Past.of(scrambled(day))
    for vote in (vote for vote in roll_calls() if vote.date == day):
        other = replace(vote, id="X", choices=vote.choices[::-1], outcome=Outcome.FAILED)
        one, after = (forecast_of(v, p, estimates) for v, p in ((vote, shipped_past()), (other, past)))
        assert (after.outcomes, after.interval) == (one.outcomes, one.interval)
        np.testing.assert_array_equal(after.choices, one.choices)


def test_scrambled_a_few_months_earlier_they_would_change() -> None:
    """The twin of the tests above: they could fail."""
    day = DAYS[-1]
    before = day - 3 * SHORT
    assert numbers(backtest(scrambled(before), day - SHORT, day)) != numbers(backtest(roll_calls(), day - SHORT, day))
    assert simulator.forecast("dprk", "USA", day, record=scrambled(before)).adopted != pytest.approx(
        simulator.forecast("dprk", "USA", day).adopted, abs=1e-6
    )


def test_trees_see_no_vote_of_the_year_or_later() -> None:
    """Where the extra fit is there: grown on other votes from a year on, they say the same of the year before."""
    pytest.importorskip("sklearn", reason="the extra fit is not installed")
    from simulator.estimation.grow import grown

    since = datetime.date(2004, 1, 1)
    plain, after = ([*grown(votes, 2003, 2003)] for votes in (roll_calls(), scrambled(since)))
    assert len(plain) > 20
    assert [name for name, _ in plain] == [name for name, _ in after]
    np.testing.assert_array_equal([odds for _, odds in plain], [odds for _, odds in after])


def test_it_is_the_same_twice_and_whatever_the_order_of_the_record() -> None:
    first, last = datetime.date(2022, 1, 1), datetime.date(2022, 6, 30)
    plain = numbers(backtest(roll_calls(), first, last))
    assert numbers(backtest(roll_calls(), first, last)) == plain
    turned = backtest(roll_calls()[::-1], first, last)
    assert sorted(numbers(turned)) == sorted(plain)


@pytest.mark.parametrize(
    "vote_id",
    ["S/2022/431", pytest.param("S/RES/2397", marks=pytest.mark.long)],  # ten seconds of the exact engine each
)
def test_the_log_score_of_a_roll_call_is_that_of_the_exact_engine(vote_id: str) -> None:
    """All fifteen marks learnt at once: how probable that was is what the joint score takes the logarithm of."""
    vote = next(vote for vote in roll_calls() if vote.id == vote_id)
    # Stated sponsors stand by their text in a scenario and not in a backtest: so none are stated.
    found = forecast_of(replace(vote, sponsors=(), text=Text.DRAFT), shipped_past(), shipped_estimates(vote.date.year))
    marks = {code: choice.value for code, choice in zip(vote.council.ids, vote.choices, strict=True)}
    draft = {"date": vote.date, "agenda": vote.agenda, "sponsors": []}
    asked = {"schema": 1, "title": "t", "draft": draft, "preferences": {"model": "history"}, "given": marks}
    exact = solve_all(Standing.of(from_data(asked), 1, 1).possibles)
    assert found.joint == pytest.approx(np.log(exact.evidence), abs=0.01)
