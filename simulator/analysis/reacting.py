"""What a leader's vote decides once those that follow it react: beside the swing, in which all others are held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.engines.seats.meaning import ADOPTED, Meaning
from simulator.engines.words import in_100, in_a_sentence, listed
from simulator.facts import Council
from simulator.model.latent import ABSTAIN, NO, YES
from simulator.model.stance_likelihood import speakers
from simulator.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Reacting:
    """A member that others follow.

    Attributes
    ----------
    leader : str
    followers : tuple of str
    adopted : tuple of float, or None
        Odds of adoption if it is made to vote yes, to abstain, and to vote no, its followers reacting. None where
        something was said by it or learnt of it, since that is left out where a vote is made: there is no comparing
        with a swing, which counts it.
    """

    leader: str
    followers: tuple[str, ...]
    adopted: tuple[float, float, float] | None

    def as_dict(self) -> dict[str, Any]:
        """By name: what adoption loses between two choices."""
        if self.adopted is None:
            return {"followers": list(self.followers), "yes_abstain": None, "abstain_no": None}
        yes, abstain, no = self.adopted
        return {"followers": list(self.followers), "yes_abstain": yes - abstain, "abstain_no": abstain - no}

    def note(self, council: Council) -> str:
        """That its followers are held as they vote, and what it is with them reacting."""
        who, one = listed(self.followers), len(self.followers) == 1
        held = f"{who} {'follows' if one else 'follow'} {self.leader}, but {'is' if one else 'are'} held here as"
        held += f" {'it votes' if one else 'they vote'}; with {who} reacting"
        if self.adopted is None:
            return f"{held}: made in unsc why, which leaves out what {self.leader} said and what was learnt of it"
        name = in_a_sentence(council.seats[council.index(self.leader)].short)
        _, abstain, no = self.adopted
        return (
            f"{held}, {name} made to abstain instead of voting no takes adoption from {in_100(no)} to "
            f"{in_100(abstain)} of 100 (made in unsc why)"
        )


def reacting_of(scenario: Scenario, council: Council, found: Meaning) -> Iterator[Reacting]:
    """The members that others follow, in the order of the company."""
    apart = {*scenario.given, *speakers(scenario, council)}
    for leader in dict.fromkeys(leader for leader, _ in found.company):
        followers = tuple(follower for one, follower in found.company if one == leader)
        adopted = found.made[found.seat(leader), [YES, ABSTAIN, NO], ADOPTED]
        known = leader not in apart and bool(np.isfinite(adopted).all())
        yes, abstain, no = map(float, adopted)
        yield Reacting(leader, followers, (yes, abstain, no) if known else None)
