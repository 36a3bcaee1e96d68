"""From a scenario to the ways things may stand: draws of its uncertain numbers, and courses of the votes before."""

from __future__ import annotations

from dataclasses import replace

from simulator.engines.possible import Possible
from simulator.engines.sequence import paths
from simulator.scenario import Scenario
from simulator.scenario.uncertain import realisations

PARAMETER_DRAWS = 400
"""Draws of uncertain numbers where no other number is asked for."""


def possibilities(scenario: Scenario, draws: int, seed: int) -> tuple[Possible, ...]:
    """The ways things may stand, with their weights: one where every number is certain and no vote comes before.

    Parameters
    ----------
    draws : int
        Of the uncertain numbers, where there are any.
    seed : int
        Of those draws, and of earlier votes that only Monte Carlo can answer.

    Raises
    ------
    ScenarioError
        If more than half of the draws of an uncertain number would lie outside its bounds.
    """
    if not scenario.uncertain:
        return paths(scenario, seed=seed)
    return tuple(
        replace(possible, weight=possible.weight / draws, draw=draw)
        for draw, certain in enumerate(realisations(scenario, draws, seed))
        for possible in paths(certain, seed=seed)
    )
