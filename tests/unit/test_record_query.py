"""Which votes a query finds, held against the table read with the csv module; and two members side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from simulator.facts import Choice, Matter, Outcome, Region, Text, agendas, roll_calls, vetoes
from simulator.facts.record_query import ANY, Listed, Query, crossed
from tests.unit.test_record import sat_on, table

NO, YES = frozenset({Choice.NO}), frozenset({Choice.YES})


def ids(query: Query) -> list[str]:
    return [vote.id for vote in query.found(roll_calls())]


def did(row: dict[str, str], member: str) -> str:
    marks = {code: mark for mark in ("no", "abstain", "absent") for code in row[mark].split()}
    return marks.get(member, "yes" if member in sat_on(row["date"]) else "not there")


# A query, and what it asks of a row of the table.
ASKED: list[tuple[Query, Callable[[dict[str, str]], bool]]] = [
    (Query(), bool),
    (Query(members={"CHN": NO}), lambda row: "CHN" in row["no"].split()),
    (Query(members={"IND": ANY}), lambda row: did(row, "IND") != "not there"),
    (Query(members={"IND": ANY - YES}), lambda row: did(row, "IND") in ("no", "abstain", "absent")),
    (Query(members={"CHN": NO, "USA": YES}), lambda row: (did(row, "CHN"), did(row, "USA")) == ("no", "yes")),
    (Query(agendas=frozenset({"dprk", "cuba"})), lambda row: row["agenda"] in ("dprk", "cuba")),
    (Query(regions=frozenset({Region.ASIA})), lambda row: row["region"] == "asia"),
    (Query(sponsors=frozenset({"USA", "FRA"})), lambda row: {"USA", "FRA"} <= set(row["sponsors"].split())),
    (Query(first=date(2022, 5, 26), last=date(2022, 12, 31)), lambda row: "2022-05-26" <= row["date"] <= "2022-12-31"),
    (Query(outcomes=frozenset({Outcome.FAILED})), lambda row: row["outcome"] == "failed"),
    (Query(contested=True), lambda row: bool(row["no"] + row["abstain"] + row["absent"])),
    (Query(texts=frozenset({Text.AMENDMENT})), lambda row: row["text"] == "amendment"),
    (Query(matters=frozenset({Matter.PROCEDURAL})), lambda row: row["matter"] == "procedural"),
    (
        Query(members={"RUS": NO}, regions=frozenset({Region.EUROPE}), outcomes=frozenset({Outcome.VETOED})),
        lambda row: "RUS" in row["no"].split() and (row["region"], row["outcome"]) == ("europe", "vetoed"),
    ),
]


@pytest.mark.parametrize("place", range(len(ASKED)))
def test_a_query_finds_what_the_table_has(place: int) -> None:
    query, holds = ASKED[place]
    expected = [row["id"] for row in table("roll_calls") if holds(row)]
    assert ids(query) == expected
    assert expected


def test_two_members_are_counted_as_the_table_has_them() -> None:
    rows = [row for row in table("roll_calls") if row["date"] >= "1994"]
    crossing = crossed(Query(first=date(1994, 1, 1)).found(roll_calls()), "CHN", "RUS")
    counts = Counter((did(row, "CHN"), did(row, "RUS"), row["outcome"]) for row in rows)
    assert {
        (one.value, other.value, outcome.value): n for (one, other, outcome), n in crossing.counts.items()
    } == counts
    assert crossing.count() == len(rows)
    assert crossing.count(Choice.NO) == sum("CHN" in row["no"].split() for row in rows)


def test_only_votes_with_both_on_the_council_are_crossed() -> None:
    both = [row for row in table("roll_calls") if {"IND", "PAK"} <= sat_on(row["date"])]
    assert crossed(roll_calls(), "IND", "PAK").count() == len(both) > 0
    assert crossed(roll_calls(), "DDR", "BRA").count() == sum(
        {"DDR", "BRA"} <= sat_on(row["date"]) for row in table("roll_calls")
    )


def test_vetoes_without_a_roll_call_are_found_as_far_as_they_are_known() -> None:
    regions = {slug: item.region for slug, item in agendas().items()}
    unknown = [veto for veto in vetoes() if not veto.in_roll_calls]

    def count(query: Query) -> int:
        return len(query.further(vetoes(), regions))

    assert count(Query()) == len(unknown) == 156
    assert count(Query(members={"RUS": NO})) == sum("RUS" in veto.vetoed_by for veto in unknown)
    assert count(Query(members={"RUS": YES})) == 0
    assert count(Query(agendas=frozenset({"lebanon"}))) == sum(veto.agenda == "lebanon" for veto in unknown) > 0
    assert count(Query(regions=frozenset({Region.MIDDLE_EAST}), last=date(1946, 12, 31))) == 1
    assert count(Query(outcomes=frozenset({Outcome.ADOPTED}))) == 0
    assert count(Query(sponsors=frozenset({"USA"}))) == 0


def test_what_is_listed_is_counted_whole_however_little_is_shown() -> None:
    found = Query(members={"CHN": ANY - YES}).found(roll_calls())
    listed = Listed(found, found[-3:], len(roll_calls()), (), ("CHN",))
    assert listed.counts["votes"] == len(found) == sum(listed.choices("CHN").values())
    assert listed.counts["votes"] == sum(listed.counts[outcome.value] for outcome in Outcome)
    assert listed.choices("CHN")["yes"] == 0
