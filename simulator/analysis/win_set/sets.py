"""Which texts could be adopted, and how likely: the odds of adoption all over an issue space, and the win set in it.

The win set of the reversion point is what beats it when members vote what they prefer, without noise; where it is empty
the reversion point is in the core, and nothing will replace it [Krehbiel1998]_, [Tsebelis2002]_.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.win_set import heat_map
from simulator.engines.exact.many import solve_many
from simulator.engines.readout import endings_grid
from simulator.errors import OptionError, nearest, shown
from simulator.facts import Outcome
from simulator.model import IssueSpace, LatentVotes, VoteModel, vote_model
from simulator.model.latent import Floats
from simulator.model.spatial import means_at
from simulator.rules import RULES, Majority
from simulator.scenario import Scenario, council_of, load, majority_of, rechecked

STEPS = 101
"""Texts along each dimension, where not said otherwise."""

MOST_STEPS = 401

_SAME = 1e-12
"""Texts closer than this to the reversion point leave things as they are."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cores:
    """Whether nothing can replace the reversion point when members vote what they prefer.

    In one dimension this is exact; in two it is what the texts asked about show.

    Attributes
    ----------
    rule : bool
        It is in the core: no text beats it under the rule.
    veto : bool
        It is in the veto core: every text meets a veto, whatever the number of yes votes.
    """

    rule: bool
    veto: bool


@dataclass(frozen=True, eq=False)
class WinSet:
    """The odds of adoption all over an issue space, and which texts beat the reversion point.

    Attributes
    ----------
    scenario : str
        Its title.
    dimensions : tuple of str
        The one or two that vary; on any other the texts stand where the draft does.
    axes : tuple of arrays, shape (steps,)
        Places along each of them, from -1 to 1.
    points : array, shape (m, d)
        The texts, by all dimensions of the scenario; the last of `dimensions` varies fastest.
    adopted : array, shape (m,)
        Exact odds of adoption of each text.
    beats : array of bool, shape (m,)
        Whether it is adopted over the reversion point when members vote what they prefer, the noise off: yes where
        their gain reaches the indifference, no where it falls below the threshold of a no. Of a member with odds of its
        own the middle of its support decides. Company and what was learnt play no part.
    cores : Cores
    draft, reversion : array, shape (d,)
        Where they stand.
    accuracy : float
        Estimate of the largest error of the odds.
    """

    scenario: str
    dimensions: tuple[str, ...]
    axes: tuple[Floats, ...]
    points: Floats
    adopted: Floats
    beats: Bools
    cores: Cores
    draft: Floats
    reversion: Floats
    accuracy: float

    @property
    def shape(self) -> tuple[int, ...]:
        """Texts along each dimension that varies."""
        return tuple(map(len, self.axes))

    @property
    def best(self) -> int:
        """Which text is likeliest to be adopted: its row in `points`."""
        return int(self.adopted.argmax())

    def __repr__(self) -> str:
        odds = f"adopted up to {self.adopted.max():.4g}, {int(self.beats.sum())} beat the reversion point"
        return f"<WinSet of {self.scenario!r}: {len(self.points)} texts, {odds}>"

    def __rich__(self) -> str:
        return heat_map.as_markup(self._map)

    def _repr_html_(self) -> str:
        return heat_map.as_html(self._map)

    @property
    def _map(self) -> heat_map.Map:
        chosen = [place for place in range(self.points.shape[1]) if np.ptp(self.points[:, place]) > 0]
        return heat_map.Map(
            self.scenario,
            self.dimensions,
            self.axes,
            self.adopted.reshape(self.shape),
            self.beats.reshape(self.shape),
            self.points[self.best, chosen],
            self.draft[chosen],
            self.reversion[chosen],
            self._sentence,
        )

    @property
    def _sentence(self) -> str:
        if self.cores.veto:
            return "Without noise no text replaces the reversion point: every one meets a veto."
        if self.cores.rule:
            return "Without noise no text replaces the reversion point."
        return f"Without noise {self.beats.mean():.0%} of the texts beat the reversion point."


def win_set(
    scenario: Scenario | str | os.PathLike[str], *, steps: int = STEPS, dimensions: Sequence[str] | None = None
) -> WinSet:
    """The odds of adoption of texts all over an issue space, and which of them beat the reversion point.

    Parameters
    ----------
    scenario : Scenario, or a path or shipped name
        With the spatial model.
    steps : int
        Texts along each dimension, from 2 to 401; an odd number has one in the middle.
    dimensions : sequence of str, optional
        One or two that vary, the texts standing where the draft does on any other; all, where there are one or two.

    Raises
    ------
    OptionError
        If the scenario has no issue space, or `steps` or `dimensions` are not as above.
    ScenarioError
        If a number is uncertain: its realisations have win sets.
    ExactRefused, EvidenceError
        If the exact engine refuses the scenario.

    Examples
    --------
    >>> found = win_set("two-dimensions", steps=21)
    >>> found.adopted.shape, found.cores.rule
    ((441,), False)
    """
    loaded = _with_a_space(rechecked(scenario if isinstance(scenario, Scenario) else load(scenario)))
    council = council_of(loaded)
    model, majority = vote_model(loaded), majority_of(loaded, council)  # refuses uncertain numbers
    space = IssueSpace.of(loaded, council)
    chosen = _chosen(space, dimensions)
    axes = tuple(np.linspace(-1, 1, _checked(steps)) for _ in chosen)
    points = np.tile(space.draft, (len(axes[0]) ** len(axes), 1))
    points[:, chosen] = np.stack([one.ravel() for one in np.meshgrid(*axes, indexing="ij")], axis=1)
    means = means_at(loaded, council, points)
    answers = solve_many(model, [replace(model.latent, mean=mean) for mean in means], majority)
    beats, blocked = _preferred(model, majority, means, _same(space, points))
    if len(space.dimensions) == 1:  # the texts between those of the grid, too
        more = _pieces(space)[:, None]
        also = _preferred(model, majority, means_at(loaded, council, more), _same(space, more))
        cores = Cores(not (beats.any() or also[0].any()), bool(blocked.all() and also[1].all()))
    else:
        cores = Cores(not beats.any(), bool(blocked.all()))
    return WinSet(
        loaded.title,
        tuple(space.dimensions[place] for place in chosen),
        axes,
        points,
        answers.adopted,
        beats,
        cores,
        space.draft,
        space.reversion,
        float(answers.accuracy.max()),
    )


def _with_a_space(scenario: Scenario) -> Scenario:
    if scenario.spatial is None:
        raise OptionError('a win set needs an issue space: preferences.model = "spatial"')
    rule = scenario.council.rule
    if RULES[rule].preliminary:
        raise OptionError(f"under rule {rule} an earlier vote decides what a text needs; choose another rule")
    return scenario


def _chosen(space: IssueSpace, dimensions: Sequence[str] | None) -> list[int]:
    """The places of the dimensions that vary."""
    names = space.dimensions if dimensions is None else dimensions
    if isinstance(names, str) or not isinstance(names, Sequence):
        raise OptionError(f"dimensions is a list of names, such as {list(space.dimensions[:2])}, not {shown(names)}")
    for name in names:
        if name not in space.dimensions:
            hint = nearest(name, space.dimensions) if isinstance(name, str) else ""
            allowed = f"the dimensions are {', '.join(space.dimensions)}, and {shown(name)} is none of them"
            raise OptionError(f"{allowed}{f' – {hint}' if hint else ''}")
    if not 1 <= len(names) <= 2 or len(set(names)) < len(names):
        raise OptionError(f"one or two dimensions vary, not {len(names)}: choose them with dimensions=[…]")
    return [space.dimensions.index(name) for name in names]


def _checked(steps: int) -> int:
    if isinstance(steps, bool) or not isinstance(steps, int) or not 2 <= steps <= MOST_STEPS:
        raise OptionError(f"steps is a whole number from 2 to {MOST_STEPS}, not {shown(steps)}")
    return steps


def _same(space: IssueSpace, points: Floats) -> Bools:
    """Which texts are the reversion point itself."""
    return np.asarray((np.abs(points - space.reversion) < _SAME).all(axis=1))


def _preferred(model: VoteModel, majority: Majority, means: Floats, same: Bools) -> tuple[Bools, Bools]:
    """Which texts are adopted, and which meet enough vetoes, when members vote what they prefer.

    The reversion point itself beats nothing, and counts as blocked.
    """
    yes, no = _votes(model.latent, means)
    vetoes = (no & np.array(model.permanent)).sum(axis=1)
    endings, _ = endings_grid(majority, len(model.members), sum(model.permanent))
    adopted = endings[yes.sum(axis=1), vetoes] == tuple(Outcome).index(Outcome.ADOPTED)
    blocked = vetoes >= (majority.vetoes_needed or len(model.members) + 1)
    return np.asarray(adopted & ~same), np.asarray(blocked | same)


def _votes(latent: LatentVotes, means: Floats) -> tuple[Bools, Bools]:
    """Who votes yes and who votes no on each text, the noise off: shape (m, n) each."""
    part = latent.absent <= 0.5
    return (means >= latent.yes_from) & part, (means < latent.no_below) & part


def _pieces(space: IssueSpace) -> Floats:
    """One text of every stretch of a single dimension on which nobody's preferred vote changes.

    A member's vote changes where (x − q)² + (tie − threshold) / w is the square of the text's distance from x.
    """
    ideal, weight = space.ideal[:, 0], space.salience[:, 0]
    ends = [np.array([-1.0, 1.0]), space.reversion]
    for threshold in (np.full(len(ideal), space.indifference), -(space.indifference + space.reluctance)):
        some = weight > 0
        squares = (ideal[some] - space.reversion[0]) ** 2 + (space.tie - threshold)[some] / weight[some]
        reach = np.sqrt(squares[squares >= 0])
        ends += [ideal[some][squares >= 0] - reach, ideal[some][squares >= 0] + reach]
    breaks = np.unique(np.concatenate(ends))
    breaks = breaks[np.abs(breaks) <= 1]
    middles: Floats = (breaks[1:] + breaks[:-1]) / 2
    return middles
