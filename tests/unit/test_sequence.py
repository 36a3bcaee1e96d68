"""Votes before the draft's, against enumeration by hand: members without blocs, convolved in plain Python."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from itertools import product
from statistics import NormalDist

import pytest

from simulator.engines import exact
from simulator.engines.exact.mixed import solve_all
from simulator.engines.monte_carlo import conditional
from simulator.engines.parts import Outcomes
from simulator.engines.sequence import paths, steps
from simulator.facts import council_on
from simulator.model import vote_model
from simulator.scenario import Scenario, before_the_draft, load, parse

BARE = 'schema = 1\ntitle = "t"\ndraft.date = 2024-06-03\n'
COUNCIL = council_on(parse(BARE).draft.date)
P5 = COUNCIL.permanent
NORMAL = NormalDist()

Odds = tuple[float, float, float]


def toml(name: str, default: Odds, own: dict[str, Odds]) -> str:
    """A table of members' odds."""
    lines = [
        f"{code}.odds = {{ yes = {yes}, abstain = {abstain}, no = {no} }}"
        for code, (yes, abstain, no) in {"default": default, **own}.items()
    ]
    return "\n".join([f"[{name}]", *lines, ""])


def moved(odds: Odds, shift: float) -> Odds:
    """Odds after everybody's latent support has risen by a shift: by the normal distribution of the library."""
    yes, _, no = odds
    none = NORMAL.cdf(NORMAL.inv_cdf(no) - shift) if 0 < no < 1 else no
    some = 1 - NORMAL.cdf(NORMAL.inv_cdf(1 - yes) - shift) if 0 < yes < 1 else yes
    return some, 1 - some - none, none


def by_hand(default: Odds, own: dict[str, Odds], *, veto: bool = True, shift: float = 0.0) -> Outcomes:
    """The outcomes of independent members: counts of yes, and whether a permanent member is against."""
    table = {(0, False): 1.0}
    for code in COUNCIL.ids:
        yes, abstain, no = moved(own.get(code, default), shift)
        after: dict[tuple[int, bool], float] = {}
        for (count, against), chance in table.items():
            for more, blocked, part in ((1, False, yes), (0, False, abstain), (0, code in P5 and veto, no)):
                key = count + more, against or blocked
                after[key] = after.get(key, 0.0) + chance * part
        table = after
    adopted = sum(chance for (yes, against), chance in table.items() if yes >= 9 and not against)
    vetoed = sum(chance for (yes, against), chance in table.items() if yes >= 9 and against)
    return Outcomes(adopted, vetoed, 1 - adopted - vetoed)


def close(found: Outcomes, expected: Outcomes) -> None:
    assert found.as_dict() == pytest.approx(expected.as_dict(), abs=1e-10)


DRAFT: Odds = (0.7, 0.25, 0.05)
HARD: Odds = (0.55, 0.3, 0.15)
SOFT: Odds = (0.6, 0.35, 0.05)
COLD = {"CHN": (0.2, 0.7, 0.1), "RUS": (0.2, 0.6, 0.2)}
TWO_AMENDMENTS = (
    BARE
    + toml("members", DRAFT, COLD)
    + '[[sequence]]\nid = "harder"\nif_adopted = -0.6\nif_rejected = 0.1\n'
    + toml("sequence.members", HARD, {"RUS": (0.0, 0.5, 0.5)})
    + '[[sequence]]\nid = "softer"\nif_adopted = 0.4\n'
    + toml("sequence.members", SOFT, {})
)


def test_without_earlier_votes_the_draft_is_the_one_possibility() -> None:
    scenario = parse(BARE)
    (only,) = paths(scenario)
    assert (only.weight, only.majority.quota) == (1.0, 9)
    assert (only.model.latent.mean == vote_model(scenario).latent.mean).all()
    assert steps(scenario) == ()


def test_the_odds_of_every_course_are_those_of_its_votes_multiplied() -> None:
    """Two amendments: four courses, each vote shifted by those before it, the draft's last."""
    scenario = parse(TWO_AMENDMENTS)
    first = by_hand(HARD, {"RUS": (0.0, 0.5, 0.5)})
    expected = {"adopted": 0.0, "vetoed": 0.0, "failed": 0.0}
    second = 0.0
    for hard, soft in product((True, False), repeat=2):
        shift = -0.6 if hard else 0.1
        weight = first.adopted if hard else 1 - first.adopted
        chance = by_hand(SOFT, {}, shift=shift).adopted
        second += weight * chance if soft else 0.0
        weight *= chance if soft else 1 - chance
        for word, odds in by_hand(DRAFT, COLD, shift=shift + (0.4 if soft else 0.0)).as_dict().items():
            expected[word] += weight * odds
    harder, softer = steps(scenario)
    close(harder.outcomes, first)
    assert softer.outcomes.adopted == pytest.approx(second, abs=1e-10)
    possibles = paths(scenario)
    assert sum(one.weight for one in possibles) == pytest.approx(1, abs=1e-12)
    close(solve_all(possibles).outcomes, Outcomes(**expected))


WRECKING = '[[sequence]]\nid = "wrecking"\nif_adopted = -3\n'


def test_with_a_wrecking_amendment_more_support_can_lower_the_odds() -> None:
    """Who is asked twice warms to both: the amendment is likelier too, and with it the draft's failure."""
    half = BARE + WRECKING
    found = []
    for yes in (0.2, 0.9):
        own = {"GUY": (yes, 1 - yes, 0.0)}
        once, after = by_hand((0.6, 0.4, 0.0), own), by_hand((0.6, 0.4, 0.0), own, shift=-3)
        found.append(solve_all(paths(parse(half + toml("members", (0.6, 0.4, 0.0), own)))).outcomes.adopted)
        assert found[-1] == pytest.approx(once.adopted * after.adopted + (1 - once.adopted) * once.adopted, abs=1e-10)
    assert found == pytest.approx([0.249, 0.220], abs=5e-4)


def test_a_veto_can_save_a_draft_from_an_amendment() -> None:
    """So more power to block can raise the odds where other votes come first."""
    votes, no = (0.8, 0.2, 0.0), {"RUS": (0.0, 0.0, 1.0)}
    end = toml("members", votes, {}) + WRECKING + toml("sequence.members", votes, no)
    charter, free = (
        solve_all(paths(parse(f'{BARE}council.rule = "{rule}"\n{end}'))).outcomes.adopted
        for rule in ("charter", "no-veto")
    )
    once, after = by_hand(votes, {}).adopted, by_hand(votes, {}, shift=-3).adopted
    carried = by_hand(votes, no, veto=False).adopted
    assert charter == pytest.approx(once, abs=1e-10)
    assert free == pytest.approx(carried * after + (1 - carried) * once, abs=1e-10)
    assert (charter, free) == pytest.approx((0.982, 0.043), abs=5e-4)


def test_courses_that_leave_the_draft_alike_are_one() -> None:
    """Eight votes with the same shift leave nine sums, not 2^8 courses; 0.1 + 0.2 is 0.3 whatever the rounding."""
    same = "".join(f'[[sequence]]\nid = "{place}"\nif_adopted = 0.1\n' for place in range(8))
    assert len(paths(parse(BARE + same))) == 9
    rounded = "".join(f'[[sequence]]\nid = "{by}"\nif_adopted = {by}\n' for by in (0.1, 0.2, 0.3))
    assert len(paths(parse(BARE + rounded))) == 7


def ids(scenario: Scenario) -> list[str]:
    return [step.id for step in before_the_draft(scenario)]


@pytest.mark.parametrize(
    ("after", "order"),
    [
        ({}, "abc"),
        ({"a": "b"}, "bac"),
        ({"a": "c"}, "bca"),
        ({"a": "c", "c": "b"}, "bca"),
        ({"b": "c"}, "acb"),
    ],
)
def test_votes_go_in_the_order_of_the_file_except_where_after_says_otherwise(after: dict[str, str], order: str) -> None:
    text = "".join(f'[[sequence]]\nid = "{one}"\nafter = {[after[one]] if one in after else []}\n' for one in "abc")
    assert ids(parse(BARE + text)) == list(order)
    assert ids(parse(BARE + text + '[[sequence]]\nid = "draft"\ntext = "draft"\nafter = ["a"]\n')) == list(order)


def test_a_step_with_a_default_speaks_for_everybody_and_one_without_changes_those_it_names() -> None:
    members = toml("members", DRAFT, COLD) + "[draft]\ndate = 2024-06-03\nsponsors = ['FRA']\n"
    start = 'schema = 1\ntitle = "t"\n' + members + '[[sequence]]\nid = "one"\n[sequence.members]\n'
    sponsor = (0.999, 0.001 * (1 - 156 / 500), 0.001 * 156 / 500)
    whole = "default.odds = { yes = 0.6, abstain = 0.35, no = 0.05 }\n"
    some = "IND.odds = { yes = 1 }\n".replace("IND", "JPN")
    (step,) = steps(parse(start + whole))
    close(step.outcomes, by_hand(SOFT, {}))
    (step,) = steps(parse(start + some))
    found = step.outcomes.adopted
    assert found == pytest.approx(by_hand(DRAFT, {**COLD, "JPN": (1, 0, 0), "FRA": sponsor}).adopted, abs=1e-3)


def test_what_is_learnt_and_made_is_about_the_drafts_vote() -> None:
    """The weights of the courses stay; the draft's vote is what changes."""
    plain = paths(parse(TWO_AMENDMENTS))
    asked = paths(parse(TWO_AMENDMENTS + '[given]\nCHN = "abstain"\n[do]\nRUS = "no"\n'))
    assert [one.weight for one in asked] == [one.weight for one in plain]
    assert solve_all(asked).outcomes.adopted == 0.0


def test_a_shift_moves_no_certainty() -> None:
    sure = "[members]\ndefault.odds = { yes = 1 }\nRUS.odds = { no = 1 }\n"
    scenario = parse(BARE + sure + '[[sequence]]\nid = "one"\nif_rejected = 9\n')
    close(solve_all(paths(scenario)).outcomes, Outcomes(0.0, 1.0, 0.0))


def test_a_step_of_its_own_matter_has_its_own_majority() -> None:
    """A procedural vote before a substantive draft: nine votes, and Russia's certain no blocks nothing."""
    members = toml("members", DRAFT, {"RUS": (0.0, 0.0, 1.0)})
    step = '[[sequence]]\nid = "invitation"\nmatter = "procedural"\n'
    close(steps(parse(BARE + members + step))[0].outcomes, by_hand(DRAFT, {"RUS": (0, 0, 1)}, veto=False))
    close(steps(parse(BARE + members + step.replace("procedural", "substantive")))[0].outcomes, Outcomes(0.0, *_rest()))


def _rest() -> tuple[float, float]:
    odds = by_hand(DRAFT, {"RUS": (0, 0, 1)})
    return odds.vetoed, odds.failed


# The double veto


DOUBLE = BARE + 'council.rule = "double-veto"\n' + toml("members", DRAFT, COLD)


def test_whether_a_draft_is_procedural_is_a_vote_that_can_be_vetoed() -> None:
    """San Francisco statement: q that the question carries, then no veto on the draft; else Article 27(3)."""
    own = {"RUS": (0.3, 0.4, 0.3)}
    scenario = parse(DOUBLE + toml("preliminary", SOFT, own))
    question = by_hand(SOFT, own)
    procedural, substantive = by_hand(DRAFT, COLD, veto=False), by_hand(DRAFT, COLD)
    possibles = paths(scenario)
    assert [one.weight for one in possibles] == pytest.approx([question.adopted, 1 - question.adopted], abs=1e-10)
    assert [one.majority.vetoes_needed for one in possibles] == [None, 1]
    assert all((one.model.latent.mean == possibles[0].model.latent.mean).all() for one in possibles)
    (step,) = steps(scenario)
    assert (step.id, step.text) == ("preliminary", "preliminary")
    close(step.outcomes, question)
    q = question.adopted
    mixed = {word: q * one + (1 - q) * substantive.as_dict()[word] for word, one in procedural.as_dict().items()}
    close(solve_all(possibles).outcomes, Outcomes(**mixed))


@pytest.mark.parametrize(("answer", "vetoed"), [("yes", False), ("no", True)])
def test_who_can_veto_the_answer_can_veto_the_draft(answer: str, vetoed: bool) -> None:
    """Russia against the draft: vetoed if and only if it has the question answered its way."""
    text = f"""council.rule = "double-veto"
    [members]
    default.odds = {{ yes = 1 }}
    RUS.odds = {{ no = 1 }}
    [preliminary]
    default.odds = {{ yes = 1 }}
    RUS.odds = {{ {answer} = 1 }}
    """
    possibles = paths(parse(BARE + text))
    assert len(possibles) == 1
    close(solve_all(possibles).outcomes, Outcomes(float(not vetoed), float(vetoed), 0.0))


def test_the_answer_holds_for_amendments_too() -> None:
    """Held procedural for certain, an amendment cannot be vetoed either."""
    text = """council.rule = "double-veto"
    [members]
    default.odds = { yes = 1 }
    RUS.odds = { no = 1 }
    [preliminary]
    default.odds = { yes = 1 }
    [[sequence]]
    id = "one"
    """
    assert [step.outcomes.adopted for step in steps(parse(BARE + text))] == pytest.approx([1, 1])


def test_a_sponsor_of_the_draft_has_said_nothing_on_the_question() -> None:
    scenario = parse(
        BARE.replace("draft.date", "draft.sponsors = ['E10', 'FRA', 'GBR', 'USA', 'CHN', 'RUS']\ndraft.date")
        + 'council.rule = "double-veto"\npreliminary.default.stance = "will-veto"\n'
    )
    assert steps(scenario)[0].outcomes.adopted < 1e-3


def test_parties_abstain_only_where_the_draft_is_not_procedural() -> None:
    """The proviso belongs to Article 27(3): held procedural, the draft is voted on by parties too."""
    text = """draft.chapter = "VI"
    council = { rule = "double-veto", parties = ["RUS"] }
    members = { default = { odds = { yes = 1 } }, RUS = { odds = { no = 1 } } }
    preliminary.default.odds = { yes = 0.95, no = 0.05 }
    """
    procedural, substantive = paths(parse(BARE + text))
    assert list(procedural.model.latent.marginals()[COUNCIL.index("RUS")]) == [0, 0, 1, 0]
    assert list(substantive.model.latent.marginals()[COUNCIL.index("RUS")]) == [0, 1, 0, 0]
    close(solve_all((procedural, substantive)).outcomes, Outcomes(1.0, 0.0, 0.0))


# Where the exact engine refuses


CROSSING = """
blocs = [
    { members = ["CHN", "FRA", "GBR", "DZA"], cohesion = 0.3 },
    { members = ["CHN", "RUS", "USA", "ECU"], cohesion = 0.3 },
    { members = ["FRA", "RUS", "JPN", "ECU"], cohesion = 0.3 },
    { members = ["DZA", "JPN", "USA", "KOR"], cohesion = 0.3 },
]
"""


def test_an_earlier_vote_that_is_not_exact_carries_its_error_and_a_note() -> None:
    """Another seed's odds lie within five standard errors; the two errors are seeded, so this cannot flicker."""
    text = BARE + CROSSING + toml("members", DRAFT, COLD) + '[[sequence]]\nid = "one"\nif_adopted = 0.5\n'
    scenario = parse(text)
    (one,), (other,) = steps(scenario), steps(scenario, seed=7)
    assert one.error is not None
    assert other.error is not None
    assert 0 < one.error.adopted < 0.002
    assert 0 < abs(one.outcomes.adopted - other.outcomes.adopted) < 5 * (one.error.adopted + other.error.adopted)
    assert any("by Monte Carlo: one" in note for note in paths(scenario)[0].model.notes)
    assert all("Monte Carlo" not in note for note in paths(parse(TWO_AMENDMENTS))[0].model.notes)


@pytest.mark.parametrize("engine", ["exact", "monte-carlo"])
def test_possibilities_are_added_up_one_at_a_time(engine: str) -> None:
    """What four hundred draws of eight votes' shifts need must not be a hundred thousand tables at once."""
    (one, *_) = paths(load("an-order-of-amendments"))

    def peak(count: int) -> int:
        possibles = [replace(one, weight=1 / count, draw=draw) for draw in range(count)]
        tracemalloc.start()
        try:
            if engine == "exact":
                solve_all(possibles)
            else:
                conditional.solve_all(possibles, draws=count * 32, seed=0)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)  # what is kept for later calls
    table = exact.solve(one.model, one.majority).joint.table.nbytes
    assert peak(110) - peak(10) < 100 * table  # a hundred more need less than a table each
