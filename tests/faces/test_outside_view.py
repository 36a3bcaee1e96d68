"""The outside view on the page of ``unsc run`` and in its JSON."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest

import simulator
from tests.faces.conftest import Unsc
from tests.faces.test_record import BAD, written
from tests.unit.test_record_file import GOOD

TITLE = "The outside view: the closest past votes (share, 95 % interval)"


def section(page: str) -> str:
    """What stands below the title, on one line."""
    lines = page.splitlines()
    start = lines.index(TITLE) + 1
    return " ".join(" ".join(lines[start : lines.index("", start)]).split())


@pytest.mark.parametrize("name", ["dprk-2022-05", "gaza-2024-03", "namibia-1975", "icj-2017", "reform-g4"])
def test_the_page_has_the_sentence_beside_the_odds(unsc: Unsc, name: str) -> None:
    page = unsc("run", name, "--engine", "exact").out
    assert section(page).startswith(simulator.outside_view(name).sentence)
    assert page.index("Adopted in") < page.index(TITLE) < page.index("The seats, by support")
    assert max(map(len, page.splitlines())) <= 80


def test_narrower_classes_are_told_with_what_they_share(unsc: Unsc) -> None:
    assert section(unsc("run", "dprk-2022-05", "--engine", "exact").out) == (
        "Of 23 substantive drafts since 1994 on dprk, 23 were adopted (100 %, 86–100), 0 vetoed and 0 failed. "
        "Closer, but fewer than 20: 4 with its agenda and sponsors in the last ten years (4 adopted); "
        "6 with its agenda and sponsors (6 adopted)."
    )


def test_a_class_that_cannot_be_widened_to_twenty_says_so(unsc: Unsc) -> None:
    told = section(unsc("run", "learning-versus-making", "--engine", "exact").out)
    assert "That is fewer than 20, and no class is wider." in told
    assert "since 1994" in told


def test_what_is_learnt_and_made_for_one_run_chooses_the_votes(unsc: Unsc) -> None:
    options = ("--given", "CHN=not yes", "--do", "RUS=abstain")
    told = section(unsc("run", "dprk-2022-05", "--engine", "exact", *options).out)
    assert "on which China did not vote yes and Russia abstained" in told
    assert "A vote that is made counts here as if it were learnt" in told


NEWER = ("run", "dprk-2022-05", "--engine", "exact", "--set", "draft.date=2025-06-01", "--set")


@pytest.fixture
def newer(tmp_path: Path) -> str:
    """Two votes of January 2025, one of them on a new agenda item, and a row that is refused."""
    new = GOOD | {"id": "S/2025/21", "draft": "S/2025/21", "agenda": "deep-sea", "region": "global"}
    return written(tmp_path / "newer.csv", [GOOD, BAD, new])


def test_votes_of_a_file_are_among_the_past_ones_and_refused_rows_are_told_apart(unsc: Unsc, newer: str) -> None:
    """A newer vote on an item counts; so does an item that the shipped record does not have."""
    known = (*NEWER, "draft.agenda=red-sea-houthi", "--json")
    ran = unsc(*known, "--record", newer)
    sizes = [step["size"] for step in ran.json["outside_view"]["steps"]]
    assert sizes == [size + 1 for size in (step["size"] for step in unsc(*known).json["outside_view"]["steps"])]
    assert "1 row is refused, 2 used" in ran.err
    assert unsc(*NEWER, "draft.agenda=deep-sea", "--json").json["outside_view"]["steps"][0]["criteria"][2:] == [
        "sponsored by any of FRA, GBR and USA but not by CHN or RUS"
    ]
    ran = unsc(*NEWER, "draft.agenda=deep-sea", "--record", newer)
    assert "The last vote on record before that day is of 15 January 2025." in section(ran.out)
    assert "is not an agenda item" not in section(ran.out)


def test_votes_of_a_file_change_no_odds(unsc: Unsc, newer: str) -> None:
    plain, more = (unsc(*NEWER, "draft.agenda=dprk", "--json", *record).json for record in ((), ("--record", newer)))
    assert plain.pop("outside_view")["size"] > 0 < more.pop("outside_view")["size"]
    assert plain == more


def test_a_file_that_cannot_be_read_is_said_before_anything_is_drawn(unsc: Unsc) -> None:
    ran = unsc("run", "dprk-2022-05", "--record", "nowhere.csv", "--engine", "monte-carlo", "--draws", "1e9")
    assert (ran.status, ran.out) == (2, "")
    assert "nowhere.csv" in ran.err


@pytest.mark.parametrize("arguments", [("dprk-2022-05", "--csv"), ("dprk-2022-05", "gaza-2024-03")])
def test_where_no_past_votes_are_shown_a_file_of_them_is_said_to_have_no_effect(
    unsc: Unsc, newer: str, arguments: tuple[str, ...]
) -> None:
    ran = unsc("run", *arguments, "--engine", "exact", "--record", newer)
    assert ran.status == 0
    assert ran.out == unsc("run", *arguments, "--engine", "exact").out
    assert "no effect on a table or --csv: --record" in ran.err


def test_an_agenda_with_control_characters_cannot_recolour_the_screen(unsc: Unsc) -> None:
    ran = unsc("run", "dprk-2022-05", "--engine", "exact", "--set", 'draft.agenda="a\\u001b[31m[bold]b"')
    assert ran.status == 0
    assert "\x1b" not in ran.out
    assert "is not an agenda item of the record" in section(ran.out)


@pytest.mark.parametrize("columns", ["40", "60", "80"])
def test_narrow_pages_lose_no_number(unsc: Unsc, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    page = unsc("run", "gaza-2024-03", "--engine", "exact").out
    told = " ".join(page.split())
    assert simulator.outside_view("gaza-2024-03").sentence in told
    outside = page[page.index("The outside view") : page.index("Why it fails")]
    assert max(map(len, outside.splitlines())) <= int(columns)


@pytest.mark.parametrize(
    "name", ["dprk-2022-05", "gaza-2024-03", "learning-versus-making", "namibia-1975", "reform-g4"]
)
def test_json_has_it_as_the_schema_says(unsc: Unsc, name: str) -> None:
    schema = unsc("schema", "--result").json
    answer = unsc("run", name, "--engine", "exact", "--json").json
    found = simulator.outside_view(name).as_dict()
    assert answer["outside_view"] == found
    jsonschema.validate(answer, schema)
    if found is not None:
        assert found["size"] == len(found["votes"]) == found["adopted"] + found["vetoed"] + found["failed"]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**answer, "outside_view": {**found, "size": -1}}, schema)


def test_several_scenarios_each_have_theirs_in_json_and_none_in_the_table(unsc: Unsc) -> None:
    names = ["dprk-2022-05", "namibia-1975"]
    answers = unsc("run", *names, "--engine", "exact", "--json").json
    assert [answer["outside_view"] is None for answer in answers] == [False, True]
    assert not re.search("outside", unsc("run", *names, "--engine", "exact").out)
