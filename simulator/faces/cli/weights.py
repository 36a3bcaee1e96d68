"""Weights of a voting game as they are typed, or from a file."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from simulator.analysis.power.weights import read_quota, read_weight
from simulator.errors import OptionError, short, shown

_MOST_BYTES = 1_000_000
_HEADER = "member"
_QUOTA = "quota"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by member, as text, whose no can be a veto, and the quota where it is stated with them."""

    by_member: dict[str, str]
    veto: tuple[str, ...] = ()
    quota: str | None = None


def read_weights(typed: str) -> Weights:
    """What stands after --weights: numbers with commas between them, or the name of a file.

    Members of numbers alone are called 1, 2, ….

    Raises
    ------
    OptionError
        If it is neither, or a line of the file has another form; the line is named.
    """
    if _is(Path.is_file, typed):
        return weights_of_file(typed, "--weights: ")
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


def holds_weights(typed: str) -> bool:
    """Whether it is a file that is there and is no scenario: no line of it begins with ``[`` or ``key =``."""
    if typed.endswith(".toml") or not _is(Path.is_file, typed):
        return False
    try:
        with Path(typed).open(encoding="utf-8-sig", errors="replace") as file:
            return not _OF_A_SCENARIO.search(file.read(_MOST_BYTES))
    except OSError:
        return True  # reading it as weights says why it cannot be read


_OF_A_SCENARIO = re.compile(r"^[ \t]*(?:\[|[\"']?[\w.-]+[\"']?[ \t]*=)", re.MULTILINE)


def weights_of_file(path: str, before: str = "") -> Weights:
    """The weights of a file, and the quota if it states one.

    A line a member: its name, its weight and, for one with a veto, the word veto, with commas between; or its weight
    alone. One line may be ``quota,12``. The line ``member,weight,veto`` may come first, and lines that begin with # are
    left out.

    Parameters
    ----------
    path : str
    before : str
        What a message begins with: the option.

    Raises
    ------
    OptionError
        If it cannot be read, or a line has another form; the line is named.
    """
    where = f"{before}{path}"
    by_member: dict[str, str] = {}
    veto, quota = [], None
    for number, line in enumerate(_text(path, where).splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in next(csv.reader([line]))]
        word = cells[0].casefold() if len(cells) > 1 else ""
        if not by_member and word == _HEADER:
            continue
        at = f"{where}, line {number}"
        if word == _QUOTA:
            quota = _quota(cells, at, quota)
            continue
        name, weight, has_veto = _row(cells, at, len(by_member) + 1)
        if name in by_member:
            raise OptionError(f"{at}: {short(name)} stands there twice")
        by_member[name] = weight
        if has_veto:
            veto.append(name)
    if not by_member:
        raise OptionError(f"{where} has no weights; write a line a member, such as Germany,29")
    return Weights(by_member, tuple(veto), quota)


def _text(path: str, where: str) -> str:
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            text = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise OptionError(f"{where} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(text) > _MOST_BYTES:
        raise OptionError(f"{where} is longer than {_MOST_BYTES:,} characters")
    return text


def _quota(cells: list[str], at: str, before: str | None) -> str:
    """The quota of its line, if it is the only one."""
    if any(cells[2:]):
        raise OptionError(f"{at}: {shown(','.join(cells))} is not of the form quota,12")
    if before is not None:
        raise OptionError(f"{at}: the quota stands there twice; no member can be called quota")
    try:
        read_quota(cells[1])
    except OptionError as error:
        raise OptionError(f"{at}: {error}") from None
    return cells[1]


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
