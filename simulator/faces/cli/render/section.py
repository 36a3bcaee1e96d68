"""A titled part of a page, and a day as a page writes it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding

from simulator.faces.cli.render.console import text

INDENT = (0, 0, 0, 2)


def section(title: str, body: RenderableType | None) -> Iterator[RenderableType]:
    """A blank line, the title, and the body below it; nothing where there is no body."""
    if body is not None:
        yield ""
        yield text(title, "bold")
        yield Padding(body, INDENT)


def day_words(date: datetime.date) -> str:
    """26 May 2022."""
    return f"{date.day} {date:%B} {date.year}"
