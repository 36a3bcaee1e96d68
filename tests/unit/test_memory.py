"""Freed memory is kept: a forecast touches hardly a fresh page."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

_COUNTED = """
import resource, simulator
from simulator.memory import keep_freed_memory
if {kept}:
    keep_freed_memory()
else:
    import simulator.model.history.mixture as mixture
    mixture.keep_freed_memory = lambda: None
for _ in range(3):
    simulator.forecast("dprk", "USA", "2022-05-26")
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(5):
    simulator.forecast("dprk", "USA", "2022-05-26")
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def _faults(kept: bool) -> int:
    """Fresh pages of five forecasts, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _COUNTED.format(kept=kept)], capture_output=True, text=True, check=True, timeout=300
    )
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the allocator it is about is that of most Linux systems")
def test_forecasts_use_the_memory_of_earlier_ones() -> None:
    """Counted, not timed: the twin without it maps thousands of pages a forecast."""
    assert _faults(kept=True) < 0.1 * _faults(kept=False)
