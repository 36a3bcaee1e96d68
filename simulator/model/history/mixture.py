"""The history model's votes as a mixture of tables in which seats are independent, company aside.

One component is a kind of draft, mild or harsh, one draw of the parameters, and one pair of shocks. Their nodes put the
odds within 1e-4 of the exact engine's; tests hold it to that.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr

from simulator.facts import Choice
from simulator.memory import keep_freed_memory
from simulator.model.company import Follows
from simulator.model.history.calibration import Line, line_on
from simulator.model.history.covariates import PERMANENT, Covariates, Tabled
from simulator.model.history.estimates import Estimates
from simulator.model.history.kinds import Kind, company_of, distance, follower_seats, kinds_of, lines_of
from simulator.model.history.nodes import shocks
from simulator.model.latent import Floats, LatentVotes
from simulator.model.stated import cuts_of
from simulator.scenario import StatedOdds

_NODES = {"negotiated": (11, 7), "contested": (16, 13), "rejected": (16, 13)}
"""Nodes of valence and of direction, by kind of draft."""

_FINE = {"negotiated": (15, 9), "contested": (22, 17), "rejected": (22, 17)}
"""The same before more than fifteen: the more members share the shocks, the more sharply the outcome turns on them."""

SPONSORS = 12.0
"""What sponsoring a text adds to a member's support, in standard deviations of own noise. Of 4,440 votes of members on
texts that the record names them as sponsors of, 1994 to 2024, one was not a yes (Bulgaria's on S/2002/712): so much
that the yes is as good as sure even of a text that most reject."""

_COARSE = {"negotiated": (7, 5), "contested": (11, 7), "rejected": (11, 7)}
"""Nodes for the odds of each kind by which the line moves them: no more is needed, since it is an estimate itself."""

_SEATS_BEFORE_1966, _SEATS = 11, 15

_REACH, _FAINT, _TINY = 4.5, 1e-8, 1e-300
"""Standard deviations to which nodes go, and the least weight of a pair of them that is kept."""


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
    origin : datetime.date
        The parameters were estimated from the votes before this day.
    """

    text: Tabled
    known: Covariates
    variants: tuple[Variant, ...]
    places: Floats
    origin: datetime.date

    @classmethod
    def of(cls, estimates: Estimates, text: Tabled, known: Covariates, line: Line | None = None) -> History:
        """From estimates of a day not after the text's, and what is known before it.

        Parameters
        ----------
        estimates : Estimates
        text : Tabled
        known : Covariates
        line : Line, optional
            By which the odds are put right; by default that of the estimates' day.
        """
        keep_freed_memory()
        given = estimates.inputs(text, known)
        lines = lines_of(estimates.named, given, np)
        kinds, places = kinds_of(lines, given, np)
        seats = tuple(follower for follower, _ in follower_seats(text.council))
        variants = []
        for kind in kinds:
            for harsh in (-1.0, 1.0) if kind.severity.any() else (0.0,):
                refusal = kind.refusal + harsh * kind.severity[:, None]
                if_no, otherwise = company_of(lines.shared, refusal, seats, np)
                share = np.exp(kind.log_odds) / (2 if harsh else 1)
                variants.append(Variant(replace(kind, refusal=refusal), share, expit(if_no), expit(otherwise)))
        return cls(text, known, tuple(variants), places, estimates.until)._on(line or line_on(estimates.until))

    def sponsored_by(self, seats: Collection[int]) -> History:
        """With some members known to sponsor the text: :data:`SPONSORS` is added to their support.

        Parameters
        ----------
        seats : collection of int
            Of those *stated* to sponsor it. The record's own sponsors are in part those of the last text like it, and
            a backtest must not see which, so that it does without.
        """
        if not seats:
            return self
        added = np.zeros(len(self.text.council))
        added[list(seats)] = SPONSORS
        moved = (replace(one, kind=replace(one.kind, effects=one.kind.effects + added)) for one in self.variants)
        return replace(self, variants=tuple(moved))

    def before(self, council: tuple[str, ...], like: Sequence[Sequence[int]]) -> History:
        """The same before an enlarged council, whose new seats are like some of the members on average.

        Parameters
        ----------
        council : tuple of str
            Codes in seat order, the five permanent members of the Charter first.
        like : sequence of sequence of int
            For each of its seats the seats of this council that it is like: a sitting member is like itself.
        """
        mean = np.zeros((len(self.text.council), len(council)))
        for seat, alike in enumerate(like):
            mean[list(alike), seat] = 1 / len(alike)
        moved = (
            replace(one, kind=replace(one.kind, effects=one.kind.effects @ mean, refusal=one.kind.refusal @ mean))
            for one in self.variants
        )
        text = replace(self.text, council=council)
        return replace(self, text=text, variants=tuple(moved), places=self.places @ mean)

    def _on(self, line: Line) -> History:
        """With the kinds' probabilities such that the odds of adoption lie on a line."""
        if line == Line():
            return self
        tables = self._mixture(_COARSE, {})
        size = len(self.variants) * self.draws
        place = tables.variant * self.draws + tables.draw
        weights, carried = (
            np.bincount(place, some, size) for some in (tables.weights, tables.weights * tables.carried())
        )
        kinds = np.stack([variant.weights for variant in self.variants])
        shares = line.shares(kinds, (carried / np.maximum(weights, _TINY)).reshape(kinds.shape))
        moved = (replace(variant, weights=share) for variant, share in zip(self.variants, shares, strict=True))
        return replace(self, variants=tuple(moved))

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
        return self._mixture(_NODES if len(self.text.council) <= _SEATS else _FINE, own or {})

    def _mixture(self, nodes: Mapping[str, tuple[int, int]], own: Mapping[int, StatedOdds]) -> Tables:
        kinds = {variant.kind.name: variant.kind for variant in self.variants}
        support = {name: self._support(kind, nodes[name], own) for name, kind in kinds.items()}
        found = [self._tables(place, support[one.kind.name], own) for place, one in enumerate(self.variants)]
        return Tables.joined(found).without_company(own)

    def _support(self, kind: Kind, nodes: tuple[int, int], own: Mapping[int, StatedOdds]) -> _Support:
        """What mild and harsh drafts of a kind have in common."""
        first, second, weights = shocks(*nodes, _REACH, _FAINT)
        places = self.places.T[:, :, None]  # (n, d, 1)
        moves = kind.valence_spread[:, None] * first + kind.direction_spread[:, None] * second * places
        centres = kind.valence + kind.direction * self.places.T + kind.effects.T
        latent = centres[:, :, None] + moves  # (n, d, nodes)
        yes = ndtr(latent)
        variance = 1 + kind.valence_spread[:, None] ** 2 + (kind.direction_spread[:, None] * self.places) ** 2
        refuses = {}
        for seat, odds in own.items():
            mean, no_below, yes_from = cuts_of(odds)
            spread = np.sqrt(variance[:, [seat]])
            moved = moves[seat] + mean * spread  # about its own mean, in units of its own noise
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

    def carried(self) -> Floats:
        """Odds of each component that a draft has the Charter's yes votes and no permanent member's no: shape (m,).

        Everybody takes part.
        """
        quota = 9 if len(self.yes) > _SEATS_BEFORE_1966 else 7
        quiet = 1.0 - self.yes
        quiet[:PERMANENT] -= self.no[:PERMANENT]
        for place, (follower, _) in enumerate(self.pairs):  # as none of the leaders votes no
            quiet[follower] = (1.0 - self.yes[follower]) * (1.0 - self.otherwise[place])
        counts = np.zeros((len(self.yes) + 1, self.yes.shape[1]))
        counts[0] = 1.0
        for done, (yes, other) in enumerate(zip(self.yes, quiet, strict=True), 1):
            more = counts[:done] * yes
            counts[:done] *= other
            counts[1 : done + 1] += more
        enough: Floats = counts[quota:].sum(axis=0)
        return enough

    def made(self, choices: Mapping[int, Choice]) -> Tables:
        """The same with some seats' votes fixed; who follows them reacts, and they follow nobody."""
        if not choices:
            return self
        yes, no, absent = self.yes.copy(), self.no.copy(), self.absent.copy()
        for seat, choice in choices.items():
            yes[seat], no[seat] = float(choice is Choice.YES), float(choice is Choice.NO)
            absent[seat] = float(choice is Choice.ABSENT)
        return replace(self, yes=yes, no=no, absent=absent).without_company(choices)
