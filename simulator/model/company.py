"""Company: a member that vetoes more readily when another does.

Whether the follower withholds its yes is decided as for everybody; *given that it withholds*, its no has a probability
that depends on whether its leader votes no.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.facts import Council
from simulator.model.stance_odds import record_counts
from simulator.model.stated import stated_odds
from simulator.scenario import Company, MemberEntry, Scenario, StatedOdds, entries


@dataclass(frozen=True, slots=True)
class Follows:
    """One follower and its leader, as places in seat order.

    Attributes
    ----------
    leader, follower : int
        Seats.
    if_leader_no, otherwise : float
        Chance in [0, 1] that the follower votes no, given that it takes part and withholds its yes.
    """

    leader: int
    follower: int
    if_leader_no: float
    otherwise: float


def company_of(scenario: Scenario, council: Council) -> tuple[tuple[Follows, ...], tuple[str, ...]]:
    """The company of a scenario, and notes on pairs whose follower leaves it no room."""
    if not scenario.company:
        return (), ()
    entry = entries(scenario, council)
    if scenario.preferences.model == "stated":
        odds = stated_odds(scenario, council)
    else:  # elsewhere a stance is evidence, and only odds of its own say how a member withholds
        odds = {member: own.odds for member, own in entry.items() if own.odds}
    kept: list[Follows] = []
    notes: list[str] = []
    for pair in scenario.company:
        if pair.follower in scenario.do:
            continue
        reason = _no_room(entry[pair.follower], pair.follower in council.vetoers, odds.get(pair.follower))
        if reason:
            notes.append(f"{pair.follower} does not follow {pair.leader} here: {reason}")
        else:
            kept.append(_numbers(pair, council))
    return tuple(kept), tuple(notes)


def _numbers(pair: Company, council: Council) -> Follows:
    counts = record_counts()
    if_no = counts["china_no_if_russia_no"].share if pair.if_leader_no is None else pair.if_leader_no
    otherwise = counts["china_no_otherwise"].share if pair.otherwise is None else pair.otherwise
    return Follows(council.index(pair.leader), council.index(pair.follower), if_no, otherwise)


def _no_room(entry: MemberEntry, permanent: bool, odds: StatedOdds | None) -> str:
    """Why a follower's own words or odds already say how it withholds; empty when they do not."""
    if entry.stance and entry.stance.said_by(permanent).announces_veto:
        return f"its stance {entry.stance} already says how it withholds its yes"
    if odds and (odds.abstain == 0 or odds.no == 0):
        return f"its odds leave it no choice ({'abstain' if odds.abstain == 0 else 'no'} = 0)"
    return ""
