"""Votes before the draft's: the preliminary question, amendments, parts, rival drafts – and where they leave the draft.

Each vote is answered by itself, given how those before it ended: what moves members is drawn anew at each, and only the
shifts that the scenario states carry over (decision 10). So the odds of every course of events are a product of the
odds of its votes, and the draft's vote is a mixture over the courses. Courses that leave the draft under the same rule
with the same shift are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from simulator.engines import exact
from simulator.engines.parts import Outcomes
from simulator.engines.possible import Possible
from simulator.errors import ExactRefused, RefusedError
from simulator.model import VoteModel, WeighedModel, vote_model, vote_models
from simulator.model.history.past import Past
from simulator.rules import RULES, Majority
from simulator.rules.double_veto import ANSWERS, QUESTION
from simulator.scenario import Scenario, before_the_draft, council_of, majority_of
from simulator.scenario.seats import DEFAULT
from simulator.scenario.types import Preferences, SequenceEntry

PRELIMINARY = "preliminary"
"""The id of the question whether the draft is procedural."""

SEED = 1946
POINTS, ROLL_CALLS = 16_384, 200_000
"""Draws of an earlier vote where the exact engine refuses: of its factors, or of whole roll calls."""

Course: TypeAlias = tuple[str, float]
"""How things stand after some votes: the rule, and the shift of support in standard deviations."""


Known: TypeAlias = dict[str, exact.ExactAnswer]


@dataclass(frozen=True, slots=True)
class Step:
    """A vote before the draft's, as it looks beforehand.

    Attributes
    ----------
    id : str
        Its name in the scenario; ``preliminary`` for the question whether the draft is procedural.
    text : str
        What is voted on: ``preliminary``, ``amendment``, ``paragraph``, ``draft`` (a rival one).
    outcomes : Outcomes
        Odds of adopted, vetoed and failed, over all courses of the votes before it.
    error : Outcomes or None
        Standard errors where the exact engine refused; those of the votes before it are left out.
    """

    id: str
    text: str
    outcomes: Outcomes
    error: Outcomes | None = None

    def as_dict(self) -> dict[str, Any]:
        """By name."""
        error = self.error.as_dict() if self.error else None
        return {"id": self.id, "text": self.text, "odds": self.outcomes.as_dict(), "error": error}


def paths(scenario: Scenario, *, seed: int = SEED) -> tuple[Possible, ...]:
    """The ways the draft's vote may stand after the votes before it; one of weight 1 where there are none.

    Parameters
    ----------
    scenario : Scenario
        With certain numbers. What is learnt and made is about the draft's vote, not about those before it.
    seed : int
        Of Monte Carlo, for earlier votes that the exact engine refuses.
    """
    return Story.of(scenario, seed).paths()


def steps(scenario: Scenario, *, seed: int = SEED) -> tuple[Step, ...]:
    """The votes before the draft's in order, with their odds; the parameters are those of :func:`paths`."""
    return Story.of(scenario, seed).steps


@dataclass(frozen=True, slots=True)
class Story:
    """All courses of the votes before the draft's."""

    scenario: Scenario
    courses: Mapping[Course, float]
    steps: tuple[Step, ...]
    past: Past | None = None

    @classmethod
    def of(cls, scenario: Scenario, seed: int, known: Known | None = None, past: Past | None = None) -> Story:
        """All of them, each vote answered once for each way the votes before it can leave it.

        Parameters
        ----------
        known : dict or None
            Answers to the same votes under much the same numbers, by the vote's id: nodes as fine as theirs will do.
            New ones are added.
        past : Past or None
            The record that the history model rests on; None for the one that comes with the program.
        """
        known = {} if known is None else known
        courses: Mapping[Course, float] = {(scenario.council.rule, 0.0): 1.0}
        told: list[Step] = []
        if RULES[scenario.council.rule].preliminary:
            found = _decided(_preliminary(scenario), 0.0, seed, known, PRELIMINARY)
            told.append(Step(PRELIMINARY, PRELIMINARY, found.outcomes, found.error))
            procedural = min(1.0, found.outcomes.adopted)
            courses = {(ANSWERS[True].name, 0.0): procedural, (ANSWERS[False].name, 0.0): 1 - procedural}
        for step in before_the_draft(scenario):
            decided = {
                (rule, shift): _decided(_of_step(scenario, step, rule), shift, seed, known, step.id)
                for rule, shift in courses
            }
            told.append(_told(step, courses, decided))
            courses = _onwards(step, courses, decided)
        return cls(scenario, courses, tuple(told), past)

    def paths(self) -> tuple[Possible, ...]:
        """The draft's vote at the end of each course that can happen, and in each way members may see it."""
        told: tuple[str, ...] | None = None  # after earlier votes, what holds of the scenario as it was written
        if self.steps:
            told = vote_models(self.scenario, self.past)[0].model.notes + tuple(self._notes())
        return tuple(
            Possible(weight * way.weight, model if told is None else replace(model, notes=told), majority, way.draw)
            for (rule, shift), weight in self.courses.items()
            if weight > 0
            for way, model, majority in _ways(_under(self.scenario, rule), shift, self.past)
        )

    def _notes(self) -> Iterator[str]:
        drawn = [step for step in self.steps if step.error is not None]
        if drawn:
            largest = max(step.error.adopted for step in drawn if step.error)
            yield (
                "of votes before the draft's the exact engine refuses some, so they are by Monte Carlo: "
                f"{', '.join(step.id for step in drawn)} (standard error at most {largest:.1e})"
            )


@dataclass(frozen=True, slots=True)
class _Decided:
    outcomes: Outcomes
    error: Outcomes | None = None


def _decided(scenario: Scenario, shift: float, seed: int, known: Known, name: str) -> _Decided:
    """The odds of one earlier vote."""
    model, majority = _put(scenario, shift)
    try:
        if name not in known:
            known[name] = exact.solve(model, majority)
            return _Decided(known[name].outcomes)
        return _Decided(exact.solve_like(model, majority, known[name]).outcomes)
    except ExactRefused:
        return _drawn(model, majority, seed)


def _drawn(model: VoteModel, majority: Majority, seed: int) -> _Decided:
    from simulator.engines.monte_carlo import conditional, votes  # only who needs them waits for them

    try:
        found = conditional.solve(model, majority, draws=POINTS, seed=seed)
    except RefusedError:
        found = votes.solve(model, majority, draws=ROLL_CALLS, seed=seed)
    return _Decided(found.outcomes, found.error)


def _put(scenario: Scenario, shift: float) -> tuple[VoteModel, Majority]:
    """A vote of which there is one model: those before the draft's are of stated preferences."""
    return _shifted(vote_model(scenario), shift), majority_of(scenario, council_of(scenario))


def _ways(scenario: Scenario, shift: float, past: Past | None) -> Iterator[tuple[WeighedModel, VoteModel, Majority]]:
    """The ways members may see the draft."""
    majority = majority_of(scenario, council_of(scenario))
    for way in vote_models(scenario, past):
        yield way, _shifted(way.model, shift), majority


def _shifted(model: VoteModel, shift: float) -> VoteModel:
    return replace(model, latent=model.latent.shifted(shift)) if shift else model


def _told(step: SequenceEntry, courses: Mapping[Course, float], decided: Mapping[Course, _Decided]) -> Step:
    """A vote's odds over all courses before it."""
    odds = {word: sum(w * decided[c].outcomes.as_dict()[word] for c, w in courses.items()) for word in _WORDS}
    errors = {c: found.error.as_dict() for c, found in decided.items() if found.error is not None}
    if not errors:
        return Step(step.id, step.text.value, Outcomes(**odds))
    # All courses share the draws of Monte Carlo: their errors may all point the same way.
    error = {word: sum(courses[c] * one[word] for c, one in errors.items()) for word in _WORDS}
    return Step(step.id, step.text.value, Outcomes(**odds), Outcomes(**error))


_WORDS = ("adopted", "vetoed", "failed")


def _onwards(
    step: SequenceEntry, courses: Mapping[Course, float], decided: Mapping[Course, _Decided]
) -> dict[Course, float]:
    """The courses after a vote: each goes on as adopted and as not adopted; equal shifts are one."""
    onwards: dict[Course, float] = {}
    for (rule, shift), weight in courses.items():
        adopted = min(1.0, decided[rule, shift].outcomes.adopted)
        for more, chance in ((step.if_adopted, adopted), (step.if_rejected, 1 - adopted)):
            course = rule, round(shift + more, _DIGITS)
            onwards[course] = onwards.get(course, 0.0) + weight * chance
    return {course: weight for course, weight in onwards.items() if weight > 0}


_DIGITS = 12
"""Decimals of a shift: sums that differ only by rounding are one course."""


def _under(scenario: Scenario, rule: str) -> Scenario:
    """The scenario under a rule that follows from the preliminary question, or its own."""
    if rule == scenario.council.rule:
        return scenario
    return scenario.model_copy(update={"council": scenario.council.model_copy(update={"rule": rule})})


def _preliminary(scenario: Scenario) -> Scenario:
    """The question whether the draft is procedural, as a vote of its own.

    Nobody sponsors it, its members' entries are its own, and the proviso is about decisions under Chapter VI, which it
    is not. Positions and a fitted record are about the draft, so it is always of stated preferences.
    """
    draft = scenario.draft.model_copy(update={"sponsors": None, "chapter": "none"})
    plain = _alone(scenario, {"draft": draft, "members": scenario.preliminary, "preferences": Preferences()})
    return _under(plain, QUESTION.name)


def _of_step(scenario: Scenario, step: SequenceEntry, rule: str) -> Scenario:
    """An earlier vote, decided by the draft's rule.

    With a default of its own a step speaks for everybody, sponsors of the draft included; without one, those it does
    not name are as in ``[members]``.
    """
    whole = DEFAULT in step.members
    draft: dict[str, Any] = {"matter": step.matter or scenario.draft.matter, "text": step.text}
    if whole:
        draft["sponsors"] = None
    members = step.members if whole else {**scenario.members, **step.members}
    return _under(_alone(scenario, {"draft": scenario.draft.model_copy(update=draft), "members": members}), rule)


def _alone(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """A vote of its own: what is learnt and made is about the draft's."""
    nothing: dict[str, Any] = {"given": {}, "do": {}, "preliminary": {}, "sequence": (), "actual": None}
    return scenario.model_copy(update={**nothing, **changes})
