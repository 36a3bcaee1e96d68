"""From what the type checker found to what a person needs: the key, what was given, what is allowed, what to do."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from types import UnionType
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from simulator.errors import Problem, nearest, short, shown
from simulator.facts import Choice, Matter, Outcome, Text
from simulator.scenario.examples import example
from simulator.scenario.spatial_tables import BOUNDS
from simulator.scenario.stances import Stance
from simulator.scenario.types import WHOLE_BLOCS, Scenario

_EXPECTED = {
    "bool_type": "true or false, without quotes",
    "float_type": "a number",
    "int_type": "a whole number",
    "string_type": "text in quotes",
    "model_type": "a table",
    "dict_type": "a table",
    "tuple_type": "a list in square brackets",
    "finite_number": "a finite number",
}

_WITH_PARTS = ("model_type", "dict_type", "tuple_type")
"""Types of which an example is shown."""

_WORDS: dict[str, Sequence[str]] = {
    "stance": tuple(Stance),
    "text": tuple(Text),
    "matter": tuple(Matter),
    "outcome": tuple(Outcome),
    "do": tuple(Choice),
}


def problems_of(error: ValidationError) -> list[Problem]:
    """Every problem of a failed validation, in the order of the file's tables."""
    return [_problem(detail) for detail in error.errors(include_url=False, include_context=True)]


def dotted(location: Sequence[int | str]) -> str:
    """A key as a person writes it: ``blocs.0.cohesion``."""
    return ".".join(short(str(part)) for part in location if part != "[key]")


def _problem(detail: ErrorDetails) -> Problem:
    location, kind, given = detail["loc"], detail["type"], _as_written(detail["input"])
    key, last = dotted(location), str(location[-1]) if location else ""
    if kind == "missing":
        return Problem(key, "is required", _MISSING.get(key, ""))
    if kind == "extra_forbidden":
        return Problem(key, "unknown key", _allowed(last, _keys_beside(location)))
    if kind in ("enum", "literal_error"):
        own = "do" if location[0] == "do" else last  # under [do] the last part is a member, whatever it is called
        words = _WORDS.get(own, ()) or _literals(detail)
        hint = nearest(detail["input"], words) if isinstance(detail["input"], str) else ""
        if location[0] == "do" and _would_be_learnt(detail["input"]):
            hint = "do makes one choice; not yes, not no and lists are for given"
        if last == "stance" and detail["input"] in tuple(Choice):
            hint = "a stance is what is said; a vote goes to given or do, its probability to odds"
        if words:
            return Problem(key, f"{given} is not one of {', '.join(words)}", hint)
    if kind == "date_type":
        return Problem(key, _no_date(detail["input"]))
    if kind in _EXPECTED:
        such_as = example(last, str(detail.get("ctx", {}).get("class_name", "")))
        return Problem(key, f"expected {_EXPECTED[kind]}{such_as if kind in _WITH_PARTS else ''}, got {given}")
    if kind in ("greater_than_equal", "less_than_equal"):
        return Problem(key, f"{given} is outside {_bounds(location)}")
    if kind in ("sum", "entry", "uncertain"):
        return Problem(key, detail["msg"])
    if kind == "bloc_members" and isinstance(detail["input"], str):
        return Problem(key, f"{detail['msg']}, got {given}", nearest(detail["input"], WHOLE_BLOCS))
    message = detail["msg"]
    return Problem(key, f"{message[:1].lower()}{message[1:]}, got {given}")


_MISSING = {
    "schema": "write schema = 1 as the first line",
    "title": 'write title = "…"',
    "draft": "write [draft] and below it date = 2022-05-26, the day of the vote",
    "spatial.dimensions": 'write dimensions = ["order"], with a name of your own',
    "spatial.draft": "write draft = { order = 0.6 }, where the text stands",
    "draft.date": "write date = 2022-05-26, the day of the vote, under [draft]",
}


def _bounds(location: Sequence[int | str]) -> str:
    """What a number may be: from 0 to 1, but for those of the issue space."""
    return next((BOUNDS[str(part)] for part in reversed(location[1:]) if part in BOUNDS), "0 to 1")


def _as_written(value: object) -> str:
    """A value as the file has it, as far as it differs from Python's way."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return shown(value)


def _allowed(key: str, allowed: Sequence[str]) -> str:
    """The nearest key and the others that may stand there, as far as a line can hold them."""
    more = f" and {len(allowed) - _MOST_KEYS} more" if len(allowed) > _MOST_KEYS else ""
    keys = f"allowed are {', '.join(allowed[:_MOST_KEYS])}{more}"
    hint = nearest(key, allowed)
    return f"{hint} {keys[0].upper()}{keys[1:]}" if hint else keys


_MOST_KEYS = 20


def _would_be_learnt(value: object) -> bool:
    """Whether a value says which choices remain, as ``given`` takes it, and not which one is made."""
    return value in ("not yes", "not no") if isinstance(value, str) else isinstance(value, (list, tuple))


def _no_date(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return f"expected a day without a time of day, such as {value.date()}"
    if isinstance(value, str) and _LIKE_A_DATE.fullmatch(value.strip()):
        try:
            day = datetime.date.fromisoformat(value.strip())
        except ValueError:
            return f"there is no day {value.strip()}"
        return f"expected a date without quotes, {day}, got {shown(value)}"
    return f"expected a date as year-month-day without quotes, such as 2022-05-26, got {shown(value)}"


_LIKE_A_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _literals(detail: ErrorDetails) -> tuple[str, ...]:
    expected = str(detail.get("ctx", {}).get("expected", ""))
    return tuple(word.strip().strip("'") for part in expected.split(",") for word in part.split(" or ") if word.strip())


def _keys_beside(location: Sequence[int | str]) -> list[str]:
    """The keys allowed where an unknown one stands."""
    annotation: Any = Scenario
    for part in location[:-1]:
        annotation = _below(annotation, part)
    table = _table(annotation)
    return [field.alias or name for name, field in table.model_fields.items()] if table else []


def _below(annotation: Any, part: int | str) -> Any:
    """The type one key or index further down."""
    table = _table(annotation)
    if table:
        return {field.alias or name: field.annotation for name, field in table.model_fields.items()}.get(str(part))
    items = [argument for argument in get_args(annotation) if argument is not Ellipsis]
    return items[-1] if items and get_origin(annotation) in (dict, tuple) else None


def _table(annotation: Any) -> type[BaseModel] | None:
    """The class of a table's type, optional or not."""
    for candidate in (annotation, *(get_args(annotation) if get_origin(annotation) is UnionType else ())):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None
