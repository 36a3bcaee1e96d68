"""The page of one vote: odds, dots, why it fails, seats, tallies, the pair, and what happened."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from simulator.engines import Odds
from simulator.engines.words import at_least, cell, in_100, percent, spread, swarm
from simulator.faces.cli.render.console import COLOURS, bar, glyphs, plain
from simulator.faces.cli.render.failure import why_it_fails
from simulator.faces.cli.render.pair import joint_table
from simulator.faces.cli.render.score import brier
from simulator.faces.cli.render.seats import seats_table
from simulator.scenario import Scenario, council_of

_TALLIES = 5
_INDENT = (0, 0, 0, 2)


def page(scenario: Scenario, odds: Odds) -> RenderableType:
    """The whole page."""
    return Group(*_parts(scenario, odds))


def _parts(scenario: Scenario, odds: Odds) -> Iterator[RenderableType]:
    yield from _heading(scenario, odds)
    yield from _learnt_and_made(scenario, odds)
    yield ""
    yield _answer(odds)
    yield ""
    yield _picture(odds)
    yield from _engine_lines(odds)
    yield from _section("Why it fails, when it fails (in 100 failures)", why_it_fails(odds))
    yield from _section("The seats, by support", seats_table(scenario, odds))
    yield from _section("The likeliest counts", _tallies(odds))
    if "CHN RUS" in odds.pairs:
        yield from _section("What China and Russia both do, in 100", joint_table(odds, "CHN", "RUS"))
    yield from _happened(scenario, odds)
    for note in odds.notes:
        yield Padding(Text(plain(f"Note: {note}"), style="italic"), (1, 0, 0, 0))


def _section(title: str, body: RenderableType | None) -> Iterator[RenderableType]:
    if body is not None:
        yield ""
        yield Text(title, style="bold")
        yield Padding(body, _INDENT)


def _heading(scenario: Scenario, odds: Odds) -> Iterator[RenderableType]:
    yield Text(plain(scenario.title), style="bold")
    council = council_of(scenario)
    symbol = f"{plain(scenario.draft.symbol)}, " if scenario.draft.symbol else ""
    before = "" if scenario.council_date == scenario.draft.date else f", before the council of {council.date}"
    yield Text(f"{symbol}{_day(scenario)}{before}")
    yield Text(f"Rule {odds.rule}: {odds.majority.basis}")


def _day(scenario: Scenario) -> str:
    date = scenario.draft.date
    return f"{date.day} {date:%B} {date.year}"


def _learnt_and_made(scenario: Scenario, odds: Odds) -> Iterator[RenderableType]:
    names = {seat.id: seat.short for seat in council_of(scenario).seats}
    for member, choices in odds.given.items():
        yield Text(f"Learnt: {names[member]} votes {' or '.join(choices)}", style="cyan")
    if odds.given:
        yield Text(f"  (probability {percent(odds.evidence_probability)} in 100 before it was learnt)", style="cyan")
    for member, choice in odds.do.items():
        yield Text(f"Made so: {names[member]} votes {choice}; only its followers react", style="magenta")


def _answer(odds: Odds) -> Text:
    adopted = odds.adopted
    bound = (odds.bounds or {}).get("adopted")
    if bound and adopted == 0:
        return Text(f"  Adopted in fewer than {percent(bound[1])} of 100", style="bold")
    if bound and adopted == 1:
        return Text(f"  Adopted in more than {at_least(bound[0])} of 100", style="bold")
    figure = f"  ({percent(adopted)})" if in_100(adopted).startswith(("fewer", "more")) else ""
    return Text(f"  Adopted in {in_100(adopted)} of 100{figure}", style="bold")


def _picture(odds: Odds) -> RenderableType:
    """A hundred dots, and beside them the three outcomes."""
    marks, dots = glyphs().dots, Text()
    counts = dict(zip(marks, swarm(odds.outcomes), strict=True))
    line = [(word, mark) for word, mark in marks.items() for _ in range(counts[word])]
    for place, (word, mark) in enumerate(line):
        dots.append(mark + ("\n" if place % 20 == 19 and place < 99 else " "), style=COLOURS[word])
    outcomes = Table.grid(padding=(0, 1))
    outcomes.add_column()
    outcomes.add_column()
    outcomes.add_column(justify="right")
    outcomes.add_column()
    for word, share in odds.outcomes.as_dict().items():
        outcomes.add_row(
            Text(marks[word], style=COLOURS[word]),
            word,
            _share(odds, word, share),
            Text(bar(share, 10), style=COLOURS[word]),
        )
    grid = Table.grid(padding=(0, 3))
    grid.add_column(no_wrap=True, min_width=42)
    grid.add_column(no_wrap=True)
    grid.add_row(Padding(dots, _INDENT), Padding(outcomes, (1, 0, 0, 0)))
    return grid


def _share(odds: Odds, word: str, share: float) -> str:
    bound = (odds.bounds or {}).get(word)
    if not bound:
        return percent(share) + (f" ± {spread(getattr(odds.error, word))}" if odds.error else "")
    return f"< {percent(bound[1])}" if share == 0 else f"> {at_least(bound[0])}"


def _engine_lines(odds: Odds) -> Iterator[Text]:
    yield Text()
    if odds.accuracy is not None:
        yield Text(f"  Exact: the error is estimated below {_round_up(odds.accuracy)}.")
        if odds.check:
            yield _check_line(odds)
        return
    what = "roll calls" if odds.method == "votes" else "quasi-random points, votes summed exactly"
    yield Text(f"  Monte Carlo: {odds.draws:,} {what}, seed {odds.seed}; ± is one standard error.")
    if odds.effective_draws is not None:
        yield Text(f"  Weighted, they are worth {odds.effective_draws:,.0f} (effective sample size).")
    if odds.bounds:
        yield Text("  No draw, or every draw, showed an outcome marked < or >: a bound, 95 % sure.")
    if odds.interrupted:
        yield Text("  Stopped before all draws were done: this is what they show so far.", style="yellow")


def _check_line(odds: Odds) -> Text:
    check = odds.check
    assert check is not None, "called where there is one"
    agrees = check.agrees(odds.outcomes)
    share, bound = check.odds.adopted, 3 / check.draws  # 3 / n: what no hit in n draws leaves possible, 95 % sure
    found = f"{percent(share)} ± {spread(check.error.adopted)}"
    if share in (0.0, 1.0):
        found = f"none adopted, below {percent(bound)}" if share == 0 else f"all adopted, above {at_least(1 - bound)}"
    line = f"  Monte Carlo, {check.draws:,} roll calls: {found} – "
    verdict = "agrees" if agrees else "DISAGREES: one of the two is wrong, please report it"
    return Text(line).append(verdict, style="green" if agrees else "bold red")


def _round_up(accuracy: float) -> str:
    """An error estimate as the power of ten above it."""
    for power in range(-15, 0):
        if accuracy <= 10.0**power:
            return f"1e{power}"
    return f"{accuracy:.1e}"


def _tallies(odds: Odds) -> Table:
    table = Table.grid(padding=(0, 2))
    for _ in range(4):
        table.add_column(justify="left")
    for tally in odds.tallies[:_TALLIES]:
        absent = f", {tally.absent} absent" if tally.absent else ""
        table.add_row(
            f"{tally.yes} yes, {tally.no} no, {tally.abstain} abstaining{absent}",
            Text(tally.outcome.value, style=COLOURS[tally.outcome.value]),
            Text(cell(tally.probability), justify="right"),
            bar(tally.probability, 20),
        )
    rest = 1 - sum(tally.probability for tally in odds.tallies[:_TALLIES])
    if len(odds.tallies) > _TALLIES:
        table.add_row(f"{len(odds.tallies) - _TALLIES} other counts", "", Text(cell(max(0.0, rest)), justify="right"))
    return table


def _happened(scenario: Scenario, odds: Odds) -> Iterator[RenderableType]:
    actual = scenario.actual
    if actual is None:
        return
    marks = [
        f"{word}: {' '.join(getattr(actual, word))}" for word in ("no", "abstain", "absent") if getattr(actual, word)
    ]
    yield ""
    yield Text.from_markup(
        f"[bold]What happened:[/] {actual.outcome.value}{escape(' (' + '; '.join(marks) + ')') if marks else ''}"
    )
    yield Padding(_score(odds, actual.outcome.value == "adopted"), _INDENT)


def _score(odds: Odds, happened: bool) -> str:
    score = brier(odds, happened)
    if score is None:
        return "Not scored: these odds rest on votes that were learnt or made."
    return (
        f"Brier score {score:.3f}: ({odds.adopted:.3f} − {int(happened)})². Saying 50 in 100 scores 0.250, "
        "and 0 is best."
    )
