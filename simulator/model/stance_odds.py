"""What a stance word stands for in the stated model: odds, for permanent and elected members apart.

How often a member that said so votes yes is judgement. How a permanent member withholds its yes, by a no or by an
abstention, is taken from the record where the word does not say it, with the counts.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from simulator.scenario import Stance, StatedOdds
from simulator.shipped import shipped

FROM_RECORD = "record"
"""In the table: the share of no among withheld votes is that of the record."""


@dataclass(frozen=True, slots=True)
class Count:
    """A share counted in the record: `hits` of `of`, and what was counted."""

    hits: int
    of: int
    meaning: str

    @property
    def share(self) -> float:
        """Hits / of, in [0, 1]."""
        return self.hits / self.of


@dataclass(frozen=True, slots=True)
class StanceNumbers:
    """The odds of a stance word for one kind of member, given that it takes part.

    Attributes
    ----------
    odds : StatedOdds
    yes_basis : str
        Where its chance of a yes comes from.
    no_basis : str
        Where the share of no among withheld votes comes from.
    """

    odds: StatedOdds
    yes_basis: str
    no_basis: str


@cache
def record_counts() -> dict[str, Count]:
    """The counts of the record that the model's defaults rest on, by name. Source: facts/data/SOURCES.md."""
    with shipped("model", "data", "record.csv").open(encoding="utf-8", newline="") as file:
        return {row["number"]: Count(int(row["hits"]), int(row["of"]), row["meaning"]) for row in csv.DictReader(file)}


@cache
def stance_numbers() -> dict[tuple[Stance, bool], StanceNumbers]:
    """The shipped numbers, by stance and whether the member is permanent.

    An elected member has no veto to announce: for it threatens-veto and will-veto mean opposes.
    """
    numbers: dict[tuple[Stance, bool], StanceNumbers] = {}
    with shipped("model", "data", "stances.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            numbers[Stance(row["stance"]), row["seat"] == "permanent"] = _numbers(row)
    for stance in Stance:
        numbers.setdefault((stance, False), numbers[stance.said_by(permanent=False), False])
    return numbers


def _numbers(row: dict[str, str]) -> StanceNumbers:
    yes = float(row["yes"])
    if row["withheld_no"] == FROM_RECORD:
        count = record_counts()[f"{row['seat']}_no_when_withheld"]
        share, basis = count.share, f"{count.hits} of {count.of} on record"
    else:
        share, basis = float(row["withheld_no"]), "judgement"
    odds = StatedOdds(yes=yes, abstain=(1 - yes) * (1 - share), no=(1 - yes) * share)
    return StanceNumbers(odds, row["basis"], basis)
