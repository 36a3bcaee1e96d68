"""Who decides: the odds that each member's vote changes what becomes of the draft, in this scenario.

A member is pivotal where, the others' votes as they are, the draft is adopted with one of its choices and not with
another. For a permanent member there are two such places: between yes and abstaining, where a yes is wanting, and
between abstaining and no, where its veto alone stands in the way. Beside them stand the same odds a priori, where
nothing is known of the draft and yes, abstain and no of every other member count alike [FelsenthalMachover1998]_.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from simulator.analysis.power.abstention import AbstentionPower, power_with_abstention
from simulator.analysis.power.games import scenario_game
from simulator.engines import Engine, Options, with_changes
from simulator.engines.ask import one_of
from simulator.engines.seats.meaning import ADOPTED, Meaning, meaning
from simulator.engines.words import foremost, in_100, in_a_sentence, ordinal, several
from simulator.errors import InputError
from simulator.facts import Council, RollCall
from simulator.model import abstaining_parties
from simulator.model.history.past import Past
from simulator.scenario import Scenario, council_of, majority_of, restrained
from simulator.scenario.changes import Learnable

_RARELY = 0.01
"""Odds below which a vote is said hardly ever to decide."""


@dataclass(frozen=True, slots=True)
class Pivot:
    """Whether one member's vote decides.

    Attributes
    ----------
    member : str
    permanent : bool
    yes_abstain, abstain_no : float
        Probability that the draft is adopted if it votes yes and not if it abstains; if it abstains and not if it
        votes no. The second is 0 for members without a veto, and for those whose no a code of restraint makes an
        abstention; both are for a party to the dispute that must abstain. Not so if it is made to vote.
    error : tuple of float
        Standard errors of the two; 0 where exact.
    a_priori : tuple of Fraction or None
        The same two where every roll call of the others counts alike; None where the rule has no such game.
    shapley_shubik, banzhaf : Fraction or None
        Its indices of power with abstention; over all members either adds up to 1.
    """

    member: str
    permanent: bool
    yes_abstain: float
    abstain_no: float
    error: tuple[float, float]
    a_priori: tuple[Fraction, Fraction] | None
    shapley_shubik: Fraction | None
    banzhaf: Fraction | None

    @property
    def decides(self) -> float:
        """Probability that its vote decides at all: both cannot be at once."""
        return self.yes_abstain + self.abstain_no

    def bound(self, *, silent: bool, restrained: bool) -> Pivot:
        """The same of a member that may not vote, or whose no is an abstention."""
        if silent:
            return replace(self, yes_abstain=0.0, abstain_no=0.0, error=(0.0, 0.0))
        return replace(self, abstain_no=0.0, error=(self.error[0], 0.0)) if restrained else self

    def as_dict(self) -> dict[str, Any]:
        """By name; fractions as text."""
        return {
            "permanent": self.permanent,
            "yes_abstain": self.yes_abstain,
            "abstain_no": self.abstain_no,
            "decides": self.decides,
            "error": {"yes_abstain": self.error[0], "abstain_no": self.error[1]},
            "a_priori": None
            if self.a_priori is None
            else {"yes_abstain": str(self.a_priori[0]), "abstain_no": str(self.a_priori[1])},
            "shapley_shubik": None if self.shapley_shubik is None else str(self.shapley_shubik),
            "banzhaf": None if self.banzhaf is None else str(self.banzhaf),
        }


@dataclass(frozen=True, slots=True)
class Pivots:
    """Who decides in a scenario.

    Attributes
    ----------
    scenario, rule : str
    council : Council
    quota : int
        Yes votes that the draft needs.
    adopted : float
        Odds of adoption.
    pivots : tuple of Pivot
        In seat order.
    meaning : Meaning
        What each choice means; where the numbers come from.
    notes : tuple of str
    """

    scenario: str
    rule: str
    council: Council
    quota: int
    adopted: float
    pivots: tuple[Pivot, ...]
    meaning: Meaning
    notes: tuple[str, ...]

    def of(self, member: str) -> Pivot:
        """That of one member."""
        return self.pivots[self.meaning.seat(member)]

    @property
    def sentence(self) -> str:
        """It as a person would say it."""
        first = [self.pivots[place] for place in foremost([one.decides for one in self.pivots])]
        if max(one.decides for one in first) == 0:
            return f"Nobody's vote decides alone: adopted in {in_100(self.adopted)} of 100, whatever one member does."
        names = several([in_a_sentence(self.council.seats[self.council.index(one.member)].short) for one in first])
        if len(first) == len(self.pivots):
            names = "every member"
        verb = "decides" if len(first) in (1, len(self.pivots)) else "decide"
        often = "as often as any other" if len(first) == len(self.pivots) else "most often"
        each = "each " if verb == "decide" else ""
        said = f"{names} {verb} {often}: {each}in {in_100(first[0].decides)} of 100{self._mostly(first)}."
        elected = [one for one in self.pivots if not one.permanent]
        if elected and all(one.permanent for one in first):
            best = max(elected, key=lambda one: one.decides)
            said += (
                f" No elected member does in more than {in_100(best.decides)} of 100."
                if best.decides >= _RARELY
                else " An elected member hardly ever does."
            )
        return said[0].upper() + said[1:]

    def _mostly(self, some: Sequence[Pivot]) -> str:
        """Where the votes of these decide, if it is the same place for all."""
        by_veto = {one.abstain_no > one.yes_abstain for one in some}
        if len(by_veto) > 1:
            return ""
        return ", mostly by a veto" if by_veto.pop() else f", mostly as the {ordinal(self.quota)} yes"

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "scenario": self.scenario,
            "rule": self.rule,
            "engine": self.meaning.engine.value,
            "sentence": self.sentence,
            "adopted": self.adopted,
            "members": {one.member: one.as_dict() for one in self.pivots},
            "notes": list(self.notes),
        }


def pivots(
    scenario: Scenario | str | os.PathLike[str],
    *,
    given: Mapping[str, Learnable] | None = None,
    do: Mapping[str, str] | None = None,
    stance: Mapping[str, str] | None = None,
    engine: str = "auto",
    record: Sequence[RollCall] | None = None,
) -> Pivots:
    """Who decides in a scenario; the parameters are those of :func:`~simulator.analysis.why`.

    Examples
    --------
    >>> found = pivots("nine-yes-votes")
    >>> max(found.pivots, key=lambda one: one.decides).member
    'CHN'
    """
    options = Options(engine=one_of(Engine, engine, "engine"), past=None if record is None else Past.of(record))
    return pivots_of(with_changes(scenario, given, do, stance, record), options)


def pivots_of(scenario: Scenario, options: Options) -> Pivots:
    """The same of a scenario as it stands."""
    found, council = meaning(scenario, options), council_of(scenario)
    majority = majority_of(scenario, council)
    before, notes = _a_priori(scenario)
    silent, kept = (
        {member for member in bound if member not in scenario.do}
        for bound in (abstaining_parties(scenario, majority), restrained(scenario, council))
    )
    every = tuple(
        one.bound(silent=one.member in silent, restrained=one.member in kept)
        for one in (_pivot(found, seat, before) for seat in range(len(found.members)))
    )
    adopted = float(found.outcomes[ADOPTED])
    notes = (*found.notes, *notes)
    return Pivots(scenario.title, scenario.council.rule, council, majority.quota, adopted, every, found, notes)


def _a_priori(scenario: Scenario) -> tuple[AbstentionPower | None, tuple[str, ...]]:
    """Power by the rule alone, of those who may vote; a note where the rule has no such game."""
    try:
        return power_with_abstention(scenario_game(scenario)), ()
    except InputError as refusal:
        return None, (f"no power a priori beside it: {refusal}",)


def _pivot(found: Meaning, seat: int, before: AbstentionPower | None) -> Pivot:
    member = found.members[seat]
    power = next((one for one in before.classes if member in one.members), None) if before else None
    others = 1 if before is None else before.rollcalls // 3
    yes_abstain, abstain_no = (max(0.0, float(swing)) for swing in found.swings[seat])
    errors = found.swings_error[seat]
    return Pivot(
        member,
        found.permanent[seat],
        yes_abstain,
        abstain_no,
        (float(errors[0]), float(errors[1])),
        None if power is None else (Fraction(power.yes_abstain, others), Fraction(power.abstain_no, others)),
        None if power is None else power.shapley_shubik,
        None if power is None else power.banzhaf_normalized,
    )
