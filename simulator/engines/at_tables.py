"""The odds of a mixture of vote tables, all components at once: what a forecast from the record needs, in milliseconds.

Within a component seats are independent but for followers, whose no depends on their leader's; so the votes of members
whose no may block are counted a leader with its followers at a time, over whether the leader votes no and by how many
noes there are, and all others' are a plain count. Evidence multiplies every choice's odds by its likelihood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod
from typing import NamedTuple

import numpy as np

from simulator.engines.parts import Outcomes
from simulator.engines.possible import Spread
from simulator.errors import EvidenceError
from simulator.model.history.mixture import Tables
from simulator.model.latent import ABSENT, ABSTAIN, NO, YES, Floats

PERMANENT = 5

_AT_ONCE = 2048
"""Components counted at once: so many that their numbers stay in the processor's cache."""


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
    weights : array, shape (m,)
        Of the components, after what was learnt; they add up to 1.
    evidence : float
        Probability of what was learnt, as the likelihoods are scaled.
    """

    outcomes: Outcomes
    spread: Spread
    choices: Floats
    weights: Floats
    evidence: float


@dataclass(frozen=True, slots=True)
class Need:
    """What a draft needs.

    Attributes
    ----------
    yes : int
        Votes in favour.
    vetoes : int or None
        Noes of members apart that block it; None: none can.
    apart : int
        The members whose no may block are those of the first seats, up to this; at least the five permanent members of
        the Charter, who lead and follow each other.
    """

    yes: int
    vetoes: int | None = 1
    apart: int = PERMANENT


def odds_of(tables: Tables, need: Need, likelihood: Floats) -> TableOdds:
    """The odds of adopted, vetoed and failed, and of every seat's choices.

    Parameters
    ----------
    tables : Tables
    need : Need
    likelihood : array, shape (n, 4)
        Of what was learnt of each seat, by its choice; ones where nothing was.

    Raises
    ------
    EvidenceError
        If what was learnt has probability zero.
    """
    return _odds(tables, need, _groups(tables, need, likelihood), _Elected.of(tables, need, likelihood))


def odds_before(tables: Tables, need: Need, likelihood: Floats) -> tuple[TableOdds, TableOdds | None]:
    """The same, and beside it the odds before anything was learnt; None where nothing was."""
    elected = _Elected.of(tables, need, likelihood)
    found = _odds(tables, need, _groups(tables, need, likelihood), elected)
    if (likelihood == 1).all():
        return found, None
    nothing = np.ones_like(likelihood)
    if (likelihood[need.apart :] != 1).any():
        elected = _Elected.of(tables, need, nothing)
    return found, _odds(tables, need, _groups(tables, need, nothing), elected)


def _odds(tables: Tables, need: Need, groups: Sequence[_Group], elected: _Elected) -> TableOdds:
    whole = reduce(_added, (group.counts for group in groups))
    quiet = whole if need.vetoes is None else np.sum(reduce(_added_by_noes, (group.noes for group in groups)), axis=0)
    at_least, total = elected.at_least, elected.total
    everything = tables.weights * whole.sum(axis=0) * total
    evidence = float(everything.sum())
    if evidence <= 0:
        raise EvidenceError("what was learnt cannot have happened: it has probability zero")
    adopted = tables.weights * (quiet * at_least).sum(axis=0)
    enough = float((tables.weights * (whole * at_least).sum(axis=0)).sum())
    carried = float(adopted.sum())
    draws = int(tables.draw.max()) + 1
    by_draw = np.bincount(tables.draw, everything, draws)
    seen = by_draw > 0
    shares = np.bincount(tables.draw, adopted, draws)[seen] / by_draw[seen]
    spread = Spread(by_draw[seen] / evidence, np.clip(shares, 0.0, 1.0))
    outcomes = Outcomes(
        carried / evidence, max(0.0, enough - carried) / evidence, max(0.0, evidence - enough) / evidence
    )
    choices = _choices(groups, elected.rows, tables.weights, everything, total)
    return TableOdds(outcomes, spread, choices / evidence, everything / evidence, evidence)


def log_evidence(tables: Tables, likelihood: Floats) -> float:
    """Log probability of what was learnt: of a whole roll call, where each seat's likelihood is of its own choice.

    Parameters are those of :func:`odds_of`. Minus infinity where it cannot have happened.
    """
    permanent = prod(group.total for group in _groups(tables, Need(0), likelihood))
    elected = prod(row.total for row in _elected(tables, PERMANENT, likelihood))
    with np.errstate(divide="ignore"):
        return float(np.log((tables.weights * permanent * elected).sum()))


class _Row(NamedTuple):
    """A seat's odds of its choices times the likelihood of what was learnt of it, by component: each shape (m,)."""

    yes: Floats
    abstain: Floats
    no: Floats
    absent: Floats

    @classmethod
    def of(cls, tables: Tables, seat: int, likelihood: Floats, no: Floats | None = None) -> _Row:
        """A seat's, with its own odds of a no or others."""
        part, yes = 1.0 - tables.absent[seat], tables.yes[seat]
        no = tables.no[seat] if no is None else no
        said = likelihood[seat]
        abstain = np.maximum(1.0 - yes - no, 0.0)
        away = np.full(len(yes), tables.absent[seat] * said[ABSENT])
        return cls(part * said[YES] * yes, part * said[ABSTAIN] * abstain, part * said[NO] * no, away)

    @property
    def total(self) -> Floats:
        return self.yes + self.abstain + self.no + self.absent

    def only(self, *, no: bool) -> _Row:
        """What is left if it votes no, or does not."""
        nothing = np.zeros_like(self.yes)
        return _Row(nothing, nothing, self.no, nothing) if no else self._replace(no=nothing)


@dataclass(frozen=True, slots=True)
class _Group:
    """A leader with its followers, or another member apart for itself.

    Attributes
    ----------
    seats : tuple of int
    cases : tuple of tuple of _Row
        The seats' rows where the leader does not vote no, and where it does; one case without company.
    counts : array, shape (seats + 1, m)
        Odds of each number of yes votes.
    noes : list of array, shape (seats + 1, m)
        The same with no no, with one, and so on, as long as they do not block.
    total : array, shape (m,)
    """

    seats: tuple[int, ...]
    cases: tuple[tuple[_Row, ...], ...]
    counts: Floats
    noes: list[Floats]
    total: Floats

    @classmethod
    def of(cls, seats: tuple[int, ...], cases: tuple[tuple[_Row, ...], ...], vetoes: int | None) -> _Group:
        counts: Floats = np.sum([_counted(case) for case in cases], axis=0)
        noes = [_counted([row.only(no=False) for row in cases[0]])]  # where the leader votes no there is one
        if (vetoes or 1) > 1:
            by_case = [_by_noes(case, (vetoes or 1) - 1) for case in cases]
            noes = [np.sum(same, axis=0) for same in zip(*by_case, strict=True)]
        return cls(seats, cases, counts, noes, counts.sum(axis=0))


def _groups(tables: Tables, need: Need, likelihood: Floats) -> list[_Group]:
    """The members apart by leader."""
    leaders = {leader for _, leader in tables.pairs}
    followers = {follower for follower, _ in tables.pairs}
    groups = []
    for seat in range(need.apart):
        row = _Row.of(tables, seat, likelihood)
        if seat in leaders:
            groups.append(_led(tables, need, seat, row, likelihood))
        elif seat not in followers:
            groups.append(_Group.of((seat,), ((row,),), need.vetoes))
    return groups


def _led(tables: Tables, need: Need, leader: int, row: _Row, likelihood: Floats) -> _Group:
    places = [place for place, pair in enumerate(tables.pairs) if pair[1] == leader]
    seats = [tables.pairs[place][0] for place in places]
    cases = []
    for refuses, chances in ((False, tables.otherwise), (True, tables.if_leader_no)):
        rows = [
            _Row.of(tables, seat, likelihood, (1.0 - tables.yes[seat]) * chances[place])
            for seat, place in zip(seats, places, strict=True)
        ]
        cases.append((row.only(no=refuses), *rows))
    return _Group.of((leader, *seats), tuple(cases), need.vetoes)


@dataclass(frozen=True, slots=True)
class _Elected:
    """The members whose no cannot block: in the Charter's council the elected ones.

    Attributes
    ----------
    rows : list of _Row
    at_least : array, shape (apart + 1, m)
        Odds that they bring as many yes votes as it takes, by the number of the others'.
    total : array, shape (m,)
        Odds of what was learnt of them.
    """

    rows: list[_Row]
    at_least: Floats
    total: Floats

    @classmethod
    def of(cls, tables: Tables, need: Need, likelihood: Floats) -> _Elected:
        rows = _elected(tables, need.apart, likelihood)
        tails = np.cumsum(_counted(rows)[::-1], axis=0)[::-1]  # (rows + 1, m): at least so many yes
        return cls(rows, _reached(tails, need), tails[0])


def _elected(tables: Tables, apart: int, likelihood: Floats) -> list[_Row]:
    return [_Row.of(tables, seat, likelihood) for seat in range(apart, len(tables.yes))]


def _counted(rows: Sequence[_Row]) -> Floats:
    """Odds of each number of yes votes among seats: shape (seats + 1, m)."""
    counts = np.zeros((len(rows) + 1, len(rows[0].yes)))
    counts[0] = 1.0
    ways = [(row.yes, row.abstain + row.no + row.absent) for row in rows]
    for start in range(0, counts.shape[1], _AT_ONCE):
        block = slice(start, start + _AT_ONCE)
        here = counts[:, block]
        for done, (yes, other) in enumerate(ways, 1):
            more = here[:done] * yes[block]
            here[:done] *= other[block]
            here[1 : done + 1] += more
    return counts


def _added(one: Floats, other: Floats) -> Floats:
    """Odds of each sum of two counts."""
    found = np.zeros((len(one) + len(other) - 1, one.shape[1]))
    for count, odds in enumerate(one):
        found[count : count + len(other)] += odds * other
    return found


def _by_noes(rows: Sequence[_Row], most: int) -> list[Floats]:
    """Odds of each number of yes votes, shape (seats + 1, m), with each number of noes from 0 to `most`."""
    nothing = np.zeros((1, len(rows[0].yes)))
    found = [nothing + 1.0, *([nothing] * most)]
    for row in rows:
        away, against = np.stack([row.abstain + row.absent, row.yes]), np.stack([row.no, np.zeros_like(row.no)])
        before = [np.zeros_like(found[0]), *found]  # with one no fewer
        found = [_added(same, away) + _added(fewer, against) for fewer, same in zip(before[:-1], found, strict=True)]
    return found


def _added_by_noes(one: list[Floats], other: list[Floats]) -> list[Floats]:
    """Odds of each sum of two counts, by the noes of both together."""
    return [
        np.sum([_added(one[mine], other[noes - mine]) for mine in range(noes + 1)], axis=0) for noes in range(len(one))
    ]


def _reached(tails: Floats, need: Need) -> Floats:
    """Odds that the others bring what the yes votes of those apart leave to be had: shape (apart + 1, m)."""
    found = np.zeros((need.apart + 1, tails.shape[1]))
    for already in range(need.apart + 1):
        wanting = max(0, need.yes - already)
        if wanting < len(tails):
            found[already] = tails[wanting]
    return found


def _choices(
    groups: Sequence[_Group], elected: Sequence[_Row], weights: Floats, everything: Floats, brought: Floats
) -> Floats:
    """Weight of each seat's choices together with what was learnt: shape (n, 4)."""
    apart = sum(len(group.seats) for group in groups)
    found = np.zeros((apart + len(elected), 4))
    for group in groups:
        others = weights * brought * prod(other.total for other in groups if other is not group)
        for case in group.cases:
            for place, seat in enumerate(group.seats):
                beside = others * prod(row.total for at, row in enumerate(case) if at != place)
                found[seat] += _weighed(case[place], beside)
    for seat, row in enumerate(elected, apart):
        total = row.total
        beside = np.divide(everything, total, out=np.zeros_like(total), where=total > 0)
        found[seat] = _weighed(row, beside)
    return found


def _weighed(row: _Row, weights: Floats) -> Floats:
    """Sums over the components: shape (4,). Not by a matrix product, whose threads would cost more than they bring."""
    return np.array([(choice * weights).sum() for choice in row])
