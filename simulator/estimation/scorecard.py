"""The scorecard: how good forecasts of recorded votes were, beside what simple means would have said."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from simulator.errors import OptionError
from simulator.estimation.baselines import Baseline, baselines
from simulator.estimation.bootstrap import interval, resamples
from simulator.estimation.forecasts import Forecast
from simulator.estimation.measures import Measures, ballots, beside_climatology, losses, shape
from simulator.estimation.misses import as_row, worst_first
from simulator.estimation.parts import By, Part, parts
from simulator.estimation.reliability import Bin, curve, places
from simulator.estimation.scores import Flags, weighted_mean
from simulator.estimation.sheet import Happened, Said
from simulator.facts import RollCall
from simulator.model.latent import Floats

Numbers: TypeAlias = Mapping[str, float]
"""Scores by name; NaN where one does not exist."""
Intervals: TypeAlias = Mapping[str, "tuple[float, float] | None"]
"""The middle 90 % of a score over resamples of agenda items, by its name."""

WORST = 20
"""Misses that a scorecard names."""

FEWEST = 5
"""Agenda items that votes must be on for intervals to mean anything: those are what is drawn again."""

_Scores: TypeAlias = Callable[[Floats], Measures]
"""Scores under some weights of the roll calls."""


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
        scorer.curve(),
        scorer.beside(),
        {kind: tuple(scorer.part(part) for part in found) for kind, found in parts(happened).items()},
        tuple(worst_first(ordered)[:WORST]),
    )


class _Scorer:
    """What all scores of one scorecard share: the arrays, the resamples, and the climatologies."""

    def __init__(self, said: Said, happened: Happened, simple: Mapping[str, Baseline]) -> None:
        self._said, self._happened, self._simple = said, happened, simple
        self._once = np.ones(len(happened))
        self._items = np.array([vote.agenda for vote in happened.votes])
        self._resamples = resamples(self._items.tolist())

    def whole(self) -> Scored:
        return self._scored("all", len(self._happened), self._shaped, self._ballots, np.ones(len(self._items), bool))

    def part(self, part: Part) -> Scored:
        if part.seats is None:
            return self._scored(part.name, int(part.calls.sum()), self._shaped, self._ballots, part.calls)
        votes = partial(ballots, self._said, self._happened, seats=part.seats)
        return self._scored(part.name, int(part.seats.sum()), lambda _: {}, votes, part.calls)

    def curve(self) -> tuple[Bin, ...]:
        odds, adopted = self._said.outcomes[:, 0], self._happened.adopted
        at = places(odds)
        return tuple(
            replace(one, interval=self._of_share(adopted, at == place))
            for place, one in enumerate(curve(odds, adopted))
        )

    def _of_share(self, adopted: Flags, calls: Flags) -> tuple[float, float] | None:
        if not self._enough(calls):
            return None
        ends = interval(weighted_mean(adopted.astype(float), self._resamples * calls))
        return None if ends is None or ends[0] == ends[1] else ends

    def _scored(self, name: str, n: int, outcome: _Scores, votes: _Scores, calls: Flags) -> Scored:
        """Scores of the votes in `calls`, with intervals where these are on enough agenda items."""
        found = [of(self._once * calls) for of in (outcome, votes)]
        enough = self._enough(calls)
        ends = [
            _middle(of(self._resamples * calls)) if enough else _none(one)
            for of, one in zip((outcome, votes), found, strict=True)
        ]
        return Scored(name, n, _once(found[0]), _once(found[1]), ends[0], ends[1])

    def _enough(self, calls: Flags) -> bool:
        return len(set(self._items[calls])) >= FEWEST

    def beside(self) -> dict[str, Beside]:
        return {name: self._beside(name, one) for name, one in self._simple.items()}

    def _beside(self, name: str, one: Baseline) -> Beside:
        if one.outcomes is None:
            return Beside(one.meaning, None, one.missing)
        said = Said.independently(one.outcomes, one.choices, self._happened)
        outcome = self._outcome(said, self._once) | shape(said, self._happened, self._once)
        scored = Scored(
            name,
            len(self._happened),
            _once({key: value for key, value in outcome.items() if "climatology" not in key and "three" not in key}),
            _once(ballots(said, self._happened, self._once)),
            self._apart(losses, said),
            self._apart(ballots, said),
        )
        return Beside(one.meaning, scored, "")

    def _apart(self, scores: Callable[[Said, Happened, Floats], Measures], said: Said) -> Intervals:
        """Intervals of these forecasts' scores minus those of a baseline."""
        own, other = (scores(one, self._happened, self._resamples) for one in (self._said, said))
        apart = {name: own[name] - value for name, value in other.items()}
        return _middle(apart) if self._enough(self._once > 0) else _none(apart)

    def _ballots(self, weights: Floats) -> Measures:
        return ballots(self._said, self._happened, weights)

    def _shaped(self, weights: Floats) -> Measures:
        return self._outcome(self._said, weights) | shape(self._said, self._happened, weights)

    def _outcome(self, said: Said, weights: Floats) -> Measures:
        climatologies = [self._climatology(name, weights) for name in ("climatology", "climatology_three_years")]
        return beside_climatology(losses(said, self._happened, weights), *climatologies)

    def _climatology(self, name: str, weights: Floats) -> Measures:
        outcomes = self._simple[name].outcomes
        assert outcomes is not None  # a climatology forecasts every vote
        return losses(Said(outcomes, None, None), self._happened, weights)


def _once(found: Measures) -> Numbers:
    return {name: float(value) for name, value in found.items()}


def _middle(found: Measures) -> Intervals:
    return {name: interval(values) for name, values in found.items()}


def _none(found: Measures) -> Intervals:
    return dict.fromkeys(found)


def _plain(numbers: Numbers) -> dict[str, float | None]:
    return {name: value if math.isfinite(value) else None for name, value in numbers.items()}


def _ends(intervals: Intervals) -> dict[str, list[float] | None]:
    return {name: None if ends is None else list(ends) for name, ends in intervals.items()}
