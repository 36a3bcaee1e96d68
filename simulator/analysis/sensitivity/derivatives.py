"""The derivative of the odds of adoption with respect to a number of the scenario.

The integral over the shared factors is differentiated exactly: :mod:`~simulator.engines.seats.gradient`. What is left
is the way from the number to thresholds, loadings and chances: no integral, a smooth function, and differenced by four
points around the number, which errs by about 1e-10 of it. Where a number stands at a bound, moves an earlier vote, or
moves a vote that jumps, the odds themselves are differenced: exact ones, or drawn ones at the same points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from simulator.analysis.sensitivity.answers import Answers
from simulator.analysis.sensitivity.numbers import FileNumber
from simulator.engines.exact.flat import rotation
from simulator.engines.possible import Possible
from simulator.engines.seats.differences import ONE_SIDED, TWO_SIDED, one_sided, two_sided
from simulator.engines.seats.gradient import Slopes
from simulator.engines.seats.replicates import error_of
from simulator.errors import SimulatorError
from simulator.model.latent import Floats
from simulator.scenario import Scenario, changed

_STEP = 1e-3
"""Step, as a share of the distance to the nearer bound or of the number's scale."""

_AT_BOUND = 1e-9
"""Distance below which a number stands at a bound."""

_NEAR_BOUND = 1e-4
"""Share of its scale below which a bound leaves no room for steps to both sides that are long enough to difference."""

_FOUR = ((-2, 1 / 12), (-1, -8 / 12), (1, 8 / 12), (2, -1 / 12))
"""Central differences of fourth order: places in steps, and weights."""


class How(StrEnum):
    """How a derivative was found."""

    EXACT = "exact"
    DIFFERENCE = "difference"
    """Of exact odds."""
    DRAWN = "monte-carlo"


@dataclass(frozen=True, slots=True)
class Derivative:
    """A derivative, per unit of the number, its standard error, 0 where nothing is drawn, and how it was found."""

    value: float
    error: float
    how: How


def derivative(answers: Answers, number: FileNumber) -> Derivative | None:
    """The derivative of the odds of adoption; None where there is none, or none that can be told.

    There is none where the odds have a kink, or bend within the shortest steps, as they do at a cohesion of 1, where as
    a rule their slope has no bound. None is told where points are drawn and a vote jumps.

    Parameters
    ----------
    answers : Answers
        Of a scenario with certain numbers.
    """
    below, above = number.value - number.lower, number.upper - number.value
    scale = max(abs(number.value), 0.1)
    room = min(below, above, scale)
    if room > _AT_BOUND and (change := _change(answers, number, _STEP * room)) is not None:
        found = _chained(answers, change)
        if found is not None:
            return found
    if room > _NEAR_BOUND * scale:
        found = _differenced(answers, number, _STEP * room)
        if found is not None:
            return found if np.isfinite(found.value) else None
    sides = (1.0, -1.0) if above >= below else (-1.0, 1.0)
    for side in sides:
        found = _differenced(answers, number, side * _STEP * scale, to_one_side=True)
        if found is not None:
            return found if np.isfinite(found.value) else None
    return None


def _differenced(answers: Answers, number: FileNumber, step: float, *, to_one_side: bool = False) -> Derivative | None:
    """By differences of the odds, NaN where they have no derivative; None where there is no room for the steps."""
    places = ONE_SIDED if to_one_side else TWO_SIDED
    try:
        odds = [answers.comparable(_at(answers.scenario, number, number.value + place * step)) for place in places]
    except SimulatorError:
        return None
    found = [one for one in odds if one is not None]
    if len(found) < len(places) or len({one.drawn for one in found}) > 1:
        return None
    if found[0].drawn and answers.gradient.differenced.any():  # at fixed points a jump is seen or not seen
        return None
    difference = one_sided if to_one_side else two_sided
    value = float(difference(np.array([one.value for one in found]), step))
    if not found[0].drawn:
        return Derivative(value, 0.0, How.DIFFERENCE)
    each = difference(np.array([one.sums[0] / one.sums[1] for one in found]), step)
    error = float(error_of(each))
    return Derivative(value, error, How.DRAWN) if np.isfinite(error) else None


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

    def items(self) -> Iterator[tuple[str, Floats]]:
        """By name."""
        for name in ("no_below", "yes_from", "absent", "loadings", "company"):
            yield name, getattr(self, name)


def _change(answers: Answers, number: FileNumber, step: float) -> dict[str, Floats] | None:
    """How much each number of the vote model moves with one of the file; None where something else moves too."""
    if len(answers.possibles) > 1:
        return None
    here = answers.possibles[0]
    turn = rotation(here.model.latent)
    before = dict(_Numbers.of(here, turn).items())
    change = {name: np.zeros_like(values) for name, values in before.items()}
    for place, weight in _FOUR:
        try:
            there = answers.ways(_at(answers.scenario, number, number.value + place * step))
        except SimulatorError:
            return None
        if len(there) > 1 or not _alike(here, there[0]):
            return None
        for name, values in _Numbers.of(there[0], turn).items():
            moved = np.isfinite(values)
            change[name][moved] += weight / step * (values[moved] - before[name][moved])
    return change


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


def _chained(answers: Answers, change: dict[str, Floats]) -> Derivative | None:
    """By the chain rule; None where a slope that is needed is not known."""
    value = _dot(answers.gradient.whole, change)
    if not np.isfinite(value):
        return None
    each = np.array([_dot(one, change) for one in answers.gradient.sums])
    drawn = answers.gradient.drawn
    return Derivative(value, float(error_of(each)), How.DRAWN if drawn else How.EXACT)


def _dot(slopes: Slopes, change: dict[str, Floats]) -> float:
    """The derivatives times the changes; what does not change needs no derivative."""
    total = 0.0
    for name, values in change.items():
        moved = values != 0
        total += float((slopes.ratio(name)[moved] * values[moved]).sum())
    return total
