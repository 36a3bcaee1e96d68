"""The fit finds what made a record, and knows how well: simulated records, their truth known, fitted anew.

Parameters are drawn from the prior, roll calls from the model with the record's own covariates, and the fit sees the
roll calls alone. If the draws are of the posterior, the truth lies as far from their mean as they are wide. Six records
of three hundred votes, all weighing alike: the fits that ship are of up to two thousand, weighed by age.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest
from scipy.special import expit

from simulator.estimation.chain import drawn
from simulator.estimation.fit import SINCE, Solution, solved
from simulator.estimation.likelihood import Likelihood
from simulator.estimation.sample import Sample
from simulator.facts import Matter, roll_calls
from simulator.model.history.kinds import Inputs, company_of, distance, follower_seats, kinds_of, lines_of
from simulator.model.history.past import Past
from simulator.model.latent import Floats

pytest.importorskip("jax", reason="the extra fit is not installed")

UNTIL = datetime.date(2025, 1, 1)
VOTES, RECORDS, DRAWN = 300, 6, 30
COUNCIL = ("CHN", "FRA", "GBR", "RUS", "USA")

TOLD = 0.8
"""A parameter counts where the votes leave less than this share of the prior's spread: others would be calibrated
whatever the likelihood did."""


@cache
def real() -> Sample:
    """Every sixth vote of the record, for its covariates."""
    votes = [vote for vote in roll_calls() if vote.date >= SINCE and vote.matter is Matter.SUBSTANTIVE]
    sample = Sample.of(Past.of(roll_calls()), votes[:: len(votes) // VOTES][:VOTES], UNTIL, ideal=True)
    return replace(sample, weights=np.ones(VOTES))


def roll_calls_of(vector: Floats, rng: np.random.Generator) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Roll calls that the model would make with these parameters: 0 yes, 1 abstain, 2 no."""
    sample = real()
    lines = lines_of(sample.layout.named(vector), sample.inputs, np)
    kinds, places = kinds_of(lines, sample.inputs, np)
    odds = np.exp(np.stack([kind.log_odds for kind in kinds], axis=1))
    which = (rng.random((VOTES, 1)) > np.cumsum(odds, axis=1)).sum(axis=1)
    chosen = np.zeros((VOTES, 15), np.int64)
    for draft in range(VOTES):
        kind = kinds[which[draft]]
        spreads = (np.broadcast_to(kind.valence_spread, VOTES), np.broadcast_to(kind.direction_spread, VOTES))
        support = kind.valence[draft] + spreads[0][draft] * rng.standard_normal()
        slope = kind.direction[draft] + spreads[1][draft] * rng.standard_normal()
        latent = support + slope * places[draft] + kind.effects[draft] + rng.standard_normal(15)
        refusal = kind.refusal[draft] + rng.choice([-1.0, 1.0]) * kind.severity[draft]
        chosen[draft] = np.where(latent >= 0, 0, np.where(latent < -distance(refusal, np), 2, 1))
        pairs = follower_seats(COUNCIL)
        if_no, otherwise = company_of(lines.shared, refusal, tuple(one for one, _ in pairs), np)
        for place, (follower, leader) in enumerate(pairs):
            if latent[follower] < 0:
                chance = expit((if_no if chosen[draft, leader] == 2 else otherwise)[place])
                chosen[draft, follower] = 2 if rng.random() < chance else 1
    return chosen


@cache
def fits() -> tuple[tuple[Floats, Floats, Solution], ...]:
    """The truth, draws from the posterior, and the most probable parameters, of some simulated records."""
    sample, rng, found = real(), np.random.default_rng(7), []
    centres, spreads = sample.layout.centres(), sample.layout.spreads()
    for record in range(RECORDS):
        truth = centres + spreads * rng.standard_normal(len(centres))
        simulated = replace(sample, choices=roll_calls_of(truth, rng))
        likelihood = Likelihood.of(simulated)
        start = solved(simulated, likelihood)
        chain = drawn(likelihood, sample.layout, start.best, start.root, DRAWN, record)
        assert chain.divergent == 0
        found.append((truth, chain.draws, start))
    return tuple(found)


def spread_of(start: Solution) -> Floats:
    """Standard deviations of the normal approximation about the most probable parameters."""
    return np.asarray(np.linalg.norm(np.linalg.inv(start.root), axis=0))


def told() -> Iterator[tuple[Floats, Floats]]:
    """Of each record, what the votes tell of: the truth and the draws, in units of the prior's.

    Which that is, the curvature says and not the draws: taken by the draws' own spread, they would be those whose
    spread came out too small by chance.
    """
    layout = real().layout
    for truth, draws, start in fits():
        some = spread_of(start) < TOLD * layout.spreads()
        assert some.sum() > 10  # each record tells of some
        centre, prior = layout.centres()[some], layout.spreads()[some]
        yield (truth[some] - centre) / prior, (draws[:, some] - centre) / prior


@pytest.mark.long
def test_what_made_a_record_is_found_again() -> None:
    """Where the votes tell of a parameter, estimates go with the truth."""
    truth, mean = (np.concatenate(parts) for parts in zip(*((t, d.mean(axis=0)) for t, d in told()), strict=True))
    assert np.corrcoef(truth, mean)[0, 1] > 0.6


@pytest.mark.long
def test_the_draws_are_as_wide_as_the_errors_are() -> None:
    """Of what the votes tell of: neither narrower, which would be overconfident, nor much wider.

    Among draws from the posterior the truth has every rank alike: it lies between their least and greatest 29 times in
    31, whatever the posterior's form. Parameters of one record hang together, so the bounds are those of a hundred or
    so, not of the five hundred there are. The weights by age are all 1 here, so they are not covered.
    """
    within = np.concatenate([(draws.min(axis=0) < truth) & (truth < draws.max(axis=0)) for truth, draws in told()])
    assert np.mean(within) == pytest.approx((DRAWN - 1) / (DRAWN + 1), abs=0.05)
    ranks = np.concatenate([np.mean(draws < truth, axis=0) for truth, draws in told()])
    assert np.mean((ranks > 0.25) & (ranks < 0.75)) == pytest.approx(0.5, abs=0.1)


@pytest.mark.long
def test_draws_half_as_wide_would_be_seen() -> None:
    """The twin of the test above."""
    halved = [(truth, draws.mean(axis=0) + 0.5 * (draws - draws.mean(axis=0))) for truth, draws in told()]
    within = np.concatenate([(draws.min(axis=0) < truth) & (truth < draws.max(axis=0)) for truth, draws in halved])
    assert np.mean(within) < (DRAWN - 1) / (DRAWN + 1) - 0.1


def places() -> tuple[int, int]:
    """Of the centre of contested drafts' support, and of the spread of it: where the most probable parameters err."""
    at = {name: place.start for name, place, _ in real().layout.places()}
    return at["valence"], at["log_spreads"] + 2


@pytest.mark.long
@pytest.mark.parametrize("which", [0, 1])
def test_contested_drafts_are_not_off_to_one_side(which: int) -> None:
    """Six errors of variance 1: their mean is beyond the bound once in 400 sound fits."""
    at = places()[which]
    errors = [((truth - draws.mean(axis=0)) / draws.std(axis=0, ddof=1))[at] for truth, draws, _ in fits()]
    assert abs(np.mean(errors)) < 3 / np.sqrt(RECORDS)


@pytest.mark.long
def test_the_most_probable_spread_of_contested_drafts_is_below_the_likely_ones() -> None:
    """In every record, by half a standard deviation or more: why there is a sampler and no normal approximation."""
    at = places()[1]
    for _, draws, start in fits():
        assert start.best[at] < draws[:, at].mean() - 0.5 * draws[:, at].std(ddof=1)


@pytest.mark.long
def test_second_derivatives_are_those_of_the_gradient() -> None:
    """Along a few directions, by central differences in single precision."""
    sample, rng = real(), np.random.default_rng(5)
    likelihood, spreads = Likelihood.of(sample), sample.layout.spreads()
    middle = sample.layout.centres() + 0.3 * spreads * rng.standard_normal(len(spreads))
    whole = likelihood.curvature(middle)
    for _ in range(3):
        along = spreads * rng.standard_normal(len(spreads))
        above, below = (likelihood.fall(middle + step * along)[1] for step in (1e-2, -1e-2))
        found, wanted = whole @ along * spreads, (above - below) / 2e-2 * spreads
        assert np.linalg.norm(found - wanted) < 0.01 * np.linalg.norm(wanted)


@pytest.mark.long
def test_finer_nodes_say_much_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundredth of a nat a vote, where many oppose: five Gauss-Hermite nodes were off by three times that."""
    sample, rng = real(), np.random.default_rng(6)
    vector = sample.layout.centres() + sample.layout.spreads() * rng.standard_normal(len(sample.layout))
    contested = replace(sample, choices=roll_calls_of(vector, rng))
    coarse = Likelihood.of(contested).fall(vector)[0]
    monkeypatch.setattr(
        "simulator.estimation.likelihood._NODES", dict.fromkeys(("negotiated", "contested", "rejected"), (41, 41))
    )
    monkeypatch.setattr("simulator.estimation.likelihood._REACH", 5.0)
    monkeypatch.setattr("simulator.estimation.likelihood._FAINT", 1e-9)
    assert Likelihood.of(contested).fall(vector)[0] == pytest.approx(coarse, abs=0.01 * VOTES)


@pytest.mark.long
def test_the_covariates_of_the_sample_are_the_records() -> None:
    """The twin of the simulation: what is fitted are real drafts, in seat order."""
    assert real().choices.shape == (VOTES, 15)
    assert all(len(getattr(real().inputs, field.name)) == VOTES for field in fields(Inputs))
