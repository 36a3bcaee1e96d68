"""Finding and loading scenarios: paths, patterns, standard input, and the names of the shipped ones."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from simulator.errors import InputError, Problem, ScenarioError, nearest, shown
from simulator.facts import RollCall
from simulator.scenario.parse import MAX_BYTES, parse
from simulator.scenario.types import Scenario
from simulator.shipped import shipped

STDIN = "-"
"""The path that stands for standard input."""

KINDS = ("historical", "teaching", "hypothetical")
"""The folders of the shipped scenarios."""


def load(path: str | os.PathLike[str], *, record: Sequence[RollCall] | None = None) -> Scenario:
    """A scenario from a file, a shipped name, or standard input.

    Parameters
    ----------
    path : str or path
        A path to a TOML file; a shipped name such as ``"dprk-2022-05"``; ``"-"`` for standard input.
    record : sequence of RollCall, optional
        With newer rows: its agenda items may be named too.

    Raises
    ------
    ScenarioError
        With everything that is wrong in the file.
    InputError
        If there is no such file.

    Examples
    --------
    >>> load("dprk-2022-05").draft.symbol
    'S/2022/431'
    """
    if not isinstance(path, (str, os.PathLike)):
        raise InputError(f"a scenario is loaded from a path or a shipped name, not from {shown(path)}")
    try:
        name = os.fsdecode(path)
    except Exception as error:  # a path of the caller's own class may raise anything
        raise InputError(f"{shown(path)} cannot be a path: {type(error).__name__}") from None
    if name == STDIN:
        return parse(_standard_input(), "standard input", record=record)
    return parse(_read(find(name)), name, record=record)


def shipped_scenarios() -> dict[str, Path]:
    """Every shipped scenario: name → file, historical ones first, each kind in order of name."""
    root = shipped("scenarios")
    paths = [path for kind in KINDS for path in sorted(root.glob(f"{kind}/*.toml"), key=lambda path: path.stem)]
    return {path.stem: path for path in paths}


def find(name: str) -> Path:
    """The file that a path or a shipped name stands for.

    Raises
    ------
    InputError
        If there is none; the nearest shipped name is named.
    """
    if not name:
        raise InputError("an empty name is no file; name one, or a shipped scenario (`unsc scenarios`)")
    path = Path(name)
    known = shipped_scenarios()
    try:
        if path.is_dir():
            raise InputError(f"{name} is a folder; name a file, or {path / '*.toml'} for all in it")
        if path.exists():  # a file, or a pipe that stands for one
            return path
    except (OSError, ValueError) as error:
        raise InputError(f"{shown(name)} cannot be a path: {error}") from None
    stem = Path(name.replace("\\", "/")).stem if name.endswith(".toml") else Path(name).name
    if name in (stem, *(f"{kind}/{stem}" for kind in KINDS)) and stem in known:
        return known[stem]
    hint = nearest(stem, known)
    raise InputError(
        f"there is no file or shipped scenario {shown(name)}{f' – {hint}' if hint else ''}; "
        "`unsc scenarios` lists the shipped ones"
    )


def expand(names: list[str]) -> list[str]:
    """Paths and shipped names, with patterns (``*``, ``?``, ``[``) replaced by the files they match, in order.

    Raises
    ------
    InputError
        If a pattern matches nothing, or standard input stands there twice.
    """
    if names.count(STDIN) > 1:
        raise InputError(f"{STDIN} stands there more than once; standard input can be read only once")
    found: list[str] = []
    for name in names:
        if name != STDIN and any(mark in name for mark in "*?[") and not Path(name).exists():
            matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - a pattern may be absolute
            if not matches:
                raise InputError(f"no file matches {shown(name)}")
            found += matches
        else:
            found.append(name)
    return found


def _standard_input() -> bytes | str:
    """What stands there, or a little more than a scenario may be. Notebooks have a substitute that holds text."""
    if sys.stdin is None:
        raise InputError("standard input is closed, so - has nothing to read; name a file")
    try:
        return getattr(sys.stdin, "buffer", sys.stdin).read(MAX_BYTES + 1)
    except (AttributeError, OSError, ValueError) as error:
        raise InputError(f"standard input cannot be read: {error}") from None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ScenarioError(str(path), [Problem("", f"cannot be read: {error.strerror or error}")]) from None
