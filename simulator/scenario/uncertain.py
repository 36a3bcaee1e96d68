"""Scenarios with uncertain numbers: which they are, and draws of the scenario in which numbers stand instead.

The draws of a number are spread evenly over its distribution (Latin hypercube [McKayEtAl1979]_): of n draws one lies
in each n-th of its probability. Its bounds cut the distribution, which is the same as drawing until a draw lies inside.
Draws that break a limit on several numbers together are rejected and drawn again, independently; those of the other
numbers are kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from simulator.errors import OptionError, Problem, ScenarioError, shown
from simulator.facts import Council
from simulator.randomness import Floats, Purpose, Stream, checked_seed, to_uniform
from simulator.scenario.distributions import probability_below, quantile
from simulator.scenario.limits import Limit, Place, dotted, limits, rests
from simulator.scenario.numbers import Uncertain
from simulator.scenario.seats import council_of
from simulator.scenario.types import Scenario

MOST_DRAWS = 100_000
"""Realisations at once."""

LEAST_KEPT = 0.5
"""Share of draws that must keep to the limits: with fewer, the numbers used are not those that the file states."""

TRIED = 16_384
"""Draws by which the share kept of several numbers together is estimated; always the same ones."""

_NOISE = 3 * math.sqrt(0.25 / TRIED)
"""Three standard errors of that share: numbers of which exactly half is kept are not refused by chance."""

_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class UncertainNumber:
    """One number of a scenario for which a distribution stands.

    Attributes
    ----------
    key : str
        Where, as a dotted key.
    distribution : Uncertain
        As in the file, with the bounds of the quantity.
    lower, upper : float
        What its draws are cut to: those bounds, tightened by what else the scenario holds.
    """

    key: str
    distribution: Uncertain
    lower: float
    upper: float

    @property
    def kept(self) -> float:
        """Probability of the distribution within the bounds."""
        return probability_below(self.distribution, self.upper) - probability_below(self.distribution, self.lower)

    def quantile(self, u: Floats) -> Floats:
        """The numbers at shares `u` in (0, 1) of the distribution cut to the bounds."""
        return quantile(self.distribution, u, self.lower, self.upper)


@dataclass(frozen=True, slots=True)
class _Knot:
    """Numbers that share limits, so that they are rejected together: ``signs @ draws ≤ most``."""

    numbers: tuple[int, ...]
    signs: Floats
    most: Floats
    reason: str

    def holds(self, draws: Floats) -> NDArray[np.bool_]:
        """Which rows of draws, of all numbers of the knot, satisfy every limit."""
        kept: NDArray[np.bool_] = np.all(draws @ self.signs.T <= self.most, axis=1)
        return kept


def uncertain_numbers(scenario: Scenario) -> tuple[UncertainNumber, ...]:
    """The uncertain numbers of a scenario, in the order of its tables; none if all are certain."""
    if not scenario.uncertain:
        return ()
    return _bounded(scenario, limits(scenario, council_of(scenario)))


def checked_parameter_draws(count: int) -> int:
    """The number of draws, if it is one.

    Raises
    ------
    OptionError
        If it is not a whole number from 1 to 100,000.
    """
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MOST_DRAWS:
        raise OptionError(f"parameter draws are a whole number from 1 to {MOST_DRAWS:,}, not {shown(count)}")
    return count


def realisations(scenario: Scenario, count: int, seed: int) -> tuple[Scenario, ...]:
    """Scenarios with a number wherever this one has a distribution.

    Parameters
    ----------
    scenario : Scenario
        As load, parse and changed give it. If all its numbers are certain, every realisation is the scenario itself.
    count : int
        How many, at least 1.
    seed : int
        From 0 to 2^64 − 1. Streams belong to keys: another number made uncertain leaves the draws of these as they are.

    Raises
    ------
    ScenarioError
        If more than half of the draws would have to be rejected.
    OptionError
        If `count` or `seed` is out of range.
    """
    checked_parameter_draws(count)
    checked_seed(seed)
    if not scenario.uncertain:
        return (scenario,) * count
    joint = limits(scenario, council_of(scenario))
    numbers = _bounded(scenario, joint)
    found = [] if scenario._checked else [*_too_few(numbers, joint)]
    if found:
        raise ScenarioError(scenario.source, found)
    draws = _draws(numbers, _knots(numbers, joint), count, seed)
    return put_in(scenario, draws)


def problems(scenario: Scenario, council: Council) -> Iterator[Problem]:
    """What is wrong with the uncertain numbers of a scenario whose types are right."""
    joint = limits(scenario, council)
    yield from _too_few(_bounded(scenario, joint), joint)


def _bounded(scenario: Scenario, joint: Sequence[Limit]) -> tuple[UncertainNumber, ...]:
    """The numbers, with the limits that bind one number alone taken into its bounds."""
    found = []
    for index, (place, distribution) in enumerate(scenario.uncertain):
        alone = [(limit.signs[index], limit.most) for limit in joint if [*limit.signs] == [index]]
        upper = min([distribution.upper, *(most for sign, most in alone if sign > 0)])
        lower = max([distribution.lower, *(-most for sign, most in alone if sign < 0)])
        found.append(UncertainNumber(dotted(place), distribution, lower, upper))
    return tuple(found)


def _too_few(numbers: Sequence[UncertainNumber], joint: Sequence[Limit]) -> Iterator[Problem]:
    """The numbers more than half of whose draws would be rejected, alone or together."""
    rejected = False
    for index, number in enumerate(numbers):
        if number.kept < LEAST_KEPT:
            rejected = True
            why = [limit.reason for limit in joint if [*limit.signs] == [index] and _binds(limit, number)]
            since = f", since {' and '.join(why)}" if why else ""
            room = (
                f"{number.lower:.4g} to {number.upper:.4g}" if number.lower < number.upper else "any range left for it"
            )
            yield Problem(
                number.key,
                f"{_in_100(1 - number.kept)} in 100 draws of {number.distribution} lie outside {room}{since}",
                "at least half must lie inside: choose a distribution that does",
            )
    for knot in () if rejected else _knots(numbers, joint):
        kept = _share_kept(numbers, knot)
        if kept + _NOISE < LEAST_KEPT:
            keys = [numbers[index].key for index in knot.numbers]
            yield Problem(
                keys[0],
                f"about {_in_100(1 - kept)} in 100 draws of {' and '.join(keys)} break a limit: {knot.reason}",
                "at least half must keep to it: choose lower or narrower distributions",
            )


def _binds(limit: Limit, number: UncertainNumber) -> bool:
    """Whether a limit on one number alone is tighter than the bounds of its quantity."""
    upper = 1 in limit.signs.values()
    return limit.most < (number.distribution.upper if upper else -number.distribution.lower)


def _in_100(share: float) -> str:
    return f"{100 * share:.4g}"


def _share_kept(numbers: Sequence[UncertainNumber], knot: _Knot) -> float:
    return float(knot.holds(_independent(numbers, knot, Stream(0, 0, Purpose.PARAMETERS), TRIED)).mean())


def _knots(numbers: Sequence[UncertainNumber], joint: Sequence[Limit]) -> tuple[_Knot, ...]:
    """The limits on several numbers that draws can break, those that share a number put together."""
    groups: list[tuple[set[int], list[Limit]]] = []
    for limit in joint:
        if len(limit.signs) < 2 or _most_possible(numbers, limit) <= limit.most:
            continue
        members, held = set(limit.signs), [limit]
        for group in [group for group in groups if group[0] & members]:
            groups.remove(group)
            members, held = members | group[0], group[1] + held
        groups.append((members, held))
    return tuple(_knot(tuple(sorted(members)), held) for members, held in groups)


def _most_possible(numbers: Sequence[UncertainNumber], limit: Limit) -> float:
    """The largest sum that the bounds of the numbers allow."""
    return sum(numbers[index].upper if sign > 0 else -numbers[index].lower for index, sign in limit.signs.items())


def _knot(numbers: tuple[int, ...], held: Sequence[Limit]) -> _Knot:
    signs = np.array([[float(limit.signs.get(index, 0)) for index in numbers] for limit in held])
    return _Knot(numbers, signs, np.array([limit.most for limit in held]), "; ".join(limit.reason for limit in held))


def _draws(numbers: Sequence[UncertainNumber], knots: Sequence[_Knot], count: int, seed: int) -> Floats:
    """Draws of all numbers: shape (count, numbers)."""
    draws = np.column_stack([number.quantile(_strata(number.key, count, seed)) for number in numbers])
    for knot in knots:
        columns = list(knot.numbers)
        stream = Stream(seed, _own(" ".join(numbers[index].key for index in columns)), Purpose.PARAMETERS_AGAIN)
        for _ in range(_ROUNDS):
            bad = np.flatnonzero(~knot.holds(draws[:, columns]))
            if not len(bad):
                break
            draws[bad[:, None], columns] = _independent(numbers, knot, stream, len(bad))
    return draws


def _strata(key: str, count: int, seed: int) -> Floats:
    """A number in each `count`-th of (0, 1), in random order: shape (count,)."""
    stream = Stream(seed, _own(key), Purpose.PARAMETERS)
    order = np.argsort(stream.words(count), kind="stable")
    shares: Floats = (order + to_uniform(stream.words(count))) / count
    return shares


def _own(key: str) -> int:
    """The number of a key's own stream."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


def _independent(numbers: Sequence[UncertainNumber], knot: _Knot, stream: Stream, count: int) -> Floats:
    """Draws of a knot's numbers, each by itself: shape (count, numbers of the knot)."""
    return np.column_stack([numbers[index].quantile(stream.uniform(count)) for index in knot.numbers])


def bound_together(scenario: Scenario) -> bool:
    """Whether a limit that draws can break binds several uncertain numbers, so that they are not independent."""
    joint = limits(scenario, council_of(scenario))
    return bool(_knots(_bounded(scenario, joint), joint))


def put_in(scenario: Scenario, draws: Floats) -> tuple[Scenario, ...]:
    """The scenario with each row of draws where distributions stood, and what they leave of 1 where "rest" stood.

    Parameters
    ----------
    draws : array, shape (count, numbers)
        Columns in the order of :func:`uncertain_numbers`.
    """
    left = rests(scenario)
    remaining = [np.maximum(0.0, rest.left - draws[:, list(rest.numbers)].sum(axis=1)) for rest in left]
    places = [*(place for place, _ in scenario.uncertain), *(rest.place for rest in left)]
    plan = _plan(places)
    found = tuple(_put(scenario, plan, row) for row in np.column_stack([draws, *remaining]).tolist())
    for one in found:
        one._checked, one._uncertain = True, ()
    return found


def _plan(places: Sequence[Place]) -> dict[Any, Any]:
    """A tree of keys that leads to each place, whose leaves are columns."""
    plan: dict[Any, Any] = {}
    for column, place in enumerate(places):
        here = plan
        for part in place[:-1]:
            here = here.setdefault(part, {})
        here[place[-1]] = column
    return plan


def _put(value: Any, plan: dict[Any, Any] | int, row: list[float]) -> Any:
    """A copy of a table with numbers put in; what no number lies in is shared, since nothing in a scenario changes."""
    if isinstance(plan, int):
        return row[plan]
    inside: Any = value.__dict__ if isinstance(value, BaseModel) else value
    new = {part: _put(inside[part], below, row) for part, below in plan.items()}
    if isinstance(value, tuple):
        return tuple(new.get(place, item) for place, item in enumerate(value))
    if isinstance(value, dict):
        return {**value, **new}
    return _like(value, {**inside, **new})


def _like(table: BaseModel, values: dict[str, Any]) -> BaseModel:
    """A table of the same class with other values, none of them checked; a quarter of the time of pydantic's copy."""
    copy = type(table).__new__(type(table))
    object.__setattr__(copy, "__dict__", values)
    for name in ("__pydantic_fields_set__", "__pydantic_extra__"):
        object.__setattr__(copy, name, getattr(table, name))
    private = table.__pydantic_private__
    object.__setattr__(copy, "__pydantic_private__", None if private is None else dict(private))
    return copy
