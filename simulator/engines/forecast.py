"""A forecast from the record in milliseconds: the same odds as the exact engine's, off tables of votes.

Of any scenario with preferences from the record whose members vote as they wish, once: no preliminary question, nobody
kept from voting or from a no. All else is heeded: what was said and learnt, what is made, and odds of members' own.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np

from simulator.engines.at_tables import PERMANENT, Need, TableOdds, log_evidence, odds_before, odds_of
from simulator.engines.parts import Outcomes
from simulator.engines.possible import LEVEL, Spread
from simulator.engines.said import added_by
from simulator.engines.words import as_html, as_markup
from simulator.errors import RefusedError
from simulator.facts import Choice, Council, RollCall
from simulator.model.history.estimates import Estimates
from simulator.model.history.mixture import History, Tables
from simulator.model.history.past import Past, shipped_past
from simulator.model.history.preferences import history_of, own_odds, remarks
from simulator.model.latent import Floats
from simulator.model.stance_likelihood import learnt
from simulator.rules import RULES, Majority
from simulator.scenario import Scenario, council_of, majority_of, rechecked, restrained
from simulator.scenario.asked import asked
from simulator.scenario.changes import Learnable


@dataclass(frozen=True, slots=True)
class View:
    """What the record makes of a draft, at one state of knowledge.

    Attributes
    ----------
    outcomes : Outcomes
        Odds of adopted, vetoed and failed.
    spread : Spread
        The odds of adoption by draw of the parameters: how sure they are.
    choices : array, shape (n, 4)
        Odds of every seat's yes, abstain, no and absent; rows sum to 1.
    kinds : dict
        Odds that the draft is negotiated (consensus was found before), contested, or rejected by most.
    """

    outcomes: Outcomes
    spread: Spread
    choices: Floats
    kinds: Mapping[str, float]

    @classmethod
    def of(cls, found: TableOdds, history: History, tables: Tables) -> View:
        """From the odds of the tables."""
        by_variant = np.bincount(tables.variant, found.weights, len(history.variants))
        kinds: dict[str, float] = {}
        for variant, weight in zip(history.variants, by_variant, strict=True):
            kinds[variant.kind.name] = kinds.get(variant.kind.name, 0.0) + float(weight)
        return cls(found.outcomes, found.spread, found.choices, kinds)

    def as_dict(self, members: Sequence[str]) -> dict[str, Any]:
        """By name, seats by code."""
        words = [choice.value for choice in Choice]
        return {
            "odds": self.outcomes.as_dict(),
            "interval": {"adopted": list(self.spread.interval()), "level": LEVEL},
            "kinds": dict(self.kinds),
            "members": {
                code: dict(zip(words, row, strict=True))
                for code, row in zip(members, self.choices.tolist(), strict=True)
            },
        }


@dataclass(frozen=True, slots=True)
class RecordForecast:
    """How a draft will fare, by the record of earlier days and by what members have said.

    Attributes
    ----------
    scenario : Scenario
        What was asked.
    council : Council
        Who votes on it.
    majority : Majority
        What it needs.
    view : View
        The odds.
    before : View or None
        The same without what was said and learnt; None where nothing was.
    evidence_probability : float
        Of what was learnt, before it was and after what was said; 1 where nothing was.
    origin : int
        The parameters were estimated from the votes before 1 January of this year; of other estimates than those that
        ship, the year of their day, which `notes` tell.
    sponsors : tuple of str
        Whose text it is taken to be: those stated, or those of the last text on the item.
    notes : tuple of str
        What a reader should know.
    """

    scenario: Scenario
    council: Council
    majority: Majority
    view: View
    before: View | None
    evidence_probability: float
    origin: int
    sponsors: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def adopted(self) -> float:
        """Probability that the draft is adopted."""
        return self.view.outcomes.adopted

    @property
    def vetoed(self) -> float:
        """Probability that it has the yes votes it needs and is blocked."""
        return self.view.outcomes.vetoed

    @property
    def failed(self) -> float:
        """Probability that it falls short of yes votes."""
        return self.view.outcomes.failed

    @property
    def interval(self) -> tuple[float, float]:
        """The 90 % interval of the odds of adoption, over draws of the parameters."""
        return self.view.spread.interval()

    @property
    def members(self) -> dict[str, dict[str, float]]:
        """Code → odds of yes, abstain, no, absent."""
        found: dict[str, dict[str, float]] = self.view.as_dict(self.council.ids)["members"]
        return found

    def as_dict(self) -> dict[str, Any]:
        """The forecast in the documented JSON form."""
        draft = self.scenario.draft
        return {
            "agenda": draft.agenda,
            "date": draft.date.isoformat(),
            "text": draft.text.value,
            "sponsors": list(self.sponsors),
            "sponsors_stated": bool(draft.sponsors),
            **self.view.as_dict(self.council.ids),
            "doubt": self.view.spread.as_dict(),
            "before": self.before.as_dict(self.council.ids) if self.before else None,
            "stances": {code: entry.stance.value for code, entry in self.scenario.members.items() if entry.stance},
            "given": {code: [choice.value for choice in choices] for code, choices in self.scenario.given.items()},
            "do": {code: choice.value for code, choice in self.scenario.do.items()},
            "evidence_probability": self.evidence_probability,
            "origin": self.origin,
            "notes": list(self.notes),
        }

    def __repr__(self) -> str:
        shares = ", ".join(f"{word} {share:.4g}" for word, share in self.view.outcomes.as_dict().items())
        return f"<RecordForecast of {self.scenario.title!r}: {shares}>"

    def __rich__(self) -> str:
        return as_markup(self.scenario.title, self.view.outcomes)

    def _repr_html_(self) -> str:
        return as_html(self.scenario.title, self.view.outcomes, self.majority.basis)


def forecast(
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
    estimates: Estimates | str | os.PathLike[str] | None = None,
) -> RecordForecast:
    """How a draft will fare, by the record: what was known before its day, and what members have said.

    Parameters
    ----------
    agenda : str
        What it is about: a word of ``unsc agendas``.
    sponsors : str or sequence of str, optional
        Who tables it: codes of states, ``"PRESIDENT"``, ``"E10"``. None: those of the last text on the item are taken.
    date : datetime.date or str, optional
        Of the vote, from 2000-01-01 on; by default today.
    text : str
        ``"draft"``, ``"amendment"`` or ``"paragraph"``.
    stance : mapping from member code
        What members have said, in words of ``unsc stances``: evidence of their votes.
    given, do : mapping from member code
        What is learnt of votes, and which are made so.
    council_date : datetime.date or int, optional
        Another day's council and law, or a year's.
    record : sequence of RollCall, optional
        Such as :func:`simulator.rules.record_with` gives; by default the shipped one. Only rows of earlier days are
        read.
    estimates : Estimates or path, optional
        From ``unsc fit``; by default the latest that ship and are not after the date.

    Raises
    ------
    ScenarioError
        With all that is wrong, by the names of these parameters.
    InputError
        If the estimates were made from votes of the draft's day or later, or the file holds none.
    EvidenceError
        If what was learnt has probability zero.

    Examples
    --------
    >>> plain = forecast("dprk", "USA", "2022-05-26")
    >>> warned = forecast("dprk", "USA", "2022-05-26", stance={"CHN": "opposes", "RUS": "opposes"})
    >>> warned.adopted < plain.adopted
    True
    """
    heard: dict[str, Any] = {"stance": stance, "given": given, "do": do}
    scenario = asked(agenda, sponsors, date, text=text, **heard, council_date=council_date, record=record)
    if estimates is not None and not isinstance(estimates, Estimates):
        estimates = Estimates.read(estimates)
    return record_forecast(scenario, None if record is None else Past.of(record), estimates)


def record_forecast(
    scenario: Scenario, past: Past | None = None, estimates: Estimates | None = None, *, beside: bool = True
) -> RecordForecast:
    """The forecast of a scenario with preferences from the record.

    Parameters
    ----------
    scenario : Scenario
    past : Past, optional
        Default: the record that comes with the program.
    estimates : Estimates, optional
        Default: the latest that ship and are not after the draft's date.
    beside : bool
        Whether the odds before anything was said and learnt are wanted too, which take as long again.

    Raises
    ------
    InputError
        If the estimates were made from votes of the draft's day or later.
    RefusedError
        Where its preferences or its majority are others, or a number is uncertain; `simulator.odds` answers then.
    EvidenceError
        If what was learnt has probability zero.
    """
    scenario = rechecked(scenario)
    council = council_of(scenario)
    majority = _majority(scenario, council)
    past = past or shipped_past()
    history = history_of(scenario, council, past, estimates)
    tables = _tables(scenario, council, history)
    likelihood = learnt(scenario, council)
    need = Need(majority.quota, majority.vetoes_needed, max(PERMANENT, len(council.vetoers)))
    found, before = odds_before(tables, need, likelihood) if beside else (odds_of(tables, need, likelihood), None)
    draft = scenario.draft
    return RecordForecast(
        scenario=scenario,
        council=council,
        majority=majority,
        view=View.of(found, history, tables),
        before=View.of(before, history, tables) if before else None,
        evidence_probability=_evidence(scenario, council, tables, likelihood, found.evidence),
        origin=history.origin.year,
        sponsors=past.sponsors(history.text.agenda, draft.date.toordinal(), tuple(draft.sponsors or ()), draft.text),
        notes=(*scenario.notes, *remarks(scenario, council, history, past)),
    )


def _majority(scenario: Scenario, council: Council) -> Majority:
    """What the draft needs, where the tables can tell whether it has it."""
    refused = next(_beyond(scenario, council), "")
    if refused:
        raise RefusedError(f"{scenario.source}: no forecast of this kind {refused}; unsc run answers (simulator.odds)")
    return majority_of(scenario, council)


def _beyond(scenario: Scenario, council: Council) -> Iterator[str]:
    if scenario.preferences.model != "history":
        yield f'where preferences.model is "{scenario.preferences.model}"'
    elif scenario.uncertain:
        yield "where a number is uncertain"
    elif RULES[scenario.council.rule].preliminary:
        yield "where a vote comes first, on whether the draft is procedural"
    elif restrained(scenario, council):
        yield "where a code of restraint keeps members from voting no"
    elif scenario.council.parties and scenario.draft.chapter == "VI" and majority_of(scenario, council).proviso:
        yield "where parties to the dispute must abstain"


def _tables(scenario: Scenario, council: Council, history: History) -> Tables:
    made = {council.index(member): choice for member, choice in scenario.do.items()}
    return history.tables(own_odds(scenario, council)).made(made)


def _evidence(scenario: Scenario, council: Council, tables: Tables, likelihood: Floats, evidence: float) -> float:
    """The probability of what was learnt, of those who have heard what members said; 1 where nothing was."""
    if not scenario.given:
        return 1.0
    said = learnt(scenario.model_copy(update={"given": {}}), council)
    return added_by(likelihood, evidence, said, exp(log_evidence(tables, said)))
