"""The order of the votes before the draft's: that of the file, except where ``after`` says otherwise.

Amendments come before the draft, the furthest removed from it in substance first (provisional rules of procedure, rule
36); parts may be voted apart (rule 32), rival drafts go in the order of submission (rule 32). Which amendment is the
furthest removed is for the President and the Council to say, so here it is the author's claim.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulator.errors import Problem, nearest, short, shown
from simulator.scenario.types import FURTHEST, Scenario, SequenceEntry

DRAFT = "draft"
"""The id that stands for the draft itself."""

MOST_STEPS = 8
"""Votes before the draft's: they have 2^8 ways to end."""


def before_the_draft(scenario: Scenario) -> tuple[SequenceEntry, ...]:
    """The votes before the draft's, in order: the first in the file of those whose predecessors have been."""
    waiting = [step for step in scenario.sequence if step.id != DRAFT]
    known = {step.id for step in waiting}
    ordered: list[SequenceEntry] = []
    while waiting:
        done = {step.id for step in ordered}
        ready = next((step for step in waiting if set(step.after) & known <= done), waiting[0])
        waiting.remove(ready)
        ordered.append(ready)
    return tuple(ordered)


def sequence_problems(scenario: Scenario) -> Iterator[Problem]:
    """What is wrong with the votes before the draft's, apart from who votes in them."""
    steps = scenario.sequence
    count = sum(step.id != DRAFT for step in steps)
    if count > MOST_STEPS:
        yield Problem("sequence", f"{count:,} votes before the draft's; {MOST_STEPS} at most")
        return
    ids = [step.id for step in steps]
    for place, step in enumerate(steps):
        key = f"sequence.{place}"
        if not step.id or not step.id.isprintable() or len(step.id) > _LONGEST:
            yield Problem(f"{key}.id", f"{shown(step.id)} is no name", f"write one of 1 to {_LONGEST} letters")
        elif step.id in ids[:place]:
            yield Problem(f"{key}.id", f"{shown(step.id)} is the id of sequence.{ids.index(step.id)} too")
        for other in step.after:
            if other not in ids:
                yield Problem(f"{key}.after", f"there is no vote {shown(other)} in [[sequence]]", nearest(other, ids))
            elif other == DRAFT and step.id != DRAFT:
                yield Problem(f"{key}.after", "the draft is voted on last", "what comes after it changes no odds of it")
        for name in ("if_adopted", "if_rejected"):
            shift = getattr(step, name)
            if isinstance(shift, (int, float)) and abs(shift) > FURTHEST:
                yield Problem(
                    f"{key}.{name}", f"{shift:g} is outside -{FURTHEST:g} to {FURTHEST:g} standard deviations"
                )
        if step.id == DRAFT:
            yield from _of_the_draft(key, step, last=place == len(steps) - 1)
    loop = _loop({step.id: step.after for step in reversed(steps)})
    if loop:
        yield Problem("sequence", f"these votes each come after the next: {' after '.join(map(short, loop))}")


_LONGEST = 40


def _of_the_draft(key: str, step: SequenceEntry, *, last: bool) -> Iterator[Problem]:
    """The entry that stands for the draft says nothing of its own."""
    if not last:
        yield Problem(f"{key}.id", "draft is the draft itself, which is voted on last", "let it be the last entry")
    own = {
        "members": "[members] is about the draft",
        "matter": "draft.matter is the draft's",
        "if_adopted": "no vote follows",
        "if_rejected": "no vote follows",
    }
    for name, why in own.items():
        if getattr(step, name):
            yield Problem(f"{key}.{name}", f"the draft has none here: {why}", "leave it out")


def _loop(after: dict[str, tuple[str, ...]]) -> list[str]:
    """The ids of one loop, the first of them again at the end; empty where there is none."""
    done: set[str] = set()

    def search(here: str, path: list[str]) -> list[str]:
        if here in path:
            return [*path[path.index(here) :], here]
        if here in done or here not in after:
            return []
        found = next((loop for other in after[here] if (loop := search(other, [*path, here]))), [])
        done.add(here)
        return found

    return next((loop for start in after if (loop := search(start, []))), [])
