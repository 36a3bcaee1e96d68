"""From Python anything can be passed: whatever it is, an error of the package's own, with a message."""

from __future__ import annotations

import datetime
import io
import sys
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import simulator
from simulator.errors import SimulatorError
from simulator.scenario.types import Bloc, Draft


class Silent:
    """Its repr raises."""

    def __repr__(self) -> str:
        raise RuntimeError("no repr")


class Hostile(Silent):
    """Everything raises."""

    def _raise(self, *_: object) -> Any:
        raise RuntimeError("no")

    __eq__ = __hash__ = __bool__ = __iter__ = __len__ = __index__ = __float__ = __str__ = __fspath__ = _raise


class Broken(Mapping[str, Any]):
    """A mapping that raises when it is read."""

    def __getitem__(self, key: str) -> Any:
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError("no keys")

    def __len__(self) -> int:
        return 1


class OddPath:
    """A path that is none."""

    def __fspath__(self) -> Any:
        return 5


def deep() -> list[Any]:
    """Lists in lists."""
    inner: list[Any] = []
    for _ in range(20_000):
        inner = [inner]
    return inner


ODD: dict[str, Any] = {
    "silent": Silent(),
    "hostile": Hostile(),
    "broken mapping": Broken(),
    "odd path": OddPath(),
    "number": 5,
    "minus huge": -(10**5000),
    "not a number": float("nan"),
    "bytes": b"x",
    "text": "x",
    "surrogate": "\ud800",
    "NUL": "\x00",
    "empty": "",
    "list": [Silent()],
    "deep": deep(),
    "array": np.array([1, 2]),
    "key": {Silent(): 1},
    "value": {"CHN": Hostile()},
    "deep value": {"CHN": deep()},
    "long": {"x" * 100_000: "y" * 100_000},
    "type": object,
    "time": datetime.datetime(2022, 5, 26, 10),
}


# Typed as what may be called with anything: that is what is tested.
ODDS: Callable[..., object] = simulator.odds
CHANGED: Callable[..., simulator.Scenario] = simulator.changed


def draft() -> simulator.Scenario:
    return simulator.load("dprk-2022-05")


CALLS: dict[str, Callable[[Any], object]] = {
    "load": lambda odd: simulator.load(odd),
    "parse": lambda odd: simulator.parse(odd),
    "parse source": lambda odd: simulator.parse("x", odd),
    "odds": lambda odd: simulator.odds(odd),
    "changed": lambda odd: simulator.changed(odd),
    **{
        f"odds {name}": lambda odd, name=name: ODDS(  # type: ignore[misc]  # bound now, not when called
            draft(), **({"engine": "monte-carlo", "draws": 64} | {name: odd})
        )
        for name in ("engine", "given", "do", "stance", "method", "draws", "seed", "precision", "workers")
    },
    **{
        f"changed {name}": lambda odd, name=name: CHANGED(draft(), **{name: odd})  # type: ignore[misc]
        for name in ("given", "do", "stance", "rule", "council_date", "settings")
    },
    **{
        f"settings {key}": lambda odd, key=key: simulator.changed(draft(), settings={key: odd})  # type: ignore[misc]
        for key in ("schema", "draft", "draft.date", "members", "members.CHN", "blocs.0", "blocs.0.cohesion", "do.CHN")
    },
}
# What is odd elsewhere and meant here.
FINE = {("odds seed", "number"), ("odds workers", "number")}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("call", CALLS)
def test_whatever_is_passed_the_error_is_the_packages_own_and_says_something(call: str, odd: str) -> None:
    if (call, odd) in FINE:
        CALLS[call](ODD[odd])
        return
    with pytest.raises(SimulatorError) as caught:
        CALLS[call](ODD[odd])
    assert 10 < len(str(caught.value)) < 1000


UNCHECKED: dict[str, Callable[[], simulator.Scenario]] = {
    "cohesions above 1": lambda: draft().model_copy(
        update={"blocs": (Bloc(members=("CHN", "RUS"), cohesion=1.0),) * 3}
    ),
    "no member": lambda: draft().model_copy(update={"do": {"QQQ": "no"}}),
    "no table": lambda: draft().model_copy(update={"council": 5}),
    "no draft": lambda: simulator.Scenario.model_construct(title="t"),
    "no council": lambda: simulator.Scenario(format=1, title="t", draft=Draft(date=datetime.date(1900, 1, 1))),
}


@pytest.mark.parametrize("made", UNCHECKED)
def test_a_scenario_made_past_the_checks_is_checked_when_it_is_used(made: str) -> None:
    """Cohesions of 3 would give numbers that mean nothing."""
    scenario = UNCHECKED[made]()
    with pytest.raises(simulator.ScenarioError):
        simulator.odds(scenario, engine="exact")
    with pytest.raises(simulator.ScenarioError):
        simulator.changed(scenario, stance={"CHN": "opposes"})


def test_numbers_and_words_of_other_libraries_are_taken_for_what_they_are() -> None:
    after = CHANGED(
        draft(),
        settings={
            "blocs.0.cohesion": np.float32(0.25),
            "blocs.1.cohesion": Fraction(1, 2),
            "council.rule": "quota-and-veto",
            "council.quota": np.int64(9),
        },
        given={"CHN": {simulator.Choice.NO, simulator.Choice.ABSTAIN}},
        stance={"IND": simulator.Stance.OPPOSES},
    )
    assert [bloc.cohesion for bloc in after.blocs] == [0.25, 0.5]
    assert after.council.quota == 9
    assert set(after.given["CHN"]) == {simulator.Choice.NO, simulator.Choice.ABSTAIN}


def test_a_path_of_another_class_is_a_path() -> None:
    class Path:
        def __fspath__(self) -> str:
            return "dprk-2022-05"

    assert simulator.load(Path()) == draft()


@pytest.mark.parametrize("stdin", [None, io.StringIO("x = 1")], ids=["none", "text"])
def test_standard_input_that_is_none_or_holds_text_is_read_or_refused(
    stdin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    with pytest.raises(SimulatorError, match="standard input"):
        simulator.load("-")
