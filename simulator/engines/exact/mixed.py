"""The exact engine where things may stand in several ways: one exact answer for each, weighed and added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.engines.exact import one as exact
from simulator.engines.parts import Outcomes
from simulator.engines.possible import Possible, Ruling, Spread, rulings_of, spread_of
from simulator.engines.ruled import outcomes_under
from simulator.errors import EvidenceError
from simulator.model.latent import Floats

_TRIED = 5
"""Possibilities that are refined each for itself; the finest of them sets the nodes of all."""


@dataclass(frozen=True, slots=True)
class ExactMixture:
    """What the exact engine found for all possibilities together.

    Attributes
    ----------
    rulings : tuple of Ruling
        The joint odds of the votes by majority; they add up to the probability of what was learnt.
    outcomes : Outcomes
    hidden_veto : float
    choices : array, shape (n, 4)
        Odds of every seat's choices, after what was learnt.
    accuracy : float
        Estimate of the largest error, given the possibilities.
    evidence : float
        Probability of what was learnt.
    spread : Spread or None
        The odds of adoption by draw of uncertain numbers.
    """

    rulings: tuple[Ruling, ...]
    outcomes: Outcomes
    hidden_veto: float
    choices: Floats
    accuracy: float
    evidence: float
    spread: Spread | None


def solve_all(possibles: Sequence[Possible]) -> ExactMixture:
    """The exact odds of all possibilities together.

    Raises
    ------
    ExactRefused
        If one of them is beyond the engine.
    EvidenceError
        If what was learnt has probability zero under all of them.
    """
    if len(possibles) == 1:
        return _alone(possibles[0])
    answers = _answers(possibles)
    found = [(one, answer) for one, answer in zip(possibles, answers, strict=True) if answer is not None]
    tables = [(one.majority, answer.joint.scaled(one.weight)) for one, answer in found]
    rulings = rulings_of(tables)
    explained = np.array([table.total for _, table in tables])
    adopted = explained * [answer.outcomes.adopted for _, answer in found]
    outcomes, hidden = outcomes_under(rulings, possibles[0].model)
    choices: Floats = np.tensordot(explained / explained.sum(), np.stack([answer.choices for _, answer in found]), 1)
    return ExactMixture(
        rulings,
        outcomes,
        hidden,
        choices,
        max(answer.accuracy for _, answer in found),
        float(explained.sum()),
        spread_of([one for one, _ in found], adopted, explained),
    )


def _alone(one: Possible) -> ExactMixture:
    found = exact.solve(one.model, one.majority)
    rulings = (Ruling(one.majority, found.joint),)
    evidence = found.joint.total
    return ExactMixture(rulings, found.outcomes, found.hidden_veto, found.choices, found.accuracy, evidence, None)


def _answers(possibles: Sequence[Possible]) -> list[exact.ExactAnswer | None]:
    """One answer each; None where what was learnt cannot be."""
    tried = [_solved(possibles[place]) for place in _spaced(len(possibles))]
    finest = max((one for one in tried if one is not None), key=lambda one: one.fineness.digits, default=None)
    if finest is None or len(tried) == len(possibles):
        answers = tried if len(tried) == len(possibles) else [_solved(one) for one in possibles]
    else:
        answers = [_solved(one, finest) for one in possibles]
    if all(answer is None for answer in answers):
        exact.solve(possibles[0].model, possibles[0].majority)  # says why
    return answers


def _spaced(count: int) -> list[int]:
    """Some places, evenly spaced from the first to the last."""
    return sorted({round(place) for place in np.linspace(0, count - 1, min(count, _TRIED))})


def _solved(one: Possible, like: exact.ExactAnswer | None = None) -> exact.ExactAnswer | None:
    try:
        if like is None:
            return exact.solve(one.model, one.majority)
        return exact.solve_like(one.model, one.majority, like)
    except EvidenceError:
        return None
