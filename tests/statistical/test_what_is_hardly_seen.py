"""What the draws hardly show: courses rarer than a roll call in a chunk, outcomes that no pilot found.

Every test is seeded; bounds of four standard errors raise a false alarm in 1 of 16,000 sound comparisons.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.engines import exact
from simulator.engines.exact import mixed
from simulator.engines.monte_carlo import conditional, votes
from simulator.engines.possible import Possible
from simulator.model import VoteModel
from tests.models import CHARTER, council, model_of

EVERYBODY = (range(15), 0.3)


@pytest.mark.parametrize("weight", [2e-5, 4e-5, 1e-4])
def test_a_course_rarer_than_a_roll_call_in_a_chunk_has_its_share(weight: float) -> None:
    """Of 16,384 roll calls it has a third of one, two thirds, or one and two thirds; all its roll calls adopt."""
    never, surely = council(0, 0.5, 0.5, blocs=[EVERYBODY]), council(0.999, 0.001, 0, blocs=[EVERYBODY])
    possibles = [Possible(1 - weight, never, CHARTER), Possible(weight, surely, CHARTER)]
    found = votes.solve_all(possibles, draws=3_000_000, seed=3)
    error = np.sqrt(weight / 3_000_000)
    assert abs(found.outcomes.adopted - mixed.solve_all(possibles).outcomes.adopted) < 4 * error


def test_points_of_several_possibilities_are_never_worth_more_than_they_are() -> None:
    """Where only one of two needs points of its own, those of the other count too."""
    easy = council(0.7, 0.2, 0.1, blocs=[EVERYBODY])
    hard = model_of([(1e-5, 0, 1 - 1e-5)] * 2 + [(0.7, 0.2, 0.1)] * 13, 5, blocs=[EVERYBODY])
    possibles = [Possible(0.5, easy, CHARTER, 0), Possible(0.5, hard, CHARTER, 1)]
    found = conditional.solve_all(possibles, draws=2_048, seed=1)
    assert found.effective_draws is not None
    assert found.effective_draws <= found.draws


def _over_many(factors: int, yes: float, cohesion: float) -> VoteModel:
    """One bloc of all, its factor written as a sum of many: the exact engine takes it for the one that it is."""
    model = model_of([(yes, 1 - yes, 0)] * 15, 5, blocs=[(range(15), cohesion)])
    direction = np.random.default_rng(factors).uniform(0.5, 1, factors)
    loadings = np.outer(model.latent.loadings[:, 0], direction / np.linalg.norm(direction))
    return replace(model, latent=replace(model.latent, loadings=loadings))


@pytest.mark.parametrize(("factors", "draws"), [(16, 256), (32, 256), (40, 256), (40, 4_096)])
def test_an_outcome_that_no_pilot_found_has_an_error_that_says_so(factors: int, draws: int) -> None:
    """With many factors a pilot finds little, or does not look: what the points missed must be in the error.

    Where the spread of the replicates stood alone, estimates were 10 to 1e22 of their errors away.
    """
    model = _over_many(factors, 0.001, 0.5)
    truth = exact.solve(model, CHARTER).outcomes.adopted
    assert 1e-6 < truth < 1e-4
    found = [conditional.solve(model, CHARTER, draws=draws, seed=seed) for seed in range(8)]
    assert max(abs(one.outcomes.adopted - truth) / one.error.adopted for one in found) < 4
