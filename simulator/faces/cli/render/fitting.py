"""The first of several ways to show a thing that fits the page."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement

_ANY = 1000
"""Columns at which nothing needs to be cut."""


class Fitting:
    """Shows the first way, richest first, that fits without cutting; the last where none does."""

    def __init__(self, ways: Sequence[RenderableType]) -> None:
        self._ways = ways

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        unbound = options.update(max_width=_ANY)
        for way in self._ways[:-1]:
            if Measurement.get(console, unbound, way).maximum <= options.max_width:
                yield way
                return
        yield self._ways[-1]
