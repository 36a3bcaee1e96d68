"""The sponsor's texts, and table, rewrite or withdraw: against other scenarios, and against numbers worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import simulator
from simulator.analysis.bargain.bargaining import bargain
from simulator.analysis.bargain.offer import Offer
from simulator.analysis.bargain.tabling import tabling
from simulator.analysis.bargain.texts import Texts
from simulator.errors import OptionError
from simulator.scenario import changed, load, parse

ONE = """
schema = 1
title = "One dimension"
draft.date = 2024-06-03
draft.sponsors = ["JPN"]
preferences.model = "spatial"
[spatial]
dimensions = ["order"]
draft = { order = 0.5 }
reversion = { order = -0.5 }
noise = 0.2
indifference = 0.1
veto_reluctance = 0.2
default_position = { order = 0.6 }
[members]
JPN.position = { order = 0.9 }
RUS.position = { order = -0.3 }
CHN.position = { order = -0.9 }
"""


@pytest.fixture(scope="module")
def texts() -> Texts:
    found = bargain(parse(ONE), reach=0.01).texts
    assert found is not None
    return found


def test_odds_of_every_text_are_those_of_the_scenario_with_it(texts: Texts) -> None:
    """On the way and the best; by `odds` of the file with the text put in."""
    for offer in (*texts.path, texts.draft, texts.best):
        with_it = changed(parse(ONE), settings={"spatial.draft.order": offer.place["order"]})
        assert offer.adopted == pytest.approx(simulator.odds(with_it, engine="exact").adopted, abs=1e-9)


def test_gains_are_shares_of_the_ideals(texts: Texts) -> None:
    """By hand: Japan at 0.9 and failure at -0.5 are 1.4 apart; the draft at 0.5 leaves 0.4 of it."""
    assert texts.sponsors == ("JPN",)
    assert [texts.path[0].place["order"], texts.path[-1].place["order"]] == pytest.approx([0.9, -0.5])
    assert [texts.path[0].gain, texts.path[-1].gain] == pytest.approx([1, 0], abs=1e-12)
    assert texts.draft.gain == pytest.approx(1 - 0.4**2 / 1.4**2)
    assert texts.draft.dilution == pytest.approx(0.4 / 1.4)
    assert [offer.gain for offer in texts.path] == pytest.approx([1 - (k / 10) ** 2 for k in range(11)])


def test_the_best_text_is_the_best_of_a_fine_grid(texts: Texts) -> None:
    """Of texts at every thousandth of the way, each a scenario of its own near the best."""
    near = np.arange(texts.best.place["order"] - 0.1, texts.best.place["order"] + 0.1, 0.005)
    expected = []
    for place in near:
        with_it = changed(parse(ONE), settings={"spatial.draft.order": float(place)})
        gain = 1 - (0.9 - place) ** 2 / 1.4**2
        expected.append(simulator.odds(with_it, engine="exact").adopted * gain)
    assert texts.best.expected >= max(expected) - 1e-9
    assert texts.best.expected >= max(offer.expected for offer in texts.path)


def test_a_member_turns_where_its_gain_meets_its_threshold(texts: Texts) -> None:
    """By hand: Russia, at -0.3, loses (x − z)² − (x − q)² = (z + 0.3)² − 0.04, and votes no from a loss of 0.3 on.

    So it turns at z = √0.34 − 0.3; China, at -0.9, at (z + 0.9)² = 0.16 + 0.3.
    """
    turns = {turn.member: turn for turn in texts.turns}
    for member, z in (("RUS", 0.34**0.5 - 0.3), ("CHN", 0.46**0.5 - 0.9)):
        place, dilution = turns[member].place, turns[member].to_abstain
        assert place is not None
        assert place["order"] == pytest.approx(z, abs=1e-3)
        assert dilution == pytest.approx((0.9 - z) / 1.4, abs=1e-3)
        assert turns[member].votes[0] == "no"
        assert turns[member].votes[-1] == "abstain"
    assert turns["USA"].to_abstain is None
    assert turns["USA"].votes[0] == "yes"


def test_where_each_dimension_may_give_way_texts_off_the_way_are_better() -> None:
    """Russia minds the force: a weaker operation at the same cost. Held against a grid of scenarios of their own."""
    found = bargain("two-dimensions", reach=0.1).texts
    assert found is not None
    assert found.sponsors == ()
    assert found.who == "The sponsor"
    assert found.elsewhere is not None
    assert found.top is found.elsewhere
    assert found.elsewhere.expected > found.best.expected
    assert found.elsewhere.dilution is None
    for force in np.linspace(-0.6, 0, 7):
        for cost in np.linspace(-0.6, -0.2, 5):
            settings = {"spatial.draft.force": float(force), "spatial.draft.cost": float(cost)}
            odds = simulator.odds(changed(load("two-dimensions"), settings=settings), engine="exact").adopted
            gain = 1 - (force**2 + (cost + 0.2) ** 2) / (0.6**2 + 0.4**2)
            assert odds * gain <= found.elsewhere.expected + 1e-6


def test_three_dimensions() -> None:
    settings: dict[str, Any] = {
        "spatial.dimensions": ["force", "cost", "time"],
        "spatial.draft.time": 0.5,
        "spatial.default_position.time": 0.3,
    }
    found = bargain(changed(load("two-dimensions"), settings=settings), reach=0.1, sponsor="FRA").texts
    assert found is not None
    assert set(found.top.place) == {"force", "cost", "time"}
    assert found.top.expected >= max(offer.expected for offer in found.path)


def test_several_sponsors_have_the_mean_of_their_ideals() -> None:
    found = bargain(changed(load("two-dimensions"), settings={"draft.sponsors": ["FRA", "SLE"]}), reach=0.1).texts
    assert found is not None
    assert found.sponsors == ("FRA", "SLE")
    assert found.path[0].place == pytest.approx({"force": 0.45, "cost": 0.5})


def test_votes_made_or_stated_do_not_turn() -> None:
    settings = {"members.RUS.odds": {"no": 1.0}, "members.FRA.odds": {"absent": 0.9, "yes": 0.1}}
    scenario = changed(load("two-dimensions"), settings=settings, do={"CHN": "abstain"})
    with pytest.raises(OptionError, match=r"Russia \(RUS\): its odds leave it no other vote than no"):
        bargain(scenario)
    relaxed = changed(scenario, rule="no-veto")
    found = bargain(relaxed, reach=0.01).texts
    assert found is not None
    assert (found.turns, found.others) == ((), {}), "under a rule without a veto nobody's no blocks"
    without = changed(load("two-dimensions"), settings={"members.FRA.odds": {"absent": 0.9, "yes": 0.1}})
    texts = bargain(changed(without, do={"CHN": "abstain"}), reach=0.01).texts
    assert texts is not None
    assert texts.others == {"CHN": "its vote is made", "FRA": "it has odds of its own"}
    assert [turn.member for turn in texts.turns] == ["GBR", "RUS", "USA"]


def test_what_was_said_is_of_the_draft_as_it_stands() -> None:
    """The draft's own odds are those of `odds`; a threat that was made lowers them on every text."""
    said = changed(load("two-dimensions"), stance={"RUS": "threatens-veto"})
    plain, heard = (bargain(one, reach=0.1).texts for one in (load("two-dimensions"), said))
    assert plain is not None
    assert heard is not None
    assert heard.draft.adopted == pytest.approx(simulator.odds(said, engine="exact").adopted, abs=1e-6)
    assert all(one.adopted > other.adopted for one, other in zip(plain.path, heard.path, strict=True))


@pytest.mark.parametrize(
    ("sponsor", "says"),
    [
        ("FRE", "did you mean FRA?"),
        ("BRA", "sponsor is a member of this council"),
        ("KOR", "KOR has odds of its own and no place"),
    ],
)
def test_a_sponsor_needs_a_seat_and_a_place(sponsor: str, says: str) -> None:
    scenario = changed(load("two-dimensions"), settings={"members.KOR.odds": {"yes": 1}})
    with pytest.raises(OptionError) as refused:
        bargain(scenario, sponsor=sponsor)
    assert says in str(refused.value)


def test_no_texts_where_there_is_nothing_to_gain_or_a_number_is_uncertain() -> None:
    nothing = changed(load("a-place-in-issue-space"), settings={"spatial.draft.order": 0.6})
    found = bargain(nothing, reach=0.3, value_adopted=1)
    assert found.texts is None
    assert found.tabling is not None
    assert "nothing to gain" in found.tabling.why_none
    with pytest.raises(OptionError, match="nothing to gain"):
        bargain(changed(nothing, settings={"members.BRA.position": {"order": 0.6}}), sponsor="BRA")
    uncertain = changed(load("a-place-in-issue-space"), settings={"spatial.draft.order": {"uniform": [0.0, 0.2]}})
    doubted = bargain(uncertain, reach=0.3)
    assert doubted.texts is None
    assert any("spatial.draft.order" in note for note in doubted.notes)


def test_worth_of_tabling_by_hand() -> None:
    """0.4 · 10 + 0.6 · (−5) = 1; a text with 0.8 is worth 1 if it keeps (1 + 0.2 · 5) / 0.8 = 2.5 of 10."""
    found = tabling(0.4, (10.0, -5.0), 0.8, None, "no texts here")
    assert found.table == pytest.approx(1.0)
    assert found.advice == "table"
    assert found.keeps == pytest.approx(0.25)
    assert found.sentence == (
        "Table it as it stands: that is worth 1, withdrawing 0. A text with odds of 80 in 100 is worth more if it "
        "keeps more than 25 % of the value of adoption."
    )
    worse = tabling(0.4, (10.0, -10.0), 0.8, None, "no texts here")
    assert worse.advice == "withdraw"
    assert worse.table == pytest.approx(-2.0)
    assert tabling(0.4, (0.0, 0.0), 0.8, None).keeps is None


def test_rewriting_weighs_defeat_too() -> None:
    """The dearer a defeat, the more the text gives way; its worth is that of its odds and of its share of the gain."""
    offers: list[Offer] = []
    for defeat in (0.0, -1.0, -3.0):
        found = bargain("two-dimensions", reach=0.1, sponsor="FRA", value_adopted=1, value_defeated=defeat)
        assert found.tabling is not None
        text, texts = found.tabling.text, found.texts
        assert text is not None
        assert texts is not None
        assert found.tabling.rewrite is not None
        share = text.gain / texts.draft.gain
        assert found.tabling.rewrite == pytest.approx(text.adopted * share + (1 - text.adopted) * defeat)
        assert found.tabling.rewrite >= found.tabling.table
        assert found.tabling.table == pytest.approx(0.4744034791 + 0.5255965209 * defeat, abs=1e-8)
        offers.append(text)
    assert offers[0].adopted < offers[1].adopted < offers[2].adopted
    hopeless = bargain("two-dimensions", reach=0.1, value_adopted=1, value_defeated=-100)
    assert hopeless.tabling is not None
    assert hopeless.tabling.advice == "withdraw"


def test_where_the_draft_brings_nothing_texts_are_not_valued() -> None:
    """The sponsor prefers what happens otherwise: Guyana at the reversion point's side."""
    scenario = changed(load("a-place-in-issue-space"), settings={"members.BRA.position": {"order": 0.9}})
    found = bargain(scenario, reach=0.3, sponsor="BRA", value_adopted=1)
    assert found.tabling is not None
    assert found.tabling.rewrite is None
    assert "gains nothing from the draft" in found.tabling.why_none


def test_the_best_text_may_lie_outside_the_box_of_ideal_and_reversion() -> None:
    """Against a grid over the whole space; in the box the most is 0.44."""
    place = {"force": -0.59, "cost": 0.26}
    found = bargain(changed(load("two-dimensions"), settings={"members.FRA.position": place}), sponsor="FRA").texts
    assert found is not None
    assert found.elsewhere is not None
    assert found.top.expected > 0.594
    assert not -0.59 >= found.top.place["force"] >= -0.6
    at_it = {f"spatial.draft.{name}": where for name, where in found.top.place.items()}
    with_it = changed(load("two-dimensions"), settings={"members.FRA.position": place, **at_it})
    assert found.top.adopted == pytest.approx(simulator.odds(with_it, engine="exact").adopted, abs=1e-9)


def test_in_one_dimension_it_may_lie_beyond_the_ideal() -> None:
    """Where the others want more than the sponsor: by hand, of texts at every hundredth of the line."""
    places = {"JPN": 0.3, "RUS": 0.9, "CHN": 0.9}
    settings: dict[str, Any] = {f"members.{one}.position.order": at for one, at in places.items()}
    scenario = changed(parse(ONE), settings={**settings, "spatial.reversion.order": 0.2})
    found = bargain(scenario, reach=0.01).texts
    assert found is not None
    assert found.top.place["order"] > 0.301
    for place in np.linspace(0.21, 0.39, 10):
        with_it = changed(scenario, settings={"spatial.draft.order": float(place)})
        gain = 1 - (place - 0.3) ** 2 / 0.1**2
        assert found.top.expected >= simulator.odds(with_it, engine="exact").adopted * gain - 1e-6


def test_votes_that_a_place_does_not_decide_have_no_column() -> None:
    found = bargain("two-dimensions", sponsor="FRA", given={"CHN": "yes"}, do={"RUS": "abstain"}).texts
    assert found is not None
    assert [turn.member for turn in found.turns] == ["FRA", "GBR", "USA"]
    assert list(found.others) == ["CHN", "RUS"]


def test_values_against_the_place_are_noted() -> None:
    """Russia loses by the draft's adoption; a defeat worth more than adoption; both are said, with what was asked."""
    against = bargain("two-dimensions", sponsor="RUS", value_adopted=1, value_defeated=0)
    assert any("Russia loses by the adoption" in note for note in against.notes)
    upside_down = bargain("two-dimensions", sponsor="FRA", value_adopted=0.2, value_defeated=1)
    assert any("a defeat is said to be worth more than adoption" in note for note in upside_down.notes)
    assert "if a defeat counts for nothing" in upside_down.sentence
    assert "if it keeps more" not in against.sentence
    plain = bargain("two-dimensions", sponsor="FRA", value_adopted=1, value_defeated=0)
    assert "counts for nothing" not in plain.sentence
    assert not any("worth" in note for note in plain.notes)
