"""The time machine: every year is the run of that year's council, and what cannot be answered is said."""

from __future__ import annotations

import datetime
import re
import sys
from typing import Any

import pytest

import simulator
from simulator.analysis import years_apart
from simulator.errors import OptionError, RefusedError, ScenarioError, Stopped
from simulator.facts import council_day, council_on
from simulator.scenario import Scenario, council_of, parse

SPATIAL, RECORD, STATED = "a-place-in-issue-space", "dprk-2022-05-record", "dprk-2022-05"

BARE = """
schema = 1
title = "t"
draft = { date = 2017-06-01, sponsors = ["UKR", "DEU", "FRA"] }
[members]
default.odds = { yes = 0.6, abstain = 0.4 }
JPN.odds = { yes = 0.2, abstain = 0.8 }
RUS.odds = { yes = 0.5, no = 0.5 }
[[blocs]]
members = ["EGY", "JPN"]
cohesion = 0.5
"""


def bare(extra: str = "") -> Scenario:
    return parse(BARE + extra)


@pytest.mark.parametrize("name", [STATED, SPATIAL, "czechoslovakia-1948", "an-order-of-amendments", "reform-g4"])
def test_a_years_odds_are_those_of_the_run_before_its_council(name: str) -> None:
    years = (1968, 1971, 2005) if name == "reform-g4" else (1946, 1965, 1966, 2026)
    scenario = simulator.load(name)
    for year in years:
        (stop,) = simulator.time_machine(scenario, year, year).years
        plain = simulator.odds(simulator.changed(scenario, council_date=year), engine="exact")
        assert stop.answer is not None
        assert stop.answer.outcomes.as_dict() == pytest.approx(plain.outcomes.as_dict(), abs=1e-12)
        assert (stop.majority, stop.council.date) == (plain.majority, council_day(year))


def test_with_the_record_too_to_a_ten_thousandth() -> None:
    found = simulator.time_machine(RECORD, 1958, 1958).years[0]
    plain = simulator.odds(simulator.changed(simulator.load(RECORD), council_date=1958), engine="exact")
    assert found.answer is not None
    assert found.answer.engine == "exact"
    assert found.adopted == pytest.approx(plain.adopted, abs=1e-4)
    assert found.answer.interval is not None
    assert plain.spread is not None
    assert found.answer.interval == pytest.approx(plain.spread.interval(), abs=1e-3)


def test_entries_count_in_the_years_in_which_their_members_sit_and_in_no_others() -> None:
    """By hand: seven or nine yes, Russia's even odds, Japan's two in ten where it sits, six in ten for all others."""
    from math import comb

    def at_least(needed: int, members: int, *others: float) -> float:
        chances = [comb(members, k) * 0.6**k * 0.4 ** (members - k) for k in range(members + 1)]
        for yes in others:
            chances = [a * (1 - yes) + b * yes for a, b in zip([*chances, 0.0], [0.0, *chances], strict=True)]
        return sum(chances[needed:])

    plain = parse(BARE.split("[[blocs]]")[0].replace("sponsors", "symbol = 'x', sponsors").replace('"FRA"', '"CUB"'))
    found = simulator.time_machine(plain, 1957, 1967)
    by_year = {stop.year: stop for stop in found.years}
    assert "JPN" not in council_on(council_day(1960))
    assert by_year[1960].adopted == pytest.approx(0.5 * at_least(6, 10), abs=1e-9)
    assert by_year[1967].adopted == pytest.approx(0.5 * at_least(8, 13, 0.2), abs=1e-9)
    assert found.entries["JPN"] == (1958, 1959, 1966, 1967)
    assert found.entries["RUS"] == tuple(range(1957, 1968))
    assert by_year[1960].absent == ("CUB", "DEU", "JPN", "UKR")
    assert by_year[1967].absent == ("CUB", "DEU", "UKR")


def test_sponsors_count_where_they_sit() -> None:
    """Ukraine sat in 1949 and 2017, Germany in 2012, France always."""
    found = simulator.time_machine(bare(), 1949, 2017)
    assert {1949, 2017} <= set(found.entries["UKR"])
    assert 2012 in found.entries["DEU"]
    assert len(found.entries["FRA"]) == len(found.years)
    by_year = {stop.year: stop for stop in found.years}
    assert by_year[1951].absent == ("DEU", "EGY", "JPN", "UKR")
    assert by_year[2012].adopted != by_year[2013].adopted


def test_what_is_learnt_and_made_counts_where_its_member_sits() -> None:
    found = simulator.time_machine(bare(), 2016, 2018, do={"JPN": "no", "RUS": "yes"}, given={"EGY": "yes"})
    by_year = {stop.year: stop for stop in found.years}
    assert "JPN" in by_year[2016].council
    assert "JPN" not in by_year[2018].council
    assert by_year[2018].absent == ("DEU", "EGY", "JPN", "UKR")
    assert by_year[2018].answer is not None
    plain = simulator.odds(simulator.changed(bare(), do={"RUS": "yes"}, council_date=2018), engine="exact")
    assert by_year[2018].answer.outcomes == plain.outcomes


def test_who_held_a_seat_is_said_where_it_was_another() -> None:
    notes = " ".join(simulator.time_machine(bare(), 1970, 1993).notes)
    assert "CHN is the Republic of China from 1970 to 1971" in notes
    assert "RUS is the Soviet Union from 1970 to 1991" in notes
    assert "FRA is" not in notes
    later = " ".join(simulator.time_machine("korea-1950-82", 1990, 1993).notes)
    assert "CHN is the People's Republic of China from 1990 to 1993" in later
    assert "RUS is Russia from 1992 to 1993" in later
    assert not simulator.time_machine(bare(), 2000, 2003).notes


def test_the_drafts_day_can_move_with_the_council() -> None:
    """Then members stand where that year's ideal points have them."""
    scenario = simulator.load(SPATIAL)
    moved = simulator.time_machine(scenario, 1994, 1994, move_draft=True)
    settings = {"draft.date": datetime.date(1994, 7, 1)}
    plain = simulator.odds(simulator.changed(scenario, settings=settings), engine="exact")
    assert moved.years[0].adopted == plain.adopted
    assert moved.years[0].adopted != simulator.time_machine(scenario, 1994, 1994).years[0].adopted
    assert not any("the draft's day stays" in note for note in moved.notes)


def test_years_before_the_first_estimates_are_said_and_not_passed_over() -> None:
    found = simulator.time_machine(RECORD, 1998, 2001, move_draft=True)
    assert [stop.year for stop in found.years] == [1998, 1999, 2000, 2001]
    assert [stop.answer is None for stop in found.years] == [True, True, False, False]
    assert all("before the first estimates" in stop.why_none for stop in found.years[:2])
    assert [stop.year for stop in found.answered] == [2000, 2001]
    with pytest.raises(RefusedError, match=r"none of the years 1990 to 1992: .*before the first estimates"):
        simulator.time_machine(RECORD, 1990, 1992, move_draft=True)


def test_a_proposals_seats_are_added_to_each_years_council_of_fifteen() -> None:
    found = simulator.time_machine("reform-african-union", 1964, 1967)
    assert [len(stop.council) for stop in found.years] == [11, 11, 26, 26]
    assert "adds seats to a council of fifteen" in found.years[0].why_none
    assert found.years[0].as_dict()["odds"] is None
    assert found.years[2].majority is not None
    assert found.years[2].majority.quota == 14


def test_the_council_compared_with_can_be_another() -> None:
    """Members of other years keep their entries all the same."""
    found = simulator.time_machine(bare(), 2016, 2017, council_date=1990)
    assert found.own.date == datetime.date(1990, 7, 1)
    own = simulator.odds(simulator.changed(bare(), council_date=1990), engine="exact")
    assert found.own.adopted == own.adopted
    assert found.entries["EGY"] == (2016, 2017)


def test_what_happened_is_no_part_of_it() -> None:
    assert simulator.load(STATED).actual
    assert simulator.time_machine(STATED, 2022, 2022).scenario.actual is None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (STATED, "adopted in 68 of 100. Before those of 1960 to 2000 it is much the same: 67 to 68."),
        (SPATIAL, "adopted in 10 of 100. Kindest is the council of"),
    ],
)
def test_it_says_what_a_person_would(name: str, sentence: str) -> None:
    assert sentence in simulator.time_machine(name, 1960, 2000).sentence


def test_one_year_is_a_sentence_too() -> None:
    found = simulator.time_machine("gaza-2024-03", 1990, 1990)
    assert found.sentence.endswith("Before that of 1990: in 76.")


def test_the_kindest_and_the_harshest_council_are_those_of_the_numbers() -> None:
    found = simulator.time_machine(SPATIAL, 1970, 1980)
    odds = {stop.adopted: stop.year for stop in found.years if stop.adopted is not None}
    assert f"Kindest is the council of {odds[max(odds)]}" in found.sentence
    assert f"harshest that of {odds[min(odds)]}" in found.sentence


@pytest.mark.parametrize(
    ("model", "default", "others"),
    [
        ("", "", "undecided, as there is no default"),
        ("", "members.default.stance = 'leans-yes'", "the default, leans-yes"),
        ("draft.sponsors = ['E10']", "", "elected members sponsor it; otherwise undecided, as there is no default"),
        ("", "members.default.odds = { yes = 1 }", "the default, with odds of its own"),
        (
            "preferences.model = 'spatial'\nspatial = { dimensions = ['order'], draft = { order = 0.5 } }\n",
            "",
            "their own place",
        ),
    ],
)
def test_what_all_other_members_have_is_said(model: str, default: str, others: str) -> None:
    scenario = parse(f"schema = 1\ntitle = 't'\ndraft.date = 2020-01-01\n{model}\n{default}\n")
    assert simulator.time_machine(scenario, 2000, 2000).others == others


def test_where_exact_refuses_years_are_by_monte_carlo_and_it_is_said() -> None:
    """Blocs that cross: all permanent members, and overlapping pairs."""
    pairs = [["CHN", "RUS"], ["RUS", "FRA"], ["FRA", "USA"], ["USA", "GBR"], ["GBR", "CHN"], ["CHN", "FRA"]]
    blocs = [{"members": pair, "cohesion": 0.2} for pair in pairs]
    scenario = simulator.changed(bare(), settings={"blocs": blocs})
    found = simulator.time_machine(scenario, 2016, 2017)
    answers = [stop.answer for stop in found.years]
    assert all(answer and answer.engine == "monte-carlo" and answer.error for answer in answers)
    assert any("Monte Carlo alone" in note for note in found.notes)
    with pytest.raises(RefusedError, match="4 blocs cross one another"):
        simulator.time_machine(scenario, 2016, 2017, engine="exact")


def test_uncertain_numbers_give_an_interval() -> None:
    found = simulator.time_machine("what-we-do-not-know", 1990, 1990)
    answer = found.years[0].answer
    assert answer is not None
    assert answer.interval is not None
    assert answer.interval[0] < answer.outcomes.adopted < answer.interval[1]


def test_progress_is_told_year_by_year() -> None:
    told: list[tuple[int, int]] = []
    simulator.time_machine(bare(), 2001, 2003, progress=lambda done, wanted: told.append((done, wanted)))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("how", "error", "message"),
    [
        ({"first": 1945}, OptionError, "1945 is not a year whose council is known: 1946 to"),
        ({"last": 2100}, OptionError, "2100 is not a year"),
        ({"first": True}, OptionError, "True is not a year"),
        ({"first": "1950"}, OptionError, "'1950' is not a year"),
        ({"first": 1990, "last": 1980}, OptionError, "from 1990 to 1980 there are no years"),
        ({"engine": "abacus"}, OptionError, "engine is one of auto, exact, monte-carlo"),
        ({"council_date": 1800}, ScenarioError, "not known"),
        ({"given": {"XYZ": "no"}}, ScenarioError, "XYZ is not on the council"),
        ({"given": {"RUS": "no"}, "do": {"RUS": "yes"}}, OptionError, "RUS"),
    ],
)
def test_what_cannot_be_is_said(how: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        simulator.time_machine(bare(), **how)


def test_a_council_named_seat_by_seat_is_the_same_in_all_years_and_refused() -> None:
    seats = [{"id": code} for code in ("CHN", "FRA", "GBR", "RUS", "USA", "EGY", "JPN")]
    council = {"rule": "quota-and-veto", "quota": 4, "quota_source": "s", "seats": seats}
    with pytest.raises(OptionError, match="names every member, so that the council is the same in all years"):
        simulator.time_machine(simulator.changed(bare(), settings={"council": council}))


def test_years_in_a_row_are_one_span() -> None:
    assert years_apart([]) == []
    assert years_apart([1950]) == [(1950, 1950)]
    assert years_apart([1950, 1951, 1953, 1960, 1961, 1962]) == [(1950, 1951), (1953, 1953), (1960, 1962)]


def test_as_a_dict_it_is_plain_data() -> None:
    import json

    told = json.loads(json.dumps(simulator.time_machine(bare(), 2016, 2017).as_dict()))
    assert [row["year"] for row in told["years"]] == [2016, 2017]
    assert told["years"][0]["quota"] == 9
    assert told["years"][0]["seats"] == 15 == len(council_of(bare()))
    assert sum(told["years"][0]["odds"].values()) == pytest.approx(1)
    assert told["entries"]["JPN"] == [2016, 2017]
    assert told["own"]["date"] == "2017-06-01"


def test_councils_between_which_no_difference_is_known_are_told_together() -> None:
    """By hand: seven of eleven at 0.6 each, or nine of fifteen; and with a member whose years lie apart."""
    plain = parse(
        "schema = 1\ntitle = 't'\ndraft.date = 2020-01-01\nmembers.default.odds = { yes = 0.6, abstain = 0.4 }"
    )
    said = simulator.time_machine(plain, 1960, 1970).sentence
    assert "Kindest are the councils of 1966 to 1970 (61), harshest those of 1960 to 1965 (53)" in said
    japan = simulator.changed(
        plain, settings={"members.JPN.odds": {"abstain": 1.0}, "council.date": datetime.date(2017, 6, 1)}
    )
    apart = simulator.time_machine(japan, 1966, 1976)
    sits = [year for year in range(1966, 1977) if year in apart.entries["JPN"]]
    assert f"harshest {len(sits)} councils, that of {sits[0]} among them" in apart.sentence


def test_years_that_put_the_same_question_share_its_answer_and_no_others() -> None:
    """With a bloc of a regional group it counts how many of it sit."""
    scenario = simulator.changed(bare(), settings={"blocs": [{"members": "african", "cohesion": 0.7}]})
    found = simulator.time_machine(scenario, 1960, 1995)
    assert len({stop.adopted for stop in found.years}) > 3
    for stop in found.years:
        plain = simulator.odds(simulator.changed(scenario, council_date=stop.date), engine="exact")
        assert stop.adopted == pytest.approx(plain.adopted, abs=1e-12)
        assert stop.answer is not None
        assert stop.answer.scenario.council_date == stop.date


def test_notes_of_some_years_and_notes_that_differ_are_told() -> None:
    notes = simulator.time_machine(SPATIAL, 2000, 2003).notes
    assert sum("for whom, differs from year to year" in note for note in notes) == 1
    moved = simulator.time_machine(RECORD, 2000, 2002, move_draft=True).notes
    assert any(note.startswith("in 2000, and in other years likewise (--json has each): preferences") for note in moved)
    pairs = [["JPN", "EGY"], ["EGY", "RUS"], ["RUS", "JPN"], ["JPN", "FRA"]]
    blocs = [{"members": pair, "cohesion": 0.2} for pair in pairs]
    some = simulator.time_machine(simulator.changed(bare(), settings={"blocs": blocs}), 2015, 2018).notes
    assert any(note.startswith("2016 to 2017: ") and "Monte Carlo" in note for note in some)


def test_who_stops_it_has_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """And no year is told as one that cannot be answered."""

    def stopped(*_: object) -> None:
        raise Stopped("stopped")

    for module in ("time_machine.stops", "reforms.reformed"):
        monkeypatch.setattr(sys.modules[f"simulator.analysis.{module}"], "run", stopped)
    with pytest.raises(Stopped):
        simulator.time_machine(bare(), 2016, 2017)
    with pytest.raises(Stopped):
        simulator.reforms(bare())


@pytest.mark.parametrize("name", ["a-follower", "icj-2017", "nine-yes-votes", "ukraine-2022-02-procedural"])
def test_kindest_and_harshest_are_never_shown_the_same(name: str) -> None:
    """A follower's councils of eleven and of fifteen both give 49 of 100; those of the others differ."""
    said = simulator.time_machine(name).sentence
    if name == "a-follower":
        assert said.endswith("Before those of 1946 to 2027 it is much the same: 49.")
    else:
        kindest, harshest = re.findall(r"\(([^)]*)\)", said)
        assert kindest != harshest


def test_half_the_years_give_no_bound_of_a_bound() -> None:
    assert simulator.time_machine("ukraine-2022-02-procedural").sentence.endswith("half the years give more than 99.")
