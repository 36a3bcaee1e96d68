"""What must hold in every issue space: odds by the definition of the gain, symmetry, order, and the two engines."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date, timedelta
from math import erf, sqrt

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from simulator.engines import exact
from simulator.engines.monte_carlo import conditional, votes
from simulator.errors import EvidenceError, TooFewDraws
from simulator.facts import council_on
from simulator.model import VoteModel, vote_model
from simulator.model.latent import YES
from simulator.model.stance_likelihood import speakers
from simulator.rules import Majority
from simulator.scenario import Scenario, council_of, majority_of
from simulator.scenario.parse import from_data
from tests import strategies
from tests.models import small_models
from tests.oracles import brute_force
from tests.strategies import Data

QUICK = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def by_definition(data: Data, member: str, permanent: bool) -> list[float]:
    """Yes, abstain, no from the file's own numbers: distances to what happens otherwise and to the draft."""
    space, entry = data["spatial"], data["members"].get(member, {})
    gain = entry.get("tie", 0.0)
    for name in space["dimensions"]:
        x = entry.get("position", {}).get(name, space["default_position"][name])
        otherwise, text = space.get("reversion", {}).get(name, 0), space["draft"][name]
        gain += entry.get("salience", {}).get(name, 1) * (abs(x - otherwise) ** 2 - abs(x - text) ** 2)
    noise, width = space.get("noise", 0.5), space.get("indifference", 0.2)
    reluctance = entry.get("veto_reluctance", space.get("veto_reluctance", 0.5)) if permanent else 0
    yes = (1 + erf((gain - width) / noise / sqrt(2))) / 2
    no = (1 + erf((-width - reluctance - gain) / noise / sqrt(2))) / 2
    return [yes, 1 - yes - no, no, 0.0]


@QUICK
@given(strategies.spatial_data(company=False))
def test_every_members_odds_are_those_of_the_definition(data: Data) -> None:
    scenario = from_data(data)
    council = council_of(scenario)
    found = vote_model(scenario).latent.marginals()
    for seat, member in enumerate(council.ids):
        assert found[seat] == pytest.approx(by_definition(data, member, member in council.permanent), abs=1e-12)


def outcomes(data: Data) -> list[float]:
    scenario = from_data(data)
    found = exact.solve(vote_model(scenario), majority_of(scenario, council_of(scenario)))
    return list(found.outcomes.as_dict().values())


def mirrored(data: Data, name: str) -> Data:
    """The same with every place on one dimension reflected about its middle."""
    other = copy.deepcopy(data)
    space = other["spatial"]
    for place in [
        *(space.get(key) for key in ("draft", "reversion", "default_position")),
        *(entry.get("position") for entry in other["members"].values()),
    ]:
        if place and name in place:
            place[name] = -place[name]
    return other


@QUICK
@given(strategies.spatial_data(said=True))
def test_a_mirror_changes_nothing(data: Data) -> None:
    """No direction of a dimension is better than the other."""
    assert outcomes(mirrored(data, "order")) == pytest.approx(outcomes(data), abs=1e-9)


@QUICK
@given(strategies.spatial_data(), st.data())
def test_without_salience_a_dimension_is_as_if_it_were_not_there(data: Data, draw: st.DataObject) -> None:
    """Places on it may be anything."""
    names = data["spatial"]["dimensions"]
    assume(len(names) > 1)
    flat = copy.deepcopy(data)
    for member in council_on(data["draft"]["date"]).ids:
        entry = flat["members"].setdefault(member, {})
        entry["salience"] = {**entry.get("salience", {}), names[-1]: 0}
    moved, without = copy.deepcopy(flat), copy.deepcopy(flat)
    moved["spatial"]["draft"][names[-1]] = draw.draw(st.floats(-1, 1))
    without["spatial"]["dimensions"] = names[:-1]
    tables = [without["spatial"].get(key, {}) for key in ("draft", "reversion", "default_position")]
    for entry in without["members"].values():
        tables += [entry.get("position", {}), entry["salience"]]
    for table in tables:
        table.pop(names[-1], None)
    assert outcomes(moved) == pytest.approx(outcomes(flat), abs=1e-12)
    assert outcomes(without) == pytest.approx(outcomes(flat), abs=1e-12)


@QUICK
@given(strategies.spatial_data(), st.data())
def test_moving_a_member_the_way_the_draft_leads_never_hurts_the_draft(data: Data, draw: st.DataObject) -> None:
    """From the reversion point to the draft and on: its own yes and the odds of adoption rise or stay.

    Followers are likelier to vote no when their leader does, and nothing is learnt.
    """
    council = council_on(data["draft"]["date"])
    space, member = data["spatial"], draw.draw(st.sampled_from(council.ids))
    other = copy.deepcopy(data)
    place = {**space["default_position"], **data["members"].get(member, {}).get("position", {})}
    for name in space["dimensions"]:
        leads = np.sign(space["draft"][name] - space.get("reversion", {}).get(name, 0))
        place[name] = float(np.clip(place[name] + leads * draw.draw(st.floats(0, 1)), -1, 1))
    other["members"][member] = {**other["members"].get(member, {}), "position": place}
    seat = council.index(member)
    before, after = (vote_model(from_data(one)).latent.marginals()[seat, YES] for one in (data, other))
    assert after >= before - 1e-15
    assert outcomes(other)[0] >= outcomes(data)[0] - 1e-9


@QUICK
@given(small_models(), st.lists(st.floats(0.001, 1), min_size=4, max_size=4), st.integers(0, 2))
def test_evidence_of_any_likelihood_is_weighed_as_by_brute_force(
    case: tuple[VoteModel, Majority], row: list[float], seat: int
) -> None:
    """Fractions between 0 and 1, beside what is learnt for certain, with company, absence and blocs."""
    model, majority = case
    likelihood = model.likelihood.copy()
    likelihood[seat] *= np.array(row) / max(row)
    model = replace(model, likelihood=likelihood)
    truth = brute_force(model, majority, 121)
    assume(truth.evidence > 1e-6)
    found = exact.solve(model, majority)
    assert list(found.outcomes.as_dict().values()) == pytest.approx(
        [truth.adopted, truth.vetoed, truth.failed], abs=1e-8
    )
    assert found.joint.total == pytest.approx(truth.evidence, abs=1e-8)
    assert found.choices == pytest.approx(truth.choices, abs=1e-7)


def random_scenario(rng: np.random.Generator) -> Scenario:
    """A council of any year before positions, statements and a bloc or two, none chosen to fail."""
    day = date(1947, 1, 1) + timedelta(days=int(rng.integers(0, 28_000)))
    council = council_on(day)
    names = ["a", "b", "c"][: int(rng.integers(1, 4))]

    def place() -> dict[str, float]:
        return {name: float(rng.uniform(-1, 1)) for name in names}

    members: Data = {code: {"position": place()} for code in council.ids}
    for code in rng.choice(council.ids, int(rng.integers(0, 3)), replace=False).tolist():
        word = ("supports", "undecided", "reservations", "leans-no")[int(rng.integers(0, 4))]
        members[code] = {**members[code], "stance": word}
    blocs = [{"members": "all", "cohesion": float(rng.uniform(0, 0.6))}]
    if rng.random() < 0.5:
        blocs.append({"members": "permanent", "cohesion": float(rng.uniform(0, 0.4))})
    numbers = {
        "noise": float(rng.uniform(0.2, 1)),
        "indifference": float(rng.uniform(0, 0.4)),
        "veto_reluctance": float(rng.uniform(0, 1)),
    }
    space = {"dimensions": names, "draft": place(), "reversion": place(), **numbers}
    data = {"schema": 1, "title": "t", "draft": {"date": day}, "preferences": {"model": "spatial"}}
    return from_data({**data, "spatial": space, "members": members, "blocs": blocs})


@pytest.mark.long
def test_monte_carlo_agrees_with_exact_on_a_thousand_random_issue_spaces() -> None:
    """Within four standard errors of the odds of adoption, by whole roll calls: seeded.

    A right engine fails one time in sixteen for a seed chosen at random: 1,000 times 6e-5. The error is taken from the
    exact odds; where these leave fewer than ten hits, or misses, the normal limit does not hold and a Poisson count
    must stay below 30.
    """
    rng = np.random.default_rng(2026)
    told = 0
    for number in range(1000):
        scenario = random_scenario(rng)
        model, majority = vote_model(scenario), majority_of(scenario, council_of(scenario))
        truth = exact.solve(model, majority).outcomes.adopted
        try:
            found = votes.solve(model, majority, draws=20_000, seed=number)
        except TooFewDraws:
            continue
        kept = int(found.effective_draws or found.draws)
        rare = min(truth, 1 - truth) * kept
        missed = abs(found.outcomes.adopted - truth)
        told += 1
        assert missed * kept < 30 if rare < 10 else missed < 4 * sqrt(truth * (1 - truth) / kept), number
    assert told > 950


@pytest.mark.parametrize("seed", range(5))
def test_both_monte_carlo_methods_weigh_statements_as_exact_does(seed: int) -> None:
    """Five standard errors; a right engine fails once in half a million."""
    rng = np.random.default_rng(seed)
    scenario = random_scenario(rng)
    data = scenario.to_data()
    for code in ("USA", "FRA", "GBR"):
        data["members"][code]["stance"] = "undecided"
    scenario = from_data(data)
    assert len(speakers(scenario, council_of(scenario))) >= 3
    model, majority = vote_model(scenario), majority_of(scenario, council_of(scenario))
    truth = exact.solve(model, majority)
    drawn = votes.solve(model, majority, draws=200_000, seed=seed)
    assert abs(drawn.outcomes.adopted - truth.outcomes.adopted) <= 5 * max(drawn.error.adopted, 1e-5)
    assert drawn.evidence_probability == pytest.approx(truth.joint.total, rel=0.05)
    points = conditional.solve(model, majority, draws=4096, seed=seed)
    assert abs(points.outcomes.adopted - truth.outcomes.adopted) <= 5 * max(points.error.adopted, 1e-6)
    assert points.evidence_probability == pytest.approx(truth.joint.total, rel=0.02)


def test_a_wrong_reading_of_statements_would_be_caught() -> None:
    """The twin: were a word's likelihood taken for certain knowledge of its likeliest vote, odds would be far off."""
    rng = np.random.default_rng(0)
    data = random_scenario(rng).to_data()
    data["members"]["USA"]["stance"] = "opposes"
    scenario = from_data(data)
    model, majority = vote_model(scenario), majority_of(scenario, council_of(scenario))
    certain = replace(model, likelihood=np.floor(model.likelihood))
    right = exact.solve(model, majority).joint.total
    try:
        wrong = votes.solve(certain, majority, draws=200_000, seed=0).evidence_probability
    except (EvidenceError, TooFewDraws):
        return
    assert abs(wrong - right) > 0.05 * right
