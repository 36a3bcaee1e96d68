"""The page of a bargain: whose support must move, the sponsor's texts, and what to do with the draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from simulator.analysis.bargain.bargaining import Bargain
from simulator.analysis.bargain.move import Move
from simulator.analysis.bargain.moves import Moves
from simulator.analysis.bargain.offer import Offer
from simulator.analysis.bargain.tabling import Tabling
from simulator.analysis.bargain.texts import Texts, placed_at
from simulator.analysis.bargain.words import as_asked
from simulator.engines.words import begun, cell, in_a_sentence, voting
from simulator.faces.cli.render.console import plain, text
from simulator.faces.cli.render.fitting import Fitting
from simulator.faces.cli.render.limits import limits
from simulator.faces.cli.render.section import day_words, section
from simulator.scenario import Scenario, council_of

_ALONE = 8
"""Members that can reach the target by themselves of which the shift is told."""

_SHORT = {"abstain": "abst."}

_EXPLAINED = (
    "Shifts are in standard deviations of a member's latent support: one takes even odds of a yes to 84 in 100. The "
    "cost is the least found, a local optimum; where yes votes are missing, another set of members may do better."
)
_OF_TEXTS = (
    "Gain: what adoption brings the sponsor, in 100 of what its ideal would; expected: odds times gain. Votes are what "
    "members prefer, the noise off."
)


def page(scenario: Scenario, found: Bargain) -> RenderableType:
    """The whole page."""
    return Group(*_parts(scenario, found))


def _parts(scenario: Scenario, found: Bargain) -> Iterator[RenderableType]:
    yield text(plain(found.scenario), "bold")
    symbol = f"{plain(scenario.draft.symbol)}, " if scenario.draft.symbol else ""
    yield text(f"{symbol}{day_words(scenario.draft.date)}, rule {found.rule}")
    yield from _learnt_and_made(scenario)
    for sentence in found.sentences:
        yield Padding(text(plain(sentence), "bold"), (1, 0, 0, 2))
    if found.moves.moves:
        yield from section(f"To reach {as_asked(found.moves.target)} in 100", _moves(found))
    if found.texts:
        yield from section("The sponsor's texts, from its ideal to what happens otherwise", _texts(found.texts))
    if found.tabling:
        yield from section("Table, rewrite or withdraw", _tabling(found.tabling, found.moves.adopted))
    explained = [*([_EXPLAINED] if found.moves.moves else []), *([_OF_TEXTS] if found.texts else [])]
    if explained:
        yield ""
    yield from (text(line, "dim") for line in explained)
    for note in found.notes:
        yield Padding(text(plain(f"Note: {note}"), "italic"), (1, 0, 0, 0))
    yield limits()


def _learnt_and_made(scenario: Scenario) -> Iterator[RenderableType]:
    names = {seat.id: in_a_sentence(seat.short) for seat in council_of(scenario).seats}
    for member, choices in scenario.given.items():
        yield text(f"Learnt: {names[member]} {voting(*choices)}, as the draft stands", "cyan")
    for member, choice in scenario.do.items():
        yield text(f"Made so: {names[member]} {voting(choice)}, whatever its support", "magenta")


def _moves(found: Bargain) -> RenderableType:
    moves = found.moves
    layouts = ((True, True), (False, True), (False, False))
    ways: list[RenderableType] = [_move_table(moves, names=names, no=no) for names, no in layouts]
    parts: list[RenderableType] = [Fitting([*ways, _stacked(moves)])]
    if any(abs(move.cost - move.shift) > _SAME for move in moves.moves):
        parts.append(text(f"Costs: {', '.join(f'{one.member} {one.cost:.2f}' for one in moves.moves)}."))
    if len(moves.moves) > 1:
        parts.append(text(f"Cost in all: {moves.cost:.2f}."))
    parts.extend(_alike(moves.moves, moves.alike))
    parts.extend(_fewer(moves))
    if found.with_words is not None:
        outright = f"{found.with_words:.0%}".rstrip("%") if 0.01 <= found.with_words <= 0.99 else cell(found.with_words)
        parts.append(text(f"With these words outright: {outright} in 100."))
    parts.append(text(_by_itself(moves)))
    return Group(*parts)


_SAME = 1e-9


def _alike(moves: Sequence[Move], alike: Sequence[tuple[str, ...]]) -> Iterator[RenderableType]:
    for kind in alike:
        number = sum(move.member in kind for move in moves)
        yield text(f"Any {number} of these {len(kind)} would do, they are alike: {' '.join(kind)}.")


def _fewer(moves: Moves) -> Iterator[RenderableType]:
    """How fewer members do it, for hardly more."""
    if moves.fewer is not None:
        shifts = ", ".join(f"{move.member} +{move.shift:.2f}" for move in moves.fewer.moves)
        yield text(f"Without {' '.join(moves.fewer.without)}, for {moves.fewer.dearer(moves.cost)}: {shifts}.")
        yield from _alike(moves.fewer.moves, moves.fewer.alike)


def _move_table(moves: Moves, *, names: bool, no: bool) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False, pad_edge=False)
    table.add_column("")
    for head in ("shift", "yes", *(["no"] if no else [])):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("most like", no_wrap=True)
    table.add_column("adopted", justify="right", no_wrap=True)
    blanks = [""] * (4 if no else 3)
    table.add_row("as it stands" if names else "now", *blanks, cell(moves.adopted))
    for move in moves.moves:
        table.add_row(
            text(f"{move.member} {move.name}" if names else move.member, "bold"),
            f"+{move.shift:.2f}",
            _change(move, "yes"),
            *([_change(move, "no")] if no else []),
            text(_words(move)),
            cell(move.adopted),
        )
    return table


def _stacked(moves: Moves) -> RenderableType:
    """For a narrow page: two lines a member."""
    parts: list[RenderableType] = [text(f"now: adopted {cell(moves.adopted)}")]
    for move in moves.moves:
        parts.append(text(f"{move.member} +{move.shift:.2f}: adopted {cell(move.adopted)}"))
        parts.append(text(f"  yes {_change(move, 'yes')}"))
        parts.append(text(f"  no {_change(move, 'no')}"))
        parts.append(text(f"  {_words(move)}"))
    return Group(*parts)


def _change(move: Move, word: str) -> str:
    return f"{cell(move.before[word])} → {cell(move.after[word])}"


def _words(move: Move) -> str:
    same = move.stance_before == move.stance_after
    return move.stance_after if same else f"{move.stance_before} → {move.stance_after}"


def _by_itself(moves: Moves) -> str:
    """Who could do it alone."""
    if not moves.alone:
        return "No member could do it by itself."
    told = [f"{member} +{shift:.2f}" for member, shift in list(moves.alone.items())[:_ALONE]]
    more = len(moves.alone) - len(told)
    return f"By itself, who could do it: {', '.join(told)}{f' and {more} more' if more else ''}."


def _texts(texts: Texts) -> RenderableType:
    ways: list[RenderableType] = [_text_table(texts, **layout) for layout in _LAYOUTS]
    places = (("draft", texts.draft), ("best", texts.best), ("off it", texts.elsewhere))
    told = [text(f"{name}: {plain(placed_at(one))}") for name, one in places if one is not None]
    way = [f"{name}: {plain(placed_at(texts.path[at]))}" for name, at in (("0 %", 0), ("100 %", -1))]
    votes = list(_votes(texts))
    ways[1] = Group(ways[1], *(text(line) for line in votes))
    lines = [*(text(line) for line in way), *told, *(text(line) for line in votes)]
    ways.append(Group(_text_table(texts, votes=False, places=False), *lines))
    return Group(Fitting(ways), *(text(line) for line in _turns(texts)))


def _votes(texts: Texts) -> Iterator[str]:
    """For a page without room for columns: up to which of the texts shown a member with a veto votes how."""
    for turn in texts.turns:
        told = []
        for place, (vote, after) in enumerate(zip(turn.votes, [*turn.votes[1:], ""], strict=True)):
            if vote != after:
                told.append(f"{vote} to {100 * (texts.path[place].dilution or 0):.0f} %")
        yield f"{turn.member}: {', '.join(told)}"


_LAYOUTS = ({"votes": True, "places": True}, {"votes": False, "places": True})
"""Richest first: what the members with a veto vote on each text, and where the texts are; the last tells that below."""


def _text_table(texts: Texts, *, votes: bool, places: bool) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", show_edge=False, pad_edge=False)
    names = [plain(name) for name in texts.best.place] if places else []
    for head in ("diluted", *names, "adopted", "gain", "expected"):
        table.add_column(text(head), justify="right", no_wrap=True)
    voters = texts.turns if votes else ()
    for turn in voters:
        table.add_column(turn.member, justify="right", no_wrap=True)
    for place, offer in enumerate(texts.path):
        words = (_SHORT.get(turn.votes[place], turn.votes[place]) for turn in voters)
        table.add_row(*_numbers(offer, places=places), *words)
    table.add_row("")
    for name, one in (("draft", texts.draft), ("best", texts.best), ("off it", texts.elsewhere)):
        if one is not None:
            table.add_row(*_numbers(one, name, places=places))
    return table


def _numbers(offer: Offer, name: str = "", *, places: bool) -> Sequence[str]:
    diluted = name or f"{100 * (offer.dilution or 0):.0f} %"
    where = [f"{place:.2f}".replace("-0.00", "0.00") for place in offer.place.values()] if places else []
    return [diluted, *where, cell(offer.adopted), _gain(offer.gain), _gain(offer.expected)]


def _gain(share: float) -> str:
    return f"{100 * share:.1f}".replace("-0.0", "0.0")


def _turns(texts: Texts) -> Iterator[str]:
    """Who votes no on the ideal, and from where no longer."""
    if texts.turns or texts.others:
        yield ""
    for turn in texts.turns:
        name = begun(in_a_sentence(turn.name))
        if turn.to_abstain is not None and turn.place is not None:
            where = ", ".join(f"{plain(name)} {place:.2f}" for name, place in turn.place.items())
            yield f"{name} votes no up to a dilution of {100 * turn.to_abstain:.0f} % ({where}), then abstains."
        elif set(turn.votes) == {"no"}:
            yield f"{name} votes no on every text."
    if texts.turns and not texts.others and all(turn.votes[0] != "no" for turn in texts.turns):
        yield "No member with a veto votes no on the ideal."
    for member, why in texts.others.items():
        yield f"The vote of {member} is not told by its place: {why}."


def _tabling(found: Tabling, adopted: float) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False, pad_edge=False)
    for head, justify in (("", "left"), ("adopted", "right"), ("worth", "right"), ("", "left")):
        table.add_column(head, justify="right" if justify == "right" else "left")
    table.add_row("table", cell(adopted), f"{found.table:.3g}")
    if found.text is not None and found.rewrite is not None:
        table.add_row("rewrite", cell(found.text.adopted), f"{found.rewrite:.3g}", text(plain(placed_at(found.text))))
    table.add_row("withdraw", "", "0")
    worth = f"Adoption is worth {found.value_adopted:g}, defeat {found.value_defeated:g}, withdrawing 0."
    unknown = [text(f"Rewriting is left out: {plain(found.why_none)}.")] if found.why_none else []
    return Group(table, text(worth), *unknown)
