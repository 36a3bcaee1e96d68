"""Councils of another make-up: who sits, who can veto, what new seats are taken to be like, and that 27 seats work."""

from __future__ import annotations

import datetime
import json
from collections import Counter

import pytest

import simulator
from simulator.errors import RefusedError
from simulator.facts import REFORMS, Group, council_on
from simulator.facts.codes import state_codes
from simulator.model import stated_odds, vote_model
from simulator.scenario import Scenario, bloc_members, changed, council_of, load, parse
from simulator.scenario.places import placed

DAY = datetime.date(2024, 6, 3)
BARE = f'schema = 1\ntitle = "t"\ndraft.date = {DAY}\n'
P5 = ("CHN", "FRA", "GBR", "RUS", "USA")


def scenario(seats: str, extra: str = "", quota: int = 14) -> Scenario:
    council = f"council = {{ rule = 'quota-and-veto', quota = {quota}, quota_source = 's', seats = {seats} }}\n"
    return parse(BARE + council + extra)


# Proposal, seats, with a veto, permanent, and new seats by group: from the documents named in reforms.py.
PROPOSALS = [
    ("g4", 25, 5, 11, {"african": 3, "asia-pacific": 3, "eastern-european": 1, "grulac": 2, "weog": 1}),
    (
        "uniting-for-consensus",
        25,
        5,
        5,
        {"african": 3, "asia-pacific": 3, "eastern-european": 1, "grulac": 2, "weog": 1},
    ),
    ("panel-a", 24, 5, 11, {"african": 3, "asia-pacific": 3, "grulac": 2, "weog": 1}),
    ("panel-b", 24, 5, 5, {"african": 3, "asia-pacific": 3, "grulac": 3}),
    ("african-union", 26, 11, 11, {"african": 4, "asia-pacific": 3, "eastern-european": 1, "grulac": 2, "weog": 1}),
    ("l69", 27, 11, 11, {"african": 4, "asia-pacific": 3, "eastern-european": 1, "grulac": 3, "weog": 1}),
]


@pytest.mark.parametrize(("word", "size", "vetoes", "permanent", "new"), PROPOSALS, ids=[row[0] for row in PROPOSALS])
def test_a_proposals_word_adds_its_seats_to_the_members_of_the_day(
    word: str, size: int, vetoes: int, permanent: int, new: dict[str, int]
) -> None:
    council, today = council_of(scenario(f"'{word}'")), council_on(DAY)
    assert (len(council), len(council.vetoers), len(council.permanent)) == (size, vetoes, permanent)
    assert set(today.ids) <= set(council.ids)
    added = [seat for seat in council.seats if seat.id not in today]
    assert Counter(seat.group.value for seat in added) == new
    assert len(added) == size - 15 == len({seat.id for seat in added})
    assert not {seat.id for seat in added} & state_codes()
    assert REFORMS[word].size == size


def test_every_proposal_is_here() -> None:
    assert [row[0] for row in PROPOSALS] == list(REFORMS)


def test_uniting_for_consensus_gives_six_five_four_three_and_two_elected_seats() -> None:
    """A/59/L.68: of the twenty elected members, by group."""
    council = council_of(scenario("'uniting-for-consensus'"))
    elected = Counter(seat.group for seat in council.seats if not seat.permanent)
    assert elected == {
        Group.AFRICAN: 6,
        Group.ASIA_PACIFIC: 5,
        Group.GRULAC: 4,
        Group.WEOG: 3,
        Group.EASTERN_EUROPEAN: 2,
    }


def test_seats_listed_one_by_one_are_the_council_and_no_others() -> None:
    listed = (
        "[{ id = 'USA', veto = false }, { id = 'CHN' }, { id = 'IND', veto = true }, { id = 'DEU', permanent = true },"
        " { id = 'JPN' }, { id = 'NEW1', prior = 'african', name = 'New one' }]"
    )
    council = council_of(scenario(listed, quota=3))
    assert council.permanent == ("CHN", "DEU", "IND", "USA")
    assert council.vetoers == ("CHN", "IND")
    assert council.elected == ("JPN", "NEW1")
    assert {seat.id: seat.name for seat in council.seats}["NEW1"] == "New one"
    assert council.group(Group.AFRICAN) == ("NEW1",)
    assert council.group(Group.WEOG) == ("DEU", "USA")
    assert vote_model(scenario(listed, quota=3)).permanent == (True, False, True, False, False, False)


def test_a_no_of_a_permanent_member_without_a_veto_blocks_nothing() -> None:
    listed = "[{ id = 'USA', veto = false }, { id = 'CHN' }, { id = 'JPN' }]"
    all_for = "members.default.odds = { yes = 1 }\n"
    assert simulator.odds(scenario(listed, all_for + "do.USA = 'no'", quota=2)).adopted == 1
    assert simulator.odds(scenario(listed, all_for + "do.CHN = 'no'", quota=2)).vetoed == 1


def test_a_council_on_which_nobody_has_a_veto_cannot_veto() -> None:
    odds = simulator.odds(scenario("[{ id = 'JPN' }, { id = 'NEW1', prior = 'weog' }]", quota=1), engine="exact")
    assert odds.vetoed == 0
    assert "no veto" in odds.majority.basis


MEMBERS = """
[members]
default.stance = "undecided"
DZA.odds = { yes = 1 }
MOZ.odds = { abstain = 0.5, no = 0.5 }
SLE.odds = { yes = 0.2, abstain = 0.4, no = 0.1, absent = 0.3 }
AFR3.odds = { no = 1 }
"""


def test_a_new_seat_has_the_mean_odds_of_the_elected_members_of_its_group() -> None:
    """By hand: Algeria, Mozambique, Sierra Leone; a seat with an entry of its own keeps it and counts for no mean."""
    found = scenario("'g4'", MEMBERS)
    odds = stated_odds(found, council_of(found))
    for seat in ("AFR1", "AFR2"):
        one = odds[seat]
        assert (one.yes, one.abstain, one.no, one.absent) == pytest.approx((0.4, 0.3, 0.2, 0.1), abs=1e-12)
    assert odds["AFR3"].no == 1
    assert odds["EEU1"] == odds["SVN"]


def test_a_new_seat_has_the_default_where_none_of_its_group_sits() -> None:
    listed = "[{ id = 'CHN' }, { id = 'JPN' }, { id = 'NEW1', prior = 'african' }]"
    found = scenario(
        listed, "members.default.odds = { yes = 0.25, no = 0.75 }\nmembers.JPN.odds = { yes = 1 }", quota=2
    )
    assert stated_odds(found, council_of(found))["NEW1"].no == 0.75


def test_blocs_of_a_regional_group_include_its_new_seats() -> None:
    found = scenario("'g4'", "[[blocs]]\nmembers = 'african'\ncohesion = 0.3\n")
    assert bloc_members(found.blocs[0], council_of(found)) == ("AFR1", "AFR2", "DZA", "MOZ", "SLE", "AFR3")


def test_a_stance_is_that_of_a_permanent_member_where_there_is_a_veto() -> None:
    """Who has no veto can only oppose."""
    found = scenario("'african-union'", "members.AFR1.stance = 'will-veto'\nmembers.AFR3.stance = 'will-veto'")
    odds = stated_odds(found, council_of(found))
    assert odds["AFR1"].no > 0.9 > odds["AFR3"].no


# The same draft before each council; odds by multiplication, worked out apart from the program.
BY_MULTIPLICATION = [
    ("reform-g4", 14, (0.604, 0.362, 0.034)),
    ("reform-uniting-for-consensus", 15, (0.578, 0.340, 0.082)),
    ("reform-african-union", 14, (0.327, 0.654, 0.019)),
]


@pytest.mark.parametrize(("name", "quota", "expected"), BY_MULTIPLICATION, ids=[row[0] for row in BY_MULTIPLICATION])
def test_the_shipped_reforms_have_the_odds_that_multiplication_gives(
    name: str, quota: int, expected: tuple[float, float, float]
) -> None:
    """Exact where the engine takes as many vetoes; else roll calls, seeded, within five standard errors."""
    odds = simulator.odds(load(name), seed=5, draws=50_000)
    slack = 5e-4 if odds.error is None else 5e-4 + 5 * odds.error.adopted
    assert odds.majority.quota == quota
    assert (odds.adopted, odds.vetoed, odds.failed) == pytest.approx(expected, abs=slack)


def test_27_seats_with_11_vetoes_answer_and_add_up() -> None:
    """By roll calls too; every seat has its odds, and the outcomes are all there is."""
    own = "[members]\nAFR3.odds = { no = 1 }\n"
    odds = simulator.odds(scenario("'l69'", own, quota=15), engine="monte-carlo", method="votes", draws=20_000)
    assert len(odds.members) == 27
    assert odds.adopted + odds.vetoed + odds.failed == pytest.approx(1)
    assert json.loads(json.dumps(odds.as_dict()))["members"]["AFR3"]["no"] == 1


def test_eleven_vetoes_among_27_are_answered_each_by_name() -> None:
    """New seats that are alike are counted together: the table stays small."""
    found = simulator.odds(scenario("'l69'", "members.default.odds = { yes = 0.7, abstain = 0.2, no = 0.1 }", quota=15))
    assert found.engine == "exact"
    assert found.check is not None
    assert found.check.agrees(found.outcomes)
    assert len(found.vetoes.by) == 11
    assert sum(found.vetoes.alone.values()) + sum(found.vetoes.joint.values()) == pytest.approx(found.vetoed)


def test_vetoes_and_absences_too_many_to_count_are_refused_and_not_attempted() -> None:
    """The table would fill half a gigabyte; the message says what would help."""
    away = "members.default.odds = { yes = 0.6, abstain = 0.1, no = 0.1, absent = 0.2 }"
    with pytest.raises(RefusedError, match="11 members with a veto among 27 are too many"):
        simulator.odds(scenario("'l69'", away, quota=15), draws=1000)


def test_what_ifs_reach_new_seats_and_keep_them_on_another_day() -> None:
    found = changed(scenario("'g4'", MEMBERS), do={"AFR1": "no"}, council_date=datetime.date(2017, 6, 1))
    assert found.do == {"AFR1": "no"}
    assert "AFR3" in found.members
    assert len(council_of(found)) == 25
    assert "DZA" not in found.members
    assert any("DZA, MOZ, SLE" in note for note in found.notes)


def test_a_council_of_the_days_members_listed_one_by_one_has_the_days_odds() -> None:
    listed = "[" + ", ".join(f"{{ id = '{code}' }}" for code in council_on(DAY).ids) + "]"
    extra = "[[blocs]]\nmembers = 'all'\ncohesion = 0.3\n"
    own, plain = scenario(listed, extra, quota=9), parse(BARE + extra)
    assert simulator.odds(own, engine="exact").outcomes == simulator.odds(plain, engine="exact").outcomes


def test_in_issue_space_a_new_seat_stands_at_the_mean_of_the_elected_members_of_its_group() -> None:
    """By the ideal points of Algeria, Mozambique and Sierra Leone; a place of its own comes first."""
    space = "preferences.model = 'spatial'\nspatial = { dimensions = ['order'], draft = { order = 0.5 } }\n"
    found = scenario("'g4'", space + "members.AFR3.position = { order = 0.9 }\n")
    places = {member: one.place["order"] for member, one in placed(found, council_of(found)).items()}
    mean = sum(places[member] for member in ("DZA", "MOZ", "SLE")) / 3
    assert [places[seat] for seat in ("AFR1", "AFR2", "AFR3")] == pytest.approx([mean, mean, 0.9])
    assert places["EEU1"] == places["SVN"]
    assert 0 < simulator.odds(found, engine="exact").adopted < 1
