"""One vote on record, drawn: the row of marks with the vote that decides, and all members by what they did."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from rich.columns import Columns
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from simulator.faces.cli.render.console import COLOURS, DOTS, plain, text
from simulator.facts import (
    E10,
    PRESIDENT,
    Choice,
    Matter,
    Outcome,
    Recording,
    Region,
    RollCall,
    Seat,
    Vetoed,
    council_on,
)
from simulator.rules import against, majority_of

_INDENT = (0, 0, 0, 2)
_ORDER = (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.ABSENT)
_MARKS = {Choice.YES: "●", Choice.NO: "✕", Choice.ABSTAIN: "○", Choice.ABSENT: "–"}
_STYLES = {Choice.YES: "green", Choice.NO: "red", Choice.ABSTAIN: "yellow", Choice.ABSENT: "dim"}
_WORDS = {Choice.YES: "yes", Choice.NO: "no", Choice.ABSTAIN: "abstaining", Choice.ABSENT: "absent"}

_WITH_ARTICLE = ("Soviet", "United")

_KNOWN = {
    Recording.RECORDED: "The record names who voted how.",
    Recording.WITHOUT_VOTE: "Adopted without a vote: all members count as in favour.",
    Recording.INFERRED: "Who voted how is deduced from the published tally, which leaves one reading.",
}


def roll_call_page(vote: RollCall) -> Iterator[RenderableType]:
    """Heading, the law of the day, a row of marks, members by choice, and how it is known."""
    majority = majority_of(vote)
    yield from _heading(vote.id, vote.date, vote.agenda, vote.region)
    yield text(_about(vote))
    yield text(majority.basis)
    yield ""
    yield Padding(text(_outcome(vote, majority.quota), f"bold {COLOURS[vote.outcome.value]}"), _INDENT)
    yield ""
    yield from (Padding(line, _INDENT) for line in _row_of_marks(vote, majority.quota))
    for choice in _ORDER:
        seats = [seat for seat in vote.council.seats if vote.choice(seat.id) is choice]
        if seats:
            head = text(f"{_MARKS[choice]} {_WORDS[choice]} {len(seats)}", f"bold {_STYLES[choice]}")
            yield from _group(head, seats)
    yield ""
    yield from (text(line, "dim") for line in _asides(vote))


def vetoed_page(veto: Vetoed, region: Region | None) -> Iterator[RenderableType]:
    """What is known of a vetoed text whose other votes are not."""
    council = council_on(veto.date)
    seats = [seat for seat in council.seats if seat.id in veto.vetoed_by]
    yield from _heading(veto.draft, veto.date, veto.agenda, region)
    yield ""
    yield Padding(text(f"{DOTS['vetoed']} Vetoed by {_listed(seats)}", f"bold {COLOURS['vetoed']}"), _INDENT)
    yield ""
    yield text(
        f"How the other {len(council) - len(seats)} members voted is not on record: the text had the votes it needed, "
        "or it would not count as vetoed.",
        "dim",
    )


def _heading(id_: str, date: datetime.date, agenda: str, region: Region | None) -> Iterator[Text]:
    where = f" ({region.value})" if region else ""
    yield text(plain(id_), "bold")
    yield text(f"{agenda}{where}, {date.day} {date:%B} {date.year}")


def _about(vote: RollCall) -> str:
    """What was voted on, and whose it was."""
    what = {"draft": "Draft resolution", "amendment": "Amendment", "paragraph": "Paragraph voted on separately"}
    symbol = f" {plain(vote.draft)}" if vote.draft not in ("", vote.id) else ""
    of = " to" if symbol and vote.text.value == "amendment" else " of" if symbol and vote.text.value != "draft" else ""
    return f"{what[vote.text.value]}{of}{symbol}; {_sponsors(vote)}"


def _sponsors(vote: RollCall) -> str:
    if not vote.sponsors:
        return "sponsors unknown, or none stated"
    words = {PRESIDENT: "the presidency", E10: "the ten elected members"}
    return f"sponsors {', '.join(words.get(code, code) for code in vote.sponsors)}"


def _outcome(vote: RollCall, quota: int) -> str:
    """The outcome with its tally; whose veto it was, or how many votes were lacking."""
    mark, word = DOTS[vote.outcome.value], vote.outcome.value.capitalize()
    counts = [f"{vote.count(choice)} {_WORDS[choice]}" for choice in _ORDER if vote.count(choice)]
    if vote.outcome is Outcome.VETOED:
        word = f"Vetoed by {_listed(seat for seat in vote.council.seats if seat.id in against(vote))}"
    if vote.outcome is Outcome.FAILED:
        counts[0] = f"{vote.count(Choice.YES)} yes of {quota} needed"
    return f"{mark} {word}: {', '.join(counts)}"


def _listed(seats: Iterable[Seat]) -> str:
    names = [f"the {seat.short}" if seat.short.startswith(_WITH_ARTICLE) else seat.short for seat in seats]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _row_of_marks(vote: RollCall, quota: int) -> Iterator[Text]:
    """A mark a member, yes first, under a pointer at the place where the last yes needed stands."""
    yield text(f"{' ' * (2 * quota - 2)}▼ {quota} yes needed", "dim")
    row = Text()
    for choice in _ORDER:
        for _ in range(vote.count(choice)):
            row.append_text(text(f"{_MARKS[choice]} ", _STYLES[choice]))
    yield row


def _group(head: Text, seats: list[Seat]) -> Iterator[RenderableType]:
    """Members that did the same, in columns, permanent ones first and marked."""
    yield ""
    yield Padding(head, _INDENT)
    names = [
        text(f"{'P' if seat.permanent else ' '} {seat.id} {seat.short}", "bold" if seat.permanent else "")
        for seat in seats
    ]
    yield Padding(Columns(names, padding=(0, 2), column_first=True), (0, 0, 0, 4))


def _asides(vote: RollCall) -> Iterator[str]:
    """What the picture does not say."""
    noes = against(vote)
    if vote.outcome is Outcome.FAILED and noes and vote.matter is Matter.SUBSTANTIVE:
        yield f"A hidden veto: {' '.join(noes)} against, but too few yes, so it counts as failed and not as vetoed."
    if vote.outcome is Outcome.ADOPTED and noes:
        yield f"Procedural, so that no by {' '.join(noes)} did not block it."
    day = "" if vote.date_exact else " The day is set from other evidence: no source gives it."
    yield f"P: permanent member. {_KNOWN[vote.recording]}{day} Source: {plain(vote.source) or 'not stated'}."
