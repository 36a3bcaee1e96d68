"""The scorecard: how good forecasts of recorded votes were, beside what simple means would have said."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from simulator.errors import OptionError
from simulator.estimation.baselines import Baseline, baselines
from simulator.estimation.bootstrap import interval, resamples
from simulator.estimation.forecasts import Forecast
from simulator.estimation.measures import Measures, ballots, beside_climatology, losses, shape
from simulator.estimation.misses import as_row, worst_first
from simulator.estimation.parts import By, Part, parts
from simulator.estimation.reliability import Bin, curve
from simulator.estimation.sheet import Happened, Said
from simulator.facts import RollCall
from simulator.model.latent import Floats

Numbers: TypeAlias = Mapping[str, float]
"""Scores by name; NaN where one does not exist."""
Intervals: TypeAlias = Mapping[str, "tuple[float, float] | None"]
"""The middle 90 % of a score over resamples of agenda items, by its name."""

WORST = 20
"""Misses that a scorecard names."""

_FEWEST = 5
"""Agenda items that a part must have for its intervals to mean anything."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of some forecasts, of outcomes and of votes, with their intervals.

    Attributes
    ----------
    name : str
    n : int
        Roll calls; for a part of the members, their votes.
    outcome, votes : mapping
        Scores by name; empty for what was not forecast.
    outcome_intervals, votes_intervals : mapping
        For some of the scores.
    """

    name: str
    n: int
    outcome: Numbers
    votes: Numbers
    outcome_intervals: Intervals
    votes_intervals: Intervals

    def as_dict(self) -> dict[str, Any]:
        """By name; null for what does not exist."""
        return {
            "name": self.name,
            "n": self.n,
            "outcome": _plain(self.outcome) or None,
            "votes": _plain(self.votes) or None,
            "intervals": {"outcome": _ends(self.outcome_intervals), "votes": _ends(self.votes_intervals)},
        }


@dataclass(frozen=True, slots=True)
class Beside:
    """A baseline's scores on the same votes.

    Attributes
    ----------
    meaning : str
    scored : Scored or None
        None where it made no forecasts; its intervals are of the forecasts' scores *minus* its own, so that an
        interval below 0 says that the forecasts were better.
    missing : str
        Why there are none.
    """

    meaning: str
    scored: Scored | None
    missing: str

    def as_dict(self) -> dict[str, Any] | None:
        """By name; None where there are no forecasts."""
        if self.scored is None:
            return None
        found = self.scored.as_dict()
        return {
            "meaning": self.meaning,
            "outcome": found["outcome"],
            "votes": found["votes"],
            "difference_intervals": found["intervals"],
        }


@dataclass(frozen=True, slots=True)
class Scorecard:
    """How good forecasts were.

    Attributes
    ----------
    first, last : datetime.date
        Days that votes were chosen from, inclusive.
    whole : Scored
        All forecasts.
    curve : tuple of Bin
        Of those given much the same odds, how many were adopted.
    baselines : mapping
        By name.
    by : mapping
        Parts of each kind.
    worst : tuple of Forecast
        The worst misses, worst first.
    """

    first: datetime.date
    last: datetime.date
    whole: Scored
    curve: tuple[Bin, ...]
    baselines: Mapping[str, Beside]
    by: Mapping[By, tuple[Scored, ...]]
    worst: tuple[Forecast, ...]

    @property
    def n(self) -> int:
        """Roll calls."""
        return self.whole.n

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it; docs/reference/json.md names every key."""
        whole = self.whole.as_dict()
        return {
            "n": self.n,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "outcome": whole["outcome"],
            "votes": whole["votes"],
            "baselines": {name: beside.as_dict() for name, beside in self.baselines.items()},
            "intervals": whole["intervals"],
            "missing": {name: beside.missing for name, beside in self.baselines.items() if beside.missing},
            "reliability": [one.as_dict() for one in self.curve],
            "by": {kind.value: [part.as_dict() for part in found] for kind, found in self.by.items()},
            "worst": [as_row(forecast) for forecast in self.worst],
        }


def scorecard(
    forecasts: Sequence[Forecast],
    record: Sequence[RollCall],
    *,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
) -> Scorecard:
    """Scores forecasts, and the baselines on the same votes.

    Parameters
    ----------
    forecasts : sequence of Forecast
        In any order; at least one.
    record : sequence of RollCall
        What the baselines learn from, of each vote only earlier days.
    first, last : datetime.date, optional
        Days that votes were chosen from; by default those of the first and the last vote.

    Raises
    ------
    OptionError
        If there are no forecasts.
    """
    if not forecasts:
        raise OptionError("there is no vote to score: no forecasts were given")
    ordered = sorted(forecasts, key=lambda forecast: (forecast.vote.date, forecast.vote.id))
    happened, said = Happened.of([forecast.vote for forecast in ordered]), Said.of(ordered)
    scorer = _Scorer(said, happened, baselines(record, happened.votes))
    days = [vote.date for vote in happened.votes]
    return Scorecard(
        first or days[0],
        last or days[-1],
        scorer.whole(),
        curve(said.outcomes[:, 0], happened.adopted),
        scorer.beside(),
        {kind: tuple(scorer.part(part) for part in found) for kind, found in parts(happened).items()},
        tuple(worst_first(ordered)[:WORST]),
    )


class _Scorer:
    """What all scores of one scorecard share: the arrays, the resamples, and the climatologies."""

    def __init__(self, said: Said, happened: Happened, simple: Mapping[str, Baseline]) -> None:
        self._said, self._happened, self._simple = said, happened, simple
        self._once = np.ones(len(happened))
        self._resamples = resamples([vote.agenda for vote in happened.votes])

    def whole(self) -> Scored:
        outcome, votes = self._outcome(self._said, self._once), ballots(self._said, self._happened, self._once)
        outcome |= shape(self._said, self._happened, self._once)
        again = self._outcome(self._said, self._resamples) | shape(self._said, self._happened, self._resamples)
        votes_again = ballots(self._said, self._happened, self._resamples)
        return Scored("all", len(self._happened), _once(outcome), _once(votes), _middle(again), _middle(votes_again))

    def part(self, part: Part) -> Scored:
        weights, again = self._once * part.calls, self._resamples * part.calls
        outcome: Measures = {}
        outcome_again: Measures = {}
        enough = len({vote.agenda for vote, inside in zip(self._happened.votes, part.calls, strict=True) if inside})
        if part.seats is None:
            outcome = self._outcome(self._said, weights) | shape(self._said, self._happened, weights)
            outcome_again = self._outcome(self._said, again) if enough >= _FEWEST else {}
        votes = ballots(self._said, self._happened, weights, part.seats)
        votes_again = ballots(self._said, self._happened, again, part.seats) if enough >= _FEWEST else {}
        n = int(part.calls.sum() if part.seats is None else part.seats.sum())
        return Scored(part.name, n, _once(outcome), _once(votes), _middle(outcome_again), _middle(votes_again))

    def beside(self) -> dict[str, Beside]:
        own = losses(self._said, self._happened, self._resamples)
        own_votes = ballots(self._said, self._happened, self._resamples)
        return {name: self._beside(name, one, own, own_votes) for name, one in self._simple.items()}

    def _beside(self, name: str, one: Baseline, own: Measures, own_votes: Measures) -> Beside:
        if one.outcomes is None:
            return Beside(one.meaning, None, one.missing)
        said = Said.independently(one.outcomes, one.choices, self._happened)
        outcome = self._outcome(said, self._once) | shape(said, self._happened, self._once)
        scored = Scored(
            name,
            len(self._happened),
            _once({key: value for key, value in outcome.items() if "climatology" not in key and "three" not in key}),
            _once(ballots(said, self._happened, self._once)),
            _middle(_minus(own, losses(said, self._happened, self._resamples))),
            _middle(_minus(own_votes, ballots(said, self._happened, self._resamples))),
        )
        return Beside(one.meaning, scored, "")

    def _outcome(self, said: Said, weights: Floats) -> Measures:
        climatologies = [self._climatology(name, weights) for name in ("climatology", "climatology_three_years")]
        return beside_climatology(losses(said, self._happened, weights), *climatologies)

    def _climatology(self, name: str, weights: Floats) -> Measures:
        outcomes = self._simple[name].outcomes
        assert outcomes is not None  # a climatology forecasts every vote
        return losses(Said(outcomes, None, None), self._happened, weights)


def _minus(own: Measures, other: Measures) -> Measures:
    return {name: own[name] - value for name, value in other.items()}


def _once(found: Measures) -> Numbers:
    return {name: float(value) for name, value in found.items()}


def _middle(found: Measures) -> Intervals:
    return {name: interval(values) for name, values in found.items()}


def _plain(numbers: Numbers) -> dict[str, float | None]:
    return {name: value if math.isfinite(value) else None for name, value in numbers.items()}


def _ends(intervals: Intervals) -> dict[str, list[float] | None]:
    return {name: None if ends is None else list(ends) for name, ends in intervals.items()}
