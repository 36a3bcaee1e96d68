"""The fit finds what made a record, and knows how well: simulated records, their truth known, fitted anew.

Parameters are drawn from the prior, roll calls from the model with the record's own covariates, and the fit sees the
roll calls alone. If the normal approximation of the posterior is right, the truth lies below its quantile u as often as
u says (simulation-based calibration).
"""

from __future__ import annotations

import datetime
from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest
from scipy.special import expit

from simulator.estimation.fit import SINCE, Sample, solved
from simulator.facts import Matter, roll_calls
from simulator.model.history.kinds import Inputs, company_of, distance, follower_seats, kinds_of
from simulator.model.history.past import Past
from simulator.model.latent import Floats

pytest.importorskip("jax", reason="the extra fit is not installed")

UNTIL = datetime.date(2025, 1, 1)
VOTES, RECORDS = 300, 6
COUNCIL = ("CHN", "FRA", "GBR", "RUS", "USA")

TOLD = 0.8
"""A parameter counts where the votes leave less than this share of the prior's spread: others would be calibrated
whatever the likelihood did."""


coarse_nodes = pytest.mark.xfail(
    strict=True,
    reason="the fit integrates a draft's shocks with five nodes each, too few for drafts that many oppose: valence and "
    "support come out too small, with errors of about twice their stated spread",
)


@cache
def real() -> Sample:
    """Every sixth vote of the record, for its covariates."""
    votes = [vote for vote in roll_calls() if vote.date >= SINCE and vote.matter is Matter.SUBSTANTIVE]
    sample = Sample.of(Past.of(roll_calls()), votes[:: len(votes) // VOTES][:VOTES], UNTIL, ideal=True)
    return replace(sample, weights=np.ones(VOTES))


def roll_calls_of(vector: Floats, rng: np.random.Generator) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Roll calls that the model would make with these parameters: 0 yes, 1 abstain, 2 no."""
    sample = real()
    kinds, places = kinds_of(sample.layout.named(vector), sample.inputs, np)
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
        if_no, otherwise = company_of(sample.layout.named(vector), refusal, tuple(one for one, _ in pairs), np)
        for place, (follower, leader) in enumerate(pairs):
            if latent[follower] < 0:
                chance = expit((if_no if chosen[draft, leader] == 2 else otherwise)[place])
                chosen[draft, follower] = 2 if rng.random() < chance else 1
    return chosen


@cache
def fits() -> tuple[tuple[Floats, Floats, Floats], ...]:
    """The truth, the estimate, and its standard deviations, of some simulated records."""
    sample, rng, found = real(), np.random.default_rng(7), []
    centres, spreads = sample.layout.centres(), sample.layout.spreads()
    for _ in range(RECORDS):
        truth = centres + spreads * rng.standard_normal(len(centres))
        best, information = solved(replace(sample, choices=roll_calls_of(truth, rng)))
        found.append((truth, best, np.sqrt(np.diag(np.linalg.inv(information)))))
    return tuple(found)


@coarse_nodes
@pytest.mark.long
def test_what_made_a_record_is_found_again() -> None:
    """Where the votes tell of a parameter, estimates go with the truth, in units of the prior's spread."""
    layout = real().layout
    away = [
        ((t - layout.centres()) / layout.spreads(), (b - layout.centres()) / layout.spreads()) for t, b, _ in fits()
    ]
    told = [spread < TOLD * layout.spreads() for _, _, spread in fits()]
    truth, best = (
        np.concatenate([pair[which][some] for pair, some in zip(away, told, strict=True)]) for which in (0, 1)
    )
    assert np.corrcoef(truth, best)[0, 1] > 0.6


@coarse_nodes
@pytest.mark.long
def test_the_draws_are_as_wide_as_the_errors_are() -> None:
    """Of what the votes tell of: neither narrower, which would be overconfident, nor much wider.

    Errors in units of their stated spread have variance 1 if it is right. Parameters of one record hang together, so
    the bounds are those of far fewer than there are. The weights by age are all 1 here, so they are not covered.
    """
    prior = real().layout.spreads()
    apart = [((truth - best) / spread)[spread < TOLD * prior] for truth, best, spread in fits()]
    assert min(len(one) for one in apart) > 10  # each record tells of some
    every = np.concatenate(apart)
    assert 0.7 < np.mean(every**2) < 1.5
    assert np.mean(np.abs(every) < 1.645) == pytest.approx(0.9, abs=0.06)


def test_the_covariates_of_the_sample_are_the_records() -> None:
    """The twin of the simulation: what is fitted are real drafts, in seat order."""
    assert real().choices.shape == (VOTES, 15)
    assert all(len(getattr(real().inputs, field.name)) == VOTES for field in fields(Inputs))
