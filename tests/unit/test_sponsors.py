"""Classes of sponsors: by the permanent members among them, whoever else is."""

from __future__ import annotations

from itertools import permutations

import pytest

from simulator.facts import SponsorClass, roll_calls, sponsor_class

CLASSES = [
    ("", "unknown"),
    ("PRESIDENT", "presidential"),
    ("E10", "none"),
    ("DNK JPN", "none"),
    ("GBR", "western"),
    ("FRA DEU", "western"),
    ("E10 USA", "western"),
    ("CHN", "eastern"),
    ("RUS SYR", "eastern"),
    ("CHN GBR", "both"),
    ("FRA RUS USA", "both"),
]


@pytest.mark.parametrize(("sponsors", "expected"), CLASSES)
def test_the_permanent_members_among_the_sponsors_make_the_class_in_any_order(sponsors: str, expected: str) -> None:
    for order in permutations(sponsors.split()):
        assert sponsor_class(order) is SponsorClass(expected)


def test_every_class_is_on_record() -> None:
    assert {sponsor_class(vote.sponsors) for vote in roll_calls()} == {*SponsorClass}
