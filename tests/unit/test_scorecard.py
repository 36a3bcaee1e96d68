"""The scorecard: the shape it promises, and its numbers computed plainly from the forecasts."""

from __future__ import annotations

import datetime
import json
import math
import sys
from dataclasses import replace

import numpy as np
import pytest

from simulator.engines.parts import Outcomes
from simulator.errors import OptionError
from simulator.estimation.baselines import MEANINGS, baselines
from simulator.estimation.forecasts import OUTCOMES, Forecast, chosen, marks
from simulator.estimation.misses import as_row, surprise, worst_first
from simulator.estimation.parts import By, parts
from simulator.estimation.scorecard import Scorecard, scorecard
from simulator.estimation.sheet import Happened
from simulator.facts import Choice, Outcome, RollCall, roll_calls

RECORD = roll_calls()
VOTES = chosen(RECORD, datetime.date(2019, 1, 1), datetime.date(2022, 12, 31))


def _forecast(vote: RollCall, rng: np.random.Generator) -> Forecast:
    """Some odds; the roll call's log probability is that of independent members, plus a little."""
    choices = rng.dirichlet([8, 1, 0.5, 0.01], 15)
    three = choices[:, :3] + np.outer(choices[:, 3], [0, 1, 0])
    joint = float(np.log(three[np.arange(15), marks(vote)]).sum()) * 0.9
    return Forecast(vote, Outcomes(*map(float, rng.dirichlet([9, 1, 0.5]))), (0.5, 0.9), choices, joint)


@pytest.fixture(scope="module")
def forecasts() -> list[Forecast]:
    rng = np.random.default_rng(7)
    return [_forecast(vote, rng) for vote in VOTES]


@pytest.fixture(scope="module")
def card(forecasts: list[Forecast]) -> Scorecard:
    return scorecard(
        list(reversed(forecasts)), RECORD, first=datetime.date(2019, 1, 1), last=datetime.date(2022, 12, 31)
    )


def test_as_json_it_has_the_promised_keys(card: Scorecard) -> None:
    """And no number that JSON lacks."""
    found = json.loads(json.dumps(card.as_dict(), allow_nan=False))
    assert (found["n"], found["from"], found["to"]) == (len(VOTES), "2019-01-01", "2022-12-31")
    assert {
        "brier",
        "climatology_brier",
        "skill",
        "log_loss",
        "climatology_log_loss",
        "auc",
        "slope",
        "intercept",
    } <= set(found["outcome"])
    assert {"nats", "contested_nats", "joint_nats", "balanced_accuracy"} <= set(found["votes"])
    assert list(found["baselines"]) == list(MEANINGS)
    for kind in ("outcome", "votes"):
        assert set(found["intervals"][kind]) == set(found[kind])
    assert set(found["by"]) == {kind.value for kind in By}
    assert {name for name, one in found["baselines"].items() if one is None} == set(found["missing"])


def test_its_numbers_are_those_computed_plainly(card: Scorecard, forecasts: list[Forecast]) -> None:
    """One roll call after another, without arrays of odds."""
    adopted = [one.vote.outcome is Outcome.ADOPTED for one in forecasts]
    brier = sum((one.outcomes.adopted - did) ** 2 for one, did in zip(forecasts, adopted, strict=True)) / card.n
    simple = baselines(RECORD, VOTES)["climatology"].outcomes
    assert simple is not None
    base = sum((float(odds) - did) ** 2 for odds, did in zip(simple[:, 0], adopted, strict=True)) / card.n
    whole = card.whole.outcome
    assert whole["brier"] == pytest.approx(brier)
    assert whole["skill"] == pytest.approx(1 - brier / base)
    assert whole["log_loss"] == pytest.approx(
        -sum(math.log(one.outcomes.of(one.vote.outcome)) for one in forecasts) / card.n
    )
    places = [OUTCOMES.index(one.vote.outcome) for one in forecasts]
    assert whole["climatology_log_loss"] == pytest.approx(
        -sum(math.log(simple[row, place]) for row, place in enumerate(places)) / card.n
    )


def test_its_scores_of_votes_are_those_computed_plainly(card: Scorecard, forecasts: list[Forecast]) -> None:
    """An absence takes the odds of abstention and absence together."""
    lost, contested = [], []
    for one in forecasts:
        for choice, odds in zip(one.vote.choices, one.choices, strict=True):
            withheld = choice in (Choice.ABSTAIN, Choice.ABSENT)
            odd = odds[1] + odds[3] if withheld else odds[0] if choice is Choice.YES else odds[2]
            lost.append(-math.log(odd))
            if any(choice is not Choice.YES for choice in one.vote.choices):
                contested.append(-math.log(odd))
    assert len(contested) % 15 == 0
    assert 0 < len(contested) < len(lost)
    assert card.whole.votes["nats"] == pytest.approx(np.mean(lost))
    assert card.whole.votes["contested_nats"] == pytest.approx(np.mean(contested))
    assert card.whole.votes["joint_nats"] == pytest.approx(-np.mean([one.joint for one in forecasts]))


def test_parts_of_a_kind_make_up_the_whole(card: Scorecard) -> None:
    """Means of parts, by their sizes, are the means of all; and each part's are of its own votes."""
    for kind in By:
        found = card.by[kind]
        total = sum(part.n for part in found)
        assert total == (15 * card.n if kind is By.MEMBER else card.n)
        mean = sum(part.votes["nats"] * part.n for part in found) / total
        assert mean == pytest.approx(card.whole.votes["nats"])
        if kind is not By.MEMBER:
            mean = sum(part.outcome["brier"] * part.n for part in found) / total
            assert mean == pytest.approx(card.whole.outcome["brier"])


def test_a_part_has_the_scores_of_a_scorecard_of_its_own(card: Scorecard, forecasts: list[Forecast]) -> None:
    """No copies: the mask gives what scoring these votes alone would."""
    alone = scorecard([one for one in forecasts if one.vote.agenda == "syria"], RECORD)
    part = next(part for part in card.by[By.AGENDA] if part.name == "syria")
    assert part.n == alone.n
    assert dict(part.outcome) == pytest.approx(dict(alone.whole.outcome), nan_ok=True)
    assert dict(part.votes) == pytest.approx(dict(alone.whole.votes))


def test_periods_are_of_five_years_from_the_first_vote() -> None:
    """The last ends where the votes do; a year alone is named alone."""
    votes = chosen(RECORD, datetime.date(2013, 1, 1), datetime.date(2023, 12, 31))
    names = [part.name for part in parts(Happened.of(votes))[By.PERIOD]]
    assert names == ["2013-2017", "2018-2022", "2023"]


def test_members_are_the_permanent_ones_and_the_elected_together(card: Scorecard) -> None:
    assert [part.name for part in card.by[By.MEMBER]] == ["CHN", "FRA", "GBR", "RUS", "USA", "elected"]


def test_the_baselines_beside_it_are_scored_on_the_same_votes(card: Scorecard) -> None:
    """Climatology's skill over itself is 0, and a forecaster of outcomes only has no scores of votes."""
    base = card.baselines["climatology"].as_dict()
    assert base is not None
    assert base["outcome"]["skill"] == 0
    assert base["outcome"]["brier"] == card.whole.outcome["climatology_brier"]
    assert base["votes"] is None
    rates = card.baselines["member_rates"].scored
    assert rates is not None
    assert rates.votes["joint_nats"] == pytest.approx(15 * rates.votes["nats"])
    low, high = rates.votes_intervals["nats"] or (0, 0)
    assert low < card.whole.votes["nats"] - rates.votes["nats"] < high


def test_intervals_hold_their_scores(card: Scorecard) -> None:
    """Not a law, but of means over many items what a bootstrap gives."""
    for name in ("brier", "skill", "log_loss", "rps", "auc"):
        low, high = card.whole.outcome_intervals[name] or (math.nan, math.nan)
        assert low < card.whole.outcome[name] < high


def test_votes_on_few_agenda_items_have_no_intervals(forecasts: list[Forecast]) -> None:
    """Agenda items are what is drawn again: one would always draw itself, and seem certain."""
    four = {"syria", "libya", "mali", "dprk"}
    few = scorecard([one for one in forecasts if one.vote.agenda in four], RECORD)
    assert {vote.agenda for vote in VOTES} > four
    assert few.whole.outcome_intervals.keys() == few.whole.outcome.keys()
    assert few.whole.votes_intervals.keys() == few.whole.votes.keys()
    beside = few.baselines["member_rates"].scored
    assert beside is not None
    for intervals in (few.whole.outcome_intervals, few.whole.votes_intervals, beside.votes_intervals):
        assert set(intervals.values()) == {None}


def test_bins_of_the_curve_have_intervals_where_items_are_enough_and_disagree(card: Scorecard) -> None:
    """Drawn again by agenda items, as all intervals are; a share of exactly all or none has none."""
    assert any(one.interval for one in card.curve)
    for one in card.curve:
        if one.interval is not None:
            assert one.adopted is not None
            assert one.interval[0] <= one.adopted <= one.interval[1]
            assert one.interval[0] < one.interval[1]
            assert one.adopted not in (0, 1)


def test_parts_have_intervals_of_the_slope_and_the_area_too(card: Scorecard, forecasts: list[Forecast]) -> None:
    """Those that a scorecard of these votes alone would have, up to the agenda items drawn."""
    part = next(part for part in card.by[By.YEAR] if part.name == "2020")
    alone = scorecard([one for one in forecasts if one.vote.date.year == 2020], RECORD).whole
    for name in ("auc", "slope", "intercept", "balanced_accuracy"):
        low, high = part.outcome_intervals[name] or (math.nan, math.nan)
        assert low <= part.outcome[name] <= high
        again = alone.outcome_intervals[name] or (math.nan, math.nan)
        assert (low, high) == pytest.approx(again, abs=0.35 * (again[1] - again[0]))


def test_it_is_the_same_twice_and_in_any_order(card: Scorecard, forecasts: list[Forecast]) -> None:
    again = scorecard(forecasts, RECORD, first=card.first, last=card.last)
    assert again.as_dict() == card.as_dict()


def test_the_worst_misses_come_first(card: Scorecard, forecasts: list[Forecast]) -> None:
    """By −log of the odds of what happened; an outcome that was held impossible is no infinity."""
    ordered = worst_first(forecasts)
    assert [surprise(one) for one in ordered] == sorted((surprise(one) for one in forecasts), reverse=True)
    assert list(card.worst) == ordered[:20]
    impossible = replace(forecasts[0], outcomes=Outcomes(0.0, 0.0, 0.0), joint=-math.inf)
    json.dumps(as_row(impossible), allow_nan=False)
    json.dumps(scorecard([impossible], RECORD).as_dict(), allow_nan=False)
    row = as_row(ordered[0])
    assert row["outcome"] == ordered[0].vote.outcome.value
    assert row["interval_low"] == 0.5


def test_a_newer_vote_on_a_new_item_is_scored_beside_the_others(
    forecasts: list[Forecast], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As --record adds them: a slug that no earlier vote has, no region, no sponsors, a day after the record's last."""
    monkeypatch.setitem(sys.modules, "sklearn.ensemble", None)  # as on the base install
    newer = replace(
        VOTES[-1],
        id="S/2026/900",
        date=datetime.date(2026, 6, 1),
        agenda="moon",
        region=None,
        sponsors=(),
        source="mine",
    )
    extra = _forecast(newer, np.random.default_rng(1))
    found = scorecard([*forecasts, extra], [*RECORD, newer])
    assert found.n == len(forecasts) + 1
    assert found.last == newer.date
    assert "moon" in [part.name for part in found.by[By.AGENDA]]
    assert found.as_dict()["baselines"]["trees"] is None
    assert found.as_dict()["missing"]["trees"]


def test_one_forecast_is_scored_too(forecasts: list[Forecast]) -> None:
    """What cannot be known of one vote is null."""
    found = scorecard(forecasts[:1], RECORD).as_dict()
    assert found["n"] == 1
    assert found["outcome"]["auc"] is None
    assert found["outcome"]["slope"] is None
    json.dumps(found, allow_nan=False)


def test_no_forecasts_are_no_scorecard() -> None:
    with pytest.raises(OptionError, match="no vote to score"):
        scorecard([], RECORD)
