"""The likelihood of recorded roll calls under the history model, its gradient and its second derivatives, compiled.

A draft's is that of its whole roll call, summed over its kind and severity and integrated over its valence and
direction. It depends on the parameters through some sixty sums that are linear in them
(:class:`~simulator.model.history.kinds.Lines`), so second derivatives are taken by those and carried over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.errors import MissingExtra
from simulator.estimation.sample import Sample
from simulator.model.history.kinds import Inputs, Kind, company_of, distance, follower_seats, kinds_of, lines_of
from simulator.model.history.nodes import shocks
from simulator.model.latent import Floats

_NODES = {"negotiated": (5, 5), "contested": (13, 9), "rejected": (11, 11)}
"""Nodes of valence and direction, by kind of draft."""

_REACH, _FAINT = 3.8, 1e-5
_TINY = 1e-9
_AT_ONCE = 16
"""Drafts whose second derivatives are worked on at a time: all at once would fill the memory."""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """Minus the log likelihood of a sample.

    Attributes
    ----------
    fall : callable
        From a vector to the weighted sum of minus the log likelihoods, and its gradient.
    curvature : callable
        From a vector to the matrix of second derivatives, shape (P, P).
    total : callable
        From a vector and `drafts` to the sum alone, in terms that the library compiles and derives.
    drafts : list
        What `total` is of.
    """

    fall: Callable[[Floats], tuple[float, Floats]]
    curvature: Callable[[Floats], Floats]
    total: Callable[[Any, Any], Any]
    drafts: Any

    @classmethod
    def of(cls, sample: Sample) -> Likelihood:
        """Compiled for a sample.

        Raises
        ------
        MissingExtra
            Without the extra ``fit``.
        """
        try:
            import jax
        except ImportError as error:
            raise MissingExtra("fit", "fitting the history model") from error
        unanimous = (sample.choices == 0).all(axis=1)
        parts = ((unanimous, True), (~unanimous, False))
        roads = [_Road.of(sample, rows, plain, jax) for rows, plain in parts if rows.any()]

        def total(vector: Any, drafts: Any) -> Any:
            return sum(road.fall(vector, some) for road, some in zip(roads, drafts, strict=True))

        compiled = jax.jit(jax.value_and_grad(total))
        drafts = [road.drafts for road in roads]

        def fall(vector: Floats) -> tuple[float, Floats]:
            value, slope = compiled(vector.astype(np.float32), drafts)
            return float(value), np.asarray(slope, float)

        def curvature(vector: Floats) -> Floats:
            whole: Floats = sum((road.curvature(vector) for road in roads), np.zeros((len(vector), len(vector))))
            return (whole + whole.T) / 2

        return cls(fall, curvature, total, drafts)


@dataclass(frozen=True, slots=True)
class _Road:
    """The unanimous drafts, where neither severity nor company matters (`plain`), or the others.

    Attributes
    ----------
    drafts : tuple
        Pytree of inputs, choices and weights, drafts in front.
    fall : callable
        From the vector and drafts to the weighted sum of minus their log likelihoods.
    each : callable
        From the vector and some of the drafts to how the lines depend on the parameters, shape (v, L, P), and the
        second derivatives of minus the weighted log likelihood by the lines, shape (v, L, L); compiled.
    """

    drafts: Any
    fall: Callable[[Any, Any], Any]
    each: Callable[[Any, Any], tuple[Any, Any]]

    @classmethod
    def of(cls, sample: Sample, rows: Any, plain: bool, jax: Any) -> _Road:
        from jax.flatten_util import ravel_pytree

        layout, xp = sample.layout, jax.numpy
        log_likelihood = _of_one_draft(plain, jax)

        def lines(vector: Any, given: dict[str, Any]) -> Any:
            return lines_of(layout.named(vector), Inputs(**given), xp)

        def fall(vector: Any, drafts: Any) -> Any:
            given, chosen, weights = drafts
            logs = jax.vmap(lambda one, marks: log_likelihood(lines(vector, one), one, marks))(given, chosen)
            return -(weights * logs).sum()

        def each(vector: Any, draft: Any) -> tuple[Any, Any]:
            given, chosen, weight = draft
            flat, back = ravel_pytree(lines(vector, given))
            slopes = jax.jacrev(lambda v: ravel_pytree(lines(v, given))[0])(vector)
            bends = jax.hessian(lambda sums: -weight * log_likelihood(back(sums), given, chosen))(flat)
            return slopes, bends

        return cls(_single(sample, rows, jax), fall, jax.jit(jax.vmap(each, in_axes=(None, 0))))

    def curvature(self, vector: Floats) -> Floats:
        """Second derivatives by the parameters: shape (P, P)."""
        whole = np.zeros((len(vector), len(vector)))
        count = len(self.drafts[-1])
        for start in range(0, count, _AT_ONCE):
            at = np.minimum(np.arange(start, start + _AT_ONCE), count - 1)  # as many in the last turn: compiled once
            some = _some(self.drafts, at)
            slopes, bends = (np.asarray(part) for part in self.each(vector.astype(np.float32), some))
            new = len(range(start, min(start + _AT_ONCE, count)))
            slopes, bends = slopes[:new], bends[:new]
            lines = slopes.shape[1]
            whole += slopes.reshape(-1, len(vector)).T @ (bends @ slopes).reshape(new * lines, -1)
        return whole


def _some(drafts: Any, at: Any) -> Any:
    given, chosen, weights = drafts
    return {name: value[at] for name, value in given.items()}, chosen[at], weights[at]


def _single(sample: Sample, rows: Any, jax: Any) -> Any:
    """Some of the drafts, in the fit's precision."""
    inputs = {name: getattr(sample.inputs, name)[rows] for name in Inputs.__slots__}
    inputs = {name: value if value.dtype.kind == "i" else value.astype(np.float32) for name, value in inputs.items()}
    return jax.device_put((inputs, sample.choices[rows], sample.weights[rows].astype(np.float32)))


def _of_one_draft(plain: bool, jax: Any) -> Callable[[Any, dict[str, Any], Any], Any]:
    """The log likelihood of one draft's roll call, as a function of its lines."""
    xp = jax.numpy
    pairs = follower_seats(("CHN", "FRA", "GBR", "RUS", "USA"))
    seats = tuple(follower for follower, _ in pairs)

    def below(cut: Any) -> Any:
        """Normal distribution function.

        The library's own guards against losses that single precision does not see, at three times the price.
        """
        return 0.5 * jax.lax.erfc(-cut * np.float32(np.sqrt(0.5)))

    def told(kind: Kind, harsh: float, shared: Any, latent: Any, own: Any, chosen: Any) -> Any:
        """Log likelihood at every node where a draft is mild or harsh."""
        refusal = kind.refusal + harsh * kind.severity
        no = below(-latent - distance(refusal, xp))
        chances = xp.where(chosen == 0, own, xp.where(chosen == 1, xp.maximum(own - no, 0.0), no))
        follows = np.isin(np.arange(latent.shape[-1]), seats)
        logs = xp.log(xp.where(follows, own, chances) + _TINY).sum(-1)
        if_no, otherwise = company_of(shared, refusal, seats, xp)
        for place, (follower, leader) in enumerate(pairs):
            odds = xp.where(chosen[leader] == 2, if_no[place], otherwise[place])
            said = jax.nn.log_sigmoid(xp.where(chosen[follower] == 2, odds, -odds))
            logs = logs + xp.where(chosen[follower] == 0, 0.0, said)
        return logs

    def of_kind(kind: Kind, places: Any, shared: Any, chosen: Any) -> Any:
        first, second, weights = (part.astype(np.float32) for part in shocks(*_NODES[kind.name], _REACH, _FAINT))
        support = kind.valence + kind.valence_spread * first
        slope = kind.direction + kind.direction_spread * second
        latent = support[:, None] + slope[:, None] * places + kind.effects
        own = below(xp.where(chosen == 0, latent, -latent))  # of its yes, or of withholding it
        if plain:
            return kind.log_odds + xp.log(own + _TINY).sum(-1) + np.log(weights)
        coin = (0.0,) if kind.name == "negotiated" else (-1.0, 1.0)
        logs = [told(kind, harsh, shared, latent, own, chosen) - np.log(len(coin)) for harsh in coin]
        return xp.concatenate([kind.log_odds + log + np.log(weights) for log in logs])

    def one(lines: Any, given: dict[str, Any], chosen: Any) -> Any:
        kinds, places = kinds_of(lines, Inputs(**given), xp)
        return jax.scipy.special.logsumexp(
            xp.concatenate([of_kind(kind, places, lines.shared, chosen) for kind in kinds])
        )

    return one
