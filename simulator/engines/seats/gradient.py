"""How the odds of adoption move with every number of the vote models: exact derivatives, all from one walk.

At a point over the factors every outcome is linear in each seat's odds, and these are normal probabilities of its
thresholds, its loadings and its chance of absence. So the derivative with respect to each of them is an integral of the
same kind as the odds themselves, over the same nodes. Where something was learnt, the odds are a ratio, and so is the
rule for their derivative.

Where a seat has next to no noise of its own its vote jumps, and the integrand has no derivative in its thresholds and
loadings: NaN stands for these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from simulator.engines.at_points import odds_at
from simulator.engines.exact.flat import Block
from simulator.engines.possible import Possible
from simulator.engines.seats.around import Around, around
from simulator.model.latent import ABSENT, ABSTAIN, NO, YES, Floats, LatentVotes

_PARTS = 2
"""Adopted, and everything that was learnt."""

JUMP = 1e-10
"""Variance of own noise below which a vote jumps: rounding of the loadings would show in what divides by it."""


@dataclass(frozen=True, slots=True)
class Slopes:
    """Sums over nodes: adopted together with what was learnt, and what was learnt; each and its derivatives.

    The first axis of every array is those two.

    Attributes
    ----------
    value : array, shape (2,)
    support : array, shape (2, n)
        With respect to each seat's mean support, in standard deviations.
    no_below, yes_from, absent : array, shape (2, n)
        With respect to the thresholds and the chance of taking no part.
    loadings : array, shape (2, n, k)
        With respect to the loadings on the factors of the nodes.
    company : array, shape (2, n, 2)
        With respect to a follower's chances of a no, if its leader votes no and otherwise.
    moved : array, shape (2, shifts, n)
        What the two would be if one seat's support were higher by so much.
    """

    value: Floats
    support: Floats
    no_below: Floats
    yes_from: Floats
    absent: Floats
    loadings: Floats
    company: Floats
    moved: Floats

    @classmethod
    def nothing(cls, seats: int, factors: int, shifts: int) -> Slopes:
        """Sums over no nodes."""
        shapes = {"loadings": (seats, factors), "company": (seats, 2), "moved": (shifts, seats), "value": ()}
        return cls(**{one.name: np.zeros((_PARTS, *shapes.get(one.name, (seats,)))) for one in fields(cls)})

    def __add__(self, other: Slopes) -> Slopes:
        return Slopes(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    def ratio(self, name: str) -> Floats:
        """The derivative of the odds of adoption, after what was learnt, with respect to an attribute."""
        parts = getattr(self, name)
        adopted, all_ = self.value
        found: Floats = (parts[0] - adopted / all_ * parts[1]) / all_
        return found

    @property
    def adopted(self) -> float:
        """The odds of adoption."""
        return float(self.value[0] / self.value[1])

    @property
    def moved_odds(self) -> Floats:
        """The odds of adoption if one seat's support were higher by each shift: shape (shifts, n).

        NaN where that rules out what was learnt.
        """
        adopted, learnt = self.moved
        found: Floats = np.divide(adopted, learnt, out=np.full_like(adopted, np.nan), where=learnt > 0)
        return found


def jumping(latent: LatentVotes, least: float = JUMP) -> NDArray[np.bool_]:
    """Which seats have a choice and less than this variance of their own: shape (n,)."""
    certain = np.isinf(latent.no_below) & np.isinf(latent.yes_from)
    found: NDArray[np.bool_] = (1 - (latent.loadings**2).sum(axis=1) < least) & ~certain
    return found


def slopes_of(one: Possible, points: Sequence[Block], shifts: Sequence[float] = (), least: float = JUMP) -> Slopes:
    """The sums of one possibility over all its nodes, times its weight.

    Parameters
    ----------
    points : sequence of Block
        At which `shifts` can be looked at too: not nodes that lie where the jumps of the votes are.
    shifts : sequence of float
        Of support, in standard deviations.
    least : float
        Variance of own noise below which a vote jumps.
    """
    parts = [_of_block(one, block, shifts, least) for block in points]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + part
    return whole


def _of_block(one: Possible, block: Block, shifts: Sequence[float], least: float) -> Slopes:
    latent, weights = block.latent, one.weight * block.weights
    seats, factors = latent.loadings.shape
    odds = odds_at(latent, block.factors)
    moved = [odds_at(latent.shifted(shift), block.factors) for shift in shifts]
    jumps = jumping(latent, least)
    found = Slopes.nothing(seats, factors, len(shifts))
    for seat in around(one.model, one.majority, odds):
        place = seat.seat
        by_choice = _parts(seat) * weights  # (2, 4, m)
        if place == 0:
            found.value[:] = np.stack([seat.learnt[:, 0].sum(axis=0), seat.learnt.sum(axis=(0, 1))]) @ weights
        for at, some in enumerate(moved):
            found.moved[:, at, place] = np.einsum("pcm,mc->p", by_choice, some[place])
        if jumps[place]:
            for unknown in (found.support, found.no_below, found.yes_from, found.loadings):
                unknown[:, place] = np.nan
        else:
            _own(found, latent, place, block.factors, by_choice)
        found.absent[:, place] = _absent(odds[place], latent.absent[place], by_choice)
        company = np.stack([seat.company[:, 0], seat.company.sum(axis=1)])  # (2, 2, m)
        found.company[:, place] = company @ weights
    return found


def _parts(seat: Around) -> Floats:
    """Slopes of adopted, and of everything learnt, by choice: shape (2, 4, m)."""
    return np.stack([seat.slopes[:, 0], seat.slopes.sum(axis=1)])


def _own(found: Slopes, latent: LatentVotes, seat: int, factors: Floats, by_choice: Floats) -> None:
    """The derivatives with respect to one seat's numbers, from those with respect to its odds.

    With room s for own noise, yes has probability (1 − a) Φ(u), u = (support − yes_from) / s, and no (1 − a) Φ(v),
    v = (no_below − support) / s; abstaining has the rest of 1 − a.
    """
    loadings, part = latent.loadings[seat], 1.0 - latent.absent[seat]
    room = np.sqrt(1 - float(loadings @ loadings))
    support = latent.mean[seat] + loadings @ factors
    up, down = (support - latent.yes_from[seat]) / room, (latent.no_below[seat] - support) / room
    yes, no = (by_choice[:, choice] - by_choice[:, ABSTAIN] for choice in (YES, NO))  # (2, m)
    at_yes, at_no = part * yes * _density(up) / room, part * no * _density(down) / room
    found.support[:, seat] = (at_yes - at_no).sum(axis=1)
    found.yes_from[:, seat] = -at_yes.sum(axis=1)
    found.no_below[:, seat] = at_no.sum(axis=1)
    # d(1 / s) / d loading = loading / s³: the further a threshold, the more it matters that noise shrinks.
    bent = at_yes * np.where(np.isfinite(up), up, 0.0) + at_no * np.where(np.isfinite(down), down, 0.0)
    found.loadings[:, seat] = (at_yes - at_no) @ factors.T + np.outer(bent.sum(axis=1), loadings) / room


def _absent(odds: Floats, absent: float, by_choice: Floats) -> Floats:
    """The derivative with respect to one seat's chance of taking no part, from its odds, shape (m, 4): shape (2,)."""
    voting = odds[:, :ABSENT] / (1 - absent) if absent < 1 else np.zeros_like(odds[:, :ABSENT])
    found: Floats = (by_choice[:, ABSENT] - np.einsum("mc,pcm->pm", voting, by_choice[:, :ABSENT])).sum(axis=1)
    return found


def _density(x: Floats) -> Floats:
    """The standard normal density; 0 at infinity."""
    density: Floats = np.exp(-np.minimum(x * x, 1500.0) / 2) / np.sqrt(2 * np.pi)
    return density
