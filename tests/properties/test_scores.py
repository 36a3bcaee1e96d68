"""Propriety: whoever gives other odds than the true ones does worse on average. And what no score may depend on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.estimation.independent import outcomes_if_independent
from simulator.estimation.scores import area_under_curve, brier, log_loss, ranked_probability
from simulator.facts import Choice, Outcome, RollCall, roll_calls
from simulator.rules import RULES, Case

share = st.floats(0.01, 1.0)
three = st.tuples(share, share, share).map(lambda parts: np.array(parts) / sum(parts))
VOTES = [vote for vote in roll_calls() if vote.id in ("S/2022/431", "S/2014/916", "S/RES/2728 (2024)", "S/RES/2728")]


@given(three, three)
def test_the_true_odds_minimise_every_expected_score(truth: np.ndarray, said: np.ndarray) -> None:
    """Brier, log and ranked probability scores, each over the three things that may happen."""
    places = np.arange(3)
    for score in (log_loss, ranked_probability):
        own, other = (truth @ score(np.tile(odds, (3, 1)), places) for odds in (truth, said))
        assert own <= other + 1e-12
    happened = np.array([True, False, False])
    assert truth @ brier(np.full(3, truth[0]), happened) <= truth @ brier(np.full(3, said[0]), happened) + 1e-12


@given(three, three)
def test_other_odds_do_strictly_worse(truth: np.ndarray, said: np.ndarray) -> None:
    """Log and ranked scores are strictly proper: the twin of the test above, which a constant score would pass."""
    places = np.arange(3)
    if np.abs(truth - said).max() > 0.01:
        for score in (log_loss, ranked_probability):
            own, other = (truth @ score(np.tile(odds, (3, 1)), places) for odds in (truth, said))
            assert own < other


@given(st.lists(st.tuples(st.integers(1, 99), st.booleans()), min_size=2, max_size=30))
def test_area_under_curve_is_about_order_alone(rows: list[tuple[int, bool]]) -> None:
    """Any rising function of the odds has the same area; the falling one its complement."""
    odds, adopted = np.array([row[0] / 100 for row in rows]), np.array([row[1] for row in rows])
    once = np.ones(len(rows))
    area = area_under_curve(odds, adopted, once)
    assert area_under_curve(odds**3, adopted, once) == pytest.approx(area, nan_ok=True)
    assert area_under_curve(1 - odds, adopted, once) == pytest.approx(1 - area, nan_ok=True)


@given(st.lists(three, min_size=15, max_size=15))
def test_independent_members_outcomes_are_those_of_generating_functions(rows: list[np.ndarray]) -> None:
    """By generating functions: enough yes, of anybody; and enough yes where no permanent member votes no."""
    vote = VOTES[0]
    found = outcomes_if_independent(np.array([rows]), [vote])[0]
    anybody = unblocked = np.ones(1)
    for seat, (yes, abstain, no) in zip(vote.council.seats, rows, strict=True):
        anybody = np.convolve(anybody, [abstain + no, yes])
        unblocked = np.convolve(unblocked, [abstain + (0 if seat.veto else no), yes])
    enough, adopted = anybody[9:].sum(), unblocked[9:].sum()
    assert found == pytest.approx([adopted, enough - adopted, 1 - enough], abs=1e-12)


@pytest.mark.parametrize("vote", VOTES, ids=lambda vote: vote.id)
def test_certain_members_make_the_decided_outcome(vote: RollCall) -> None:
    """Odds of 1 on every mark."""
    words = [Choice.YES, Choice.ABSTAIN, Choice.NO]
    choices = np.array([[[float(mark is word) for word in words] for mark in vote.choices]])
    majority = RULES["charter"].applies(Case.of(vote.council, vote.matter))
    vetoes = sum(vote.choice(member) is Choice.NO for member in vote.council.vetoers)
    decided = majority.outcome(vote.count(Choice.YES), vetoes)
    assert outcomes_if_independent(choices, [vote])[0].tolist() == [float(decided is word) for word in Outcome]
