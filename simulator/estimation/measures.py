"""Every score of one forecaster, under weights: for the whole, for a part, or for a thousand resamples in one go.

What comes back has the axes that the weights have in front of roll calls: one number, or one a resample.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from simulator.estimation.reliability import line
from simulator.estimation.scores import (
    area_under_curve,
    balanced_accuracy,
    brier,
    called,
    log_loss,
    ranked_probability,
    skill,
    weighted_mean,
)
from simulator.estimation.sheet import Happened, Said
from simulator.model.latent import Floats

Measures: TypeAlias = dict[str, Floats]
"""Scores by name."""


def losses(said: Said, happened: Happened, weights: Floats) -> Measures:
    """Mean losses of a forecast of outcomes: ``brier``, three-way ``log_loss`` and ``rps``."""
    return {
        "brier": weighted_mean(brier(said.outcomes[:, 0], happened.adopted), weights),
        "log_loss": weighted_mean(log_loss(said.outcomes, happened.outcomes), weights),
        "rps": weighted_mean(ranked_probability(said.outcomes, happened.outcomes), weights),
    }


def beside_climatology(own: Measures, climatology: Measures, three_years: Measures) -> Measures:
    """Losses with those of both climatologies, and skill over them."""
    return {
        "brier": own["brier"],
        "climatology_brier": climatology["brier"],
        "skill": skill(own["brier"], climatology["brier"]),
        "three_year_brier": three_years["brier"],
        "three_year_skill": skill(own["brier"], three_years["brier"]),
        "log_loss": own["log_loss"],
        "climatology_log_loss": climatology["log_loss"],
        "three_year_log_loss": three_years["log_loss"],
        "rps": own["rps"],
        "climatology_rps": climatology["rps"],
    }


def shape(said: Said, happened: Happened, weights: Floats) -> Measures:
    """How a forecast of outcomes sorts drafts and whether its odds mean what they say.

    ``auc``, reliability's ``slope`` and ``intercept``, and ``balanced_accuracy`` of the likeliest outcome.
    """
    there = (weights > 0).any(axis=tuple(range(weights.ndim - 1)))  # a part's votes: the others weigh nothing
    outcomes, adopted, weights = said.outcomes[there], happened.adopted[there], weights[..., there]
    slope, intercept = line(outcomes[:, 0], adopted, weights)
    return {
        "auc": area_under_curve(outcomes[:, 0], adopted, weights),
        "slope": slope,
        "intercept": intercept,
        "balanced_accuracy": balanced_accuracy(*called(outcomes, happened.outcomes[there]), weights),
    }


def ballots(said: Said, happened: Happened, weights: Floats, seats: Floats | None = None) -> Measures:
    """Scores of members' votes and of whole roll calls; empty for a forecast of outcomes only.

    ``nats`` and ``contested_nats`` are means over members' votes, ``joint_nats`` over roll calls, and
    ``balanced_accuracy`` is of each member's likeliest choice.

    Parameters
    ----------
    said, happened
    weights : array, shape (..., n)
    seats : array, shape (n, m), optional
        1 for the votes that count, 0 for others; where given, there is no ``joint_nats``.
    """
    if said.choices is None:
        return {}
    counted = np.ones(happened.marks.shape) if seats is None else seats
    lost = (log_loss(said.choices, happened.marks) * counted).sum(axis=1)
    each = counted.sum(axis=1)
    found = {
        "nats": weighted_mean(lost, weights, each),
        "contested_nats": weighted_mean(lost, weights * happened.contested, each),
    }
    if seats is None and said.joint is not None:
        found["joint_nats"] = weighted_mean(-said.joint, weights)
    right, cases = called(said.choices, happened.marks, counted)
    return found | {"balanced_accuracy": balanced_accuracy(right, cases, weights)}
