"""Several scenarios side by side, and the difference between two taken apart over the pieces in which they differ.

Piece by piece the first scenario is turned into the second. What a piece then adds to the odds depends on which have
been turned before, so it is averaged over all orders by the Shapley value [Shapley1953]_: the one way of sharing out
that adds up, treats like pieces alike, gives nothing to a piece without effect, and adds where odds are added. Pieces
that work together – a second threat of a veto adds little to the first – share what they do together; what a piece adds
as the first and as the last says how much of that there is. Which pieces there are:
:mod:`~simulator.analysis.compare.pieces`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from pathlib import Path
from typing import Any

import numpy as np

from simulator.analysis.compare.pieces import Pair, why_apart
from simulator.analysis.compare.shapley import Plan, checked_most, least_sets
from simulator.analysis.compare.words import label_of, name_of, sides
from simulator.analysis.runs import Run, by_tables, run
from simulator.engines import DEFAULT_SEED, Options, Outcomes, with_changes
from simulator.engines.words import in_100, signed
from simulator.errors import EvidenceError, InputError, OptionError, RefusedError, ScenarioError, Stopped, shown
from simulator.facts import RollCall
from simulator.model.latent import Floats
from simulator.scenario import Scenario
from simulator.scenario.changes import Learnable

MOST_HYBRIDS, MOST_SLOW_HYBRIDS = 1024, 128
"""Hybrids at most where no other number is asked for: of scenarios that take milliseconds, and of those that take
longer, since numbers are uncertain. A few more where so many orders as a standard error needs take more."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Part:
    """What one piece makes of a difference.

    Attributes
    ----------
    piece : str
        ``RUS``, ``seats``, ``company``, ``words``, ``draft``, ``rule``; several with + where they only go together.
    label : str
        What a person calls it.
    first, second : str
        What differs in it, in a few words, as it is in either scenario.
    outcomes : Outcomes
        Its Shapley values: what it adds to the odds of adopted, vetoed and failed, from −1 to 1.
    error : float or None
        Standard error of the first of these; None when exact.
    alone, last : float
        What it adds to the odds of adoption as the first piece that changes, and as the last.
    """

    piece: str
    label: str
    first: str
    second: str
    outcomes: Outcomes
    error: float | None
    alone: float
    last: float

    @property
    def adopted(self) -> float:
        """What it adds to the odds of adoption, from −1 to 1."""
        return self.outcomes.adopted

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "piece": self.piece,
            "label": self.label,
            "first": self.first,
            "second": self.second,
            **self.outcomes.as_dict(),
            "error": self.error,
            "alone": self.alone,
            "last": self.last,
        }


@dataclass(frozen=True, slots=True)
class Attribution:
    """A difference taken apart.

    Attributes
    ----------
    parts : tuple of Part
        They add up to the difference; permanent members first.
    hybrids : int
        Scenarios that were answered for it, the two compared among them.
    orders : int or None
        Pairs of orders drawn, each an order of the pieces and its reverse; None where all orders count.
    error : float or None
        Standard error of the difference in the odds of adoption; None when exact.
    """

    parts: tuple[Part, ...]
    hybrids: int
    orders: int | None
    error: float | None

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "parts": [part.as_dict() for part in self.parts],
            "hybrids": self.hybrids,
            "orders": self.orders,
            "error": self.error,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Scenarios side by side.

    Attributes
    ----------
    names : tuple of str
        What each is called, none twice.
    runs : tuple of Run
        The odds of each, in the order given.
    attribution : Attribution or None
        Of two scenarios, the difference from the first to the second taken apart; None where there is none.
    why_none : str
        Why there is none; else empty.
    """

    names: tuple[str, ...]
    runs: tuple[Run, ...]
    attribution: Attribution | None
    why_none: str

    @property
    def differences(self) -> tuple[Outcomes, ...]:
        """By how much each scenario's odds of adopted, vetoed and failed lie above the first's, from −1 to 1."""
        first = self.runs[0].outcomes
        return tuple(_minus(one.outcomes, first) for one in self.runs)

    @property
    def sentence(self) -> str:
        """It in one or two sentences."""
        if len(self.runs) > 2:
            order = sorted(range(len(self.runs)), key=lambda place: self.runs[place].adopted)
            low, high = order[0], order[-1]
            return (
                f"Of {len(self.runs)}, {self.names[high]} is the likeliest to be adopted, in "
                f"{in_100(self.runs[high].adopted)} of 100, {self.names[low]} the least likely, in "
                f"{in_100(self.runs[low].adopted)}."
            )
        odds = [in_100(one.adopted) for one in self.runs]
        change = self.differences[1].adopted
        if abs(change) < _NONE:
            same = f"{self.names[0]} and {self.names[1]} are both adopted in {odds[1]} of 100."
            nothing = self.attribution is not None and not self.attribution.parts
            return f"{same} Nothing that bears on the odds differs." if nothing else same
        return (
            f"{self.names[0]} is adopted in {odds[0]} of 100, {self.names[1]} in {odds[1]} of 100: {signed(change)} in "
            f"100.{_largest(self.attribution)}"
        )

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "scenarios": [
                {"name": name, **one.as_dict(), "difference": difference.as_dict()}
                for name, one, difference in zip(self.names, self.runs, self.differences, strict=True)
            ],
            "attribution": self.attribution.as_dict() if self.attribution else None,
            "why_none": self.why_none or None,
            "sentence": self.sentence,
        }

    def __repr__(self) -> str:
        return f"<Comparison: {self.sentence}>"


_NONE = 5e-4
"""A difference in the odds that is told as none."""


def compare(
    first: Scenario | str | os.PathLike[str],
    *others: Scenario | str | os.PathLike[str],
    given: Mapping[str, Learnable] | None = None,
    do: Mapping[str, str] | None = None,
    stance: Mapping[str, str] | None = None,
    engine: str = "auto",
    record: Sequence[RollCall] | None = None,
    names: Sequence[str] | None = None,
    hybrids: int | None = None,
    seed: int = DEFAULT_SEED,
    progress: Progress | None = None,
) -> Comparison:
    """Several scenarios side by side; of two, the difference taken apart by pieces.

    Parameters
    ----------
    first, *others : Scenario, or a path or shipped name
        One other at least.
    given, do, stance, engine, record
        As of :func:`simulator.odds`; what is learnt, made and said holds for all of the scenarios.
    names : sequence of str, optional
        What each is called; by default as its file.
    hybrids : int, optional
        Scenarios to answer at most when a difference is taken apart, the two among them, from 2 to 65,536. Of p pieces
        there are 2^p; where that is more, orders of the pieces are drawn and parts have standard errors. Default 1024,
        or 128 where numbers are uncertain or preferences from the record go under another rule than the Charter's.
    seed : int
        Of the orders, and of all else that is drawn.
    progress : callable, optional
        Called with hybrids done and hybrids wanted.

    Returns
    -------
    Comparison

    Examples
    --------
    >>> found = compare("dprk-2022-05", "dprk-2017-12")
    >>> [(part.piece, round(part.adopted, 2)) for part in found.attribution.parts]
    [('CHN', 0.11), ('RUS', 0.24), ('seats', 0.0), ('company', -0.07)]
    """
    if not others:
        raise OptionError("compare takes two scenarios or more; one against itself: compare(a, changed(a, do=...))")
    if hybrids is not None:
        checked_most(hybrids)
    asked = [with_changes(one, given, do, stance, record) for one in (first, *others)]
    options = Options.of(engine, record, seed=seed)
    called = _names(asked, names)
    runs = tuple(_answered(one, name, options) for one, name in zip(asked, called, strict=True))
    attribution, why_none = None, ""
    if len(runs) == 2:
        attribution, why_none = _attributed(runs[0], runs[1], options, hybrids, progress)
    return Comparison(called, runs, attribution, why_none)


def _names(scenarios: Sequence[Scenario], names: Sequence[str] | None) -> tuple[str, ...]:
    """What each is called: as asked, or by its file; those of one name are numbered."""
    if names is not None:
        if isinstance(names, str) or len(names) != len(scenarios) or not all(isinstance(one, str) for one in names):
            raise OptionError(f"names are {len(scenarios)} texts, one a scenario, not {shown(names)}")
        return tuple(names)
    stems = [Path(one.source).stem for one in scenarios]
    return tuple(
        stem if stems.count(stem) == 1 else f"{stem} ({stems[: place + 1].count(stem)})"
        for place, stem in enumerate(stems)
    )


def _answered(scenario: Scenario, name: str, options: Options) -> Run:
    try:
        return run(scenario, options)
    except Stopped:
        raise
    except (EvidenceError, RefusedError) as error:
        raise InputError(f"{name}: {error}") from None


def _attributed(
    first: Run, second: Run, options: Options, hybrids: int | None, progress: Progress | None
) -> tuple[Attribution | None, str]:
    """The difference taken apart, or why it cannot be."""
    why_none = why_apart(first.scenario, second.scenario)
    if why_none:
        return None, why_none
    pair = Pair.of(first.scenario, second.scenario)
    usual = MOST_SLOW_HYBRIDS if any(map(_slow, (first, second))) else MOST_HYBRIDS
    most = max(usual, least_sets(len(pair.pieces))) if hybrids is None else hybrids
    plan = Plan.of(len(pair.pieces), most, options.seed)
    found: dict[int, Run] = {0: first, (1 << len(pair.pieces)) - 1: second}
    for done, chosen in enumerate(plan.sets):
        if progress is not None:
            progress(done, len(plan.sets))
        try:
            if chosen not in found:
                found[chosen] = run(pair.hybrid(chosen), options)
        except Stopped:
            raise
        except (EvidenceError, RefusedError, ScenarioError) as error:
            names = " ".join(name_of(names) for place, names in enumerate(pair.pieces) if chosen >> place & 1)
            return None, f"with {names} of the second scenario and all else of the first, {_reason(error)}"
    runs = [found[chosen] for chosen in plan.sets]
    orders = None if plan.every else len(plan.orders)
    whole = _drawn_error(np.array([-1.0, 1.0]), (first, second)) or None
    return Attribution(_parts(pair, plan, runs), len(plan.sets), orders, whole), ""


def _reason(error: Exception) -> str:
    return "; ".join(map(str, error.problems)) if isinstance(error, ScenarioError) else str(error)


def _slow(one: Run) -> bool:
    """Whether an answer takes more than milliseconds: uncertain numbers, or fitted ones that tables cannot answer."""
    quick = by_tables(one.scenario) and one.scenario.council.rule in ("charter", "substantive")
    return one.spread is not None and not quick


def _parts(pair: Pair, plan: Plan, runs: Sequence[Run]) -> tuple[Part, ...]:
    values = np.array([[*one.outcomes.as_dict().values()] for one in runs])
    place = {chosen: number for number, chosen in enumerate(plan.sets)}
    whole = plan.sets[place[(1 << plan.pieces) - 1]]
    shares = plan.weights @ values
    errors = plan.errors(values[:, 0])
    found = []
    for piece, names in enumerate(pair.pieces):
        own = 1 << piece
        error = hypot(float(errors[piece]), _drawn_error(plan.weights[piece], runs))
        found.append(
            Part(
                name_of(names),
                label_of(pair, names),
                *sides(pair, names),
                Outcomes(*shares[piece].tolist()),
                error or None,
                runs[place[own]].adopted - runs[0].adopted,
                runs[place[whole]].adopted - runs[place[whole ^ own]].adopted,
            )
        )
    return tuple(found)


def _drawn_error(weights: Floats, runs: Sequence[Run]) -> float:
    """Standard error of a weighted sum of odds: of simulation, as if each had draws of its own, and of drawn numbers.

    Draw k of the uncertain numbers is the same in all hybrids, so what it adds to one it adds to the others too.
    """
    simulation = float(np.linalg.norm(weights * [one.simulation for one in runs]))
    drawn = [(weight, one.influence) for weight, one in zip(weights.tolist(), runs, strict=True) if one.influence.size]
    if not drawn:
        return simulation
    if len({influence.size for _, influence in drawn}) > 1:  # under some draws what was learnt cannot happen
        return hypot(simulation, *(weight * float(np.linalg.norm(influence)) for weight, influence in drawn))
    together = sum(weight * influence for weight, influence in drawn)
    return hypot(simulation, float(np.linalg.norm(together)))


def _minus(one: Outcomes, other: Outcomes) -> Outcomes:
    return Outcomes(one.adopted - other.adopted, one.vetoed - other.vetoed, one.failed - other.failed)


def _largest(attribution: Attribution | None) -> str:
    """The parts that a person would name first."""
    if attribution is None or not attribution.parts:
        return ""
    ordered = sorted(attribution.parts, key=lambda part: -abs(part.adopted))
    told = [part for part in ordered if abs(part.adopted) >= max(_NONE, _TELLING * abs(ordered[0].adopted))][:3]
    if not told:
        return ""
    words = ", ".join(f"{part.label} {signed(part.adopted)}" for part in told)
    if len(attribution.parts) == 1:
        return f" All of it is {told[0].label}."
    return f" The largest part: {words}." if len(told) == 1 else f" The largest parts: {words}."


_TELLING = 0.1
"""A part is named if it is at least this share of the largest."""
