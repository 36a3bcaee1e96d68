"""Read-outs over several rulings: what the votes come to, each under its majority, added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulator.engines.parts import Outcomes, Tally, Vetoes
from simulator.engines.possible import Ruling
from simulator.engines.readout import outcomes_of, tallies_of, vetoes_of
from simulator.facts import Outcome
from simulator.model import VoteModel


def _shares(rulings: Sequence[Ruling]) -> list[tuple[Ruling, float]]:
    """Each ruling that occurs with its share of the whole."""
    totals = [ruling.joint.total for ruling in rulings]
    return [(ruling, one / sum(totals)) for ruling, one in zip(rulings, totals, strict=True) if one > 0]


def outcomes_under(rulings: Sequence[Ruling], model: VoteModel) -> tuple[Outcomes, float]:
    """The three outcomes' odds, and that of the hidden veto."""
    adopted = vetoed = failed = hidden = 0.0
    for ruling, share in _shares(rulings):
        outcomes, unseen = outcomes_of(ruling.joint, model, ruling.majority)
        adopted += share * outcomes.adopted
        vetoed += share * outcomes.vetoed
        failed += share * outcomes.failed
        hidden += share * unseen
    return Outcomes(adopted, vetoed, failed), hidden


def vetoes_under(rulings: Sequence[Ruling], model: VoteModel) -> Vetoes:
    """Whose veto defeats the draft, alone and together."""
    parts = [(vetoes_of(ruling.joint, model, ruling.majority), share) for ruling, share in _shares(rulings)]
    if len(parts) == 1:
        return parts[0][0]
    return Vetoes(
        sum(vetoes.any * share for vetoes, share in parts),
        _added([(vetoes.by, share) for vetoes, share in parts]),
        _added([(vetoes.alone, share) for vetoes, share in parts]),
        _added([(vetoes.joint, share) for vetoes, share in parts]),
    )


def _added(parts: Sequence[tuple[Mapping[str, float], float]]) -> dict[str, float]:
    """Chances by name, each times its share, added up."""
    sums: dict[str, float] = {}
    for chances, share in parts:
        for name, chance in chances.items():
            sums[name] = sums.get(name, 0.0) + chance * share
    return sums


def tallies_under(rulings: Sequence[Ruling], model: VoteModel) -> tuple[Tally, ...]:
    """Every possible count of votes with its probability and outcome, likeliest first."""
    parts = [(tallies_of(ruling.joint, model, ruling.majority), share) for ruling, share in _shares(rulings)]
    if len(parts) == 1:
        return parts[0][0]
    sums: dict[tuple[int, int, int, int, Outcome], float] = {}
    for tallies, share in parts:
        for one in tallies:
            key = (one.yes, one.no, one.abstain, one.absent, one.outcome)
            sums[key] = sums.get(key, 0.0) + one.probability * share
    merged = [Tally(*key[:4], chance, key[4]) for key, chance in sums.items()]
    return tuple(sorted(merged, key=lambda tally: -tally.probability))
