"""What each member's choice means for the odds: learnt and made, and whether it decides; all of them from one walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulator.engines.ask import Engine, Options
from simulator.engines.at_points import odds_at
from simulator.engines.possible import Possible
from simulator.engines.seats.around import OUTCOMES, around
from simulator.engines.seats.nodes import Nodes, gathered
from simulator.engines.standing import Standing
from simulator.model.latent import Floats
from simulator.scenario import Scenario

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
    outcomes : array, shape (3,)
        Odds of adopted, vetoed and failed.
    evidence : float
        Probability of what was learnt.
    engine : Engine
        Who found it.
    company : tuple of (str, str)
        Leaders and those that follow them.
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
    outcomes: Floats
    evidence: float
    engine: Engine
    company: tuple[tuple[str, str], ...] = ()
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
    found = meaning_of(Standing.of(scenario, options.parameter_draws, options.seed, options.past).possibles, options)
    if not (scenario.sequence or scenario.preliminary):
        return found
    return replace(
        found, notes=(*found.notes, "choices are those in the vote on the draft: votes before it go as they may")
    )


def meaning_of(possibles: Sequence[Possible], options: Options) -> Meaning:
    """The same of the ways things may stand."""
    seats = len(possibles[0].model.members)
    sums, engine, notes = gathered(possibles, options, lambda nodes: _Sums.over(seats, nodes))
    return _read_off(possibles, sums, engine, notes)


@dataclass(slots=True)
class _Sums:
    """What points add up to: as :class:`~simulator.engines.around.Around`, for every seat, summed over points."""

    learnt: Floats
    made: Floats
    swings: Floats

    @classmethod
    def over(cls, seats: int, nodes: Nodes) -> _Sums:
        """The sums over all nodes of all possibilities."""
        sums = cls(np.zeros((seats, 4, OUTCOMES)), np.zeros((seats, 4, OUTCOMES)), np.zeros((seats, 2)))
        for one, points in nodes:
            for block in points:
                weights = one.weight * block.weights
                for found in around(one.model, one.majority, odds_at(block.latent, block.factors)):
                    sums.learnt[found.seat] += found.learnt @ weights
                    sums.made[found.seat] += found.made @ weights
                    sums.swings[found.seat] += found.swings @ weights
        return sums


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
        learnt[:, 0].sum(axis=(0, 1)) / evidence.sum(),
        float(evidence.mean()),
        engine,
        tuple((model.members[pair.leader], model.members[pair.follower]) for pair in model.company),
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
