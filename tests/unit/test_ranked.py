"""Runs that differ by less than is known are alike; those with known differences have a first and a last."""

from __future__ import annotations

from dataclasses import replace

import pytest

import simulator
from simulator.analysis.ranked import alike, ends, least, most
from simulator.analysis.runs import Run, run
from simulator.engines import Engine, Options, Outcomes


def at(adopted: float, *, simulation: float = 0.0, name: str = "dprk-2022-05") -> Run:
    return Run(simulator.load(name), Outcomes(adopted, 0.0, 1 - adopted), {}, "exact", simulation, None, ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (at(0.5), at(0.5 + 1e-10), True),
        (at(0.5), at(0.5 + 1e-6), False),
        (at(0.5, simulation=0.01), at(0.52, simulation=0.01), True),
        (at(0.5, simulation=0.01), at(0.53, simulation=0.01), False),
        (at(0.5, name="dprk-2022-05-record"), at(0.5001, name="dprk-2022-05-record"), True),
        (at(0.5, name="dprk-2022-05-record"), at(0.501, name="dprk-2022-05-record"), False),
    ],
)
def test_alike_is_what_no_difference_is_known_of(one: Run, other: Run, same: bool) -> None:
    assert alike(one, other) is alike(other, one) is same


def test_all_that_are_like_the_first_are_first() -> None:
    runs = [at(0.3), at(0.5), at(0.3), at(0.5 + 1e-12)]
    assert least(runs) == [0, 2]
    assert most(runs) == [3, 1]
    assert least(runs[:1]) == most(runs[:1]) == [0]


def test_what_is_like_both_ends_is_at_neither() -> None:
    """A run known to two in a hundred lies between two known well; alone with one of them, there are no ends."""
    vague = at(0.5, simulation=0.02)
    assert ends([at(0.48), vague, at(0.52)]) == ([0], [2])
    assert ends([at(0.48), vague]) == ([], [])
    assert ends([at(0.48)]) == ([], [])


def test_of_uncertain_numbers_the_error_of_the_difference_counts() -> None:
    """Both odds are known to one in 100 only, their difference far better: the same draws stand behind both."""
    options = Options(engine=Engine.EXACT, parameter_draws=64)
    one = run(simulator.load("what-we-do-not-know"), options)
    assert one.spread is not None
    lower = replace(one, outcomes=replace(one.outcomes, adopted=one.adopted - 0.005))
    assert one.error is not None
    assert one.error > 0.005
    assert not alike(one, lower)
    assert alike(one, one)
