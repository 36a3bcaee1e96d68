"""The numbers of a scenario, each with a range that is plausible for its kind: what sensitivity looks at.

The ranges say "this could well be otherwise", by one rule a kind, not by knowledge of the number: a chance with odds
half or twice as large, a cohesion 0.2 lower or higher, a place 0.25 to either side, a shift of support half a standard
deviation to either side, anything else half or twice as large. Of an uncertain number it is the range between its 5 %
and 95 % quantiles, before anything was learnt.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.model.stance_odds import stance_numbers
from simulator.rules import RULES
from simulator.scenario import Scenario, Stance, before_the_draft, council_of, entries
from simulator.scenario.seats import DEFAULT
from simulator.scenario.spatial_tables import LARGEST, Spatial
from simulator.scenario.types import FURTHEST, Preferences
from simulator.scenario.uncertain import uncertain_numbers

CHOICES = ("yes", "abstain", "no", "absent")

_COHESION, _PLACE, _SHIFT, _FACTOR = 0.2, 0.25, 0.5, 2.0

_TAIL = 0.05


@dataclass(frozen=True, slots=True)
class FileNumber:
    """One number of a scenario.

    Attributes
    ----------
    key : str
        Where, as a dotted key.
    value : float
        What it is; the median of an uncertain one.
    low, high : float
        The ends of its plausible range.
    lower, upper : float
        What it may be at all.
    table : str
        The dotted key that is set to change it; of a member's odds all of them, which must add up to 1.
    others : mapping
        Of odds, the numbers beside it, which give way in proportion.
    uncertain : bool
        Whether a distribution stands for it.
    """

    key: str
    value: float
    low: float
    high: float
    lower: float
    upper: float
    table: str
    others: Mapping[str, float] | None = None
    uncertain: bool = False

    def at(self, value: float) -> dict[str, Any]:
        """The setting, for :func:`simulator.changed`, at which it has another value."""
        if self.others is None:
            return {self.table: value}
        left = (1 - value) / sum(self.others.values())
        return {
            self.table: {**{word: share * left for word, share in self.others.items()}, self.key.split(".")[-1]: value}
        }


def file_numbers(scenario: Scenario, company: Mapping[int, tuple[float, float]]) -> list[FileNumber]:
    """The numbers of a scenario in the order of its tables, with those of the shipped tables that it leans on.

    Chances of 0 and 1 are left out: what is sure leaves nothing to give way in proportion. So are scales of 0.

    Parameters
    ----------
    company : mapping from a place in ``[[company]]``
        The chances that it comes to, for those that the file leaves to the record; pairs left out have no effect.
    """
    return [*_uncertain(scenario), *_certain(scenario, scenario.to_data(), company)]


def _uncertain(scenario: Scenario) -> Iterator[FileNumber]:
    for number in uncertain_numbers(scenario):
        low, middle, high = number.quantile(np.array([_TAIL, 0.5, 1 - _TAIL])).tolist()
        yield FileNumber(number.key, middle, low, high, number.lower, number.upper, number.key, uncertain=True)


def _certain(
    scenario: Scenario, data: Mapping[str, Any], company: Mapping[int, tuple[float, float]]
) -> Iterator[FileNumber]:
    yield from _of_members("members", data)
    yield from _of_members("preliminary", data)
    before = {step.id for step in before_the_draft(scenario)}
    for place, step in enumerate(data.get("sequence", ())):
        if step["id"] in before:
            yield from _of_members(f"sequence.{place}.members", step)
            for word in ("if_adopted", "if_rejected"):
                yield from _shift(f"sequence.{place}.{word}", step.get(word))
    for word, by_seat in data.get("stances", {}).items():
        for seat, odds in by_seat.items():
            yield from _odds(f"stances.{word}.{seat}", odds)
    yield from _of_words(scenario)
    for place, bloc in enumerate(data.get("blocs", ())):
        if isinstance(value := bloc["cohesion"], (int, float)):
            low, high = max(0.0, value - _COHESION), min(1.0, value + _COHESION)
            yield FileNumber(f"blocs.{place}.cohesion", value, low, high, 0.0, 1.0, f"blocs.{place}.cohesion")
    for place, chances in company.items():
        for word, value in zip(("if_leader_no", "otherwise"), chances, strict=True):
            written = data["company"][place].get(word)
            if written is None or isinstance(written, (int, float)):
                yield from _chance(f"company.{place}.{word}", value)
    if scenario.preferences.model == "spatial" and scenario.spatial is not None:
        yield from _of_space(scenario.spatial)


def _of_space(space: Spatial) -> Iterator[FileNumber]:
    """Those of the issue space, with what it takes where the file is silent."""
    yield from _place("spatial.draft", space.draft)
    yield from _place("spatial.reversion", dict.fromkeys(space.dimensions, 0.0) | space.reversion)
    yield from _place("spatial.default_position", space.default_position)
    for word in ("noise", "indifference", "veto_reluctance"):
        yield from _scale(f"spatial.{word}", getattr(space, word))


def _of_members(table: str, data: Mapping[str, Any]) -> Iterator[FileNumber]:
    for code, entry in data.get(table.split(".")[-1], {}).items():
        key = f"{table}.{code}"
        yield from _odds(f"{key}.odds", entry.get("odds"))
        yield from _place(f"{key}.position", entry.get("position"))
        for dimension, value in entry.get("salience", {}).items():
            yield from _scale(f"{key}.salience.{dimension}", value)
        yield from _scale(f"{key}.veto_reluctance", entry.get("veto_reluctance"))
        yield from _signed(f"{key}.tie", entry.get("tie"))


def _of_words(scenario: Scenario) -> Iterator[FileNumber]:
    """The odds that stance words stand for, of the words that the file uses and has no numbers of its own for."""
    council = council_of(scenario)
    used: dict[tuple[Stance, bool], None] = {}
    for vote in _votes(scenario):
        for member, entry in entries(vote, council).items():
            if entry.stance is not None and not (vote is scenario and member in scenario.do):
                permanent = member in council.vetoers
                used[entry.stance.said_by(permanent), permanent] = None
    for word, permanent in used:
        seat = "permanent" if permanent else "elected"
        if not _has_own(scenario, word, seat):
            odds = stance_numbers()[word, permanent].odds.model_dump()
            yield from _odds(f"stances.{word}.{seat}", {choice: share for choice, share in odds.items() if share > 0})


def _has_own(scenario: Scenario, word: Stance, seat: str) -> bool:
    """Whether the file has numbers for a word; with "opposes" go the vetoes that elected members announce."""
    if word in scenario.stances and getattr(scenario.stances[word], seat) is not None:
        return True
    announced = [table for said, table in scenario.stances.items() if said.announces_veto]
    return word is Stance.OPPOSES and any(table.elected is not None for table in announced)


def _votes(scenario: Scenario) -> Iterator[Scenario]:
    """The votes in which words stand for odds, each as a scenario whose entries are its own."""
    if scenario.preferences.model == "stated":
        yield scenario
    plain: dict[str, Any] = {"preferences": Preferences()}
    unsponsored = {**plain, "draft": scenario.draft.model_copy(update={"sponsors": None})}
    if RULES[scenario.council.rule].preliminary:
        yield scenario.model_copy(update={**unsponsored, "members": scenario.preliminary})
    for step in before_the_draft(scenario):
        if DEFAULT in step.members:
            yield scenario.model_copy(update={**unsponsored, "members": step.members})
        else:
            yield scenario.model_copy(update={**plain, "members": {**scenario.members, **step.members}})


def _odds(key: str, odds: Any) -> Iterator[FileNumber]:
    """The numbers of a member's odds: the others give way in proportion, or what is left as the rest does."""
    if not isinstance(odds, Mapping):
        return
    certain = {word: share for word, share in odds.items() if isinstance(share, (int, float))}
    for word, share in certain.items():
        if not 0 < share < 1:
            continue
        low, high = _odds_range(share)
        if len(certain) < len(odds):
            yield FileNumber(f"{key}.{word}", share, low, high, 0.0, 1.0, f"{key}.{word}")
            continue
        others = {other: more for other, more in odds.items() if other != word}
        if sum(others.values()) > 0:
            yield FileNumber(f"{key}.{word}", share, low, high, 0.0, 1.0, key, others)


def _chance(key: str, value: float) -> Iterator[FileNumber]:
    if 0 < value < 1:
        low, high = _odds_range(value)
        yield FileNumber(key, value, low, high, 0.0, 1.0, key)


def _odds_range(share: float) -> tuple[float, float]:
    """The chances with half and with twice the odds."""
    ratio = share / (1 - share)
    return ratio / _FACTOR / (1 + ratio / _FACTOR), ratio * _FACTOR / (1 + ratio * _FACTOR)


def _place(key: str, place: Any) -> Iterator[FileNumber]:
    for dimension, value in place.items() if isinstance(place, Mapping) else ():
        if isinstance(value, (int, float)):
            low, high = max(-1.0, value - _PLACE), min(1.0, value + _PLACE)
            yield FileNumber(f"{key}.{dimension}", value, low, high, -1.0, 1.0, f"{key}.{dimension}")


def _scale(key: str, value: Any) -> Iterator[FileNumber]:
    if isinstance(value, (int, float)) and value > 0:
        yield FileNumber(key, value, value / _FACTOR, value * _FACTOR, 0.0, math.inf, key)


def _signed(key: str, value: Any) -> Iterator[FileNumber]:
    if isinstance(value, (int, float)) and value != 0:
        low, high = sorted((value / _FACTOR, value * _FACTOR))
        yield FileNumber(key, value, low, high, -LARGEST, LARGEST, key)


def _shift(key: str, value: Any) -> Iterator[FileNumber]:
    if isinstance(value, (int, float)):
        low, high = max(-FURTHEST, value - _SHIFT), min(FURTHEST, value + _SHIFT)
        yield FileNumber(key, value, low, high, -FURTHEST, FURTHEST, key)
