"""Makes the baseline of trees: what a common machine-learning method makes of the same covariates, year by year."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from simulator.errors import MissingExtra
from simulator.estimation.forecasts import OUTCOMES, chosen
from simulator.facts import COMPLETE_FROM, RollCall
from simulator.model.history.covariates import Tabled, covariates
from simulator.model.history.past import Past
from simulator.model.latent import Floats

SEED = 1946
_SETTINGS = {
    "max_iter": 150,
    "learning_rate": 0.04,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 10,
    "l2_regularization": 5,
}
"""Of the boosting, set beforehand: small trees, learnt slowly, as suits some two thousand rows."""

_UNSEEN = 1e-3
"""Chance of an outcome that no vote of the years before had."""


def grown(
    record: Sequence[RollCall], first: int, last: int, progress: Callable[[int, int], None] | None = None
) -> Iterator[tuple[str, Floats]]:
    """Forecasts of every scored vote of some years, each by trees grown on all votes of earlier years.

    Parameters
    ----------
    record : sequence of RollCall
    first, last : int
        Years, both inclusive.
    progress : callable or None
        Called with years done and years wanted.

    Yields
    ------
    str, array
        The vote's id, and its probabilities of adopted, vetoed, failed: shape (3,).

    Raises
    ------
    MissingExtra
        Without the extra ``fit``.
    """
    try:
        from sklearn.ensemble import HistGradientBoostingClassifier
    except ImportError as error:
        raise MissingExtra("fit", "growing the trees") from error
    past = Past.of(record)
    votes = chosen(record, COMPLETE_FROM, datetime.date(last, 12, 31))
    texts = [Tabled(v.date, v.agenda, v.region, v.sponsors, v.text, v.council.ids) for v in votes]
    known = np.stack([covariates(past, text).draft for text in texts])
    ended = np.array([OUTCOMES.index(vote.outcome) for vote in votes])
    years = np.array([vote.date.year for vote in votes])
    for year in range(first, last + 1):
        earlier, now = years < year, np.flatnonzero(years == year)
        if len(now):
            trees = HistGradientBoostingClassifier(random_state=SEED, **_SETTINGS)
            trees.fit(known[earlier], ended[earlier])
            odds = np.full((len(now), len(OUTCOMES)), _UNSEEN)
            odds[:, trees.classes_] = trees.predict_proba(known[now])
            odds /= odds.sum(axis=1, keepdims=True)
            yield from ((votes[row].id, one) for row, one in zip(now, odds, strict=True))
        if progress is not None:
            progress(year - first + 1, last - first + 1)


def write(path: Path, rows: Iterator[tuple[str, Floats]]) -> int:
    """Write forecasts of the trees as the table that ships; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["id", *(outcome.value for outcome in OUTCOMES)])
        for name, odds in rows:
            table.writerow([name, *(f"{share:.5f}" for share in odds)])
            count += 1
    return count
