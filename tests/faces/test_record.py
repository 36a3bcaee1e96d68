"""``unsc record``: list, show, check and import, as text at 80 columns and narrower, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.faces.cli.record.showing import find
from simulator.faces.cli.record_option import record_of
from simulator.facts import COLUMNS, Choice, Outcome, RollCall, roll_calls, vetoes
from tests.faces.conftest import Unsc
from tests.unit.test_record import table
from tests.unit.test_record_file import GOOD

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
BAD = GOOD | {"id": "S/RES/2769", "yes_count": "13"}


@pytest.fixture
def mine(tmp_path: Path) -> str:
    """A file with one right row and one wrong one."""
    return written(tmp_path / "mine.csv", [GOOD, BAD])


def written(path: Path, rows: list[dict[str, str]]) -> str:
    """The path of a file with these rows, in the columns of the record."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def rows_of(page: str) -> list[list[str]]:
    """The lines of the table, in words."""
    return [line.split() for line in page.splitlines() if line[:4].isdecimal() and line[4:5] == "-"]


def test_the_list_shows_the_latest_votes_newest_last_with_counts_of_all(unsc: Unsc) -> None:
    ran = unsc("record", "list")
    assert (ran.status, ran.err) == (0, "")
    assert [row[1] for row in rows_of(ran.out)] == [vote.id for vote in roll_calls()[-20:]]
    assert "2,904 votes on record: 2,767 adopted, 73 vetoed, 64 failed." in ran.out
    assert "Shown are the latest 20" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_filters_meet_and_what_members_did_is_counted(unsc: Unsc) -> None:
    ran = unsc("record", "list", "--member", "CHN=not yes", "--member", "USA", "--agenda", "dprk", "--contested")
    assert [row[1] for row in rows_of(ran.out)] == ["S/RES/825", "S/2022/431", "S/2024/255"]
    assert "3 of 2,904 votes on record: 1 adopted, 2 vetoed, 0 failed." in ran.out
    assert "CHN in these: 2 abstain, 1 no." in ran.out
    assert "USA in these: 3 yes." in ran.out
    assert rows_of(ran.out)[2][2:] == ["✕", "vetoed", "13-1-1", "dprk", "RUS", "(CHN)"]


# Filters, and what they ask of a row of the table.
FILTERS: list[tuple[list[str], Callable[[dict[str, str]], bool]]] = [
    (["--member", "CHN", "--voted", "no"], lambda row: "CHN" in row["no"].split()),
    (["--member", "CHN=no,abstain"], lambda row: "CHN" in (row["no"] + " " + row["abstain"]).split()),
    (
        ["--member", "CHN", "--member", "RUS=no", "--voted", "no"],
        lambda row: not {"CHN", "RUS"} - set(row["no"].split()),
    ),
    (["--region", "asia", "--region", "europe"], lambda row: row["region"] in ("asia", "europe")),
    (["--sponsor", "PRESIDENT"], lambda row: "PRESIDENT" in row["sponsors"].split()),
    (["--from", "2020", "--to", "2021"], lambda row: row["date"][:4] in ("2020", "2021")),
    (["--from", "2022-05-26", "--to", "2022-05-26"], lambda row: row["date"] == "2022-05-26"),
    (["--outcome", "failed", "--outcome", "vetoed"], lambda row: row["outcome"] != "adopted"),
    (["--text", "paragraph", "--matter", "substantive"], lambda row: row["text"] == "paragraph"),
]


@pytest.mark.parametrize("place", range(len(FILTERS)), ids=[" ".join(arguments) for arguments, _ in FILTERS])
def test_every_filter_finds_what_the_table_has(unsc: Unsc, place: int) -> None:
    arguments, expected = FILTERS[place]
    found = unsc("record", "list", *arguments, "--json").json
    assert [vote["id"] for vote in found["votes"]] == [row["id"] for row in table("roll_calls") if expected(row)]
    assert found["counts"]["votes"] == len(found["votes"]) > 0
    assert found["of"] == 2904


def test_csv_is_in_the_records_own_columns_and_letter_for_letter(unsc: Unsc) -> None:
    ran = unsc("record", "list", "--agenda", "dprk", "--csv")
    rows = [*csv.DictReader(io.StringIO(ran.out))]
    assert rows == [row for row in table("roll_calls") if row["agenda"] == "dprk"]
    assert ran.out.splitlines()[0] == ",".join(COLUMNS)


def test_csv_of_added_rows_can_be_added_again(unsc: Unsc, tmp_path: Path, mine: str) -> None:
    ran = unsc("record", "list", "--from", "2025", "--csv", "--record", mine)
    again = tmp_path / "again.csv"
    again.write_text(ran.out, encoding="utf-8")
    assert record_of([str(again)])[-1] == record_of([mine])[-1]
    assert unsc("record", "check", str(again)).status == 0


def test_limit_and_all_say_how_much_is_shown(unsc: Unsc) -> None:
    some = unsc("record", "list", "--agenda", "cuba", "--agenda", "nepal", "--limit", "3")
    every = unsc("record", "list", "--agenda", "cuba", "--agenda", "nepal", "--all")
    assert (len(rows_of(some.out)), len(rows_of(every.out))) == (3, 10)
    assert "latest 3" in some.out
    assert "latest" not in every.out
    assert len(unsc("record", "list", "--limit", "3", "--json").json["votes"]) == 3


def test_vetoes_of_which_only_the_vetoing_members_are_known_are_told(unsc: Unsc) -> None:
    ran = unsc("record", "list", "--agenda", "lebanon", "--outcome", "vetoed", "--json").json
    assert [veto["draft"] for veto in ran["further_vetoes"]] == [
        veto.draft for veto in vetoes() if veto.agenda == "lebanon" and not veto.in_roll_calls
    ]
    page = unsc("record", "list", "--agenda", "lebanon", "--outcome", "vetoed").out
    assert f"{len(ran['further_vetoes'])} more vetoed texts fit" in page


def test_split_crosses_two_members(unsc: Unsc) -> None:
    """The number in model.md, section 4: of 40 substantive votes with a Russian no China voted no on 17."""
    arguments = ("record", "list", "--split", "CHN", "RUS", "--from", "1994", "--matter", "substantive")
    page = unsc(*arguments).out
    assert "CHN no             1            1      17        19" in page
    assert max(map(len, page.splitlines())) <= 80
    cells = {(row["CHN"], row["RUS"]): row for row in unsc(*arguments, "--json").json["cells"]}
    assert sum(row["votes"] for (_, russia), row in cells.items() if russia == "no") == 40
    assert cells["no", "no"]["adopted"] == 0
    rows = [*csv.DictReader(io.StringIO(unsc(*arguments, "--csv").out))]
    assert {(row["CHN"], row["RUS"]): int(row["votes"]) for row in rows} == {
        key: row["votes"] for key, row in cells.items()
    }


def test_members_that_never_sat_together_have_nothing_to_cross(unsc: Unsc) -> None:
    assert "No vote fits on which both DDR and DEU were members" in unsc("record", "list", "--split", "DDR", "DEU").out


def test_nothing_found_is_said(unsc: Unsc) -> None:
    ran = unsc("record", "list", "--agenda", "dprk", "--outcome", "failed")
    assert (ran.status, ran.out) == (0, "None of 2,904 votes on record fits.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--agenda", "libyan"], "--agenda: there is no agenda item 'libyan' – did you mean libya"),
        (["--member", "CNH=no"], "did you mean CHN?"),
        (["--member", "China"], "did you mean CHN?"),
        (["--member", "CHN=abstian"], "did you mean abstain?"),
        (["--member", "CHN=not abstain"], "'not abstain' is not one of yes, no, abstain, absent, not yes, not no"),
        (["--member", "CHN=no", "--member", "CHN=yes"], "CHN stands there twice"),
        (["--voted", "no"], "name one without a vote of its own"),
        (["--sponsor", "UK"], "did you mean GBR?"),
        (["--region", "azia"], "did you mean asia?"),
        (["--outcome", "vetod"], "did you mean vetoed?"),
        (["--from", "2022", "--to", "2020"], "--from 2022-01-01 is after --to 2020-12-31"),
        (["--from", "May 2022"], "is not a date"),
        (["--from", "0000"], "'0000' is no year"),
        (["--limit", "0"], "0 is less than 1"),
        (["--json", "--csv"], "choose one"),
        (["--limit", "5", "--all"], "--limit and --all: choose one"),
        (["--split", "CHN", "CHN"], "name two members"),
        (["--split", "CHN", "RSU"], "did you mean RUS?"),
        (["--split", "CHN", "RUS", "--all"], "--limit and --all are for the list"),
        (["--record", "none.csv"], "none.csv cannot be read"),
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_said_with_the_nearest(unsc: Unsc, arguments: list[str], said: str) -> None:
    ran = unsc("record", "list", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_a_vote_is_drawn_with_its_members_and_its_law(unsc: Unsc) -> None:
    ran = unsc("record", "show", "S/2022/431")
    assert (ran.status, ran.err) == (0, "")
    for words in (
        "dprk (asia), 26 May 2022",
        "sponsors USA",
        "Article 27(3): 9 of 15 votes",
        "✕ Vetoed by China and Russia: 13 yes, 2 no",
        "● yes 13",
        "✕ no 2",
        "P CHN China",
        "ALB Albania",
        "The record names who voted how.",
    ):
        assert words in ran.out
    pointer, row = next(
        (line, ran.out.splitlines()[place + 1]) for place, line in enumerate(ran.out.splitlines()) if "▼" in line
    )
    assert row.split() == ["●"] * 13 + ["✕"] * 2
    assert row[: pointer.index("▼") + 1].count("●") == 9


@pytest.mark.parametrize("columns", [80, 40])
def test_every_kind_of_vote_is_drawn_whole_at_any_width(
    unsc: Unsc, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """A hidden veto, a procedural one over a no, no vote, an absence, eleven members, an amendment, a paragraph."""
    monkeypatch.setenv("COLUMNS", str(columns))
    votes = {vote.id: vote for vote in roll_calls()}
    for symbol in ("S/2014/916", "S/RES/462", "S/RES/704", "S/RES/82", "S/2020/667-amendment", "S/7951/Rev.2-para-1"):
        page = unsc("record", "show", symbol).out
        assert max(map(len, page.splitlines())) <= columns
        for member in votes[symbol].council.ids:
            assert page.count(f" {member} ") >= 1, (symbol, member)
        marks = next(line for line in page.splitlines() if line.split()[:2] == ["●", "●"]).split()
        assert len(marks) == len(votes[symbol].choices)


def test_what_the_picture_does_not_say_is_told(unsc: Unsc) -> None:
    assert "A hidden veto: USA against" in unsc("record", "show", "S/2014/916").out
    assert "Procedural, so that no by RUS did not block it" in unsc("record", "show", "S/RES/462").out
    assert "without a vote: all members count as in favour" in unsc("record", "show", "S/RES/704").out
    assert "deduced from the published tally" in unsc("record", "show", "S/10974").out
    assert "The day is set from other\nevidence" in unsc("record", "show", "S/RES/857").out
    assert "P RUS Soviet Union" in unsc("record", "show", "S/RES/462").out


@pytest.mark.parametrize(
    ("word", "id_"),
    [
        ("S/RES/2728", "S/RES/2728"),
        ("2728", "S/RES/2728"),
        ("res/2728", "S/RES/2728"),
        ("S/RES/2728 (2024)", "S/RES/2728"),
        ("s/2022/431", "S/2022/431"),
        ("S/2024/254", "S/RES/2728"),
        ("S/1443", "S/1443"),
    ],
)
def test_a_vote_is_found_by_id_number_and_symbol(word: str, id_: str) -> None:
    found = find(word, roll_calls())
    assert isinstance(found, RollCall)
    assert found.id == id_


def test_every_vote_and_every_veto_is_found_by_its_id() -> None:
    for vote in roll_calls():
        assert find(vote.id, (*roll_calls()[-1:], vote)) is vote
    for veto in vetoes():
        if not veto.in_roll_calls:
            assert find(veto.draft, roll_calls()[-1:]) == veto


def test_a_draft_voted_on_in_parts_names_them() -> None:
    with pytest.raises(InputError, match=r"S/7951/Rev\.2-para-1, S/7951/Rev\.2-para-2; name one of them"):
        find("S/7951/Rev.2", roll_calls())


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("S/2022/432", "did you mean S/2022/431 or"),
        ("9999", "did you mean S/RES/2767 or"),
        ("S/2022/431-amendment", "did you mean S/2022/431?"),
        ("nonsense", "`unsc record list` finds votes"),
    ],
)
def test_an_unknown_id_meets_the_nearest(unsc: Unsc, word: str, said: str) -> None:
    ran = unsc("record", "show", word)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_a_veto_of_which_only_the_vetoing_member_is_known_is_shown_so(unsc: Unsc) -> None:
    page = unsc("record", "show", "S/PV.23").out
    assert "Vetoed by the Soviet Union" in page
    assert "How the other 10 members voted is not on record" in page
    answer = unsc("record", "show", "S/PV.23", "--json").json
    assert (answer["vetoed_by"], answer["choices"], answer["region"]) == (["RUS"], None, "middle-east")


def test_a_vote_as_json_has_choices_tally_and_law(unsc: Unsc) -> None:
    answer = unsc("record", "show", "S/RES/462", "--json").json
    assert (answer["matter"], answer["needed"], answer["against"]) == ("procedural", 9, ["RUS"])
    assert answer["tally"] == {"yes": 12, "abstain": 1, "no": 2, "absent": 0}
    assert (answer["choices"]["RUS"], answer["names"]["RUS"]) == ("no", "Soviet Union")


def test_refused_rows_are_told_on_stderr_and_the_rest_is_used(unsc: Unsc, mine: str) -> None:
    ran = unsc("record", "show", "2768", "--record", mine)
    assert ran.status == 0
    assert "● Adopted: 12 yes, 3 abstaining" in ran.out
    assert f"{mine}: 1 row is refused, 1 used" in ran.err
    assert "line 3, S/RES/2769: yes_count is 13" in ran.err


def test_record_of_none_is_the_shipped_record(capsys: pytest.CaptureFixture[str], mine: str) -> None:
    assert record_of(None) is roll_calls()
    assert [vote.id for vote in record_of([mine]) if vote not in roll_calls()] == ["S/RES/2768"]
    assert "1 row is refused" in capsys.readouterr().err


def test_all_refused_rows_are_listed(unsc: Unsc, tmp_path: Path) -> None:
    many = written(tmp_path / "many.csv", [BAD | {"id": f"S/RES/{number}"} for number in range(3000, 3030)])
    assert unsc("record", "list", "--record", many, "--limit", "1").err.count("yes_count is 13") == 30
    assert unsc("record", "check", many).err.count("yes_count is 13") == 30


def test_one_file_adds_to_the_record_not_two(unsc: Unsc, mine: str) -> None:
    """The first would be lost without a word."""
    ran = unsc("record", "list", "--record", mine, "--record", mine)
    assert (ran.status, ran.out) == (2, "")
    assert "--record is given 2 times; put the rows of" in ran.err


def test_what_is_read_otherwise_than_it_stands_is_told_and_used(unsc: Unsc, tmp_path: Path) -> None:
    path = written(tmp_path / "mine.csv", [GOOD | {"region": "asia", "sponsors": "USA,XKX"}])
    ran = unsc("record", "show", "2768", "--record", path)
    assert ran.status == 0
    assert "line 2, S/RES/2768: region is asia, but that of red-sea-houthi is middle-east, which is taken" in ran.err
    checked = unsc("record", "check", path)
    assert checked.status == 0
    assert "Read otherwise than it stands:" in checked.out
    assert unsc("record", "check", path, "--json").json["remarks"][0]["line"] == 2


def test_a_vote_as_csv_is_its_row_of_the_record(unsc: Unsc) -> None:
    shown = unsc("record", "show", "S/2022/431", "--csv").out
    assert shown.splitlines()[0] == ",".join(COLUMNS)
    assert shown == unsc("record", "list", "--agenda", "dprk", "--outcome", "vetoed", "--to", "2022", "--csv").out
    ran = unsc("record", "show", "S/1946/1-x", "--csv")
    assert ran.status == 2


def test_check_says_that_a_file_is_fine(unsc: Unsc, tmp_path: Path) -> None:
    new = GOOD | {"id": "S/RES/2769", "agenda": "arctic-routes", "region": "americas", "date": "2025-02-03"}
    fine = written(tmp_path / "fine.csv", [GOOD, new])
    ran = unsc("record", "check", fine)
    assert (ran.status, ran.err) == (0, "")
    said = " ".join(ran.out.split())
    assert "2 rows can be used, from 2025-01-15 to 2025-02-03: 2 adopted, 0 vetoed, 0 failed." in said
    assert "New agenda items: arctic-routes." in said
    answer = unsc("record", "check", fine, "--json").json
    assert (answer["fine"], answer["used"], answer["refused"], answer["new_agendas"]) == (
        True,
        2,
        [],
        ["arctic-routes"],
    )


def test_check_asks_whether_a_new_agenda_item_is_a_slip(unsc: Unsc, tmp_path: Path) -> None:
    slip = written(tmp_path / "slip.csv", [GOOD | {"agenda": "dprkk", "region": "asia"}])
    ran = unsc("record", "check", slip)
    assert ran.status == 0
    assert "New agenda items: dprkk (did you mean dprk?)." in " ".join(ran.out.split())


def test_check_ends_with_2_and_names_every_refused_row(unsc: Unsc, mine: str) -> None:
    ran = unsc("record", "check", mine)
    assert ran.status == 2
    assert "1 row can be used" in " ".join(ran.out.split())
    assert "line 3, S/RES/2769: yes_count is 13, but 12 of the 15 members have no mark" in ran.err
    told = unsc("record", "check", mine, "--json")
    assert told.status == 2
    (row,) = told.json["refused"]
    assert (row["line"], row["id"]) == (3, "S/RES/2769")
    assert (told.json["fine"], told.json["rows"], told.json["used"]) == (False, 2, 1)


def test_check_of_a_file_without_rows_says_so(unsc: Unsc, tmp_path: Path) -> None:
    assert "there is no row in it" in " ".join(unsc("record", "check", written(tmp_path / "e.csv", [])).out.split())


def test_what_is_imported_can_be_added(unsc: Unsc, tmp_path: Path) -> None:
    target = tmp_path / "new.csv"
    ran = unsc("record", "import", str(EXAMPLES / "library.csv"), "--output", str(target))
    assert (ran.status, ran.out) == (0, "")
    assert "2 new resolutions, 2 on record already" in ran.err
    assert "agenda by the Library's words, to be checked: S/RES/9001" in ran.err
    assert "agenda still other, to be filled in with its region: S/RES/9002" in ran.err
    assert "line 62, S/RES/9003: on the council of 2026-03-12, but without a row: USA" in ran.err
    assert unsc("record", "check", str(target)).status == 0
    added = record_of([str(target)])[-2:]
    assert [(vote.id, vote.agenda, vote.outcome) for vote in added] == [
        ("S/RES/9001", "dprk", Outcome.ADOPTED),
        ("S/RES/9002", "other", Outcome.ADOPTED),
    ]
    assert added[0].members(Choice.ABSTAIN) == ("CHN", "RUS")


def test_import_replaces_no_file_and_writes_to_standard_output(unsc: Unsc, tmp_path: Path, mine: str) -> None:
    path = str(EXAMPLES / "library.csv")
    assert "is there already" in unsc("record", "import", path, "--output", mine).err
    assert "cannot be written" in unsc("record", "import", path, "--output", str(tmp_path / "no" / "x.csv")).err
    ran = unsc("record", "import", path, "--agenda", "dprk")
    assert [row["agenda"] for row in csv.DictReader(io.StringIO(ran.out))] == ["dprk", "dprk"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--agenda", "arctic-routes"], "give its --region"),
        (["--region", "asia"], "for an --agenda that the record does not have"),
        (["--agenda", "dprk", "--region", "asia"], "for an --agenda that the record does not have"),
        (["--agenda", "arctic-routes", "--region", "azia"], "did you mean asia?"),
        (["--agenda", "Arctic Routes", "--region", "asia"], "lower-case words with hyphens"),
    ],
    ids=str,
)
def test_what_cannot_be_imported_so_is_said(unsc: Unsc, arguments: list[str], said: str) -> None:
    ran = unsc("record", "import", str(EXAMPLES / "library.csv"), *arguments)
    assert ran.status == 2
    assert said in ran.err
