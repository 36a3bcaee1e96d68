"""From a scenario to the ways things may stand: one for each draw of its uncertain numbers."""

from __future__ import annotations

from simulator.engines.possible import Possible
from simulator.model import vote_model
from simulator.scenario import Scenario, council_of, majority_of

PARAMETER_DRAWS = 400
"""Draws of uncertain numbers where no other number is asked for."""


def possibilities(scenario: Scenario, draws: int, seed: int) -> tuple[Possible, ...]:
    """The ways things may stand, with their weights: one where every number is certain.

    Parameters
    ----------
    draws : int
        Of the uncertain numbers, where there are any.
    seed : int
        Of those draws.
    """
    return (Possible(1.0, vote_model(scenario), majority_of(scenario, council_of(scenario))),)
