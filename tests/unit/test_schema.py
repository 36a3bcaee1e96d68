"""The JSON Schema that editors complete keys by: generated from the types, shipped, and true of the shipped files."""

from __future__ import annotations

import datetime
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from simulator.errors import ScenarioError
from simulator.scenario import parse, shipped_scenarios
from simulator.scenario.schema import NAME, schema_text, shipped_schema, template_text
from simulator.shipped import shipped

BARE = 'schema = 1\ntitle = "t"\ndraft.date = 2022-05-26\n'


def as_json(value: Any) -> Any:
    """TOML's values as JSON has them: dates as text."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


@pytest.fixture(scope="module")
def problems() -> Callable[[str], list[str]]:
    validator = jsonschema.Draft202012Validator(json.loads(schema_text()))

    def found(toml: str) -> list[str]:
        return [error.message for error in validator.iter_errors(as_json(tomllib.loads(toml)))]

    return found


def test_the_shipped_schema_is_the_generated_one() -> None:
    assert shipped_schema().read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text()))


FILES = [*shipped_scenarios().values(), shipped("scenarios", "template.toml")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_file_validates_against_the_schema(path: Path, problems: Callable[[str], list[str]]) -> None:
    assert problems(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_file_names_the_schema_in_its_first_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith("#:schema ")
    assert (path.parent / first.removeprefix("#:schema ")).resolve() == shipped_schema()


def test_a_new_scenario_names_the_schema_where_it_is() -> None:
    first, _, rest = template_text().partition("\n")
    assert first == f"#:schema {shipped_schema().as_uri()}"
    assert NAME not in rest
    assert parse(template_text()) == parse(shipped("scenarios", "template.toml").read_bytes())


WRONG = [
    "sumary = 'x'",
    "draft.simbol = 'x'",
    "draft.matter = 'procedual'",
    "draft.mass_atrocity = 'yes'",
    "preferences.model = 'statd'",
    "members.CHN.stance = 'oposes'",
    "members.CHN.odds = { yes = 2 }",
    "members.CHN.odds = { maybe = 1 }",
    "blocs = [{ members = 'all', cohesion = 1.5 }]",
    "blocs = [{ members = 'al', cohesion = 0.5 }]",
    "blocs = [{ members = 'all' }]",
    "company = [{ leader = 'RUS' }]",
    "given.CHN = 'not abstain'",
    "given.CHN = []",
    "do.CHN = 'not yes'",
    "actual.outcome = 'veto'",
    "stances.opposed.elected = { no = 1 }",
]


@pytest.mark.parametrize("toml", WRONG)
def test_the_schema_and_the_program_refuse_the_same_types(toml: str, problems: Callable[[str], list[str]]) -> None:
    assert problems(BARE) == []
    assert problems(BARE + toml)
    with pytest.raises(ScenarioError):
        parse(BARE + toml)


def test_every_key_of_a_draft_and_of_the_top_has_help_or_a_table_below() -> None:
    schema = json.loads(schema_text())
    assert all("description" in field for field in schema["$defs"]["Draft"]["properties"].values())
    assert {"schema", "title", "draft"} == set(schema["required"])
