"""The JSON Schema of the scenario file as tables of keys, one a table of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator.scenario import Scenario
from simulator.scenario.numbers import UNCERTAIN

Schema = dict[str, Any]

PLAIN = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "object": "table"}
PLURAL = {"text": "texts", "code": "codes", "table": "tables", "number": "numbers", "whole number": "whole numbers"}


@dataclass(frozen=True, slots=True)
class KeyTable:
    """One table of the file: its name as it is written there, what it is for, and a row a key."""

    title: str
    meaning: str
    rows: tuple[tuple[str, str, str, str], ...]


class _Reader:
    """Walks one schema; each kind of table comes once, where it is first met."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.seen: set[str] = set()

    def look_up(self, schema: Schema) -> Schema:
        """What a reference refers to, with what stands beside the reference."""
        if "$ref" not in schema:
            return schema
        found: Schema = self.schema["$defs"][schema["$ref"].rpartition("/")[2]]
        return {**found, **schema}

    def tables(self, schema: Schema, title: str, path: str = "") -> Iterator[KeyTable]:
        """The table itself, then those inside it."""
        required = schema.get("required", ())
        rows = (self.row(key, value, required=key in required) for key, value in schema["properties"].items())
        yield KeyTable(title, sentence(schema["description"]), tuple(rows))
        for key, value in schema["properties"].items():
            yield from self.inside(value, f"{path}{key}")

    def inside(self, schema: Schema, path: str, form: str = "[{}]") -> Iterator[KeyTable]:
        """The tables that a key leads to, under the name they have in a file."""
        for option in schema.get("anyOf", [schema]):
            found = self.look_up(option)
            if found.get("title") == UNCERTAIN:
                continue  # stands at many keys, and is shown once, at the end
            if "properties" in found:
                if found["title"] not in self.seen:
                    self.seen.add(found["title"])
                    yield from self.tables(found, form.format(path), f"{path}.")
            elif isinstance(found.get("additionalProperties"), dict):
                word = "WORD" if "propertyNames" in found else "CODE"
                yield from self.inside(found["additionalProperties"], f"{path}.{word}")
            elif "items" in found:
                yield from self.inside(found["items"], path, "[[{}]]")

    def row(self, key: str, schema: Schema, *, required: bool) -> tuple[str, str, str, str]:
        """Key, type, default, meaning."""
        meaning = schema.get("description") or self.purpose(schema)
        return f"`{key}`", self.kind(schema), "required" if required else default(schema), sentence(meaning).rstrip(".")

    def purpose(self, schema: Schema) -> str:
        """What the table that a key leads to says of itself, as part of a line."""
        options = [self.look_up(option) for option in (schema, schema.get("items", {}), *schema.get("anyOf", ()))]
        text: str = next((option["description"] for option in options if "description" in option), "")
        return text[:1].lower() + text[1:]

    def kind(self, schema: Schema) -> str:
        """What a value may be, in words."""
        if "anyOf" in schema:
            return " or ".join(self.kind(option) for option in schema["anyOf"] if option.get("type") != "null")
        schema = self.look_up(schema)
        if schema.get("title") == UNCERTAIN:
            return "distribution"
        if "const" in schema or "enum" in schema:
            words = schema.get("enum") or [schema["const"]]
            return ", ".join(f"`{word}`" for word in words)
        if schema["type"] == "array":
            item = self.kind(schema["items"])
            exactly = "minItems" in schema and schema["minItems"] == schema.get("maxItems")
            count = f"{schema['minItems']} " if exactly else ""
            return f"list of {count}{PLURAL.get(item, item)}"
        if isinstance(schema.get("additionalProperties"), dict):
            inner = self.kind(schema["additionalProperties"])
            # Of tables of numbers there are those of dimensions only.
            inner_schema = schema["additionalProperties"]
            number = any(option.get("type") == "number" for option in (inner_schema, *inner_schema.get("anyOf", ())))
            by = "stance" if "propertyNames" in schema else "dimension" if number else "code"
            return f"tables by {by}" if inner == "table" else f"by {by}: {inner}"
        return plain(schema)


def plain(schema: Schema) -> str:
    """A single value's type with its limits."""
    if schema.get("format") == "date":
        return "date"
    if "pattern" in schema:
        return "code"
    if "minimum" in schema and "maximum" in schema:
        return f"{schema['minimum']} to {schema['maximum']}"
    limits = [f"{word} {schema[key]}" for word, key in (("from", "minimum"), ("to", "maximum")) if key in schema]
    return " ".join([PLAIN[schema["type"]], *limits])


def default(schema: Schema) -> str:
    """What stands for a key that is left out."""
    value = schema.get("default")
    if isinstance(value, dict):
        return "see below"
    if value is None:
        return "empty" if schema.get("type") == "object" else "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def sentence(text: str) -> str:
    """The first paragraph, on one line."""
    return " ".join(text.split("\n\n")[0].split())


def tables() -> tuple[KeyTable, ...]:
    """All tables of the scenario file, outer before inner."""
    schema = Scenario.model_json_schema(by_alias=True)
    reader = _Reader(schema)
    found = tuple(reader.tables(schema, "Top level"))
    distribution = schema["$defs"][UNCERTAIN]
    rows = tuple(reader.row(key, value, required=False) for key, value in distribution["properties"].items())
    return (*found, KeyTable("Distributions", sentence(distribution["description"]), rows))
