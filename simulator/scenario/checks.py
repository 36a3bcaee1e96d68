"""What must hold between the parts of a scenario: members that sit, blocs that add up, a rule that fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from simulator.errors import CouncilError, Problem, RuleError, short, shown
from simulator.facts import Choice, Council, Matter, council_on, members
from simulator.facts.codes import nearest_state, state_codes
from simulator.facts.council import nearest_member
from simulator.scenario.checks_law import law_problems, majorities_of, rule_problems
from simulator.scenario.history_checks import before_estimates, history_problems
from simulator.scenario.limits import COHESION_TOLERANCE
from simulator.scenario.order import sequence_problems
from simulator.scenario.reformed import seat_problems
from simulator.scenario.seats import DEFAULT, bloc_members, council_of, sitting_sponsors
from simulator.scenario.space_checks import space_problems
from simulator.scenario.types import WHOLE_BLOCS, Bloc, Scenario

RECORDED_COMPANY = ("RUS", "CHN")
"""The one pair (leader, follower) for which the record gives the two numbers of ``[[company]]``."""


MOST_BLOCS = 1000
"""Blocs in a file. Each is a factor that every simulated roll call draws, so that thousands take minutes."""


def problems_in(scenario: Scenario) -> list[Problem]:
    """Every contradiction in a scenario whose types are right."""
    try:
        today, council = council_on(scenario.council_date), council_of(scenario)
    except CouncilError as error:
        key = "council.date" if scenario.council.date else "draft.date"
        return [*before_estimates(scenario)] or [Problem(key, str(error))]
    return [
        *seat_problems(scenario.council.seats, today),
        *rule_problems(scenario, council),
        *law_problems(scenario, council),
        *sequence_problems(scenario),
        *_places(scenario, council),
        *_sponsors(scenario, council),
        *_blocs(scenario, council),
        *_company(scenario),
        *space_problems(scenario, council),
        *history_problems(scenario, council),
        *_learnt_and_made(scenario),
        *_actual(scenario, council),
        *_uncertain(scenario, council),
    ]


def _places(scenario: Scenario, council: Council) -> Iterator[Problem]:
    """Every member named must have a seat on this council."""
    named: list[tuple[str, str]] = [
        *((f"members.{short(code)}", code) for code in scenario.members if code != DEFAULT),
        *((f"given.{short(code)}", code) for code in scenario.given),
        *((f"do.{short(code)}", code) for code in scenario.do),
        *((f"council.parties.{place}", code) for place, code in enumerate(scenario.council.parties)),
        *((f"council.subscribers.{place}", code) for place, code in enumerate(scenario.council.subscribers or ())),
        *((f"preliminary.{short(code)}", code) for code in scenario.preliminary if code != DEFAULT),
    ]
    for place, step in enumerate(scenario.sequence):
        named += [(f"sequence.{place}.members.{short(code)}", code) for code in step.members if code != DEFAULT]
    for place, bloc in enumerate(scenario.blocs):
        codes = () if _whole(bloc) else bloc.members
        named += [(f"blocs.{place}.members", code) for code in codes]
        for code, times in Counter(codes).items():
            if times > 1:
                yield Problem(f"blocs.{place}.members", f"{short(code)} stands there {times} times")
    for place, pair in enumerate(scenario.company):
        named += [(f"company.{place}.leader", pair.leader), (f"company.{place}.follower", pair.follower)]
    if scenario.actual:
        for mark in (Choice.NO, Choice.ABSTAIN, Choice.ABSENT):
            named += [(f"actual.{mark}", code) for code in getattr(scenario.actual, mark)]
    for key, code in named:
        if code not in council:
            yield _not_there(key, code, council)


def _whole(bloc: Bloc) -> bool:
    return len(bloc.members) == 1 and bloc.members[0] in WHOLE_BLOCS


def _not_there(key: str, code: str, council: Council) -> Problem:
    """Who is named has no seat: a word for several members, a misspelt code, or a state that does not sit."""
    if code in WHOLE_BLOCS:
        hint = f'name its members, or let it stand alone: members = "{code}"'
        if not key.startswith("blocs."):
            hint = "name its members; such words are for the members of blocs"
        return Problem(key, f"{code} stands for several members and is not a code", hint)
    written = code if code.isalnum() and len(code) <= 40 else shown(code)
    return Problem(key, f"{written} is not on the council of {council.date}", nearest_member(code, council))


def _sponsors(scenario: Scenario, council: Council) -> Iterator[Problem]:
    for place, code in enumerate(scenario.draft.sponsors or ()):
        if code not in ("PRESIDENT", "E10") and code not in state_codes():
            yield Problem(
                f"draft.sponsors.{place}",
                f"{shown(code)} is not a state's ISO 3166-1 alpha-3 code, PRESIDENT or E10",
                _nearest_sponsor(code, council),
            )
    for member in sitting_sponsors(scenario, council):
        entry = scenario.members.get(member)
        if entry and entry.stance and entry.stance.against:
            yield Problem(
                f"members.{member}.stance",
                f"{member} sponsors the draft, so it cannot be {entry.stance}",
                "take it off draft.sponsors, or let it be reservations or warmer",
            )
        if entry and entry.odds and _certain(entry.odds.no) > 0.5:
            yield Problem(
                f"members.{member}.odds",
                f"{member} sponsors the draft, so its no cannot be {entry.odds.no:g}",
                "take it off draft.sponsors, or let no be at most 0.5",
            )


def _nearest_sponsor(word: str, council: Council) -> str:
    """The member of the council that is meant, else the state, since any may sponsor."""
    if word in WHOLE_BLOCS:
        return "name the states; E10 is all elected members"
    hint = nearest_member(word, council)
    if hint.startswith("did you mean"):
        return hint
    names = {state.name: state.id for state in members().values()}
    return nearest_state(word, sorted(state_codes()), names) or "name a state by its code, such as FRA"


def _blocs(scenario: Scenario, council: Council) -> Iterator[Problem]:
    if len(scenario.blocs) > MOST_BLOCS:
        yield Problem(
            "blocs",
            f"{len(scenario.blocs):,} blocs; a file may have {MOST_BLOCS:,} at most",
            "let blocs of the same members be one, whose cohesion is the sum of theirs",
        )
        return
    total = dict.fromkeys(council.ids, 0.0)
    for bloc in scenario.blocs:
        cohesion = _certain(bloc.cohesion)
        for member in set(bloc_members(bloc, council)):
            total[member] += cohesion
    over = [member for member in council.ids if total[member] > 1 + COHESION_TOLERANCE]
    if over:
        yield Problem(
            "blocs",
            f"the cohesions of {', '.join(f'{member} add up to {total[member]:.4g}' for member in over[:3])}"
            f"{f' and {len(over) - 3} more members are above 1 too' if len(over) > 3 else ''}",
            "a member's cohesions may add up to 1 at most",
        )


def _certain(number: object) -> float:
    """A number if it is certain, else 0: what holds for draws of the others is checked by :func:`_uncertain`."""
    return number if isinstance(number, float) else 0.0


def _uncertain(scenario: Scenario, council: Council) -> Iterator[Problem]:
    if scenario.uncertain:
        from simulator.scenario import uncertain  # NumPy and SciPy: files without a distribution do not wait for them

        yield from uncertain.problems(scenario, council)


def _company(scenario: Scenario) -> Iterator[Problem]:
    leaders = {pair.leader for pair in scenario.company}
    followed: set[str] = set()
    for place, pair in enumerate(scenario.company):
        key, follower = f"company.{place}", short(pair.follower)
        if pair.leader == pair.follower:
            yield Problem(key, f"{short(pair.leader)} cannot follow itself")
        elif pair.follower in leaders:
            yield Problem(key, f"{follower} leads and follows", "a leader may follow nobody: no chains, no cycles")
        if pair.follower in followed:
            yield Problem(key, f"{follower} follows two leaders", "a follower has one leader")
        followed.add(pair.follower)
        for number in ("if_leader_no", "otherwise"):
            if getattr(pair, number) is None and (pair.leader, pair.follower) != RECORDED_COMPANY:
                yield Problem(
                    f"{key}.{number}",
                    "is required: the record gives defaults for leader RUS and follower CHN only",
                    f"write {number} = a probability",
                )


def _learnt_and_made(scenario: Scenario) -> Iterator[Problem]:
    for member in scenario.given:
        if member in scenario.do:
            name = short(member)
            yield Problem(f"do.{name}", f"{name} is in [given] and in [do]", "a vote is either learnt or made")


def _actual(scenario: Scenario, council: Council) -> Iterator[Problem]:
    actual = scenario.actual
    if actual is None:
        return
    marks = [*actual.no, *actual.abstain, *actual.absent]
    for member, times in Counter(marks).items():
        if times > 1:
            yield Problem("actual", f"{short(member)} has {times} marks")
    if not marks or not set(marks) <= set(council.ids) or scenario.draft.matter is Matter.JUDGES:
        return
    try:
        majorities = majorities_of(scenario, council)
    except RuleError:
        return
    yes, vetoes = len(council) - len(set(marks)), sum(member in actual.no for member in council.vetoers)
    outcomes = [majority.outcome(yes, vetoes) for majority in majorities]
    if actual.outcome not in outcomes:
        yield Problem(
            "actual.outcome",
            f"by {majorities[-1].basis}, these marks make it {outcomes[-1]}, not {actual.outcome}",
            "members not named voted yes",
        )
