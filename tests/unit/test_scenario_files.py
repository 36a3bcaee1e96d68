"""Reading scenarios: paths, patterns, standard input, shipped names; and files that are no scenarios."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from simulator.errors import InputError, ScenarioError
from simulator.scenario import expand, load, parse, shipped_scenarios
from simulator.scenario.types import Scenario
from simulator.shipped import shipped

BARE = 'schema = 1\ntitle = "é"\ndraft.date = 2022-05-26\n'
SHIPPED = sorted(shipped_scenarios())


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario_loads_by_its_name_and_says_what_it_rests_on(name: str) -> None:
    scenario = load(name)
    assert scenario.title
    assert scenario.summary
    assert scenario.sources
    assert scenario.source == name


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_is_read_the_same_back_from_the_toml_it_writes(name: str) -> None:
    scenario = load(name)
    assert parse(scenario.to_toml()) == scenario


def test_the_template_loads() -> None:
    assert load(shipped("scenarios", "template.toml")).draft.sponsors == ("FRA", "DNK")


def test_shipped_scenarios_lie_in_the_folders_of_their_kinds() -> None:
    kinds = {path.parent.name for path in shipped_scenarios().values()}
    assert {"historical", "teaching"} <= kinds <= {"historical", "teaching", "hypothetical"}


@pytest.mark.parametrize("name", ["dprk-2022-05", "historical/dprk-2022-05"])
def test_a_shipped_scenario_goes_by_its_name_with_and_without_its_folder(name: str) -> None:
    assert load(name) == load("dprk-2022-05")


def test_a_file_of_that_name_comes_before_the_shipped_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("dprk-2022-05").write_text(BARE, encoding="utf-8")
    assert load("dprk-2022-05").title == "é"


@pytest.mark.parametrize("name", ["dprk-2022-5", "dprk-2022-05.toml", "drafts/dprk-2022-05"])
def test_a_misspelt_name_meets_the_nearest_shipped_one(name: str) -> None:
    with pytest.raises(InputError, match=rf"'{name}' – did you mean dprk-2022-05\?.*unsc scenarios"):
        load(name)


def test_a_missing_file_in_a_missing_folder_is_named_and_takes_no_shipped_name() -> None:
    with pytest.raises(InputError, match=r"nowhere/dprk-2022-05\.toml"):
        load("nowhere/dprk-2022-05.toml")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "\udcff"])
def test_what_cannot_be_a_path_is_an_input_error(name: str) -> None:
    with pytest.raises(InputError):
        load(name)


def test_a_folder_is_told_from_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is a folder; name a file, or .*\*\.toml"):
        load(tmp_path)


def test_a_path_object_is_read_like_its_text(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(BARE, encoding="utf-8")
    assert load(path) == load(str(path))
    assert load(path).source == str(path)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert parse(b"\xef\xbb\xbf" + BARE.encode()) == parse(BARE) == parse("\ufeff" + BARE)


def test_windows_line_ends_are_read() -> None:
    assert parse(BARE.replace("\n", "\r\n").encode()) == parse(BARE)


def said(text: bytes | str) -> str:
    with pytest.raises(ScenarioError) as caught:
        parse(text, "mine.toml")
    (problem,) = caught.value.problems
    assert len(str(problem)) < 300
    return str(problem)


def test_bytes_that_are_not_utf8_are_named_with_their_place() -> None:
    assert "not UTF-8 text: byte 21 is 0xe9" in said(BARE.encode("latin-1"))
    assert "not UTF-8" in said(BARE.encode("utf-16"))


@pytest.mark.parametrize("text", ["title", "= 1", 'title = "t', "[draft", "a = 1\na = 2", "\0", "d = 2022-02-30"])
def test_what_is_not_toml_is_said_to_be_none(text: str) -> None:
    assert said(text).startswith("not TOML: ")


def test_an_integer_beyond_pythons_limit_of_digits_is_said_to_be_too_long() -> None:
    assert "digits" in said(BARE + f"x = {'9' * 5000}")


@pytest.mark.parametrize("text", ["x = " + "[" * 100_000 + "]" * 100_000, "x = " + "{a=" * 50_000 + "1" + "}" * 50_000])
def test_deep_nesting_is_said_to_be_too_deep(text: str) -> None:
    assert "nested too deeply" in said(BARE + text)


@pytest.mark.parametrize("depth", [100, 150, 200])
def test_nesting_that_toml_still_reads_ends_in_a_problem(depth: int) -> None:
    assert said(BARE + "members.CHN.odds.yes = " + "[" * depth + "]" * depth)


def test_a_deep_dotted_key_ends_in_a_problem() -> None:
    assert said(BARE + ".".join(["members"] * 3000) + " = 1")


def test_a_huge_file_is_refused_by_its_size() -> None:
    assert "larger than 1,000,000 bytes" in said(b"#" * 1_000_001)
    assert parse(BARE.encode() + b"#" * 900_000) == parse(BARE)


def test_a_long_key_or_value_is_shortened_in_the_message() -> None:
    assert "…" in said(BARE + "k" * 10_000 + " = 1")
    assert "…" in said(BARE + f"members.{'M' * 10_000}.stance = 'opposes'")
    assert "…" in said(BARE + f"draft.matter = '{'m' * 10_000}'")


def test_standard_input_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BARE.encode()), encoding="ascii"))
    scenario = load("-")
    assert (scenario.title, scenario.source) == ("é", "standard input")


def test_patterns_are_the_files_they_match_in_order(tmp_path: Path) -> None:
    for name in ("b.toml", "a.toml", "c.txt"):
        (tmp_path / name).write_text(BARE, encoding="utf-8")
    found = expand([str(tmp_path / "*.toml"), "dprk-2022-05", "-"])
    assert found == [str(tmp_path / "a.toml"), str(tmp_path / "b.toml"), "dprk-2022-05", "-"]


def test_a_pattern_that_matches_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file matches"):
        expand([str(tmp_path / "*.toml")])


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    path = tmp_path / "draft[1].toml"
    path.write_text(BARE, encoding="utf-8")
    assert expand([str(path)]) == [str(path)]


def test_defaults_are_those_of_the_format() -> None:
    """No bloc, no company, nothing learnt or made; sponsors unknown; a substantive draft by the Charter."""
    scenario = parse(BARE)
    assert (scenario.blocs, scenario.company, scenario.given, scenario.do, scenario.actual) == ((), (), {}, {}, None)
    assert (scenario.draft.sponsors, scenario.draft.matter, scenario.draft.text) == (None, "substantive", "draft")
    assert (scenario.draft.chapter, scenario.council.rule, scenario.preferences.model) == ("none", "charter", "stated")
    assert parse(BARE + "draft.sponsors = []").draft.sponsors == ()


@pytest.mark.parametrize("odds", ["{ yes = 0.1, abstain = 0.2, no = 0.7 }", "{ yes = 0.5, no = 0.4999999999 }"])
def test_odds_add_up_to_1_within_1e_9(odds: str) -> None:
    assert parse(f"{BARE}members.CHN.odds = {odds}").members["CHN"].odds is not None


def test_unequal_scenarios_are_unequal() -> None:
    assert parse(BARE) != parse(BARE + "given.CHN = 'no'")
    assert parse(BARE) != "a scenario"


def test_scenarios_cannot_be_changed_in_place() -> None:
    scenario: Scenario = parse(BARE)
    with pytest.raises(ValueError, match="frozen"):
        scenario.title = "another"
