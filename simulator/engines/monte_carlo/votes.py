"""Monte Carlo by whole roll calls: the odds are shares of those drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.engines.learnt import check_possible
from simulator.engines.monte_carlo import error, mixed
from simulator.engines.monte_carlo.answer import FEWEST, MonteCarloAnswer, check_effective
from simulator.engines.monte_carlo.chunks import Plan, Progress, run
from simulator.engines.monte_carlo.sampler import CHUNK, Drawn, Sampler
from simulator.engines.monte_carlo.units import Codes
from simulator.engines.parts import Outcomes
from simulator.engines.possible import Possible, Ruling, Spread, spread_of
from simulator.engines.ruled import outcomes_under
from simulator.errors import OptionError, Stopped
from simulator.model import VoteModel
from simulator.rules import Majority

Sink = Callable[[Codes], None]
"""Takes the roll calls of a chunk, shape (kept, n), choices as places."""


def solve(
    model: VoteModel,
    majority: Majority,
    *,
    draws: int,
    seed: int,
    precision: float | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    sink: Sink | None = None,
) -> MonteCarloAnswer:
    """The odds of one vote model: :func:`solve_all` of that alone."""
    only = [Possible(1.0, model, majority)]
    return solve_all(only, draws=draws, seed=seed, precision=precision, workers=workers, progress=progress, sink=sink)


def solve_all(
    possibles: Sequence[Possible],
    *,
    draws: int,
    seed: int,
    precision: float | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    sink: Sink | None = None,
) -> MonteCarloAnswer:
    """The odds of all possibilities together, from `draws` whole roll calls.

    Parameters
    ----------
    possibles : sequence of Possible
        Each gets its share of every chunk.
    draws : int
        Roll calls, before those that contradict what was learnt are dropped.
    precision : float or None
        Stop when the standard error of the odds of adoption is at most this.
    sink : callable or None
        Takes the roll calls of each chunk, shape (kept, n), in order: an audit trail.

    Raises
    ------
    TooFewDraws
        If too few roll calls agree with what was learnt; Stopped, if a person stopped it before the first chunk.
    """
    if draws < 1:
        raise OptionError(f"--draws must be positive, not {draws}")
    source = _Source.of(possibles, seed)
    total: Drawn | mixed.Drawn | None = None

    def task(number: int, size: int) -> tuple[Drawn | mixed.Drawn, Codes | None]:
        return source.sampler.chunk(number, size), source.sampler.roll_calls(number, size) if sink else None

    def take(result: tuple[Drawn | mixed.Drawn, Codes | None]) -> bool:
        nonlocal total
        drawn, roll_calls = result
        if sink and roll_calls is not None:
            sink(roll_calls)  # first: what is counted has been saved
        total = total + drawn if total else drawn  # type: ignore[operator]  # both are of the sampler's own kind
        if precision is None or total.kept < FEWEST:
            return False
        outcomes, _ = outcomes_under(source.rulings(total), source.model)
        return error.of_share(outcomes.adopted, total.kept) <= precision

    ran = run(Plan(draws, source.chunk, workers, progress), task, take)
    if total is None:
        raise Stopped("stopped before the first chunk of roll calls was done: there is nothing to show")
    return _answer(source, total, ran.interrupted)


@dataclass(frozen=True, slots=True)
class _Source:
    """Where roll calls come from: the quick sampler for one possibility, the plain one for several."""

    possibles: tuple[Possible, ...]
    sampler: Sampler | mixed.MixedSampler

    @classmethod
    def of(cls, possibles: Sequence[Possible], seed: int) -> _Source:
        first = possibles[0]
        if len(possibles) > 1:
            return cls(tuple(possibles), mixed.MixedSampler.of(possibles, seed))
        check_possible(first.model)
        return cls((first,), Sampler.of(first.model, seed))

    @property
    def model(self) -> VoteModel:
        """Whose seats, company and evidence all share."""
        return self.possibles[0].model

    @property
    def scale(self) -> float:
        """What rejection leaves out: it takes the likeliest choice of each seat for certain."""
        return float(np.max([one.model.likelihood for one in self.possibles], axis=(0, 2)).prod())

    @property
    def chunk(self) -> int:
        """Roll calls of a chunk."""
        return mixed.CHUNK if isinstance(self.sampler, mixed.MixedSampler) else CHUNK

    def rulings(self, drawn: Drawn | mixed.Drawn) -> tuple[Ruling, ...]:
        """The counts as joint tables."""
        if isinstance(self.sampler, mixed.MixedSampler):
            assert isinstance(drawn, mixed.Drawn), "drawn by this sampler"
            return self.sampler.rulings(drawn)
        assert isinstance(drawn, Drawn), "drawn by this sampler"
        return (Ruling(self.possibles[0].majority, self.sampler.joint(drawn)),)

    def spread(self, drawn: Drawn | mixed.Drawn) -> Spread | None:
        """The odds by draw of uncertain numbers, without what chance adds to their differences."""
        if not isinstance(drawn, mixed.Drawn):
            return None
        found = spread_of(self.possibles, drawn.adopted.astype(float), drawn.agreeing.astype(float))
        draws = np.bincount([one.draw for one in self.possibles], drawn.agreeing)
        draws = draws[draws > 0]
        # Of n roll calls p (1 − p) / (n − 1) estimates their variance without bias; one alone says nothing of it.
        return found and found.sharpened(found.adopted * (1 - found.adopted) / np.maximum(draws - 1, 1))


def _answer(source: _Source, drawn: Drawn | mixed.Drawn, interrupted: bool) -> MonteCarloAnswer:
    kept, learnt = drawn.kept, bool(source.model.learnt)
    if learnt:
        check_effective(kept, drawn.draws, "votes")
    rulings = source.rulings(drawn)
    outcomes, hidden = outcomes_under(rulings, source.model)
    errors = Outcomes(*(error.of_share(share, kept) for share in outcomes.as_dict().values()))
    return MonteCarloAnswer(
        rulings,
        outcomes,
        hidden,
        drawn.choices / kept,
        errors,
        error.bounds(outcomes, kept),
        drawn.draws,
        kept / drawn.draws * source.scale,
        float(kept) if learnt else None,
        interrupted,
        source.spread(drawn),
    )
