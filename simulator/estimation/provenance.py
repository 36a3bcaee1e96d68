"""What estimates were made from: a hash of all that the fit read of the record, and one of the code that read it."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from simulator.facts import RollCall
from simulator.facts.ideal_points import ideal_points
from simulator.model.history.past import SINCE

READ_BY = (
    *(f"estimation/{name}.py" for name in ("chain", "fit", "likelihood", "sample")),
    *(f"model/history/{name}.py" for name in ("covariates", "kinds", "nodes", "parameters", "past")),
)
"""The modules that a fit's numbers depend on."""

_LENGTH = 16


def data_hash(votes: Sequence[RollCall], until: datetime.date, *, ideal: bool) -> str:
    """Of all that a fit reads: the votes, also those before the first that is fitted, and their members' ideal points.

    Parameters
    ----------
    votes : sequence of RollCall
    until : datetime.date
        Votes of this day and later are not read.
    ideal : bool
        Whether ideal points are.
    """
    read = [vote for vote in votes if vote.date.year >= SINCE and vote.date < until]
    told = hashlib.sha256()
    for vote in read:
        marks = "".join(choice.value[:2] for choice in vote.choices)
        row = (vote.id, vote.date, vote.text, vote.matter, vote.agenda, vote.region, vote.sponsors, vote.outcome, marks)
        told.update(f"{' '.join(map(str, row))}\n".encode())
    states = {code for vote in read for code in (*vote.council.ids, *vote.sponsors)} if ideal else set()
    latest = max((vote.date.year for vote in read), default=until.year)
    for code in sorted(states):
        points = [(point.year, point.value) for point in ideal_points(code) if point.year <= latest]
        told.update(f"{code} {points}\n".encode())
    return told.hexdigest()[:_LENGTH]


@cache
def code_hash() -> str:
    """Of the sources of :data:`READ_BY`, whatever their line ends: two fits with the same one were made alike."""
    told = hashlib.sha256()
    for name in READ_BY:
        text = files("simulator").joinpath(*name.split("/")).read_text(encoding="utf-8")
        told.update(text.encode())
    return told.hexdigest()[:_LENGTH]
