"""What kind of draft it may be, and what each kind makes of the members' support.

A draft is *negotiated* (consensus was found before the vote), *contested*, or *rejected* (tabled although most will not
have it). Which, nobody knows beforehand: the kinds have odds. Within a kind the draft's valence and direction are
normal shocks that all members share, and that is where correlation comes from. Contested and rejected drafts come mild
or harsh: who withholds its yes from a harsh one votes no more readily.

The same lines serve the fit, for many drafts and one vector of parameters, and the forecast, for one draft and many.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

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


class Lines(NamedTuple):
    """What the parameters come to for a draft, all linear in them; leading axes are drafts or vectors of parameters.

    Attributes
    ----------
    contested, rejected : array, shape (…)
        Log odds of the kinds against negotiated.
    valence, direction, doomed_valence : array, shape (…)
        Centres of the shocks.
    effects : array, shape (…, n)
        What is added to each member's support.
    refusal : array, shape (…, n)
        Distance from yes to no, before the softplus.
    shared : dict
        Parameters that are the same for every draft, by name.
    """

    contested: Any
    rejected: Any
    valence: Any
    direction: Any
    doomed_valence: Any
    effects: Any
    refusal: Any
    shared: dict[str, Any]


_SHARED = (
    *("moved", "doomed_turn", "log_spreads", "consensus"),
    *("severity", "routine", "doomed", "company", "company_no"),
)


def lines_of(named: dict[str, Any], given: Inputs, xp: Any) -> Lines:
    """What the parameters come to for a draft.

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

    amended = given.amends[..., None] * named["amendment"]
    permanent = named["permanent_agenda"][..., given.agenda, :] + named["permanent_class"][..., given.sponsored, :]
    own = named["member"][..., given.members] + (given.support * named["support"][..., None, :]).sum(-1)
    return Lines(
        line("contested") + amended[..., 0],
        line("rejected", shaping) + amended[..., 1],
        line("valence", shaping) + amended[..., 2],
        line("direction", shaping),
        named["doomed_valence"] + (shaping * named["doomed_draft"]).sum(-1) + amended[..., 2],
        own + _padded(permanent, own, xp),
        named["mildness"][..., None] + (given.refusal * named["refusal"][..., None, :]).sum(-1),
        {name: named[name] for name in _SHARED},
    )


def kinds_of(lines: Lines, given: Inputs, xp: Any) -> tuple[tuple[Kind, ...], Any]:
    """The kinds, and the members' places on the line of directions, shape (…, n).

    Parameters
    ----------
    lines : Lines
    given : Inputs
    xp : module
    """
    shared = lines.shared
    logs = _log_softmax(xp.stack([xp.zeros_like(lines.contested), lines.contested, lines.rejected]), xp)
    spreads = xp.exp(shared["log_spreads"])
    effects = lines.effects
    places = given.places + _padded(shared["moved"], effects, xp)
    nothing = xp.zeros_like(lines.contested)
    severity = xp.exp(shared["severity"]) + nothing
    shares = (effects * shared["routine"][..., None], effects, effects * shared["doomed"][..., None])
    centres = (
        (shared["consensus"] + nothing, nothing),
        (lines.valence, lines.direction),
        (lines.doomed_valence, lines.direction + shared["doomed_turn"]),
    )
    each = zip(_NAMES, logs, centres, shares, (nothing, severity, severity), strict=True)
    return tuple(
        Kind(name, log, *centre, spreads[..., 2 * at], spreads[..., 2 * at + 1], effect, lines.refusal, apart)
        for at, (name, log, centre, effect, apart) in enumerate(each)
    ), places


_NAMES = ("negotiated", "contested", "rejected")


def company_of(shared: dict[str, Any], refusal: Any, seats: tuple[int, ...], xp: Any) -> tuple[Any, Any]:
    """Log odds that followers vote no, given that they withhold: if the leader does, and otherwise; (…, followers).

    Parameters
    ----------
    shared : dict
        Of the lines.
    refusal : array, shape (…, n)
        With severity put in.
    seats : tuple of int
        Of the followers, in the order of :data:`~simulator.model.history.parameters.FOLLOWERS`.
    """
    otherwise = shared["company"] - xp.stack([refusal[..., seat] for seat in seats], -1)
    return otherwise + shared["company_no"], otherwise


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
