"""The outside view on the page of ``unsc run`` and in its JSON."""

from __future__ import annotations

import re

import jsonschema
import pytest

import simulator
from tests.faces.conftest import Unsc

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
