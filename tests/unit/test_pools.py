"""Seats with a veto that are counted together: the same answer as with each kept apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.engines import apart as apart_
from simulator.engines.exact import ExactAnswer, mixed, solve
from simulator.engines.monte_carlo import conditional, votes
from simulator.engines.possible import Possible
from simulator.engines.readout import tallies_of, vetoes_of
from simulator.model import Follows, VoteModel
from simulator.model.latent import ABSTAIN, NO
from simulator.rules import Majority
from tests.models import model_of

P5 = ("CHN", "FRA", "GBR", "RUS", "USA")


def _reformed(number: int) -> tuple[VoteModel, Majority]:
    """Twelve seats: the five of the Charter, four more with a veto (two pairs), three without; two blocs, company."""
    rng = np.random.default_rng(number)
    kinds = rng.dirichlet([3, 1, 1], 2)
    odds = [*rng.dirichlet([3, 1, 0.5], 5), *kinds[[0, 0, 1, 1]], *rng.dirichlet([3, 1, 0.5], 3)]
    learnt = ({}, {6: [ABSTAIN, NO]}, {0: [NO], 10: [ABSTAIN]})[number % 3]
    absent = [0.0] * 7 + [0.1] * 2 + [0.0] * 3 if number % 2 else None
    model = model_of(
        odds,
        9,
        blocs=[(range(12), 0.25), (range(5, 9), 0.2)],
        company=[Follows(3, 0, 0.7, 0.1)],
        absent=absent,
        learnt=learnt,
    )
    names = (*P5, *(f"NEW{seat}" for seat in range(7)))
    return replace(model, members=names), Majority(7, 1 + number % 2, "seven of twelve")


@pytest.mark.parametrize("number", range(6))
def test_counted_together_they_come_to_the_same(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outcomes, seats, tallies, and every set of vetoers."""
    model, majority = _reformed(number)
    together = solve(model, majority)
    assert together.joint.pools
    monkeypatch.setattr(apart_, "MOST_APART", 99)
    each = solve(model, majority)
    assert not each.joint.pools
    assert together.outcomes.adopted == pytest.approx(each.outcomes.adopted, abs=1e-9)
    assert together.outcomes.vetoed == pytest.approx(each.outcomes.vetoed, abs=1e-9)
    assert together.hidden_veto == pytest.approx(each.hidden_veto, abs=1e-9)
    assert together.choices == pytest.approx(each.choices, abs=1e-8)
    assert _tallies(together, model, majority) == pytest.approx(_tallies(each, model, majority), abs=1e-9)
    vetoes, expected = (vetoes_of(found.joint, model, majority) for found in (together, each))
    for name in ("by", "alone", "joint"):
        assert getattr(vetoes, name) == pytest.approx(getattr(expected, name), abs=1e-9)


def _tallies(found: ExactAnswer, model: VoteModel, majority: Majority) -> dict[tuple[int, ...], float]:
    tallies = tallies_of(found.joint, model, majority)
    return {(one.yes, one.no, one.abstain, one.absent, one.outcome != "adopted"): one.probability for one in tallies}


@pytest.mark.parametrize("number", range(3))
def test_monte_carlo_counts_them_together_too(number: int) -> None:
    """Roll calls alone, roll calls of a mixture, and points: outcomes and whose veto, within four standard errors."""
    model, majority = _reformed(number)
    truth = solve(model, majority)
    vetoes = vetoes_of(truth.joint, model, majority)
    halves = [Possible(0.5, model, majority, 0), Possible(0.5, model, majority, 1)]
    mixture = mixed.solve_all(halves)
    assert mixture.outcomes.adopted == pytest.approx(truth.outcomes.adopted, abs=1e-12)
    for found in (
        votes.solve(model, majority, draws=200_000, seed=1),
        votes.solve_all(halves, draws=200_000, seed=1),
        conditional.solve(model, majority, draws=8192, seed=1),
    ):
        assert abs(found.outcomes.adopted - truth.outcomes.adopted) < 4 * found.error.adopted
        drawn = vetoes_of(found.joint, model, majority)
        for member, chance in vetoes.by.items():
            assert drawn.by[member] == pytest.approx(chance, abs=0.02)
