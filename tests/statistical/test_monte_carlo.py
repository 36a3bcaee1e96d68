"""Monte Carlo against the exact engine, and its standard errors against its own spread.

Every test is seeded. A bound of four standard errors raises a false alarm in 1 of 16,000 sound comparisons of roll
calls, and in 1 of 2,700 of the conditional method, whose error rests on 32 replicates or more (Student's t); the tests
below make fewer than 600 of them, so under other seeds a sound engine would fail somewhere in 4 of 100 changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from simulator.engines.at_points import outcomes_at
from simulator.engines.exact import solve
from simulator.engines.monte_carlo import conditional, error, points, votes
from simulator.engines.monte_carlo.answer import MonteCarloAnswer
from simulator.engines.monte_carlo.proposal import Proposal
from simulator.engines.monte_carlo.sampler import CHUNK, Sampler
from simulator.engines.parts import Check, Outcomes
from simulator.errors import OptionError, TooFewDraws
from simulator.facts import Choice
from simulator.model import Follows, VoteModel
from simulator.model.latent import ABSTAIN, NO, YES
from simulator.rules import Majority
from tests.models import CHARTER, council, model_of, random_model, small_models
from tests.oracles import brute_force

SIGMAS = 4.0


def _rich_model() -> VoteModel:
    """Unequal odds, nested and separate blocs, company, absence: everything the sampler does at once."""
    odds = np.random.default_rng(7).dirichlet([4, 1.5, 0.7], 15)
    absent = [0.0] * 6 + [0.3] + [0.0] * 7 + [0.05]
    blocs = [(range(15), 0.25), ((0, 3), 0.5), (range(5, 9), 0.4)]
    return model_of(odds, 5, blocs=blocs, company=[Follows(3, 0, 0.9, 0.4)], absent=absent)


def _agrees(answer: MonteCarloAnswer, truth: Outcomes) -> bool:
    found, errors = answer.outcomes.as_dict(), answer.error.as_dict()
    return all(abs(found[word] - share) <= SIGMAS * errors[word] + 1e-9 for word, share in truth.as_dict().items())


@pytest.mark.parametrize("number", range(40))
def test_both_methods_agree_with_exact(number: int) -> None:
    """On random councils with crossing blocs, company, absence and evidence, each with a seed of its own."""
    model, majority = random_model(np.random.default_rng(number))
    truth = solve(model, majority).outcomes
    assert _agrees(votes.solve(model, majority, draws=60_000, seed=number), truth)
    assert _agrees(conditional.solve(model, majority, draws=8192, seed=number), truth)


@pytest.mark.parametrize("learnt", [{}, {0: [NO]}, {7: [ABSTAIN, NO], 3: [ABSTAIN]}], ids=["nothing", "one", "two"])
def test_the_rich_model_agrees(learnt: dict[int, list[int]]) -> None:
    """Outcomes and every seat's odds, with evidence on followers, leaders and pooled seats."""
    model = _rich_model()
    likelihood = model.likelihood.copy()
    for seat, choices in learnt.items():
        likelihood[seat] = 0.0
        likelihood[seat, choices] = 1.0
    model = replace(model, likelihood=likelihood)
    truth = solve(model, CHARTER)
    for answer in (
        votes.solve(model, CHARTER, draws=600_000, seed=2),
        conditional.solve(model, CHARTER, draws=16_384, seed=2),
    ):
        assert _agrees(answer, truth.outcomes)
        worth = answer.effective_draws or answer.draws
        spread = np.sqrt(truth.choices * (1 - truth.choices) / worth) + 1e-9
        assert (np.abs(answer.choices - truth.choices) < 5 * spread).all()
        assert answer.evidence_probability == pytest.approx(truth.joint.total, rel=0.1)


def test_a_wrong_engine_fails_the_comparison() -> None:
    """The twin: cohesion off by 0.05, or a company forgotten, lies beyond four standard errors."""
    model = _rich_model()
    truth = solve(model, CHARTER).outcomes
    off = replace(model, latent=replace(model.latent, loadings=model.latent.loadings * np.sqrt(0.8)))
    forgotten = replace(model, company=())
    for wrong in (off, forgotten):
        assert not _agrees(votes.solve(wrong, CHARTER, draws=600_000, seed=2), truth)
        assert not _agrees(conditional.solve(wrong, CHARTER, draws=16_384, seed=2), truth)


@pytest.mark.parametrize(("method", "draws"), [("votes", 2_000), ("conditional", 512)])
def test_standard_errors_are_honest(method: str, draws: int) -> None:
    """Over 200 seeds the deviations in standard errors have about unit spread.

    Their mean square lies within 0.7 to 1.5: for 200 normal deviates that is beyond ±3 of its own standard error,
    and errors taken from 16 replicates have t-distributed deviations, whose variance is 15/13.
    """
    model = _rich_model()
    truth = solve(model, CHARTER).outcomes.adopted
    engine = votes.solve if method == "votes" else conditional.solve
    answers = [engine(model, CHARTER, draws=draws, seed=seed) for seed in range(200)]
    deviations = np.array([(answer.outcomes.adopted - truth) / answer.error.adopted for answer in answers])
    assert 0.7 < (deviations**2).mean() < 1.5
    assert not 0.7 < ((deviations * 2) ** 2).mean() < 1.5, "errors claimed half as large would be caught"


@pytest.mark.parametrize("workers", [2, 3, 7])
def test_any_number_of_workers_gives_the_same_tallies(workers: int) -> None:
    """Integer for integer, also when a precision stops the run."""
    model = _rich_model()
    for precision in (None, 1e-3):
        one, many = (
            votes.solve(model, CHARTER, draws=10 * CHUNK + 17, seed=9, workers=number, precision=precision)
            for number in (1, workers)
        )
        assert (one.joint.table == many.joint.table).all()
        assert (one.choices == many.choices).all()
        assert one.draws == many.draws


def test_conditional_does_not_depend_on_workers() -> None:
    """Replicates are added up in their order."""
    one, many = (conditional.solve(_rich_model(), CHARTER, draws=16_384, seed=9, workers=n) for n in (1, 3))
    assert one.outcomes == many.outcomes
    assert (one.joint.table == many.joint.table).all()


def test_seeds_matter_and_the_global_generator_does_not() -> None:
    """Another seed, other tallies; NumPy's global generator neither read nor moved."""
    model = _rich_model()
    np.random.seed(0)  # noqa: NPY002 - the point of the test
    state = np.random.get_state()[1].copy()  # type: ignore[index]  # noqa: NPY002
    first = votes.solve(model, CHARTER, draws=10_000, seed=1)
    conditional.solve(model, CHARTER, draws=512, seed=1)
    assert (np.random.get_state()[1] == state).all()  # type: ignore[index]  # noqa: NPY002
    np.random.seed(99)  # noqa: NPY002
    assert (votes.solve(model, CHARTER, draws=10_000, seed=1).joint.table == first.joint.table).all()
    assert (votes.solve(model, CHARTER, draws=10_000, seed=2).joint.table != first.joint.table).any()


def test_saved_roll_calls_are_those_that_were_counted() -> None:
    """The audit trail adds up to the answer, evidence applied."""
    model = replace(_rich_model(), likelihood=np.where(np.arange(15)[:, None] == 4, [[1.0, 0, 0, 0]], 1.0))
    rows: list[NDArray[np.uint8]] = []
    answer = votes.solve(model, CHARTER, draws=CHUNK + 1000, seed=4, sink=rows.append, workers=2)
    saved = np.concatenate(rows)
    assert len(saved) == answer.effective_draws
    assert (saved[:, 4] == YES).all()
    shares = np.stack([(saved == choice).mean(axis=0) for choice in range(4)], axis=1)
    assert shares == pytest.approx(answer.choices, abs=1e-12)
    enough = (saved == YES).sum(axis=1) >= 9
    assert (enough & ~(saved[:, :5] == NO).any(axis=1)).mean() == pytest.approx(answer.outcomes.adopted, abs=1e-12)


def test_zero_hits_give_a_bound_and_an_error() -> None:
    """Never a bare 0: the truth lies below the bound, and the standard error is not 0."""
    model = council(0.999, 0.0005, 0.0005)
    truth = solve(model, CHARTER).outcomes.failed
    answer = votes.solve(model, CHARTER, draws=1000, seed=1)
    assert answer.outcomes.failed == 0
    assert answer.error.failed > 0
    low, high = answer.bounds["failed"]
    assert low == 0
    assert truth < high == pytest.approx(3 / 1000, rel=0.01)


@given(st.integers(1, 10**6), st.floats(0, 1))
def test_error_of_a_share_is_never_zero(draws: int, share: float) -> None:
    """However few or many draws, whatever they show."""
    assert 0 < error.of_share(share, draws) <= 0.5


def test_too_rare_evidence_is_refused_with_the_remedy() -> None:
    """Below the floor of effective draws; the exact engine answers the same question."""
    model = replace(council(0.99, 0.005, 0.005), likelihood=np.tile([0.0, 0.0, 1.0, 0.0], (15, 1)))
    with pytest.raises(TooFewDraws, match="--engine exact"):
        votes.solve(model, CHARTER, draws=10_000, seed=1)
    assert solve(model, CHARTER).joint.total == pytest.approx(0.005**15, rel=1e-6)


def test_conditional_finds_evidence_that_hardly_a_day_shows() -> None:
    """With one tight bloc, hardly a day of the prior is near where all fifteen vote no: points are put there."""
    model = council(0.99, 0.005, 0.005, blocs=[(range(15), 0.9)])
    model = replace(model, likelihood=np.tile([0.0, 0.0, 1.0, 0.0], (15, 1)))
    answer = conditional.solve(model, CHARTER, draws=2048, seed=1)
    truth = solve(model, CHARTER)
    assert truth.joint.total < 1e-3
    assert answer.evidence_probability == pytest.approx(truth.joint.total, rel=0.01)


def test_conditional_refuses_points_that_are_worth_too_few() -> None:
    """Sixty-four points cannot be worth a hundred once they are weighted by what was learnt."""
    model = replace(_rich_model(), likelihood=np.where(np.arange(15)[:, None] == 4, [[0.0, 0, 1.0, 0]], 1.0))
    with pytest.raises(TooFewDraws, match="worth"):
        conditional.solve(model, CHARTER, draws=64, seed=1)


def _learnt_and_rare() -> VoteModel:
    """What was learnt is likely on other days than a failure is: China withholds its yes, India abstains."""
    odds = [(0.0, 0.5, 0.5), (0.0, 0.35, 0.65), *[(0.9, 0.07, 0.03)] * 3, *[(0.999, 0.0008, 0.0002)] * 10]
    return model_of(
        odds,
        5,
        blocs=[(range(15), 0.2), ((0, 1), 0.6)],
        company=[Follows(1, 0, 0.45, 0.02)],
        learnt={0: [ABSTAIN, NO], 7: [ABSTAIN]},
    )


@pytest.mark.parametrize("draws", [512, pytest.param(2048, marks=pytest.mark.long)])
def test_errors_are_honest_where_an_outcome_is_rare_after_evidence(draws: int) -> None:
    """Over 100 seeds the deviations of all three outcomes in standard errors have about unit spread.

    Their mean square lies below 1.9: errors from 16 replicates have t-distributed deviations, of variance 1.15 and
    fourth moment 4.8, so that is four standard errors of the mean square above. With
    the points of the prior alone it is several times that for a failure, as the twin below shows.
    """
    model = _learnt_and_rare()
    truth = solve(model, CHARTER).outcomes
    assert 0 < truth.failed < 0.02
    answers = [conditional.solve(model, CHARTER, draws=draws, seed=seed) for seed in range(100)]
    for word, share in truth.as_dict().items():
        deviations = [(answer.outcomes.as_dict()[word] - share) / answer.error.as_dict()[word] for answer in answers]
        assert np.mean(np.square(deviations)) < 1.9


def test_points_of_the_prior_alone_would_not_be_honest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: with the prior alone, and errors from the spread alone, deviations are far too large."""
    monkeypatch.setattr(points, "fitted", lambda _masses, factors, _seed, _least: Proposal.prior(factors))
    monkeypatch.setattr(conditional, "FEW", 0.0)
    model = _learnt_and_rare()
    truth = solve(model, CHARTER).outcomes.failed
    answers = [conditional.solve(model, CHARTER, draws=2048, seed=seed) for seed in range(40)]
    deviations = [(answer.outcomes.failed - truth) / answer.error.failed for answer in answers]
    assert np.mean(np.square(deviations)) > 1.9


@pytest.mark.parametrize("blocs", [[(range(15), 0.5)], [(range(15), 0.2), (range(5), 0.3)]], ids=["one", "nested"])
def test_a_rare_adoption_is_found_to_a_stated_relative_error(blocs: list[tuple[range, float]]) -> None:
    """One in a hundred thousand or rarer: plain roll calls see none; conditional gives it within four of its errors."""
    model = council(0.001, 0.6, 0.399, blocs=blocs)
    truth = solve(model, CHARTER).outcomes.adopted
    assert 0 < truth < 1e-5
    assert votes.solve(model, CHARTER, draws=10_000, seed=1).outcomes.adopted == 0
    answer = conditional.solve(model, CHARTER, draws=4096, seed=1)
    assert answer.error.adopted < 0.05 * truth
    assert abs(answer.outcomes.adopted - truth) < SIGMAS * answer.error.adopted


def test_a_rare_adoption_that_steps_decide_is_found_too() -> None:
    """All fifteen as one, yes beyond five standard deviations: a step in the far tail, found by the wide search."""
    model = council(3e-7, 0.6, 0.4 - 3e-7, blocs=[(range(15), 1.0)])
    answer = conditional.solve(model, CHARTER, draws=16_384, seed=1)
    assert answer.error.adopted < 1e-7
    assert abs(answer.outcomes.adopted - 3e-7) < SIGMAS * answer.error.adopted


@given(small_models(top=0.3), st.integers(0, 10**6))
def test_outcomes_at_a_point_are_those_of_brute_force(case: tuple[VoteModel, Majority], seed: int) -> None:
    """At one value of the factors, by writing out every roll call: with company, absence, evidence."""
    model, majority = case
    factors = np.random.default_rng(seed).normal(size=(model.latent.loadings.shape[1], 1))
    reference = brute_force(_fixed_at(model, factors[:, 0]), majority, points=1)
    found = outcomes_at(model, majority, factors)[:, 0]
    expected = np.array([reference.adopted, reference.vetoed, reference.failed]) * reference.evidence
    assert found == pytest.approx(np.nan_to_num(expected), abs=1e-12)


def _fixed_at(model: VoteModel, factors: NDArray[np.float64]) -> VoteModel:
    """The model on a day with these factors: moved means, own noise scaled to 1, nothing shared."""
    latent = model.latent
    noise = np.sqrt(1 - (latent.loadings**2).sum(axis=1))
    moved = latent.mean + latent.loadings @ factors
    same = replace(
        latent,
        mean=np.zeros(len(moved)),
        loadings=np.zeros((len(moved), 0)),
        no_below=(latent.no_below - moved) / noise,
        yes_from=(latent.yes_from - moved) / noise,
    )
    return replace(model, latent=same)


def test_precision_stops_in_chunk_order() -> None:
    """As soon as the standard error is reached, and not before."""
    model = council(0.8, 0.15, 0.05)
    answer = votes.solve(model, CHARTER, draws=10**8, seed=1, precision=5e-4)
    assert answer.error.adopted <= 5e-4
    assert answer.draws % CHUNK == 0
    shorter = votes.solve(model, CHARTER, draws=answer.draws - CHUNK, seed=1)
    assert shorter.error.adopted > 5e-4


def test_interruption_keeps_what_is_done() -> None:
    """Ctrl-C after three chunks: their answer, marked."""

    def stop(done: int, _wanted: int) -> None:
        if done >= 3 * CHUNK:
            raise KeyboardInterrupt

    answer = votes.solve(_rich_model(), CHARTER, draws=100 * CHUNK, seed=1, progress=stop)
    plain = votes.solve(_rich_model(), CHARTER, draws=3 * CHUNK, seed=1)
    assert answer.interrupted
    assert answer.draws == 3 * CHUNK
    assert (answer.joint.table == plain.joint.table).all()


def test_a_sure_model_needs_no_luck() -> None:
    """Without factors the conditional method is exact, and says so by an error of 0."""
    model = council(0.8, 0.15, 0.05)
    answer = conditional.solve(model, CHARTER, draws=64, seed=1)
    assert answer.error.adopted == pytest.approx(0, abs=1e-15)
    assert answer.outcomes.adopted == pytest.approx(solve(model, CHARTER).outcomes.adopted, abs=1e-12)


def test_too_few_points_are_refused() -> None:
    """Sixteen replicates of at least two points."""
    with pytest.raises(OptionError, match="at least 32"):
        conditional.solve(council(0.8, 0.15, 0.05), CHARTER, draws=31, seed=1)


def test_chunks_are_fixed_for_good() -> None:
    """The first chunk of seed 1, as drawn when this was written: a change here breaks every published seed."""
    drawn = Sampler.of(_rich_model(), 1).chunk(0)
    assert drawn.choices[[0, 3, 6, 14]].tolist() == FIRST_CHUNK


FIRST_CHUNK = [[50548, 8892, 6096, 0], [53039, 12100, 397, 0], [29819, 10471, 5824, 19422], [47357, 14811, 57, 3311]]


@pytest.mark.parametrize("choice", list(Choice))
def test_a_made_vote_is_made_in_every_roll_call(choice: Choice) -> None:
    """And its follower reacts to it."""
    model = _rich_model()
    made = replace(model, latent=model.latent.made({3: choice}))
    answer = votes.solve(made, CHARTER, draws=100_000, seed=3)
    assert answer.choices[3, list(Choice).index(choice)] == 1
    withheld = answer.choices[0, [ABSTAIN, NO]]
    share = 0.9 if choice is Choice.NO else 0.4
    assert withheld[1] / withheld.sum() == pytest.approx(share, abs=0.02)


@pytest.mark.parametrize("engine", [votes.solve, conditional.solve])
def test_precision_stops_also_where_adoption_is_impossible(engine: Callable[..., MonteCarloAnswer]) -> None:
    """A permanent member made to vote no: no draw shows an adoption, and the error still becomes small."""
    model = _rich_model()
    model = replace(model, latent=model.latent.made({1: Choice.NO}))
    answer = engine(model, CHARTER, draws=10**7, seed=1, precision=1e-3)
    assert answer.outcomes.adopted == 0
    assert answer.draws < 200_000
    assert answer.error.adopted <= 1e-3


@pytest.mark.parametrize("expected_hits", [0.5, 1.0, 3.0, 6.0, 10.0, 1000.0, 50_000.0])
def test_the_check_beside_an_exact_answer_seldom_cries_wolf(expected_hits: float) -> None:
    """Over 20,000 sound checks of an outcome that rare, at most one in 5,000, with room for chance: 12.

    12 or more where 4 are expected has probability 0.001.
    """
    draws = 100_000
    share = expected_hits / draws
    truth = Outcomes(share, 0.0, 1 - share)
    hits = np.random.default_rng(3).binomial(draws, share, 20_000) / draws
    none = Outcomes(0.0, 0.0, 0.0)
    alarms = sum(not Check("votes", draws, Outcomes(hit, 0.0, 1 - hit), none).agrees(truth) for hit in hits)
    assert alarms < 12


def test_the_check_notices_what_cannot_be() -> None:
    """One hit of an outcome of probability zero; and a share six standard errors away."""
    none = Outcomes(0.0, 0.0, 0.0)
    sure = Outcomes(0.0, 0.0, 1.0)
    assert Check("votes", 1000, sure, none).agrees(sure)
    assert not Check("votes", 1000, Outcomes(0.001, 0.0, 0.999), none).agrees(sure)
    assert not Check("votes", 10_000, Outcomes(0.53, 0.0, 0.47), none).agrees(Outcomes(0.5, 0.0, 0.5))


def test_conditional_adds_up_as_it_goes() -> None:
    """What it holds does not grow with the draws: a hundred times the draws, the same table and five numbers each."""
    import tracemalloc

    peaks = []
    for draws in (4_096, 131_072):
        tracemalloc.start()
        conditional.solve(council(0.8, 0.15, 0.05, blocs=[(range(15), 0.3)]), CHARTER, draws=draws, seed=1)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]
