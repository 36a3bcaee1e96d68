"""Members that hardly ever abstain, learnt to have abstained: a spike among the factors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.engines.exact import solve
from simulator.errors import ExactRefused
from simulator.model import VoteModel
from simulator.model.latent import ABSTAIN
from tests.models import CHARTER, model_of
from tests.oracles import adopted_on_panels

SEAT = 7


def _model(abstain: float, cohesion: float, learnt: tuple[int, ...] = (SEAT,)) -> VoteModel:
    rng = np.random.default_rng(2)
    odds = rng.dirichlet([3, 1, 1], 15)
    for seat in {SEAT, *learnt}:
        odds[seat] = 0.6 - abstain, abstain, 0.4
    return model_of(odds, 5, blocs=[(range(15), cohesion)], learnt={seat: [ABSTAIN] for seat in learnt})


def _at_the_spike(model: VoteModel) -> VoteModel:
    """What a band without width leaves: the member's support is known, and the others' given it are normal again."""
    latent = model.latent
    load, support = latent.loadings[SEAT, 0], latent.no_below[SEAT] - latent.mean[SEAT]
    others = latent.loadings[:, 0]
    spread = np.sqrt(1 - others**2 * load**2)
    mean = others * load * support
    loadings = (others * np.sqrt(1 - load**2) / spread)[:, None]
    no_below, yes_from = (latent.no_below - mean) / spread, (latent.yes_from - mean) / spread
    no_below[SEAT], yes_from[SEAT], loadings[SEAT] = -np.inf, np.inf, 0.0
    zero = np.zeros(15)
    return replace(model, latent=replace(latent, mean=zero, loadings=loadings, no_below=no_below, yes_from=yes_from))


@pytest.mark.parametrize("cohesion", [0.3, 0.9, 0.99])
@pytest.mark.parametrize("abstain", [1e-10, 1e-13, 1e-30, 1e-200])
def test_a_rare_abstention_is_conditioned_on(abstain: float, cohesion: float) -> None:
    """Its probability keeps its digits, and the rest is as where the member's support is known."""
    model = _model(abstain, cohesion)
    answer = solve(model, CHARTER)
    assert answer.joint.total == pytest.approx(abstain, rel=1e-8)
    truth = adopted_on_panels(_at_the_spike(model), 9, (400,))
    outcomes = answer.outcomes
    assert (outcomes.adopted, outcomes.vetoed, outcomes.failed) == pytest.approx(truth, abs=1e-8)


@pytest.mark.parametrize("cohesion", [0.9999, 0.999999, 1 - 1e-10])
def test_a_spike_near_full_cohesion_keeps_its_probability(cohesion: float) -> None:
    """Where every member's odds are close to a step."""
    answer = solve(_model(1e-20, cohesion), CHARTER)
    assert answer.joint.total == pytest.approx(1e-20, rel=1e-8)


def test_two_rare_abstentions_together() -> None:
    """Two members with the same thin band: the density of both supports there, times both widths."""
    model = _model(1e-20, 0.5, (SEAT, SEAT + 1))
    cut = model.latent.no_below[SEAT] - model.latent.mean[SEAT]
    density = np.exp(-(cut**2) / 1.5) / (2 * np.pi * np.sqrt(0.75))
    assert solve(model, CHARTER).joint.total == pytest.approx(density * model.latent.band[SEAT] ** 2, rel=1e-8)


def test_a_sliver_between_two_jumps_is_refused_with_the_remedy() -> None:
    """With cohesion 1 nothing spreads the band, and doubles cannot hold its ends apart."""
    with pytest.raises(ExactRefused, match=r"M07 is said to abstain.*--engine monte-carlo"):
        solve(_model(1e-12, 1.0), CHARTER)
    assert solve(_model(1e-5, 1.0), CHARTER).joint.total == pytest.approx(1e-5, rel=1e-8)
