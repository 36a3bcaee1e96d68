"""Tables of votes: outcomes under any majority, against every roll call gone through one by one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from simulator.engines.at_tables import Need, odds_of
from simulator.model.history.mixture import Tables
from simulator.model.latent import Floats

SEATS, APART = 7, 6
LEADERS = {0: 3, 1: 4}  # followers and whom they follow


def made_up(seed: int) -> Tables:
    """Three components of seven seats, two of the five permanent members following others."""
    rng = np.random.default_rng(seed)
    yes = rng.uniform(0.1, 0.9, (SEATS, 3))
    no = (1 - yes) * rng.uniform(0, 1, (SEATS, 3))
    return Tables(
        rng.dirichlet(np.ones(3)),
        np.zeros(3, dtype=np.int64),
        np.zeros(3, dtype=np.int64),
        yes,
        no,
        rng.choice([0.0, 0.2], SEATS),
        tuple(LEADERS.items()),
        rng.uniform(0, 1, (2, 3)),
        rng.uniform(0, 1, (2, 3)),
    )


def chance(tables: Tables, one: int, roll_call: tuple[int, ...]) -> float:
    """Of one component: choices are 0 yes, 1 abstain, 2 no, 3 absent."""
    found = 1.0
    for seat, choice in enumerate(roll_call):
        yes, no = tables.yes[seat, one], tables.no[seat, one]
        if seat in LEADERS:
            led = list(LEADERS).index(seat)
            share = tables.if_leader_no if roll_call[LEADERS[seat]] == 2 else tables.otherwise
            no = (1 - yes) * share[led, one]
        absent = tables.absent[seat]
        found *= absent if choice == 3 else (1 - absent) * (yes, 1 - yes - no, no)[choice]
    return found


def gone_through(tables: Tables, need: Need, likelihood: Floats) -> dict[str, float]:
    sums = {"adopted": 0.0, "vetoed": 0.0, "failed": 0.0}
    for roll_call in product(range(4), repeat=SEATS):
        weight = sum(tables.weights[one] * chance(tables, one, roll_call) for one in range(3))
        weight *= np.prod([likelihood[seat, choice] for seat, choice in enumerate(roll_call)])
        noes = sum(choice == 2 for choice in roll_call[: need.apart])
        blocked = need.vetoes is not None and noes >= need.vetoes
        word = "failed" if roll_call.count(0) < need.yes else "vetoed" if blocked else "adopted"
        sums[word] += weight
    total = sum(sums.values())
    return {word: share / total for word, share in sums.items()}


@pytest.mark.parametrize("vetoes", [None, 1, 2, 3, 6])
@pytest.mark.parametrize("apart", [5, APART])
def test_outcomes_under_any_number_of_vetoes_are_those_of_all_roll_calls(vetoes: int | None, apart: int) -> None:
    likelihood = np.ones((SEATS, 4))
    likelihood[4] = (0.0, 1.0, 0.4, 0.0)  # something learnt of a leader
    for seed, needed in ((1, 3), (2, 5)):
        tables, need = made_up(seed), Need(needed, vetoes, apart)
        found = odds_of(tables, need, likelihood).outcomes.as_dict()
        assert found == pytest.approx(gone_through(tables, need, likelihood), abs=1e-12)
