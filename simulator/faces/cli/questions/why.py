"""``unsc why``."""

from __future__ import annotations

from simulator.engines import answer
from simulator.faces.cli.printed import print_json
from simulator.faces.cli.questions.shared import How


def why(name: str, how: How) -> None:
    """Shows it."""
    votes = how.votes()
    scenario = how.scenario(name, votes)
    print_json(answer(scenario, how.options(votes)).outcomes.as_dict())
