"""``--record FILE``: the shipped record with the rows of a file."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.errors import OptionError
from simulator.faces.cli.complaint import complain
from simulator.facts import RecordFile, RefusedRow, RollCall, roll_calls
from simulator.rules import read_record, record_with


def record_of(paths: Sequence[str] | None) -> tuple[RollCall, ...]:
    """The record to work with; rows of the file that are refused are told on standard error, the rest is used.

    Parameters
    ----------
    paths : sequence of str or None
        A file with the columns of ``roll_calls.csv``, as often as the option stands there; none for the shipped record
        alone.

    Raises
    ------
    InputError
        If the file cannot be read, or lacks a column.
    OptionError
        If there are several files: which rows came first would matter.
    """
    if not paths:
        return roll_calls()
    if len(paths) > 1:
        raise OptionError(f"--record is given {len(paths)} times; put the rows of {' and '.join(paths)} into one file")
    file = read_record(paths[0])
    if file.refused:
        complain("\n".join([_summary(file), *refusals(file.refused)]))
    if file.remarks:
        complain("\n".join([f"{file.path}: read otherwise than it stands", *refusals(file.remarks)]))
    return record_with(file.roll_calls)


def _summary(file: RecordFile) -> str:
    rows = "1 row is refused" if len(file.refused) == 1 else f"{len(file.refused):,} rows are refused"
    return f"{file.path}: {rows}, {len(file.roll_calls):,} used"


def refusals(refused: Sequence[RefusedRow]) -> list[str]:
    """A line a row: where it is, and what is said of it."""
    return [f"  line {row.line}{f', {row.id}' if row.id else ''}: {row.reason}" for row in refused]
