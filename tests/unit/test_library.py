"""The Library's voting data become roll calls: the shipped record comes out of them again, and misfits are refused."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.facts import Choice, Matter, Recording, Region, RollCall, council_on, library, roll_calls
from simulator.facts.library import Imported, read_library
from simulator.rules import contradiction

COLUMNS = (
    *("undl_id", "ms_code", "ms_name", "permanent_member", "ms_vote", "date", "resolution", "draft", "meeting"),
    *("description", "agenda", "subjects", "vote_note", "total_yes", "total_no", "total_abstentions"),
    *("total_non_voting", "total_ms", "modality", "undl_link"),
)
"""As published in February 2026."""
LETTERS = {Choice.YES: "Y", Choice.NO: "N", Choice.ABSTAIN: "A", Choice.ABSENT: "X"}
SAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "library.csv"

Row = dict[str, str]
Write = Callable[[list[Row]], Path]


def as_published(vote: RollCall) -> list[Row]:
    """A row a member, in the Library's columns; without a vote nobody counts."""
    voted = vote.recording is not Recording.WITHOUT_VOTE
    totals = {word: str(vote.count(choice) if voted else 0) for word, choice in library._TOTALS.items()}
    return [
        dict.fromkeys(COLUMNS, "")
        | totals
        | {
            "ms_code": "SUN" if member == "RUS" and vote.date.year < 1991 else member,
            "ms_vote": LETTERS[choice] if voted else "X",
            "date": vote.date.isoformat(),
            "resolution": f"{vote.id}({vote.date.year})",
            "draft": vote.draft,
            "agenda": f"Words for {vote.agenda}",
            "modality": "Vote" if voted else "Without Vote",
            "total_ms": str(len(vote.choices)),
        }
        for member, choice in vote.by_member.items()
    ]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(rows: list[Row]) -> Path:
        path = tmp_path / "library.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return written


def a_vote(**changes: str) -> list[Row]:
    """The rows of a made-up resolution of 15 January 2025, on which Russia abstained."""
    council = council_on(date(2025, 1, 15))
    row = {"date": "2025-01-15", "resolution": "S/RES/2768(2025)", "draft": "S/2025/20", "modality": "Vote"}
    row |= {"total_yes": "14.0", "total_no": "0.0", "total_abstentions": "1.0", "total_non_voting": "0", **changes}
    return [
        dict.fromkeys(COLUMNS, "") | {"ms_code": code, "ms_vote": "A" if code == "RUS" else "Y"} | row
        for code in council.ids
    ]


def read(path: Path, agenda: str = "", region: Region | None = None) -> Imported:
    return read_library(path, agenda, region, contradiction)


def test_the_whole_record_comes_out_of_the_librarys_form_again(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every resolution since 1946, as if none were on record: the marks, the day, the symbol, how it is known."""
    adopted = [vote for vote in roll_calls() if vote.id.startswith("S/RES/")]
    path = write([row for vote in adopted for row in as_published(vote)])
    monkeypatch.setattr(library, "roll_calls", lambda: ())
    imported = read(path)
    assert (imported.refused, imported.known) == ((), 0)
    over = {vote.id for vote in adopted if vote.matter is Matter.PROCEDURAL and Choice.NO in vote.choices[:5]}
    for found, vote in zip(imported.roll_calls, adopted, strict=True):
        made = Matter.PROCEDURAL if vote.id in over else Matter.SUBSTANTIVE
        assert found == replace(
            vote, date_exact=True, matter=made, agenda="other", region=None, sponsors=(), source="undl"
        ), vote.id
    assert len(over) == 10


def test_what_is_on_record_is_left_out_and_its_words_place_what_is_new(write: Write) -> None:
    known = [vote for vote in roll_calls() if vote.agenda in ("dprk", "libya") and vote.id.startswith("S/RES/")]
    rows = [row for vote in known for row in as_published(vote)]
    rows += a_vote(agenda="Words for dprk") + a_vote(resolution="S/RES/2769 (2025)", agenda="Words for cuba")
    imported = read(write(rows))
    assert imported.known == len(known)
    assert [(vote.id, vote.agenda, vote.region) for vote in imported.roll_calls] == [
        ("S/RES/2768", "dprk", Region.ASIA),
        ("S/RES/2769", "other", None),
    ]
    assert (imported.placed, imported.unplaced) == (("S/RES/2768",), ("S/RES/2769",))


def test_words_under_which_several_things_were_decided_place_nothing(write: Write) -> None:
    known = [vote for vote in roll_calls() if vote.agenda in ("golan", "syria") and vote.id.startswith("S/RES/")]
    rows = [row | {"agenda": "Middle East"} for vote in known[-12:] for row in as_published(vote)]
    assert read(write(rows + a_vote(agenda="Middle East"))).roll_calls[0].agenda == "other"


def test_an_agenda_item_can_be_given(write: Write) -> None:
    path = write(a_vote())
    assert read(path, "dprk").roll_calls[0].region is Region.ASIA
    found = read(path, "arctic-routes", Region.AMERICAS)
    assert (found.roll_calls[0].agenda, found.roll_calls[0].region, found.unplaced) == (
        "arctic-routes",
        Region.AMERICAS,
        (),
    )


def test_a_resolution_adopted_without_a_vote_has_all_in_favour(write: Write) -> None:
    rows = [row | {"ms_vote": "X"} for row in a_vote(modality="Without Vote", total_yes="0", total_abstentions="0")]
    (vote,) = read(write(rows)).roll_calls
    assert (vote.recording, set(vote.choices)) == (Recording.WITHOUT_VOTE, {Choice.YES})


def changed(place: int, **cells: str) -> list[Row]:
    rows = a_vote()
    rows[place] |= cells
    return rows


MISFITS = [
    (a_vote()[1:], "without a row: CHN"),
    (a_vote() + a_vote()[:1], "more than one row: CHN"),
    (changed(14, ms_code="DEU"), "not on the council of 2025-01-15: 'DEU'; "),
    (changed(0, ms_vote="P"), "ms_vote is 'P', not one of Y, N, A, X"),
    (changed(0, ms_vote="N"), "total_yes is '14.0', but 13 rows say yes"),
    (changed(0, date="2025-01-16"), "date is '2025-01-15' and '2025-01-16'"),
    (a_vote(date="15/01/2025"), "not one day such as 2024-03-25"),
    (a_vote(date="2031-01-15"), "known are 1946-01-17 to 2027-12-31"),
    (a_vote(resolution="RES 2768"), "resolution is 'RES 2768', not a symbol such as S/RES/2728(2024)"),
    (a_vote(modality="Without Vote"), "adopted without a vote, says modality, but members have marks"),
    (
        [
            row | {"ms_vote": "Y" if row["ms_code"] < "H" else "A", "total_yes": ""}
            for row in a_vote(total_abstentions="")
        ],
        "make it failed (Article 27(3)",
    ),
]


@pytest.mark.parametrize(("rows", "reason"), MISFITS, ids=[reason[:30] for _, reason in MISFITS])
def test_what_does_not_fit_is_refused_with_its_reason_and_the_rest_stays(
    write: Write, rows: list[Row], reason: str
) -> None:
    imported = read(write(a_vote(resolution="S/RES/2790(2025)") + rows))
    assert [vote.id for vote in imported.roll_calls] == ["S/RES/2790"]
    (row,) = imported.refused
    assert reason in row.reason
    assert row.line == 17


def test_the_general_assemblys_file_is_told(write: Write) -> None:
    with pytest.raises(InputError, match="the General Assembly's"):
        read(write(a_vote(resolution="A/RES/79/1")))


def test_a_file_without_the_columns_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("ms_code,date\n", encoding="utf-8")
    with pytest.raises(InputError, match="lacks ms_vote, resolution"):
        read(tmp_path / "x.csv")


def test_the_made_up_sample_has_the_published_columns() -> None:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        assert tuple(csv.DictReader(file).fieldnames or ()) == COLUMNS
