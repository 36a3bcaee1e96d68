"""The record: its files say what they say of themselves, and the loaders say what the files do.

The oracle here reads the tables with the csv module alone: who sat by the dates of terms.csv, who voted how by the
marks, the counts by adding up.
"""

from __future__ import annotations

import csv
import re
import time
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from simulator.errors import CouncilError
from simulator.facts import (
    Choice,
    Council,
    Matter,
    Outcome,
    Recording,
    Region,
    RollCall,
    Text,
    agendas,
    cells_of,
    council_on,
    members,
    roll_calls,
    vetoes,
)
from simulator.facts import record as module
from simulator.model import record_counts, stance_numbers
from simulator.scenario import Stance
from simulator.shipped import shipped

P5 = ("CHN", "FRA", "GBR", "RUS", "USA")
MARKS = ("no", "abstain", "absent")


@cache
def table(name: str) -> list[dict[str, str]]:
    with shipped("facts", "data", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def sat_on(day: str) -> frozenset[str]:
    return frozenset(row["iso3"] for row in table("terms") if row["start"] <= day <= row["end"])


def by_id() -> dict[str, RollCall]:
    return {vote.id: vote for vote in roll_calls()}


def test_every_row_is_loaded_and_every_id_is_there_once() -> None:
    ids = [vote.id for vote in roll_calls()]
    assert ids == [row["id"] for row in table("roll_calls")]
    assert len(set(ids)) == len(ids) == 2904


def test_every_member_marked_sat_that_day_and_has_one_mark() -> None:
    for row in table("roll_calls"):
        marked = [member for mark in MARKS for member in row[mark].split()]
        assert set(marked) <= sat_on(row["date"]), row["id"]
        assert len(set(marked)) == len(marked), row["id"]


def test_every_count_column_agrees_with_the_marks() -> None:
    """By arithmetic on the table: who sat less who is marked voted yes; the four counts are the council."""
    for row in table("roll_calls"):
        counts = {mark: len(row[mark].split()) for mark in MARKS}
        counts["yes"] = len(sat_on(row["date"])) - sum(counts.values())
        assert counts == {word: int(row[f"{word}_count"]) for word in counts}, row["id"]
        assert sum(counts.values()) == (11 if row["date"] < "1966" else 15), row["id"]


def test_loaded_choices_are_the_marks() -> None:
    """Every member of every vote: some 42,000 choices."""
    for vote, row in zip(roll_calls(), table("roll_calls"), strict=True):
        marks = {member: mark for mark in MARKS for member in row[mark].split()}
        assert {member: choice.value for member, choice in vote.by_member.items()} == {
            member: marks.get(member, "yes") for member in sat_on(row["date"])
        }, vote.id
        assert all(vote.count(choice) == int(row[f"{choice.value}_count"]) for choice in Choice), vote.id


def test_choices_stand_in_council_order() -> None:
    vote = by_id()["S/RES/2623"]
    assert [vote.choices[place] for place, member in enumerate(vote.council.ids) if member in ("RUS", "CHN")] == [
        Choice.ABSTAIN,
        Choice.NO,
    ]
    assert vote.members(Choice.ABSTAIN) == ("CHN", "ARE", "IND")
    assert vote.choice("RUS") is Choice.NO
    with pytest.raises(CouncilError, match="DEU is not on the council of 2022-02-27"):
        vote.choice("DEU")


def test_the_other_columns_are_loaded_as_they_stand() -> None:
    """All of them, marks and counts too, so that a row written is a row read."""
    for vote, row in zip(roll_calls(), table("roll_calls"), strict=True):
        assert cells_of(vote) == row, vote.id


def test_each_resolution_is_there_once_and_all_were_adopted() -> None:
    """1 to 2767 without a gap, in the order of their days; no other text was adopted."""
    adopted = [vote for vote in roll_calls() if vote.id.startswith("S/RES/")]
    numbers = {int(vote.id.removeprefix("S/RES/")): vote.date for vote in adopted}
    assert sorted(numbers) == [*range(1, 2768)]
    assert [numbers[n] for n in sorted(numbers)] == sorted(numbers.values())
    assert all(vote.outcome is Outcome.ADOPTED for vote in adopted)
    assert Counter(vote.outcome for vote in roll_calls())[Outcome.ADOPTED] == len(adopted)


def test_votes_stand_by_date_from_1946_to_2024() -> None:
    days = [vote.date for vote in roll_calls()]
    assert days == sorted(days)
    assert (days[0], days[-1]) == (date(1946, 1, 25), date(2024, 12, 27))


def test_sponsors_are_states_or_one_of_two_words() -> None:
    for vote in roll_calls():
        assert all(re.fullmatch(r"[A-Z]{3}", word) or word in (module.PRESIDENT, module.E10) for word in vote.sponsors)


def test_an_adoption_without_a_vote_has_no_mark() -> None:
    for vote in roll_calls():
        if vote.recording is Recording.WITHOUT_VOTE:
            assert set(vote.choices) == {Choice.YES}, vote.id


# Votes as they are known from elsewhere: yes (where told), no, abstaining, absent.
KNOWN = [
    ("S/RES/82", "CHN FRA GBR USA CUB ECU EGY IND NOR", "", "YUG", "RUS"),
    ("S/RES/678", "", "CUB YEM", "CHN", ""),
    ("S/RES/955", "", "RWA", "CHN", ""),
    ("S/RES/1929", "", "BRA TUR", "LBN", ""),
    ("S/RES/1973", "", "", "CHN RUS BRA DEU IND", ""),
    ("S/RES/2334", "", "", "USA", ""),
    ("S/RES/2728", "", "", "USA", ""),
    ("S/2022/431", "", "CHN RUS", "", ""),
    ("S/2024/255", "", "RUS", "CHN", ""),
    ("S/1999/328", "CHN RUS NAM", "FRA GBR USA ARG BHR BRA CAN GAB GMB MYS NLD SVN", "", ""),
]


@pytest.mark.parametrize(("symbol", "yes", "no", "abstain", "absent"), KNOWN, ids=[row[0] for row in KNOWN])
def test_known_votes_are_as_known(symbol: str, yes: str, no: str, abstain: str, absent: str) -> None:
    vote = by_id()[symbol]
    assert vote.members(Choice.NO) == tuple(no.split())
    assert vote.members(Choice.ABSTAIN) == tuple(abstain.split())
    assert vote.members(Choice.ABSENT) == tuple(absent.split())
    if yes:
        assert vote.members(Choice.YES) == tuple(yes.split())


# Texts whose draft was vetoed and that were not vetoed themselves.
NOT_VETOED = {"S/2020/667-amendment": "amendment to the vetoed draft, voted before it; it had two votes"}


def test_vetoed_texts_that_are_roll_calls_were_vetoed_by_those_members() -> None:
    """By symbol and, where an amendment or paragraph goes by its draft's symbol, with the exceptions named above."""
    votes = by_id()
    for veto in vetoes():
        assert veto.in_roll_calls == (veto.draft in votes), veto.draft
        if veto.in_roll_calls:
            vote = votes[veto.draft]
            against = tuple(member for member in vote.members(Choice.NO) if member in P5)
            assert (vote.outcome, against) == (Outcome.VETOED, veto.vetoed_by), veto.draft
            assert (vote.date, vote.agenda) == (veto.date, veto.agenda), veto.draft
    symbols = {veto.draft for veto in vetoes()}
    others = {vote.id for vote in roll_calls() if vote.draft in symbols and vote.outcome is not Outcome.VETOED}
    assert others == set(NOT_VETOED)


def test_every_vetoed_roll_call_is_among_the_vetoes() -> None:
    vetoed = {vote.id for vote in roll_calls() if vote.outcome is Outcome.VETOED}
    assert vetoed == {veto.draft for veto in vetoes() if veto.in_roll_calls}
    assert (len(vetoes()), len(vetoed)) == (229, 73)


def test_every_row_of_the_vetoes_is_loaded() -> None:
    rows = [(veto.date.isoformat(), veto.draft, " ".join(veto.vetoed_by), veto.agenda) for veto in vetoes()]
    assert rows == [(row["date"], row["draft"], row["vetoed_by"], row["agenda"]) for row in table("vetoes")]
    assert len({row[1] for row in rows}) == len(rows)
    assert all(set(veto.vetoed_by) <= set(P5) and veto.vetoed_by for veto in vetoes())


def test_agenda_items_have_one_region_and_the_counts_of_the_tables() -> None:
    rows = table("roll_calls")
    assert {slug: item.region.value if item.region else "" for slug, item in agendas().items()} == {
        row["agenda"]: row["region"] for row in rows
    }
    assert len({(row["agenda"], row["region"]) for row in rows}) == len(agendas()) == 79
    assert {row["agenda"] for row in table("vetoes")} <= set(agendas())
    for slug, item in agendas().items():
        mine = [row for row in rows if row["agenda"] == slug]
        others = [row for row in table("vetoes") if row["agenda"] == slug and row["in_roll_calls"] == "no"]
        outcomes = Counter(row["outcome"] for row in mine)
        assert (item.adopted, item.vetoed, item.failed) == tuple(outcomes[w] for w in ("adopted", "vetoed", "failed"))
        assert (item.roll_calls, item.other_vetoes) == (len(mine), len(others))
        days = [row["date"] for row in mine + others]
        assert (item.first.isoformat(), item.last.isoformat()) == (min(days), max(days))
    assert [slug for slug, item in agendas().items() if item.region is None] == ["other"]
    assert {item.region for item in agendas().values()} == {*Region, None}


def withheld_until(day: str) -> dict[str, tuple[int, int]]:
    """Substantive votes from 1994 to the day before: no, and no or abstained, by the names of the shipped counts."""
    late = [row for row in table("roll_calls") if "1994" <= row["date"] < day and row["matter"] == "substantive"]
    found = {}
    for name, permanent in (("permanent_no_when_withheld", True), ("elected_no_when_withheld", False)):
        counts = [sum((m in P5) is permanent for row in late for m in row[mark].split()) for mark in ("no", "abstain")]
        found[name] = (counts[0], sum(counts))
    for name, russia in (("china_no_if_russia_no", True), ("china_no_otherwise", False)):
        beside = [row for row in late if ("RUS" in row["no"].split()) is russia]
        counts = [sum("CHN" in row[mark].split() for row in beside) for mark in ("no", "abstain")]
        found[name] = (counts[0], sum(counts))
    return found


def test_counts_that_stances_rest_on_are_those_of_the_record() -> None:
    """Substantive votes 1994-2024: how members withhold, and China beside Russia, counted from the marks."""
    assert withheld_until("2025") == {name: (count.hits, count.of) for name, count in record_counts().items()}


@pytest.mark.parametrize(
    ("day", "permanent", "if_no", "otherwise"),
    [("2011-10-04", (27, 135), (2, 4), (2, 40)), ("2022-05-26", (107, 344), (14, 29), (2, 74))],
)
def test_counts_that_were_known_before_a_vote_are_those_of_the_page(
    day: str, permanent: tuple[int, int], if_no: tuple[int, int], otherwise: tuple[int, int]
) -> None:
    found = withheld_until(day)
    names = ("permanent_no_when_withheld", "china_no_if_russia_no", "china_no_otherwise")
    assert tuple(found[name] for name in names) == (permanent, if_no, otherwise)
    page = (Path(__file__).parents[2] / "docs" / "reference" / "stances.md").read_text(encoding="utf-8")
    assert " | ".join(f"{no} of {of}" for no, of in (permanent, if_no, otherwise)) in page


def test_counts_of_sponsors_are_those_of_the_record() -> None:
    """Substantive votes 1994-2024: sponsors on the Council, named one by one, and of them those that voted yes."""
    late = [vote for vote in roll_calls() if vote.date.year >= 1994 and vote.matter is Matter.SUBSTANTIVE]
    for permanent in (True, False):
        votes = [
            vote.choice(seat.id)
            for vote in late
            for seat in vote.council.seats
            if seat.permanent is permanent and seat.id in vote.sponsors
        ]
        basis = stance_numbers()[Stance.SPONSOR, permanent].yes_basis
        assert basis.startswith(f"{votes.count(Choice.YES):,} of {len(votes):,} on record")


def test_the_whole_record_is_loaded_in_a_moment_and_only_once() -> None:
    """Promised below 0.1 s on an idle machine (0.05 measured); here the best of three has twice that."""
    assert roll_calls() is roll_calls()
    times = []
    for _ in range(3):
        council_on.cache_clear()
        module._places.cache_clear()
        started = time.perf_counter()
        module.roll_calls.__wrapped__()
        times.append(time.perf_counter() - started)
    assert min(times) < 0.2


def test_what_is_loaded_cannot_be_changed() -> None:
    vote = roll_calls()[0]
    with pytest.raises(AttributeError):
        vote.id = "S/RES/0"  # type: ignore[misc]
    assert not hasattr(vote, "__dict__")
    assert isinstance(vote.council, Council)
    assert isinstance(vote.text, Text)
    assert isinstance(vote.matter, Matter)
    assert set(vote.council.permanent) <= set(members())
