"""From a joint table to odds: which cells are adopted, whose veto it is, the tallies, the pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np

from simulator.engines.joint import Ints, JointTable, States, states
from simulator.engines.odds import Outcomes, Vetoes
from simulator.facts import Choice, Outcome
from simulator.model import VoteModel
from simulator.model.latent import Floats
from simulator.rules import Majority

_WORDS = tuple(Outcome)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read off a joint table; the names are those of :class:`~simulator.engines.odds.Odds`."""

    total: float
    outcomes: Outcomes
    hidden_veto: float
    vetoes: Vetoes
    pairs: dict[str, Floats]
    counts: Ints
    chances: Floats
    endings: tuple[Outcome, ...]


@lru_cache(maxsize=64)
def endings_grid(majority: Majority, yes: int, vetoes: int) -> tuple[Ints, Ints]:
    """For every count of yes and of vetoes: the outcome's place in Outcome, and whether a failed one is a hidden veto."""
    grid = [[_WORDS.index(majority.outcome(y, v)) for v in range(vetoes + 1)] for y in range(yes + 1)]
    hidden = [[y < majority.quota and majority.blocked(v) for v in range(vetoes + 1)] for y in range(yes + 1)]
    return np.array(grid, dtype=np.int64), np.array(hidden, dtype=np.int64)


def states_of(joint: JointTable, model: VoteModel) -> States:
    """What each state of a table's seats comes to, permanent members' no counted as vetoes."""
    return states(joint.choices, tuple(model.permanent[seat] for seat in joint.seats))


def outcomes_of(joint: JointTable, model: VoteModel, majority: Majority) -> tuple[Outcomes, float]:
    """The three outcomes' share of the table's total, and that of the hidden veto; all permanent seats kept apart."""
    weights, places, hidden = _cells(joint, model, majority)
    total = weights.sum()
    share = np.bincount(places.ravel(), weights.ravel(), 3) / total
    return Outcomes(*map(float, share)), float((weights * hidden).sum() / total)


def _cells(joint: JointTable, model: VoteModel, majority: Majority) -> tuple[Floats, Ints, Ints]:
    """Weights by state and pooled yes, with each cell's outcome and whether it is a hidden veto."""
    state = states_of(joint, model)
    weights = joint.by_state.sum(axis=(2, 3))
    yes = state.yes[:, None] + np.arange(weights.shape[1])
    grid, hidden = endings_grid(majority, len(model.members), sum(model.permanent))
    vetoes = np.broadcast_to(state.vetoes[:, None], yes.shape)
    return weights, grid[yes, vetoes], hidden[yes, vetoes]


def read(joint: JointTable, model: VoteModel, majority: Majority) -> Reading:
    """Everything a joint table says about the vote."""
    outcomes, hidden = outcomes_of(joint, model, majority)
    counts, chances, endings = _tallies(joint, model, majority)
    return Reading(
        joint.total,
        outcomes,
        hidden,
        _vetoes(joint, model, majority),
        {
            f"{model.members[one]} {model.members[other]}": joint.over((one, other)) / joint.total
            for one, other in _pairs(joint, model)
        },
        counts,
        chances,
        endings,
    )


def _pairs(joint: JointTable, model: VoteModel) -> list[tuple[int, int]]:
    """Pairs of permanent members, and of leaders and followers, in seat order."""
    permanent = [seat for seat in joint.seats if model.permanent[seat]]
    company = [(min(pair.leader, pair.follower), max(pair.leader, pair.follower)) for pair in model.company]
    return list(dict.fromkeys([*combinations(permanent, 2), *company]))


def _vetoes(joint: JointTable, model: VoteModel, majority: Majority) -> Vetoes:
    weights, places, _ = _cells(joint, model, majority)
    vetoed = (weights * (places == _WORDS.index(Outcome.VETOED))).sum(axis=1) / joint.total
    sets = np.bincount(states_of(joint, model).against, vetoed, 1 << len(joint.seats))
    permanent = [(place, model.members[seat]) for place, seat in enumerate(joint.seats) if model.permanent[seat]]
    bits = np.arange(len(sets))
    by = {member: float(sets[bits >> place & 1 == 1].sum()) for place, member in permanent}
    alone = {member: float(sets[1 << place]) for place, member in permanent}
    joint_sets = {
        " ".join(member for _, member in some): float(sets[sum(1 << place for place, _ in some)])
        for size in range(2, len(permanent) + 1)
        for some in combinations(permanent, size)
    }
    return Vetoes(float(vetoed.sum()), by, alone, {names: chance for names, chance in joint_sets.items() if chance > 0})


def _tallies(joint: JointTable, model: VoteModel, majority: Majority) -> tuple[Ints, Floats, tuple[Outcome, ...]]:
    """Counts (yes, no, abstain, absent) with their probability and outcome, likeliest first."""
    cells = joint.by_state
    index, chance = np.nonzero(cells), cells[cells != 0] / joint.total
    state = states_of(joint, model)
    size = len(model.members)
    yes, no, absent = (
        getattr(state, name)[index[0]] + index[axis] for axis, name in ((1, "yes"), (2, "no"), (3, "absent"))
    )
    grid, _ = endings_grid(majority, size, sum(model.permanent))
    ending = grid[yes, state.vetoes[index[0]]]
    base = size + 1
    key = ((yes * base + no) * base + absent) * 3 + ending
    keys, place = np.unique(key, return_inverse=True)
    chances = np.bincount(place, chance)
    order = np.lexsort((-keys, -chances))
    keys, chances = keys[order], chances[order]
    counts = np.stack([keys // (3 * base**2), keys // (3 * base) % base, keys // 3 % base], axis=1)
    counts = np.insert(counts, 2, size - counts.sum(axis=1), axis=1)
    return counts, chances, tuple(_WORDS[place] for place in keys % 3)


def member_odds(model: VoteModel, odds: Floats) -> dict[str, dict[str, float]]:
    """Odds of each choice, shape (n, 4), by member and word."""
    return {
        member: {choice.value: float(chance) for choice, chance in zip(Choice, row, strict=True)}
        for member, row in zip(model.members, odds, strict=True)
    }


def apart(model: VoteModel, seats: Sequence[int] | None = None) -> tuple[int, ...]:
    """The seats to keep apart: permanent members, leaders and followers, among some seats (all by default)."""
    chosen = {seat for seat, permanent in enumerate(model.permanent) if permanent}
    chosen |= {seat for pair in model.company for seat in (pair.leader, pair.follower)}
    return tuple(sorted(chosen if seats is None else chosen & set(seats)))
