"""Blocs as loadings on shared factors: every preference model has them."""

from __future__ import annotations

import numpy as np

from simulator.facts import Council
from simulator.model.latent import Floats
from simulator.scenario import Scenario, bloc_members


def bloc_loadings(scenario: Scenario, council: Council) -> Floats:
    """Loadings, shape (n, k): a member of a bloc has the square root of its cohesion on the bloc's factor."""
    cohesions = _cohesions(scenario, council)
    loadings = np.zeros((len(council), len(cohesions)))
    places = {member: place for place, member in enumerate(council.ids)}
    for factor, (members, cohesion) in enumerate(cohesions.items()):
        loadings[[places[member] for member in members], factor] = np.sqrt(cohesion)
    # Cohesions may add up to 1 within rounding; row lengths may not exceed it.
    loadings /= np.sqrt(np.maximum(1.0, (loadings**2).sum(axis=1, keepdims=True)))
    return loadings


def _cohesions(scenario: Scenario, council: Council) -> dict[tuple[str, ...], float]:
    """The cohesion of every set of members that is a bloc: blocs of the same members are one, their cohesions added."""
    cohesions: dict[tuple[str, ...], float] = {}
    for bloc in scenario.blocs:
        members = bloc_members(bloc, council)
        cohesions[members] = cohesions.get(members, 0.0) + bloc.cohesion
    return cohesions
