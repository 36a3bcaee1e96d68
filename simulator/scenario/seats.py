"""Which members a scenario's words stand for on its council: sponsors who sit, blocs' members, the entry of each."""

from __future__ import annotations

from simulator.facts import ACT, Council, Group, Seat, council_on, members
from simulator.scenario.reformed import reformed
from simulator.scenario.stances import Stance
from simulator.scenario.types import Bloc, MemberEntry, Scenario

DEFAULT = "default"
"""The key of ``[members]`` that stands for everybody without an entry."""


def council_of(scenario: Scenario) -> Council:
    """The council that votes on the draft.

    Raises
    ------
    CouncilError
        If the members of its day are not known.
    """
    seats = scenario.council.seats
    return reformed(scenario.council_date, seats) if seats else council_on(scenario.council_date)


def restrained(scenario: Scenario, council: Council) -> tuple[str, ...]:
    """Whose no becomes an abstention by a code of restraint, in seat order.

    Under rule ``restraint`` and on mass atrocity: the members that the scenario names, else the permanent members known
    to have subscribed to the ACT code of conduct.
    """
    if scenario.council.rule != "restraint" or not scenario.draft.mass_atrocity:
        return ()
    named = scenario.council.subscribers
    return tuple(member for member in council.ids if member in (ACT.permanent if named is None else named))


def like_sitting(scenario: Scenario, council: Council) -> dict[str, tuple[str, ...]]:
    """New seats without an entry of their own, each with the members it is taken to be like, in seat order.

    These are the elected members of its regional group that are states; where there are none, nobody.
    """
    return {seat.id: sitting_of(seat, council) for seat in new_seats(council) if seat.id not in scenario.members}


def new_seats(council: Council) -> tuple[Seat, ...]:
    """The seats of a proposal, which no state holds."""
    states = members()
    return tuple(seat for seat in council.seats if seat.id not in states)


def sitting_of(seat: Seat, council: Council) -> tuple[str, ...]:
    """The elected members of a seat's regional group that are states, in seat order."""
    states = members()
    return tuple(
        other.id for other in council.seats if other.group is seat.group and not other.permanent and other.id in states
    )


def bloc_members(bloc: Bloc, council: Council) -> tuple[str, ...]:
    """A bloc's members on a council, in seat order."""
    words = {"all": council.ids, "permanent": council.permanent, "elected": council.elected}
    words |= {group.value: council.group(group) for group in Group}
    if len(bloc.members) == 1 and bloc.members[0] in words:
        return words[bloc.members[0]]
    return tuple(member for member in council.ids if member in bloc.members)


def sitting_sponsors(scenario: Scenario, council: Council) -> tuple[str, ...]:
    """The sponsors that have a vote: E10 is all elected members, PRESIDENT nobody in particular."""
    named = set(scenario.draft.sponsors or ())
    return tuple(seat.id for seat in council.seats if seat.id in named or ("E10" in named and not seat.permanent))


SILENT = MemberEntry.model_construct()
"""A member without an entry of its own, in a model in which it has then said nothing."""

_SPONSOR, _UNDECIDED = MemberEntry(stance=Stance.SPONSOR), MemberEntry(stance=Stance.UNDECIDED)


def entries(scenario: Scenario, council: Council) -> dict[str, MemberEntry]:
    """What the scenario assumes of each member, in seat order.

    In the stated model its own entry, else its sponsorship, else the default, else undecided. In any other model its
    own entry, or none: a stance is evidence there, and who has said nothing gives none.
    """
    if scenario.preferences.model != "stated":
        return {member: scenario.members.get(member, SILENT) for member in council.ids}
    sponsors = sitting_sponsors(scenario, council)
    default = scenario.members.get(DEFAULT, _UNDECIDED)
    assumed = {member: _SPONSOR if member in sponsors else default for member in council.ids}
    return assumed | {member: scenario.members[member] for member in assumed if member in scenario.members}
