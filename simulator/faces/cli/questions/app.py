"""The questions about one scenario, as commands. Nothing heavy is imported before one runs."""

from __future__ import annotations

import typer

from simulator.faces.cli import options as opt
from simulator.faces.cli.questions.shared import How, asks


def add_questions(app: typer.Typer) -> None:
    """Adds them to the program, in the order of its help."""
    for command in (why, reforms, time_machine):
        asks(app)(command)


def why(scenario: opt.OneScenario, how: How) -> None:
    """Say why a draft fails or passes: what defeats it, and what each member's choice means.

    Examples: unsc why dprk-2022-05, unsc why dprk-2022-05 --given CHN=abstain.
    """
    from simulator.faces.cli.questions.why import why as command

    command(scenario, how)


def reforms(scenario: opt.OneScenario, how: How, quota: opt.Quotas = None) -> None:
    """Put one scenario under every rule, and before enlarged councils.

    With the odds, who decides a priori, and where each quota comes from. Examples: unsc reforms dprk-2022-05,
    unsc reforms dprk-2022-05 --quota g4=15 --quota quota-and-veto=10.
    """
    from simulator.faces.cli.questions.reforms import reforms as command

    command(scenario, how, quota)


def time_machine(
    scenario: opt.OneScenario,
    how: How,
    start: opt.FirstYear = None,
    end: opt.LastYear = None,
    move_draft: opt.MoveDraft = False,
) -> None:
    """Put the same draft before each year's council, under that day's rule.

    Years are compared with the scenario's own council, or with that of --council-date. Examples:
    unsc time-machine gaza-2024-03, unsc time-machine dprk-2022-05-record --from 2000 --move-draft --csv.
    """
    from simulator.faces.cli.questions.time_machine import Asked
    from simulator.faces.cli.questions.time_machine import time_machine as command

    command(scenario, how, Asked(start, end, move_draft))
