"""A move in words: the odds that matter, the stance word that is nearest, and the target as it was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from simulator.analysis.bargain.move import Move
from simulator.engines import Engine, Options, answer
from simulator.engines.words import in_100, in_a_sentence, percent
from simulator.errors import SimulatorError
from simulator.model import stance_numbers
from simulator.scenario import Scenario, Stance, StatedOdds, changed

_VOTES = ("yes", "abstain", "no")
_WORDS = (*_VOTES, "absent")

_MATTERS = 3.0
"""How many times the odds that matter weigh: of a veto where the member has one, else of a yes."""

_MOVED = 0.5
"""Share of the way from one word's odds to another's from which it is a change: less may only cross the middle."""

_BLOCKS = 0.01
"""Odds of a no from which a member with a veto is told by them."""

_TOLD = 3
"""Members, or groups of members that are alike, that a sentence names."""


def matters(before: Mapping[str, float], *, veto: bool) -> str:
    """Which of a member's odds a move is told by: ``no`` where its veto is in the way, else ``yes``."""
    return "no" if veto and before["no"] >= _BLOCKS else "yes"


def nearest_stance(odds: Mapping[str, float], scenario: Scenario, *, permanent: bool) -> Stance:
    """The stance word whose odds are nearest, those that matter weighed most, given that a vote is cast."""
    words = dict.fromkeys(stance.said_by(permanent) for stance in Stance)
    if odds["absent"] >= 1:
        return Stance.UNDECIDED
    return min(words, key=lambda stance: _apart(odds, stance, scenario, permanent=permanent))


def nearest_stances(
    before: Mapping[str, float], after: Mapping[str, float], scenario: Scenario, *, permanent: bool
) -> tuple[str, str]:
    """The nearest words before and after; the same where the odds have moved less than half as far as the words are."""
    was, then = (nearest_stance(odds, scenario, permanent=permanent) for odds in (before, after))
    if was is not then and 0 < after["absent"] < 1:
        before, after = ({name: odds[name] / (1 - odds["absent"]) for name in _VOTES} for odds in (before, after))
    words = [_odds_of(one, scenario, permanent=permanent) for one in (was, then)]
    moved, between = (_distance(*pair, permanent=permanent) for pair in ((before, after), words))
    return was.value, (then if moved >= _MOVED * between else was).value


def _apart(odds: Mapping[str, float], stance: Stance, scenario: Scenario, *, permanent: bool) -> float:
    part = 1.0 - odds["absent"]
    cast = {name: odds[name] / part for name in _VOTES}
    return _distance(cast, _odds_of(stance, scenario, permanent=permanent), permanent=permanent)


def _distance(one: Mapping[str, float], other: Mapping[str, float], *, permanent: bool) -> float:
    """How far odds are apart, those that matter weighed most."""
    most = "no" if permanent else "yes"
    return sum((_MATTERS if name == most else 1.0) * abs(one[name] - other[name]) for name in _VOTES)


def _odds_of(stance: Stance, scenario: Scenario, *, permanent: bool) -> dict[str, float]:
    word = _stated(stance, scenario, permanent=permanent)
    return {name: float(getattr(word, name)) for name in _VOTES}


def _stated(stance: Stance, scenario: Scenario, *, permanent: bool) -> StatedOdds:
    """A word's odds: the scenario's own where it has certain ones."""
    own = scenario.stances.get(stance)
    odds = (own.permanent if permanent else own.elected) if own else None
    certain = odds is not None and all(isinstance(getattr(odds, name), (int, float)) for name in _WORDS)
    return odds if odds is not None and certain else stance_numbers()[stance, permanent].odds


def said_outright(scenario: Scenario, options: Options, moves: Sequence[Move]) -> float | None:
    """Odds of adoption if all that move said the words nearest to their odds; None where words are but evidence."""
    if scenario.preferences.model != "stated" or not moves:
        return None
    words = {move.member: move.stance_after for move in moves}
    try:
        return answer(changed(scenario, stance=words), replace(options, engine=Engine.EXACT)).adopted
    except SimulatorError:  # as where what was learnt cannot be, with these words
        return None


def as_asked(target: float) -> str:
    """A target in 100, as it was asked for: 90, 68.5, 99.99."""
    return f"{100 * target:.10g}"


def from_to(target: float, adopted: float) -> tuple[str, str]:
    """The odds as the draft stands, told apart from the target, and the target."""
    goal, now = as_asked(target), in_100(adopted)
    return (percent(adopted) if goal == now or "." in goal else now), goal


def told(moves: Sequence[Move], alike: Sequence[tuple[str, ...]]) -> list[str]:
    """The moves in words, members that are alike together; beyond the first few how many more."""
    kind_of = {member: kind for kind in alike for member in kind}
    groups: dict[object, list[Move]] = {}
    for move in moves:
        groups.setdefault(kind_of.get(move.member, move.member), []).append(move)
    parts = list(groups.values())
    most = _TOLD if len(parts) > _TOLD + 1 else len(parts)  # one more is named as soon as counted
    found = [_told(part, kind_of.get(part[0].member), place) for place, part in enumerate(parts[:most])]
    rest = sum(len(part) for part in parts[most:])
    return [*found, f"{rest} other members"] if rest else found


def _told(part: list[Move], kind: tuple[str, ...] | None, place: int) -> str:
    """Moves of a member, or of some of those that are alike, the unit with the first."""
    move = part[0]
    word = move.matters
    old, new = in_100(move.before[word]), in_100(move.after[word])
    if old == new:
        old, new = percent(move.before[word]), percent(move.after[word])
    who = in_a_sentence(move.name) if kind is None else f"any {len(part)} of {len(kind)} members that are alike"
    unit = "" if place else " standard deviations"
    each, whose = ("", "its") if kind is None else (" each", "their")
    return f"{who} by {move.shift:.2f}{unit}{each} ({whose} {word} from {old} to {new} in 100)"
