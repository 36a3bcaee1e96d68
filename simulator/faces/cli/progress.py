"""A progress bar with time to go, for what takes longer than a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

_PATIENCE = 1.0
"""Seconds before it shows."""


class Bar:
    """Shows nothing until a second has passed, and nothing at all where standard error is not a terminal."""

    def __init__(self, doing: str = "drawing", stopping: str = "Ctrl-C: stop here") -> None:
        self._words = doing, stopping
        self._start = time.monotonic()
        self._progress: object = None
        self._task: object = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()  # type: ignore[attr-defined]  # rich is imported only when a bar is shown

    def update(self, done: int, wanted: int) -> None:
        """Draws, or whatever is being done: how many are, of how many wanted."""
        if self._progress is None and time.monotonic() - self._start > _PATIENCE and sys.stderr.isatty():
            self._show(wanted)
        if self._progress is not None:
            self._progress.update(self._task, completed=done, total=wanted)  # type: ignore[attr-defined]  # as above

    def _show(self, wanted: int) -> None:
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        from simulator.faces.cli.render.console import errors

        self._progress = Progress(
            TextColumn(self._words[0]),
            BarColumn(),
            TextColumn("{task.completed:,.0f} of {task.total:,.0f}"),
            TextColumn("to go"),
            TimeRemainingColumn(),
            TextColumn(self._words[1]),
            console=errors(),
            transient=True,
        )
        self._task = self._progress.add_task(self._words[0], total=wanted)
        self._progress.start()
