"""Reading what was typed after an option; what cannot be read is said with the option's name."""

from __future__ import annotations

import datetime
import math
import re
from typing import Any

from simulator.errors import OptionError, nearest, shown


def read_day(text: str, option: str) -> datetime.date | int:
    """A date, or a year as a number, as typed.

    Raises
    ------
    OptionError
        If it is neither.
    """
    if re.fullmatch(r"[0-9]{4}", text):
        return int(text)
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):  # fromisoformat takes weeks, and dates without dashes
            raise ValueError("another form")
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise OptionError(f"{option}: {shown(text)} is not a date; write it as 2022-05-26, or a year as 2022") from None


def read_date(text: str, option: str) -> datetime.date:
    """A date, as typed.

    Raises
    ------
    OptionError
        If it is none.
    """
    refusal = OptionError(f"{option}: {shown(text)} is not a date; write it as 2022-05-26")
    try:
        day = read_day(text, option)
    except OptionError:
        raise refusal from None
    if not isinstance(day, datetime.date):
        raise refusal
    return day


def read_pairs(typed: list[str] | None, option: str, example: str) -> dict[str, str]:
    """Entries of the form MEMBER=VALUE, none for a member twice.

    Raises
    ------
    OptionError
        If one is of another form, or a member stands there twice.
    """
    pairs: dict[str, str] = {}
    for one in typed or ():
        member, equals, value = one.partition("=")
        if not equals or not member.strip() or not value.strip():
            raise OptionError(f"{option}: {shown(one)} is not of the form {example}")
        if member.strip() in pairs:
            several = "; for several votes write them with commas" if option == "--given" else ""
            raise OptionError(f"{option}: {shown(member.strip())} stands there twice{several}")
        pairs[member.strip()] = value.strip()
    return pairs


def read_choices(vote: str) -> str | list[str]:
    """A vote, or several with commas between them."""
    parts = [part.strip() for part in vote.split(",")]
    return parts if len(parts) > 1 else vote


def read_word(word: str, kind: Any, option: str) -> Any:
    """A word of an enumeration.

    Raises
    ------
    OptionError
        If it is none of its words; the nearest is named.
    """
    words = [one.value for one in kind]
    if word not in words:
        hint = nearest(word, words)
        raise OptionError(f"{option}: {shown(word)} is not one of {', '.join(words)}{f' – {hint}' if hint else ''}")
    return kind(word)


def read_words(words: list[str] | None, kind: Any, option: str) -> frozenset[Any]:
    """Words of an enumeration, of an option that may be given several times; none if it was not.

    Raises
    ------
    OptionError
        If one is none of its words; the nearest is named.
    """
    return frozenset(read_word(word, kind, option) for word in words or ())


def read_whole(text: str, option: str, example: str = "1000000 or 1e6") -> int:
    """A whole number as people type large ones: 1000000, 1_000_000, 1e6.

    Raises
    ------
    OptionError
        If it is none.
    """
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number != int(number):
        raise OptionError(f"{option}: {shown(text)} is not a whole number, such as {example}")
    return int(number)


def read_number(text: str, option: str, example: str) -> float:
    """A number.

    Raises
    ------
    OptionError
        If it is none.
    """
    try:
        return float(text)
    except ValueError:
        raise OptionError(f"{option}: {shown(text)} is not a number, such as {example}") from None
