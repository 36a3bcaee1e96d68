"""What kind of draft it may be, and what each kind makes of the members' support.

A draft is *negotiated* (consensus was found before the vote), *contested*, or *rejected* (tabled although most will not
have it). Which, nobody knows beforehand: the kinds have odds. Within a kind the draft's valence and direction are
normal shocks that all members share, and that is where correlation comes from. Contested and rejected drafts come mild
or harsh: who withholds its yes from a harsh one votes no more readily.

The same lines serve the fit, for many drafts and one vector of parameters, and the forecast, for one draft and many.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.model.history.covariates import PERMANENT, draft_names
from simulator.model.history.parameters import FOLLOWERS, SHAPING

SHAPING_AT = np.array([draft_names().index(name) for name in SHAPING])

NEAREST_NO = 1e-3
"""Least distance from yes to no, in standard deviations of own noise."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Standardised covariates; leading axes are drafts, or nothing.

    Attributes
    ----------
    draft : array, shape (…, K)
    support, refusal : array, shape (…, n, Kz) and (…, n, Kv)
    places : array, shape (…, n)
        Ideal points.
    amends : array, shape (…)
        Whether it is an amendment.
    members, agenda, sponsored : array of int, shape (…, n), (…), (…)
        Places in the layout.
    """

    draft: Any
    support: Any
    refusal: Any
    places: Any
    amends: Any
    members: Any
    agenda: Any
    sponsored: Any


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of draft. Leading axes are drafts or vectors of parameters.

    Attributes
    ----------
    name : str
    log_odds : array, shape (…)
        Log of its probability.
    valence, direction : array, shape (…)
        Centres of the two shocks.
    valence_spread, direction_spread : array, shape (…)
        Their standard deviations.
    effects : array, shape (…, n)
        What is added to each member's support.
    refusal : array, shape (…, n)
        Distance from yes to no is the softplus of this.
    severity : array, shape (…)
        How far `refusal` is apart in mild and in harsh drafts, each way; 0 where there is no such difference.
    """

    name: str
    log_odds: Any
    valence: Any
    direction: Any
    valence_spread: Any
    direction_spread: Any
    effects: Any
    refusal: Any
    severity: Any


def kinds_of(named: dict[str, Any], given: Inputs, xp: Any) -> tuple[tuple[Kind, ...], Any]:
    """The kinds, and the members' places on the line of directions, shape (…, n).

    Parameters
    ----------
    named : dict
        Parameters by name, of one vector or of many; see :class:`~simulator.model.history.parameters.Layout`.
    given : Inputs
    xp : module
        ``numpy``, or the fit's library.
    """
    drafts, shaping = given.draft, given.draft[..., SHAPING_AT]

    def line(name: str, columns: Any = drafts) -> Any:
        return named[name] + (columns * named[f"{name}_draft"]).sum(-1) + named[f"{name}_agenda"][..., given.agenda]

    amended = given.amends * named["amendment"]
    contested, rejected = line("contested") + amended, line("rejected", shaping) + amended
    valence, direction = line("valence", shaping), line("direction", shaping)
    doomed = named["doomed_valence"] + (shaping * named["doomed_draft"]).sum(-1)
    logs = _log_softmax(xp.stack([xp.zeros_like(contested), contested, rejected]), xp)
    spreads = xp.exp(named["log_spreads"])
    permanent = named["permanent_agenda"][..., given.agenda, :] + named["permanent_class"][..., given.sponsored, :]
    effects = named["member"][..., given.members] + (given.support * named["support"][..., None, :]).sum(-1)
    effects = effects + _padded(permanent, effects, xp)
    places = given.places + _padded(named["moved"], effects, xp)
    refusal = named["mildness"][..., None] + (given.refusal * named["refusal"][..., None, :]).sum(-1)
    nothing = xp.zeros_like(contested)
    severity = xp.exp(named["severity"]) + nothing
    routine, dulled = effects * named["routine"][..., None], effects * named["doomed"][..., None]
    centres = (named["consensus"] + nothing, nothing), (valence, direction), (doomed, direction + named["doomed_turn"])
    each = zip(_NAMES, logs, centres, (routine, effects, dulled), (nothing, severity, severity), strict=True)
    return tuple(
        Kind(name, log, *centre, spreads[..., 2 * place], spreads[..., 2 * place + 1], effect, refusal, apart)
        for place, (name, log, centre, effect, apart) in enumerate(each)
    ), places


_NAMES = ("negotiated", "contested", "rejected")


def company_of(named: dict[str, Any], refusal: Any, seats: tuple[int, ...], xp: Any) -> tuple[Any, Any]:
    """Log odds that followers vote no, given that they withhold: if the leader does, and otherwise; (…, followers).

    Parameters
    ----------
    refusal : array, shape (…, n)
        With severity put in.
    seats : tuple of int
        Of the followers, in the order of :data:`~simulator.model.history.parameters.FOLLOWERS`.
    """
    otherwise = named["company"] - xp.stack([refusal[..., seat] for seat in seats], -1)
    return otherwise + named["company_no"], otherwise


def distance(refusal: Any, xp: Any) -> Any:
    """From yes to no."""
    return xp.logaddexp(refusal, 0.0) + NEAREST_NO


def follower_seats(council: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Seats of followers and their leaders."""
    return tuple((council.index(follower), council.index(leader)) for follower, leader in FOLLOWERS)


def _log_softmax(rows: Any, xp: Any) -> Any:
    largest = rows.max(0)
    return rows - largest - xp.log(xp.exp(rows - largest).sum(0))


def _padded(permanent: Any, like: Any, xp: Any) -> Any:
    """Permanent members' numbers, zeros for the elected."""
    shape = (*permanent.shape[:-1], like.shape[-1] - PERMANENT)
    return xp.concatenate([permanent, xp.zeros(shape, permanent.dtype)], -1)
