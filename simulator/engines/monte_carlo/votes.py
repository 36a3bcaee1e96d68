"""Monte Carlo by whole roll calls: the odds are shares of those drawn."""

from __future__ import annotations

from collections.abc import Callable

from simulator.engines.learnt import check_possible
from simulator.engines.monte_carlo import error
from simulator.engines.monte_carlo.answer import FEWEST, MonteCarloAnswer, check_effective
from simulator.engines.monte_carlo.chunks import Plan, Progress, run
from simulator.engines.monte_carlo.sampler import CHUNK, Drawn, Sampler
from simulator.engines.monte_carlo.units import Codes
from simulator.engines.parts import Outcomes
from simulator.engines.readout import outcomes_of
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
    """The odds of a vote model from `draws` whole roll calls.

    Parameters
    ----------
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
    check_possible(model)
    sampler = Sampler.of(model, seed)
    total: Drawn | None = None

    def task(number: int, size: int) -> tuple[Drawn, Codes | None]:
        return sampler.chunk(number, size), sampler.roll_calls(number, size) if sink else None

    def take(result: tuple[Drawn, Codes | None]) -> bool:
        nonlocal total
        drawn, roll_calls = result
        if sink and roll_calls is not None:
            sink(roll_calls)  # first: what is counted has been saved
        total = total + drawn if total else drawn
        if precision is None or total.kept < FEWEST:
            return False
        outcomes, _ = outcomes_of(sampler.joint(total), model, majority)
        return error.of_share(outcomes.adopted, total.kept) <= precision

    ran = run(Plan(draws, CHUNK, workers, progress), task, take)
    if total is None:
        raise Stopped("stopped before the first chunk of roll calls was done: there is nothing to show")
    return _answer(sampler, total, majority, ran.interrupted)


def _answer(sampler: Sampler, drawn: Drawn, majority: Majority, interrupted: bool) -> MonteCarloAnswer:
    kept = drawn.kept
    if sampler.model.learnt:
        check_effective(kept, drawn.draws, "votes")
    joint = sampler.joint(drawn)
    outcomes, hidden = outcomes_of(joint, sampler.model, majority)
    errors = Outcomes(*(error.of_share(share, kept) for share in outcomes.as_dict().values()))
    return MonteCarloAnswer(
        joint,
        outcomes,
        hidden,
        drawn.choices / kept,
        errors,
        error.bounds(outcomes, kept),
        drawn.draws,
        kept / drawn.draws * float(sampler.model.likelihood.max(axis=1).prod()),
        float(kept) if sampler.model.learnt else None,
        interrupted,
    )
