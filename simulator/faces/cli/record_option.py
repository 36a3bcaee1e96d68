"""``--record FILE``: the shipped record with the rows of a file."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.faces.cli.complaint import complain
from simulator.facts import RecordFile, RefusedRow, RollCall, roll_calls
from simulator.rules import read_record, record_with

_SHOWN = 20


def record_of(path: str | None) -> tuple[RollCall, ...]:
    """The record to work with; rows of the file that are refused are told on standard error, the rest is used.

    Parameters
    ----------
    path : str or None
        A file with the columns of ``roll_calls.csv``; None for the shipped record alone.

    Raises
    ------
    InputError
        If the file cannot be read, or lacks a column.
    """
    if path is None:
        return roll_calls()
    file = read_record(path)
    if file.refused:
        complain("\n".join([_summary(file), *refusals(file.refused)]))
    return record_with(file.roll_calls)


def _summary(file: RecordFile) -> str:
    rows = "1 row is refused" if len(file.refused) == 1 else f"{len(file.refused):,} rows are refused"
    return f"{file.path}: {rows}, {len(file.roll_calls):,} used"


def refusals(refused: Sequence[RefusedRow], most: int | None = _SHOWN) -> list[str]:
    """A line a refused row: where it is and why; those beyond `most` are counted."""
    lines = [f"  line {row.line}{f', {row.id}' if row.id else ''}: {row.reason}" for row in refused[:most]]
    more = len(refused) - len(lines)
    return [*lines, *([f"  and {more:,} more; `unsc record check` lists all"] if more else [])]
