"""The spatial model: odds of a member from its place, by formulas written out anew; and what the page says of it."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest

from simulator.engines.ask import odds
from simulator.errors import ScenarioError
from simulator.facts import council_on
from simulator.facts.ideal_points import ideal_point_before, ideal_points
from simulator.model import vote_model
from simulator.model.latent import ABSENT, ABSTAIN, NO, YES
from simulator.model.spatial import IssueSpace, remarks
from simulator.scenario import Scenario, changed, council_of, load, parse
from simulator.scenario.parse import from_data
from simulator.scenario.uncertain import realisations
from tests.oracles import normal_below

TOML = """
schema = 1
title = "t"
draft.date = 2022-05-26
preferences.model = "spatial"
[spatial]
dimensions = ["order", "cost"]
draft = { order = 0.6, cost = -0.3 }
reversion = { order = 0.2 }
noise = 0.4
indifference = 0.15
veto_reluctance = 0.35
default_position = { order = 0.1, cost = -0.2 }
[members]
CHN = { position = { order = -0.5 }, veto_reluctance = 0.05 }
RUS = { position = { order = -0.4, cost = 0.9 }, salience = { cost = 0.5 }, tie = -0.1 }
IND = { position = { order = 0.7, cost = 0.4 }, salience = { order = 2, cost = 0 }, tie = 0.2, veto_reluctance = 9 }
"""

ONE = """
schema = 1
title = "t"
draft.date = 2022-05-26
preferences.model = "spatial"
[spatial]
dimensions = ["order"]
draft = { order = 0.6 }
"""


def by_hand(gain: float, noise: float, indifference: float, reluctance: float) -> list[float]:
    """Yes, abstain, no of a member that gains so much, from the definition of its vote."""
    yes, no = (1 - float(normal_below(np.array((at - gain) / noise))) for at in (indifference, -9e9))
    no = float(normal_below(np.array((-(indifference + reluctance) - gain) / noise)))
    return [yes, 1 - yes - no, no, 0.0]


def distance(x: float, y: float) -> float:
    return (x - y) ** 2


@pytest.mark.parametrize(
    ("member", "gain", "reluctance"),
    [
        ("CHN", distance(-0.5, 0.2) - distance(-0.5, 0.6) + distance(-0.2, 0) - distance(-0.2, -0.3), 0.05),
        (
            "RUS",
            distance(-0.4, 0.2) - distance(-0.4, 0.6) + 0.5 * (distance(0.9, 0) - distance(0.9, -0.3)) - 0.1,
            0.35,
        ),
        ("IND", 2 * (distance(0.7, 0.2) - distance(0.7, 0.6)) + 0.2, 0.0),
        ("USA", distance(0.1, 0.2) - distance(0.1, 0.6) + distance(-0.2, 0) - distance(-0.2, -0.3), 0.35),
        ("KEN", distance(0.1, 0.2) - distance(0.1, 0.6) + distance(-0.2, 0) - distance(-0.2, -0.3), 0.0),
    ],
)
def test_a_members_odds_follow_from_what_it_gains(member: str, gain: float, reluctance: float) -> None:
    """Positions on two dimensions, own and by default; salience, tie; veto reluctance of permanent members only."""
    model = vote_model(parse(TOML))
    expected = by_hand(gain, 0.4, 0.15, reluctance)
    assert model.latent.marginals()[model.members.index(member)] == pytest.approx(expected, abs=1e-12)


def test_without_positions_members_stand_at_their_ideal_points_and_the_notes_say_where_and_when() -> None:
    scenario = parse(ONE)
    model = vote_model(scenario)
    for member in model.members:
        point = ideal_point_before(member, scenario.draft.date)
        assert point is not None
        assert point.year == 2021
        gain = distance(point.scaled, 0) - distance(point.scaled, 0.6)
        expected = by_hand(gain, 0.5, 0.2, 0.5 if member in council_on(scenario.draft.date).permanent else 0.0)
        assert model.latent.marginals()[model.members.index(member)] == pytest.approx(expected, abs=1e-12)
    (note,) = model.notes
    assert "ideal points" in note
    assert "of 2021: CHN -0.15, FRA 0.59" in note


def test_an_ideal_point_is_that_of_the_drafts_day_whatever_the_council() -> None:
    """The council of another day judges the draft of its own."""
    model = vote_model(changed(parse(ONE), council_date=2010))
    assert "of 2021" in model.notes[0]
    assert "BIH" in model.notes[0]


def test_own_odds_replace_the_place_and_keep_the_blocs() -> None:
    scenario = changed(
        parse(TOML + "[[blocs]]\nmembers = 'all'\ncohesion = 0.3\n"),
        settings={"members.CHN.odds": {"yes": 0.2, "abstain": 0.3, "no": 0.4, "absent": 0.1}},
    )
    model = vote_model(scenario)
    assert model.latent.marginals()[0] == pytest.approx([0.2, 0.3, 0.4, 0.1])
    assert model.latent.loadings[:, 0] == pytest.approx(sqrt(0.3))
    assert any("CHN: own odds" in note for note in model.notes)


def test_marginals_do_not_depend_on_blocs() -> None:
    with_bloc = parse(TOML + "[[blocs]]\nmembers = 'all'\ncohesion = 0.6\n")
    plain = vote_model(parse(TOML)).latent.marginals()
    assert vote_model(with_bloc).latent.marginals() == pytest.approx(plain)


def test_default_and_sponsorship_are_not_used_and_the_notes_say_so() -> None:
    scenario = changed(
        parse(ONE), settings={"members.default.stance": "opposes", "draft.sponsors": ["USA", "KEN", "DEU"]}
    )
    model = vote_model(scenario)
    assert (model.likelihood == 1).all()
    assert model.latent.marginals() == pytest.approx(vote_model(parse(ONE)).latent.marginals())
    assert any(note.startswith("members.default is not used") for note in model.notes)
    assert any("sponsoring counts as no stance" in note and "USA KEN" in note for note in model.notes)


def test_a_stance_is_evidence_and_leaves_the_place_as_it_is() -> None:
    """The odds before are those of the place; after, each is multiplied by the word's likelihood."""
    scenario = changed(parse(TOML), stance={"RUS": "threatens-veto"})
    assert scenario.members["RUS"].position == {"order": -0.4, "cost": 0.9}
    model, plain = vote_model(scenario), vote_model(parse(TOML))
    assert model.latent.marginals() == pytest.approx(plain.latent.marginals())
    seat = model.members.index("RUS")
    before = plain.latent.marginals()[seat]
    after = odds(scenario, engine="exact").choices[seat]
    likelihood = np.array([0.0017, 0.037, 0.16, 0.037])
    assert after == pytest.approx(before * likelihood / (before @ likelihood), rel=1e-9)


def test_a_stance_moves_beliefs_about_others_through_a_shared_bloc_only() -> None:
    bloc = "[[blocs]]\nmembers = 'all'\ncohesion = 0.4\n"
    for toml, moves in ((TOML, False), (TOML + bloc, True)):
        before, after = (
            odds(one, engine="exact") for one in (parse(toml), changed(parse(toml), stance={"USA": "opposes"}))
        )
        moved = after.members["KEN"]["yes"] - before.members["KEN"]["yes"]
        assert (moved < -0.01) is moves
        assert moves or moved == pytest.approx(0, abs=1e-12)


def test_what_a_member_made_to_vote_said_is_no_evidence() -> None:
    scenario = changed(parse(TOML), stance={"RUS": "opposes"}, do={"RUS": "yes"})
    model = vote_model(scenario)
    assert (model.likelihood == 1).all()
    assert any("RUS said is left out" in note for note in model.notes)


def test_given_and_a_stance_of_one_member_are_both_heeded() -> None:
    model = vote_model(changed(parse(TOML), stance={"CHN": "opposes"}, given={"CHN": "not yes"}))
    assert model.likelihood[0] == pytest.approx([0, 1, 0.13 / 0.17, 1])


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        ("", True),
        ("CHN.stance = 'opposes'", True),
        ("CHN.stance = 'threatens-veto'", False),
        ("CHN.odds = { yes = 0.5, no = 0.5 }", False),
        ("CHN.odds = { yes = 0.5, no = 0.3, abstain = 0.2 }", True),
    ],
)
def test_company_is_off_where_a_follower_has_said_how_it_withholds(entry: str, kept: bool) -> None:
    model = vote_model(parse(f"{ONE}\n[members]\n{entry}\n[[company]]\nleader = 'RUS'\nfollower = 'CHN'\n"))
    assert bool(model.company) is kept
    assert any("CHN does not follow RUS" in note for note in model.notes) is not kept


BAD = [
    ("spatial.noise = 0", "spatial.noise", "must be above 0"),
    ("spatial.noise = -1", "spatial.noise", "must be above 0"),
    ("spatial.indifference = -0.1", "spatial.indifference", "cannot be negative"),
    ("spatial.veto_reluctance = -0.1", "spatial.veto_reluctance", "cannot be negative"),
    ("spatial.reversion.order = 1.01", "spatial.reversion.order", "outside -1 to 1"),
    ("spatial.draft.order = -2", "spatial.draft.order", "outside -1 to 1"),
    ("spatial.draft = {}", "spatial.draft.order", "is required"),
    ("spatial.draft.ordr = 0", "spatial.draft.ordr", "did you mean order?"),
    ("spatial.reversion.x = 0", "spatial.reversion.x", "spatial.dimensions are order"),
    ("spatial.dimensions = []", "spatial.dimensions", "one to three names"),
    ("spatial.dimensions = ['a', 'b', 'c', 'd']", "spatial.dimensions", "one to three names"),
    ("spatial.dimensions = ['a', 'a']", "spatial.dimensions", "name of its own"),
    ("spatial.default_position = 'ideal'", "spatial.default_position", '"ideal-points" or a table'),
    ("spatial.default_position = {}", "spatial.default_position", '"ideal-points" or a table'),
    ("spatial.default_position = { order = 3 }", "spatial.default_position.order", "outside -1 to 1"),
    ("members.IND = { position = { order = 1.5 } }", "members.IND.position.order", "outside -1 to 1"),
    ("members.IND = { position = { cost = 0.5, order = 0 } }", "members.IND.position.cost", "no such dimension"),
    ("members.IND = { position = {} }", "members.IND.position.order", "is required"),
    ("members.IND = { salience = { order = -1 } }", "members.IND.salience.order", "cannot be negative"),
    ("members.IND = { salience = { cost = 1 } }", "members.IND.salience.cost", "no such dimension"),
    ("members.IND = { veto_reluctance = -1 }", "members.IND.veto_reluctance", "cannot be negative"),
    ("members.IND = { tie = 'a' }", "members.IND.tie", "expected a number"),
    ("members.default = { position = { order = 0 } }", "members.default.position", "write default_position"),
    ("members.IND = {}", "members.IND", "neither a stance nor odds"),
    ("spatial.nose = 1", "spatial.nose", "did you mean noise?"),
    ("preferences.model = 'stated'", "spatial", 'preferences.model = "spatial" only'),
]


@pytest.mark.parametrize(("setting", "key", "said"), BAD, ids=[setting for setting, _, _ in BAD])
def test_what_cannot_be_in_an_issue_space_is_refused_with_its_key(setting: str, key: str, said: str) -> None:
    import tomllib

    data: dict[str, Any] = tomllib.loads(ONE)
    path, _, value = setting.partition(" = ")
    *tables, last = path.split(".")
    here = data
    for table in tables:
        here = here.setdefault(table, {})
    here[last] = tomllib.loads(f"v = {value}")["v"]
    with pytest.raises(ScenarioError) as caught:
        from_data(data)
    first = caught.value.problems[0]
    assert first.key == key
    assert said in str(first)


def problems(toml: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        parse(toml)
    return [str(problem) for problem in caught.value.problems]


def test_several_dimensions_need_positions_and_one_problem_says_who_lacks_which() -> None:
    toml = TOML.replace("default_position = { order = 0.1, cost = -0.2 }\n", "")
    everybody = "FRA GBR USA ALB ARE BRA GAB GHA IRL KEN MEX NOR"
    first, second = problems(toml)
    assert first == "members.CHN.position.cost: is required – a number from -1 to 1"
    assert second.startswith(
        f"spatial.default_position: ideal points serve one dimension, not 2; members without a position on order: "
        f"{everybody}; cost: {everybody}"
    )
    (third,) = problems(TOML.replace("order = 0.1, cost = -0.2", "order = 0.1"))[1:]
    assert "without a position on cost: FRA" in third
    assert "order:" not in third.partition("–")[0]


def test_a_member_without_an_earlier_ideal_point_stands_at_that_of_the_drafts_year_and_it_is_said() -> None:
    """In 1946 there are no earlier ones."""
    early = parse(ONE.replace("2022-05-26", "1946-06-26"))
    council = council_of(early)
    space = IssueSpace.of(early, council)
    wanted = [ideal_points(member)[0].scaled for member in council.ids]
    assert space.ideal[:, 0] == pytest.approx(wanted)
    said = [note for note in remarks(early, council) if "the draft's own year is taken" in note]
    assert [note.partition(": ")[2].split() for note in said] == [list(council.ids)]
    assert not [note for note in remarks(parse(ONE), council_of(parse(ONE))) if "own year" in note]


def test_all_problems_come_at_once() -> None:
    found = problems(
        ONE.replace("0.6", "1.6") + "noise = 0\nindifference = -1\n[members]\nXXX.position = { order = 0 }\n"
        "USA.position = { cost = 0, order = 0 }\n"
    )
    assert len(found) == 5


def test_the_spatial_model_needs_its_table_and_the_table_its_model() -> None:
    bare = "schema = 1\ntitle = 't'\ndraft.date = 2022-05-26\n"
    assert problems(bare + "preferences.model = 'spatial'\n") == [
        'spatial: is required with preferences.model = "spatial" – write [spatial] with dimensions and draft'
    ]
    found = problems(bare + "members.CHN.tie = 1\n[spatial]\ndimensions = ['a']\ndraft = { a = 0 }\n")
    assert [problem.split(":")[0] for problem in found] == ["spatial", "members.CHN.tie"]


def test_a_scenario_in_issue_space_is_written_and_read_back() -> None:
    for toml in (ONE, TOML, ONE + 'default_position = "ideal-points"\n'):
        scenario: Scenario = parse(toml)
        assert parse(scenario.to_toml()) == scenario


def test_places_in_order() -> None:
    """What the arrays above rely on."""
    assert (YES, ABSTAIN, NO, ABSENT) == (0, 1, 2, 3)


# With what else a file may hold


def test_places_and_noise_may_be_uncertain_and_then_the_answer_has_an_interval() -> None:
    toml = ONE.replace("{ order = 0.6 }", "{ order = { between = [0.3, 0.7] } }") + "noise = { uniform = [0.2, 0.6] }\n"
    scenario = parse(toml)
    assert [".".join(map(str, place)) for place, _ in scenario.uncertain] == ["spatial.draft.order", "spatial.noise"]
    assert parse(scenario.to_toml()) == scenario
    draws = realisations(scenario, 50, 1)
    places = [one.spatial.draft["order"] for one in draws if one.spatial]
    assert min(places) >= -1
    assert len(set(places)) == 50
    found = odds(scenario, engine="exact")
    each = [odds(one, engine="exact").adopted for one in realisations(scenario, 400, 1946)]
    assert found.adopted == pytest.approx(np.mean(each), abs=1e-9)
    assert found.spread is not None


def test_a_member_that_may_stand_beyond_the_space_is_refused() -> None:
    toml = ONE + "[members]\nCHN.position = { order = { normal = [3, 0.1] } }\n"
    with pytest.raises(ScenarioError, match=r"members\.CHN\.position\.order"):
        parse(toml)


def test_votes_before_the_drafts_have_no_place() -> None:
    steps = "[[sequence]]\nid = 'a'\n"
    assert problems(ONE + steps)[0].startswith("sequence: votes before the draft's have no place")
    toml = ONE.replace("preferences.model", "council.rule = 'double-veto'\npreferences.model")
    placed = toml + "[preliminary]\ndefault.stance = 'leans-yes'\nCHN.position = { order = 0 }\n"
    assert problems(placed) == [
        "preliminary.CHN.position: places in issue space are about the draft; here a stance or odds are needed"
        " – leave it out"
    ]


def test_the_preliminary_question_is_of_stated_preferences_and_the_draft_of_places() -> None:
    toml = ONE.replace("preferences.model", "council.rule = 'double-veto'\npreferences.model")
    sure = parse(toml + "[preliminary]\ndefault.odds = { yes = 1 }\n")
    procedural = odds(changed(parse(ONE), settings={"draft.matter": "procedural"}), engine="exact")
    assert odds(sure, engine="exact").adopted == pytest.approx(procedural.adopted, abs=1e-12)
    never = parse(toml + "[preliminary]\ndefault.odds = { no = 1 }\n")
    assert odds(never, engine="exact").adopted == pytest.approx(odds(parse(ONE), engine="exact").adopted, abs=1e-12)


def test_a_seat_with_a_veto_has_veto_reluctance_and_speaks_as_a_permanent_member() -> None:
    """In a council of another make-up it is the veto that counts."""
    council = """
[council]
rule = "quota-and-veto"
quota = 2
quota_source = "made up"
seats = [{ id = "USA", veto = true }, { id = "IND", veto = true }, { id = "CHN", veto = false }]
"""
    entries = "[members]\nIND.stance = 'threatens-veto'\nCHN.stance = 'threatens-veto'\n"
    model = vote_model(parse(ONE + council + entries))
    bands = dict(zip(model.members, model.latent.band * 0.5, strict=True))
    assert bands == pytest.approx({"USA": 0.9, "IND": 0.9, "CHN": 0.4})
    rows = dict(zip(model.members, model.likelihood.tolist(), strict=True))
    assert rows["IND"] == pytest.approx([0.0017 / 0.16, 0.037 / 0.16, 1, 0.037 / 0.16])
    assert rows["CHN"] == pytest.approx([0.003 / 0.22, 0.12 / 0.22, 1, 0.12 / 0.22])


def test_the_page_shows_what_company_makes_of_a_followers_place() -> None:
    """Stated is then what follows from its place."""
    toml = ONE + "[[company]]\nleader = 'RUS'\nfollower = 'CHN'\n"
    plain, followed = (odds(parse(one), engine="exact").members["CHN"] for one in (ONE, toml))
    assert followed["yes"] == pytest.approx(plain["yes"])
    assert followed["no"] != pytest.approx(plain["no"])


@pytest.mark.parametrize(
    ("how", "close"),
    [
        ({"engine": "exact"}, 1e-9),
        ({"engine": "monte-carlo"}, 0.002),
        ({"engine": "monte-carlo", "method": "votes"}, 0.005),
    ],
    ids=str,
)
@pytest.mark.parametrize("member", ["USA", "FRA"])
def test_what_is_learnt_is_as_likely_as_the_statements_heard_make_it(
    member: str, how: dict[str, Any], close: float
) -> None:
    """Before a no is learnt its probability is that of the members' table, for one that spoke and for one that did not.

    Five standard errors at least. The United States' no had 0.80 before its threat and 0.95 after: to leave either
    piece of evidence out of account would be seen.
    """
    said = changed(load("a-place-in-issue-space"), stance={"USA": "threatens-veto"})
    table = odds(said, engine="exact")
    assert table.evidence_probability == 1
    found = odds(said, given={member: "no"}, **how)
    assert found.evidence_probability == pytest.approx(table.members[member]["no"], abs=close)
