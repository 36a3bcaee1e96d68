"""From a joint table to odds: which cells are adopted, whose veto it is, the tallies, the pairs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, product

import numpy as np

from simulator.engines.joint import Ints, JointTable, States, states
from simulator.engines.parts import Outcomes, Tally, Vetoes
from simulator.facts import Choice, Outcome
from simulator.model import VoteModel
from simulator.model.latent import Floats
from simulator.rules import Majority

_WORDS = tuple(Outcome)


@lru_cache(maxsize=64)
def endings_grid(majority: Majority, yes: int, vetoes: int) -> tuple[Ints, Ints]:
    """By counts of yes and of vetoes: the outcome's place in Outcome, and whether a failed one is a hidden veto."""
    grid = [[_WORDS.index(majority.outcome(y, v)) for v in range(vetoes + 1)] for y in range(yes + 1)]
    hidden = [[y < majority.quota and majority.blocked(v) for v in range(vetoes + 1)] for y in range(yes + 1)]
    return np.array(grid, dtype=np.int64), np.array(hidden, dtype=np.int64)


def states_of(joint: JointTable, model: VoteModel) -> States:
    """What each state of a table's seats comes to, permanent members' no counted as vetoes."""
    return states(joint.choices, _permanent(joint, model))


def _permanent(joint: JointTable, model: VoteModel) -> tuple[bool, ...]:
    """Which axes of a table are those of permanent members; a pool's no are counted by themselves."""
    return tuple(seat < len(model.members) and model.permanent[seat] for seat in joint.seats)


def outcomes_of(joint: JointTable, model: VoteModel, majority: Majority) -> tuple[Outcomes, float]:
    """The three outcomes' share of the table's total, and that of the hidden veto; all permanent seats kept apart."""
    weights, places, hidden = _cells(joint, model, majority)
    total = weights.sum()
    share = np.bincount(places.ravel(), weights.ravel(), 3) / total
    return Outcomes(*map(float, share)), float((weights * hidden).sum() / total)


def _cells(joint: JointTable, model: VoteModel, majority: Majority) -> tuple[Floats, Ints, Ints]:
    """Weights by state and pooled yes, with each cell's outcome and whether it is a hidden veto."""
    weights = joint.by_yes
    permanent = _permanent(joint, model)
    return weights, *_endings(joint.choices, permanent, weights.shape[1], majority)


@lru_cache(maxsize=64)
def _endings(
    choices: tuple[tuple[int, ...], ...], permanent: tuple[bool, ...], counts: int, majority: Majority
) -> tuple[Ints, Ints]:
    state = states(choices, permanent)
    yes = state.yes[:, None] + np.arange(counts)
    grid, hidden = endings_grid(majority, int(yes.max()), int(state.vetoes.max()))
    vetoes = np.broadcast_to(state.vetoes[:, None], yes.shape)
    return grid[yes, vetoes], hidden[yes, vetoes]


def pairs_of(joint: JointTable, model: VoteModel) -> dict[str, Floats]:
    """What two members both do, shape (4, 4) each, for all permanent members and for leaders with followers."""
    return {
        f"{model.members[one]} {model.members[other]}": joint.over((one, other)) / joint.total
        for one, other in _pairs(joint, model)
    }


def _pairs(joint: JointTable, model: VoteModel) -> list[tuple[int, int]]:
    """Pairs of permanent members, and of leaders and followers, in seat order."""
    permanent = [seat for seat, is_ in zip(joint.seats, _permanent(joint, model), strict=True) if is_]
    company = [(min(pair.leader, pair.follower), max(pair.leader, pair.follower)) for pair in model.company]
    kept = [pair for pair in company if set(pair) <= set(joint.seats)]
    return list(dict.fromkeys([*combinations(permanent, 2), *kept]))


def vetoes_of(joint: JointTable, model: VoteModel, majority: Majority) -> Vetoes:
    """Whose veto defeats the draft, alone and together."""
    weights, places, _ = _cells(joint, model, majority)
    vetoed = (weights * (places == _WORDS.index(Outcome.VETOED))).sum(axis=1) / joint.total
    sets: dict[tuple[str, ...], float] = {}
    for against, pools, chance in _by_set(states_of(joint, model), vetoed):
        named = [model.members[seat] for place, seat in enumerate(joint.seats) if against >> place & 1]
        ways = [*product(*(combinations(pool, count) for pool, count in zip(joint.pools, pools, strict=True)))]
        for way in ways:  # seats of a pool are alike, so every choice of as many of them is as likely
            members = sorted([*named, *(model.members[seat] for some in way for seat in some)], key=model.members.index)
            key = tuple(members)
            sets[key] = sets.get(key, 0.0) + chance / len(ways)
    every = [member for member, permanent in zip(model.members, model.permanent, strict=True) if permanent]
    return Vetoes(
        float(vetoed.sum()),
        {member: sum(chance for members, chance in sets.items() if member in members) for member in every},
        {member: sets.get((member,), 0.0) for member in every},
        {" ".join(some): sets[some] for some in sorted(sets, key=lambda some: (len(some), some)) if len(some) > 1},
    )


def _by_set(state: States, vetoed: Floats) -> Iterator[tuple[int, tuple[int, ...], float]]:
    """Sets of vetoers, as bits of the seats kept apart and as counts of the pools, with their probability."""
    some = vetoed > 0
    keys, inverse = np.unique(np.column_stack([state.against, state.pools])[some], axis=0, return_inverse=True)
    for key, chance in zip(keys.tolist(), np.bincount(inverse.ravel(), vetoed[some], len(keys)), strict=True):
        yield key[0], tuple(key[1:]), float(chance)


def tallies_of(joint: JointTable, model: VoteModel, majority: Majority) -> tuple[Tally, ...]:
    """Every possible count of votes with its probability and outcome, likeliest first."""
    permanent = _permanent(joint, model)
    size = len(model.members)
    keys = _tally_keys(joint.choices, permanent, joint.by_state.shape[1:], size, majority)
    chances = np.bincount(keys.ravel(), joint.by_state.ravel()) / joint.total
    found = np.flatnonzero(chances)
    found = found[np.argsort(-chances[found], kind="stable")]
    tallies = []
    for key in map(int, found):
        rest, ending = divmod(key, 3)
        rest, absent = divmod(rest, size + 1)
        yes, no = divmod(rest, size + 1)
        tallies.append(Tally(yes, no, size - yes - no - absent, absent, float(chances[key]), _WORDS[ending]))
    return tuple(tallies)


@lru_cache(maxsize=16)
def _tally_keys(
    choices: tuple[tuple[int, ...], ...],
    permanent: tuple[bool, ...],
    counts: tuple[int, ...],
    size: int,
    majority: Majority,
) -> Ints:
    """Each cell's counts and outcome as one number: ((yes · b + no) · b + absent) · 3 + outcome, b = size + 1."""
    state = states(choices, permanent)
    yes, no, absent = (
        own[:, None, None, None] + more
        for own, more in zip((state.yes, state.no, state.absent), np.indices(counts, sparse=True), strict=True)
    )
    grid, _ = endings_grid(majority, 2 * size, int(state.vetoes.max()))
    ending = grid[yes, state.vetoes[:, None, None, None]]
    keys: Ints = ((yes * (size + 1) + no) * (size + 1) + absent) * 3 + ending
    return keys


def member_odds(model: VoteModel, odds: Floats) -> dict[str, dict[str, float]]:
    """Odds of each choice, shape (n, 4), by member and word."""
    return {
        member: {choice.value: float(chance) for choice, chance in zip(Choice, row, strict=True)}
        for member, row in zip(model.members, odds, strict=True)
    }
