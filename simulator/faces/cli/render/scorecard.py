"""The page of a scorecard: what it comes to, scores with intervals, baselines, reliability, misses."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from simulator.estimation import Forecast, Scorecard
from simulator.estimation.parts import By
from simulator.estimation.scorecard import FEWEST, Intervals, Numbers
from simulator.faces.cli.render.console import plain, text
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.render.misses import misses
from simulator.faces.cli.render.parts import parts_table
from simulator.faces.cli.render.reliability import reliability
from simulator.faces.cli.render.section import INDENT, section

_FEW = 10
"""Misses on a page that does not ask for all."""

_OUTCOME = {
    "brier": "Brier, adopted or not",
    "skill": "skill over base rate",
    "three_year_skill": "skill over 3 years'",
    "log_loss": "log loss, three outcomes",
    "rps": "ranked probability",
    "auc": "area under the curve",
    "balanced_accuracy": "balanced accuracy",
}
_VOTES = {
    "nats": "nats a vote",
    "contested_nats": "nats a vote, contested",
    "joint_nats": "nats a roll call",
    "balanced_accuracy": "balanced accuracy",
}
_NAMES = {
    "always_yes": "always yes",
    "climatology": "base rate",
    "climatology_three_years": "base rate, 3 years",
    "member_rates": "member rates",
    "member_agenda_rates": "member and agenda",
    "last_vote": "last on the item",
    "trees": "trees",
}


def page(card: Scorecard, by: By | None, everything: Sequence[Forecast] | None) -> RenderableType:
    """The whole page; with `by` the scores of these parts, with `everything` all votes instead of ten misses."""
    return Group(*_parts(card, by, everything))


def _parts(card: Scorecard, by: By | None, everything: Sequence[Forecast] | None) -> Iterator[RenderableType]:
    yield text("How good are the forecasts?", "bold")
    yield f"{_counted(card)}, each forecast from what was known before its day."
    yield ""
    yield Padding(headline(card), INDENT)
    yield from section(f"Scores{', with 90 % intervals' if _sure(card) else ''}", _scores(card))
    yield from section("Beside simple means of forecasting", _beside(card))
    yield from section(_reliable(card), Group(text(_PERFECT, "dim"), reliability(card.curve)))
    if by is not None:
        yield from section(f"By {by.value}", parts_table(card.by[by]))
    shown, title = (card.worst[:_FEW], "The worst misses") if everything is None else (everything, "Each vote")
    yield from section(f"{title}: odds in 100 of adopted, vetoed, failed", misses(shown))
    yield Padding(text(f"{_LOWER} {_DRAWN if _sure(card) else _TOO_FEW} {_NOTE}", "dim"), (1, 0, 0, 0))


_PERFECT = "Slope 1 and intercept 0 would be perfect; a slope below 1: odds too near to 0 and 100."
_LOWER = "Lower is better, but for skill, areas and accuracies."
_DRAWN = "Intervals: agenda items drawn again, 1,000 times."
_TOO_FEW = f"No intervals: these votes are on fewer than {FEWEST} agenda items."
_NOTE = "Drafts that came to a vote only. What each score means: docs, How good are the forecasts?"


def _sure(card: Scorecard) -> bool:
    """Whether there are intervals: they need some agenda items to draw from."""
    return card.whole.outcome_intervals["brier"] is not None


def _counted(card: Scorecard) -> str:
    calls = "1 vote" if card.n == 1 else f"{card.n:,} votes"
    return f"{calls} on drafts and amendments, {card.first} to {card.last}"


def headline(card: Scorecard) -> str:
    """What the scorecard comes to, in a sentence or two."""
    skill, ends = card.whole.outcome["skill"], card.whole.outcome_intervals.get("skill")
    if math.isnan(skill):
        return "There is no base rate to compare with."
    better = "better" if skill >= 0 else "worse"
    sure = "" if ends is None else f"; 90 % interval {ends[0]:.2f} to {ends[1]:.2f}"
    said = (
        f"By Brier score, the odds of adoption are {abs(100 * skill):.0f} % {better} than the base rate "
        f"(skill {skill:.2f}{sure})."
    )
    if ends is None:
        return f"{said} So few agenda items do not tell how sure that is."
    return f"{said} It is not shown that they are better or worse." if ends[0] <= 0 <= ends[1] else said


def _scores(card: Scorecard) -> RenderableType:
    rows = [("outcomes", _OUTCOME, card.whole.outcome, card.whole.outcome_intervals)]
    if card.whole.votes:
        rows.append(("members' votes", _VOTES, card.whole.votes, card.whole.votes_intervals))
    wide = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    wide.add_column("", no_wrap=True)
    wide.add_column("score", justify="right", no_wrap=True)
    wide.add_column("90 %" if _sure(card) else "", no_wrap=True)
    stacked: list[RenderableType] = []
    for title, words, scores, intervals in rows:
        wide.add_row(text(title, "dim"), "", "")
        stacked.append(text(title, "dim"))
        for name, meaning in words.items():
            cells = _number(scores.get(name)), _ends(intervals, name)
            wide.add_row(meaning, *cells)
            stacked.append(text(f"{meaning}\n  {cells[0]}  {cells[1]}"))
    return Fitting([wide, Group(*stacked)])


def _number(value: float | None) -> str:
    return "–" if value is None or math.isnan(value) else f"{value:.3f}"


def _ends(intervals: Intervals, name: str) -> str:
    ends = intervals.get(name)
    return "" if ends is None else f"{ends[0]:.3f} to {ends[1]:.3f}"


_COLUMNS = (
    ("Brier", "outcome", "brier"),
    ("skill", "outcome", "skill"),
    ("log loss", "outcome", "log_loss"),
    ("area", "outcome", "auc"),
    ("a vote", "votes", "nats"),
    ("contested", "votes", "contested_nats"),
    ("roll call", "votes", "joint_nats"),
)


def _beside(card: Scorecard) -> RenderableType:
    """A row a baseline, these forecasts first; for a narrow page fewer columns."""
    parts: list[RenderableType] = [Fitting([_baselines(card, _COLUMNS), _baselines(card, (_COLUMNS[0], _COLUMNS[2]))])]
    parts += [
        text(plain(f"{_NAMES[name]}: none, since {beside.missing}"), "dim")
        for name, beside in card.baselines.items()
        if beside.scored is None
    ]
    return Group(*parts, text(f"{_TITLES}{_STARRED if _sure(card) else ''}", "dim"))


_TITLES = (
    "Brier of adopted or not; log loss of three outcomes; area under the curve; nats a vote, a contested vote, "
    "a roll call."
)
_STARRED = " * not shown to be worse than these forecasts: the 90 % interval of the difference takes in 0"


def _baselines(card: Scorecard, columns: Sequence[tuple[str, str, str]]) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("", no_wrap=True)
    for title, _, _ in columns:
        table.add_column(title, justify="right", no_wrap=True)
    whole = {"outcome": card.whole.outcome, "votes": card.whole.votes}
    table.add_row(text("these forecasts", "bold"), *(_number(whole[kind].get(key)) for _, kind, key in columns))
    for name, beside in card.baselines.items():
        if beside.scored is None:
            continue
        scores: dict[str, Numbers] = {"outcome": beside.scored.outcome, "votes": beside.scored.votes}
        apart = {"outcome": beside.scored.outcome_intervals, "votes": beside.scored.votes_intervals}
        cells = [f"{_star(apart[kind], key)}{_number(scores[kind].get(key))}" for _, kind, key in columns]
        table.add_row(_NAMES[name], *cells)
    return table


def _star(apart: Intervals, name: str) -> str:
    """A star where the forecasts are not shown to beat a baseline; nothing where they are, or nothing is known."""
    ends = apart.get(name)
    return "*" if ends is not None and ends[1] >= 0 else ""


def _reliable(card: Scorecard) -> str:
    outcome, intervals = card.whole.outcome, card.whole.outcome_intervals
    slope, intercept = (_with_ends(outcome[name], intervals.get(name)) for name in ("slope", "intercept"))
    return f"Reliability: slope {slope}, intercept {intercept}"


def _with_ends(value: float, ends: tuple[float, float] | None) -> str:
    if math.isnan(value):
        return "–"
    return f"{value:.2f}" if ends is None else f"{value:.2f} ({ends[0]:.2f} to {ends[1]:.2f})"
