"""The outside view: the class is what its steps say, counted a second time from the table with the csv module alone."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from scipy.stats import binomtest

import simulator
from simulator.analysis import OutsideView, outside_view
from simulator.analysis.outside_view.view import ENOUGH, LEVEL, wilson
from simulator.facts import Outcome, roll_calls
from simulator.scenario import Scenario, load, parse, shipped_scenarios
from tests.unit.test_record import P5, table

Row = dict[str, str]
ROWS = table("roll_calls")
REGION = {row["agenda"]: row["region"] for row in ROWS}
NOT_YES = ("abstain", "no", "absent")


def classed(sponsors: list[str]) -> str:
    """Who of the five is among the sponsors; empty where nobody is stated."""
    if "PRESIDENT" in sponsors:
        return "presidency"
    west, east = bool({"FRA", "GBR", "USA"} & set(sponsors)), bool({"CHN", "RUS"} & set(sponsors))
    return f"{west} {east}" if sponsors else ""


def choice(row: Row, member: str) -> str:
    return next((mark for mark in NOT_YES if member in row[mark].split()), "yes")


def tried(
    day: str,
    *,
    agenda: str = "",
    sponsors: list[str] | None = None,
    text: str = "draft",
    matter: str = "substantive",
    left: dict[str, tuple[str, ...]] | None = None,
) -> list[list[Row]]:
    """The classes one after another up to the one shown, by arithmetic on the rows alone."""
    past = [row for row in ROWS if "1994" <= row["date"] < day]
    per_year = Counter(row["date"][:4] for row in past)
    unknown = Counter(row["date"][:4] for row in past if not row["sponsors"])
    alike = [
        row
        for row in past
        if (row["text"], row["matter"]) == (text, matter)
        and all(choice(row, member) in choices for member, choices in (left or {}).items() if member in P5)
    ]
    kind = classed(sponsors or [])
    ten = f"{int(day[:4]) - 10}{day[4:]}"
    agenda = agenda if REGION.get(agenda) else ""

    def by(row: Row, what: str) -> bool:
        known = unknown[row["date"][:4]] <= 0.1 * per_year[row["date"][:4]]
        return {
            "a": not agenda or row["agenda"] == agenda,
            "s": not kind or (known and classed(row["sponsors"].split()) == kind),
            "t": row["date"] >= ten,
            "r": not agenda or row["region"] == REGION[agenda],
        }[what]

    found: list[list[Row]] = []
    steps = [step for step in ("ast", "as", "a", "r", "") if agenda or kind or step in ("ast", "")]
    for step in steps:
        rows = [row for row in alike if all(by(row, what) for what in step)]
        found.append(rows)
        if len(rows) >= 20:
            break
    return found


def asked(day: str, **draft: Any) -> Scenario:
    """A scenario of that day."""
    left = draft.pop("left", None) or {}
    lines = [f"draft.{key} = {value!r}" for key, value in draft.items() if value is not None]
    lines += [f"given.{member} = {list(choices)!r}" for member, choices in left.items()]
    return parse("\n".join(["schema = 1", "title = 't'", f"draft.date = {day}", *lines]))


def rates(found: OutsideView) -> tuple[int, ...]:
    return tuple(found.count(outcome) for outcome in Outcome)


SUBSTANTIVE = [row for row in ROWS if row["date"] >= "1995" and row["matter"] == "substantive"]


@pytest.mark.parametrize("row", SUBSTANTIVE[::90], ids=lambda row: row["id"])
@pytest.mark.parametrize(
    "left",
    [{}, {"RUS": NOT_YES}, {"CHN": ("abstain",), "RUS": NOT_YES}, {"USA": ("no",)}, {"FRA": ("yes", "abstain")}],
    ids=str,
)
def test_the_class_is_what_plain_counting_makes_it(row: Row, left: dict[str, tuple[str, ...]]) -> None:
    """Every draft of a spread over the record, as if about to be voted on, with what is learnt of some of the five."""
    draft = {
        "agenda": row["agenda"],
        "sponsors": row["sponsors"].split() or None,
        "text": row["text"],
        "matter": row["matter"],
    }
    found = outside_view(asked(row["date"], **draft, left=left))
    expected = tried(row["date"], **draft, left=left)  # type: ignore[arg-type]  # sponsors or none
    sizes = list(dict.fromkeys(step.size for step in found.steps))
    assert sizes == list(dict.fromkeys(map(len, expected)))
    assert [vote.id for vote in found.votes] == [one["id"] for one in expected[-1]]
    outcomes = Counter(one["outcome"] for one in expected[-1])
    assert rates(found) == tuple(outcomes[word] for word in ("adopted", "vetoed", "failed"))
    for step in found.steps:
        matching = [rows for rows in expected if len(rows) == step.size]
        assert step.adopted in {sum(one["outcome"] == "adopted" for one in rows) for rows in matching}


def test_the_spread_of_drafts_reaches_every_step() -> None:
    """Or the test above would prove less than it seems to."""
    reached = {len(tried(row["date"], agenda=row["agenda"], sponsors=row["sponsors"].split())) for row in SUBSTANTIVE}
    assert reached == {1, 2, 3, 4, 5}


def test_the_sentence_is_that_of_the_issue() -> None:
    """Of …, … were adopted (share, interval), in words and numbers."""
    found = outside_view("gaza-2023-10")
    assert found.sentence == (
        "Of 32 substantive drafts since 1994 on palestine-israel, "
        "13 were adopted (41 %, 26–58), 15 vetoed and 4 failed."
    )
    assert found.sentence in repr(found)


@pytest.mark.parametrize(("hits", "of"), [(19, 41), (0, 1), (1, 1), (0, 20), (20, 20), (473, 474), (1, 2000)])
def test_the_interval_is_wilsons(hits: int, of: int) -> None:
    """As SciPy has it, without the correction for continuity."""
    expected = binomtest(hits, of).proportion_ci(LEVEL, method="wilson")
    assert wilson(hits, of) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_a_draft_of_its_own_day_is_not_among_its_past() -> None:
    """S/2022/431 itself, and whatever was voted on that day, is left out."""
    found = outside_view("dprk-2022-05")
    assert "S/2022/431" not in {vote.id for vote in found.votes}
    later = outside_view(asked("2022-05-27", agenda="dprk"))
    assert "S/2022/431" in {vote.id for vote in later.votes}


@pytest.mark.parametrize("name", shipped_scenarios())
def test_every_shipped_scenario_has_a_class_or_a_reason(name: str) -> None:
    scenario = load(name)
    found = outside_view(scenario)
    none = scenario.draft.date.year < 1994 or scenario.draft.matter == "judges"
    assert bool(found.why_none) is none is (found.as_dict() is None) is (not found.steps)
    assert all(vote.date < scenario.draft.date for vote in found.votes)
    assert found.enough or none or len(found.steps[-1].criteria) == 2  # widened as far as it goes


def test_drafts_before_1994_have_none_since_only_adopted_texts_are_on_record() -> None:
    found = outside_view("namibia-1975")
    assert "would mislead" in found.sentence
    assert (found.share, found.interval, found.size, found.criteria) == (None, None, 0, ())
    assert outside_view(asked("1994-01-01")).why_none
    early = outside_view(asked("1994-02-01"))
    assert early.steps
    assert not early.enough


def test_an_empty_class_has_no_share_and_says_so() -> None:
    """The United Kingdom has voted no on no procedural draft since 1994."""
    found = outside_view(asked("2020-06-01", matter="procedural", left={"GBR": ("no",)}))
    assert (found.size, found.share, found.interval) == (0, None, None)
    assert found.sentence == (
        "No procedural draft since 1994 on which the United Kingdom voted no is on record before that day."
    )
    written = found.as_dict()
    assert written is not None
    assert written["share"] is written["interval"] is None


def test_amendments_are_compared_with_amendments_alone() -> None:
    found = outside_view(asked("2024-12-31", text="amendment", agenda="palestine-israel"))
    assert rates(found) == (0, 1, 14)
    assert not found.enough
    assert found.criteria[0] == "substantive amendments"


def test_what_is_learnt_and_what_is_made_choose_the_same_votes_and_only_the_made_is_remarked_on() -> None:
    scenario = load("dprk-2022-05")
    learnt = outside_view(simulator.changed(scenario, given={"RUS": "no"}))
    made = outside_view(simulator.changed(scenario, do={"RUS": "no"}))
    assert learnt.votes == made.votes
    assert all(vote.by_member["RUS"] == "no" for vote in learnt.votes)
    assert not learnt.notes
    assert "as if it were learnt" in made.notes[0]


def test_stances_and_elected_members_choose_no_votes() -> None:
    plain = outside_view("dprk-2022-05")
    changes: list[dict[str, Any]] = [{"stance": {"RUS": "will-veto"}}, {"given": {"IND": "no"}}, {"do": {"KEN": "no"}}]
    for change in changes:
        assert outside_view(simulator.changed(load("dprk-2022-05"), **change)) == plain


def test_what_leaves_every_choice_open_asks_nothing() -> None:
    every = ["yes", "no", "abstain", "absent"]
    assert outside_view(simulator.changed(load("dprk-2022-05"), given={"RUS": every})) == outside_view("dprk-2022-05")


def test_members_that_did_the_same_are_named_together() -> None:
    given = {"CHN": "not yes", "RUS": "not yes", "USA": "yes", "FRA": ["no", "abstain"], "GBR": "not no"}
    words = outside_view(simulator.changed(load("dprk-2022-05"), given=given)).criteria[-1]
    assert words == (
        "on which China and Russia did not vote yes and France abstained or voted no "
        "and the United Kingdom did not vote no and the United States voted yes"
    )


@pytest.mark.parametrize(
    ("agenda", "hint"),
    [("dprkk", "did you mean dprk? "), ("qqqqqq", "nearest by spelling: iraq, mozambique, iran-iraq-war; ")],
)
def test_an_agenda_of_ones_own_is_left_out_and_the_nearest_is_named(agenda: str, hint: str) -> None:
    found = outside_view(asked("2022-05-26", agenda=agenda))
    assert found.notes == (
        f"'{agenda}' is not an agenda item of the record, so it is left out – {hint}`unsc agendas` lists all 79.",
    )
    assert found.votes == outside_view(asked("2022-05-26")).votes


def test_other_is_no_agenda_item_to_be_alike_in() -> None:
    assert outside_view(asked("2022-05-26", agenda="other")) == outside_view(asked("2022-05-26"))


def test_years_that_lack_sponsors_do_not_count_where_sponsors_do() -> None:
    found = outside_view(asked("2021-06-01", sponsors=["USA"]))
    assert {vote.date.year for vote in found.votes}.isdisjoint({2012, *range(2015, 2021)})
    assert 2011 in {vote.date.year for vote in found.votes}


def test_another_rule_or_council_is_remarked_on() -> None:
    for name in ("reform-g4", "ukraine-2022-02"):
        scenario = load(name) if name == "reform-g4" else simulator.changed(load(name), rule="no-veto")
        assert "of their day" in outside_view(scenario).notes[0]


def test_where_the_record_ends_is_told_of_a_draft_long_after_it() -> None:
    assert outside_view(asked("2025-02-01")).notes == ()
    assert outside_view(asked("2026-06-01")).notes == (
        "The last vote on record before that day is of 27 December 2024.",
    )


def test_a_record_of_ones_own_takes_the_place_of_the_shipped_one() -> None:
    fewer = [vote for vote in roll_calls() if vote.outcome is not Outcome.ADOPTED]
    found = outside_view("ukraine-2022-02", votes=fewer)
    assert found.share == 0
    assert {vote.outcome for vote in found.votes} <= {Outcome.VETOED, Outcome.FAILED}
    assert outside_view("ukraine-2022-02", votes=[]).size == 0


def test_the_day_ten_years_before_29_february_is_the_28th() -> None:
    assert "since 28 February 2014" in outside_view(asked("2024-02-29")).criteria
    assert ENOUGH == 20
