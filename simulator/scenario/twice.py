"""One place says one thing once: a what-if that sets the same thing in two ways is an error, whichever would win."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from simulator.errors import OptionError, short


def refuse_both(
    given: Mapping[str, Any],
    do: Mapping[str, Any],
    stance: Mapping[str, Any],
    rule: str | None,
    council_date: datetime.date | None,
    settings: Iterable[tuple[list[str], Any]],
) -> None:
    """Refuses what is both learnt and made, and what is set by its option and by its dotted key.

    Parameters
    ----------
    given, do, stance, rule, council_date
        As ``changed`` takes them.
    settings : iterable of (parts, value)
        Dotted keys in their parts, with what they are set to.

    Raises
    ------
    OptionError
        For the first that is.
    """
    both = sorted(set(given) & set(do))
    if both:
        raise OptionError(
            f"{' '.join(map(short, both[:5]))}: given and do for one member; a vote is either learnt or made"
        )
    named = {("given", member) for member in given} | {("do", member) for member in do}
    named |= {("members", member) for member in stance}
    named |= {("council", key) for key, value in (("rule", rule), ("date", council_date)) if value is not None}
    for parts, value in settings:
        for table, key in _pairs_set(parts, value):
            name = short(f"{table}.{key}")
            other = {"given": "do", "do": "given"}.get(table)
            if (table, key) in named:
                raise OptionError(f"{name} is set twice, by its own option and by its key; leave one out")
            if other and (other, key) in named:
                raise OptionError(
                    f"{name} is set, and {short(key)} stands in {other} too; a vote is either learnt or made"
                )


def _pairs_set(parts: list[str], value: Any) -> list[tuple[str, str]]:
    """The (table, key) that a setting writes; a whole table writes all its keys."""
    if len(parts) > 1:
        return [(parts[0], parts[1])]
    return [(parts[0], key) for key in value] if parts and isinstance(value, dict) else []
