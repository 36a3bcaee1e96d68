"""Intervals cover at their stated rate, in a world in which the uncertain numbers are what the file says they are.

In each of many worlds the true numbers are drawn here from the stated distributions, by SciPy's own samplers and by
rejection, sharing nothing with the program's draws. The odds of adoption with the true numbers must lie in the stated
90 % interval in 90 % of the worlds, 5 % on either side. Where something is learnt, only worlds count in which it came
true: each by its probability there.

The share of W worlds in an interval taken from n draws of the numbers errs twice: as a share of W, and because its ends
are quantiles of n draws. Both are binomial, with the effective numbers of worlds and draws: with the standard error of
both, a bound of four of them raises a false alarm in 1 of 16,000 sound comparisons. Everything is seeded.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import scipy.stats
from numpy.typing import NDArray
from scipy.special import expit, logit

from simulator.engines.exact.many import ManyAnswers, solve_many
from simulator.engines.possible import LEVEL, Spread, spread_of
from simulator.engines.standing import Standing
from simulator.scenario import parse
from tests.models import CHARTER, model_of

Floats = NDArray[np.float64]

WORLDS, DRAWS, SIGMAS = 3_000, 1_600, 4.0
RUSSIA, UNITED_STATES, ALBANIA, BRAZIL = 3, 4, 5, 7
THREE = {RUSSIA: [1, 2], ALBANIA: [1], BRAZIL: [1]}
FILE = """
schema  = 1
title   = "Uncertain numbers of every kind"
company = []

[draft]
date = 2022-05-26

[members]
default.odds = { yes = { between = [0.5, 0.9] }, abstain = "rest", no = 0.02 }
RUS.odds     = { yes = { uniform = [0.1, 0.8] }, no = { triangular = [0, 0.1, 0.6] }, abstain = "rest" }
USA.odds     = { yes = { beta = [6, 2] }, abstain = "rest", no = 0.03 }

[[blocs]]
members  = "all"
cohesion = { between = [0.05, 0.5] }
"""
LEARNT = {
    "nothing": ("", {}),
    "an-abstention": ('[given]\nRUS = "abstain"\n', {RUSSIA: [1]}),
    "three-withhold": ('[given]\nRUS = ["abstain", "no"]\nALB = "abstain"\nBRA = "abstain"\n', THREE),
}


def _between(low: float, high: float, rng: np.random.Generator) -> Floats:
    """Logit-normal with these 5 % and 95 % quantiles."""
    spread = (logit(high) - logit(low)) / (2 * scipy.stats.norm.ppf(0.95))
    draws: Floats = expit(rng.normal((logit(low) + logit(high)) / 2, spread, 2 * WORLDS))
    return draws


@cache
def _worlds(learnt: str) -> ManyAnswers:
    """The true odds of each world, and the probability there of what is learnt."""
    rng = np.random.default_rng(2022)
    yes = _between(0.5, 0.9, rng)
    yes = yes[yes <= 0.98][:WORLDS]
    russian = np.column_stack([rng.uniform(0.1, 0.8, 2 * WORLDS), rng.triangular(0, 0.1, 0.6, 2 * WORLDS)])
    russian = russian[russian.sum(axis=1) <= 1][:WORLDS]
    american = rng.beta(6, 2, 2 * WORLDS)
    american = american[american <= 0.97][:WORLDS]
    cohesion = _between(0.05, 0.5, rng)[:WORLDS]
    models = []
    for place in range(WORLDS):
        odds = [(yes[place], 0.98 - yes[place], 0.02)] * 15
        odds[RUSSIA] = (russian[place, 0], 1 - russian[place].sum(), russian[place, 1])
        odds[UNITED_STATES] = (american[place], 0.97 - american[place], 0.03)
        evidence = LEARNT[learnt][1]
        models.append(model_of(odds, 5, blocs=[(range(15), float(cohesion[place]))], learnt=evidence))
    return solve_many(models[0], [model.latent for model in models], CHARTER)


@cache
def _spread(learnt: str) -> Spread:
    """What the program finds: its draws of the numbers, each with its weight."""
    possibles = Standing.of(parse(FILE + LEARNT[learnt][0]), DRAWS, 1).possibles
    assert possibles[0].model.members[3:8] == ("RUS", "USA", "ALB", "ARE", "BRA")
    found = solve_many(possibles[0].model, [one.model.latent for one in possibles], possibles[0].majority)
    spread = spread_of(possibles, found.evidence * found.adopted, found.evidence)
    assert spread is not None
    return spread


def _misses(spread: Spread, worlds: ManyAnswers) -> list[float]:
    """How many standard errors the shares of worlds below and above the interval are from 5 %."""
    weights = worlds.evidence / worlds.evidence.sum()
    tail = (1 - LEVEL) / 2
    numbers = [1 / (one**2).sum() for one in (weights, spread.weights)]
    error = np.sqrt(sum(tail * (1 - tail) / number for number in numbers))
    low, high = spread.interval()
    shares = [weights @ (worlds.adopted < low), weights @ (worlds.adopted > high)]
    return [abs(float(share) - tail) / float(error) for share in shares]


@pytest.mark.parametrize("learnt", LEARNT)
def test_intervals_cover_at_their_stated_rate(learnt: str) -> None:
    assert max(_misses(_spread(learnt), _worlds(learnt))) < SIGMAS


@pytest.mark.parametrize("learnt", LEARNT)
def test_mean_and_variances_are_those_of_the_worlds(learnt: str) -> None:
    """So are the odds themselves, and how much of the doubt is chance and how much ignorance."""
    spread, worlds = _spread(learnt), _worlds(learnt)
    true = Spread(worlds.evidence / worlds.evidence.sum(), worlds.adopted)
    for name in ("mean", "chance", "ignorance"):
        parts = [one.weights**2 @ (_terms(one)[name] - getattr(one, name)) ** 2 for one in (spread, true)]
        assert abs(getattr(spread, name) - getattr(true, name)) < SIGMAS * np.sqrt(sum(parts)), name


def _terms(spread: Spread) -> dict[str, Floats]:
    """What each number is the mean of."""
    adopted = spread.adopted
    return {"mean": adopted, "chance": adopted * (1 - adopted), "ignorance": (adopted - spread.mean) ** 2}


def test_an_interval_that_does_not_weigh_what_was_learnt_does_not_cover() -> None:
    spread, worlds = _spread("three-withhold"), _worlds("three-withhold")
    unweighed = Spread(np.full(DRAWS, 1 / DRAWS), spread.adopted)
    assert max(_misses(unweighed, worlds)) > SIGMAS


@pytest.mark.parametrize("learnt", LEARNT)
def test_an_interval_a_fifth_too_narrow_does_not_cover(learnt: str) -> None:
    spread = _spread(learnt)
    narrow = Spread(spread.weights, spread.mean + 0.8 * (spread.adopted - spread.mean))
    assert max(_misses(narrow, _worlds(learnt))) > SIGMAS
