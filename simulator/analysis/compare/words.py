"""What a piece is called, and what of it differs between two scenarios, in a few words for each side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from simulator.analysis.compare.apart import COMPANY, DRAFT, RULE, SEATS, WORDS, Apart
from simulator.analysis.compare.pieces import Names, Pair
from simulator.engines.words import in_a_sentence, listed
from simulator.scenario.seats import DEFAULT

_NOTHING = "–"
"""For a side that lacks what the other has."""


def name_of(names: Names) -> str:
    """A piece's name: ``RUS``, ``seats``, ``seats+rule``."""
    return "+".join(names)


def label_of(pair: Pair, names: Names) -> str:
    """What a person calls a piece: Russia, the elected seats, the elected seats and the rule."""
    return listed([_label(pair, name) for name in names])


def sides(pair: Pair, names: Names) -> tuple[str, str]:
    """What differs in a piece, as it is in the first scenario and in the second."""
    both = [_sides(pair.first, pair.second, name) for name in names]
    return "; ".join(one for one, _ in both), "; ".join(other for _, other in both)


def _label(pair: Pair, name: str) -> str:
    if name in pair.first.own:
        return in_a_sentence(next(seat.short for seat in pair.second.council.seats if seat.id == name))
    if name != SEATS:
        return _LABELS[name]
    others = [seat for one in (pair.first, pair.second) for seat in one.council.seats if seat.id not in one.own]
    kept = dict.fromkeys(seat.id for seat in others if seat.permanent)
    if not kept:
        return "the elected seats"
    return f"the elected seats with {' '.join(kept)}" if len(kept) <= _FEW else "the other seats"


_FEW = 3

_LABELS = {
    COMPANY: "blocs and company",
    WORDS: "what words stand for",
    DRAFT: "the draft",
    RULE: "the rule",
}


def _sides(first: Apart, second: Apart, name: str) -> tuple[str, str]:
    words = _WORDS.get(name, _member)
    one, other = list(words(first, name)), list(words(second, name))
    mine = [word for word in one if word not in other]
    theirs = [word for word in other if word not in one]
    if not (mine or theirs):  # what differs has no words of its own
        mine, theirs = one, other
    return ", ".join(mine) or _NOTHING, ", ".join(theirs) or _NOTHING


def _member(source: Apart, name: str) -> Iterator[str]:
    held = source.contents[name]
    if held["entry"] is None:
        yield "silent"
    else:
        yield from _entry(held["entry"])
    if held["given"] is not None:
        yield f"learnt {' or '.join(held['given'])}"
    if held["do"] is not None:
        yield f"made {held['do']}"


def _entry(entry: Mapping[str, Any]) -> Iterator[str]:
    if "stance" in entry:
        yield str(entry["stance"])
    if "odds" in entry:
        yield _odds(entry["odds"])
    if "position" in entry:
        yield f"at {_place(entry['position'])}"
    for key in ("salience", "veto_reluctance", "tie"):
        if key in entry:
            value = entry[key]
            yield f"{key.replace('_', ' ')} {_place(value) if isinstance(value, dict) else _number(value)}"


def _odds(odds: Mapping[str, Any]) -> str:
    """Yes, abstain, no and absent, as far as they are not 0: yes .05 abstain .65 no .3."""
    return " ".join(f"{word} {_number(odds[word])}" for word in odds if odds[word] != 0)


def _place(place: Mapping[str, Any]) -> str:
    return " ".join(f"{name} {_number(value)}" for name, value in place.items())


def _number(value: object) -> str:
    if isinstance(value, dict):  # a distribution
        ((kind, parameters),) = value.items()
        return f"{kind} {' '.join(f'{one:.3g}' for one in parameters)}"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _seats(source: Apart, name: str) -> Iterator[str]:
    held = source.contents[name]
    others = [code for code, *_ in held["who"] if code not in source.own]
    yield f"the {len(others)} of {source.council.date.year}"
    said: dict[str, list[str]] = {}
    for code in others:
        entry = held["members"].get(code)
        if entry is not None and [*entry] != ["position"]:  # of ten places each is another
            said.setdefault(", ".join(_entry(entry)), []).append(code)
    if DEFAULT in held["members"]:
        yield f"others {', '.join(_entry(held['members'][DEFAULT]))}"
    if held["default_position"]:
        yield f"others at {_place(held['default_position']['default_position'])}"
    for word, codes in said.items():
        yield f"{' '.join(codes) if len(codes) <= _FEW else len(codes)} {word}"
    for table, how in (("given", "learnt"), ("do", "made")):
        for code, choice in held[table].items():
            yield f"{code} {how} {choice if isinstance(choice, str) else ' or '.join(choice)}"


def _company(source: Apart, name: str) -> Iterator[str]:
    held = source.contents[name]
    for bloc in held["blocs"]:
        members = bloc["members"]
        yield f"{members if isinstance(members, str) else ' '.join(members)} {_number(bloc['cohesion'])}"
    for pair in held["company"]:
        numbers = [_number(pair[key]) for key in ("if_leader_no", "otherwise") if key in pair]
        yield " ".join([pair["follower"], "follows", pair["leader"], *numbers])


def _words(source: Apart, name: str) -> Iterator[str]:
    for word, kinds in source.contents[name].items():
        for kind, odds in kinds.items():
            yield f"{word} ({kind}) {_odds(odds)}"


def _draft(source: Apart, name: str) -> Iterator[str]:
    held = source.contents[name]
    draft = source.scenario.draft
    if held["text"]:
        yield str(draft.date)
        yield f"on {draft.agenda}"
        yield f"sponsors {' '.join(draft.sponsors or ()) or 'not stated'}"
        yield draft.text.value
    yield held["law"]["matter"]
    if held["law"]["mass_atrocity"]:
        yield "mass atrocity"
    if held["parties"]:
        yield f"parties {' '.join(held['parties'])}"
    yield from _votes_before(held["sequence"])
    yield from _space(held["space"] or {})


def _votes_before(sequence: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for step in sequence:
        if step["id"] != "draft":
            yield f"after {step['id']} ({_number(step['if_adopted'])}, {_number(step['if_rejected'])})"


def _space(space: Mapping[str, Any]) -> Iterator[str]:
    for key, value in space.items():
        if key == "draft":
            yield f"at {_place(value)}"
        elif key != "dimensions" and value != {}:
            yield f"{key.replace('_', ' ')} {_place(value) if isinstance(value, dict) else _number(value)}"


def _rule(source: Apart, name: str) -> Iterator[str]:
    held = source.contents[name]
    yield held["rule"]
    if held["quota"] is not None:
        yield f"quota {held['quota']}"
    if held["vetoes_needed"] is not None:
        yield f"{held['vetoes_needed']} vetoes"
    if held["subscribers"] is not None:
        yield f"subscribers {' '.join(held['subscribers']) or 'none'}"
    for code, entry in held["preliminary"].items():
        yield f"procedural: {code} {', '.join(_entry(entry))}"


_WORDS: Mapping[str, Callable[[Apart, str], Iterator[str]]] = {
    SEATS: _seats,
    COMPANY: _company,
    WORDS: _words,
    DRAFT: _draft,
    RULE: _rule,
}
