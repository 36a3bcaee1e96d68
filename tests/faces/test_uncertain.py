"""Uncertain numbers on the page: what the file states is shown as it is written there."""

from __future__ import annotations

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
