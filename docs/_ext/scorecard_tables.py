"""The numbers of the page "How good are the forecasts?": run this file to forecast, score and write them again.

Forecasting fifteen years takes a minute, so the scorecard is kept in docs/_data/scorecard.json; the page's tables and
its figures are made of that file, and a long test holds the file to the program.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reliability_figure import DARK, LIGHT, figure

DOCS = Path(__file__).parents[1]
KEPT = DOCS / "_data" / "scorecard.json"
FIGURES = {DOCS / "_static" / "reliability.svg": LIGHT, DOCS / "_static" / "reliability-dark.svg": DARK}
FIRST, LAST = datetime.date(2010, 1, 1), datetime.date(2024, 12, 31)
DIGITS = 5
MISSES = 12
PARTS = ("period", "contested", "sponsors", "text")
OUTCOME = {
    "brier": "Brier score of adopted or not",
    "skill": "skill over the base rate",
    "three_year_skill": "skill over the base rate of three years",
    "log_loss": "log loss of the three outcomes",
    "rps": "ranked probability score",
    "auc": "area under the curve",
    "slope": "reliability: slope",
    "intercept": "reliability: intercept",
    "balanced_accuracy": "balanced accuracy of outcomes",
}
VOTES = {
    "nats": "nats a member's vote",
    "contested_nats": "nats a member's vote, contested",
    "joint_nats": "nats a roll call",
    "balanced_accuracy": "balanced accuracy of votes",
}
VARIANTS = {"as_estimated": {"calibrated": False}, "without_ideal_points": {"ideal_points": False}}
COLUMNS = (
    ("Brier", "outcome", "brier"),
    ("skill", "outcome", "skill"),
    ("log loss", "outcome", "log_loss"),
    ("area", "outcome", "auc"),
    ("nats a vote", "votes", "nats"),
    ("contested", "votes", "contested_nats"),
    ("nats a roll call", "votes", "joint_nats"),
)


def table(header: list[str], rows: Iterator[list[str]]) -> str:
    """A table in Markdown."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (header, ["---"] * len(header), *rows))


def kept() -> dict[str, Any]:
    """The scorecard in the file."""
    found: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def made(*, ideal_points: bool = True, calibrated: bool = True) -> dict[str, Any]:
    """The scorecard as the program makes it now, rounded, with the parts that the page shows."""
    from simulator.estimation import backtest, scorecard
    from simulator.facts import roll_calls

    forecasts = backtest(roll_calls(), FIRST, LAST, ideal_points=ideal_points, calibrated=calibrated)
    found: dict[str, Any] = rounded(scorecard(forecasts, roll_calls(), first=FIRST, last=LAST).as_dict())
    return found | {"by": {kind: found["by"][kind] for kind in (*PARTS, "member")}}


def rounded(value: Any) -> Any:
    """All numbers within, to five digits after the point."""
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return round(value, DIGITS) if isinstance(value, float) else value


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _ends(ends: list[float] | None) -> str:
    return "–" if ends is None else f"{ends[0]:.3f} to {ends[1]:.3f}"


def scores() -> str:
    """Every score with its interval, and those of the variants."""
    card = kept()
    rows = (
        [
            words,
            _number(card[kind][name]),
            _ends(card["intervals"][kind][name]),
            *(_number(card[variant][kind][name]) for variant in VARIANTS),
        ]
        for kind, names in (("outcome", OUTCOME), ("votes", VOTES))
        for name, words in names.items()
    )
    variants = (variant.replace("_", " ") for variant in VARIANTS)
    return table(["score", "all votes", "90 % interval", *variants], rows)


def baselines() -> str:
    """Every baseline's scores beside the forecasts'."""
    card = kept()
    told = {"**these forecasts**": card} | {
        f"{name.replace('_', ' ')}: {one['meaning']}": one for name, one in card["baselines"].items() if one
    }
    rows = (
        [words, *(_number((one[kind] or {}).get(name)) for _, kind, name in COLUMNS)] for words, one in told.items()
    )
    missing = "".join(f"\n\nWithout scores: {name}, since {reason}." for name, reason in card["missing"].items())
    return table(["forecast", *(title for title, _, _ in COLUMNS)], rows) + missing


def parts() -> str:
    """Scores by period, of contested votes, and by whether sponsors are known."""
    card = kept()
    rows = (
        [
            f"{kind}: {one['name']}",
            f"{one['n']:,}",
            _number(one["outcome"]["brier"]),
            _number(one["outcome"]["climatology_brier"]),
            _number(one["outcome"]["skill"]),
            _ends(one["intervals"]["outcome"].get("skill")),
            _number(one["outcome"]["log_loss"]),
            _number(one["votes"]["contested_nats"]),
        ]
        for kind in PARTS
        for one in card["by"][kind]
    )
    header = ["part", "votes", "Brier", "base rate's", "skill", "90 % interval", "log loss", "contested nats"]
    return table(header, rows)


def members() -> str:
    """Scores of each permanent member's votes, and of the elected members'."""
    rows = (
        [f"`{one['name']}`", f"{one['n']:,}", *(_number(one["votes"][name]) for name in _OF_MEMBERS)]
        for one in kept()["by"]["member"]
    )
    return table(["member", "votes", "nats a vote", "contested", "balanced accuracy"], rows)


_OF_MEMBERS = ("nats", "contested_nats", "balanced_accuracy")


def misses() -> str:
    """The worst misses."""
    rows = (
        [
            one["date"],
            f"`{one['id']}`",
            f"`{one['agenda']}`",
            one["outcome"],
            *(f"{100 * one[word]:.1f}" for word in ("adopted", "vetoed", "failed")),
            f"{one['yes']} yes, no: {one['no'] or 'none'}",
        ]
        for one in kept()["worst"][:MISSES]
    )
    return table(["day", "vote", "agenda", "happened", "adopted", "vetoed", "failed", "votes"], rows)


def curve() -> str:
    """The bins of the reliability curve."""
    rows = (
        [
            f"{100 * one['low']:g} to {100 * one['high']:g}",
            f"{one['count']:,}",
            f"{100 * one['forecast']:.1f}",
            f"{100 * one['adopted']:.1f}",
            "–" if one["interval"] is None else " to ".join(f"{100 * end:.1f}" for end in one["interval"]),
        ]
        for one in kept()["reliability"]
        if one["count"]
    )
    return table(["odds in 100", "votes", "mean odds", "adopted, in 100", "90 % interval"], rows)


def headline() -> str:
    """How many votes, of which days, and what the scores come to."""
    card = kept()
    skill, (low, high) = card["outcome"]["skill"], card["intervals"]["outcome"]["skill"]
    return (
        f"{card['n']:,} votes from {card['from']} to {card['to']}. By Brier score the odds of adoption are "
        f"**{100 * skill:.0f} % better than the base rate** (skill {skill:.2f}; 90 % interval {low:.2f} to "
        f"{high:.2f}); {_of_drafts(card)}"
    )


def _of_drafts(card: dict[str, Any]) -> str:
    """The same of drafts alone: the base rate does not know an amendment, nearly sure to fail, from a draft."""
    (drafts,) = (one for one in card["by"]["text"] if one["name"] == "draft")
    low, high = drafts["intervals"]["outcome"]["skill"]
    return (
        f"those of the {drafts['n']:,} drafts alone, without amendments, **{100 * drafts['outcome']['skill']:.0f} % "
        f"better** ({low:.2f} to {high:.2f})."
    )


def level() -> str:
    """How many were foreseen to fail, and how many did."""
    card = kept()
    foreseen = sum(one["count"] * (1 - one["forecast"]) for one in card["reliability"] if one["count"])
    happened = sum(one["count"] * (1 - one["adopted"]) for one in card["reliability"] if one["count"])
    slope, intercept = (card["intervals"]["outcome"][name] for name in ("slope", "intercept"))
    return (
        f"Slope {card['outcome']['slope']:.2f} ({slope[0]:.2f} to {slope[1]:.2f}), intercept "
        f"{card['outcome']['intercept']:.2f} ({intercept[0]:.2f} to {intercept[1]:.2f}): {foreseen:.0f} defeats were "
        f"foreseen, {happened:.0f} happened."
    )


BLOCKS = {
    "forecasts-headline": headline,
    "forecasts-scores": scores,
    "forecasts-baselines": baselines,
    "forecasts-curve": curve,
    "forecasts-level": level,
    "forecasts-parts": parts,
    "forecasts-members": members,
    "forecasts-misses": misses,
}


if __name__ == "__main__":
    KEPT.parent.mkdir(exist_ok=True)
    card = made()
    for name, options in VARIANTS.items():
        without = made(**options)
        card |= {name: {kind: without[kind] for kind in ("outcome", "votes")}}
    KEPT.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for path, colours in FIGURES.items():
        path.write_text(figure(card, colours), encoding="utf-8")
    print(f"{KEPT.relative_to(DOCS)} and the figures are written; now: uv run python docs/_ext/tables.py")
