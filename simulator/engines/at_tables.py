"""The odds of a mixture of vote tables, all components at once: what a forecast from the record needs, in milliseconds.

The charter's rule only: so many yes votes and no permanent member against. Within a component seats are independent
but for followers, whose no depends on their leader's; so the permanent members' votes are summed over whether each
leader votes no, and the elected members' are a plain count. Evidence multiplies every choice's odds by its likelihood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from simulator.engines.parts import Outcomes
from simulator.engines.possible import Spread
from simulator.errors import EvidenceError
from simulator.model.history.mixture import Tables
from simulator.model.latent import ABSENT, ABSTAIN, NO, YES, Floats

PERMANENT = 5


@dataclass(frozen=True, slots=True)
class TableOdds:
    """What a mixture makes of a draft.

    Attributes
    ----------
    outcomes : Outcomes
    spread : Spread
        The odds of adoption by draw of the parameters, weighed by what was learnt.
    choices : array, shape (n, 4)
        Odds of every seat's choices, after what was learnt.
    evidence : float
        Probability of what was learnt, as the likelihoods are scaled.
    """

    outcomes: Outcomes
    spread: Spread
    choices: Floats
    evidence: float


def odds_of(tables: Tables, pairs: Sequence[tuple[int, int]], needed: int, likelihood: Floats) -> TableOdds:
    """The odds of adopted, vetoed and failed, and of every seat's choices.

    Parameters
    ----------
    tables : Tables
    pairs : sequence of (follower, leader)
        As seats, all permanent.
    needed : int
        Yes votes.
    likelihood : array, shape (n, 4)
        Of what was learnt of each seat, by its choice; ones where nothing was.

    Raises
    ------
    EvidenceError
        If what was learnt has probability zero.
    """
    cases = [_Case.of(tables, pairs, likelihood, said) for said in product((False, True), repeat=len(_leaders(pairs)))]
    elected = _counts(tables.yes[:, PERMANENT:], tables.no[:, PERMANENT:], likelihood[PERMANENT:])
    tails = np.cumsum(elected[:, ::-1], axis=1)[:, ::-1]  # (m, 11): at least so many yes among the elected
    at_least = _reached(tails, needed)  # (m, 6): needed, given the permanent members' yes
    whole: Floats = np.sum([case.counts for case in cases], axis=0)
    quiet = cases[0].quiet
    everything = tables.weights * whole.sum(axis=1) * tails[:, 0]
    evidence = float(everything.sum())
    if evidence <= 0:
        raise EvidenceError("what was learnt cannot have happened: it has probability zero")
    adopted = tables.weights * (quiet * at_least).sum(axis=1)
    enough = float((tables.weights * (whole * at_least).sum(axis=1)).sum())
    carried = float(adopted.sum())
    draws = int(tables.draw.max()) + 1
    by_draw = np.bincount(tables.draw, everything, draws)
    seen = by_draw > 0
    shares = np.bincount(tables.draw, adopted, draws)[seen] / by_draw[seen]
    spread = Spread(by_draw[seen] / evidence, np.clip(shares, 0.0, 1.0))
    outcomes = Outcomes(
        carried / evidence, max(0.0, enough - carried) / evidence, max(0.0, evidence - enough) / evidence
    )
    return TableOdds(outcomes, spread, _choices(tables, cases, likelihood, tails[:, 0]) / evidence, evidence)


def log_evidence(tables: Tables, pairs: Sequence[tuple[int, int]], likelihood: Floats) -> float:
    """Log probability of what was learnt: of a whole roll call, where each seat's likelihood is of its own choice.

    Parameters are those of :func:`odds_of`. Minus infinity where it cannot have happened.
    """
    leaders = _leaders(pairs)
    whole = np.zeros(len(tables.weights))
    for said in product((False, True), repeat=len(leaders)):
        whole += _Case.of(tables, pairs, likelihood, said).parts.sum(axis=2).prod(axis=1)
    elected = _rows(tables.yes[:, PERMANENT:], tables.no[:, PERMANENT:], likelihood[PERMANENT:]).sum(axis=2)
    with np.errstate(divide="ignore"):
        return float(np.log((tables.weights * whole * elected.prod(axis=1)).sum()))


def _leaders(pairs: Sequence[tuple[int, int]]) -> list[int]:
    return sorted({leader for _, leader in pairs})


@dataclass(frozen=True, slots=True)
class _Case:
    """The permanent members, given which leaders vote no.

    Attributes
    ----------
    parts : array, shape (m, 5, 3)
        Likelihood times odds of yes, abstain, no; leaders' only those of the case.
    """

    parts: Floats

    @classmethod
    def of(cls, tables: Tables, pairs: Sequence[tuple[int, int]], likelihood: Floats, said: Sequence[bool]) -> _Case:
        yes, no = tables.yes[:, :PERMANENT], tables.no[:, :PERMANENT].copy()
        against = dict(zip(_leaders(pairs), said, strict=True))
        for place, (follower, leader) in enumerate(pairs):
            chance = (tables.if_leader_no if against[leader] else tables.otherwise)[:, place]
            no[:, follower] = (1 - yes[:, follower]) * chance
        parts = _rows(yes, no, likelihood[:PERMANENT])
        for leader, refuses in against.items():
            parts[:, leader, [0, 1] if refuses else [2]] = 0.0
        return cls(parts)

    @property
    def counts(self) -> Floats:
        """Odds of each number of yes votes among the five: shape (m, 6)."""
        return _polynomial(self.parts[:, :, 0], self.parts[:, :, 1] + self.parts[:, :, 2])

    @property
    def quiet(self) -> Floats:
        """The same, and nobody votes no."""
        return _polynomial(self.parts[:, :, 0], self.parts[:, :, 1])


def _rows(yes: Floats, no: Floats, likelihood: Floats) -> Floats:
    """Likelihood times odds of yes, abstain, no: shape (m, seats, 3)."""
    rows = np.stack([yes, np.maximum(1 - yes - no, 0.0), no], axis=-1)
    rows *= likelihood[None, :, :ABSENT]
    return rows


def _polynomial(one: Floats, other: Floats) -> Floats:
    """Odds of each count of `one` among seats: shape (m, seats + 1)."""
    counts = np.zeros((len(one), one.shape[1] + 1))
    counts[:, 0] = 1.0
    for seat in range(one.shape[1]):
        counts[:, 1 : seat + 2] = counts[:, 1 : seat + 2] * other[:, [seat]] + counts[:, : seat + 1] * one[:, [seat]]
        counts[:, 0] *= other[:, seat]
    return counts


def _counts(yes: Floats, no: Floats, likelihood: Floats) -> Floats:
    """Odds of each number of yes votes among the elected: shape (m, seats + 1)."""
    parts = _rows(yes, no, likelihood)
    return _polynomial(parts[:, :, 0], parts[:, :, 1] + parts[:, :, 2])


def _reached(tails: Floats, needed: int) -> Floats:
    """Odds that the elected bring what the permanent members' yes votes leave to be had: shape (m, 6)."""
    found = np.zeros((len(tails), PERMANENT + 1))
    for already in range(PERMANENT + 1):
        wanting = max(0, needed - already)
        if wanting < tails.shape[1]:
            found[:, already] = tails[:, wanting]
    return found


def _choices(tables: Tables, cases: Sequence[_Case], likelihood: Floats, elected: Floats) -> Floats:
    """Weight of each seat's choices together with what was learnt: shape (n, 4)."""
    seats = tables.yes.shape[1]
    found = np.zeros((seats, 4))
    whole = np.zeros(len(elected))
    for case in cases:
        sums = case.parts.sum(axis=2)  # (m, 5)
        product_ = sums.prod(axis=1)
        whole += product_
        with np.errstate(divide="ignore", invalid="ignore"):
            others = np.where(sums > 0, product_[:, None] / sums, 0.0)
        found[:PERMANENT, :ABSENT] += np.einsum("m,ms,msc->sc", tables.weights * elected, others, case.parts)
    parts = _rows(tables.yes[:, PERMANENT:], tables.no[:, PERMANENT:], likelihood[PERMANENT:])
    sums = parts.sum(axis=2)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(sums[:, :, None] > 0, parts / sums[:, :, None], 0.0)
    found[PERMANENT:, :ABSENT] = np.einsum("m,msc->sc", tables.weights * whole * elected, shares)
    assert (YES, ABSTAIN, NO) == (0, 1, 2)
    return found
