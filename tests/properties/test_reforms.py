"""Laws of rules and councils, on any scenario: what fewer vetoes and votes needed must do to the odds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import simulator
from simulator.errors import EvidenceError, RefusedError
from simulator.facts import REFORMS, council_day, council_on
from simulator.rules import RULES
from simulator.scenario.parse import from_data
from tests.strategies import Data, legal_scenarios, scenario_data, spatial_data

QUICK = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
SLACK = 1e-9


@QUICK
@given(st.one_of(scenario_data(extras=False), spatial_data(said=True)))
def test_fewer_vetoes_and_fewer_votes_needed_never_lower_the_odds(data: Data) -> None:
    """Votes are what they are, whatever was learnt of them."""
    try:
        found = simulator.reforms(from_data(data), engine="exact")
    except (EvidenceError, RefusedError):
        assume(False)
    odds = {row.name: row.adopted for row in found.rows}
    assert odds["charter"] == odds["substantive"] == odds["restraint"]
    assert odds["procedural"] == odds["no-veto"]
    assert odds["charter"] <= odds["two-vetoes"] + SLACK
    assert odds["two-vetoes"] <= odds["no-veto"] + SLACK
    assert odds["no-veto"] <= odds["judges"] + SLACK
    for name in ("g4", "uniting-for-consensus"):
        if name in odds:
            harder = simulator.reforms(from_data(data), quota={name: 20}, engine="exact").of(name)
            assert harder.adopted <= odds[name] + SLACK


@QUICK
@given(legal_scenarios())
def test_every_rule_and_proposal_has_odds_or_a_reason(data: Data) -> None:
    """Whatever its own rule, seats, earlier votes; and the odds are all there is."""
    try:
        found = simulator.reforms(from_data(data))
    except (EvidenceError, RefusedError):
        assume(False)
    names = [row.name for row in found.rows if row.kind.value != "own"] + [one.name for one in found.left_out]
    assert sorted(names) == sorted([*RULES, *REFORMS])
    assert all(one.why for one in found.left_out)
    assert found.own is not None
    for row in found.rows:
        assert sum(row.answer.outcomes.as_dict().values()) == pytest.approx(1, abs=1e-6)
        assert row.quota_source
        assert sorted(row.council.ids) == sorted(member for one in row.classes for member in one.power.members)


@QUICK
@given(st.one_of(scenario_data(extras=False), spatial_data(said=True)), st.integers(1946, 2024))
def test_every_year_has_odds_or_a_reason_and_its_own_council(data: Data, first: int) -> None:
    try:
        found = simulator.time_machine(from_data(data), first, first + 3)
    except (EvidenceError, RefusedError):
        assume(False)
    assert [stop.year for stop in found.years] == list(range(first, first + 4))
    for stop in found.years:
        assert stop.council == council_on(council_day(stop.year))
        assert (stop.answer is None) == bool(stop.why_none)
        if stop.answer and stop.majority:
            assert sum(stop.answer.outcomes.as_dict().values()) == pytest.approx(1, abs=1e-6)
            assert stop.majority.quota == (7 if stop.year < 1966 else 9)
    for code, years in found.entries.items():
        assert years == tuple(stop.year for stop in found.years if code not in stop.absent)


@QUICK
@given(scenario_data(day=None, family="none", company=False, what_if=False, extras=False), st.integers(1946, 2026))
def test_without_an_entry_every_council_of_a_size_is_the_same(data: Data, year: int) -> None:
    """Members that have the default each, and nothing in common, can trade places: only permanence and size tell."""
    default = data["members"].get("default", {"stance": "undecided"})
    plain = from_data({**data, "members": {"default": default}})
    one, other = simulator.time_machine(plain, year, year), simulator.time_machine(plain, 1946, 1966)
    like = other.years[0] if year < 1966 else other.years[-1]
    assert one.years[0].adopted == pytest.approx(like.adopted, abs=SLACK)


@QUICK
@given(scenario_data(extras=False), st.integers(1946, 2020))
def test_a_years_odds_are_those_of_its_own_council(data: Data, first: int) -> None:
    """Years share an answer where they put the same question, and nowhere else."""
    scenario = from_data(data)
    try:
        found = simulator.time_machine(scenario, first, first + 6, engine="exact")
    except (EvidenceError, RefusedError):
        assume(False)
    for stop in found.answered:
        plain = simulator.odds(simulator.changed(scenario, council_date=stop.date), engine="exact")
        assert stop.adopted == pytest.approx(plain.adopted, abs=SLACK)
