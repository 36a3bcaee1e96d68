"""``unsc run``: read what was typed, ask for the odds, show them."""

from __future__ import annotations

import csv
import datetime
import json
import math
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from simulator.engines import DEFAULT_SEED, Engine, Method, Odds, Options, answer
from simulator.errors import InputError, OptionError, nearest, shown
from simulator.faces.cli.draws_file import opened
from simulator.faces.cli.progress import Bar
from simulator.faces.cli.render.console import output
from simulator.faces.cli.render.score import brier
from simulator.faces.cli.render.table import comparison
from simulator.faces.cli.render.vote import page
from simulator.scenario import Scenario, changed, council_of, expand, load
from simulator.scenario.changes import setting


@dataclass(frozen=True, slots=True)
class Changes:
    """The what-if options, as typed."""

    given: list[str] | None = None
    do: list[str] | None = None
    stance: list[str] | None = None
    settings: list[str] | None = None
    rule: str | None = None
    council_date: str | None = None

    def applied(self, scenario: Scenario) -> Scenario:
        """The scenario with them."""
        if not any((self.given, self.do, self.stance, self.settings)) and self.rule is self.council_date is None:
            return scenario
        return changed(
            scenario,
            given={member: _choices(vote) for member, vote in _pairs(self.given, "--given", 'CHN="not yes"').items()},
            do=_pairs(self.do, "--do", "RUS=no"),
            stance=_pairs(self.stance, "--stance", "IND=undecided"),
            settings=dict(setting(one) for one in self.settings or ()),
            rule=self.rule,
            council_date=None if self.council_date is None else read_date(self.council_date, "--council-date"),
        )


@dataclass(frozen=True, slots=True)
class How:
    """The engine options, as typed."""

    engine: str = "auto"
    method: str | None = None
    draws: str | None = None
    seed: str | None = None
    precision: float | None = None
    workers: int | None = None
    save_draws: str | None = None

    def options(self) -> Options:
        """Them, checked. Saving draws, and nothing said against it, means drawing whole roll calls."""
        engine = _word(self.engine, Engine, "--engine")
        method = _word(self.method or ("votes" if self.save_draws else "conditional"), Method, "--method")
        if self.save_draws:
            if engine is Engine.EXACT:
                raise OptionError(
                    "--save-draws: the exact engine draws nothing; use --engine monte-carlo --method votes"
                )
            if method is not Method.VOTES:
                raise OptionError("--save-draws: roll calls can be saved with --method votes only")
            engine = Engine.MONTE_CARLO
        return Options(
            engine=engine,
            method=method,
            draws=None if self.draws is None else _whole(self.draws, "--draws"),
            seed=DEFAULT_SEED if self.seed is None else _whole(self.seed, "--seed"),
            precision=self.precision,
            workers=self.workers,
        )


def run(names: list[str], changes: Changes, how: How, *, as_json: bool, as_csv: bool) -> None:
    """Shows the odds of one scenario on a page, of several in a table, or either as JSON or CSV."""
    if as_json and as_csv:
        raise OptionError("--json and --csv: choose one")
    options = how.options()
    found: list[tuple[Scenario, Odds]] = []
    scenarios = _all_loaded(expand(names), changes)
    if how.save_draws and len(scenarios) > 1:
        raise OptionError("--save-draws takes one scenario: a file holds the roll calls of one council")
    if how.save_draws and Path(how.save_draws).exists() and any(_same_file(name, how.save_draws) for name in names):
        raise OptionError(f"--save-draws: {how.save_draws} is the scenario itself, which would be replaced")
    for scenario in scenarios:
        with _drawing(how, scenario, options) as drawing:
            found.append((scenario, answer(scenario, drawing)))
        if found[-1][1].interrupted:
            break
    if as_json:
        answers = [odds.as_dict() for _, odds in found]
        print(json.dumps(answers if len(scenarios) > 1 else answers[0], indent=2, ensure_ascii=False))
    elif as_csv:
        _write_csv(found)
    else:
        output().print(page(*found[0]) if len(scenarios) == 1 else comparison(found))


def _same_file(name: str, other: str) -> bool:
    return Path(name).is_file() and Path(name).samefile(other)


@contextmanager
def _drawing(how: How, scenario: Scenario, options: Options) -> Iterator[Options]:
    """The options with a progress bar and, where asked for, a file for the roll calls."""
    with Bar() as bar, opened(how.save_draws, council_of(scenario).ids) as sink:
        yield replace(options, progress=bar.update, sink=sink)


def _all_loaded(names: list[str], changes: Changes) -> list[Scenario]:
    """Every scenario, changed; the problems of all files in one go."""
    loaded, problems = [], []
    for name in names:
        try:
            loaded.append(changes.applied(load(name)))
        except OptionError:
            raise
        except InputError as error:
            problems.append(str(error))
    if problems:
        raise InputError("\nunsc: ".join(problems))
    return loaded


def read_date(text: str, option: str) -> datetime.date:
    """A date as typed.

    Raises
    ------
    OptionError
        If it is none.
    """
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):  # fromisoformat takes weeks and dates without dashes too
            raise ValueError("another form")
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise OptionError(f"{option}: {shown(text)} is not a date; write it as 2022-05-26") from None


def _pairs(typed: list[str] | None, option: str, example: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for one in typed or ():
        member, equals, value = one.partition("=")
        if not equals or not member.strip() or not value.strip():
            raise OptionError(f"{option}: {shown(one)} is not of the form {example}")
        if member.strip() in pairs:
            raise OptionError(
                f"{option}: {shown(member.strip())} stands there twice; for several votes write them with commas"
            )
        pairs[member.strip()] = value.strip()
    return pairs


def _choices(vote: str) -> str | list[str]:
    parts = [part.strip() for part in vote.split(",")]
    return parts if len(parts) > 1 else vote


def _word(word: str, kind: Any, option: str) -> Any:
    words = [one.value for one in kind]
    if word not in words:
        hint = nearest(word, words)
        raise OptionError(f"{option}: {shown(word)} is not one of {', '.join(words)}{f' – {hint}' if hint else ''}")
    return kind(word)


def _whole(text: str, option: str) -> int:
    """A whole number as people type large ones: 1000000, 1_000_000, 1e6."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number != int(number):
        raise OptionError(f"{option}: {shown(text)} is not a whole number, such as 1000000 or 1e6")
    return int(number)


COLUMNS = (
    *("source", "title", "date", "rule", "engine", "method", "seed", "draws"),
    *("adopted", "vetoed", "failed", "hidden_veto", "error_adopted", "error_vetoed", "error_failed"),
    *("evidence_probability", "actual", "brier"),
)
"""Columns of ``--csv``."""


def _write_csv(found: list[tuple[Scenario, Odds]]) -> None:
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for scenario, odds in found:
        actual = scenario.actual.outcome.value if scenario.actual else None
        writer.writerow(
            {
                "source": scenario.source,
                "title": scenario.title,
                "date": scenario.draft.date,
                "rule": odds.rule,
                "engine": odds.engine,
                "method": odds.method,
                "seed": odds.seed,
                "draws": odds.draws,
                **odds.outcomes.as_dict(),
                "hidden_veto": odds.hidden_veto,
                **{f"error_{word}": number for word, number in (odds.error.as_dict() if odds.error else {}).items()},
                "evidence_probability": odds.evidence_probability,
                "actual": actual,
                "brier": None if actual is None else brier(odds, actual == "adopted"),
            }
        )
