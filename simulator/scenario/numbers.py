"""Uncertain numbers: where a number with a meaning stands, a distribution may stand instead.

A table of the file that has one holds an :class:`Uncertain` where its type says float. Nobody computes with that: the
model only ever sees :func:`simulator.scenario.uncertain.realisations`, in which numbers stand again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from simulator.errors import nearest, short, shown

REST = "rest"
"""The word for what the other odds of a member leave of 1."""

EXAMPLES = {
    "between": "{ between = [0.3, 0.8] }",
    "normal": "{ normal = [0.5, 0.1] }",
    "beta": "{ beta = [2, 5] }",
    "triangular": "{ triangular = [0.1, 0.3, 0.8] }",
    "uniform": "{ uniform = [0.2, 0.6] }",
}
"""Every distribution, as it is written."""

PARAMETERS = {
    "between": "the 5 % and the 95 % quantile; logit-normal for a quantity from 0 to 1, else normal",
    "normal": "mean and standard deviation",
    "beta": "the two shapes, on 0 to 1",
    "triangular": "lowest, likeliest, highest",
    "uniform": "lowest and highest",
}
"""What the numbers of each are."""


def _count(kind: str) -> int:
    return 3 if kind == "triangular" else 2


LARGEST = 1e6
"""Largest absolute value of a parameter: beyond it no quantity here has a meaning."""

NARROWEST = 1e-9
"""Narrowest spread: what is known better is a number."""

SHAPES = (0.01, LARGEST)
"""Shapes of a beta distribution: below, it is two points in all but name."""

SUM_TOLERANCE = 1e-9
"""How far a member's odds may be from adding up to 1."""


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A number known only by a distribution.

    Attributes
    ----------
    kind : str
        A key of :data:`EXAMPLES`.
    parameters : tuple of float
        As in the file.
    lower, upper : float
        Bounds of the quantity that it is the number of; infinite where it has none. Draws outside are rejected.
    """

    kind: str
    parameters: tuple[float, ...]
    lower: float = -math.inf
    upper: float = math.inf

    @property
    def chance(self) -> bool:
        """Whether the quantity is bound to 0–1, which makes ``between`` logit-normal."""
        return (self.lower, self.upper) == (0.0, 1.0)

    def to_data(self) -> dict[str, list[float]]:
        """The table that stands for it in the file."""
        return {self.kind: list(self.parameters)}

    def __str__(self) -> str:
        return f"{{ {self.kind} = [{', '.join(f'{number:.10g}' for number in self.parameters)}] }}"


class Rest(float):
    """What certain odds leave of 1: a number, and the word ``"rest"`` in the file."""

    __slots__ = ()


UNCERTAIN = "UncertainNumber"
"""What the JSON Schema calls a distribution that stands for a number."""

_DEFINITION: JsonSchemaValue = {
    "title": UNCERTAIN,
    "description": "A distribution, where a number may stand: one of these keys.",
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 1,
    "properties": {
        kind: {
            "type": "array",
            "items": {"type": "number"},
            "minItems": _count(kind),
            "maxItems": _count(kind),
            "description": meaning,
        }
        for kind, meaning in PARAMETERS.items()
    },
}


def _defined(_schema: object, _handler: object) -> JsonSchemaValue:
    return _DEFINITION


# A name of its own makes it one definition of the schema instead of a copy at every number.
_NAMED = core_schema.any_schema(
    ref=f"simulator.scenario.numbers.{UNCERTAIN}:1",
    metadata={"pydantic_js_functions": [_defined]},
)


@dataclass(frozen=True, slots=True)
class MayBeUncertain:
    """What lets a distribution stand for a number: ``Annotated[float, Field(ge=0, le=1), MayBeUncertain(0, 1)]``.

    Attributes
    ----------
    lower, upper : float
        Bounds of the quantity; draws outside are rejected.
    rest : bool
        Whether the word ``"rest"`` may stand there too.
    """

    lower: float = -math.inf
    upper: float = math.inf
    rest: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The number's own schema, with a look at tables and words before it."""
        return core_schema.no_info_wrap_validator_function(
            self._read,
            handler(source),
            serialization=core_schema.plain_serializer_function_ser_schema(_written),
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """A number, a distribution or, in odds, ``"rest"``."""
        words = [core_schema.literal_schema([REST])] if self.rest else []
        return handler(core_schema.union_schema([schema["schema"], _NAMED, *words]))

    def _read(self, value: object, number: core_schema.ValidatorFunctionWrapHandler) -> object:
        if isinstance(value, dict):
            return distribution(value, self.lower, self.upper)
        if isinstance(value, Uncertain):
            return distribution(value.to_data(), self.lower, self.upper)
        if self.rest and value == REST and isinstance(value, str):
            return REST
        return number(value)


def _written(value: object) -> object:
    """A number as the file has it."""
    if isinstance(value, Uncertain):
        return value.to_data()
    return REST if isinstance(value, Rest) else value


def distribution(table: dict[Any, Any], lower: float, upper: float) -> Uncertain:
    """A distribution from the table that stands for it.

    Raises
    ------
    PydanticCustomError
        Of type ``uncertain``, with what is allowed.
    """
    if len(table) != 1:
        raise _wrong(f"a distribution has one key, such as {EXAMPLES['between']}, not {len(table)}")
    ((kind, given),) = table.items()
    if kind not in EXAMPLES:
        hint = nearest(str(kind), EXAMPLES)
        raise _wrong(
            f"there is no distribution {short(str(kind))}; there are {', '.join(EXAMPLES.values())}"
            f"{f' – {hint}' if hint else ''}"
        )
    found = Uncertain(kind, _numbers(kind, given), float(lower), float(upper))
    complaint = _unfit(found)
    if complaint:
        raise _wrong(f"{found}: {complaint}")
    return found


def _numbers(kind: str, given: object) -> tuple[float, ...]:
    wanted = f"{kind} takes {PARAMETERS[kind].partition(';')[0]}, such as {EXAMPLES[kind]}"
    if not isinstance(given, (list, tuple)) or len(given) != _count(kind):
        raise _wrong(f"{wanted}, not {shown(given)}")
    for number in given:
        if isinstance(number, bool) or not isinstance(number, (int, float)):
            raise _wrong(f"{wanted}, not {shown(given)}")
        if not abs(number) <= LARGEST:  # nan too, and whole numbers that no float holds
            raise _wrong(f"{kind} takes finite numbers, of a million at most, not {shown(number)}")
    return tuple(float(number) for number in given)


def _unfit(found: Uncertain) -> str:
    """What is wrong with the parameters of a distribution; empty if nothing is."""
    first, last = found.parameters[0], found.parameters[-1]
    if found.kind == "normal":
        return "" if last >= NARROWEST else f"the standard deviation must be above 0{_known(last == 0)}"
    if found.kind == "beta":
        low, high = SHAPES
        return "" if low <= min(first, last) and max(first, last) <= high else "each shape lies from 0.01 to a million"
    if first > last:
        return "the lower number comes first"
    if last - first < NARROWEST:
        return f"the lower number must be below the higher{_known(True)}"
    if found.kind == "triangular" and not first <= found.parameters[1] <= last:
        return "the likeliest number, in the middle, must lie between the others"
    if found.kind == "between" and found.chance and not (first > 0 and last < 1):
        return "here both numbers lie above 0 and below 1; uniform and triangular reach 0 and 1"
    return ""


def _known(exactly: bool) -> str:
    return "; a number that is known is written without a distribution" if exactly else ""


def _wrong(message: str) -> PydanticCustomError:
    return PydanticCustomError("uncertain", "{message}", {"message": message})


def add_up(odds: dict[str, Any]) -> None:
    """Checks that a member's odds add up to 1, and puts a number for ``"rest"`` where the others are certain.

    Raises
    ------
    PydanticCustomError
        Of type ``sum``.
    """
    rests = [key for key, value in odds.items() if isinstance(value, str)]
    doubtful = [key for key, value in odds.items() if isinstance(value, Uncertain)]
    total = math.fsum(value for value in odds.values() if isinstance(value, float))
    if len(rests) > 1:
        message = f'one key at most can be "rest", not {" and ".join(rests)}'
    elif doubtful and not rests:
        is_uncertain = "is uncertain" if len(doubtful) == 1 else "are uncertain"
        message = f'{" and ".join(doubtful)} {is_uncertain}, so another key must be "rest", what is left of 1'
    elif not rests and abs(total - 1) > SUM_TOLERANCE:
        message = f"the probabilities add up to {total:.10g}, not to 1"
    elif rests and total > 1 + SUM_TOLERANCE:
        message = f'the probabilities beside "rest" add up to {total:.10g}, which is above 1'
    else:
        if rests and not doubtful:
            odds[rests[0]] = Rest(max(0.0, 1 - total))
        return
    raise PydanticCustomError("sum", "{message}", {"message": message})


Places: TypeAlias = list[tuple[tuple[str | int, ...], Uncertain]]
"""Uncertain numbers, each with where it stands: keys and, in lists, numbers from 0."""


def found_in(table: BaseModel) -> Places:
    """Every uncertain number within a table of the file, in its order."""
    found: Places = []
    _look(table.__dict__.items(), (), found)
    return found


def _look(items: Iterable[tuple[Any, Any]], place: tuple[str | int, ...], found: Places) -> None:
    for key, value in items:  # the value's own type first: most are text, and every scenario is looked through
        kind = type(value)
        if kind is Uncertain:
            found.append(((*place, _part(key)), value))
        elif kind is dict:
            _look(value.items(), (*place, _part(key)), found)
        elif kind is tuple:
            if value and not isinstance(value[0], str):
                _look(enumerate(value), (*place, _part(key)), found)
        elif isinstance(value, BaseModel):
            _look(value.__dict__.items(), (*place, _part(key)), found)


def _part(key: str | int) -> str | int:
    """A key as plain text: those of ``[stances]`` are members of an enum."""
    return key if isinstance(key, int) else str(key)
