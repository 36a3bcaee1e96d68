"""Floor 2, when is a draft adopted: one voting rule per file, and the registry that names them."""

from simulator.rules.recorded import against, contradiction, decided, majority_of, read_record, record_with
from simulator.rules.registry import RULES, rule_named
from simulator.rules.rule import Case, Majority, Rule

__all__ = [
    "RULES",
    "Case",
    "Majority",
    "Rule",
    "against",
    "contradiction",
    "decided",
    "majority_of",
    "read_record",
    "record_with",
    "rule_named",
]
