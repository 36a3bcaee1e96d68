"""Power indices against their definitions, and the laws they keep."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.analysis import AbstentionPower, ClassAbstentionPower, ClassPower, Power, power, power_with_abstention
from tests import games as oracle
from tests.games import Plain, games


def each(found: Power) -> list[ClassPower]:
    """The power of each member, in their order."""
    return [found.of(member.id) for member in found.game.members]


def each_with_abstention(found: AbstentionPower) -> list[ClassAbstentionPower]:
    by_member = {member: one for one in found.classes for member in one.members}
    return [by_member[member.id] for member in found.game.members]


@given(games())
def test_swings_are_those_of_all_coalitions(plain: Plain) -> None:
    """And with them Banzhaf's and Coleman's indices."""
    found, swings, winning = power(plain.game), oracle.swings(plain), len(list(plain.coalitions()))
    assert found.winning == winning
    assert [one.swings for one in each(found)] == swings
    assert [one.banzhaf_absolute for one in each(found)] == [Fraction(one, 2 ** (plain.n - 1)) for one in swings]
    assert [one.banzhaf_normalized for one in each(found)] == [Fraction(one, sum(swings)) for one in swings]
    assert [one.prevent for one in each(found)] == [Fraction(one, winning) for one in swings]
    assert [one.initiate for one in each(found)] == [Fraction(one, 2**plain.n - winning) for one in swings]


@settings(max_examples=50)
@given(games(members=6))
def test_shapley_shubik_is_the_share_of_orders(plain: Plain) -> None:
    assert [one.shapley_shubik for one in each(power(plain.game))] == oracle.shapley_shubik(plain)


@given(games())
def test_coalition_indices_are_those_of_all_coalitions(plain: Plain) -> None:
    found = each(power(plain.game))
    johnston, deegan_packel, holler_packel = oracle.coalition_indices(plain)
    assert [one.johnston for one in found] == johnston
    assert [one.deegan_packel for one in found] == deegan_packel
    assert [one.holler_packel for one in found] == holler_packel


@settings(max_examples=50)
@given(games(members=6))
def test_swings_with_abstention_are_those_of_all_roll_calls(plain: Plain) -> None:
    found = each_with_abstention(power_with_abstention(plain.game))
    assert [one.yes_abstain for one in found] == oracle.ternary_swings(plain, "YA")
    assert [one.abstain_no for one in found] == oracle.ternary_swings(plain, "AN")
    assert [one.yes_no for one in found] == oracle.ternary_swings(plain, "YN")


@settings(max_examples=40, deadline=None)
@given(games(members=4, heaviest=4))
def test_shapley_shubik_with_abstention_is_the_share_of_orders_and_votes(plain: Plain) -> None:
    """Every order, every vote, and of each whether any further votes could change the outcome."""
    found = each_with_abstention(power_with_abstention(plain.game))
    assert [one.shapley_shubik for one in found] == oracle.ternary_shapley_shubik(plain)


@given(games(members=30, heaviest=40))
def test_shares_add_up_to_one(plain: Plain) -> None:
    """Efficiency, of larger games too."""
    found = power(plain.game)
    assert sum(one.shapley_shubik for one in each(found)) == 1
    assert sum(one.banzhaf_normalized for one in each(found)) == 1
    if not found.refused:
        for index in ("johnston", "deegan_packel", "holler_packel"):
            assert sum(getattr(one, index) for one in each(found)) == 1


@settings(max_examples=30, deadline=None)
@given(games(members=12))
def test_shares_with_abstention_add_up_to_one(plain: Plain) -> None:
    found = power_with_abstention(plain.game)
    assert sum(one.shapley_shubik for one in each_with_abstention(found)) == 1
    assert sum(one.banzhaf_normalized for one in each_with_abstention(found)) == 1


@given(games(members=25, heaviest=30), st.randoms())
def test_who_sits_where_does_not_matter(plain: Plain, random: object) -> None:
    """Symmetry: the members in another order have what they had."""
    order = list(range(plain.n))
    random.shuffle(order)  # type: ignore[attr-defined]  # hypothesis gives a Random
    moved = replace(
        plain,
        weights=tuple(plain.weights[member] for member in order),
        vetoers=frozenset(order.index(member) for member in plain.vetoers),
    )
    before, after = each(power(plain.game)), each(power(moved.game))
    assert [one.shapley_shubik for one in after] == [before[member].shapley_shubik for member in order]
    assert [one.swings for one in after] == [before[member].swings for member in order]


@given(games(members=15))
def test_a_member_that_never_decides_has_no_power_and_takes_none(plain: Plain) -> None:
    """The null member: of weight 0, without a veto."""
    with_null = replace(plain, weights=(*plain.weights, 0))
    before, after = each(power(plain.game)), each(power(with_null.game))
    assert not any((after[-1].swings, after[-1].shapley_shubik, after[-1].johnston, after[-1].holler_packel))
    for one, same in zip(before, after[:-1], strict=True):
        assert same.shapley_shubik == one.shapley_shubik
        assert same.banzhaf_absolute == one.banzhaf_absolute
        assert same.banzhaf_normalized == one.banzhaf_normalized
    last = each_with_abstention(power_with_abstention(with_null.game))[-1]
    assert not any((last.yes_no, last.shapley_shubik))


@given(games(members=25, heaviest=30))
def test_the_dual_game_has_the_same_power(plain: Plain) -> None:
    """To pass, or to stop what the others would pass: blocking coalitions in place of winning ones."""
    without = replace(plain, vetoers=frozenset(), vetoes_needed=0)
    dual = replace(without, quota=sum(plain.weights) - plain.quota + 1)
    before, after = power(without.game), power(dual.game)
    assert after.winning == before.coalitions - before.winning
    for one, other in zip(each(before), each(after), strict=True):
        assert (one.swings, one.shapley_shubik) == (other.swings, other.shapley_shubik)
        assert (one.prevent, one.initiate) == (other.initiate, other.prevent)


@settings(deadline=None)  # sixteen members of many weights with a veto take a third of a second
@given(games(members=20, heaviest=20), st.integers(2, 9))
def test_the_unit_of_weight_does_not_matter(plain: Plain, times: int) -> None:
    """Nor does a quota that lies between two sums."""
    larger = replace(plain, quota=plain.quota * times, weights=tuple(times * weight for weight in plain.weights))
    odd = replace(larger, quota=larger.quota - times + 1)
    before = [one.shapley_shubik for one in each(power(plain.game))]
    assert [one.shapley_shubik for one in each(power(larger.game))] == before
    assert [one.shapley_shubik for one in each(power(odd.game))] == before


@given(games(members=12))
def test_a_veto_of_all_that_needs_the_quota_too_is_unanimity(plain: Plain) -> None:
    """Where every member has a veto, only all together can adopt, and all have the same."""
    assume(plain.n > 1)
    found = power(replace(plain, vetoers=frozenset(range(plain.n)), vetoes_needed=1).game)
    assert found.winning == 1
    assert {one.shapley_shubik for one in found.classes} == {Fraction(1, plain.n)}
