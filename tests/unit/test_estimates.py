"""The estimates that ship: made from this record by a sound search and a sound chain, and of this version's form."""

from __future__ import annotations

import datetime
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest

from simulator.estimation.fit import DRAWS
from simulator.estimation.provenance import READ_BY, code_hash, data_hash
from simulator.estimation.remade import Origin, origins
from simulator.facts import Matter, roll_calls
from simulator.model.history.estimates import shipped_estimates


@pytest.mark.parametrize("origin", origins(), ids=lambda one: one.name)
def test_they_were_made_from_the_record_that_ships(origin: Origin) -> None:
    """Of votes and ideal points; and the most probable parameters were found, and the sampler never left its path."""
    found = shipped_estimates(origin.year, ideal=origin.ideal)
    assert (found.until, found.ideal, found.draws.shape) == (origin.until, origin.ideal, (DRAWS, len(found.layout)))
    assert found.made["data"] == data_hash(roll_calls(), origin.until, ideal=origin.ideal)
    assert found.made["nats_left"] < 0.1
    assert found.made["divergent"] == 0
    assert 0.6 < found.made["accepted"] < 0.98


def test_draws_one_after_the_other_do_not_hang_together() -> None:
    """In standard deviations of each parameter, of those of the last origin."""
    draws = shipped_estimates(2025).draws
    away = (draws - draws.mean(axis=0)) / draws.std(axis=0)
    assert abs(np.mean(away[1:] * away[:-1])) < 0.2
    assert np.isfinite(draws).all()


@pytest.mark.parametrize(
    "change", [{"matter": Matter.PROCEDURAL}, {"id": "X"}, {"sponsors": ("RUS",)}, {"agenda": "x"}]
)
def test_the_hash_of_the_votes_tells_another_vote(change: dict[str, object]) -> None:
    """Whatever the fit reads of it; of its day and later it reads nothing."""
    votes, until = list(roll_calls()), datetime.date(2019, 1, 1)
    place = next(place for place, vote in enumerate(votes) if vote.date.year == 2018)
    other = list(votes)
    other[place] = replace(votes[place], **change)  # type: ignore[arg-type]  # any of its fields
    assert data_hash(other, until, ideal=False) != data_hash(votes, until, ideal=False)
    assert data_hash(other, votes[place].date, ideal=True) == data_hash(votes, votes[place].date, ideal=True)


def test_the_code_that_made_them_is_told_by_a_hash_of_its_modules() -> None:
    """Each says which; the modules are there under these names."""
    made = {shipped_estimates(one.year, ideal=one.ideal).made["code"] for one in origins()}
    assert all(files("simulator").joinpath(*name.split("/")).is_file() for name in READ_BY)
    assert {len(one) for one in made} == {len(code_hash())}
