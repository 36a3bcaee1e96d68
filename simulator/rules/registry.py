"""Every voting rule by name. A new rule is a new file and one line here."""

from __future__ import annotations

from simulator.errors import RuleError, nearest, shown
from simulator.rules import (
    charter,
    double_veto,
    judges,
    no_veto,
    procedural,
    quota_and_veto,
    restraint,
    substantive,
    two_vetoes,
)
from simulator.rules.rule import Rule

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        charter.RULE,
        substantive.RULE,
        procedural.RULE,
        judges.RULE,
        double_veto.RULE,
        restraint.RULE,
        no_veto.RULE,
        two_vetoes.RULE,
        quota_and_veto.RULE,
    )
}


def rule_named(name: str) -> Rule:
    """The rule of that name.

    Raises
    ------
    RuleError
        If there is none; the message names the nearest and all.

    Examples
    --------
    >>> rule_named("procedural").source
    'Charter, Article 27(2)'
    """
    if name not in RULES:
        hint = nearest(name, RULES)
        raise RuleError(
            f"there is no rule {shown(name)}{f' – {hint}' if hint else ''}; the rules are {', '.join(RULES)}"
        )
    return RULES[name]
