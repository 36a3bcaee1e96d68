"""The parts of the reference that are written by the program: run this file to write them again.

A page holds ``<!-- generated: NAME -->``, what this module makes for NAME, and ``<!-- end of NAME -->``. The text is
kept in the page, so that it reads on a code forge too; tests/docs holds it to the code.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import dprk_tables
import schema_tables
import scorecard_tables

from simulator.facts import Matter
from simulator.model import record_counts, stance_likelihoods, stance_numbers
from simulator.rules import RULES, Case, Majority, Rule
from simulator.scenario import Stance

DOCS = Path(__file__).parents[1]
BLOCK = re.compile(r"(<!-- generated: ([\w-]+) -->\n).*?(<!-- end of \2 -->)", re.S)
FIFTEEN = datetime.date(2024, 1, 1)
ELEVEN = datetime.date(1960, 1, 1)
NO = {
    1: "one permanent member's no",
    **{count: f"{word} permanent members' no" for count, word in enumerate(("two", "three", "four", "five"), start=2)},
}


def markdown(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table."""
    header = list(header)
    return "\n".join(f"| {' | '.join(row)} |" for row in [header, *rows]).replace(
        "|\n", f"|\n|{'---|' * len(header)}\n", 1
    )


def _by_matter(words: Callable[[Majority, Majority], str], rule: Rule) -> str:
    """Words for a rule's majority now and before 1966; where they differ by matter, each with its matters."""
    told: dict[str, list[str]] = {}
    for matter in Matter:
        now, then = rule.applies(Case(matter, FIFTEEN, 15, 5)), rule.applies(Case(matter, ELEVEN, 11, 5))
        told.setdefault(words(now, then), []).append(matter.value)
    if len(told) == 1:
        return next(iter(told))
    return "; ".join(f"{' and '.join(matters)}: {word}" for word, matters in told.items())


def _quota(now: Majority, then: Majority) -> str:
    return f"{now.quota} ({then.quota})"


def _blocked_by(now: Majority, _: Majority) -> str:
    if not now.vetoes_needed:
        return "nothing"
    return NO[now.vetoes_needed]


def _needs(rule: Rule) -> tuple[str, str]:
    """What a draft needs and what blocks it, by asking the rule."""
    if rule.takes_quota:
        return "`council.quota`", "`council.vetoes_needed` permanent members' no; default 1, 0 for no veto"
    return _by_matter(_quota, rule), _by_matter(_blocked_by, rule)


def rules() -> str:
    """Every rule of the registry with the majority it asks for."""
    header = ["rule", "yes votes of 15 (of 11, to 31 December 1965)", "blocked by", "source"]
    return markdown(header, ([f"`{rule.name}`", *_needs(rule), rule.source] for rule in RULES.values()))


def _in_100(probability: float) -> str:
    value = 100 * probability
    return f"{value:.1f}" if value >= 0.1 else f"{value:.3f}"


def stances() -> str:
    """Every stance word with its odds and their basis."""
    header = ["stance", "member", "yes", "abstain", "no", "basis of yes", "basis of no, once it withholds"]
    rows = []
    for stance in Stance:
        for permanent in (True, False):
            number = stance_numbers()[stance, permanent]
            odds = [_in_100(getattr(number.odds, word)) for word in ("yes", "abstain", "no")]
            seat = "permanent" if permanent else "elected"
            rows.append([f"`{stance.value}`", seat, *odds, number.yes_basis, number.no_basis])
    return markdown(header, rows)


def likelihoods() -> str:
    """Every stance word's likelihoods with their ranges."""
    rows = []
    for stance in Stance:
        for permanent in (True, False):
            evidence = stance_likelihoods()[stance, permanent]
            cells = [
                f"{100 * one.value:g} ({100 * one.low:g}-{100 * one.high:g})"
                for one in (evidence.yes, evidence.abstain, evidence.no)
            ]
            rows.append([f"`{stance.value}`", "permanent" if permanent else "elected", *cells, evidence.basis])
    return markdown(["stance", "member", "given yes", "given abstain", "given no", "basis"], rows)


def record() -> str:
    """The counts of the record that the numbers rest on."""
    rows = (
        [f"`{name}`", f"{count.hits} of {count.of}", f"{count.share:.3f}", count.meaning]
        for name, count in record_counts().items()
    )
    return markdown(["number", "count", "share", "what was counted"], rows)


def keys() -> str:
    """Every table and key of the scenario file."""
    return "\n\n".join(
        f"## {table.title}\n\n{table.meaning}\n\n{markdown(['key', 'type', 'default', 'meaning'], table.rows)}"
        for table in schema_tables.tables()
    )


BLOCKS: dict[str, Callable[[], str]] = {
    "rules": rules,
    "stances": stances,
    "likelihoods": likelihoods,
    "record": record,
    "keys": keys,
    **scorecard_tables.BLOCKS,
    **dprk_tables.BLOCKS,
}


def current(text: str) -> str:
    """A page with its generated parts as the code has them now."""
    return BLOCK.sub(lambda block: f"{block[1]}\n{BLOCKS[block[2]]()}\n\n{block[3]}", text)


def pages() -> list[Path]:
    """The pages that have such parts."""
    return [page for page in sorted(DOCS.rglob("*.md")) if BLOCK.search(page.read_text(encoding="utf-8"))]


if __name__ == "__main__":
    for page in pages():
        page.write_text(current(page.read_text(encoding="utf-8")), encoding="utf-8")
        print(page.relative_to(DOCS))
