"""Floor 3, what is on the table: the scenario types, the stance words, and the only TOML parser."""

from simulator.scenario.changes import changed
from simulator.scenario.checks import majority_of
from simulator.scenario.files import expand, load, shipped_scenarios
from simulator.scenario.parse import parse, rechecked
from simulator.scenario.places import Standing, standings
from simulator.scenario.seats import bloc_members, council_of, entries, sitting_sponsors
from simulator.scenario.stances import Stance
from simulator.scenario.types import Company, MemberEntry, Scenario, StatedOdds

__all__ = [
    "Company",
    "MemberEntry",
    "Scenario",
    "Stance",
    "Standing",
    "StatedOdds",
    "bloc_members",
    "changed",
    "council_of",
    "entries",
    "expand",
    "load",
    "majority_of",
    "parse",
    "rechecked",
    "shipped_scenarios",
    "sitting_sponsors",
    "standings",
]
