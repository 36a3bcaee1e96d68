"""What a piece of a scenario holds, and what it brings along into a hybrid."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

import simulator
from simulator.analysis.compare.pieces import Pair, why_apart
from simulator.analysis.compare.words import label_of, name_of, sides
from simulator.facts import Choice
from simulator.model import stated_odds
from simulator.scenario import Scenario, Stance, council_of, majority_of, placed
from simulator.scenario.parse import from_data


def scenario(day: str = "2022-05-26", *, draft: dict[str, Any] | None = None, **tables: Any) -> Scenario:
    """A scenario of that day with these tables."""
    return from_data(
        {"schema": 1, "title": "t", "draft": {"date": datetime.date.fromisoformat(day), **(draft or {})}, **tables}
    )


def mixed(pair: Pair, *names: str) -> Scenario:
    """The hybrid with these pieces of the second scenario."""
    places = {name_of(one): place for place, one in enumerate(pair.pieces)}
    return pair.hybrid(sum(1 << places[name] for name in names))


def pieces(pair: Pair) -> list[str]:
    return [name_of(names) for names in pair.pieces]


def all_of(word: str) -> dict[str, Any]:
    return {"default": {"stance": word}}


def test_a_member_brings_along_what_the_default_made_of_it() -> None:
    """Without an entry in either file: the word that stood for it there, whoever else sits."""
    pair = Pair.of(scenario(members=all_of("supports")), scenario(members=all_of("opposes")))
    assert pieces(pair) == ["CHN", "FRA", "GBR", "RUS", "USA", "seats"]
    hybrid = mixed(pair, "CHN", "seats")
    said = {code: entry.stance for code, entry in hybrid.members.items()}
    assert (said["CHN"], said["FRA"], said["IND"]) == (Stance.OPPOSES, Stance.SUPPORTS, Stance.OPPOSES)


def test_a_sponsor_brings_along_that_it_sponsors() -> None:
    """Sponsorship stands for an entry, so it is the member's, not the draft's: no sponsor of a hybrid refuses."""
    first = scenario(draft={"sponsors": ["RUS", "IND"]})
    second = scenario(members={"RUS": {"stance": "will-veto"}, "IND": {"stance": "opposes"}})
    pair = Pair.of(first, second)
    assert pieces(pair) == ["RUS", "seats"]
    assert mixed(pair, "RUS").members["IND"].stance is Stance.SPONSOR
    assert mixed(pair, "seats").members["RUS"].stance is Stance.SPONSOR
    assert sides(pair, ("RUS",)) == ("sponsor", "will-veto")


def test_the_seats_bring_along_the_day_that_decides_them_and_its_law() -> None:
    pair = Pair.of(scenario(), scenario("1962-06-01", council={"rule": "no-veto"}))
    assert pieces(pair) == ["seats", "rule"]
    seats, rule = mixed(pair, "seats"), mixed(pair, "rule")
    assert (len(council_of(seats)), majority_of(seats, council_of(seats)).quota) == (11, 7)
    assert (len(council_of(rule)), majority_of(rule, council_of(rule)).vetoes_needed) == (15, None)
    assert sides(pair, ("seats",)) == ("the 10 of 2022, 10 undecided", "the 6 of 1962, 6 undecided")


def test_who_does_not_sit_is_left_out_of_blocs_company_and_votes_before() -> None:
    tables: dict[str, Any] = {
        "blocs": [{"members": ["IND", "CHN"], "cohesion": 0.3}],
        "company": [{"leader": "USA", "follower": "KEN", "if_leader_no": 0.5, "otherwise": 0.1}],
        "sequence": [{"id": "a", "if_adopted": 1.0, "members": {"IND": {"stance": "opposes"}}}],
    }
    pair = Pair.of(scenario(**tables), scenario("2017-12-22", council={"rule": "two-vetoes"}))
    assert pieces(pair) == ["seats", "company", "draft", "rule"]
    hybrid = mixed(pair, "seats")
    assert hybrid.blocs[0].members == ("CHN",)
    assert hybrid.company == ()
    assert hybrid.sequence[0].members == {}
    assert len(mixed(pair, "rule").blocs[0].members) == 2


def test_members_that_share_an_uncertain_default_stay_together() -> None:
    """They move by the same draws, so they are no pieces of their own; who has an entry is."""
    shared = {"default": {"odds": {"no": {"uniform": [0.1, 0.5]}, "yes": "rest"}}, "RUS": {"stance": "opposes"}}
    pair = Pair.of(scenario(members=shared), scenario(members=all_of("supports")))
    assert pieces(pair) == ["RUS", "seats"]
    assert label_of(pair, ("seats",)) == "the other seats"
    assert mixed(pair, "RUS").uncertain[0][0] == ("members", "default", "odds", "no")
    assert not mixed(pair, "seats").uncertain


def test_what_is_learnt_and_made_of_a_member_is_its_own() -> None:
    second = scenario(given={"CHN": "not yes", "IND": "no"}, do={"RUS": "no", "KEN": "yes"})
    pair = Pair.of(scenario(), second)
    assert pieces(pair) == ["CHN", "RUS", "seats"]
    assert mixed(pair, "CHN").given == {"CHN": (Choice.ABSTAIN, Choice.NO, Choice.ABSENT)}
    assert mixed(pair, "RUS").do == {"RUS": Choice.NO}
    hybrid = mixed(pair, "seats")
    assert (hybrid.given, hybrid.do) == ({"IND": (Choice.NO,)}, {"KEN": Choice.YES})
    assert sides(pair, ("RUS",)) == ("–", "made no")


def test_own_numbers_for_words_are_a_piece() -> None:
    own = {"undecided": {"permanent": {"yes": 0.9, "no": 0.1}}}
    pair = Pair.of(scenario(), scenario(stances=own))
    assert pieces(pair) == ["words"]
    hybrid = mixed(pair, "words")
    assert stated_odds(hybrid, council_of(hybrid))["CHN"].yes == 0.9


def test_the_rule_brings_along_what_it_needs() -> None:
    tables: dict[str, Any] = {"council": {"rule": "double-veto"}, "preliminary": {"IND": {"stance": "opposes"}}}
    pair = Pair.of(scenario("2017-12-22"), scenario(**tables))
    assert pieces(pair) == ["seats", "rule"]
    kept = mixed(pair, "rule").preliminary
    assert {code: entry.stance for code, entry in kept.items()} == {"default": Stance.UNDECIDED}
    assert set(mixed(pair, "seats", "rule").preliminary) == {"default", "IND"}
    subscribers = scenario(council={"rule": "restraint", "subscribers": ["FRA"]}, draft={"mass_atrocity": True})
    pair = Pair.of(scenario(), subscribers)
    assert pieces(pair) == ["draft", "rule"]
    assert mixed(pair, "rule").council.subscribers == ("FRA",)
    assert mixed(pair, "draft").draft.mass_atrocity


def test_parties_and_votes_before_are_the_drafts() -> None:
    second = scenario(
        draft={"chapter": "VI", "matter": "procedural"}, council={"parties": ["FRA"]}, sequence=[{"id": "a"}]
    )
    pair = Pair.of(scenario(), second)
    assert pieces(pair) == ["draft"]
    assert mixed(pair, "draft").council.parties == ("FRA",)
    assert [step.id for step in mixed(pair, "draft").sequence] == ["a"]


def test_what_bears_on_no_odds_makes_no_piece() -> None:
    """Titles, symbols, what happened, names of blocs; a chapter without parties; another day of the same council."""
    bloc = {"members": "all", "cohesion": 0.2}
    first = scenario(blocs=[{**bloc, "name": "one"}], members={"IND": {"stance": "undecided"}})
    second = scenario(
        "2022-03-25",
        draft={"symbol": "S/1", "agenda": "dprk", "chapter": "VII"},
        blocs=[{**bloc, "name": "other"}],
        summary="s",
    )
    assert pieces(Pair.of(first, second)) == []


def test_more_seats_and_the_rule_that_fits_them_go_together() -> None:
    pair = Pair.of(simulator.load("dprk-2022-05"), simulator.load("reform-g4"))
    assert "seats+rule" in pieces(pair)
    assert label_of(pair, ("seats", "rule")) == "the other seats and the rule"


def test_the_same_quota_needs_its_source_only_where_seats_are_more() -> None:
    """The rule is no piece then, and every hybrid still says where the quota comes from."""
    plain = scenario(council={"rule": "quota-and-veto", "quota": 9})
    more = scenario(council={"rule": "quota-and-veto", "quota": 9, "quota_source": "s", "seats": "g4"})
    pair = Pair.of(plain, more)
    assert pieces(pair) == ["seats"]
    assert len(council_of(mixed(pair, "seats"))) == 25


def record(day: str, sponsors: list[str], **members: str) -> Scenario:
    said = {code: {"stance": word} for code, word in members.items()}
    draft = {"agenda": "dprk", "sponsors": sponsors}
    return scenario(day, draft=draft, preferences={"model": "history"}, members=said)


def test_with_the_record_day_and_sponsors_are_the_drafts() -> None:
    pair = Pair.of(record("2022-05-26", ["USA"]), record("2017-12-22", ["FRA"]))
    assert pieces(pair) == ["seats", "draft"]
    hybrid = mixed(pair, "draft")
    assert (hybrid.draft.sponsors, hybrid.draft.date.year, council_of(hybrid).date.year) == (("FRA",), 2017, 2022)


def test_with_the_record_a_sponsor_and_its_refusal_go_together() -> None:
    pair = Pair.of(record("2022-05-26", ["RUS"]), record("2022-05-26", ["USA"], RUS="opposes", CHN="opposes"))
    assert pieces(pair) == ["CHN", "RUS+draft"]


def test_places_by_ideal_point_are_the_members_own() -> None:
    """Of the year before the draft that the member comes from."""
    space = {"dimensions": ["order"], "draft": {"order": 0.5}}
    spatial: dict[str, Any] = {"preferences": {"model": "spatial"}, "spatial": space}
    first, second = scenario(**spatial), scenario("2014-05-22", **spatial)
    pair = Pair.of(first, second)
    hybrid = mixed(pair, "RUS")
    here, there = (placed(one, council_of(one)) for one in (first, second))
    found = placed(hybrid, council_of(hybrid))
    assert found["RUS"].place == there["RUS"].place != here["RUS"].place
    assert found["CHN"].place == here["CHN"].place
    assert found["IND"].place == here["IND"].place


def test_a_shared_uncertain_place_stays_shared() -> None:
    space = {"dimensions": ["order"], "draft": {"order": 0.5}}
    spatial: dict[str, Any] = {"preferences": {"model": "spatial"}, "members": {"CHN": {"position": {"order": -0.5}}}}
    doubtful = {**space, "default_position": {"order": {"uniform": [-0.2, 0.2]}}}
    pair = Pair.of(scenario(**spatial, spatial=doubtful), scenario(**spatial, spatial={**space, "noise": 1.0}))
    assert pieces(pair) == ["seats", "draft"]
    assert [place for place, _ in mixed(pair, "draft").uncertain] == [("spatial", "default_position", "order")]


def test_what_cannot_be_mixed_is_said() -> None:
    stated, fitted = simulator.load("dprk-2022-05"), simulator.load("dprk-2022-05-record")
    assert "stated in the one and fitted to the record in the other" in why_apart(stated, fitted)
    one, two = simulator.load("a-place-in-issue-space"), simulator.load("two-dimensions")
    assert "issue spaces differ (order; force, cost)" in why_apart(one, two)
    assert why_apart(one, one) == ""


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"odds": {"yes": 0.25, "abstain": 0.75}}, "yes 0.25 abstain 0.75"),
        ({"odds": {"no": {"uniform": [0.1, 0.3]}, "yes": "rest"}}, "yes rest no uniform 0.1 0.3"),
    ],
)
def test_odds_are_told_by_their_numbers(entry: dict[str, Any], words: str) -> None:
    pair = Pair.of(scenario(), scenario(members={"CHN": entry}))
    assert sides(pair, ("CHN",)) == ("undecided", words)


def test_of_blocs_and_company_only_what_differs_is_told() -> None:
    blocs = [{"members": "all", "cohesion": 0.2}, {"members": ["CHN", "RUS"], "cohesion": 0.6}]
    company = [{"leader": "RUS", "follower": "CHN"}]
    first, second = scenario(blocs=blocs, company=company), scenario(blocs=[{**blocs[0], "cohesion": 0.4}, blocs[1]])
    assert sides(Pair.of(first, second), ("company",)) == ("all 0.2, CHN follows RUS", "all 0.4")


SPACE: dict[str, Any] = {"dimensions": ["order"], "draft": {"order": 0.5}, "default_position": {"order": 0}}


def in_space(space: dict[str, Any] | None = None, **tables: Any) -> Scenario:
    return scenario(preferences={"model": "spatial"}, spatial=SPACE | (space or {}), **tables)


@pytest.mark.parametrize(
    ("first", "second", "piece", "words"),
    [
        (
            in_space(),
            in_space(members={"CHN": {"tie": -0.3, "salience": {"order": 2}}}),
            "CHN",
            ("–", "salience order 2, tie -0.3"),
        ),
        (
            in_space(),
            in_space({"draft": {"order": 0.2}, "reversion": {"order": 0.1}, "noise": 1}),
            "draft",
            ("at order 0.5, noise 0.5", "at order 0.2, reversion order 0.1, noise 1"),
        ),
        (
            in_space({"default_position": {"order": {"uniform": [-0.2, 0.2]}}}),
            in_space({"default_position": {"order": {"uniform": [-0.4, 0.2]}}}),
            "seats",
            ("others at order uniform -0.2 0.2", "others at order uniform -0.4 0.2"),
        ),
        (
            scenario(given={"IND": "not yes"}),
            scenario(do={"IND": "no"}),
            "seats",
            ("IND learnt abstain or no or absent", "IND made no"),
        ),
        (scenario(), scenario(given={"CHN": "no"}), "CHN", ("–", "learnt no")),
        (record("2022-05-26", ["USA"]), record("2022-05-26", ["USA"], CHN="opposes"), "CHN", ("silent", "opposes")),
        (
            scenario(),
            scenario(company=[{"leader": "USA", "follower": "GBR", "if_leader_no": 0.5, "otherwise": 0.1}]),
            "company",
            ("–", "GBR follows USA 0.5 0.1"),
        ),
        (scenario(), scenario(stances={"opposes": {"elected": {"no": 1}}}), "words", ("–", "opposes (elected) no 1")),
        (
            scenario(),
            scenario(draft={"mass_atrocity": True, "chapter": "VI"}, council={"parties": ["FRA"]}),
            "draft",
            ("–", "mass atrocity, parties FRA"),
        ),
        (scenario(), scenario(sequence=[{"id": "a", "if_adopted": 0.5}]), "draft", ("–", "after a (0.5, 0)")),
        (
            scenario(council={"rule": "quota-and-veto", "quota": 9}),
            scenario(council={"rule": "quota-and-veto", "quota": 10, "vetoes_needed": 2}),
            "rule",
            ("quota 9", "quota 10, 2 vetoes"),
        ),
        (
            scenario(),
            scenario(council={"rule": "restraint", "subscribers": ["FRA"]}),
            "rule",
            ("charter", "restraint, subscribers FRA"),
        ),
        (
            scenario(members={"default": {"odds": {"no": {"uniform": [0.1, 0.2]}, "yes": "rest"}}}),
            scenario(members={"default": {"odds": {"no": {"uniform": [0.1, 0.3]}, "yes": "rest"}}}),
            "seats",
            ("others yes rest no uniform 0.1 0.2", "others yes rest no uniform 0.1 0.3"),
        ),
        (
            record("2022-05-26", ["USA"]),
            record("2022-05-26", []),
            "draft",
            ("sponsors USA", "sponsors not stated"),
        ),
    ],
)
def test_what_differs_is_told_in_words(first: Scenario, second: Scenario, piece: str, words: tuple[str, str]) -> None:
    pair = Pair.of(first, second)
    assert pieces(pair) == [piece]
    assert sides(pair, (piece,)) == words


def test_permanent_members_that_stay_with_the_seats_are_named() -> None:
    """Japan is permanent here and elected there, so it is no piece of its own."""
    seats = [{"id": code} for code in (*council_of(scenario()).permanent, "JPN")]
    chosen = {"rule": "quota-and-veto", "quota": 4, "quota_source": "s"}
    first = scenario(council={**chosen, "seats": seats})
    second = scenario(council={**chosen, "seats": [*seats[:5], {"id": "JPN", "permanent": True}]})
    pair = Pair.of(first, second)
    assert pieces(pair) == ["seats"]
    assert label_of(pair, ("seats",)) == "the elected seats with JPN"
