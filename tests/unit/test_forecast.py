"""Forecasts from the record: the quick road, what it may not see, and what it says about what cannot be."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

import simulator
from simulator.engines import record_forecast
from simulator.engines.exact.mixed import solve_all
from simulator.engines.standing import Standing
from simulator.errors import EvidenceError, OptionError, RefusedError, ScenarioError
from simulator.estimation.backtest import forecast_of
from simulator.facts import Choice, Matter, Outcome, Region, RollCall, Text, roll_calls
from simulator.model.history.estimates import shipped_estimates
from simulator.model.history.past import Past, shipped_past
from simulator.scenario import Scenario
from simulator.scenario.parse import from_data

DAY = datetime.date(2022, 5, 26)
CLOSE = 1e-4
"""What the quick road may be off the exact engine: the nodes of the draft's shocks."""


def scenario(
    date: datetime.date = DAY, agenda: str = "dprk", sponsors: tuple[str, ...] = ("USA",), **more: Any
) -> Scenario:
    """A scenario with preferences from the record."""
    draft = {"date": date, "agenda": agenda, "sponsors": list(sponsors), **more.pop("draft", {})}
    return from_data({"schema": 1, "title": "t", "draft": draft, "preferences": {"model": "history"}, **more})


QUESTIONS: dict[str, dict[str, Any]] = {
    "plain": {},
    "an amendment": {"draft": {"text": "amendment"}, "sponsors": ("RUS",), "agenda": "syria"},
    "stances": {"members": {"CHN": {"stance": "opposes"}, "RUS": {"stance": "threatens-veto"}}},
    "learnt": {"given": {"RUS": "no", "CHN": "not yes"}},
    "hardly to be expected": {"given": {"FRA": "no", "GBR": "no"}},
    "elected members learnt": {
        "given": {"IND": "abstain", "KEN": "not yes"},
        "members": {"ARE": {"stance": "leans-no"}},
    },
    "own odds": {
        "members": {
            "CHN": {"odds": {"yes": 0.2, "abstain": 0.5, "no": 0.3}},
            "IND": {"odds": {"abstain": 1.0}},
            "MEX": {"odds": {"absent": 1.0}},
        }
    },
    "a leader's own odds": {"members": {"RUS": {"odds": {"yes": 0.1, "abstain": 0.2, "no": 0.6, "absent": 0.1}}}},
    "a leader made": {"do": {"RUS": "no", "USA": "absent"}},
    "a follower made": {"do": {"CHN": "abstain", "KEN": "no"}},
    "all at once": {
        "do": {"USA": "abstain"},
        "given": {"RUS": "not yes"},
        "members": {"CHN": {"stance": "opposes"}, "GBR": {"odds": {"yes": 0.5, "abstain": 0.3, "no": 0.2}}},
    },
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_the_quick_road_agrees_with_the_exact_engine(question: dict[str, Any]) -> None:
    asked = scenario(**question)
    exact = solve_all(Standing.of(asked, 1, 1).possibles)
    quick = record_forecast(asked).view
    for word, share in exact.outcomes.as_dict().items():
        assert quick.outcomes.as_dict()[word] == pytest.approx(share, abs=CLOSE)
    np.testing.assert_allclose(quick.choices, exact.choices, atol=CLOSE)
    assert exact.spread is not None
    np.testing.assert_allclose(quick.spread.weights, exact.spread.weights, atol=CLOSE)
    np.testing.assert_allclose(quick.spread.interval(), exact.spread.interval(), atol=10 * CLOSE)


G4 = {"seats": "g4", "rule": "quota-and-veto", "quota": 14, "quota_source": "s"}


@pytest.mark.parametrize(
    "change",
    [
        {"rule": "two-vetoes"},
        {"rule": "no-veto", "given": {"CHN": "not yes"}},
        {"settings": {"draft.matter": "procedural"}},
        pytest.param(
            {
                "settings": {"council": G4, "members.AFR1.odds": {"no": 0.5, "abstain": 0.5}},
                "given": {"LAC1": "not yes"},
            },
            marks=pytest.mark.long,  # the exact engine takes half a minute
        ),
    ],
    ids=["two vetoes", "no veto", "procedural", "enlarged"],
)
def test_it_agrees_under_other_rules_and_before_an_enlarged_council(change: dict[str, Any]) -> None:
    asked = simulator.changed(scenario(), **change)
    exact = solve_all(Standing.of(asked, 1, 1).possibles)
    quick = record_forecast(asked).view
    for word, share in exact.outcomes.as_dict().items():
        assert quick.outcomes.as_dict()[word] == pytest.approx(share, abs=CLOSE)
    np.testing.assert_allclose(quick.choices, exact.choices, atol=CLOSE)


def test_a_new_seat_votes_as_the_elected_members_of_its_group_do_on_average() -> None:
    """Alone in its group, Albania has its twin; three African members have one that none of them exceeds."""
    found = record_forecast(simulator.changed(scenario(), settings={"council": G4}))
    members = found.members
    assert members["EEU1"] == pytest.approx(members["ALB"])
    yes = [members[code]["yes"] for code in ("GAB", "GHA", "KEN")]
    assert min(yes) < members["AFR1"]["yes"] < max(yes)
    assert members["AFR1"] == members["AFR3"]
    plain = record_forecast(scenario())
    for code in plain.members:
        assert members[code] == pytest.approx(plain.members[code], abs=CLOSE)
    assert any("new seats" in note for note in found.notes)


@pytest.mark.parametrize("day", ["2012-02-04", "2017-04-12", "2024-03-28"])
def test_it_agrees_in_other_years_too(day: str) -> None:
    asked = scenario(datetime.date.fromisoformat(day), "syria", ("FRA", "GBR"), members={"CHN": {"stance": "leans-no"}})
    exact = solve_all(Standing.of(asked, 1, 1).possibles)
    assert record_forecast(asked).adopted == pytest.approx(exact.outcomes.adopted, abs=CLOSE)


def test_the_probability_of_what_was_learnt_is_the_exact_engines() -> None:
    """After what was said, where something was."""
    for more in ({}, {"members": {"CHN": {"stance": "opposes"}}}):
        asked = scenario(given={"RUS": "not yes"}, **more)  # type: ignore[arg-type]
        exact = simulator.odds(asked, engine="exact").evidence_probability
        assert record_forecast(asked).evidence_probability == pytest.approx(exact, rel=1e-4)
        assert 0 < exact < 1


def test_before_is_the_forecast_of_those_who_have_heard_nothing() -> None:
    plain, heard = record_forecast(scenario()), record_forecast(scenario(given={"RUS": "no"}, do={"IND": "no"}))
    assert plain.before is None
    assert heard.before is not None
    assert heard.before.outcomes == record_forecast(scenario(do={"IND": "no"})).view.outcomes
    assert heard.adopted == 0 < heard.before.outcomes.adopted


def test_a_kind_of_draft_is_learnt_too() -> None:
    """A no from Russia says that the draft was not agreed before the vote."""
    found = record_forecast(scenario(given={"RUS": "no"}))
    assert found.before is not None
    assert sum(found.view.kinds.values()) == pytest.approx(1)
    assert found.view.kinds["negotiated"] < 0.5 < found.before.kinds["negotiated"]


def test_the_python_function_asks_what_a_file_would() -> None:
    said = {"CHN": "opposes"}
    found = simulator.forecast("dprk", "USA", "2022-05-26", stance=said, given={"RUS": "not yes"}, do={"IND": "no"})
    file = scenario(members={"CHN": {"stance": "opposes"}}, given={"RUS": "not yes"}, do={"IND": "no"})
    assert found.view.outcomes == record_forecast(file).view.outcomes
    told = found.as_dict()
    assert told["odds"] == found.view.outcomes.as_dict()
    assert told["members"]["IND"]["no"] == 1
    assert (told["stances"], told["do"], told["origin"]) == (said, {"IND": "no"}, 2022)
    assert told["interval"]["adopted"] == list(found.interval)
    assert sum(told["odds"].values()) == pytest.approx(1)
    assert f"{found.adopted:.4g}" in repr(found)
    assert "Adopted in" in found._repr_html_()


def test_without_sponsors_those_of_the_last_text_on_the_item_are_taken_and_it_is_said() -> None:
    found = simulator.forecast("dprk", date=DAY)
    assert found.sponsors == shipped_past().sponsors("dprk", DAY.toordinal(), ())
    assert not found.as_dict()["sponsors_stated"]
    assert any("no sponsors stated" in note for note in found.notes)
    stated = simulator.forecast("dprk", found.sponsors, DAY)
    assert found.view.kinds == pytest.approx(stated.view.kinds)
    assert all(stated.members[code]["yes"] >= found.members[code]["yes"] - 1e-12 for code in found.members)


def test_sponsors_of_amendments_are_those_of_amendments() -> None:
    """Others table them than table the draft: where nobody is known to have, nobody is taken."""
    past, day = shipped_past(), datetime.date(2023, 12, 29).toordinal()
    assert past.sponsors("palestine-israel", day, (), Text.AMENDMENT) == ("RUS",)
    assert past.sponsors("palestine-israel", day, ()) != ("RUS",)
    assert past.sponsors("dprk", day, (), Text.AMENDMENT) == ()
    found = simulator.forecast("dprk", date=DAY, text="amendment")
    assert found.sponsors == ()
    assert any("nobody is taken" in note for note in found.notes)


def test_stated_sponsors_are_not_talked_out_of_their_own_text() -> None:
    refused = {"FRA": "no", "GBR": "no", "IND": "no", "BRA": "no"}
    found = simulator.forecast("dprk", "USA", DAY, given=refused)
    assumed = record_forecast(scenario(sponsors=(), given=refused))
    assert assumed.sponsors == ("USA",)
    assert found.members["USA"]["yes"] > 0.99 > assumed.members["USA"]["yes"]


def test_presidential_texts_have_no_sponsors_beside() -> None:
    with pytest.raises(ScenarioError, match="names PRESIDENT beside others"):
        scenario(sponsors=("PRESIDENT", "USA"))


# What may not be seen.


@cache
def past_votes() -> tuple[RollCall, ...]:
    """Votes of which several are of one day, in 2022."""
    return tuple(vote for vote in roll_calls() if vote.date.year == 2022 and vote.matter is Matter.SUBSTANTIVE)


def scrambled(vote: RollCall, number: int) -> RollCall:
    """The vote with other marks, outcome, id and sponsors."""
    rng = np.random.default_rng(number)
    choices = tuple(list(Choice)[place] for place in rng.integers(0, 3, len(vote.choices)))
    outcome = list(Outcome)[number % 3]
    return replace(vote, choices=choices, outcome=outcome, id=f"X/{number}", sponsors=("RUS",), source="elsewhere")


@pytest.mark.parametrize("agenda", ["dprk", "ukraine", "syria", "mali"])
def test_votes_of_its_day_and_later_do_not_move_a_forecast(agenda: str) -> None:
    later = Past.of([scrambled(v, n) if v.date >= DAY else v for n, v in enumerate(roll_calls())])
    asked = scenario(agenda=agenda, sponsors=())
    assert record_forecast(asked, later).as_dict() == record_forecast(asked).as_dict()
    assert later.marks.sum() != shipped_past().marks.sum()


def test_a_vote_of_the_day_before_moves_it() -> None:
    """The twin of the test above: it could fail."""
    assert simulator.forecast("dprk", "USA", DAY).adopted != record_forecast(scenario(), without_the_last()).adopted


def without_the_last() -> Past:
    return Past.of([vote for vote in roll_calls() if vote.date < DAY - datetime.timedelta(days=200)])


def test_what_became_of_a_vote_never_reaches_its_own_forecast() -> None:
    """Neither id, marks, outcome nor source: neither off the vote itself, nor through the record it stands in."""
    estimates = shipped_estimates(2022)
    votes = past_votes()[::12]
    kept = {vote.id: forecast_of(vote, shipped_past(), estimates) for vote in votes}
    for number, vote in enumerate(votes):
        other = replace(scrambled(vote, number), sponsors=vote.sponsors)
        past = Past.of([other if one.id == vote.id else one for one in roll_calls()])
        again = forecast_of(other, past, estimates)
        assert again.outcomes == kept[vote.id].outcomes
        np.testing.assert_array_equal(again.choices, kept[vote.id].choices)


def test_whether_sponsors_are_known_cannot_be_seen() -> None:
    """A text without them is forecast as one tabled by those of the last text on the item."""
    estimates, past = shipped_estimates(2022), shipped_past()
    for vote in past_votes()[::9]:
        unknown = replace(vote, sponsors=())
        taken = replace(vote, sponsors=past.sponsors(vote.agenda, vote.date.toordinal(), (), vote.text))
        assert forecast_of(unknown, past, estimates).outcomes == forecast_of(taken, past, estimates).outcomes


def test_votes_of_one_day_do_not_know_of_each_other() -> None:
    """Whatever their order, and whether or not the others are there."""
    by_day: dict[datetime.date, list[RollCall]] = {}
    for vote in past_votes():
        by_day.setdefault(vote.date, []).append(vote)
    same = next(votes for votes in by_day.values() if len(votes) > 1)
    alone = Past.of([vote for vote in roll_calls() if vote not in same[1:]])
    turned = Past.of(roll_calls()[::-1])
    estimates = shipped_estimates(2022)
    first = forecast_of(same[0], shipped_past(), estimates).outcomes
    assert first == forecast_of(same[0], alone, estimates).outcomes
    assert first.adopted == pytest.approx(forecast_of(same[0], turned, estimates).outcomes.adopted)


# A record with newer rows.


def deep_sea(date: datetime.date, number: int) -> RollCall:
    """A vote on an item that the shipped record does not have, on which China and Russia vote no."""
    like = next(vote for vote in roll_calls() if vote.id == "S/2022/431")
    return replace(like, id=f"S/deep/{number}", date=date, agenda="deep-sea", region=Region.GLOBAL)


def test_a_new_item_is_known_from_the_record_that_has_it() -> None:
    newer = (*roll_calls(), deep_sea(datetime.date(2022, 2, 1), 1), deep_sea(datetime.date(2022, 3, 1), 2))
    with pytest.raises(ScenarioError, match="there is no agenda item 'deep-sea'"):
        simulator.forecast("deep-sea", "USA", DAY)
    found = simulator.forecast("deep-sea", "USA", DAY, record=newer)
    assert found.adopted < simulator.forecast("dprk", "USA", DAY).adopted
    assert Past.of(newer).regions["deep-sea"] is Region.GLOBAL


def test_whose_text_is_assumed_is_said_of_a_new_item_too() -> None:
    """There is no last draft on it, so the state that tables most stands in, and the note says that it is that."""
    newer = (*roll_calls(), replace(deep_sea(DAY, 1), sponsors=()))
    found = simulator.forecast("deep-sea", date=DAY, record=newer)
    assert found.sponsors == ("USA",)
    (note,) = (note for note in found.notes if "no sponsors stated" in note)
    assert note.endswith("no earlier draft on the item tells whose it may be: USA, which tables most, is taken")
    tabled = Counter(code for vote in roll_calls() if vote.date.year >= 1994 for code in vote.sponsors)
    assert max((count, code) for code, count in tabled.items() if code != "PRESIDENT")[1] == "USA"


def test_an_item_is_where_the_shipped_record_has_it_or_its_first_row() -> None:
    moved = [replace(vote, region=Region.GLOBAL) if vote.agenda == "dprk" else vote for vote in roll_calls()]
    rows = [replace(deep_sea(DAY, 1), region=None), deep_sea(DAY - datetime.timedelta(days=1), 2)]
    regions = Past.of([*moved, *rows]).regions
    assert (regions["dprk"], regions["deep-sea"], regions["other"]) == (Region.ASIA, Region.GLOBAL, None)


def test_a_file_about_a_new_item_is_answered_with_the_record_that_has_it() -> None:
    """By load, odds, changed and the quick road alike."""
    newer = (*roll_calls(), deep_sea(datetime.date(2022, 2, 1), 1))
    text = scenario().to_toml().replace('"dprk"', '"deep-sea"')
    with pytest.raises(ScenarioError, match="deep-sea"):
        simulator.parse(text)
    file = simulator.changed(simulator.parse(text, record=newer), stance={"CHN": "opposes"})
    exact = simulator.odds(file, engine="exact", record=newer)
    assert record_forecast(file, Past.of(newer)).adopted == pytest.approx(exact.adopted, abs=CLOSE)
    assert exact.adopted != simulator.odds(scenario(members=file.to_data()["members"]), engine="exact").adopted


# What cannot be.


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"agenda": "dprkk"}, "agenda: there is no agenda item 'dprkk' – did you mean dprk. `unsc agendas` lists all"),
        ({"sponsors": "USX"}, "sponsors: 'USX' is not a state's ISO 3166-1 alpha-3 code.*did you mean USA"),
        ({"date": "1999-12-31"}, "date: 1999-12-31 is before .* can forecast drafts from 2000-01-01 on$"),
        ({"date": "1945-12-31"}, "date: 1945-12-31 is before .* can forecast drafts from 2000-01-01 on$"),
        ({"date": "2031-01-01"}, "date: the members of the Council on 2031-01-01 are not known"),
        ({"stance": {"CHX": "opposes"}}, "stance: CHX is not on the council of 2022-05-26 – did you mean CHN"),
        ({"stance": {"CHN": "oposes"}}, "stance: 'oposes' is not one of .* did you mean opposes"),
        ({"given": {"RUS": "nope"}}, "given: what is learnt is yes, no"),
        ({"given": {"RUS": "no"}, "do": {"RUS": "no"}}, "do: RUS is in .given. and in .do."),
        ({"stance": {"USA": "opposes"}}, "stance: USA sponsors the draft.* take it off sponsors"),
        ({"text": "motion"}, "text: 'motion' is not one of draft, amendment, paragraph"),
    ],
)
def test_what_is_wrong_is_said_by_the_names_of_what_was_asked(asked: dict[str, Any], message: str) -> None:
    whole: dict[str, Any] = {"agenda": "dprk", "sponsors": "USA", "date": DAY, **asked}
    with pytest.raises(ScenarioError, match=message) as raised:
        simulator.forecast(**whole)
    assert "draft." not in str(raised.value)
    assert "preferences" not in str(raised.value)


@pytest.mark.parametrize("date", ["2022", 2022, "26 May 2022", datetime.datetime(2022, 5, 26)])
def test_a_date_is_a_day(date: Any) -> None:
    with pytest.raises(OptionError, match=r"date is a datetime\.date or text"):
        simulator.forecast("dprk", "USA", date)


def test_what_cannot_have_happened_is_said() -> None:
    with pytest.raises(EvidenceError, match="probability zero"):
        record_forecast(scenario(members={"RUS": {"odds": {"yes": 1.0}}}, given={"RUS": "no"}))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"rule": "restraint", "settings": {"draft.mass_atrocity": True}}, "a code of restraint"),
        ({"settings": {"members.CHN.odds": {"yes": {"between": [0.1, 0.6]}, "no": "rest"}}}, "a number is uncertain"),
        ({"settings": {"draft.chapter": "VI", "council.parties": ["RUS"]}}, "parties to the dispute"),
    ],
)
def test_what_the_quick_road_cannot_do_it_leaves_to_the_engines(change: dict[str, Any], why: str) -> None:
    asked = simulator.changed(scenario(), **change)
    with pytest.raises(RefusedError, match=f"{why}.*unsc run"):
        record_forecast(asked)
    with pytest.raises(RefusedError, match=r'model is "stated"'):
        record_forecast(simulator.load("dprk-2022-05"))


def test_an_amendment_is_less_likely_to_pass_than_a_draft() -> None:
    texts = {
        text: simulator.forecast("syria", "RUS", DAY, text=text.value).adopted for text in (Text.DRAFT, Text.AMENDMENT)
    }
    assert texts[Text.AMENDMENT] < texts[Text.DRAFT]
