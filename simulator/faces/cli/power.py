"""``unsc power``: what a rule, or weights and a quota, give to each member."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.analysis import Game, power_with_abstention, rule_game, scenario_game, weighted_game
from simulator.analysis import power as power_of
from simulator.errors import InputError, OptionError, RuleError
from simulator.faces.cli.printed import print_json
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.power import abstention_page, page
from simulator.faces.cli.tables import council_of_day
from simulator.faces.cli.typed import read_whole
from simulator.faces.cli.weights import read_weights
from simulator.rules import RULES
from simulator.scenario import shipped_scenarios


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, as typed."""

    rule: str | None
    quota: str | None
    weights: str | None
    veto: str | None
    vetoes_needed: str | None
    council_date: str | None
    reform: str | None
    abstaining: str | None


def power(asked: Asked, *, abstention: bool, as_json: bool) -> None:
    """Shows the indices as a page or as JSON."""
    game = _game(asked)
    if abstention:
        with_abstention = power_with_abstention(game)
        print_json(with_abstention.as_dict()) if as_json else show(abstention_page(with_abstention))
        return
    found = power_of(game)
    print_json(found.as_dict()) if as_json else show(page(found))


def _game(asked: Asked) -> Game:
    if asked.weights is not None:
        return _of_weights(asked)
    if asked.veto is not None:
        raise OptionError("--veto goes with --weights: members of the Council have the veto that the rule gives them")
    if asked.rule is None and asked.quota is not None:
        raise OptionError(
            "--quota goes with --weights, such as --quota 51 --weights 50,49,1, or with a rule that takes one: "
            "unsc power quota-and-veto --quota 9"
        )
    rule = "charter" if asked.rule is None else asked.rule
    if rule not in RULES and (rule.endswith(".toml") or rule in shipped_scenarios()):
        return _of_scenario(asked, rule)
    if rule in RULES and RULES[rule].takes_quota and asked.quota is None:
        raise RuleError(f"rule {rule} needs --quota, the yes votes that a draft needs, such as --quota 9")
    return rule_game(
        rule,
        council=council_of_day(asked.council_date, "--council-date", asked.reform),
        quota=None if asked.quota is None else read_whole(asked.quota, "--quota", "9"),
        vetoes_needed=_vetoes_needed(asked),
        abstaining=_codes(asked.abstaining, "--abstaining"),
    )


def _of_weights(asked: Asked) -> Game:
    """The game of --weights and --quota, and of nothing that is about the Council."""
    for option, value in (
        ("RULE", asked.rule),
        ("--council-date", asked.council_date),
        ("--reform", asked.reform),
        ("--abstaining", asked.abstaining),
    ):
        if value is not None:
            raise OptionError(f"{option} is for rules of the Council, --weights for other games: give one or the other")
    if asked.quota is None:
        raise OptionError("--weights needs --quota, the weight of yes that a proposal needs")
    weights = read_weights(asked.weights or "")
    return weighted_game(
        asked.quota,
        weights.by_member,
        veto=(*weights.veto, *_codes(asked.veto, "--veto")),
        vetoes_needed=_vetoes_needed(asked),
    )


def _of_scenario(asked: Asked, name: str) -> Game:
    given = {
        "--quota": asked.quota,
        "--vetoes-needed": asked.vetoes_needed,
        "--council-date": asked.council_date,
        "--reform": asked.reform,
    }
    for option, value in given.items():
        if value is not None:
            raise OptionError(f"{option}: a scenario has its own council and rule; leave it out, or name a rule")
    return scenario_game(name, abstaining=_codes(asked.abstaining, "--abstaining"))


def _vetoes_needed(asked: Asked) -> int | None:
    return None if asked.vetoes_needed is None else read_whole(asked.vetoes_needed, "--vetoes-needed", "2")


def _codes(typed: str | None, option: str) -> list[str]:
    """Members with commas between them, none twice."""
    codes = [] if typed is None else [code.strip() for code in typed.split(",")]
    if not all(codes):
        raise InputError(f"{option}: write members with commas between them, such as CHN,RUS")
    for code in codes:
        if codes.count(code) > 1:
            raise InputError(f"{option}: {code} stands there twice")
    return codes
