"""``--save-draws``: every roll call drawn, as an audit trail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

import numpy as np

from simulator.engines.monte_carlo.units import Codes
from simulator.engines.monte_carlo.votes import Sink
from simulator.errors import InputError, OptionError
from simulator.facts import Choice

MOST_IN_MEMORY = 10_000_000
"""Roll calls an .npz file can take, which is written at the end; a .csv file takes any number."""


@contextmanager
def opened(path: str | None, members: Sequence[str]) -> Iterator[Sink | None]:
    """A sink that writes roll calls to a file: .csv, a column a member; .npz, the same as numbers.

    Raises
    ------
    OptionError
        If the file's name ends otherwise.
    InputError
        If it cannot be written.
    """
    if path is None:
        yield None
        return
    writers = {".csv": _csv, ".npz": _npz}
    suffix = Path(path).suffix.lower()
    if suffix not in writers:
        raise OptionError(f"--save-draws: {path} must end in .csv or .npz")
    try:
        with writers[suffix](Path(path), members) as sink:
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

    def sink(roll_calls: Codes) -> None:
        if sum(map(len, chunks)) + len(roll_calls) > MOST_IN_MEMORY:
            raise OptionError(f"--save-draws: an .npz file takes {MOST_IN_MEMORY:,} roll calls; a .csv file any number")
        chunks.append(roll_calls)

    yield sink
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            votes=np.concatenate(chunks) if chunks else np.zeros((0, len(members)), dtype=np.uint8),
            members=np.array(members),
            choices=np.array([choice.value for choice in Choice]),
        )
