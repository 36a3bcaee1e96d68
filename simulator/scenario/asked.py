"""A scenario from what is asked in a few words: an agenda item, who tables it, when, and what members said."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.errors import OptionError, Problem, ScenarioError, shown
from simulator.facts import RollCall, checked_record
from simulator.scenario.changes import Learnable, changed
from simulator.scenario.parse import agendas_in, from_data
from simulator.scenario.plain import plain_table, plain_value
from simulator.scenario.types import Scenario

SOURCE = "forecast"
"""What messages call a scenario that no file holds."""


def asked(
    agenda: str,
    sponsors: str | Sequence[str] | None = None,
    date: datetime.date | str | None = None,
    *,
    text: str = "draft",
    stance: Mapping[str, str] | None = None,
    given: Mapping[str, Learnable] | None = None,
    do: Mapping[str, str] | None = None,
    council_date: datetime.date | int | None = None,
    record: Sequence[RollCall] | None = None,
) -> Scenario:
    """A scenario with preferences from the record, checked like a file.

    Parameters
    ----------
    agenda : str
        A slug of ``unsc agendas``, or of `record`.
    sponsors : str or sequence of str, optional
        One or several, also as text with commas; none: those of the last text like it on the item are taken.
    date : datetime.date or str, optional
        Of the vote; by default today.
    text : str
        ``"draft"``, ``"amendment"`` or ``"paragraph"``.
    stance, given, do : mapping from member code
        What is said, learnt, and made so.
    council_date : datetime.date or int, optional
        Another day's council and law, or a year's.
    record : sequence of RollCall, optional
        With newer rows: its agenda items may be named too.

    Raises
    ------
    ScenarioError
        With every problem, by the names of these parameters.
    OptionError
        If something is not of the type it should be.

    Examples
    --------
    >>> asked("dprk", "USA", "2022-05-26", stance={"CHN": "opposes"}).title
    'dprk, 2022-05-26'
    """
    day = _day(date)
    named = sponsors.replace(",", " ").split() if isinstance(sponsors, str) else list(sponsors or ())
    record = None if record is None else checked_record(record)
    draft = {"date": day, "agenda": agenda, "sponsors": named, "text": text}
    data: dict[str, Any] = {
        "schema": 1,
        "title": f"{agenda}, {day}",
        "draft": {key: plain_value(key, value) for key, value in draft.items()},
        "preferences": {"model": "history"},
    }
    heard: dict[str, Any] = {
        "members": {member: {"stance": word} for member, word in plain_table("stance", stance).items()},
        "given": plain_table("given", given),
        "do": plain_table("do", do),
    }
    try:
        if council_date is None:
            return from_data(data | heard, SOURCE, agendas_in(record))
        bare = from_data(data, SOURCE, agendas_in(record))
        return changed(bare, stance=stance, given=given, do=do, council_date=council_date)
    except ScenarioError as error:
        raise ScenarioError(SOURCE, [_as_asked(problem) for problem in error.problems]) from None


def _day(date: object) -> datetime.date:
    if date is None:
        return datetime.date.today()
    if isinstance(date, datetime.date) and not isinstance(date, datetime.datetime):
        return date
    try:
        assert isinstance(date, str)
        return datetime.date.fromisoformat(date)
    except (AssertionError, ValueError):
        raise OptionError(f"date is a datetime.date or text such as '2022-05-26', not {shown(date)}") from None


_TABLES = {"members": "stance", "draft": "", "council": ""}
"""Where the parts of a question stand in a file."""


def _as_asked(problem: Problem) -> Problem:
    """A problem by the name of what was asked for, not of a key of a file that nobody wrote."""
    if problem.key == "council.date":
        return Problem("council_date", problem.message, problem.hint)
    first, _, rest = problem.key.partition(".")
    name = (_TABLES.get(first, first) or rest).partition(".")[0]
    hint = "" if "[preferences]" in problem.hint else problem.hint
    message, hint = (re.sub(r"\bdraft\.(?=sponsors)", "", words) for words in (problem.message, hint))
    return Problem(name, message, hint)
