"""``unsc record list``: the votes that fit, or what two members did in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simulator.errors import OptionError
from simulator.faces.cli.printed import one_form, print_csv, print_json
from simulator.faces.cli.record.asked import Asked
from simulator.faces.cli.record_option import record_of
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.roll_calls import crossing, roll_calls_table
from simulator.faces.cli.typed import read_whole
from simulator.facts import COLUMNS, Choice, Outcome, RollCall, Vetoed, agendas_of, cells_of, member_named, vetoes
from simulator.facts.record_query import Crossing, Listed, crossed

_LIMIT = 20


@dataclass(frozen=True, slots=True)
class How:
    """In which form the answer is wanted, as typed."""

    split: tuple[str, str] | None = None
    limit: str | None = None
    everything: bool = False
    as_json: bool = False
    as_csv: bool = False

    def shown(self) -> int | None:
        """How many votes to show; None for all, which is also what JSON and CSV give unless --limit says otherwise."""
        if self.everything and self.limit is not None:
            raise OptionError("--limit and --all: choose one")
        if self.everything or (self.limit is None and (self.as_json or self.as_csv)):
            return None
        number = _LIMIT if self.limit is None else read_whole(self.limit, "--limit", "50")
        if number < 1:
            raise OptionError(f"--limit: {number} is less than 1; --all shows all")
        return number


def list_votes(asked: Asked, how: How, record: Sequence[str] | None) -> None:
    """A table with counts, a crossing of two members, JSON, or CSV that --record reads again."""
    one_form(as_json=how.as_json, as_csv=how.as_csv)
    limit, pair = how.shown(), _pair(how)
    votes = record_of(record)
    query = asked.query(votes)
    found = query.found(votes)
    if pair:
        _print_crossing(crossed(found, *pair), how)
        return
    regions = {slug: item.region for slug, item in agendas_of(votes).items()}
    further = query.further(vetoes(), regions)
    if limit and how.as_json:  # the table tells how many there are
        further = further[-limit:]
    listed = Listed(found, found[-limit:] if limit else found, len(votes), further, tuple(query.members))
    if how.as_json:
        print_json(_as_json(listed))
    elif how.as_csv:
        print_csv(COLUMNS, [cells_of(vote) for vote in listed.shown])
    else:
        show(*roll_calls_table(listed))


def _pair(how: How) -> tuple[str, str] | None:
    """The two members to cross, checked."""
    if how.split is None:
        return None
    one, other = (member_named(code).id for code in how.split)
    if one == other:
        raise OptionError(f"--split: {one} stands there twice; name two members")
    if how.limit is not None or how.everything:
        raise OptionError("--split counts all votes that fit: --limit and --all are for the list")
    return one, other


def _print_crossing(crossing_: Crossing, how: How) -> None:
    if how.as_json:
        print_json({"split": [crossing_.one, crossing_.other], "votes": crossing_.count(), "cells": _cells(crossing_)})
    elif how.as_csv:
        columns = (crossing_.one, crossing_.other, "votes", *(outcome.value for outcome in Outcome))
        print_csv(columns, _cells(crossing_))
    else:
        show(*crossing(crossing_))


def _cells(crossing_: Crossing) -> list[dict[str, Any]]:
    """A row for every pair of choices that was ever made."""
    return [
        {
            crossing_.one: one.value,
            crossing_.other: other.value,
            "votes": crossing_.count(one, other),
            **{outcome.value: crossing_.count(one, other, outcome) for outcome in Outcome},
        }
        for one in Choice
        for other in Choice
        if crossing_.count(one, other)
    ]


def _as_json(listed: Listed) -> dict[str, Any]:
    return {
        "of": listed.of,
        "counts": listed.counts,
        "members": {member: listed.choices(member) for member in listed.members},
        "votes": [vote_as_json(vote) for vote in listed.shown],
        "further_vetoes": [veto_as_json(veto) for veto in listed.further],
    }


def vote_as_json(vote: RollCall) -> dict[str, Any]:
    """A roll call under the names of the record's columns, lists as lists."""
    return {
        "id": vote.id,
        "date": vote.date.isoformat(),
        "date_exact": vote.date_exact,
        "draft": vote.draft or None,
        "text": vote.text.value,
        "matter": vote.matter.value,
        "agenda": vote.agenda,
        "region": vote.region.value if vote.region else None,
        "sponsors": list(vote.sponsors),
        "choices": {member: choice.value for member, choice in vote.by_member.items()},
        "tally": {choice.value: vote.count(choice) for choice in Choice},
        "outcome": vote.outcome.value,
        "recorded": vote.recording.value,
        "source": vote.source,
    }


def veto_as_json(veto: Vetoed) -> dict[str, Any]:
    """A vetoed text of which only the vetoing members are known."""
    return {
        "draft": veto.draft,
        "date": veto.date.isoformat(),
        "agenda": veto.agenda,
        "vetoed_by": list(veto.vetoed_by),
    }
