"""``council.seats``: a council of another make-up, seat by seat or by the word of a proposal."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, SerializerFunctionWrapHandler, WrapSerializer
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from simulator.facts import REFORMS, Group
from simulator.scenario.table import Table


class SeatEntry(Table):
    """One seat of a council of another make-up."""

    id: Annotated[
        str, Field(description="a state that ever had a seat, or 3 to 8 capital letters and digits for a new seat")
    ]
    veto: Annotated[bool | None, Field(description="whether its no can be a veto; left out: as in the Charter")] = None
    permanent: Annotated[
        bool | None, Field(description="whether the seat is permanent; left out: as it is, and if it has a veto")
    ] = None
    name: Annotated[str, Field(description="what a new seat is called")] = ""
    prior: Annotated[
        Group | None,
        Field(strict=False, description="regional group of a new seat, whose elected members it is taken to be like"),
    ] = None


def _seats(value: object) -> object:
    """A proposal's word as a list of one entry with the word for its id; an empty list is no council."""
    if isinstance(value, str):
        if value not in REFORMS:
            raise PydanticCustomError(
                "reform", "seats are a list of tables, or one of {words}", {"words": ", ".join(REFORMS)}
            )
        return ({"id": str(value)},)
    if isinstance(value, (list, tuple)) and not value:
        raise PydanticCustomError(
            "no_seats", "a council has one seat at least; leave the key out for the day's council"
        )
    return tuple(value) if isinstance(value, list) else value


def _as_written(seats: tuple[SeatEntry, ...], dumped: SerializerFunctionWrapHandler) -> Any:
    return seats[0].id if len(seats) == 1 and seats[0].id in REFORMS else dumped(seats)


class _WordOrList:
    """Lets the JSON Schema have the words beside the list."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"enum": list(REFORMS)}, handler(core)]}


SeatEntries = Annotated[tuple[SeatEntry, ...], BeforeValidator(_seats), WrapSerializer(_as_written), _WordOrList()]
