"""What power is asked of: a game, the name of a rule, or a scenario."""

from __future__ import annotations

import os
from pathlib import Path

from simulator.analysis.power.games import Game, rule_game, scenario_game
from simulator.errors import InputError, RuleError, nearest, shown
from simulator.rules import RULES
from simulator.scenario import Scenario, shipped_scenarios
from simulator.scenario.files import STDIN, find


def game_of(asked: Game | Scenario | str | os.PathLike[str]) -> Game:
    """The game that is meant; a name that is a rule's stands for the rule.

    Raises
    ------
    RuleError
        If a name is neither a rule's nor a scenario's.
    ScenarioError
        If it is a file that cannot be used.
    """
    if isinstance(asked, Game):
        return asked
    if isinstance(asked, str) and asked in RULES:
        return rule_game(asked)
    if isinstance(asked, str) and not is_scenario(asked):
        raise no_such(asked)
    return scenario_game(asked)


def is_scenario(name: str) -> bool:
    """Whether a name can only be a scenario's: a file, there or not, a shipped name, or standard input."""
    if name == STDIN or name.endswith(".toml"):
        return True
    try:
        return Path(name).exists() or find(name).is_file()
    except (InputError, OSError, ValueError):
        return False


def no_such(name: str, more: str = "") -> RuleError:
    """That there is no such rule or scenario, what is near, and what else may be meant."""
    beside = f"{name}.toml"
    hint = f"did you mean {beside}?" if _is_file(beside) else nearest(name, [*RULES, *shipped_scenarios()])
    return RuleError(
        f"there is no rule {shown(name)}, nor a file or shipped scenario{f' – {hint}' if hint else ''}; the rules are "
        f"{', '.join(RULES)}; `unsc scenarios` lists the scenarios{more}"
    )


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False
