"""Where a scenario's members stand in its issue space: by their own entries, by the file's default, by ideal points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from simulator.facts import Council
from simulator.facts.ideal_points import IdealPoint, ideal_point_on
from simulator.scenario.seats import entries, new_seats, sitting_of
from simulator.scenario.types import Scenario


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one member stands.

    Attributes
    ----------
    place : dict
        Its position on each dimension that is known.
    ideal_point : IdealPoint or None
        The General Assembly ideal point it stands at, where nothing else is said.
    needed : bool
        Whether its votes rest on its place; they do not where it has odds of its own.
    """

    place: dict[str, float]
    ideal_point: IdealPoint | None
    needed: bool


def placed(scenario: Scenario, council: Council) -> dict[str, Placed]:
    """Where each member stands, in seat order; dimensions on which nothing is known are left out.

    A General Assembly ideal point is the latest before the draft's year, or where there is none the year's own, divided
    by the largest absolute value among all members of its year. It is one number, so it serves an issue space of one
    dimension only. A new seat of a proposal that has no place of its own stands at the mean of the elected members of
    its regional group.
    """
    space = scenario.spatial
    assert space is not None, "called with the spatial model only"
    found: dict[str, Placed] = {}
    for member, entry in entries(scenario, council).items():
        place = {**space.default_position, **(entry.position or {})}
        needed, ideal = entry.odds is None, None
        if not place and entry.position is None and needed and len(space.dimensions) == 1:
            ideal = ideal_point_on(member, scenario.draft.date)
            place = {space.dimensions[0]: ideal.scaled} if ideal else {}
        found[member] = Placed(place, ideal, needed)
    for seat in new_seats(council):
        if found[seat.id].needed and not found[seat.id].place:
            sitting = [found[member].place for member in sitting_of(seat, council)]
            found[seat.id] = Placed(_mean(sitting, space.dimensions), None, True)
    return found


def _mean(places: Sequence[dict[str, float]], dimensions: Sequence[str]) -> dict[str, float]:
    """The mean place, on each dimension on which all are known; an uncertain one is known, at 0 until it is drawn."""
    shared = [name for name in dimensions if places and all(name in place for place in places)]
    return {
        name: fmean(place[name] if isinstance(place[name], (int, float)) else 0.0 for place in places)
        for name in shared
    }
