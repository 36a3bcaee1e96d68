"""From a scenario to the ways things may stand: draws of its uncertain numbers, and courses of the votes before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from simulator.engines.parts import Outcomes
from simulator.engines.possible import Possible
from simulator.engines.sequence import Known, Step, Story
from simulator.model.history.past import Past
from simulator.scenario import Scenario
from simulator.scenario.uncertain import realisations

PARAMETER_DRAWS = 400
"""Draws of uncertain numbers where no other number is asked for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How things may stand when the draft is voted on.

    Attributes
    ----------
    possibles : tuple of Possible
        The ways, with their weights: one where every number is certain and no vote comes before.
    steps : tuple of Step
        The votes before, in order, with their odds.
    """

    possibles: tuple[Possible, ...]
    steps: tuple[Step, ...]

    @classmethod
    def of(cls, scenario: Scenario, draws: int, seed: int, past: Past | None = None) -> Standing:
        """How a scenario may stand.

        Parameters
        ----------
        draws : int
            Of the uncertain numbers, where there are any.
        seed : int
            Of those draws, and of earlier votes that only Monte Carlo can answer.
        past : Past, optional
            The record that the history model rests on; default: the one that comes with the program.

        Raises
        ------
        ScenarioError
            If more than half of the draws of an uncertain number would lie outside its bounds.
        """
        certain = realisations(scenario, draws, seed) if scenario.uncertain else (scenario,)
        known: Known = {}
        stories = [Story.of(one, seed, known, past) for one in certain]
        possibles = tuple(chain.from_iterable(_drawn(story, draw, len(stories)) for draw, story in enumerate(stories)))
        every = zip(*(story.steps for story in stories), strict=True)
        return cls(possibles, tuple(_mean(same) for same in every))


def _drawn(story: Story, draw: int, stories: int) -> Iterator[Possible]:
    """A story's ways under one draw of the scenario's uncertain numbers, of so many.

    Where fitted parameters have draws of their own, each of the scenario's goes with one of those, in turn.
    """
    paths = story.paths()
    fitted = 1 + max(path.draw for path in paths)
    if stories == 1:
        yield from paths
        return
    share = [path for path in paths if path.draw == draw % fitted]
    for path in share:
        yield replace(path, weight=path.weight * fitted / stories, draw=draw)


def _mean(same: Sequence[Step]) -> Step:
    """One earlier vote over all draws of the numbers."""
    errors = [step.error for step in same if step.error is not None]
    if len(same) == 1:
        return same[0]
    return replace(
        same[0],
        outcomes=_average([step.outcomes for step in same], len(same)),
        # Draws of the numbers share the draws of Monte Carlo: their errors may all point the same way.
        error=_average(errors, len(same)) if errors else None,
    )


def _average(rows: Sequence[Outcomes], count: int) -> Outcomes:
    return Outcomes(
        sum(row.adopted for row in rows) / count,
        sum(row.vetoed for row in rows) / count,
        sum(row.failed for row in rows) / count,
    )
