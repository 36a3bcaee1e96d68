"""Theorems of the spatial theory of voting, in the special cases in which they hold: no noise, no wish to abstain."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from simulator.analysis import win_set
from simulator.engines.ask import odds
from simulator.facts import council_on
from simulator.model.latent import Floats
from simulator.scenario import Scenario, changed
from simulator.scenario.parse import from_data

COUNCIL = council_on(datetime.date(2022, 5, 26))
SEEDS = pytest.mark.parametrize("seed", range(12))
MAJORITY = {"rule": "quota-and-veto", "quota": 8, "vetoes_needed": 0}
"""More than half of fifteen, and no veto."""


def draft(ideal: Floats, reversion: float, text: float, council: dict[str, object] | None = None) -> Scenario:
    """A draft in one dimension before members who hardly err and never abstain; permanent members come first."""
    space = {"dimensions": ["x"], "draft": {"x": text}, "reversion": {"x": reversion}}
    numbers = {"noise": 1e-6, "indifference": 0, "veto_reluctance": 0}
    entries = {code: {"position": {"x": float(x)}} for code, x in zip(COUNCIL.ids, ideal, strict=True)}
    data = {"schema": 1, "title": "t", "draft": {"date": COUNCIL.date}, "preferences": {"model": "spatial"}}
    return from_data({**data, "spatial": {**space, **numbers}, "members": entries, "council": council or {}})


@SEEDS
def test_by_majority_the_median_members_ideal_point_beats_any_other(seed: int) -> None:
    """Black 1948: with single-peaked preferences on a line no text is preferred by a majority to the median's."""
    rng = np.random.default_rng(seed)
    ideal = rng.uniform(-1, 1, 15)
    median = float(np.median(ideal))
    for reversion in rng.uniform(-1, 1, 5):
        assert odds(draft(ideal, float(reversion), median, MAJORITY), engine="exact").adopted == pytest.approx(1)
    at_median = win_set(draft(ideal, median, 0.0, MAJORITY))
    assert at_median.cores.rule
    assert not at_median.beats.any()
    elsewhere = float(np.sort(ideal)[6])
    assert not win_set(draft(ideal, elsewhere, 0.0, MAJORITY), steps=3).cores.rule


@SEEDS
def test_between_the_permanent_members_nothing_can_be_replaced(seed: int) -> None:
    """The gridlock interval of veto players (Krehbiel 1998; Tsebelis 2002, chapter 1; Voeten 2001).

    From the lowest ideal point of a permanent member to the highest, ends included, every text meets a veto.
    """
    rng = np.random.default_rng(seed)
    ideal = rng.uniform(-0.6, 0.6, 15)
    low, high = float(ideal[:5].min()), float(ideal[:5].max())
    for inside in (low, high, *rng.uniform(low, high, 3)):
        found = win_set(draft(ideal, float(inside), 0.0))
        assert found.cores.veto
        assert found.cores.rule
        # At its own ideal point a member loses the square of the step, so steps of 0.005 are 25 times the noise.
        assert found.adopted[np.abs(found.points[:, 0] - inside) > 0.005].max() < 1e-9
    for outside in (low - 0.05, high + 0.05):
        assert not win_set(draft(ideal, outside, 0.0), steps=3).cores.veto


@SEEDS
def test_where_a_veto_takes_two_the_interval_is_that_of_the_second_from_either_end(seed: int) -> None:
    """The same argument for two who block together: from the second lowest permanent member to the second highest."""
    rng = np.random.default_rng(seed)
    ideal = rng.uniform(-0.6, 0.6, 15)
    _, low, _, high, _ = np.sort(ideal[:5])
    for inside in (low, high, rng.uniform(low, high)):
        assert win_set(draft(ideal, float(inside), 0.0, {"rule": "two-vetoes"})).cores.veto
    for outside in (low - 0.02, high + 0.02):
        assert not win_set(draft(ideal, float(outside), 0.0, {"rule": "two-vetoes"}), steps=3).cores.veto


@SEEDS
def test_a_monopoly_agenda_setter_gets_its_own_point_or_twice_the_pivot_less_the_reversion_point(seed: int) -> None:
    """Romer and Rosenthal 1978: take it or leave it.

    The pivot is the median of a majority; under the Charter, for a move up, the lower of the ninth highest member and
    the lowest permanent one.
    """
    rng = np.random.default_rng(seed)
    ideal = rng.uniform(-0.5, 0.9, 15)
    pivots = {"majority": np.sort(ideal)[7], "charter": min(np.sort(ideal)[6], ideal[:5].min())}
    for rule, pivot in pivots.items():
        reversion = float(pivot) - float(rng.uniform(0.05, 0.4))
        scenario = draft(ideal, reversion, 0.0, MAJORITY if rule == "majority" else None)
        found = win_set(scenario, steps=401)
        allowed = found.points[found.beats, 0]
        for setter in (float(pivot) + 0.02, 0.95):
            best = allowed[np.argmin(np.abs(allowed - setter))]
            assert best == pytest.approx(min(setter, 2 * pivot - reversion, 1), abs=0.0051)


@SEEDS
def test_a_setter_on_the_other_side_gets_the_mirror_image(seed: int) -> None:
    """Romer and Rosenthal 1978, for a move down: the larger of its own point and twice the pivot less the reversion."""
    ideal = np.random.default_rng(seed).uniform(-0.9, 0.5, 15)
    pivot = float(np.sort(ideal)[7])
    found = win_set(draft(ideal, pivot + 0.2, 0.0, MAJORITY), steps=401)
    allowed = found.points[found.beats, 0]
    for setter in (pivot - 0.05, -0.95):
        best = allowed[np.argmin(np.abs(allowed - setter))]
        assert best == pytest.approx(max(setter, pivot - 0.2, -1), abs=0.0051)


def test_a_worse_outside_option_widens_what_is_acceptable() -> None:
    """Voeten 2001: the worse things stand without the Council, the more a reluctant member accepts."""
    ideal = np.array([-0.2, 0.3, 0.35, -0.1, 0.8, *np.linspace(-0.1, 0.6, 10)])
    sizes = [int(win_set(draft(ideal, reversion, 0.0)).beats.sum()) for reversion in (-0.3, -0.9)]
    assert sizes[0] < sizes[1]


def test_noise_opens_what_preferences_alone_keep_shut() -> None:
    """The twin: where members err, texts inside the gridlock interval have a chance, so the theorem's limit matters."""
    ideal = np.linspace(-0.5, 0.5, 15)
    noisy = changed(draft(ideal, 0.0, 0.1), settings={"spatial.noise": 0.5})
    assert odds(noisy, engine="exact").adopted > 0.001
