"""How wrong a simulated probability may be."""

from __future__ import annotations

import numpy as np

from simulator.engines.parts import Outcomes
from simulator.model.latent import Floats

CONFIDENCE = 0.95
"""Confidence of the bounds on outcomes that no draw, or every draw, showed."""


def of_share(share: float, draws: float) -> float:
    """Standard error of a share of independent draws.

    The share is pulled in by half a draw at either end (Jeffreys), so that an outcome no draw showed has an error.

    Examples
    --------
    >>> round(of_share(0.5, 10_000), 4), of_share(0.0, 10_000) > 0
    (0.005, True)
    """
    pulled = (share * draws + 0.5) / (draws + 1)
    return float(np.sqrt(pulled * (1 - pulled) / draws))


def of_ratio(parts: Floats, wholes: Floats) -> float:
    """Standard error of Σ parts / Σ wholes over independent replicates, by linearisation.

    Parameters
    ----------
    parts, wholes : array, shape (replicates,)
    """
    count = len(parts)
    residual = (parts - parts.sum() / wholes.sum() * wholes) / wholes.mean()
    return float(np.sqrt((residual**2).sum() / (count * (count - 1))))


def bounds(outcomes: Outcomes, draws: float) -> dict[str, tuple[float, float]]:
    """For outcomes that no draw, or every draw, showed: the range that holds with 95 % confidence.

    No hit in n draws has probability (1 − p)^n, so p above 1 − 0.05^(1/n), about 3/n, would have shown itself.
    """
    slack = float(-np.expm1(np.log(1 - CONFIDENCE) / draws))
    found = {}
    for word, share in outcomes.as_dict().items():
        if share <= 0:
            found[word] = (0.0, slack)
        elif share >= 1:
            found[word] = (1 - slack, 1.0)
    return found
