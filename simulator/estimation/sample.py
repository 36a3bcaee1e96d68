"""The votes that are fitted, as arrays."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.facts import Choice, RollCall
from simulator.model.history.covariates import Tabled, covariates
from simulator.model.history.estimates import Scale
from simulator.model.history.kinds import Inputs
from simulator.model.history.parameters import Layout
from simulator.model.history.past import Past
from simulator.model.latent import Floats

HALF_LIFE = 20.0
"""Years in which a draft's weight in the fit halves."""

LEAST_SPREAD = 0.05
"""Least standard deviation by which a covariate is divided: one that hardly varied yet must not leap when it does."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The votes to be fitted, as arrays.

    Attributes
    ----------
    layout : Layout
    scales : tuple of Scale
        Of draft, support and refusal covariates.
    inputs : Inputs
        With drafts in front.
    choices : array, shape (v, n)
        0 yes, 1 abstain or absent, 2 no.
    weights : array, shape (v,)
    """

    layout: Layout
    scales: tuple[Scale, Scale, Scale]
    inputs: Inputs
    choices: np.ndarray[Any, np.dtype[np.int64]]
    weights: Floats

    @classmethod
    def of(cls, past: Past, votes: Sequence[RollCall], until: datetime.date, *, ideal: bool) -> Sample:
        """Votes with what was known before the day of each."""
        texts = [Tabled(v.date, v.agenda, v.region, v.sponsors, v.text, v.council.ids) for v in votes]
        known = [covariates(past, text, ideal=ideal) for text in texts]
        layout = Layout(
            tuple(sorted({text.agenda for text in texts})), tuple(sorted({m for text in texts for m in text.council}))
        )
        support, refusal = (_scale([row for one in known for row in getattr(one, name)]) for name in _OF_MEMBERS)
        scales = (_scale([one.draft for one in known]), support, refusal)
        choices = [[_MARK[choice] for choice in vote.choices] for vote in votes]
        ages = np.array([(until - vote.date).days / 365.25 for vote in votes])
        inputs = Inputs(
            scales[0].of(np.stack([one.draft for one in known])),
            scales[1].of(np.stack([one.support for one in known])),
            scales[2].of(np.stack([one.refusal for one in known])),
            np.stack([one.places for one in known]),
            np.array([one.amends for one in known]),
            np.array([[layout.member(code) for code in text.council] for text in texts]),
            np.array([layout.agenda(text.agenda) for text in texts]),
            np.array([one.sponsored for one in known]),
        )
        return cls(layout, scales, inputs, np.array(choices), 0.5 ** (ages / HALF_LIFE))


_MARK = {Choice.YES: 0, Choice.ABSTAIN: 1, Choice.ABSENT: 1, Choice.NO: 2}
_OF_MEMBERS = ("support", "refusal")


def _scale(rows: Sequence[Floats]) -> Scale:
    table = np.stack(rows)
    return Scale(table.mean(axis=0), np.maximum(table.std(axis=0), LEAST_SPREAD))
