"""Each member's vote among the others': what these do at given values of the shared factors, one member left out.

At a point over the factors the members are independent but for company, so what all others do is a small table, yes
votes by vetoes. The tables of everybody-but-one are made together, by halves: to come to the left half of the members
the right half is joined, and so on down; n log n joins instead of n². Whatever one asks of single members – what their
choice means, whether they decide, how the odds move with their numbers – is read off these tables in one walk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simulator.engines.at_points import cast, joined, only, reacting
from simulator.engines.readout import endings_grid
from simulator.model import Follows, VoteModel
from simulator.model.latent import ABSENT, ABSTAIN, NO, YES, Floats
from simulator.rules import Majority

OUTCOMES = 3


@dataclass(frozen=True, slots=True)
class Around:
    """One seat's choices at every point, each with what it comes to with the others' votes.

    Attributes
    ----------
    seat : int
    learnt : array, shape (4, 3, m)
        By the seat's choice: odds that it chooses so together with each outcome, and with all that was learnt.
    made : array, shape (4, 3, m)
        By what the seat is made to choose: odds of each outcome together with all that was learnt of the others. Who
        follows it reacts; it follows nobody.
    swings : array, shape (2, m)
        How much the odds of adoption fall, the others' votes as they are, if the seat abstains instead of voting yes,
        and if it votes no instead of abstaining; with all that was learnt. Under a rule that a further yes or a veto
        less never hurts, the odds that its vote decides.
    slopes : array, shape (4, 3, m)
        By choice, how much each outcome, together with what was learnt, gains with the seat's own odds of that choice,
        those before company: they add up to what is learnt, since every outcome is linear in each seat's odds.
    company : array, shape (2, 3, m)
        The same for the chance of a follower's no if its leader votes no, and otherwise; zeros of one that follows
        nobody.
    """

    seat: int
    learnt: Floats
    made: Floats
    swings: Floats
    slopes: Floats
    company: Floats


def around(model: VoteModel, majority: Majority, odds: Floats) -> Iterator[Around]:
    """Every seat among the others.

    Parameters
    ----------
    odds : array, shape (n, m, 4)
        Every seat's odds at the points, whatever its company, from :func:`~simulator.engines.at_points.odds_at`.
    """
    following = {pair.follower for pair in model.company}
    heads = [seat for seat in range(len(odds)) if seat not in following]
    blocking = majority.vetoes_needed or 0
    nobody = np.zeros((majority.quota + 1, blocking + 1, odds.shape[1]))
    nobody[0, 0] = 1.0
    for head, rest in _left_out(model, odds, heads, nobody):
        followers = [pair for pair in model.company if pair.leader == head]
        if followers:
            yield from _in_company(model, majority, odds, head, followers, rest)
        else:
            yield _alone(model, majority, odds, head, rest)


def _left_out(model: VoteModel, odds: Floats, heads: list[int], counts: Floats) -> Iterator[tuple[int, Floats]]:
    """Each seat that follows nobody, with the table of all others but its followers."""
    if len(heads) == 1:
        yield heads[0], counts
        return
    half = len(heads) // 2
    for some, others in ((heads[:half], heads[half:]), (heads[half:], heads[:half])):
        further = counts
        for seat in others:
            further = joined(model, further, odds, seat)
        yield from _left_out(model, odds, some, further)


def _alone(model: VoteModel, majority: Majority, odds: Floats, seat: int, rest: Floats) -> Around:
    """A seat that neither leads nor follows: the others' votes are the same whatever it does."""
    made = _endings(majority, rest, model.permanent[seat])
    likelihood = model.likelihood[seat]
    own = (odds[seat] * likelihood).T
    slopes = likelihood[:, None, None] * made
    return Around(seat, own[:, None] * made, made, own.sum(axis=0) * _swings(made), slopes, np.zeros_like(made[:2]))


def _in_company(
    model: VoteModel, majority: Majority, odds: Floats, leader: int, pairs: list[Follows], rest: Floats
) -> Iterator[Around]:
    """A leader and its followers, each choice of the leader a case of its own."""
    leading = odds[leader] * model.likelihood[leader]
    permanent = model.permanent[leader]
    rows = {pair.follower: [reacting(model, odds, pair, choice) for choice in range(4)] for pair in pairs}
    made = np.zeros((4, OUTCOMES, odds.shape[1]))
    swings = np.zeros((2, odds.shape[1]))
    for choice in range(4):
        table = rest
        for follower, row in rows.items():
            table = cast(table, row[choice], model.permanent[follower])
        endings = _endings(majority, table, permanent)
        made[choice] = endings[choice]
        swings += leading[:, choice] * _swings(endings)
    slopes = model.likelihood[leader][:, None, None] * made
    yield Around(leader, leading.T[:, None] * made, made, swings, slopes, np.zeros_like(made[:2]))
    for pair in pairs:
        tables = []
        for choice in range(4):
            table = cast(rest, only(leading, choice), permanent)
            for other, row in rows.items():
                if other != pair.follower:
                    table = cast(table, row[choice], model.permanent[other])
            tables.append(_endings(majority, table, model.permanent[pair.follower]))
        yield _following(model, pair, odds[pair.follower], rows[pair.follower], tables)


def _following(model: VoteModel, pair: Follows, own: Floats, rows: list[Floats], tables: list[Floats]) -> Around:
    """A follower, from the outcomes by its choice and its odds, both by the leader's choice.

    Parameters
    ----------
    own : array, shape (m, 4)
        Its odds before company.
    rows : list of array, shape (m, 4)
        Its odds where the leader makes each choice, times the likelihood of what was learnt.
    tables : list of array, shape (4, 3, m)
        Outcomes together with each choice of the leader, by the follower's.
    """
    likelihood = model.likelihood[pair.follower][:, None, None]
    withheld = own[:, ABSTAIN] + own[:, NO]
    made, learnt, slopes = (np.zeros_like(tables[0]) for _ in range(3))
    swings, company = np.zeros_like(tables[0][:2, 0]), np.zeros_like(tables[0][:2])
    for choice, (endings, row) in enumerate(zip(tables, rows, strict=True)):
        weighed = likelihood * endings
        share = pair.if_leader_no if choice == NO else pair.otherwise
        split = share * weighed[NO] + (1 - share) * weighed[ABSTAIN]
        made += endings
        learnt += row.T[:, None] * endings
        swings += row.sum(axis=1) * _swings(endings)
        slopes += np.stack([weighed[YES], split, split, weighed[ABSENT]])
        company[int(choice != NO)] += withheld * (weighed[NO] - weighed[ABSTAIN])
    return Around(pair.follower, learnt, made, swings, slopes, company)


def _endings(majority: Majority, table: Floats, permanent: bool) -> Floats:
    """Odds of each outcome by the choice of the seat left out: shape (4, 3, m)."""
    cells = table.reshape(-1, table.shape[2])
    masks = _masks(majority, table.shape[0], table.shape[1], permanent)
    endings: Floats = (masks @ cells).reshape(4, OUTCOMES, -1)
    return endings


@lru_cache(maxsize=64)
def _masks(majority: Majority, counts: int, vetoes: int, permanent: bool) -> Floats:
    """Which cells of the others' table come to which outcome, by the choice of the seat left out.

    Shape (12, counts · vetoes), rows in the order of choices and outcomes. Counts are capped at what the rule asks for:
    beyond that a further vote changes nothing.
    """
    grid, _ = endings_grid(majority, counts, vetoes)
    masks = np.zeros((4, OUTCOMES, counts, vetoes))
    for choice in range(4):
        yes, no = int(choice == YES), int(choice == NO and permanent and vetoes > 1)
        ending = grid[yes : yes + counts, no : no + vetoes]
        for outcome in range(OUTCOMES):
            masks[choice, outcome] = ending == outcome
    return masks.reshape(4 * OUTCOMES, -1)


def _swings(endings: Floats) -> Floats:
    """How far adoption falls from yes to abstain, and from abstain to no: shape (2, m)."""
    adopted = endings[:, 0]
    return np.stack([adopted[YES] - adopted[ABSTAIN], adopted[ABSTAIN] - adopted[NO]])
