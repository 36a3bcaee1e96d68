"""A forecast of one recorded vote, and how what was recorded is read when it is scored.

The marks that scores are made of have three choices, not four: see :func:`marks`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from simulator.engines.parts import Outcomes
from simulator.facts import COMPLETE_FROM, Choice, Council, Matter, Outcome, RollCall, Text, council_on
from simulator.model.latent import ABSENT, ABSTAIN, CODE, Floats

OUTCOMES = (Outcome.ADOPTED, Outcome.VETOED, Outcome.FAILED)
"""Order of the columns in every array of outcomes."""

CHOICES = (Choice.YES, Choice.ABSTAIN, Choice.NO)
"""Order of the columns in every array of choices that is scored."""


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """A forecast of one recorded vote, from what was known before its day.

    Attributes
    ----------
    vote : RollCall
        What happened; the forecast has not seen its marks, outcome, tally or id.
    outcomes : Outcomes
        Probabilities of adopted, vetoed and failed.
    interval : (float, float) or None
        The middle 90 % of the odds of adoption over the draws of uncertain parameters; None where there are none.
    choices : array, shape (n, 4)
        Each seat's probabilities of yes, abstain, no and absent, in the order of ``vote.choices``.
    joint : float
        Log probability, in nats, of the roll call as :func:`marks` reads it; at most 0.
    """

    vote: RollCall
    outcomes: Outcomes
    interval: tuple[float, float] | None
    choices: Floats
    joint: float


def is_scored(vote: RollCall) -> bool:
    """Whether a vote is one of those that are forecast: substantive, on a draft or an amendment, from 1994 on."""
    return vote.date >= COMPLETE_FROM and vote.matter is Matter.SUBSTANTIVE and vote.text is not Text.PARAGRAPH


def chosen(record: Sequence[RollCall], first: datetime.date, last: datetime.date) -> tuple[RollCall, ...]:
    """The votes of a record that a backtest forecasts, by date.

    Parameters
    ----------
    record : sequence of RollCall
    first, last : datetime.date
        Both inclusive.

    Examples
    --------
    >>> from simulator.facts import roll_calls
    >>> len(chosen(roll_calls(), datetime.date(2010, 1, 1), datetime.date(2024, 12, 31)))
    941
    """
    found = [vote for vote in record if first <= vote.date <= last and is_scored(vote)]
    return tuple(sorted(found, key=lambda vote: vote.date))


def marks(vote: RollCall) -> NDArray[np.intp]:
    """What each member did, as it is scored: places of yes, abstain and no, an absence counted as an abstention.

    Since 1994 nine of 29,685 marks are absences, too few to give them a chance of their own. Both withhold a yes
    without blocking, and the outcome is the same.

    Returns
    -------
    array, shape (n,)
        In seat order; 0 yes, 1 abstain, 2 no.
    """
    places = np.array([CODE[choice] for choice in vote.choices], dtype=np.intp)
    places[places == ABSENT] = ABSTAIN
    return places


def without_absence(choices: Floats) -> Floats:
    """Probabilities of four choices, the last axis, as probabilities of the three of :func:`marks`."""
    three = choices[..., :ABSENT].copy()
    three[..., ABSTAIN] += choices[..., ABSENT]
    return three


@cache
def council_of_day(day: datetime.date) -> Council:
    """The Council of a day, kept: a record asks for the same days over and over."""
    return council_on(day)
