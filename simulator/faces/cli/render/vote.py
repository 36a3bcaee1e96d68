"""The page of one vote: odds, dots, why it fails, seats, tallies, the pair, and what happened."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from simulator.analysis import OutsideView
from simulator.engines import Odds
from simulator.engines.words import at_least, cell, counted, in_100, percent, spread
from simulator.faces.cli.render import outside
from simulator.faces.cli.render.console import COLOURS, bar, plain, text
from simulator.faces.cli.render.doubt import doubt_lines, interval_words, steps_table
from simulator.faces.cli.render.failure import why_it_fails
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.render.heading import heading, learnt_and_made
from simulator.faces.cli.render.limits import limits
from simulator.faces.cli.render.pair import joint_table
from simulator.faces.cli.render.picture import picture
from simulator.faces.cli.render.score import brier
from simulator.faces.cli.render.seats import seats_table
from simulator.faces.cli.render.section import INDENT, section
from simulator.scenario import Scenario

_TALLIES = 5
_RARE = 0.001


def page(scenario: Scenario, odds: Odds, view: OutsideView) -> RenderableType:
    """The whole page, with the outside view beside the odds."""
    return Group(*_parts(scenario, odds, view))


def _parts(scenario: Scenario, odds: Odds, view: OutsideView) -> Iterator[RenderableType]:
    yield from heading(scenario, odds.majority.basis)
    yield from learnt_and_made(scenario, odds.evidence_probability)
    yield ""
    yield _answer(odds)
    yield ""
    yield picture(odds.outcomes, {word: _share(odds, word, share) for word, share in odds.outcomes.as_dict().items()})
    yield ""
    yield from (Padding(line, INDENT) for line in (*doubt_lines(odds.spread), *_rare_line(odds), *_engine_lines(odds)))
    yield from section(outside.TITLE, outside.outside(view))
    yield from section("Votes before the draft's, in 100", steps_table(odds))
    yield from section("Why it fails, when it fails (in 100 failures)", why_it_fails(odds))
    yield from section("The seats, by support", seats_table(scenario, odds))
    yield from section("The likeliest counts", _tallies(odds))
    if "CHN RUS" in odds.pairs:
        yield from section("What China and Russia both do, in 100", joint_table(odds, "CHN", "RUS"))
    yield from _happened(scenario, odds)
    for note in odds.notes:
        yield Padding(text(plain(f"Note: {note}"), "italic"), (1, 0, 0, 0))
    yield limits()


def _answer(odds: Odds) -> Text:
    adopted = odds.adopted
    bound = (odds.bounds or {}).get("adopted")
    if bound and adopted == 0:
        return text(f"  Adopted in fewer than {percent(bound[1])} of 100", "bold")
    if bound and adopted == 1:
        return text(f"  Adopted in more than {at_least(bound[0])} of 100", "bold")
    figure = f"  ({percent(adopted)})" if in_100(adopted).startswith(("fewer", "more")) else ""
    return text(f"  Adopted in {in_100(adopted)} of 100{figure}{interval_words(odds.spread)}", "bold")


def _share(odds: Odds, word: str, share: float) -> str:
    bound = (odds.bounds or {}).get(word)
    if not bound:
        return percent(share) + (f" ± {spread(getattr(odds.error, word))}" if odds.error else "")
    return f"< {percent(bound[1])}" if share == 0 else f"> {at_least(bound[0])}"


def _rare_line(odds: Odds) -> Iterator[Text]:
    """How well small odds are known, as a share of themselves."""
    error = odds.accuracy if odds.error is None else odds.error.adopted
    if error is not None and 0 < odds.adopted < _RARE:
        below = "below " if odds.error is None else "± "
        yield text(f"Adoption is rare: the error of its odds is {below}{100 * error / odds.adopted:.2g} % of them.")


def _engine_lines(odds: Odds) -> Iterator[Text]:
    if odds.accuracy is not None:
        given = " given the numbers" if odds.spread else ""
        yield text(f"Exact{given}: the error is estimated below {_round_up(odds.accuracy)}.")
        if odds.check:
            yield _check_line(odds)
        return
    assert odds.draws is not None, "an answer that is not exact was drawn"
    what = "roll call" if odds.method == "votes" else "quasi-random point"
    summed = "" if odds.method == "votes" else ", votes summed exactly"
    yield text(f"Monte Carlo: {counted(odds.draws, what)}{summed}, seed {odds.seed}; ± is one standard error.")
    if odds.effective_draws is not None:
        yield text(f"Weighted, they are worth {odds.effective_draws:,.0f} (effective sample size).")
    if odds.bounds:
        yield text("No draw, or every draw, showed an outcome marked < or >: a bound, 95 % sure.")
    if odds.interrupted:
        yield text("Stopped before all draws were done: this is what they show so far.", "yellow")


def _check_line(odds: Odds) -> Text:
    check = odds.check
    assert check is not None, "called where there is one"
    agrees = check.agrees(odds.outcomes)
    share, bound = check.odds.adopted, 3 / check.draws  # 3 / n: what no hit in n draws leaves possible, 95 % sure
    found = f"{percent(share)} ± {spread(check.error.adopted)}"
    if share in (0.0, 1.0):
        found = f"none adopted, below {percent(bound)}" if share == 0 else f"all adopted, above {at_least(1 - bound)}"
    line = f"Monte Carlo, {counted(check.draws, 'roll call')}: {found} – "
    verdict = "agrees" if agrees else "DISAGREES: one of the two is wrong, please report it"
    return text(line).append(verdict, "green" if agrees else "bold red")


def _round_up(accuracy: float) -> str:
    """An error estimate as the power of ten above it."""
    for power in range(-15, 0):
        if accuracy <= 10.0**power:
            return f"1e{power}"
    return f"{accuracy:.1e}"


def _tallies(odds: Odds) -> RenderableType:
    return Fitting(
        [_tally_table(odds, *layout) for layout in ((20, 2, "abstaining"), (0, 2, "abst."), (0, 1, "abst."))]
    )


def _tally_table(odds: Odds, width: int, gap: int, abstaining: str) -> Table:
    table = Table.grid(padding=(0, gap))
    table.add_column()
    for _ in range(3):
        table.add_column(no_wrap=True)
    for tally in odds.tallies[:_TALLIES]:
        absent = f", {tally.absent} absent" if tally.absent else ""
        table.add_row(
            f"{tally.yes} yes, {tally.no} no, {tally.abstain} {abstaining}{absent}",
            text(tally.outcome.value, COLOURS[tally.outcome.value]),
            text(cell(tally.probability), justify="right"),
            bar(tally.probability, width),
        )
    rest, more = 1 - sum(tally.probability for tally in odds.tallies[:_TALLIES]), len(odds.tallies) - _TALLIES
    if more > 0:
        table.add_row(counted(more, "other count"), "", text(cell(max(0.0, rest)), justify="right"))
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
    yield Padding(_score(odds, actual.outcome.value == "adopted"), INDENT)


def _score(odds: Odds, happened: bool) -> str:
    score = brier(odds, happened)
    if score is None:
        return "Not scored: these odds rest on votes that were learnt or made."
    return (
        f"Brier score {score:.3f}: ({odds.adopted:.3f} − {int(happened)})². Saying 50 in 100 scores 0.250, "
        "and 0 is best."
    )
