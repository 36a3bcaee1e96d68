"""The page "How good are the forecasts?": its figure and its numbers are those of the program."""

from __future__ import annotations

import json
import math
import re
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
import scorecard_tables
from reliability_figure import figure
from scorecard_tables import FIGURES

from simulator.estimation.forecasts import chosen
from simulator.facts import roll_calls

PAGE = scorecard_tables.DOCS / "explanation" / "forecasts.md"


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_the_figures_are_drawn_from_the_scorecard_kept(path: Path) -> None:
    """If not: uv run python docs/_ext/scorecard_tables.py. For a light page and for a dark one."""
    assert path.read_text(encoding="utf-8") == figure(scorecard_tables.kept(), FIGURES[path])
    assert f"_static/{path.name}" in PAGE.read_text(encoding="utf-8")


def _drawn(card: dict[str, Any]) -> list[Element]:
    return list(ElementTree.fromstring(figure(card)))


def _dots(card: dict[str, Any]) -> list[tuple[float, float]]:
    circles = [one for one in _drawn(card) if one.tag.endswith("circle")]
    return [(float(one.attrib["cx"]), float(one.attrib["cy"])) for one in circles]


def _card(*bins: tuple[float, float], interval: list[float] | None = None) -> dict[str, Any]:
    """A scorecard of bins that each have 30 votes: their odds, and the share adopted."""
    rows = [{"count": 30, "forecast": odds, "adopted": share, "interval": interval} for odds, share in bins]
    return {"reliability": [*rows, {"count": 0}], "outcome": {"slope": None, "intercept": None}}


def test_every_bin_with_votes_is_a_dot_and_none_lies_on_another() -> None:
    """That is what axes of log-odds are for."""
    card = scorecard_tables.kept()
    dots = _dots(card)
    assert len(dots) == sum(one["count"] > 0 for one in card["reliability"])
    assert min(math.dist(one, other) for one, other in combinations(dots, 2)) > 15


def test_odds_that_came_true_lie_on_the_diagonal_and_higher_ones_farther_out() -> None:
    """Within the frame, whatever the odds; certain ones at its edge, hollow."""
    card = _card(*((odds, odds) for odds in (0, 0.004, 0.3, 0.95, 0.995, 1)))
    dots = _dots(card)
    frame = next(one.attrib for one in _drawn(card) if one.tag.endswith("rect"))
    left, top, side = (float(frame[key]) for key in ("x", "y", "width"))
    assert [x - left + y - top for x, y in dots] == pytest.approx([side] * 6, abs=0.2)
    assert [x for x, _ in dots] == sorted({x for x, _ in dots})
    assert dots[0] == pytest.approx((left, top + side), abs=0.1)
    assert dots[-1] == pytest.approx((left + side, top), abs=0.1)
    hollow = [one.attrib["fill"] == "none" for one in _drawn(card) if one.tag.endswith("circle")]
    assert hollow == [True, False, False, False, False, True]


def test_numbers_of_votes_do_not_run_into_each_other() -> None:
    """Of near bins one stands a line higher."""
    words = [one.attrib for one in _drawn(_card((0.98, 0.9), (0.981, 0.9))) if one.text == "30"]
    assert words[0]["y"] != words[1]["y"]


def test_an_interval_is_drawn_where_there_is_one() -> None:
    """A line through the dot."""
    found = [len(_drawn(_card((0.9, 0.8), interval=ends))) for ends in (None, [0.78, 0.9])]
    assert found[1] == found[0] + 1


def test_the_line_of_a_perfect_slope_is_the_diagonal() -> None:
    card = _card((0.9, 0.9))
    without = len(_drawn(card))
    card["outcome"] = {"slope": 1.0, "intercept": 0.0}
    assert len(_drawn(card)) == without + 1
    lines = [one.attrib["d"] for one in _drawn(card) if one.tag.endswith("path") and "L" in one.attrib["d"]]
    ends = [[float(number) for number in re.findall(r"[\d.]+", line)] for line in lines]
    assert ends[0] == pytest.approx(ends[1], abs=0.1)


def test_every_vote_that_the_page_names_is_on_record() -> None:
    """In the table and in the text."""
    votes = {vote.id: vote for vote in chosen(roll_calls(), scorecard_tables.FIRST, scorecard_tables.LAST)}
    named = re.findall(r"`(S/(?:RES/)?\d+[^`]*)`", PAGE.read_text(encoding="utf-8"))
    assert len(named) > scorecard_tables.MISSES
    assert set(named) <= set(votes)


def test_the_scorecard_kept_is_of_all_votes_of_its_years() -> None:
    kept = scorecard_tables.kept()
    assert kept["n"] == len(chosen(roll_calls(), scorecard_tables.FIRST, scorecard_tables.LAST))
    assert len(kept["worst"]) >= scorecard_tables.MISSES


@pytest.mark.long
def test_the_scorecard_kept_is_what_the_program_makes() -> None:
    """To four digits. If not: uv run python docs/_ext/scorecard_tables.py."""

    def numbers(value: Any) -> list[float]:
        if isinstance(value, dict):
            return [number for key in sorted(value) for number in numbers(value[key])]
        if isinstance(value, list):
            return [number for one in value for number in numbers(one)]
        return [value] if isinstance(value, float) else []

    kept = scorecard_tables.kept()
    variants = {name: kept.pop(name) for name in scorecard_tables.VARIANTS}
    made = json.loads(json.dumps(scorecard_tables.made()))
    assert made.keys() == kept.keys()
    assert numbers(made) == pytest.approx(numbers(kept), abs=1e-4)
    for name, changed in scorecard_tables.VARIANTS.items():
        other, was = scorecard_tables.made(**changed), variants[name]
        assert numbers({kind: other[kind] for kind in was}) == pytest.approx(numbers(was), abs=1e-4), name
