"""The page "How good are the forecasts?": its figure and its numbers are those of the program."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
import scorecard_tables

from simulator.estimation.forecasts import chosen
from simulator.facts import roll_calls

PAGE = scorecard_tables.DOCS / "explanation" / "forecasts.md"


def test_the_figure_is_drawn_from_the_scorecard_kept() -> None:
    """If not: uv run python docs/_ext/scorecard_tables.py."""
    assert scorecard_tables.FIGURE.read_text(encoding="utf-8") == scorecard_tables.figure()
    drawn = ElementTree.fromstring(scorecard_tables.figure())
    dots = [one for one in drawn if one.tag.endswith("circle")]
    assert len(dots) == sum(one["count"] > 0 for one in scorecard_tables.kept()["reliability"])


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
    without = kept.pop("without_ideal_points")
    made = json.loads(json.dumps(scorecard_tables.made()))
    assert made.keys() == kept.keys()
    assert numbers(made) == pytest.approx(numbers(kept), abs=1e-4)
    other = scorecard_tables.made(ideal_points=False)
    assert numbers({kind: other[kind] for kind in without}) == pytest.approx(numbers(without), abs=1e-4)
