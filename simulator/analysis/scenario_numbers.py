"""The numbers of a scenario, each with a range that is plausible for its kind: what sensitivity looks at.

The ranges say "this could well be otherwise", by one rule a kind, not by knowledge of the number: a chance with odds
half or twice as large, a cohesion 0.2 lower or higher, a place 0.25 to either side, anything else half or twice as
large. Of an uncertain number it is the range between its 5 % and 95 % quantiles.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.scenario import Scenario
from simulator.scenario.uncertain import uncertain_numbers

CHOICES = ("yes", "abstain", "no", "absent")

_COHESION, _PLACE, _FACTOR = 0.2, 0.25, 2.0

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
    """The numbers of a scenario in the order of its tables.

    Odds of 1 are left out: what is sure leaves nothing to give way in proportion. So are zeros that have no scale.

    Parameters
    ----------
    company : mapping from a place in ``[[company]]``
        The chances that it comes to, for those that the file leaves to the record.
    """
    return [*_uncertain(scenario), *_certain(scenario.to_data(), company)]


def _uncertain(scenario: Scenario) -> Iterator[FileNumber]:
    for number in uncertain_numbers(scenario):
        low, middle, high = number.quantile(np.array([_TAIL, 0.5, 1 - _TAIL])).tolist()
        yield FileNumber(number.key, middle, low, high, number.lower, number.upper, number.key, uncertain=True)


def _certain(data: Mapping[str, Any], company: Mapping[int, tuple[float, float]]) -> Iterator[FileNumber]:
    for code, entry in data.get("members", {}).items():
        yield from _of_member(f"members.{code}", entry)
    for word, by_seat in data.get("stances", {}).items():
        for seat, odds in by_seat.items():
            yield from _odds(f"stances.{word}.{seat}", odds)
    for place, bloc in enumerate(data.get("blocs", ())):
        if isinstance(value := bloc["cohesion"], (int, float)):
            low, high = max(0.0, value - _COHESION), min(1.0, value + _COHESION)
            yield FileNumber(f"blocs.{place}.cohesion", value, low, high, 0.0, 1.0, f"blocs.{place}.cohesion")
    for place, chances in company.items():
        for word, value in zip(("if_leader_no", "otherwise"), chances, strict=True):
            written = data["company"][place].get(word)
            if written is None or isinstance(written, (int, float)):
                yield from _chance(f"company.{place}.{word}", value)
    spatial = data.get("spatial", {})
    for word in ("draft", "reversion", "default_position"):
        yield from _place(f"spatial.{word}", spatial.get(word))
    for word in ("noise", "indifference", "veto_reluctance"):
        yield from _scale(f"spatial.{word}", spatial.get(word))


def _of_member(key: str, entry: Mapping[str, Any]) -> Iterator[FileNumber]:
    if "odds" in entry:
        yield from _odds(f"{key}.odds", entry["odds"])
    yield from _place(f"{key}.position", entry.get("position"))
    for dimension, value in (entry.get("salience") or {}).items() if isinstance(entry.get("salience"), dict) else ():
        yield from _scale(f"{key}.salience.{dimension}", value)
    for word in ("salience", "veto_reluctance"):
        yield from _scale(f"{key}.{word}", entry.get(word))


def _odds(key: str, odds: Any) -> Iterator[FileNumber]:
    """The numbers of a member's odds, where all of them are numbers."""
    if not isinstance(odds, Mapping) or not all(isinstance(share, (int, float)) for share in odds.values()):
        return
    for word, share in odds.items():
        others = {other: more for other, more in odds.items() if other != word}
        if 0 < share < 1 and sum(others.values()) > 0:
            low, high = _odds_range(share)
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
