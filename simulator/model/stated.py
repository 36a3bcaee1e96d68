"""The stated model: the author's odds, or a stance word's, for every member.

Thresholds on a standard normal latent reproduce each member's odds exactly; blocs are loadings, so that whatever
their cohesion a member's own odds stay as stated (Gaussian copula).
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

import numpy as np

from simulator.facts import Council
from simulator.model.blocs import bloc_loadings
from simulator.model.latent import LatentVotes, mean_and_thresholds
from simulator.model.stance_odds import stance_numbers
from simulator.scenario import MemberEntry, Scenario, StatedOdds, entries, like_sitting


def stated_odds(scenario: Scenario, council: Council) -> dict[str, StatedOdds]:
    """What the scenario states of each member: its odds, or those its stance stands for.

    A stance counts as a permanent member's where its no can be a veto. A new seat without an entry of its own has the
    mean odds of the sitting elected members of its regional group; where there are none, those of the default.
    """
    vetoers = set(council.vetoers)
    odds = {member: _odds(scenario, entry, member in vetoers) for member, entry in entries(scenario, council).items()}
    for seat, sitting in like_sitting(scenario, council).items():
        if sitting:
            odds[seat] = _mean([odds[member] for member in sitting])
    return odds


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


def _mean(odds: Sequence[StatedOdds]) -> StatedOdds:
    """The mean of each chance; rounding must not take one beyond 1."""
    words = ("yes", "abstain", "no", "absent")
    return StatedOdds(**{word: min(1.0, fmean(getattr(one, word) for one in odds)) for word in words})


def cuts_of(odds: StatedOdds) -> tuple[float, float, float]:
    """The mean and the two thresholds that give a member's odds, given that it takes part."""
    part = odds.yes + odds.abstain + odds.no
    if part == 0:  # certain to take no part: what it would do is never asked
        return 0.0, -np.inf, np.inf
    return mean_and_thresholds(odds.yes / part, odds.abstain / part, odds.no / part)
