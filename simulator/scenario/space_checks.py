"""What must hold in a scenario with an issue space, and that there is one where there should be, and only there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from simulator.errors import Problem, nearest, short
from simulator.facts import Council
from simulator.scenario.places import placed
from simulator.scenario.seats import DEFAULT
from simulator.scenario.spatial_tables import Spatial
from simulator.scenario.types import Scenario

_INSTEAD = {
    "position": "write default_position under [spatial]",
    "veto_reluctance": "write veto_reluctance under [spatial]",
}


def space_problems(scenario: Scenario, council: Council) -> Iterator[Problem]:
    """Every problem of the issue space."""
    model, space = scenario.preferences.model, scenario.spatial
    yield from _stated(scenario)
    if model != "spatial":
        yield from _elsewhere(scenario)
        return
    if space is None:
        yield Problem(
            "spatial", 'is required with preferences.model = "spatial"', "write [spatial] with dimensions and draft"
        )
        return
    if scenario.sequence:
        yield Problem(
            "sequence",
            "votes before the draft's have no place of their own in issue space",
            'leave it out, or write model = "stated" under [preferences]',
        )
    yield from _known(scenario, space)
    yield from _complete(scenario, space, council)


def _elsewhere(scenario: Scenario) -> Iterator[Problem]:
    """Tables and keys of the issue space in another model."""
    only = f'is read with preferences.model = "spatial" only; here the model is {scenario.preferences.model}'
    if scenario.spatial is not None:
        yield Problem("spatial", only, 'write model = "spatial" under [preferences], or leave it out')
    for code, entry in scenario.members.items():
        for key in entry.spatial_keys:
            yield Problem(f"members.{short(code)}.{key}", only, "leave it out")


def _stated(scenario: Scenario) -> Iterator[Problem]:
    """Votes before the draft's are of stated preferences: an entry there has a stance or odds, and no place."""
    tables = [("preliminary", scenario.preliminary)]
    tables += [(f"sequence.{place}.members", step.members) for place, step in enumerate(scenario.sequence)]
    for table, members in tables:
        for code, entry in members.items():
            for key in entry.spatial_keys:
                message = "places in issue space are about the draft; here a stance or odds are needed"
                yield Problem(f"{table}.{short(code)}.{key}", message, "leave it out")


def _known(scenario: Scenario, space: Spatial) -> Iterator[Problem]:
    """Every dimension named must be one of the space, and the default entry holds nothing of it."""
    tables: dict[str, Mapping[str, float]] = {
        "spatial.draft": space.draft,
        "spatial.reversion": space.reversion,
        "spatial.default_position": space.default_position,
    }
    for code, entry in scenario.members.items():
        if code == DEFAULT:
            for key in entry.spatial_keys:
                hint = _INSTEAD.get(key, "write it for each member")
                yield Problem(f"members.{DEFAULT}.{key}", "default stands nowhere in issue space", hint)
            continue
        tables[f"members.{short(code)}.position"] = entry.position or {}
        tables[f"members.{short(code)}.salience"] = entry.salience or {}
    for key, table in tables.items():
        for name in table:
            if name not in space.dimensions:
                allowed = (
                    f"there is no such dimension; spatial.dimensions are {', '.join(map(short, space.dimensions))}"
                )
                yield Problem(f"{key}.{short(name)}", allowed, nearest(name, space.dimensions))


def _complete(scenario: Scenario, space: Spatial, council: Council) -> Iterator[Problem]:
    """The draft and every member whose votes rest on its place stand somewhere on each dimension."""
    for name in space.dimensions:
        if name not in space.draft:
            yield Problem(
                f"spatial.draft.{short(name)}", "is required: where the draft stands", "a number from -1 to 1"
            )
    lacking: dict[str, list[str]] = {name: [] for name in space.dimensions}
    for code, standing in placed(scenario, council).items():
        missing = [name for name in space.dimensions if standing.needed and name not in standing.place]
        entry = scenario.members.get(code)
        own = entry is not None and entry.position is not None
        for name in missing:
            if own:
                yield Problem(f"members.{code}.position.{short(name)}", "is required", "a number from -1 to 1")
            elif len(space.dimensions) == 1 and not space.default_position:
                yield Problem(
                    f"members.{code}.position",
                    f"is required: {code} has no General Assembly ideal point of {scenario.draft.date.year} or before",
                    f"write position = {{ {name} = 0 }}, or default_position under [spatial]",
                )
            else:
                lacking[name].append(code)
    if any(lacking.values()):
        yield _lacking(lacking, space)


def _lacking(lacking: Mapping[str, Iterable[str]], space: Spatial) -> Problem:
    """Who lacks which dimension, in one problem."""
    who = "; ".join(f"{short(name)}: {' '.join(codes)}" for name, codes in lacking.items() if codes)
    ideal = "" if space.default_position else f"ideal points serve one dimension, not {len(space.dimensions)}; "
    table = ", ".join(f"{short(name)} = 0" for name in space.dimensions)
    return Problem(
        "spatial.default_position",
        f"{ideal}members without a position on {who}",
        f"give them positions, or write default_position = {{ {table} }}",
    )
