"""The outside view as a forecast, and the numbers that its page gives of that."""

from __future__ import annotations

from pathlib import Path

from simulator.analysis import outside_view
from simulator.facts import Matter, Outcome, RollCall, Text, roll_calls
from simulator.scenario import Scenario, parse

VOTES = [vote for vote in roll_calls() if vote.date.year >= 1994 and vote.matter is Matter.SUBSTANTIVE]
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "outside-view.md"


def the_day_before(vote: RollCall) -> Scenario:
    """What the outside view may know of a draft about to be voted on."""
    lines = ["schema = 1", "title = 't'", f"draft.date = {vote.date}", f"draft.agenda = {vote.agenda!r}"]
    lines += [f"draft.text = {vote.text.value!r}"]
    return parse("\n".join([*lines, *([f"draft.sponsors = {list(vote.sponsors)!r}"] if vote.sponsors else [])]))


def brier(scores: list[tuple[float, bool]]) -> float:
    return sum((share - happened) ** 2 for share, happened in scores) / len(scores)


def test_its_page_gives_the_scores_of_2010_to_2024_as_they_are() -> None:
    """Of each vote from what was on record the day before; an empty class is as good as the share of all votes."""
    found: list[tuple[Text, float, float, bool]] = []
    for vote in (vote for vote in VOTES if vote.date.year >= 2010):
        past = [earlier.outcome is Outcome.ADOPTED for earlier in VOTES if earlier.date < vote.date]
        plain = sum(past) / len(past)
        share = outside_view(the_day_before(vote)).share
        found.append((vote.text, plain if share is None else share, plain, vote.outcome is Outcome.ADOPTED))
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    shares, plains = [(one[1], one[3]) for one in found], [(one[2], one[3]) for one in found]
    assert f"Each of those {len(found)} votes" in page
    assert f"Brier score of {brier(shares):.3f}; the share of all earlier votes has {brier(plains):.3f}." in page
    drafts = [one for one in found if one[0] is Text.DRAFT]
    of_drafts = (brier([(one[1], one[3]) for one in drafts]), brier([(one[2], one[3]) for one in drafts]))
    assert f"scores are {of_drafts[0]:.3f} and {of_drafts[1]:.3f}." in page
    gain = len(found) * (brier(plains) - brier(shares))
    assert round(1 - len(drafts) * (of_drafts[1] - of_drafts[0]) / gain, 1) == 0.4  # two fifths
    for low, high, words in (
        (0.98, 1.01, "{1:.1f} of 100 were adopted, against {0:.1f}"),
        (0.9, 0.98, "{1:.0f} against {0:.0f}"),
    ):
        inside = [(share, happened) for share, happened in shares if low <= share < high]
        said, came = (100 * sum(numbers) / len(inside) for numbers in zip(*inside, strict=True))
        assert words.format(said, came) in page
