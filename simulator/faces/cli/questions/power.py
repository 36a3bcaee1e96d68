"""``unsc power``: what a rule, or weights and a quota, give to each member."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator.analysis import (
    AbstentionPower,
    Game,
    Power,
    power_with_abstention,
    rule_game,
    scenario_game,
    weighted_game,
)
from simulator.analysis import power as power_of
from simulator.errors import InputError, OptionError, RuleError, shown
from simulator.faces.cli.changes import Changes
from simulator.faces.cli.printed import one_form, print_csv, print_json
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.power import abstention_page, page
from simulator.faces.cli.tables import council_of_day
from simulator.faces.cli.typed import read_whole
from simulator.faces.cli.weights import read_weights
from simulator.rules import RULES
from simulator.scenario import load, shipped_scenarios


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
    other_rule: str | None
    settings: list[str] | None


def power(asked: Asked, *, abstention: bool, as_json: bool, as_csv: bool) -> None:
    """Shows the indices as a page, JSON, or CSV with a row a member."""
    one_form(as_json=as_json, as_csv=as_csv)
    game = _game(asked)
    found = power_with_abstention(game) if abstention else power_of(game)
    if as_json:
        print_json(found.as_dict())
    elif as_csv:
        rows = [*_rows(found)]
        print_csv([*rows[0]], rows)
    else:
        show(page(found) if isinstance(found, Power) else abstention_page(found))


def _rows(found: Power | AbstentionPower) -> Iterator[dict[str, Any]]:
    """A row a member, its indices by name: those in a group as ``banzhaf_absolute``."""
    for one in found.as_dict()["classes"]:
        members, permanent = one.pop("members"), "true" if one.pop("permanent") else "false"
        flat: dict[str, Any] = {}
        for name, value in one.items():
            flat |= (
                {f"{name}_{part}": share for part, share in value.items()} if isinstance(value, dict) else {name: value}
            )
        for member in members:
            yield {"member": member, "permanent": permanent, **flat}


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
    if rule not in RULES and (rule == "-" or rule.endswith(".toml") or rule in shipped_scenarios()):
        return _of_scenario(asked, rule)
    for option, value in (("--rule", asked.other_rule), ("--set", asked.settings)):
        if value:
            raise OptionError(f"{option} changes a scenario, such as unsc power dprk-2022-05 --rule two-vetoes")
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
        ("--rule", asked.other_rule),
        ("--set", asked.settings),
    ):
        if value is not None:
            raise OptionError(f"{option} is for rules of the Council, --weights for other games: give one or the other")
    if asked.quota is None:
        raise OptionError("--weights needs --quota, the weight of yes that a proposal needs")
    weights = read_weights(asked.weights or "")
    veto = _codes(asked.veto, "--veto")
    for name in veto:
        if name not in weights.by_member and any("," in member for member in weights.by_member):
            raise OptionError(
                f"--veto: no member is called {shown(name)}; a name with a comma stands in quotes of its own: "
                "--veto '\"Bo, jr\"'"
            )
    return weighted_game(
        asked.quota,
        weights.by_member,
        veto=(*weights.veto, *veto),
        vetoes_needed=_vetoes_needed(asked),
    )


def _of_scenario(asked: Asked, name: str) -> Game:
    for option, value, key in (
        ("--quota", asked.quota, "council.quota=10"),
        ("--vetoes-needed", asked.vetoes_needed, "council.vetoes_needed=2"),
    ):
        if value is not None:
            raise OptionError(f"{option} goes with a rule; a scenario has its own: change it by --set {key}")
    if asked.reform is not None:
        raise OptionError("--reform: a scenario has its own council; leave it out, or name a rule")
    changes = Changes(settings=asked.settings, rule=asked.other_rule, council_date=asked.council_date)
    return scenario_game(changes.applied(load(name)), abstaining=_codes(asked.abstaining, "--abstaining"))


def _vetoes_needed(asked: Asked) -> int | None:
    return None if asked.vetoes_needed is None else read_whole(asked.vetoes_needed, "--vetoes-needed", "2")


def _codes(typed: str | None, option: str) -> list[str]:
    """Members with commas between them, none twice; a name with a comma stands in quotes."""
    codes = [] if typed is None else [code.strip() for code in next(csv.reader([typed], skipinitialspace=True), [])]
    if typed is not None and not (codes and all(codes)):
        raise InputError(f"{option}: write members with commas between them, such as CHN,RUS")
    for code in codes:
        if codes.count(code) > 1:
            raise InputError(f"{option}: {code} stands there twice")
    return codes
