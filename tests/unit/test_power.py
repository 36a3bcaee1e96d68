"""Games that are made of rules and weights, games too large to go through, and what is refused."""

from __future__ import annotations

import datetime
import random
import re
from collections import Counter
from fractions import Fraction
from math import comb, factorial
from pathlib import Path

import pytest

import simulator
from simulator.analysis import power, power_with_abstention, rule_game, scenario_game, weighted_game
from simulator.analysis.power import abstention, counting
from simulator.errors import CouncilError, InputError, OptionError, RefusedError, RuleError
from simulator.facts import council_on
from simulator.rules import RULES
from simulator.scenario import changed, council_of, load, parse, shipped_scenarios
from simulator.scenario.reformed import reformed
from simulator.scenario.seat_tables import SeatEntry

NOW = council_on(datetime.date(2022, 6, 1))
G4 = reformed(NOW.date, (SeatEntry(id="g4"),))


def plain_counts(weights: list[int], missing: int) -> Counter[tuple[int, int]]:
    """Coalitions of all but one member by size and weight, added up one by one in Python's own numbers."""
    found = Counter({(0, 0): 1})
    for member, weight in enumerate(weights):
        if member != missing:
            further = found.copy()
            for (size, sum_), ways in found.items():
                further[size + 1, sum_ + weight] += ways
            found = further
    return found


@pytest.mark.parametrize("share", [Fraction(1, 3), Fraction(1, 2), Fraction(4, 5)])
def test_past_sixty_five_members_nothing_overflows(share: Fraction) -> None:
    """Swings and Shapley–Shubik of ninety random weights, against counts without one member each."""
    weights = [random.Random(7).randint(0, 12) for _ in range(3)] + [random.Random(k).randint(1, 12) for k in range(87)]
    quota = int(share * sum(weights))
    found = power(weighted_game(quota, weights))
    for member in (0, 30, 89):
        counts = plain_counts(weights, member)
        swings: Counter[int] = Counter()
        for (size, weight), ways in counts.items():
            if quota - weights[member] <= weight < quota:
                swings[size] += ways
        one = found.of(str(member + 1))
        assert one.swings == sum(swings.values())
        orders = sum(ways * factorial(size) * factorial(89 - size) for size, ways in swings.items())
        assert one.shapley_shubik == Fraction(orders, factorial(90))


def test_two_hundred_equal_members_have_a_closed_form() -> None:
    """Every hundred of the other 199 is swung, in a game of 101 of 200."""
    found = power(weighted_game(101, [1] * 200)).classes[0]
    assert found.swings == comb(199, 100)
    assert found.shapley_shubik == found.holler_packel == Fraction(1, 200)


def test_weights_of_any_size_of_few_members() -> None:
    """Listed rather than counted in a table; beyond 64 bits too, and with decimals."""
    small = power(weighted_game(6, [3, 3, 2, 1, 1]))
    large = power(weighted_game(6 * 10**17, [weight * 10**17 + 1 for weight in (3, 3, 2, 1, 1)]))
    assert [one.shapley_shubik for one in small.classes] == [one.shapley_shubik for one in large.classes]
    weights = [10**17 + 7**k for k in range(14)]
    listed = power(weighted_game(sum(weights) // 2, weights))
    assert sum(one.shapley_shubik for one in listed.classes) == 1
    assert listed.classes[-1].shapley_shubik > listed.classes[0].shapley_shubik
    halves = power(weighted_game("3", ["1.5", "1.5", "1", "1/2", 0.5]))
    assert [one.weight for one in halves.classes] == [Fraction(3, 2), 1, Fraction(1, 2)]
    assert [one.swings for one in halves.classes] == [one.swings for one in small.classes]


@pytest.mark.parametrize("quota", [10, 1000, 40_000])
def test_listing_and_counting_agree(quota: int) -> None:
    """The three ways to count share no code."""
    weights = [random.Random(k % 9).randint(0, 9000) for k in range(12)]  # the last three are as heavy as the first
    listed, counted = counting.Listed(weights), counting.Counted(weights, sum(weights) // 2 + 1)
    grouped = counting.Grouped(weights)
    assert listed.below(quota) == counted.below(quota) == grouped.below(quota)
    for weight in weights:
        assert listed.window(weight, quota) == counted.window(weight, quota) == grouped.window(weight, quota)


@pytest.mark.parametrize("weight", [0, 1, 3])
def test_the_largest_counts_of_a_table_are_whole(weight: int) -> None:
    """Of 301 alike members every number is a binomial: no digit overflows, whatever the room between two carries."""
    table = counting.Counted([weight] * 300 + [2**14], 2**13)
    assert table.below(1) == [comb(300, size) if not size * weight else 0 for size in range(302)]
    assert table.below(2**13) == [comb(300, size) for size in range(302)]
    assert table.window(weight, 151 * weight) == [
        comb(299, size) if weight and size == 150 else 0 for size in range(301)
    ]


def test_wide_weights_of_many_members_are_counted_as_one_by_one() -> None:
    """Of thirty up to 1,000, taken in on three ways through the sizes: the lightest, the heaviest, one between."""
    weights = [random.Random(seed).randint(1, 1000) for seed in range(30)]
    quotas = [sum(weights) // 5, sum(weights) // 2 + 1, sum(weights) * 9 // 10]
    tables = [counting.Counted(weights, min(quota, sum(weights) - quota + 1)) for quota in quotas]
    for member in (weights.index(min(weights)), 17, weights.index(max(weights))):
        counts = plain_counts(weights, member)
        for quota, table in zip(quotas, tables, strict=True):
            plain = [0] * 30
            for (size, weight), ways in counts.items():
                plain[size] += ways * (quota - weights[member] <= weight < quota)
            assert table.window(weights[member], quota) == plain


def test_two_hundred_members_of_weights_up_to_a_thousand() -> None:
    """All indices add up to 1 or as Coleman's do, and what is heavier is worth no less."""
    weights = random.Random(3).sample(range(1, 1001), 200)
    found = power(weighted_game(sum(weights) * 2 // 3, weights))
    assert len(found.classes) == 200
    assert sum(one.shapley_shubik for one in found.classes) == sum(one.banzhaf_normalized for one in found.classes) == 1
    ranked = sorted(found.classes, key=lambda one: one.weight)
    for indices in zip(*((one.swings, one.shapley_shubik) for one in ranked), strict=True):
        assert list(indices) == sorted(indices)
    assert ranked[-1].swings == ranked[-1].prevent * found.winning


def test_two_thousand_members_of_few_weights_are_counted() -> None:
    """As many as a game has: of equal members in closed form; and with one that weighs as much as a hundred."""
    found = power(weighted_game(1001, [1] * 2000)).classes[0]
    assert found.swings == comb(1999, 1000)
    assert found.shapley_shubik == Fraction(1, 2000)
    one, others = power(weighted_game(1050, [100, *[1] * 1999])).classes
    assert one.swings == sum(comb(1999, size) for size in range(950, 1050))
    assert one.shapley_shubik + 1999 * others.shapley_shubik == 1
    assert one.shapley_shubik == Fraction(100, 2000)  # it comes at each place alike, and decides at 100 of them


def test_five_hundred_equal_members_that_may_abstain() -> None:
    """A yes is wanting where 250 of the 499 others vote yes, the rest as they like; alone, and beside a veto."""
    (found,) = power_with_abstention(weighted_game(251, [1] * 500)).classes
    assert found.yes_no == found.yes_abstain == comb(499, 250) * 2**249
    assert found.shapley_shubik == Fraction(1, 500)
    vetoer, others = power_with_abstention(weighted_game(251, [1] * 500, veto=["1"])).classes
    assert vetoer.abstain_no == sum(comb(499, yes) * 2 ** (499 - yes) for yes in range(251, 500))
    assert vetoer.shapley_shubik + 499 * others.shapley_shubik == 1


@pytest.mark.parametrize(("weight", "quota", "least"), [(1, 4, 0), (2, 7, 3), (3, 30, 0), (0, 2, 0)])
def test_alike_members_at_once_are_as_many_one_by_one(weight: int, quota: int, least: int) -> None:
    slot, shape = 24, (2, quota + 1)
    nobody = abstention._Tables(abstention._nobody(shape), abstention._nobody(shape))
    one_by_one = abstention._with(nobody, (False, weight), 6, slot)
    at_once = abstention._alike(weight, 6, shape, least, slot)
    for single, table in zip(one_by_one, at_once, strict=True):
        assert single[:, least:].tolist() == table[:, least:].tolist()


def test_members_set_aside_leave_the_game_and_the_quota_stays() -> None:
    """Nine of thirteen, three of them with a veto: as a game of weights."""
    found = power(rule_game("substantive", council=NOW, abstaining=["RUS", "CHN"]))
    same = power(weighted_game(9, [1] * 13, veto=["1", "2", "3"]))
    assert found.game.aside == ("CHN", "RUS")
    assert [one.members for one in found.classes] == [("FRA", "GBR", "USA"), NOW.elected]
    assert [one.shapley_shubik for one in found.classes] == [one.shapley_shubik for one in same.classes]
    fewer = power_with_abstention(rule_game("two-vetoes", council=NOW, abstaining=NOW.permanent[:4]))
    assert not any(one.abstain_no for one in fewer.classes)  # one alone cannot block
    assert fewer.rollcalls == 3**11


@pytest.mark.parametrize("rule", [rule for rule in RULES if not RULES[rule].takes_quota])
def test_every_rule_has_its_game(rule: str) -> None:
    """Permanent and elected members apart, whatever the rule makes of them."""
    found = power(rule_game(rule, council=NOW))
    assert [one.members for one in found.classes] == [NOW.permanent, NOW.elected]
    assert [one.permanent for one in found.classes] == [True, False]
    assert (found.classes[0].swings > found.classes[1].swings) is RULES[rule].vetoable


def test_a_scenario_has_its_own_game() -> None:
    """Its rule on its matter, in its council."""
    assert power(scenario_game("ukraine-2022-02-procedural")).winning == 9949
    african = scenario_game("reform-african-union")
    assert (len(african), african.quota, [len(alike) for alike in african.classes()]) == (26, 14, [11, 15])


def test_power_is_asked_of_a_scenario_as_of_its_game(tmp_path: Path) -> None:
    """By its shipped name, its path, and as loaded; a rule's name is the rule's."""
    for name in ("a-party-must-abstain", "reform-african-union"):
        for asked in (name, load(name), shipped_scenarios()[name], str(shipped_scenarios()[name])):
            assert power(asked) == power(scenario_game(name))
    for asked in ("a-party-must-abstain", load("a-party-must-abstain"), shipped_scenarios()["a-party-must-abstain"]):
        assert power_with_abstention(asked) == power_with_abstention(scenario_game("a-party-must-abstain"))
    assert power("two-vetoes").classes == power(rule_game("two-vetoes")).classes
    assert simulator.scenario_game is scenario_game
    without_ending = tmp_path / "mine"
    without_ending.write_text(ATROCITY, encoding="utf-8")
    assert power(str(without_ending)) == power(scenario_game(parse(ATROCITY)))


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        (
            "dprk-2022-5",
            RuleError,
            "'dprk-2022-5', nor a file or shipped scenario – did you mean dprk-2022-05?",
        ),
        ("substantiv", RuleError, "did you mean substantive?"),
        ("nowhere.toml", InputError, "there is no file"),
        ("no\0where", RuleError, "no rule"),
        (5, InputError, "not from 5"),
    ],
)
def test_what_has_no_power_is_told(asked: object, error: type[InputError], message: str) -> None:
    for question in (power, power_with_abstention):
        with pytest.raises(error, match=re.escape(message)):
            question(asked)  # type: ignore[arg-type]  # what is not allowed is the point


def test_power_is_told_in_a_sentence_and_by_member() -> None:
    """By Shapley–Shubik: 421/2145 and 4/2145 of the Council."""
    council = rule_game("substantive", council=NOW)
    assert power(council).sentence == (
        "Each permanent member has 19.6 in 100 of the power by Shapley–Shubik, each elected member 0.186 in 100: "
        "105 times as much."
    )
    found = power_with_abstention(council)
    assert found.sentence == (
        "Each permanent member has 16.3 in 100 of the power by Shapley–Shubik, each elected member 1.83 in 100: "
        "8.93 times as much."
    )
    assert (found.of("CHN"), found.of("IND")) == found.classes
    with pytest.raises(KeyError):
        power_with_abstention(rule_game("substantive", council=NOW, abstaining=["CHN"])).of("CHN")
    board = weighted_game(51, {"Ann, sr": 50, "Bo": 49, "Cy": 1})
    assert power(board).sentence == (
        "“Ann, sr” has 66.7 in 100 of the power by Shapley–Shubik, every other member 16.7 in 100: 4 times as much."
    )
    assert "sentence" not in power(board).as_dict()
    assert power_with_abstention(weighted_game(1, [1])).sentence == "The only member has all the power."


ATROCITY = """schema = 1
title = "A draft"
[draft]
date = 2022-06-01
mass_atrocity = true
[council]
rule = "restraint"
subscribers = ["FRA", "GBR", "IND"]
"""


def test_restraint_takes_the_veto_of_those_who_keep_to_it() -> None:
    """As in a game of weights in which only the three others have one; the two are apart from elected members."""
    game = scenario_game(parse(ATROCITY))
    assert game.restrained == ("FRA", "GBR", "IND")
    assert "here FRA, GBR and IND, a priori without a veto" in game.basis
    assert not game.notes
    found, same = power(game), power(weighted_game(9, [1] * 15, veto=["1", "4", "5"]))
    assert [one.members for one in found.classes] == [("CHN", "RUS", "USA"), ("FRA", "GBR"), NOW.elected]
    assert [one.permanent for one in found.classes] == [True, True, False]
    assert found.winning == same.winning
    assert found.of("CHN").shapley_shubik == same.of("1").shapley_shubik
    assert found.of("FRA").shapley_shubik == found.of("IND").shapley_shubik == same.of("2").shapley_shubik
    assert all(power_with_abstention(game).classes[place].abstain_no == 0 for place in (1, 2))
    everybody = parse(ATROCITY.replace('["FRA", "GBR", "IND"]', str([*NOW.permanent]).replace("'", '"')))
    assert power(scenario_game(everybody)).winning == power(rule_game("no-veto", council=NOW)).winning
    made = scenario_game(changed(parse(ATROCITY), do={"FRA": "no"}))
    assert made.restrained == ("GBR", "IND")
    assert scenario_game(changed(parse(ATROCITY), do={"FRA": "yes"})) == game


def test_rules_that_say_more_than_their_game_note_it_and_others_do_not() -> None:
    plain = power(rule_game("substantive", council=NOW))
    for rule, said in (("restraint", "takes nobody's veto"), ("double-veto", "the preliminary vote adds no power")):
        found = power(rule_game(rule, council=NOW))
        assert found.classes == plain.classes
        (note,) = found.as_dict()["notes"]
        assert said in note
        assert [*found.as_dict()][-1] == [*power_with_abstention(found.game).as_dict()][-1] == "notes"
    for rule in ("charter", "substantive", "procedural", "judges", "no-veto", "two-vetoes"):
        assert "notes" not in power(rule_game(rule, council=NOW)).as_dict()
    idle = scenario_game(parse(ATROCITY.replace("mass_atrocity = true", "")))
    assert "draft.mass_atrocity is not true" in idle.notes[0]
    nobody = scenario_game(parse(ATROCITY.replace('"FRA", "GBR", "IND"', "")))
    assert "no subscriber" in nobody.notes[0]


def test_parties_that_must_abstain_leave_the_game_of_a_scenario_once() -> None:
    """Nine of fourteen, as where it is set aside by name; made to vote, it stays."""
    name = "a-party-must-abstain"
    game = scenario_game(name)
    assert game.aside == scenario_game(name, abstaining=["FRA"]).aside == ("FRA",)
    assert "as a party to the dispute, FRA must abstain" in game.basis
    assert len(game) == 14
    by_name = rule_game("substantive", council=council_of(load(name)), abstaining=["FRA"])
    assert power(game).classes == power(by_name).classes
    for vote, members in (("no", 15), ("yes", 15), ("abstain", 14), ("absent", 14)):
        assert len(scenario_game(changed(load(name), do={"FRA": vote}))) == members
    assert scenario_game(name, abstaining=["CHN"]).aside == ("CHN", "FRA")


def test_a_rule_that_does_not_fit_says_which_do() -> None:
    with pytest.raises(RuleError, match=r"substantive does not fit 25 seats .*: quota-and-veto"):
        rule_game("substantive", council=G4)
    with pytest.raises(RuleError, match=r"needs a quota, .* from 1 to 25"):
        rule_game("quota-and-veto", council=G4)
    with pytest.raises(RuleError, match="quota is 26, but must lie between 1 and 25"):
        rule_game("quota-and-veto", council=G4, quota=26)
    with pytest.raises(RuleError, match="vetoes needed is 6, but must lie between 0 and 5"):
        rule_game("quota-and-veto", council=G4, quota=14, vetoes_needed=6)
    with pytest.raises(OptionError, match="has its own quota"):
        rule_game("substantive", council=NOW, quota=8)


def test_only_permanent_members_are_set_aside() -> None:
    with pytest.raises(OptionError, match="IND is an elected member"):
        rule_game(council=NOW, abstaining=["IND"])
    with pytest.raises(CouncilError, match="DEU is not on the council"):
        rule_game(council=NOW, abstaining=["DEU"])
    with pytest.raises(OptionError, match=r"needs 7 yes, .* only 6 members vote"):
        rule_game(council=council_on(datetime.date(1950, 6, 1)), abstaining=NOW.permanent)


@pytest.mark.parametrize(
    ("quota", "weights", "message"),
    [
        (11, [5, 5], "no coalition could win"),
        (0, [5, 5], "must be above 0"),
        (1, [0, 0], "no coalition could win"),
        (1, [], "0 weights"),
        (1, [1] * 2001, "2,001 weights"),
        (1, [1, -2], "the weight of 2 is -2"),
        (1, [float("nan")], "the weight of 1 is nan"),
        (1, ["1e999999999"], "the weight of 1 is"),
        (1, ["1/0"], "the weight of 1 is"),
        ("x", [1], "the quota is 'x'"),
    ],
)
def test_games_that_cannot_be(quota: object, weights: list[object], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        weighted_game(quota, weights)  # type: ignore[arg-type]  # what is not allowed is the point


def test_a_veto_of_nobody_and_too_many_vetoes_are_told() -> None:
    with pytest.raises(OptionError, match="a veto of '9': there is no such member"):
        weighted_game(1, [1, 1], veto=["9"])
    with pytest.raises(RuleError, match="vetoes needed is 2, but must lie between 0 and 1"):
        weighted_game(1, [1, 1], veto=["1"], vetoes_needed=2)


def test_what_cannot_be_counted_is_refused_with_a_remedy() -> None:
    """At once, rather than after minutes."""
    weights = [10**9 + 7 * k for k in range(40)]
    with pytest.raises(RefusedError, match=r"too many to count exactly.*Make the weights fewer"):
        power(weighted_game(sum(weights) // 2, weights))
    with pytest.raises(RefusedError, match="with abstention, 40 members of 40 kinds"):
        power_with_abstention(weighted_game(sum(weights) // 2, weights))
    different = weighted_game(5, [2**k for k in range(30)], veto=[str(k + 1) for k in range(30)], vetoes_needed=15)
    with pytest.raises(RefusedError, match="30 members with a veto"):
        power(different)


def test_indices_of_many_classes_are_left_out_with_the_reason() -> None:
    found = power(weighted_game(100, list(range(1, 31))))
    assert "30 classes" in found.refused
    assert {one.johnston for one in found.classes} == {None}
    assert found.as_dict()["refused"] == found.refused
    assert "refused" not in power("charter").as_dict()
