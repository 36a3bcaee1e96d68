"""Fits the history model to the record: the most probable parameters, and draws that say how uncertain they are.

Each draft's likelihood is that of its whole roll call, summed over its kind and severity and integrated over its
valence and direction by Gauss-Hermite nodes. Priors shrink; drafts of long ago count less. About the most probable
parameters the posterior is taken as normal, with the curvature there as information (Laplace).
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from scipy.linalg import LinAlgError, cholesky, eigh, solve_triangular
from scipy.optimize import minimize

from simulator.errors import InputError, MissingExtra
from simulator.facts import COMPLETE_FROM, Choice, Matter, RollCall, Text
from simulator.model.history.covariates import Tabled, covariates
from simulator.model.history.estimates import Estimates, Scale
from simulator.model.history.kinds import Inputs, Kind, company_of, distance, follower_seats, kinds_of
from simulator.model.history.parameters import Layout
from simulator.model.history.past import Past
from simulator.model.latent import Floats
from simulator.version import __version__

SINCE = COMPLETE_FROM
"""First day of the votes that are fitted: from here on all outcomes are on record."""

HALF_LIFE = 20.0
"""Years in which a draft's weight in the fit halves."""

DRAWS = 20
"""Draws of the parameters, in pairs on either side of the estimate."""

FEWEST = 200
"""Votes below which nothing is fitted."""

LEAST_SPREAD = 0.05
"""Least standard deviation by which a covariate is divided: one that hardly varied yet must not leap when it does."""

_NODES = {"negotiated": (3, 3), "contested": (5, 5), "rejected": (4, 5)}
_STEPS, _MEMORY = 200, 30
_TINY = 1e-9
_LEAST_KNOWN = 0.1
_ROWS = 8
"""Second derivatives worked on at a time."""

Progress: TypeAlias = Callable[[int, int], None]


def fit(
    votes: Sequence[RollCall],
    until: datetime.date,
    *,
    seed: int = 1946,
    draws: int = DRAWS,
    ideal: bool = True,
    progress: Progress | None = None,
) -> Estimates:
    """The estimates from all substantive votes before a day.

    Parameters
    ----------
    votes : sequence of RollCall
        Rows of the day itself and later are not looked at.
    until : datetime.date
    seed : int
        Of the draws. The same votes and seed give the same estimates on one machine.
    draws : int
        An even number.
    ideal : bool
        False leaves ideal points out.
    progress : callable or None
        Called with steps done and the most there can be.

    Raises
    ------
    MissingExtra
        Without the extra ``fit``.
    InputError
        If fewer than 200 votes come before the day.
    """
    if draws < 2 or draws % 2:
        raise InputError(f"draws of the parameters come in pairs: an even number from 2, not {draws}")
    last = max(vote.date for vote in votes)
    if until > datetime.date(last.year + 1, 1, 1):
        raise InputError(
            f"the record ends on {last.isoformat()}: estimates from the votes before {until.isoformat()} would be of "
            f"{last.year + 1}-01-01 under another name"
        )
    used, past = used_before(votes, until)
    if len(used) < FEWEST:
        raise InputError(
            f"only {len(used)} substantive votes from {SINCE.year} on come before {until.isoformat()}: "
            f"the fit needs {FEWEST}"
        )
    sample = Sample.of(past, used, until, ideal=ideal)
    best, information = solved(sample, progress)
    spread = _root(information, sample.layout.spreads())
    half = np.random.default_rng([seed, until.toordinal()]).standard_normal((draws // 2, len(best)))
    away = solve_triangular(spread, half.T, lower=True, trans="T").T
    made = {
        "version": __version__,
        "votes": len(used),
        "data": _hash(used),
        "seed": seed,
        "half_life_years": HALF_LIFE,
    }
    pairs = np.stack([best + away, best - away], axis=1).reshape(draws, -1)
    return Estimates(until, sample.layout, best, pairs, *sample.scales, ideal, made)


def used_before(votes: Sequence[RollCall], until: datetime.date) -> tuple[list[RollCall], Past]:
    """The votes that are fitted, and the past that their covariates come from: all of days before one."""
    earlier = [vote for vote in votes if vote.date < until]
    return [vote for vote in earlier if vote.date >= SINCE and _is_fitted(vote)], Past.of(earlier)


def _root(information: Floats, spreads: Floats) -> Floats:
    """The lower triangular root of the information.

    Where the likelihood curves the wrong way along some direction, so much that the prior cannot make up for it, the
    normal approximation has no spread there, and there is no root. Then, and only then, every direction is held to be
    known at least a tenth as well as before the record was read.

    Parameters
    ----------
    information : array, shape (P, P)
    spreads : array, shape (P,)
        Of the prior.
    """
    try:
        return np.asarray(cholesky(information, lower=True), float)
    except LinAlgError:
        against_prior = information * np.multiply.outer(spreads, spreads)
        values, axes = eigh(against_prior)
        mended = (axes * np.maximum(values, _LEAST_KNOWN)) @ axes.T
        return np.asarray(cholesky(mended / np.multiply.outer(spreads, spreads), lower=True), float)


def _is_fitted(vote: RollCall) -> bool:
    return vote.matter is Matter.SUBSTANTIVE and vote.text is not Text.PARAGRAPH


def _hash(votes: Sequence[RollCall]) -> str:
    """Of all that the fit read of the votes."""
    told = hashlib.sha256()
    for vote in votes:
        marks = "".join(choice.value[:2] for choice in vote.choices)
        told.update(f"{vote.date} {vote.text} {vote.agenda} {vote.region} {vote.sponsors} {marks}\n".encode())
    return told.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Sample:
    """The votes to be fitted, as arrays.

    Attributes
    ----------
    layout : Layout
    scales : tuple of Scale
        Of draft, support and refusal covariates.
    inputs : Inputs
        With drafts in front.
    choices : array, shape (v, n)
        0 yes, 1 abstain or absent, 2 no.
    weights : array, shape (v,)
    """

    layout: Layout
    scales: tuple[Scale, Scale, Scale]
    inputs: Inputs
    choices: np.ndarray[Any, np.dtype[np.int64]]
    weights: Floats

    @classmethod
    def of(cls, past: Past, votes: Sequence[RollCall], until: datetime.date, *, ideal: bool) -> Sample:
        """Votes with what was known before the day of each."""
        texts = [Tabled(v.date, v.agenda, v.region, v.sponsors, v.text, v.council.ids) for v in votes]
        known = [covariates(past, text, ideal=ideal) for text in texts]
        layout = Layout(
            tuple(sorted({text.agenda for text in texts})), tuple(sorted({m for text in texts for m in text.council}))
        )
        support, refusal = (_scale([row for one in known for row in getattr(one, name)]) for name in _OF_MEMBERS)
        scales = (_scale([one.draft for one in known]), support, refusal)
        choices = [[_MARK[choice] for choice in vote.choices] for vote in votes]
        ages = np.array([(until - vote.date).days / 365.25 for vote in votes])
        inputs = Inputs(
            scales[0].of(np.stack([one.draft for one in known])),
            scales[1].of(np.stack([one.support for one in known])),
            scales[2].of(np.stack([one.refusal for one in known])),
            np.stack([one.places for one in known]),
            np.array([one.amends for one in known]),
            np.array([[layout.member(code) for code in text.council] for text in texts]),
            np.array([layout.agenda(text.agenda) for text in texts]),
            np.array([one.sponsored for one in known]),
        )
        return cls(layout, scales, inputs, np.array(choices), 0.5 ** (ages / HALF_LIFE))


_MARK = {Choice.YES: 0, Choice.ABSTAIN: 1, Choice.ABSENT: 1, Choice.NO: 2}
_OF_MEMBERS = ("support", "refusal")


def _scale(rows: Sequence[Floats]) -> Scale:
    table = np.stack(rows)
    return Scale(table.mean(axis=0), np.maximum(table.std(axis=0), LEAST_SPREAD))


def solved(sample: Sample, progress: Progress | None = None) -> tuple[Floats, Floats]:
    """The most probable parameters, and the information about them: shape (P,) and (P, P)."""
    likelihood = Likelihood.of(sample)
    centres, spreads = sample.layout.centres(), sample.layout.spreads()
    steps = 0

    def value(vector: Floats) -> tuple[float, Floats]:
        fall, slope = likelihood.fall(vector)
        away = (vector - centres) / spreads
        return fall + 0.5 * float(away @ away), slope + away / spreads

    def told(_: Floats) -> None:
        nonlocal steps
        steps += 1
        if progress is not None:
            progress(steps, _STEPS)

    options = {"maxiter": _STEPS, "maxcor": _MEMORY, "ftol": 1e-7, "gtol": 1e-2}
    found = minimize(value, centres, jac=True, method="L-BFGS-B", callback=told, options=options)
    information = likelihood.curvature(found.x) + np.diag(spreads**-2.0)
    if progress is not None:
        progress(_STEPS, _STEPS)
    return np.asarray(found.x, float), information


@dataclass(frozen=True, slots=True)
class Likelihood:
    """Minus the log likelihood of a sample and its gradients, compiled.

    Attributes
    ----------
    fall : callable
        From a vector to the weighted sum of minus the log likelihoods, and its gradient.
    curvature : callable
        From a vector to the matrix of second derivatives, shape (P, P).
    """

    fall: Callable[[Floats], tuple[float, Floats]]
    curvature: Callable[[Floats], Floats]

    @classmethod
    def of(cls, sample: Sample) -> Likelihood:
        """Compiled for a sample."""
        try:
            import jax
        except ImportError as error:
            raise MissingExtra("fit", "fitting the history model") from error
        unanimous = (sample.choices == 0).all(axis=1)
        one = _of_one_draft(sample.layout, jax)
        parts = [_part(sample, rows, jax) for rows in (unanimous, ~unanimous)]

        def total(vector: Any, part: Any, plain: bool) -> Any:
            inputs, choices, weights = part
            logs = jax.vmap(lambda given, chosen: one(vector, given, chosen, plain))(inputs, choices)
            return -(weights * logs).sum()

        value = jax.jit(jax.value_and_grad(total), static_argnums=2)

        def fall(vector: Floats) -> tuple[float, Floats]:
            vector32 = vector.astype(np.float32)
            found = [value(vector32, part, plain) for part, plain in zip(parts, (True, False), strict=True)]
            return float(sum(one for one, _ in found)), np.sum([np.asarray(own, float) for _, own in found], axis=0)

        def curvature(vector: Floats) -> Floats:
            vector32 = vector.astype(np.float32)
            found = [
                _second_derivatives(jax, partial(total, part=part, plain=plain), vector32)
                for part, plain in zip(parts, (True, False), strict=True)
            ]
            whole: Floats = np.sum(found, axis=0)
            return (whole + whole.T) / 2

        return cls(fall, curvature)


def _second_derivatives(jax: Any, function: Callable[[Any], Any], vector: Any) -> Floats:
    """Row by row, some rows at a time: all at once would fill the memory."""
    slope, size = jax.grad(function), len(vector)
    rows = jax.jit(jax.vmap(lambda along: jax.jvp(slope, (vector,), (along,))[1]))
    units = np.eye(size + _ROWS, size, dtype=np.float32)  # the last turn is as long as the others: one compilation
    found = [np.asarray(rows(units[start : start + _ROWS]), float) for start in range(0, size, _ROWS)]
    return np.concatenate(found)[:size]


def _part(sample: Sample, rows: Any, jax: Any) -> Any:
    """Some of the drafts, in the fit's precision."""
    inputs = {name: getattr(sample.inputs, name)[rows] for name in Inputs.__slots__}
    inputs = {name: value if value.dtype.kind == "i" else value.astype(np.float32) for name, value in inputs.items()}
    return jax.device_put((inputs, sample.choices[rows], sample.weights[rows].astype(np.float32)))


def _of_one_draft(layout: Layout, jax: Any) -> Callable[[Any, dict[str, Any], Any, bool], Any]:
    """The log likelihood of one draft's roll call, as a function of the parameters' vector."""
    xp, normal = jax.numpy, jax.scipy.special.ndtr
    council = ("CHN", "FRA", "GBR", "RUS", "USA")
    pairs = follower_seats(council)
    seats = tuple(follower for follower, _ in pairs)

    def of_kind(kind: Kind, places: Any, named: dict[str, Any], chosen: Any, plain: bool) -> Any:
        valence, direction, harsh, weights = _nodes(kind.name, plain)
        support = kind.valence + kind.valence_spread * valence
        slope = kind.direction + kind.direction_spread * direction
        latent = support[:, None] + slope[:, None] * places + kind.effects
        yes = normal(latent)
        if plain:
            return kind.log_odds + xp.log(yes + _TINY).sum(-1) + np.log(weights)
        refusal = kind.refusal + kind.severity * harsh[:, None]
        no = normal(-latent - distance(refusal, xp))
        withheld = normal(-latent)
        chances = xp.where(chosen == 0, yes, xp.where(chosen == 1, xp.maximum(withheld - no, 0.0), no))
        follows = np.isin(np.arange(latent.shape[-1]), seats)
        chances = xp.where(follows, xp.where(chosen == 0, yes, withheld), chances)
        logs = xp.log(chances + _TINY).sum(-1)
        if_no, otherwise = company_of(named, refusal, seats, xp)
        for place, (follower, leader) in enumerate(pairs):
            odds = xp.where(chosen[leader] == 2, if_no[..., place], otherwise[..., place])
            said = xp.where(chosen[follower] == 2, jax.nn.log_sigmoid(odds), jax.nn.log_sigmoid(-odds))
            logs = logs + xp.where(chosen[follower] == 0, 0.0, said)
        return kind.log_odds + logs + np.log(weights)

    def one(vector: Any, given: dict[str, Any], chosen: Any, plain: bool) -> Any:
        named = layout.named(vector)
        kinds, places = kinds_of(named, Inputs(**given), xp)
        logs = [of_kind(kind, places, named, chosen, plain) for kind in kinds]
        return jax.scipy.special.logsumexp(xp.concatenate(logs))

    return one


def _nodes(kind: str, plain: bool) -> tuple[Any, Any, Any, Any]:
    """Gauss-Hermite nodes of valence and direction, mild and harsh, and weights, in single precision.

    Where all vote yes severity does not matter (`plain`), nor in a negotiated draft, which has none.
    """
    first, second = (np.polynomial.hermite_e.hermegauss(count) for count in _NODES[kind])
    harsh = [0.0] if plain or kind == "negotiated" else [-1.0, 1.0]
    grids = np.meshgrid(first[0], second[0], harsh, indexing="ij")
    weights = np.multiply.outer(np.multiply.outer(first[1], second[1]), np.ones(len(harsh))).ravel()
    return *(grid.ravel().astype(np.float32) for grid in grids), (weights / weights.sum()).astype(np.float32)
