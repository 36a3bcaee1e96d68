"""``unsc agendas``: every agenda item with its region, counts and days, at any width and for other programs."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest

from simulator.faces.cli import options
from simulator.facts import Agenda, Region, agendas, vetoes
from tests.faces.conftest import Unsc
from tests.faces.test_record import BAD, written
from tests.unit.test_record import table
from tests.unit.test_record_file import GOOD

NEW = GOOD | {"id": "S/2025/21", "draft": "S/2025/21", "agenda": "deep-sea", "region": "global"}


def rows_of(page: str) -> dict[str, list[str]]:
    """The lines of the table by item: those that end in a day."""
    lines = [line.split() for line in page.splitlines() if line[-10:-6].isdecimal() and line[-6] == "-"]
    return {line[0]: line[1:] for line in lines}


def test_the_shell_completes_every_part_of_the_world() -> None:
    """The options name them without importing what defines them."""
    assert [region.value for region in Region] == options.REGIONS


def test_the_page_has_every_item_under_its_region(unsc: Unsc) -> None:
    """In the order of the alphabet, with what has no region last."""
    ran = unsc("agendas")
    assert (ran.status, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    under, region = {}, ""
    for line in ran.out.split("\n\n")[0].splitlines()[1:]:
        if line.strip() in (*Region, "no region"):
            region = line.strip()
        else:
            under[line.split()[0]] = region
    assert under == {slug: item.region.value if item.region else "no region" for slug, item in agendas().items()}
    assert [*under][-1] == "other"
    assert "79 agenda items, 2,904 votes on record: 2,767 adopted, 73 vetoed, 64 failed." in ran.out


def test_counts_and_days_are_those_of_the_table_of_votes(unsc: Unsc) -> None:
    """Counted again from the rows; vetoes of which the other votes are not known stand apart."""
    found = rows_of(unsc("agendas").out)
    outcomes = Counter((row["agenda"], row["outcome"]) for row in table("roll_calls"))
    assert found["palestine-israel"] == [
        str(outcomes["palestine-israel", "adopted"]),
        str(outcomes["palestine-israel", "vetoed"]),
        f"+{sum(veto.agenda == 'palestine-israel' and not veto.in_roll_calls for veto in vetoes())}",
        str(outcomes["palestine-israel", "failed"]),
        min(row["date"] for row in table("roll_calls") if row["agenda"] == "palestine-israel"),
        max(row["date"] for row in table("roll_calls") if row["agenda"] == "palestine-israel"),
    ]
    assert found["dprk"] == ["25", "2", "0", "1993-05-11", "2024-03-28"]


def test_json_and_csv_have_the_same_rows(unsc: Unsc) -> None:
    rows = unsc("agendas", "--json").json
    assert {row["agenda"]: row["votes"] for row in rows} == Counter(row["agenda"] for row in table("roll_calls"))
    assert all(row["adopted"] + row["vetoed"] + row["failed"] == row["votes"] for row in rows)
    assert [row["agenda"] for row in rows if row["region"] is None] == ["other"]
    read = [*csv.DictReader(io.StringIO(unsc("agendas", "--csv").out))]
    assert read == [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]


def test_a_region_or_several_choose(unsc: Unsc) -> None:
    rows = unsc("agendas", "--region", "asia", "--region", "europe", "--json").json
    assert {row["agenda"] for row in rows} == {
        slug for slug, item in agendas().items() if item.region in (Region.ASIA, Region.EUROPE)
    }
    assert "23 agenda items, " in unsc("agendas", "--region", "asia", "--region", "europe").out


def test_a_new_item_of_a_file_is_listed(unsc: Unsc, tmp_path: Path) -> None:
    """Refused rows are told on standard error; a row on a known item moves its count and its last day."""
    ran = unsc("agendas", "--record", written(tmp_path / "mine.csv", [GOOD, BAD, NEW]))
    assert ran.status == 0
    found = rows_of(ran.out)
    assert found["deep-sea"] == ["1", "0", "0", NEW["date"], NEW["date"]]
    assert found["red-sea-houthi"] == ["3", "0", "0", "2024-01-10", GOOD["date"]]
    assert "80 agenda items" in ran.out
    assert "1 row is refused, 2 used" in ran.err


def _after(page: str, item: Agenda) -> list[str]:
    """The words that follow an item's name at the start of a line."""
    return page.split(f"\n{item.slug}")[1].split()


@pytest.mark.parametrize(("columns", "days"), [("72", False), ("40", True)])
def test_a_narrow_page_leaves_no_number_out(
    unsc: Unsc, monkeypatch: pytest.MonkeyPatch, columns: str, days: bool
) -> None:
    """First days become years, then each item takes three lines."""
    monkeypatch.setenv("COLUMNS", columns)
    page = unsc("agendas").out
    assert max(map(len, page.splitlines())) <= int(columns)
    assert "…" not in page
    for item in agendas().values():
        more = [f"+{item.other_vetoes}"] if item.other_vetoes else []
        counts = [str(item.adopted), str(item.vetoed), *more, str(item.failed)]
        years = "-".join(dict.fromkeys((str(item.first.year), str(item.last.year))))
        expected = [*counts, str(item.first), str(item.last)] if days else [*counts, years]
        words = [word for word in _after(page, item) if word.strip(",") not in ("adopted", "vetoed", "failed", "to")]
        assert words[: len(expected)] == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--region", "afrika"),
            "not one of africa, americas, asia, europe, global, middle-east – did you mean africa?",
        ),
        (("--json", "--csv"), "--json and --csv: choose one"),
        (("--record", "nowhere.csv"), "nowhere.csv"),
    ],
)
def test_what_cannot_be_is_said(unsc: Unsc, arguments: tuple[str, ...], said: str) -> None:
    """With status 2, and nothing on standard output."""
    ran = unsc("agendas", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
