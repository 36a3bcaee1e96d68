"""The history model's votes as a mixture of tables in which seats are independent, company aside.

One component is a kind of draft, mild or harsh, one draw of the parameters, and one pair of shocks (Gauss-Hermite
nodes). Nine nodes a shock put the odds within about a thousandth of the exact engine's; tests hold it to that.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr

from simulator.model.company import Follows
from simulator.model.history.covariates import Covariates, Tabled
from simulator.model.history.estimates import Estimates
from simulator.model.history.kinds import Kind, company_of, distance, follower_seats, kinds_of
from simulator.model.latent import Floats, LatentVotes

_NODES = {"negotiated": 5, "contested": 9, "rejected": 9}


@dataclass(frozen=True, slots=True)
class Variant:
    """One kind of draft, mild or harsh, under every draw of the parameters.

    Attributes
    ----------
    kind : Kind
        With draws in front; `refusal` has severity put in.
    weights : array, shape (d,)
        Its probability under each draw.
    if_leader_no, otherwise : array, shape (d, followers)
        Chances that followers vote no, given that they withhold.
    """

    kind: Kind
    weights: Floats
    if_leader_no: Floats
    otherwise: Floats


@dataclass(frozen=True, slots=True)
class History:
    """How a text may fare, by the record of earlier days.

    Attributes
    ----------
    text : Tabled
    known : Covariates
    variants : tuple of Variant
    places : array, shape (d, n)
        Of the members on the line of directions.
    """

    text: Tabled
    known: Covariates
    variants: tuple[Variant, ...]
    places: Floats

    @classmethod
    def of(cls, estimates: Estimates, text: Tabled, known: Covariates) -> History:
        """From estimates of a day not after the text's, and what is known before it."""
        named = estimates.named
        kinds, places = kinds_of(named, estimates.inputs(text, known), np)
        seats = tuple(follower for follower, _ in follower_seats(text.council))
        variants = []
        for kind in kinds:
            for harsh in (-1.0, 1.0) if kind.severity.any() else (0.0,):
                refusal = kind.refusal + harsh * kind.severity[:, None]
                if_no, otherwise = company_of(named, refusal, seats, np)
                share = np.exp(kind.log_odds) / (2 if harsh else 1)
                variants.append(Variant(_with(kind, refusal), share, expit(if_no), expit(otherwise)))
        return cls(text, known, tuple(variants), places)

    @property
    def draws(self) -> int:
        """Draws of the parameters."""
        return len(self.places)

    def latent(self, variant: Variant, draw: int) -> tuple[LatentVotes, tuple[Follows, ...]]:
        """One variant under one draw, as latent votes of unit variance, and company."""
        kind, places = variant.kind, self.places[draw]
        loadings = np.stack(
            [np.full(len(places), kind.valence_spread[draw]), kind.direction_spread[draw] * places], axis=1
        )
        spread = np.sqrt(1 + (loadings**2).sum(axis=1))
        mean = kind.valence[draw] + kind.direction[draw] * places + kind.effects[draw]
        nearest = -distance(kind.refusal[draw], np) / spread
        nothing = np.zeros(len(places))
        pairs = tuple(
            Follows(leader, follower, float(variant.if_leader_no[draw, at]), float(variant.otherwise[draw, at]))
            for at, (follower, leader) in enumerate(follower_seats(self.text.council))
        )
        return LatentVotes(mean / spread, loadings / spread[:, None], nearest, nothing, nothing), pairs

    def tables(self) -> Tables:
        """The mixture over all variants, draws and nodes."""
        return Tables.joined([self._tables(variant) for variant in self.variants])

    def _tables(self, variant: Variant) -> Tables:
        kind = variant.kind
        first, second, weights = _grid(_NODES[kind.name])
        support = kind.valence[:, None] + kind.valence_spread[:, None] * first
        slope = kind.direction[:, None] + kind.direction_spread[:, None] * second
        latent = support[:, :, None] + slope[:, :, None] * self.places[:, None, :] + kind.effects[:, None, :]
        draws, nodes, seats = latent.shape
        nearest = distance(kind.refusal, np)[:, None, :]
        return Tables(
            (variant.weights[:, None] * weights / draws).ravel(),
            np.repeat(np.arange(draws), nodes),
            ndtr(latent).reshape(-1, seats),
            ndtr(-latent - nearest).reshape(-1, seats),
            np.repeat(variant.if_leader_no, nodes, axis=0),
            np.repeat(variant.otherwise, nodes, axis=0),
        )


@dataclass(frozen=True, slots=True)
class Tables:
    """A weighted mixture of vote tables.

    Attributes
    ----------
    weights : array, shape (m,)
        They add up to 1.
    draw : array of int, shape (m,)
        Which draw of the parameters a component belongs to.
    yes, no : array, shape (m, n)
        Chances of a yes, and of a no as far as the member itself decides; followers withhold with 1 − yes.
    if_leader_no, otherwise : array, shape (m, followers)
        Chances that a follower votes no, given that it withholds.
    """

    weights: Floats
    draw: NDArray[np.int64]
    yes: Floats
    no: Floats
    if_leader_no: Floats
    otherwise: Floats

    @classmethod
    def joined(cls, tables: list[Tables]) -> Tables:
        """Several as one."""
        return cls(*(np.concatenate([getattr(one, field.name) for one in tables]) for field in fields(cls)))


@cache
def _grid(count: int) -> tuple[Floats, Floats, Floats]:
    """Nodes of two independent standard normals, and their weights."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(count)
    first, second = np.meshgrid(nodes, nodes, indexing="ij")
    both = np.multiply.outer(weights, weights).ravel()
    return first.ravel(), second.ravel(), both / both.sum()


def _with(kind: Kind, refusal: Any) -> Kind:
    held = {field.name: getattr(kind, field.name) for field in fields(kind)}
    return Kind(**held | {"refusal": refusal})
