"""Derivatives and ranges where members have no noise of their own: votes that jump as the shared factors move."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

import simulator
from simulator.analysis import sensitivity
from simulator.analysis.sensitivity.answers import Answers
from simulator.analysis.sensitivity.support import SHIFT
from simulator.engines import Options
from simulator.engines.seats.differences import ONE_SIDED, TWO_SIDED, one_sided, two_sided
from simulator.scenario import Scenario, council_of, parse
from simulator.scenario.uncertain import realisations

ELECTED = ("CHE", "DZA", "ECU", "GUY", "JPN", "KOR", "MLT", "MOZ", "SLE", "SVN")
YES = dict(zip(ELECTED, (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8), strict=True))
"""Four of the ten make nine with the permanent members, all of them sure: MLT is the fourth."""

AS_ONE = [(("elected", 1.0),), (("all", 0.4), ("elected", 0.6))]
"""Blocs whose cohesions add up to 1 for the elected members."""


def council(*blocs: tuple[str, float], odds: dict[str, float] | None = None) -> Scenario:
    text = 'schema = 1\ntitle = "A draft"\n[draft]\ndate = 2024-06-03\n[members.default]\nodds = { yes = 1.0 }\n'
    for member, yes in (odds or YES).items():
        text += f"[members.{member}]\nodds = {{ yes = {yes}, abstain = {round(1 - yes, 3)} }}\n"
    for members, cohesion in blocs:
        text += f'[[blocs]]\nmembers = "{members}"\ncohesion = {cohesion}\n'
    return parse(text)


def fourth(shifted: dict[str, float] | None = None) -> float:
    """The odds that the fourth of ten members who move as one votes yes: all warmer ones do too."""
    supports = sorted(norm.ppf(yes) + (shifted or {}).get(member, 0.0) for member, yes in YES.items())
    return float(norm.cdf(supports[-4]))


@pytest.mark.parametrize("blocs", AS_ONE)
def test_members_that_move_as_one_are_worked_out_by_hand(blocs: tuple[tuple[str, float], ...]) -> None:
    found = sensitivity(council(*blocs))
    assert found.adopted == pytest.approx(0.55, abs=1e-9)
    for one in found.support:
        if one.name not in YES:
            continue
        for by, odds in ((-0.5, one.odds_low), (0.5, one.odds_high)):
            assert odds == pytest.approx(fourth({one.name: by}), abs=1e-8)
        assert one.slope == pytest.approx(norm.pdf(norm.ppf(0.55)) if one.name == "MLT" else 0.0, abs=1e-5)
        assert one.how == "difference"


@pytest.mark.parametrize("blocs", AS_ONE)
def test_their_odds_are_differenced_and_it_is_said(blocs: tuple[tuple[str, float], ...]) -> None:
    found = sensitivity(council(*blocs))
    numbers = {one.name: one for one in found.numbers}
    for member in ELECTED:
        one = numbers[f"members.{member}.odds.yes"]
        assert one.slope == pytest.approx(1.0 if member == "MLT" else 0.0, abs=1e-6)
        assert one.how == "difference"
    assert numbers[f"blocs.{len(blocs) - 1}.cohesion"].slope is None
    assert any("differences of exact odds" in note for note in found.notes)
    assert any("no derivative" in note and "cohesion" in note for note in found.notes)


@pytest.mark.parametrize("blocs", [*AS_ONE, (("elected", 0.999999),), (("elected", 0.9999),), (("elected", 0.99),)])
def test_slopes_and_ends_are_those_of_the_exact_odds(blocs: tuple[tuple[str, float], ...]) -> None:
    scenario = council(*blocs)
    numbers = {one.name: one for one in sensitivity(scenario).numbers}

    def odds(member: str, yes: float) -> float:
        changed = {f"members.{member}.odds": {"yes": yes, "abstain": 1 - yes}}
        return simulator.odds(simulator.changed(scenario, settings=changed), engine="exact").adopted

    for member in ("MLT", "JPN", "SVN"):
        one = numbers[f"members.{member}.odds.yes"]
        slope = (odds(member, YES[member] + 1e-5) - odds(member, YES[member] - 1e-5)) / 2e-5
        assert one.slope == pytest.approx(slope, abs=1e-4)
        assert isinstance(one.low, float)
        assert one.odds_low == pytest.approx(odds(member, one.low), abs=1e-8)


def test_slopes_and_ends_of_support_go_over_into_those_of_members_that_move_as_one() -> None:
    near, as_one = (sensitivity(council(("elected", cohesion))) for cohesion in (0.999999, 1.0))
    assert [one.name for one in near.support] == [one.name for one in as_one.support]
    for one, other in zip(near.support, as_one.support, strict=True):
        assert one.slope == pytest.approx(other.slope, abs=1e-6)
        assert (one.odds_low, one.odds_high) == pytest.approx((other.odds_low, other.odds_high), abs=1e-6)


@pytest.mark.parametrize("cohesion", [0.99, 0.995, 0.9999])
def test_ends_of_support_are_right_where_nodes_lie_at_the_steps(cohesion: float) -> None:
    """By a dense grid over the factor, on which each member is independent."""
    scenario = council(("elected", cohesion))
    grid = np.linspace(-8, 8, 400_001)
    weights = norm.pdf(grid) / norm.pdf(grid).sum()
    cuts = {member: -norm.ppf(yes) for member, yes in YES.items()}

    def odds(member: str, by: float) -> float:
        counts = np.zeros((5, len(grid)))
        counts[0] = 1.0
        for other, cut in cuts.items():
            support = np.sqrt(cohesion) * grid + (by if other == member else 0.0)
            yes = norm.cdf((support - cut) / np.sqrt(1 - cohesion))
            counts[1:4], counts[0], counts[4] = (
                counts[1:4] * (1 - yes) + counts[:3] * yes,
                counts[0] * (1 - yes),
                counts[4] + counts[3] * yes,
            )
        return float(counts[4] @ weights)

    support = {one.name: one for one in sensitivity(scenario).support}
    for member in ("MLT", "CHE", "KOR"):
        one = support[member]
        assert (one.odds_low, one.odds_high) == pytest.approx((odds(member, -0.5), odds(member, 0.5)), abs=1e-7)
        assert one.slope == pytest.approx((odds(member, 1e-3) - odds(member, -1e-3)) / 2e-3, abs=1e-4)


def test_at_a_kink_there_is_no_derivative() -> None:
    """Three elected members are sure of their yes; of two others that are alike, the warmer one decides."""
    sure = dict.fromkeys(ELECTED[:3], 1.0) | dict.fromkeys(ELECTED[3:5], 0.3) | dict.fromkeys(ELECTED[5:], 0.0)
    found = sensitivity(council(("elected", 1.0), odds=sure))
    one = next(one for one in found.support if one.name == "GUY")
    assert one.slope is None
    assert one.how == ""
    assert one.odds_low == pytest.approx(0.3)
    assert one.odds_high == pytest.approx(norm.cdf(norm.ppf(0.3) + 0.5))


def test_a_range_is_shorter_where_support_would_rule_out_what_was_learnt() -> None:
    """Of members that move as one, GUY is warmer than ECU by 0.13: with so much less it cannot vote yes and ECU not."""
    found = sensitivity(council(("elected", 1.0)), given={"GUY": "yes", "ECU": "abstain"})
    one = next(one for one in found.support if one.name == "GUY")
    assert one.low == -0.125
    assert one.high == 0.5
    assert any("moved less far" in note and "GUY" in note for note in found.notes)


def test_the_shipped_example_at_cohesion_1() -> None:
    """Ten alike that move as one: none alone matters, and all together are one vote."""
    scenario = simulator.changed(simulator.load("correlation-helps-and-hurts-1"), settings={"blocs.0.cohesion": 1.0})
    found = sensitivity(scenario)
    assert all(one.slope == 0 and one.swing < 1e-12 for one in found.support)
    assert found.sentence.startswith("Adopted in 35 of 100. No member's support alone ")
    numbers = {one.name: one for one in found.numbers}
    assert numbers["members.default.odds.yes"].slope == pytest.approx(1.0, abs=1e-6)
    assert numbers["blocs.0.cohesion"].slope is None


def test_drawn_points_tell_no_slope_of_a_jump() -> None:
    found = sensitivity(council(("elected", 1.0)), engine="monte-carlo")
    assert {one.slope for one in found.support if one.name in YES} == {None}
    for one in found.support:
        if one.name in YES:
            assert one.odds_low == pytest.approx(fourth({one.name: -0.5}), abs=6 * one.odds_error + 1e-9)
    assert all(one.slope is None for one in found.numbers)


def test_with_uncertain_cohesions_up_to_1_support_is_a_mean_over_the_draws() -> None:
    doubted = simulator.changed(council(("elected", 0.5)), settings={"blocs.0.cohesion": {"uniform": [0.98, 1.0]}})
    options = Options(parameter_draws=4)
    gradient = Answers.of(doubted, options, (-SHIFT, SHIFT)).gradient
    each = [sensitivity(one).support for one in realisations(doubted, 4, options.seed)]
    for seat, member in enumerate(council_of(doubted).ids):
        rows = [next(one for one in support if one.name == member) for support in each]
        assert gradient.whole.ratio("support")[seat] == pytest.approx(np.mean([one.slope for one in rows]), abs=1e-6)
        assert gradient.whole.moved_odds[1, seat] == pytest.approx(np.mean([one.odds_high for one in rows]), abs=1e-8)


def test_differences_tell_a_kink_from_a_slope() -> None:
    step = 1e-3
    at, beyond = np.array(TWO_SIDED) * step, np.array(ONE_SIDED) * step
    assert two_sided(np.sin(1 + at), step) == pytest.approx(np.cos(1), abs=1e-9)
    assert np.isnan(two_sided(np.maximum(0, at), step))
    assert one_sided(np.sin(1 + beyond), step) == pytest.approx(np.cos(1), abs=1e-6)
    assert one_sided(np.sin(1 - beyond), -step) == pytest.approx(np.cos(1), abs=1e-6)
    assert np.isnan(one_sided(0.1 * np.sqrt(beyond), step))
