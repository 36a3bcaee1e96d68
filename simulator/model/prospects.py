"""What a preference model makes of a draft: latent votes and company, or several of them with weights."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.model.company import Follows
from simulator.model.latent import LatentVotes


@dataclass(frozen=True, slots=True)
class Prospect:
    """One of the ways members may see a draft.

    Attributes
    ----------
    latent : LatentVotes
        Before anything is learnt or made.
    company : tuple of Follows
    weight : float
        Its probability; those of all prospects of a draft add up to 1.
    draw : int
        Which draw of uncertain parameters it belongs to, from 0.
    """

    latent: LatentVotes
    company: tuple[Follows, ...]
    weight: float = 1.0
    draw: int = 0
