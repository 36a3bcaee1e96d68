"""A record of one's own: roll calls in the columns of ``roll_calls.csv``, each row checked by itself."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simulator.errors import InputError, nearest, shown
from simulator.facts.agendas import agendas
from simulator.facts.record import Region, RollCall, roll_call_of, roll_calls
from simulator.facts.record_row import COLUMNS, row_problems, row_remarks, sponsors_in


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not used.

    Attributes
    ----------
    line : int
        Its line in the file, from 1, as an editor shows it; the first of several.
    id : str
        What stands under ``id``; may be empty.
    reason : str
        Everything that is wrong with it.
    """

    line: int
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordFile:
    """What a file adds to the record.

    Attributes
    ----------
    path : str
        The file.
    roll_calls : tuple of RollCall
        The rows that are right, in the order of the file.
    refused : tuple of RefusedRow
        The others, in the order of the file.
    remarks : tuple of RefusedRow
        Rows that are used, of which something is read otherwise than it stands; `reason` says what.
    """

    path: str
    roll_calls: tuple[RollCall, ...]
    refused: tuple[RefusedRow, ...]
    remarks: tuple[RefusedRow, ...] = ()


Check = Callable[[RollCall], str]
"""What more is wrong with a roll call, in a sentence; empty when nothing is."""


def nothing_more(_: RollCall) -> str:
    """No further check."""
    return ""


def read_roll_calls(path: str | os.PathLike[str], also: Check = nothing_more) -> RecordFile:
    """The roll calls of a file, and the rows of it that cannot be used.

    Parameters
    ----------
    path : str or path
        A CSV file with the columns of ``roll_calls.csv``, in any order. Empty ``sponsors`` mean unknown; an agenda
        slug that the record does not have is a new agenda item, whose first row may give its region; ``source`` is
        free text.
    also : callable
        What more must hold, from a floor above: the law of the day. Asked of rows that are right in themselves.

    Raises
    ------
    InputError
        If the file cannot be read, or its first line does not name these columns.
    """
    name = os.fspath(path)
    known: dict[str, Region | None] = {slug: item.region for slug, item in agendas().items()}
    ids: dict[str, str] = dict.fromkeys(_shipped_ids(), "the shipped record")
    found: list[RollCall] = []
    refused: list[RefusedRow] = []
    remarks: list[RefusedRow] = []
    for line, row, cut in read_rows(name, COLUMNS):
        reason = cut or _reason(row, ids)
        vote = None if reason else roll_call_of(_as_read(row, known))
        reason = reason or (also(vote) if vote else "")
        if vote is None or reason:
            refused.append(RefusedRow(line, row.get("id", ""), reason))
            continue
        remarks += [RefusedRow(line, vote.id, said) for said in filter(None, ["; ".join(row_remarks(row, known))])]
        known.setdefault(vote.agenda, vote.region)
        ids[vote.id] = f"line {line}"
        found.append(vote)
    return RecordFile(name, tuple(found), tuple(refused), tuple(remarks))


def _as_read(row: Mapping[str, str], known: Mapping[str, Region | None]) -> dict[str, str]:
    """A row with each sponsor once, and where its agenda item is as the record has it."""
    slug = row["agenda"]
    region = (known[slug] or "") if slug in known else row["region"]
    return {**row, "sponsors": " ".join(sorted(set(sponsors_in(row["sponsors"])))), "region": region}


@cache
def _shipped_ids() -> frozenset[str]:
    return frozenset(vote.id for vote in roll_calls())


def _reason(row: Mapping[str, str], ids: Mapping[str, str]) -> str:
    twice = f"{row['id']} is in {ids[row['id']]} already" if row["id"] in ids else ""
    return "; ".join(filter(None, (twice, *row_problems(row))))


def read_rows(path: str, columns: tuple[str, ...], others: bool = False) -> Iterator[tuple[int, dict[str, str], str]]:
    """The rows of a CSV file by column, without blanks around the cells, and what is wrong with how one is cut.

    Parameters
    ----------
    path : str
        The file, in UTF-8.
    columns : tuple of str
        What its first line must name.
    others : bool
        Whether it may name others.

    Yields
    ------
    tuple of int, dict and str
        The line on which a row begins, from 1; its cells; and what is wrong with their number, else nothing.

    Raises
    ------
    InputError
        If it cannot be read, or its first line does not name the columns.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = [cell.strip() for cell in next(reader, [])]
            _check_header(path, header, columns, others=others)
            before = reader.line_num
            for row in reader:
                line, before = before + 1, reader.line_num
                if any(cell.strip() for cell in row):
                    cells = {column: cell.strip() for column, cell in zip(header, row, strict=False)}
                    yield line, cells, _cut(len(row), len(header), line, before)
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text; save it as CSV in UTF-8") from None
    except csv.Error as error:
        raise InputError(f"{path} is not CSV: {error}, near line {reader.line_num + 1}") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _cut(cells: int, columns: int, first: int, last: int) -> str:
    """What is wrong with the number of cells in the lines of one row; a quote that is not closed swallows the next."""
    if cells == columns:
        return ""
    swallowed = f"; it goes on to line {last}, since a quote is not closed" if last > first else ""
    return f"it has {cells} cell{'' if cells == 1 else 's'}, not the {columns} of the first line{swallowed}"


def _check_header(path: str, header: list[str], columns: tuple[str, ...], *, others: bool) -> None:
    missing = [column for column in columns if column not in header]
    unknown = [] if others else [name for name in header if name not in columns]
    twice = sorted({name for name in header if header.count(name) > 1 and name in columns})
    if not (missing or unknown or twice):
        return
    if not any(header):
        raise InputError(f"{path} is empty; its first line names the columns: {','.join(columns)}")
    if "ms_vote" in header:
        raise InputError(
            f"{path}: this looks like the voting data of the UN Digital Library; "
            "`unsc record import` turns it into rows"
        )
    said = [f"lacks {', '.join(missing)}"] if missing else []
    if unknown:
        more = f" and {len(unknown) - _UNKNOWN} more" if len(unknown) > _UNKNOWN else ""
        named = ", ".join(_with_nearest(name, missing or columns) for name in unknown[:_UNKNOWN])
        said.append(f"has unknown columns {named}{more}")
    said += [f"names {', '.join(twice)} twice"] if twice else []
    advice = "separate cells by commas" if len(header) == 1 else f"the columns are {','.join(columns)}"
    raise InputError(f"{path}: the first line {' and '.join(said)}; {advice}")


_UNKNOWN = 5


def _with_nearest(name: str, columns: tuple[str, ...] | list[str]) -> str:
    hint = nearest(name, columns)
    return f"{shown(name)}{f' ({hint})' if hint else ''}"
