"""Many models at once against the exact engine for one, and against brute force."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.engines.exact import solve
from simulator.engines.exact.many import solve_many
from simulator.errors import EvidenceError, ExactRefused
from simulator.facts import Choice
from simulator.model import Follows, VoteModel
from simulator.model.latent import NO, YES, Floats, LatentVotes
from simulator.rules import Majority
from tests.models import CHARTER, Bloc, mixed_signs, model_of, small_models
from tests.oracles import brute_force


def _one_by_one(model: VoteModel, latents: list[LatentVotes], majority: Majority) -> tuple[Floats, Floats]:
    answers = [solve(replace(model, latent=latent), majority) for latent in latents]
    outcomes = np.array([[*answer.outcomes.as_dict().values()] for answer in answers])
    return outcomes, np.array([answer.joint.total for answer in answers])


def _agree(model: VoteModel, latents: list[LatentVotes], majority: Majority, tolerance: float = 1e-8) -> None:
    many = solve_many(model, latents, majority)
    outcomes, evidence = _one_by_one(model, latents, majority)
    np.testing.assert_allclose(many.outcomes, outcomes, atol=tolerance, rtol=0)
    np.testing.assert_allclose(many.evidence, evidence, rtol=tolerance)
    assert (many.accuracy <= 10 * tolerance).all()


def _varied(model: VoteModel, rng: np.random.Generator, count: int, *, loadings: bool) -> list[LatentVotes]:
    """The model's latent votes moved at random: means and thresholds, and with `loadings` every bloc's cohesion."""
    latent, size = model.latent, len(model.members)
    return [
        replace(
            latent,
            mean=latent.mean + rng.normal(0, 0.5, size),
            yes_from=latent.yes_from + rng.uniform(0, 1, size),
            loadings=latent.loadings * (rng.uniform(0.3, 1, latent.loadings.shape[1]) if loadings else 1.0),
        )
        for _ in range(count)
    ]


@settings(max_examples=60, deadline=None)
@given(small_models(), st.integers(0, 2**32), st.booleans())
def test_many_equal_one_by_one(case: tuple[VoteModel, Majority], seed: int, loadings: bool) -> None:
    """Blocs nested, crossing or none, company, absence, evidence, any quota and veto rule."""
    model, majority = case
    latents = [model.latent, *_varied(model, np.random.default_rng(seed), 3, loadings=loadings)]
    try:
        _agree(model, latents, majority)
    except EvidenceError:
        assume(False)


@settings(max_examples=30, deadline=None)
@given(small_models())
def test_many_equal_brute_force(case: tuple[VoteModel, Majority]) -> None:
    """Without a detour by the other engine."""
    model, majority = case
    truth = brute_force(model, majority, 121)
    assume(truth.evidence > 1e-6)
    found = solve_many(model, [model.latent], majority)
    assert found.outcomes[0] == pytest.approx([truth.adopted, truth.vetoed, truth.failed], abs=1e-8)
    assert found.evidence[0] == pytest.approx(truth.evidence, abs=1e-8)


@settings(max_examples=20, deadline=None)
@given(small_models(factors=1, evidence=False, company=False))
def test_a_wrong_count_would_be_caught(case: tuple[VoteModel, Majority]) -> None:
    """The twin: with vetoes left out, many models differ from brute force whenever a veto is possible."""
    model, majority = case
    truth = brute_force(model, majority)
    assume(truth.vetoed > 1e-6)
    wrong = solve_many(model, [model.latent], replace(majority, vetoes_needed=None))
    assert wrong.outcomes[0, 1] != pytest.approx(truth.vetoed, abs=1e-8)


NESTED: list[Bloc] = [(range(15), 0.3), ([0, 3], 0.4)]
COUNCILS: dict[str, tuple[list[Bloc], dict[int, list[int]]]] = {
    "no blocs": ([], {}),
    "one bloc": ([(range(15), 0.3)], {}),
    "nested": (NESTED, {}),
    "evidence": (NESTED, {0: [1, 2], 9: [YES]}),
    "rare evidence": ([(range(15), 0.3)], {seat: [NO] for seat in range(6)}),
    "too rare": ([(range(15), 0.3)], {seat: [NO] for seat in range(14)}),
    "steep": ([(range(15), 0.999)], {}),
    "jumps": ([(range(15), 1.0)], {}),
}


@pytest.mark.parametrize("name", COUNCILS)
@pytest.mark.parametrize("loadings", [False, True], ids=["same loadings", "own loadings"])
def test_full_councils(name: str, loadings: bool) -> None:
    """With company, and whatever must be handed to the engine for one model."""
    blocs, learnt = COUNCILS[name]
    rng = np.random.default_rng(4)
    odds = rng.dirichlet([5, 1, 1 if name != "too rare" else 0.2], 15)
    model = model_of(odds, 5, blocs=blocs, learnt=learnt, company=[Follows(3, 0, 0.8, 0.1)])
    _agree(model, _varied(model, rng, 6, loadings=loadings), CHARTER)


def test_a_factor_that_moves_everybody_differently_and_a_second() -> None:
    """Valence and direction, with texts that move the means."""
    for factors, tolerance in ((1, 1e-8), (2, 1e-7)):
        model = mixed_signs(np.random.default_rng(factors), factors)
        _agree(model, _varied(model, np.random.default_rng(1), 3, loadings=False), CHARTER, tolerance)


def test_seats_made_to_vote_in_some_models_only() -> None:
    """What is made cuts a seat's factors in that model alone."""
    model = model_of([(0.6, 0.25, 0.15)] * 15, 5, blocs=NESTED)
    made = [model.latent.made({seat: choice}) for seat, choice in ((0, Choice.NO), (3, Choice.YES), (8, Choice.ABSENT))]
    _agree(model, [model.latent, *made], CHARTER)
    assert solve_many(model, [made[0]], CHARTER).adopted[0] == 0


def test_none_and_one_that_is_refused() -> None:
    """Of no models there are no answers; a model beyond the engine is refused as it would be alone."""
    model = model_of([(0.6, 0.25, 0.15)] * 15, 5, blocs=[([0, 1, 2], 0.2), ([2, 3, 4], 0.3), ([4, 5, 0], 0.999)])
    assert solve_many(model, [], CHARTER).outcomes.shape == (0, 3)
    with pytest.raises(ExactRefused, match="--engine monte-carlo"):
        solve_many(model, [model.latent], CHARTER)


def test_many_leaders_are_left_to_the_engine_for_one() -> None:
    """Every leader doubles the cases; five of them are not taken together."""
    company = [Follows(seat, seat + 5, 0.5, 0.1) for seat in range(5)]
    model = model_of([(0.6, 0.25, 0.15)] * 10, 2, company=company)
    _agree(model, _varied(model, np.random.default_rng(2), 2, loadings=False), replace(CHARTER, quota=6))
