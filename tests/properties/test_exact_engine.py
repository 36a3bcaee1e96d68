"""The exact engine against brute force, and against what must be true of any odds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.engines.exact import ExactAnswer, solve
from simulator.engines.readout import tallies_of, vetoes_of
from simulator.errors import EvidenceError
from simulator.facts import Choice
from simulator.model import Follows, VoteModel
from simulator.rules import Majority
from tests.models import CHARTER, council, model_of, odds_of_three, small_models
from tests.oracles import Reference, brute_force

TOLERANCE = 1e-8
"""What the engine promises of one bloc or two."""


def _close(answer: ExactAnswer, truth: Reference, tolerance: float = TOLERANCE) -> None:
    assert answer.outcomes.adopted == pytest.approx(truth.adopted, abs=tolerance)
    assert answer.outcomes.vetoed == pytest.approx(truth.vetoed, abs=tolerance)
    assert answer.outcomes.failed == pytest.approx(truth.failed, abs=tolerance)
    assert answer.hidden_veto == pytest.approx(truth.hidden, abs=tolerance)
    assert answer.choices == pytest.approx(truth.choices, abs=tolerance)
    assert answer.joint.total == pytest.approx(truth.evidence, abs=tolerance)


def _solved(model: VoteModel, majority: Majority) -> ExactAnswer:
    try:
        return solve(model, majority)
    except EvidenceError:
        assert brute_force(model, majority, 81).evidence < 1e-12
        assume(False)
        raise


@settings(max_examples=120, deadline=None)
@given(small_models())
def test_exact_equals_brute_force(case: tuple[VoteModel, Majority]) -> None:
    """Every outcome, every seat's odds, the evidence, the vetoes and the tallies, whatever the structure."""
    model, majority = case
    answer = _solved(model, majority)
    truth = brute_force(model, majority, 121)
    assume(truth.evidence > 1e-6)  # the reference divides by it
    _close(answer, truth)
    sets = vetoes_of(answer.joint, model, majority)
    by_name = {
        " ".join(model.members[seat] for seat in sorted(seats)): chance for seats, chance in truth.vetoes.items()
    }
    found = {**sets.alone, **sets.joint}
    for names in found.keys() | by_name.keys():
        assert found.get(names, 0.0) == pytest.approx(by_name.get(names, 0.0), abs=TOLERANCE)
    tallies = {
        (one.yes, one.no, one.abstain, one.absent, one.outcome.value): one.probability
        for one in tallies_of(answer.joint, model, majority)
    }
    for key in tallies.keys() | truth.tallies.keys():
        assert tallies.get(key, 0.0) == pytest.approx(truth.tallies.get(key, 0.0), abs=TOLERANCE)


@settings(max_examples=25, deadline=None)
@given(small_models(factors=0, evidence=False))
def test_a_wrong_walk_would_be_caught(case: tuple[VoteModel, Majority]) -> None:
    """The twin: an engine whose vetoes do not block differs from brute force whenever a veto is possible."""
    model, majority = case
    truth = brute_force(model, majority)
    assume(truth.vetoed > 1e-6)
    wrong = solve(model, replace(majority, vetoes_needed=None))
    with pytest.raises(AssertionError):
        _close(wrong, truth)


@settings(max_examples=60, deadline=None)
@given(small_models())
def test_outcomes_sum_to_one(case: tuple[VoteModel, Majority]) -> None:
    """Adopted, vetoed and failed add up to 1, as do the tallies, and every seat's odds."""
    model, majority = case
    answer = _solved(model, majority)
    assert sum(answer.outcomes.as_dict().values()) == pytest.approx(1, abs=1e-12)
    assert sum(one.probability for one in tallies_of(answer.joint, model, majority)) == pytest.approx(1, abs=1e-12)
    assert answer.choices.sum(axis=1) == pytest.approx(np.ones(len(model.members)), abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(st.lists(odds_of_three(), min_size=15, max_size=15), st.floats(0, 1), st.permutations(range(5, 15)))
def test_elected_members_are_interchangeable(
    odds: list[tuple[float, float, float]], cohesion: float, order: list[int]
) -> None:
    """Trading places among elected members changes nothing."""
    shuffled = odds[:5] + [odds[place] for place in order]
    blocs = [(range(15), cohesion)]
    one, other = (solve(model_of(each, 5, blocs=blocs), CHARTER).outcomes for each in (odds, shuffled))
    assert one.adopted == pytest.approx(other.adopted, abs=1e-9)
    assert one.vetoed == pytest.approx(other.vetoed, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.lists(odds_of_three(), min_size=15, max_size=15), st.floats(0, 1), st.integers(0, 4))
def test_one_permanent_no_blocks_and_abstaining_never_does(
    odds: list[tuple[float, float, float]], cohesion: float, seat: int
) -> None:
    """Made to vote no, a permanent member leaves no odds of adoption; made to abstain, it is never a veto."""
    model = model_of(odds, 5, blocs=[(range(15), cohesion)])
    against = replace(model, latent=model.latent.made({seat: Choice.NO}))
    assert solve(against, CHARTER).outcomes.adopted == 0
    procedural = solve(against, replace(CHARTER, vetoes_needed=None)).outcomes
    assert procedural.vetoed == 0
    abstaining = replace(model, latent=model.latent.made({seat: Choice.ABSTAIN}))
    answer = solve(abstaining, CHARTER)
    assert vetoes_of(answer.joint, abstaining, CHARTER).by[model.members[seat]] == 0


@settings(max_examples=40, deadline=None)
@given(
    st.lists(odds_of_three(), min_size=15, max_size=15),
    st.floats(0, 0.9),
    st.integers(0, 14),
    st.floats(0, 1),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_more_support_never_lowers_the_odds_when_nothing_is_learnt(
    odds: list[tuple[float, float, float]], cohesion: float, seat: int, share: float, company: tuple[float, float]
) -> None:
    """Moving a member's odds from no to abstain and from abstain to yes, company of the natural sign or none."""
    low, high = sorted(company)
    pairs = [Follows(3, 0, high, low)]
    yes, abstain, no = odds[seat]
    raised = (yes + share * abstain, abstain * (1 - share) + share * no, no * (1 - share))
    more = [*odds[:seat], raised, *odds[seat + 1 :]]
    blocs = [(range(15), cohesion)]
    before, after = (solve(model_of(each, 5, blocs=blocs, company=pairs), CHARTER).outcomes for each in (odds, more))
    assert after.adopted >= before.adopted - 1e-9


@settings(max_examples=40, deadline=None)
@given(small_models(factors=0, company=False, evidence=False), st.integers(0, 2), st.sampled_from(list(Choice)))
def test_given_and_do_agree_when_nothing_is_shared(case: tuple[VoteModel, Majority], seat: int, choice: Choice) -> None:
    """Without factors and company, learning a vote and making it give the same odds."""
    model, majority = case
    place = list(Choice).index(choice)
    assume(model.latent.marginals()[seat, place] > 1e-9)
    likelihood = model.likelihood.copy()
    likelihood[seat] = 0.0
    likelihood[seat, place] = 1.0
    learnt = solve(replace(model, likelihood=likelihood), majority).outcomes
    made = solve(replace(model, latent=model.latent.made({seat: choice})), majority).outcomes
    assert learnt.adopted == pytest.approx(made.adopted, abs=1e-12)
    assert learnt.vetoed == pytest.approx(made.vetoed, abs=1e-12)


def test_given_and_do_differ_when_factors_are_shared() -> None:
    """The twin: with a bloc they must not agree, or the test above would prove nothing."""
    model = council(0.6, 0.3, 0.1, blocs=[(range(15), 0.5)])
    likelihood = model.likelihood.copy()
    likelihood[14] = [0, 0, 1, 0]
    learnt = solve(replace(model, likelihood=likelihood), CHARTER).outcomes.adopted
    made = solve(replace(model, latent=model.latent.made({14: Choice.NO})), CHARTER).outcomes.adopted
    assert learnt < made - 0.1


@settings(max_examples=30, deadline=None)
@given(st.lists(odds_of_three(), min_size=15, max_size=15), st.floats(0, 1))
def test_a_veto_never_raises_the_odds(odds: list[tuple[float, float, float]], cohesion: float) -> None:
    """With the votes as they are, the rule without a veto gives at least the odds of two vetoes, and those of one."""
    model = model_of(odds, 5, blocs=[(range(15), cohesion)])
    adopted = [solve(model, replace(CHARTER, vetoes_needed=needed)).outcomes.adopted for needed in (1, 2, None)]
    assert adopted[0] <= adopted[1] + 1e-12
    assert adopted[1] <= adopted[2] + 1e-12


@settings(max_examples=25, deadline=None)
@given(st.lists(odds_of_three(), min_size=15, max_size=15), st.floats(0, 0.5), st.floats(0, 0.5))
def test_own_odds_stay_as_stated_whatever_the_blocs(
    odds: list[tuple[float, float, float]], all_: float, pair: float
) -> None:
    """The copula moves members together and leaves each one's odds alone."""
    answer = solve(model_of(odds, 5, blocs=[(range(15), all_), ((0, 3), pair)]), CHARTER)
    for seat in (0, 3):
        stated = dict(zip(("yes", "abstain", "no"), odds[seat], strict=True))
        found = answer.joint.over((seat,))
        assert found[:3] == pytest.approx(list(stated.values()), abs=1e-8)
