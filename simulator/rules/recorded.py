"""What the law of the day makes of a roll call on record, and a record that grows by rows of one's own."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence

from simulator.errors import InputError
from simulator.facts import Choice, Outcome, RecordFile, RollCall, read_roll_calls, roll_calls
from simulator.rules.registry import rule_named
from simulator.rules.rule import Case, Majority


def majority_of(vote: RollCall, rule: str = "charter") -> Majority:
    """What a roll call's text needed, on its day, before its council."""
    return rule_named(rule).applies(Case.of(vote.council, vote.matter))


def decided(vote: RollCall, rule: str = "charter") -> Outcome:
    """What a rule makes of a roll call: by default the Charter, as it stood on that day.

    Examples
    --------
    >>> vote = next(vote for vote in roll_calls() if vote.id == "S/2022/431")
    >>> decided(vote).value, decided(vote, "no-veto").value
    ('vetoed', 'adopted')
    """
    return majority_of(vote, rule).outcome(vote.count(Choice.YES), len(against(vote)))


def against(vote: RollCall) -> tuple[str, ...]:
    """The permanent members that voted no, in seat order, whether or not that was a veto."""
    return tuple(member for member in vote.council.vetoers if vote.choice(member) is Choice.NO)


def read_record(path: str | os.PathLike[str]) -> RecordFile:
    """The roll calls of a file in the columns of ``roll_calls.csv``, verified.

    A row is refused, with line and reason, whose words, codes or marks are wrong, whose tally does not add up, whose id
    is taken, or whose outcome the rule of its day contradicts; the others are as if shipped.

    Parameters
    ----------
    path : str or path
        A CSV file in UTF-8; `simulator/facts/data/SOURCES.md` describes the columns.

    Raises
    ------
    InputError
        If it cannot be read, or lacks a column.
    """
    return read_roll_calls(path, contradiction)


def contradiction(vote: RollCall) -> str:
    """How the outcome on record differs from what the rule of the day makes of the marks; empty when it does not."""
    by_rule = decided(vote)
    if by_rule is vote.outcome:
        return ""
    noes = f" and {' '.join(against(vote))} against" if against(vote) else ""
    advice = ""
    if (by_rule, vote.outcome) == (Outcome.VETOED, Outcome.ADOPTED):
        advice = "; if the Council held it to be procedural, matter is procedural"
    return (
        f"outcome is {vote.outcome.value}, but {vote.count(Choice.YES)} yes{noes} make it {by_rule.value} "
        f"({majority_of(vote).basis}){advice}"
    )


def record_with(extra: Sequence[RollCall]) -> tuple[RollCall, ...]:
    """The shipped record and further roll calls, by date and id.

    Parameters
    ----------
    extra : sequence of RollCall
        As :func:`read_record` finds them; none gives the shipped record itself.

    Raises
    ------
    InputError
        If one has the id of a shipped row, or two have the same: no row replaces another.

    Examples
    --------
    >>> record_with(()) is roll_calls()
    True
    """
    if not extra:
        return roll_calls()
    merged = sorted((*roll_calls(), *extra), key=lambda vote: (vote.date, vote.id))
    twice = [name for name, count in Counter(vote.id for vote in merged).items() if count > 1]
    if twice:
        raise InputError(f"{', '.join(twice[:5])} would be on record twice: no row replaces another")
    return tuple(merged)
