"""The fit looks at no vote of its day or later: nothing that it is made of changes when they do."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np

from simulator.estimation.fit import used_before
from simulator.estimation.sample import Sample
from simulator.facts import Choice, RollCall, roll_calls
from simulator.model.history.past import Past

UNTIL = datetime.date(2003, 3, 14)


def scrambled(since: datetime.date) -> tuple[RollCall, ...]:
    """The record with every vote from a day on made another."""
    return tuple(
        vote
        if vote.date < since
        else replace(vote, choices=(Choice.NO,) * len(vote.choices), sponsors=("RUS",), agenda="other")
        for vote in roll_calls()
    )


def numbers(votes: Sequence[RollCall]) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    """All that the fit is made of."""
    used, past = used_before(votes, UNTIL)
    sample = Sample.of(past, used, UNTIL, ideal=True)
    scales = [part for scale in sample.scales for part in (scale.mean, scale.spread)]
    inputs = [np.asarray(getattr(sample.inputs, field.name)) for field in fields(sample.inputs)]
    return [*scales, *inputs, sample.choices, sample.weights]


def test_votes_of_the_day_and_later_are_not_fitted() -> None:
    before, after = numbers(roll_calls()), numbers(scrambled(UNTIL))
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))


def test_a_vote_of_the_day_before_would_be() -> None:
    """The twin of the test above: it could fail. There was a vote on 13 March 2003 or some days before."""
    last = max(vote.date for vote in roll_calls() if vote.date < UNTIL)
    before, after = numbers(roll_calls()), numbers(scrambled(last))
    assert not all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))


def test_the_past_of_a_fit_ends_the_day_before() -> None:
    _, past = used_before(roll_calls(), UNTIL)
    assert isinstance(past, Past)
    assert past.days.max() < UNTIL.toordinal()
