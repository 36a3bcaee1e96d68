"""Floor 1, what is on record: votes, members, councils by date, ideal points. No probability lives here."""

from simulator.facts.council import Council, Seat, council_day, council_on, first_day, last_day, member_named, terms_of
from simulator.facts.ideal_points import IdealPoint, ideal_point, ideal_point_before, ideal_points
from simulator.facts.members import Group, Member, members
from simulator.facts.record import Agenda, Recording, Region, RollCall, Vetoed, agendas, roll_calls, vetoes
from simulator.facts.reforms import REFORMS, NewSeat, Reform
from simulator.facts.restraint import ACT, FRENCH_MEXICAN
from simulator.facts.votes import Choice, Matter, Outcome, Text

__all__ = [
    "ACT",
    "FRENCH_MEXICAN",
    "REFORMS",
    "Agenda",
    "Choice",
    "Council",
    "Group",
    "IdealPoint",
    "Matter",
    "Member",
    "NewSeat",
    "Outcome",
    "Recording",
    "Reform",
    "Region",
    "RollCall",
    "Seat",
    "Text",
    "Vetoed",
    "agendas",
    "council_day",
    "council_on",
    "first_day",
    "ideal_point",
    "ideal_point_before",
    "ideal_points",
    "last_day",
    "member_named",
    "members",
    "roll_calls",
    "terms_of",
    "vetoes",
]
