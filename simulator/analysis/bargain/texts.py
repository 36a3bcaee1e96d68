"""What a sponsor gains by giving way: the odds of texts from its ideal to what happens otherwise, and of any other.

In an issue space a text is a place z, and what the sponsor with ideal point x and salience w gains from its adoption is
``g(z) = sum over dimensions of w ((x − q)² − (x − z)²)``, q being the reversion point: 0 for a text that changes
nothing, most for its ideal. Diluting a text costs gain and wins odds; the expected gain, odds times gain, is largest
somewhere between [Voeten2001]_. That need not be on the straight way between the two, nor even in the box that they
span: where others want more than the sponsor does, the best text may lie beyond its ideal. So the whole space is
searched, from a grid and uphill from the best of it.

Members' support for another text differs from that for the draft by so much in units of the noise: texts are shifts of
everybody's support, and are answered for like those of :mod:`~simulator.analysis.bargain.moves`. So what was said and
learnt was said and learnt of the draft as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.analysis.bargain.moves import Table
from simulator.analysis.bargain.offer import Offer, Turn
from simulator.engines.seats.moved import Answerer
from simulator.engines.words import in_100
from simulator.errors import OptionError, nearest, shown
from simulator.model import IssueSpace
from simulator.model.latent import Floats
from simulator.model.spatial import means_at
from simulator.scenario import Scenario, sitting_sponsors

_PATH = 41
"""Texts along the way from the ideal to the reversion point that are tried at first."""

_SHOWN = 11
"""Those of them that are kept."""

_GRID = {1: 81, 2: 21, 3: 11}
"""Texts along each dimension that are tried at first in the whole space."""

_HILLS, _CLIMB, _FINEST = 3, 40, 5e-4
"""How many of the best are climbed from, in how many steps at most, and how closely."""

_ZOOM, _ROUNDS = 9, 4
"""Texts along the way around the best, and how often it is looked at more closely, each time four times."""

_FINE = 2001
"""Texts along the way at which votes without noise are read off."""

_HALF = 0.5
"""Chance of taking no part above which a member is away when the noise is off."""

_NOTHING = 1e-12

_WORTH_TELLING = 1.01
"""A text off the way is told if it brings that many times what the best on it does."""


@dataclass(frozen=True)
class Texts:
    """The sponsor's texts, from its ideal to the reversion point.

    Attributes
    ----------
    sponsors : tuple of str
        Whose ideal it is; of several the mean. Empty where the draft's own place is taken for it.
    who : str
        The sponsor's short name, or "The sponsor".
    draft : Offer
        The draft as it stands.
    path : tuple of Offer
        From the ideal, dilution 0, to the reversion point, dilution 1, evenly spaced.
    best : Offer
        The text on that way with the largest expected gain.
    elsewhere : Offer or None
        The best text found in the whole space, off that way; None where it brings less than a hundredth more.
    turns : tuple of Turn
        Members with a veto, in seat order, whose vote their place decides; none where the rule knows no veto.
    others : dict
        Code → why its place does not decide its vote: odds of its own, or what was learnt, said or made.
    """

    sponsors: tuple[str, ...]
    who: str
    draft: Offer
    path: tuple[Offer, ...]
    best: Offer
    elsewhere: Offer | None
    turns: tuple[Turn, ...]
    others: Mapping[str, str]

    @property
    def top(self) -> Offer:
        """The best of all."""
        return self.elsewhere or self.best

    @property
    def sentence(self) -> str:
        """It as a person would say it."""
        return self.said()

    def said(self, *, defeat: float = 0.0) -> str:
        """The same; where a defeat is worth something to the sponsor it says that this leaves it out."""
        top = self.top
        if not top.expected > 0:
            return "No text that was found brings the sponsor anything."
        way = f", diluted by {100 * top.dilution:.0f} %" if top.dilution is not None else ""
        nothing = ", if a defeat counts for nothing," if defeat else ""
        return (
            f"{self.who} does best{nothing} with a text at {placed_at(top)}{way}: adopted in {in_100(top.adopted)} of "
            f"100, it brings {100 * top.gain:.0f} % of what the ideal would."
        )

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "sponsors": list(self.sponsors),
            "draft": self.draft.as_dict(),
            "path": [offer.as_dict() for offer in self.path],
            "best": self.best.as_dict(),
            "elsewhere": self.elsewhere.as_dict() if self.elsewhere else None,
            "turns": [turn.as_dict() for turn in self.turns],
            "others": dict(self.others),
        }


Worth = Callable[[Floats, Floats], Floats]
"""From odds of adoption and gains, shape (m,) each, to what is to be largest."""


@dataclass(frozen=True)
class Space:
    """The issue space with the sponsor in it, and who answers for the odds of its texts.

    Attributes
    ----------
    table : Table
    space : IssueSpace
    sponsors : tuple of str
    ideal, salience : array, shape (d,)
        The sponsor's.
    answerer : Answerer
    """

    table: Table
    space: IssueSpace
    sponsors: tuple[str, ...]
    ideal: Floats
    salience: Floats
    answerer: Answerer

    @classmethod
    def of(cls, table: Table, sponsor: str | None) -> Space:
        """Of a scenario with certain numbers.

        Raises
        ------
        OptionError
            If the sponsor has no seat or no place, or its ideal is the reversion point.
        """
        space = IssueSpace.of(table.scenario, table.council)
        sponsors = _sponsors(table, sponsor)
        seats = [table.council.index(member) for member in sponsors]
        ideal = space.ideal[seats].mean(axis=0) if seats else space.draft
        salience = space.salience[seats].mean(axis=0) if seats else np.ones(len(space.dimensions))
        answerer = table.answerer.on_nodes() if table.touched else table.answerer
        found = cls(table, space, sponsors, ideal, salience, answerer)
        if found.gains(ideal[None], relative=False)[0] <= _NOTHING:
            whose = " ".join(sponsors) or "the draft"
            raise OptionError(
                f"the ideal of {whose} is where things stand if the draft fails: there is nothing to gain from any text"
            )
        return found

    @property
    def who(self) -> str:
        """The sponsor's short name."""
        names = {seat.id: seat.short for seat in self.table.council.seats}
        return names[self.sponsors[0]] if len(self.sponsors) == 1 else "The sponsor"

    @property
    def others(self) -> dict[str, str]:
        """Members with a veto whose votes their place does not decide, and why not."""
        scenario, found = self.table.scenario, dict[str, str]()
        for member in (self.table.council.ids[seat] for seat in self.table.vetoers):
            entry = scenario.members.get(member)
            if member in scenario.do:
                found[member] = "its vote is made"
            elif member in scenario.given or (entry is not None and entry.stance is not None):
                found[member] = "something was said or learnt of it"
            elif entry is not None and entry.odds is not None:
                found[member] = "it has odds of its own"
        return found

    def gains(self, texts: Floats, *, relative: bool = True) -> Floats:
        """What the sponsor gains from texts, shape (m, d): a share of its ideal's gain, or in utility units."""
        reversion = self.space.reversion
        moved = texts - reversion
        gains: Floats = (self.salience * moved * (2 * self.ideal - reversion - texts)).sum(axis=1)
        return gains / float(self.gains(self.ideal[None], relative=False)[0]) if relative else gains

    def adopted(self, texts: Floats) -> Floats:
        """Odds of adoption, shape (m,), of texts, shape (m, d)."""
        scenario, council = self.table.scenario, self.table.council
        shifts = means_at(scenario, council, texts) - means_at(scenario, council, self.space.draft[None])
        return self.answerer.adopted(shifts)

    def way(self, dilutions: Floats) -> Floats:
        """Texts on the way from the ideal to the reversion point: shape (m, d)."""
        return self.ideal + dilutions[:, None] * (self.space.reversion - self.ideal)

    def offers(self, texts: Floats, dilutions: Sequence[float | None]) -> list[Offer]:
        """Texts, shape (m, d), with their odds and gains."""
        names = self.space.dimensions
        numbers = zip(texts.tolist(), dilutions, self.adopted(texts).tolist(), self.gains(texts).tolist(), strict=True)
        return [
            Offer(dict(zip(names, place, strict=True)), dilution, odds, gain) for place, dilution, odds, gain in numbers
        ]

    def best_on_the_way(self, worth: Worth) -> Offer:
        """The text on the way that is worth most."""
        low, high, best = 0.0, 1.0, 0.0
        for round_ in range(_ROUNDS + 1):
            dilutions = np.linspace(low, high, _ZOOM if round_ else _PATH)
            best = float(dilutions[self._worths(self.way(dilutions), worth).argmax()])
            step = (high - low) / (len(dilutions) - 1)
            low, high = max(0.0, best - step), min(1.0, best + step)
        return self.offers(self.way(np.array([best])), [best])[0]

    def best_anywhere(self, worth: Worth) -> Offer:
        """The text worth most in the whole space, -1 to 1 along each dimension, as far as a grid finds its hill."""
        size = len(self.space.dimensions)
        axis = np.linspace(-1.0, 1.0, _GRID[size])
        grid = np.stack([one.ravel() for one in np.meshgrid(*[axis] * size)], axis=1)
        floor = self._worths(self.way(np.linspace(0.0, 1.0, _SHOWN)), worth).max()
        gains = self.gains(grid)
        could = np.maximum(worth(np.zeros(len(grid)), gains), worth(np.ones(len(grid)), gains))
        grid = grid[could >= floor]  # worth is linear in the odds: whatever they are, the others bring less
        if not len(grid):
            return self.best_on_the_way(worth)
        worths, step = self._worths(grid, worth), float(axis[1] - axis[0])
        order, starts = np.argsort(-worths, kind="stable"), list[Floats]()
        for text in grid[order]:
            if len(starts) < _HILLS and all(np.abs(text - other).max() > 1.5 * step for other in starts):
                starts.append(text)
        tops = np.array([self._climbed(start, step / 2, worth) for start in starts])
        best = tops[self._worths(tops, worth).argmax()]
        return self.offers(best[None], [_on_the_way(self, best)])[0]

    def _climbed(self, text: Floats, step: float, worth: Worth) -> Floats:
        """Up from a text: to the best of those around it, ever closer."""
        around = np.stack([one.ravel() for one in np.meshgrid(*[(0.0, -1.0, 1.0)] * len(text))], axis=1)
        around = around[np.argsort(np.abs(around).sum(axis=1), kind="stable")]  # itself first, so that it wins ties
        for _ in range(_CLIMB):
            near = np.clip(text + step * around, -1.0, 1.0)
            best = int(self._worths(near, worth).argmax())
            text = near[best]
            step = step / 2 if best == 0 else step
            if step < _FINEST:
                break
        return text

    def _worths(self, texts: Floats, worth: Worth) -> Floats:
        return worth(self.adopted(texts), self.gains(texts))

    def turns(self) -> Iterator[Turn]:
        """Where each member with a veto changes its vote, the noise off."""
        dilutions = np.linspace(0.0, 1.0, _FINE)
        texts = self.way(dilutions)
        means = means_at(self.table.scenario, self.table.council, texts)
        latent, names = self.table.model.latent, self.space.dimensions
        shown_at = np.linspace(0, _FINE - 1, _SHOWN).astype(int)
        others = self.others
        for seat in self.table.vetoers:
            if self.table.council.ids[seat] in others:
                continue
            member, away = self.table.council.seats[seat], latent.absent[seat] > _HALF
            votes = np.where(means[:, seat] >= latent.yes_from[seat], "yes", "abstain")
            votes[(means[:, seat] < latent.no_below[seat])] = "no"
            if away:
                votes[:] = "absent"
            turned = np.flatnonzero(votes != "no")
            there = bool(len(turned)) and votes[0] == "no"
            yield Turn(
                member.id,
                member.short,
                tuple(votes[shown_at].tolist()),
                float(dilutions[turned[0]]) if there else None,
                dict(zip(names, texts[turned[0]].tolist(), strict=True)) if there else None,
            )


def offered(space: Space) -> Texts:
    """The sponsor's texts, from its ideal to the reversion point."""
    dilutions = np.linspace(0.0, 1.0, _SHOWN)
    place = space.space.draft
    draft = space.offers(place[None], [_on_the_way(space, place)])[0]
    best = space.best_on_the_way(expected_gain)
    elsewhere = space.best_anywhere(expected_gain)
    better = elsewhere.expected > best.expected * _WORTH_TELLING
    return Texts(
        space.sponsors,
        space.who,
        draft,
        tuple(space.offers(space.way(dilutions), dilutions.tolist())),
        best,
        elsewhere if better else None,
        tuple(space.turns()),
        space.others,
    )


def placed_at(offer: Offer) -> str:
    """A text's place in words: force -0.22, cost -0.20."""
    return ", ".join(f"{name} {place:.2f}" for name, place in offer.place.items()).replace("-0.00", "0.00")


def expected_gain(adopted: Floats, gains: Floats) -> Floats:
    """Odds times gain."""
    return adopted * gains


def _on_the_way(space: Space, place: Floats) -> float | None:
    """How much a text is diluted; None where it is off the way from the ideal to the reversion point."""
    whole = space.space.reversion - space.ideal
    share = float((place - space.ideal) @ whole / (whole @ whole))
    near = np.abs(space.way(np.array([share]))[0] - place).max() < 1e-9
    return min(1.0, max(0.0, share)) if near and -1e-9 <= share <= 1 + 1e-9 else None


def _sponsors(table: Table, sponsor: str | None) -> tuple[str, ...]:
    """Whose ideal counts: that of a member named; of the sponsors that have a place; nobody's."""
    space, placed = table.scenario, table.council.ids
    if sponsor is None:
        return tuple(member for member in sitting_sponsors(space, table.council) if _has_a_place(space, member))
    if sponsor not in placed:
        hint = nearest(sponsor, placed) if isinstance(sponsor, str) else ""
        allowed = f"sponsor is a member of this council, {' '.join(placed)}, not {shown(sponsor)}"
        raise OptionError(f"{allowed}{f' – {hint}' if hint else ''}")
    if not _has_a_place(space, sponsor):
        raise OptionError(f"sponsor: {sponsor} has odds of its own and no place in the issue space; name another")
    return (sponsor,)


def _has_a_place(scenario: Scenario, member: str) -> bool:
    entry = scenario.members.get(member)
    return entry is None or entry.odds is None or entry.position is not None
