"""What is on record: who sat on the Council on a day, under which name."""

from __future__ import annotations

import csv
import datetime
import itertools
from datetime import date

import pytest

from simulator.errors import CouncilError
from simulator.facts import (
    Choice,
    Council,
    Group,
    Matter,
    Outcome,
    council_day,
    council_on,
    first_day,
    last_day,
    members,
)
from simulator.shipped import shipped

ONE_DAY = datetime.timedelta(days=1)
P5 = ("CHN", "FRA", "GBR", "RUS", "USA")


def days_of_change() -> list[date]:
    """The first and last day of every term and the days beside them, and the first of every month, on record."""
    with shipped("facts", "data", "terms.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ends = [date.fromisoformat(row[key]) for row in rows for key in ("start", "end") if row[key] < "9999"]
    near = {day + shift * ONE_DAY for day in ends for shift in (-1, 0, 1)}
    near |= {date(year, month, 1) for year, month in itertools.product(range(1946, 2028), range(1, 13))}
    return sorted(day for day in near if date(1946, 1, 17) <= day <= date(2027, 12, 31))


def test_eleven_members_to_the_end_of_1965_and_fifteen_since() -> None:
    """Articles 23 and 27 as amended: on every day on record, the five and six, then ten, elected members."""
    for day in days_of_change():
        council = council_on(day)
        assert (day, len(council), council.permanent) == (day, 11 if day.year < 1966 else 15, P5)
        assert len(set(council.ids)) == len(council)


def test_the_first_day_is_the_first_meeting_of_the_council() -> None:
    assert first_day() == date(1946, 1, 17)


def test_every_day_that_is_said_to_be_known_has_a_full_council() -> None:
    """The last day too: a year for which only half the elected members have been elected is not known yet."""
    assert len(council_on(last_day())) == 15


# Elected members from the United Nations' list, "Countries elected members", by year.
ELECTED = [
    (date(1946, 8, 1), "AUS BRA EGY MEX NLD POL"),
    (date(1950, 6, 25), "CUB ECU EGY IND NOR YUG"),
    (date(1960, 7, 1), "ARG ECU ITA LKA POL TUN"),
    (date(1965, 12, 31), "BOL CIV JOR MYS NLD URY"),
    (date(1966, 1, 1), "ARG BGR JOR JPN MLI NGA NLD NZL UGA URY"),
    (date(1990, 6, 1), "CAN CIV COD COL CUB ETH FIN MYS ROU YEM"),
    (date(2003, 3, 1), "AGO BGR CHL CMR DEU ESP GIN MEX PAK SYR"),
    (date(2011, 3, 17), "BIH BRA COL DEU GAB IND LBN NGA PRT ZAF"),
    (date(2022, 5, 26), "ALB ARE BRA GAB GHA IND IRL KEN MEX NOR"),
]


@pytest.mark.parametrize(("day", "elected"), ELECTED)
def test_elected_members_are_those_of_the_record(day: date, elected: str) -> None:
    assert council_on(day).elected == tuple(elected.split())


NAMES = [
    (date(1990, 6, 1), "RUS", "Soviet Union"),
    (date(1991, 12, 23), "RUS", "Soviet Union"),
    (date(1991, 12, 24), "RUS", "Russia"),
    (date(1990, 6, 1), "COD", "Zaire"),
    (date(2026, 6, 1), "COD", "DR Congo"),
    (date(1971, 10, 24), "CHN", "China"),
    (date(1971, 10, 25), "CHN", "China"),
    (date(1960, 7, 1), "LKA", "Ceylon"),
    (date(1946, 8, 1), "GBR", "United Kingdom"),
]


@pytest.mark.parametrize(("day", "member", "name"), NAMES)
def test_members_have_the_names_of_the_day(day: date, member: str, name: str) -> None:
    council = council_on(day)
    assert council.seats[council.index(member)].short == name


@pytest.mark.parametrize(("member", "last"), [("CHN", date(1971, 10, 24)), ("RUS", date(1991, 12, 23))])
def test_a_permanent_seat_passes_on_from_one_day_to_the_next(member: str, last: date) -> None:
    """General Assembly resolution 2758 of 25 October 1971; the Soviet seat on 24 December 1991."""
    before, after = council_on(last), council_on(last + ONE_DAY)
    assert before.seats[before.index(member)].end == last
    assert after.seats[after.index(member)].start == last + ONE_DAY
    assert before.ids == after.ids


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1945, 10, 24), date(1946, 1, 16), date(9999, 12, 31)])
def test_a_day_without_a_known_council_says_what_is_known(day: date) -> None:
    with pytest.raises(CouncilError) as caught:
        council_on(day)
    assert all(part in str(caught.value) for part in (str(day), "1946-01-17", str(last_day())))


def test_the_known_days_end_with_a_year_that_is_said() -> None:
    with pytest.raises(CouncilError, match=str(last_day())):
        council_on(last_day() + ONE_DAY)


@pytest.fixture
def council() -> Council:
    return council_on(date(2022, 5, 26))


def test_seat_order_is_permanent_members_then_elected_ones_each_by_code(council: Council) -> None:
    assert council.ids == (*P5, *sorted(council.elected))
    assert [council.index(member) for member in council.ids] == list(range(15))


def test_membership_is_asked_by_code(council: Council) -> None:
    assert "CHN" in council
    assert "DEU" not in council
    assert 5 not in council


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("CNH", "CHN"),
        ("chn", "CHN"),
        ("Russia", "RUS"),
        ("Soviet Union", "RUS"),
        ("UK", "GBR"),
        ("United Arab Emirates", "ARE"),
        ("Albania", "ALB"),
    ],
)
def test_a_misspelt_member_meets_the_nearest_that_sits(council: Council, word: str, hint: str) -> None:
    with pytest.raises(CouncilError, match=rf"{word} is not on the council of 2022-05-26.*did you mean {hint}\?"):
        council.index(word)


def test_a_member_that_is_like_none_is_shown_them_all(council: Council) -> None:
    with pytest.raises(CouncilError) as caught:
        council.index("QQQ")
    assert " ".join(council.ids) in str(caught.value)


def test_regional_groups_divide_every_council() -> None:
    for day in (date(1950, 1, 1), date(1990, 6, 1), date(2022, 5, 26)):
        council = council_on(day)
        grouped = [member for group in Group for member in council.group(group)]
        assert sorted(grouped) == sorted(council.ids)


def test_since_1966_the_elected_seats_follow_the_formula_of_resolution_1991() -> None:
    """Five for Africa and Asia, one for Eastern Europe, two each for Latin America and for the West and others."""
    council = council_on(date(2022, 5, 26))
    count = {group: len([m for m in council.group(group) if m in council.elected]) for group in Group}
    assert count[Group.AFRICAN] + count[Group.ASIA_PACIFIC] == 5
    assert (count[Group.EASTERN_EUROPEAN], count[Group.GRULAC], count[Group.WEOG]) == (1, 2, 2)


def test_five_states_are_permanent_members() -> None:
    assert tuple(sorted(code for code, member in members().items() if member.permanent)) == P5


def test_votes_matters_and_outcomes_are_the_words_that_users_write() -> None:
    assert [*Choice] == ["yes", "abstain", "no", "absent"]
    assert [*Outcome] == ["adopted", "vetoed", "failed"]
    assert [*Matter] == ["substantive", "procedural", "judges"]


@pytest.mark.parametrize(("year", "day"), [(1946, "1946-08-01"), (1947, "1947-07-01"), (2027, "2027-07-01")])
def test_a_year_stands_for_the_council_of_one_day(year: int, day: str) -> None:
    assert council_day(year) == date.fromisoformat(day)


@pytest.mark.parametrize("year", [-1, 0, 10_000])
def test_a_number_that_is_no_year_has_no_council(year: int) -> None:
    with pytest.raises(CouncilError, match="known are 1946-01-17 to"):
        council_day(year)
