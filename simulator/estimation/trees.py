"""Trees on the model's covariates: a baseline whose forecasts ship as numbers, since it needs the extra ``fit``."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache

import numpy as np

from simulator.errors import MissingExtra
from simulator.estimation.forecasts import OUTCOMES
from simulator.estimation.grow import grown
from simulator.facts import RollCall, roll_calls
from simulator.model.latent import Floats
from simulator.shipped import shipped

_SHOWN = 3


@cache
def shipped_trees() -> dict[str, tuple[float, ...]]:
    """Odds of adopted, vetoed and failed by the id of a vote; empty where none ship."""
    try:
        path = shipped("estimation", "data", "trees.csv")
    except FileNotFoundError:
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: _odds([float(row[outcome.value]) for outcome in OUTCOMES]) for row in csv.DictReader(file)}


def _odds(rounded: Sequence[float]) -> tuple[float, ...]:
    """Odds that add up to 1 whatever the table's rounding."""
    return tuple(share / sum(rounded) for share in rounded)


def tree_outcomes(record: Sequence[RollCall], votes: Sequence[RollCall]) -> tuple[Floats | None, str]:
    """The trees' odds of votes: those that ship, and of newer votes grown anew where the extra ``fit`` is there.

    Parameters
    ----------
    record : sequence of RollCall
        What the trees of newer votes are grown on.
    votes : sequence of RollCall

    Returns
    -------
    outcomes : array, shape (n, 3), or None
        None where any vote lacks them: a score of part of the votes would not be comparable.
    reason : str
        Why there are none; empty where there are.
    """
    known = shipped_trees()
    lacking = [vote.id for vote in votes if vote.id not in known]
    if not known:
        return None, "no forecasts of the trees ship with this version"
    if lacking:
        try:
            years = [vote.date.year for vote in votes if vote.id in set(lacking)]
            known = {name: tuple(odds) for name, odds in grown(record, min(years), max(years))} | known
        except MissingExtra as missing:
            return None, f"{_reason(lacking, len(votes))}; {missing}"
    if any(vote.id not in known for vote in votes):
        return None, _reason(lacking, len(votes))
    return np.array([known[vote.id] for vote in votes]), ""


def _reason(lacking: Sequence[str], of: int) -> str:
    """How many votes have no forecast of the trees, which, and whether they lack one because they were added."""
    listed = ", ".join(lacking[:_SHOWN]) + (" …" if len(lacking) > _SHOWN else "")
    added = "" if {vote.id for vote in roll_calls()} & set(lacking) else ", added to the shipped record,"
    have = "has" if len(lacking) == 1 else "have"
    return f"they ship as numbers, and {len(lacking):,} of the {of:,} votes{added} {have} none: {listed}"
