"""``unsc stances``: what each word is worth, as odds and as evidence."""

from __future__ import annotations

from itertools import product

from rich.table import Table

from simulator.engines.words import cell
from simulator.faces.cli.printed import print_json
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.fitting import Fitting
from simulator.model import record_counts, stance_likelihoods, stance_numbers
from simulator.model.stance_likelihood import Likelihood
from simulator.scenario import Stance


def stances(*, likelihoods: bool, as_json: bool) -> None:
    """Each word's odds, or its likelihoods, for permanent and elected members, and their basis."""
    if as_json:
        rows = [_row(*word) for word in product(Stance, (True, False))]
        print_json(rows)
    elif likelihoods:
        show(Fitting([_likelihood_table(*layout) for layout in _LIKELIHOOD_LAYOUTS]), _LIKELIHOODS_EXPLAINED)
    else:
        _odds_page()


def _row(stance: Stance, permanent: bool) -> dict[str, object]:
    number, evidence = stance_numbers()[stance, permanent], stance_likelihoods()[stance, permanent]
    ranges = {word: getattr(evidence, word) for word in _CHOICES}
    return {
        "stance": stance.value,
        "seat": "permanent" if permanent else "elected",
        **{word: getattr(number.odds, word) for word in _CHOICES},
        "yes_basis": number.yes_basis,
        "no_basis": number.no_basis,
        "likelihood": {word: one.value for word, one in ranges.items()},
        "likelihood_low": {word: one.low for word, one in ranges.items()},
        "likelihood_high": {word: one.high for word, one in ranges.items()},
        "likelihood_basis": evidence.basis,
    }


_CHOICES = ("yes", "abstain", "no")

_LIKELIHOODS_EXPLAINED = (
    "\nHow likely a member is to say so, in 100, given how it will vote; in brackets, where there is room, the range "
    "within which people may differ. All of it is judgement: statements are not in the record. An absence counts as an "
    "abstention does. The "
    "other 40 in 100 is silence, as likely whatever the vote: who has said nothing tells nothing. For elected members "
    "threatens-veto and will-veto mean opposes. Used by the spatial and the history model; the stated model has odds."
)

_LIKELIHOOD_LAYOUTS = (("permanent", "elected", "abstain", True), ("perm.", "elect.", "abst.", False))
"""Richest first: words for the kinds of member and for abstain, and whether there are ranges."""


def _likelihood_table(permanent: str, elected: str, abstain: str, ranges: bool) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("stance", no_wrap=True)
    table.add_column("member" if ranges else "", no_wrap=True)
    for word in ("yes", abstain, "no"):
        table.add_column(word, justify="right", no_wrap=True)
    for stance, of_permanent in product(Stance, (True, False)):
        evidence = stance_likelihoods()[stance, of_permanent]
        table.add_row(
            stance.value if of_permanent else "",
            permanent if of_permanent else elected,
            *(_likely(getattr(evidence, word), ranges) for word in _CHOICES),
        )
    return table


def _likely(one: Likelihood, ranges: bool) -> str:
    return f"{100 * one.value:g}" + (f" ({100 * one.low:.2g}-{100 * one.high:.2g})" if ranges else "")


def _odds_page() -> None:
    counts = record_counts()
    explained = (
        "\nIn 100, given that the member takes part. A stance is evidence of a vote, not the vote. How often a member "
        "that said so votes yes is judgement; how it withholds is the record's share of no among votes that were not "
        "yes, unless the word itself says it; counts are of substantive votes 1994-2024. For elected members "
        r"threatens-veto and will-veto mean opposes. A scenario's own numbers go under \[stances]."
    )
    company = (
        f"Company, leader RUS and follower CHN: once China withholds, it votes no in "
        f"{_count('china_no_if_russia_no')} if Russia does, else in {_count('china_no_otherwise')} "
        f"({counts['china_no_if_russia_no'].meaning.partition(';')[2].strip()})."
    )
    show(Fitting([_stance_table(*layout) for layout in _STANCE_LAYOUTS]), explained, company)


_STANCE_LAYOUTS = (
    ("permanent", "elected", "abstain", True),
    ("permanent", "elected", "abstain", False),
    ("perm.", "elect.", "abst.", False),
)
"""Richest first: words for the kinds of member and for abstain, and whether the basis has columns."""


def _stance_table(permanent: str, elected: str, abstain: str, basis: bool) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("stance", no_wrap=True)
    table.add_column("member" if basis else "", no_wrap=True)
    for word in ("yes", abstain, "no"):
        table.add_column(word, justify="right", no_wrap=True)
    if basis:
        table.add_column("basis of the yes", width=16)
        table.add_column("of the no", no_wrap=True)
    for stance, of_permanent in product(Stance, (True, False)):
        number = stance_numbers()[stance, of_permanent]
        bases = (number.yes_basis, number.no_basis) if basis else ()
        table.add_row(
            stance.value if of_permanent else "",
            permanent if of_permanent else elected,
            *(cell(getattr(number.odds, word)) for word in ("yes", "abstain", "no")),
            *bases,
        )
    return table


def _count(name: str) -> str:
    count = record_counts()[name]
    return f"{count.hits} of {count.of}"
