"""What holds of every bargain: the target is reached, every move helps, and no member pays for nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from simulator.analysis.bargain.bargaining import Bargain, bargain
from simulator.analysis.bargain.moves import Moves
from simulator.errors import EvidenceError, OptionError
from simulator.scenario import Scenario, council_of
from simulator.scenario.parse import from_data
from simulator.scenario.seats import bloc_members
from tests.strategies import scenarios, spatial_data


def _found(scenario: Scenario, reach: float) -> Bargain | None:
    """The bargain; None where what was learnt cannot be, or someone blocks, which must then be said."""
    try:
        return bargain(scenario, reach=reach)
    except EvidenceError:
        return None
    except OptionError as refused:
        if "no shift of support reaches" not in str(refused):
            raise
        return None


def _hold(found: Bargain, reach: float) -> None:
    moves = found.moves
    assert all(move.shift > 0 and move.cost == pytest.approx(move.shift) for move in moves.moves)
    assert len({move.member for move in moves.moves}) == len(moves.moves)
    if not moves.moves:
        assert moves.adopted >= reach
        return
    slack = 1e-6 if moves.engine == "exact" and (moves.accuracy or 0) < 1e-6 else 2e-3
    assert moves.reached == pytest.approx(reach, abs=slack)
    for move in moves.moves:
        for odds in (move.before, move.after):
            assert sum(odds.values()) == pytest.approx(1, abs=1e-6)
        assert move.after["yes"] >= move.before["yes"] - 1e-9
    _hold_fewer(moves, slack)
    if moves.alone:
        assert moves.cost <= min(moves.alone.values()) * (1 + 5e-3)


def _hold_fewer(moves: Moves, slack: float) -> None:
    """Fewer members, of those that move, reach the target for no less and hardly more."""
    fewer = moves.fewer
    if fewer is None:
        return
    members, others = ({move.member for move in some} for some in (moves.moves, fewer.moves))
    assert others < members
    assert set(fewer.without) == members - others
    assert fewer.reached == pytest.approx(moves.reached, abs=slack)
    exact = moves.engine == "exact" and (moves.accuracy or 0) < 1e-6
    assert moves.cost < fewer.cost <= moves.cost * (1 + (1e-3 if exact else 1e-2) + 1e-6)


def _jump_together(scenario: Scenario) -> bool:
    """Whether members share nearly all their noise: a grid over it then sees jumps, and says how far it is off."""
    council = council_of(scenario)
    shared = dict.fromkeys(council.ids, 0.0)
    for bloc in scenario.blocs:
        for member in bloc_members(bloc, council):
            shared[member] += float(bloc.cohesion)
    return max(shared.values()) > 0.97


SLOW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(scenarios(company=False), st.sampled_from([0.2, 0.5, 0.9]))
def test_stated_preferences(scenario: Scenario, reach: float) -> None:
    """Any blocs, rules, odds; with things learnt and made. Each move raises the odds, whatever the order."""
    found = _found(scenario, reach)
    assume(found is not None and found.moves.moves)
    assert found is not None
    _hold(found, reach)
    steps = [found.moves.adopted, *(move.adopted for move in found.moves.moves)]
    assert all(after >= before - 1e-6 for before, after in pairwise(steps))


@SLOW
@given(scenarios(what_if=False), st.sampled_from([0.3, 0.8]))
def test_with_company(scenario: Scenario, reach: float) -> None:
    """Followers that veto less when their leader does, too: there a move may lower the odds, and is not proposed."""
    found = _found(scenario, reach)
    assume(found is not None and found.moves.moves)
    assert found is not None
    _hold(found, reach)


@SLOW
@given(spatial_data(said=True).map(from_data), st.sampled_from([0.2, 0.7]))
def test_places_in_issue_space(scenario: Scenario, reach: float) -> None:
    """With statements as evidence; the best text is at least as good as any on the way."""
    found = _found(scenario, reach)
    assume(found is not None)
    assert found is not None
    _hold(found, reach)
    if found.texts:
        assert found.texts.best.expected >= max(offer.expected for offer in found.texts.path) - 1e-6
        assert found.texts.top.expected >= found.texts.best.expected
        told = any("the odds of texts rest on a grid" in note for note in found.notes)
        assert told or found.texts.draft.adopted == pytest.approx(found.moves.adopted, abs=2e-6)
        close = 5e-2 if _jump_together(scenario) else 2e-3
        assert found.texts.draft.adopted == pytest.approx(found.moves.adopted, abs=close)
        assert [offer.dilution for offer in found.texts.path] == pytest.approx([place / 10 for place in range(11)])
