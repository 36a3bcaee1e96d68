"""What the odds do as one member's support moves, half a standard deviation to either side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from simulator.analysis.sensitivity.answers import Answers
from simulator.analysis.sensitivity.assumptions import Assumption
from simulator.analysis.sensitivity.derivatives import How
from simulator.engines.seats.replicates import error_of
from simulator.engines.seats.steep import moved_by

SHIFT = 0.5
"""Standard deviations of support to either side."""

_HALVINGS = 8


def support_of(answers: Answers, members: Sequence[str]) -> Iterator[Assumption]:
    """A row a member, in seat order.

    Parameters
    ----------
    answers : Answers
        With the odds at ``(-SHIFT, SHIFT)``.
    """
    gradient = answers.gradient
    whole = gradient.whole
    slopes, moved = whole.ratio("support"), whole.moved_odds
    slope_errors = error_of(np.array([one.ratio("support") for one in gradient.sums]))
    moved_errors = error_of(np.array([one.moved_odds for one in gradient.sums])).max(axis=0)
    for seat, member in enumerate(members):
        low, at_low = _end(answers, seat, -SHIFT, float(moved[0, seat]))
        high, at_high = _end(answers, seat, SHIFT, float(moved[1, seat]))
        known = bool(np.isfinite(slopes[seat]))
        how = How.DRAWN if gradient.drawn else How.DIFFERENCE if gradient.differenced[seat] else How.EXACT
        yield Assumption(
            "support",
            member,
            0.0,
            low,
            high,
            at_low,
            at_high,
            float(moved_errors[seat]),
            float(slopes[seat]) if known else None,
            float(slope_errors[seat]) if known else 0.0,
            how.value if known else "",
        )


def _end(answers: Answers, seat: int, shift: float, odds: float) -> tuple[float, float]:
    """The end of the range and the odds there; nearer where that support would rule out what was learnt."""
    if np.isfinite(odds):
        return shift, min(1.0, max(0.0, odds))
    for halvings in range(1, _HALVINGS):
        nearer = shift / 2**halvings
        found = None if answers.gradient.drawn else moved_by(answers.possibles, seat, nearer)
        if found is not None:
            return nearer, found
    return 0.0, answers.gradient.adopted.value
