"""Odds: what an engine answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from simulator.engines.joint import JointTable
from simulator.engines.parts import Check, Outcomes, Tally, Vetoes
from simulator.engines.possible import LEVEL, Ruling, Spread, whole
from simulator.engines.readout import member_odds, pairs_of
from simulator.engines.ruled import tallies_under, vetoes_under
from simulator.engines.sequence import Step
from simulator.engines.words import as_html, as_markup
from simulator.facts import Choice
from simulator.model import VoteModel
from simulator.model.latent import Floats
from simulator.rules import Majority


@dataclass(frozen=True)
class Odds:
    """How likely each outcome of a vote is, and what the vote would look like.

    Everything but the outcomes is read off the joint table when first asked for.

    Attributes
    ----------
    scenario, rule : str
        The scenario's title, and the name of the rule.
    model : VoteModel
        The members' preferences it rests on.
    majority : Majority
        What the draft needs.
    engine : str
        ``exact`` or ``monte-carlo``.
    rulings : tuple of Ruling
        The joint odds of the votes, by majority where an earlier vote decides it; with evidence they add up to its
        probability. Monte Carlo by roll calls holds counts.
    outcomes : Outcomes
        The odds of adopted, vetoed and failed.
    hidden_veto : float
        Probability that a draft falls short of yes *and* permanent members that could have blocked it vote no.
    choices : array, shape (n, 4)
        Odds of each seat's choices, after what was learnt; see `members`.
    given, do : dict
        What was learnt, and what was made, by code.
    evidence_probability : float
        Probability of what was learnt, by what was known before, statements included; 1 when nothing was.
    method, seed, draws : str, int, int or None
        How Monte Carlo drew; None when exact.
    error : Outcomes or None
        Standard errors; None when exact. Never a bare 0 for an outcome that no draw showed.
    accuracy : float or None
        The exact engine's own estimate of its error; None for Monte Carlo.
    bounds : dict or None
        For outcomes that no draw, or every draw, showed: the range that holds with 95 % confidence.
    effective_draws : float or None
        How many draws of equal weight those made are worth; None where all count the same.
    interrupted : bool
        Whether the draws were stopped before they were done.
    check : Check or None
        The other engine's answer, when both ran.
    spread : Spread or None
        The odds of adoption by draw of uncertain numbers; None where all numbers are certain.
    steps : tuple of Step
        The votes before the draft's, with their odds.
    notes : tuple of str
        What a reader should know.
    """

    scenario: str
    rule: str
    model: VoteModel
    majority: Majority
    engine: str
    rulings: tuple[Ruling, ...]
    outcomes: Outcomes
    hidden_veto: float
    choices: Floats
    given: Mapping[str, tuple[Choice, ...]]
    do: Mapping[str, Choice]
    evidence_probability: float
    method: str | None = None
    seed: int | None = None
    draws: int | None = None
    error: Outcomes | None = None
    accuracy: float | None = None
    bounds: Mapping[str, tuple[float, float]] | None = None
    effective_draws: float | None = None
    interrupted: bool = False
    check: Check | None = None
    spread: Spread | None = None
    steps: tuple[Step, ...] = ()
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

    @cached_property
    def joint(self) -> JointTable:
        """The joint odds of the votes, whatever the majority."""
        return whole(self.rulings)

    @cached_property
    def members(self) -> dict[str, dict[str, float]]:
        """Code → odds of yes, abstain, no, absent, after what was learnt."""
        return member_odds(self.model, self.choices)

    @cached_property
    def vetoes(self) -> Vetoes:
        """Whose veto defeats the draft, alone and together."""
        return vetoes_under(self.rulings, self.model)

    @cached_property
    def pairs(self) -> dict[str, Floats]:
        """``"CHN RUS"`` → the odds of what both do, shape (4, 4) in the order yes, abstain, no, absent."""
        return pairs_of(self.joint, self.model)

    @cached_property
    def tallies(self) -> tuple[Tally, ...]:
        """Every possible count of votes, likeliest first."""
        return tallies_under(self.rulings, self.model)

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
            "interval": {"adopted": list(self.spread.interval()), "level": LEVEL} if self.spread else None,
            "doubt": self.spread.as_dict() if self.spread else None,
            "steps": [step.as_dict() for step in self.steps],
            "members": self.members,
            "vetoes": self.vetoes.as_dict(),
            "pairs": {pair: _pair(table) for pair, table in self.pairs.items()},
            "tallies": [tally.as_dict() for tally in self.tallies],
            "given": {member: [choice.value for choice in choices] for member, choices in self.given.items()},
            "do": {member: choice.value for member, choice in self.do.items()},
            "evidence_probability": self.evidence_probability,
            "effective_draws": self.effective_draws,
            "interrupted": self.interrupted,
            "check": self.check.as_dict() if self.check else None,
            "notes": list(self.notes),
        }

    def __repr__(self) -> str:
        shares = ", ".join(f"{word} {share:.4g}" for word, share in self.outcomes.as_dict().items())
        return f"<Odds of {self.scenario!r}: {shares}>"

    def __rich__(self) -> str:
        return as_markup(self.scenario, self.outcomes)

    def _repr_html_(self) -> str:
        return as_html(self.scenario, self.outcomes, self.majority.basis)


def _pair(table: Floats) -> dict[str, float]:
    words = [choice.value for choice in Choice]
    return {f"{words[one]} {words[other]}": float(table[one, other]) for one, other in np.ndindex(4, 4)}
