"""Who answers for the odds of a scenario with support shifted: the exact engine, a grid of nodes, or drawn points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulator.engines.ask import Engine, Options
from simulator.engines.learnt import check_total
from simulator.engines.possible import Possible
from simulator.engines.seats.shifted import Shifts, exact_adopted, fits_a_grid
from simulator.errors import ExactRefused
from simulator.model.latent import Floats

NODES = 22_500
"""Nodes, or drawn points, where the exact engine does not answer: of forecasts from the record, about four decimals."""

_RAREST = 1e-200
"""Least probability of what was learnt."""

_SEARCH, _FEW = 1_000, 2_500
"""Nodes that a search looks at, and up to how many it looks at all."""


@dataclass(frozen=True, slots=True)
class Answerer:
    """The odds with support shifted, each as well as can be.

    Attributes
    ----------
    possibles : tuple of Possible
    options : Options
    shifts : Shifts
        On nodes: for slopes, and for members' odds.
    replicates : tuple of Shifts
        The same by independent sets of drawn points; empty where nodes are a grid.
    exact : bool
        Whether the exact engine answers, where nothing was learnt of who moves.
    """

    possibles: tuple[Possible, ...]
    options: Options
    shifts: Shifts
    replicates: tuple[Shifts, ...]
    exact: bool

    @classmethod
    def of(cls, possibles: Sequence[Possible], options: Options, *, fitted: bool) -> Answerer:
        """For the ways things may stand; `fitted` where they are those of a fit to the record, which are too many.

        Raises
        ------
        ExactRefused
            If the exact engine is asked for and cannot.
        EvidenceError
            If what was learnt has probability zero.
        """
        exact = options.engine is not Engine.MONTE_CARLO and not fitted
        if exact:
            try:
                exact_adopted(possibles, np.zeros((1, len(possibles[0].model.members))))
            except ExactRefused:
                if options.engine is Engine.EXACT:
                    raise
                exact = False
        drawn = options.engine is Engine.MONTE_CARLO or not (exact or fits_a_grid(possibles, NODES))
        replicates = Shifts.drawn(possibles, NODES, options.seed) if drawn else ()
        shifts = Shifts.joined(replicates) if drawn else Shifts.of(possibles, NODES)
        check_total(possibles[0].model, shifts.evidence, _RAREST)
        return cls(tuple(possibles), options, shifts, replicates, exact)

    @property
    def search(self) -> Shifts:
        """On fewer nodes, where there are many: for a search."""
        return self.shifts if self.shifts.size <= _FEW else self.shifts.thinned(_SEARCH)

    def on_nodes(self) -> Answerer:
        """The same without the exact engine: for members of which something was learnt."""
        return replace(self, exact=False)

    def adopted(self, shifts: Floats) -> Floats:
        """Odds of adoption, shape (m,), by shifts in standard deviations of latent support, shape (m, n)."""
        if self.exact:
            return exact_adopted(self.possibles, shifts)[0]
        return np.array([self.shifts.adopted(shift) for shift in shifts])

    def accuracy(self, shift: Floats) -> float | None:
        """Estimate of the largest error; None where points are drawn."""
        if self.exact:
            return exact_adopted(self.possibles, shift[None])[1]
        if self.replicates:
            return None
        return abs(Shifts.of(self.possibles, NODES * 3 // 4).adopted(shift) - self.shifts.adopted(shift))

    def error(self, shift: Floats) -> float | None:
        """Standard error; None where nothing is drawn."""
        if not self.replicates or self.exact:
            return None
        found = np.array([one.adopted(shift) for one in self.replicates])
        return float(found.std(ddof=1) / np.sqrt(len(found)))
