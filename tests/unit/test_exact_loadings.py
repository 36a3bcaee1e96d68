"""The exact engine where factors move members by unlike amounts, some up and some down."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.engines.exact import solve
from simulator.engines.exact.quadrature import growths
from simulator.model import VoteModel
from tests.models import CHARTER, mixed_signs, model_of
from tests.oracles import adopted_on_panels


def _found(model: VoteModel) -> tuple[float, float, float]:
    outcomes = solve(model, CHARTER).outcomes
    return outcomes.adopted, outcomes.vetoed, outcomes.failed


@pytest.mark.parametrize("seed", range(8))
def test_one_factor_of_mixed_signs(seed: int) -> None:
    """To 1e-8, whoever the factor moves up or down and how much."""
    model = mixed_signs(np.random.default_rng(seed), 1)
    assert _found(model) == pytest.approx(adopted_on_panels(model, 9, (200,)), abs=1e-8)


@pytest.mark.parametrize("seed", range(4))
def test_two_factors_of_mixed_signs(seed: int) -> None:
    """To 1e-6 when every member loads differently on both."""
    model = mixed_signs(np.random.default_rng(seed), 2)
    assert _found(model) == pytest.approx(adopted_on_panels(model, 9, (60, 60)), abs=1e-6)


@pytest.mark.parametrize("tight", [0.9, 0.99, 0.999])
def test_a_factor_that_pulls_a_tight_bloc_apart(tight: float) -> None:
    """The factor moves one of the pair up and the other down; the pair shares nearly all that is left of both."""
    rng = np.random.default_rng(3)
    model = mixed_signs(rng, 1)
    loadings = np.zeros((15, 2))
    loadings[:, 0] = rng.uniform(-0.7, 0.7, 15)
    loadings[:2, 0] = 0.6, -0.5
    loadings[:2, 1] = np.sqrt(tight * (1 - loadings[:2, 0] ** 2))
    model = replace(model, latent=replace(model.latent, loadings=loadings))
    panels = (60, 60 if tight < 0.999 else 180)
    assert _found(model) == pytest.approx(adopted_on_panels(model, 9, panels), abs=1e-8)


def test_growth_is_that_of_the_members_together() -> None:
    """A tight pair moved alike grows as one member does; moved apart, far more than its members one by one."""
    covariance = np.array([[0.5, 0.4999], [0.4999, 0.5]])
    alike, _ = growths(np.array([[0.5], [0.5]]), covariance)
    apart, _ = growths(np.array([[0.5], [-0.5]]), covariance)
    assert alike[0] == pytest.approx(1 + 0.5 / 0.9999)
    assert apart[0] == pytest.approx(1 + 0.5 / 0.0001)
    alone, _ = growths(np.array([[0.5]]), np.array([0.5]))
    assert alone[0] == pytest.approx(1.5)
    jump, _ = growths(np.array([[0.5]]), np.array([0.0]))
    assert np.isinf(jump[0])


def test_members_who_move_as_one_inside_a_bloc_are_one_step() -> None:
    """A pair that the inner bloc makes comonotone does not stop the outer factor from being smooth."""
    model = model_of([(0.5, 0.3, 0.2)] * 15, 5, blocs=[(range(15), 0.4), ([0, 1], 0.6)])
    answer = solve(model, CHARTER)
    assert answer.accuracy <= 1e-8
    assert answer.joint.over((0, 1))[:3, :3] == pytest.approx(np.diag([0.5, 0.3, 0.2]), abs=1e-10)
