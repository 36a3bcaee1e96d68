"""The codes of all states, and which one a misspelt word means."""

from __future__ import annotations

import pytest

from simulator.facts import members
from simulator.facts.codes import OTHER_CODES, nearest_state, state_codes
from simulator.shipped import shipped

WITHDRAWN = {"CSK", "DDR", "YMD", "YUG"}


def test_there_are_the_249_codes_of_iso_3166_and_the_four_withdrawn_ones_of_the_record() -> None:
    text = shipped("facts", "data", "iso3166.csv").read_text(encoding="utf-8")
    codes = [code for line in text.splitlines()[1:] for code in line.split(",")[1].split()]
    assert len(codes) == len(set(codes)) == 249
    assert codes == sorted(codes)
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in codes)
    assert state_codes() == set(codes) | WITHDRAWN
    assert set(members()) - set(codes) == WITHDRAWN


def test_every_first_letter_has_its_own_codes() -> None:
    for line in shipped("facts", "data", "iso3166.csv").read_text(encoding="utf-8").splitlines()[1:]:
        first, codes = line.split(",")
        assert {code[0] for code in codes.split()} == {first}


def test_other_codes_are_none_of_states_and_lead_to_states() -> None:
    assert not state_codes() & set(OTHER_CODES)
    assert state_codes() >= set(OTHER_CODES.values())


COUNCIL = ["CHN", "FRA", "GBR", "RUS", "USA", "IND", "IRL"]
NAMES = {"China": "CHN", "Russian Federation": "RUS", "Russia": "RUS", "India": "IND"}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("CNH", "CHN"),
        ("GBT", "GBR"),
        ("BGBR", "GBR"),
        ("rus", "RUS"),
        (" RUS ", "RUS"),
        ("UK", "GBR"),
        ("USSR", "RUS"),
        ("Rusia", "RUS"),
        ("СНN", "CHN"),
        ("ＣＨＮ", "CHN"),
        ("IRX", "IRL"),
    ],
)
def test_a_slip_is_told_the_code(word: str, meant: str) -> None:
    assert f"did you mean {meant}?" in nearest_state(word, COUNCIL, NAMES)


@pytest.mark.parametrize("word", ["UKR", "BGR", "african", "all", "QQQ", "GER", "", "R", "x" * 10_000, "Austria"])
def test_what_is_not_near_or_is_another_state_is_told_nothing(word: str) -> None:
    """The code of a real state is not misspelt, however near another."""
    assert nearest_state(word, COUNCIL, NAMES) == ""


def test_where_several_are_as_near_all_are_named() -> None:
    assert nearest_state("AUX", ["AUS", "AUT", "USA"], {}) == "did you mean AUS or AUT?"
