"""One scenario under every rule and before every enlarged council: the questions that makes, and those it cannot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from simulator.analysis.reforms.needs import needs_of, why_not
from simulator.errors import InputError, OptionError, nearest, reason, shown
from simulator.facts import REFORMS, Council, Reform, council_on
from simulator.rules import RULES, Rule
from simulator.scenario import Scenario, changed
from simulator.scenario.reformed import reform_of

ALL = "all"
"""The key of a quota for every council that takes one."""

ENLARGED_FROM = 15
"""Seats of the council that proposals add to."""

_ASKED = "as asked for here"
"""The source of a quota that was given with the question."""


class Kind(StrEnum):
    """What is changed."""

    OWN = "own"
    """Nothing: a council that the scenario names seat by seat, under its own rule."""
    RULE = "rule"
    """The rule, in the Council of the day."""
    PROPOSAL = "proposal"
    """The council, by a proposal, with a quota of its own."""


@dataclass(frozen=True, slots=True)
class Case:
    """One rule or proposal, and the scenario under it.

    Attributes
    ----------
    name : str
        The rule's name, or the proposal's word.
    kind : Kind
    as_it_stands : bool
        Whether it is the scenario as it was given.
    scenario : Scenario or None
        None where it cannot be.
    quota_source : str
        The article, document or person that the quota comes from.
    why_not : str
        Why it cannot be; else empty.
    """

    name: str
    kind: Kind
    as_it_stands: bool
    scenario: Scenario | None
    quota_source: str
    why_not: str = ""


def quotas_of(quota: int | Mapping[str, int] | None) -> dict[str, int]:
    """The quotas asked for, by proposal or rule, or under ``all``; checked.

    Raises
    ------
    OptionError
        If a name is none, a quota no whole number from 1 on, or above the seats of every council it is for.
    """
    asked = {} if quota is None else dict(quota) if isinstance(quota, Mapping) else {ALL: quota}
    allowed = [*REFORMS, *takers()]
    for name, number in asked.items():
        if name != ALL and name not in allowed:
            hint = nearest(name, allowed) if isinstance(name, str) else ""
            raise OptionError(
                f"a quota is for one of {', '.join(allowed)}, not for {shown(name)}{f' – {hint}' if hint else ''}"
            )
        most = REFORMS[name].size if name in REFORMS else max(reform.size for reform in REFORMS.values())
        which = f"the {most} seats of {name}" if name in REFORMS else f"{most}, the seats of the largest council here"
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= most:
            raise OptionError(f"a quota is a whole number from 1 to {which}, not {shown(number)}")
    return asked


def takers() -> list[str]:
    """The rules that take a quota: there is one."""
    return [rule.name for rule in RULES.values() if rule.takes_quota]


def cases_of(asked: Scenario, quotas: Mapping[str, int]) -> Iterator[Case]:
    """Every rule in the Council of the day, then every proposal; what the scenario itself is stands among them.

    Raises
    ------
    OptionError
        If a quota is above the seats of the council it is for.
    """
    seats, today = asked.council.seats, council_on(asked.council_date)
    if seats and reform_of(seats) is None:
        yield Case(asked.council.rule, Kind.OWN, True, asked, _own_source(asked))
    for rule in RULES.values():
        yield _under_rule(asked, rule, today, quotas)
    for reform in REFORMS.values():
        yield _before(asked, reform, today, quotas)


def _under_rule(asked: Scenario, rule: Rule, today: Council, quotas: Mapping[str, int]) -> Case:
    """The Council of the day under a rule."""
    own = not asked.council.seats and asked.council.rule == rule.name
    if rule.takes_quota:
        return _with_quota(asked, rule, today, quotas, own)
    if own:
        return Case(rule.name, Kind.RULE, True, asked, rule.source)
    if rule.preliminary and not asked.preliminary:
        why = "needs [preliminary], how members vote on whether the draft is procedural"
        return Case(rule.name, Kind.RULE, False, None, rule.source, why)
    return _case(rule.name, Kind.RULE, asked, {"rule": rule.name}, rule.source)


def _with_quota(asked: Scenario, rule: Rule, today: Council, quotas: Mapping[str, int], own: bool) -> Case:
    """The Council of the day under a quota: the one asked for, or the scenario's own."""
    if rule.name in quotas and quotas[rule.name] > len(today):
        raise OptionError(f"a quota of {quotas[rule.name]} is above the {len(today)} seats of the council")
    quota = quotas.get(rule.name, quotas.get(ALL))
    if quota is None and own:
        return Case(rule.name, Kind.RULE, True, asked, _own_source(asked))
    if quota is None:
        why = "needs a quota, such as quota-and-veto=10"
        return Case(rule.name, Kind.RULE, False, None, rule.source, why)
    if quota > len(today):
        why = f"the quota asked for, {quota}, is above its {len(today)} seats"
        return Case(rule.name, Kind.RULE, False, None, _ASKED, why)
    return _case(rule.name, Kind.RULE, asked, {"rule": rule.name, "quota": quota, "quota_source": _ASKED}, _ASKED)


def _before(asked: Scenario, reform: Reform, today: Council, quotas: Mapping[str, int]) -> Case:
    """The council of a proposal, with the quota asked for, the scenario's own, or what is said of the proposal's.

    Only the council changes: procedural drafts and elections of judges know no veto there either, and the proviso on
    parties to the dispute holds.
    """
    quota = quotas.get(reform.word, quotas.get(ALL))
    own = reform_of(asked.council.seats) is reform
    if own and quota is None:
        return Case(reform.word, Kind.PROPOSAL, True, asked, _own_source(asked))
    needs = needs_of(asked, reform)
    source = needs.source if quota is None else _ASKED
    if len(today) != ENLARGED_FROM:
        why = f"adds seats to a council of {ENLARGED_FROM}; that of {today.date} has {len(today)}"
        return Case(reform.word, Kind.PROPOSAL, False, None, source, why)
    if why := why_not(asked):
        return Case(reform.word, Kind.PROPOSAL, False, None, source, why)
    if quota is not None and quota > reform.size:
        why = f"the quota asked for, {quota}, is above its {reform.size} seats"
        return Case(reform.word, Kind.PROPOSAL, False, None, source, why)
    vetoes = asked.council.vetoes_needed if own else needs.vetoes_needed
    council = {"seats": reform.word, "rule": "quota-and-veto", "quota": quota or needs.quota, "quota_source": source}
    blocked = {} if vetoes is None else {"vetoes_needed": vetoes}
    return _case(reform.word, Kind.PROPOSAL, asked, {**council, **blocked}, source)


def _case(name: str, kind: Kind, asked: Scenario, council: Mapping[str, Any], source: str) -> Case:
    """The scenario with another council table, its day, parties and subscribers kept."""
    kept = {
        key: value
        for key, value in asked.to_data().get("council", {}).items()
        if key in ("date", "parties", "subscribers")
    }
    try:
        return Case(name, kind, False, changed(asked, settings={"council": {**kept, **council}}), source)
    except InputError as error:
        return Case(name, kind, False, None, source, reason(error))


def _own_source(asked: Scenario) -> str:
    return asked.council.quota_source or "the scenario, which names no source"
