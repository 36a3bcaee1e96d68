"""Draws from the posterior of the parameters, by the No-U-Turn sampler [HoffmanGelman2014]_.

The normal approximation about the most probable parameters will not do for them: with hundreds of effects beside them,
the most probable spreads of a draft's shocks are too small, and contested drafts too many. It serves as the measure of
length in every direction, in which the sampler needs some seven steps a transition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.linalg import solve_triangular

from simulator.errors import MissingExtra
from simulator.estimation.likelihood import Likelihood
from simulator.model.history.parameters import Layout
from simulator.model.latent import Floats

WARMING, APART = 40, 3
"""Transitions before the first draw, in which the step is tuned, and from one draw to the next."""

_ACCEPTED, _FIRST_STEP, _DOUBLINGS = 0.8, 0.2, 5


@dataclass(frozen=True, slots=True)
class Chain:
    """What the sampler drew.

    Attributes
    ----------
    draws : array, shape (d, P)
    accepted : float
        Mean share of the proposals that were accepted; 0.8 is aimed at.
    divergent : int
        Transitions whose path left the posterior: 0 in a sound chain.
    """

    draws: Floats
    accepted: float
    divergent: int


def libraries() -> tuple[Any, Any]:
    """What the fit needs beyond the base installation: JAX, and BlackJAX.

    Raises
    ------
    MissingExtra
        Without the extra ``fit``.
    """
    try:
        import blackjax.adaptation.step_size
        import jax
    except ImportError as error:
        raise MissingExtra("fit", "fitting the history model") from error
    return jax, blackjax


def drawn(
    likelihood: Likelihood,
    layout: Layout,
    best: Floats,
    root: Floats,
    draws: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> Chain:
    """Draws of the parameters.

    Parameters
    ----------
    likelihood : Likelihood
    layout : Layout
        For the prior.
    best, root : array, shape (P,) and (P, P)
        The most probable parameters, and the lower root of the information there.
    draws, seed : int
    progress : callable or None
        Called with transitions done and all.

    Raises
    ------
    MissingExtra
        Without the extra ``fit``.
    """
    jax, blackjax = libraries()
    xp = jax.numpy
    centres, spreads = (part.astype(np.float32) for part in (layout.centres(), layout.spreads()))
    middle = best.astype(np.float32)
    lengths = solve_triangular(root, np.eye(len(best)), lower=True, trans="T").astype(np.float32)
    unit = xp.ones(len(best))

    def move(key: Any, state: Any, step: Any, given: Any) -> tuple[Any, Any]:
        drafts, stretched = given

        def density(place: Any) -> Any:
            vector = middle + stretched @ place
            return -likelihood.total(vector, drafts) - 0.5 * (((vector - centres) / spreads) ** 2).sum()

        state = blackjax.nuts.init(state, density)
        state, told = kernel(key, state, density, step, unit, _DOUBLINGS)
        return state.position, (told.acceptance_rate, told.is_divergent)

    kernel = blackjax.nuts.build_kernel()
    moved = jax.jit(move)
    start, tuned, settled = blackjax.adaptation.step_size.dual_averaging_adaptation(_ACCEPTED)
    tuning, place = start(_FIRST_STEP), xp.zeros(len(best))
    given = (likelihood.drafts, jax.device_put(lengths))
    count = WARMING + APART * draws
    keys = jax.random.split(jax.random.key(seed), count)
    seen, rates, divergent = [], [], 0
    for turn, key in enumerate(keys):
        warm = turn < WARMING
        step = xp.exp(tuning.log_step_size) if warm else settled(tuning)
        place, (rate, diverges) = moved(key, place, step, given)
        if warm:
            tuning = tuned(tuning, rate)
        else:
            seen.append(best + lengths.astype(float) @ np.asarray(place, float))
            rates.append(float(rate))
            divergent += int(diverges)
        if progress is not None:
            progress(turn + 1, count)
    return Chain(np.stack(seen[APART - 1 :: APART]), float(np.mean(rates)), divergent)
