"""Docstrings as this project writes them, made ready for autodoc and napoleon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

CITED = re.compile(r"\[([A-Z]\w+\d{4})\]_")
SEVERAL = re.compile(r"(?P<names>\w+(?:, \w+)+) : (?P<types>.+)")


def _each(lines: list[str]) -> Iterator[str]:
    """``a, b : int`` with its description, once for each name: napoleon reads several names as one."""
    place = 0
    while place < len(lines):
        end = place + 1
        several = SEVERAL.fullmatch(lines[place])
        if not several:
            yield lines[place]
        else:
            while end < len(lines) and lines[end].startswith(" "):
                end += 1
            names, types = several["names"].split(", "), several["types"].split(", ")
            for name, type_ in zip(names, types if len(types) == len(names) else types[:1] * len(names), strict=True):
                yield f"{name} : {type_}"
                yield from lines[place + 1 : end]
        place = end


def _prepared(app: Any, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    lines[:] = [CITED.sub(r":cite:`\1`", line) for line in _each(lines)]
    if what in ("property", "attribute"):
        # An empty comment. Else napoleon takes the words before a colon in the first line for a type.
        lines[:0] = ["..", ""]


def setup(app: Any) -> dict[str, bool]:
    """Before napoleon sees them."""
    app.connect("autodoc-process-docstring", _prepared, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
