"""The estimates that ship: made from this record by a sound search and a sound chain, and of this version's form."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.estimation.fit import DRAWS, _hash
from simulator.estimation.remade import Origin, origins
from simulator.facts import roll_calls
from simulator.model.history.estimates import shipped_estimates


@pytest.mark.parametrize("origin", origins(), ids=lambda one: one.name)
def test_they_were_made_from_the_record_that_ships(origin: Origin) -> None:
    """Of votes and ideal points; and the most probable parameters were found, and the sampler never left its path."""
    found = shipped_estimates(origin.year, ideal=origin.ideal)
    assert (found.until, found.ideal, found.draws.shape) == (origin.until, origin.ideal, (DRAWS, len(found.layout)))
    assert found.made["data"] == _hash(roll_calls(), origin.until, ideal=origin.ideal)
    assert found.made["nats_left"] < 0.1
    assert found.made["divergent"] == 0
    assert 0.6 < found.made["accepted"] < 0.98


def test_draws_one_after_the_other_do_not_hang_together() -> None:
    """In standard deviations of each parameter, of those of the last origin."""
    draws = shipped_estimates(2025).draws
    away = (draws - draws.mean(axis=0)) / draws.std(axis=0)
    assert abs(np.mean(away[1:] * away[:-1])) < 0.2
    assert np.isfinite(draws).all()
