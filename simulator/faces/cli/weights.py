"""Weights of a voting game as they are typed, or from a file."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from simulator.analysis.power.weights import read_weight
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
    if _is(Path.is_file, typed):
        return _from_file(typed)
    words = [word.strip() for word in typed.split(",")]
    if all(_LIKE_A_NUMBER.match(word) for word in words):
        if ";" in typed:
            raise OptionError(f"--weights: {shown(typed)}: write commas between the numbers, such as 50,49,1")
        return Weights({str(place): word for place, word in enumerate(words, 1)})
    if not typed.strip():
        raise OptionError(f"--weights is empty; {_EITHER}")
    if _is(Path.is_dir, typed):
        raise OptionError(f"--weights: {shown(typed)} is a folder; {_EITHER}")
    gap = next((place for place, word in enumerate(words, 1) if not word), None)
    if gap and any(map(_LIKE_A_NUMBER.match, words)):
        raise OptionError(f"--weights: {shown(typed)} has no number in place {gap}")
    raise OptionError(f"--weights: {shown(typed)} is neither numbers nor a file that is there; {_EITHER}")


_LIKE_A_NUMBER = re.compile(r"[-+−]?\.?\d")
_EITHER = "give numbers such as 50,49,1, or the name of a file with a line a member such as Germany,29"


def _is(kind: Callable[[Path], bool], typed: str) -> bool:
    try:
        return kind(Path(typed))
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
    if not by_member:
        raise OptionError(f"--weights: {path} has no weights; write a line a member, such as Germany,29")
    return Weights(by_member, tuple(veto))


def _row(cells: list[str], where: str, place: int) -> tuple[str, str, bool]:
    """Name, weight, and whether it has a veto."""
    form = "is not of the form Germany,29 – or Germany,29,veto, or 29 alone"
    if len(cells) == 1 and ";" not in cells[0]:
        name, weight, has_veto = str(place), cells[0], False
    elif len(cells) not in (2, 3) or not cells[0] or cells[2:] not in ([], [""], ["veto"]):
        hint = "commas, not semicolons" if ";" in cells[0] else "a name with a comma in it stands in quotes"
        raise OptionError(f"{where}: {shown(','.join(cells))} {form}; {hint}")
    else:
        name, weight, has_veto = cells[0], cells[1], cells[2:] == ["veto"]
    try:
        read_weight(weight, f"the weight of {short(name)}")
    except OptionError as error:
        raise OptionError(f"{where}: {error}") from None
    return name, weight, has_veto
