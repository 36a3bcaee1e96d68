"""The stated model: the author's odds, or a stance word's, for every member.

Thresholds on a standard normal latent reproduce each member's odds exactly; blocs are loadings, so that whatever
their cohesion a member's own odds stay as stated (Gaussian copula).
"""

from __future__ import annotations

import numpy as np

from simulator.facts import Council
from simulator.model.blocs import bloc_loadings
from simulator.model.latent import LatentVotes, mean_and_thresholds
from simulator.model.stance_odds import stance_numbers
from simulator.scenario import MemberEntry, Scenario, StatedOdds, entries


def stated_odds(scenario: Scenario, council: Council) -> dict[str, StatedOdds]:
    """What the scenario states of each member: its odds, or those its stance stands for."""
    permanent = set(council.permanent)
    return {member: _odds(scenario, entry, member in permanent) for member, entry in entries(scenario, council).items()}


def latent_votes(scenario: Scenario, council: Council) -> LatentVotes:
    """The latent votes that have the stated odds as marginals and the blocs as factors."""
    odds = list(stated_odds(scenario, council).values())
    absent = np.array([one.absent for one in odds])
    cuts = np.array([cuts_of(one) for one in odds])
    return LatentVotes(cuts[:, 0], bloc_loadings(scenario, council), cuts[:, 1], cuts[:, 2], absent)


def _odds(scenario: Scenario, entry: MemberEntry, permanent: bool) -> StatedOdds:
    if entry.odds is not None:
        return entry.odds
    assert entry.stance is not None, "the scenario's types hold an entry to one of the two"
    own = scenario.stances.get(entry.stance.said_by(permanent)) or scenario.stances.get(entry.stance)
    numbers = (own.permanent if permanent else own.elected) if own else None
    return numbers or stance_numbers()[entry.stance, permanent].odds


def cuts_of(odds: StatedOdds) -> tuple[float, float, float]:
    """The mean and the two thresholds that give a member's odds, given that it takes part."""
    part = odds.yes + odds.abstain + odds.no
    if part == 0:  # certain to take no part: what it would do is never asked
        return 0.0, -np.inf, np.inf
    return mean_and_thresholds(odds.yes / part, odds.abstain / part, odds.no / part)
