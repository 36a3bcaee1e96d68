"""The package as imported: its names, its errors, and what importing it costs."""

from __future__ import annotations

import importlib.metadata
import inspect
import pickle
import subprocess
import sys

import pytest

import simulator
from simulator import errors
from simulator.errors import Problem, ScenarioError, SimulatorError, nearest, shown


@pytest.mark.parametrize("name", simulator.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(simulator, name)
    assert name in dir(simulator)
    assert isinstance(value, dict) or inspect.getdoc(value)


def test_a_name_that_is_none_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonesuch"):
        _ = simulator.nonesuch


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, simulator; print([m for m in ('numpy', 'pydantic', 'scipy', 'rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_version_is_that_of_the_installed_package() -> None:
    assert importlib.metadata.version("unsc-simulator") == simulator.__version__


def test_the_error_tree_is_drawn_as_it_is() -> None:
    """Every error class of the module stands in its docstring's tree, and all descend from the root."""
    classes = [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, Exception)]
    assert all(issubclass(cls, SimulatorError) for cls in classes)
    assert all(f" {cls.__name__} " in (errors.__doc__ or "") for cls in classes)


def test_a_scenario_error_survives_the_way_to_another_process() -> None:
    error = ScenarioError("mine.toml", [Problem("draft.date", "is required", "write it"), Problem("", "odd")])
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.problems, copy.source) == (str(error), error.problems, "mine.toml")
    assert str(error) == "mine.toml: 2 problems\n  draft.date: is required – write it\n  odd"


LONG = {
    "huge": 10**5000,
    "negative": -(10**5000),
    "text": "x" * 1000,
    "list": [*range(1000)],
    "table": {"a": "b" * 1000},
}


@pytest.mark.parametrize("value", LONG.values(), ids=LONG.keys())
def test_a_value_in_a_message_is_short(value: object) -> None:
    assert len(shown(value)) <= 60


def test_a_list_that_holds_a_huge_integer_has_no_repr_and_is_still_shown() -> None:
    assert shown([10**5000]) == "a value too large to show"


@pytest.mark.parametrize(
    ("word", "hint"), [("CHN", "CHN"), ("chn", "CHN"), ("CNH", "CHN"), ("CH", "CHN"), ("qqq", ""), ("", "")]
)
def test_the_nearest_word_is_offered_only_where_one_is_near(word: str, hint: str) -> None:
    assert nearest(word, ["CHN", "RUS"]) == (f"did you mean {hint}?" if hint else "")
