"""Work in chunks: in order whatever the number of workers, stoppable, with a word on progress."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TypeVar

from simulator.errors import OptionError, shown

T = TypeVar("T")

MOST_WORKERS = 32
"""More threads than this only take memory; asked for more, this many are used."""

Progress = Callable[[int, int], None]
"""Called after each chunk with draws done and draws wanted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which chunks to draw.

    Attributes
    ----------
    draws, chunk : int
        Draws in all, and of each chunk but perhaps the last.
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
        Ctrl-C ends the run after the chunk at hand, with the results taken so far; a second one at once.
    """
    done = 0
    try:
        with _after_the_chunk() as asked_to_stop:
            for size, result in _in_order(plan, task):
                enough = take(result)
                done += size
                if plan.progress:
                    plan.progress(done, plan.draws)
                if asked_to_stop():
                    return Ran(done, interrupted=True)
                if enough:
                    break
    except KeyboardInterrupt:
        return Ran(done, interrupted=True)
    return Ran(done, interrupted=False)


@contextmanager
def _after_the_chunk() -> Iterator[Callable[[], bool]]:
    """While it lasts, Ctrl-C is remembered instead of raised, so that no chunk is counted by half.

    Only in the main thread, where signals arrive, and only where nobody else handles them.
    """
    mine = threading.current_thread() is threading.main_thread()
    if not mine or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield lambda: False
        return
    asked = False

    def remember(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    signal.signal(signal.SIGINT, remember)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


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
        raise OptionError(f"workers is a positive number, not {shown(workers)}")
    return min(workers, MOST_WORKERS)
