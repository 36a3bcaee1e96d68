"""Odds: what an engine answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.engines.joint import Ints
from simulator.facts import Choice, Outcome
from simulator.model.latent import Floats


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

    def agrees(self, odds: Outcomes) -> bool:
        """Whether all three odds lie within four standard errors: a false alarm in 5,000 sound answers."""
        mine, theirs, errors = self.odds.as_dict(), odds.as_dict(), self.error.as_dict()
        return all(abs(mine[word] - theirs[word]) <= 4 * errors[word] for word in mine)


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely each outcome of a vote is, and what it would look like.

    Attributes
    ----------
    scenario, rule, basis : str
        Where it came from, the rule's name, and the requirement in words.
    engine : str
        ``exact`` or ``monte-carlo``.
    method, seed, draws : str, int, int or None
        How Monte Carlo drew; None when exact.
    outcomes : Outcomes
        The odds.
    hidden_veto : float
        Probability that a draft falls short of yes *and* permanent members that could have blocked it vote no.
    error : Outcomes or None
        Standard errors; None when exact. Never a bare 0 for an outcome that no draw showed.
    accuracy : float or None
        The exact engine's own estimate of its error; None for Monte Carlo.
    bounds : dict or None
        For outcomes that no draw, or every draw, showed: the bound that holds with 95 % confidence.
    members : dict
        Code → odds of yes, abstain, no, absent, after what was learnt.
    vetoes : Vetoes
    pairs : dict
        ``"CHN RUS"`` → the 16 odds of what both do, ``(4, 4)`` in the order yes, abstain, no, absent.
    counts : array, shape (t, 4)
        Tallies as yes, no, abstain, absent; likeliest first.
    chances : array, shape (t,)
        Their probabilities.
    endings : tuple of Outcome, length t
        What they come to.
    given, do : dict
        What was learnt, and what was made, by code.
    evidence_probability : float
        Probability of what was learnt; 1 when nothing was.
    effective_draws : float or None
        With evidence, how many plain draws the weighted ones are worth.
    interrupted : bool
        Whether the draws were stopped before they were done.
    check : Check or None
        The other engine's answer, when both ran.
    notes : tuple of str
        What a reader should know.
    """

    scenario: str
    rule: str
    basis: str
    engine: str
    method: str | None
    seed: int | None
    draws: int | None
    outcomes: Outcomes
    hidden_veto: float
    error: Outcomes | None
    accuracy: float | None
    bounds: Mapping[str, tuple[float, float]] | None
    members: Mapping[str, Mapping[str, float]]
    vetoes: Vetoes
    pairs: Mapping[str, Floats]
    counts: Ints
    chances: Floats
    endings: tuple[Outcome, ...]
    given: Mapping[str, tuple[Choice, ...]]
    do: Mapping[str, Choice]
    evidence_probability: float
    effective_draws: float | None = None
    interrupted: bool = False
    check: Check | None = None
    notes: tuple[str, ...] = ()

    @property
    def adopted(self) -> float:
        """Probability that the draft is adopted."""
        return self.outcomes.adopted

    @property
    def vetoed(self) -> float:
        """Probability that it has the yes votes it needs and is blocked."""
        return self.outcomes.vetoed

    @property
    def failed(self) -> float:
        """Probability that it falls short of yes votes."""
        return self.outcomes.failed

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """Every possible count of votes, likeliest first."""
        return tuple(
            Tally(*map(int, count), float(chance), ending)
            for count, chance, ending in zip(self.counts, self.chances, self.endings, strict=True)
        )

    def as_dict(self) -> dict[str, Any]:
        """The answer in the documented JSON form."""
        return {
            "scenario": self.scenario,
            "rule": self.rule,
            "engine": self.engine,
            "method": self.method,
            "seed": self.seed,
            "draws": self.draws,
            "odds": self.outcomes.as_dict(),
            "hidden_veto": self.hidden_veto,
            "error": self.error.as_dict() if self.error else None,
            "accuracy": self.accuracy,
            "bounds": {word: list(bound) for word, bound in self.bounds.items()} if self.bounds else None,
            "interval": None,
            "members": {member: dict(odds) for member, odds in self.members.items()},
            "vetoes": {
                "any": self.vetoes.any,
                "by": dict(self.vetoes.by),
                "alone": dict(self.vetoes.alone),
                "joint": dict(self.vetoes.joint),
            },
            "pairs": {pair: _pair(table) for pair, table in self.pairs.items()},
            "tallies": [
                {
                    "yes": tally.yes,
                    "no": tally.no,
                    "abstain": tally.abstain,
                    "absent": tally.absent,
                    "probability": tally.probability,
                    "outcome": tally.outcome.value,
                }
                for tally in self.tallies
            ],
            "given": {member: [choice.value for choice in choices] for member, choices in self.given.items()},
            "do": {member: choice.value for member, choice in self.do.items()},
            "evidence_probability": self.evidence_probability,
            "effective_draws": self.effective_draws,
            "interrupted": self.interrupted,
            "check": {"method": self.check.method, "draws": self.check.draws, "odds": self.check.odds.as_dict(),
                      "error": self.check.error.as_dict()}
            if self.check
            else None,
            "notes": list(self.notes),
        }


def _pair(table: Floats) -> dict[str, float]:
    words = [choice.value for choice in Choice]
    return {
        f"{words[one]} {words[other]}": float(table[one, other]) for one, other in np.ndindex(4, 4)
    }
