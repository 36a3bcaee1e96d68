"""Work in chunks: in order whatever the number of workers, stoppable, with a word on progress."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from simulator.errors import OptionError

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Called after each chunk with draws done and draws wanted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which chunks to draw.

    Attributes
    ----------
    sizes : tuple of int
        Draws of each chunk, in order.
    workers : int
        Threads that draw; results are the same for any number.
    progress : callable or None
    """

    draws: int
    chunk: int
    workers: int
    progress: Progress | None = None

    def sizes(self) -> Iterator[tuple[int, int]]:
        """Number and draws of each chunk."""
        for number, start in enumerate(range(0, self.draws, self.chunk)):
            yield number, min(self.chunk, self.draws - start)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended: draws done, and whether a person stopped it."""

    draws: int
    interrupted: bool


def run(plan: Plan, task: Callable[[int, int], T], take: Callable[[T], bool]) -> Ran:
    """Runs a task on every chunk and hands the results over in the chunks' order.

    Parameters
    ----------
    task : callable
        From a chunk's number and draws to its result.
    take : callable
        Takes a result; True means that is enough, and later chunks do not count, whoever has drawn them already.

    Returns
    -------
    Ran
        Ctrl-C ends the run with the results taken so far.
    """
    done = 0
    try:
        for size, result in _in_order(plan, task):
            enough = take(result)
            done += size
            if plan.progress:
                plan.progress(done, plan.draws)
            if enough:
                break
    except KeyboardInterrupt:
        return Ran(done, interrupted=True)
    return Ran(done, interrupted=False)


def _in_order(plan: Plan, task: Callable[[int, int], T]) -> Iterator[tuple[int, T]]:
    if plan.workers == 1 or plan.draws <= plan.chunk:
        for number, size in plan.sizes():
            yield size, task(number, size)
        return
    with ThreadPoolExecutor(plan.workers) as pool:
        waiting: deque[tuple[int, Future[T]]] = deque()
        try:
            for number, size in plan.sizes():
                waiting.append((size, pool.submit(task, number, size)))
                if len(waiting) > 2 * plan.workers:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            for _, future in waiting:
                future.cancel()


def checked_workers(workers: int | None) -> int:
    """The number of workers: as many as processors where none is given.

    Raises
    ------
    OptionError
        If it is not positive.
    """
    if workers is None:
        return os.cpu_count() or 1
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        raise OptionError(f"workers is a positive number, not {workers!r}")
    return min(workers, 256)
