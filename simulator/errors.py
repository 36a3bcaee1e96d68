"""Everything this package raises on purpose.

The whole tree::

    SimulatorError                the root: catch this to catch them all
    ├── InputError                what was given cannot be used (the command line exits with status 2)
    │   ├── ScenarioError         a scenario file: every problem in one go, in `problems`
    │   ├── CouncilError          a date on which the Council's members are not known, or a seat that is not there
    │   ├── RuleError             an unknown voting rule, or one that does not fit the council
    │   ├── EvidenceError         what was "learnt" cannot have happened
    │   ├── OptionError           an option of an engine or a command outside what is allowed
    │   └── RefusedError          an engine that will not answer, with the reason and the remedy
    │       ├── ExactRefused      the exact engine: structure or accuracy beyond it; use Monte Carlo
    │       └── TooFewDraws       Monte Carlo: what was learnt is too rare for the draws made
    │           └── Stopped       by a person, before there were draws enough for an answer (status 130)
    └── MissingExtra              an optional dependency is not installed (status 3)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


class SimulatorError(Exception):
    """The root of everything this package raises on purpose."""


class InputError(SimulatorError):
    """What was given cannot be used; the message says where, what is allowed and what to do."""


class CouncilError(InputError):
    """A date on which the Council's members are not known, or a seat that is not on it."""


class RuleError(InputError):
    """An unknown voting rule, or one that does not fit the council it is applied to."""


class EvidenceError(InputError):
    """What was given as learnt has probability zero: there is nothing to condition on."""


class OptionError(InputError):
    """An option of an engine or a command outside what is allowed."""


class RefusedError(InputError):
    """An engine will not answer; the message carries the reason and the remedy."""


class ExactRefused(RefusedError):
    """The exact engine cannot do this structure at its promised accuracy; Monte Carlo can."""


class TooFewDraws(RefusedError):
    """Too few draws agree with what was learnt for the odds to mean anything."""


class Stopped(TooFewDraws):
    """A person stopped the draws before there was anything to show."""


class MissingExtra(SimulatorError):
    """An optional dependency is not installed; the message is the command that installs it.

    Parameters
    ----------
    extra : str
        Name of the group of optional dependencies.
    what : str
        What needs it.
    """

    def __init__(self, extra: str, what: str) -> None:
        super().__init__(f"{what} needs the extra {extra}: pip install 'unsc-simulator[{extra}]'")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a scenario.

    Attributes
    ----------
    key : str
        Where, as a dotted key (``members.CHN.stance``); empty when it concerns the whole file.
    message : str
        What was given and what is allowed.
    hint : str
        What to do, often the nearest match; may be empty.
    """

    key: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.key}: " if self.key else ""
        return f"{where}{self.message}{f' – {self.hint}' if self.hint else ''}"


MOST_SHOWN = 20
"""Problems in the message of a ScenarioError; the others are counted."""

_LONGEST = 300


def _line(problem: Problem) -> str:
    """A problem as a line of the message: the parts that others wrote are shortened, so that nothing fills a screen."""
    return str(Problem(*(short(part, _LONGEST) for part in (problem.key, problem.message, problem.hint))))


class ScenarioError(InputError):
    """A scenario that cannot be used, with all its problems at once; the message shows the first twenty.

    Attributes
    ----------
    source : str
        The file, or another name for where the scenario came from.
    problems : tuple of Problem
        Everything that is wrong, in the order of the file's keys.
    """

    def __init__(self, source: str, problems: Sequence[Problem]) -> None:
        self.source = source
        self.problems = tuple(problems)
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems):,} problems"
        lines = [f"  {_line(problem)}" for problem in self.problems[:MOST_SHOWN]]
        if len(self.problems) > MOST_SHOWN:
            lines.append(f"  and {len(self.problems) - MOST_SHOWN:,} more")
        super().__init__("\n".join([f"{source}: {count}", *lines]))

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[str, tuple[Problem, ...]]]:
        return type(self), (self.source, self.problems)


def shown(value: object, limit: int = 60) -> str:
    """A value as it may stand in a message: its repr, shortened.

    Of long whole numbers the number of digits is said. What cannot be shown is named by its type.
    """
    if type(value) is int and abs(value) >= 10**_DIGITS_SHOWN:
        return _long_number(value)
    try:
        text = repr(value)
    except ValueError:  # a huge number within
        return "a value too large to show"
    except Exception:  # a repr may raise anything, and no message may fail for that
        return f"a value of type {type(value).__name__}"
    return short(text, limit)


_DIGITS_SHOWN = 20


def _long_number(number: int) -> str:
    # Python converts 4300 digits at most; the first few and their count can be had without.
    digits = max(_DIGITS_SHOWN, int(abs(number).bit_length() * math.log10(2)))
    digits += abs(number) >= 10**digits
    start = abs(number) // 10 ** (digits - 6)
    return f"{'-' if number < 0 else ''}{start}… ({digits:,} digits)"


def short(text: str, limit: int = 40) -> str:
    """A key or code as it may stand in a message: one printable line, shortened."""
    line = "".join(character if character.isprintable() else "?" for character in text)
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def nearest(word: str, allowed: Iterable[str], cutoff: float = 0.6) -> str:
    """``"did you mean …?"`` for the closest of `allowed`, or an empty string when none is close.

    `cutoff` says how close is close: from 0, nothing in common, to 1, the same but for case.
    """
    by_fold = {candidate.casefold(): candidate for candidate in allowed}
    found = get_close_matches(word.casefold(), by_fold, n=1, cutoff=cutoff)
    return f"did you mean {by_fold[found[0]]}?" if found else ""


def reason(error: InputError) -> str:
    """What is wrong, on one line: of a scenario the first of its problems."""
    return str(error.problems[0]) if isinstance(error, ScenarioError) and error.problems else str(error)
