"""The console, and the few characters that pictures are made of."""

from __future__ import annotations

import shutil
from typing import Any, Literal

from rich.console import Console, RenderableType
from rich.text import Text

from simulator.faces.cli.spelling import spelt

WIDEST = 80
"""Pages are made for 80 columns; a wider terminal gets them no wider."""

NARROWEST = 40
"""The narrowest page; a terminal of fewer columns wraps its lines rather than losing numbers."""

COLOURS = {"adopted": "green", "vetoed": "red", "failed": "yellow"}
"""Colours repeat what shapes and words say, and never say it alone."""

DOTS = {"adopted": "●", "vetoed": "✕", "failed": "○"}
"""The marks of the outcomes. A terminal that lacks them is shown o, x and a full stop: see `spelling`."""

_BAR = "█"


class _Spelling(Console):
    """A console that spells out what standard output cannot carry before it measures how wide that is."""

    def render_str(self, text: str, **how: Any) -> Text:
        return super().render_str(spelt(text), **how)


def show(*parts: RenderableType) -> None:
    """Prints an answer. Respects NO_COLOR; what is not for a terminal has no blanks at the ends of its lines."""
    columns = shutil.get_terminal_size((WIDEST, 25)).columns  # what COLUMNS says, else the terminal, else 80
    console = _Spelling(highlight=False, width=max(NARROWEST, min(columns, WIDEST)), height=25)
    if console.is_terminal:
        for part in parts:
            console.print(part)
        return
    with console.capture() as taken:
        for part in parts:
            console.print(part)
    print("\n".join(line.rstrip() for line in taken.get().split("\n")), end="")


def errors() -> Console:
    """The console for progress, on standard error."""
    return Console(stderr=True, highlight=False)


def text(words: str, style: str = "", justify: Literal["right"] | None = None) -> Text:
    """A text that stands as it is written, whatever it holds, in characters that standard output can carry."""
    return Text(spelt(words), style, justify=justify)


def plain(words: str) -> str:
    """Text of a file as one line without control characters, which a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in words)


def bar(share: float, width: int) -> str:
    """A bar as long as a share of `width` characters."""
    return _BAR * round(share * width)
