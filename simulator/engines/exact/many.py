"""The odds of many models of one structure at once: many texts, or many draws of uncertain numbers.

Nodes are the same for all models, so NumPy's loops run over models and nodes together and no time is lost between
them. Only how the vote ends is asked, and no table of who votes what is built.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulator.engines.exact import one as exact
from simulator.engines.exact.nodes import Shape, groups_of
from simulator.engines.exact.quadrature import SHARP_BEYOND, Fineness, ball
from simulator.engines.exact.tallying import NodesOf, Rows, Tallying, cases
from simulator.engines.factors import Forest, Group, many_loadings, tree
from simulator.engines.readout import endings_grid
from simulator.model import LatentVotes, VoteModel
from simulator.model.latent import Floats
from simulator.rules import Majority

_BLOCK = 12_000
"""Models times nodes worked on at a time: few enough for their tables to stay in the processor's cache."""

_MOST_NODES = 200_000
"""Nodes of one model beyond which models are solved one by one."""

_MOST_DIMENSIONS = 2
"""Factors integrated together beyond which they are too, to be refused: a grid over more would fill the memory."""

_MOST_LEADERS = 4
"""Leaders beyond which they are: every leader doubles the cases."""

_RAREST = 40.0
"""−log of the rarest evidence taken here; rarer is left to the engine for one model."""

_FIRST = 21.0
_FINEST = 50.0

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ManyAnswers:
    """What was found of each model.

    Attributes
    ----------
    outcomes : array, shape (m, 3)
        Odds of adopted, vetoed, failed, after what was learnt.
    evidence : array, shape (m,)
        Probability of what was learnt; 1 where nothing was.
    accuracy : array, shape (m,)
        Estimate of the largest error of the odds, and of the relative error of the evidence: the difference from the
        next coarser level.
    """

    outcomes: Floats
    evidence: Floats
    accuracy: Floats

    @property
    def adopted(self) -> Floats:
        """Odds of adoption, shape (m,)."""
        return self.outcomes[:, 0]


def solve_many(model: VoteModel, latents: Sequence[LatentVotes], majority: Majority) -> ManyAnswers:
    """How the vote ends, for many latent votes in place of a model's own.

    Each answer is that of :func:`simulator.engines.exact.solve`, within the same bounds; a model that is too sharp for
    equal steps, or whose evidence is rare, is handed to it.

    Parameters
    ----------
    model : VoteModel
        Who is permanent, company, and what was learnt; its own latent votes are not used.
    latents : sequence of LatentVotes
        Of the same seats and as many factors each, with what is made put in.
    majority : Majority

    Raises
    ------
    ExactRefused, EvidenceError
        If :func:`~simulator.engines.exact.solve` would for one of the models.
    """
    if not latents:
        return ManyAnswers(np.empty((0, 3)), np.empty(0), np.empty(0))
    batch = _Batch.of(model, latents, majority)
    answers = ManyAnswers(np.empty((len(latents), 3)), np.empty(len(latents)), np.full(len(latents), np.inf))
    steepest = batch.steepest()
    order = np.argsort(steepest, kind="stable")  # models of a turn have the nodes that its steepest needs
    taken = len(batch.cases) <= 2**_MOST_LEADERS and batch.forest.dimensions <= _MOST_DIMENSIONS
    left = order[steepest[order] <= SHARP_BEYOND] if taken else order[:0]
    while len(left):
        size = batch.room(left[:1])
        size = batch.room(left[:size])  # the last of them may be steeper than the first
        turn, left = left[:size], left[size:]
        answers.outcomes[turn], answers.evidence[turn], answers.accuracy[turn] = batch.solved(turn)
    for place in np.flatnonzero(answers.accuracy > batch.wanted).tolist():
        found = exact.solve(replace(model, latent=latents[place]), majority)
        answers.outcomes[place] = list(found.outcomes.as_dict().values())
        answers.evidence[place], answers.accuracy[place] = found.joint.total, found.accuracy
    return answers


def nodes_of(model: VoteModel, majority: Majority) -> int:
    """How many nodes a model takes here at first, over all cases of company; a bound where it is solved by itself."""
    batch = _Batch.of(model, [model.latent], majority)
    if batch.forest.dimensions > _MOST_DIMENSIONS or float(batch.steepest()[0]) > SHARP_BEYOND:
        return _MOST_NODES
    return len(batch.cases) * batch.count(np.zeros(1, dtype=np.int64), Fineness(_FIRST))


@dataclass(frozen=True, slots=True)
class _Batch:
    """Models of one structure, made ready to count.

    `shapes` holds for every group the growth along each axis, shape (models or 1, factors), and the axes.
    """

    model: VoteModel
    majority: Majority
    forest: Forest
    rows: Rows
    shapes: dict[tuple[int, ...], tuple[Floats, Floats]]
    cases: list[dict[int, bool]]

    @classmethod
    def of(cls, model: VoteModel, latents: Sequence[LatentVotes], majority: Majority) -> _Batch:
        loadings = many_loadings(latents)
        trees = tree(np.sqrt((loadings**2).mean(axis=2)), range(len(model.members)))
        mean, no_below, yes_from, band, absent = (
            np.stack(each, axis=1)
            for each in zip(
                *((one.mean, one.no_below, one.yes_from, one.band, one.absent) for one in latents), strict=True
            )
        )
        rows = Rows(no_below - mean, yes_from - mean, band, absent, loadings)
        shapes = {group.factors: _shapes(trees, group, loadings, len(latents)) for group in groups_of(trees)}
        return cls(model, majority, trees, rows, shapes, cases(sorted({pair.leader for pair in model.company})))

    @property
    def wanted(self) -> float:
        """Largest error estimate accepted."""
        return exact.wanted(self.forest)

    def steepest(self) -> Floats:
        """The largest growth of each model along any axis."""
        steepest = np.ones(self.rows.low.shape[1])
        for growths, _ in self.shapes.values():
            steepest = np.maximum(steepest, growths.max(axis=1))
        return steepest

    def count(self, some: Ints, fineness: Fineness) -> int:
        """Nodes of one model, those of inner groups for each node of the outer; of the steepest of some models."""
        nodes = self._nodes(some, fineness)

        def of(group: Group) -> int:
            return len(nodes[group.factors][1]) * max([1, *map(of, group.children)])

        return max([1, *map(of, self.forest.roots)])

    def room(self, some: Ints) -> int:
        """How many models like the steepest of some are worked on at a time."""
        return max(1, _BLOCK // self.count(some, Fineness(_FIRST)))

    def solved(self, some: Ints) -> tuple[Floats, Floats, Floats]:
        """Outcomes, evidence and accuracy of some models; an accuracy of infinity where it was not reached."""
        fineness = Fineness(_FIRST)
        if self.count(some, fineness.finer) > _MOST_NODES:
            return np.zeros((len(some), 3)), np.zeros(len(some)), np.full(len(some), np.inf)
        before = self._sums(some, fineness)
        rarest = -np.log(max(before.sum(axis=0).min(), np.exp(-_RAREST)))
        if rarest > 1:
            fineness = replace(fineness, rarity=float(rarest))
            before = self._sums(some, fineness)
        while True:
            fineness = fineness.finer
            after = self._sums(some, fineness)
            evidence = after.sum(axis=0)
            enough = evidence > np.exp(-_RAREST)
            accuracy = np.where(enough, _difference(before, after), np.inf)
            if accuracy[enough].max(initial=0.0) <= self.wanted or fineness.digits > _FINEST:
                return (after / np.where(enough, evidence, 1.0)).T, evidence, accuracy
            before = after

    def _sums(self, some: Ints, fineness: Fineness) -> Floats:
        """Probability of each outcome together with what was learnt, shape (3, models)."""
        rows, nodes = self.rows.some(some), self._nodes(some, fineness)
        cap = self.majority.vetoes_needed or 0
        tables = [Tallying(self.model, self.forest, rows, nodes, cap, case).table() for case in self.cases]
        table: Floats = np.sum(tables, axis=0)
        endings, _ = endings_grid(self.majority, len(table) - 1, table.shape[1] - 1)
        return np.stack([np.broadcast_to(table[endings == place].sum(axis=0), len(some)) for place in range(3)])

    def _nodes(self, some: Ints, fineness: Fineness) -> NodesOf:
        nodes = {}
        for factors, (growths, axes) in self.shapes.items():
            steepest = growths[some].max(axis=0) if len(growths) > 1 else growths[0]
            points, weights = ball(fineness, tuple(steepest.tolist()))
            nodes[factors] = axes @ points, weights
        return nodes


def _shapes(trees: Forest, group: Group, loadings: Floats, models: int) -> tuple[Floats, Floats]:
    """Growths of every model along each axis, and the axes.

    Where loadings differ by model so do the axes: then every axis has the steepest's growth, and any will do.
    """
    if loadings.shape[2] == 1:
        shape = Shape.of(trees, group)
        return np.tile(shape.growths, (models, 1)), shape.axes
    steepest = [max(Shape.of(replace(trees, loadings=one), group).growths) for one in np.moveaxis(loadings, 2, 0)]
    return np.repeat(np.array(steepest)[:, None], len(group.factors), axis=1), np.eye(len(group.factors))


def _difference(before: Floats, after: Floats) -> Floats:
    """How far apart two levels are, by model: the outcomes' total variation, or the relative change of the evidence."""
    with np.errstate(divide="ignore", invalid="ignore"):  # evidence of 0, which is told apart by its size
        one, other = before.sum(axis=0), after.sum(axis=0)
        apart = np.abs(before / one - after / other).sum(axis=0) / 2
        difference: Floats = np.maximum(np.maximum(apart, np.abs(one - other) / other), exact.ROUNDING)
    return difference
