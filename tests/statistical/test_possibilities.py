"""Several ways things may stand: both engines weigh them alike, and intervals are about the numbers, not the draws.

Every test is seeded; bounds of four standard errors raise a false alarm in 1 of 2,700 sound comparisons or fewer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from simulator.engines.exact.mixed import solve_all
from simulator.engines.monte_carlo import conditional, votes
from simulator.engines.monte_carlo.answer import MonteCarloAnswer
from simulator.engines.possible import Possible, Spread
from simulator.errors import EvidenceError
from simulator.model import Follows
from simulator.model.latent import ABSTAIN, NO, YES
from simulator.rules import Majority
from tests.models import CHARTER, model_of
from tests.oracles import Reference, brute_force

PROCEDURAL = Majority(9, None, "nine yes")
SIGMAS = 4.0


def _small(number: int, *, learnt: bool) -> list[Possible]:
    """Five for a council of four, each with odds, cohesion and company of its own; two majorities, three draws."""
    rng = np.random.default_rng(number)
    majorities = (Majority(3, 1, "three of four"), Majority(2, None, "two of four"))
    weights = rng.dirichlet(np.ones(5))
    return [
        Possible(
            float(weight),
            model_of(
                rng.dirichlet([2, 1, 1], 4),
                2,
                blocs=[(range(4), float(rng.uniform(0.05, 0.4)))],
                company=[Follows(0, 1, *map(float, rng.uniform(0, 1, 2)))],
                learnt={3: [YES, ABSTAIN]} if learnt else {},
            ),
            majorities[place % 2],
            draw=(0, 0, 1, 2, 2)[place],
        )
        for place, weight in enumerate(weights)
    ]


def _references(possibles: list[Possible]) -> list[tuple[float, Reference]]:
    return [(one.weight, brute_force(one.model, one.majority)) for one in possibles]


@pytest.mark.parametrize("learnt", [False, True])
@pytest.mark.parametrize("number", range(8))
def test_exact_is_the_average_of_brute_force(number: int, learnt: bool) -> None:
    """Weights times how well each explains what was learnt: outcomes, seats, vetoes, tallies, draw by draw."""
    possibles = _small(number, learnt=learnt)
    found, references = solve_all(possibles), _references(possibles)
    evidence = sum(weight * one.evidence for weight, one in references)

    def mean(number_of: Callable[[Reference], float]) -> float:
        return sum(weight * one.evidence * number_of(one) for weight, one in references) / evidence

    assert found.evidence == pytest.approx(evidence, abs=1e-9)
    assert found.outcomes.adopted == pytest.approx(mean(lambda one: one.adopted), abs=1e-8)
    assert found.outcomes.vetoed == pytest.approx(mean(lambda one: one.vetoed), abs=1e-8)
    assert found.hidden_veto == pytest.approx(mean(lambda one: one.hidden), abs=1e-8)
    for seat in range(4):
        for choice in range(4):
            expected = mean(lambda one, at=(seat, choice): float(one.choices[at]))  # type: ignore[misc]
            assert found.choices[seat, choice] == pytest.approx(expected, abs=1e-8)
    assert found.spread is not None
    for draw, members in enumerate(((0, 1), (2,), (3, 4))):
        whole = sum(references[place][0] * references[place][1].evidence for place in members)
        part = sum(references[p][0] * references[p][1].evidence * references[p][1].adopted for p in members)
        assert found.spread.weights[draw] == pytest.approx(whole / evidence, abs=1e-8)
        assert found.spread.adopted[draw] == pytest.approx(part / whole, abs=1e-8)


def _uncertain(count: int, *, learnt: bool = False) -> list[Possible]:
    """A council of fifteen under `count` draws of China's no and of the cohesion."""
    rng = np.random.default_rng(count)
    found = []
    for draw in range(count):
        no = float(rng.uniform(0.02, 0.6))
        odds = [(0.95 - no, 0.05, no), (0.9, 0.08, 0.02), *[(0.97, 0.02, 0.01)] * 3, *[(0.7, 0.25, 0.05)] * 10]
        model = model_of(
            odds,
            5,
            blocs=[(range(15), float(rng.uniform(0.05, 0.5))), ((0, 1), 0.3)],
            company=[Follows(0, 1, 0.6, 0.1)],
            learnt={7: [ABSTAIN, NO]} if learnt else {},
        )
        found.append(Possible(1 / count, model, CHARTER if draw % 3 else PROCEDURAL, draw))
    return found


@pytest.mark.parametrize("learnt", [False, True])
@pytest.mark.parametrize(("engine", "draws"), [(votes.solve_all, 400_000), (conditional.solve_all, 4_096)])
def test_monte_carlo_agrees_with_exact(engine: Callable[..., MonteCarloAnswer], draws: int, learnt: bool) -> None:
    """Outcomes, seats, the evidence, and the interval."""
    possibles = _uncertain(40, learnt=learnt)
    truth, found = solve_all(possibles), engine(possibles, draws=draws, seed=5)
    for word, share in truth.outcomes.as_dict().items():
        assert abs(found.outcomes.as_dict()[word] - share) < SIGMAS * found.error.as_dict()[word]
    assert found.choices == pytest.approx(truth.choices, abs=0.02)
    if learnt:
        assert found.evidence_probability == pytest.approx(truth.evidence, rel=0.03)
    assert truth.spread is not None
    assert found.spread is not None
    assert found.spread.interval() == pytest.approx(truth.spread.interval(), abs=0.03)
    assert found.spread.ignorance == pytest.approx(truth.spread.ignorance, rel=0.1)


@pytest.mark.parametrize(("engine", "draws"), [(votes.solve_all, 400_000), (conditional.solve_all, 40_000)])
def test_a_wrong_mixture_fails(engine: Callable[..., MonteCarloAnswer], draws: int) -> None:
    """The twin: weights of the draws forgotten, or what was learnt not weighing them, is seen."""
    possibles = _uncertain(40, learnt=True)
    truth = solve_all(possibles)
    skewed = [replace(one, weight=one.weight * (1.6 if one.draw < 20 else 0.4)) for one in possibles]
    plain = _uncertain(40)
    for wrong in (skewed, plain):
        found = engine(wrong, draws=draws, seed=5)
        off = abs(found.outcomes.adopted - truth.outcomes.adopted) / found.error.adopted
        assert off > SIGMAS


def test_simulation_does_not_widen_the_interval() -> None:
    """With a hundred roll calls a draw the raw shares scatter by chance; what is shown is the spread of the numbers.

    Over 40 seeds the mean variance lies within four of its standard errors of the truth; the raw shares' does not.
    """
    possibles = _uncertain(100)
    truth = solve_all(possibles).spread
    assert truth is not None
    spreads = [votes.solve_all(possibles, draws=10_000, seed=seed).spread for seed in range(40)]
    found = np.array([spread.ignorance for spread in spreads if spread is not None])
    assert len(found) == 40
    slack = SIGMAS * found.std(ddof=1) / np.sqrt(40)
    assert abs(found.mean() - truth.ignorance) < slack
    raw = truth.ignorance + float((truth.adopted * (1 - truth.adopted)).mean()) / 100
    assert abs(raw - truth.ignorance) > slack


@pytest.mark.parametrize("workers", [2, 5])
def test_any_number_of_workers_gives_the_same_tallies(workers: int) -> None:
    """Integer for integer, also with several possibilities."""
    possibles = _uncertain(7, learnt=True)
    one, many = (votes.solve_all(possibles, draws=70_001, seed=9, workers=number) for number in (1, workers))
    assert (one.joint.table == many.joint.table).all()
    assert (one.choices == many.choices).all()


def test_chance_and_ignorance_add_up() -> None:
    """The law of total variance: p (1 − p) of the odds is what chance and ignorance add up to."""
    rng = np.random.default_rng(1)
    for _ in range(50):
        spread = Spread(rng.dirichlet(np.ones(30)), rng.uniform(0, 1, 30))
        assert spread.chance + spread.ignorance == pytest.approx(spread.mean * (1 - spread.mean), abs=1e-12)


def test_what_cannot_be_learnt_under_any_of_them_is_an_error_and_under_some_is_not() -> None:
    """A draw that rules out what was learnt counts for nothing; if all do, the answer says so."""
    never = model_of([(1.0, 0.0, 0.0)] * 3, 1, learnt={0: [NO]})
    sometimes = model_of([(0.5, 0.2, 0.3)] * 3, 1, learnt={0: [NO]})
    quota = Majority(2, None, "two of three")
    found = solve_all([Possible(0.5, never, quota, 0), Possible(0.5, sometimes, quota, 1)])
    assert found.evidence == pytest.approx(0.15)
    assert found.outcomes.adopted == pytest.approx(0.25)
    with pytest.raises(EvidenceError):
        solve_all([Possible(0.5, never, quota, 0), Possible(0.5, never, quota, 1)])
