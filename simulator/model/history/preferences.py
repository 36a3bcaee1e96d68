"""The history model's place among the preference models: from a scenario to the ways its members may see the draft."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from simulator.errors import InputError
from simulator.facts import COMPLETE_FROM, Council, Matter, Seat, Text, council_on, roll_calls
from simulator.model.history.covariates import Tabled, covariates
from simulator.model.history.estimates import Estimates, origin_of, shipped_estimates
from simulator.model.history.mixture import History
from simulator.model.history.past import Past, shipped_past
from simulator.model.latent import LatentVotes
from simulator.model.prospects import Prospect
from simulator.model.stance_likelihood import speakers
from simulator.model.stated import cuts_of
from simulator.scenario import Scenario, StatedOdds, sitting_sponsors
from simulator.scenario.seats import DEFAULT, new_seats, sitting_of


def history_of(
    scenario: Scenario, council: Council, past: Past | None = None, estimates: Estimates | None = None
) -> History:
    """What the record of days before the draft's makes of it.

    Parameters
    ----------
    scenario : Scenario
        With ``preferences.model = "history"``.
    council : Council
        Who votes on it.
    past : Past, optional
        Default: the record that comes with the program.
    estimates : Estimates, optional
        Default: the latest that ship and are not after the draft's date.

    Raises
    ------
    InputError
        Where no estimates serve its date, or those given are of a later day.
    """
    draft = scenario.draft
    assert draft.agenda is not None, "checked when the scenario was read"
    past = past or shipped_past()
    region = past.regions.get(draft.agenda)
    sitting = council_on(council.date) if scenario.council.seats else council
    text = Tabled(draft.date, draft.agenda, region, tuple(draft.sponsors or ()), draft.text, sitting.ids)
    known = covariates(past, text)
    estimates = estimates or shipped_estimates(origin_of(draft.date))
    if estimates.until > draft.date:
        raise InputError(
            f"the estimates were made from votes up to {estimates.until.isoformat()}, after the draft's date "
            f"{draft.date.isoformat()}: a forecast knows only what came before; make others: unsc fit --until DATE"
        )
    history = History.of(estimates, text, known)
    if sitting is not council:
        history = history.before(council.ids, [_like(seat, sitting) for seat in council.seats])
    return history.sponsored_by([council.index(member) for member in sitting_sponsors(scenario, council)])


def _like(seat: Seat, sitting: Council) -> tuple[int, ...]:
    """Whose votes tell those of a seat: its own, or of a new one those of the elected members of its group.

    Where none of its group sits, those of all elected members.
    """
    if seat.id in sitting:
        return (sitting.index(seat.id),)
    return tuple(sitting.index(member) for member in sitting_of(seat, sitting) or sitting.elected)


def prospects(scenario: Scenario, council: Council, past: Past | None = None) -> tuple[Prospect, ...]:
    """The ways the members may see the draft: every kind of draft under every draw of the parameters."""
    history = history_of(scenario, council, past)
    own = own_odds(scenario, council)
    settled = {council.index(member) for member in scenario.do} | set(own)
    found = []
    for variant in history.variants:
        for draw in range(history.draws):
            latent, company = history.latent(variant, draw)
            kept = tuple(pair for pair in company if pair.follower not in settled)
            weight = float(variant.weights[draw]) / history.draws
            found.append(Prospect(_with_own(latent, own), kept, weight, draw))
    return tuple(found)


def _assumed(past: Past, text: Tabled) -> str:
    """Whose text it is taken to be where nobody is stated to sponsor it."""
    kind, day = text.text.value, text.date.toordinal()
    last = past.last_sponsors(text.agenda, day, text.text)
    if last:
        return f"no sponsors stated: those of the last {kind} on the item are taken ({' '.join(last)})"
    usual = past.sponsors(text.agenda, day, (), text.text)
    whose = f"{' '.join(usual)}, which tables most, is taken" if usual else "nobody is taken"
    return f"no sponsors stated, and no earlier {kind} on the item tells whose it may be: {whose}"


@cache
def _first_amendment() -> datetime.date:
    """The day of the first amendment that the fit could see."""
    return min(vote.date for vote in roll_calls() if vote.text is not Text.DRAFT and vote.date >= COMPLETE_FROM)


def own_odds(scenario: Scenario, council: Council) -> dict[int, StatedOdds]:
    """Seats with odds of their own in ``[members]``, which stand in for the record's."""
    return {council.index(member): odds for member, odds in own_odds_of(scenario).items()}


def own_odds_of(scenario: Scenario) -> dict[str, StatedOdds]:
    """The same by code."""
    return {
        member: entry.odds for member, entry in scenario.members.items() if entry.odds is not None and member != DEFAULT
    }


def _with_own(latent: LatentVotes, own: dict[int, StatedOdds]) -> LatentVotes:
    """With some seats' odds as stated, whatever the kind of draft; they still move with the others within it."""
    if not own:
        return latent
    mean, no_below, yes_from, absent = (
        part.copy() for part in (latent.mean, latent.no_below, latent.yes_from, latent.absent)
    )
    for seat, odds in own.items():
        mean[seat], no_below[seat], yes_from[seat] = cuts_of(odds)
        absent[seat] = odds.absent
    return replace(latent, mean=mean, no_below=no_below, yes_from=yes_from, absent=absent)


def remarks(scenario: Scenario, council: Council, history: History, past: Past | None = None) -> Iterator[str]:
    """What a reader should know: what the odds rest on, and what in the scenario does not bear on them."""
    draft = scenario.draft
    yield (
        f"preferences from the record before {draft.date.isoformat()}, with parameters estimated from the votes before "
        f"{history.origin.day} {history.origin:%B %Y}"
    )
    if draft.matter is Matter.PROCEDURAL:
        yield "the estimates are of substantive votes, this one is procedural"
    if draft.text is not Text.DRAFT and history.origin <= _first_amendment():
        yield (
            "no amendment came to a vote from 1994 until then, so what becomes of one rests on a prior, that it lacks "
            "consensus, and on no vote"
        )
    if draft.text is Text.PARAGRAPH:
        yield "a paragraph voted on by itself is taken for an amendment: the record has too few of them"
    if not draft.sponsors:
        yield _assumed(past or shipped_past(), history.text)
    without = [member for member, year in history.known.points if year is None]
    own_year = [member for member, year in history.known.points if year is not None]
    if without:
        yield f"no General Assembly ideal point, so 0 is taken: {' '.join(without)}"
    if own_year:
        yield f"no ideal point of an earlier year, so that of the draft's own year is taken: {' '.join(own_year)}"
    if any(seat.id not in own_odds_of(scenario) for seat in new_seats(council)):
        yield "new seats are taken to vote as the elected members of their regional groups do on average"
    if DEFAULT in scenario.members:
        yield "members.default is not used with the history model: who has no entry of its own is as in the record"
    if scenario.stances:
        yield "[stances] holds odds of words, which the history model does not use"
    said = speakers(scenario, council)
    if said:
        yield f"what {' '.join(said)} said is evidence of the vote (see unsc stances --likelihoods)"
    made = [member for member in scenario.do if scenario.members.get(member) and scenario.members[member].stance]
    if made:
        yield f"what {' '.join(made)} said is left out of account, since the vote is made"
    own = own_odds(scenario, council)
    if own:
        yield f"odds of their own, in place of the record's: {' '.join(council.ids[seat] for seat in sorted(own))}"
