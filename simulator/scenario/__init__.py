"""Floor 3, what is on the table: the scenario types, the stance words, and the only TOML parser."""

from simulator.scenario.changes import changed
from simulator.scenario.checks_law import majorities_of, majority_of
from simulator.scenario.files import expand, load, shipped_scenarios
from simulator.scenario.order import before_the_draft
from simulator.scenario.parse import parse, rechecked
from simulator.scenario.places import Placed, placed
from simulator.scenario.seats import (
    bloc_members,
    council_of,
    entries,
    like_sitting,
    restrained,
    sitting_sponsors,
)
from simulator.scenario.stances import Stance
from simulator.scenario.types import Company, MemberEntry, Scenario, StatedOdds

__all__ = [
    "Company",
    "MemberEntry",
    "Placed",
    "Scenario",
    "Stance",
    "StatedOdds",
    "before_the_draft",
    "bloc_members",
    "changed",
    "council_of",
    "entries",
    "expand",
    "like_sitting",
    "load",
    "majorities_of",
    "majority_of",
    "parse",
    "placed",
    "rechecked",
    "restrained",
    "shipped_scenarios",
    "sitting_sponsors",
]
