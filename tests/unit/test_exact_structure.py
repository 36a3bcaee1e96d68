"""What the exact engine reads off the factors, how far it can be pushed, and where it refuses."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import log_ndtr, ndtr, ndtri

from simulator.engines.exact import solve
from simulator.engines.exact.many import solve_many
from simulator.engines.exact.quadrature import Fineness, jumps, sharp, smooth
from simulator.engines.factors import forest, one_group
from simulator.errors import EvidenceError, ExactRefused
from simulator.model import Follows
from simulator.model.latent import NO, YES, LatentVotes
from simulator.rules import Majority
from tests.models import CHARTER, Bloc, council, model_of
from tests.oracles import adopted_on_panels, brute_force

SOME = (0.7, 0.2, 0.1)


def _latent(blocs: list[Bloc], size: int = 6) -> LatentVotes:
    return model_of([SOME] * size, 2, blocs=blocs).latent


@pytest.mark.parametrize(
    ("blocs", "depth", "dimensions", "free"),
    [
        ([], 0, 0, 6),
        ([([0], 0.5)], 0, 0, 6),
        ([([0, 1], 0.5)], 1, 1, 4),
        ([(range(6), 0.2), ([0, 1], 0.5)], 2, 1, 0),
        ([(range(6), 0.2), (range(6), 0.3)], 1, 1, 0),
        ([([0, 1, 2], 0.2), ([2, 3], 0.3)], 1, 2, 2),
        ([(range(6), 0.1), ([0, 1, 2], 0.2), ([0, 1], 0.3), ([4, 5], 0.4)], 3, 1, 0),
        ([([0, 1], 0.2), ([1, 2], 0.2), ([2, 3], 0.2)], 1, 3, 2),
    ],
    ids=["none", "alone", "pair", "nested", "the same twice", "crossing", "three deep", "a chain of crossings"],
)
def test_structure_is_read_off_the_loadings(blocs: list[Bloc], depth: int, dimensions: int, free: int) -> None:
    """Nested blocs deepen the tree, crossing ones widen a group, a bloc of one and a bloc twice add nothing."""
    trees = forest(_latent(blocs))
    assert (trees.depth, trees.dimensions, len(trees.free)) == (depth, dimensions, free)


def test_members_without_a_choice_cannot_make_blocs_cross() -> None:
    """A member certain of yes drops out of the factors, which then are nested."""
    odds = [SOME, SOME, (1.0, 0.0, 0.0), SOME, SOME]
    blocs: list[Bloc] = [([0, 1, 2], 0.3), ([2, 3, 4], 0.3)]
    assert forest(model_of(odds, 2, blocs=blocs).latent).dimensions == 1
    assert one_group(model_of(odds, 2, blocs=blocs).latent).roots[0].factors == (0, 1)


def test_three_deep_equals_brute_force() -> None:
    """To 1e-6, with company across the levels and evidence inside."""
    blocs: list[Bloc] = [(range(4), 0.2), ([0, 1, 2], 0.2), ([0, 1], 0.3)]
    odds = [(0.5, 0.3, 0.2), (0.4, 0.3, 0.3), (0.6, 0.2, 0.2), (0.7, 0.2, 0.1)]
    model = model_of(odds, 2, blocs=blocs, company=[Follows(3, 0, 0.8, 0.1)], learnt={2: [YES]})
    majority = Majority(2, 1, "")
    answer, truth = solve(model, majority), brute_force(model, majority, 49)
    assert answer.outcomes.adopted == pytest.approx(truth.adopted, abs=1e-6)
    assert answer.choices == pytest.approx(truth.choices, abs=1e-6)


@pytest.mark.parametrize("all_", [0.4, 0.9, 0.9999])
def test_cohesions_that_add_up_to_one_make_a_pair_move_as_one(all_: float) -> None:
    """Whatever the split between the outer and the inner bloc, the pair is comonotone."""
    odds = [(0.3, 0.3, 0.4), (0.6, 0.2, 0.2), *[SOME] * 3]
    model = model_of(odds, 2, blocs=[(range(5), all_), ([0, 1], 1 - all_)])
    table = solve(model, Majority(3, 1, "")).joint.over((0, 1))
    cumulative = np.minimum.outer([0.4, 0.7, 1.0], [0.2, 0.4, 1.0])  # of no, abstain, yes: comonotone
    expected = np.diff(np.diff(cumulative, axis=0, prepend=0), axis=1, prepend=0)[::-1, ::-1]
    assert table[:3, :3] == pytest.approx(expected, abs=1e-6)


def _all_vote_no(members: int, chance: float, cohesion: float) -> float:
    """Log P(`members` all vote no) with one bloc: the peak found, then adaptive quadrature about it."""
    cut = ndtri(chance)

    def log_integrand(factor: float) -> float:
        return float(members * log_ndtr((cut - cohesion**0.5 * factor) / (1 - cohesion) ** 0.5) - factor**2 / 2)

    grid = np.linspace(-40, 10, 20_001)
    peak = grid[np.argmax([log_integrand(one) for one in grid])]
    top = log_integrand(peak)
    area, _ = quad(lambda factor: np.exp(log_integrand(factor) - top), peak - 12, peak + 12, limit=400, epsabs=0)
    return float(np.log(area) + top - 0.5 * np.log(2 * np.pi))


@pytest.mark.parametrize(("chance", "cohesion"), [(0.05, 0.3), (1e-4, 0.3), (1e-8, 0.2), (1e-5, 0.8), (0.001, 0.02)])
def test_conditionals_never_run_out_however_rare(chance: float, cohesion: float) -> None:
    """Fourteen members learnt to vote no: their probability and the fifteenth's odds keep their relative precision."""
    blocs: list[Bloc] = [(range(15), cohesion)]
    odds = [(0.9 - chance, 0.1, chance)] * 15
    answer = solve(model_of(odds, 5, blocs=blocs, learnt={seat: [NO] for seat in range(14)}), CHARTER)
    assert np.log(answer.joint.total) == pytest.approx(_all_vote_no(14, chance, cohesion), abs=1e-7)
    last = np.exp(_all_vote_no(15, chance, cohesion) - _all_vote_no(14, chance, cohesion))
    assert answer.choices[14, NO] == pytest.approx(last, rel=1e-6)


def test_evidence_that_cannot_be_is_named() -> None:
    """The member, what it is said to do, and what it can do."""
    model = model_of([(0.8, 0.2, 0.0), *[SOME] * 14], 5, learnt={0: [NO]})
    with pytest.raises(EvidenceError, match="M00 is said to vote no, and by its odds it can only vote yes or abstain"):
        solve(model, CHARTER)


def test_evidence_that_contradicts_itself_is_refused() -> None:
    """Two members that move as one cannot vote yes and no."""
    model = model_of([(0.5, 0.0, 0.5)] * 15, 5, blocs=[(range(15), 1.0)], learnt={0: [YES], 1: [NO]})
    with pytest.raises(EvidenceError, match="M00 M01 has probability zero"):
        solve(model, CHARTER)


def test_three_crossing_blocs_are_refused_with_the_remedy() -> None:
    """Naming Monte Carlo."""
    blocs: list[Bloc] = [([0, 1, 2], 0.2), ([2, 3, 4], 0.3), ([4, 5, 0], 0.3)]
    with pytest.raises(ExactRefused, match="--engine monte-carlo"):
        solve(model_of([SOME] * 15, 5, blocs=blocs), CHARTER)


def test_so_are_they_where_many_models_are_asked_at_once() -> None:
    """A grid over four factors would fill the memory before anybody counted its nodes."""
    blocs: list[Bloc] = [([seat, seat + 1], 0.3) for seat in range(5)]
    model = model_of([SOME] * 15, 5, blocs=blocs)
    with pytest.raises(ExactRefused, match="--engine monte-carlo"):
        solve_many(model, [model.latent], CHARTER)


def test_too_many_leaders_and_followers_are_refused() -> None:
    """Their votes are kept apart, and the table would not fit."""
    company = [Follows(seat, seat + 5, 0.5, 0.1) for seat in range(5, 10)]
    with pytest.raises(ExactRefused, match="--method votes"):
        solve(model_of([SOME] * 15, 5, company=company), CHARTER)


def test_crossing_blocs_at_full_cohesion_are_refused_not_wrong() -> None:
    """Two dimensions without own noise have no nodes that would do."""
    blocs: list[Bloc] = [([0, 1, 2], 0.5), ([2, 3, 4], 0.5)]
    with pytest.raises(ExactRefused):
        solve(model_of([SOME] * 15, 5, blocs=blocs), CHARTER)


@pytest.mark.parametrize("digits", [20.0, 30.0])
def test_nodes_integrate_the_normal_density(digits: float) -> None:
    """Weights add up to 1, and second and fourth moments are those of a standard normal."""
    nodes, weights = smooth(Fineness(digits), 5.0)
    pieces, sharp_weights = sharp(Fineness(digits), np.array([[0.3], [1.2]]), np.array([0.01, 0.0]))
    for points, masses in ((nodes, weights), (pieces[0], sharp_weights[0])):
        assert masses.sum() == pytest.approx(1, abs=1e-14)
        assert (masses * points**2).sum() == pytest.approx(1, abs=1e-6)
        assert (masses * points**4).sum() == pytest.approx(3, abs=1e-4)


@pytest.mark.parametrize("within", [[], [([0, 1, 2], 0.00005)]], ids=["pair of blocs", "three deep"])
def test_blocs_that_fill_up_to_cohesion_one(within: list[Bloc]) -> None:
    """Members who move as one inside a bloc of nearly full cohesion: their own odds stay, and they are comonotone."""
    odds = np.random.default_rng(0).dirichlet([3, 1, 1], 15)
    middle = 0.0001 - sum(cohesion for _, cohesion in within)
    answer = solve(model_of(odds, 5, blocs=[(range(15), 0.9999), (range(10), middle), *within]), CHARTER)
    assert answer.accuracy <= 1e-7
    for seat in range(5):
        assert answer.joint.over((seat,))[:3] == pytest.approx(odds[seat], abs=1e-7)
    cumulative = np.minimum.outer(odds[0, ::-1].cumsum(), odds[1, ::-1].cumsum())
    expected = np.diff(np.diff(cumulative, axis=0, prepend=0), axis=1, prepend=0)[::-1, ::-1]
    assert answer.joint.over((0, 1))[:3, :3] == pytest.approx(expected, abs=1e-7)


def test_what_would_take_long_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four blocs one in another, nearly filled up to 1 by the outermost, before anything is worked out."""
    odds = np.random.default_rng(0).dirichlet([3, 1, 1], 15)
    blocs: list[Bloc] = [(range(15), 0.9999), *((range(size), 0.00003) for size in (12, 6, 3))]
    monkeypatch.setattr("simulator.engines.walk.Walk.joint", None)
    with pytest.raises(ExactRefused, match=r"work out .* numbers for these blocs; .*--engine monte-carlo"):
        solve(model_of(odds, 5, blocs=blocs), CHARTER)


def test_a_steep_bloc_of_elected_members() -> None:
    """Thousands of nodes, and no permanent member among them."""
    odds = np.random.default_rng(0).dirichlet([3, 1, 1], 15)
    model = model_of(odds, 5, blocs=[(range(5, 15), 0.9995)])
    outcomes = solve(model, CHARTER).outcomes
    truth = adopted_on_panels(model, 9, (2000,))
    assert (outcomes.adopted, outcomes.vetoed, outcomes.failed) == pytest.approx(truth, abs=1e-8)


def test_inner_members_are_counted_with_the_outer() -> None:
    """A bloc of permanent and elected members inside one of all, against panels over both factors."""
    odds = np.random.default_rng(1).dirichlet([3, 1, 1], 15)
    model = model_of(odds, 5, blocs=[(range(15), 0.4), ([0, 1, *range(6, 12)], 0.3)])
    outcomes = solve(model, CHARTER).outcomes
    truth = adopted_on_panels(model, 9, (50, 50))
    assert (outcomes.adopted, outcomes.vetoed, outcomes.failed) == pytest.approx(truth, abs=1e-8)


def test_jumps_are_integrated_without_error() -> None:
    """Each piece weighs what the normal distribution has between its ends; pieces out of reach are left out."""
    places = np.array([[-0.5, 3.0], [1.0, 3.5], [40.0, 41.0], [50.0, 42.0]])
    nodes, weights = jumps(Fineness(20.0), places)
    assert weights.shape == (2, 3)
    assert weights.sum(axis=1) == pytest.approx([1, 1], abs=1e-15)
    assert weights[0][nodes[0] < -0.5].sum() == pytest.approx(ndtr(-0.5), rel=1e-14)
    assert weights[1][nodes[1] > 3.0].sum() == pytest.approx(ndtr(-3.0), rel=1e-14)


def test_the_error_estimate_covers_the_error() -> None:
    """Over cohesions, the estimate is at least the difference from a much finer rule."""
    for cohesion in (0.1, 0.5, 0.9, 0.995, 0.99999):
        model = council(0.7, 0.2, 0.1, blocs=[(range(15), cohesion)])
        answer = solve(model, CHARTER)
        twin = council(0.7, 0.2, 0.1, blocs=[(range(15), cohesion / 2), (range(15), cohesion / 2)])
        assert abs(answer.outcomes.adopted - solve(twin, CHARTER).outcomes.adopted) <= 2 * answer.accuracy
        assert answer.accuracy <= 1e-8
