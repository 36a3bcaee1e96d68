"""Power indices by two published packages, timed beside ours where somebody has installed them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec

import numpy as np

import simulator
from simulator.analysis import Game

_MANY = 100
"""Members beyond which one of them takes minutes, and is asked with `--long` only."""


def beside_packages(game: Game, ours: float) -> None:
    """A line a package: how many times our seconds it takes for Banzhaf and Shapley-Shubik, and if it is right."""
    weights = [member.weight for member in game.members]
    right = sorted(float(one.shapley_shubik) for one in simulator.power(game).classes for _ in one.members)
    for name, call in _installed(game.quota, weights):
        what = f"  {name}, {len(weights)} members"
        if len(weights) > _MANY and "--long" not in sys.argv:
            continue
        start = time.perf_counter()
        try:
            theirs = sorted(call())
        except (OverflowError, MemoryError) as error:
            print(f"{what:<58} {type(error).__name__:>16}", flush=True)
            continue
        times = (time.perf_counter() - start) / ours
        verdict = "the same numbers" if np.allclose(theirs, right, atol=1e-6) else "other numbers"
        print(f"{what:<58} {f'{times:.0f}x ours':>16}   {verdict}", flush=True)


def _installed(quota: int, weights: list[int]) -> Iterator[tuple[str, Callable[[], Sequence[float]]]]:
    """Those that are there: each finds Banzhaf and Shapley-Shubik, and answers with the latter."""
    if find_spec("powerindices"):
        powerindices = import_module("powerindices")

        def by_one() -> Sequence[float]:
            powerindices.compute_pbi(quota, weights)
            return [float(one) for one in powerindices.compute_ssi(quota, weights)]

        yield "powerindices", by_one
    if find_spec("powerindex"):
        powerindex = import_module("powerindex")

        def by_other() -> Sequence[float]:
            game = powerindex.Game(quota, weights=weights)
            game.calc_banzhaf()
            game.calc_shapley_shubik()
            return [float(share) for share in game.shapley_shubik]

        yield "powerindex", by_other
