"""A record of one's own: what is right is read as it stands, and every way to be wrong is refused with its reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.facts import (
    COLUMNS,
    Choice,
    Outcome,
    Region,
    agenda_named,
    agendas,
    agendas_of,
    cells_of,
    read_roll_calls,
    regions_of,
    roll_calls,
    row_problems,
    row_remarks,
    vetoes,
)
from simulator.rules import contradiction, decided, read_record, record_with
from tests.unit.test_record import table

GOOD = {
    "id": "S/RES/2768",
    "date": "2025-01-15",
    "date_exact": "yes",
    "draft": "S/2025/20",
    "text": "draft",
    "matter": "substantive",
    "agenda": "red-sea-houthi",
    "region": "middle-east",
    "sponsors": "USA JPN",
    "no": "",
    "abstain": "CHN DZA RUS",
    "absent": "",
    "yes_count": "12",
    "no_count": "0",
    "abstain_count": "3",
    "absent_count": "0",
    "outcome": "adopted",
    "recorded": "recorded",
    "source": "typed by hand, with care",
}
"""A row in the record's columns."""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(*rows: dict[str, str], columns: Iterable[str] = COLUMNS) -> Path:
        out = io.StringIO()
        writer = csv.DictWriter(out, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        path = tmp_path / "mine.csv"
        path.write_text(out.getvalue(), encoding="utf-8")
        return path

    return written


def test_a_good_row_is_read_as_it_stands(write: Write) -> None:
    file = read_record(write(GOOD))
    (vote,) = file.roll_calls
    assert file.refused == ()
    assert (vote.date, vote.outcome, vote.region) == (date(2025, 1, 15), Outcome.ADOPTED, Region.MIDDLE_EAST)
    assert vote.members(Choice.ABSTAIN) == ("CHN", "RUS", "DZA")
    assert vote.count(Choice.YES) == 12
    assert vote.sponsors == ("JPN", "USA")
    assert vote.source == "typed by hand, with care"


def test_the_shipped_rows_are_right_and_are_written_as_they_stand() -> None:
    """The check and the writer against the whole shipped table: nothing is found wrong, nothing is changed."""
    regions = {slug: item.region for slug, item in agendas().items()}
    assert regions == regions_of(roll_calls())
    for vote, row in zip(roll_calls(), table("roll_calls"), strict=True):
        assert cells_of(vote) == row
        assert [*row_problems(row), *row_remarks(row, regions)] == [], vote.id


def test_the_order_of_columns_and_blanks_around_cells_do_not_matter(write: Write) -> None:
    padded = {column: f" {cell} " for column, cell in GOOD.items()}
    assert read_record(write(padded, columns=reversed(COLUMNS))).roll_calls == read_record(write(GOOD)).roll_calls


def test_a_mark_of_byte_order_is_no_part_of_the_first_column(write: Write) -> None:
    path = write(GOOD)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read_record(path).roll_calls) == 1


# What is changed in the row, and a part of the reason for which it is refused.
WRONG = [
    ({"id": ""}, "id is ''"),
    ({"id": "S/2025 20"}, "id is 'S/2025 20'"),
    ({"id": "S/2022/431"}, "S/2022/431 is in the shipped record already"),
    ({"date": "2025-02-30"}, "date is '2025-02-30', not a day"),
    ({"date": "20250115"}, "date is '20250115', not a day"),
    ({"date": "2030-01-15"}, "known are 1946-01-17 to 2027-12-31"),
    ({"date": "2023-01-15"}, "'DZA' was not on the council of 2023-01-15"),
    ({"date_exact": "maybe"}, "date_exact is 'maybe', not one of yes, no"),
    ({"text": "draf"}, "did you mean draft?"),
    ({"matter": "procedura"}, "did you mean procedural?"),
    ({"matter": "judges"}, "matter is 'judges', not one of substantive, procedural"),
    ({"agenda": "Red Sea"}, "lower-case words with hyphens"),
    ({"region": "azia"}, "did you mean asia?"),
    ({"sponsors": "USA UK"}, "did you mean GBR?"),
    ({"sponsors": "PRESIDNT"}, "did you mean PRESIDENT?"),
    ({"abstain": "CHN DZA JPN"}, "'JPN' was not on the council of 2025-01-15 – JPN is Japan"),
    ({"abstain": "CHN DZA rus"}, "did you mean RUS?"),
    ({"absent": "CHN"}, "CHN has two marks"),
    ({"abstain": "CHN CHN RUS"}, "CHN has two marks"),
    ({"yes_count": "13"}, "yes_count is 13, but 12 of the 15 members have no mark"),
    ({"abstain_count": "2"}, "abstain_count is 2, but 3 of the 15 members are marked abstain"),
    ({"absent_count": ""}, "absent_count is '', not a whole number"),
    ({"no_count": "-1"}, "no_count is '-1', not a whole number"),
    ({"outcome": "passed"}, "outcome is 'passed', not one of adopted, vetoed, failed"),
    ({"outcome": "failed"}, "S/RES/2768 is the id of an adopted resolution, but outcome is failed"),
    ({"id": "S/2025/20", "outcome": "failed"}, "outcome is failed, but 12 yes make it adopted (Article 27(3)"),
    ({"recorded": "known"}, "recorded is 'known'"),
    ({"recorded": "without-vote"}, "CHN DZA RUS have marks"),
    (
        {"no": "RUS", "abstain": "CHN DZA", "no_count": "1", "abstain_count": "2"},
        "outcome is adopted, but 12 yes and RUS against make it vetoed",
    ),
]


# What is read otherwise than it stands, since it does not bear on the votes: a part of what is said, and what is read.
ODD = [
    (
        {"agenda": "red-sea-houthis", "region": ""},
        "agenda red-sea-houthis is new (did you mean red-sea-houthi?) and has no region",
        {"agenda": "red-sea-houthis", "region": None},
    ),
    (
        {"region": "asia"},
        "region is asia, but that of red-sea-houthi is middle-east, which is taken",
        {"region": Region.MIDDLE_EAST},
    ),
    (
        {"region": ""},
        "region is empty, but that of red-sea-houthi is middle-east, which is taken",
        {"region": Region.MIDDLE_EAST},
    ),
    ({"agenda": "other"}, "region is middle-east, but that of other is empty", {"agenda": "other", "region": None}),
    ({"sponsors": "USA USA"}, "sponsor USA stands there twice and counts once", {"sponsors": ("USA",)}),
    ({"sponsors": "USA XKX"}, "is not the code of a state", {"sponsors": ("USA", "XKX")}),
]


@pytest.mark.parametrize(("change", "said", "read"), ODD, ids=[f"{'+'.join(change)}" for change, *_ in ODD])
def test_what_does_not_bear_on_the_votes_loses_no_row(
    write: Write, change: dict[str, str], said: str, read: dict[str, object]
) -> None:
    file = read_record(write(GOOD | change))
    (vote,), (remark,) = file.roll_calls, file.remarks
    assert file.refused == ()
    assert said in remark.reason
    assert (remark.line, remark.id) == (2, "S/RES/2768")
    assert {name: getattr(vote, name) for name in read} == read


def test_sponsors_may_stand_with_commas_between_them(write: Write) -> None:
    file = read_record(write(GOOD | {"sponsors": "USA,JPN"}))
    assert file.remarks == ()
    assert file.roll_calls[0].sponsors == ("JPN", "USA")


@pytest.mark.parametrize(("change", "reason"), WRONG, ids=[f"{'+'.join(change)}" for change, _ in WRONG])
def test_a_wrong_row_is_refused_with_its_reason_and_the_others_stay(
    write: Write, change: dict[str, str], reason: str
) -> None:
    before, after = GOOD | {"id": "S/RES/2900"}, GOOD | {"id": "S/RES/2901"}
    file = read_record(write(before, GOOD | change, after))
    assert [vote.id for vote in file.roll_calls] == ["S/RES/2900", "S/RES/2901"]
    (row,) = file.refused
    assert reason in row.reason
    assert (row.line, row.id) == (3, (GOOD | change)["id"])


def test_all_that_is_wrong_in_a_row_is_said_at_once(write: Write) -> None:
    (row,) = read_record(write(GOOD | {"text": "x", "sponsors": "Q1", "yes_count": "1"})).refused
    assert row.reason.count("; ") >= 2
    assert all(word in row.reason for word in ("text is", "sponsor 'Q1'", "yes_count is 1"))


def test_what_only_the_law_contradicts_is_no_fault_of_the_row_itself(write: Write) -> None:
    """The floor of facts knows no rule: it takes the row that the floor above refuses."""
    path = write(GOOD | {"id": "S/2025/20", "outcome": "failed"})
    (vote,) = read_roll_calls(path).roll_calls
    assert decided(vote) is Outcome.ADOPTED
    assert "make it adopted" in contradiction(vote)
    assert read_record(path).roll_calls == ()


def test_a_text_adopted_over_a_permanent_no_is_taken_where_it_is_procedural(write: Write) -> None:
    over = GOOD | {"no": "RUS", "abstain": "CHN DZA", "no_count": "1", "abstain_count": "2"}
    assert "matter is procedural" in read_record(write(over)).refused[0].reason
    assert read_record(write(over | {"matter": "procedural"})).refused == ()


def test_an_id_twice_in_the_file_is_refused_the_second_time(write: Write) -> None:
    file = read_record(write(GOOD, GOOD))
    assert len(file.roll_calls) == 1
    assert file.refused[0].reason == "S/RES/2768 is in line 2 already"


def test_an_id_of_a_refused_row_is_free_for_a_right_one(write: Write) -> None:
    file = read_record(write(GOOD | {"yes_count": "3"}, GOOD))
    assert [vote.id for vote in file.roll_calls] == ["S/RES/2768"]
    assert [row.line for row in file.refused] == [2]


def test_a_new_agenda_item_has_the_region_of_its_first_row(write: Write) -> None:
    new = GOOD | {"agenda": "arctic-routes", "region": "americas"}
    other = new | {"id": "S/RES/2769", "region": "europe"}
    same = new | {"id": "S/RES/2770"}
    file = read_record(write(new, other, same))
    assert [(vote.id, vote.region) for vote in file.roll_calls] == [
        (name, Region.AMERICAS) for name in ("S/RES/2768", "S/RES/2769", "S/RES/2770")
    ]
    assert [one.reason for one in file.remarks] == [
        "region is europe, but that of arctic-routes is americas, which is taken"
    ]


def test_lines_are_counted_as_an_editor_counts_them(write: Write) -> None:
    """Blank lines count; a row over two lines is named by its first."""
    path = write(GOOD | {"source": "two\nlines"}, GOOD, GOOD | {"id": "S/RES/2", "source": "two\nlines"}, GOOD)
    path.write_text(path.read_text(encoding="utf-8").replace("\nS/RES/2,", "\n\nS/RES/2,"), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").split("\n")
    refused = read_record(path).refused
    assert [row.line for row in refused] == [4, 6, 8]
    assert all(lines[row.line - 1].startswith(row.id) for row in refused)


def test_a_row_of_too_few_or_too_many_cells_is_refused(write: Write) -> None:
    path = write(GOOD)
    path.write_text(path.read_text(encoding="utf-8") + "S/RES/9,2025-01-15\n" + "x," * 19 + "\n", encoding="utf-8")
    file = read_record(path)
    assert len(file.roll_calls) == 1
    assert [(row.line, row.id, row.reason[:14]) for row in file.refused] == [
        (3, "S/RES/9", "it has 2 cells"),
        (4, "x", "it has 20 cell"),
    ]


def test_a_quote_that_is_not_closed_is_said_to_swallow_what_follows(write: Write) -> None:
    path = write(GOOD)
    path.write_text(path.read_text(encoding="utf-8") + '"S/RES/9,2025-01-15\nS/RES/8,2025-01-16\n', encoding="utf-8")
    file = read_record(path)
    assert [vote.id for vote in file.roll_calls] == ["S/RES/2768"]
    assert [(row.line, row.reason) for row in file.refused] == [
        (3, "it has 1 cell, not the 19 of the first line; it goes on to line 4, since a quote is not closed")
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty; its first line names the columns: id,date,"),
        (
            ",".join(COLUMNS).replace("agenda", "agend") + "\n",
            "columns 'agend' (did you mean agenda?)",
        ),
        (",".join(COLUMNS[1:]) + "\n", "lacks id"),
        (",".join((*COLUMNS, "title")) + "\n", "has unknown columns 'title'"),
        (",".join((*COLUMNS, "id")) + "\n", "names id twice"),
        (";".join(COLUMNS) + "\n", "separate cells by commas"),
        ("undl_id,ms_code,ms_vote\n", "`unsc record import` turns it into rows"),
        (",".join(COLUMNS) + '\n"' + "x" * 200_000, "is not CSV"),
    ],
)
def test_a_first_line_that_does_not_name_the_columns_is_an_error(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_record(path)
    assert said in str(raised.value)


def test_what_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes(",".join(COLUMNS).encode() + b"\nC\xf4te\n")
    for name, said in (
        ("none.csv", "No such file"),
        ("", "directory"),
        ("latin.csv", "not UTF-8"),
        ("\0", "cannot be"),
    ):
        with pytest.raises(InputError, match=said):
            read_record(tmp_path / name if name != "\0" else name)


def test_an_empty_table_adds_nothing(write: Write) -> None:
    assert read_record(write()).roll_calls == ()
    assert record_with(()) is roll_calls()


def test_the_merged_record_is_by_date_and_id_and_replaces_nothing(write: Write) -> None:
    old = GOOD | {"id": "S/1950/1-mine", "date": "1950-06-25", "no": "", "abstain": "YUG", "absent": "RUS"}
    old |= {"yes_count": "9", "abstain_count": "1", "absent_count": "1", "agenda": "korea-1950", "region": "asia"}
    file = read_record(write(GOOD, old))
    merged = record_with(file.roll_calls)
    assert file.refused == ()
    assert [(vote.date, vote.id) for vote in merged] == sorted((vote.date, vote.id) for vote in merged)
    assert [vote for vote in merged if vote not in file.roll_calls] == [*roll_calls()]
    with pytest.raises(InputError, match="S/2022/431 would be on record twice"):
        record_with([vote for vote in roll_calls() if vote.id == "S/2022/431"])


def test_agenda_items_of_a_merged_record_count_the_rows_that_were_added(write: Write) -> None:
    new = GOOD | {"id": "S/RES/2769", "agenda": "arctic-routes", "region": "americas"}
    found = agendas_of(record_with(read_record(write(GOOD, new)).roll_calls))
    assert found["arctic-routes"].region is Region.AMERICAS
    assert (found["arctic-routes"].adopted, found["arctic-routes"].first) == (1, date(2025, 1, 15))
    shipped = agendas()["red-sea-houthi"]
    assert found["red-sea-houthi"].adopted == shipped.adopted + 1
    assert {slug: item for slug, item in found.items() if slug not in ("arctic-routes", "red-sea-houthi")} == {
        slug: item for slug, item in agendas().items() if slug != "red-sea-houthi"
    }
    assert list(found) == sorted(found)


def test_agenda_items_of_some_votes_leave_out_vetoes_of_others() -> None:
    some = [vote for vote in roll_calls() if vote.agenda in ("dprk", "cuba")]
    assert set(agendas_of(some)) == {"dprk", "cuba"}
    assert agendas_of(some)["cuba"] == agendas()["cuba"]
    assert any(veto.agenda not in ("dprk", "cuba") for veto in vetoes())


@pytest.mark.parametrize(
    ("word", "near"),
    [("dprkk", "dprk"), ("DPRK", "dprk"), ("korea", "korea-1950"), ("sudan", "sudan-south-sudan"), ("libia", "libya")],
)
def test_an_unknown_agenda_item_meets_the_nearest(word: str, near: str) -> None:
    with pytest.raises(InputError, match=f"did you mean .*{near}.*\\?"):
        agenda_named(word, agendas())


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("north-korea", "dprk or korea-1950"),
        ("Gaza", "palestine-israel"),
        ("Russia", "ukraine"),
        ("east timor", "timor-leste"),
        ("moon-base", "nearest by spelling: "),
    ],
)
def test_other_names_and_parts_of_names_meet_it_too(word: str, near: str) -> None:
    """And where nothing is near, the nearest are named all the same."""
    with pytest.raises(InputError, match=near):
        agenda_named(word, agendas())


@pytest.mark.parametrize("word", ["korea", "qqqq"])
def test_an_unknown_agenda_item_meets_the_command_that_lists_all(word: str) -> None:
    """Whether or not one is near."""
    with pytest.raises(InputError, match=f"`unsc agendas` lists all {len(agendas())}"):
        agenda_named(word, agendas())
