"""Scenarios with a double veto, earlier votes, restraint and seats of their own: read, written, and answered."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

import simulator
from simulator.engines.sequence import paths, steps
from simulator.errors import RefusedError
from simulator.facts import Outcome
from simulator.scenario import council_of, parse
from simulator.scenario.parse import from_data
from simulator.scenario.schema import schema_text
from tests.strategies import Data, legal_scenarios

VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema_text()))
QUICK = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
SLOW = settings(QUICK, max_examples=40)


@QUICK
@given(legal_scenarios())
def test_it_is_read_back_the_same_and_the_schema_allows_it(data: Data) -> None:
    scenario = from_data(data)
    assert parse(scenario.to_toml()) == scenario
    assert from_data(scenario.to_data()) == scenario
    assert VALIDATOR.is_valid(json.loads(json.dumps(data, default=lambda date: date.isoformat())))


@SLOW
@given(legal_scenarios())
def test_its_courses_add_up_and_every_vote_on_the_way_has_one_outcome(data: Data) -> None:
    scenario = from_data(data)
    possibles = paths(scenario)
    assert sum(one.weight for one in possibles) == pytest.approx(1, abs=1e-9)
    assert all(one.weight > 0 and one.model.members == council_of(scenario).ids for one in possibles)
    for step in steps(scenario):
        assert sum(step.outcomes.of(outcome) for outcome in Outcome) == pytest.approx(1, abs=1e-9)


@SLOW
@given(legal_scenarios())
def test_both_engines_agree(data: Data) -> None:
    """20,000 roll calls, seeded: within five standard errors, so that a sound answer hardly ever fails."""
    scenario = from_data(data)
    try:
        exact = simulator.odds(scenario, engine="exact")
        drawn = simulator.odds(scenario, engine="monte-carlo", method="votes", draws=20_000)
    except RefusedError:  # too many vetoes for a table
        return
    for word, odds in exact.outcomes.as_dict().items():
        error = max(0.5e-3, (odds * (1 - odds) / 20_000) ** 0.5)
        assert drawn.outcomes.as_dict()[word] == pytest.approx(odds, abs=5 * error)
    assert exact.outcomes.adopted + exact.outcomes.vetoed + exact.outcomes.failed == pytest.approx(1, abs=1e-9)
