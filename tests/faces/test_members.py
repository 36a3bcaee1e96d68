"""``unsc members``: the list, the portraits, and the picture read back dot by dot."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from simulator.facts import Group, ideal_points, members, terms_of
from simulator.shipped import shipped
from tests.faces.conftest import Unsc

P5 = ("USA", "RUS", "CHN", "FRA", "GBR")
MARGIN, FIRST, COLUMNS = 6, 1945, 40
BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # of a Braille character, rows from the top


def panels(page: str) -> Iterator[tuple[str, list[str]]]:
    """Each member's code and the lines of its picture, from the top."""
    code = ""
    lines: list[str] = []
    for line in page.splitlines():
        if line[:3].isupper() and line[3:4] == " ":
            if code:
                yield code, lines
            code, lines = line[:3], []
        elif line[MARGIN - 1 : MARGIN] == "│" and not line.startswith("seat"):
            lines.append(line[MARGIN : MARGIN + COLUMNS].ljust(COLUMNS))
    yield code, lines


def dots(lines: list[str]) -> dict[int, set[int]]:
    """Heights of the dots by year, counted from the bottom."""
    found: dict[int, set[int]] = {}
    top = 4 * len(lines) - 1
    for row, line in enumerate(lines):
        for column, character in enumerate(line):
            bits = ord(character) - 0x2800
            if not 0 < bits < 0x100:
                continue
            for down, pair in enumerate(BITS):
                for side, bit in enumerate(pair):
                    if bits & bit:
                        found.setdefault(FIRST + 2 * column + side, set()).add(top - 4 * row - down)
    return found


def test_the_list_has_every_state_that_ever_had_a_seat(unsc: Unsc) -> None:
    ran = unsc("members")
    assert (ran.status, ran.err) == (0, "")
    assert [line[:3] for line in ran.out.splitlines()[1:139]] == list(members())
    assert "138 states" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "\x1b" not in ran.out
    line = next(line for line in ran.out.splitlines() if line.startswith("IND"))
    assert line.split() == ["IND", "India", "asia-pacific", "8", "16", "2021-22"]
    assert "RUS   P   Russia" in ran.out


@pytest.mark.parametrize("group", [group.value for group in Group])
def test_a_group_lists_its_states_only(unsc: Unsc, group: str) -> None:
    found = unsc("members", "--group", group, "--json").json
    assert [row["id"] for row in found] == [code for code, state in members().items() if state.group.value == group]
    assert unsc("members", "--group", group).out.count(f" {group} ") == len(found)


def test_as_json_a_list_has_terms_and_portraits_have_ideal_points(unsc: Unsc) -> None:
    listed = unsc("members", "--json").json
    assert len(listed) == 138
    assert list(listed[0]) == ["id", "name", "group", "permanent", "terms"]
    china, india = unsc("members", "CHN", "IND", "--json").json
    assert [term["note"] for term in china["terms"]] == ["Republic of China", "People's Republic of China"]
    assert china["ideal_points"][0] == {"year": 1946, "value": 0.6174, "government": "Republic of China"}
    assert [point["year"] for point in india["ideal_points"]] == [*range(1946, 1964), *range(1965, 2025)]
    assert len(india["terms"]) == len(terms_of("IND")) == 8


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ind"], "ind is not the code of a state that ever had a seat on the Council – did you mean IND?"),
        (["Soviet Union"], "did you mean RUS?"),
        (["UK"], "did you mean GBR?"),
        (["QQQQ"], "`unsc members` lists them"),
        (["USA", "Zaire", "Ceylon"], "2 problems"),
        (["--group", "africa"], "did you mean african?"),
        (["--group", "african", "AGO"], "give one or the other"),
    ],
)
def test_what_is_no_code_or_group_meets_the_nearest(unsc: Unsc, arguments: list[str], said: str) -> None:
    ran = unsc("members", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_every_state_has_a_portrait_within_80_columns(unsc: Unsc) -> None:
    ran = unsc("members", *members())
    assert (ran.status, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert [code for code, _ in panels(ran.out)] == list(members())
    for code in ("RUS", "LBR", "UKR", "VCT", "BIH"):  # long names, long notes, many gaps
        assert max(map(len, unsc("members", code).out.splitlines())) <= 80


@pytest.mark.parametrize("codes", [P5, ("IND",), ("LBR", "ZAF"), ("YMD", "YEM", "IRQ")], ids=" ".join)
def test_the_picture_has_a_dot_at_every_ideal_point_and_none_in_a_year_without(
    unsc: Unsc, codes: tuple[str, ...]
) -> None:
    """Read from the characters: of all members on the page, a higher point never has a lower dot."""
    with shipped("facts", "data", "ideal_points.csv").open(encoding="utf-8", newline="") as file:
        values = {(r["iso3"], int(r["year"])): float(r["ideal_point"]) for r in csv.DictReader(file)}
    mine = {key: value for key, value in values.items() if key[0] in codes}
    low, high = (min(0.0, *mine.values()) // 0.1 / 10, -(-max(0.0, *mine.values()) // 0.1) / 10)
    for code, lines in panels(unsc("members", *codes).out):
        found = dots(lines)
        assert set(found) == {year for member, year in mine if member == code}
        for year, heights in found.items():
            share = (mine[code, year] - low) / (high - low) * (4 * len(lines) - 1)
            assert min(abs(height - share) for height in heights) < 1.01  # rounding, and bounds told to a tenth


def test_the_soviet_union_and_the_west_are_apart_in_the_picture(unsc: Unsc) -> None:
    """In every year to 1985 all dots of the Soviet Union lie well below those of the West: a fifth of the height."""
    found = {code: dots(lines) for code, lines in panels(unsc("members", *P5).out)}
    years = set(range(1947, 1986)) - {1964}
    for west in ("USA", "FRA", "GBR"):
        assert all(min(found[west][year]) - max(found["RUS"][year]) >= 4 for year in years)


def test_who_held_the_seat_of_china_and_of_the_soviet_union_is_marked_at_the_year(unsc: Unsc) -> None:
    """And the points of the two Chinas are not joined."""
    page = unsc("members", "CHN", "RUS").out
    lines = page.splitlines()
    china = next(line for line in lines if "▼ 1971 People's Republic of China" in line)
    russia = next(line for line in lines if "▼ 1992 Russia" in line)
    assert china.index("▼") == MARGIN + (1971 - FIRST) // 2
    assert russia.index("▼") == MARGIN + (1992 - FIRST) // 2
    assert "(Republic of China to 1971-10-24)" in page
    assert "(Soviet Union to 1991-12-23)" in page
    (_, picture), _ = panels(page)
    assert len(dots(picture)[1971]) == 1


def test_gaps_and_extremes_are_told(unsc: Unsc) -> None:
    page = unsc("members", "LBR").out
    assert "none in 1964," in page
    assert "1990, 1993-95, 1999-2003" in page
    points = {point.year: point.value for point in ideal_points("LBR")}
    highest, lowest = max(points, key=lambda year: points[year]), min(points, key=lambda year: points[year])
    assert f"highest {points[highest]:+.2f} in {highest}" in page
    assert f"lowest  {points[lowest]:+.2f} in {lowest}" in page
    assert f"latest  {points[2024]:+.2f} in 2024" in page


def test_terms_and_names_of_the_time_are_told(unsc: Unsc) -> None:
    page = " ".join(unsc("members", "COD", "YEM").out.split())
    assert "3 terms: 1982-83 (as Zaire), 1990-91 (as Zaire), 2026-27" in page
    assert "1 term: 1990-91 (seat taken over from Democratic Yemen on unification)" in page


def test_a_terminal_without_the_characters_gets_plain_ones() -> None:
    env = os.environ | {"PYTHONIOENCODING": "ascii", "COLUMNS": "80"}
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "members", *P5, "IND"], capture_output=True, env=env, check=True
    )
    page = done.stdout.decode("ascii")
    assert "?" not in page
    assert "v 1971 People's Republic of China" in page
    assert "|" in page
    assert "+--+" in page
