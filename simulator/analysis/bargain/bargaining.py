"""What would it take? Whose support must move, how a text can give way, and whether to table it at all.

Three answers to one question. :mod:`~simulator.analysis.bargain.moves`: the cheapest shifts of support that lift the
odds of adoption to a target. :mod:`~simulator.analysis.bargain.texts`: in an issue space, the text that brings the
sponsor most. :mod:`~simulator.analysis.bargain.tabling`: with values of adoption and of defeat, whether to table,
rewrite or withdraw.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.analysis.bargain.moves import Moves, Table, cheapest_moves
from simulator.analysis.bargain.tabling import Tabling, tabling
from simulator.analysis.bargain.texts import Space, Texts, offered
from simulator.analysis.bargain.words import said_outright
from simulator.engines import Options, with_changes
from simulator.errors import OptionError, nearest, shown
from simulator.facts import Council, RollCall
from simulator.scenario import Scenario, council_of, rechecked
from simulator.scenario.changes import Learnable
from simulator.scenario.plain import plain_table

REACH = 0.5
"""Odds to reach where none are asked for."""


@dataclass(frozen=True)
class Bargain:
    """What it would take to have a draft adopted.

    Attributes
    ----------
    scenario : str
        Its title.
    rule : str
        By which the draft is decided.
    moves : Moves
        Whose support must move, and how far.
    texts : Texts or None
        The sponsor's texts; None where the scenario has no issue space with certain numbers.
    with_words : float or None
        Odds of adoption if all that move said, outright, the stance words nearest to their odds; None where nobody has
        to, where points are drawn, and where preferences are not stated: there words are but evidence.
    tabling : Tabling or None
        What to do with the draft; None where nobody said what adoption or defeat is worth.
    notes : tuple of str
        What a reader should know.
    """

    scenario: str
    rule: str
    moves: Moves
    with_words: float | None
    texts: Texts | None
    tabling: Tabling | None
    notes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """It as a person would say it."""
        return " ".join(self.sentences)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The same, one for each part."""
        found = [self.moves.sentence]
        if self.texts:
            found.append(self.texts.said(defeat=self.tabling.value_defeated if self.tabling else 0.0))
        return tuple([*found, self.tabling.sentence] if self.tabling else found)

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "scenario": self.scenario,
            "rule": self.rule,
            **self.moves.as_dict(),
            "with_words": self.with_words,
            "texts": self.texts.as_dict() if self.texts else None,
            "tabling": self.tabling.as_dict() if self.tabling else None,
            "sentence": self.sentence,
            "notes": list(self.notes),
        }

    def __repr__(self) -> str:
        return f"<Bargain over {self.scenario!r}: {self.sentence}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is asked of a bargain.

    Attributes
    ----------
    reach : float
        Odds of adoption to reach, between 0 and 1 and at least 1e-9 from either.
    cost : mapping from member code
        What one standard deviation of a member's support costs, 0.001 to 1000; infinite: it cannot be moved. 1 where
        left out.
    sponsor : str or None
        Whose ideal text it is, in an issue space; None: the scenario's sponsors'.
    value_adopted, value_defeated : float or None
        What the draft's adoption as it stands, and its defeat, is worth to the sponsor; withdrawing is worth 0. Where
        one is left out, 1 and 0.
    """

    reach: float = REACH
    cost: Mapping[str, float]
    sponsor: str | None = None
    value_adopted: float | None = None
    value_defeated: float | None = None

    def __post_init__(self) -> None:
        if not _is_number(self.reach) or not _LEAST_ODDS <= self.reach <= 1 - _LEAST_ODDS:
            raise OptionError(
                f"odds to reach lie between 0 and 1, at least {_LEAST_ODDS:g} from either, such as 0.5 for 50 in 100, "
                f"not {shown(self.reach)}{_hint(self.reach)}"
            )
        for name in ("value_adopted", "value_defeated"):
            value = getattr(self, name)
            if value is not None and not (_is_number(value) and abs(value) <= _MOST_VALUE):
                raise OptionError(f"{name} is a number of at most {_MOST_VALUE:g} in size, not {shown(value)}")
        for member, cost in plain_table("cost", self.cost).items():
            if not _is_number(cost, endless=True) or not (_LEAST_COST <= cost <= _MOST_COST or cost == math.inf):
                raise OptionError(
                    f"cost of {shown(member)}: a standard deviation costs from {_LEAST_COST:g} to {_MOST_COST:,}, or "
                    f"inf where it cannot be moved, not {shown(cost)}"
                )

    @property
    def values(self) -> tuple[float, float] | None:
        """Of adoption and of defeat; None where neither is said."""
        if self.value_adopted is None and self.value_defeated is None:
            return None
        adopted = 1.0 if self.value_adopted is None else float(self.value_adopted)
        return adopted, 0.0 if self.value_defeated is None else float(self.value_defeated)


_LEAST_ODDS = 1e-9
_MOST_VALUE = 1e12
_LEAST_COST, _MOST_COST = 0.001, 1000


def _hint(reach: object) -> str:
    """What may have been meant by a target that is none."""
    if reach == 1:
        return "; nothing makes a vote certain"
    if _is_number(reach) and 1 < reach < 100:  # type: ignore[operator]  # as checked
        return f"; for {reach:g} in 100 write {reach / 100:g}"  # type: ignore[operator]
    return ""


def _is_number(value: object, *, endless: bool = False) -> bool:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return number and not math.isnan(value) and (endless or not math.isinf(value))  # type: ignore[arg-type]  # as checked


def bargain(
    scenario: Scenario | str | os.PathLike[str],
    *,
    reach: float = REACH,
    cost: Mapping[str, float] | None = None,
    sponsor: str | None = None,
    value_adopted: float | None = None,
    value_defeated: float | None = None,
    given: Mapping[str, Learnable] | None = None,
    do: Mapping[str, str] | None = None,
    stance: Mapping[str, str] | None = None,
    engine: str = "auto",
    record: Sequence[RollCall] | None = None,
) -> Bargain:
    """What it would take: whose support must move, which text would do, and whether to table it.

    Parameters
    ----------
    scenario : Scenario, or a path or shipped name
        What is on the table.
    reach : float
        Odds of adoption to reach, between 0 and 1 and at least 1e-9 from either.
    cost : mapping from member code, optional
        What moving a member's support by one standard deviation costs, 0.001 to 1000; 1 where left out, and infinite
        for members that cannot be moved.
    sponsor : str, optional
        In an issue space, the member from whose ideal texts give way; by default the scenario's sponsors, else the
        draft as it stands is taken for the ideal.
    value_adopted, value_defeated : float, optional
        What adoption of the draft as it stands, and its defeat, is worth to the sponsor, withdrawing being worth 0;
        where one is given the other is 1 and 0.
    given, do, stance, record
        As of :func:`simulator.odds`. What is learnt and said is so of the draft as it stands: a shift moves no belief.
    engine : str
        ``"auto"``, ``"exact"`` or ``"monte-carlo"``.

    Returns
    -------
    Bargain

    Raises
    ------
    OptionError
        If no shift of support reaches the odds asked for (it names who blocks), or a parameter is not as above.
    simulator.errors.SimulatorError
        As of :func:`simulator.odds`.

    Examples
    --------
    >>> found = bargain("dprk-2022-05", reach=0.8)
    >>> [(move.member, round(move.shift, 2)) for move in found.moves.moves]
    [('RUS', 0.44)]
    >>> round(found.moves.reached, 6)
    0.8
    """
    terms = Terms(
        reach=reach,
        cost=cost or {},
        sponsor=sponsor,
        value_adopted=value_adopted,
        value_defeated=value_defeated,
    )
    options = Options.of(engine, record)
    return bargain_over(with_changes(scenario, given, do, stance, record), terms, options)


def bargain_over(scenario: Scenario, terms: Terms, options: Options) -> Bargain:
    """The bargain of a scenario as it stands; see :func:`bargain`."""
    scenario = rechecked(scenario)
    council = council_of(scenario)
    _check_members(terms.cost, council)
    why_none = _no_texts(scenario)
    if terms.sponsor is not None and why_none:
        raise OptionError(f"a sponsor's ideal text bears on nothing here: {why_none}")
    table = Table.of(scenario, options, terms.cost)
    space = None
    if not why_none:
        try:
            space = Space.of(table, terms.sponsor)
        except OptionError as error:
            if terms.sponsor is not None:
                raise
            why_none = str(error)
    moves = cheapest_moves(table, float(terms.reach))
    texts = offered(space) if space else None
    values = terms.values
    advice = None if values is None else tabling(moves.adopted, values, moves.target, space, why_none)
    outright = None if moves.engine == "monte-carlo" else said_outright(scenario, options, moves.moves)
    return Bargain(
        *(scenario.title, scenario.council.rule, moves, outright, texts, advice),
        notes=(*_notes(table, moves, scenario, texts, why_none), *(advice.notes if advice else ())),
    )


def _check_members(cost: Mapping[str, float], council: Council) -> None:
    for member in cost:
        if member not in council.ids:
            hint = nearest(member, council.ids) if isinstance(member, str) else ""
            allowed = f"cost: {shown(member)} is not a member of this council, {' '.join(council.ids)}"
            raise OptionError(f"{allowed}{f' – {hint}' if hint else ''}")


def _no_texts(scenario: Scenario) -> str:
    """Why a scenario has no texts to compare; empty where it has."""
    if scenario.preferences.model != "spatial":
        return f'texts have no place with preferences.model = "{scenario.preferences.model}"'
    if scenario.uncertain:
        key = ".".join(map(str, scenario.uncertain[0][0]))
        return f"texts are not compared where a number is uncertain, as {key} is; give it a number with --set"
    return ""


def _notes(table: Table, moves: Moves, scenario: Scenario, texts: Texts | None, why_none: str) -> list[str]:
    notes = [*scenario.notes, *table.model.notes]
    if table.model.learnt:
        notes.append("what was said and learnt is so of the draft as it stands: a shift of support moves no belief")
    if scenario.sequence:
        notes.append("a shift is one of this draft's vote: votes before it, of its sequence, stay as they are")
    if scenario.preferences.model == "spatial" and why_none:
        notes.append(why_none)
    if texts and not texts.sponsors:
        notes.append("no sponsor is named, so the draft as it stands is taken for the ideal: name one with --sponsor")
    if moves.error is not None:
        cost = f", so that of the cost about {moves.cost_error:.1g}" if moves.moves else ""
        notes.append(
            f"by drawn points, seed {table.answerer.options.seed}: the standard error of the odds reached is "
            f"{moves.error:.1g}{cost}"
        )
    elif moves.accuracy is not None and moves.accuracy > _COARSE:
        notes.append(
            f"the odds rest on a grid over the shared factors: their error is estimated at {moves.accuracy:.0e}"
        )
    if texts and table.touched and abs(texts.draft.adopted - moves.adopted) > _COARSE:
        notes.append(
            "the odds of texts rest on a grid over the shared factors: for the draft as it stands it is off by "
            f"{abs(texts.draft.adopted - moves.adopted):.0e}"
        )
    return notes


_COARSE = 1e-6
"""Error of the odds from which a reader is told."""
