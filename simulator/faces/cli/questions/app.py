"""The questions about a draft and about a rule, as commands. Nothing heavy is imported before one runs."""

from __future__ import annotations

import typer

from simulator.faces.cli import options as opt
from simulator.faces.cli.questions import options as own
from simulator.faces.cli.questions.shared import How, asks


def add_questions(app: typer.Typer) -> None:
    """Adds them to the program, in the order of its help."""
    for command in (why, pivots, sensitivity, compare, reforms, time_machine, bargain, power):
        asks(app)(command)


def why(scenario: opt.OneScenario, how: How) -> None:
    """Say why a draft fails or passes, and what each vote means.

    Examples: unsc why dprk-2022-05, unsc why dprk-2022-05 --given CHN=abstain.
    """
    from simulator.faces.cli.questions.why import why as command

    command(scenario, how)


def pivots(scenario: opt.OneScenario, how: How) -> None:
    """Say whose vote decides, and how often.

    Beside it stands the power that the rule alone gives. Examples: unsc pivots dprk-2022-05, unsc pivots
    nine-yes-votes --do USA=yes.
    """
    from simulator.faces.cli.questions.pivots import pivots as command

    command(scenario, how)


def sensitivity(scenario: opt.OneScenario, how: How) -> None:
    """Say what the odds hang on: derivatives and ranges.

    Of each member's support, what members said, and every number of the file. Examples: unsc sensitivity dprk-2022-05,
    unsc sensitivity what-we-do-not-know.
    """
    from simulator.faces.cli.questions.sensitivity import sensitivity as command

    command(scenario, how)


def compare(scenarios: own.Compared, how: How, hybrids: own.Hybrids = None) -> None:
    """Put scenarios side by side, and take a difference apart.

    Of two it is said which piece makes how much of the difference: a member, the seats, the draft, the rule. The
    what-if options hold for all of them. One scenario with such options is compared with itself as it stands.
    Examples: unsc compare dprk-2022-05 dprk-2017-12, unsc compare dprk-2022-05 --stance RUS=threatens-veto.
    """
    from simulator.faces.cli.questions.compare import compare as command

    command(scenarios, hybrids, how)


def reforms(scenario: opt.OneScenario, how: How, quota: own.Quotas = None) -> None:
    """Put one scenario under other rules and councils.

    Every rule that fits its council, and the enlarged councils of proposals: the odds, who decides a priori, and where
    each quota comes from. Examples: unsc reforms dprk-2022-05, unsc reforms dprk-2022-05 --quota g4=15 --quota
    quota-and-veto=10.
    """
    from simulator.faces.cli.questions.reforms import reforms as command

    command(scenario, how, quota)


def time_machine(
    scenario: opt.OneScenario,
    how: How,
    start: own.FirstYear = None,
    end: own.LastYear = None,
    move_draft: own.MoveDraft = False,
) -> None:
    """Put the same draft before each year's council.

    Each votes under that day's rule. Years are compared with the scenario's own council, or with that of
    --council-date. Examples: unsc time-machine gaza-2024-03, unsc time-machine dprk-2022-05-record --from 2000
    --move-draft --csv.
    """
    from simulator.faces.cli.questions.time_machine import Asked
    from simulator.faces.cli.questions.time_machine import time_machine as command

    command(scenario, how, Asked(start, end, move_draft))


def bargain(
    scenario: opt.OneScenario,
    how: How,
    reach: own.Reach = "0.5",
    cost: own.Cost = None,
    sponsor: own.Sponsor = None,
    value_adopted: own.ValueAdopted = None,
    value_defeated: own.ValueDefeated = None,
) -> None:
    """Say what it would take: whose support, which text.

    Examples: unsc bargain dprk-2022-05 --reach 0.8, unsc bargain dprk-2022-05 --reach 0.9 --cost RUS=3,
    unsc bargain two-dimensions --sponsor FRA --value-adopted 1 --value-defeated -0.5.
    """
    from simulator.faces.cli.questions.bargain import Asked
    from simulator.faces.cli.questions.bargain import bargain as command

    command(scenario, Asked(reach, cost, sponsor, value_adopted, value_defeated), how)


def power(
    how: How,
    subject: own.RuleOrScenario = None,
    quota: own.Quota = None,
    weights: own.Weights = None,
    veto: own.WithVeto = None,
    vetoes_needed: own.VetoesNeeded = None,
    reform: opt.Reform = None,
    abstaining: own.Abstaining = None,
    abstention: own.Abstention = False,
) -> None:
    """Give the power indices of a rule: who decides, a priori.

    Exact, of the Council, of a scenario's council and rule, or of any weights and quota. What is learnt or said of a
    draft does not bear on it. Examples: unsc power substantive --abstention, unsc power dprk-2022-05 --rule two-vetoes,
    unsc power quota-and-veto --quota 14 --reform african-union, unsc power --quota 51 --weights 50,49,1,
    unsc power board.csv --quota 51.
    """
    from simulator.faces.cli.questions.game import Asked
    from simulator.faces.cli.questions.power import power as command

    command(Asked(subject, quota, weights, veto, vetoes_needed, reform, abstaining), how, abstention=abstention)
