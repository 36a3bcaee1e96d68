"""``unsc power``: the page, JSON, weights from a file, and what is refused."""

from __future__ import annotations

from csv import DictReader
from fractions import Fraction
from pathlib import Path

import pytest

from simulator.analysis.power.words import number
from tests.faces.conftest import Unsc

CODES = ["CHN", "FRA", "GBR", "RUS", "USA"]


def test_the_page_says_who_has_how_much_and_why(unsc: Unsc) -> None:
    ran = unsc("power", "substantive", "--council-date", "2022")
    assert (ran.status, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    for said in (
        "Article 27(3): 9 of 15 votes in favour",
        "Each permanent member has 19.6 in 100 of the power",
        "848 of 32,768 coalitions can adopt: power to act 0.02588 (53/2048)",
        "permanent: CHN FRA GBR RUS USA",
        "421/2145",
        "7/636",
    ):
        assert said in ran.out


@pytest.mark.parametrize("columns", ["40", "60", "80", "200"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("--abstention", "--council-date", "2022"),
        ("quota-and-veto", "--quota", "14", "--reform", "l69", "--council-date", "2022"),
        ("--quota", "400", "--weights", ",".join(map(str, range(10, 50)))),
        ("--quota", "4", "--weights", "1,1,1,1,1,1"),
    ],
)
def test_a_page_of_any_width_cuts_no_number(
    unsc: Unsc, monkeypatch: pytest.MonkeyPatch, columns: str, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    ran = unsc("power", *arguments)
    assert ran.status == 0
    assert max(map(len, ran.out.splitlines())) <= min(80, int(columns))
    assert "…" not in ran.out


@pytest.mark.parametrize("more", [(), ("--abstention",)])
def test_csv_has_a_row_a_member_with_the_numbers_of_its_class(unsc: Unsc, more: tuple[str, ...]) -> None:
    asked = ("power", "substantive", "--council-date", "2022", *more)
    rows = list(DictReader(unsc(*asked, "--csv").out.splitlines()))
    classes = unsc(*asked, "--json").json["classes"]
    assert [row["member"] for row in rows] == [member for one in classes for member in one["members"]]
    for row in rows:
        (own,) = (one for one in classes if row["member"] in one["members"])
        assert row["permanent"] == str(own["permanent"]).lower()
        assert row["banzhaf_absolute"] == own["banzhaf"]["absolute"]
        assert row["shapley_shubik"] == own["shapley_shubik"]


def test_a_scenario_is_changed_before_its_power_is_counted(unsc: Unsc) -> None:
    changed = unsc("power", "dprk-2022-05", "--rule", "no-veto", "--council-date", "1950", "--json").json
    assert changed == unsc("power", "no-veto", "--council-date", "1950", "--json").json
    asked = ("--rule", "quota-and-veto", "--set", "council.quota=10")
    assert unsc("power", "dprk-2022-05", *asked, "--json").json == (
        unsc("power", "quota-and-veto", "--quota", "10", "--council-date", "2022", "--json").json
    )


def test_what_is_learnt_said_or_made_is_noted_and_changes_no_power(unsc: Unsc) -> None:
    """In the notes only, in the order of the options."""
    plain = unsc("power", "dprk-2022-05", "--json").json
    for options, said in (
        (("--given", "CHN=abstain"), ["--given does not bear on power a priori"]),
        (("--stance", "IND=opposes", "--given", "CHN=no"), ["--given and --stance do not bear on power a priori"]),
        (("--set", "blocs.0.cohesion=0.1"), ["--set does not bear"]),
        (("--do", "RUS=no"), ["--do does not bear on power a priori here"]),
        (("--engine", "monte-carlo"), ["--engine monte-carlo changes nothing: power is counted exactly, not drawn"]),
        (("--given", "CHN=no", "--do", "RUS=no"), ["--given does not bear", "--do does not bear"]),
    ):
        for more in ((), ("--abstention",)):
            found = unsc("power", "dprk-2022-05", *options, *more, "--json").json
            notes = found.pop("notes")
            assert [note.startswith(start) for note, start in zip(notes, said, strict=True)] == [True] * len(said)
            assert more or found == plain
    for options in (("--engine", "exact"), ("--engine", "auto"), ("--rule", "charter")):
        assert unsc("power", "dprk-2022-05", *options, "--json").json == plain
    assert "Note: --given does not bear" in unsc("power", "dprk-2022-05", "--given", "CHN=no").out
    assert unsc("power", "dprk-2022-05", "--given", "CHN=no", "--csv").out == unsc("power", "dprk-2022-05", "--csv").out
    with_rule = unsc("power", "substantive", "--engine", "monte-carlo", "--json").json
    assert with_rule["notes"][0].startswith("--engine monte-carlo changes nothing")


def test_a_party_that_is_made_to_vote_re_enters_the_game(unsc: Unsc) -> None:
    """With its vote the game is that of the rule, and nothing is noted; made to abstain, it is set aside as before."""
    voting = unsc("power", "a-party-must-abstain", "--do", "FRA=no", "--json").json
    assert voting == unsc("power", "charter", "--council-date", "2024-06-03", "--json").json
    abstaining = unsc("power", "a-party-must-abstain", "--do", "FRA=abstain", "--json").json
    assert abstaining.pop("notes")
    assert abstaining == unsc("power", "a-party-must-abstain", "--json").json


def test_json_has_fractions_as_text(unsc: Unsc) -> None:
    found = unsc("power", "substantive", "--council-date", "2022-06-01", "--json").json
    assert list(found) == ["rule", "coalitions", "winning", "power_to_act", "classes"]
    assert [found[key] for key in list(found)[:4]] == ["substantive", "32768", "848", "53/2048"]
    assert found["classes"][0] == {
        "members": CODES,
        "permanent": True,
        "banzhaf": {"absolute": "53/1024", "normalized": "106/635"},
        "shapley_shubik": "421/2145",
        "coleman": {"prevent": "1", "initiate": "53/1995"},
        "johnston": "283/1590",
        "deegan_packel": "1/9",
        "holler_packel": "1/9",
    }


def test_json_with_abstention(unsc: Unsc) -> None:
    found = unsc("power", "substantive", "--abstention", "--council-date", "2022", "--json").json
    assert list(found) == ["rule", "rollcalls", "adopted", "power_to_act", "classes"]
    assert [found[key] for key in list(found)[:4]] == ["substantive", "14348907", "146796", "48932/4782969"]
    assert found["classes"][0] == {
        "members": CODES,
        "permanent": True,
        "banzhaf": {"absolute": "36112/1594323", "normalized": "9028/89435"},
        "shapley_shubik": "118525786/725416965",
        "swings": {"yes_abstain": "69876", "abstain_no": "38460", "yes_no": "108336"},
    }


def test_members_set_aside_appear_in_no_class(unsc: Unsc) -> None:
    """With abstention and without."""
    for more in ([], ["--abstention"]):
        ran = unsc("power", "substantive", "--abstaining", "CHN,RUS", "--council-date", "2022", "--json", *more)
        assert [len(one["members"]) for one in ran.json["classes"]] == [3, 10]
        assert not {"CHN", "RUS"} & {member for one in ran.json["classes"] for member in one["members"]}
    assert "Set aside as abstaining: CHN RUS. 13 members vote." in unsc("power", "--abstaining", "RUS,CHN").out


def test_without_a_date_it_is_todays_council(unsc: Unsc) -> None:
    """Under the Charter, on substantive matters."""
    found = unsc("power", "--json").json
    assert (found["rule"], found["winning"]) == ("charter", "848")
    assert sorted(unsc("power", "--json").json["classes"][0]["members"]) == CODES


def test_weights_typed_and_from_a_file_are_the_same(unsc: Unsc, tmp_path: Path) -> None:
    """With names, a header, comments and a veto in the file."""
    file = tmp_path / "board.csv"
    file.write_text('member,weight,veto\n# founders\nAnn,50,veto\n\n"Bo, jr",49\nCy,1.0,\n', encoding="utf-8")
    typed = unsc("power", "--quota", "51", "--weights", "50,49,1", "--veto", "1", "--json").json
    filed = unsc("power", "--quota", "51", "--weights", str(file), "--json").json
    assert [one["members"] for one in filed["classes"]] == [["Ann"], ["Bo, jr"], ["Cy"]]
    for one, other in zip(typed["classes"], filed["classes"], strict=True):
        assert one | {"members": other["members"]} == other
    assert typed["rule"] == "weighted"
    assert [one["permanent"] for one in typed["classes"]] == [True, False, False]
    numbers = tmp_path / "numbers.txt"
    numbers.write_text("50\n49\n1\n", encoding="utf-8")
    assert unsc("power", "--quota", "51", "--weights", str(numbers), "--veto", "1", "--json").json == typed


def test_a_file_of_weights_may_stand_where_a_rule_does(unsc: Unsc, tmp_path: Path) -> None:
    """With --quota, or with a quota of its own, which --quota replaces."""
    file = tmp_path / "six.csv"
    file.write_text("member,weight\nDEU,4\nFRA,4\nITA,4\nNLD,2\nBEL,2\nLUX,1\n", encoding="utf-8")
    asked = ("power", "--quota", "12", "--weights", str(file), "--json")
    by_option = unsc(*asked).json
    assert unsc("power", str(file), "--quota", "12", "--json").json == by_option
    assert "a line of the file states it: quota,12" in unsc("power", str(file)).err
    stating = tmp_path / "stating"
    stating.write_text("# 1958\nQuota,12,\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert unsc("power", str(stating), "--json").json == by_option
    assert unsc("power", "--weights", str(stating), "--json").json == by_option
    assert unsc("power", str(stating), "--quota", "13", "--json").json == (
        unsc("power", str(file), "--quota", "13", "--json").json
    )
    assert by_option != unsc("power", str(stating), "--quota", "13", "--json").json
    with_veto = unsc("power", str(stating), "--veto", "LUX", "--abstention", "--json").json
    assert [one["permanent"] for one in with_veto["classes"]] == [False, False, True]


@pytest.mark.parametrize("name", ["mine", "mine.txt", "mine.csv"])
def test_a_scenario_is_known_by_what_is_in_it(unsc: Unsc, tmp_path: Path, name: str) -> None:
    """Whatever its file is called; and by its shipped name with its folder, or on standard input."""
    text = 'schema = 1\ntitle = "A draft"\n[draft]\ndate = 2022-06-01\n[council]\nrule = "no-veto"\n'
    (tmp_path / name).write_text(f"# mine\n{text}", encoding="utf-8")
    asked = unsc("power", "no-veto", "--council-date", "2022-06-01", "--json").json
    assert unsc("power", str(tmp_path / name), "--json").json == asked
    assert unsc("power", "-", "--json", stdin=text.encode()).json == asked
    assert unsc("power", "historical/dprk-2022-05", "--json").json == unsc("power", "dprk-2022-05", "--json").json


def test_a_path_without_its_ending_is_completed_in_the_message(unsc: Unsc, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("", encoding="utf-8")
    assert f"did you mean {tmp_path / 'mine'}.toml?" in unsc("power", str(tmp_path / "mine")).err


def test_codes_set_aside_may_have_blanks_and_small_letters(unsc: Unsc) -> None:
    asked = unsc("power", "--abstaining", "CHN,RUS", "--council-date", "2022", "--json").json
    for typed in ("chn,rus", "CHN RUS", " Chn , rUS "):
        assert unsc("power", "--abstaining", typed, "--council-date", "2022", "--json").json == asked
    assert unsc("power", "dprk-2022-05", "--abstaining", "chn rus", "--json").json["classes"] == asked["classes"]


def test_a_scenario_names_its_rule_and_council(unsc: Unsc) -> None:
    found = unsc("power", "reform-african-union", "--json").json
    assert [len(one["members"]) for one in found["classes"]] == [11, 15]
    assert sum(len(one["members"]) * Fraction(one["shapley_shubik"]) for one in found["classes"]) == 1


def test_the_sentence_names_all_with_the_same_power(unsc: Unsc) -> None:
    """Also where they are of different classes, by a veto or by weights that come to the same."""
    for arguments, said in (
        (
            ("--quota", "40", "--weights", "29,29,3", "--veto", "2"),
            "Members 1 and 2 each have 50 in 100 of the power by",
        ),
        (
            ("--quota", "700", "--weights", "1,3,9,27,81,243,729,2187,6561"),
            "Members 7, 8 and 9 each have 33.3 in 100 of the power by Shapley–Shubik, every other member none.",
        ),
        (("--quota", "1", "--weights", "1"), "Quota 1 of 1, 1 member. The only member has all the power."),
        (("--quota", "2", "--weights", "2,1"), "Member 1 has all the power by Shapley–Shubik, member 2 none."),
        (
            ("quota-and-veto", "--quota", "14", "--reform", "g4", "--council-date", "2022"),
            "Each permanent member with a veto has 19.5 in 100 of the power by Shapley–Shubik, every other member",
        ),
        (("--quota", "2", "--weights", "1,1,1", "--veto", "2"), "Quota 2 of 3, 3 members, 2 not against."),
    ):
        assert said in " ".join(unsc("power", *arguments).out.split())


def test_what_is_not_1_is_not_rounded_to_1(unsc: Unsc) -> None:
    ones = ",".join(["1"] * 15)
    assert "power to act 0.99997 (32767/32768)" in unsc("power", "--quota", "1", "--weights", ones).out
    many = unsc("power", "--quota", "1", "--weights", ",".join(["1"] * 100)).out
    assert "power to act just under 1." in many
    assert number(Fraction(99_999, 1000), 3) == "99.999"
    assert number(Fraction(10_001, 10_000), 3) == "1.0001"
    assert number(Fraction(1), 3) == "1"
    assert number(Fraction(1, 2**4000), 3) == "7.59e-1205"
    assert number(Fraction(2**4000), 3) == "1.32e+1204"


def test_names_with_commas_are_told_apart(unsc: Unsc, tmp_path: Path) -> None:
    file = tmp_path / "board.csv"
    file.write_text('"Bo, jr",49\nAnn Lee,49\nCy,1\n', encoding="utf-8")
    asked = ("power", "--quota", "50", "--weights", str(file))
    assert "weight 49: Bo, jr; Ann Lee" in unsc(*asked).out
    with_veto = unsc(*asked, "--veto", '"Bo, jr",Cy', "--json").json
    assert [one["permanent"] for one in with_veto["classes"] if one["members"] != ["Ann Lee"]] == [True, True]
    assert "a name with a comma stands in quotes of its own" in unsc(*asked, "--veto", "Bo, jr").err


def test_what_a_rule_says_more_than_its_game_is_noted(unsc: Unsc) -> None:
    for rule in ("restraint", "double-veto"):
        asked = ("power", rule, "--council-date", "2022")
        assert "Note: " in unsc(*asked).out
        assert list(unsc(*asked, "--json").json)[-1] == "notes"
    assert "Note: " not in unsc("power", "substantive", "--council-date", "2022").out
    party = unsc("power", "a-party-must-abstain").out
    assert "Set aside as abstaining: FRA. 14 members vote." in party
    assert "must abstain" in party


def test_two_hundred_members(unsc: Unsc) -> None:
    """All exact; what goes through coalitions one by one is left out, with the reason."""
    weights = ",".join(str(1 + k * k % 20) for k in range(200))
    found = unsc("power", "--quota", "900", "--weights", weights, "--json").json
    assert sum(len(one["members"]) * Fraction(one["shapley_shubik"]) for one in found["classes"]) == 1
    assert found["classes"][0]["johnston"] is None
    assert "every kind of coalition" in found["refused"]
    page = unsc("power", "--quota", "900", "--weights", weights).out
    assert "of 1.607e+60 coalitions can adopt" in page
    assert "are left out" in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["substantive", "--reform", "g4"], "rule substantive does not fit 25 seats"),
        (["substantiv"], "did you mean substantive?"),
        (["quota-and-veto"], "rule quota-and-veto needs --quota"),
        (["quota-and-veto", "--quota", "16"], "quota is 16, but must lie between 1 and 15"),
        (["substantive", "--quota", "9"], "rule substantive has its own quota"),
        (["--quota", "9"], "--quota goes with --weights"),
        (["--veto", "1"], "--veto goes with --weights"),
        (["--weights", "1,2"], "--weights needs --quota"),
        (["--weights", "1,2", "--quota", "4"], "no coalition could win"),
        (["--weights", "1,2", "--quota", "x"], "the quota is 'x', but must be a number above 0"),
        (["--weights", "1,2x", "--quota", "1"], "the weight of 2 is '2x'"),
        (["--weights", "nowhere.csv", "--quota", "1"], "'nowhere.csv' is neither numbers nor a file that is there"),
        (["--weights", "1,2,-1", "--quota", "1"], "the weight of 3 is '-1', but must be at least 0"),
        (["--weights", "-1", "--quota", "1"], "the weight of 1 is '-1', but must be at least 0"),
        (["--weights", "1,2", "--quota", "-3"], "the quota is '-3', but must be above 0"),
        (["--weights", "1,2", "--quota", "0"], "the quota is '0', but must be above 0"),
        (["--weights", "1,2", "--quota", "1e400"], "the quota is '1e400'"),
        (["--weights", "1,2", "--quota", "1e400"], "without an exponent"),
        (["--weights", "1;2;3", "--quota", "1"], "write commas between the numbers"),
        (["--weights", "1,,3", "--quota", "1"], "'1,,3' has no number in place 2"),
        (["--weights", "", "--quota", "1"], "--weights is empty"),
        (["--weights", "/", "--quota", "1"], "'/' is a folder"),
        (["--weights", "1,2", "--quota", "1", "--veto", "3"], "a veto of '3'"),
        (["--weights", "1,2", "--quota", "1", "--abstaining", "CHN"], "--abstaining is for rules of the Council"),
        (["judges", "--weights", "1,2", "--quota", "1"], "RULE is for rules of the Council"),
        (["--abstaining", "CHN,CHN"], "CHN stands there twice"),
        (["--abstaining", "CHN chn"], "CHN stands there twice"),
        (["--abstaining", "chi"], "did you mean CHN?"),
        (["--abstaining", "CHN,"], "write members with commas"),
        (["--abstaining", "IND", "--council-date", "2022"], "IND is an elected member"),
        (["--abstaining", "CHI"], "did you mean CHN?"),
        (["--council-date", "1945"], "are not known"),
        (["dprk-2022-05", "--reform", "g4"], "a scenario has its own council"),
        (["dprk-2022-05", "--quota", "10"], "change it by --set council.quota=10"),
        (["charter", "--rule", "no-veto"], "--rule changes a scenario"),
        (["--set", "council.quota=10"], "--set changes a scenario"),
        (["charter", "--given", "CHN=no"], "--given changes a scenario, such as unsc power dprk-2022-05"),
        (["charter", "--do", "CHN=no"], "--do changes a scenario"),
        (["--stance", "CHN=opposes"], "--stance changes a scenario"),
        (["charter", "--record", "more.csv"], "--record goes with a scenario"),
        (["charter", "--engine", "guess"], "--engine: 'guess' is not one of"),
        (["--quota", "2", "--weights", "1,1", "--do", "1=no"], "--do is for rules of the Council"),
        (["dprk-2022-5"], "did you mean dprk-2022-05?"),
        (["nowhere.csv", "--quota", "3"], "there is no rule 'nowhere.csv', nor a file or shipped scenario"),
        (["50,49,1", "--quota", "51"], "weights are a file, or stand after --weights"),
        (["--quota", "2", "--weights", "1,1", "--rule", "no-veto"], "--rule is for rules of the Council"),
        (["nowhere.toml"], "there is no file"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(unsc: Unsc, arguments: list[str], message: str) -> None:
    """Exit status 2, nothing on standard output."""
    ran = unsc("power", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Ann,50\nAnn,49\n", "line 2: Ann stands there twice"),
        (b"Ann,50,vetos\n", "line 1: 'Ann,50,vetos' is not of the form"),
        (b"Ann,50,veto,more\n", "line 1"),
        (b"Ann,fifty\n", "weights.csv, line 1: the weight of Ann is 'fifty'"),
        (b"Ann,1\nBo,-2\n", "weights.csv, line 2: the weight of Bo is '-2', but must be at least 0"),
        (b"Ann;50\nBo;49\n", "weights.csv, line 1: 'Ann;50' is not of the form"),
        (b"Ann;50\n", "commas, not semicolons"),
        (b"Bo, jr,49\n", "a name with a comma in it stands in quotes"),
        (b"\n# nobody\n", "weights.csv has no weights"),
        (b"", "weights.csv has no weights"),
        (b"\xff\xfe", "cannot be read"),
        (b"1\n" * 600_000, "is longer than"),
        (b"quota,2\nAnn,1\nquota,1\n", "line 3: the quota stands there twice; no member can be called quota"),
        (b"quota,0\nAnn,1\n", "weights.csv, line 1: the quota is '0', but must be above 0"),
        (b"quota,1,veto\nAnn,1\n", "line 1: 'quota,1,veto' is not of the form quota,12"),
    ],
)
def test_a_wrong_file_of_weights_is_told_by_line(unsc: Unsc, tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "weights.csv"
    file.write_bytes(content)
    for asked in (("--weights", str(file)), (str(file),)):
        ran = unsc("power", "--quota", "1", *asked)
        assert (ran.status, ran.out) == (2, "")
        assert message in ran.err
        assert ran.err.startswith("unsc: --weights: ") is (len(asked) == 2)
