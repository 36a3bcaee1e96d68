"""The Shapley value against its definition, and what drawn orders make of it."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.analysis.compare.shapley import MOST_SETS, Plan, least_sets
from simulator.errors import OptionError
from simulator.model.latent import Floats

CLOSE = 1e-12


def by_definition(values: Floats) -> list[float]:
    """The mean of what each piece adds, over all orders written out; `values` by set, in binary."""
    pieces = len(values).bit_length() - 1
    added = [0.0] * pieces
    orders = list(permutations(range(pieces)))
    for order in orders:
        there = 0
        for piece in order:
            added[piece] += values[there + 2**piece] - values[there]
            there += 2**piece
    return [one / len(orders) for one in added]


def games(least: int = 0, most: int = 5) -> st.SearchStrategy[Floats]:
    """A value for every set of some pieces."""
    numbers = st.floats(-1, 1)
    sizes = st.integers(least, most)
    return sizes.flatmap(lambda pieces: st.lists(numbers, min_size=2**pieces, max_size=2**pieces).map(np.array))


def exact(values: Floats) -> Floats:
    plan = Plan.of(len(values).bit_length() - 1, MOST_SETS, 1)
    assert plan.every
    found: Floats = plan.weights @ values[list(plan.sets)]
    return found


@given(values=games())
def test_it_is_the_mean_over_all_orders(values: Floats) -> None:
    assert exact(values) == pytest.approx(by_definition(values), abs=CLOSE)


@given(values=games())
def test_parts_add_up_to_the_whole(values: Floats) -> None:
    assert exact(values).sum() == pytest.approx(values[-1] - values[0], abs=CLOSE)


@given(values=games(1), data=st.data())
def test_a_piece_that_adds_nothing_gets_nothing(values: Floats, data: st.DataObject) -> None:
    piece = data.draw(st.integers(0, len(values).bit_length() - 2))
    without = [one & ~(1 << piece) for one in range(len(values))]
    assert exact(values[without])[piece] == pytest.approx(0, abs=CLOSE)


@given(values=games(2))
def test_pieces_that_do_the_same_get_the_same(values: Floats) -> None:
    """The value of a set with one of the first two pieces does not tell which."""
    swapped = [one if one & 3 in (0, 3) else one ^ 3 for one in range(len(values))]
    both = (values + values[swapped]) / 2
    first, second = exact(both)[:2]
    assert first == pytest.approx(second, abs=CLOSE)


@given(values=games(2, 4))
def test_the_way_back_has_the_opposite_signs(values: Floats) -> None:
    assert exact(values[::-1]) == pytest.approx(-exact(values), abs=CLOSE)


def voting_game(pieces: int) -> Floats:
    """1 for sets that hold the first piece and three of the others: far from adding up piece by piece."""
    return np.array([float(one & 1 and (one >> 1).bit_count() >= 3) for one in range(2**pieces)])


def drawn(values: Floats, most: int, seed: int) -> tuple[Floats, Floats, Plan]:
    plan = Plan.of(len(values).bit_length() - 1, most, seed)
    assert not plan.every
    seen = values[list(plan.sets)]
    return plan.weights @ seen, plan.errors(seen), plan


def test_drawn_orders_add_up_and_flip_exactly() -> None:
    """Each order is drawn with its reverse, so the way back sees the same differences."""
    values = np.random.default_rng(1).random(2**12)
    parts, errors, plan = drawn(values, 400, 1946)
    assert len(plan.sets) <= 400
    assert parts.sum() == pytest.approx(values[-1] - values[0], abs=CLOSE)
    assert drawn(values[::-1], 400, 1946)[0] == pytest.approx(-parts, abs=CLOSE)
    assert (errors > 0).all()


def test_drawn_orders_are_exact_where_pieces_work_together_in_pairs_at_most() -> None:
    """An order and its reverse bring every pair together once each way."""
    pieces, rng = 12, np.random.default_rng(2)
    single, pair = rng.normal(size=pieces), np.triu(rng.normal(size=(pieces, pieces)), 1)
    there = (np.arange(2**pieces)[:, None] >> np.arange(pieces) & 1).astype(float)
    values = there @ single + np.einsum("si,ij,sj->s", there, pair, there)
    parts, errors, _ = drawn(values, 400, 5)
    assert parts == pytest.approx(single + (pair.sum(axis=0) + pair.sum(axis=1)) / 2, abs=1e-9)
    assert errors == pytest.approx(np.zeros(pieces), abs=1e-9)


def test_standard_errors_of_drawn_orders_are_right() -> None:
    """Over 200 seeds the first piece's estimate spreads as its standard error says, around the exact value.

    The mean of 200 is off by more than 4.4 standard errors once in 100,000; the spread's ratio to the error stated lies
    between 0.8 and 1.25 but for one set of seeds in a thousand.
    """
    values = voting_game(8)
    whole = exact(values)[0]
    found = [drawn(values, least_sets(8), seed) for seed in range(200)]
    estimates = np.array([parts[0] for parts, _, _ in found])
    stated = np.sqrt(np.mean([errors[0] ** 2 for _, errors, _ in found]))
    assert abs(estimates.mean() - whole) < 4.4 * estimates.std(ddof=1) / np.sqrt(200)
    assert 0.8 < estimates.std(ddof=1) / stated < 1.25


def test_a_plan_begins_with_nothing_and_holds_what_is_always_told() -> None:
    for plan in (Plan.of(4, 16, 1), Plan.of(12, 300, 1)):
        whole = (1 << plan.pieces) - 1
        singles = {1 << one for one in range(plan.pieces)}
        assert plan.sets[0] == 0
        assert {whole, *singles, *(whole ^ one for one in singles)} <= set(plan.sets)
        assert len(set(plan.sets)) == len(plan.sets)


def test_no_piece_and_one() -> None:
    assert Plan.of(0, 2, 1).weights.shape == (0, 1)
    assert Plan.of(1, 2, 1).weights.tolist() == [[-1.0, 1.0]]


@pytest.mark.parametrize("most", [1, 0, -3, MOST_SETS + 1, 2.5, True, "64"])
def test_a_number_of_hybrids_is_checked(most: object) -> None:
    with pytest.raises(OptionError, match="hybrids are a whole number"):
        Plan.of(3, most, 1)  # type: ignore[arg-type]


def test_too_few_hybrids_are_refused_with_what_would_do() -> None:
    with pytest.raises(OptionError, match=r"2 hybrids are too few for 4 pieces: an exact answer takes all 16$"):
        Plan.of(4, 2, 1)
    with pytest.raises(OptionError, match=rf"takes all 4,096; {least_sets(12)} would do with orders drawn"):
        Plan.of(12, least_sets(12) - 1, 1)
    assert len(Plan.of(12, least_sets(12), 1).orders) >= 8
