"""``unsc run --csv``: a row a scenario."""

from __future__ import annotations

from typing import Any

from simulator.engines import Odds
from simulator.faces.cli.printed import print_csv
from simulator.faces.cli.render.score import brier
from simulator.scenario import Scenario

COLUMNS = (
    *("source", "title", "date", "rule", "engine", "method", "seed", "draws"),
    *("adopted", "vetoed", "failed", "hidden_veto", "error_adopted", "error_vetoed", "error_failed"),
    *("evidence_probability", "actual", "brier", "interrupted"),
    *("interval_low", "interval_high"),
)
"""Columns of ``--csv``."""


def write_rows(found: list[tuple[Scenario, Odds]]) -> None:
    """Prints a header, and what was found of each scenario; `interrupted` marks odds from some of the draws only."""
    print_csv(COLUMNS, [_row(scenario, odds) for scenario, odds in found])


def _row(scenario: Scenario, odds: Odds) -> dict[str, Any]:
    actual = scenario.actual.outcome.value if scenario.actual else None
    return {
        "source": scenario.source,
        "title": scenario.title,
        "date": scenario.draft.date,
        "rule": odds.rule,
        "engine": odds.engine,
        "method": odds.method,
        "seed": odds.seed,
        "draws": odds.draws,
        **odds.outcomes.as_dict(),
        "hidden_veto": odds.hidden_veto,
        **{f"error_{word}": number for word, number in (odds.error.as_dict() if odds.error else {}).items()},
        "evidence_probability": odds.evidence_probability,
        "actual": actual,
        "brier": None if actual is None else brier(odds, actual == "adopted"),
        "interrupted": "true" if odds.interrupted else "false",  # as in JSON
        **_interval(odds),
    }


def _interval(odds: Odds) -> dict[str, float]:
    """The ends of the interval of adoption, where numbers are uncertain."""
    if odds.spread is None:
        return {}
    low, high = odds.spread.interval()
    return {"interval_low": low, "interval_high": high}
