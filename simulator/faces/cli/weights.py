"""Weights of a voting game as they are typed, or from a file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from simulator.errors import OptionError, short, shown

_MOST_BYTES = 1_000_000
_HEADER = "member"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by member, as text, and whose no can be a veto."""

    by_member: dict[str, str]
    veto: tuple[str, ...] = ()


def read_weights(typed: str) -> Weights:
    """What stands after --weights: numbers with commas between them, or the name of a file.

    Members of numbers alone are called 1, 2, …. A file has a line a member: its name, its weight and, for one with a
    veto, the word veto, with commas between; or its weight alone. The line ``member,weight,veto`` may come first, and
    lines that begin with # are left out.

    Raises
    ------
    OptionError
        If it is neither, or a line of the file has another form; the line is named.
    """
    words = [word.strip() for word in typed.split(",")]
    if all(word and word[0].isdecimal() for word in words) and not _is_file(typed):
        return Weights({str(place): word for place, word in enumerate(words, 1)})
    if not _is_file(typed):
        raise OptionError(
            f"--weights: {shown(typed)} is neither numbers such as 50,49,1 nor a file with a line a member such as "
            "Germany,29"
        )
    return _from_file(typed)


def _is_file(typed: str) -> bool:
    try:
        return Path(typed).is_file()
    except (OSError, ValueError):
        return False


def _from_file(path: str) -> Weights:
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            text = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise OptionError(f"--weights: {path} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(text) > _MOST_BYTES:
        raise OptionError(f"--weights: {path} is longer than {_MOST_BYTES:,} characters")
    by_member: dict[str, str] = {}
    veto = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in next(csv.reader([line]))]
        if not by_member and len(cells) > 1 and cells[0].casefold() == _HEADER:
            continue
        name, weight, has_veto = _row(cells, f"--weights: {path}, line {number}", len(by_member) + 1)
        if name in by_member:
            raise OptionError(f"--weights: {path}, line {number}: {short(name)} stands there twice")
        by_member[name] = weight
        if has_veto:
            veto.append(name)
    return Weights(by_member, tuple(veto))


def _row(cells: list[str], where: str, place: int) -> tuple[str, str, bool]:
    """Name, weight, and whether it has a veto."""
    if len(cells) == 1:
        return str(place), cells[0], False
    if len(cells) not in (2, 3) or not cells[0] or cells[2:] not in ([], [""], ["veto"]):
        raise OptionError(
            f"{where}: {shown(','.join(cells))} is not of the form Germany,29 – or Germany,29,veto, or 29 alone"
        )
    return cells[0], cells[1], cells[2:] == ["veto"]
