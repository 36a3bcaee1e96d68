"""Odds of uncertain scenarios: averages over realisations, each weighed by how well it explains what was learnt."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, assume, given, settings

from simulator.engines import Odds, odds
from simulator.errors import EvidenceError, ExactRefused
from simulator.scenario import Scenario
from simulator.scenario.parse import from_data
from simulator.scenario.uncertain import realisations
from tests import strategies

DRAWS, SEED = 5, 3
DAY = datetime.date(2022, 5, 26)
QUICK = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])


def exact(scenario: Scenario) -> Odds | None:
    """Its exact odds; None where what was learnt cannot have happened."""
    try:
        return odds(scenario, engine="exact", parameter_draws=DRAWS, seed=SEED)
    except EvidenceError:
        return None
    except ExactRefused:
        assume(False)
        raise


@QUICK
@given(strategies.scenario_data(day=DAY, family="laminar", extras=False, uncertain=True))
def test_the_odds_of_an_uncertain_scenario_are_the_weighted_mean_of_its_realisations(data: strategies.Data) -> None:
    scenario = from_data(data)
    parts = [part for part in map(exact, realisations(scenario, DRAWS, SEED)) if part is not None]
    whole = exact(scenario)
    if whole is None:
        assert not parts
        return
    weights = [part.evidence_probability for part in parts]
    assert whole.evidence_probability == pytest.approx(sum(weights) / DRAWS, rel=1e-6)
    for word, found in whole.outcomes.as_dict().items():
        mean = sum(w * part.outcomes.as_dict()[word] for w, part in zip(weights, parts, strict=True)) / sum(weights)
        assert found == pytest.approx(mean, abs=1e-7)
