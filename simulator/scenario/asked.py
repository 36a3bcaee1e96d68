"""A scenario from what is asked in a few words: an agenda item, who tables it, when, and what members said."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.errors import OptionError, Problem, ScenarioError, shown
from simulator.facts import RollCall
from simulator.scenario.changes import Learnable
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
    record: Sequence[RollCall] | None = None,
) -> Scenario:
    """A scenario with preferences from the record, checked like a file.

    Parameters
    ----------
    agenda : str
        A slug of ``unsc agendas``, or of `record`.
    sponsors : str or sequence of str, optional
        One or several; none: those of the last text on the item are taken.
    date : datetime.date or str, optional
        Of the vote; by default today.
    text : str
        ``"draft"``, ``"amendment"`` or ``"paragraph"``.
    stance, given, do : mapping from member code
        What is said, learnt, and made so.
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
    named = [sponsors] if isinstance(sponsors, str) else list(sponsors or ())
    draft = {"date": day, "agenda": agenda, "sponsors": named, "text": text}
    data: dict[str, Any] = {
        "schema": 1,
        "title": f"{agenda}, {day}",
        "draft": {key: plain_value(key, value) for key, value in draft.items()},
        "preferences": {"model": "history"},
        "members": {member: {"stance": word} for member, word in plain_table("stance", stance).items()},
        "given": plain_table("given", given),
        "do": plain_table("do", do),
    }
    try:
        return from_data(data, SOURCE, agendas_in(record))
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
    first, _, rest = problem.key.partition(".")
    name = (_TABLES.get(first, first) or rest).partition(".")[0]
    hint = "" if "[preferences]" in problem.hint else problem.hint
    message, hint = (re.sub(r"\bdraft\.(?=sponsors)", "", words) for words in (problem.message, hint))
    return Problem(name, message, hint)
