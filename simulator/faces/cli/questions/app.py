"""The questions about one scenario, as commands. Nothing heavy is imported before one runs."""

from __future__ import annotations

import typer

from simulator.faces.cli import options as opt
from simulator.faces.cli.questions import bargain_options as terms
from simulator.faces.cli.questions.shared import How, asks


def add_questions(app: typer.Typer) -> None:
    """Adds them to the program, in the order of its help."""
    for command in (why, bargain):
        asks(app)(command)


def why(scenario: opt.OneScenario, how: How) -> None:
    """Say why a draft fails or passes: what defeats it, and what each member's choice means.

    Examples: unsc why dprk-2022-05, unsc why dprk-2022-05 --given CHN=abstain.
    """
    from simulator.faces.cli.questions.why import why as command

    command(scenario, how)


def bargain(
    scenario: opt.OneScenario,
    how: How,
    reach: terms.Reach = "0.5",
    cost: terms.Cost = None,
    sponsor: terms.Sponsor = None,
    value_adopted: terms.ValueAdopted = None,
    value_defeated: terms.ValueDefeated = None,
) -> None:
    """Say what it would take: whose support must move, which text would do, whether to table it.

    Examples: unsc bargain dprk-2022-05 --reach 0.8, unsc bargain dprk-2022-05 --reach 0.9 --cost RUS=3,
    unsc bargain two-dimensions --sponsor FRA --value-adopted 1 --value-defeated -0.5.
    """
    from simulator.faces.cli.questions.bargain import Asked
    from simulator.faces.cli.questions.bargain import bargain as command

    command(scenario, Asked(reach, cost, sponsor, value_adopted, value_defeated), how)
