"""The history model's votes as a mixture of tables in which seats are independent, company aside.

One component is a kind of draft, mild or harsh, one draw of the parameters, and one pair of shocks. Their nodes put the
odds within 1e-4 of the exact engine's; tests hold it to that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr

from simulator.facts import Choice
from simulator.model.company import Follows
from simulator.model.history.covariates import Covariates, Tabled
from simulator.model.history.estimates import Estimates
from simulator.model.history.kinds import Kind, company_of, distance, follower_seats, kinds_of
from simulator.model.latent import Floats, LatentVotes
from simulator.model.stated import cuts_of
from simulator.scenario import StatedOdds

_NODES = {"negotiated": (11, 7), "contested": (16, 13), "rejected": (16, 13)}
"""Nodes of valence and of direction, by kind of draft."""

_REACH, _FAINT = 4.2, 1e-8
"""Standard deviations to which nodes go, and the least weight of a pair of them that is kept. They are evenly spaced: a
shock moves all members alike, so the odds climb steeply in it, and Gauss-Hermite nodes stand too far apart."""


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

    def tables(self, own: Mapping[int, StatedOdds] | None = None) -> Tables:
        """The mixture over all variants, draws and nodes.

        Parameters
        ----------
        own : mapping from seat to StatedOdds, optional
            Members with odds of their own in place of the record's; the draft's shocks move them all the same.
        """
        own = own or {}
        support = {name: self._support(name, own) for name in {variant.kind.name for variant in self.variants}}
        found = [self._tables(place, support[one.kind.name], own) for place, one in enumerate(self.variants)]
        return Tables.joined(found).without_company(own)

    def _support(self, name: str, own: Mapping[int, StatedOdds]) -> _Support:
        """What mild and harsh drafts of a kind have in common."""
        kind = next(variant.kind for variant in self.variants if variant.kind.name == name)
        first, second, weights = _grid(*_NODES[name])
        places = self.places.T[:, :, None]  # (n, d, 1)
        shocks = kind.valence_spread[:, None] * first + kind.direction_spread[:, None] * second * places
        centres = kind.valence + kind.direction * self.places.T + kind.effects.T
        latent = centres[:, :, None] + shocks  # (n, d, nodes)
        yes = ndtr(latent)
        variance = 1 + kind.valence_spread[:, None] ** 2 + (kind.direction_spread[:, None] * self.places) ** 2
        refuses = {}
        for seat, odds in own.items():
            mean, no_below, yes_from = cuts_of(odds)
            spread = np.sqrt(variance[:, [seat]])
            moved = shocks[seat] + mean * spread  # about its own mean, in units of its own noise
            yes[seat] = ndtr(moved - yes_from * spread)
            refuses[seat] = ndtr(no_below * spread - moved)
        return _Support(latent, yes, refuses, weights)

    def _tables(self, place: int, support: _Support, own: Mapping[int, StatedOdds]) -> Tables:
        variant, (seats, draws, nodes) = self.variants[place], support.yes.shape
        no = ndtr(-distance(variant.kind.refusal, np).T[:, :, None] - support.latent)
        absent = np.zeros(seats)
        for seat, odds in own.items():
            no[seat], absent[seat] = support.refuses[seat], odds.absent
        return Tables(
            (variant.weights[:, None] * support.weights / draws).ravel(),
            np.repeat(np.arange(draws), nodes),
            np.full(draws * nodes, place),
            support.yes.reshape(seats, -1),
            no.reshape(seats, -1),
            absent,
            follower_seats(self.text.council),
            np.repeat(variant.if_leader_no.T, nodes, axis=1),
            np.repeat(variant.otherwise.T, nodes, axis=1),
        )


@dataclass(frozen=True, slots=True)
class _Support:
    """One kind of draft at every draw and node: support and odds of a yes, shape (n, d, nodes); weights of the nodes.

    `refuses` has the odds of a no, shape (d, nodes), of members with odds of their own.
    """

    latent: Floats
    yes: Floats
    refuses: dict[int, Floats]
    weights: Floats


@dataclass(frozen=True, slots=True)
class Tables:
    """A weighted mixture of vote tables.

    Attributes
    ----------
    weights : array, shape (m,)
        They add up to 1.
    draw, variant : array of int, shape (m,)
        Which draw of the parameters, and which variant, a component belongs to.
    yes, no : array, shape (n, m)
        Chances of a yes, and of a no as far as the member itself decides, given that it takes part; followers withhold
        with 1 − yes.
    absent : array, shape (n,)
        Chances of taking no part.
    pairs : tuple of (int, int)
        Seats of followers and their leaders, all permanent members.
    if_leader_no, otherwise : array, shape (pairs, m)
        Chances that a follower votes no, given that it withholds.
    """

    weights: Floats
    draw: NDArray[np.int64]
    variant: NDArray[np.int64]
    yes: Floats
    no: Floats
    absent: Floats
    pairs: tuple[tuple[int, int], ...]
    if_leader_no: Floats
    otherwise: Floats

    @classmethod
    def joined(cls, tables: Sequence[Tables]) -> Tables:
        """Several of the same seats and pairs as one."""
        first = tables[0]
        alike: dict[str, Any] = {"absent": first.absent, "pairs": first.pairs}
        rest = [field.name for field in fields(cls) if field.name not in alike]
        alike |= {name: np.concatenate([getattr(one, name) for one in tables], axis=-1) for name in rest}
        return cls(**alike)

    def without_company(self, seats: Mapping[int, Any]) -> Tables:
        """The same where some seats follow nobody."""
        kept = [place for place, (follower, _) in enumerate(self.pairs) if follower not in seats]
        return replace(
            self,
            pairs=tuple(self.pairs[place] for place in kept),
            if_leader_no=self.if_leader_no[kept],
            otherwise=self.otherwise[kept],
        )

    def made(self, choices: Mapping[int, Choice]) -> Tables:
        """The same with some seats' votes fixed; who follows them reacts, and they follow nobody."""
        if not choices:
            return self
        yes, no, absent = self.yes.copy(), self.no.copy(), self.absent.copy()
        for seat, choice in choices.items():
            yes[seat], no[seat] = float(choice is Choice.YES), float(choice is Choice.NO)
            absent[seat] = float(choice is Choice.ABSENT)
        return replace(self, yes=yes, no=no, absent=absent).without_company(choices)


@cache
def _grid(valences: int, directions: int) -> tuple[Floats, Floats, Floats]:
    """Nodes of two independent standard normals, and their weights."""
    axes = (np.linspace(-_REACH, _REACH, count) for count in (valences, directions))
    first, second = (grid.ravel() for grid in np.meshgrid(*axes, indexing="ij"))
    weights = np.exp(-(first**2 + second**2) / 2)
    kept = weights > _FAINT * weights.sum()
    return first[kept], second[kept], weights[kept] / weights[kept].sum()


def _with(kind: Kind, refusal: Any) -> Kind:
    held = {field.name: getattr(kind, field.name) for field in fields(kind)}
    return Kind(**held | {"refusal": refusal})
