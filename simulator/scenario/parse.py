"""From the text of a file to a scenario. The only TOML parser of the project; all problems come in one go."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from simulator.errors import InputError, Problem, ScenarioError, shown
from simulator.facts import RollCall
from simulator.scenario.checks import problems_in
from simulator.scenario.problems import dotted, problems_of
from simulator.scenario.toml_errors import toml_problem
from simulator.scenario.types import Scenario

MAX_BYTES = 1_000_000
"""A scenario is a page of text; anything of this size is another kind of file."""


def parse(text: bytes | str, source: str = "scenario", *, record: Sequence[RollCall] | None = None) -> Scenario:
    """A scenario from the text of its file.

    Parameters
    ----------
    text : bytes or str
        The whole file, UTF-8.
    source : str
        What to call it in messages.
    record : sequence of RollCall, optional
        With newer rows: its agenda items may be named too.

    Raises
    ------
    ScenarioError
        With every problem found.
    InputError
        If it is no text.
    """
    if not isinstance(source, str):
        raise InputError(f"source is a name for messages, as text, not {shown(source)}")
    return from_data(_toml(text, source), source, agendas_in(record))


def agendas_in(record: Sequence[RollCall] | None) -> frozenset[str]:
    """The agenda items of a record with newer rows; none of None."""
    return frozenset(vote.agenda for vote in record or ())


def from_data(data: dict[str, Any], source: str = "scenario", agendas: frozenset[str] = frozenset()) -> Scenario:
    """A scenario from the nested dict that its TOML holds; it may be about these agenda items too.

    Raises
    ------
    ScenarioError
        With every problem found: of the types and, on what is left when those are taken out, of their meaning.
    """
    try:
        scenario, found = _typed(data, source)
        if scenario is not None:
            scenario._agendas = agendas
            spoilt = {problem.key for problem in found}
            spoilt |= {"spatial"} if "spatial" in data and scenario.spatial is None else set()  # taken out, not missing
            found += [problem for problem in problems_in(scenario) if problem.key not in spoilt]
    except (RecursionError, OverflowError):
        raise ScenarioError(source, [_TOO_DEEP]) from None
    if found or scenario is None:
        raise ScenarioError(source, found)
    scenario._checked = True
    return scenario


def typed(data: dict[str, Any], source: str) -> Scenario:
    """A scenario whose types are right, whether or not its parts fit together.

    Raises
    ------
    ScenarioError
        With every problem of the types.
    """
    try:
        return Scenario._made(data, source)
    except ValidationError as error:
        raise ScenarioError(source, problems_of(error)) from None
    except (RecursionError, OverflowError):
        raise ScenarioError(source, [_TOO_DEEP]) from None


def rechecked(scenario: Scenario) -> Scenario:
    """The scenario, checked like a file, since Python can make one whose parts nobody has checked.

    Raises
    ------
    ScenarioError
        With every problem found.
    """
    if scenario._checked:
        return scenario
    try:
        data, source, notes = scenario.to_data(), scenario.source, scenario.notes
    except Exception:  # what model_construct and model_copy leave out or put in may fail in any way
        problem = Problem("", "not a whole scenario", "make one with load, parse or changed")
        raise ScenarioError("scenario", [problem]) from None
    found = from_data(data, source, scenario.further_agendas)
    found._notes = notes
    return found


_TOO_DEEP = Problem("", "nested too deeply, or a number too large to be meant")


def _toml(text: bytes | str, source: str) -> dict[str, Any]:
    if not isinstance(text, (bytes, str)):
        raise InputError(f"a scenario is parsed from text, as str or bytes, not from {shown(text)}")
    if len(text) > MAX_BYTES:
        raise ScenarioError(source, [Problem("", f"larger than {MAX_BYTES:,} bytes: not a scenario")])
    try:
        decoded = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
        return tomllib.loads(decoded)
    except UnicodeDecodeError as error:
        problem = Problem(
            "", f"not UTF-8 text: byte {error.start + 1} is 0x{error.object[error.start]:02x}", "save it as UTF-8"
        )
    except RecursionError:
        problem = Problem("", "nested too deeply")
    except ValueError as error:  # TOMLDecodeError, or an integer beyond Python's limit of digits
        problem = toml_problem(error, decoded)
    raise ScenarioError(source, [problem])


def _typed(data: dict[str, Any], source: str) -> tuple[Scenario | None, list[Problem]]:
    """The scenario and what is wrong with its types; where something is, the scenario is what remains without it."""
    try:
        return Scenario._made(data, source), []
    except ValidationError as error:
        found = problems_of(error)
        rest: Any = data
        for _ in range(8):
            rest = _without(rest, error)
            try:
                return Scenario._made(rest, source), found
            except ValidationError as again:
                error = again
        return None, found


# What stands in for a required key while the rest of the file is checked. A draft without a date has no council to
# check the members against, so nothing stands in for that.
_STAND_INS: dict[str, Any] = {"schema": 1, "title": "untitled"}


def _without(data: dict[str, Any], error: ValidationError) -> dict[str, Any]:
    """A copy of the data without the places an error names."""
    details = error.errors(include_url=False)
    # A table that lacks a required key goes as a whole.
    bad = {
        tuple(part for part in detail["loc"] if part != "[key]")[: -1 if detail["type"] == "missing" else None]
        for detail in details
    }
    kept: Any = _pruned(data, (), bad - {()})
    result: dict[str, Any] = kept if isinstance(kept, dict) else {}
    return result | {key: _STAND_INS[key] for key in (dotted(detail["loc"]) for detail in details) if key in _STAND_INS}


_DROPPED = object()


def _pruned(value: Any, here: tuple[int | str, ...], bad: set[tuple[int | str, ...]]) -> Any:
    if here in bad:
        return _DROPPED
    if isinstance(value, dict):
        items = {key: _pruned(inner, (*here, key), bad) for key, inner in value.items()}
        return {key: inner for key, inner in items.items() if inner is not _DROPPED}
    if isinstance(value, (list, tuple)):
        inner = [_pruned(item, (*here, index), bad) for index, item in enumerate(value)]
        return [item for item in inner if item is not _DROPPED]
    return value
