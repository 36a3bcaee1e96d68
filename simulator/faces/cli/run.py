"""``unsc run``: read what was typed, ask for the odds, show them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from simulator.analysis import outside_view
from simulator.engines import DEFAULT_SEED, PARAMETER_DRAWS, Engine, Method, Odds, Options, answer
from simulator.errors import EvidenceError, InputError, OptionError, RefusedError, Stopped
from simulator.faces.cli.changes import Changes
from simulator.faces.cli.complaint import complain
from simulator.faces.cli.csv_rows import write_rows
from simulator.faces.cli.draws_file import checked, most_draws, opened
from simulator.faces.cli.printed import one_form, print_json
from simulator.faces.cli.progress import Bar
from simulator.faces.cli.record_option import record_of
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.table import comparison
from simulator.faces.cli.render.vote import page
from simulator.faces.cli.typed import read_number, read_whole, read_word
from simulator.facts import RollCall
from simulator.model.history.past import Past
from simulator.scenario import Scenario, council_of, expand, load

STOPPED = 130
"""Exit status when Ctrl-C leaves scenarios without an answer."""


@dataclass(frozen=True, slots=True)
class How:
    """The engine options, as typed."""

    engine: str = "auto"
    method: str | None = None
    draws: str | None = None
    seed: str | None = None
    precision: str | None = None
    workers: str | None = None
    save_draws: str | None = None
    parameter_draws: str | None = None

    def options(self) -> Options:
        """Them, checked. Saving draws, and nothing said against it, means drawing whole roll calls."""
        saving = self.save_draws is not None
        engine = read_word(self.engine, Engine, "--engine")
        unsaid = "votes" if saving else "conditional"
        method = read_word(unsaid if self.method is None else self.method, Method, "--method")
        if saving and engine is Engine.EXACT:
            raise OptionError("--save-draws: the exact engine draws nothing; use --engine monte-carlo --method votes")
        if saving and method is not Method.VOTES:
            raise OptionError("--save-draws: roll calls can be saved with --method votes only")
        options = Options(
            engine=Engine.MONTE_CARLO if saving else engine,
            method=method,
            draws=None if self.draws is None else read_whole(self.draws, "--draws"),
            seed=DEFAULT_SEED if self.seed is None else read_whole(self.seed, "--seed", "1946"),
            precision=None if self.precision is None else read_number(self.precision, "--precision", "1e-4"),
            workers=None if self.workers is None else read_whole(self.workers, "--workers", "2"),
            parameter_draws=PARAMETER_DRAWS
            if self.parameter_draws is None
            else read_whole(self.parameter_draws, "--parameter-draws", "400"),
            said=tuple(
                name for name in ("method", "draws", "seed", "precision", "workers") if getattr(self, name) is not None
            ),
        )
        if self.save_draws is None:
            return options
        return replace(options, draws=checked(self.save_draws, options.draws, options.precision))


def run(
    names: list[str], changes: Changes, how: How, record: Sequence[str] | None = None, *, as_json: bool, as_csv: bool
) -> None:
    """Shows the odds of one scenario on a page, of several in a table, or either as JSON or CSV."""
    one_form(as_json=as_json, as_csv=as_csv)
    options = how.options()
    names = expand(names)
    votes = record_of(record) if record is not None else None
    scenarios = _all_loaded(names, changes, votes)
    if how.save_draws is not None:
        _check_target(how.save_draws, names)
    past = None if votes is None else Past.of(votes)
    found = _answered(scenarios, how, replace(options, past=past))
    if as_json:
        answers = [
            odds.as_dict() | {"outside_view": outside_view(scenario, votes=votes).as_dict()} for scenario, odds in found
        ]
        print_json(answers if len(scenarios) > 1 else answers[0])
    elif as_csv:
        write_rows(found)
    else:
        show(page(*found[0], outside_view(found[0][0], votes=votes)) if len(scenarios) == 1 else comparison(found))
    if record is not None and not as_json and (as_csv or len(scenarios) > 1):
        _tell_idle_record(scenarios)
    _tell_unfinished(scenarios, found)


def _tell_idle_record(scenarios: list[Scenario]) -> None:
    """That a table has neither the outside view nor odds from the record, where that is so."""
    if all(scenario.preferences.model != "history" for scenario in scenarios):
        _tell("no effect on a table or --csv: --record, which past votes are chosen from (see --json)")


def _tell(words: str) -> None:
    sys.stdout.flush()  # the answers before what is said about them
    complain(words)


def _answered(scenarios: list[Scenario], how: How, options: Options) -> list[tuple[Scenario, Odds]]:
    """The odds of every scenario, up to the one at which a person stops it."""
    found: list[tuple[Scenario, Odds]] = []
    for scenario in scenarios:
        try:
            with _drawing(how, scenario, options) as drawing:
                odds = answer(scenario, drawing)
        except (KeyboardInterrupt, Stopped):
            if not found:
                raise
            break
        except (EvidenceError, RefusedError) as error:
            raise InputError(f"{scenario.source}: {error}" if len(scenarios) > 1 else str(error)) from None
        found.append((scenario, replace(odds, notes=(*odds.notes, *_saved_too_few(how, odds, options)))))
        if odds.interrupted:
            break
    return found


def _tell_unfinished(scenarios: list[Scenario], found: list[tuple[Scenario, Odds]]) -> None:
    """After Ctrl-C in a run of several: which have odds from some of their draws, and which have none."""
    partial = [scenario.source for scenario, odds in found if odds.interrupted]
    missing = [scenario.source for scenario in scenarios[len(found) :]]
    if len(scenarios) == 1 or not (partial or missing):
        return
    said = [f"some of its draws only: {', '.join(partial)}"] if partial else []
    said += [f"no answer: {', '.join(missing)}"] if missing else []
    _tell(f"stopped – {'; '.join(said)}")
    if missing:
        sys.exit(STOPPED)


def _saved_too_few(how: How, odds: Odds, options: Options) -> tuple[str, ...]:
    """Why draws ended before the precision that was asked for, where the file is the reason."""
    most = None if how.save_draws is None else most_draws(how.save_draws)
    if most is None or options.precision is None or odds.error is None or odds.draws != most:
        return ()
    if odds.error.adopted <= options.precision:
        return ()
    return (f"an .npz file takes {most:,} roll calls, so no more were drawn; a .csv file takes any number",)


def _check_target(path: str, names: list[str]) -> None:
    """That the roll calls of one council go to a file of their own."""
    if len(names) > 1:
        raise OptionError("--save-draws takes one scenario: a file holds the roll calls of one council")
    if Path(path).exists() and any(_same_file(name, path) for name in names):
        raise OptionError(f"--save-draws: {path} is the scenario itself, which would be replaced")


def _same_file(name: str, other: str) -> bool:
    return Path(name).is_file() and Path(name).samefile(other)


@contextmanager
def _drawing(how: How, scenario: Scenario, options: Options) -> Iterator[Options]:
    """The options with a progress bar and, where asked for, a file for the roll calls."""
    with Bar() as bar, opened(how.save_draws, council_of(scenario).ids) as sink:
        yield replace(options, progress=bar.update, sink=sink)


def _all_loaded(names: list[str], changes: Changes, record: Sequence[RollCall] | None) -> list[Scenario]:
    """Every scenario, changed; the problems of all files in one go."""
    loaded, problems = [], []
    for name in names:
        try:
            loaded.append(changes.applied(load(name, record=record)))
        except OptionError:
            raise
        except InputError as error:
            problems.append(str(error))
    if problems:
        raise InputError("\nunsc: ".join(problems))
    return loaded
