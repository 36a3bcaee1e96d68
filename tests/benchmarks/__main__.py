"""Speed and memory on named scenarios: ``uv run python -m tests.benchmarks``.

Prints each figure beside its target and judges nothing: machines are noisy, so quote the ratios of one run. Minimum of
several repeats in process; whole processes by the median. Nothing here is a test.
"""

from __future__ import annotations

import datetime
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

import numpy as np

import simulator
from simulator.engines import Engine, Options
from simulator.engines.exact.many import solve_many
from simulator.engines.monte_carlo import conditional, votes
from simulator.engines.monte_carlo.sampler import CHUNK as CHUNK_OF_OURS
from simulator.engines.monte_carlo.sampler import Sampler
from simulator.engines.seats.meaning import meaning
from simulator.facts import roll_calls
from simulator.model import vote_model
from simulator.scenario import Scenario, council_of, majority_of, shipped_scenarios
from tests.benchmarks.packages import beside_packages

CHUNK = 16_384
DPRK = "dprk-2022-05"


def without_blocs() -> Scenario:
    """S/2022/431, every member for itself."""
    return simulator.changed(simulator.load(DPRK), settings={"blocs": [], "company": []})


def one_bloc() -> Scenario:
    """S/2022/431 with one bloc of all, cohesion 0.3."""
    settings = {"blocs": [{"members": "all", "cohesion": 0.3}], "company": []}
    return simulator.changed(simulator.load(DPRK), settings=settings)


def nested_pair() -> Scenario:
    """S/2022/431 as shipped: a pair inside a bloc of all, and company."""
    return simulator.load(DPRK)


def best(call: Callable[[], object], repeats: int = 200) -> float:
    """Seconds of the quickest of some calls."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def line(what: str, figure: str, target: str) -> None:
    """One row of the report."""
    print(f"{what:<58} {figure:>16}   {target}", flush=True)


def plain(draws: int, *, bloc: bool) -> int:
    """The yardstick: roll calls as one would draw them with NumPy, in chunks that stay in the cache."""
    rng, adopted = np.random.default_rng(1), 0
    for _ in range(draws // CHUNK):
        if bloc:
            support = 0.3**0.5 * rng.standard_normal((CHUNK, 1)) + 0.7**0.5 * rng.standard_normal((CHUNK, 15))
            yes, against = support >= -0.84, support[:, :5] < -1.64
        else:
            uniform = rng.random((CHUNK, 15))
            yes, against = uniform < 0.8, uniform[:, :5] >= 0.95
        adopted += int(((yes.sum(axis=1) >= 9) & ~against.any(axis=1)).sum())
    return adopted


def exact() -> None:
    """Exact answers in process."""
    cases = ((without_blocs(), "without blocs", 1), (one_bloc(), "one bloc", 1), (nested_pair(), "pair, company", 5))
    for scenario, name, target in cases:
        seconds = best(lambda scenario=scenario: simulator.odds(scenario, engine="exact"))  # type: ignore[misc]
        line(f"exact, {name}", f"{1000 * seconds:.2f} ms", f"at most {target} ms")


def many() -> None:
    """Exact answers to many models of one structure: the cohesion drawn anew, and texts that move the means."""
    rng = np.random.default_rng(1)
    scenario = one_bloc()
    model, majority = vote_model(scenario), majority_of(scenario, council_of(scenario))
    latent = model.latent
    draws = [
        replace(latent, mean=rng.normal(0, 0.3, 15), loadings=np.full((15, 1), np.sqrt(rng.uniform(0.1, 0.6))))
        for _ in range(400)
    ]
    seconds = best(lambda: solve_many(model, draws, majority), 5)
    line("exact, 400 draws of one bloc's numbers", f"{seconds:.2f} s", "at most 0.3 s")
    texts = [replace(latent, mean=mean) for mean in rng.normal(0, 0.5, (101 * 101, 15))]
    seconds = best(lambda: solve_many(model, texts, majority), 2)
    line("exact, 101 x 101 texts, one bloc", f"{seconds:.2f} s", "at most 2 s")


def raw_roll_calls() -> None:
    """Roll calls a second on one core, against plain NumPy in the same run."""
    for scenario, bloc, name in ((without_blocs(), False, "without blocs"), (one_bloc(), True, "one bloc")):
        sampler = Sampler.of(vote_model(scenario), 1)
        ours = CHUNK_OF_OURS / best(lambda sampler=sampler: sampler.chunk(0), 40)  # type: ignore[misc]
        theirs = CHUNK / best(lambda bloc=bloc: plain(CHUNK, bloc=bloc), 80)  # type: ignore[misc]
        figures = f"{ours / 1e6:.1f} M/s, {ours / theirs:.1f}x"
        line(f"roll calls, {name} (plain NumPy {theirs / 1e6:.1f} M/s)", figures, "at least 1x, aim 2x")


def conditional_gain() -> None:
    """Time to a standard error of 1e-4 with one bloc: whole roll calls against the conditional method."""
    scenario = one_bloc()
    model, majority = vote_model(scenario), majority_of(scenario, council_of(scenario))
    precise = {"seed": 1, "precision": 1e-4}
    start = time.perf_counter()
    votes.solve(model, majority, draws=10**9, **precise)  # type: ignore[arg-type]
    slow = time.perf_counter() - start
    quick = best(lambda: conditional.solve(model, majority, draws=2**20, **precise), 5)  # type: ignore[arg-type]
    line("conditional to 1e-4, against whole roll calls", f"{slow / quick:.0f}x sooner", "at least 50x")
    small = best(lambda: conditional.solve(model, majority, draws=32, **precise), 5)  # type: ignore[arg-type]
    line("  the same with only as many points as it takes (32)", f"{slow / small:.0f}x sooner", "")


def from_the_record() -> None:
    """Forecasts from shipped estimates, everything read."""
    said = {"CHN": "opposes", "RUS": "opposes"}
    seconds = best(lambda: simulator.forecast("dprk", "USA", "2022-05-26"), 40)
    line("forecast from the record", f"{1000 * seconds:.0f} ms", "at most 50 ms")
    seconds = best(lambda: simulator.forecast("dprk", "USA", "2022-05-26", stance=said), 40)
    line("  with what two members said, before and after", f"{1000 * seconds:.0f} ms", "at most 50 ms")
    first, last = datetime.date(2022, 1, 1), datetime.date(2022, 12, 31)
    seconds = best(lambda: simulator.backtest(roll_calls(), first, last), 3)
    line("backtest of 2022, 60 votes", f"{seconds:.1f} s", "at most 4 s: 60 s for fifteen years")


def power_indices() -> None:
    """Exact indices of the Council, and of random weights."""
    council = simulator.rule_game("substantive")
    seconds = best(lambda: simulator.power(council), 40)
    line("power indices, the Council", f"{1000 * seconds:.2f} ms", "")
    seconds = best(lambda: simulator.power_with_abstention(council), 40)
    line("power indices, the Council with abstention", f"{1000 * seconds:.2f} ms", "at most 20 ms")
    for members, heaviest, repeats in ((50, 100, 20), (200, 100, 3), (200, 500, 3), (200, 1000, 3)):
        weights = np.random.default_rng(1).integers(1, heaviest + 1, members).tolist()
        game = simulator.weighted_game(sum(weights) // 2 + 1, weights)
        seconds = best(lambda game=game: simulator.power(game), repeats)  # type: ignore[misc]
        line(f"power indices, {members} random weights of 1 to {heaviest}", f"{seconds:.3f} s", "at most 1 s")
        if heaviest == 100:
            beside_packages(game, seconds)
    as_weights = simulator.weighted_game(39, [7] * 5 + [1] * 10)  # wins where nine of fifteen and all five do
    beside_packages(as_weights, best(lambda: simulator.power(as_weights), 40))


def questions() -> None:
    """What every member's choice means, learnt and made, and whose vote decides: all members at once."""
    for scenario, name, target in ((one_bloc(), "one bloc", "at most 10 ms"), (nested_pair(), "pair, company", "")):
        seconds = best(lambda scenario=scenario: meaning(scenario, Options(engine=Engine.EXACT)), 40)  # type: ignore[misc]
        line(f"all members' conditionals, {name}", f"{1000 * seconds:.1f} ms", target)


def comparisons() -> None:
    """Differences taken apart: with stated preferences, and with preferences from the record."""
    for one, other, hybrids in ((DPRK, "gaza-2024-03", 64), ("dprk-2022-05-record", "dprk-2017-12-record", 16)):
        seconds = best(lambda one=one, other=other: simulator.compare(one, other), 3)  # type: ignore[misc]
        line(f"compare {one}, {hybrids} hybrids", f"{1000 * seconds:.0f} ms", "")


def councils() -> None:
    """One draft before 81 councils, and under every rule."""
    for name in (DPRK, "a-place-in-issue-space", "what-we-do-not-know", "dprk-2022-05-record"):
        seconds = best(lambda name=name: simulator.time_machine(name, 1946, 2026), 3)  # type: ignore[misc]
        line(f"time machine over 81 councils, {name}", f"{seconds:.2f} s", "at most 1 s")
        seconds = best(lambda name=name: simulator.reforms(name), 3)  # type: ignore[misc]
        line(f"  the same under every rule and proposal, {name}", f"{seconds:.2f} s", "")


def bargains() -> None:
    """What it would take to reach 50 in 100, over all shipped scenarios where that takes a move."""
    slowest = {"stated": (0.0, ""), "spatial": (0.0, ""), "history": (0.0, "")}
    for name in shipped_scenarios():
        scenario = simulator.load(name)
        try:
            simulator.bargain(scenario)
        except simulator.SimulatorError:
            continue  # nobody's support can bring it there
        seconds = best(lambda scenario=scenario: simulator.bargain(scenario), 3)  # type: ignore[misc]
        model = scenario.preferences.model
        slowest[model] = max(slowest[model], (seconds, name))
    for kind, (seconds, name) in slowest.items():
        line(f"bargain, {kind}, the slowest: {name}", f"{seconds:.2f} s", "at most 2 s")


def processes() -> None:
    """Whole processes, started afresh."""
    base = _process([sys.executable, "-c", "import numpy, scipy.special"])
    run = _process([sys.executable, "-m", "simulator", "run", DPRK])
    line(f"unsc run {DPRK}, above numpy and scipy.special", f"{run - base:.2f} s", "at most 0.3 s")
    help_ = _process([sys.executable, "-m", "simulator", "--help"])
    line("unsc --help", f"{help_:.2f} s", "at most 0.25 s")


def _process(command: list[str]) -> float:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # fills the caches

    def once() -> float:
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start

    return median(once() for _ in range(9))


def memory(draws: int) -> None:
    """Peak memory of a long run; it does not grow with the draws. On Linux, and of the run alone.

    What ``resource`` says would include what this process had when it forked.
    """
    code = (
        "import pathlib, simulator\n"
        f"simulator.odds({DPRK!r}, engine='monte-carlo', method='votes', draws={draws})\n"
        "told = pathlib.Path('/proc/self/status').read_text()\n"
        "print(int(told.split('VmHWM:')[1].split()[0]) / 1024)"
    )
    start = time.perf_counter()
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    seconds = time.perf_counter() - start
    line(f"peak memory, {draws:.0e} roll calls ({seconds:.0f} s)", f"{float(found):.0f} MB", "below 300 MB")


if __name__ == "__main__":
    exact()
    many()
    raw_roll_calls()
    conditional_gain()
    power_indices()
    questions()
    comparisons()
    councils()
    from_the_record()
    bargains()
    processes()
    memory(10**9 if "--long" in sys.argv else 2 * 10**7)
