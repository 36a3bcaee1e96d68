"""What was typed to choose among votes, read: the query it stands for."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from simulator.errors import InputError, OptionError, nearest, shown
from simulator.faces.cli.typed import read_day, read_words
from simulator.facts import Choice, Matter, Outcome, Region, RollCall, Text, agenda_named, agendas_of, member_named
from simulator.facts.record_query import ANY, Query
from simulator.facts.record_row import sponsor_problem

_VOTES = "yes, no, abstain, absent, not yes, not no"


@dataclass(frozen=True, slots=True)
class Asked:
    """The options that choose, as typed."""

    members: list[str] | None = None
    voted: str | None = None
    agendas: list[str] | None = None
    regions: list[str] | None = None
    sponsors: list[str] | None = None
    first: str | None = None
    last: str | None = None
    outcomes: list[str] | None = None
    contested: bool = False
    texts: list[str] | None = None
    matters: list[str] | None = None

    def query(self, votes: Iterable[RollCall]) -> Query:
        """What they ask of these votes.

        Raises
        ------
        OptionError
            If a word or a day cannot be read.
        InputError
            If a member or an agenda item is unknown; the nearest are named.
        """
        first, last = _day(self.first, "--from", last=False), _day(self.last, "--to", last=True)
        if first and last and first > last:
            raise OptionError(f"--from {first} is after --to {last}")
        return Query(
            members=self._members(),
            agendas=_agendas(self.agendas, votes),
            regions=read_words(self.regions, Region, "--region"),
            sponsors=frozenset(_sponsor(code) for code in self.sponsors or ()),
            first=first,
            last=last,
            outcomes=read_words(self.outcomes, Outcome, "--outcome"),
            contested=self.contested,
            texts=read_words(self.texts, Text, "--text"),
            matters=read_words(self.matters, Matter, "--matter"),
        )

    def _members(self) -> dict[str, frozenset[Choice]]:
        """What each member did; for those named without a vote what --voted says, or anything."""
        rest = ANY if self.voted is None else read_choices(self.voted, "--voted")
        if self.voted is not None and not any("=" not in one for one in self.members or ()):
            raise OptionError("--voted says how a --member voted; name one without a vote of its own: --member CHN")
        found: dict[str, frozenset[Choice]] = {}
        for one in self.members or ():
            code, equals, vote = (part.strip() for part in one.partition("="))
            if member_named(code).id in found:
                raise OptionError(f"--member: {code} stands there twice; for several votes write them with commas")
            found[code] = read_choices(vote, f"--member {code}") if equals else rest
        return found


def read_choices(text: str, option: str) -> frozenset[Choice]:
    """One vote or several with commas: ``no``, ``not yes``, ``no,abstain``.

    Raises
    ------
    OptionError
        If one is none; the nearest is named.
    """
    kept: frozenset[Choice] = frozenset()
    words = [choice.value for choice in Choice]
    for part in text.split(","):
        word = " ".join(part.split())
        positive = word.removeprefix("not ")
        if positive not in words or (positive != word and positive not in ("yes", "no")):
            hint = nearest(word, [*words, "not yes", "not no"])
            raise OptionError(f"{option}: {shown(word)} is not one of {_VOTES}{f' – {hint}' if hint else ''}")
        kept |= {Choice(positive)} if positive == word else ANY - {Choice(positive)}
    return kept


def _day(text: str | None, option: str, *, last: bool) -> datetime.date | None:
    """A day; of a year its first or its last."""
    if text is None:
        return None
    found = read_day(text, option)
    if not isinstance(found, int):
        return found
    try:
        return datetime.date(found, 12, 31) if last else datetime.date(found, 1, 1)
    except ValueError:
        raise OptionError(f"{option}: {shown(text)} is no year") from None


def _agendas(typed: list[str] | None, votes: Iterable[RollCall]) -> frozenset[str]:
    known = agendas_of(votes) if typed else {}
    try:
        return frozenset(agenda_named(slug, known).slug for slug in typed or ())
    except InputError as error:
        raise OptionError(f"--agenda: {error}") from None


def _sponsor(code: str) -> str:
    problem = sponsor_problem(code)
    if problem:
        raise OptionError(f"--sponsor: {problem}")
    return code
