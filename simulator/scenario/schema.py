"""The JSON Schema of the scenario file, generated from the types, for editors that complete keys."""

from __future__ import annotations

import json
from pathlib import Path

from simulator.scenario.types import Scenario
from simulator.shipped import shipped

NAME = "scenario.schema.json"
"""The shipped file's name, beside the template."""


def schema_text() -> str:
    """The schema as JSON text, as it is shipped."""
    schema = Scenario.model_json_schema(by_alias=True)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def shipped_schema() -> Path:
    """Where the shipped copy is."""
    return shipped("scenarios", NAME)


def template_text() -> str:
    """A first scenario to edit, naming the schema where this installation has it."""
    text = shipped("scenarios", "template.toml").read_text(encoding="utf-8")
    return text.replace(f"#:schema ./{NAME}", f"#:schema {shipped_schema().as_uri()}", 1)
