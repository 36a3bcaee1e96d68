"""The history model's place among the preference models: from a scenario to the ways its members may see the draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from simulator.facts import Council
from simulator.model.history.covariates import Tabled, covariates
from simulator.model.history.estimates import origin_of, shipped_estimates
from simulator.model.history.mixture import History
from simulator.model.history.past import Past, shipped_past
from simulator.model.latent import LatentVotes
from simulator.model.prospects import Prospect
from simulator.model.stance_likelihood import speakers
from simulator.model.stated import cuts_of
from simulator.scenario import Scenario, StatedOdds
from simulator.scenario.seats import DEFAULT


def history_of(scenario: Scenario, council: Council, past: Past | None = None) -> History:
    """What the record of days before the draft's makes of it.

    Parameters
    ----------
    scenario : Scenario
        With ``preferences.model = "history"``.
    council : Council
        Who votes on it.
    past : Past, optional
        Default: the record that comes with the program.

    Raises
    ------
    InputError
        Where no estimates serve its date.
    """
    draft = scenario.draft
    assert draft.agenda is not None, "checked when the scenario was read"
    past = past or shipped_past()
    region = past.regions.get(draft.agenda)
    text = Tabled(draft.date, draft.agenda, region, tuple(draft.sponsors or ()), draft.text, council.ids)
    known = covariates(past, text)
    return History.of(shipped_estimates(origin_of(draft.date)), text, known)


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


def own_odds(scenario: Scenario, council: Council) -> dict[int, StatedOdds]:
    """Seats with odds of their own in ``[members]``, which stand in for the record's."""
    return {
        council.index(member): entry.odds
        for member, entry in scenario.members.items()
        if entry.odds is not None and member != DEFAULT
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


def remarks(scenario: Scenario, council: Council, past: Past | None = None) -> Iterator[str]:
    """What a reader should know: what the odds rest on, and what in the scenario does not bear on them."""
    origin, draft = origin_of(scenario.draft.date), scenario.draft
    yield (
        f"preferences from the record before {draft.date.isoformat()}, with parameters estimated from the votes before "
        f"1 January {origin}"
    )
    history = history_of(scenario, council, past)
    if not draft.sponsors:
        taken = " ".join((past or shipped_past()).sponsors(history.text.agenda, draft.date.toordinal(), ()))
        yield f"no sponsors stated: those of the last text on the item are taken ({taken})"
    without = [member for member, year in history.known.points if year is None]
    own_year = [member for member, year in history.known.points if year is not None]
    if without:
        yield f"no General Assembly ideal point, so 0 is taken: {' '.join(without)}"
    if own_year:
        yield f"no ideal point of an earlier year, so that of the draft's own year is taken: {' '.join(own_year)}"
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
