"""Floor 1, what is on record: votes, members, councils by date, ideal points. No probability lives here."""

from simulator.facts.agendas import Agenda, agenda_hint, agenda_named, agendas, agendas_of, regions_of
from simulator.facts.council import Council, Seat, council_day, council_on, first_day, last_day, member_named, terms_of
from simulator.facts.ideal_points import IdealPoint, ideal_point, ideal_point_before, ideal_points
from simulator.facts.members import Group, Member, members
from simulator.facts.record import (
    COMPLETE_FROM,
    E10,
    PRESIDENT,
    Recording,
    Region,
    RollCall,
    Vetoed,
    checked_record,
    roll_calls,
    vetoes,
)
from simulator.facts.record_file import RecordFile, RefusedRow, read_roll_calls
from simulator.facts.record_row import COLUMNS, OTHER, cells_of, row_problems, row_remarks
from simulator.facts.reforms import REFORMS, NewSeat, Reform
from simulator.facts.restraint import ACT, FRENCH_MEXICAN
from simulator.facts.sponsors import SponsorClass, sponsor_class
from simulator.facts.votes import Choice, Matter, Outcome, Text

__all__ = [
    "ACT",
    "COLUMNS",
    "COMPLETE_FROM",
    "E10",
    "FRENCH_MEXICAN",
    "OTHER",
    "PRESIDENT",
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
    "RecordFile",
    "Recording",
    "Reform",
    "RefusedRow",
    "Region",
    "RollCall",
    "Seat",
    "SponsorClass",
    "Text",
    "Vetoed",
    "agenda_hint",
    "agenda_named",
    "agendas",
    "agendas_of",
    "cells_of",
    "checked_record",
    "council_day",
    "council_on",
    "first_day",
    "ideal_point",
    "ideal_point_before",
    "ideal_points",
    "last_day",
    "member_named",
    "members",
    "read_roll_calls",
    "regions_of",
    "roll_calls",
    "row_problems",
    "row_remarks",
    "sponsor_class",
    "terms_of",
    "vetoes",
]
