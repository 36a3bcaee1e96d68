"""The parameters of the history model, their shapes and what is held of them before the record is read.

One vector holds them all. Every coefficient is of a standardised covariate, and all priors are normal: the estimate
is drawn to the prior's centre, the more so the less the record says (shrinkage).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.model.history.covariates import PERMANENT, REFUSAL, SUPPORT, draft_names
from simulator.model.history.past import CLASSES
from simulator.model.latent import Floats

SHAPING = (
    *(f"class {word.value}" for word in CLASSES if word.value != "both"),
    *("log sponsors", "share of the council", "African elected sponsor", "Arab sponsor", "sponsors' ideal point"),
    *("not a draft", "not a draft, Russia's", "elected ten"),
    *("contested: agenda 1095", "contested: class 1095", "contested: agenda and class 1095"),
    *("withheld: agenda and class 1095", "defeated: agenda 1095", "defeated: class 1095"),
    "defeat within a quarter",
)
"""Covariates of a draft that bear on its valence and direction. In the choice of its kind all do: there many lags help,
here they fit noise."""

FOLLOWERS = (("CHN", "RUS"), ("FRA", "USA"), ("GBR", "USA"))
"""Followers and leaders in the second stage: who withholds vetoes more readily when the other does."""

SPREADS = (0.5, 0.2, 0.9, 0.6, 0.9, 0.8)
"""Standard deviations of a draft's shocks a priori: valence and direction if negotiated, contested, rejected."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Shape of one block of parameters, centre and standard deviation of its normal prior."""

    shape: tuple[int, ...]
    centre: float | tuple[float, ...]
    spread: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Which number of the vector is what.

    Attributes
    ----------
    agendas, members : tuple of str
        With effects of their own. One more of each stands for those not seen: what is drawn of it is the prior's.
    """

    agendas: tuple[str, ...]
    members: tuple[str, ...]

    @property
    def priors(self) -> dict[str, Prior]:
        """By name, in the vector's order.

        contested, rejected : log odds of the kind against negotiated
        amendment : what an amendment adds to both, and to the support of either. Before 2016 the record has none; but
            one that its draft's sponsors accept is not put to the vote, so that those that are lack consensus, and
            stand against a draft that has found its nine: the prior says so.
        valence, direction : centres of a contested draft's support and of its slope on ideal points
        doomed_valence, doomed_turn : of a rejected draft: centre of support, and what its direction adds
        log_spreads : of :data:`SPREADS`
        consensus : centre of support of a negotiated draft
        member, permanent_agenda, permanent_class, support : effects on a member's support
        moved : what is added to the permanent members' ideal points
        mildness, refusal : distance from yes to no, before the softplus; severity: log of how it varies by draft
        company, company_no : log odds of a follower's no given that it withholds; what the leader's no adds
        routine, doomed : share of the members' effects that counts in negotiated and in rejected drafts
        """
        drafts, shaping, agendas = len(draft_names()), len(SHAPING), len(self.agendas) + 1
        logs = tuple(float(np.log(spread)) for spread in SPREADS)
        return {
            "contested": Prior((), -1.5, 1.5),
            "contested_draft": Prior((drafts,), 0.0, 0.25),
            "contested_agenda": Prior((agendas,), 0.0, 0.3),
            "rejected": Prior((), -3.5, 0.7),
            "rejected_draft": Prior((shaping,), 0.0, 0.25),
            "rejected_agenda": Prior((agendas,), 0.0, 0.3),
            "amendment": Prior((3,), (3.0, 4.0, 0.0), 1.0),
            "valence": Prior((), 1.0, 1.5),
            "valence_draft": Prior((shaping,), 0.0, 0.2),
            "valence_agenda": Prior((agendas,), 0.0, 0.2),
            "direction": Prior((), 0.0, 1.0),
            "direction_draft": Prior((shaping,), 0.0, 0.08),
            "direction_agenda": Prior((agendas,), 0.0, 0.2),
            "doomed_valence": Prior((), -0.5, 0.7),
            "doomed_draft": Prior((shaping,), 0.0, 0.15),
            "doomed_turn": Prior((), 0.0, 1.0),
            "log_spreads": Prior((len(SPREADS),), logs, 0.2),
            "consensus": Prior((), 3.5, 1.0),
            "member": Prior((len(self.members) + 1,), 0.0, 0.3),
            "permanent_agenda": Prior((agendas, PERMANENT), 0.0, 0.3),
            "permanent_class": Prior((len(CLASSES), PERMANENT), 0.0, 0.3),
            "support": Prior((len(SUPPORT),), 0.0, 0.3),
            "moved": Prior((PERMANENT,), 0.0, 0.3),
            "mildness": Prior((), 0.0, 1.5),
            "refusal": Prior((len(REFUSAL),), 0.0, 0.3),
            "severity": Prior((), 0.0, 0.5),
            "company": Prior((len(FOLLOWERS),), 0.0, 1.5),
            "company_no": Prior((len(FOLLOWERS),), 0.0, 1.5),
            "routine": Prior((), 0.3, 0.3),
            "doomed": Prior((), 0.0, 0.3),
        }

    def places(self) -> Iterator[tuple[str, slice, Prior]]:
        """Name, place in the vector, and prior of each block."""
        start = 0
        for name, prior in self.priors.items():
            size = int(np.prod(prior.shape))
            yield name, slice(start, start + size), prior
            start += size

    def __len__(self) -> int:
        return sum(int(np.prod(prior.shape)) for prior in self.priors.values())

    def named(self, vectors: Any) -> dict[str, Any]:
        """Blocks by name, of one vector (P,) or of many (…, P); of NumPy or of any library like it."""
        lead = vectors.shape[:-1]
        return {name: vectors[..., at].reshape((*lead, *prior.shape)) for name, at, prior in self.places()}

    def centres(self) -> Floats:
        """Prior centres, shape (P,)."""
        return np.concatenate(
            [np.broadcast_to(np.ravel(prior.centre), (at.stop - at.start,)) for _, at, prior in self.places()]
        )

    def spreads(self) -> Floats:
        """Prior standard deviations, shape (P,)."""
        return np.concatenate([np.full(at.stop - at.start, prior.spread) for _, at, prior in self.places()])

    def agenda(self, slug: str) -> int:
        """Place of an agenda item, the last for one not seen."""
        return self.agendas.index(slug) if slug in self.agendas else len(self.agendas)

    def member(self, code: str) -> int:
        """Place of a member, the last for one not seen."""
        return self.members.index(code) if code in self.members else len(self.members)
