"""What is scored, as arrays: what happened in each roll call, and what a forecaster said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.estimation.forecasts import OUTCOMES, Forecast, marks, without_absence
from simulator.estimation.misses import joint_nats
from simulator.estimation.scores import Flags, Places, log_loss
from simulator.facts import Outcome, RollCall
from simulator.model.latent import YES, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Happened:
    """What the record says, one row a roll call.

    Attributes
    ----------
    votes : tuple of RollCall
    adopted : array of bool, shape (n,)
    outcomes : array of int, shape (n,)
        0 adopted, 1 vetoed, 2 failed.
    marks : array of int, shape (n, m)
        0 yes, 1 abstain, 2 no, in seat order.
    contested : array of bool, shape (n,)
        Whether not every member voted yes.
    """

    votes: tuple[RollCall, ...]
    adopted: Flags
    outcomes: Places
    marks: Places
    contested: Flags

    @classmethod
    def of(cls, votes: Sequence[RollCall]) -> Happened:
        """The arrays of some votes."""
        marked = np.array([marks(vote) for vote in votes])
        return cls(
            tuple(votes),
            np.array([vote.outcome is Outcome.ADOPTED for vote in votes]),
            np.array([OUTCOMES.index(vote.outcome) for vote in votes]),
            marked,
            (marked != YES).any(axis=1),
        )

    def __len__(self) -> int:
        return len(self.votes)


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What one forecaster said of every roll call.

    Attributes
    ----------
    outcomes : array, shape (n, 3)
        Odds of adopted, vetoed and failed.
    choices : array, shape (n, m, 3), or None
        Each member's odds of yes, abstain and no; None for a forecaster of outcomes only.
    joint : array, shape (n,), or None
        Log probability of each roll call as it was, in nats.
    """

    outcomes: Floats
    choices: Floats | None
    joint: Floats | None

    @classmethod
    def of(cls, forecasts: Sequence[Forecast]) -> Said:
        """What the forecasts say."""
        return cls(
            np.array([list(one.outcomes.as_dict().values()) for one in forecasts]),
            without_absence(np.array([one.choices for one in forecasts])),
            -np.array([joint_nats(one) for one in forecasts]),
        )

    @classmethod
    def independently(cls, outcomes: Floats, choices: Floats | None, happened: Happened) -> Said:
        """Of a forecaster whose members decide on their own: a roll call's log probability is the sum of theirs."""
        joint = None if choices is None else -log_loss(choices, happened.marks).sum(axis=1)
        return cls(outcomes, choices, joint)
