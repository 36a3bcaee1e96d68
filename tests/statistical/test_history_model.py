"""The odds of the history model equal the shares of roll calls drawn from it, by its equations and nothing of its code.

Drawn are draws of the parameters, kinds of draft, mild or harsh, shocks, own noise and the second stage. Seeded; bounds
of 4.5 standard errors raise a false alarm in 1 of 150,000 sound comparisons, of which there are some 250.
"""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest

import simulator
from simulator.engines import record_forecast
from simulator.model.history.calibration import Line, line_on
from simulator.model.history.covariates import draft_names
from simulator.model.history.estimates import shipped_estimates
from simulator.model.history.parameters import SHAPING
from simulator.model.history.preferences import history_of
from simulator.model.stance_likelihood import learnt
from simulator.scenario import Scenario, council_of
from simulator.scenario.asked import asked

EACH, SIGMAS = 4_000, 4.5
CHN, FRA, GBR, RUS, USA = range(5)
CODE = {"yes": 0, "abstain": 1, "no": 2}
LEADER = {CHN: RUS, FRA: USA, GBR: USA}


Votes = np.ndarray[Any, np.dtype[np.int64]]
Weights = np.ndarray[Any, np.dtype[np.float64]]


def roll_calls_of(scenario: Scenario, year: int, seed: int) -> tuple[Votes, Weights]:
    """Roll calls that the model makes of a draft: 0 yes, 1 abstain, 2 no, shape (drawn, 15); and how much each counts.

    As many are drawn of each kind of draft, mild and harsh, under each draw of the parameters.
    """
    estimates, council = shipped_estimates(year), council_of(scenario)
    history = history_of(scenario, council)
    given = estimates.inputs(history.text, history.known)
    rng = np.random.default_rng(seed)
    shaping = given.draft[[draft_names().index(name) for name in SHAPING]]
    made = {council.index(member): CODE[choice] for member, choice in scenario.do.items()}
    own_texts = np.isin(council.ids, scenario.draft.sponsors or ()) * 12.0
    found, shares, carried = [], [], []
    for vector in estimates.draws:
        p = estimates.layout.named(vector)
        amended = p["amendment"] * given.amends
        contested = p["contested"] + given.draft @ p["contested_draft"] + p["contested_agenda"][given.agenda]
        rejected = p["rejected"] + shaping @ p["rejected_draft"] + p["rejected_agenda"][given.agenda]
        odds = np.exp([0.0, contested + amended[0], rejected + amended[1]])
        valence = p["valence"] + shaping @ p["valence_draft"] + p["valence_agenda"][given.agenda] + amended[2]
        direction = p["direction"] + shaping @ p["direction_draft"] + p["direction_agenda"][given.agenda]
        doomed = p["doomed_valence"] + shaping @ p["doomed_draft"] + amended[2]
        own = p["member"][given.members] + given.support @ p["support"]
        own[:5] += p["permanent_agenda"][given.agenda] + p["permanent_class"][given.sponsored]
        places = given.places + np.concatenate([p["moved"], np.zeros(10)])
        kind, harsh = np.repeat([0, 1, 1, 2, 2], EACH), np.repeat([0.0, -1.0, 1.0, -1.0, 1.0], EACH)
        centres = np.array([[p["consensus"], 0.0], [valence, direction], [doomed, direction + p["doomed_turn"]]])
        spreads = np.exp(p["log_spreads"]).reshape(3, 2)
        shocks = centres[kind] + spreads[kind] * rng.standard_normal((len(kind), 2))
        counts = np.array([p["routine"], 1.0, p["doomed"]])[kind]
        support = shocks[:, :1] + shocks[:, 1:] * places + counts[:, None] * own
        support += rng.standard_normal(support.shape)
        refusal = p["mildness"] + given.refusal @ p["refusal"] + (harsh * np.exp(p["severity"]))[:, None]
        coin = rng.random((len(kind), len(LEADER)))
        unmoved = choices(p, support, refusal, coin, {})
        votes = choices(p, support + own_texts, refusal, coin, made)
        carried.append(adopted(unmoved).reshape(5, EACH).mean(axis=1))
        shares.append((odds / odds.sum())[[0, 1, 1, 2, 2]] / [1, 2, 2, 2, 2])
        found.append(votes)
    weights = np.array([put_right(np.array(shares), np.array(carried), line_on(datetime.date(year, 1, 1)))])
    return np.concatenate(found), np.repeat(weights.ravel(), EACH) / weights.sum() / EACH


def choices(p: dict[str, Any], support: Weights, refusal: Weights, coin: Weights, made: dict[int, int]) -> Votes:
    """What members choose or are made to, followers after their leaders."""
    votes = np.where(support >= 0, 0, np.where(support < -np.log1p(np.exp(refusal)) - 1e-3, 2, 1))
    for seat, choice in made.items():
        votes[:, seat] = choice
    for place, (follower, leader) in enumerate(LEADER.items()):
        if follower in made:
            continue
        logit = p["company"][place] - refusal[:, follower] + p["company_no"][place] * (votes[:, leader] == 2)
        refuses = coin[:, place] < 1 / (1 + np.exp(-logit))
        votes[:, follower] = np.where(support[:, follower] >= 0, 0, np.where(refuses, 2, 1))
    return votes


def adopted(votes: Votes) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Nine yes votes, no permanent member's no."""
    found: np.ndarray[Any, np.dtype[np.bool_]] = ((votes == 0).sum(axis=1) >= 9) & ~(votes[:, :5] == 2).any(axis=1)
    return found


def put_right(shares: Weights, carried: Weights, line: Line) -> Weights:
    """Shares of the kinds, by draw, with which the odds of adoption lie on the line: by halving an interval."""
    plain = (shares * carried).sum(axis=1).mean()
    wanted = 1 / (1 + np.exp(-line.intercept) * (1 / plain - 1) ** line.slope)
    low, high = -20.0, 20.0
    for _ in range(60):
        steepness = (low + high) / 2
        moved = shares * np.exp(steepness * carried)
        moved /= moved.sum(axis=1, keepdims=True)
        low, high = (steepness, high) if (moved * carried).sum(axis=1).mean() < wanted else (low, steepness)
    return moved


QUESTIONS: tuple[dict[str, Any], ...] = (
    {"agenda": "dprk", "sponsors": "USA", "date": datetime.date(2022, 5, 26)},
    {"agenda": "syria", "sponsors": ("NOR", "IRL"), "date": datetime.date(2022, 7, 8), "stance": {"RUS": "opposes"}},
    {"agenda": "ukraine", "sponsors": "RUS", "date": datetime.date(2022, 10, 30), "text": "amendment"},
    {
        "agenda": "mali",
        "sponsors": "FRA",
        "date": datetime.date(2022, 6, 29),
        "stance": {"CHN": "leans-no", "GAB": "reservations"},
        "given": {"RUS": "not yes"},
    },
    {
        "agenda": "sudan-south-sudan",
        "sponsors": "USA",
        "date": datetime.date(2022, 3, 15),
        "do": {"RUS": "no", "FRA": "abstain", "IND": "no"},
        "given": {"CHN": "not yes"},
    },
)


@pytest.mark.parametrize("question", QUESTIONS, ids=[str(one["agenda"]) for one in QUESTIONS])
def test_odds_are_the_shares_of_simulated_roll_calls(question: dict[str, Any]) -> None:
    scenario = asked(**question)
    council = council_of(scenario)
    votes, weights = roll_calls_of(scenario, 2022, seed=question["date"].toordinal())
    weights = weights * learnt(scenario, council)[np.arange(15), votes].prod(axis=1)
    weights /= weights.sum()
    error = float(np.sqrt((weights**2).sum()))  # of a share of one half; others have less
    found = record_forecast(scenario).view
    enough, vetoed = (votes == 0).sum(axis=1) >= 9, (votes[:, :5] == 2).any(axis=1)
    for share, happened in (
        (found.outcomes.adopted, enough & ~vetoed),
        (found.outcomes.vetoed, enough & vetoed),
        (found.outcomes.failed, ~enough),
    ):
        assert abs(weights @ happened - share) < SIGMAS * (error * np.sqrt(share * (1 - share)) + 1e-5)
    for choice in range(3):
        shares = found.choices[:, choice]
        off = np.abs(weights @ (votes == choice) - shares)
        assert (off < SIGMAS * (error * np.sqrt(shares * (1 - shares)) + 1e-5)).all()


def test_another_question_fails_it() -> None:
    """The twin: roll calls of a draft of Russia's are not those of one of the United States."""
    one, other = (asked("dprk", code, datetime.date(2022, 5, 26)) for code in ("RUS", "USA"))
    votes, weights = roll_calls_of(one, 2022, seed=1)
    yes = weights @ (votes == 0)
    assert (np.abs(yes - record_forecast(other).view.choices[:, 0]) > 0.01).any()
    assert simulator.forecast("dprk", "RUS", datetime.date(2022, 5, 26)).adopted < 1
