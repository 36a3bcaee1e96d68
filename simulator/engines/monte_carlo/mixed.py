"""Whole roll calls where things may stand in several ways: each roll call under one of them, with its own numbers.

Drawn as the model is written, one number after another: with hundreds of draws of uncertain numbers there is nothing
to prepare that many roll calls would share. Shares nothing with the walk over the seats, nor with the quicker sampler.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.engines.monte_carlo.counting import Counting, Counts, possible_choices, withholding
from simulator.engines.monte_carlo.units import Codes
from simulator.engines.possible import Possible, Ruling
from simulator.facts import Outcome
from simulator.model.latent import ABSENT, ABSTAIN, NO, YES, Floats
from simulator.randomness import Purpose, Stream, to_normal
from simulator.rules import Majority

CHUNK = 16_384
"""Roll calls of a chunk; chunk i always has the same ones, for the same possibilities and seed."""

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What some chunks of roll calls came to; two of them add up.

    Attributes
    ----------
    draws : int
    cells : tuple of array of int
        For each majority, the roll calls that agree with what was learnt, counted as a joint table.
    choices : array of int, shape (n, 4)
        Every seat's choices among those.
    drawn, agreeing, adopted : array of int, shape (possibles,)
        Roll calls under each possibility; those of them that agree; those of these that adopt.
    """

    draws: int
    cells: tuple[Counts, ...]
    choices: Counts
    drawn: Counts
    agreeing: Counts
    adopted: Counts

    def __add__(self, other: Drawn) -> Drawn:
        return Drawn(
            self.draws + other.draws,
            tuple(one + more for one, more in zip(self.cells, other.cells, strict=True)),
            self.choices + other.choices,
            self.drawn + other.drawn,
            self.agreeing + other.agreeing,
            self.adopted + other.adopted,
        )

    @property
    def kept(self) -> int:
        """Roll calls that agree with what was learnt."""
        return int(self.agreeing.sum())


@dataclass(frozen=True, slots=True)
class MixedSampler:
    """Possibilities prepared for drawing; arrays have one row a possibility.

    Attributes
    ----------
    possibles : tuple of Possible
    seed : int
    counting : Counting
    upto : array, shape (possibles,)
        Their weights added up.
    mean, no_below, yes_from, absent, noise : array, shape (possibles, n)
        A follower's no counted as withheld, which stands under abstain.
    loadings : array, shape (possibles, n, k)
    company : array, shape (possibles, pairs, 2)
        Chances of a no, if the leader votes no, and otherwise.
    likelihood : array, shape (possibles, n, 4)
        Of what was learnt, the largest of a row 1.
    """

    possibles: tuple[Possible, ...]
    seed: int
    counting: Counting
    upto: Floats
    mean: Floats
    no_below: Floats
    yes_from: Floats
    absent: Floats
    noise: Floats
    loadings: Floats
    company: Floats
    likelihood: Floats

    @classmethod
    def of(cls, possibles: Sequence[Possible], seed: int) -> MixedSampler:
        """Prepares possibilities of the same seats, company and factors."""
        models = [one.model for one in possibles]
        latents = [withholding(model) for model in models]
        union: dict[int, set[int]] = {seat: set() for seat in range(len(models[0].members))}
        for model in models:
            for seat, choices in possible_choices(model).items():
                union[seat] |= set(choices)
        loadings = np.stack([one.loadings for one in latents])
        likelihood = np.stack([model.likelihood for model in models])
        return cls(
            tuple(possibles),
            seed,
            Counting.of(models[0], {seat: tuple(sorted(choices)) for seat, choices in union.items()}),
            np.cumsum([one.weight for one in possibles]),
            np.stack([one.mean for one in latents]),
            np.stack([one.no_below for one in latents]),
            np.stack([one.yes_from for one in latents]),
            np.stack([one.absent for one in latents]),
            np.sqrt(np.maximum(0.0, 1 - (loadings**2).sum(axis=2))),
            loadings,
            np.array([[(pair.if_leader_no, pair.otherwise) for pair in model.company] for model in models]),
            likelihood / likelihood.max(axis=2, keepdims=True),
        )

    @property
    def majorities(self) -> tuple[Majority, ...]:
        """Those that occur, in order of first occurrence."""
        return tuple(dict.fromkeys(one.majority for one in self.possibles))

    def chunk(self, number: int, draws: int = CHUNK) -> Drawn:
        """The counts of chunk `number`."""
        every = self._which(number, draws)
        votes, which = self._kept(number, every)
        adopted = np.zeros(len(which), dtype=bool)
        cells = np.zeros(len(which), dtype=np.int64)
        for seat in range(votes.shape[1]):
            cells += self.counting.steps[seat].take(votes[:, seat])
        tables = []
        rules = np.array([self.majorities.index(one.majority) for one in self.possibles])
        for place, majority in enumerate(self.majorities):
            mine = rules[which] == place
            tables.append(self.counting.counted(cells[mine]))
            adopted |= mine & self._adopts(votes, majority)
        size = len(self.possibles)
        return Drawn(
            draws,
            tuple(tables),
            np.stack([(votes == choice).sum(axis=0) for choice in range(4)], axis=1),
            np.bincount(every, minlength=size),
            np.bincount(which, minlength=size),
            np.bincount(which, adopted, size).astype(np.int64),
        )

    def roll_calls(self, number: int, draws: int = CHUNK) -> Codes:
        """The roll calls of a chunk that agree with what was learnt: shape (kept, n), choices as places."""
        return self._kept(number, self._which(number, draws))[0]

    def rulings(self, drawn: Drawn) -> tuple[Ruling, ...]:
        """The counts as joint tables."""
        return tuple(
            Ruling(majority, self.counting.joint(cells))
            for majority, cells in zip(self.majorities, drawn.cells, strict=True)
        )

    def _which(self, number: int, draws: int) -> Places:
        """The possibility of each roll call: each has its share of every chunk, to within one roll call.

        Where the first one lies is random, so that also one that is rarer than a roll call in a chunk has its share.
        """
        start = Stream(self.seed, number, Purpose.REFINEMENT, 1).uniform(1)
        places = (np.arange(draws) + start) / draws * self.upto[-1]
        which: Places = np.minimum(np.searchsorted(self.upto, places), len(self.upto) - 1)
        return which

    def _adopts(self, votes: Codes, majority: Majority) -> NDArray[np.bool_]:
        yes = (votes == YES).sum(axis=1)
        against = (votes[:, list(self.possibles[0].model.permanent)] == NO).sum(axis=1)
        grid = np.array(
            [
                [majority.outcome(y, v) is Outcome.ADOPTED for v in range(int(against.max(initial=0)) + 1)]
                for y in range(votes.shape[1] + 1)
            ]
        )
        found: NDArray[np.bool_] = grid[yes, against]
        return found

    def _kept(self, number: int, which: Places) -> tuple[Codes, Places]:
        """The roll calls that agree with what was learnt, and the possibility of each."""
        votes = self._votes(number, which)
        if (self.likelihood == 1).all():
            return votes, which
        chance = np.ones(len(which))
        for seat in range(votes.shape[1]):
            chance *= self.likelihood[which, seat, votes[:, seat]]
        keep = Stream(self.seed, number, Purpose.EVIDENCE).uniform(len(which)) < chance
        return votes[keep], which[keep]

    def _votes(self, number: int, which: Places) -> Codes:
        draws, (_, seats, factors) = len(which), self.loadings.shape
        noise = self._normal(number, Purpose.NOISE, seats, draws)
        support = self.mean[which] + self.noise[which] * noise
        shared = self._normal(number, Purpose.FACTORS, factors, draws)
        for factor in range(factors):
            support += self.loadings[which, :, factor] * shared[:, factor, None]
        votes = np.full((draws, seats), ABSTAIN, dtype=np.uint8)
        votes[support >= self.yes_from[which]] = YES
        votes[support < self.no_below[which]] = NO
        away = Stream(self.seed, number, Purpose.REFINEMENT).uniform(draws * seats).reshape(draws, seats)
        votes[away < self.absent[which]] = ABSENT
        stream = Stream(self.seed, number, Purpose.COMPANY)
        for place, pair in enumerate(self.possibles[0].model.company):
            if_no, otherwise = self.company[which, place].T
            chance = np.where(votes[:, pair.leader] == NO, if_no, otherwise)
            turned = (votes[:, pair.follower] == ABSTAIN) & (stream.uniform(draws) < chance)
            votes[turned, pair.follower] = NO
        return votes

    def _normal(self, number: int, purpose: Purpose, columns: int, draws: int) -> Floats:
        words = Stream(self.seed, number, purpose).words(columns * draws)
        return to_normal(words).reshape(draws, columns)
