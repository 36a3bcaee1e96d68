"""``--save-draws``: every roll call drawn, as an audit trail."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

import numpy as np

from simulator.engines.monte_carlo.units import Codes
from simulator.engines.monte_carlo.votes import Sink
from simulator.errors import InputError, OptionError, shown
from simulator.facts import Choice

_MOST = {".csv": None, ".npz": 10_000_000}
"""Roll calls that a file can take: any number as .csv; .npz is held in memory and written at the end."""


def most_draws(path: str) -> int | None:
    """Roll calls that a file of this name can take; None for any number.

    Raises
    ------
    OptionError
        If the name ends in neither .csv nor .npz.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in _MOST:
        raise OptionError(f"--save-draws: {shown(path)} must end in .csv or .npz")
    return _MOST[suffix]


def checked(path: str, draws: int | None, precision: float | None) -> int | None:
    """What can be known before anything is drawn: that the file can take the draws, and can be written.

    Parameters
    ----------
    draws : int or None
        Roll calls asked for.
    precision : float or None
        The precision asked for. How many roll calls it needs is not known beforehand.

    Returns
    -------
    int or None
        Roll calls to draw at most: as asked for; to reach a precision, no more than the file takes.

    Raises
    ------
    OptionError
        If the name ends otherwise, or more draws are asked for than the file takes.
    InputError
        If it cannot be written.
    """
    most = most_draws(path)
    if most is not None and draws is not None and draws > most:
        raise OptionError(
            f"--save-draws: an .npz file takes {most:,} roll calls, not {draws:,}; a .csv file takes any number"
        )
    folder = Path(path).parent
    if not folder.is_dir():
        raise InputError(f"--save-draws: {path} cannot be written: there is no folder {folder}")
    if Path(path).is_dir():
        raise InputError(f"--save-draws: {path} cannot be written: it is a folder")
    if not os.access(path if Path(path).exists() else folder, os.W_OK):
        raise InputError(f"--save-draws: {path} cannot be written: permission denied")
    return most if draws is None and precision is not None else draws


@contextmanager
def opened(path: str | None, members: Sequence[str]) -> Iterator[Sink | None]:
    """A sink that writes roll calls to a file: .csv, a column a member; .npz, the same as numbers.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    if path is None:
        yield None
        return
    write = _csv if most_draws(path) is None else _npz
    try:
        with write(Path(path), members) as sink:
            yield sink
    except OSError as error:
        raise InputError(f"--save-draws: {path} cannot be written: {error.strerror or error}") from None


@contextmanager
def _csv(path: Path, members: Sequence[str]) -> Iterator[Sink]:
    words = np.array([choice.value for choice in Choice])
    with ExitStack() as stack:
        file: TextIO | None = None

        def sink(roll_calls: Codes) -> None:
            nonlocal file
            if file is None:  # a file of an earlier run stays until there is something to replace it with
                file = stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))
                file.write(",".join(members) + "\n")
            file.writelines(",".join(row) + "\n" for row in words[roll_calls].tolist())

        yield sink


@contextmanager
def _npz(path: Path, members: Sequence[str]) -> Iterator[Sink]:
    chunks: list[Codes] = []

    yield chunks.append
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            votes=np.concatenate(chunks) if chunks else np.zeros((0, len(members)), dtype=np.uint8),
            members=np.array(members),
            choices=np.array([choice.value for choice in Choice]),
        )
