"""What a terminal is shown in place of the characters that it lacks: the one place for that."""

from __future__ import annotations

import codecs
import sys
import unicodedata
from typing import TextIO

SPELT = "spelt-out"
"""Name of the error handler that does it."""

_PLAIN = dict(zip("–—−‘’“”„×·øØłŁıđĐðÐ●✕○█◀▼─│└┬┈┊", '---\'\'"""x.oOlLidDdDox.#<v-|++.:', strict=True)) | {
    "…": "...",
    "±": "+/-",
    "²": "^2",
    "³": "^3",
    "≤": "<=",
    "≥": ">=",
    "→": "->",
    "φ": "phi",
    "ß": "ss",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "þ": "th",
    "Þ": "Th",
}


def use_for(stream: TextIO | None) -> None:
    """Has a stream spell out what its encoding cannot carry. A closed stream is None."""
    if stream is not None and hasattr(stream, "reconfigure"):
        stream.reconfigure(errors=SPELT)


def spelt(text: str) -> str:
    """The text as standard output can carry it, for what is laid out in columns before it is written."""
    encoding = _encoding()
    return text.encode(encoding, SPELT).decode(encoding)


def carries_all() -> bool:
    """Whether standard output takes every character, as JSON in letters of all scripts needs."""
    return codecs.lookup(_encoding()).name.startswith("utf")


def _encoding() -> str:
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        codecs.lookup(encoding)
    except LookupError:
        return "ascii"
    return encoding


def _plain(character: str, encoding: str) -> str:
    """A character in those of the encoding: by the table, else without its accents, else a question mark."""
    bare = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    for candidate in (_PLAIN.get(character), bare):
        if candidate is not None:
            try:
                candidate.encode(encoding)
            except UnicodeEncodeError:
                continue
            return candidate
    return "?"


def _spelt_out(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_plain(character, error.encoding) for character in lacking), error.end


codecs.register_error(SPELT, _spelt_out)
