"""The tables of the page on the DPRK drafts: what the record gave before each, and what statements change."""

from __future__ import annotations

from functools import cache
from typing import Any

from simulator import Odds, Outcome, Scenario, changed, load, odds, outside_view
from simulator.facts import Choice, RollCall, roll_calls

DRAFTS = ("dprk-2017-12", "dprk-2022-05", "dprk-2024-03")
AGENDA, SPEAKERS = "dprk", {"CHN": "China", "RUS": "Russia"}


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _in_100(probability: float) -> str:
    return f"{100 * probability:.0f}"


def _of_record(name: str) -> Scenario:
    return load(f"{name}-record")


def _said(scenario: Scenario, *speakers: str) -> dict[str, str]:
    """What some of the speakers said, and that the sponsor tabled it; nobody else said anything."""
    stances = {code: entry.stance for code, entry in scenario.members.items() if code in speakers}
    told = {code: stance.value for code, stance in stances.items() if stance}
    return told | (dict.fromkeys(scenario.draft.sponsors or (), "sponsor") if speakers else {})


@cache
def _answer(name: str, *speakers: str, withheld: bool = False) -> Odds:
    """The odds by the record before the day, with what these members said, or knowing that both withhold their yes."""
    scenario = _of_record(name)
    alone = changed(scenario, settings={"members": {}})
    given: Any = dict.fromkeys(SPEAKERS, "not yes") if withheld else {}
    return odds(changed(alone, stance=_said(scenario, *speakers), given=given), engine="exact")


def _vote(name: str) -> RollCall:
    scenario = load(name)
    day, draft = scenario.draft.date, scenario.draft.symbol
    return next(vote for vote in roll_calls() if vote.date == day and draft in (vote.id, vote.draft))


def _happened(vote: RollCall) -> str:
    yes, no, withheld = (
        sum(one is choice for one in vote.choices) for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN)
    )
    return f"{vote.outcome.value}, {yes}-{no}-{withheld}"


def _header(first: str) -> list[str]:
    return [first, *(f"`{_vote(name).id}`" for name in DRAFTS)]


def known() -> str:
    """What the record held on the item before each draft."""
    past = [
        [vote for vote in roll_calls() if vote.agenda == AGENDA and vote.date < _vote(name).date] for name in DRAFTS
    ]
    adopted = [[vote for vote in votes if vote.outcome is Outcome.ADOPTED] for votes in past]
    unanimous = [[vote for vote in votes if set(vote.choices) == {Choice.YES}] for votes in adopted]
    rows = [
        ["day", *(str(_vote(name).date) for name in DRAFTS)],
        *(
            [words, *(str(len(votes)) for votes in counted)]
            for words, counted in (
                ("votes on the item before it", past),
                ("adopted", adopted),
                ("unanimously", unanimous),
            )
        ),
    ]
    return _table(_header("on record"), rows)


def compared() -> str:
    """Odds of adoption before each draft, by what is known."""
    said = [set(SPEAKERS) & set(_of_record(name).members) for name in DRAFTS]
    rows = [
        ["the closest past votes", *(_share(name) for name in DRAFTS)],
        ["**the record alone**", *(_with_interval(_answer(name)) for name in DRAFTS)],
        *(
            [
                f"and what {word} said",
                *(_if(code in spoke, name, code) for name, spoke in zip(DRAFTS, said, strict=True)),
            ]
            for code, word in SPEAKERS.items()
        ),
        [
            "**and what both said**",
            *(_if(len(spoke) == 2, name, *SPEAKERS) for name, spoke in zip(DRAFTS, said, strict=True)),
        ],
        ["had one known that neither votes yes", *(_with_interval(_answer(name, withheld=True)) for name in DRAFTS)],
        ["the author's stated odds", *(_in_100(odds(name, engine="exact").adopted) for name in DRAFTS)],
        ["what happened", *(_happened(_vote(name)) for name in DRAFTS)],
    ]
    return _table(_header("odds of adoption, in 100"), rows)


def _share(name: str) -> str:
    found = outside_view(_of_record(name))
    return f"{found.count(Outcome.ADOPTED)} of {len(found.votes)}"


def _with_interval(answer: Odds) -> str:
    if answer.spread is None:
        return _in_100(answer.adopted)
    low, high = answer.spread.interval()
    return f"{_in_100(answer.adopted)} ({_in_100(low)}–{_in_100(high)})"


def _if(spoke: bool, name: str, *speakers: str) -> str:
    return _with_interval(_answer(name, *speakers)) if spoke else "–"


def members() -> str:
    """China's and Russia's odds, by the record alone and with what both said."""
    rows = []
    for name in DRAFTS[1:]:
        for code, word in SPEAKERS.items():
            rows.append([f"`{_vote(name).id}`", word])
            for answer in (_answer(name), _answer(name, *SPEAKERS)):
                row = answer.members[code]
                rows[-1].append(" · ".join(_in_100(row[choice]) for choice in ("yes", "abstain", "no")))
    return _table(["yes · abstain · no, in 100", "", "the record alone", "and what both said"], rows)


BLOCKS = {"dprk-known": known, "dprk-odds": compared, "dprk-members": members}
