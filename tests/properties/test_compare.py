"""Comparisons of scenarios that nobody has written: hybrids are scenarios, their ends are the two, parts add up."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from simulator.analysis import Run, compare
from simulator.analysis.compare.pieces import Pair, why_apart
from simulator.analysis.runs import run
from simulator.engines import Engine, Options
from simulator.errors import EvidenceError, RefusedError
from simulator.scenario import Scenario
from simulator.scenario.parse import from_data
from tests.strategies import Data, legal_scenarios, scenario_data, spatial_data

EXACT = Options(engine=Engine.EXACT, parameter_draws=20)
CLOSE = 1e-9

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def any_data(*, uncertain: bool = False) -> st.SearchStrategy[Data]:
    """Scenarios of every kind that needs no record, with laws and seats of all sorts among them."""
    return st.one_of(scenario_data(uncertain=uncertain), spatial_data(said=True), legal_scenarios())


def answered(scenario: Scenario) -> Run:
    """The exact odds; a case that has none is no case."""
    try:
        return run(scenario, EXACT)
    except (EvidenceError, RefusedError):
        assume(False)
        raise AssertionError from None


@st.composite
def pairs(draw: st.DrawFn, *, uncertain: bool = False) -> Pair:
    """Two scenarios that can be mixed."""
    first, second = (from_data(draw(any_data(uncertain=uncertain))) for _ in range(2))
    assume(not why_apart(first, second))
    return Pair.of(first, second)


@given(pair=pairs(uncertain=True))
@settings(SLOW, max_examples=20)
def test_the_ends_of_all_hybrids_are_the_two_scenarios(pair: Pair) -> None:
    """With no piece of the second the odds are the first's, with all of them the second's: nothing is left between."""
    ends = ((pair.first.scenario, 0), (pair.second.scenario, (1 << len(pair.pieces)) - 1))
    for scenario, chosen in ends:
        asked, hybrid = answered(scenario), run(pair.hybrid(chosen), EXACT)
        assert hybrid.outcomes.as_dict() == pytest.approx(asked.outcomes.as_dict(), abs=CLOSE)
        assert hybrid.members == {code: pytest.approx(odds, abs=CLOSE) for code, odds in asked.members.items()}


@given(pair=pairs(uncertain=True), data=st.data())
@settings(SLOW, max_examples=60)
def test_every_hybrid_is_a_scenario(pair: Pair, data: st.DataObject) -> None:
    """Whatever is mixed: its own file would load. Nothing of it is in neither of the two."""
    chosen = data.draw(st.integers(0, (1 << len(pair.pieces)) - 1))
    hybrid = pair.hybrid(chosen)
    assert from_data(hybrid.to_data()) == hybrid


@given(pair=pairs())
@settings(SLOW, max_examples=15)
def test_parts_add_up_and_flip_on_the_way_back(pair: Pair) -> None:
    """For all three outcomes; of few pieces, since each more takes twice as long."""
    assume(1 < len(pair.pieces) <= 4)
    first, second = pair.first.scenario, pair.second.scenario
    answered(first), answered(second)
    there, back = compare(first, second, engine="exact"), compare(second, first, engine="exact")
    assert bool(there.why_none) == bool(back.why_none)
    if there.attribution is None or back.attribution is None:
        return
    for word, whole in there.differences[1].as_dict().items():
        parts = [part.outcomes.as_dict()[word] for part in there.attribution.parts]
        assert sum(parts) == pytest.approx(whole, abs=1e-12)
        opposite = {part.piece: -part.outcomes.as_dict()[word] for part in back.attribution.parts}
        names = [part.piece for part in there.attribution.parts]
        assert opposite == pytest.approx(dict(zip(names, parts, strict=True)), abs=CLOSE)
