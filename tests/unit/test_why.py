"""Why a draft fails, and who decides: what the answers say, on scenarios worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from statistics import NormalDist
from typing import Any

import pytest

import simulator
from simulator.analysis import why
from simulator.errors import EvidenceError, OptionError, ScenarioError
from simulator.scenario import parse

BARE = """schema = 1
title = "A draft"
[draft]
date = 2024-06-03
"""

CERTAIN = """
[members.default]
odds = { yes = 1.0 }
[members.RUS]
odds = { yes = 0.5, no = 0.5 }
"""


def binomial(count: int, hits: int, chance: float) -> float:
    return comb(count, hits) * chance**hits * (1 - chance) ** (count - hits)


def test_a_draft_that_one_member_decides() -> None:
    found = why(parse(BARE + CERTAIN))
    assert found.odds.adopted == 0.5
    assert (found.failure.sole["RUS"], found.failure.shortfall, found.failure.hidden_veto) == (0.5, 0.0, 0.0)
    assert found.tells("RUS") == pytest.approx(1.0)
    assert found.tells("CHN") == 0.0
    assert found.most_telling == ("RUS",)
    assert found.sentence == (
        "Adopted in 50 of 100. When it fails, in 100 of 100 Russia alone vetoes. "
        "Most hangs on Russia: adopted in 100 if it votes yes and 0 if it votes no."
    )


def test_the_parts_of_failure_add_up_to_it() -> None:
    for name in ("dprk-2022-05", "a-hidden-veto", "namibia-1975", "reform-african-union", "icj-2017"):
        found = why(name)
        parts = found.failure
        lost = parts.shortfall + parts.hidden_veto + sum(parts.sole.values()) + sum(parts.joint.values())
        assert lost == pytest.approx(1 - found.odds.adopted, abs=1e-9)
        assert sum(chance for _, chance in parts.ways) == pytest.approx(lost)


def test_learning_and_making_differ_where_members_move_together_and_only_there() -> None:
    bloc = '[[blocs]]\nname = "two"\nmembers = ["RUS", "CHN"]\ncohesion = 0.9\n'
    even = BARE + "[members.default]\nodds = { yes = 0.7, abstain = 0.2, no = 0.1 }\n"
    alone, together = why(parse(even)), why(parse(even + bloc))
    seat = alone.meaning.seat("RUS")
    assert alone.meaning.learnt[seat, :3] == pytest.approx(alone.meaning.made[seat, :3])
    assert together.meaning.learnt[seat, 0, 0] > together.meaning.made[seat, 0, 0] + 0.01


def test_the_deciding_yes_is_the_ninth_by_support_and_those_around_it() -> None:
    odds = "\n".join(
        f"[members.{code}]\nodds = {{ yes = {0.95 - 0.05 * place:.2f}, abstain = {0.05 + 0.05 * place:.2f} }}"
        for place, code in enumerate(
            ["CHN", "FRA", "GBR", "RUS", "USA", "CHE", "DZA", "ECU", "GUY", "JPN", "KOR", "MLT", "MOZ", "SLE", "SVN"]
        )
    )
    found = why(parse(BARE + odds))
    assert [one.members for one in found.nearest] == [("DZA",), ("ECU",), ("GUY",), ("JPN",), ("KOR",)]
    assert [(one.first, one.last) for one in found.nearest] == [(place, place) for place in range(7, 12)]
    assert found.nearest[3].distance == pytest.approx(0.0)  # Japan's odds are even
    assert found.nearest[2].distance is not None
    assert found.nearest[2].distance > 0


def test_members_that_are_alike_are_named_together_and_never_ranked() -> None:
    found = why("nine-yes-votes")
    elected = tuple(seat.id for seat in found.council.seats if not seat.permanent)
    assert found.most_telling == elected
    assert [one.members for one in found.nearest] == [("FRA", "GBR", "USA"), elected, ("CHN", "RUS")]
    assert [(one.first, one.last) for one in found.nearest] == [(1, 3), (4, 13), (14, 15)]
    assert "Switzerland, Algeria and 8 more, alike: adopted in 73 if one of them votes yes" in found.sentence
    assert "in 15 of 100 each, China, France or the United Kingdom alone vetoes" in why("korea-1950-82").sentence
    assert simulator.pivots("nine-yes-votes").sentence.startswith("China and Russia decide most often: each in 83")


def test_who_decides_where_all_are_alike_is_everybody() -> None:
    toss = '[council]\nrule = "no-veto"\n[members.default]\nodds = { yes = 0.5, abstain = 0.5 }\n'
    even = parse(BARE + toss)
    often = 100 * binomial(14, 8, 0.5)
    expected = f"Every member decides as often as any other: in {often:.0f} of 100, mostly as the 9th yes."
    assert simulator.pivots(even).sentence == expected


def test_how_far_a_member_is_from_even_is_asked_of_one_that_takes_part() -> None:
    """Away in 40 of 100: of the rest two in three votes yes."""
    draft = BARE + "[members.default]\nodds = { yes = 0.4, abstain = 0.2, absent = 0.4 }\n"
    (alike,) = why(parse(draft)).nearest
    assert alike.distance == pytest.approx(NormalDist().inv_cdf(0.4 / 0.6))


def test_pivots_of_members_who_all_toss_a_coin() -> None:
    """Nobody vetoes; a yes is wanted where exactly eight of the fourteen others vote yes."""
    found = simulator.pivots(parse(BARE + "[members.default]\nodds = { yes = 0.5, abstain = 0.5 }\n"))
    for one in found.pivots:
        assert one.yes_abstain == pytest.approx(binomial(14, 8, 0.5))
    at_least = sum(binomial(14, hits, 0.5) for hits in range(9, 15))
    assert found.of("RUS").abstain_no == pytest.approx(at_least)  # a no would be the only veto
    assert found.of("JPN").abstain_no == 0.0


def test_pivots_stand_beside_what_the_rule_alone_gives() -> None:
    """With yes, abstain and no alike for everybody, the scenario's odds are the a-priori ones."""
    third = "{ yes = 0.3333333333333333, abstain = 0.3333333333333333, no = 0.3333333333333334 }"
    found = simulator.pivots(parse(BARE + f"[members.default]\nodds = {third}\n"))
    for one in found.pivots:
        assert one.a_priori is not None
        assert one.yes_abstain == pytest.approx(float(one.a_priori[0]))
        assert one.abstain_no == pytest.approx(float(one.a_priori[1]))
    assert sum(one.shapley_shubik or 0 for one in found.pivots) == Fraction(1)


def test_a_party_that_must_abstain_decides_nothing_and_is_no_player() -> None:
    found = simulator.pivots("a-party-must-abstain")
    france = found.of("FRA")
    assert (france.decides, france.a_priori) == (0.0, None)
    assert "France" not in found.sentence


def test_a_party_that_is_made_to_vote_decides_as_another_would() -> None:
    """What is made goes before the law in the odds, so it does here."""
    found = simulator.pivots("a-party-must-abstain", do={"FRA": "no"})
    abstaining, against = (simulator.odds("a-party-must-abstain", do={"FRA": vote}) for vote in ("abstain", "no"))
    assert found.of("FRA").abstain_no == pytest.approx(abstaining.adopted - against.adopted)
    assert found.of("FRA").abstain_no > 0.5
    assert found.of("FRA").a_priori is not None


def test_a_party_that_is_made_to_abstain_decides_nothing_either() -> None:
    """That is what the law makes of it."""
    for vote in ("abstain", "absent"):
        france = simulator.pivots("a-party-must-abstain", do={"FRA": vote}).of("FRA")
        assert (france.decides, france.a_priori) == (0.0, None)


RESTRAINED = """schema = 1
title = "A draft"
[draft]
date = 2024-06-03
mass_atrocity = true
[council]
rule = "restraint"
subscribers = ["FRA", "GBR"]
[members]
default.stance = "supports"
RUS.stance = "opposes"
"""


def test_a_member_bound_by_restraint_has_no_veto_here_nor_a_priori() -> None:
    """Its no is an abstention, so nothing lies between the two; its yes may be wanting still."""
    found = simulator.pivots(parse(RESTRAINED))
    for code in ("FRA", "GBR"):
        one = found.of(code)
        assert (one.abstain_no, one.error[1]) == (0.0, 0.0)
        assert one.yes_abstain > 0
        assert one.a_priori is not None
        assert one.a_priori[0] > 0
        assert one.a_priori[1] == 0
    assert found.of("USA").abstain_no > 0.5
    assert found.of("USA").a_priori == simulator.pivots(parse(RESTRAINED), do={"RUS": "no"}).of("USA").a_priori
    made = simulator.pivots(parse(RESTRAINED), do={"FRA": "no"}).of("FRA")
    assert made.abstain_no > 0.5
    assert made.a_priori is not None
    assert made.a_priori[1] > 0
    otherwise = simulator.pivots(parse(RESTRAINED), do={"FRA": "yes"}).of("FRA")
    assert otherwise.abstain_no == 0
    assert otherwise.a_priori is not None
    assert otherwise.a_priori[1] == 0


def test_an_elected_party_that_must_abstain_leaves_the_game_too() -> None:
    parties = '[council]\nparties = ["FRA", "GUY"]\n'
    bare = BARE.replace("2024-06-03", '2024-06-03\nchapter = "VI"')
    found = simulator.pivots(parse(bare + parties + "[members.default]\nodds = { yes = 0.7, abstain = 0.3 }\n"))
    assert [one.member for one in found.pivots if one.a_priori is None] == ["FRA", "GUY"]
    assert {found.of(code).decides for code in ("FRA", "GUY")} == {0.0}


def test_who_does_not_come_is_named_last_and_as_if_it_came() -> None:
    found = simulator.pivots("korea-1950-82")
    soviet = found.of("RUS")
    assert soviet.absent == pytest.approx(1)
    assert soviet.decides >= max(one.decides for one in found.pivots if one is not soviet)
    assert found.sentence.startswith("China, France and the United Kingdom decide most often: each in 96 of 100")
    assert found.sentence.endswith(
        "The Soviet Union is absent: if it came, it would decide in 96 of 100, mostly by a veto."
    )
    assert "RUS" in found.notes[-1]
    away = BARE + "[members.default]\nodds = { absent = 0.6, yes = 0.4 }\n[members.USA]\nodds = { yes = 1.0 }\n"
    often = simulator.pivots(parse(away))
    assert often.of("CHN").absent == pytest.approx(0.6)
    assert " absent in 60 of 100: if one of them came, it would decide in " in often.sentence


def test_who_is_made_to_stay_away_is_told_of_though_another_decides_more_often() -> None:
    found = simulator.pivots("dprk-2022-05", do={"RUS": "absent"})
    assert found.of("RUS").decides < found.of("CHN").decides
    assert found.sentence.endswith("Russia is absent: if it came, it would decide in 96 of 100, mostly by a veto.")


def test_elected_members_that_never_decide_are_not_said_to_hardly_ever() -> None:
    """Eight votes at most beside the United States', which is no: a ninth yes of theirs would be vetoed."""
    found = simulator.pivots("a-hidden-veto")
    assert {one.decides for one in found.pivots if not one.permanent} == {0.0}
    assert found.sentence.endswith("No elected member ever does.")
    assert simulator.pivots("dprk-2022-05").sentence.endswith("An elected member hardly ever does.")


def test_followers_are_held_and_a_note_says_what_it_is_with_them_reacting() -> None:
    """Russia's no is 0.8117 of what decides, China held; with China reacting it is what why calls made."""
    found, made = simulator.pivots("a-follower"), why("a-follower").meaning
    russia = found.of("RUS")
    assert russia.abstain_no == pytest.approx(0.8117, abs=5e-5)
    yes, abstain, no = made.made[made.seat("RUS"), :3, 0]
    told = russia.as_dict()["with_followers"]
    assert told["followers"] == ["CHN"]
    assert (told["yes_abstain"], told["abstain_no"]) == pytest.approx((yes - abstain, abstain - no))
    alone = simulator.odds("a-follower", do={"RUS": "abstain"}, engine="exact").adopted
    assert told["abstain_no"] == pytest.approx(alone)
    assert told["abstain_no"] == pytest.approx(0.9820, abs=5e-5)
    assert found.notes == (
        "CHN follows RUS, but is held here as it votes; with CHN reacting, Russia made to abstain instead of voting no "
        "takes adoption from 0 to 98 of 100 (made in unsc why)",
    )
    assert [one.member for one in found.pivots if one.with_followers] == ["RUS"]


def test_what_made_leaves_out_is_not_set_beside_what_counts_it() -> None:
    """Learnt of the leader, or said by it where that is evidence; a follower that is made to vote follows nobody."""
    for found in (simulator.pivots("a-follower", given={"RUS": "no"}), simulator.pivots("dprk-2022-05-record")):
        told = found.of("RUS").as_dict()["with_followers"]
        assert told == {"followers": ["CHN"], "yes_abstain": None, "abstain_no": None}
        assert any("which leaves out what RUS said and what was learnt of it" in note for note in found.notes)
    assert simulator.pivots("a-follower", do={"CHN": "no"}).of("RUS").with_followers is None
    assert simulator.pivots("nine-yes-votes").notes == ()


def test_a_leader_that_must_abstain_decides_nothing_with_followers_either() -> None:
    settings = {"draft.chapter": "VI", "council.parties": ["RUS"]}
    found = simulator.pivots(simulator.changed(simulator.load("a-follower"), settings=settings))
    assert found.of("RUS").with_followers is None


def test_where_hardly_anybody_decides_nobody_is_named() -> None:
    said = simulator.pivots("kosovo-1999").sentence
    assert said == "Hardly anybody's vote decides alone: nobody's in 1 of 100. Adopted in fewer than 1 of 100."


def test_new_seats_stand_in_a_sentence_with_an_article_and_their_code() -> None:
    said = simulator.pivots("reform-african-union", do={"CHN": "absent", "RUS": "absent"}).sentence
    assert said.startswith("A new African seat (AFR1), a new African seat (AFR2) and 4 more decide most often: each in")


@pytest.mark.parametrize(
    ("name", "said", "quiet"),
    [
        ("czechoslovakia-1948", "votes before it go as they may", "left out of account"),
        ("dprk-2022-05-record", "left out of account", "votes before it go as they may"),
    ],
)
def test_what_the_choices_leave_out_is_noted(name: str, said: str, quiet: str) -> None:
    notes = " ".join(why(name).meaning.notes)
    assert said in notes
    assert quiet not in notes


def test_what_was_learnt_of_a_member_whose_vote_is_made_is_said_to_be_left_out() -> None:
    """Made, its vote is as with --do: that replaces what was learnt of it, and of it alone."""
    learnt = {"CHN": "abstain"}
    found = why("dprk-2022-05", given=learnt)
    note = "made: what was learnt of China is left out where its own vote is made, as with --do; elsewhere it counts"
    assert note in found.meaning.notes
    assert note in found.as_dict()["notes"]
    china, russia = (found.meaning.made[found.meaning.seat(code), 1, 0] for code in ("CHN", "RUS"))
    assert china == pytest.approx(simulator.odds("dprk-2022-05", do=learnt, engine="exact").adopted)
    made = simulator.odds("dprk-2022-05", given=learnt, do={"RUS": "abstain"}, engine="exact")
    assert russia == pytest.approx(made.adopted)
    both = why("dprk-2022-05", given=learnt | {"USA": "yes"})
    assert "learnt of China and the United States is left out where that member's own" in " ".join(both.meaning.notes)
    assert not any("left out" in one for one in why("dprk-2022-05").meaning.notes)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a-hidden-veto", "in 83 of 100 it has fewer than 9 yes (always with a hidden veto behind it) and in 17"),
        ("kosovo-1999", "in more than 99 of 100 it has fewer than 9 yes (nearly always with a hidden veto behind it)."),
        ("nine-yes-votes", "in 100 of 100 it has fewer than 9 yes. Most"),
        ("icj-2017", "in 100 of 100 it has fewer than 8 yes. Most"),
    ],
)
def test_a_hidden_veto_behind_most_of_the_shortfall_is_named(name: str, said: str) -> None:
    assert said in why(name).sentence


@pytest.mark.parametrize(
    ("no", "said"), [(0.4, "yes."), (0.6, "yes (mostly with"), (0.96, "yes (nearly always with"), (1.0, "yes (always")]
)
def test_how_often_a_hidden_veto_stands_behind_it(no: float, said: str) -> None:
    """Nobody votes yes, and one member that votes no so often or abstains."""
    odds = f"[members]\ndefault.odds = {{ abstain = 1 }}\nRUS.odds = {{ no = {no}, abstain = {1 - no:.2f} }}\n"
    assert f"in 100 of 100 it has fewer than 9 {said}" in why(parse(BARE + odds)).sentence


@pytest.mark.parametrize("name", ["dprk-2022-05", "a-place-in-issue-space", "dprk-2022-05-record"])
def test_every_kind_of_preferences_is_explained(name: str) -> None:
    found, told = why(name), simulator.pivots(name)
    assert found.meaning.outcomes.sum() == pytest.approx(1)
    assert found.meaning.outcomes[0] == pytest.approx(found.odds.adopted, abs=1e-6)
    assert told.adopted == pytest.approx(found.odds.adopted, abs=1e-6)


def test_uncertain_numbers_are_averaged_over() -> None:
    """The odds of the average, weighed by how well each draw explains what was learnt."""
    doubted = BARE + CERTAIN.replace("yes = 0.5, no = 0.5", 'yes = { between = [0.2, 0.8] }, no = "rest"')
    found = why(parse(doubted))
    assert found.odds.adopted == pytest.approx(0.5, abs=0.01)
    assert found.meaning.outcomes[0] == pytest.approx(found.odds.adopted, abs=1e-9)


def test_too_many_separate_blocs_are_drawn_and_it_is_said() -> None:
    pairs = [("CHN", "RUS"), ("FRA", "GBR"), ("CHE", "DZA"), ("ECU", "GUY"), ("JPN", "KOR"), ("MLT", "MOZ")]
    blocs = "\n".join(
        f'[[blocs]]\nname = "{one}"\nmembers = ["{one}", "{other}"]\ncohesion = 0.5' for one, other in pairs
    )
    scenario = parse(BARE + "[members.default]\nodds = { yes = 0.7, abstain = 0.2, no = 0.1 }\n" + blocs)
    found = why(scenario)
    assert any("Monte Carlo alone" in note for note in found.meaning.notes)
    assert found.meaning.made_error.max() > 0
    seat = found.meaning.seat("RUS")
    single = simulator.odds(scenario, engine="exact", do={"RUS": "abstain"}).adopted
    assert found.meaning.made[seat, 1, 0] == pytest.approx(single, abs=6 * found.meaning.made_error[seat, 1])


@pytest.mark.parametrize(
    ("how", "error", "message"),
    [
        ({"engine": "guess"}, OptionError, "engine is one of"),
        ({"given": {"RUX": "no"}}, ScenarioError, "RUX is not on the council"),
        ({"given": {"JPN": "no"}, "do": {"JPN": "yes"}}, OptionError, "JPN: given and do"),
        ({"given": {"CHN": "no"}}, EvidenceError, "probability zero"),
    ],
)
def test_what_cannot_be_asked_is_said(how: dict[str, Any], error: type[Exception], message: str) -> None:
    for question in (why, simulator.pivots):
        with pytest.raises(error, match=message):
            question(parse(BARE + CERTAIN), **how)
