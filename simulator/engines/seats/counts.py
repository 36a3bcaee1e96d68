"""Counting votes at many nodes at once: a seat more, a group of seats more, and backwards from the end."""

from __future__ import annotations

import numpy as np

from simulator.model.latent import ABSENT, ABSTAIN, NO, YES, Floats


def cast(counts: Floats, row: Floats, veto: bool) -> Floats:
    """The counts of a block, shape (yes, vetoes, m), after one more seat's vote."""
    no = row[:, NO]
    found: Floats = counts * (row[:, ABSTAIN] + row[:, ABSENT] + (0.0 if veto else no))
    found[1:] += counts[:-1] * row[:, YES]
    if veto:
        found[:, 1:] += counts[:, :-1] * no
    return found


def alone(row: Floats, veto: bool) -> Floats:
    """The counts of one seat's vote: shape (yes, vetoes, m)."""
    counts = np.zeros((2, 1 + veto, len(row)))
    counts[1, 0] = row[:, YES]
    np.add(row[:, ABSTAIN], row[:, ABSENT], out=counts[0, 0])
    counts[0, -1] += row[:, NO]
    return counts


def counted(counts: Floats, kernel: Floats) -> Floats:
    """The counts after a block; what goes beyond the number that the rule asks for stays there."""
    (most_yes, most_vetoes, _), (yes, vetoes, _) = counts.shape, kernel.shape
    found = np.zeros((most_yes + yes - 1, most_vetoes + vetoes - 1, counts.shape[2]))
    for more, against in np.ndindex(yes, vetoes):
        if kernel[more, against].any():
            found[more : more + most_yes, against : against + most_vetoes] += counts * kernel[more, against]
    found[most_yes - 1] += found[most_yes:].sum(axis=0)
    found[:, most_vetoes - 1] += found[:, most_vetoes:].sum(axis=1)
    return found[:most_yes, :most_vetoes]


def further(after: Floats, kernel: Floats) -> dict[tuple[int, int], Floats]:
    """The odds of adoption after so many more yes votes and vetoes, by the counts before."""
    (most_yes, most_vetoes, _), (yes, vetoes, _) = after.shape, kernel.shape
    padded = np.concatenate([after, *[after[-1:]] * (yes - 1)])
    padded = np.concatenate([padded, *[padded[:, -1:]] * (vetoes - 1)], axis=1)
    return {
        (more, against): padded[more : more + most_yes, against : against + most_vetoes]
        for more, against in np.ndindex(yes, vetoes)
    }


def nobody(size: tuple[int, int], nodes: int) -> Floats:
    """Counts before anybody has voted: shape (yes, vetoes, nodes)."""
    counts = np.zeros((*size, nodes))
    counts[0, 0] = 1.0
    return counts
