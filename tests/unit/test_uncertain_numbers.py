"""Distributions in the scenario file: what is read and refused, and what a realisation of them is."""

from __future__ import annotations

import math
import tomllib
from typing import Annotated, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import BaseModel, Field

from simulator.errors import InputError, OptionError, ScenarioError
from simulator.model import vote_model
from simulator.scenario import Scenario, changed, council_of, load, parse
from simulator.scenario.changes import setting
from simulator.scenario.numbers import MayBeUncertain, Uncertain
from simulator.scenario.parse import from_data
from simulator.scenario.uncertain import realisations, uncertain_numbers
from tests import strategies

BARE = 'schema = 1\ntitle = "t"\ndraft.date = 2022-05-26\n'
COHESION = "blocs = [{{ members = 'all', cohesion = {} }}]"
ODDS = "members.CHN.odds = {}"
BOTH = """
members.CHN.odds = { no = { between = [0.2, 0.7] }, absent = 0.1, abstain = "rest" }
members.RUS.odds = { no = { uniform = [0, 0.6] }, yes = { uniform = [0, 0.6] }, abstain = "rest" }
stances.opposes.permanent = { no = { beta = [2, 5] }, abstain = "rest" }
company = [{ leader = "USA", follower = "GBR", if_leader_no = { uniform = [0.5, 1] }, otherwise = 0.1 }]
blocs = [
    { members = "all", cohesion = { triangular = [0.1, 0.2, 0.7] } },
    { members = ["CHN", "RUS"], cohesion = { between = [0.1, 0.6] } },
]
"""


def problem(toml: str) -> str:
    """The one thing that is wrong with a file that says nothing but this."""
    with pytest.raises(ScenarioError) as caught:
        parse(BARE + toml)
    (found,) = caught.value.problems
    return str(found)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return parse(BARE + BOTH)


# What is read


def test_a_distribution_may_stand_wherever_a_number_with_a_meaning_does(scenario: Scenario) -> None:
    assert [number.key for number in uncertain_numbers(scenario)] == [
        "members.CHN.odds.no",
        "members.RUS.odds.yes",
        "members.RUS.odds.no",
        "blocs.0.cohesion",
        "blocs.1.cohesion",
        "company.0.if_leader_no",
        "stances.opposes.permanent.no",
    ]


def test_no_shipped_scenario_with_certain_numbers_has_uncertain_ones() -> None:
    scenario = load("dprk-2022-05")
    assert uncertain_numbers(scenario) == ()
    assert realisations(scenario, 3, 1) == (scenario,) * 3


def test_an_uncertain_scenario_is_written_as_it_was_read(scenario: Scenario) -> None:
    data = scenario.to_data()
    assert data["blocs"][1]["cohesion"] == {"between": [0.1, 0.6]}
    assert data["members"]["CHN"]["odds"] == {"no": {"between": [0.2, 0.7]}, "absent": 0.1, "abstain": "rest"}
    assert parse(scenario.to_toml()) == scenario


def test_rest_beside_certain_odds_is_a_number_and_stays_the_word_in_the_file() -> None:
    scenario = parse(BARE + ODDS.format('{ no = 0.65, abstain = "rest" }'))
    odds = scenario.members["CHN"].odds
    assert odds is not None
    assert odds.abstain == pytest.approx(0.35, abs=1e-15)
    assert uncertain_numbers(scenario) == ()
    assert 'abstain = "rest"' in scenario.to_toml()
    after = changed(scenario, settings={"members.CHN.odds.no": 0.9}).members["CHN"].odds
    assert after is not None
    assert after.abstain == pytest.approx(0.1, abs=1e-15)


@pytest.mark.parametrize(
    "typed", ["blocs.0.cohesion={between=[0.1,0.4]}", "blocs.0.cohesion = { between = [0.1, 0.4] }"]
)
def test_a_distribution_is_set_like_any_value_and_replaced_by_a_number_again(typed: str) -> None:
    scenario = parse(BARE + COHESION.format(0.3))
    doubtful = changed(scenario, settings=dict([setting(typed)]))
    (number,) = uncertain_numbers(doubtful)
    assert (number.key, str(number.distribution)) == ("blocs.0.cohesion", "{ between = [0.1, 0.4] }")
    assert changed(doubtful, settings={"blocs.0.cohesion": 0.3}) == scenario


def test_a_quantity_of_any_bounds_takes_a_distribution_cut_to_them() -> None:
    """As the tables of other preference models use it: the type says the bounds, the distribution carries them."""

    class Places(BaseModel):
        order: Annotated[float, Field(ge=-1, le=1), MayBeUncertain(-1, 1)]
        noise: Annotated[float, Field(gt=0), MayBeUncertain(0)]

    places = Places.model_validate({"order": {"between": [-0.5, 0]}, "noise": {"normal": [1, 0.5]}})
    assert vars(places) == {
        "order": Uncertain("between", (-0.5, 0.0), -1.0, 1.0),
        "noise": Uncertain("normal", (1.0, 0.5), 0.0, math.inf),
    }
    assert places.model_dump() == {"order": {"between": [-0.5, 0.0]}, "noise": {"normal": [1.0, 0.5]}}


# What is refused

ODD = [
    ("{ betwen = [0.1, 0.3] }", ["there is no distribution betwen", "uniform = [0.2, 0.6]", "did you mean between?"]),
    ("{}", ["a distribution has one key, such as { between = [0.3, 0.8] }, not 0"]),
    ("{ between = [0.1, 0.2], beta = [1, 1] }", ["a distribution has one key", "not 2"]),
    ("{ between = [0.3] }", ["the 5 % and the 95 % quantile, such as { between = [0.3, 0.8] }, not [0.3]"]),
    ("{ beta = [2, 2, 2] }", ["the two shapes", "not [2, 2, 2]"]),
    ("{ triangular = [0.1, 0.2] }", ["lowest, likeliest, highest", "not [0.1, 0.2]"]),
    ("{ normal = 5 }", ["mean and standard deviation", "not 5"]),
    ("{ normal = ['a', 1] }", ["not ['a', 1]"]),
    ("{ normal = [true, 1] }", ["mean and standard deviation"]),
    ("{ normal = [0.2, nan] }", ["finite numbers", "not nan"]),
    ("{ normal = [inf, 1] }", ["finite numbers", "not inf"]),
    ("{ uniform = [0, 1e300] }", ["finite numbers, of a million at most, not 1e+300"]),
    (f"{{ uniform = [0, {'9' * 400}] }}", ["(400 digits)"]),
    ("{ normal = [0.2, 0] }", ["standard deviation must be above 0; a number that is known is written without"]),
    ("{ normal = [0.2, -1] }", ["standard deviation must be above 0"]),
    ("{ between = [0.3, 0.1] }", ["{ between = [0.3, 0.1] }: the lower number comes first"]),
    ("{ uniform = [0.3, 0.1] }", ["the lower number comes first"]),
    ("{ triangular = [0.8, 0.3, 0.1] }", ["the lower number comes first"]),
    ("{ uniform = [0.3, 0.3] }", ["the lower number must be below the higher; a number that is known"]),
    ("{ triangular = [0.1, 0.9, 0.8] }", ["the likeliest number, in the middle, must lie between the others"]),
    ("{ between = [0, 0.3] }", ["both numbers lie above 0 and below 1", "uniform"]),
    ("{ between = [0.3, 1.5] }", ["both numbers lie above 0 and below 1"]),
    ("{ beta = [0, 1] }", ["each shape lies from 0.01 to a million"]),
]


@pytest.mark.parametrize(("value", "said"), ODD, ids=[value[:40] for value, _ in ODD])
def test_what_is_wrong_with_a_distribution_is_said(value: str, said: list[str]) -> None:
    found = problem(COHESION.format(value))
    assert found.startswith("blocs.0.cohesion: ")
    assert all(part in found for part in said)


NOT_HERE = [
    ("draft.date", BARE.replace("2022-05-26", "{ uniform = [0, 1] }")),
    ("council.quota", BARE + "council = { rule = 'quota-and-veto', quota = { uniform = [8, 10] } }"),
    ("draft.mass_atrocity", BARE + "draft.mass_atrocity = { uniform = [0, 1] }"),
    ("blocs.0.cohesion", BARE + COHESION.format("'rest'")),
]


@pytest.mark.parametrize(("key", "toml"), NOT_HERE, ids=[key for key, _ in NOT_HERE])
def test_dates_quotas_and_truths_are_certain_and_rest_is_for_odds(key: str, toml: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse(toml)
    assert key in [found.key for found in caught.value.problems]


ODD_ODDS = [
    ("{ no = { between = [0.3, 0.8] } }", 'no is uncertain, so another key must be "rest", what is left of 1'),
    ("{ no = { between = [0.3, 0.8] }, yes = 0.2 }", 'another key must be "rest"'),
    (
        "{ no = { beta = [1, 9] }, yes = { beta = [1, 9] } }",
        'yes and no are uncertain, so another key must be "rest"',
    ),
    ("{ no = 0.5, yes = 'rest', abstain = 'rest' }", 'one key at most can be "rest", not yes and abstain'),
    ("{ no = 0.7, yes = 0.7, abstain = 'rest' }", 'the probabilities beside "rest" add up to 1.4'),
]


@pytest.mark.parametrize(("odds", "said"), ODD_ODDS, ids=[odds for odds, _ in ODD_ODDS])
def test_uncertain_odds_have_one_rest(odds: str, said: str) -> None:
    found = problem(ODDS.format(odds))
    assert found.startswith("members.CHN.odds: ")
    assert said in found


# More than half rejected. The shares are worked out by hand: of [-0.6, 0.5] the part outside 0 to 1 is 6/11, and so on.

SPONSOR = "draft.sponsors = ['CHN']\n"
TOO_FEW = [
    (COHESION.format("{ uniform = [-0.6, 0.5] }"), "blocs.0.cohesion", "54.55 in 100 draws"),
    (COHESION.format("{ uniform = [2, 3] }"), "blocs.0.cohesion", "lie outside 0 to 1"),
    (
        ODDS.format("{ no = { uniform = [0, 1] }, yes = 0.6, abstain = 'rest' }"),
        "members.CHN.odds.no",
        "60 in 100 draws",
    ),
    (
        SPONSOR + ODDS.format("{ no = { uniform = [0.3, 1] }, yes = 'rest' }"),
        "members.CHN.odds.no",
        "71.43 in 100 draws of { uniform = [0.3, 1] } lie outside 0 to 0.5, since CHN sponsors the draft",
    ),
    (
        SPONSOR + ODDS.format("{ yes = { uniform = [0, 0.6] }, no = 'rest' }"),
        "members.CHN.odds.yes",
        "83.33 in 100 draws of { uniform = [0, 0.6] } lie outside 0.5 to 1, since CHN sponsors the draft",
    ),
    (
        "blocs = [{ members = 'all', cohesion = { uniform = [0, 0.8] } }, { members = ['CHN'], cohesion = 0.9 }]",
        "blocs.0.cohesion",
        "87.5 in 100 draws of { uniform = [0, 0.8] } lie outside 0 to 0.1, since the cohesions of CHN add up to 1",
    ),
    (
        ODDS.format("{ no = { uniform = [0.2, 1] }, yes = { uniform = [0, 1] }, abstain = 'rest' }"),
        "members.CHN.odds.yes",
        "members.CHN.odds.yes and members.CHN.odds.no break a limit",
    ),
    (
        "blocs = [{ members = 'all', cohesion = { uniform = [0, 1] } }, "
        "{ members = ['CHN'], cohesion = { uniform = [0.2, 1] } }]",
        "blocs.0.cohesion",
        "blocs.0.cohesion and blocs.1.cohesion break a limit: the cohesions of CHN add up to 1 at most",
    ),
]


@pytest.mark.parametrize(("toml", "key", "said"), TOO_FEW, ids=[said[:60] for _, _, said in TOO_FEW])
def test_a_scenario_of_which_more_than_half_the_draws_would_be_rejected_is_refused(
    toml: str, key: str, said: str
) -> None:
    found = problem(toml)
    assert found.startswith(f"{key}: ")
    assert said in found
    assert "at least half must" in found


def test_the_estimated_share_is_the_true_one() -> None:
    """60 in 100: two uniform numbers, on 0.2 to 1 and on 0 to 1, stay below 1 in 0.8² / 2 of an area of 0.8."""
    found = problem(ODDS.format("{ no = { uniform = [0.2, 1] }, yes = { uniform = [0, 1] }, abstain = 'rest' }"))
    share = float(found.partition("about ")[2].partition(" in 100")[0])
    assert share == pytest.approx(60, abs=1.5)  # four standard errors of 16,384 draws


@pytest.mark.parametrize(
    "toml",
    [
        COHESION.format("{ uniform = [-0.5, 0.5] }"),
        ODDS.format("{ no = { uniform = [0, 1] }, yes = { uniform = [0, 1] }, abstain = 'rest' }"),
    ],
)
def test_exactly_half_is_enough(toml: str) -> None:
    assert len(realisations(parse(BARE + toml), 10, 1)) == 10


def test_certain_numbers_are_checked_as_ever_beside_uncertain_ones() -> None:
    both = "{ members = 'permanent', cohesion = 0.6 }, { members = 'permanent', cohesion = 0.7 }"
    found = problem(f"blocs = [{{ members = 'all', cohesion = {{ uniform = [0, 0.5] }} }}, {both}]")
    assert found.startswith("blocs: the cohesions of CHN add up to 1.3")


# Realisations


def numbers_of(scenario: Scenario) -> dict[str, Any]:
    """The numbers where the fixture's scenario has distributions or "rest"."""
    odds = {member: scenario.members[member].odds for member in ("CHN", "RUS")}
    own = scenario.stances["opposes"].permanent  # type: ignore[index]  # a stance is its word
    return {
        **{
            f"{member}.{key}": getattr(odds[member], key)
            for member in odds
            for key in ("yes", "abstain", "no", "absent")
        },
        "opposes.no": own and own.no,
        "opposes.abstain": own and own.abstain,
        "all": scenario.blocs[0].cohesion,
        "pair": scenario.blocs[1].cohesion,
        "if_leader_no": scenario.company[0].if_leader_no,
    }


def test_a_realisation_holds_numbers_only_and_is_a_scenario_like_any_other(scenario: Scenario) -> None:
    for found in realisations(scenario, 50, 7):
        assert all(type(number) is float for number in numbers_of(found).values())
        assert uncertain_numbers(found) == ()
        assert parse(found.to_toml()) == found
        assert (found.source, found.notes) == (scenario.source, scenario.notes)
        assert len(vote_model(found).members) == 15


def test_a_realisation_keeps_every_bound_and_limit(scenario: Scenario) -> None:
    for found in map(numbers_of, realisations(scenario, 2000, 7)):
        assert all(0 <= number <= 1 for number in found.values())
        for member in ("CHN", "RUS"):
            assert sum(found[f"{member}.{key}"] for key in ("yes", "abstain", "no", "absent")) == pytest.approx(1)
        assert found["all"] + found["pair"] <= 1
        assert found["CHN.absent"] == 0.1


def test_realising_leaves_the_scenario_as_it_was(scenario: Scenario) -> None:
    before = scenario.to_toml()
    realisations(scenario, 5, 1)
    assert scenario.to_toml() == before
    assert scenario == parse(BARE + BOTH)


def test_a_seed_gives_the_same_draws_always_and_another_seed_others(scenario: Scenario) -> None:
    np.random.seed(1)  # noqa: NPY002  # the global generator, which must not matter
    first = realisations(scenario, 20, 5)
    np.random.seed(2)  # noqa: NPY002
    state = np.random.get_state()[1].copy()  # type: ignore[index]  # noqa: NPY002
    assert realisations(scenario, 20, 5) == first
    assert (np.random.get_state()[1] == state).all()  # type: ignore[index]  # noqa: NPY002
    assert realisations(scenario, 20, 6) != first


def test_the_draws_of_a_seed_are_these_on_every_machine() -> None:
    scenario = parse(BARE + COHESION.format("{ uniform = [0, 1] }"))
    found = [one.blocs[0].cohesion for one in realisations(scenario, 4, 2022)]
    assert found == pytest.approx(PINNED, abs=1e-12)


PINNED = [0.3807761701435732, 0.07243093523386061, 0.7148838615906414, 0.7550847457629928]


def test_another_uncertain_number_leaves_the_draws_of_the_first_as_they_are() -> None:
    one = COHESION.format("{ uniform = [0, 1] }")
    alone = realisations(parse(BARE + one), 10, 3)
    beside = realisations(parse(BARE + one + "\n" + ODDS.format("{ no = { beta = [1, 9] }, yes = 'rest' }")), 10, 3)
    assert [found.blocs for found in alone] == [found.blocs for found in beside]


@pytest.mark.parametrize("count", [0, -1, 1.5, True, "5", None, 10**6])
def test_an_odd_count_is_refused(scenario: Scenario, count: Any) -> None:
    with pytest.raises(OptionError, match="parameter draws are a whole number from 1 to 100,000"):
        realisations(scenario, count, 1)


def test_an_odd_seed_is_refused(scenario: Scenario) -> None:
    with pytest.raises(OptionError, match="a seed is a whole number"):
        realisations(scenario, 1, -1)


def test_a_scenario_that_nobody_checked_is_checked_before_it_is_drawn() -> None:
    scenario = Scenario.model_validate(data_of(COHESION.format("{ uniform = [2, 3] }")))
    with pytest.raises(ScenarioError, match=r"blocs\.0\.cohesion: 100 in 100 draws"):
        realisations(scenario, 1, 1)


def data_of(toml: str) -> dict[str, Any]:
    """What a file says, unchecked."""
    return tomllib.loads(BARE + toml)


def test_the_vote_model_takes_no_distribution(scenario: Scenario) -> None:
    with pytest.raises(InputError, match=r"members\.CHN\.odds\.no: is uncertain"):
        vote_model(scenario)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.scenario_data(family="any", uncertain=True))
def test_whatever_is_uncertain_each_realisation_passes_the_checks_of_a_file(data: dict[str, Any]) -> None:
    scenario = from_data(data)
    for found in realisations(scenario, 3, 11):
        assert from_data(found.to_data()) == found
        assert council_of(found) == council_of(scenario)
