"""The outside view: what became of the closest past votes.

A scenario's odds come from what is assumed of this draft: the inside view. The outside view looks at none of that and
asks how often drafts like it were adopted [KahnemanLovallo1993]_. Which drafts are like it is a choice, and a share
means little without it; so the reference class is chosen by the same steps for every draft, and told in words.

**What never gives way.** Votes strictly before the draft's day; since 1994, because earlier texts on record are mostly
the adopted ones; on the same kind of matter and of text (amendments nearly all fail); and on which each permanent
member in ``[given]`` or ``[do]`` made one of the choices left to it. How those members vote tells more than all the
rest: a class on which they vote otherwise would answer another question, whatever its size. Stances are
assumptions, elected members come and go, and neither counts.

**What gives way**, one thing at a time, until the class holds :data:`ENOUGH`:

1. the same agenda item and class of sponsors, in the ten years before;
2. … since 1994: age tells least;
3. … whoever the sponsors are: whose text it is tells much over the whole record, and little more once the agenda item
   is known;
4. … on any agenda item of the same region;
5. … on any agenda item.

Each class holds the one before. A scenario that lacks agenda or sponsors skips what needs them. If even the widest
holds fewer, it is the answer, with its size. Where sponsors count, years in which those of many texts are not known are
left out: whether they are known may depend on what became of the text.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from simulator.analysis.outside_view.reference_class import Criterion, Likeness, day_words, five
from simulator.errors import shown
from simulator.facts import COMPLETE_FROM, Matter, Outcome, RollCall, agenda_hint, checked_record, roll_calls
from simulator.scenario import Scenario, load, rechecked

ENOUGH = 20
"""Votes at which a class is no longer widened."""

LEVEL = 0.95
"""Confidence of the interval of a share."""

_Z = 1.959963984540054  # the normal quantile of (1 + LEVEL) / 2

_SILENT = 60
"""Days before the draft without a vote on record that a reader is told of."""


@dataclass(frozen=True, slots=True)
class Widening:
    """One step: what was asked of past votes, and how many there are.

    Attributes
    ----------
    by : tuple of Criterion
        What they share with the draft, beside what they always must.
    criteria : tuple of str
        The same in words, with what they always must.
    size, adopted : int
        How many votes that is, and how many of them were adopted.
    """

    by: tuple[Criterion, ...]
    criteria: tuple[str, ...]
    size: int
    adopted: int

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {"criteria": list(self.criteria), "size": self.size, "adopted": self.adopted}


@dataclass(frozen=True, slots=True)
class OutsideView:
    """What became of the closest past votes.

    Attributes
    ----------
    steps : tuple of Widening
        The classes tried, narrowest first; the last is the one shown. Empty where there is none.
    votes : tuple of RollCall
        The votes of the last, by date.
    notes : tuple of str
        What a reader should know, in sentences.
    why_none : str
        Why there is no class at all; else empty.
    """

    steps: tuple[Widening, ...] = ()
    votes: tuple[RollCall, ...] = ()
    notes: tuple[str, ...] = ()
    why_none: str = ""

    @property
    def criteria(self) -> tuple[str, ...]:
        """What the votes share, in words."""
        return self.steps[-1].criteria if self.steps else ()

    @property
    def size(self) -> int:
        """How many votes the class holds."""
        return len(self.votes)

    @property
    def enough(self) -> bool:
        """Whether it holds at least :data:`ENOUGH`."""
        return self.size >= ENOUGH

    def count(self, outcome: Outcome) -> int:
        """How many of them came to an outcome."""
        return sum(vote.outcome is outcome for vote in self.votes)

    @property
    def share(self) -> float | None:
        """Share adopted, from 0 to 1; None of an empty class."""
        return self.count(Outcome.ADOPTED) / self.size if self.votes else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the share, by :func:`wilson`; None of an empty class."""
        return wilson(self.count(Outcome.ADOPTED), self.size) if self.votes else None

    @property
    def sentence(self) -> str:
        """It in one sentence: "Of 41 …, 19 were adopted (46 %, 32–61), 20 vetoed and 2 failed."."""
        if not self.steps:
            return f"None: {self.why_none}."
        thing, period, *others = self.criteria
        one = thing.removesuffix("s")
        if self.share is None or self.interval is None:
            return f"No {_phrase(one, period, others)} is on record before that day."
        what = _phrase(f"{self.size:,} {one if self.size == 1 else thing}", period, others)
        adopted, vetoed, failed = (self.count(outcome) for outcome in Outcome)
        low, high = (f"{100 * end:.0f}" for end in self.interval)
        return (
            f"Of {what}, {adopted:,} {'was' if adopted == 1 else 'were'} adopted "
            f"({_per_cent(self.share)} %, {low}–{high}), {vetoed:,} vetoed and {failed:,} failed."
        )

    def as_dict(self) -> dict[str, Any] | None:
        """It in the documented JSON form; None where there is no class."""
        if not self.steps:
            return None
        return {
            "criteria": list(self.criteria),
            "size": self.size,
            **{outcome.value: self.count(outcome) for outcome in Outcome},
            "share": self.share,
            "interval": list(self.interval) if self.interval else None,
            "level": LEVEL,
            "steps": [step.as_dict() for step in self.steps],
            "votes": [vote.id for vote in self.votes],
            "notes": list(self.notes),
        }

    def __repr__(self) -> str:
        return f"<OutsideView: {self.sentence}>"


def outside_view(
    scenario: Scenario | str | os.PathLike[str], *, votes: Sequence[RollCall] | None = None
) -> OutsideView:
    """What became of the closest past votes, by the steps at the head of this module.

    Parameters
    ----------
    scenario : Scenario, or a path or shipped name
        Read are the draft's date, matter, text, agenda and sponsors, and what is learnt and made of permanent members.
    votes : sequence of RollCall, optional
        The record, in any order; the shipped one where left out. Votes on the draft's day and after it are not read.

    Returns
    -------
    OutsideView
        Without a class for drafts of 1993 and before, and for elections of judges, of which none is on record.

    Examples
    --------
    >>> found = outside_view("dprk-2022-05")
    >>> found.size, round(found.share, 2), found.criteria[-1]
    (23, 1.0, 'on dprk')
    """
    loaded = rechecked(scenario if isinstance(scenario, Scenario) else load(scenario))
    why_none = _why_none(loaded)
    if why_none:
        return OutsideView(why_none=why_none)
    record = roll_calls() if votes is None else checked_record(votes, empty=True)
    past = [vote for vote in record if vote.date < loaded.draft.date]
    asked = Likeness.of(loaded, past, record)
    steps: list[Widening] = []
    found: list[RollCall] = []
    always = [vote for vote in past if asked.always(vote)]
    for by in asked.widening():
        found = [vote for vote in always if all(asked.shares(vote, criterion) for criterion in by)]
        adopted = sum(vote.outcome is Outcome.ADOPTED for vote in found)
        steps.append(Widening(by, tuple(asked.words(by)), len(found), adopted))
        if len(found) >= ENOUGH:
            break
    found.sort(key=lambda vote: (vote.date, vote.id))
    return OutsideView(tuple(steps), tuple(found), tuple(_notes(loaded, asked, past)))


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share by its score [Wilson1927]_, good for small numbers too [BrownEtAl2001]_.

    Parameters
    ----------
    hits, of : int
        How many out of how many; `of` is at least 1.

    Returns
    -------
    tuple of float
        Lower and upper end, from 0 to 1.

    Examples
    --------
    >>> [round(100 * end) for end in wilson(19, 41)]
    [32, 61]
    """
    share, square = hits / of, _Z * _Z
    middle = share + square / (2 * of)
    half = _Z * sqrt((share * (1 - share) + square / (4 * of)) / of)
    return max(0.0, (middle - half) / (1 + square / of)), min(1.0, (middle + half) / (1 + square / of))


def _why_none(scenario: Scenario) -> str:
    if scenario.draft.matter is Matter.JUDGES:
        return "no election of judges is on record"
    if scenario.draft.date <= COMPLETE_FROM:
        year = COMPLETE_FROM.year
        return f"before {year} few drafts that were not adopted are on record, so a share adopted would mislead"
    return ""


def _notes(scenario: Scenario, asked: Likeness, past: Sequence[RollCall]) -> Iterator[str]:
    agenda = scenario.draft.agenda
    if agenda and agenda not in asked.slugs:
        hint = agenda_hint(agenda, asked.slugs)
        yield f"{shown(agenda)} is not an agenda item of the record, so it is left out – {hint}."
    if any(five()[place].id in scenario.do for place in asked.votes):
        yield "A vote that is made counts here as if it were learnt: votes on record were all the members' own."
    if scenario.council.rule not in ("charter", scenario.draft.matter.value) or scenario.council.seats:
        yield "Past votes were decided by the Council and the rule of their day."
    last = max((vote.date for vote in past), default=None)
    if last and (scenario.draft.date - last).days > _SILENT:
        yield f"The last vote on record before that day is of {day_words(last)}."


def _phrase(what: str, period: str, others: Sequence[str]) -> str:
    """The criteria as they are said: 41 drafts since 1994 on dprk, sponsored by …."""
    return ", ".join([" ".join([what, period, *others[:1]]), *others[1:]])


def _per_cent(share: float) -> str:
    """A share in 100, with a digit more where it would seem to be none or all."""
    whole = f"{100 * share:.0f}"
    return f"{100 * share:.1f}" if whole in ("0", "100") and 0 < share < 1 else whole
