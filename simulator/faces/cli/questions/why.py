"""``unsc why``: read what was typed, ask, show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.analysis import Why
from simulator.analysis.why import why_of
from simulator.faces.cli.printed import print_csv, print_json
from simulator.faces.cli.questions.shared import How
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.why import page

COLUMNS = ("member", "permanent", "choice", "odds", "adopted_if_learnt", "adopted_if_made", "tells")


def why(name: str, how: How) -> None:
    """Shows why a draft fails or passes, as a page, JSON, or CSV with a row a member and choice."""
    votes = how.votes()
    scenario = how.scenario(name, votes)
    found = why_of(scenario, how.options(votes))
    if how.json:
        print_json(found.as_dict())
    elif how.csv:
        print_csv(COLUMNS, _rows(found))
    else:
        show(page(scenario, found))


def _rows(found: Why) -> Iterator[dict[str, Any]]:
    for seat, (member, told) in enumerate(found.as_dict()["members"].items()):
        for word, odds in told["choices"].items():
            learnt, made = told["learnt"][word], told["made"][word]
            yield {
                "member": member,
                "permanent": "true" if found.meaning.permanent[seat] else "false",
                "choice": word,
                "odds": odds,
                "adopted_if_learnt": learnt["adopted"] if learnt else None,
                "adopted_if_made": made["adopted"] if made else None,
                "tells": told["tells"],
            }
