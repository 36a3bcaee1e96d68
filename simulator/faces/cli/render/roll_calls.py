"""Votes on record: a row each with counts below, and what two members did side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from simulator.faces.cli.render.console import COLOURS, DOTS, text
from simulator.faces.cli.render.fitting import Fitting
from simulator.facts import COMPLETE_FROM, Choice, Outcome, RollCall
from simulator.facts.record_query import Crossing, Listed

BEFORE = f"Before {COMPLETE_FROM.year} mostly adopted texts are on record: rates counted there say nothing."
"""What a reader of counts from before that year must know."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Room in a row: characters of the agenda item and of the members that did not vote yes."""

    agenda: int
    members: int
    word: bool = True


_LAYOUTS = tuple(
    _Layout(agenda, members, word)
    for agenda, members, word in (
        *((24, 38, True), (24, 30, True), (24, 23, True), (24, 16, True), (20, 16, True), (16, 16, True)),
        *((16, 16, False), (16, 11, False), (12, 11, False), (12, 7, False)),
    )
)
"""Richest first: a narrow page loses members that did not vote yes, then letters of agenda items, then the word."""


def roll_calls_table(listed: Listed) -> Iterator[RenderableType]:
    """A row a vote, newest last, and the counts of all that fit."""
    if listed.shown:
        yield Fitting([*(_table(listed.shown, layout) for layout in _LAYOUTS), _stacked(listed.shown)])
        yield ""
    yield from (text(line) for line in _counts(listed))
    yield from (text(line, "dim") for line in _asides(listed))


def _table(votes: Iterable[RollCall], layout: _Layout) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", pad_edge=False)
    for head in ("date", "id", "outcome" if layout.word else "", "tally", "agenda", "not yes"):
        table.add_column(head, no_wrap=True)
    for vote in votes:
        table.add_row(
            vote.date.isoformat(),
            text(vote.id, "bold"),
            outcome_word(vote.outcome, word=layout.word),
            tally(vote),
            _cut(vote.agenda, layout.agenda),
            text(_not_yes(vote, layout.members)),
        )
    return table


def _stacked(votes: Iterable[RollCall]) -> RenderableType:
    """For a narrow page: what it was about, and who did not vote yes, below."""
    parts: list[RenderableType] = []
    for vote in votes:
        line = text(f"{vote.date} ").append_text(text(vote.id, "bold"))
        parts.append(line)
        below = text("  ").append_text(outcome_word(vote.outcome)).append(f" {tally(vote)} {vote.agenda}")
        parts.append(below)
        if vote.count(Choice.YES) < len(vote.choices):
            parts.append(text(f"  {_not_yes(vote, 36)}"))
    return Group(*parts)


def outcome_word(outcome: Outcome, *, word: bool = True) -> Text:
    """The mark of an outcome and, where there is room, its word."""
    return text(f"{DOTS[outcome.value]} {outcome.value}" if word else DOTS[outcome.value], COLOURS[outcome.value])


def tally(vote: RollCall) -> str:
    """Yes, no, abstaining; and absent where anybody was: ``13-2-0``, ``9-0-1-1``."""
    counts = [vote.count(choice) for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.ABSENT)]
    return "-".join(str(count) for count in (counts if counts[3] else counts[:3]))


def _cut(word: str, width: int) -> str:
    return word if len(word) <= width else f"{word[: width - 1]}."


def _not_yes(vote: RollCall, width: int) -> str:
    """Codes of those against, then in brackets of those that abstained or took no part, as far as there is room."""
    noes, others = vote.members(Choice.NO), (*vote.members(Choice.ABSTAIN), *vote.members(Choice.ABSENT))
    shown = len(noes) + len(others)
    while True:
        words = " ".join(noes[:shown])
        rest = others[: max(0, shown - len(noes))]
        words = " ".join(filter(None, (words, f"({' '.join(rest)})" if rest else "")))
        more = len(noes) + len(others) - shown
        words = f"{words} +{more}".strip() if more else words
        if len(words) <= width or not shown:
            return words
        shown -= 1


def _counts(listed: Listed) -> Iterator[str]:
    """How many fit, how many of each outcome, and what the members asked for did in them."""
    counts = listed.counts
    outcomes = ", ".join(f"{counts[outcome.value]:,} {outcome.value}" for outcome in Outcome)
    if not counts["votes"]:
        yield f"None of {listed.of:,} votes on record fits."
        return
    fit = "votes on record" if counts["votes"] == listed.of else f"of {listed.of:,} votes on record"
    yield f"{counts['votes']:,} {fit}: {outcomes}."
    for member in listed.members:
        made = ", ".join(f"{count:,} {word}" for word, count in listed.choices(member).items() if count)
        yield f"{member} in these: {made}."


def _asides(listed: Listed) -> Iterator[str]:
    """What a reader should know of the rows and the counts."""
    if len(listed.shown) < len(listed.votes):
        yield f"Shown are the latest {len(listed.shown):,}; --all shows all, --limit NUMBER as many."
    if any(vote.count(Choice.YES) < len(vote.choices) for vote in listed.shown):
        yield "Tally: yes-no-abstain(-absent). Not yes: who voted no, in brackets who abstained or took no part."
    if listed.further:
        one = len(listed.further) == 1
        yield (
            f"{len(listed.further)} more vetoed {'text fits' if one else 'texts fit'}, of which only the vetoing "
            "members are known: --json lists them, `unsc record show` draws one."
        )
    if any(vote.date < COMPLETE_FROM for vote in listed.votes):
        yield BEFORE


def crossing(crossing_: Crossing) -> Iterator[RenderableType]:
    """What `one` does down, what `other` does across: on how many votes, and how many of these were adopted."""
    one, other, count = crossing_.one, crossing_.other, crossing_.count()
    if not count:
        yield f"No vote fits on which both {one} and {other} were members."
        return
    yield text(f"{one} and {other} on {count:,} {'vote' if count == 1 else 'votes'}", "bold")
    long, short = {choice: f" {choice.value}" for choice in Choice}, {choice: f"\n{choice.value}" for choice in Choice}
    short[Choice.ABSTAIN] = "\nabst."
    yield Fitting([_crossed(crossing_, long, "together", 2), _crossed(crossing_, short, "all", 1)])
    yield text("\nAs members both; of the votes in each cell, the line below says how many were adopted.", "dim")


def _crossed(crossing_: Crossing, words: Mapping[Choice, str], together: str, gap: int) -> Table:
    table = Table(box=None, padding=(0, gap, 0, 0), header_style="")
    down = [choice for choice in Choice if crossing_.count(one=choice)]
    across = [choice for choice in Choice if crossing_.count(other=choice)]
    table.add_column("", no_wrap=True)
    for choice in across:
        table.add_column(f"{crossing_.other}{words[choice]}", justify="right", no_wrap=True)
    table.add_column(together, justify="right", no_wrap=True)
    for row in (*down, None):
        head = f"{crossing_.one}{words[row]}".replace("\n", " ") if row else together
        for outcome, said, style in ((None, head, ""), (Outcome.ADOPTED, "  adopted", "dim")):
            cells = (f"{crossing_.count(row, column, outcome):,}" for column in (*across, None))
            table.add_row(text(said, style), *(text(cell, style) for cell in cells))
    return table
