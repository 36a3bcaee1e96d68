"""What a scenario needs, and what it must leave out, where preferences come from the record."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.errors import Problem, shown
from simulator.facts import Choice, Council, agenda_hint, agendas
from simulator.scenario.reformed import reform_of
from simulator.scenario.types import Scenario

FIRST_YEAR = 2000
"""Of the first estimates: before, too few drafts that failed are on record to learn from."""

PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")

_OTHER = 'or write model = "stated" under [preferences]'


def before_estimates(scenario: Scenario) -> Iterator[Problem]:
    """That a draft with preferences from the record is of a day before the first estimates, whatever its council."""
    date = scenario.draft.date
    if scenario.preferences.model == "history" and date.year < FIRST_YEAR:
        yield Problem(
            "draft.date",
            f"{date.isoformat()} is before the first estimates: the history model can forecast drafts from "
            f"{FIRST_YEAR}-01-01 on",
            _OTHER[3:],
        )


def history_problems(scenario: Scenario, council: Council) -> Iterator[Problem]:
    """Every problem of a scenario with preferences fitted to the record."""
    if scenario.preferences.model != "history":
        return
    draft, reads = scenario.draft, 'with preferences.model = "history"'
    yield from before_estimates(scenario)
    if draft.agenda is None:
        yield Problem("draft.agenda", f"is required {reads}", 'such as agenda = "syria"; all: unsc agendas')
    elif draft.agenda not in (known := agendas().keys() | scenario.further_agendas):
        yield Problem(
            "draft.agenda", f"there is no agenda item {shown(draft.agenda)}", agenda_hint(draft.agenda, known)
        )
    if draft.sponsors is None:
        hint = 'such as sponsors = ["USA"]; [] takes those of the last text like it on the item'
        yield Problem("draft.sponsors", f"are required {reads}", hint)
    elif "PRESIDENT" in draft.sponsors and len(draft.sponsors) > 1:
        hint = "a presidential text is all members': alone"
        yield Problem("draft.sponsors", f"names PRESIDENT beside others, which cannot be {reads}", hint)
    own = {member for member, entry in scenario.members.items() if entry.odds is not None}
    for member, choices in scenario.given.items():
        if member not in own and set(choices) == {Choice.ABSENT}:
            hint = "write abstain, or give it odds of its own under [members]"
            yield Problem(
                f"given.{member}", f"{member} cannot be absent alone {reads}: an absence counts as an abstention", hint
            )
    for table, what in (
        (scenario.blocs, "blocs"),
        (scenario.company, "company"),
        (scenario.sequence, "sequence"),
    ):
        if table:
            yield Problem(what, f"is not read {reads}: the record tells what members share", f"leave it out, {_OTHER}")
    seats = scenario.council.seats
    if (seats and reform_of(seats) is None) or council.permanent[: len(PERMANENT)] != PERMANENT:
        yield Problem(
            "council",
            f"must be one that sat, or with a proposal's new seats {reads}: the record knows the votes of no other",
            f'write council.seats = "g4" or another proposal\'s word, {_OTHER}',
        )
