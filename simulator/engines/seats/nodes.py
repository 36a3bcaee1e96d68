"""Nodes over the factors of every way things may stand, by either engine: for questions about single members.

The exact engine's nodes are one replicate without error; Monte Carlo's points are several, whose spread is the error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias, TypeVar

from simulator.engines.ask import Engine, Options
from simulator.engines.exact.flat import Block, evidence, nodes
from simulator.engines.possible import Possible
from simulator.errors import EvidenceError, ExactRefused

REPLICATES = 16
"""Replicates of Monte Carlo."""

_LEAST = 32
"""Points at least of each way things may stand, in each replicate: where there are hundreds, a few of each do."""

Nodes: TypeAlias = Iterable[tuple[Possible, Sequence[Block]]]
"""Each way things may stand that what was learnt leaves, with all its nodes."""

T = TypeVar("T")


def gathered(
    possibles: Sequence[Possible], options: Options, take: Callable[[Nodes], T]
) -> tuple[list[T], Engine, tuple[str, ...]]:
    """What a function makes of the nodes of each replicate, which engine's they are, and what to say of it.

    Raises
    ------
    ExactRefused
        If the exact engine is asked for and cannot.
    EvidenceError
        If what was learnt has probability zero.
    """
    notes: tuple[str, ...] = ()
    if options.engine is not Engine.MONTE_CARLO:
        try:
            return [take(nodes(possibles))], Engine.EXACT, ()
        except ExactRefused as refusal:
            if options.engine is Engine.EXACT:
                raise
            notes = (f"Monte Carlo alone: {refusal}",)
    return [take(drawn) for drawn in _drawn(possibles, options)], Engine.MONTE_CARLO, notes


def _drawn(possibles: Sequence[Possible], options: Options) -> Iterator[Nodes]:
    """For each replicate, points drawn afresh."""
    from simulator.engines.monte_carlo.points import Source  # only who asks for it waits for it

    sources = [Source.of(one.model, one.majority, options.seed, 0.0, place) for place, one in enumerate(possibles)]
    count = max(_LEAST, options.draws_wanted // max(REPLICATES, len(possibles)))

    def replicate(number: int) -> list[tuple[Possible, list[Block]]]:
        found = []
        for one, source in zip(possibles, sources, strict=True):
            components = len(source.proposal)
            points = source.drawn(
                number, components * (1 << max(1, count // components).bit_length() - 1), watched=False
            )
            block = Block(one.model.latent, source.over_all(points), points.weights / points.count)
            found.append((one, [block]))
        return found

    if all(evidence(one, points) == 0 for one, points in replicate(0)):
        raise EvidenceError("no point agrees with what was learnt; use --engine exact, or more draws")
    for number in range(REPLICATES):
        yield replicate(number)
