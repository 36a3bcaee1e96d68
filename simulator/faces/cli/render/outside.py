"""The outside view, beside the odds: what became of the closest past votes, and how close they are."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from simulator.analysis.outside_view.reference_class import Criterion
from simulator.analysis.outside_view.view import ENOUGH, LEVEL, OutsideView, Widening
from simulator.faces.cli.render.console import plain, text

TITLE = f"The outside view: the closest past votes (share, {100 * LEVEL:.0f} % interval)"


def outside(view: OutsideView) -> RenderableType:
    """A sentence, the narrower classes that were too small, and what a reader should know."""
    return Group(*_lines(view))


def _lines(view: OutsideView) -> Iterator[Text]:
    yield text(view.sentence)
    if view.why_none:
        return
    narrower = [_step(step) for step in view.steps[:-1]]
    if narrower and view.votes:
        yield text(f"Closer, but fewer than {ENOUGH}: {'; '.join(narrower)}.", "dim")
    if view.votes and not view.enough:
        yield text(f"That is fewer than {ENOUGH}, and no class is wider.", "dim")
    for note in view.notes:
        yield text(plain(note), "italic")


def _step(step: Widening) -> str:
    """4 with its agenda and sponsors in the last ten years (3 adopted)."""
    shared = [criterion for criterion in step.by if criterion is not Criterion.RECENT]
    words = [f"{step.size:,}", *([f"with its {' and '.join(shared)}"] if shared else [])]
    words += ["in the last ten years"] if Criterion.RECENT in step.by else []
    return " ".join([*words, *([f"({step.adopted:,} adopted)"] if step.size else [])])
