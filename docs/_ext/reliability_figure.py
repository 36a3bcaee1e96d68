"""The figure of reliability, on axes of log-odds: most odds lie above 90 in 100, where a plain axis would pile them up.

On such axes the regression of adopted on the odds is a straight line, so it is drawn too. There is one drawing for a
light page and one for a dark one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TICKS = (0.1, 1, 5, 10, 25, 50, 75, 90, 95, 99, 99.9)
"""In 100. Odds and shares nearer to 0 or 100 than the outermost are drawn at the frame."""

_SIDE, _LEFT, _TOP, _BELOW, _RIGHT = 400, 66, 42, 46, 20
_APART = 26
"""Numbers above the frame that are nearer to each other than this stand on two lines."""


@dataclass(frozen=True)
class Colours:
    """Of words, of the grid, of the frame and the diagonal, and of what was found."""

    words: str
    grid: str
    frame: str
    found: str


LIGHT = Colours("#3c4043", "#e4e6e9", "#8a9096", "#1b5e8c")
DARK = Colours("#cfd0d0", "#2c2f33", "#7b8187", "#6cb2e8")


def figure(card: dict[str, Any], colours: Colours = LIGHT) -> str:
    """The drawing of a scorecard: odds across, share adopted up, a dot a bin with its interval, and the regression.

    Parameters
    ----------
    card : dict
        As :meth:`simulator.estimation.Scorecard.as_dict` has it.
    colours : Colours
    """
    bins = [one for one in card["reliability"] if one["count"]]
    axes = Axes.of(bins)
    width, height = _LEFT + _SIDE + _RIGHT, _TOP + _SIDE + _BELOW
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="system-ui, sans-serif" font-size="12" fill="{colours.words}">',
        "<title>Reliability: of drafts given much the same odds, how many were adopted</title>",
        *_grid(axes, colours),
        *_diagonal(axes, colours),
        *_regression(axes, card["outcome"], colours),
        *_counts(axes, bins),
        *(part for one in bins for part in _dot(axes, one, colours)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


@dataclass(frozen=True)
class Axes:
    """Both axes alike: from the highest tick below everything up to the last tick."""

    ticks: tuple[float, ...]

    @classmethod
    def of(cls, bins: list[dict[str, Any]]) -> Axes:
        """Axes that hold these bins."""
        lowest = 100 * min(min(one["forecast"], one["adopted"], *(one["interval"] or ())) for one in bins)
        first = max([tick for tick in TICKS if tick < min(lowest, 26)], default=TICKS[0])
        return cls(TICKS[TICKS.index(first) :])

    def share(self, odds: float) -> float:
        """How far along an axis, from 0 to 1; what lies beyond an end is at that end."""
        low, high = _logit(self.ticks[0] / 100), _logit(self.ticks[-1] / 100)
        clipped = min(max(odds, self.ticks[0] / 100), self.ticks[-1] / 100)
        return (_logit(clipped) - low) / (high - low)

    def across(self, odds: float) -> float:
        """Where odds stand."""
        return _LEFT + _SIDE * self.share(odds)

    def up(self, share: float) -> float:
        """Where a share adopted stands."""
        return _TOP + _SIDE * (1 - self.share(share))


def _logit(odds: float) -> float:
    return math.log(odds / (1 - odds))


def _grid(axes: Axes, colours: Colours) -> Iterator[str]:
    right, bottom = _LEFT + _SIDE, _TOP + _SIDE
    for tick in axes.ticks:
        x, y = axes.across(tick / 100), axes.up(tick / 100)
        yield f'<path d="M{x:.1f} {_TOP}V{bottom}M{_LEFT} {y:.1f}H{right}" stroke="{colours.grid}"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 17}" text-anchor="middle">{tick:g}</text>'
        yield f'<text x="{_LEFT - 7}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>'
    yield f'<rect x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="{colours.frame}"/>'
    yield f'<text x="{_LEFT + _SIDE / 2:g}" y="{bottom + 38}" text-anchor="middle">odds of adoption, in 100</text>'
    middle = _TOP + _SIDE / 2
    turned = f'text-anchor="middle" transform="rotate(-90 16 {middle:g})"'
    yield f'<text x="16" y="{middle:g}" {turned}>adopted, in 100</text>'


def _diagonal(axes: Axes, colours: Colours) -> Iterator[str]:
    """Where odds mean what they say, with what lies to either side."""
    right, bottom = _LEFT + _SIDE, _TOP + _SIDE
    yield f'<path d="M{_LEFT} {bottom}L{right} {_TOP}" stroke="{colours.frame}" stroke-dasharray="5 4"/>'
    yield f'<text x="{_LEFT + 10}" y="{_TOP + 20}" font-style="italic">adopted more often than the odds say</text>'
    yield f'<text x="{right - 10}" y="{bottom - 11}" text-anchor="end" font-style="italic">less often</text>'


def _regression(axes: Axes, outcome: dict[str, Any], colours: Colours) -> Iterator[str]:
    """The line of the slope and the intercept, as far as it runs within the frame."""
    slope, intercept = outcome["slope"], outcome["intercept"]
    if slope is None:
        return
    low, high = _logit(axes.ticks[0] / 100), _logit(axes.ticks[-1] / 100)
    ends = sorted(((low - intercept) / slope, (high - intercept) / slope)) if slope else [low, high]
    points = [min(max(end, low), high) for end in ends]
    if points[0] < points[1]:
        places = [(axes.across(_odds(x)), axes.up(_odds(intercept + slope * x))) for x in points]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        yield f'<path d="M{path}" stroke="{colours.found}" stroke-width="1.5" stroke-opacity="0.55"/>'


def _odds(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def _counts(axes: Axes, bins: list[dict[str, Any]]) -> Iterator[str]:
    """How many votes stand behind each dot, above the frame."""
    yield f'<text x="{_LEFT - 7}" y="{_TOP - 11}" text-anchor="end">votes</text>'
    last, raised = -math.inf, False
    for one in bins:
        x = axes.across(one["forecast"])
        raised = x - last < _APART and not raised
        yield f'<text x="{x:.1f}" y="{_TOP - (24 if raised else 11)}" text-anchor="middle">{one["count"]:,}</text>'
        last = x


def _dot(axes: Axes, one: dict[str, Any], colours: Colours) -> Iterator[str]:
    """A bin: the larger the more votes, hollow where all or none was adopted and its place is thus the frame's."""
    x, y, size = axes.across(one["forecast"]), axes.up(one["adopted"]), 3.2 + one["count"] ** 0.5 / 5
    if one["interval"] is not None:
        low, high = (axes.up(end) for end in one["interval"])
        yield f'<path d="M{x:.1f} {low:.1f}V{high:.1f}" stroke="{colours.found}" stroke-width="1.5"/>'
    fill = "none" if one["adopted"] in (0, 1) else colours.found
    edge = f'fill="{fill}" stroke="{colours.found}" stroke-width="1.5"'
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" {edge}/>'
