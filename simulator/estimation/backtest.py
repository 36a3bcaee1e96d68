"""Forecasts of recorded votes, each from what was known before its day.

STAND-IN, to be replaced by the history model: odds of outcomes by climatology and members' own rates.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

import numpy as np

from simulator.engines.parts import Outcomes
from simulator.estimation.forecasts import Forecast, chosen, marks
from simulator.estimation.scores import log_loss
from simulator.facts import RollCall

Progress = Callable[[int, int], None]
"""Told how many votes are done, of how many."""


def backtest(
    record: Sequence[RollCall],
    first: datetime.date,
    last: datetime.date,
    *,
    ideal_points: bool = True,
    progress: Progress | None = None,
) -> list[Forecast]:
    """A forecast of every substantive vote on a draft or an amendment from one day to another, both inclusive."""
    from simulator.estimation.baselines import baselines

    del ideal_points
    votes = chosen(record, first, last)
    if not votes:
        return []
    simple = baselines(record, votes)
    outcomes, choices = simple["member_agenda_rates"].outcomes, simple["member_agenda_rates"].choices
    assert outcomes is not None
    assert choices is not None
    found = []
    for place, vote in enumerate(votes):
        joint = -float(log_loss(choices[place], marks(vote)).sum())
        four = np.pad(choices[place], ((0, 0), (0, 1)))
        found.append(Forecast(vote, Outcomes(*map(float, outcomes[place])), None, four, joint))
        if progress is not None:
            progress(place + 1, len(votes))
    return found
