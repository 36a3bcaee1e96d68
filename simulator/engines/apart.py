"""Which seats a joint table keeps apart, and which it counts together though their no can be a veto."""

from __future__ import annotations

import numpy as np

from simulator.facts import members
from simulator.model import VoteModel

MOST_APART = 7
"""Members with a veto up to which each is kept apart: beyond it only those of the Charter are, since every seat kept
apart makes the table three times as large. Reform proposals have up to eleven."""

Pools = tuple[tuple[int, ...], ...]
"""Seats with a veto that are counted together, because they have the same odds whatever happens."""


def apart(model: VoteModel) -> tuple[int, ...]:
    """The seats to keep apart: members with a veto, leaders and followers."""
    with_veto = {seat for seat, permanent in enumerate(model.permanent) if permanent}
    if len(with_veto) > MOST_APART:
        known = members()
        with_veto = {seat for seat in with_veto if (own := known.get(model.members[seat])) and own.permanent}
    return tuple(sorted(with_veto | {seat for pair in model.company for seat in (pair.leader, pair.follower)}))


def pools(model: VoteModel, kept: tuple[int, ...]) -> Pools:
    """The seats with a veto that are not kept apart, those that are alike together, in seat order."""
    latent = model.latent
    columns = (latent.mean, latent.no_below, latent.yes_from, latent.absent, latent.loadings, model.likelihood)
    rows = np.column_stack(columns)
    alike: dict[bytes, list[int]] = {}
    for seat, permanent in enumerate(model.permanent):
        if permanent and seat not in kept:
            alike.setdefault(rows[seat].tobytes(), []).append(seat)
    return tuple(tuple(same) for same in alike.values())
