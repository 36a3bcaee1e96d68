"""The game that ``unsc power`` is asked of, as typed: that of a rule, of a scenario, or of weights."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace

from simulator.analysis import Game, rule_game, scenario_game, weighted_game
from simulator.analysis.power.asked import is_scenario, no_such
from simulator.engines import Engine
from simulator.engines.words import listed
from simulator.errors import InputError, OptionError, RuleError, shown
from simulator.faces.cli.changes import Changes
from simulator.faces.cli.questions.shared import How
from simulator.faces.cli.tables import council_of_day
from simulator.faces.cli.typed import read_whole
from simulator.faces.cli.weights import Weights, holds_weights, read_weights, weights_of_file
from simulator.rules import RULES
from simulator.scenario import Scenario, load


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for beside what all questions share, as typed."""

    subject: str | None
    quota: str | None
    weights: str | None
    veto: str | None
    vetoes_needed: str | None
    reform: str | None
    abstaining: str | None


def game_asked(asked: Asked, how: How) -> Game:
    """The game, with notes on what was typed and does not bear on it.

    Raises
    ------
    InputError
        If what was typed does not go together, or is none of the three.
    """
    game = _game(asked, how)
    if how.engine_word() is Engine.MONTE_CARLO:
        return _noting(game, "--engine monte-carlo changes nothing: power is counted exactly, not drawn")
    return game


def _game(asked: Asked, how: How) -> Game:
    if asked.weights is not None:
        return _of_weights(asked, how, read_weights(asked.weights), "--weights")
    subject = "charter" if asked.subject is None else asked.subject
    if subject not in RULES and holds_weights(subject):
        return _of_weights(replace(asked, subject=None), how, weights_of_file(subject), subject)
    if asked.veto is not None:
        raise OptionError("--veto goes with --weights: members of the Council have the veto that the rule gives them")
    if subject in RULES:
        return _of_rule(asked, how, subject)
    if not is_scenario(subject):
        raise no_such(subject, "; weights are a file, or stand after --weights")
    return _of_scenario(asked, how, subject)


def _of_rule(asked: Asked, how: How, rule: str) -> Game:
    if asked.subject is None and asked.quota is not None:
        raise OptionError(
            "--quota goes with --weights, such as --quota 51 --weights 50,49,1, or with a rule that takes one: "
            "unsc power quota-and-veto --quota 9"
        )
    for option, value in _what_ifs(how):
        if value is not None:
            raise OptionError(f"{option} changes a scenario, such as unsc power dprk-2022-05 --rule two-vetoes")
    if how.record is not None:
        raise OptionError("--record goes with a scenario: the power that a rule gives rests on no record")
    if RULES[rule].takes_quota and asked.quota is None:
        raise RuleError(f"rule {rule} needs --quota, the yes votes that a draft needs, such as --quota 9")
    return rule_game(
        rule,
        council=council_of_day(how.council_date, "--council-date", asked.reform),
        quota=None if asked.quota is None else read_whole(asked.quota, "--quota", "9"),
        vetoes_needed=_vetoes_needed(asked),
        abstaining=_abstaining(asked),
    )


def _what_ifs(how: How) -> tuple[tuple[str, object], ...]:
    """The options that change a scenario and nothing else."""
    return (
        ("--given", how.given),
        ("--do", how.do),
        ("--stance", how.stance),
        ("--set", how.set_),
        ("--rule", how.rule),
    )


def _of_weights(asked: Asked, how: How, weights: Weights, whence: str) -> Game:
    """The game of weights and a quota, and of nothing that is about the Council."""
    for option, value in (
        ("RULE", asked.subject),
        ("--council-date", how.council_date),
        ("--reform", asked.reform),
        ("--abstaining", asked.abstaining),
        *_what_ifs(how),
        ("--record", how.record),
    ):
        if value is not None:
            raise OptionError(f"{option} is for rules of the Council, {whence} for other games: give one or the other")
    quota = weights.quota if asked.quota is None else asked.quota
    if quota is None:
        also = "" if whence == "--weights" else "; or a line of the file states it: quota,12"
        raise OptionError(f"{whence} needs --quota, the weight of yes that a proposal needs{also}")
    veto = _names(asked.veto, "--veto")
    for name in veto:
        if name not in weights.by_member and any("," in member for member in weights.by_member):
            raise OptionError(
                f"--veto: no member is called {shown(name)}; a name with a comma stands in quotes of its own: "
                "--veto '\"Bo, jr\"'"
            )
    every = (*weights.veto, *veto)
    return weighted_game(quota, weights.by_member, veto=every, vetoes_needed=_vetoes_needed(asked))


def _of_scenario(asked: Asked, how: How, name: str) -> Game:
    for option, value, key in (
        ("--quota", asked.quota, "council.quota=10"),
        ("--vetoes-needed", asked.vetoes_needed, "council.vetoes_needed=2"),
    ):
        if value is not None:
            raise OptionError(f"{option} goes with a rule; a scenario has its own: change it by --set {key}")
    if asked.reform is not None:
        raise OptionError("--reform: a scenario has its own council; leave it out, or name a rule")
    scenario, changes, abstaining = load(name, record=how.votes()), how.changes(), _abstaining(asked)
    game = scenario_game(changes.applied(scenario), abstaining=abstaining)
    return _noting(game, *_idle(scenario, changes, abstaining, game))


def _idle(scenario: Scenario, changes: Changes, abstaining: list[str], game: Game) -> Iterator[str]:
    """That what was typed does not bear on power: without it the game is the same."""

    def same(without: Changes) -> bool:
        try:
            return scenario_game(without.applied(scenario), abstaining=abstaining) == game
        except InputError:
            return False

    known = [
        option
        for option, value, without in (
            ("--given", changes.given, replace(changes, given=None)),
            ("--stance", changes.stance, replace(changes, stance=None)),
            ("--set", changes.settings, replace(changes, settings=None)),
        )
        if value and same(without)
    ]
    if known:
        bear = "does not bear" if len(known) == 1 else "do not bear"
        yield f"{listed(known)} {bear} on power a priori, which knows nothing of what is learnt, said or wanted"
    if changes.do and same(replace(changes, do=None)):
        yield (
            "--do does not bear on power a priori here: it gives a vote to a party that must abstain, and a veto to a "
            "member that keeps to restraint"
        )


def _noting(game: Game, *notes: str) -> Game:
    return replace(game, notes=(*game.notes, *notes))


def _vetoes_needed(asked: Asked) -> int | None:
    return None if asked.vetoes_needed is None else read_whole(asked.vetoes_needed, "--vetoes-needed", "2")


def _abstaining(asked: Asked) -> list[str]:
    """Codes with commas or blanks between them, in letters of either case."""
    several = _names(asked.abstaining, "--abstaining")
    return _once([code for codes in several for code in codes.upper().split()], "--abstaining")


def _names(typed: str | None, option: str) -> list[str]:
    """Members with commas between them, none twice; a name with a comma stands in quotes."""
    names = [] if typed is None else [name.strip() for name in next(csv.reader([typed], skipinitialspace=True), [])]
    if typed is not None and not (names and all(names)):
        raise InputError(f"{option}: write members with commas between them, such as CHN,RUS")
    return _once(names, option)


def _once(names: list[str], option: str) -> list[str]:
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{option}: {name} stands there twice")
    return names
