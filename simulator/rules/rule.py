"""What a voting rule is: from the matter, the day and the council to the majority a draft needs."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from simulator.errors import RuleError
from simulator.facts import Council, Matter, Outcome

ENLARGEMENT = datetime.date(1966, 1, 1)
"""The first day of the council of fifteen. The amendment of Articles 23 and 27 entered into force on 31 August 1965,
but the council of eleven went on to the end of the year: S/RES/218 (23 November 1965) was adopted with seven yes."""


@dataclass(frozen=True, slots=True)
class Majority:
    """What a draft needs in one council on one day.

    Attributes
    ----------
    quota : int
        Affirmative votes needed.
    vetoes_needed : int or None
        How many permanent members must vote no to block a draft that has the quota; None when none can.
    basis : str
        One line: the requirement in words, with its article or proposal.
    proviso : bool
        Whether, under Chapter VI and Article 52(3), parties to the dispute must abstain (Article 27(3), last clause).
    restraint : bool
        Whether, on mass atrocity, subscribers to a code of restraint abstain where they would have voted no.
    """

    quota: int
    vetoes_needed: int | None
    basis: str
    proviso: bool = False
    restraint: bool = False

    def outcome(self, yes: int, vetoes: int) -> Outcome:
        """The outcome of a roll call.

        Parameters
        ----------
        yes : int
            Affirmative votes.
        vetoes : int
            Permanent members voting no.

        Examples
        --------
        >>> Majority(9, 1, "Article 27(3)").outcome(yes=13, vetoes=2).value
        'vetoed'
        >>> Majority(9, 1, "Article 27(3)").outcome(yes=8, vetoes=1).value  # a hidden veto is no veto
        'failed'
        """
        if yes < self.quota:
            return Outcome.FAILED
        return Outcome.VETOED if self.blocked(vetoes) else Outcome.ADOPTED

    def blocked(self, vetoes: int) -> bool:
        """Whether this many permanent members voting no can block; on a failed draft that is the hidden veto."""
        return self.vetoes_needed is not None and vetoes >= self.vetoes_needed


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule is applied to.

    Attributes
    ----------
    matter : Matter
        The kind of question put.
    date : datetime.date
        The council's day, which chooses the law.
    size, permanent : int
        Seats, and those among them whose no can be a veto.
    quota, vetoes_needed : int or None
        The scenario's own numbers, for rules that take them.
    """

    matter: Matter
    date: datetime.date
    size: int
    permanent: int
    quota: int | None = None
    vetoes_needed: int | None = None

    @classmethod
    def of(cls, council: Council, matter: Matter) -> Case:
        """The case of a matter before a council."""
        return cls(matter, council.date, len(council), len(council.vetoers))


@dataclass(frozen=True, slots=True)
class Rule:
    """A voting rule of the registry.

    Attributes
    ----------
    name : str
        What a scenario writes in ``council.rule``.
    summary : str
        What it asks for, one line.
    source : str
        The article, practice or proposal it comes from.
    applies : callable
        From a :class:`Case` to the :class:`Majority`; raises RuleError when the rule does not fit the council.
    monotone : bool
        A vote turned from no to abstain, or from abstain to yes, never undoes an adoption.
    vetoable : bool
        Some roll call with enough yes is blocked by permanent members' no, on a substantive matter.
    anonymous : bool
        Elected members can trade votes without changing the outcome.
    takes_quota : bool
        Whether it reads ``council.quota`` and ``council.vetoes_needed``.
    preliminary : bool
        Whether ``[preliminary]`` is voted on first: is the draft procedural?
    """

    name: str
    summary: str
    source: str
    applies: Callable[[Case], Majority]
    monotone: bool = True
    vetoable: bool = False
    anonymous: bool = True
    takes_quota: bool = False
    preliminary: bool = False


def charter_size(case: Case, rule: str) -> int:
    """Eleven or fifteen, the size of the Charter's council on the case's day.

    Raises
    ------
    RuleError
        If the council has another size: the Charter says nothing about it.
    """
    size = 11 if case.date < ENLARGEMENT else 15
    if case.size != size:
        raise RuleError(
            f"rule {rule} is for the {size} seats of {case.date:%Y}, not {case.size}; "
            "rule quota-and-veto fits any size, with council.quota"
        )
    return size


def charter_quota(case: Case, rule: str) -> int:
    """Seven of eleven to the end of 1965, nine of fifteen since (Article 27, as amended)."""
    return 7 if charter_size(case, rule) == 11 else 9
