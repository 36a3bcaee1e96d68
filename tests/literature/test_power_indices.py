"""Published and reference numbers of power indices, as exact fractions."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest

from simulator.analysis import Game, power, power_with_abstention, rule_game, weighted_game
from simulator.facts import council_on
from simulator.scenario.reformed import reformed
from simulator.scenario.seat_tables import SeatEntry

NOW, THEN = council_on(datetime.date(2022, 6, 1)), council_on(datetime.date(1962, 6, 1))

# Reference values of the project, computed elsewhere by exact integer arithmetic and full enumeration (2^15 and 3^15
# roll calls). Game: winning, power to act, then of a permanent and of an elected member: swings, Banzhaf absolute and
# normalised, Shapley-Shubik, Coleman to prevent and to initiate, Johnston, Deegan-Packel, Holler-Packel.
COUNCILS: dict[str, tuple[Game, int, str, str, str]] = {
    "substantive, fifteen": (
        rule_game("substantive", council=NOW),
        848,
        "53/2048",
        "848 53/1024 106/635 421/2145 1 53/1995 283/1590 1/9 1/9",
        "84 21/4096 21/1270 4/2145 21/212 1/380 7/636 2/45 2/45",
    ),
    "substantive, eleven": (
        rule_game("substantive", council=THEN),
        57,
        "57/2048",
        "57 57/1024 19/105 76/385 1 57/1991 123/665 1/7 1/7",
        "5 5/1024 1/63 1/462 5/57 5/1991 5/399 1/21 1/21",
    ),
    "procedural": (
        rule_game("procedural", council=NOW),
        9949,
        "9949/32768",
        "3003 3003/16384 1/15 1/15 3003/9949 3003/22819 1/15 1/15 1/15",
        "3003 3003/16384 1/15 1/15 3003/9949 3003/22819 1/15 1/15 1/15",
    ),
    "judges": (
        rule_game("judges", council=NOW),
        16384,
        "1/2",
        "3432 429/2048 1/15 1/15 429/2048 429/2048 1/15 1/15 1/15",
        "3432 429/2048 1/15 1/15 429/2048 429/2048 1/15 1/15 1/15",
    ),
    "two vetoes": (
        rule_game("two-vetoes", council=NOW),
        4038,
        "2019/16384",
        "2762 1381/8192 1381/10475 361/2145 1381/2019 1381/14365 23/150 29/315 29/315",
        "714 357/8192 357/10475 34/2145 119/673 21/845 7/300 17/315 17/315",
    ),
}


def _numbers(found: Any) -> str:
    names = ["swings", "banzhaf_absolute", "banzhaf_normalized", "shapley_shubik", "prevent", "initiate"]
    return " ".join(str(getattr(found, name)) for name in [*names, "johnston", "deegan_packel", "holler_packel"])


@pytest.mark.parametrize("name", COUNCILS)
def test_games_of_the_council(name: str) -> None:
    game, winning, act, permanent, elected = COUNCILS[name]
    found = power(game)
    assert (found.winning, str(found.power_to_act)) == (winning, act)
    assert [_numbers(one) for one in found.classes] == [permanent, elected]


def test_the_council_with_abstention() -> None:
    """146,796 of 3^15; same source as above."""
    found = power_with_abstention(rule_game("substantive", council=NOW))
    assert (found.rollcalls, found.adopted, str(found.power_to_act)) == (14348907, 146796, "48932/4782969")
    names = ["yes_abstain", "abstain_no", "yes_no", "banzhaf_absolute", "banzhaf_normalized", "shapley_shubik"]
    assert [" ".join(str(getattr(one, name)) for name in names) for one in found.classes] == [
        "69876 38460 108336 36112/1594323 9028/89435 118525786/725416965",
        "53154 0 53154 5906/531441 8859/178870 26557607/1450833930",
    ]


# Same source. Seats of the proposal, quota; winning, power to act; of a member with a veto and of one without:
# normalised Banzhaf, Shapley-Shubik; and minimal winning coalitions, which give Holler-Packel.
REFORMS = {
    "g4": (14, 784626, "392313/16777216", "130771/905795 1571/8050", "12597/905795 39/32200"),
    "uniting-for-consensus": (15, 616666, "308333/16777216", "308333/2465445 332/1725", "46189/2465445 13/6900"),
    "panel-a": (15, 262144, "1/64", "65536/558625 263/1380", "2431/111725 13/5244"),
}


@pytest.mark.parametrize("word", REFORMS)
def test_enlarged_councils(word: str) -> None:
    """Permanent members without a veto are a class of their own, with the power of an elected member."""
    quota, winning, act, veto, others = REFORMS[word]
    game = rule_game("quota-and-veto", council=reformed(NOW.date, (SeatEntry(id=word),)), quota=quota)
    found = power(game)
    assert (found.winning, str(found.power_to_act)) == (winning, act)
    for one in found.classes:
        assert f"{one.banzhaf_normalized} {one.shapley_shubik}" == (veto if one.veto else others)


def test_the_council_of_six_ministers_of_1958() -> None:
    """Luxembourg had no power [FelsenthalMachover1998]: Shapley-Shubik 14, 9, 0 of 60, Banzhaf 10, 6, 0 of 42."""
    found = power(weighted_game(12, [4, 4, 4, 2, 2, 1]))
    assert [one.shapley_shubik for one in found.classes] == [Fraction(14, 60), Fraction(9, 60), 0]
    assert [one.banzhaf_normalized for one in found.classes] == [Fraction(10, 42), Fraction(6, 42), 0]


def test_examples_of_other_authors() -> None:
    """Deegan-Packel of [51; 35, 20, 15, 15, 15]: Holler and Illing (2006), chapter 6.3.3; Johnston of [4; 3, 2, 1]."""
    found = power(weighted_game(51, [35, 20, 15, 15, 15]))
    assert [one.deegan_packel for one in found.classes] == [Fraction(18, 60), Fraction(9, 60), Fraction(11, 60)]
    johnston = [one.johnston for one in power(weighted_game(4, [3, 2, 1])).classes]
    assert johnston == [Fraction(2, 3), Fraction(1, 6), Fraction(1, 6)]
