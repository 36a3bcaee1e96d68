"""Whose support must move, and how far, to lift the odds of adoption to a target."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulator.analysis.bargain.cheapest import Search, settled
from simulator.analysis.bargain.fewer import Fewer
from simulator.analysis.bargain.move import Move
from simulator.analysis.bargain.sets import cheapest
from simulator.analysis.bargain.words import from_to, matters, nearest_stances, told
from simulator.engines import Options
from simulator.engines.seats.moved import Answerer
from simulator.engines.seats.shifted import Shifts
from simulator.engines.standing import Standing
from simulator.engines.words import in_a_sentence, listed, percent
from simulator.errors import OptionError
from simulator.facts import Choice, Council
from simulator.model import VoteModel
from simulator.model.latent import ABSENT, YES, Floats
from simulator.scenario import Scenario, council_of
from simulator.scenario.types import FURTHEST

_WORDS = tuple(choice.value for choice in Choice)

_SHORT_BY = 1e-11
"""Odds by which the target may be missed for rounding."""


@dataclass(frozen=True, slots=True)
class Moves:
    """The cheapest shifts of support found that lift the odds to a target.

    Attributes
    ----------
    target : float
        Odds of adoption to reach, between 0 and 1.
    adopted : float
        Odds as the draft stands.
    moves : tuple of Move
        The member that gains most for its cost first; empty where the target is reached already.
    alone : dict
        Code → the shift by which this member alone would reach the target; only those that can.
    alike : tuple of tuple of str
        Members that are alike in all that counts, of which some move and others do not: any as many of them would do.
    engine : str
        ``exact``, ``grid`` (sums over a grid of the shared factors) or ``monte-carlo``.
    accuracy : float or None
        Estimate of the largest error of the odds; None where points are drawn.
    error : float or None
        Standard error of the odds reached; None where nothing is drawn.
    cost_error : float or None
        By how much the cost would differ for odds that differ by that error.
    fewer : Fewer or None
        How fewer members do it for hardly more; None where none was found.
    """

    target: float
    adopted: float
    moves: tuple[Move, ...]
    alone: Mapping[str, float]
    alike: tuple[tuple[str, ...], ...]
    engine: str
    accuracy: float | None
    error: float | None
    cost_error: float | None = None
    fewer: Fewer | None = None

    @property
    def cost(self) -> float:
        """What all of them cost together."""
        return sum(move.cost for move in self.moves)

    @property
    def reached(self) -> float:
        """Odds of adoption after all of them."""
        return self.moves[-1].adopted if self.moves else self.adopted

    @property
    def sentence(self) -> str:
        """It as a person would say it."""
        now, goal = from_to(self.target, self.adopted)
        if not self.moves:
            return f"The odds are {now} in 100 as the draft stands: nobody has to move to reach {goal}."
        least = (
            f"From {now} to {goal} in 100, for less than any other way found: {listed(told(self.moves, self.alike))}."
        )
        return least if self.fewer is None else f"{least} {self.fewer.said(self.cost, len(self.moves))}"

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "reach": self.target,
            "adopted": self.adopted,
            "reached": self.reached,
            "cost": self.cost,
            "moves": [move.as_dict() for move in self.moves],
            "alone": dict(self.alone),
            "alike": [list(kind) for kind in self.alike],
            "engine": self.engine,
            "accuracy": self.accuracy,
            "error": self.error,
            "cost_error": self.cost_error,
            "fewer": self.fewer.as_dict() if self.fewer else None,
        }


_FEW = 2
"""Members, those nearest to reaching the target by themselves, whose shifts are seen on all nodes."""

_TINY = 1e-300
_ALIKE = 3
"""Digits by which the gains of two moves must differ, else they stay in the order of the council."""

_SAME = 5
"""Decimals beyond which two shifts are the same."""

FINER = 3_000
"""Nodes on which the proportions of several moves are found, where there are so many."""


@dataclass(frozen=True, slots=True)
class Table:
    """What is asked: a scenario, how things may stand, who answers, and what each member's move costs."""

    scenario: Scenario
    council: Council
    standing: Standing
    answerer: Answerer
    costs: Floats

    @classmethod
    def of(cls, scenario: Scenario, options: Options, costs: Mapping[str, float]) -> Table:
        """For a scenario; costs are 1 where none is given."""
        council = council_of(scenario)
        standing = Standing.of(scenario, options.parameter_draws, options.seed, options.past)
        fitted = scenario.preferences.model == "history"
        answerer = Answerer.of(standing.possibles, options, fitted=fitted)
        return cls(scenario, council, standing, answerer, np.array([costs.get(one, 1.0) for one in council.ids]))

    @property
    def model(self) -> VoteModel:
        """Whose seats all possibilities share."""
        return self.standing.possibles[0].model

    @property
    def prices(self) -> Floats:
        """The costs of those that can be moved; of others 1, which nobody pays."""
        return np.where(np.isfinite(self.costs), self.costs, 1.0)

    @property
    def movable(self) -> list[int]:
        """Seats whose support can move, and may."""
        return [
            seat
            for seat, member in enumerate(self.council.ids)
            if np.isfinite(self.costs[seat])
            and member not in self.scenario.do
            and any(_undecided(one.model, seat) for one in self.standing.possibles)
        ]

    @property
    def vetoers(self) -> list[int]:
        """Seats whose no can block."""
        if all(one.majority.vetoes_needed is None for one in self.standing.possibles):
            return []
        return [seat for seat, permanent in enumerate(self.model.permanent) if permanent]

    @property
    def touched(self) -> set[int]:
        """Seats whose shift would make what was learnt more or less likely."""
        learnt = set(self.model.learnt)
        return learnt | {pair.leader for pair in self.model.company if pair.follower in learnt}


def cheapest_moves(table: Table, target: float) -> Moves:
    """The cheapest shifts found.

    Raises
    ------
    OptionError
        If no shift reaches the target; it names who blocks.
    """
    seats, nobody = table.movable, np.zeros(len(table.council))
    answerer = table.answerer
    now = float(answerer.adopted(nobody[None])[0])
    if now >= target:
        return Moves(target, now, (), {}, (), _engine(answerer), answerer.accuracy(nobody), answerer.error(nobody))
    _check_reachable(table, target)
    search = Search(answerer.search, seats, table.prices, target)
    found, simplest = cheapest(search, table.vetoers)
    if table.touched & set(np.flatnonzero(found).tolist()):
        answerer = answerer.on_nodes()
    least, other = (_way(answerer, search, shift) for shift in (found, simplest))
    if other.cost <= least.cost:  # as more nodes may tell
        least = other
    search = least.search
    start = now if answerer is table.answerer else float(answerer.adopted(nobody[None])[0])
    alone = _alone(search, seats, table.council, answerer)
    accuracy, error = answerer.accuracy(least.shift), answerer.error(least.shift)
    if accuracy is not None:
        accuracy = max(accuracy, abs(start - now))  # nodes are held against the exact engine where it can tell
    return Moves(
        *(target, start, least.moves(table, answerer), alone, least.alike(table), _engine(answerer), accuracy, error),
        cost_error=None if error is None else _in_cost(search, least.shift, error),
        fewer=_fewer(table, answerer, least, other),
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """Shifts that reach the target by the answerer's odds, and the search that saw their proportions closest."""

    shift: Floats
    search: Search

    @property
    def cost(self) -> float:
        return self.search.cost(self.shift)

    def moves(self, table: Table, answerer: Answerer) -> tuple[Move, ...]:
        """Them in order, each with the odds after it."""
        order = _ordered(self.search.odds, self.shift, table.prices)
        seats = np.arange(len(self.shift))
        steps = np.array([np.where(np.isin(seats, order[: k + 1]), self.shift, 0.0) for k in range(len(order))])
        return tuple(_moves(table, self.shift, order, answerer.adopted(steps)))

    def alike(self, table: Table) -> tuple[tuple[str, ...], ...]:
        """Members that are alike, of which some move and others do not."""
        return tuple(
            tuple(table.council.ids[seat] for seat in group)
            for group in self.search.groups
            if 0 < np.count_nonzero(self.shift[list(group)]) < len(group)
        )


def _way(answerer: Answerer, search: Search, found: Floats) -> _Way:
    """Shifts that were found, brought to the target as the answerer sees it."""
    moved = np.flatnonzero(found).tolist()
    if len(moved) > 1 and answerer.shifts.size > FINER:  # the proportions once more, seen more closely
        search = replace(search, odds=answerer.shifts.thinned(FINER))
        found = search.improved(found, moved)
    return _Way(settled(_one(answerer), found, search.target, search.steepness(found)), search)


def _fewer(table: Table, answerer: Answerer, least: _Way, other: _Way) -> Fewer | None:
    """The way of fewer members, where there is one."""
    without = np.flatnonzero((least.shift > 0) & (other.shift == 0)).tolist()
    if not without:
        return None
    left_out = tuple(table.council.ids[seat] for seat in without)
    return Fewer(left_out, other.moves(table, answerer), other.alike(table))


def _in_cost(search: Search, shift: Floats, error: float) -> float:
    """By how much the cost differs for odds that differ by so much."""
    density = float(np.exp(-(search.goal**2) / 2) / np.sqrt(2 * np.pi))
    return search.cost(shift) * error / max(density * search.steepness(shift), _TINY)


def _engine(answerer: Answerer) -> str:
    if answerer.exact:
        return "exact"
    return "monte-carlo" if answerer.replicates else "grid"


def _undecided(model: VoteModel, seat: int) -> bool:
    """Whether a seat's vote is not fixed: by what is made, or by odds that leave it one choice."""
    latent = model.latent
    cuts = latent.no_below[seat], latent.yes_from[seat]
    return bool(latent.absent[seat] < 1 and np.isfinite(cuts).any())


def _ordered(odds: Shifts, shift: Floats, costs: Floats) -> list[int]:
    """Who moves, the one that gains most for its cost first."""
    left = np.flatnonzero(shift).tolist()
    done, order = np.zeros_like(shift), list[int]()
    while left:
        rises = [odds.adopted(np.where(np.arange(len(shift)) == seat, shift, done)) for seat in left]
        base = odds.adopted(done)
        gains = [(rise - base) / (shift[seat] * costs[seat]) for rise, seat in zip(rises, left, strict=True)]
        seat = left.pop(int(np.argmax(np.round(np.array(gains) / max(*gains, _TINY), _ALIKE))))
        done[seat] = shift[seat]
        order.append(seat)
    return order


def _alone(search: Search, seats: Sequence[int], council: Council, answerer: Answerer) -> dict[str, float]:
    """How far each member would have to move by itself, where it can."""
    start = np.zeros(len(council))
    most = search.odds.along(start, seats, np.array([FURTHEST]))[:, 0]
    able = [seat for seat, odds in zip(seats, most, strict=True) if odds >= search.target]
    ways = [way for way in (search.reaching(np.eye(len(council))[seat]) for seat in able) if way is not None]
    ways.sort(key=np.max)
    closely = len(ways) if answerer.exact else _FEW
    for place, way in enumerate(ways[:closely]):
        ways[place] = settled(_one(answerer), way, search.target, search.steepness(way))
    found = {council.ids[int(way.argmax())]: float(way.max()) for way in sorted(ways, key=np.argmax)}
    return dict(sorted(found.items(), key=lambda one: round(one[1], _SAME)))  # a tie stays in the council's order


def _one(answerer: Answerer) -> Callable[[Floats], float]:
    """The odds of one set of shifts."""
    return lambda shift: float(answerer.adopted(shift[None])[0])


def _moves(table: Table, shift: Floats, order: Sequence[int], adopted: Floats) -> Iterator[Move]:
    before, after = (_member_odds(table, by, order) for by in (np.zeros_like(shift), shift))
    for seat, odds in zip(order, adopted.tolist(), strict=True):
        member = table.council.seats[seat]
        old, new = (dict(zip(_WORDS, rows[seat].tolist(), strict=True)) for rows in (before, after))
        was, then = nearest_stances(old, new, table.scenario, permanent=table.model.permanent[seat])
        by, key = float(shift[seat]), matters(old, veto=seat in table.vetoers)
        yield Move(member.id, member.short, by, by * float(table.costs[seat]), old, new, was, then, key, odds)


def _member_odds(table: Table, shift: Floats, seats: Sequence[int]) -> Floats:
    """Some seats' odds with support shifted, shape (n, 4): their own, or after what was learnt of them."""
    history = table.scenario.preferences.model == "history"
    asked = [seat for seat in seats if history or seat in table.model.learnt]
    odds = table.answerer.shifts.choices(shift, asked)
    if history:
        return odds
    own = np.zeros_like(odds)
    for one in table.standing.possibles:
        latent = one.model.latent
        moved = type(latent)(latent.mean + shift, latent.loadings, latent.no_below, latent.yes_from, latent.absent)
        own += one.weight * moved.marginals()
    plain = [seat for seat in range(len(odds)) if seat not in table.model.learnt]
    odds[plain] = own[plain]
    return odds


def _check_reachable(table: Table, target: float) -> None:
    """Refuses a target that no shift reaches, and names who blocks."""
    odds, furthest = table.answerer.search, np.zeros(len(table.council))
    furthest[table.movable] = FURTHEST
    most = odds.adopted(furthest)
    if most >= target - _SHORT_BY:
        return
    gains = [odds.with_yes(seat).adopted(furthest) for seat in range(len(table.council))]
    enough = [seat for seat, gain in enumerate(gains) if gain >= target - _SHORT_BY]
    some = [seat for seat, gain in enumerate(gains) if gain > most + _SHORT_BY]
    fixed = [seat for seat in range(len(gains)) if _why_fixed(table, seat) and not _sure_of_yes(table, seat)]
    blocking = enough or some or fixed
    named = "; ".join(
        f"{in_a_sentence(seat.short)} ({seat.id}): {_why_fixed(table, place) or _TOO_FAR}"
        for place, seat in ((place, table.council.seats[place]) for place in blocking[:_NAMED])
    )
    named += f"; and {len(blocking) - _NAMED} more" if len(blocking) > _NAMED else ""
    with_all = f"with all other support raised as far as it goes the odds are {percent(most)} in 100"
    raise OptionError(
        f"no shift of support reaches odds of {target:g}. What blocks is {named}; {with_all}"
        if named
        else f"no shift of support reaches odds of {target:g}: {with_all}"
    )


_NAMED = 5
"""Members in the way that are named."""

_TOO_FAR = f"{FURTHEST:g} standard deviations more support do not make sure of it"


def _sure_of_yes(table: Table, seat: int) -> bool:
    """Whether a member votes yes whatever else happens: it is in nobody's way."""
    made = table.scenario.do.get(table.council.ids[seat])
    return made is Choice.YES if made else bool(table.model.latent.marginals()[seat][YES] == 1)


def _why_fixed(table: Table, seat: int) -> str:
    """Why a member's support cannot move as far as it takes; empty where it can."""
    member, scenario = table.council.ids[seat], table.scenario
    if member in scenario.do:
        return f"its vote is made ({scenario.do[member].value})"
    if member in scenario.given and Choice.YES not in scenario.given[member]:
        return f"it is learnt to vote {' or '.join(choice.value for choice in scenario.given[member])}"
    if not np.isfinite(table.costs[seat]):
        return "its support is held where it is, by an endless cost"
    own = table.model.latent.marginals()[seat]
    if own[ABSENT] > 0:
        return f"it takes no part in {percent(float(own[ABSENT]))} of 100"
    if member in scenario.council.parties and not _undecided(table.model, seat):
        return "as a party to the dispute it must abstain"
    if not _undecided(table.model, seat):
        return f"its odds leave it no other vote than {_WORDS[int(own.argmax())]}"
    return ""
