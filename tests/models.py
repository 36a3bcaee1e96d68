"""Vote models for the engines' tests: small random ones, and full councils."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from hypothesis import strategies as st

from simulator.model import Follows, VoteModel
from simulator.model.latent import Floats, LatentVotes, mean_and_thresholds
from simulator.rules import Majority

Bloc = tuple[Sequence[int], float]

CHARTER = Majority(9, 1, "nine yes and no permanent member against")


def model_of(
    odds: Sequence[tuple[float, float, float]] | Floats,
    permanent: int,
    *,
    blocs: Sequence[Bloc] = (),
    company: Sequence[Follows] = (),
    absent: Sequence[float] | None = None,
    learnt: Mapping[int, Sequence[int]] | None = None,
) -> VoteModel:
    """A model from each seat's (yes, abstain, no), the first `permanent` seats permanent."""
    size = len(odds)
    cuts = np.array([mean_and_thresholds(*map(float, one)) for one in odds])
    loadings = np.zeros((size, len(blocs)))
    for factor, (members, cohesion) in enumerate(blocs):
        loadings[list(members), factor] = np.sqrt(cohesion)
    away = np.zeros(size) if absent is None else np.array(absent, dtype=float)
    likelihood = np.ones((size, 4))
    for seat, choices in (learnt or {}).items():
        likelihood[seat] = 0.0
        likelihood[seat, list(choices)] = 1.0
    latent = LatentVotes(cuts[:, 0], loadings, cuts[:, 1], cuts[:, 2], away)
    names = tuple(f"M{seat:02d}" for seat in range(size))
    return VoteModel(names, tuple(seat < permanent for seat in range(size)), latent, tuple(company), likelihood)


def council(
    yes: float, abstain: float, no: float, *, blocs: Sequence[Bloc] = (), company: Sequence[Follows] = ()
) -> VoteModel:
    """Fifteen members with the same odds, the first five permanent."""
    return model_of([(yes, abstain, no)] * 15, 5, blocs=blocs, company=company)


def odds_of_three() -> st.SearchStrategy[tuple[float, float, float]]:
    """Odds of yes, abstain, no that add up to 1, certainties among them."""
    weights = st.tuples(*[st.integers(0, 20)] * 3).filter(any)
    return weights.map(lambda parts: tuple(part / sum(parts) for part in parts))


@st.composite
def small_models(
    draw: st.DrawFn, *, factors: int = 2, evidence: bool = True, company: bool = True, top: float = 0.45
) -> tuple[VoteModel, Majority]:
    """A council of three to five with up to two factors (crossing or not), company, absence, evidence; and a rule."""
    size = draw(st.integers(3, 5))
    permanent = draw(st.integers(1, 3))
    odds = [draw(odds_of_three()) for _ in range(size)]
    blocs = [
        (sorted(draw(st.sets(st.integers(0, size - 1), min_size=1))), draw(st.floats(0, top)))
        for _ in range(draw(st.integers(0, factors)))
    ]
    pairs = []
    if company and draw(st.booleans()):
        leader, follower = draw(st.permutations(range(size)))[:2]
        pairs.append(Follows(leader, follower, draw(st.floats(0, 1)), draw(st.floats(0, 1))))
    absent = [draw(st.sampled_from([0.0, 0.0, 0.1, 0.5])) for _ in range(size)]
    learnt = {}
    if evidence and draw(st.booleans()):
        seat = draw(st.integers(0, size - 1))
        learnt[seat] = sorted(draw(st.sets(st.integers(0, 3), min_size=1)))
    model = model_of(odds, permanent, blocs=blocs, company=pairs, absent=absent, learnt=learnt)
    quota = draw(st.integers(1, size))
    return model, Majority(quota, draw(st.sampled_from([None, 1, 2])), "a small council's")


def random_model(rng: np.random.Generator) -> tuple[VoteModel, Majority]:
    """A random council of three to nine for statistical tests, which must not be chosen to fail as hypothesis does."""
    size = int(rng.integers(3, 10))
    odds = rng.dirichlet([2.0, 1.0, 0.7], size)
    blocs = [
        (rng.choice(size, int(rng.integers(2, size + 1)), replace=False).tolist(), float(rng.uniform(0, 0.49)))
        for _ in range(int(rng.integers(0, 3)))
    ]
    pairs = [Follows(0, 1, *map(float, rng.uniform(0, 1, 2)))] if rng.random() < 0.5 else []
    learnt = {int(rng.integers(0, size)): [[0, 1], [1, 2], [2]][rng.integers(0, 3)]} if rng.random() < 0.5 else {}
    absent = rng.choice([0.0, 0.0, 0.2], size)
    model = model_of(odds, 2, blocs=blocs, company=pairs, absent=absent.tolist(), learnt=learnt)
    return model, Majority(int(rng.integers(1, size)), int(rng.integers(1, 3)), "a small council's")


def mixed_signs(rng: np.random.Generator, factors: int) -> VoteModel:
    """Fifteen members whose loadings differ in size and sign, as on a scale of valence or direction."""
    size = 15
    loadings = rng.uniform(-0.9, 0.9, (50 * size, factors))
    loadings = loadings[(loadings**2).sum(axis=1) < 1][:size]
    no_below = rng.normal(-0.8, 0.6, size)
    absent = np.where(rng.random(size) < 0.2, 0.1, 0.0)
    latent = LatentVotes(rng.normal(0, 0.5, size), loadings, no_below, no_below + rng.uniform(0.05, 1, size), absent)
    names = tuple(f"M{seat:02d}" for seat in range(size))
    return VoteModel(names, tuple(seat < 5 for seat in range(size)), latent, (), np.ones((size, 4)))
