"""The page of reforms: odds, what each seat is worth, and where the quotas come from, a line a rule and a proposal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from simulator.analysis import Kind, Reformed, Reforms
from simulator.analysis.power.words import number
from simulator.engines.words import cell, spread
from simulator.faces.cli.render.console import bar, plain, text
from simulator.faces.cli.render.doubt import columns_told
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.render.heading import heading, learnt_and_made
from simulator.faces.cli.render.limits import limits
from simulator.faces.cli.render.section import INDENT, section
from simulator.facts import REFORMS
from simulator.scenario import council_of, majority_of

_SEATS = ("permanent", "permanent, no veto", "elected, veto", "elected")

_KINDS = {Kind.OWN: "its own council", Kind.RULE: "the Council of the day", Kind.PROPOSAL: "enlarged"}

_PRIORI = (
    "A priori: power to act is the share of coalitions that adopt, by Coleman; each seat's power is Shapley–Shubik's, "
    "which adds up to 100 over all members. unsc power has the other indices."
)


def page(found: Reforms) -> RenderableType:
    """The whole page."""
    return Group(*_parts(found))


def _parts(found: Reforms) -> Iterator[RenderableType]:
    yield from heading(found.scenario, majority_of(found.scenario, council_of(found.scenario)).basis)
    yield from learnt_and_made(found.scenario)
    yield Padding(text(found.sentence, "bold"), (1, 0, 0, 2))
    ways = [_odds(found.rows, width=width, sure=sure) for width, sure in ((8, True), (0, True), (0, False))]
    yield from section("The odds, in 100", Fitting([*ways, _stacked(found.rows)]))
    yield from section("What each seat is worth, in 100", Fitting([_power(found.rows), _stacked_power(found.rows)]))
    yield from section("Where the votes needed come from", _listed(_sources(found.rows)))
    yield from section("Left out", _listed(_joined([(one.name, one.why) for one in found.left_out])))
    for note in found.notes:
        yield Padding(text(plain(f"Note: {note}"), "italic"), (1, 0, 0, 0))
    yield Padding(text(_PRIORI, "dim"), (1, 0, 0, 0))
    yield limits()


def _name(row: Reformed) -> str:
    return f"{row.name} (as it stands)" if row.as_it_stands else row.name


def _odds(rows: Sequence[Reformed], *, width: int, sure: bool) -> Table:
    """Votes needed, who blocks, and the odds; how sure they are where that is a question."""
    drawn = sure and any(row.answer.error for row in rows)
    uncertain = sure and any(row.answer.interval for row in rows)
    # A caption, unlike a line below, does not keep the table from fitting.
    told = next(columns_told(row.answer for row in rows), None) if sure else None
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", caption=told, caption_justify="left")
    table.add_column("", no_wrap=True)
    more = [*(["±"] if drawn else []), *(["90 %"] if uncertain else [])]
    for word in ("votes", "vetoes", "adopted", *more, "vetoed", "failed"):
        table.add_column(word, justify="right", no_wrap=True)
    if width:
        table.add_column("", no_wrap=True)
    kind = None
    for row in rows:
        odds = row.answer.outcomes
        if row.kind is not kind:
            kind = row.kind
            table.add_row(text(_KINDS[kind], "dim"))
        table.add_row(
            text(_name(row), "bold" if row.as_it_stands else ""),
            f"{row.majority.quota} of {len(row.council)}",
            _vetoes(row),
            cell(odds.adopted),
            *([spread(row.answer.error) if row.answer.error else ""] if drawn else []),
            *([_interval(row)] if uncertain else []),
            cell(odds.vetoed),
            cell(odds.failed),
            *([text(bar(odds.adopted, width), "green")] if width else []),
        )
    return table


def _vetoes(row: Reformed) -> str:
    """How many noes block, of how many members whose no counts."""
    needed = row.majority.vetoes_needed
    return "none" if needed is None else f"{needed} of {len(row.council.vetoers)}"


def _interval(row: Reformed) -> str:
    return "–".join(f"{100 * end:.0f}" for end in row.answer.interval) if row.answer.interval else ""


def _stacked(rows: Sequence[Reformed]) -> RenderableType:
    """For a narrow page: the name on a line of its own, the numbers below it."""
    parts: list[RenderableType] = []
    for row in rows:
        odds = row.answer.outcomes
        parts.append(text(f"{_name(row)}: {row.majority.quota} of {len(row.council)}, vetoes {_vetoes(row)}"))
        shares = ", ".join(f"{word} {cell(share)}" for word, share in odds.as_dict().items())
        parts.append(Padding(text(shares), INDENT))
    return Group(*parts)


def _power(rows: Sequence[Reformed]) -> Table:
    """Power to act, and each kind of seat's share with the number of such seats."""
    kinds = [seats for seats in _SEATS if any(one.seats == seats for row in rows for one in row.classes)]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("", no_wrap=True)
    for word in ("to act", *kinds):
        table.add_column(word, justify="right", no_wrap=True)
    for row in rows:
        worth = _worth(row)
        table.add_row(
            text(row.name, "bold" if row.as_it_stands else ""),
            number(100 * row.power.power_to_act, 3),
            *(worth.get(seats, "") for seats in kinds),
        )
    return table


def _worth(row: Reformed) -> dict[str, str]:
    return {one.seats: f"{len(one.power.members)} × {number(100 * one.power.shapley_shubik, 3)}" for one in row.classes}


def _stacked_power(rows: Sequence[Reformed]) -> RenderableType:
    parts: list[RenderableType] = []
    for row in rows:
        parts.append(text(f"{row.name}: to act {number(100 * row.power.power_to_act, 3)}"))
        parts += [Padding(text(f"{seats} {worth}"), INDENT) for seats, worth in _worth(row).items()]
    return Group(*parts)


def _sources(rows: Sequence[Reformed]) -> list[tuple[str, str]]:
    """Where each rule's and each proposal's number comes from; of proposals also whose they are."""
    told = []
    for row in rows:
        reform, words = REFORMS.get(row.name), row.quota_source
        if reform:
            number = f"{row.majority.quota} of {len(row.council)}"
            own = row.quota_source == reform.quota_source and row.majority.quota == reform.quota
            words = f"{reform.name} ({reform.source}): {reform.majority if own else f'{number}, {words}'}"
        told.append((row.name, words))
    return _joined(told)


def _joined(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Names of which the same is told, together."""
    by_words: dict[str, list[str]] = {}
    for name, words in pairs:
        by_words.setdefault(words, []).append(name)
    return [(", ".join(names), words) for words, names in by_words.items()]


def _listed(pairs: Sequence[tuple[str, str]]) -> RenderableType | None:
    """Names and what is told of them."""
    if not pairs:
        return None
    return Group(*(text(plain(f"{names}: {words}")) for names, words in pairs))
