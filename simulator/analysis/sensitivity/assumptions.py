"""What the odds do as one assumption goes over its range: the rows of a tornado, and how people name the longest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from simulator.engines.words import cell, foremost, in_100, percent, several


@dataclass(frozen=True, slots=True)
class Assumption:
    """What the odds of adoption do as one assumption goes over its range.

    Attributes
    ----------
    kind : str
        ``support``, ``stance`` or ``number``.
    name : str
        A member's code, or the dotted key of a number.
    value, low, high : float or str
        What is assumed, and the colder or lower and the warmer or higher end: standard deviations, words, numbers.
        A word stands for itself where there is none beyond it.
    odds_low, odds_high : float
        Odds of adoption at those ends.
    odds_error : float
        The larger of their standard errors; 0 where exact.
    slope : float or None
        Derivative of the odds, per standard deviation or per unit; None of words, and where there is none: at a
        kink, or where the odds bend too sharply, as near a cohesion of 1.
    error : float
        Standard error of the slope; 0 where nothing is drawn.
    how : str
        ``exact``, ``difference`` where exact odds were differenced, ``monte-carlo``; empty without a slope.
    uncertain : bool
        Whether the file holds a distribution there.
    """

    kind: str
    name: str
    value: float | str
    low: float | str
    high: float | str
    odds_low: float
    odds_high: float
    odds_error: float = 0.0
    slope: float | None = None
    error: float = 0.0
    how: str = ""
    uncertain: bool = False

    @property
    def swing(self) -> float:
        """How far apart the odds at the two ends are."""
        return abs(self.odds_high - self.odds_low)

    def as_dict(self) -> dict[str, Any]:
        """By name."""
        return {one.name: getattr(self, one.name) for one in fields(self)} | {"swing": self.swing}


def ranked(moves: Iterable[Assumption]) -> tuple[Assumption, ...]:
    """The largest swing first."""
    return tuple(sorted(moves, key=lambda one: -round(one.swing, 12)))


def leading(moves: Sequence[Assumption]) -> list[Assumption]:
    """Those with the largest swing; several where tables would show it the same, none where it would be 0.0."""
    first = [moves[place] for place in foremost([one.swing for one in moves])] if moves else []
    return first if first and round(first[0].swing, 3) > 0 else []


def told(first: Sequence[Assumption], names: Sequence[str]) -> tuple[str, str]:
    """Some that move the odds alike, by name, and from where to where: nothing where these differ."""
    ranges = {_range(one) for one in first}
    if len(first) == 1:
        return names[0], ranges.pop()
    if len(ranges) == 1:
        return f"{several(names)} alike", ranges.pop()
    each = [f"{name} ({_range(one)})" for one, name in zip(first, names, strict=True)]
    return f"{several(each)}, about as much on each", ""


def _range(one: Assumption) -> str:
    """The odds at both ends, the lower first."""
    return " to ".join(told_apart(*sorted((one.odds_low, one.odds_high))))


def told_apart(one: float, other: float) -> tuple[str, str]:
    """Two odds in words; with digits more where they would look the same.

    Examples
    --------
    >>> told_apart(0.381, 0.52), told_apart(0.381, 0.384), told_apart(0.0004, 0.0095)
    (('38', '52'), ('38.1', '38.4'), ('<0.1', '0.9'))
    """
    for words in (in_100, cell, partial(percent, digits=2)):
        if words(one) != words(other):
            break
    return words(one), words(other)
