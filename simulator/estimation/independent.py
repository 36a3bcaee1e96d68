"""What becomes of votes if every member decides on its own: the simplest road from members' odds to a draft's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.estimation.forecasts import council_of_day
from simulator.facts import Outcome, RollCall
from simulator.model.latent import ABSTAIN, NO, YES, Floats
from simulator.rules import RULES, Case, Majority


def outcomes_if_independent(choices: Floats, votes: Sequence[RollCall]) -> Floats:
    """Odds of the outcomes where members vote independently, by the Charter's majority of each vote's day.

    Parameters
    ----------
    choices : array, shape (n, m, 3)
        Each member's probabilities of yes, abstain and no in each vote, in seat order.
    votes : sequence of RollCall
        For their councils and majorities.

    Returns
    -------
    array, shape (n, 3)
        Adopted, vetoed, failed.
    """
    tables = _yes_and_vetoes(choices, _veto_seats(votes))
    found = np.zeros((len(votes), 3))
    for row, (vote, table) in enumerate(zip(votes, tables, strict=True)):
        found[row] = _decided(table, _majority(vote))
    return found


def _majority(vote: RollCall) -> Majority:
    return RULES["charter"].applies(Case.of(council_of_day(vote.date), vote.matter))


def _veto_seats(votes: Sequence[RollCall]) -> Floats:
    """1 for a seat whose no can be a veto, shape (n, m)."""
    return np.array([[float(seat.veto) for seat in council_of_day(vote.date).seats] for vote in votes])


def _yes_and_vetoes(choices: Floats, vetoers: Floats) -> Floats:
    """Joint odds of the number of yes votes and of a veto, or none, cast: shape (n, m + 1, 2), seat after seat."""
    count, seats, _ = choices.shape
    table = np.zeros((count, seats + 1, 2))
    table[:, 0, 0] = 1.0
    for seat in range(seats):
        yes, veto = choices[:, seat, YES], choices[:, seat, NO] * vetoers[:, seat]
        neither = choices[:, seat, ABSTAIN] + choices[:, seat, NO] - veto
        after = table * neither[:, None, None]
        after[:, 1:] += table[:, :-1] * yes[:, None, None]
        after[:, :, 1] += table.sum(axis=2) * veto[:, None]
        table = after
    return table


def _decided(table: Floats, majority: Majority) -> Floats:
    by_outcome = dict.fromkeys(Outcome, 0.0)
    for yes in range(table.shape[0]):
        for veto in (0, 1):
            by_outcome[majority.outcome(yes, veto)] += float(table[yes, veto])
    return np.array(list(by_outcome.values()))
