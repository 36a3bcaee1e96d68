"""Games of yes and no: who votes, with what weight, what a proposal needs. What power indices are asked of.

A game is a quota of weight, and a number of members with a veto whose stand against it blocks. That takes in the
Council's rules (every weight 1), weighted voting, and mixtures of the two. In the game of yes and no, who does not vote
yes is against, an abstaining permanent member too; with abstention only a no is:
:mod:`~simulator.analysis.power.abstention`.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from simulator.engines.words import counted, listed
from simulator.errors import OptionError, RuleError, shown
from simulator.facts import Choice, Council, Matter, council_on
from simulator.model import abstaining_parties
from simulator.rules import RULES, Case, Majority, rule_named
from simulator.scenario import Scenario, council_of, load, majority_of, rechecked, restrained


@dataclass(frozen=True, slots=True)
class GameMember:
    """A member of a game.

    Attributes
    ----------
    id : str
        Code of a state, or whatever the member is called.
    weight : int
        What its yes counts, at least 0, in the units of the game's quota.
    permanent : bool
        Whether it has a permanent seat; in a game of weights, whether it has a veto.
    veto : bool
        Whether its stand against a proposal counts towards blocking it.
    """

    id: str
    weight: int
    permanent: bool
    veto: bool


@dataclass(frozen=True, slots=True)
class Game:
    """Who votes, and what a proposal needs. Made by :func:`rule_game`, :func:`scenario_game` and :func:`weighted_game`.

    Attributes
    ----------
    rule : str
        The rule's name, or ``weighted``.
    basis : str
        What a proposal needs, in words; of a scenario, with the members that the law keeps from voting or from a veto.
    quota : int
        Weight of the yes votes needed, at least 1.
    vetoes_needed : int
        How many members with a veto must be against to block; 0 where none can.
    members : tuple of GameMember
        In seat order; those set aside are not among them.
    unit : Fraction
        What a weight of 1 was as given: weights that were given with decimals, or share a divisor, are held as the
        smallest whole numbers.
    aside : tuple of str
        Members of the council that are set aside as abstaining.
    council : Council or None
        Whose members they are; None of weights.
    restrained : tuple of str
        Members of the council that have no veto since they keep to a code of restraint.
    notes : tuple of str
        What the rule says that such a game leaves out.
    """

    rule: str
    basis: str
    quota: int
    vetoes_needed: int
    members: tuple[GameMember, ...]
    unit: Fraction = Fraction(1)
    aside: tuple[str, ...] = ()
    council: Council | None = None
    restrained: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.members)

    @property
    def total(self) -> int:
        """Weight of all members together."""
        return sum(member.weight for member in self.members)

    def classes(self) -> tuple[tuple[GameMember, ...], ...]:
        """Members that can trade places, in order of first appearance; permanent and elected members apart."""
        found: dict[tuple[bool, bool, int], list[GameMember]] = {}
        for member in self.members:
            found.setdefault((member.permanent, member.veto, member.weight), []).append(member)
        return tuple(tuple(alike) for alike in found.values())

    def noted(self) -> dict[str, list[str]]:
        """The notes for JSON: no key where there is nothing to say."""
        return {"notes": list(self.notes)} if self.notes else {}


def rule_game(
    rule: str = "charter",
    *,
    council: Council | None = None,
    quota: int | None = None,
    vetoes_needed: int | None = None,
    abstaining: Iterable[str] = (),
) -> Game:
    """The game that a voting rule makes of a council.

    Parameters
    ----------
    rule : str
        A name of :data:`simulator.RULES`; ``charter`` stands for substantive matters.
    council : Council, optional
        Who votes; today's council where left out.
    quota, vetoes_needed : int, optional
        For the rule that takes them, ``quota-and-veto``.
    abstaining : iterable of str
        Permanent members that will abstain: they leave the game. The quota stays.

    Raises
    ------
    RuleError
        If there is no such rule, or it does not fit the council; the message names those that do.
    CouncilError
        If a member is not on the council.
    OptionError
        If the rule takes no quota, a member set aside is not permanent, or nothing could be adopted.

    Examples
    --------
    >>> game = rule_game("substantive", council=council_on(datetime.date(2022, 6, 1)), abstaining=["CHN", "RUS"])
    >>> len(game), game.quota, [len(alike) for alike in game.classes()]
    (13, 9, [3, 10])
    """
    sitting = council_on(datetime.date.today()) if council is None else council
    majority = _majority(rule, sitting, quota, vetoes_needed)
    return _game(rule, majority, sitting, _set_aside(sitting, abstaining), notes=_notes(rule, _NO_DRAFT))


def scenario_game(scenario: Scenario | str | os.PathLike[str], *, abstaining: Iterable[str] = ()) -> Game:
    """The game of a scenario: its rule, on its matter, in its council.

    Parties to the dispute that must abstain (Article 27(3)) leave the game, and members that keep to a code of
    restraint have no veto in it; not so a party that is made to vote yes or no, or a member that is made to vote no.

    Parameters
    ----------
    scenario : Scenario, or a path or shipped name
        Read are the rule, the draft, the council, and who is made to vote; nothing of what members want.
    abstaining : iterable of str
        As of :func:`rule_game`.

    Raises
    ------
    ScenarioError
        If it is a file that cannot be used.
    CouncilError, OptionError
        As :func:`rule_game`.

    Examples
    --------
    >>> scenario_game("reform-african-union").quota
    14
    >>> scenario_game("a-party-must-abstain").aside
    ('FRA',)
    """
    loaded = rechecked(scenario if isinstance(scenario, Scenario) else load(scenario))
    sitting = council_of(loaded)
    majority = majority_of(loaded, sitting)
    parties, kept = bound(loaded, sitting, majority)
    named = (*parties, *_set_aside(sitting, abstaining))
    aside = tuple(member for member in sitting.ids if member in named)
    basis = majority.basis
    if parties:
        which = "a party" if len(parties) == 1 else "parties"
        basis += f"; as {which} to the dispute, {listed(parties)} must abstain (proviso of Article 27(3))"
    if kept:
        basis += f" (here {listed(kept)}, a priori without a veto)"
    idle = "" if kept else _NO_ATROCITY if not loaded.draft.mass_atrocity else _NO_SUBSCRIBER
    notes = _notes(loaded.council.rule, idle)
    return _game(loaded.council.rule, replace(majority, basis=basis), sitting, aside, kept=kept, notes=notes)


def bound(scenario: Scenario, council: Council, majority: Majority) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parties that must abstain, but those made to vote; who keeps to restraint, but those made to vote no."""
    made = scenario.do
    parties = abstaining_parties(scenario, majority)
    return (
        tuple(member for member in parties if made.get(member) not in (Choice.YES, Choice.NO)),
        tuple(member for member in restrained(scenario, council) if made.get(member) != Choice.NO),
    )


_NO_DRAFT = "without a draft on mass atrocity, which a scenario has"
_NO_ATROCITY = "here, as draft.mass_atrocity is not true"
_NO_SUBSCRIBER = "here, as no subscriber is left to keep to it"


def _notes(rule: str, idle: str) -> tuple[str, ...]:
    """What a rule says that its game leaves out; `idle`: where restraint does nothing."""
    if rule_named(rule).preliminary:
        return (
            "who can have a draft held procedural can also adopt it as it stands: the preliminary vote adds no power, "
            "and the numbers are those of rule substantive",
        )
    if rule == "restraint" and idle:
        return (f"restraint takes nobody's veto {idle}: the numbers are those of rule substantive",)
    return ()


def _game(
    rule: str,
    majority: Majority,
    sitting: Council,
    aside: tuple[str, ...],
    *,
    kept: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> Game:
    """The game without those set aside, and without the veto of those that keep to restraint."""
    seats = [seat for seat in sitting.seats if seat.id not in aside]
    with_veto = {seat.id for seat in seats if seat.veto and seat.id not in kept}
    needed = majority.vetoes_needed or 0
    if needed > len(with_veto):
        needed = 0  # too few are left to block
    members = tuple(GameMember(seat.id, 1, seat.permanent, seat.id in with_veto and needed > 0) for seat in seats)
    if len(members) < majority.quota:
        raise OptionError(
            f"rule {rule} needs {majority.quota} yes, but with {' '.join(aside)} set aside as abstaining only "
            f"{counted(len(members), 'member')} vote: nothing could be adopted; set fewer aside"
        )
    return Game(
        rule,
        majority.basis,
        majority.quota,
        needed,
        members,
        aside=aside,
        council=sitting,
        restrained=tuple(member for member in kept if member not in aside),
        notes=notes,
    )


def _majority(rule: str, council: Council, quota: int | None, vetoes_needed: int | None) -> Majority:
    known = rule_named(rule)
    case = Case.of(council, Matter.SUBSTANTIVE)
    if known.takes_quota:
        if quota is None:
            raise RuleError(f"rule {rule} needs a quota, the yes votes that a draft needs: from 1 to {len(council)}")
        case = replace(case, quota=quota, vetoes_needed=vetoes_needed)
        within("quota", quota, 1, len(council), "the seats")
        if vetoes_needed is not None:
            within("vetoes needed", vetoes_needed, 0, len(council.vetoers), "the members with a veto; 0: no veto")
    elif quota is not None or vetoes_needed is not None:
        takes = ", ".join(name for name, one in RULES.items() if one.takes_quota)
        raise OptionError(f"rule {rule} has its own quota and vetoes; with others: {takes}, or weights")
    try:
        return known.applies(case)
    except RuleError:
        fitting = ", ".join(name for name, one in RULES.items() if one.takes_quota or _fits(name, case))
        raise RuleError(
            f"rule {rule} does not fit {len(council)} seats on {council.date}; rules that do: {fitting} (with a quota)"
        ) from None


def within(what: str, value: int, low: int, high: int, which: str) -> None:
    """Refuses a number out of its range."""
    if not low <= value <= high:
        raise RuleError(f"{what} is {shown(value)}, but must lie between {low} and {high}, {which}")


def _fits(name: str, case: Case) -> bool:
    try:
        rule_named(name).applies(case)
    except RuleError:
        return False
    return True


def _set_aside(council: Council, abstaining: Iterable[str]) -> tuple[str, ...]:
    """Permanent members that abstain, each once, in seat order."""
    named = list(abstaining)
    for member in named:
        council.index(member)  # says what is meant, if it is none
        if member not in council.permanent:
            raise OptionError(
                f"{member} is an elected member; permanent members can be set aside as abstaining: "
                f"{' '.join(council.permanent)}"
            )
    return tuple(member for member in council.permanent if member in named)
