"""The parts of an answer: outcomes, tallies, vetoes, and a second engine's check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scipy.special import bdtr, bdtrc

from simulator.facts import Outcome


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Three numbers that belong to the three outcomes: probabilities, or their errors."""

    adopted: float
    vetoed: float
    failed: float

    def as_dict(self) -> dict[str, float]:
        """By the outcome's word."""
        return {"adopted": self.adopted, "vetoed": self.vetoed, "failed": self.failed}

    def of(self, outcome: Outcome) -> float:
        """The number of one outcome."""
        return self.as_dict()[outcome.value]


@dataclass(frozen=True, slots=True)
class Tally:
    """A count of votes, its probability, and what it comes to.

    One count of votes can come to two outcomes, by whose no it is: then it stands twice.
    """

    yes: int
    no: int
    abstain: int
    absent: int
    probability: float
    outcome: Outcome

    def as_dict(self) -> dict[str, int | float | str]:
        """By name, the outcome as its word."""
        return {
            "yes": self.yes,
            "no": self.no,
            "abstain": self.abstain,
            "absent": self.absent,
            "probability": self.probability,
            "outcome": self.outcome.value,
        }


@dataclass(frozen=True, slots=True)
class Vetoes:
    """Whose veto defeats the draft, in probability; only outcomes counted as vetoed.

    Attributes
    ----------
    any : float
        Probability of vetoed.
    by : dict
        Member → vetoed, and this member among those against.
    alone : dict
        Member → vetoed, and this member the only permanent member against.
    joint : dict
        ``"CHN RUS"`` → vetoed, and exactly these against. With `alone` they add up to `any`.
    """

    any: float
    by: Mapping[str, float]
    alone: Mapping[str, float]
    joint: Mapping[str, float]

    def as_dict(self) -> dict[str, Any]:
        """By name."""
        return {"any": self.any, "by": dict(self.by), "alone": dict(self.alone), "joint": dict(self.joint)}


@dataclass(frozen=True, slots=True)
class Check:
    """A second engine's answer, printed beside the first.

    Attributes
    ----------
    method : str
        How it was obtained.
    draws : int
        Roll calls it rests on, after evidence.
    odds, error : Outcomes
        Its odds, and their standard errors.
    """

    method: str
    draws: int
    odds: Outcomes
    error: Outcomes

    def as_dict(self) -> dict[str, Any]:
        """By name."""
        return {
            "method": self.method,
            "draws": self.draws,
            "odds": self.odds.as_dict(),
            "error": self.error.as_dict(),
        }

    def agrees(self, odds: Outcomes) -> bool:
        """Whether roll calls drawn with the odds given could well have come out like these.

        An exact two-sided binomial test of each outcome's count, so that it holds for rare outcomes too. Sound
        answers fail it once in 5,000.
        """
        mine, theirs = self.odds.as_dict(), odds.as_dict()
        return all(_likely(mine[word], theirs[word], self.draws) for word in mine)


_FALSE_ALARMS = 2e-4 / 3
"""For each of the three outcomes: one in 5,000 together."""


def _likely(found: float, expected: float, draws: int) -> bool:
    hits = round(found * draws)
    expected = min(1.0, max(0.0, expected))
    at_most, at_least = bdtr(hits, draws, expected), bdtrc(hits - 1, draws, expected) if hits else 1.0
    return bool(2 * min(at_most, at_least) >= _FALSE_ALARMS)
