"""What a caller from Python passes, in the plain types a file has: whatever the object, an error that says which."""

from __future__ import annotations

import datetime
import numbers
from collections.abc import Mapping
from typing import Any

from simulator.errors import OptionError, short, shown


def plain_table(name: str, value: object) -> dict[str, Any]:
    """An option that is a mapping from text, as a plain dict; None as an empty one.

    Raises
    ------
    OptionError
        If it is no mapping, a key is no text, or a value is of a type that no file holds.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise OptionError(f"{name} is a mapping, such as {_MAPPINGS.get(name, _MAPPINGS['do'])}, not {shown(value)}")
    try:
        pairs = list(value.items())
    except Exception as error:  # as below
        raise OptionError(f"{name} cannot be read: {type(error).__name__} in {type(value).__name__}") from None
    for key, _ in pairs:
        if not isinstance(key, str):
            raise OptionError(f"{name}: a key is text, not {shown(key)}")
    return {str.__str__(key): plain_value(f"{name} {short(key)}", inner) for key, inner in pairs}


_MAPPINGS = {
    "given": "{'CHN': 'not yes'}",
    "do": "{'RUS': 'no'}",
    "stance": "{'IND': 'undecided'}",
    "settings": "{'blocs.0.cohesion': 0.6}",
}


def plain_value(name: str, value: object) -> Any:
    """A value in the types of TOML; enums of text become text, sets and tuples lists, NumPy's numbers Python's.

    Raises
    ------
    OptionError
        If it holds anything else.
    """
    try:
        return _plain(name, value)
    except OptionError:
        raise
    except RecursionError:
        raise OptionError(f"{name} is nested too deeply") from None
    except Exception as error:  # an object of the caller's may raise anything when it is looked at
        raise OptionError(f"{name} cannot be read: {type(error).__name__} in {type(value).__name__}") from None


def _plain(name: str, value: object) -> Any:
    if isinstance(value, str):
        return str.__str__(value)
    if value is None or isinstance(value, (bool, datetime.date, datetime.time)):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return float(value)
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise OptionError(f"{name}: a key is text, not {shown(key)}")
        return {str.__str__(key): _plain(name, inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(name, inner) for inner in value]
    raise OptionError(
        f"{name}: {shown(value)} is nothing a file can hold; that is text, numbers, true or false, dates, lists, tables"
    )
