"""Memory that is freed is kept for what comes next, instead of being given back to the system page by page."""

from __future__ import annotations

from functools import cache

import numpy as np

_LARGEST = 2**25 - 2**16
"""Bytes; just below the most that the C library of Linux lets its threshold rise to."""


@cache
def keep_freed_memory() -> None:
    """Called by what makes and drops arrays of some megabytes over and over; only the first call does anything.

    The allocator of most Linux systems maps large arrays anew each time, and unmaps them when they are dropped, until a
    larger one was dropped before: its threshold follows the largest seen, up to 32 MiB. So one is made and dropped,
    untouched. A forecast spent two fifths of its time on fresh pages without it. Elsewhere it does nothing.
    """
    np.empty(_LARGEST, np.uint8)
