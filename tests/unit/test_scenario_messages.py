"""How errors of a scenario read: how much is shown, examples that can be copied, slips in what is not TOML."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from simulator.errors import Problem, ScenarioError
from simulator.scenario import parse
from simulator.scenario.examples import EXAMPLES, OF_KEYS
from simulator.scenario.parse import from_data
from simulator.scenario.table import Table
from tests.unit.test_scenario_errors import BARE, NAMED, problems


def test_of_many_problems_the_message_shows_twenty_and_counts_the_rest() -> None:
    """And the error keeps all."""
    with pytest.raises(ScenarioError) as caught:
        parse(BARE + "".join(f"key{number} = 1\n" for number in range(1500)), NAMED)
    lines = str(caught.value).splitlines()
    assert lines[0] == "my-draft.toml: 1,500 problems"
    assert len(lines) == 1 + 20 + 1
    assert lines[-1] == "  and 1,480 more"
    assert len(caught.value.problems) == 1500


def test_a_problem_is_a_line_of_bearable_length_and_kept_whole_in_the_error() -> None:
    """As message, not as problem: who reads `problems` has all that was found."""
    problem = Problem("k" * 5000, "m\n" * 5000, "h" * 5000)
    error = ScenarioError("s", [problem])
    assert error.problems == (problem,)
    assert len(str(error).splitlines()) == 2
    assert len(str(error)) < 1000


@pytest.mark.parametrize("digits", [21, 400, 5000])
def test_of_a_long_number_the_digits_are_counted(digits: int) -> None:
    number = 10 ** (digits - 1)
    (problem,) = [
        problem
        for problem in problems_of_data({"council": {"rule": "quota-and-veto", "quota": number}})
        if "quota" in str(problem)
    ]
    assert f"100000… ({digits:,} digits)" in str(problem)
    assert "0000000" not in str(problem)


def problems_of_data(data: dict[str, Any]) -> tuple[Problem, ...]:
    """What is wrong with data that need not be a text."""
    with pytest.raises(ScenarioError) as caught:
        from_data({"schema": 1, "title": "t", "draft": {"date": date(2022, 5, 26)}} | data)
    return caught.value.problems


def test_more_blocs_than_can_be_drawn_are_refused_before_minutes_pass() -> None:
    bloc = "[[blocs]]\nmembers = ['CHN', 'RUS']\ncohesion = 0.00001\n"
    (problem,) = problems(bloc * 1001)
    assert str(problem).startswith("blocs: 1,001 blocs; a file may have 1,000 at most – let blocs of the same members")
    parse(BARE + bloc * 1000)


def test_every_table_of_the_file_has_an_example_that_loads() -> None:
    """The example that an error shows is one that can be copied."""
    tables = {kind.__name__ for kind in Table.__subclasses__()} - {"Scenario"}
    assert tables == set(EXAMPLES)
    keys = {
        "Draft": "draft",
        "CouncilChoice": "council",
        "Preferences": "preferences",
        "Actual": "actual",
        "MemberEntry": "members.CHN",
        "StatedOdds": "members.CHN.odds",
        "StanceOdds": "stances.opposes",
        "Spatial": "preferences.model = 'spatial'\nspatial",
    }
    for kind, key in keys.items():
        bare = BARE.replace("draft.date = 2022-05-26\n", "") if kind == "Draft" else BARE
        parse(f"{bare}{key} = {EXAMPLES[kind]}")
    for key, table in (("blocs", "Bloc"), ("company", "Company")):
        parse(f"{BARE}{key} = [{EXAMPLES[table]}]")
    for key in ("members", "stances", "given", "do", "blocs", "company", "sources"):
        parse(f"{BARE}{key} = {OF_KEYS[key]}")


TOML_SLIPS = [
    ("draft.date = 2022-02-30", "there is no day 2022-02-30 (at line 1, column"),
    ("a = 1\na = 2\nb = 3", "a key or table stands there twice"),
    ("[a]\n[a]", "a key or table stands there twice"),
    ("title = a draft", 'text stands in quotes: "a draft"'),
    ("title = “a draft”", "quotes are straight"),
    ("draft.mass_atrocity = True", "true and false are written small"),
    ("draft.date = 26 May 2022", "a date is written 2022-05-26"),
    ("draft.date = 2022/05/26", "a date is written 2022-05-26"),
    ("draft.date = 26.5.2022", "a date is written 2022-05-26"),
    ("draft.date = 2022-05-26 25:00", "a date is a day alone"),
    ("x = { yes = .5 }", "a number starts with a digit"),
    ("x = { yes = 50% }", "from 0 to 1: 0.5"),
    ("x = 0,5", "decimals have a point"),
    ("title: 'x'", "with = and not :"),
    ("СНN.stance = 'opposes'", "may only look Latin"),
    ("title = 'a\nb'", "three quotes"),
    ('title = "a\nb = 1', "a quote is not closed on this line"),
    ("title = 'a\x00'", "take out the character"),
    ("sources = [\ntitle = 't'", "a list or value above is not closed"),
    ("just words", "keys are written key = value"),
    ("x = 1\ry = 2", "end lines with a line feed"),
    ("x = " + "9" * 5000, "a number of 5,000 digits"),
    ("x = " + "[" * 5000, "nested too deeply"),
]


@pytest.mark.parametrize(("text", "said"), TOML_SLIPS, ids=[text[:30] for text, _ in TOML_SLIPS])
def test_what_is_not_toml_is_shown_with_the_slip_that_is_likeliest(text: str, said: str) -> None:
    (problem,) = problems(text, bare="")
    assert said in str(problem)
    assert len(str(problem)) < 300


def test_the_line_that_is_not_toml_is_shown() -> None:
    (problem,) = problems("title = 't'\r\n  stance = opposes  \r\n", bare="")
    assert "line 2" in problem.message
    assert problem.message.endswith(": stance = opposes")
