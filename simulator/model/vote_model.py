"""Latent votes with company, with what is learnt, and with what is made: all an engine needs to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.errors import InputError, Problem, ScenarioError
from simulator.facts import Choice, Council
from simulator.model import spatial, stated
from simulator.model.company import Follows, company_of
from simulator.model.latent import Floats, LatentVotes
from simulator.model.prospects import Prospect
from simulator.model.restraint import restraint_notes
from simulator.model.stance_likelihood import learnt
from simulator.rules import Majority
from simulator.scenario import Scenario, council_of, majority_of, restrained

if TYPE_CHECKING:
    from simulator.model.history.past import Past


def _stated(scenario: Scenario, council: Council, past: Past | None) -> tuple[Prospect, ...]:
    del past
    return (Prospect(stated.latent_votes(scenario, council), company_of(scenario, council)[0]),)


def _spatial(scenario: Scenario, council: Council, past: Past | None) -> tuple[Prospect, ...]:
    del past
    return (Prospect(spatial.latent_votes(scenario, council), company_of(scenario, council)[0]),)


def _history(scenario: Scenario, council: Council, past: Past | None) -> tuple[Prospect, ...]:
    from simulator.model.history.preferences import prospects  # only who asks for the record waits for it

    return prospects(scenario, council, past)


PREFERENCE_MODELS: dict[str, Callable[[Scenario, Council, Past | None], tuple[Prospect, ...]]] = {
    "stated": _stated,
    "spatial": _spatial,
    "history": _history,
}
"""What ``preferences.model`` can name. A new model is a new file and one line here."""


@dataclass(frozen=True, slots=True)
class VoteModel:
    """The joint distribution of the votes, in parts.

    In order: what is *made* has replaced seats in `latent` (cutting their factors and their own leader); then company
    makes followers react, also to a leader that was made to vote; then what is *learnt* restricts.

    Attributes
    ----------
    members : tuple of str
        Codes in seat order.
    permanent : tuple of bool
        Which seats' no can be a veto.
    latent : LatentVotes
        With what is made put in.
    company : tuple of Follows
        Followers and leaders, as seats; a leader follows nobody, a follower has one leader.
    likelihood : array, shape (n, 4)
        Likelihood of what was learnt of each seat, by its choice, each row's largest 1; all ones where nothing was.
    notes : tuple of str
        What a user should know about how the scenario was read.
    """

    members: tuple[str, ...]
    permanent: tuple[bool, ...]
    latent: LatentVotes
    company: tuple[Follows, ...]
    likelihood: Floats
    notes: tuple[str, ...] = ()

    @property
    def learnt(self) -> tuple[int, ...]:
        """Seats of which something was learnt."""
        return tuple(int(seat) for seat in np.flatnonzero((self.likelihood != 1).any(axis=1)))


@dataclass(frozen=True, slots=True)
class WeighedModel:
    """One of the ways members may see a draft, as a vote model.

    Attributes
    ----------
    model : VoteModel
    weight : float
        Its probability, before anything is learnt.
    draw : int
        Which draw of uncertain parameters it belongs to.
    """

    model: VoteModel
    weight: float = 1.0
    draw: int = 0


def vote_model(scenario: Scenario) -> VoteModel:
    """The vote model of a scenario whose numbers are certain.

    Raises
    ------
    ScenarioError
        If one is a distribution: its realisations have vote models.
    InputError
        If its preferences come from the record: they are several, see :func:`vote_models`.
    """
    models = vote_models(scenario)
    if len(models) > 1:
        raise InputError(f"{scenario.source}: preferences from the record are a mixture of vote models, not one")
    return models[0].model


def vote_models(scenario: Scenario, past: Past | None = None) -> tuple[WeighedModel, ...]:
    """The vote models of a scenario whose numbers are certain: one, or several where preferences are fitted.

    Parameters
    ----------
    scenario : Scenario
    past : Past, optional
        The record that the history model rests on; default: the one that comes with the program.

    Raises
    ------
    ScenarioError
        If a number is a distribution: its realisations have vote models.
    """
    if scenario.uncertain:
        key = ".".join(map(str, scenario.uncertain[0][0]))
        hint = "take its realisations, of simulator.scenario.uncertain"
        raise ScenarioError(scenario.source, [Problem(key, "is uncertain, and a vote model needs numbers", hint)])
    council = council_of(scenario)
    majority = majority_of(scenario, council)
    parties, kept = abstaining_parties(scenario, majority), restrained(scenario, council)
    veto = tuple(seat.veto for seat in council.seats)
    likelihood = learnt(scenario, council)
    notes = (*_remarks(scenario, council, parties, past), *restraint_notes(scenario, majority, kept))
    found = []
    for prospect in PREFERENCE_MODELS[scenario.preferences.model](scenario, council, past):
        latent = prospect.latent.made({council.index(member): Choice.ABSTAIN for member in parties}, keep_absence=True)
        latent = latent.never_no(council.index(member) for member in kept)
        latent = latent.made({council.index(member): choice for member, choice in scenario.do.items()})
        company = tuple(pair for pair in prospect.company if council.ids[pair.follower] not in (*parties, *kept))
        model = VoteModel(council.ids, veto, latent, company, likelihood, notes)
        found.append(WeighedModel(model, prospect.weight, prospect.draw))
    return tuple(found)


def abstaining_parties(scenario: Scenario, majority: Majority) -> tuple[str, ...]:
    """The members that the proviso of Article 27(3) keeps from voting: parties to the dispute, under Chapter VI."""
    return scenario.council.parties if majority.proviso and scenario.draft.chapter == "VI" else ()


def _remarks(scenario: Scenario, council: Council, parties: tuple[str, ...], past: Past | None) -> Iterator[str]:
    """What the law makes of the file, and what in it does not bear on this vote: said rather than passed over."""
    if scenario.preferences.model != "history":
        yield from company_of(scenario, council)[1]
    if scenario.preferences.model == "spatial":
        yield from spatial.remarks(scenario, council)
    if scenario.preferences.model == "history":
        from simulator.model.history.preferences import history_of, remarks

        yield from remarks(scenario, council, history_of(scenario, council, past), past)
    if scenario.council.parties and not parties:
        yield (
            "council.parties has no effect: parties must abstain under Article 27(3) and Chapter VI only; here the "
            f"rule is {scenario.council.rule}, the matter {scenario.draft.matter}, the chapter {scenario.draft.chapter}"
        )
    if parties:
        yield f"as parties to the dispute, {' '.join(parties)} must abstain (proviso of Article 27(3))"
