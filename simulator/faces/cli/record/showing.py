"""``unsc record show``: one vote, found by its id, the number of its resolution, or the symbol of its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from simulator.errors import InputError, shown
from simulator.faces.cli.printed import one_form, print_csv, print_json
from simulator.faces.cli.record.listing import veto_as_json, vote_as_json
from simulator.faces.cli.record_option import record_of
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.roll_call import roll_call_page, vetoed_page
from simulator.facts import COLUMNS, Region, RollCall, Text, Vetoed, agendas_of, cells_of, vetoes
from simulator.facts.record_row import RESOLUTION
from simulator.rules import against, majority_of

_NEAR = 3


def show_vote(word: str, record: Sequence[str] | None, *, as_json: bool, as_csv: bool = False) -> None:
    """Draws a vote, or what is known of a vetoed text whose other votes are not."""
    one_form(as_json=as_json, as_csv=as_csv)
    votes = record_of(record)
    found = find(word, votes)
    regions = {slug: item.region for slug, item in agendas_of(votes).items()}
    if as_json:
        answer = _vote_json(found) if isinstance(found, RollCall) else _veto_json(found, regions)
        print_json(answer)
    elif as_csv:
        print_csv(COLUMNS, [_cells(found)])
    elif isinstance(found, RollCall):
        show(*roll_call_page(found))
    else:
        show(*vetoed_page(found, regions.get(found.agenda)))


def _cells(found: RollCall | Vetoed) -> dict[str, str]:
    """The vote's row, in the columns that ``--record`` reads."""
    if isinstance(found, Vetoed):
        raise InputError(f"of {found.draft} only the vetoing members are known, so it has no row; --json tells them")
    return cells_of(found)


def _vote_json(vote: RollCall) -> dict[str, object]:
    majority = majority_of(vote)
    return vote_as_json(vote) | {
        "needed": majority.quota,
        "basis": majority.basis,
        "against": list(against(vote)),
        "names": {seat.id: seat.short for seat in vote.council.seats},
    }


def _veto_json(veto: Vetoed, regions: dict[str, Region | None]) -> dict[str, object]:
    region = regions.get(veto.agenda)
    return veto_as_json(veto) | {"region": region.value if region else None, "outcome": "vetoed", "choices": None}


def find(word: str, votes: Sequence[RollCall]) -> RollCall | Vetoed:
    """The vote that a word stands for.

    Parameters
    ----------
    word : str
        An id; the number of a resolution; the symbol of a draft that was voted on once.
    votes : sequence of RollCall
        The record.

    Raises
    ------
    InputError
        If there is none, with the nearest; or if it stands for several.
    """
    if not word.strip():
        raise InputError("the id of the vote is empty; name one, such as S/2022/431")
    wanted = _normal(word)
    by_id: dict[str, RollCall | Vetoed] = {veto.draft.upper(): veto for veto in vetoes() if not veto.in_roll_calls}
    by_id |= {vote.id.upper(): vote for vote in votes}
    if wanted in by_id:
        return by_id[wanted]
    of_draft = [vote for vote in votes if vote.draft.upper() == wanted]
    whole = [vote for vote in of_draft if vote.text is Text.DRAFT] or of_draft
    if len(whole) == 1:
        return whole[0]
    if of_draft:
        raise InputError(f"{word} was voted on in parts: {', '.join(vote.id for vote in of_draft)}; name one of them")
    near = _nearest(wanted, {symbol for one in votes for symbol in (one.id, one.draft) if symbol} | {*_vetoed()})
    hint = f"did you mean {' or '.join(near)}?" if near else "`unsc record list` finds votes by what they were about"
    raise InputError(f"there is no vote {shown(word)} on record – {hint}")


def _vetoed() -> list[str]:
    return [veto.draft for veto in vetoes()]


def _nearest(wanted: str, symbols: set[str]) -> list[str]:
    """The symbols of the same series with the nearest numbers; where there is no such series, those spelt like it."""
    series, _, number = wanted.rpartition("/")
    if number.isdecimal():
        last = {symbol: symbol.upper().removeprefix(f"{series}/") for symbol in symbols}
        far = {symbol: abs(int(rest) - int(number)) for symbol, rest in last.items() if rest.isdecimal()}
        if far:
            return sorted(far, key=lambda symbol: (far[symbol], symbol))[:_NEAR]
    within = sorted((symbol for symbol in symbols if wanted.startswith(f"{symbol.upper()}-")), key=len)
    if within:
        return within
    folded = {symbol.upper(): symbol for symbol in sorted(symbols)}
    return [folded[match] for match in get_close_matches(wanted, folded, n=_NEAR)]


def _normal(word: str) -> str:
    """``2728``, ``res/2728`` and ``S/RES/2728 (2024)`` as the id has it; capitals, no blanks."""
    plain = re.sub(r"\s*\(\d{4}\)$", "", word.strip()).upper().replace(" ", "")
    number = re.fullmatch(r"(?:S/)?(?:RES/?)?(\d{1,5})", plain)
    return f"{RESOLUTION}{number[1]}" if number and not re.fullmatch(r"S/\d+", plain) else plain
