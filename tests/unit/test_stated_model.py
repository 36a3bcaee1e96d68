"""The stated model: who has which odds, latent votes that keep them, blocs as loadings, company, and what is made."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from simulator.facts import Choice
from simulator.model import choice_odds, record_counts, stance_numbers, stated_odds, vote_model
from simulator.model.latent import LatentVotes, mean_and_thresholds
from simulator.scenario import Scenario, Stance, StatedOdds, council_of, parse
from tests import strategies

BARE = 'schema = 1\ntitle = "t"\ndraft.date = 2022-05-26\n'
WORDS = [choice.value for choice in Choice]


def odds_of(toml: str, member: str) -> StatedOdds:
    scenario = parse(BARE + toml)
    return stated_odds(scenario, council_of(scenario))[member]


def shipped(stance: Stance, permanent: bool) -> StatedOdds:
    return stance_numbers()[stance, permanent].odds


ASSUMED = [
    ("", "IND", Stance.UNDECIDED),
    ("", "CHN", Stance.UNDECIDED),
    ("members.default.stance = 'opposes'", "IND", Stance.OPPOSES),
    ("members.default.stance = 'opposes'\nmembers.IND.stance = 'supports'", "IND", Stance.SUPPORTS),
    ("members.default.stance = 'opposes'\ndraft.sponsors = ['IND']", "IND", Stance.SPONSOR),
    ("members.IND.stance = 'reservations'\ndraft.sponsors = ['IND']", "IND", Stance.RESERVATIONS),
    ("draft.sponsors = ['E10']", "IND", Stance.SPONSOR),
    ("draft.sponsors = ['E10']", "CHN", Stance.UNDECIDED),
    ("draft.sponsors = ['PRESIDENT', 'DEU']", "USA", Stance.UNDECIDED),
    ("members.IND.stance = 'will-veto'", "IND", Stance.OPPOSES),
    ("members.CHN.stance = 'will-veto'", "CHN", Stance.WILL_VETO),
]


@pytest.mark.parametrize(("toml", "member", "stance"), ASSUMED)
def test_an_own_entry_comes_before_sponsorship_and_that_before_the_default(
    toml: str, member: str, stance: Stance
) -> None:
    assert odds_of(toml, member) == shipped(stance, permanent=member in ("CHN", "USA"))


OWN_NUMBERS = [
    ("stances.opposes.elected = { no = 1 }\nmembers.IND.stance = 'opposes'", "IND", 1.0),
    ("stances.opposes.elected = { no = 1 }\nmembers.IND.stance = 'threatens-veto'", "IND", 1.0),
    ("stances.undecided.permanent = { no = 1 }", "CHN", 1.0),
    ("stances.sponsor.elected = { no = 1 }\ndraft.sponsors = ['E10']", "IND", 1.0),
]


@pytest.mark.parametrize(("toml", "member", "no"), OWN_NUMBERS)
def test_the_scenarios_own_numbers_for_a_word_replace_the_shipped_ones(toml: str, member: str, no: float) -> None:
    assert odds_of(toml, member).no == no


def test_own_numbers_for_one_kind_of_member_leave_the_other_as_it_is() -> None:
    assert odds_of("stances.undecided.elected = { no = 1 }", "CHN") == shipped(Stance.UNDECIDED, True)


@settings(max_examples=60, deadline=None)
@given(strategies.scenarios(family="any", what_if=False))
def test_latent_votes_keep_every_members_odds_whatever_the_blocs(scenario: Scenario) -> None:
    """Gaussian copula: thresholds from the odds of those that take part; rows of probabilities that add up to 1."""
    found = vote_model(scenario).latent.marginals()
    stated = stated_odds(scenario, council_of(scenario))
    expected = [[getattr(odds, word) for word in WORDS] for odds in stated.values()]
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(strategies.scenarios(family="any", what_if=False))
def test_two_members_support_is_correlated_by_the_cohesions_of_the_blocs_they_share(
    scenario: Scenario,
) -> None:
    """Several blocs add up, and a member's own noise keeps its variance at 1."""
    council = council_of(scenario)
    shared = np.zeros((len(council), len(council)))
    for bloc in scenario.to_data()["blocs"]:
        seats = [council.ids.index(member) for member in strategies.members_of(bloc, council)]
        shared[np.ix_(seats, seats)] += bloc["cohesion"]
    loadings = vote_model(scenario).latent.loadings
    np.testing.assert_allclose(loadings @ loadings.T, shared, atol=1e-9)
    assert ((loadings**2).sum(axis=1) <= 1 + 1e-12).all()


@pytest.mark.parametrize("choice", Choice)
def test_what_is_made_so_is_certain_and_moved_by_no_factor(choice: Choice) -> None:
    text = f"{BARE}blocs = [{{ members = 'all', cohesion = 0.5 }}]\ndo.RUS = '{choice}'"
    model = vote_model(parse(text))
    seat = model.members.index("RUS")
    assert model.latent.marginals()[seat].tolist() == [float(choice is one) for one in Choice]
    assert not model.latent.loadings[seat].any()
    assert model.latent.loadings[0].any()


@pytest.mark.parametrize(
    ("learnt", "possible"),
    [
        ("'no'", "no"),
        ("'not yes'", "abstain no absent"),
        ("'not no'", "yes abstain absent"),
        ("['yes', 'no']", "yes no"),
        ("['absent']", "absent"),
    ],
)
def test_what_is_learnt_leaves_only_some_choices_possible(learnt: str, possible: str) -> None:
    model = vote_model(parse(f"{BARE}given.RUS = {learnt}"))
    seat = model.members.index("RUS")
    assert model.learnt == (seat,)
    assert [word for word, kept in zip(WORDS, model.likelihood[seat], strict=True) if kept] == [
        word for word in WORDS if word in possible.split()
    ]


PAIR = "company = [{ leader = 'RUS', follower = 'CHN' }]\n"


def test_company_of_china_and_russia_has_the_numbers_of_the_record() -> None:
    (pair,) = vote_model(parse(BARE + PAIR)).company
    counts = record_counts()
    assert (pair.if_leader_no, pair.otherwise) == (17 / 38, 2 / 96)
    assert counts["china_no_if_russia_no"].of == 38


def test_company_takes_the_scenarios_numbers_where_it_states_them() -> None:
    (pair,) = vote_model(parse(BARE + "company = [{ leader = 'RUS', follower = 'CHN', if_leader_no = 0.9 }]")).company
    assert (pair.if_leader_no, pair.otherwise) == (0.9, 2 / 96)


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("members.CHN.stance = 'threatens-veto'", "threatens-veto"),
        ("members.CHN.stance = 'will-veto'", "will-veto"),
        ("members.CHN.odds = { yes = 0.5, abstain = 0.5 }", "no = 0"),
        ("members.CHN.odds = { yes = 0.5, no = 0.5 }", "abstain = 0"),
    ],
)
def test_company_is_off_for_a_follower_that_has_said_how_it_withholds_and_a_note_says_so(
    toml: str, reason: str
) -> None:
    model = vote_model(parse(BARE + PAIR + toml))
    assert model.company == ()
    assert any("CHN does not follow RUS" in note and reason in note for note in model.notes)


def test_a_follower_that_is_made_to_vote_follows_nobody_but_a_leader_made_to_vote_is_followed() -> None:
    assert vote_model(parse(BARE + PAIR + "do.CHN = 'no'")).company == ()
    assert len(vote_model(parse(BARE + PAIR + "do.RUS = 'no'")).company) == 1


@pytest.mark.parametrize("chapter", ["VI", "VII", "none"])
def test_parties_abstain_under_chapter_vi_only_and_a_note_says_what_holds(chapter: str) -> None:
    """The proviso of Article 27(3); a party may still take no part."""
    text = (
        f"{BARE}draft.chapter = '{chapter}'\ncouncil.parties = ['RUS']\nmembers.RUS.odds = {{ no = 0.9, absent = 0.1 }}"
    )
    model = vote_model(parse(text))
    expected = [0, 0.9, 0, 0.1] if chapter == "VI" else [0, 0, 0.9, 0.1]
    np.testing.assert_allclose(model.latent.marginals()[model.members.index("RUS")], expected, atol=1e-12)
    assert any(("must abstain" if chapter == "VI" else "no effect") in note for note in model.notes)


@settings(max_examples=100, deadline=None)
@given(st.floats(-8, 8), st.one_of(st.floats(0, 8), st.floats(0, 1e-3)), st.floats(0, 1))
def test_choice_odds_are_probabilities_and_keep_small_ones(no_below: float, gap: float, absent: float) -> None:
    """Mirrored thresholds swap yes and no, to full relative precision in both tails and in between."""
    low, high, band = np.array([no_below]), np.array([no_below + gap]), np.array([gap])
    odds = choice_odds(low, high, np.array([absent]), band)[0]
    assert odds.sum() == pytest.approx(1, abs=1e-12)
    assert (odds >= 0).all()
    mirrored = choice_odds(-high, -low, np.array([absent]), band)[0]
    np.testing.assert_allclose(odds, mirrored[[2, 1, 0, 3]], rtol=1e-9, atol=1e-300)


@settings(max_examples=100, deadline=None)
@given(st.floats(-300, -1), st.floats(0.01, 0.99))
def test_thin_odds_of_abstaining_are_kept_to_the_last_digits(exponent: float, no: float) -> None:
    """However small, they come out as they were put in; and so do the others."""
    abstain = 10**exponent * min(no, 1 - no)
    mean, no_below, yes_from = mean_and_thresholds(1 - no - abstain, abstain, no)
    latent = LatentVotes(np.array([mean]), np.zeros((1, 0)), np.array([no_below]), np.array([yes_from]), np.zeros(1))
    np.testing.assert_allclose(latent.marginals()[0], [1 - no - abstain, abstain, no, 0], rtol=1e-10)


def test_density_times_width_meets_the_difference_of_tails() -> None:
    """On either side of the width at which one takes over from the other, they agree."""
    start = np.linspace(-6, 6, 49)
    below, above = (choice_odds(start, start + gap, np.zeros(1), np.array([gap]))[:, 1] for gap in (0.99e-4, 1.01e-4))
    np.testing.assert_allclose(above / below, 101 / 99, rtol=2e-5)
    exact = ndtr(start + 1e-4) - ndtr(start)
    thin = choice_odds(start, start + 1e-4, np.zeros(1), np.array([np.nextafter(1e-4, 0)]))[:, 1]
    np.testing.assert_allclose(thin[start < 0], exact[start < 0], rtol=1e-10)


def test_blocs_of_the_same_members_are_one_factor() -> None:
    """However the members are named, cohesions add up: a thousand blocs cost what one does."""
    bloc = "[[blocs]]\nmembers = {}\ncohesion = {}\n"
    elected = str(list(council_of(parse(BARE)).elected))
    one = vote_model(parse(BARE + bloc.format('["elected"]', 0.5) + bloc.format('["all"]', 0.25))).latent
    many = vote_model(
        parse(
            BARE + (bloc.format('["elected"]', 0.125) + bloc.format(elected, 0.125)) * 2 + bloc.format('["all"]', 0.25)
        )
    ).latent
    assert many.loadings.shape == (15, 2)
    np.testing.assert_array_equal(many.loadings, one.loadings)
