"""What is wrong with a text that is not TOML, said of the line it stands on, with the slip that is likeliest there."""

from __future__ import annotations

import datetime
import re

from simulator.errors import Problem, short


def toml_problem(error: ValueError, text: str) -> Problem:
    """The parser's complaint as a problem: its words, the line, and what to write instead."""
    said = str(error)
    digits = re.search(r"value has (\d+) digits", said)
    if digits:
        return Problem("", f"a number of {int(digits[1]):,} digits, which is more than any file means")
    place = re.search(r" \(at line (\d+), column (\d+)\)$", said)
    if place is None:
        return Problem("", f"not TOML: {_lower(said)}", _hint(said, "", ""))
    number, column = int(place[1]), int(place[2])
    line = text.replace("\r\n", "\n").split("\n")[number - 1]
    day = _no_such_day(line)
    if day:
        return Problem("", f"not TOML: there is no day {day} (at line {number}, column {column})")
    return Problem("", f"not TOML: {_lower(said)}: {short(line.strip(), 60)}", _hint(said, line, line[column - 1 :]))


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


def _no_such_day(line: str) -> str:
    """The first date of the line that no calendar has."""
    for found in re.findall(r"\d{4}-\d\d-\d\d", line, re.ASCII):
        try:
            datetime.date.fromisoformat(found)
        except ValueError:
            return str(found)
    return ""


_TWICE = ("Cannot overwrite", "Cannot declare", "Duplicate inline table key", "Cannot mutate", "Cannot redefine")


def _hint(said: str, line: str, rest: str) -> str:
    """What is likely meant, from the complaint, the line, and what stands there from the column on; or nothing."""
    value = line.partition("=")[2]
    if said.startswith(_TWICE):
        return "a key or table stands there twice; keep one, or put its keys together"
    for pattern, where, hint in _SLIPS:
        if re.search(pattern, {"said": said, "line": line, "value": value, "rest": rest}[where]):
            return hint
    if said.startswith("Invalid value") and line.startswith(rest):
        return "a list or value above is not closed"
    words = re.split(r"[,\]}#]", rest, maxsplit=1)[0].strip()
    if said.startswith("Invalid value") and re.fullmatch(r"[^\W\d][^\"'=]*", words):
        return f'text stands in quotes: "{short(words)}"'
    if not said.startswith(("Invalid statement", "Expected '='")):
        return ""
    colon = re.match(r'\s*[\w."-]+\s*:', line)
    return f"keys are written key = value{', with = and not :' if colon else ''}"


_CHARACTER = r"^(Illegal|Found invalid) character "

_SLIPS = (
    (r"[“”„‘’]", "line", 'quotes are straight: "…"'),
    (r"^\s*\d+(/|\.\d+\.|\s+[A-Z])", "value", "a date is written 2022-05-26"),
    (r"^\s*\d{4}-\d\d-\d\d\s*[\dT:]", "value", "a date is a day alone, such as 2022-05-26"),
    (r"^(True|False)\b", "rest", "true and false are written small"),
    (r"^\.\d", "rest", "a number starts with a digit: 0.5"),
    (r"^%", "rest", "a probability is written from 0 to 1: 0.5"),
    (r"=\s*\d+,\d", "line", "decimals have a point: 0.5"),
    (r"^\r", "rest", "end lines with a line feed"),
    (
        _CHARACTER + r"'\\n'",
        "said",
        "a quote is not closed on this line; text over several lines stands in three quotes",
    ),
    (_CHARACTER + r"'\\x", "said", "take out the character that is not text"),
    (r"^Unescaped '\\' in a string", "said", "write a backslash twice, or put the text in single quotes"),
    (
        r"^[\w.\s]*[^\x00-\x7f][\w.]*\s*=",
        "line",
        "keys have Latin letters, or stand in quotes; these may only look Latin",
    ),
)
"""Slips that show: the pattern, where it stands, what to do. The first that fits is said."""
