"""Odds in words: never a 0 or a 100 that is not one, dots that add up, markup that a title cannot break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import simulator
from simulator.engines.parts import Outcomes
from simulator.engines.words import as_html, as_markup, begun, cell, in_100, percent, spread, swarm, voting
from simulator.facts import Outcome


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "0"),
        (1e-12, "fewer than 1"),
        (0.0099999, "fewer than 1"),
        (0.01, "1"),
        (0.637, "64"),
        (0.99, "99"),
        (0.9900001, "more than 99"),
        (1 - 1e-12, "more than 99"),
        (1.0, "100"),
    ],
)
def test_odds_are_said_in_100_and_the_ends_in_words(probability: float, words: str) -> None:
    assert in_100(probability) == words


@given(st.floats(0, 1))
def test_only_what_is_certain_is_said_to_be(probability: float) -> None:
    assert (in_100(probability) == "0") is (probability == 0)
    assert (in_100(probability) == "100") is (probability == 1)


@given(st.floats(1e-300, 1))
def test_a_percentage_never_loses_what_is_not_0(probability: float) -> None:
    """What is printed, read again, is the number to within a twentieth or half a tenth of a per cent."""
    read = float(percent(probability)) / 100
    assert read > 0
    assert read == pytest.approx(probability, rel=0.06, abs=0.00051 if probability > 0.01 else 0)


@given(st.floats(0, 1))
def test_a_cell_of_a_table_says_0_and_100_only_of_what_is_certain(probability: float) -> None:
    """And is off by half of its last digit at most, or a bound that holds."""
    text = cell(probability)
    assert (text == "0.0") is (probability == 0)
    assert (text == "100.0") is (probability == 1)
    if text[0] in "<>":
        assert probability < 0.001 if text == "<0.1" else probability > 0.999
    else:
        assert float(text) == pytest.approx(100 * probability, abs=0.0500001)


@given(st.floats(1e-12, 0.5))
def test_a_standard_error_keeps_two_figures(error: float) -> None:
    assert float(spread(error)) == pytest.approx(100 * error, rel=0.05)


@given(st.lists(st.integers(0, 1000), min_size=3, max_size=3).filter(any))
def test_a_hundred_dots_show_the_three_outcomes_to_within_one(weights: list[int]) -> None:
    shares = [weight / sum(weights) for weight in weights]
    dots = swarm(Outcomes(*shares))
    assert sum(dots) == 100
    assert all(abs(dot - 100 * share) < 1 for dot, share in zip(dots, shares, strict=True))


def test_outcomes_are_asked_by_their_word() -> None:
    outcomes = Outcomes(0.5, 0.3, 0.2)
    assert [outcomes.of(outcome) for outcome in Outcome] == [0.5, 0.3, 0.2]
    assert outcomes.as_dict() == {"adopted": 0.5, "vetoed": 0.3, "failed": 0.2}


def test_html_shows_a_title_as_it_is_written() -> None:
    html = as_html("<script>alert('&')</script>", Outcomes(0.5, 0.3, 0.2), "Article 27(3): 9 < 15")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "9 &lt; 15" in html
    assert "Adopted in 50 of 100" in html


@pytest.mark.parametrize("title", ["plain", "[bold]x[/]", "[/]", "a [red] b", "x\\", "\\[x]", "[link=x]y"])
def test_markup_shows_a_title_as_it_is_written(title: str) -> None:
    from rich.text import Text

    assert Text.from_markup(as_markup(title, Outcomes(0.5, 0.3, 0.2))).plain.splitlines()[0] == title


def test_a_notebook_shows_the_answer_and_a_prompt_its_odds() -> None:
    odds = simulator.odds("nine-yes-votes", engine="exact")
    assert "Nine yes votes" in odds._repr_html_()
    assert repr(odds).startswith("<Odds of 'Nine yes votes': adopted 0.6")
    assert "Adopted in 63 of 100" in odds.__rich__()


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (("yes",), "votes yes"),
        (("abstain",), "abstains"),
        (("no",), "votes no"),
        (("absent",), "is absent"),
        (("yes", "absent"), "votes yes or is absent"),
        (("abstain", "no", "absent"), "abstains, votes no or is absent"),
    ],
)
def test_what_a_member_does_is_said_with_a_verb_of_its_own(choices: tuple[str, ...], words: str) -> None:
    assert voting(*choices) == words


def test_a_sentence_begins_with_a_large_letter_and_is_else_as_it_was() -> None:
    assert [begun(words) for words in ("the United States", "nobody's", "")] == ["The United States", "Nobody's", ""]
