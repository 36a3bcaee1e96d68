"""Who decides: the odds that each member's vote changes what becomes of the draft, in this scenario.

A member is pivotal where, the others' votes as they are, the draft is adopted with one of its choices and not with
another. For a permanent member there are two such places: between yes and abstaining, where a yes is wanting, and
between abstaining and no, where its veto alone stands in the way. The votes of its followers are held too; what a
leader's vote does with them reacting is noted beside it. Beside them stand the same odds a priori, where nothing is
known of the draft and yes, abstain and no of every other member count alike [FelsenthalMachover1998]_.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from simulator.analysis.power.abstention import AbstentionPower, power_with_abstention
from simulator.analysis.power.games import bound, scenario_game
from simulator.analysis.reacting import Reacting, reacting_of
from simulator.engines import Options, with_changes
from simulator.engines.seats.meaning import ADOPTED, Meaning, meaning
from simulator.engines.words import begun, foremost, in_100, in_a_sentence, listed, ordinal, several
from simulator.errors import InputError
from simulator.facts import Choice, Council, RollCall
from simulator.scenario import Scenario, council_of, majority_of
from simulator.scenario.changes import Learnable

_ABSENT = list(Choice).index(Choice.ABSENT)

_RARELY, _NEVER = 0.01, 1e-12
"""Odds below which a vote is said hardly ever to decide, and never."""


@dataclass(frozen=True, slots=True)
class Pivot:
    """Whether one member's vote decides.

    Attributes
    ----------
    member : str
    permanent : bool
    absent : float
        Probability that it takes no part. What its vote decides is said of the case that it does.
    yes_abstain, abstain_no : float
        Probability that the draft is adopted if it votes yes and not if it abstains; if it abstains and not if it
        votes no. The second is 0 for members without a veto, and for those whose no a code of restraint makes an
        abstention, unless it is made to vote no; both are for a party to the dispute that must abstain, unless it is
        made to vote yes or no.
    error : tuple of float
        Standard errors of the two; 0 where exact.
    a_priori : tuple of Fraction or None
        The same two where every roll call of the others counts alike; None where the rule has no such game.
    shapley_shubik, banzhaf : Fraction or None
        Its indices of power with abstention; over all members either adds up to 1.
    with_followers : Reacting or None
        What its vote does with those that follow it reacting; None where nobody does.
    """

    member: str
    permanent: bool
    absent: float
    yes_abstain: float
    abstain_no: float
    error: tuple[float, float]
    a_priori: tuple[Fraction, Fraction] | None
    shapley_shubik: Fraction | None
    banzhaf: Fraction | None
    with_followers: Reacting | None = None

    @property
    def decides(self) -> float:
        """Probability that its vote decides at all: both cannot be at once."""
        return self.yes_abstain + self.abstain_no

    @property
    def stays_away(self) -> bool:
        """Whether it is more likely to be absent than not."""
        return self.absent > 1 / 2

    def bound(self, *, silent: bool, restrained: bool) -> Pivot:
        """The same of a member that may not vote, or whose no is an abstention."""
        if silent:
            return replace(self, yes_abstain=0.0, abstain_no=0.0, error=(0.0, 0.0), with_followers=None)
        if restrained:
            return replace(self, abstain_no=0.0, error=(self.error[0], 0.0), with_followers=None)
        return self

    def as_dict(self) -> dict[str, Any]:
        """By name; fractions as text."""
        return {
            "permanent": self.permanent,
            "yes_abstain": self.yes_abstain,
            "abstain_no": self.abstain_no,
            "decides": self.decides,
            "absent": self.absent,
            "error": {"yes_abstain": self.error[0], "abstain_no": self.error[1]},
            "a_priori": None
            if self.a_priori is None
            else {"yes_abstain": str(self.a_priori[0]), "abstain_no": str(self.a_priori[1])},
            "shapley_shubik": None if self.shapley_shubik is None else str(self.shapley_shubik),
            "banzhaf": None if self.banzhaf is None else str(self.banzhaf),
            "with_followers": None if self.with_followers is None else self.with_followers.as_dict(),
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
        coming = [one for one in self.pivots if not one.stays_away] or list(self.pivots)
        first = _foremost(coming)
        most = max(one.decides for one in first)
        away = _foremost([one for one in self.pivots if one.stays_away and one.decides >= _RARELY])
        parts = [self._first(first, coming)] if most >= _RARELY else [self._hardly(most, away)]
        elected = [one.decides for one in coming if not one.permanent]
        if most >= _RARELY and elected and all(one.permanent for one in first):
            parts.append(_of_elected(max(elected)))
        return " ".join(map(begun, (*parts, *self._if_they_came(away))))

    def _first(self, first: Sequence[Pivot], coming: Sequence[Pivot]) -> str:
        """Who decides most often, of those that take part."""
        often = f"in {in_100(first[0].decides)} of 100{self._mostly(first)}."
        if len(first) == len(coming):
            taking_part = "" if len(coming) == len(self.pivots) else " that takes part"
            return f"every member{taking_part} decides as often as any other: {often}"
        one = len(first) == 1
        return f"{self._named(first)} {'decides most often:' if one else 'decide most often: each'} {often}"

    def _hardly(self, most: float, away: Sequence[Pivot]) -> str:
        """That no vote of those that take part decides."""
        if most > 0:
            return f"hardly anybody's vote decides alone: nobody's in 1 of 100. {self._adopted()}."
        whatever = "" if away else ", whatever one member does"
        return f"nobody's vote decides alone: {self._adopted().lower()}{whatever}."

    def _adopted(self) -> str:
        return f"Adopted in {in_100(self.adopted)} of 100"

    def _if_they_came(self, away: Sequence[Pivot]) -> Iterator[str]:
        """What those would decide that are expected to stay away: those of them that would most often."""
        if away:
            one = len(away) == 1
            least = min(round(pivot.absent, 9) for pivot in away)
            often = "" if least == 1 else f" in {in_100(least)} of 100"
            who, verb, came = self._named(away), "is" if one else "are", "it" if one else "one of them"
            in_all = f"in {in_100(away[0].decides)} of 100{self._mostly(away)}"
            yield f"{who} {verb} absent{often}: if {came} came, it would decide {in_all}."

    def _named(self, some: Sequence[Pivot]) -> str:
        """Members' names; with their codes where several seats have the same."""
        shorts = [seat.short for seat in self.council.seats]
        names = []
        for one in some:
            short = shorts[self.council.index(one.member)]
            names.append(f"{in_a_sentence(short)}{f' ({one.member})' if shorts.count(short) > 1 else ''}")
        return several(names)

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
    options = Options.of(engine, record)
    return pivots_of(with_changes(scenario, given, do, stance, record), options)


def pivots_of(scenario: Scenario, options: Options) -> Pivots:
    """The same of a scenario as it stands."""
    found, council = meaning(scenario, options), council_of(scenario)
    majority = majority_of(scenario, council)
    before, notes = _a_priori(scenario)
    silent, kept = bound(scenario, council, majority)
    led = {one.leader: one for one in reacting_of(scenario, council, found)}
    every = tuple(
        one.bound(silent=one.member in silent, restrained=one.member in kept)
        for one in (_pivot(found, seat, before, led) for seat in range(len(found.members)))
    )
    adopted = float(found.outcomes[ADOPTED])
    reacting = (one.with_followers.note(council) for one in every if one.with_followers)
    notes = (*found.notes, *notes, *reacting, *_away(every))
    return Pivots(scenario.title, scenario.council.rule, council, majority.quota, adopted, every, found, notes)


def _a_priori(scenario: Scenario) -> tuple[AbstentionPower | None, tuple[str, ...]]:
    """Power by the rule alone, of those who may vote; a note where the rule has no such game."""
    try:
        return power_with_abstention(scenario_game(scenario)), ()
    except InputError as refusal:
        return None, (f"no power a priori beside it: {refusal}",)


def _pivot(found: Meaning, seat: int, before: AbstentionPower | None, led: Mapping[str, Reacting]) -> Pivot:
    member = found.members[seat]
    power = next((one for one in before.classes if member in one.members), None) if before else None
    others = 1 if before is None else before.rollcalls // 3
    yes_abstain, abstain_no = (max(0.0, float(swing)) for swing in found.swings[seat])
    errors = found.swings_error[seat]
    return Pivot(
        member,
        found.permanent[seat],
        min(1.0, float(found.choices[seat, _ABSENT])),
        yes_abstain,
        abstain_no,
        (float(errors[0]), float(errors[1])),
        None if power is None else (Fraction(power.yes_abstain, others), Fraction(power.abstain_no, others)),
        None if power is None else power.shapley_shubik,
        None if power is None else power.banzhaf_normalized,
        led.get(member),
    )


def _of_elected(most: float) -> str:
    """How often elected members decide, where all that decide most often are permanent."""
    if most >= _RARELY:
        return f"No elected member does in more than {in_100(most)} of 100."
    return "An elected member hardly ever does." if most > _NEVER else "No elected member ever does."


def _foremost(some: Sequence[Pivot]) -> list[Pivot]:
    """Those that decide most often, with those that look alike."""
    return [some[place] for place in foremost([one.decides for one in some])] if some else []


def _away(every: Sequence[Pivot]) -> Iterator[str]:
    """That some will hardly come, and what their numbers then say."""
    away = [one.member for one in every if one.stays_away and one.decides]
    if away:
        yield f"absent, or more likely so than not: {listed(away)}; the numbers are what such a vote decides if it came"
