"""What has to be said beside derivatives and ranges: how they were found, and where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.analysis.sensitivity.answers import Answers
from simulator.analysis.sensitivity.assumptions import Assumption
from simulator.analysis.sensitivity.derivatives import How
from simulator.analysis.sensitivity.support import SHIFT
from simulator.engines.words import several

_NAMED = 4
"""Names in a note; all of them are in the column "how" of CSV and JSON."""


def remarks(answers: Answers, moves: Sequence[Assumption]) -> Iterator[str]:
    """The notes on a scenario's rows.

    Parameters
    ----------
    moves : sequence of Assumption
        Support, and numbers.
    """
    if answers.possibles[0].model.learnt:
        yield "support is what it was before anything was said or learnt"
    yield from _on_doubt(answers)
    if answers.earlier:
        yield (
            "a member's support is moved in the vote on the draft alone, and votes before it go as they may; what it "
            "said, and numbers, are moved in every vote that they bear on"
        )
    differenced = [one.name for one in moves if one.how == How.DIFFERENCE.value]
    if differenced:
        yield f"derivatives by differences of exact odds: {several(differenced, _NAMED)}"
    none = [one.name for one in moves if one.slope is None]
    if none:
        yield (
            f"no derivative (–) where the odds have a kink or bend too sharply, or drawn points cannot tell: "
            f"{several(none, _NAMED)}"
        )
    nearer = [one.name for one in moves if one.kind == "support" and (one.low, one.high) != (-SHIFT, SHIFT)]
    if nearer:
        yield f"moved less far, since what was learnt would be ruled out: {several(nearer, _NAMED)}"


def _on_doubt(answers: Answers) -> Iterator[str]:
    if not answers.scenario.uncertain:
        return
    yield (
        "odds at both ends, and derivatives in support, are means over the uncertain numbers; derivatives in numbers "
        "are taken with every uncertain one at its median"
    )
    if answers.possibles[0].model.learnt:
        yield (
            "ranges and Sobol indices of uncertain numbers are of their distributions in the file, before anything was "
            "said or learnt; the interval of unsc run is after"
        )
