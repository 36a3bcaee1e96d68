"""What every question takes: the what-if options, the engine, the record, and the form of the answer."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import typer

from simulator.faces.cli import options as opt

if TYPE_CHECKING:
    from simulator.engines import Engine, Options
    from simulator.faces.cli.changes import Changes
    from simulator.facts import RollCall
    from simulator.scenario import Scenario


@dataclass(frozen=True, slots=True)
class How:
    """The options that every question shares, as typed."""

    given: opt.Given = None
    do: opt.Do = None
    stance: opt.Stance = None
    set_: opt.Set = None
    rule: opt.Rule = None
    council_date: opt.CouncilDate = None
    engine: opt.Engine = "auto"
    record: opt.RecordFile = None
    json: opt.Json = False
    csv: opt.CsvOfQuestion = False

    def checked(self) -> None:
        """Refuses two forms of one answer, and an engine that there is none of.

        Raises
        ------
        OptionError
        """
        from simulator.faces.cli.printed import one_form

        one_form(as_json=self.json, as_csv=self.csv)
        self.engine_word()

    def engine_word(self) -> Engine:
        """The engine asked for."""
        from simulator.engines import Engine
        from simulator.faces.cli.typed import read_word

        engine: Engine = read_word(self.engine, Engine, "--engine")
        return engine

    def votes(self) -> tuple[RollCall, ...] | None:
        """The record with the rows of ``--record``; None for the one that ships."""
        from simulator.faces.cli.record_option import record_of

        return None if self.record is None else record_of(self.record)

    def changes(self) -> Changes:
        """What is asked of a scenario, as typed."""
        from simulator.faces.cli.changes import Changes

        return Changes(self.given, self.do, self.stance, self.set_, self.rule, self.council_date)

    def scenario(self, name: str, votes: tuple[RollCall, ...] | None = None) -> Scenario:
        """A scenario with what is asked of it."""
        from simulator.scenario import load

        return self.changes().applied(load(name, record=votes))

    def options(self, votes: tuple[RollCall, ...] | None = None) -> Options:
        """How an engine is to answer."""
        from simulator.engines import Options
        from simulator.model.history.past import Past

        return Options(engine=self.engine_word(), past=None if votes is None else Past.of(votes))


def asks(app: typer.Typer) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Makes a function a command that takes, beside its own parameters, those of :class:`How` as its last, ``how``."""

    def register(command: Callable[..., None]) -> Callable[..., None]:
        own = [one for one in inspect.signature(command, eval_str=True).parameters.values() if one.name != "how"]
        types = inspect.get_annotations(How, eval_str=True)
        shared = [
            inspect.Parameter(one.name, inspect.Parameter.KEYWORD_ONLY, default=one.default, annotation=types[one.name])
            for one in fields(How)
        ]
        every = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own] + shared

        def run(**typed: Any) -> None:
            how = How(**{one.name: typed.pop(one.name) for one in shared})
            how.checked()
            command(**typed, how=how)

        run.__name__, run.__doc__ = command.__name__, command.__doc__
        run.__annotations__ = {one.name: one.annotation for one in every}
        vars(run)["__signature__"] = inspect.Signature(every)
        app.command(name=command.__name__.rstrip("_").replace("_", "-"))(run)
        return command

    return register
