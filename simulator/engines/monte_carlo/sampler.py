"""Drawing whole roll calls and counting them. Shares nothing with the walk over the seats: it is the check on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.engines.joint import JointTable
from simulator.engines.monte_carlo.counting import Counting, Counts, possible_choices, withholding
from simulator.engines.monte_carlo.drawn_factors import DrawnFactors
from simulator.engines.monte_carlo.units import UNDECIDED, Codes, Unit, cuts, units_of
from simulator.model import LatentVotes, VoteModel
from simulator.model.latent import ABSTAIN, NO
from simulator.randomness import Purpose, Stream

CHUNK = 65_536
"""Roll calls of a chunk; chunk i always has the same ones, for the same model and seed."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What some chunks of roll calls came to; two of them add up.

    Attributes
    ----------
    draws : int
        Roll calls drawn.
    cells : array of int, shape of the joint table
        Those that agree with what was learnt, counted.
    choices : array of int, shape (n, 4)
        Every seat's choices among those.
    """

    draws: int
    cells: Counts
    choices: Counts

    def __add__(self, other: Drawn) -> Drawn:
        return Drawn(self.draws + other.draws, self.cells + other.cells, self.choices + other.choices)

    @property
    def kept(self) -> int:
        """Roll calls that agree with what was learnt."""
        return int(self.choices[0].sum())


@dataclass(frozen=True, slots=True)
class Sampler:
    """A model prepared for drawing.

    Attributes
    ----------
    model : VoteModel
    latent : LatentVotes
        Its latent votes, every follower's no counted as withheld, which stands under abstain.
    seed : int
    counting : Counting
        How roll calls are counted.
    alone, shared : tuple of Unit
        The seats that have a choice: those that share nothing, and those that share factors.
    fixed : dict
        The seats that have none, with what they do.
    """

    model: VoteModel
    latent: LatentVotes
    seed: int
    counting: Counting
    alone: tuple[Unit, ...]
    shared: tuple[Unit, ...]
    fixed: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, model: VoteModel, seed: int) -> Sampler:
        """Prepares a model; takes a few milliseconds."""
        possible = possible_choices(model)
        fixed = {seat: choices[0] for seat, choices in possible.items() if len(choices) == 1}
        latent = withholding(model)
        alone, shared = units_of(latent, [seat for seat in possible if seat not in fixed])
        return cls(model, latent, seed, Counting.of(model, possible), tuple(alone), tuple(shared), fixed)

    @property
    def units(self) -> tuple[Unit, ...]:
        """All units."""
        return self.alone + self.shared

    def chunk(self, number: int, draws: int = CHUNK) -> Drawn:
        """The counts of chunk `number`."""
        cells, votes = self._draw(number, draws)
        return Drawn(draws, self.counting.counted(cells), votes)

    def roll_calls(self, number: int, draws: int = CHUNK) -> Codes:
        """The roll calls of a chunk that agree with what was learnt: shape (kept, n), choices as places."""
        state = _State(self, number, draws)
        return state.roll_calls()

    def joint(self, drawn: Drawn) -> JointTable:
        """The counts as a joint table."""
        return self.counting.joint(drawn.cells)

    def _draw(self, number: int, draws: int) -> tuple[NDArray[np.int32], Counts]:
        state = _State(self, number, draws)
        return state.cells(), state.choices()


class _State:
    """One chunk while it is drawn: each unit's outcomes, followers' splits, and which roll calls are kept."""

    def __init__(self, sampler: Sampler, number: int, draws: int) -> None:
        self.sampler, self.model, self.draws = sampler, sampler.model, draws
        streams = {purpose: Stream(sampler.seed, number, purpose) for purpose in Purpose}
        self._refinement = streams[Purpose.REFINEMENT]
        self._factors = DrawnFactors(sampler.latent.loadings, streams[Purpose.FACTORS], draws)
        noise = streams[Purpose.NOISE]
        halves = noise.pieces(len(sampler.alone), draws, 16)
        octets = iter(noise.pieces(sum(len(unit.seats) for unit in sampler.shared), draws, 8))
        self.outcomes = [
            *(self._alone(unit, bits) for unit, bits in zip(sampler.alone, halves, strict=True)),
            *(self._shared(unit, [next(octets) for _ in unit.seats]) for unit in sampler.shared),
        ]
        self.turned = {
            pair.follower: self._turned(pair.leader, pair.follower, (pair.if_leader_no, pair.otherwise), streams)
            for pair in self.model.company
        }
        self.kept = self._kept(streams[Purpose.EVIDENCE])

    def _alone(self, unit: Unit, bits: NDArray[Any]) -> Codes:
        assert unit.edges is not None, "seats that share nothing are drawn together"
        outcomes = unit.tables[0].take(bits)
        open_ = np.flatnonzero(outcomes == UNDECIDED)
        full = (bits[open_] + self._refinement.uniform(len(open_))) / 65_536
        outcomes[open_] = np.searchsorted(unit.edges, full, side="right")
        return outcomes

    def _shared(self, unit: Unit, bits: list[NDArray[Any]]) -> Codes:
        packed = np.zeros(self.draws, dtype=np.uint8)
        for place, (seat, table, own) in enumerate(zip(unit.seats, unit.tables, bits, strict=True)):
            outcomes = table.take(self._factors.bands(seat) | own)
            open_ = np.flatnonzero(outcomes == UNDECIDED)
            full = (own[open_] + self._refinement.uniform(len(open_))) / 256
            outcomes[open_] = (full >= cuts(self.sampler.latent, seat, self._factors.moved(seat, open_))).sum(axis=0)
            packed |= outcomes << np.uint8(2 * place)
        return packed

    def _turned(
        self, leader: int, follower: int, chances: tuple[float, float], streams: dict[Purpose, Stream]
    ) -> NDArray[np.bool_]:
        """Where a follower that withholds its yes turns to no."""
        chance = np.where(self._is(leader, NO), *chances)
        return self._is(follower, ABSTAIN) & (streams[Purpose.COMPANY].uniform(self.draws) < chance)

    def _is(self, seat: int, choice: int) -> NDArray[np.bool_]:
        """Where a seat makes a choice, before followers' splits."""
        if seat in self.sampler.fixed:
            return np.full(self.draws, self.sampler.fixed[seat] == choice)
        return self._look_up(seat, np.arange(4) == choice)

    def _look_up(self, seat: int, by_choice: NDArray[np.bool_]) -> NDArray[np.bool_]:
        for unit, outcomes in zip(self.sampler.units, self.outcomes, strict=True):
            if seat in unit.seats:
                found: NDArray[np.bool_] = by_choice[unit.outcomes[:, unit.seats.index(seat)]].take(outcomes)
                return found
        raise AssertionError("every seat is fixed or in a unit")

    def _kept(self, stream: Stream) -> NDArray[np.bool_] | None:
        """Which roll calls agree with what was learnt; None for all."""
        if not self.model.learnt:
            return None
        chance = np.ones(self.draws)
        for seat in self.model.learnt:
            likelihood = self.model.likelihood[seat] / self.model.likelihood[seat].max()
            by_choice = sum(likelihood[choice] * self._final(seat, choice) for choice in range(4))
            chance *= by_choice
        return chance >= 1 if set(np.unique(chance)) <= {0.0, 1.0} else stream.uniform(self.draws) < chance

    def _final(self, seat: int, choice: int) -> NDArray[np.bool_]:
        """Where a seat makes a choice in the end."""
        before = self._is(seat, choice)
        if seat not in self.turned or choice not in (NO, ABSTAIN):
            return before
        return before | self.turned[seat] if choice == NO else before & ~self.turned[seat]

    def cells(self) -> NDArray[np.int32]:
        """Where each kept roll call lies in the flattened table of counts."""
        steps = self.sampler.counting.steps
        start = sum(steps[seat, choice] for seat, choice in self.sampler.fixed.items())
        cells = np.full(self.draws, start, dtype=np.int32)
        for unit, outcomes in zip(self.sampler.units, self.outcomes, strict=True):
            by_outcome = sum(steps[seat][unit.outcomes[:, place]] for place, seat in enumerate(unit.seats))
            cells += np.asarray(by_outcome, dtype=np.int32).take(outcomes)
        for follower, turned in self.turned.items():
            cells += turned * np.int32(steps[follower, NO] - steps[follower, ABSTAIN])
        return cells if self.kept is None else cells[self.kept]

    def choices(self) -> Counts:
        """How often each seat makes each choice in the kept roll calls: shape (n, 4)."""
        keep = slice(None) if self.kept is None else self.kept
        total = self.draws if self.kept is None else int(self.kept.sum())
        counts = np.zeros((len(self.model.members), 4), dtype=np.int64)
        for seat, choice in self.sampler.fixed.items():
            counts[seat, choice] = total
        for unit, outcomes in zip(self.sampler.units, self.outcomes, strict=True):
            by_outcome = np.bincount(outcomes[keep], minlength=len(unit.outcomes))
            for place, seat in enumerate(unit.seats):
                counts[seat] = np.bincount(unit.outcomes[:, place], by_outcome, 4).astype(np.int64)
        for follower, turned in self.turned.items():
            moved = int(turned[keep].sum())
            counts[follower, [ABSTAIN, NO]] += (-moved, moved)
        return counts

    def roll_calls(self) -> Codes:
        """The kept roll calls themselves: shape (kept, n)."""
        votes = np.empty((self.draws, len(self.model.members)), dtype=np.uint8)
        for seat, choice in self.sampler.fixed.items():
            votes[:, seat] = choice
        for unit, outcomes in zip(self.sampler.units, self.outcomes, strict=True):
            for place, seat in enumerate(unit.seats):
                votes[:, seat] = unit.outcomes[:, place].take(outcomes)
        for follower, turned in self.turned.items():
            votes[turned, follower] = NO
        return votes if self.kept is None else votes[self.kept]
