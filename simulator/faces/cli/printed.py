"""Answers for other programs, on standard output: JSON and CSV, each in one form for every command."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simulator.errors import OptionError
from simulator.faces.cli.spelling import carries_all


def one_form(*, as_json: bool, as_csv: bool) -> None:
    """Refuses two forms of one answer.

    Raises
    ------
    OptionError
        If both are asked for.
    """
    if as_json and as_csv:
        raise OptionError("--json and --csv: choose one")


def print_json(answer: Any) -> None:
    """JSON, indented; characters that standard output cannot carry are escaped."""
    print(json.dumps(answer, indent=2, ensure_ascii=not carries_all()))


def print_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """A header and a line a row, in the characters of every system; what a row lacks is an empty cell."""
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
