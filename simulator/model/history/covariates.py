"""What is known of a draft before its day, in numbers: who tables it, what became of texts like it, and when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.facts import E10, PRESIDENT, Group, Region, Text, ideal_point_before, members
from simulator.facts.ideal_points import ideal_point_on
from simulator.model.history.past import (
    CLASSES,
    HALF_LIVES,
    Ints,
    Past,
    class_code,
    region_code,
)
from simulator.model.latent import Floats

PERMANENT = 5
"""The permanent members have the first seats of every council."""

ARAB = frozenset(
    "ARE BHR COM DJI DZA EGY IRQ JOR KWT LBN LBY MAR MRT OMN PSE QAT SAU SDN SOM SYR TUN YEM".split()  # noqa: SIM905
)
"""Members of the League of Arab States."""

_THREE, _MANY = frozenset({"FRA", "GBR", "USA"}), 8
_YEAR, _HALF_YEAR, _MONTH, _FORTNIGHT, _QUARTER = (340, 390), (170, 195), 30, 14, 90
_LONGEST_GAP = 3650.0


@dataclass(frozen=True, slots=True)
class Tabled:
    """A text to be voted on, as far as a forecast may know it.

    Attributes
    ----------
    date : datetime.date
    agenda : str
        A slug of the record, or a new one.
    region : Region or None
    sponsors : tuple of str
        As in the record; empty: those of the last text on the item are taken.
    text : Text
    council : tuple of str
        Codes of the members in seat order, the permanent ones first.
    """

    date: datetime.date
    agenda: str
    region: Region | None
    sponsors: tuple[str, ...]
    text: Text
    council: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Covariates:
    """What is known of a text and of the members that vote on it.

    Attributes
    ----------
    draft : array, shape (K,)
        In the order of :func:`draft_names`.
    support : array, shape (n, Kz)
        What bears on a member's support, in the order of :data:`SUPPORT`.
    refusal : array, shape (n, Kv)
        What bears on how a member withholds its yes, in the order of :data:`REFUSAL`.
    places : array, shape (n,)
        Ideal points; 0 where a member has none.
    amends : float
        1 for an amendment or a part voted on by itself, 0 for a draft.
    sponsored : int
        Class of the sponsors, a place in :data:`~simulator.model.history.past.CLASSES`.
    points : tuple of (str, int or None)
        Members and the years of their ideal points, for those with one of the year itself or none.
    """

    draft: Floats
    support: Floats
    refusal: Floats
    places: Floats
    amends: float
    sponsored: int
    points: tuple[tuple[str, int | None], ...]


_ENDS = ("contested", "defeated", "withheld")
_OF = ("overall", "region", "agenda", "class", "agenda and class")

SUPPORT = (
    "sponsors the text",
    "distance to the sponsors",
    "withholds: overall",
    "withholds: agenda",
    "withholds: class",
    "withholds: agenda and class",
    "permanent x withholds: agenda",
    "permanent x withholds: class",
    "permanent x withholds: agenda and class",
    "African, text on Africa",
    "Arab",
)
"""What bears on a member's support. Shares are log odds, each as the difference from the wider one."""

REFUSAL = (
    "no of withheld: overall",
    "no of withheld: agenda",
    "no of withheld: class",
    "no of withheld: agenda and class",
    "sponsors the text",
    "distance to the sponsors",
    *(f"permanent member {place}" for place in range(PERMANENT)),
    *(f"class {word.value}" for word in CLASSES),
    "not a draft",
)
"""What bears on whether a withheld yes is a no."""


def draft_names() -> tuple[str, ...]:
    """The covariates of a draft, in order; shares with their half-life in days."""
    sponsors = (
        *(f"class {word.value}" for word in CLASSES),
        *("log sponsors", "share of the council", "Arab elected sponsor", "African elected sponsor"),
        *("Western elected sponsor", "Arab sponsor", "sponsors' ideal point", "not a draft", "not a draft, Russia's"),
        *("Russia sponsors", "United States sponsors", "China sponsors", "all three Western sponsor", "elected ten"),
    )
    shares = [f"{end}: {of} {half:.0f}" for half in HALF_LIVES for of in _OF for end in _ENDS]
    calendar = (
        *(f"log votes: agenda {half:.0f}" for half in HALF_LIVES),
        *("new item", "log months since the last"),
        *(f"last: {end}" for end in _ENDS),
        *(f"last of the class: {end}" for end in _ENDS),
        *("defeat within a fortnight", "defeat within a quarter"),
        *("a year ago", "a year ago, unanimous", "a year ago, adopted and contested"),
        *("half a year ago, unanimous", "half a year ago, contested", "votes within a month"),
    )
    return (*sponsors, *shares, *calendar)


def covariates(past: Past, text: Tabled, *, ideal: bool = True) -> Covariates:
    """What is known of a text before its day.

    Parameters
    ----------
    past : Past
        Rows of the day itself and later do not matter.
    text : Tabled
    ideal : bool
        False leaves ideal points out: all are 0.
    """
    day = text.date.toordinal()
    sponsors = past.sponsors(text.agenda, day, text.sponsors, text.text)
    places, points = _places(text) if ideal else (np.zeros(len(text.council)), ())
    seen = _Seen.of(past, text, class_code(sponsors), day)
    mean = _sponsors_place(text, sponsors, places) if ideal else None
    support, refusal = _members(past, text, sponsors, seen, places, mean)
    draft = [*_sponsorship(text, sponsors, mean), *_shares(seen), *_calendar(seen)]
    amends = float(text.text is not Text.DRAFT)
    return Covariates(np.array(draft), support, refusal, places, amends, class_code(sponsors), points)


def _places(text: Tabled) -> tuple[Floats, tuple[tuple[str, int | None], ...]]:
    """Ideal points of the last year before the text's; where there is none, the year's own, and it is said."""
    places, told = np.zeros(len(text.council)), []
    for seat, member in enumerate(text.council):
        point = ideal_point_on(member, text.date)
        if point is None or point.year == text.date.year:
            told.append((member, point.year if point else None))
        places[seat] = point.value if point else 0.0
    return places, tuple(told)


def _sponsors_place(text: Tabled, sponsors: Sequence[str], places: Floats) -> float | None:
    """Mean ideal point of the sponsors, the ten elected members as themselves; None where none has one."""
    if E10 in sponsors:
        return float(places[PERMANENT:].mean())
    points = [point.value for code in sponsors if (point := ideal_point_before(code, text.date))]
    return float(np.mean(points)) if points else None


def _sponsorship(text: Tabled, sponsors: Sequence[str], mean: float | None) -> Iterator[float]:
    """Who tables it."""
    inside = _inside(text, sponsors)
    elected = [code for seat, code in enumerate(text.council) if inside[seat] and seat >= PERMANENT]
    groups = {code: state.group for code, state in members().items()}
    amends = float(text.text is not Text.DRAFT)
    for place in range(len(CLASSES)):
        yield float(class_code(sponsors) == place)
    yield float(np.log1p(len([code for code in sponsors if code != PRESIDENT])))
    yield float(inside.mean())
    yield float(any(code in ARAB for code in elected))
    yield float(any(groups.get(code) is Group.AFRICAN for code in elected))
    yield float(any(groups.get(code) is Group.WEOG for code in elected))
    yield float(any(code in ARAB for code in sponsors))
    yield 0.0 if mean is None else mean
    yield amends
    yield amends * ("RUS" in sponsors)
    for code in ("RUS", "USA", "CHN"):
        yield float(code in sponsors)
    yield float(set(sponsors) >= _THREE)
    yield float(E10 in sponsors or len(elected) >= _MANY)


def _inside(text: Tabled, sponsors: Sequence[str]) -> Floats:
    """Which seats sponsor it: shape (n,), 0 or 1."""
    return np.array(
        [float(code in sponsors or (E10 in sponsors and seat >= PERMANENT)) for seat, code in enumerate(text.council)]
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """The rows of earlier days, and which of them are like the text."""

    ages: Ints
    ends: Floats
    like: Floats
    """Shape (5, v): every row; those of the region, the agenda, the sponsors' class, agenda and class."""

    @classmethod
    def of(cls, past: Past, text: Tabled, sponsored: int, day: int) -> _Seen:
        rows = past.before(day)
        agenda = past.agenda[:rows] == past.agendas.get(text.agenda, -1)
        same = past.sponsored[:rows] == sponsored
        region = past.region[:rows] == region_code(text.region)
        like = np.stack([np.ones(rows), region, agenda, same, agenda & same]).astype(float)
        return cls(day - past.days[:rows], past.ends[:rows], like)

    @property
    def on_agenda(self) -> Ints:
        """Rows of the agenda item, by date."""
        return np.flatnonzero(self.like[_AGENDA])

    def weights(self, half_life: float) -> Floats:
        """Like rows, those of long ago weighing less: shape (5, v)."""
        found: Floats = self.like * 0.5 ** (self.ages / half_life)
        return found


_ALL, _REGION, _AGENDA, _CLASS, _BOTH = range(5)

_START = np.array([3.0, 1.0, 2.0]), 20.0
_OWN_START = np.array([1.0, 0.3]), 20.0
"""Pseudo-votes from which the widest shares start: contested, defeated, withheld; of a member withheld, against."""


def _towards(sums: Floats, wider: Floats, weight: float) -> Floats:
    """Shares of hits (1 and on) among votes (0), drawn towards those of a wider class as by so many votes."""
    found: Floats = (sums[..., 1:] + weight * wider) / (sums[..., :1] + weight)
    return found


def _shares(seen: _Seen) -> Iterator[float]:
    """What became of texts like it: contested, defeated, members withholding; each class drawn to the wider one."""
    for half_life in HALF_LIVES:
        sums = seen.weights(half_life) @ seen.ends
        hits, votes = _START
        overall = (sums[_ALL, 1:] + hits) / (sums[_ALL, 0] + votes)
        region = _towards(sums[_REGION], overall, 5)
        agenda = _towards(sums[_AGENDA], region, 2)
        sponsored = _towards(sums[_CLASS], overall, 5)
        both = _towards(sums[_BOTH], agenda, 2)
        for shares in (overall, region, agenda, sponsored, both):
            yield from shares.tolist()


def _calendar(seen: _Seen) -> Iterator[float]:
    """What came last on the item, and when."""
    for half_life in HALF_LIVES:
        yield float(np.log1p(seen.weights(half_life)[_AGENDA].sum()))
    rows = seen.on_agenda
    ages, ends = seen.ages[rows], seen.ends[rows]
    last = ends[-1, 1:] if len(rows) else np.zeros(3)
    same = np.flatnonzero(seen.like[_BOTH])
    yield float(len(rows) == 0)
    yield float(np.log1p((min(ages[-1], _LONGEST_GAP) if len(rows) else _LONGEST_GAP) / _MONTH))
    yield from last.tolist()
    yield from (seen.ends[same[-1], 1:] if len(same) else last).tolist()
    defeats = ages[ends[:, 2] > 0]
    since = defeats.min() if len(defeats) else np.inf
    yield float(since <= _FORTNIGHT)
    yield float(since <= _QUARTER)
    year = (ages >= _YEAR[0]) & (ages <= _YEAR[1])
    half = (ages >= _HALF_YEAR[0]) & (ages <= _HALF_YEAR[1])
    contested, adopted = ends[:, 1] > 0, ends[:, 2] == 0
    for kind in (year, year & ~contested, year & contested & adopted, half & ~contested, half & contested):
        yield float(kind.any())
    yield float((ages <= _MONTH).sum())


def _logit(share: Floats) -> Floats:
    share = np.clip(share, 1e-4, 1 - 1e-4)
    found: Floats = np.log(share / (1 - share))
    return found


def _members(
    past: Past, text: Tabled, sponsors: Sequence[str], seen: _Seen, places: Floats, mean: float | None
) -> tuple[Floats, Floats]:
    """What bears on each member's support, and on how it withholds its yes."""
    rows, seats = len(seen.ages), len(text.council)
    weights = seen.weights(HALF_LIVES[-1]).astype(np.float32)
    known = [past.states.get(code, -1) for code in text.council]
    marks = past.marks[:rows]
    sums = np.einsum("kv,vcn->knc", weights, marks[:, :, known], optimize=True).astype(float)
    sums[:, [place < 0 for place in known]] = 0.0
    hits, votes = _OWN_START
    everybody = (weights[_ALL] @ marks.sum(axis=2)).astype(float)
    usual = (everybody[1:] + hits) / (everybody[0] + votes)
    own = _towards(sums[_ALL], usual, 10)
    agenda = _towards(sums[_AGENDA], own, 3)
    sponsored = _towards(sums[_CLASS], own, 5)
    both = _towards(sums[_BOTH], agenda, 2)
    levels = [_logit(shares[:, 0]) for shares in (own, agenda, sponsored, both)]
    steps = [levels[0], levels[1] - levels[0], levels[2] - levels[0], levels[3] - levels[1]]
    refusals = [_logit(shares[:, 1] / shares[:, 0]) for shares in (own, agenda, sponsored, both)]
    turns = [refusals[0], refusals[1] - refusals[0], refusals[2] - refusals[0], refusals[3] - refusals[1]]
    inside = _inside(text, sponsors) * (E10 not in sponsors)
    far = np.zeros(seats) if mean is None else np.abs(places - mean) * (1 - inside)
    permanent = (np.arange(seats) < PERMANENT).astype(float)
    groups = members()
    african = [float(code in groups and groups[code].group is Group.AFRICAN) for code in text.council]
    support = [inside, far, *steps, *(step * permanent for step in steps[1:])]
    support += [np.array(african) * (text.region is Region.AFRICA), np.array([float(c in ARAB) for c in text.council])]
    ones = np.ones(seats)
    refusal = [*turns, inside, far, *np.eye(seats)[:PERMANENT]]
    refusal += [ones * (place == class_code(sponsors)) for place in range(len(CLASSES))]
    refusal.append(ones * (text.text is not Text.DRAFT))
    return np.stack(support, axis=1), np.stack(refusal, axis=1)
