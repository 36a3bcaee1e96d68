"""How likely what was learnt was, by those who have heard what members said.

With places in issue space an engine takes what was said and what was learnt as one piece of evidence. The probability
of what was learnt is what it adds to what was said: the ratio of the two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from simulator.engines.possible import Possible
from simulator.model.latent import Floats
from simulator.model.stance_likelihood import learnt
from simulator.scenario import Scenario, council_of


def learnt_after_said(
    scenario: Scenario, possibles: Sequence[Possible], evidence: float, solve: Callable[[Sequence[Possible]], float]
) -> float:
    """The probability of what was learnt, before it was and after what was said; 1 where nothing was learnt.

    Parameters
    ----------
    scenario : Scenario
    possibles : sequence of Possible
        As the engine answered for them.
    evidence : float
        What it found for all that was said and learnt, by the rows of ``VoteModel.likelihood``.
    solve : callable
        Finds the same for possibilities of which less is known; called only where something was said.
    """
    if not scenario.given:
        return 1.0
    council = council_of(scenario)
    said = learnt(scenario.model_copy(update={"given": {}}), council)
    if (said == 1).all():
        return min(1.0, evidence)
    before = [replace(one, model=replace(one.model, likelihood=said)) for one in possibles]
    return added_by(possibles[0].model.likelihood, evidence, said, solve(before))


def added_by(likelihood: Floats, evidence: float, said: Floats, before: float) -> float:
    """The probability of what was learnt after what was said, from those of both and of what was said alone.

    Parameters
    ----------
    likelihood, said : array, shape (n, 4)
        Of both, and of what was said alone, each row divided by its largest number.
    evidence, before : float
        Their probabilities as the rows are scaled.
    """
    # What was learnt may have taken out the larger number that a row was divided by.
    largest = [row[kept > 0].max() for row, kept in zip(said, likelihood, strict=True)]
    return min(1.0, float(np.prod(largest)) * evidence / before)
