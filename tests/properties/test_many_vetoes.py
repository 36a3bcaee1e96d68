"""Where members with a veto are many, all but a few are pooled: the same odds, by brute force and by roll calls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given, settings

from simulator.engines import readout
from simulator.engines.exact import solve
from simulator.engines.joint import OTHERS
from simulator.engines.monte_carlo import conditional, votes
from simulator.engines.readout import OTHERS_NAME, blocking, tallies_of, vetoes_of
from simulator.errors import EvidenceError, TooFewDraws
from simulator.model import VoteModel
from simulator.rules import Majority
from tests.models import model_of, small_models
from tests.oracles import brute_force

TOLERANCE = 1e-8


@contextmanager
def one_apart() -> Iterator[None]:
    """As if one member with a veto were all that could be kept apart."""
    with patch.object(readout, "_MOST_APART", 1), patch.object(readout, "_FIRST_APART", 1):
        yield


def grouped(model: VoteModel, sets: dict[frozenset[int], float]) -> dict[str, float]:
    """Exact sets of members against, those that are pooled as one name."""
    pooled = set(blocking(model))
    found: dict[str, float] = {}
    for against, chance in sets.items():
        names = [model.members[seat] for seat in sorted(against - pooled)] + [OTHERS_NAME] * bool(against & pooled)
        found[" ".join(names)] = found.get(" ".join(names), 0.0) + chance
    return found


@settings(max_examples=150, deadline=None)
@given(small_models())
def test_pooled_vetoes_give_the_odds_of_brute_force(case: tuple[VoteModel, Majority]) -> None:
    """Outcomes, hidden veto, every seat, tallies; and whose veto, the pooled members under one name."""
    model, majority = case
    with one_apart():
        try:
            answer = solve(model, majority)
        except EvidenceError:
            assume(False)
            raise
        truth = brute_force(model, majority, 121)
        assume(truth.evidence > 1e-6)
        assert bool(blocking(model)) is (OTHERS in answer.joint.seats)
        assert answer.outcomes.as_dict() == pytest.approx(
            {"adopted": truth.adopted, "vetoed": truth.vetoed, "failed": truth.failed}, abs=TOLERANCE
        )
        assert answer.hidden_veto == pytest.approx(truth.hidden, abs=TOLERANCE)
        assert answer.choices == pytest.approx(truth.choices, abs=TOLERANCE)
        sets, expected = vetoes_of(answer.joint, model, majority), grouped(model, truth.vetoes)
        found = {**sets.alone, **sets.joint}
        for names in found.keys() | expected.keys():
            assert found.get(names, 0.0) == pytest.approx(expected.get(names, 0.0), abs=TOLERANCE)
        tallies = {
            (one.yes, one.no, one.abstain, one.absent, one.outcome.value): one.probability
            for one in tallies_of(answer.joint, model, majority)
        }
        for key in tallies.keys() | truth.tallies.keys():
            assert tallies.get(key, 0.0) == pytest.approx(truth.tallies.get(key, 0.0), abs=TOLERANCE)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(small_models(evidence=False))
def test_both_methods_of_monte_carlo_pool_alike(case: tuple[VoteModel, Majority]) -> None:
    """20,000 roll calls within five standard errors, and points closer."""
    model, majority = case
    with one_apart():
        exact = solve(model, majority).outcomes.as_dict()
        try:
            drawn = votes.solve(model, majority, draws=20_000, seed=3)
            points = conditional.solve(model, majority, draws=4096, seed=3)
        except TooFewDraws:
            return
    for word, odds in exact.items():
        error = max(5e-4, (max(0.0, odds * (1 - odds)) / 20_000) ** 0.5)
        assert drawn.outcomes.as_dict()[word] == pytest.approx(odds, abs=5 * error)
        assert points.outcomes.as_dict()[word] == pytest.approx(odds, abs=0.02)


def test_eleven_vetoes_in_27_seats_are_exact_and_fall_in_blocs_as_elsewhere() -> None:
    """Alike members: the five kept apart have one chance of being against, and the six of others a larger one.

    With everybody certain but for the others' no, their veto is one minus six that do not: 1 − 0.9^6.
    """
    sure = [(1.0, 0.0, 0.0)] * 27
    for seat in range(5, 11):
        sure[seat] = (0.9, 0.0, 0.1)
    model = model_of(sure, 11)
    answer = solve(model, Majority(15, 1, "fifteen and no veto"))
    assert answer.outcomes.vetoed == pytest.approx(1 - 0.9**6, abs=1e-12)
    assert vetoes_of(answer.joint, model, Majority(15, 1, "")).alone[OTHERS_NAME] == pytest.approx(1 - 0.9**6)
    two = solve(model, Majority(15, 2, "fifteen and fewer than two vetoes"))
    assert two.outcomes.vetoed == pytest.approx(1 - 0.9**6 - 6 * 0.1 * 0.9**5, abs=1e-12)
    bloc = model_of([(0.7, 0.2, 0.1)] * 27, 11, blocs=[(range(27), 0.4), (range(3, 9), 0.3)])
    found = vetoes_of(solve(bloc, Majority(15, 1, "")).joint, bloc, Majority(15, 1, ""))
    assert np.ptp([found.by[member] for member in bloc.members[:3]]) < 1e-9
    assert found.by[OTHERS_NAME] > max(found.by[member] for member in bloc.members[:5])
