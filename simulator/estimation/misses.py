"""Which forecasts missed most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from simulator.estimation.forecasts import Forecast
from simulator.estimation.scores import LEAST
from simulator.facts import Choice, Outcome


def surprise(forecast: Forecast) -> float:
    """−log of the odds given to what happened, in nats: 0 for a certainty that came true."""
    return -math.log(max(forecast.outcomes.of(forecast.vote.outcome), LEAST))


def joint_nats(forecast: Forecast) -> float:
    """−log probability of the whole roll call, in nats; at most as if every mark had had the least odds there are."""
    return -max(forecast.joint, len(forecast.vote.choices) * math.log(LEAST))


def worst_first(forecasts: Sequence[Forecast]) -> list[Forecast]:
    """The forecasts, the most surprised first; of the same surprise, by date."""
    return sorted(forecasts, key=lambda forecast: (-surprise(forecast), forecast.vote.date, forecast.vote.id))


def as_row(forecast: Forecast) -> dict[str, Any]:
    """One vote with its odds, by name: a row of CSV, an object of JSON."""
    vote = forecast.vote
    low, high = forecast.interval or (None, None)
    return {
        "id": vote.id,
        "date": vote.date.isoformat(),
        "draft": vote.draft,
        "text": vote.text.value,
        "agenda": vote.agenda,
        "outcome": vote.outcome.value,
        "yes": vote.count(Choice.YES),
        "no": " ".join(vote.members(Choice.NO)),
        "abstain": " ".join(vote.members(Choice.ABSTAIN)),
        "absent": " ".join(vote.members(Choice.ABSENT)),
        **forecast.outcomes.as_dict(),
        "interval_low": low,
        "interval_high": high,
        "brier": (forecast.outcomes.adopted - (vote.outcome is Outcome.ADOPTED)) ** 2,
        "log_loss": surprise(forecast),
        "joint_nats": joint_nats(forecast),
    }
