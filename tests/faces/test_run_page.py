"""``unsc run`` as text at 80 columns: the page of one vote and the table of several."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import simulator
from simulator.scenario import load, shipped_scenarios
from tests.faces.conftest import Unsc

SHIPPED = list(shipped_scenarios())
FIVE_ROWS_OF_20 = re.compile(r"^  (?:[●✕○] ){19}[●✕○]", re.MULTILINE)
BARE = 'schema = 1\ntitle = "t"\ndraft.date = 2022-05-26\n'


@pytest.mark.parametrize("name", SHIPPED)
def test_the_page_of_every_shipped_scenario_fits_80_columns_and_holds_its_parts(unsc: Unsc, name: str) -> None:
    ran = unsc("run", name, "--engine", "exact")
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in ran.out
    scenario = load(name)
    assert lines[0] == scenario.title
    assert str(scenario.draft.date.year) in lines[1]
    assert lines[2].startswith(f"Rule {scenario.council.rule}: ")
    for part in (
        "Adopted in ",
        ": the error is estimated below",
        "The seats, by support",
        "The likeliest counts",
        "What China and",
    ):
        assert part in ran.out
    assert ("What happened: " in ran.out) is (scenario.actual is not None)
    assert len(FIVE_ROWS_OF_20.findall(ran.out)) == 5


@pytest.mark.parametrize("name", ["dprk-2022-05", "korea-1950-84"])
def test_the_page_has_a_row_for_every_seat(unsc: Unsc, name: str) -> None:
    ran = unsc("run", name, "--engine", "exact")
    odds = simulator.odds(name, engine="exact")
    seats = ran.out.partition("The seats, by support")[2].partition("The likeliest counts")[0]
    rows = re.findall(r"^ +(\d+) +(P +)?([A-Z]{3}) ", seats, re.MULTILINE)
    assert [int(place) for place, _, _ in rows] == [*range(1, len(odds.members) + 1)]
    assert sorted(code for _, _, code in rows) == sorted(odds.members)
    assert sorted(code for _, mark, code in rows if mark) == ["CHN", "FRA", "GBR", "RUS", "USA"]


@pytest.mark.parametrize(("name", "place"), [("dprk-2022-05", 9), ("korea-1950-84", 7)])
def test_the_seat_whose_yes_decides_is_marked(unsc: Unsc, name: str, place: int) -> None:
    page = unsc("run", name, "--engine", "exact").out
    marked = [line for line in page.splitlines() if f"◀ {place}th yes" in line]
    assert len(marked) == 1
    assert marked[0].split()[0] == str(place)


def test_the_figures_of_the_page_are_those_of_the_answer(unsc: Unsc) -> None:
    odds = simulator.odds("dprk-2022-05", engine="exact")
    page = unsc("run", "dprk-2022-05", "--engine", "exact").out
    assert f"Adopted in {100 * odds.adopted:.0f} of 100" in page
    assert f"adopted {100 * odds.adopted:.1f}" in page
    assert f"vetoed  {100 * odds.vetoed:.1f}" in page
    assert f"Brier score {odds.adopted**2:.3f}" in page


def test_members_stand_under_the_names_of_the_day(unsc: Unsc) -> None:
    assert "RUS Soviet Union" in unsc("run", "korea-1950-83", "--engine", "exact").out


def test_by_default_an_exact_answer_stands_beside_a_monte_carlo_line(unsc: Unsc) -> None:
    page = unsc("run", "a-follower").out
    assert "Exact: the error is estimated below" in page
    assert "Monte Carlo, 100,000 roll calls:" in page
    assert "agrees" in page


def test_monte_carlo_says_draws_seed_and_what_the_error_is(unsc: Unsc) -> None:
    page = unsc(
        "run", "a-follower", "--engine", "monte-carlo", "--method", "votes", "--draws", "1e4", "--seed", "7"
    ).out
    assert "Monte Carlo: 10,000 roll calls, seed 7; ± is one standard error." in page
    assert "Exact" not in page
    assert page.count("±") >= 4


@pytest.mark.parametrize(
    ("yes", "answer"), [(0.999999, "Adopted in more than 99"), (0.000001, "Adopted in fewer than 0")]
)
def test_an_outcome_that_no_draw_or_every_draw_showed_is_a_bound(unsc: Unsc, yes: float, answer: str) -> None:
    """Of 10,000 roll calls none shows it: three in 10,000 are still possible, so it is neither 0 nor 100."""
    text = f"{BARE}members.default.odds = {{ yes = {yes}, abstain = {1 - yes} }}"
    ran = unsc("run", "-", "--engine", "monte-carlo", "--method", "votes", "--draws", "1e4", stdin=text.encode())
    assert answer in ran.out
    assert "100.0 " not in ran.out.partition("Monte Carlo:")[0]
    assert "a bound, 95 % sure" in ran.out


@pytest.mark.parametrize("name", ["dprk-2022-05", "a-hidden-veto", "learning-versus-making"])
@pytest.mark.parametrize("method", ["conditional", "votes"])
def test_the_picture_is_five_rows_of_twenty_with_errors_beside_it_too(unsc: Unsc, name: str, method: str) -> None:
    ran = unsc("run", name, "--engine", "monte-carlo", "--method", method, "--draws", "1e4")
    assert len(FIVE_ROWS_OF_20.findall(ran.out)) == 5
    assert max(map(len, ran.out.splitlines())) <= 80


def test_the_page_names_what_is_learnt_and_what_is_made(unsc: Unsc) -> None:
    page = unsc("run", "dprk-2022-05", "--engine", "exact", "--given", "CHN=not yes", "--do", "RUS=abstain").out
    assert "Learnt: China abstains, votes no or is absent" in page
    assert "in 100 before it was learnt" in page
    assert "Made so: Russia abstains; only its followers react" in page
    page = unsc("run", "dprk-2022-05", "--engine", "exact", "--given", "USA=yes", "--do", "GBR=absent").out
    assert "Learnt: the United States votes yes" in page
    assert "Made so: the United Kingdom is absent; only its followers react" in page


def test_company_shows_what_is_stated_and_what_it_implies(unsc: Unsc) -> None:
    page = " ".join(unsc("run", "a-follower", "--engine", "exact").out.split())
    assert "CHN follows RUS: no stated 18.7, implied 18.7" in page


def test_another_council_is_named_beside_the_drafts_day_with_what_is_left_out(unsc: Unsc) -> None:
    page = " ".join(unsc("run", "libya-2011", "--engine", "exact", "--council-date", "1990-06-01").out.split())
    assert "17 March 2011, before the council of 1990-06-01" in page
    assert "not on the council of 1990-06-01, so their entries are left out: BRA" in page
    assert "What happened:" not in page


def test_a_draft_that_cannot_fail_has_no_reasons_for_failing(unsc: Unsc) -> None:
    page = unsc("run", "-", "--engine", "exact", stdin=(BARE + "members.default.odds = { yes = 1 }").encode()).out
    assert "Adopted in 100 of 100" in page
    assert "Why it fails" not in page


def test_several_scenarios_are_a_table_within_80_columns(unsc: Unsc) -> None:
    names = [*SHIPPED[:4], "a-follower"]
    ran = unsc("run", *names, "--engine", "exact")
    lines = ran.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ["scenario", "adopted", "vetoed", "failed", "happened", "Brier"]
    for name, line in zip(names, lines[1:], strict=False):
        odds, scenario = simulator.odds(name, engine="exact"), load(name)
        assert line.startswith(f"{name} ")
        assert f"{100 * odds.adopted:.1f}" in line
        if scenario.actual:
            score = (odds.adopted - (scenario.actual.outcome == "adopted")) ** 2
            assert line.split()[-2:] == [scenario.actual.outcome.value, f"{score:.3f}"]
    scored = sum(load(name).actual is not None for name in names)
    assert f"Mean Brier score of {scored} that came to a vote: 0." in ran.out


@pytest.mark.parametrize("title", ["[bold]x[/]", "[/]", "a [red] b", ":smile:", "x" * 500, "\\[x]"])
def test_a_title_is_shown_as_it_is_written_and_breaks_nothing(unsc: Unsc, title: str) -> None:
    ran = unsc("run", "-", "--engine", "exact", stdin=BARE.replace('"t"', f"'{title}'").encode())
    assert ran.status == 0
    assert ran.out.startswith(title[:80])
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("stem", ["[bold]x", "[red] x", ":smile:", "x" * 200])
def test_a_files_name_is_shown_as_it_is_and_breaks_no_table(unsc: Unsc, tmp_path: Path, stem: str) -> None:
    path = tmp_path / f"{stem}.toml"
    path.write_text(BARE + "draft.mass_atrocity = true", encoding="utf-8")
    ran = unsc("run", str(path), str(path), "--engine", "exact")
    assert ran.status == 0
    assert ran.out.splitlines()[1].startswith(stem[:20])
    assert max(map(len, ran.out.splitlines())) <= 80


def test_control_characters_of_a_file_do_not_reach_the_terminal(unsc: Unsc) -> None:
    """A scenario from a stranger cannot recolour or rewrite what is on the screen."""
    text = BARE.replace('"t"', '"a\\u001b[31mb"') + 'draft.symbol = "\\u001b[2J"'
    ran = unsc("run", "-", "--engine", "exact", stdin=text.encode())
    assert ran.status == 0
    assert "\x1b" not in ran.out


def test_no_color_leaves_the_words_without_colours(unsc: Unsc, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = unsc("run", "dprk-2022-05", "--engine", "exact").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert unsc("run", "dprk-2022-05", "--engine", "exact").out == plain


def test_the_line_beside_an_exact_answer_never_shows_a_bare_zero(unsc: Unsc) -> None:
    """Where no roll call shows an adoption it says so, with what that leaves possible."""
    page = unsc("run", "dprk-2022-05", "--do", "CHN=no").out
    assert "Monte Carlo, 100,000 roll calls: none adopted, below 0.003 – agrees" in page


@pytest.mark.parametrize(("engine", "said"), [("exact", "below"), ("monte-carlo", "±")])
def test_rare_odds_come_with_their_relative_error(unsc: Unsc, engine: str, said: str) -> None:
    """One in a million or so: the error as a share of the odds, from either engine well below a hundredth."""
    unlikely = "{ yes = 0.0005, no = 0.9995 }"
    changes = [f"members.CHN={{odds={unlikely}}}", f"members.RUS={{odds={unlikely}}}", "company=[]"]
    blocs = "blocs=[{ members = 'all', cohesion = 0.2 }]"
    asked = [part for change in (*changes, blocs) for part in ("--set", change)]
    page = unsc("run", "dprk-2022-05", "--engine", engine, *asked).out
    found = re.search(rf"the error of its odds is {said} ?([\d.e-]+) % of them", " ".join(page.split()))
    assert found
    assert 0 < float(found[1]) < 1
    rare = unsc("run", "a-follower", "--engine", engine).out
    assert "Adoption is rare" not in rare
