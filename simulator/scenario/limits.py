"""What uncertain numbers must satisfy together: odds that leave a rest, cohesions that add up to 1 at most.

Every such limit is linear: a sum of numbers, each with the sign + or −, is at most a given number. One that binds a
single number is a bound of that number's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.facts import Council
from simulator.scenario.seats import bloc_members, sitting_sponsors
from simulator.scenario.types import Scenario, StatedOdds

Place = tuple[str | int, ...]
"""Where a value stands: keys and, in lists, numbers from 0."""


COHESION_TOLERANCE = 1e-12
"""How far above 1 rounding may take a member's cohesions."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The sum of ``sign × number`` is at most ``most``.

    Attributes
    ----------
    signs : mapping from a number's index in `Scenario.uncertain` to ±1
    most : float
    reason : str
        Why, as the part of a sentence after "since".
    """

    signs: Mapping[int, int]
    most: float
    reason: str


@dataclass(frozen=True, slots=True)
class Rest:
    """One member's odds with uncertain numbers: what is at ``place`` is ``left`` less the sum of the numbers.

    Attributes
    ----------
    place : Place
        Where ``"rest"`` stands.
    numbers : tuple of int
        Indices in `Scenario.uncertain`.
    left : float
        What the certain odds leave of 1.
    """

    place: Place
    numbers: tuple[int, ...]
    left: float


def dotted(place: Place) -> str:
    """A place as a person writes it: ``blocs.0.cohesion``."""
    return ".".join(map(str, place))


def at(value: Any, place: Place) -> Any:
    """What stands at a place within a table."""
    for part in place:
        inside: Any = value if isinstance(value, (dict, tuple)) else value.__dict__
        value = inside[part]
    return value


def rests(scenario: Scenario) -> tuple[Rest, ...]:
    """Every set of odds that is uncertain."""
    groups: dict[Place, list[int]] = {}
    for index, (place, _) in enumerate(scenario.uncertain):
        if isinstance(at(scenario, place[:-1]), StatedOdds):
            groups.setdefault(place[:-1], []).append(index)
    return tuple(_rest(at(scenario, place), place, tuple(numbers)) for place, numbers in groups.items())


def _rest(odds: StatedOdds, place: Place, numbers: tuple[int, ...]) -> Rest:
    values = odds.__dict__
    (key,) = (key for key, value in values.items() if isinstance(value, str))
    left = 1 - math.fsum(value for value in values.values() if isinstance(value, float))
    return Rest((*place, key), numbers, left)


def limits(scenario: Scenario, council: Council) -> tuple[Limit, ...]:
    """Everything that the uncertain numbers of a scenario must satisfy beside their own bounds."""
    left = rests(scenario)
    return (*_odds(left), *_sponsors(scenario, council, left), *_cohesions(scenario, council))


def _odds(left: tuple[Rest, ...]) -> Iterator[Limit]:
    for rest in left:
        yield Limit(dict.fromkeys(rest.numbers, 1), rest.left, f'{dotted(rest.place)} = "rest" cannot be below 0')


def _sponsors(scenario: Scenario, council: Council, left: tuple[Rest, ...]) -> Iterator[Limit]:
    """A sponsor's no is at most 0.5, as in odds that are certain."""
    for member in sitting_sponsors(scenario, council):
        place, reason = ("members", member, "odds", "no"), f"{member} sponsors the draft, so its no is at most 0.5"
        yield from (Limit({index: 1}, 0.5, reason) for index, (own, _) in enumerate(scenario.uncertain) if own == place)
        for rest in left:
            if rest.place == place:
                yield Limit(dict.fromkeys(rest.numbers, -1), 0.5 - rest.left, reason)


def _cohesions(scenario: Scenario, council: Council) -> Iterator[Limit]:
    """A member's cohesions add up to 1 at most; of members in the same uncertain blocs the tightest counts."""
    index: dict[Place, int] = {place: number for number, (place, _) in enumerate(scenario.uncertain)}
    certain = dict.fromkeys(council.ids, 0.0)
    doubtful: dict[str, list[int]] = {member: [] for member in council.ids}
    for place, bloc in enumerate(scenario.blocs):
        number = index.get(("blocs", place, "cohesion"))
        for member in bloc_members(bloc, council):
            if number is None:
                certain[member] += bloc.cohesion
            else:
                doubtful[member].append(number)
    tightest: dict[tuple[int, ...], str] = {}
    for member, numbers in doubtful.items():
        held = tightest.get(tuple(numbers))
        if numbers and (held is None or certain[member] > certain[held]):
            tightest[tuple(numbers)] = member
    for together, member in tightest.items():
        if certain[member] > 1 + COHESION_TOLERANCE:
            continue  # which is wrong whatever the draws, and said by the check of the certain numbers
        reason = f"the cohesions of {member} add up to 1 at most"
        yield Limit(dict.fromkeys(together, 1), max(0.0, 1 - certain[member]), reason)
