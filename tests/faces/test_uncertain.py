"""Uncertain numbers on the page: what the file states is shown as it is written there."""

from __future__ import annotations

import re

import pytest

from tests.faces.conftest import Unsc


def test_company_with_uncertain_numbers_is_shown_as_written_beside_what_it_comes_to(unsc: Unsc) -> None:
    odds = "members.CHN.odds={no={between=[0.2,0.6]}, yes=0.05, abstain='rest'}"
    share = "company.0.otherwise={uniform=[0.01,0.1]}"
    ran = unsc("run", "dprk-2022-05", "--engine", "exact", "--set", odds, "--set", share)
    assert ran.status == 0
    text = " ".join(ran.out.split())
    assert "CHN follows RUS: no stated { between = [0.2, 0.6] }, implied" in text
    assert "abstain stated rest, implied" in text
    assert "44.7 in 100 if RUS votes no, else { uniform = [0.01, 0.1] }." in text


def test_a_distribution_is_set_on_the_command_line(unsc: Unsc) -> None:
    certain, doubtful = (
        unsc("run", "a-hidden-veto", "--engine", "exact", "--json", "--set", f"members.CHN.odds={odds}").json
        for odds in ("{yes=0.5,abstain=0.5}", "{yes={uniform=[0.2,0.8]},abstain='rest'}")
    )
    assert certain["interval"] is None
    low, high = doubtful["interval"]["adopted"]
    assert low <= doubtful["odds"]["adopted"] <= high


def test_a_distribution_that_is_none_is_a_message(unsc: Unsc) -> None:
    ran = unsc("run", "dprk-2022-05", "--set", "blocs.0.cohesion={betwen=[0.1,0.4]}")
    assert ran.status == 2
    assert "blocs.0.cohesion: there is no distribution betwen" in ran.err
    assert "did you mean between?" in ran.err


def test_what_is_certain_is_so_in_every_table_of_the_page(unsc: Unsc) -> None:
    """Over four hundred draws a certain yes falls short of 1 by rounding; it is no chance of anything else."""
    page = unsc("run", "what-we-do-not-know", "--engine", "exact").out
    assert "RUS Russia            odds 100.0   0.0  0.0" in page
    assert re.search(r"together +100\.0 +0\.0 +0\.0$", page, re.MULTILINE)


def test_an_interval_within_one_in_a_hundred_is_said_once(unsc: Unsc) -> None:
    ends = ("--set", "members.CHN.odds={no={uniform=[0.995,0.999]}, abstain='rest'}", "--set", "blocs=[]")
    (line,) = (line for line in unsc("run", "what-we-do-not-know", *ends).out.splitlines() if "Adopted" in line)
    assert line.startswith("  Adopted in fewer than 1 of 100  (0.")
    assert line.endswith("(90 % interval below 1)")


def test_votes_before_the_drafts_keep_their_numbers_on_a_narrow_page(
    unsc: Unsc, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 40 columns what is voted on stands below its name; nothing is cut off."""
    monkeypatch.setenv("COLUMNS", "40")
    page = unsc("run", "czechoslovakia-1948", "--engine", "exact").out
    part = page.partition("Votes before the draft's")[2].partition("Why it fails")[0]
    assert "adopted vetoed failed" in part
    assert " ".join(part.split()).endswith("preliminary: is 2.8 92.1 5.1 the draft procedural?")
