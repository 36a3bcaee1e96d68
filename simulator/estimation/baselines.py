"""Baselines: forecasts of the same votes by simple means, each from strictly earlier days only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.estimation.forecasts import is_scored
from simulator.estimation.independent import outcomes_if_independent
from simulator.estimation.simple import AlwaysYes, Climatology, LastOutcome, LastVotes, Learner, Rates
from simulator.estimation.trees import tree_outcomes
from simulator.facts import RollCall
from simulator.model.latent import Floats

WINDOW = 3
"""Years of the short climatology."""


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """A simple forecast of every vote.

    Attributes
    ----------
    meaning : str
        What it does, in a line.
    outcomes : array, shape (n, 3), or None
        Odds of adopted, vetoed and failed.
    choices : array, shape (n, m, 3), or None
        Members' odds of yes, abstain and no, independent of each other; None for one that is of outcomes only.
    missing : str
        Why there is no forecast; empty where there is one.
    """

    meaning: str
    outcomes: Floats | None
    choices: Floats | None
    missing: str = ""


MEANINGS = {
    "always_yes": "every member as the average mark so far",
    "climatology": "outcomes as often as so far",
    "climatology_three_years": "outcomes as often as in the last three years",
    "member_rates": "every member as often as so far",
    "member_agenda_rates": "every member as often as so far on the item",
    "last_vote": "every member, and the outcome, as last on the item",
    "trees": "gradient-boosted trees on the model's covariates",
}
"""What each baseline does, in the order they are shown."""


def baselines(record: Sequence[RollCall], votes: Sequence[RollCall]) -> dict[str, Baseline]:
    """Every baseline's forecasts.

    Parameters
    ----------
    record : sequence of RollCall
        What may be learnt from: of each vote only days strictly before it, from 1994 on.
    votes : sequence of RollCall
        What is forecast; they need not be on the record.

    Returns
    -------
    dict
        By name, in the order of :data:`MEANINGS`.
    """
    learners: dict[str, Learner] = {
        "always_yes": AlwaysYes(),
        "climatology": Climatology(),
        "climatology_three_years": Climatology(WINDOW),
        "member_rates": Rates(by_agenda=False),
        "member_agenda_rates": Rates(by_agenda=True),
        "last_vote": LastVotes(),
        "last_outcome": LastOutcome(),
    }
    found = forward(record, votes, learners)
    trees, missing = tree_outcomes(record, votes)
    outcomes: dict[str, Floats | None] = {
        "climatology": found["climatology"],
        "climatology_three_years": found["climatology_three_years"],
        "last_vote": found["last_outcome"],
        "trees": trees,
    }
    choices = {name: found[name] for name in ("always_yes", "member_rates", "member_agenda_rates", "last_vote")}
    for name, odds in choices.items():
        if name not in outcomes:
            outcomes[name] = outcomes_if_independent(odds, votes)
    return {
        name: Baseline(meaning, outcomes[name], choices.get(name), missing if name == "trees" else "")
        for name, meaning in MEANINGS.items()
    }


def forward(
    record: Sequence[RollCall], votes: Sequence[RollCall], learners: Mapping[str, Learner]
) -> dict[str, Floats]:
    """Walks through the days: each vote is forecast when all earlier days are learnt, and none of its own.

    Returns
    -------
    dict
        By learner, its arrays in the order of `votes`.
    """
    learnt = sorted((vote for vote in record if is_scored(vote)), key=lambda vote: vote.date)
    order = sorted(range(len(votes)), key=lambda place: votes[place].date)
    found: dict[str, list[Floats]] = {name: [np.zeros(0)] * len(votes) for name in learners}
    at = 0
    for place in order:
        while at < len(learnt) and learnt[at].date < votes[place].date:
            for learner in learners.values():
                learner.learn(learnt[at])
            at += 1
        for name, learner in learners.items():
            found[name][place] = learner.forecast(votes[place])
    return {name: np.array(rows) for name, rows in found.items()}
