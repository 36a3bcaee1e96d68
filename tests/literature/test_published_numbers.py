"""Exact numbers, computed elsewhere by enumeration in integer arithmetic, and the model's own worked examples."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from simulator.engines.exact import solve
from simulator.engines.monte_carlo import conditional, votes
from simulator.facts import Choice
from simulator.model import Follows, LatentVotes, VoteModel
from simulator.model.latent import ABSTAIN
from simulator.rules import Majority
from tests.models import CHARTER, council, model_of
from tests.oracles import exact_adopted

THIRD = Fraction(1, 3)
PROCEDURAL = replace(CHARTER, vetoes_needed=None)
Odds = tuple[Fraction, Fraction, Fraction]


def _case(name: str) -> tuple[list[Odds], Majority, Fraction]:
    """Each seat's (yes, abstain, no), the rule, and the probability of adoption."""
    half, zero, one = Fraction(1, 2), Fraction(0), Fraction(1)
    even = [(THIRD, THIRD, THIRD)]
    withheld = (zero, one, zero)
    yes = (one, zero, zero)
    coin = (half, half, zero)
    cases: dict[str, tuple[list[Odds], Majority, Fraction]] = {
        "uniform thirds": (even * 15, CHARTER, Fraction(48932, 4782969)),
        "uniform thirds, China and Russia abstain": ([withheld] * 2 + even * 13, CHARTER, Fraction(2876, 531441)),
        "yes .8, abstain .15, no .05": (
            [(Fraction(4, 5), Fraction(3, 20), Fraction(1, 20))] * 15,
            CHARTER,
            Fraction(23329238528, 30517578125),
        ),
        "three sure, two abstain, coins": ([withheld] * 2 + [yes] * 3 + [coin] * 10, CHARTER, Fraction(193, 512)),
        "China and Russia no or abstain": (
            [(zero, half, half)] * 2 + [yes] * 3 + [(Fraction(7, 10), Fraction(3, 10), zero)] * 10,
            CHARTER,
            Fraction(4248658337, 20000000000),
        ),
        "procedural coins": ([coin] * 15, PROCEDURAL, Fraction(9949, 32768)),
    }
    return cases[name]


CASES = (
    "uniform thirds",
    "uniform thirds, China and Russia abstain",
    "yes .8, abstain .15, no .05",
    "three sure, two abstain, coins",
    "China and Russia no or abstain",
    "procedural coins",
)


def _model(odds: list[Odds]) -> VoteModel:
    return model_of([(float(yes), float(abstain), float(no)) for yes, abstain, no in odds], 5)


@pytest.mark.parametrize("name", CASES)
def test_exact_engine_reproduces_the_fraction(name: str) -> None:
    """To 1e-10, as do fractions walked by the oracle, which guards the figures themselves."""
    odds, majority, truth = _case(name)
    assert solve(_model(odds), majority).outcomes.adopted == pytest.approx(float(truth), abs=1e-10)
    blocking = [
        (yes, no if majority.vetoes_needed else Fraction(0), seat < 5) for seat, (yes, _, no) in enumerate(odds)
    ]
    assert exact_adopted(blocking, 9) == truth


@pytest.mark.parametrize("name", CASES)
def test_roll_calls_agree_within_four_standard_errors(name: str) -> None:
    """False alarm: one in 16,000 for each case; seeded."""
    odds, majority, truth = _case(name)
    answer = votes.solve(_model(odds), majority, draws=400_000, seed=1)
    assert abs(answer.outcomes.adopted - float(truth)) < 4 * answer.error.adopted
    assert answer.error.adopted < 1e-3


def test_vetoed_and_failed_under_uniform_thirds() -> None:
    """Enumeration of 3^15 roll calls: 32839/1594323 vetoed, 4635520/4782969 with too few yes."""
    odds, majority, _ = _case("uniform thirds")
    outcomes = solve(_model(odds), majority).outcomes
    assert outcomes.vetoed == pytest.approx(32839 / 1594323, abs=1e-10)
    assert outcomes.failed == pytest.approx(4635520 / 4782969, abs=1e-10)


@pytest.mark.parametrize(("cohesion", "adopted"), [(0.0, 0.8878333997321753), (0.3, 0.8625250035754108)])
def test_one_factor_ordered_probit(cohesion: float, adopted: float) -> None:
    """Mean support 1, no below −1, yes from 0; adaptive quadrature gave these figures to about 1e-10."""
    latent = LatentVotes(
        np.ones(15), np.full((15, 1), np.sqrt(cohesion)), np.full(15, -1.0), np.zeros(15), np.zeros(15)
    )
    model = replace(council(0.8, 0.1, 0.1), latent=latent)
    assert solve(model, CHARTER).outcomes.adopted == pytest.approx(adopted, abs=1e-8)
    drawn = conditional.solve(model, CHARTER, draws=16_384, seed=3)
    assert abs(drawn.outcomes.adopted - adopted) < 4 * drawn.error.adopted + 1e-9


def _learnt_to_abstain(china_yes: float) -> float:
    """All at cohesion 0.5; China, learnt to abstain, splits what it withholds 4 : 1 between abstain and no."""
    withheld = 1 - china_yes
    odds = [(china_yes, 0.8 * withheld, 0.2 * withheld), *[(0.60, 0.35, 0.05)] * 14]
    return solve(model_of(odds, 5, blocs=[(range(15), 0.5)], learnt={0: [ABSTAIN]}), CHARTER).outcomes.adopted


def test_with_evidence_more_support_can_lower_the_odds() -> None:
    """A friend's abstention says more about the draft: 0.515 at China's stated yes of 0.2, 0.094 at 0.9."""
    assert _learnt_to_abstain(0.2) == pytest.approx(0.515, abs=5e-4)
    assert _learnt_to_abstain(0.9) == pytest.approx(0.094, abs=5e-4)


@pytest.mark.parametrize(("yes", "apart", "together"), [(0.35, 0.486, 0.428), (0.20, 0.121, 0.229)])
def test_correlation_hurts_likely_drafts_and_helps_unlikely_ones(yes: float, apart: float, together: float) -> None:
    """Permanent members certain of yes, elected ones at yes or abstain, cohesion 0 and 0.6."""
    odds = [(1.0, 0.0, 0.0)] * 5 + [(yes, 1 - yes, 0.0)] * 10
    found = [
        solve(model_of(odds, 5, blocs=[(range(15), cohesion)]), CHARTER).outcomes.adopted for cohesion in (0.0, 0.6)
    ]
    assert found == pytest.approx([apart, together], abs=5e-4)


@pytest.mark.parametrize("cohesion", [0.1, 0.3, 0.6, 0.9, 0.99, 0.9999, 0.99999, 1.0])
def test_full_quadrature_range(cohesion: float) -> None:
    """One bloc of all at any cohesion against a dense piecewise rule, to 1e-8."""
    odds = [
        (0.8, 0.15, 0.05),
        (0.3, 0.4, 0.3),
        *[(0.9, 0.08, 0.02)] * 3,
        *[(0.6, 0.3, 0.1)] * 6,
        *[(0.7, 0.1, 0.2)] * 4,
    ]
    model = model_of(odds, 5, blocs=[(range(15), cohesion)])
    assert solve(model, CHARTER).outcomes.adopted == pytest.approx(_dense(odds, cohesion), abs=1e-8)


def _dense(odds: list[tuple[float, float, float]], cohesion: float) -> float:
    """∫ P(adopted | f) φ(f) df: 24-point Gauss-Legendre on pieces cut finely around every threshold."""
    from scipy.special import ndtr, ndtri

    yes_from = np.array([-ndtri(yes) for yes, _, _ in odds])
    no_below = np.array([ndtri(no) for _, _, no in odds])
    width = np.sqrt((1 - cohesion) / cohesion)
    steps = np.linspace(-10, 10, 81) * width
    fine = np.concatenate([steps + cut / np.sqrt(cohesion) for cut in (*yes_from, *no_below)])
    edges = np.unique(np.clip(np.concatenate([fine, np.linspace(-9, 9, 61)]), -9, 9))
    nodes, gauss = np.polynomial.legendre.leggauss(24)
    half = np.diff(edges)[:, None] / 2
    points = ((edges[1:] + edges[:-1])[:, None] / 2 + half * nodes).ravel()
    weights = (half * gauss).ravel() * np.exp(-(points**2) / 2) / np.sqrt(2 * np.pi)
    noise = max(np.sqrt(1 - cohesion), 1e-12)
    shift = np.sqrt(cohesion) * points
    alive = np.zeros((16, len(points)))
    alive[0] = 1
    for seat in range(15):
        yes = ndtr((shift - yes_from[seat]) / noise)
        veto = ndtr((no_below[seat] - shift) / noise) if seat < 5 else 0.0
        stays = alive * (1 - yes - veto)
        stays[1:] += alive[:-1] * yes
        alive = stays
    return float((alive[9:].sum(axis=0) * weights).sum())


def test_company_by_hand() -> None:
    """Leader's no 0.4; the follower withholds 0.5: adopted in 0.6 of (yes 0.5, or withheld without a no)."""
    model = model_of([(0.6, 0.0, 0.4), (0.5, 0.5, 0.0)], 2, company=[Follows(0, 1, 0.9, 0.2)])
    answer = solve(model, Majority(1, 1, "one yes, no veto"))
    assert answer.outcomes.adopted == pytest.approx(0.6 * (0.5 + 0.5 * 0.8), abs=1e-12)
    made = replace(model, latent=model.latent.made({0: Choice.NO}))
    assert solve(made, Majority(1, None, "")).choices[1] == pytest.approx([0.5, 0.05, 0.45, 0.0], abs=1e-12)
