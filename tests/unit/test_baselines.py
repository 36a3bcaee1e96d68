"""Baselines: worked by hand on a few votes, and blind to the day of a vote and all after it."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulator.estimation import trees
from simulator.estimation.baselines import MEANINGS, baselines, forward
from simulator.estimation.forecasts import Forecast, chosen, is_scored, marks, without_absence
from simulator.estimation.simple import (
    DRAWN,
    AlwaysYes,
    Climatology,
    LastOutcome,
    LastVotes,
    Learner,
    Rates,
    years_before,
)
from simulator.facts import Choice, Matter, Outcome, RollCall, Text, roll_calls
from simulator.model.latent import Floats

SCORED = [vote for vote in roll_calls() if is_scored(vote)]
DAY = datetime.date(2016, 6, 1)


def _vote(like: RollCall, **changes: object) -> RollCall:
    return replace(like, **changes)  # type: ignore[arg-type]  # any of its fields


def _last(learner: Learner, learnt: list[RollCall], vote: RollCall) -> np.ndarray:
    found: np.ndarray = forward(learnt, [vote], {"it": learner})["it"][0]
    return found


def _same(one: Floats | None, other: Floats | None) -> bool:
    if one is None or other is None:
        return one is other
    return bool((one == other).all())


def test_941_votes_of_2010_to_2024_are_forecast() -> None:
    """Substantive, on drafts and amendments; the one procedural vote of these years is left out."""
    found = chosen(roll_calls(), datetime.date(2010, 1, 1), datetime.date(2024, 12, 31))
    assert len(found) == 941
    assert {vote.matter for vote in found} == {Matter.SUBSTANTIVE}
    assert {vote.text for vote in found} == {Text.DRAFT, Text.AMENDMENT}
    assert chosen(roll_calls(), found[0].date, found[0].date)[0] == found[0]


def test_paragraphs_procedure_and_the_years_before_1994_are_left_out() -> None:
    vote = SCORED[0]
    assert not is_scored(_vote(vote, text=Text.PARAGRAPH))
    assert not is_scored(_vote(vote, matter=Matter.PROCEDURAL))
    assert not is_scored(_vote(vote, date=datetime.date(1993, 12, 31)))


def test_an_absence_is_scored_as_an_abstention() -> None:
    """In what happened, and in odds of it."""
    vote = next(vote for vote in SCORED if Choice.ABSENT in vote.choices)
    seat = vote.choices.index(Choice.ABSENT)
    assert marks(vote)[seat] == 1
    assert set(marks(vote)) <= {0, 1, 2}
    assert without_absence(np.array([[0.5, 0.2, 0.1, 0.2]])) == pytest.approx(np.array([[0.5, 0.4, 0.1]]))


@pytest.mark.parametrize("seed", range(3))
def test_scrambling_every_vote_from_a_day_on_changes_no_baseline_up_to_that_day(seed: int) -> None:
    """Marks, outcomes, agenda items, ids and order of the votes of the day itself and after."""
    rng = np.random.default_rng(seed)
    outcomes = list(Outcome)
    later = []
    for vote in (vote for vote in SCORED if vote.date >= DAY):
        choices = tuple(list(Choice)[place] for place in rng.integers(0, 4, len(vote.choices)))
        other = SCORED[int(rng.integers(len(SCORED)))]
        later.append(
            _vote(vote, choices=choices, outcome=outcomes[int(rng.integers(3))], agenda=other.agenda, id=other.id)
        )
    order = rng.permutation(len(later))
    scrambled = [*(vote for vote in SCORED if vote.date < DAY), *(later[place] for place in order)]
    asked = [vote for vote in SCORED if datetime.date(2015, 1, 1) <= vote.date <= DAY]
    asked += [_vote(asked[-1], date=DAY)]
    plain, after = baselines(SCORED, asked), baselines(scrambled, asked)
    for name in MEANINGS:
        assert _same(plain[name].outcomes, after[name].outcomes), name
        assert _same(plain[name].choices, after[name].choices), name


def test_the_scrambling_is_noticed_the_day_after() -> None:
    """The twin: what the test above changes does reach later forecasts."""
    later = next(vote for vote in SCORED if vote.date > DAY)
    flipped = [_vote(vote, outcome=Outcome.FAILED) if vote.date == later.date else vote for vote in SCORED]
    after = next(vote for vote in SCORED if vote.date > later.date)
    found = (baselines(record, [after])["climatology"].outcomes for record in (SCORED, flipped))
    one, other = (odds for odds in found if odds is not None)
    assert (one != other).any()


def test_a_votes_own_marks_outcome_id_and_sponsors_reach_no_baseline() -> None:
    """The vote asked about may be scrambled too, but for its day and agenda item."""
    asked = SCORED[1500]
    blind = _vote(
        asked,
        id="x",
        draft="",
        choices=(Choice.NO,) * 15,
        outcome=Outcome.FAILED,
        sponsors=(),
        text=Text.AMENDMENT,
        source="y",
    )
    one, other = baselines(SCORED, [asked]), baselines(SCORED, [blind])
    for name in MEANINGS:
        assert _same(one[name].outcomes, other[name].outcomes) or name == "trees", name
        assert _same(one[name].choices, other[name].choices), name


def test_climatology_counts_what_came_before() -> None:
    """Half a case of each outcome, and every earlier vote; of three years only those."""
    asked = next(vote for vote in SCORED if vote.date.year == 2000)
    before = [vote for vote in SCORED if vote.date < asked.date]
    counts = np.array([sum(vote.outcome is outcome for vote in before) + 0.5 for outcome in Outcome])
    assert _last(Climatology(), SCORED, asked) == pytest.approx(counts / (len(before) + 1.5))
    start = asked.date.replace(year=1997)
    recent = [vote for vote in before if vote.date >= start]
    counts = np.array([sum(vote.outcome is outcome for vote in recent) + 0.5 for outcome in Outcome])
    assert len(recent) < len(before)
    assert _last(Climatology(3), SCORED, asked) == pytest.approx(counts / (len(recent) + 1.5))


def test_three_years_before_29_february_is_a_day() -> None:
    assert years_before(datetime.date(2024, 2, 29), 3) == datetime.date(2021, 2, 28)
    assert years_before(datetime.date(2024, 3, 1), 3) == datetime.date(2021, 3, 1)


def test_always_yes_gives_every_member_the_average_mark() -> None:
    """All earlier marks, whoever's."""
    asked = SCORED[40]
    before = [mark for vote in SCORED if vote.date < asked.date for mark in marks(vote)]
    expected = (np.bincount(before, minlength=3) + 0.5) / (len(before) + 1.5)
    assert _last(AlwaysYes(), SCORED, asked) == pytest.approx(np.tile(expected, (15, 1)))


def test_member_rates_are_drawn_towards_those_of_their_like() -> None:
    """By hand, for one permanent member, on everything and on one item."""
    asked = next(vote for vote in SCORED if vote.date.year == 2012 and vote.agenda == "syria")
    seat = asked.council.index("RUS")
    before = [vote for vote in SCORED if vote.date < asked.date]
    permanent = np.zeros(3)
    for vote in before:
        permanent += np.bincount(
            [marks(vote)[vote.council.index(member)] for member in vote.council.permanent], minlength=3
        )
    like = (permanent + 0.5) / (permanent.sum() + 1.5)
    own = np.bincount([marks(vote)[vote.council.index("RUS")] for vote in before], minlength=3)
    rates = (own + DRAWN * like) / (own.sum() + DRAWN)
    assert _last(Rates(by_agenda=False), SCORED, asked)[seat] == pytest.approx(rates)
    on_item = [vote for vote in before if vote.agenda == "syria"]
    item = np.bincount([marks(vote)[vote.council.index("RUS")] for vote in on_item], minlength=3)
    expected = (item + DRAWN * rates) / (item.sum() + DRAWN)
    assert _last(Rates(by_agenda=True), SCORED, asked)[seat] == pytest.approx(expected)


def test_last_votes_counts_how_often_the_same_followed() -> None:
    """Two votes on an item, both with a lone no; a third day is asked about."""
    like = SCORED[-1]
    day = like.date
    lone = (Choice.NO, *(Choice.YES,) * 14)
    learnt = [
        _vote(like, date=day.replace(day=number), choices=lone, outcome=Outcome.VETOED, agenda="dprk")
        for number in (1, 2)
    ]
    asked = _vote(like, date=day.replace(day=3), agenda="dprk")
    found = _last(LastVotes(), learnt, asked)
    assert found[0] == pytest.approx(np.array([0.5, 0.5, 1.5]) / 2.5)
    assert found[1] == pytest.approx(np.array([14.5, 0.5, 0.5]) / 15.5)
    assert _last(LastOutcome(), learnt, asked) == pytest.approx(np.array([0.5, 1.5, 0.5]) / 2.5)
    elsewhere = _last(LastOutcome(), learnt, _vote(asked, agenda="syria"))
    assert elsewhere == pytest.approx(np.array([0.5, 1.5, 0.5]) / 2.5)  # the first vote on any item so far was vetoed


def test_every_baselines_odds_are_odds() -> None:
    """Of the last hundred votes: non-negative, adding up to 1."""
    asked = SCORED[-100:]
    for name, one in baselines(SCORED, asked).items():
        for odds in (one.outcomes, one.choices):
            if odds is not None:
                assert odds.min() >= 0, name
                assert odds.sum(axis=-1) == pytest.approx(np.ones(odds.shape[:-1])), name


@pytest.fixture
def three_trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Forecasts of the trees for the last three votes, and no library to grow more."""
    monkeypatch.setitem(sys.modules, "sklearn.ensemble", None)
    file = tmp_path / "trees.csv"
    file.write_text("id,adopted,vetoed,failed\n" + "".join(f"{vote.id},0.7,0.2,0.1\n" for vote in SCORED[-3:]))
    monkeypatch.setattr(trees, "shipped", lambda *_: file)
    trees.shipped_trees.cache_clear()
    yield
    trees.shipped_trees.cache_clear()


def test_trees_are_read_by_id(three_trees: None) -> None:
    odds, missing = trees.tree_outcomes(SCORED, SCORED[-3:])
    assert odds is not None
    assert odds == pytest.approx(np.array([[0.7, 0.2, 0.1]] * 3))
    assert missing == ""


def test_trees_ship_for_every_vote_that_can_be_forecast() -> None:
    assert {vote.id for vote in SCORED if vote.date.year >= 2000} <= set(trees.shipped_trees())


def test_trees_that_lack_a_vote_say_how_many_they_lack_and_why(three_trees: None) -> None:
    """No scores: those of part of the votes would not be comparable."""
    newer = [_vote(SCORED[-1], id=f"S/2026/{number}") for number in (1, 2)]
    none, missing = trees.tree_outcomes(SCORED, [*SCORED[-3:], *newer])
    assert none is None
    assert missing == (
        "they ship as numbers, and 2 of the 5 votes, added to the shipped record, have none: S/2026/1, S/2026/2; "
        "growing the trees needs the extra fit: pip install 'unsc-simulator[fit]'"
    )
    _, missing = trees.tree_outcomes(SCORED, [*SCORED[-3:], newer[0]])
    assert "1 of the 4 votes, added to the shipped record, has none" in missing
    _, missing = trees.tree_outcomes(SCORED, [*SCORED[-4:], newer[0]])
    assert missing.startswith("they ship as numbers, and 2 of the 5 votes have none: ")


def test_forecasts_compare_by_identity_since_they_hold_arrays() -> None:
    """Or == would raise."""
    from simulator.engines.parts import Outcomes

    one = Forecast(SCORED[0], Outcomes(1, 0, 0), None, np.zeros((15, 4)), 0.0)
    assert one != replace(one)
