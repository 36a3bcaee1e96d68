"""What each member's choice means, from one walk, against brute force and against asking one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import simulator
from simulator.engines import Engine, Options
from simulator.engines.possible import Possible
from simulator.engines.seats.meaning import Meaning, meaning, meaning_of
from simulator.errors import EvidenceError
from simulator.facts import Choice
from simulator.model import VoteModel
from simulator.model.latent import ABSTAIN, NO, YES
from simulator.rules import Majority
from simulator.scenario import Scenario
from tests.models import small_models
from tests.oracles import brute_force, outcome_of, roll_calls
from tests.strategies import scenarios

TOLERANCE = 1e-7
EXACT, MONTE_CARLO = Options(engine=Engine.EXACT), Options(engine=Engine.MONTE_CARLO, seed=3)


def found_of(model: VoteModel, majority: Majority, options: Options = EXACT) -> Meaning:
    try:
        return meaning_of([Possible(1.0, model, majority)], options)
    except EvidenceError:
        assume(False)
        raise


@settings(max_examples=60, deadline=None)
@given(small_models())
def test_learnt_is_what_brute_force_finds_among_roll_calls_with_that_vote(case: tuple[VoteModel, Majority]) -> None:
    model, majority = case
    chances = roll_calls(model, 121)
    assume(sum(chances.values()) > 1e-6)
    found = found_of(model, majority)
    for seat in range(len(model.members)):
        for choice in range(4):
            some = {roll_call: chance for roll_call, chance in chances.items() if roll_call[seat] == choice}
            if (total := sum(some.values())) < 1e-6:
                continue
            for place, word in enumerate(("adopted", "vetoed", "failed")):
                share = sum(
                    chance for roll_call, chance in some.items() if outcome_of(model, majority, roll_call) == word
                )
                assert found.learnt[seat, choice, place] == pytest.approx(share / total, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(small_models())
def test_made_is_what_brute_force_finds_where_the_vote_is_fixed(case: tuple[VoteModel, Majority]) -> None:
    """The seat's factors and its leader cut; what was learnt of it is not learnt any more."""
    model, majority = case
    found = found_of(model, majority)
    for seat in range(len(model.members)):
        for choice in (YES, ABSTAIN, NO):
            likelihood = model.likelihood.copy()
            likelihood[seat] = 1.0
            made = replace(
                model,
                latent=model.latent.made({seat: tuple(Choice)[choice]}),
                company=tuple(pair for pair in model.company if pair.follower != seat),
                likelihood=likelihood,
            )
            truth = brute_force(made, majority, 81)
            if truth.evidence < 1e-6:
                continue
            assert found.made[seat, choice] == pytest.approx([truth.adopted, truth.vetoed, truth.failed], abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(small_models())
def test_swings_are_the_roll_calls_of_the_others_in_which_that_change_decides(
    case: tuple[VoteModel, Majority],
) -> None:
    model, majority = case
    chances = roll_calls(model, 121)
    assume((evidence := sum(chances.values())) > 1e-6)
    found = found_of(model, majority)
    for seat in range(len(model.members)):
        for place, (one, other) in enumerate(((YES, ABSTAIN), (ABSTAIN, NO))):
            decides = sum(
                chance
                for roll_call, chance in chances.items()
                if [
                    outcome_of(model, majority, (*roll_call[:seat], choice, *roll_call[seat + 1 :]))
                    for choice in (one, other)
                ].count("adopted")
                == 1
            )
            assert found.swings[seat, place] == pytest.approx(decides / evidence, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.data(), scenarios(family="laminar"))
def test_it_is_what_single_runs_say(data: st.DataObject, scenario: Scenario) -> None:
    """Whatever a file says: blocs, company, votes before the draft's, what is learnt and made."""
    try:
        found = meaning(scenario, EXACT)
    except simulator.SimulatorError:
        assume(False)
        raise
    member = data.draw(st.sampled_from(found.members))
    assume(member not in scenario.given and member not in scenario.do)
    choice = data.draw(st.sampled_from(["yes", "abstain", "no"]))
    seat, place = found.seat(member), ("yes", "abstain", "no").index(choice)
    made = simulator.odds(scenario, engine="exact", do={member: choice}).outcomes
    assert found.made[seat, place] == pytest.approx(list(made.as_dict().values()), abs=TOLERANCE)
    if found.choices[seat, place] > 1e-6:
        learnt = simulator.odds(scenario, engine="exact", given={member: choice}).outcomes
        assert found.learnt[seat, place] == pytest.approx(list(learnt.as_dict().values()), abs=1e-5)


@settings(max_examples=20, deadline=None)
@given(small_models(evidence=False))
def test_monte_carlo_agrees_within_its_errors(case: tuple[VoteModel, Majority]) -> None:
    exact, drawn = found_of(*case), found_of(*case, options=MONTE_CARLO)
    for name in ("learnt", "made"):
        truth, seen = getattr(exact, name)[..., 0], getattr(drawn, name)[..., 0]
        errors = getattr(drawn, f"{name}_error")
        known = ~np.isnan(truth) & (exact.choices > 1e-4)
        assert (np.abs(seen - truth)[known] <= 6 * errors[known] + 1e-5).all()
    assert (np.abs(drawn.swings - exact.swings) <= 6 * drawn.swings_error + 1e-5).all()
