"""The exact engine where things may stand in several ways: one exact answer for each, weighed and added up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    rulings: tuple[Ruling, ...] = ()
    found: list[Possible] = []
    explained, adopted, accuracy = [], [], 0.0
    choices: Floats = np.zeros((len(possibles[0].model.members), 4))
    for one, answer in _answers(possibles):  # one table at a time: all of them at once could fill the memory
        table = answer.joint.scaled(one.weight)
        rulings = rulings_of([*((ruling.majority, ruling.joint) for ruling in rulings), (one.majority, table)])
        found.append(one)
        explained.append(table.total)
        adopted.append(table.total * answer.outcomes.adopted)
        accuracy = max(accuracy, answer.accuracy)
        choices = choices + table.total * answer.choices
    if not found:
        return _alone(possibles[0])  # says why
    outcomes, hidden = outcomes_under(rulings, possibles[0].model)
    evidence = sum(explained)
    spread = spread_of(found, np.array(adopted), np.array(explained))
    return ExactMixture(rulings, outcomes, hidden, choices / evidence, accuracy, evidence, spread)


def _alone(one: Possible) -> ExactMixture:
    found = exact.solve(one.model, one.majority)
    rulings = (Ruling(one.majority, found.joint),)
    evidence = found.joint.total
    return ExactMixture(rulings, found.outcomes, found.hidden_veto, found.choices, found.accuracy, evidence, None)


def _answers(possibles: Sequence[Possible]) -> Iterator[tuple[Possible, exact.ExactAnswer]]:
    """One answer each, in order; those under which what was learnt cannot be are left out."""
    tried = {place: _solved(possibles[place]) for place in _spaced(len(possibles))}
    there = [one for one in tried.values() if one is not None]
    finest = max(there, key=lambda one: one.fineness.digits, default=None)
    whole = len(tried) == len(possibles)
    for place, one in enumerate(possibles):
        answer = tried[place] if whole else _solved(one, finest)
        if answer is not None:
            yield one, answer


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
