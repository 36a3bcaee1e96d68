"""``unsc bargain``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.analysis.bargain.bargaining import Bargain, Terms, bargain_over
from simulator.analysis.bargain.move import Move
from simulator.analysis.bargain.offer import Offer
from simulator.faces.cli.printed import print_csv, print_json
from simulator.faces.cli.questions.shared import How
from simulator.faces.cli.render.bargain import page
from simulator.faces.cli.render.console import show
from simulator.faces.cli.typed import read_number, read_pairs


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of a bargain, as typed."""

    reach: str
    cost: list[str] | None
    sponsor: str | None
    value_adopted: str | None
    value_defeated: str | None

    def terms(self) -> Terms:
        """Them, read.

        Raises
        ------
        OptionError
            If one is not of its form.
        """
        costs = read_pairs(self.cost, "--cost", "CHN=3")
        return Terms(
            reach=read_number(self.reach, "--reach", "0.5"),
            cost={member: read_number(text, f"--cost {member}", "3") for member, text in costs.items()},
            sponsor=self.sponsor,
            value_adopted=_value(self.value_adopted, "--value-adopted"),
            value_defeated=_value(self.value_defeated, "--value-defeated"),
        )


def _value(typed: str | None, option: str) -> float | None:
    return None if typed is None else read_number(typed, option, "1")


def bargain(name: str, asked: Asked, how: How) -> None:
    """Shows it."""
    terms, votes = asked.terms(), how.votes()
    scenario = how.scenario(name, votes)
    found = bargain_over(scenario, terms, how.options(votes))
    if how.json:
        print_json(found.as_dict())
    elif how.csv:
        dimensions = [f"place_{name}" for name in found.texts.draft.place] if found.texts else []
        print_csv([*COLUMNS, *dimensions], _rows(found))
    else:
        show(page(scenario, found))


_VOTES = ("yes", "abstain", "no", "absent")

COLUMNS = (
    *("part", "step", "member", "shift", "cost", "stance_before", "stance_after", "adopted"),
    *(f"{vote}_{when}" for when in ("before", "after") for vote in _VOTES),
    *("dilution", "gain", "expected", "worth"),
)
"""Columns of ``--csv``; a text's place on each dimension comes after, as place_order."""


def _rows(found: Bargain) -> Iterator[dict[str, Any]]:
    """The moves from the draft as it stands on, those of fewer members, who could do it alone, texts, what to do."""
    yield {"part": "moves", "step": 0, "adopted": found.moves.adopted}
    yield from _moves("moves", found.moves.moves)
    if found.moves.fewer:
        yield from _moves("fewer", found.moves.fewer.moves)
    for step, (member, shift) in enumerate(found.moves.alone.items(), 1):
        yield {"part": "alone", "step": step, "member": member, "shift": shift, "adopted": found.moves.target}
    if found.texts:
        yield from (_text("path", step, offer) for step, offer in enumerate(found.texts.path))
        yield _text("draft", 0, found.texts.draft)
        yield _text("best", 0, found.texts.best)
        if found.texts.elsewhere:
            yield _text("elsewhere", 0, found.texts.elsewhere)
    if found.tabling:
        yield {"part": "table", "step": 0, "adopted": found.moves.adopted, "worth": found.tabling.table}
        if found.tabling.text:
            yield {**_text("rewrite", 0, found.tabling.text), "worth": found.tabling.rewrite}
        yield {"part": "withdraw", "step": 0, "worth": found.tabling.withdraw}


def _moves(part: str, moves: Sequence[Move]) -> Iterator[dict[str, Any]]:
    for step, move in enumerate(moves, 1):
        yield {
            "part": part,
            "step": step,
            "member": move.member,
            "shift": move.shift,
            "cost": move.cost,
            "stance_before": move.stance_before,
            "stance_after": move.stance_after,
            "adopted": move.adopted,
            **{f"{vote}_before": move.before[vote] for vote in _VOTES},
            **{f"{vote}_after": move.after[vote] for vote in _VOTES},
        }


def _text(part: str, step: int, offer: Offer) -> dict[str, Any]:
    numbers = {"adopted": offer.adopted, "dilution": offer.dilution, "gain": offer.gain, "expected": offer.expected}
    return {"part": part, "step": step, **numbers, **{f"place_{name}": x for name, x in offer.place.items()}}
