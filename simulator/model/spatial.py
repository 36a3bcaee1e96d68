"""The spatial model: members, the draft and what happens otherwise are places in an issue space [Voeten2001]_.

Member i with ideal point x and salience w compares the draft z with the reversion point q, which is where things stand
if the draft fails. By how much it gains from adoption, in utility units:

    u_i = sum over dimensions of w_i ((x_i − q)² − (x_i − z)²) + tie_i

It votes yes where u_i and its noise reach the indifference a, no where they fall below −a, or, for a permanent member
with veto reluctance v_i, below −(a + v_i); else it abstains. Latent support is u_i in units of the noise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulator.facts import Council
from simulator.model.blocs import bloc_loadings
from simulator.model.latent import Floats, LatentVotes
from simulator.model.stance_likelihood import speakers
from simulator.model.stated import cuts_of
from simulator.scenario import Placed, Scenario, StatedOdds, entries, placed, sitting_sponsors


@dataclass(frozen=True, slots=True)
class IssueSpace:
    """The members' places and what moves them, in seat order.

    Attributes
    ----------
    dimensions : tuple of str
        Names of the d dimensions.
    ideal : array, shape (n, d)
        Ideal points in [-1, 1]; 0 where a member's votes do not rest on it.
    salience : array, shape (n, d)
        Weights of the dimensions, at least 0, not normalised.
    tie : array, shape (n,)
        What a member gains from a yes whatever the text, utility units.
    draft, reversion : array, shape (d,)
        Where the draft stands, and where things stand if it fails.
    noise : float
        Standard deviation of the noise in a member's utility, shared and own together, above 0.
    indifference : float
        Half-width of the zone of abstention, utility units, at least 0.
    reluctance : array, shape (n,)
        Added distance to a no, utility units, at least 0; 0 for members whose no is no veto.
    """

    dimensions: tuple[str, ...]
    ideal: Floats
    salience: Floats
    tie: Floats
    draft: Floats
    reversion: Floats
    noise: float
    indifference: float
    reluctance: Floats

    @classmethod
    def of(cls, scenario: Scenario, council: Council) -> IssueSpace:
        """The issue space of a scenario with the spatial model."""
        space = scenario.spatial
        assert space is not None, "the checks of a scenario give the spatial model its space"
        stand, own = placed(scenario, council), entries(scenario, council)
        names = space.dimensions
        reluctance = [
            0.0 if not seat.veto else _or(own[seat.id].veto_reluctance, space.veto_reluctance) for seat in council.seats
        ]
        return cls(
            names,
            np.array([[stand[member].place.get(name, 0.0) for name in names] for member in council.ids]),
            np.array([[(own[member].salience or {}).get(name, 1.0) for name in names] for member in council.ids]),
            np.array([_or(own[member].tie, 0.0) for member in council.ids]),
            np.array([space.draft[name] for name in names], dtype=float),
            np.array([space.reversion.get(name, 0.0) for name in names], dtype=float),
            space.noise,
            space.indifference,
            np.array(reluctance),
        )

    def gains(self, texts: Floats) -> Floats:
        """What each member gains from each text, u in utility units.

        Parameters
        ----------
        texts : array, shape (m, d)
            Places of texts that could be put to the vote.

        Returns
        -------
        array, shape (m, n)
        """
        # (x − q)² − (x − z)² = (z − q)(2x − q − z), which loses no digits where text and reversion are close.
        moved = texts[:, None, :] - self.reversion
        middle = 2 * self.ideal[None] - self.reversion - texts[:, None, :]
        gains: Floats = (self.salience * moved * middle).sum(axis=2) + self.tie
        return gains

    @property
    def thresholds(self) -> tuple[Floats, Floats]:
        """No below and yes from, in units of the noise: shape (n,) each."""
        return -(self.indifference + self.reluctance) / self.noise, np.full(
            len(self.ideal), self.indifference / self.noise
        )


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def latent_votes(scenario: Scenario, council: Council) -> LatentVotes:
    """The latent votes on the scenario's draft."""
    space = IssueSpace.of(scenario, council)
    no_below, yes_from = space.thresholds
    absent = np.zeros(len(council))
    for seat, odds in _own_odds(scenario, council):
        _, no_below[seat], yes_from[seat] = cuts_of(odds)
        absent[seat] = odds.absent
    mean = means_at(scenario, council, space.draft[None])[0]
    return LatentVotes(mean, bloc_loadings(scenario, council), no_below, yes_from, absent)


def means_at(scenario: Scenario, council: Council, texts: Floats) -> Floats:
    """The means of the latent votes on many texts; all else of the latent votes is the same for every text.

    Parameters
    ----------
    texts : array, shape (m, d)
        Places of the texts.

    Returns
    -------
    array, shape (m, n)
    """
    space = IssueSpace.of(scenario, council)
    means = space.gains(texts) / space.noise
    for seat, odds in _own_odds(scenario, council):
        means[:, seat] = cuts_of(odds)[0]
    return means


def _own_odds(scenario: Scenario, council: Council) -> list[tuple[int, StatedOdds]]:
    """Seats with odds of their own, which are theirs whatever the text; their loadings stay."""
    own = entries(scenario, council)
    return [(council.index(member), entry.odds) for member, entry in own.items() if entry.odds is not None]


def remarks(scenario: Scenario, council: Council) -> Iterator[str]:
    """What a reader should know of how the scenario was read: where members stand by default, what is not used."""
    stand = placed(scenario, council)
    by_year: dict[int, list[str]] = {}
    for member, standing in stand.items():
        if standing.ideal_point:
            by_year.setdefault(standing.ideal_point.year, []).append(f"{member} {standing.ideal_point.scaled:.2f}")
    if by_year:
        lists = "; ".join(f"of {year}: {', '.join(who)}" for year, who in sorted(by_year.items(), reverse=True))
        yield f"by default at their General Assembly ideal points, scaled to the year's largest, {lists}"
    own_year = by_year.get(scenario.draft.date.year)
    if own_year:
        yield (
            "no ideal point of an earlier year, so that of the draft's own year is taken: "
            f"{' '.join(who.split()[0] for who in own_year)}"
        )
    yield from _not_used(scenario, council, stand)
    said = speakers(scenario, council)
    if said:
        yield f"what {' '.join(said)} said is evidence of the vote (see unsc stances --likelihoods)"
    made = [member for member in scenario.do if scenario.members.get(member) and scenario.members[member].stance]
    if made:
        yield f"what {' '.join(made)} said is left out of account, since the vote is made"


def _not_used(scenario: Scenario, council: Council, stand: dict[str, Placed]) -> Iterator[str]:
    sponsors = [
        member
        for member in sitting_sponsors(scenario, council)
        if member not in scenario.members or not (scenario.members[member].stance or scenario.members[member].odds)
    ]
    if "default" in scenario.members:
        yield "members.default is not used with the spatial model: who has no stance of its own has said nothing"
    if sponsors:
        yield (
            f"sponsoring counts as no stance with the spatial model: {' '.join(sponsors)}; to count it, write stance = "
            '"sponsor"'
        )
    idle = [
        member for member, standing in stand.items() if not standing.needed and scenario.members[member].spatial_keys
    ]
    if idle:
        yield f"{' '.join(idle)}: own odds, so the place in issue space bears on nothing"
    if scenario.stances:
        yield "[stances] holds odds of words, which the spatial model does not use"
