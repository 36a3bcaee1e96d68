"""The stance words: their order, their numbers, and the counts of the record that the numbers rest on."""

from __future__ import annotations

import csv
import math
from itertools import pairwise

import pytest

from simulator.model import record_counts, stance_likelihoods, stance_numbers
from simulator.scenario import Stance, StatedOdds
from simulator.shipped import shipped

WORDS = [
    *("sponsor", "supports", "leans-yes", "undecided", "reservations"),
    *("leans-no", "opposes", "threatens-veto", "will-veto"),
]
BOTH = pytest.mark.parametrize("permanent", [True, False], ids=["permanent", "elected"])


def odds(stance: Stance, permanent: bool) -> StatedOdds:
    return stance_numbers()[stance, permanent].odds


def test_the_words_are_those_of_the_format_from_the_warmest_to_the_coldest() -> None:
    assert [stance.value for stance in Stance] == WORDS


@BOTH
@pytest.mark.parametrize("stance", Stance)
def test_every_word_has_odds_that_add_up_to_1_for_either_kind_of_member(stance: Stance, permanent: bool) -> None:
    """Given that the member takes part, and none of the three impossible."""
    one = odds(stance, permanent)
    assert math.isclose(one.yes + one.abstain + one.no, 1, abs_tol=1e-12)
    assert one.absent == 0
    assert min(one.yes, one.abstain, one.no) > 0


@BOTH
def test_ratios_of_neighbouring_choices_never_rise_from_sponsor_to_will_veto(permanent: bool) -> None:
    """Yes over abstain and abstain over no: a colder word never speaks for the warmer of two neighbouring choices."""
    for warmer, colder in pairwise(odds(stance, permanent) for stance in Stance):
        assert colder.yes / colder.abstain <= warmer.yes / warmer.abstain * (1 + 1e-12)
        assert colder.abstain / colder.no <= warmer.abstain / warmer.no * (1 + 1e-12)


@BOTH
def test_the_chance_of_a_yes_falls_from_word_to_word(permanent: bool) -> None:
    told_apart = [stance for stance in Stance if permanent or stance.said_by(False) is stance]
    chances = [odds(stance, permanent).yes for stance in told_apart]
    assert chances == sorted(chances, reverse=True)
    assert len(set(chances)) == len(chances)


@pytest.mark.parametrize("stance", [Stance.THREATENS_VETO, Stance.WILL_VETO])
def test_an_elected_member_that_announces_a_veto_opposes(stance: Stance) -> None:
    assert stance.said_by(permanent=False) is Stance.OPPOSES
    assert stance.said_by(permanent=True) is stance
    assert odds(stance, False) == odds(Stance.OPPOSES, False)
    assert odds(stance, True) != odds(Stance.OPPOSES, True)


def test_a_sponsor_may_be_anything_from_sponsor_to_reservations() -> None:
    assert [stance.value for stance in Stance if not stance.against] == WORDS[:5]


# Counted in the record of substantive votes, 1994–2024.
COUNTS = [
    ("permanent_no_when_withheld", 156, 500),
    ("elected_no_when_withheld", 108, 573),
    ("china_no_if_russia_no", 17, 38),
    ("china_no_otherwise", 2, 96),
]


@pytest.mark.parametrize(("name", "hits", "of"), COUNTS)
def test_the_shares_of_the_record_carry_their_counts(name: str, hits: int, of: int) -> None:
    count = record_counts()[name]
    assert (count.hits, count.of) == (hits, of)
    assert count.share == pytest.approx(hits / of, rel=1e-15)
    assert count.meaning


def test_every_count_shipped_is_one_of_these() -> None:
    assert set(record_counts()) == {name for name, _, _ in COUNTS}


@pytest.mark.parametrize(("permanent", "share"), [(True, 156 / 500), (False, 108 / 573)], ids=["permanent", "elected"])
def test_how_a_member_withholds_is_the_records_share_unless_the_word_says_it(permanent: bool, share: float) -> None:
    for stance in Stance:
        one, basis = odds(stance, permanent), stance_numbers()[stance, permanent].no_basis
        says = permanent and stance.announces_veto
        assert (one.no / (one.no + one.abstain) == pytest.approx(share, rel=1e-9)) is not says
        assert ("on record" in basis) is not says


def test_the_table_has_a_row_for_every_word_and_kind_of_member_once() -> None:
    with shipped("model", "data", "stances.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["stance"], row["seat"]) for row in csv.DictReader(file)]
    expected = [(word, "permanent") for word in WORDS] + [(word, "elected") for word in WORDS[:7]]
    assert sorted(rows) == sorted(expected)


# What a word is worth as evidence


@BOTH
def test_likelihood_ratios_of_neighbouring_choices_never_rise_from_sponsor_to_will_veto(permanent: bool) -> None:
    """Yes over abstain and abstain over no: a colder word is never better evidence of the warmer vote."""
    rows = [stance_likelihoods()[stance, permanent] for stance in Stance]
    for warmer, colder in pairwise(rows):
        assert colder.yes.value / colder.abstain.value <= warmer.yes.value / warmer.abstain.value * (1 + 1e-12)
        assert colder.abstain.value / colder.no.value <= warmer.abstain.value / warmer.no.value * (1 + 1e-12)


@BOTH
def test_the_words_and_silence_are_all_a_member_can_say(permanent: bool) -> None:
    """Per choice the words add up to 0.6, so that silence has 0.4 whatever the choice and tells nothing."""
    words = [stance for stance in Stance if stance.said_by(permanent) is stance]
    for choice in ("yes", "abstain", "no"):
        total = sum(getattr(stance_likelihoods()[stance, permanent], choice).value for stance in words)
        assert total == pytest.approx(0.6, abs=1e-12)


@BOTH
def test_likelihoods_carry_ranges_and_are_called_judgement(permanent: bool) -> None:
    for stance in Stance:
        row = stance_likelihoods()[stance, permanent]
        assert row.basis == "judgement"
        for one in (row.yes, row.abstain, row.no):
            assert 0 < one.low < one.value < one.high < 1


def test_of_an_elected_member_that_announces_a_veto_the_likelihood_is_that_of_opposing() -> None:
    for stance in (Stance.THREATENS_VETO, Stance.WILL_VETO):
        assert stance_likelihoods()[stance, False] == stance_likelihoods()[Stance.OPPOSES, False]
        assert stance_likelihoods()[stance, True] != stance_likelihoods()[Stance.OPPOSES, True]


@BOTH
def test_a_row_of_evidence_has_a_largest_of_1_and_absence_counts_as_an_abstention(permanent: bool) -> None:
    """In the order yes, abstain, no, absent."""
    for stance in Stance:
        row = stance_likelihoods()[stance, permanent].row
        assert row.max() == 1
        assert row[3] == row[1]


def test_the_table_of_likelihoods_has_a_row_for_every_word_and_kind_of_member_once() -> None:
    with shipped("model", "data", "stance_likelihoods.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["stance"], row["seat"]) for row in csv.DictReader(file)]
    expected = [(word, "permanent") for word in WORDS] + [(word, "elected") for word in WORDS[:7]]
    assert sorted(rows) == sorted(expected)
