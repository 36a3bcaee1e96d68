"""Reforms: every rule and every proposal is the run of that scenario, quotas have sources, what cannot be is said."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

import simulator
from simulator.analysis import Kind, Reforms
from simulator.errors import EvidenceError, OptionError, RefusedError, ScenarioError
from simulator.facts import REFORMS
from simulator.rules import RULES
from simulator.scenario import Scenario, changed, load, parse

STATED, SPATIAL, RECORD = "dprk-2022-05", "a-place-in-issue-space", "dprk-2022-05-record"

BARE = """
schema = 1
title = "t"
draft = { date = 2024-06-03 }
[members]
default.odds = { yes = 0.7, abstain = 0.25, no = 0.05 }
CHN.odds = { yes = 0.35, abstain = 0.45, no = 0.2 }
RUS.odds = { yes = 0.35, abstain = 0.45, no = 0.2 }
"""


def bare(extra: str = "") -> Scenario:
    return parse(BARE + extra)


@pytest.fixture(scope="module")
def of_bare() -> Reforms:
    return simulator.reforms(bare())


@pytest.mark.parametrize(
    "rule", ["charter", "substantive", "procedural", "judges", "restraint", "no-veto", "two-vetoes"]
)
@pytest.mark.parametrize("name", [STATED, SPATIAL, "gaza-2023-10"])
def test_a_rules_odds_are_those_of_the_run_under_it(name: str, rule: str) -> None:
    row = simulator.reforms(name).of(rule)
    plain = simulator.odds(simulator.changed(simulator.load(name), rule=rule), engine="exact")
    assert row.answer.outcomes.as_dict() == pytest.approx(plain.outcomes.as_dict(), abs=1e-12)
    assert (row.majority, row.kind) == (plain.majority, Kind.RULE)


@pytest.mark.parametrize("word", REFORMS)
def test_a_proposals_odds_are_those_of_its_scenario(word: str, of_bare: Reforms) -> None:
    row = of_bare.of(word)
    council = {"seats": word, "rule": "quota-and-veto", "quota": REFORMS[word].quota, "quota_source": "s"}
    plain = simulator.odds(simulator.changed(bare(), settings={"council": council}), engine="exact")
    assert row.answer.outcomes == plain.outcomes
    assert (len(row.council), row.kind) == (REFORMS[word].size, Kind.PROPOSAL)
    assert row.quota_source == REFORMS[word].quota_source


def test_every_rule_and_proposal_is_there_or_left_out_with_the_reason(of_bare: Reforms) -> None:
    there = [row.name for row in of_bare.rows]
    assert sorted([*there, *(one.name for one in of_bare.left_out)]) == sorted([*RULES, *REFORMS])
    why = {one.name: one.why for one in of_bare.left_out}
    assert set(why) == {"double-veto", "quota-and-veto"}
    assert "needs [preliminary]" in why["double-veto"]
    assert "needs a quota" in why["quota-and-veto"]


def test_with_the_preliminary_question_the_double_veto_is_there_too() -> None:
    found = simulator.reforms("czechoslovakia-1948")
    assert found.own is found.of("double-veto")
    plain = simulator.odds("czechoslovakia-1948", engine="exact")
    assert found.of("double-veto").adopted == plain.adopted
    assert found.of("double-veto").adopted > found.of("charter").adopted
    assert all("council of 15; that of 1948" in one.why for one in found.left_out if one.kind is Kind.PROPOSAL)
    assert {len(row.council) for row in found.rows} == {11}


def test_the_shipped_reforms_come_back_from_each_other() -> None:
    """The same odds of the same members: each hypothetical scenario holds the numbers of the others."""
    found = simulator.reforms("reform-g4")
    for name in ("reform-g4", "reform-african-union", "reform-uniting-for-consensus"):
        word = name.removeprefix("reform-")
        assert found.of(word).adopted == pytest.approx(simulator.odds(name, engine="exact").adopted, abs=1e-9)
    assert found.own is found.of("g4")
    # The council of today, the same odds: by multiplication, in the files' own words.
    assert found.of("charter").adopted == pytest.approx(0.569, abs=5e-4)


def test_power_is_that_of_the_rule_in_its_council(of_bare: Reforms) -> None:
    council = of_bare.of("charter").council
    for rule in ("charter", "no-veto", "two-vetoes"):
        plain = simulator.power(simulator.rule_game(rule, council=council))
        assert of_bare.of(rule).power.classes == plain.classes
    panel = of_bare.of("panel-a")
    assert [(one.seats, len(one.power.members)) for one in panel.classes] == [
        ("permanent", 5),
        ("permanent, no veto", 6),
        ("elected", 13),
    ]
    plain = simulator.power(simulator.rule_game("quota-and-veto", council=panel.council, quota=13))
    assert panel.power.power_to_act == plain.power_to_act
    for row in of_bare.rows:
        assert sum((len(one.power.members) * one.power.shapley_shubik for one in row.classes), Fraction(0)) == 1


def test_seats_that_keep_to_restraint_stand_apart_from_those_with_a_veto() -> None:
    """Each with its own worth: not two kinds of seat by the same name."""
    asked = changed(load("dprk-2022-05"), rule="restraint", settings={"draft.mass_atrocity": True})
    own = simulator.reforms(asked).of("restraint")
    assert [(one.seats, one.power.members) for one in own.classes] == [
        ("permanent", ("CHN", "RUS", "USA")),
        ("permanent, no veto", ("FRA", "GBR")),
        ("elected", own.council.elected),
    ]


def test_a_veto_never_helps_and_neither_does_a_higher_quota(of_bare: Reforms) -> None:
    odds = {row.name: row.adopted for row in of_bare.rows}
    assert odds["charter"] <= odds["two-vetoes"] <= odds["no-veto"] <= odds["judges"]
    assert odds["panel-a"] > simulator.reforms(bare(), quota={"panel-a": 20}).of("panel-a").adopted


@pytest.mark.parametrize(
    ("quota", "expected"),
    [
        ({"g4": 17}, {"g4": 17, "panel-a": 13}),
        ({"quota-and-veto": 10}, {"quota-and-veto": 10, "g4": 14}),
        (16, {"g4": 16, "panel-a": 16, "l69": 16}),
        (12, {"quota-and-veto": 12, "g4": 12}),
        ({"all": 20, "l69": 21}, {"g4": 20, "l69": 21}),
    ],
)
def test_quotas_asked_for_are_applied_and_said(quota: Any, expected: dict[str, int]) -> None:
    found = simulator.reforms(bare(), quota=quota)
    named = {"all"} if isinstance(quota, int) else set(quota)
    for name, votes in expected.items():
        row = found.of(name)
        assert row.majority.quota == votes
        if name in named or "all" in named:
            assert row.quota_source == "as asked for here"
    why = {one.name: one.why for one in found.left_out}
    if "quota-and-veto" not in expected and "all" in named:
        assert "is above its 15 seats" in why["quota-and-veto"]


def test_the_scenarios_own_quota_keeps_its_source() -> None:
    council = {"rule": "quota-and-veto", "quota": 11, "quota_source": "a thought"}
    found = simulator.reforms(simulator.changed(bare(), settings={"council": council}))
    assert found.own is found.of("quota-and-veto")
    assert (found.own.majority.quota, found.own.quota_source) == (11, "a thought")
    assert found.of("charter").majority.quota == 9
    asked = simulator.reforms(found.scenario, quota={"quota-and-veto": 10})
    assert asked.own is None
    assert asked.sentence.startswith("Under other rules")
    silent = simulator.changed(bare(), settings={"council": {"rule": "quota-and-veto", "quota": 11}})
    assert simulator.reforms(silent).of("quota-and-veto").quota_source == "the scenario, which names no source"


def test_a_council_named_seat_by_seat_stands_first_and_beside_it_the_council_of_the_day() -> None:
    seats = [{"id": code} for code in ("CHN", "FRA", "GBR", "RUS", "USA", "JPN", "IND")]
    council = {"rule": "quota-and-veto", "quota": 4, "quota_source": "s", "seats": seats}
    found = simulator.reforms(simulator.changed(bare(), settings={"council": council}))
    assert (found.rows[0].kind, found.rows[0].as_it_stands, len(found.rows[0].council)) == (Kind.OWN, True, 7)
    assert found.own is found.rows[0]
    assert found.of("charter").adopted == pytest.approx(simulator.reforms(bare()).of("charter").adopted)


def test_entries_of_new_seats_count_where_there_are_such_seats() -> None:
    found = simulator.reforms("reform-african-union")
    assert any("their entries are left out: AFR1" in note for note in found.notes)
    assert "AFR1" in found.of("l69").scenario.members
    assert "AFR1" not in found.of("charter").scenario.members


def test_what_is_learnt_made_and_said_holds_under_every_rule() -> None:
    what_if: dict[str, Any] = {"do": {"RUS": "no"}, "given": {"CHN": "not yes"}, "stance": {"SVN": "opposes"}}
    found = simulator.reforms(bare(), **what_if)
    assert found.of("charter").adopted == 0 == found.of("african-union").adopted
    plain = simulator.odds(simulator.changed(bare(), rule="two-vetoes", **what_if), engine="exact")
    assert found.of("two-vetoes").adopted == pytest.approx(plain.adopted, abs=1e-12)


def test_where_the_votes_are_others_the_answers_are_too() -> None:
    """The proviso keeps a party from voting under the Charter; the thought experiments know of none."""
    found = simulator.reforms("a-party-must-abstain")
    for rule in ("charter", "procedural", "no-veto", "two-vetoes", "restraint"):
        plain = simulator.odds(simulator.changed(simulator.load("a-party-must-abstain"), rule=rule), engine="exact")
        assert found.of(rule).adopted == pytest.approx(plain.adopted, abs=1e-12)
    atrocity = bare().model_copy(update={})
    atrocity = simulator.changed(
        atrocity, settings={"draft.mass_atrocity": True, "members.FRA.odds": {"yes": 0.5, "no": 0.5}}
    )
    kept = simulator.reforms(atrocity)
    assert kept.of("restraint").adopted > kept.of("charter").adopted


def test_with_the_record_new_seats_are_like_their_group() -> None:
    found = simulator.reforms(RECORD)
    assert {row.name for row in found.rows if row.kind is Kind.PROPOSAL} == set(REFORMS)
    assert all(row.answer.interval for row in found.rows)
    own = simulator.odds(RECORD, engine="exact")
    assert found.of("charter").adopted == pytest.approx(own.adopted, abs=1e-4)
    assert found.of("charter").adopted < found.of("two-vetoes").adopted < found.of("no-veto").adopted
    assert any("new seats are taken to vote as the elected members" in note for note in found.notes)


def test_uncertain_numbers_give_intervals() -> None:
    row = simulator.reforms("what-we-do-not-know").of("g4")
    assert row.answer.interval is not None
    assert row.answer.interval[0] < row.adopted < row.answer.interval[1]


def test_where_exact_refuses_it_is_by_monte_carlo() -> None:
    pairs = [["CHN", "RUS"], ["RUS", "FRA"], ["FRA", "USA"], ["USA", "GBR"]]
    crossed = simulator.changed(bare(), settings={"blocs": [{"members": pair, "cohesion": 0.2} for pair in pairs]})
    row = simulator.reforms(crossed).of("no-veto")
    assert row.answer.engine == "monte-carlo"
    assert row.answer.error is not None
    with pytest.raises(RefusedError, match="blocs cross one another"):
        simulator.reforms(crossed, engine="exact")


def test_it_says_what_a_person_would(of_bare: Reforms) -> None:
    """By multiplication, apart from the program: 0.447; 0.715 and 0.900; 0.387 and 0.524."""
    assert of_bare.sentence == (
        "As it stands (charter) it is adopted in 45 of 100. Under other rules: from 71 (two-vetoes) to 90 (judges). "
        "Before enlarged councils: from 39 (l69) to 52 (panel-a and panel-b)."
    )


def test_the_sentences_ends_are_the_least_and_the_most(of_bare: Reforms) -> None:
    """All that have them: the new seats of both models of the Panel are alike here."""
    odds = {row.name: round(row.adopted, 9) for row in of_bare.rows if row.kind is Kind.PROPOSAL}
    least, most = ([name for name in odds if odds[name] == pick(odds.values())] for pick in (min, max))
    assert f"({' and '.join(least)}) to" in of_bare.sentence
    assert f"({' and '.join(most)})." in of_bare.sentence
    assert most == ["panel-a", "panel-b"]


def test_what_draws_alone_make_differ_is_no_ranking() -> None:
    """By Monte Carlo the two models of the Panel differ, by less than the errors tell."""
    found = simulator.reforms(bare(), engine="monte-carlo")
    assert "(panel-a and panel-b)." in found.sentence
    assert found.of("panel-a").answer.engine == "monte-carlo"


def test_with_many_vetoes_monte_carlo_draws_whole_roll_calls() -> None:
    """Summing over the sets of eleven vetoes takes a minute; by roll calls it is a second."""
    found = simulator.reforms(SPATIAL, engine="monte-carlo")
    exact = simulator.reforms(SPATIAL)
    for name in ("african-union", "l69"):
        row = found.of(name)
        assert row.answer.engine == "monte-carlo"
        assert row.answer.error
        assert row.adopted == pytest.approx(exact.of(name).adopted, abs=5 * row.answer.error)
        assert exact.of(name).answer.error is None


def test_where_exact_refuses_many_vetoes_are_by_roll_calls_too() -> None:
    pairs = [["CHN", "RUS"], ["RUS", "FRA"], ["FRA", "USA"], ["USA", "GBR"]]
    crossed = simulator.changed(bare(), settings={"blocs": [{"members": pair, "cohesion": 0.2} for pair in pairs]})
    row = simulator.reforms(crossed).of("l69")
    assert row.answer.engine == "monte-carlo"
    assert any("Monte Carlo alone" in note for note in row.answer.notes)


def test_a_procedural_draft_knows_no_veto_before_enlarged_councils_either() -> None:
    """Only the council changes: as many votes as the proposal asks for on any matter, whatever the five do."""
    found = simulator.reforms("ukraine-2022-02-procedural")
    for word, reform in REFORMS.items():
        row = found.of(word)
        assert (row.majority.quota, row.majority.vetoes_needed) == (reform.quota, None)
        assert row.answer.outcomes.vetoed == 0
        assert row.adopted > 0.98
    assert "Before enlarged councils: from 98 (uniting-for-consensus) to more than 99" in found.sentence
    assert found.notes[0].startswith("before enlarged councils a procedural draft is taken to need as many votes")
    held = simulator.reforms(changed(load(STATED), rule="procedural"))
    assert held.of("g4").majority.vetoes_needed is None
    assert simulator.reforms("ukraine-2022-02-procedural", quota={"g4": 17}).of("g4").majority.quota == 17


def test_an_election_of_judges_takes_an_absolute_majority_of_the_seats_and_no_veto() -> None:
    """Statute, Article 10: more than half of 25, of 24, of 26, of 27."""
    found = simulator.reforms("icj-2017")
    needed = {"g4": 13, "uniting-for-consensus": 13, "panel-a": 13, "panel-b": 13, "african-union": 14, "l69": 14}
    for word, quota in needed.items():
        row = found.of(word)
        assert (row.majority.quota, row.majority.vetoes_needed) == (quota, None)
        assert row.quota_source == "ICJ Statute, Article 10: an absolute majority of the seats"
    assert found.notes[0] == "before enlarged councils an absolute majority of the seats elects, and no veto counts"
    assert not any("before enlarged councils" in note for note in simulator.reforms(STATED).notes)


def test_a_party_must_abstain_before_enlarged_councils_too() -> None:
    """France's no is an abstention under the Charter; before a proposal it is the same draft under the same proviso."""
    found = simulator.reforms("a-party-must-abstain")
    made = simulator.reforms("a-party-must-abstain", do={"FRA": "abstain"})
    for word in REFORMS:
        row = found.of(word)
        assert row.majority.proviso
        assert row.adopted == pytest.approx(made.of(word).adopted, abs=1e-12)
        assert row.adopted > 0.5
        assert "FRA" not in [member for one in row.classes for member in one.power.members]
    assert "Before enlarged councils: from 69 (uniting-for-consensus) to 88 (african-union)." in found.sentence


def test_votes_of_different_matters_are_left_out_before_enlarged_councils_with_the_reason() -> None:
    step = {"id": "a", "text": "amendment", "matter": "procedural"}
    found = simulator.reforms(changed(bare(), settings={"sequence": [step]}))
    why = {one.name: one.why for one in found.left_out}
    assert {why[word] for word in REFORMS} == {
        "votes before the draft's are of another matter, and one quota cannot hold for both"
    }
    assert "Before enlarged" not in found.sentence
    alike = simulator.reforms(changed(bare(), settings={"sequence": [step | {"matter": "substantive"}]}))
    assert {row.name for row in alike.rows if row.kind is Kind.PROPOSAL} == set(REFORMS)


@pytest.mark.parametrize("rule", ["two-vetoes", "no-veto", "restraint"])
def test_a_rule_that_proposals_know_nothing_of_is_said_to_be_left_behind(rule: str) -> None:
    found = simulator.reforms(changed(bare(), rule=rule))
    assert found.of("g4").majority.vetoes_needed == 1
    assert found.notes[0] == (
        f"before enlarged councils the scenario's own rule, {rule}, is not held to: a draft needs what the proposal "
        "asks for, and one veto blocks it"
    )


def test_beside_a_council_of_its_own_other_rules_are_said_to_be_of_the_council_of_the_day() -> None:
    found = simulator.reforms("reform-g4")
    assert "Under other rules, in the Council of the day (15 members): from 57 (charter, " in found.sentence
    assert found.notes[0].endswith("in the Council of the day, with its 15 members, not in the scenario's own with 25")


def test_another_quota_for_the_scenarios_own_proposal_leaves_its_vetoes_as_they_are() -> None:
    two = changed(load("reform-g4"), settings={"council.vetoes_needed": 2})
    assert simulator.reforms(two, quota={"g4": 15}).of("g4").majority.vetoes_needed == 2
    assert simulator.reforms(two, quota={"g4": 15}).of("panel-a").majority.vetoes_needed == 1


def test_how_new_seats_vote_is_said() -> None:
    assert "mean odds of the elected members of their regional groups" in simulator.reforms(STATED).notes[0]
    assert "mean place of the elected members" in simulator.reforms(SPATIAL).notes[0]
    assert not any("new seats" in note for note in simulator.reforms("czechoslovakia-1948").notes)


@pytest.mark.parametrize(
    ("how", "error", "message"),
    [
        ({"quota": 99}, OptionError, "a whole number from 1 to 27, the seats of the largest council here, not 99"),
        ({"quota": {"g4": 26}}, OptionError, "from 1 to the 25 seats of g4, not 26"),
        ({"quota": {"quota-and-veto": 16}}, OptionError, "a quota of 16 is above the 15 seats of the council"),
        ({"quota": {"african union": 14}}, OptionError, "not for 'african union' – did you mean african-union"),
        ({"quota": {"charter": 9}}, OptionError, "a quota is for one of g4, .*quota-and-veto, not for 'charter'"),
        ({"quota": 0}, OptionError, "not 0"),
        ({"quota": True}, OptionError, "not True"),
        ({"quota": 14.5}, OptionError, r"not 14\.5"),
        ({"quota": {"g4": "14"}}, OptionError, "not '14'"),
        ({"engine": "abacus"}, OptionError, "engine is one of"),
        ({"engine": 3}, OptionError, "engine is one of"),
        ({"stance": {"XYZ": "opposes"}}, ScenarioError, "XYZ is not on the council"),
        ({"given": {"CHN": "absent"}}, EvidenceError, "probability zero"),
    ],
)
def test_what_cannot_be_is_said(how: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        simulator.reforms(bare(), **how)


def test_no_such_row() -> None:
    with pytest.raises(KeyError):
        simulator.reforms(bare()).of("quota-and-veto")


def test_as_a_dict_it_is_plain_data(of_bare: Reforms) -> None:
    told = json.loads(json.dumps(of_bare.as_dict()))
    row = next(row for row in told["rows"] if row["name"] == "african-union")
    assert (row["seats"], row["with_veto"], row["quota"], row["vetoes_needed"]) == (26, 11, 14, 1)
    assert row["power"]["power_to_act"] == str(of_bare.of("african-union").power.power_to_act)
    assert sum(row["odds"].values()) == pytest.approx(1)
    assert [row["name"] for row in told["rows"] if row["as_it_stands"]] == ["charter"]


def test_progress_is_told_case_by_case() -> None:
    told: list[tuple[int, int]] = []
    simulator.reforms(bare(), progress=lambda done, wanted: told.append((done, wanted)))
    assert told == [(done, len(RULES) + len(REFORMS)) for done in range(1, len(told) + 1)]
