"""Small voting games for hypothesis, and their power indices from the definitions, all written out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import permutations, product
from math import factorial

from hypothesis import strategies as st

from simulator.analysis import Game, weighted_game

Shares = list[Fraction]


@dataclass(frozen=True)
class Plain:
    """A game as numbers: no code of the program's decides in it."""

    quota: int
    weights: tuple[int, ...]
    vetoers: frozenset[int]
    vetoes_needed: int

    @property
    def n(self) -> int:
        return len(self.weights)

    @property
    def game(self) -> Game:
        """The program's."""
        veto = [str(member + 1) for member in sorted(self.vetoers)]
        return weighted_game(self.quota, self.weights, veto=veto, vetoes_needed=self.vetoes_needed)

    def adopts(self, votes: Sequence[str]) -> bool:
        """Of a roll call of Y, A and N."""
        yes = sum(weight for weight, vote in zip(self.weights, votes, strict=True) if vote == "Y")
        against = sum(votes[member] == "N" for member in self.vetoers)
        return yes >= self.quota and (not self.vetoes_needed or against < self.vetoes_needed)

    def wins(self, coalition: frozenset[int]) -> bool:
        """Of who votes yes, all others against."""
        return self.adopts(["Y" if member in coalition else "N" for member in range(self.n)])

    def coalitions(self) -> Iterator[frozenset[int]]:
        """All that win."""
        for inside in product((False, True), repeat=self.n):
            coalition = frozenset(member for member, one in enumerate(inside) if one)
            if self.wins(coalition):
                yield coalition


@st.composite
def games(draw: st.DrawFn, *, members: int = 7, heaviest: int = 9) -> Plain:
    """Weighted games, some members with a veto, some weights 0, and any number of vetoes needed."""
    weight = st.one_of(st.integers(0, heaviest), st.sampled_from([0, 1]))
    weights = draw(st.lists(weight, min_size=1, max_size=members).filter(any))
    vetoers = draw(st.frozensets(st.integers(0, len(weights) - 1)))
    needed = draw(st.integers(min(1, len(vetoers)), len(vetoers)))
    return Plain(draw(st.integers(1, sum(weights))), tuple(weights), vetoers, needed)


def swings(plain: Plain) -> list[int]:
    """Winning coalitions that each member could break."""
    return [
        sum(member in coalition and not plain.wins(coalition - {member}) for coalition in plain.coalitions())
        for member in range(plain.n)
    ]


def shapley_shubik(plain: Plain) -> Shares:
    """By all orders of joining."""
    pivots = [0] * plain.n
    for order in permutations(range(plain.n)):
        place = next(place for place in range(plain.n) if plain.wins(frozenset(order[: place + 1])))
        pivots[order[place]] += 1
    return [Fraction(count, factorial(plain.n)) for count in pivots]


def _shared_out(points: Sequence[Fraction | int]) -> Shares:
    return [Fraction(each) / sum(points) for each in points]


def coalition_indices(plain: Plain) -> tuple[Shares, Shares, Shares]:
    """Johnston, Deegan–Packel, Holler–Packel."""
    johnston, deegan, holler = ([Fraction(0)] * plain.n for _ in range(3))
    for coalition in plain.coalitions():
        critical = [member for member in coalition if not plain.wins(coalition - {member})]
        for member in critical:
            johnston[member] += Fraction(1, len(critical))
            if len(critical) == len(coalition):
                deegan[member] += Fraction(1, len(coalition))
                holler[member] += 1
    return _shared_out(johnston), _shared_out(deegan), _shared_out(holler)


def ternary_swings(plain: Plain, change: str) -> list[int]:
    """Roll calls of the others in which a change such as YA, of each member's vote, changes the outcome."""
    before, after = change[0], change[1]
    found = [0] * plain.n
    for member in range(plain.n):
        for others in product("YAN", repeat=plain.n - 1):
            first = plain.adopts([*others[:member], before, *others[member:]])
            found[member] += first != plain.adopts([*others[:member], after, *others[member:]])
    return found


def ternary_shapley_shubik(plain: Plain) -> Shares:
    """By all orders of voting and all votes: who votes when no further votes can change the outcome any more."""

    @cache
    def settled(votes: tuple[str, ...]) -> bool:
        ways = product(*("YAN" if vote == "?" else vote for vote in votes))
        return len({plain.adopts(way) for way in ways}) == 1

    pivots = [0] * plain.n
    for order, votes in product(permutations(range(plain.n)), product("YAN", repeat=plain.n)):
        cast = ["?"] * plain.n
        for member in order:
            cast[member] = votes[member]
            if settled(tuple(cast)):
                pivots[member] += 1
                break
    return [Fraction(count, factorial(plain.n) * 3**plain.n) for count in pivots]
