"""What each member's choice means for the odds: learnt and made, and whether it decides; all of them from one walk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.engines import exact
from simulator.engines.around import OUTCOMES, around
from simulator.engines.ask import Engine, Options
from simulator.engines.at_points import odds_at
from simulator.engines.exact.flat import Block, blocks
from simulator.engines.possible import Possible
from simulator.engines.standing import Standing
from simulator.errors import EvidenceError, ExactRefused
from simulator.model.latent import Floats
from simulator.scenario import Scenario

REPLICATES = 16
"""Replicates of Monte Carlo: the error is taken from their spread."""

_TRIED = 5
"""Possibilities solved for themselves; the finest of them sets the nodes of all."""

ADOPTED = 0
"""Place of adoption among the outcomes."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What each member's choice means.

    Attributes
    ----------
    members : tuple of str
        Codes in seat order.
    permanent : tuple of bool
        Which seats' no can be a veto.
    choices : array, shape (n, 4)
        Odds of each seat's choices, after what was learnt.
    learnt : array, shape (n, 4, 3)
        Odds of adopted, vetoed and failed once a seat is learnt to choose so; NaN where it never does.
    made : array, shape (n, 4, 3)
        The same where it is made to: only those that follow it react.
    swings : array, shape (n, 2)
        By how much its vote decides, the others' as they are: what adoption loses if it abstains rather than votes
        yes, and if it votes no rather than abstains. Under a rule that no further yes can hurt, the odds that it is
        pivotal.
    learnt_error, made_error : array, shape (n, 4)
        Standard errors of the odds of adoption; zeros where exact.
    swings_error : array, shape (n, 2)
    evidence : float
        Probability of what was learnt.
    engine : Engine
        Who found it.
    notes : tuple of str
    """

    members: tuple[str, ...]
    permanent: tuple[bool, ...]
    choices: Floats
    learnt: Floats
    made: Floats
    swings: Floats
    learnt_error: Floats
    made_error: Floats
    swings_error: Floats
    evidence: float
    engine: Engine
    notes: tuple[str, ...] = ()

    def seat(self, member: str) -> int:
        """The seat of a member."""
        return self.members.index(member)


def meaning(scenario: Scenario, options: Options) -> Meaning:
    """What each member's choice means for a scenario as it stands.

    Raises
    ------
    ExactRefused
        If the exact engine is asked for and cannot.
    EvidenceError
        If what was learnt has probability zero.
    """
    possibles = Standing.of(scenario, options.parameter_draws, options.seed, options.past).possibles
    if options.engine is not Engine.MONTE_CARLO:
        try:
            return _read_off(possibles, [_exact(possibles)], Engine.EXACT)
        except ExactRefused as refusal:
            if options.engine is Engine.EXACT:
                raise
            notes = (f"Monte Carlo alone: {refusal}",)
            return _read_off(possibles, _drawn(possibles, options), Engine.MONTE_CARLO, notes)
    return _read_off(possibles, _drawn(possibles, options), Engine.MONTE_CARLO)


@dataclass(slots=True)
class _Sums:
    """What points add up to: as :class:`~simulator.engines.around.Around`, for every seat, summed over points."""

    learnt: Floats
    made: Floats
    swings: Floats

    @classmethod
    def of(cls, seats: int) -> _Sums:
        return cls(np.zeros((seats, 4, OUTCOMES)), np.zeros((seats, 4, OUTCOMES)), np.zeros((seats, 2)))

    @property
    def evidence(self) -> float:
        """Summed likelihood of what was learnt: the same by whatever seat it is summed."""
        return float(self.learnt[0].sum())

    def take(self, one: Possible, points: Iterable[Block]) -> None:
        """The points of one possibility."""
        for block in points:
            weights = one.weight * block.weights
            for found in around(one.model, one.majority, odds_at(block.latent, block.factors)):
                self.learnt[found.seat] += found.learnt @ weights
                self.made[found.seat] += found.made @ weights
                self.swings[found.seat] += found.swings @ weights

    def add(self, other: _Sums) -> None:
        self.learnt += other.learnt
        self.made += other.made
        self.swings += other.swings


def _exact(possibles: Sequence[Possible]) -> _Sums:
    """Over all possibilities, with nodes as fine as the finest of a few of them needs.

    That is the level before the one that settled it: their difference was small enough.
    """
    sums = _Sums.of(len(possibles[0].model.members))
    places = np.unique(np.linspace(0, len(possibles) - 1, _TRIED).round().astype(int))
    tried = [answer for place in places.tolist() if (answer := _solved(possibles[place])) is not None]
    finest = max((answer.fineness.coarser for answer in tried), key=lambda fineness: fineness.digits, default=None)
    for one in possibles:
        part = _Sums.of(len(one.model.members))
        if finest is not None:
            part.take(one, blocks(one.model, finest))
        if finest is None or part.evidence < one.weight * np.exp(-finest.rarity - 1):
            answer = _solved(one)  # rarer than the nodes reach, or impossible
            if answer is None:
                continue
            part = _Sums.of(len(one.model.members))
            part.take(one, blocks(one.model, answer.fineness.coarser))
        sums.add(part)
    if sums.evidence == 0:
        exact.solve(possibles[0].model, possibles[0].majority)  # says why
    return sums


def _solved(one: Possible) -> exact.ExactAnswer | None:
    try:
        return exact.solve(one.model, one.majority)
    except EvidenceError:
        return None


def _drawn(possibles: Sequence[Possible], options: Options) -> list[_Sums]:
    """Over all possibilities, at points drawn afresh for each replicate."""
    from simulator.engines.monte_carlo.points import Source  # only who asks for it waits for it

    sources = [Source.of(one.model, one.majority, options.seed, 0.0, place) for place, one in enumerate(possibles)]
    count = max(2, options.draws_wanted // REPLICATES)
    found = []
    for number in range(REPLICATES):
        sums = _Sums.of(len(possibles[0].model.members))
        for one, source in zip(possibles, sources, strict=True):
            components = len(source.proposal)
            size = components * (1 << max(1, count // components).bit_length() - 1)
            points = source.drawn(number, size, watched=False)
            block = Block(one.model.latent, source.over_all(points), points.weights / points.count)
            sums.take(one, [block])
        found.append(sums)
    return found


def _read_off(
    possibles: Sequence[Possible], replicates: list[_Sums], engine: Engine, notes: tuple[str, ...] = ()
) -> Meaning:
    """Shares and their errors from the sums of each replicate."""
    model = possibles[0].model
    learnt, made, swings = (
        np.stack([getattr(one, name) for one in replicates]) for name in ("learnt", "made", "swings")
    )
    wholes = learnt.sum(axis=3)  # (r, n, 4)
    evidence = wholes[:, 0].sum(axis=1)  # (r,)
    if evidence.sum() == 0:
        raise EvidenceError("no point agrees with what was learnt; use --engine exact, or more draws")
    every = np.broadcast_to(evidence[:, None, None], swings.shape)
    return Meaning(
        model.members,
        model.permanent,
        wholes.sum(axis=0) / evidence.sum(),
        _shares(learnt),
        _shares(made),
        swings.sum(axis=0) / evidence.sum(),
        _errors(learnt[..., ADOPTED], wholes),
        _errors(made[..., ADOPTED], made.sum(axis=3)),
        _errors(swings, every),
        float(evidence.mean()),
        engine,
        model.notes + notes,
    )


def _shares(sums: Floats) -> Floats:
    """Odds of the outcomes, shape (n, 4, 3), from the sums of replicates; NaN where nothing was summed."""
    parts = sums.sum(axis=0)
    wholes = parts.sum(axis=2, keepdims=True)
    shares: Floats = np.divide(parts, wholes, out=np.full_like(parts, np.nan), where=wholes > 0)
    return shares


def _errors(parts: Floats, wholes: Floats) -> Floats:
    """Standard errors of Σ parts / Σ wholes over replicates along the first axis, by linearisation; 0 for one."""
    count = len(parts)
    if count == 1:
        return np.zeros(parts.shape[1:])
    total = wholes.sum(axis=0)
    share = np.divide(parts.sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
    mean = total / count
    residual = np.divide(parts - share * wholes, mean, out=np.zeros_like(parts), where=mean > 0)
    errors: Floats = np.sqrt((residual**2).sum(axis=0) / (count * (count - 1)))
    return errors
