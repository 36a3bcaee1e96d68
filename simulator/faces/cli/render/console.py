"""The console, and the few characters that pictures are made of."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from rich.console import Console

WIDEST = 80
"""Pages are made for 80 columns; a wider terminal gets them no wider."""

COLOURS = {"adopted": "green", "vetoed": "red", "failed": "yellow"}
"""Colours repeat what shapes and words say, and never say it alone."""


def output() -> Console:
    """The console for answers. Respects NO_COLOR; 80 columns where the width is not known."""
    console = Console(highlight=False, soft_wrap=False)
    width = console.width if sys.stdout.isatty() else WIDEST
    return Console(highlight=False, width=min(width, WIDEST))


def errors() -> Console:
    """The console for progress, on standard error."""
    return Console(stderr=True, highlight=False)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of the pictures."""

    dots: dict[str, str]
    bar: str
    ninth: str


_FULL = Glyphs({"adopted": "●", "vetoed": "✕", "failed": "○"}, "█", "◀")
_PLAIN = Glyphs({"adopted": "o", "vetoed": "x", "failed": "."}, "#", "<")


def glyphs() -> Glyphs:
    """The characters this terminal can show."""
    try:
        "●✕○█◀·–".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return _PLAIN
    return _FULL


def plain(text: str) -> str:
    """Text of a file as one line without control characters, which a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in text)


def bar(share: float, width: int) -> str:
    """A bar as long as a share of `width` characters."""
    return glyphs().bar * round(share * width)
