"""What a stance word is worth as evidence: how likely a member is to say so, by what it will do in the end.

With preferences from elsewhere (places in issue space) a statement is a signal. Learning it multiplies each choice's
odds by the likelihood of the word given that choice, and with shared factors it moves beliefs about others too.
Statements are not in the record, so the numbers are judgement and carry ranges. Per choice the words' likelihoods add
up to 0.6; the rest is silence, as likely whatever the choice, so that who has said nothing tells nothing.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

import numpy as np

from simulator.facts import Choice, Council
from simulator.model.latent import CODE, Floats
from simulator.scenario import Scenario, Stance
from simulator.shipped import shipped

_COUNTED = (Choice.YES, Choice.ABSTAIN, Choice.NO)


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The probability that a member says a word, given one choice.

    Attributes
    ----------
    value : float
        In (0, 1).
    low, high : float
        The range within which people may reasonably differ.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class StanceLikelihoods:
    """The likelihoods of a stance word for one kind of member.

    Attributes
    ----------
    yes, abstain, no : Likelihood
        Given that choice; of an absence that of an abstention.
    basis : str
        Where they come from.
    """

    yes: Likelihood
    abstain: Likelihood
    no: Likelihood
    basis: str

    @property
    def row(self) -> Floats:
        """The values in the order yes, abstain, no, absent: shape (4,), divided by the largest."""
        row = np.array([self.yes.value, self.abstain.value, self.no.value, self.abstain.value])
        found: Floats = row / row.max()
        return found


@cache
def stance_likelihoods() -> dict[tuple[Stance, bool], StanceLikelihoods]:
    """The shipped likelihoods, by stance and whether the member is permanent.

    An elected member has no veto to announce: for it threatens-veto and will-veto mean opposes.
    """
    found: dict[tuple[Stance, bool], StanceLikelihoods] = {}
    with shipped("model", "data", "stance_likelihoods.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yes, abstain, no = (
                Likelihood(float(row[choice]), float(row[f"{choice}_low"]), float(row[f"{choice}_high"]))
                for choice in _COUNTED
            )
            found[Stance(row["stance"]), row["seat"] == "permanent"] = StanceLikelihoods(yes, abstain, no, row["basis"])
    for stance in Stance:
        found.setdefault((stance, False), found[stance.said_by(permanent=False), False])
    return found


def learnt(scenario: Scenario, council: Council) -> Floats:
    """The likelihood of all that is learnt of each seat, by its choice: shape (n, 4), rows scaled to a largest of 1.

    What ``given`` leaves possible has 1 there and 0 elsewhere. Outside the stated model a stance multiplies that by
    the likelihood of the word.
    """
    rows = np.ones((len(council), 4))
    for member, choices in scenario.given.items():
        rows[council.index(member)] = 0.0
        rows[council.index(member), [CODE[choice] for choice in choices]] = 1.0
    for member in speakers(scenario, council):
        stance, seat = scenario.members[member].stance, council.index(member)
        assert stance is not None, "who has said something has a stance"
        rows[seat] *= stance_likelihoods()[stance, member in council.vetoers].row
        rows[seat] /= rows[seat].max()
    return rows


def speakers(scenario: Scenario, council: Council) -> tuple[str, ...]:
    """Whose stance is evidence, in seat order: nobody's in the stated model, and not of who is made to vote."""
    if scenario.preferences.model == "stated":
        return ()
    said = {member for member, entry in scenario.members.items() if entry.stance}
    return tuple(member for member in council.ids if member in said and member not in scenario.do)
