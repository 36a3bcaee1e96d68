"""What odds are not: said wherever they are shown. docs/explanation/model.md has the rest."""

from __future__ import annotations

from rich.padding import Padding

from simulator.faces.cli.render.console import text

LIMITS = (
    "Odds of a draft that comes to a vote, as good as the assumptions in its file; of public votes, not of intentions."
)

OF_THE_RECORD = (
    "Odds of a draft that comes to a vote, as far as earlier votes are a guide; of public votes, not of intentions."
)
"""Of a forecast without a file of assumptions."""


def limits(words: str = LIMITS) -> Padding:
    """The last line of a page or table."""
    return Padding(text(words, "dim"), (1, 0, 0, 0))
