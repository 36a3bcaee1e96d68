"""The record replayed: every vote decided again by the law of its day, and the recorded outcome comes out.

Beside the rules stands an oracle that does not use them: plain arithmetic on the marks of the table. Article 27 asks
for seven affirmative votes before 1966 and nine since; on matters that are not procedural a permanent member's no
defeats what has them.
"""

from __future__ import annotations

from collections import Counter

import pytest

from simulator.facts import Choice, Matter, Outcome, Text, roll_calls
from simulator.rules import against, decided
from tests.unit.test_record import NOT_VETOED, P5, by_id, table

# Recorded outcomes that the rule of the day does not give, each with its reason. None is needed.
EXCEPTIONS: dict[str, str] = {}


def reckoned(row: dict[str, str]) -> str:
    """What the marks alone make of it."""
    size, needed = (11, 7) if row["date"] < "1966-01-01" else (15, 9)
    yes = size - sum(len(row[mark].split()) for mark in ("no", "abstain", "absent"))
    if yes < needed:
        return "failed"
    return "vetoed" if row["matter"] == "substantive" and set(row["no"].split()) & set(P5) else "adopted"


def test_every_recorded_vote_decided_again_has_the_recorded_outcome() -> None:
    wrong = {vote.id for vote in roll_calls() if decided(vote) is not vote.outcome}
    assert wrong == set(EXCEPTIONS)


def test_the_marks_alone_give_every_recorded_outcome() -> None:
    assert {row["id"] for row in table("roll_calls") if reckoned(row) != row["outcome"]} == set(EXCEPTIONS)


def test_the_replay_would_notice_another_law() -> None:
    """The twin: under wrong laws the record does not come out, so that it does above proves something."""
    votes = roll_calls()
    assert sum(decided(vote, "no-veto") is not vote.outcome for vote in votes) == 73  # every veto on record
    assert sum(decided(vote, "substantive") is not vote.outcome for vote in votes) == 10  # PROCEDURAL below
    before = [vote for vote in votes if vote.date.year < 1966 and vote.outcome is Outcome.ADOPTED]
    assert sum(vote.count(Choice.YES) < 9 for vote in before) > 20


# Adopted over a permanent member's no, so procedural by the Council's own treatment: its tally, who was against.
PROCEDURAL = [
    ("S/RES/34", (9, 2, 0, 0), "RUS"),
    ("S/RES/87", (7, 3, 1, 0), "CHN USA"),
    ("S/RES/88", (8, 2, 1, 0), "CHN"),
    ("S/RES/110", (9, 1, 1, 0), "RUS"),
    ("S/RES/119", (7, 2, 2, 0), "FRA GBR"),
    ("S/RES/120", (10, 1, 0, 0), "RUS"),
    ("S/RES/132", (10, 1, 0, 0), "RUS"),
    ("S/RES/157", (8, 2, 1, 0), "RUS"),
    ("S/RES/462", (12, 2, 1, 0), "RUS"),
    ("S/RES/2623", (11, 1, 3, 0), "RUS"),
]


@pytest.mark.parametrize(("symbol", "tally", "against"), PROCEDURAL, ids=[row[0] for row in PROCEDURAL])
def test_a_procedural_text_was_adopted_over_a_permanent_no(
    symbol: str, tally: tuple[int, int, int, int], against: str
) -> None:
    """Article 27(2) adopts it; Article 27(3) would have had it vetoed."""
    vote = by_id()[symbol]
    assert tuple(vote.count(choice) for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.ABSENT)) == tally
    assert " ".join(member for member in vote.members(Choice.NO) if member in P5) == against
    assert vote.matter is Matter.PROCEDURAL
    assert decided(vote) is Outcome.ADOPTED is vote.outcome
    assert decided(vote, "substantive") is Outcome.VETOED


def test_these_are_all_the_adoptions_over_a_permanent_no() -> None:
    over = [
        row["id"] for row in table("roll_calls") if row["outcome"] == "adopted" and set(row["no"].split()) & set(P5)
    ]
    assert over == [symbol for symbol, _, _ in PROCEDURAL]


# Every amendment put to the vote, 1994-2024: votes in favour, permanent members against, outcome.
AMENDMENTS = [
    ("S/2016/239", 5, "FRA GBR USA", "failed"),
    ("S/2020/24-amendment", 3, "FRA GBR USA", "failed"),
    ("S/2020/667-amendment", 2, "FRA GBR USA", "failed"),
    ("S/2020/684-amendment", 5, "FRA GBR USA", "failed"),
    ("S/2023/775", 6, "USA", "failed"),
    ("S/2023/776", 7, "USA", "failed"),
    ("S/2023/876-amendment", 5, "USA", "failed"),
    ("S/2023/1029-amendment", 10, "USA", "vetoed"),
    ("S/2024/37-amendment-1", 4, "GBR USA", "failed"),
    ("S/2024/37-amendment-2", 4, "GBR USA", "failed"),
    ("S/2024/37-amendment-3", 5, "GBR USA", "failed"),
    ("S/2024/254-amendment", 3, "USA", "failed"),
    ("S/2024/323", 7, "FRA GBR USA", "failed"),
    ("S/2024/797", 6, "", "failed"),
    ("S/2024/798", 5, "", "failed"),
]


@pytest.mark.parametrize(("symbol", "yes", "against", "outcome"), AMENDMENTS, ids=[row[0] for row in AMENDMENTS])
def test_an_amendment_is_decided_as_a_draft_is(symbol: str, yes: int, against: str, outcome: str) -> None:
    """Amendments are substantive: nine votes, and the veto (S/2023/1029-amendment had ten and was vetoed)."""
    vote = by_id()[symbol]
    assert (vote.text, vote.count(Choice.YES)) == (Text.AMENDMENT, yes)
    assert " ".join(member for member in vote.members(Choice.NO) if member in P5) == against
    assert decided(vote).value == outcome == vote.outcome.value


def test_these_are_all_amendments_put_to_the_vote_since_1994() -> None:
    found = [vote.id for vote in roll_calls() if vote.text is Text.AMENDMENT and vote.date.year >= 1994]
    assert found == [symbol for symbol, *_ in AMENDMENTS]


def test_hidden_vetoes_are_failures() -> None:
    """Too few votes and a permanent member against: S/2014/916 (8-2-5) and S/1999/328 (3-12-0) failed."""
    votes = by_id()
    assert {(symbol, decided(votes[symbol])) for symbol in ("S/2014/916", "S/1999/328")} == {
        ("S/2014/916", Outcome.FAILED),
        ("S/1999/328", Outcome.FAILED),
    }
    assert votes["S/2014/916"].count(Choice.YES) == 8
    assert Counter(decided(vote) for vote in roll_calls() if vote.text is Text.PARAGRAPH) == {Outcome.FAILED: 5}


# Texts that lists apart from the outcome column would call otherwise than the rule does, each with its reason.
KNOWN_OTHERWISE: dict[str, str] = {}


def test_what_the_rule_makes_of_every_vote_is_what_is_known_without_the_outcome_column() -> None:
    """Ids S/RES/… were adopted, texts of vetoes.csv were vetoed by these members, and all others had too few votes."""
    vetoed = {row["draft"]: row["vetoed_by"] for row in table("vetoes") if row["in_roll_calls"] == "yes"}
    wrong = set()
    for vote in roll_calls():
        known = Outcome.ADOPTED if vote.id.startswith("S/RES/") else Outcome.FAILED
        known = Outcome.VETOED if vote.id in vetoed else known
        if decided(vote) is not known or (vote.id in vetoed and " ".join(against(vote)) != vetoed[vote.id]):
            wrong.add(vote.id)
    assert wrong == set(KNOWN_OTHERWISE)


def test_an_amendment_under_the_symbol_of_a_vetoed_draft_is_told_from_it() -> None:
    """By symbol alone these would be vetoed; the one that was not is named, with the reason, in test_record.py."""
    symbols = {row["draft"] for row in table("vetoes")}
    by_symbol = {vote.id for vote in roll_calls() if vote.draft in symbols and decided(vote) is not Outcome.VETOED}
    assert by_symbol == set(NOT_VETOED)
