"""Codes of restraint and the proviso of Article 27(3): whose no, or whose vote, is put aside."""

from __future__ import annotations

import numpy as np
import pytest

import simulator
from simulator.errors import EvidenceError, Problem, ScenarioError
from simulator.facts import ACT, FRENCH_MEXICAN, council_on
from simulator.model import VoteModel, vote_model
from simulator.scenario import parse

BARE = 'schema = 1\ntitle = "t"\ndraft.date = 2022-05-26\n'
ATROCITY = BARE + "draft.mass_atrocity = true\n"
COUNCIL = council_on(parse(BARE).draft.date)
COLD = """
[members]
default.odds = { yes = 0.75, abstain = 0.15, no = 0.1 }
FRA.odds = { yes = 0.3, abstain = 0.2, no = 0.4, absent = 0.1 }
GBR.odds = { yes = 0.3, no = 0.7 }
[[blocs]]
members = "permanent"
cohesion = 0.5
"""


def of(member: str, model: VoteModel) -> list[float]:
    """Its odds of yes, abstain, no, absent."""
    return [float(chance) for chance in model.latent.marginals()[COUNCIL.index(member)]]


def restrained(extra: str = "", bare: str = ATROCITY) -> VoteModel:
    return vote_model(parse(bare + 'council.rule = "restraint"\n' + extra + COLD))


def problems(toml: str) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as caught:
        parse(toml)
    return caught.value.problems


def test_a_subscribers_no_becomes_an_abstention_and_nothing_else_changes() -> None:
    """Even where its odds had no room for an abstention; who has not subscribed votes as ever."""
    model, free = restrained(), vote_model(parse(ATROCITY + COLD))
    assert of("FRA", model) == pytest.approx([0.3, 0.6, 0, 0.1])
    assert of("GBR", model) == pytest.approx([0.3, 0.7, 0, 0])
    for member in set(COUNCIL.ids) - {"FRA", "GBR"}:
        assert of(member, model) == of(member, free)
    assert (model.latent.loadings == free.latent.loadings).all()


def test_the_permanent_members_known_to_have_subscribed_are_the_default() -> None:
    """France and the United Kingdom to the ACT code; France alone to the French-Mexican declaration."""
    assert ACT.permanent == ("FRA", "GBR")
    assert FRENCH_MEXICAN.permanent == ("FRA",)
    notes = " ".join(restrained().notes)
    assert "FRA GBR abstain where they would vote no" in notes
    assert "A/70/621-S/2015/978" in notes
    assert "voluntary, not law" in notes
    assert "elected members have subscribed is not in the facts" in notes


def test_subscribers_can_be_named() -> None:
    model = restrained('council.subscribers = ["FRA", "IRL"]\n')
    assert [of(member, model)[2] for member in ("FRA", "IRL", "GBR")] == pytest.approx([0, 0, 0.7])
    assert any("FRA IRL abstain" in note for note in model.notes)
    assert of("FRA", restrained("council.subscribers = []\n"))[2] == pytest.approx(0.4)


def test_the_odds_of_a_veto_are_those_of_the_members_without_restraint() -> None:
    """By hand: all certain but China (no 0.3) and France (no 0.6); only China's no can still veto."""
    sure = """[members]
    default.odds = { yes = 1 }
    CHN.odds = { yes = 0.7, no = 0.3 }
    FRA.odds = { yes = 0.4, no = 0.6 }
    """
    odds = simulator.odds(parse(ATROCITY + 'council.rule = "restraint"\n' + sure), engine="exact")
    assert (odds.adopted, odds.vetoed) == pytest.approx((0.7, 0.3))
    free = simulator.odds(parse(ATROCITY + sure), engine="exact")
    assert (free.adopted, free.vetoed) == pytest.approx((0.28, 0.72))


def test_restraint_needs_mass_atrocity_and_its_rule_and_a_note_says_which_is_missing() -> None:
    without = restrained(bare=BARE)
    assert of("GBR", without)[2] == pytest.approx(0.7)
    assert without.notes == ("rule restraint changes nothing here: draft.mass_atrocity is not true",)
    charter = vote_model(parse(ATROCITY + "council.subscribers = ['FRA']\n" + COLD))
    assert of("FRA", charter)[2] == pytest.approx(0.4)
    assert [note.split(" has no effect")[0] for note in charter.notes] == [
        "draft.mass_atrocity",
        "council.subscribers",
    ]


def test_what_is_made_so_stands_above_restraint() -> None:
    assert of("FRA", restrained("do.FRA = 'no'\n")) == [0, 0, 1, 0]


def test_a_follower_that_keeps_to_restraint_follows_no_more() -> None:
    pair = "company = [{ leader = 'USA', follower = 'GBR', if_leader_no = 1.0, otherwise = 0.5 }]\n"
    members = "members.GBR.odds = { yes = 0.2, abstain = 0.4, no = 0.4 }\n"
    model = vote_model(parse(ATROCITY + "council.rule = 'restraint'\n" + pair + members))
    assert model.company == ()
    assert simulator.odds(parse(ATROCITY + "council.rule = 'restraint'\n" + pair + members), engine="exact").members[
        "GBR"
    ]["no"] == pytest.approx(0)


@pytest.mark.parametrize("engine", ["exact", "monte-carlo"])
def test_a_subscriber_cannot_be_learnt_to_have_voted_no(engine: str) -> None:
    """Alone it is an error of the file; among other choices it is a choice that cannot have been."""
    (problem,) = problems(ATROCITY + 'council.rule = "restraint"\ngiven.FRA = "no"\n')
    assert problem.key == "given.FRA"
    assert "FRA keeps to restraint" in str(problem)
    assert "probability zero" in str(problem)
    scenario = parse(ATROCITY + 'council.rule = "restraint"\ngiven.FRA = ["no", "abstain"]\n' + COLD)
    assert simulator.odds(scenario, engine=engine).members["FRA"]["abstain"] == pytest.approx(1)


# The proviso


def test_a_partys_yes_does_not_count() -> None:
    """Nine members for certain in favour, one of them a party: eight are left, and it fails."""
    elected = " ".join(f"{code}.odds = {{ yes = 1 }}\n" for code in COUNCIL.elected[:8])
    text = f"[members]\ndefault.odds = {{ abstain = 1 }}\nGBR.odds = {{ yes = 1 }}\n{elected}"
    keys = 'draft.chapter = "VI"\ncouncil.parties = ["GBR"]\n'
    assert simulator.odds(parse(BARE + text), engine="exact").adopted == pytest.approx(1)
    assert simulator.odds(parse(BARE + keys + text), engine="exact").failed == pytest.approx(1)


def test_elected_parties_abstain_too() -> None:
    model = vote_model(parse(BARE + 'draft.chapter = "VI"\ncouncil.parties = ["IND", "RUS"]\n'))
    assert [of(member, model) for member in ("IND", "RUS")] == [[0, 1, 0, 0], [0, 1, 0, 0]]


def test_a_party_that_is_not_on_the_council_is_an_error() -> None:
    (problem,) = problems(BARE + 'draft.chapter = "VI"\ncouncil.parties = ["UKR"]\n')
    assert (problem.key, "UKR is not on the council" in str(problem)) == ("council.parties.0", True)


def test_a_party_cannot_be_learnt_to_have_voted_yes() -> None:
    scenario = parse(BARE + 'draft.chapter = "VI"\ncouncil.parties = ["RUS"]\ngiven.RUS = "yes"\n')
    with pytest.raises(EvidenceError):
        simulator.odds(scenario, engine="exact")


@pytest.mark.parametrize("key", ["parties", "subscribers"])
def test_nobody_stands_there_twice(key: str) -> None:
    (problem,) = problems(BARE + f'council.{key} = ["FRA", "FRA"]\n')
    assert (problem.key, problem.message) == (f"council.{key}", "FRA stands there 2 times")


def test_whoever_never_votes_no_keeps_its_share_of_yes_at_every_point_of_the_factors() -> None:
    """The threshold of a yes is where it was; that of a no is out of reach."""
    model, free = restrained(), vote_model(parse(ATROCITY + COLD))
    seat = COUNCIL.index("FRA")
    assert model.latent.yes_from[seat] == free.latent.yes_from[seat]
    assert model.latent.no_below[seat] == -np.inf
