"""``unsc sensitivity``: read what was typed, ask, show."""

from __future__ import annotations

from dataclasses import replace

from simulator.analysis.sensitivity.sensitivities import sensitivity_of
from simulator.faces.cli.printed import print_csv, print_json
from simulator.faces.cli.progress import Bar
from simulator.faces.cli.questions.shared import How
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.sensitivity import page

COLUMNS = (
    *("kind", "name", "value", "low", "high", "odds_low", "odds_high", "odds_error", "swing"),
    *("slope", "error", "how", "uncertain"),
)


def sensitivity(name: str, how: How) -> None:
    """Shows what the odds hang on, as a page, JSON, or CSV with a row an assumption."""
    votes = how.votes()
    scenario = how.scenario(name, votes)
    with Bar("moving numbers", "") as bar:
        found = sensitivity_of(scenario, replace(how.options(votes), progress=bar.update))
    if how.json:
        print_json(found.as_dict())
    elif how.csv:
        rows = [one.as_dict() for one in found.assumptions]
        print_csv(COLUMNS, [row | {"uncertain": "true" if row["uncertain"] else "false"} for row in rows])
    else:
        show(page(scenario, found))
