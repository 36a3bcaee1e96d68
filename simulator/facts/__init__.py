"""Floor 1, what is on record: votes, members, councils by date. No probability lives here."""

from simulator.facts.council import Council, Seat, council_day, council_on, first_day, last_day
from simulator.facts.members import Group, Member, members
from simulator.facts.votes import Choice, Matter, Outcome, Text

__all__ = [
    "Choice",
    "Council",
    "Group",
    "Matter",
    "Member",
    "Outcome",
    "Seat",
    "Text",
    "council_day",
    "council_on",
    "first_day",
    "last_day",
    "members",
]
