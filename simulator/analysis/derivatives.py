"""The derivative of the odds of adoption with respect to a number of the file.

The integral over the shared factors is differentiated exactly (:mod:`simulator.engines.gradient`). What is left is the
way from the file's number to thresholds, loadings and chances: no integral, a smooth function, and differenced by four
points around the number, which errs by about 1e-10 of it. Where a number stands at a bound, or moves something else,
such as the odds of an earlier vote, the exact odds themselves are differenced, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from simulator.analysis.scenario_numbers import FileNumber
from simulator.engines.exact.flat import rotation
from simulator.engines.gradient import Slopes
from simulator.engines.possible import Possible
from simulator.errors import SimulatorError
from simulator.model.latent import Floats
from simulator.scenario import Scenario, changed

_STEP = 1e-3
"""Step, as a share of the distance to the nearer bound or of the number's scale."""

_AT_BOUND = 1e-9
"""Distance below which a number stands at a bound."""

_FOUR = ((-2, 1 / 12), (-1, -8 / 12), (1, 8 / 12), (2, -1 / 12))
"""Central differences of fourth order: places in steps, and weights."""

_THREE = ((0, -1.5), (1, 2.0), (2, -0.5))
"""One-sided differences of second order."""


class How(StrEnum):
    """How a derivative was found."""

    EXACT = "exact"
    DIFFERENCE = "difference"
    """Of exact odds around the number."""
    DRAWN = "monte-carlo"


@dataclass(frozen=True, slots=True)
class Derivative:
    """A derivative, per unit of the number, and how it was found."""

    value: float
    how: How


Ways = Callable[[Scenario], tuple[Possible, ...]]
"""From a scenario to the ways things may stand."""

Odds = Callable[[Scenario], float]
"""From a scenario to its odds of adoption."""


def derivative(scenario: Scenario, number: FileNumber, slopes: Slopes, ways: Ways, odds: Odds) -> Derivative | None:
    """The derivative of the odds of adoption; None where no value beside the number is possible.

    Parameters
    ----------
    scenario : Scenario
        With certain numbers.
    slopes : Slopes
        Of the one way things may stand; of several only where the derivative is to be differenced.
    """
    below, above = number.value - number.lower, number.upper - number.value
    scale = max(abs(number.value), 0.1)
    room = min(below, above, scale)
    if room > _AT_BOUND:
        step = _STEP * room
        found = _chained(scenario, number, slopes, ways, step)
        if found is not None:
            return Derivative(found, How.EXACT)
        return _differenced(scenario, number, odds, [(place * step, weight / step) for place, weight in _FOUR])
    step = _STEP * min(scale, max(below, above))
    side = 1.0 if above >= below else -1.0
    return _differenced(
        scenario, number, odds, [(side * place * step, side * weight / step) for place, weight in _THREE]
    )


def _differenced(
    scenario: Scenario, number: FileNumber, odds: Odds, points: list[tuple[float, float]]
) -> Derivative | None:
    try:
        total = sum(weight * odds(_at(scenario, number, number.value + away)) for away, weight in points)
    except SimulatorError:
        return None
    return Derivative(total, How.DIFFERENCE)


def _at(scenario: Scenario, number: FileNumber, value: float) -> Scenario:
    return changed(scenario, settings=number.at(value))


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What a vote model holds that slopes are known of."""

    no_below: Floats
    yes_from: Floats
    absent: Floats
    loadings: Floats
    company: Floats

    @classmethod
    def of(cls, one: Possible, turn: Floats) -> _Numbers:
        """Thresholds from the mean, loadings on the nodes' factors."""
        latent, company = one.model.latent, np.zeros((len(one.model.members), 2))
        for pair in one.model.company:
            company[pair.follower] = pair.if_leader_no, pair.otherwise
        low, high = latent.no_below - latent.mean, latent.yes_from - latent.mean
        return cls(low, high, latent.absent, latent.loadings @ turn, company)


def _chained(scenario: Scenario, number: FileNumber, slopes: Slopes, ways: Ways, step: float) -> float | None:
    """By the chain rule; None where the number moves something that slopes are not known of."""
    here = ways(scenario)
    if len(here) > 1:
        return None
    turn = rotation(here[0].model.latent)
    total = 0.0
    for place, weight in _FOUR:
        try:
            there = ways(_at(scenario, number, number.value + place * step))
        except SimulatorError:
            return None
        if len(there) > 1 or not _alike(here[0], there[0]):
            return None
        total += weight / step * _dot(slopes, _Numbers.of(there[0], turn))
    return total


def _alike(one: Possible, other: Possible) -> bool:
    """Whether two ways differ in nothing but thresholds, loadings and chances."""
    structure = [(pair.leader, pair.follower) for pair in one.model.company]
    same = [(pair.leader, pair.follower) for pair in other.model.company]
    latents = one.model.latent, other.model.latent
    infinite = [np.isinf(latent.no_below) | np.isinf(latent.yes_from) for latent in latents]
    return (
        structure == same
        and one.majority == other.majority
        and latents[0].loadings.shape == latents[1].loadings.shape
        and bool((one.model.likelihood == other.model.likelihood).all())
        and bool((infinite[0] == infinite[1]).all())
    )


def _dot(slopes: Slopes, numbers: _Numbers) -> float:
    """The numbers times the derivatives with respect to them; infinite thresholds stay where they are."""
    total = 0.0
    for name in ("no_below", "yes_from", "absent", "loadings", "company"):
        values = getattr(numbers, name)
        total += float((slopes.ratio(name) * np.where(np.isfinite(values), values, 0.0)).sum())
    return total
