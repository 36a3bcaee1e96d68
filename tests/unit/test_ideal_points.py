"""Ideal points: as in the table, and never those of another government or of a later year."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from simulator.facts import council_on, ideal_point, ideal_point_before, ideal_points, members
from simulator.facts.ideal_points import ideal_point_on, largest
from simulator.shipped import shipped


def rows() -> list[dict[str, str]]:
    with shipped("facts", "data", "ideal_points.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_point_of_the_table_is_there_and_no_other() -> None:
    table = {(row["iso3"], int(row["year"])): float(row["ideal_point"]) for row in rows()}
    assert len(table) == len(rows()) == 8689
    assert {(p.member, p.year): p.value for code in members() for p in ideal_points(code)} == table
    for code in members():
        for year in range(1945, 2026):
            assert ideal_point(code, year) == table.get((code, year))


def test_every_state_that_ever_had_a_seat_has_points_in_order_of_years() -> None:
    for code in members():
        years = [point.year for point in ideal_points(code)]
        assert years
        assert years == sorted(years)


def test_codes_of_no_state_have_none() -> None:
    assert ideal_points("AFR1") == ()
    assert ideal_point("AFR1", 2000) is None
    assert ideal_point_before("AFR1", date(2000, 1, 1)) is None


def test_there_is_none_in_1964_so_1965_takes_1963() -> None:
    """The Assembly recorded no votes in its session of 1964."""
    assert largest(1964) == 0
    for member in council_on(date(1965, 5, 14)).ids:
        found = ideal_point_before(member, date(1965, 5, 14))
        assert ideal_point(member, 1964) is None
        assert found is not None
        assert found.year == 1963


def test_on_a_day_of_1946_it_is_that_of_1946_and_later_that_of_an_earlier_year() -> None:
    for member in council_on(date(1946, 12, 31)).ids:
        found, later = (ideal_point_on(member, date(year, 12, 31)) for year in (1946, 1947))
        assert found is not None
        assert later is not None
        assert (found.year, later) == (1946, ideal_point_before(member, date(1947, 12, 31)))
    china = ideal_point_on("CHN", date(1971, 12, 1))
    assert china is not None
    assert (china.year, china.government) == (1971, "")
    assert ideal_point_on("AFR1", date(2000, 1, 1)) is None


def test_there_is_none_before_a_draft_of_1946() -> None:
    assert [ideal_point_before(member, date(1946, 12, 31)) for member in council_on(date(1946, 12, 31)).ids] == [
        None
    ] * 11
    assert ideal_point_before("USA", date(1947, 1, 1)) is not None


@pytest.mark.parametrize(
    ("day", "year", "government"),
    [
        (date(1971, 10, 24), 1970, "Republic of China"),
        (date(1971, 10, 25), None, None),
        (date(1971, 12, 31), None, None),
        (date(1972, 1, 1), 1971, ""),
        (date(2022, 5, 26), 2021, ""),
    ],
)
def test_neither_china_votes_by_the_points_of_the_other(day: date, year: int | None, government: str | None) -> None:
    found = ideal_point_before("CHN", day)
    assert (found.year if found else None, found.government if found else None) == (year, government)


def test_yemen_does_not_go_on_with_the_points_of_democratic_yemen() -> None:
    old, none, new = (
        ideal_point_before(code, day)
        for code, day in (("YMD", date(1990, 5, 21)), ("YEM", date(1990, 5, 22)), ("YEM", date(1991, 1, 1)))
    )
    assert old is not None
    assert (old.year, none) == (1989, None)
    assert new is not None
    assert new.year == 1990


def test_russia_goes_on_with_the_soviet_points() -> None:
    found = ideal_point_before("RUS", date(1992, 1, 31))
    assert found is not None
    assert (found.year, found.value) == (1991, ideal_point("RUS", 1991))


def test_how_far_back_to_look_can_be_bounded() -> None:
    day = date(1994, 6, 1)
    found = ideal_point_before("ZAF", day)
    assert found is not None
    assert found.year == 1974
    assert ideal_point_before("ZAF", day, years=20) == found
    assert ideal_point_before("ZAF", day, years=19) is None


def test_scaled_points_lie_between_minus_one_and_one_and_somebody_is_at_the_edge() -> None:
    by_year: dict[int, list[float]] = {}
    for code in members():
        for point in ideal_points(code):
            by_year.setdefault(point.year, []).append(point.scaled)
    for year, scaled in by_year.items():
        assert max(map(abs, scaled)) == 1, year
        biggest = max(abs(float(row["ideal_point"])) for row in rows() if row["year"] == str(year))
        assert largest(year) == biggest


def test_the_scale_points_to_the_united_states() -> None:
    """In every year the United States is above the Soviet Union or Russia."""
    for point in ideal_points("RUS"):
        west = ideal_point("USA", point.year)
        assert west is not None
        assert west > point.value


def test_every_sitting_member_has_a_point_to_start_from_except_where_it_is_told() -> None:
    """On every 1 July from 1947 to 2025 the latest point is at most two years old; Yemen in 1990 has none."""
    missing, old = [], []
    for year in range(1947, 2026):
        for member in council_on(date(year, 7, 1)).ids:
            found = ideal_point_before(member, date(year, 7, 1))
            if found is None:
                missing.append((member, year))
            elif year - found.year > 1 and year != 1965:
                old.append((member, year, found.year))
    assert missing == [("YEM", 1990)]
    assert old == [("GMB", 1998, 1996)]
