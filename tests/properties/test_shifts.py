"""Support shifted, at nodes and by the exact engine: against brute force over every roll call, node by node."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.engines.exact import solve
from simulator.engines.possible import Possible
from simulator.engines.seats.at_nodes import Nodes, Points
from simulator.engines.seats.shifted import Shifts, exact_adopted
from simulator.errors import EvidenceError, ExactRefused
from simulator.model import VoteModel
from simulator.model.latent import Floats, LatentVotes
from simulator.rules import Majority
from tests.models import small_models
from tests.oracles import brute_force

POINTS = np.array([[-1.3, -0.2, 0.4, 1.7]])
WEIGHTS = np.array([0.2, 0.3, 0.4, 0.1])


def _alone_at(model: VoteModel, point: Floats) -> VoteModel:
    """The model at one value of its factors: seats with noise of their own only."""
    latent = model.latent
    noise = np.sqrt(1 - (latent.loadings**2).sum(axis=1))
    support = latent.mean + latent.loadings @ point
    at = LatentVotes(
        np.zeros_like(support),
        np.zeros_like(latent.loadings),
        (latent.no_below - support) / noise,
        (latent.yes_from - support) / noise,
        latent.absent,
    )
    return replace(model, latent=at)


def _moved(model: VoteModel, shift: Floats) -> VoteModel:
    return replace(model, latent=replace(model.latent, mean=model.latent.mean + shift))


def _by_brute_force(model: VoteModel, majority: Majority, shift: Floats, points: Floats) -> tuple[float, Floats]:
    """Nodes weigh by what was learnt of the draft as it stands; at each, votes are as shifted, given that."""
    adopted, total, choices = 0.0, 0.0, np.zeros((len(model.members), 4))
    for weight, point in zip(WEIGHTS, points.T, strict=True):
        explained = weight * brute_force(_alone_at(model, point), majority, points=1).evidence
        if explained > 0:
            then = brute_force(_alone_at(_moved(model, shift), point), majority, points=1)
            adopted += explained * then.adopted
            choices += explained * then.choices
            total += explained
    assume(total > 1e-12)
    return adopted / total, choices / total


@settings(max_examples=60, deadline=None)
@given(small_models(), st.integers(0, 2**32))
def test_shifts_at_nodes_are_those_of_brute_force(case: tuple[VoteModel, Majority], seed: int) -> None:
    """With company, absence, evidence, any quota and veto rule: the odds, every seat's odds, and every slope."""
    model, majority = case
    rng = np.random.default_rng(seed)
    size, factors = model.latent.loadings.shape
    assume(((model.latent.loadings**2).sum(axis=1) < 1 - 1e-6).all())
    points = np.repeat(POINTS, factors, axis=0) * rng.uniform(0.5, 1, (factors, 1))
    shift: Floats = np.where(rng.random(size) < 0.5, rng.uniform(0, 1.5, size), 0.0)
    adopted, choices = _by_brute_force(model, majority, shift, points)
    nodes = Nodes.of([(model, 1.0, Points(points, WEIGHTS, 0.15))], majority)
    shifts = Shifts((nodes,))
    assert shifts.adopted(shift) == pytest.approx(adopted, abs=1e-9)
    np.testing.assert_allclose(shifts.choices(shift, range(size)), choices, atol=1e-9)
    again, slopes = shifts.slopes(shift)
    assert again == pytest.approx(adopted, abs=1e-9)
    steps = 1e-5 * np.eye(size)
    by_differences = [(shifts.adopted(shift + h) - shifts.adopted(shift - h)) / 2e-5 for h in steps]
    np.testing.assert_allclose(slopes, by_differences, atol=1e-6)
    along = shifts.along(shift, range(size), np.array([0.0, 0.7]))
    np.testing.assert_allclose(along[:, 0], adopted, atol=1e-9)
    np.testing.assert_allclose(along[:, 1], [shifts.adopted(shift + 7e4 * h) for h in steps], atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(small_models(), st.integers(0, 2**32))
def test_the_exact_engine_agrees_where_nothing_was_learnt_of_who_moves(
    case: tuple[VoteModel, Majority], seed: int
) -> None:
    """Several possibilities with weights of their own, what was learnt of others weighing them."""
    model, majority = case
    rng = np.random.default_rng(seed)
    touched = set(model.learnt) | {pair.leader for pair in model.company if pair.follower in model.learnt}
    free = [seat not in touched for seat in range(len(model.members))]
    shift: Floats = rng.uniform(0, 1.5, len(free)) * np.array(free)
    other = _moved(model, rng.normal(0, 0.3, len(free)))
    possibles = [Possible(0.3, model, majority), Possible(0.7, other, majority, 1)]
    try:
        found, _ = exact_adopted(possibles, np.stack([np.zeros_like(shift), shift]))
        one_by_one = [[solve(_moved(one.model, by), majority) for one in possibles] for by in (0 * shift, shift)]
    except (EvidenceError, ExactRefused):
        assume(False)
    weights = np.array([one.weight * answer.joint.total for one, answer in zip(possibles, one_by_one[0], strict=True)])
    for row, answers in zip(found, one_by_one, strict=True):
        by_hand = weights @ [answer.outcomes.adopted for answer in answers] / weights.sum()
        assert row == pytest.approx(by_hand, abs=1e-7)


@settings(max_examples=25, deadline=None)
@given(small_models(), st.integers(0, 2**32))
def test_trimmed_and_thinned_nodes_are_close(case: tuple[VoteModel, Majority], seed: int) -> None:
    """Trimmed by a share, the odds move by no more than that; thinned, each node counts as often as it weighs."""
    model, majority = case
    rng = np.random.default_rng(seed)
    factors = model.latent.loadings.shape[1]
    points, weights = rng.normal(size=(factors, 400)), np.full(400, 1 / 400)
    nodes = Nodes.of([(model, 1.0, Points(points, weights, 0.15))], majority)
    assume(nodes.evidence > 1e-9)
    shift: Floats = rng.uniform(0, 1, len(model.members))
    whole = Shifts((nodes,)).adopted(shift)
    assert Shifts((nodes.trimmed(1e-3),)).adopted(shift) == pytest.approx(whole, abs=2.1e-3)
    assert Shifts((nodes.thinned(100_000),)).adopted(shift) == whole
    assert abs(Shifts((nodes.thinned(200),)).adopted(shift) - whole) < 0.1
