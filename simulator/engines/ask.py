"""The one question: how likely is this draft to be adopted? Chooses the engine and puts the answer together."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TypeVar

from simulator.engines.exact import mixed
from simulator.engines.monte_carlo import votes
from simulator.engines.monte_carlo.answer import MonteCarloAnswer
from simulator.engines.monte_carlo.chunks import Progress, checked_workers
from simulator.engines.parts import Check
from simulator.engines.possible import Possible
from simulator.engines.results import Odds
from simulator.engines.said import learnt_after_said
from simulator.engines.standing import PARAMETER_DRAWS, Standing
from simulator.engines.words import counted
from simulator.errors import ExactRefused, OptionError, RefusedError, TooFewDraws, nearest, shown
from simulator.facts import RollCall
from simulator.model import VoteModel
from simulator.model.history.past import Past
from simulator.randomness import checked_seed
from simulator.rules import Majority
from simulator.scenario import Scenario, changed, council_of, load, majority_of, rechecked
from simulator.scenario.changes import Learnable
from simulator.scenario.uncertain import checked_parameter_draws

E = TypeVar("E", bound=StrEnum)

DEFAULT_SEED = 1946
"""The seed where none is given: every run of the same question gives the same answer."""

CHECK_DRAWS = 100_000
"""Roll calls of the line beside an exact answer."""

MOST_DRAWS = 10**12


class Engine(StrEnum):
    """Who answers."""

    AUTO = "auto"
    """Exact with a Monte Carlo line beside it; Monte Carlo alone where exact cannot."""
    EXACT = "exact"
    MONTE_CARLO = "monte-carlo"


class Method(StrEnum):
    """How Monte Carlo draws."""

    CONDITIONAL = "conditional"
    """The shared factors by quasi-random points, the votes at each summed exactly."""
    VOTES = "votes"
    """Whole roll calls; independent of everything the exact engine does."""


_DRAWS = {Method.CONDITIONAL: 16_384, Method.VOTES: 1_000_000}
_DRAWS_UP_TO = {Method.CONDITIONAL: 2**26, Method.VOTES: 10**10}
"""Draws where none are given: plainly, and to reach a precision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How an engine is to answer.

    Attributes
    ----------
    engine : Engine
    method : Method
        Of Monte Carlo.
    draws : int or None
        Roll calls, or points; None for the method's default.
    seed : int
        From 0 to 2^64 − 1.
    precision : float or None
        Stop when the standard error of the odds of adoption is at most this.
    workers : int or None
        Threads; None for as many as processors. Results do not depend on it.
    progress : callable or None
        Called with draws done and draws wanted.
    sink : callable or None
        Takes each chunk's roll calls, shape (kept, n), choices as 0 yes, 1 abstain, 2 no, 3 absent.
    parameter_draws : int
        Draws of uncertain numbers, where the scenario has any.
    past : Past or None
        The record that the history model rests on; None for the one that comes with the program.
    said : tuple of str
        Options that were named outright, also with their defaults: told when they have no effect.
    """

    engine: Engine = Engine.AUTO
    method: Method = Method.CONDITIONAL
    draws: int | None = None
    seed: int = DEFAULT_SEED
    precision: float | None = None
    workers: int | None = None
    progress: Progress | None = None
    sink: votes.Sink | None = None
    parameter_draws: int = PARAMETER_DRAWS
    past: Past | None = None
    said: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checked_seed(self.seed)
        if self.workers is not None:
            checked_workers(self.workers)
        if self.draws is not None and (
            isinstance(self.draws, bool) or not isinstance(self.draws, int) or not 1 <= self.draws <= MOST_DRAWS
        ):
            raise OptionError(f"draws is a whole number from 1 to {MOST_DRAWS:,}, not {shown(self.draws)}")
        checked_parameter_draws(self.parameter_draws)
        number = isinstance(self.precision, (int, float)) and not isinstance(self.precision, bool)
        if self.precision is not None and not (number and 0 < self.precision < 1):
            raise OptionError(f"precision is a standard error between 0 and 1, not {shown(self.precision)}")
        if self.sink is not None and self.method is not Method.VOTES:
            raise OptionError("roll calls can be saved with --method votes only: the other method draws none")

    @classmethod
    def of(cls, engine: str, record: Sequence[RollCall] | None, *, seed: int = DEFAULT_SEED) -> Options:
        """As a question is asked from Python: the word of an engine, and the record that preferences rest on.

        Raises
        ------
        OptionError
            If there is no such engine, or the record holds something else than roll calls.
        """
        past = None if record is None else Past.of(record)
        return cls(engine=one_of(Engine, engine, "engine"), seed=seed, past=past)

    @property
    def draws_wanted(self) -> int:
        """Draws to make, at most."""
        if self.draws is not None:
            return self.draws
        return (_DRAWS if self.precision is None else _DRAWS_UP_TO)[self.method]


def odds(
    scenario: Scenario | str | os.PathLike[str],
    *,
    engine: str = "auto",
    given: Mapping[str, Learnable] | None = None,
    do: Mapping[str, str] | None = None,
    stance: Mapping[str, str] | None = None,
    method: str = "conditional",
    draws: int | None = None,
    seed: int = DEFAULT_SEED,
    precision: float | None = None,
    workers: int | None = None,
    parameter_draws: int = PARAMETER_DRAWS,
    record: Sequence[RollCall] | None = None,
) -> Odds:
    """How likely a draft is to be adopted, vetoed, or to fall short.

    Parameters
    ----------
    scenario : Scenario, or a path or shipped name
        What is on the table.
    engine : str
        ``"exact"``; ``"monte-carlo"``; ``"auto"``: exact with a check of 100,000 roll calls, Monte Carlo where exact
        cannot.
    given, do, stance : mapping from member code
        What is learnt, made, or said; each replaces the scenario's entry for that member.
    method : str
        Of Monte Carlo: ``"conditional"`` or ``"votes"``.
    draws, seed, precision, workers, parameter_draws
        See :class:`Options`.
    record : sequence of RollCall, optional
        What preferences from the record rest on, such as :func:`simulator.rules.record_with` gives; by default the
        shipped one.

    Returns
    -------
    Odds

    Raises
    ------
    simulator.errors.SimulatorError
        And nothing else: with what is wrong, where, and what to do.

    Examples
    --------
    >>> answer = odds("dprk-2022-05", engine="exact", do={"RUS": "no"})
    >>> answer.adopted
    0.0
    """
    options = Options(
        engine=one_of(Engine, engine, "engine"),
        method=one_of(Method, method, "method"),
        draws=draws,
        seed=seed,
        precision=precision,
        workers=workers,
        parameter_draws=parameter_draws,
        past=None if record is None else Past.of(record),
    )
    return answer(with_changes(scenario, given, do, stance, record), options)


def with_changes(
    scenario: Scenario | str | os.PathLike[str],
    given: Mapping[str, Learnable] | None = None,
    do: Mapping[str, str] | None = None,
    stance: Mapping[str, str] | None = None,
    record: Sequence[RollCall] | None = None,
) -> Scenario:
    """A scenario, loaded where a name is given, with what is learnt, made and said; checked anew."""
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario, record=record)
    if given is do is stance is None:
        return rechecked(loaded)
    return changed(loaded, given=given, do=do, stance=stance)


def one_of(kind: type[E], word: str, name: str) -> E:
    """A word that somebody passed, as one of a kind.

    Raises
    ------
    OptionError
        If it is none of them; with the nearest.
    """
    words = [one.value for one in kind]
    if isinstance(word, str) and word in words:
        return kind(word)
    hint = nearest(word, words) if isinstance(word, str) else ""
    raise OptionError(f"{name} is one of {', '.join(words)}, not {shown(word)}{f' – {hint}' if hint else ''}")


def answer(scenario: Scenario, options: Options) -> Odds:
    """The odds of a scenario as it stands."""
    question = _Question(scenario, Standing.of(scenario, options.parameter_draws, options.seed, options.past), options)
    if options.engine is Engine.MONTE_CARLO:
        return question.simulated()
    try:
        found = question.exact()
    except ExactRefused as refusal:
        if options.engine is Engine.EXACT:
            raise
        simulated = question.by_any_method()
        return replace(simulated, notes=(*simulated.notes, f"Monte Carlo alone: {refusal}"))
    idle = _without_effect(options)
    if idle:
        note = f"no effect on an exact answer: {', '.join(idle)} (see --engine monte-carlo)"
        found = replace(found, notes=(*found.notes, note))
    return found if options.engine is Engine.EXACT else question.checked(found)


def _without_effect(options: Options) -> list[str]:
    """Options asked for that an exact answer does not heed; seed and workers bear on the roll calls beside it."""
    defaults = Options()
    idle = ("method", "draws", "precision") + (("seed", "workers") if options.engine is Engine.EXACT else ())
    return [name for name in idle if name in options.said or getattr(options, name) != getattr(defaults, name)]


@dataclass(frozen=True, slots=True)
class _Question:
    """A scenario, the ways things may stand, and how an engine is to answer."""

    scenario: Scenario
    standing: Standing
    options: Options

    @property
    def possibles(self) -> tuple[Possible, ...]:
        """The ways things may stand."""
        return self.standing.possibles

    @property
    def model(self) -> VoteModel:
        """Whose seats, company and evidence all possibilities share."""
        return self.possibles[0].model

    @property
    def majority(self) -> Majority:
        """What the draft needs by the scenario's rule, before any earlier vote has decided more."""
        if self.standing.steps:
            return majority_of(self.scenario, council_of(self.scenario))
        return self.possibles[0].majority

    def exact(self) -> Odds:
        """The exact answer."""
        found = mixed.solve_all(self.possibles)
        evidence = self._evidence(found.evidence, lambda ways: mixed.solve_all(ways).evidence)
        return replace(self._odds(Engine.EXACT, found), evidence_probability=evidence, accuracy=found.accuracy)

    def simulated(self) -> Odds:
        """The answer of Monte Carlo, by the method asked for."""
        options = self.options
        how = {"seed": options.seed, "workers": checked_workers(options.workers)}
        found = _solver(options)(
            self.possibles,
            draws=options.draws_wanted,
            precision=options.precision,
            progress=options.progress,
            **how,
        )
        unseen = _solver(replace(options, sink=None))
        plain = self._odds(Engine.MONTE_CARLO, found)
        missed = options.precision is not None and found.error.adopted > options.precision and not found.interrupted
        drawn = counted(found.draws, "draw")
        note = f"the precision asked for is not reached after {drawn}; more --draws would get closer"
        return replace(
            plain,
            notes=(*plain.notes, note) if missed else plain.notes,
            evidence_probability=self._evidence(
                found.evidence_probability,
                lambda ways: unseen(ways, draws=found.draws, **how).evidence_probability,
            ),
            method=options.method.value,
            seed=options.seed,
            draws=found.draws,
            error=found.error,
            bounds=found.bounds or None,
            effective_draws=found.effective_draws,
            interrupted=found.interrupted,
        )

    def _evidence(self, found: float, solve: Callable[[Sequence[Possible]], float]) -> float:
        """The probability of what was learnt, of those who have heard what members said."""
        return learnt_after_said(self.scenario, self.possibles, found, solve)

    def by_any_method(self) -> Odds:
        """Monte Carlo by the method asked for, or by roll calls where that one cannot."""
        try:
            return self.simulated()
        except TooFewDraws:
            raise
        except RefusedError:
            return replace(self, options=replace(self.options, method=Method.VOTES)).simulated()

    def checked(self, found: Odds) -> Odds:
        """An exact answer with whole roll calls beside it; where too few agree with what was learnt, a note."""
        workers = checked_workers(self.options.workers)
        try:
            drawn = votes.solve_all(self.possibles, draws=CHECK_DRAWS, seed=self.options.seed, workers=workers)
        except TooFewDraws:
            note = f"no Monte Carlo line: of {CHECK_DRAWS:,} roll calls too few agree with what was learnt"
            return replace(found, notes=(*found.notes, note))
        worth = drawn.draws if drawn.effective_draws is None else int(drawn.effective_draws)
        return replace(found, check=Check(Method.VOTES.value, worth, drawn.outcomes, drawn.error))

    def _odds(self, engine: Engine, found: mixed.ExactMixture | MonteCarloAnswer) -> Odds:
        """What both engines answer, with what was asked."""
        scenario = self.scenario
        return Odds(
            scenario=scenario.title,
            rule=scenario.council.rule,
            model=self.model,
            majority=self.majority,
            engine=engine.value,
            rulings=found.rulings,
            outcomes=found.outcomes,
            hidden_veto=found.hidden_veto,
            choices=found.choices,
            given=scenario.given,
            do=scenario.do,
            evidence_probability=1.0,
            notes=scenario.notes + self.model.notes,
            spread=found.spread,
            steps=self.standing.steps,
        )


def _solver(options: Options) -> Callable[..., MonteCarloAnswer]:
    if options.method is Method.VOTES:
        return partial(votes.solve_all, sink=options.sink)
    from simulator.engines.monte_carlo import conditional  # only who asks for it waits for it

    return conditional.solve_all
