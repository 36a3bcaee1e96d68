"""Slow, plain reference answers that share no code with the engines.

Every roll call is written out, every factor is put on a dense grid, and the definitions of company, evidence and
intervention are applied roll call by roll call, as the model's text states them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import erf, sqrt

import numpy as np
from scipy.special import ndtr

from simulator.model import VoteModel
from simulator.model.latent import ABSENT, ABSTAIN, NO, YES, Floats
from simulator.rules import Majority


@dataclass(frozen=True)
class Reference:
    """What brute force finds: odds given the evidence, and the evidence's probability."""

    adopted: float
    vetoed: float
    failed: float
    hidden: float
    evidence: float
    choices: Floats
    vetoes: dict[frozenset[int], float]
    tallies: dict[tuple[int, int, int, int, str], float]


def normal_below(x: Floats) -> Floats:
    """The normal distribution function, from the standard library's error function."""
    below: Floats = np.vectorize(lambda one: 0.5 * (1 + erf(one / sqrt(2))), otypes=[float])(x)
    return below


def grid(factors: int, points: int) -> tuple[Floats, Floats]:
    """Equally spaced points over `factors` standard normal variables: shape (m, factors), with weights (m,)."""
    line = np.linspace(-8, 8, points)
    weight = np.exp(-(line**2) / 2)
    weight /= weight.sum()
    places = np.array(list(product(range(points), repeat=factors)), dtype=int).reshape(points**factors, factors)
    return line[places], weight[places].prod(axis=1)


def brute_force(model: VoteModel, majority: Majority, points: int = 161) -> Reference:
    """All 4^n roll calls at every point of a grid over the factors."""
    return _summed_up(model, majority, roll_calls(model, points))


def roll_calls(model: VoteModel, points: int = 161) -> dict[tuple[int, ...], float]:
    """The probability of each of the 4^n roll calls together with what was learnt."""
    latent, n = model.latent, len(model.members)
    factors, weights = grid(latent.loadings.shape[1], points)
    odds = np.zeros((len(weights), n, 4))
    for seat in range(n):
        noise = sqrt(max(1 - float((latent.loadings[seat] ** 2).sum()), 1e-18))
        support = latent.mean[seat] + factors @ latent.loadings[seat]
        below = normal_below((latent.no_below[seat] - support) / noise)
        under = normal_below((latent.yes_from[seat] - support) / noise)
        part = 1 - latent.absent[seat]
        odds[:, seat, YES], odds[:, seat, ABSTAIN] = part * (1 - under), part * (under - below)
        odds[:, seat, NO], odds[:, seat, ABSENT] = part * below, latent.absent[seat]
    return {roll_call: _chance(model, odds, weights, roll_call) for roll_call in product(range(4), repeat=n)}


def _chance(model: VoteModel, odds: Floats, weights: Floats, roll_call: tuple[int, ...]) -> float:
    """The probability of one roll call together with what was learnt."""
    leaders = {pair.follower: pair for pair in model.company}
    at_points = weights.copy()
    for seat, choice in enumerate(roll_call):
        pair = leaders.get(seat)
        if pair is not None and choice in (ABSTAIN, NO):
            share = pair.if_leader_no if roll_call[pair.leader] == NO else pair.otherwise
            withheld = odds[:, seat, ABSTAIN] + odds[:, seat, NO]
            at_points = at_points * withheld * (share if choice == NO else 1 - share)
        else:
            at_points = at_points * odds[:, seat, choice]
        at_points = at_points * model.likelihood[seat, choice]
    return float(at_points.sum())


def _against(model: VoteModel, roll_call: tuple[int, ...]) -> frozenset[int]:
    return frozenset(seat for seat, choice in enumerate(roll_call) if choice == NO and model.permanent[seat])


def _blocked(majority: Majority, against: frozenset[int]) -> bool:
    return majority.vetoes_needed is not None and len(against) >= majority.vetoes_needed


def outcome_of(model: VoteModel, majority: Majority, roll_call: tuple[int, ...]) -> str:
    """What a roll call comes to."""
    if roll_call.count(YES) < majority.quota:
        return "failed"
    return "vetoed" if _blocked(majority, _against(model, roll_call)) else "adopted"


def _summed_up(model: VoteModel, majority: Majority, chances: dict[tuple[int, ...], float]) -> Reference:
    evidence = sum(chances.values())
    sums = {"adopted": 0.0, "vetoed": 0.0, "failed": 0.0, "hidden": 0.0}
    choices = np.zeros((len(model.members), 4))
    vetoes: dict[frozenset[int], float] = {}
    tallies: dict[tuple[int, int, int, int, str], float] = {}
    for roll_call, raw in chances.items():
        chance = raw / evidence if evidence else 0.0
        against = _against(model, roll_call)
        word = outcome_of(model, majority, roll_call)
        sums[word] += chance
        sums["hidden"] += chance * (word == "failed" and _blocked(majority, against))
        if word == "vetoed":
            vetoes[against] = vetoes.get(against, 0.0) + chance
        for seat, choice in enumerate(roll_call):
            choices[seat, choice] += chance
        yes, no, abstain, absent = (roll_call.count(choice) for choice in (YES, NO, ABSTAIN, ABSENT))
        key = (yes, no, abstain, absent, word)
        tallies[key] = tallies.get(key, 0.0) + chance
    return Reference(
        sums["adopted"],
        sums["vetoed"],
        sums["failed"],
        sums["hidden"],
        evidence,
        choices,
        vetoes,
        tallies,
    )


def exact_adopted(odds: list[tuple[Fraction, Fraction, bool]], quota: int) -> Fraction:
    """Adoption by independent members in exact fractions: (yes, no, permanent) each; one permanent no blocks."""
    alive = {0: Fraction(1)}
    for yes, no, permanent in odds:
        after: dict[int, Fraction] = {}
        for count, chance in alive.items():
            after[count + 1] = after.get(count + 1, Fraction(0)) + chance * yes
            stays = 1 - yes - (no if permanent else 0)
            after[count] = after.get(count, Fraction(0)) + chance * stays
        alive = after
    return sum((chance for count, chance in alive.items() if count >= quota), Fraction(0))


def panels(count: int, order: int = 8, reach: float = 8.6) -> tuple[Floats, Floats]:
    """Points and weights over one standard normal variable: Gauss-Legendre in equal panels."""
    places, gauss = np.polynomial.legendre.leggauss(order)
    half = reach / count
    middles = np.linspace(-reach + half, reach - half, count)
    points = (middles[:, None] + half * places).ravel()
    weights: Floats = np.tile(half * gauss, count) * np.exp(-(points**2) / 2) / sqrt(2 * np.pi)
    return points, weights


def adopted_on_panels(model: VoteModel, quota: int, counts: tuple[int, ...]) -> tuple[float, float, float]:
    """Adopted, vetoed, failed with one veto enough and nothing learnt, by so many panels over each factor.

    The number of yes votes is counted once of all members and once with every permanent member kept from voting no:
    the odds of enough yes, and of enough yes without a veto.
    """
    latent = model.latent
    lines = [panels(count) for count in counts]
    points = np.stack([axis.ravel() for axis in np.meshgrid(*(one for one, _ in lines), indexing="ij")])
    weights = np.stack([axis.ravel() for axis in np.meshgrid(*(one for _, one in lines), indexing="ij")]).prod(axis=0)
    points, weights = points[:, weights > 1e-20], weights[weights > 1e-20]
    every = np.zeros((len(latent) + 1, len(weights)))
    every[0] = 1.0
    clear = every.copy()
    for seat in range(len(latent)):
        noise = sqrt(1 - float((latent.loadings[seat] ** 2).sum()))
        support, part = latent.mean[seat] + latent.loadings[seat] @ points, 1 - latent.absent[seat]
        yes = part * ndtr((support - latent.yes_from[seat]) / noise)
        no = part * ndtr((latent.no_below[seat] - support) / noise)
        for counted, other in ((every, 1 - yes), (clear, 1 - yes - no if model.permanent[seat] else 1 - yes)):
            counted[1:] = counted[1:] * other + counted[:-1] * yes
            counted[0] *= other
    enough, adopted = (float(counted[quota:].sum(axis=0) @ weights) for counted in (every, clear))
    return adopted, enough - adopted, 1 - enough
