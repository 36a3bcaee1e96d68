"""The issue space: ``[spatial]``, and what a place in it adds to a member's entry.

Positions lie in [-1, 1]; what is measured in utility units is on the scale of squared distances, so a member at one end
of a dimension values its ideal 4 higher than the other end.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, PlainSerializer, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from simulator.scenario.numbers import MayBeUncertain
from simulator.scenario.table import Table

IDEAL_POINTS = "ideal-points"
"""In ``spatial.default_position``: members without a position stand at their General Assembly ideal points."""

MOST_DIMENSIONS = 3
"""Dimensions an issue space may have."""

LARGEST, SMALLEST_NOISE = 1000, 1e-6
"""Bounds of what is in utility units; noise is above 0, and not so small that thresholds in its units lose digits."""

Position = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False), MayBeUncertain(-1, 1)]
Utility = Annotated[float, Field(ge=0, le=LARGEST, allow_inf_nan=False), MayBeUncertain(0, LARGEST)]
SignedUtility = Annotated[float, Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False), MayBeUncertain(-LARGEST, LARGEST)]
Noise = Annotated[
    float, Field(ge=SMALLEST_NOISE, le=LARGEST, allow_inf_nan=False), MayBeUncertain(SMALLEST_NOISE, LARGEST)
]

BOUNDS = {
    "position": "-1 to 1",
    "draft": "-1 to 1",
    "reversion": "-1 to 1",
    "default_position": "-1 to 1",
    "noise": "0.000001 to 1000: it must be above 0",
    "indifference": "0 to 1000: it cannot be negative",
    "veto_reluctance": "0 to 1000: it cannot be negative",
    "salience": "0 to 1000: it cannot be negative",
    "tie": "-1000 to 1000",
}
"""By key: what its numbers may be, in words."""


def _dimensions(value: object) -> object:
    names = value if isinstance(value, (list, tuple)) else ()
    if not 1 <= len(names) <= MOST_DIMENSIONS or not all(
        isinstance(name, str) and 0 < len(name) <= 40 for name in names
    ):
        raise PydanticCustomError("dimensions", 'dimensions are one to three names, such as ["order"]')
    if len(set(names)) < len(names):
        raise PydanticCustomError("dimensions", "every dimension has a name of its own")
    return tuple(names)


def _default_position(value: object) -> object:
    """The words for ideal points as an empty table: no dimension has another default."""
    if value == IDEAL_POINTS:
        return {}
    if not isinstance(value, Mapping) or not value:
        raise PydanticCustomError(
            "default_position", f'default_position is "{IDEAL_POINTS}" or a table, such as {{ order = 0 }}'
        )
    return value


def _as_written(place: dict[str, Any]) -> object:
    return place or IDEAL_POINTS


class _OrIdealPoints:
    """The JSON Schema of a place for which the words may stand."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"enum": [IDEAL_POINTS]}, {**handler(schema), "minProperties": 1}]}


Place: TypeAlias = dict[str, Position]
"""A point in issue space, by dimension."""

Dimensions = Annotated[
    tuple[str, ...],
    BeforeValidator(_dimensions),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "string", "minLength": 1, "maxLength": 40},
            "minItems": 1,
            "maxItems": MOST_DIMENSIONS,
            "uniqueItems": True,
        }
    ),
]
DefaultPosition = Annotated[Place, BeforeValidator(_default_position), PlainSerializer(_as_written), _OrIdealPoints()]


class Spatial(Table):
    """The issue space, with ``preferences.model = "spatial"``: where the draft stands, and what happens otherwise."""

    dimensions: Annotated[Dimensions, Field(description="names of its one to three dimensions")]
    draft: Annotated[Place, Field(description="where the draft stands, on every dimension")]
    reversion: Annotated[
        Place, Field(description="where things stand if the draft fails; dimensions left out are 0")
    ] = Field(default_factory=dict)
    noise: Annotated[
        Noise, Field(description="standard deviation of the noise in a member's utility, shared and own together")
    ] = 0.5
    indifference: Annotated[Utility, Field(description="half-width of the abstention zone, utility units")] = 0.2
    veto_reluctance: Annotated[
        Utility, Field(description="added distance to a permanent member's no, utility units")
    ] = 0.5
    default_position: Annotated[
        DefaultPosition,
        Field(description="where members without a position stand; ideal points serve one dimension only"),
    ] = Field(default_factory=dict, json_schema_extra={"default": IDEAL_POINTS})


ENTRY_KEYS = ("position", "salience", "veto_reluctance", "tie")
"""The keys of a member's entry that place it in issue space."""
