"""What-ifs: what changing a scenario keeps, replaces and leaves out; and settings as typed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from simulator.errors import InputError, OptionError, ScenarioError
from simulator.facts import Choice
from simulator.scenario import Scenario, Stance, changed, council_of, load, parse
from simulator.scenario.changes import setting
from simulator.scenario.parse import from_data

BARE = 'schema = 1\ntitle = "t"\ndraft.date = 2022-05-26\n'
FULL = (
    BARE
    + """
members = { default.stance = "leans-yes", CHN.stance = "opposes", IND.odds = { yes = 1 }, RUS.odds = { no = 1 } }
blocs = [
    { name = "all alike", members = "all", cohesion = 0.2 },
    { name = "some", members = ["IND", "CHN"], cohesion = 0.6 },
]
company = [{ leader = "CHN", follower = "IND", if_leader_no = 1, otherwise = 0 }]
given.CHN = "not yes"
do.IND = "yes"
actual = { outcome = "vetoed", no = ["CHN"] }
"""
)


@pytest.fixture
def scenario() -> Scenario:
    return parse(FULL, "full.toml")


def test_no_change_is_no_change(scenario: Scenario) -> None:
    same = changed(scenario)
    assert same == scenario
    assert (same.source, same.notes) == ("full.toml", ())


def test_the_scenario_itself_stays_as_it_is(scenario: Scenario) -> None:
    changed(
        scenario,
        given={"RUS": "no"},
        do={"CHN": "yes"},
        stance={"CHN": "supports"},
        rule="no-veto",
        council_date=date(1990, 6, 1),
        settings={"blocs.0.cohesion": 0.1, "title": "u"},
    )
    assert scenario == parse(FULL)


def test_given_replaces_what_was_learnt_of_that_member_and_leaves_the_rest(scenario: Scenario) -> None:
    after = changed(scenario, given={"CHN": "no", "RUS": ["abstain", "no"]})
    assert after.given == {"CHN": (Choice.NO,), "RUS": (Choice.ABSTAIN, Choice.NO)}
    assert after.do == scenario.do


def test_a_member_learnt_is_no_longer_made_and_the_reverse(scenario: Scenario) -> None:
    assert changed(scenario, given={"IND": "no"}).do == {}
    after = changed(scenario, do={"CHN": "no"})
    assert (after.given, after.do) == ({}, {"CHN": Choice.NO, "IND": Choice.YES})


def test_given_and_do_for_one_member_in_one_place_is_an_error(scenario: Scenario) -> None:
    with pytest.raises(OptionError, match="CHN: given and do"):
        changed(scenario, given={"CHN": "no", "RUS": "no"}, do={"CHN": "no"})


@pytest.mark.parametrize("member", ["CHN", "RUS", "FRA", "default"])
def test_a_stance_replaces_the_members_own_entry_be_it_stance_or_odds(scenario: Scenario, member: str) -> None:
    entry = changed(scenario, stance={member: "undecided"}).members[member]
    assert (entry.stance, entry.odds) == (Stance.UNDECIDED, None)


def test_a_rule_replaces_the_rule_and_keeps_the_rest_of_the_council() -> None:
    scenario = parse(BARE + "council = { date = 2011-03-17, rule = 'charter' }")
    after = changed(scenario, rule="no-veto").council
    assert (after.rule, after.date) == ("no-veto", date(2011, 3, 17))


NOT_THERE: list[dict[str, Any]] = [{"given": {"DEU": "no"}}, {"do": {"DEU": "no"}}, {"stance": {"DEU": "opposes"}}]


@pytest.mark.parametrize("change", NOT_THERE, ids=str)
def test_a_change_is_checked_like_a_file(scenario: Scenario, change: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError, match=r"full\.toml: 1 problem\n.*DEU is not on the council"):
        changed(scenario, **change)


def test_a_word_that_is_none_is_told_the_nearest(scenario: Scenario) -> None:
    with pytest.raises(ScenarioError, match=r"did you mean opposes\?"):
        changed(scenario, stance={"CHN": "oposes"})


def test_another_council_keeps_the_entries_of_members_that_still_sit_and_says_whose_it_leaves_out(
    scenario: Scenario,
) -> None:
    """India sat in 2022, not in 1990: its entry, bloc, company and what it was made to vote go."""
    after = changed(scenario, council_date=date(1990, 6, 1))
    assert set(after.members) == {"default", "CHN", "RUS"}
    assert after.blocs[0].members == ("all",)
    assert after.blocs[1].members == ("CHN",)
    assert (after.company, after.do) == ((), {})
    assert after.given == scenario.given
    assert "IND" in after.notes[0]
    assert "CHN" not in after.notes[0]
    assert council_of(after).date == date(1990, 6, 1)
    assert after.draft.date == scenario.draft.date


def test_another_day_of_the_draft_changes_the_council_too(scenario: Scenario) -> None:
    after = changed(scenario, settings={"draft.date": date(1990, 6, 1)})
    assert council_of(after).date == date(1990, 6, 1)
    assert "IND" not in after.members


def test_another_day_of_the_draft_changes_nothing_where_the_council_has_its_own() -> None:
    scenario = parse(BARE + "council.date = 2022-01-01\nmembers.IND.stance = 'opposes'")
    after = changed(scenario, settings={"draft.date": date(1990, 6, 1)})
    assert council_of(after).date == date(2022, 1, 1)
    assert "IND" in after.members


def test_parties_that_no_longer_sit_are_left_out() -> None:
    scenario = parse(BARE + "council.parties = ['IND', 'RUS']")
    assert changed(scenario, council_date=date(1990, 6, 1)).council.parties == ("RUS",)


def test_a_day_without_a_council_is_an_error(scenario: Scenario) -> None:
    with pytest.raises(ScenarioError, match="1900-01-01"):
        changed(scenario, council_date=date(1900, 1, 1))


def test_what_happened_stays_where_the_same_members_vote_under_the_same_rule(scenario: Scenario) -> None:
    assert changed(scenario, stance={"RUS": "supports"}).actual == scenario.actual
    assert changed(scenario, council_date=date(2022, 1, 1)).actual == scenario.actual
    assert changed(scenario, rule="substantive").actual == scenario.actual


DIFFERENT: list[dict[str, Any]] = [
    {"rule": "no-veto"},
    {"rule": "two-vetoes"},
    {"council_date": date(1990, 6, 1)},
    {"settings": {"draft.date": date(2017, 12, 22)}},
    {"settings": {"draft.matter": "procedural"}},
]


@pytest.mark.parametrize("change", DIFFERENT, ids=str)
def test_what_happened_before_another_council_or_rule_is_left_out_with_a_note(
    scenario: Scenario, change: dict[str, Any]
) -> None:
    after = changed(scenario, **change)
    assert after.actual is None
    assert "what happened is left out" in after.notes[-1]


def test_notes_add_up_over_changes(scenario: Scenario) -> None:
    once = changed(scenario, council_date=date(1990, 6, 1))
    assert changed(once, stance={"CHN": "supports"}).notes == once.notes


SETTINGS = [
    ("blocs.0.cohesion", 0.4, lambda s: s.blocs[0].cohesion == 0.4),
    ('blocs."all alike".cohesion', 0.4, lambda s: s.blocs[0].cohesion == 0.4),
    ("blocs.all alike.cohesion", 0.4, lambda s: s.blocs[0].cohesion == 0.4),
    ("blocs.some.members", ["CHN", "RUS"], lambda s: s.blocs[1].members == ("CHN", "RUS")),
    ("blocs.1.members.0", "FRA", lambda s: s.blocs[1].members == ("FRA", "CHN")),
    ("company.0.otherwise", 0.3, lambda s: s.company[0].otherwise == 0.3),
    ("members.CHN.odds", {"no": 1}, lambda s: s.members["CHN"].stance is None and s.members["CHN"].odds.no == 1),
    ("members.IND.stance", "opposes", lambda s: s.members["IND"].odds is None),
    ("members.FRA.stance", "opposes", lambda s: "FRA" in s.members and s.members["FRA"].stance is Stance.OPPOSES),
    ("members.default.stance", "opposes", lambda s: s.members["default"].stance is Stance.OPPOSES),
    ("draft.sponsors", ["USA"], lambda s: s.draft.sponsors == ("USA",)),
    ("title", "another", lambda s: s.title == "another"),
    ("stances.opposes.elected", {"no": 1}, lambda s: "opposes" in s.stances and s.stances["opposes"].elected.no == 1),
    ("blocs", [], lambda s: s.blocs == ()),
]


@pytest.mark.parametrize(("key", "value", "holds"), SETTINGS, ids=[f"{key}={value}" for key, value, _ in SETTINGS])
def test_a_setting_takes_any_key_in_dotted_form(scenario: Scenario, key: str, value: Any, holds: Any) -> None:
    assert not holds(scenario)
    assert holds(changed(scenario, settings={key: value}))


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("blocs.2.cohesion", "blocs.2: the list has 2 items"),
        ("blocs.-1.cohesion", "numbered from 0"),
        ("blocs.nobody.cohesion", "the list has 2 items"),
        ("draft.date.year", "nothing lies below this key"),
        ("title.x.y", "nothing lies below this key"),
        ("qqq", "unknown key"),
        ("draft.simbol", "did you mean symbol"),
        ("", "unknown key"),
        ("#", "unknown key"),
        ("draft..date", "unknown key"),
        ("title = 1\nx", "unknown key"),
        (f"blocs.{'9' * 5000}.cohesion", "the list has 2 items, numbered from 0, or named 'all alike', 'some'"),
        ("company.1.otherwise", "the list has 1 item, numbered 0"),
        ("members.CHN.odds.yes", "CHN has the stance 'opposes' and no odds; set them all, and they replace the stance"),
    ],
)
def test_a_key_that_leads_nowhere_is_an_error(scenario: Scenario, key: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        changed(scenario, settings={key: 1})
    assert said in str(caught.value)


@pytest.mark.parametrize("table", ["preliminary", "sequence.0.members", "sequence.a.members"])
def test_odds_and_stances_of_votes_before_the_drafts_replace_each_other_too(table: str) -> None:
    """As they do in [members], and one probability alone cannot be set where there are no odds."""
    entries = {"RUS": {"stance": "opposes"}, "CHN": {"odds": {"no": 1}}}
    step = {"id": "a", "members": entries}
    data = {"schema": 1, "title": "t", "draft": {"date": date(2022, 5, 26)}, "sequence": [step]}
    before = from_data({**data, "council": {"rule": "double-veto"}, "preliminary": entries})
    settings = {f"{table}.RUS.odds": {"no": 0.5, "yes": 0.5}, f"{table}.CHN.stance": "supports"}
    after = changed(before, settings=settings)
    members = after.preliminary if table == "preliminary" else after.sequence[0].members
    assert members["RUS"].stance is None
    assert members["CHN"].odds is None
    with pytest.raises(InputError, match="RUS has the stance 'opposes' and no odds"):
        changed(before, settings={f"{table}.RUS.odds.no": 0.5})


WHOLE_TABLES = ["schema", "title", "draft", "council", "preferences", "members", "blocs", "company", "given", "do"]
ODD: list[Any] = [5, "text", [], [1], [[]], {"x": 1}, {"CHN": 5}, [{"name": 5}], None]
BESIDE: list[dict[str, Any]] = [
    {},
    {"council_date": date(1990, 6, 1)},
    {"rule": "no-veto"},
    {"given": {"CHN": "no"}},
    {"do": {"CHN": "no"}},
    {"stance": {"CHN": "opposes"}},
]


def result_or_message(scenario: Scenario, settings: dict[str, Any], beside: dict[str, Any]) -> Scenario | str:
    try:
        return changed(scenario, settings=settings, **beside)
    except InputError as error:
        return str(error)


@pytest.mark.parametrize("key", [*WHOLE_TABLES, "council.parties", "blocs.0", "blocs.0.members", "company.0"])
@pytest.mark.parametrize("beside", BESIDE, ids=str)
def test_an_odd_setting_beside_another_change_is_a_scenario_or_an_input_error(
    scenario: Scenario, key: str, beside: dict[str, Any]
) -> None:
    for value in ODD:
        assert result_or_message(scenario, {key: value}, beside)


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("draft.date=2017-12-22", "draft.date", date(2017, 12, 22)),
        ("blocs.0.cohesion=0.6", "blocs.0.cohesion", 0.6),
        ("council.quota=9", "council.quota", 9),
        ("draft.mass_atrocity=true", "draft.mass_atrocity", True),
        ("council.rule=no-veto", "council.rule", "no-veto"),
        ('council.rule="no-veto"', "council.rule", "no-veto"),
        ('draft.sponsors=["USA", "FRA"]', "draft.sponsors", ["USA", "FRA"]),
        ("members.CHN.odds={ no = 1 }", "members.CHN.odds", {"no": 1}),
        ("title=a = b", "title", "a = b"),
        (" title = x ", "title", "x"),
        ("title=", "title", ""),
    ],
)
def test_a_setting_is_read_as_toml_where_it_is_toml_and_else_as_text(text: str, key: str, value: object) -> None:
    found = setting(text)
    assert found == (key, value)
    assert type(found[1]) is type(value)


@pytest.mark.parametrize("text", ["", "title", "=5", " = 5"])
def test_a_setting_without_key_or_equals_sign_is_told_the_form(text: str) -> None:
    with pytest.raises(OptionError, match=r"key=value, such as draft\.date=2017-12-22"):
        setting(text)


def test_the_time_machine_gives_members_that_are_new_the_default() -> None:
    after = changed(load("dprk-2022-05"), council_date=date(2017, 12, 22))
    assert set(after.members) == {"default", "CHN", "RUS"}
    assert len(council_of(after)) == 15


TWICE: list[dict[str, Any]] = [
    {"settings": {"do.CHN": "no"}, "given": {"CHN": "yes"}},
    {"settings": {"given.CHN": "no"}, "do": {"CHN": "yes"}},
    {"settings": {"do": {"CHN": "no"}}, "given": {"CHN": "yes"}},
]


@pytest.mark.parametrize("change", TWICE, ids=str)
def test_learnt_by_an_option_and_made_by_a_key_is_one_place_too(scenario: Scenario, change: dict[str, Any]) -> None:
    with pytest.raises(OptionError, match="a vote is either learnt or made"):
        changed(scenario, **change)


SAME: list[dict[str, Any]] = [
    {"settings": {"given.CHN": "no"}, "given": {"CHN": "yes"}},
    {"settings": {"do.CHN": "no"}, "do": {"CHN": "no"}},
    {"settings": {"members.CHN.stance": "supports"}, "stance": {"CHN": "opposes"}},
    {"settings": {"members": {"CHN": {"stance": "supports"}}}, "stance": {"CHN": "opposes"}},
    {"settings": {"council.rule": "no-veto"}, "rule": "charter"},
    {"settings": {"council.date": date(1990, 6, 1)}, "council_date": date(1990, 6, 1)},
]


@pytest.mark.parametrize("change", SAME, ids=str)
def test_what_is_set_by_its_option_and_its_key_is_an_error_whichever_would_win(
    scenario: Scenario, change: dict[str, Any]
) -> None:
    with pytest.raises(OptionError, match="is set twice, by its own option and by its key"):
        changed(scenario, **change)


def test_a_key_of_one_member_and_an_option_for_another_go_together(scenario: Scenario) -> None:
    after = changed(scenario, settings={"do.RUS": "no"}, given={"FRA": "no"})
    assert (after.do["RUS"], after.given["FRA"]) == (Choice.NO, (Choice.NO,))


@pytest.mark.parametrize(("year", "day"), [(1990, date(1990, 7, 1)), (1946, date(1946, 8, 1))])
def test_a_year_takes_the_council_of_a_day_and_a_note_says_so(year: int, day: date) -> None:
    after = changed(load("dprk-2022-05"), council_date=year)
    assert after == changed(load("dprk-2022-05"), council_date=day)
    assert after.notes[0] == f"of the year {year}, the council of {day} is taken"
