"""Every error of the scenario format: file, key, what was given, what is allowed, the nearest match – all in one go."""

from __future__ import annotations

import pytest

from simulator.errors import Problem, ScenarioError
from simulator.scenario import parse
from tests.unit.errors_of_the_law import OF_THE_LAW

BARE = 'schema = 1\ntitle = "t"\ndraft.date = 2022-05-26\n'
NAMED = "my-draft.toml"


def problems(toml: str, bare: str = BARE) -> tuple[Problem, ...]:
    """What is wrong with a file that says nothing but this."""
    with pytest.raises(ScenarioError) as caught:
        parse(bare + toml, NAMED)
    assert str(caught.value).startswith(f"{NAMED}: ")
    assert all(str(problem) in str(caught.value) for problem in caught.value.problems)
    return caught.value.problems


# TOML, the key that is named, and what the line must say: what was given, what is allowed, the nearest match.
ONE_PROBLEM: list[tuple[str, str, list[str]]] = [
    # Unknown keys, on every floor of the file
    ("sumary = 'x'", "sumary", ["unknown key", "did you mean summary? Allowed are schema, title, summary, sources,"]),
    ("qqq = 'x'", "qqq", ["unknown key", "schema", "title", "draft", "council", "members", "blocs", "actual"]),
    ("draft.simbol = 'x'", "draft.simbol", ["did you mean symbol?"]),
    ("council.rul = 'x'", "council.rul", ["did you mean rule?"]),
    ("members.CHN.stanc = 'x'\nmembers.CHN.stance = 'opposes'", "members.CHN.stanc", ["did you mean stance?"]),
    ("members.CHN.odds = { yes = 1, maybe = 0 }", "members.CHN.odds.maybe", ["yes", "abstain", "no", "absent"]),
    ("blocs = [{ members = 'all', cohesion = 0.2, cohesoin = 1 }]", "blocs.0.cohesoin", ["did you mean cohesion?"]),
    ("actual = { outcome = 'vetoed', nay = [] }", "actual.nay", ["outcome", "no", "abstain", "absent"]),
    ("stances.opposes.pernament = { no = 1 }", "stances.opposes.pernament", ["did you mean permanent?"]),
    # Members: misspelt, or not on that council
    ("members.CNH.stance = 'opposes'", "members.CNH", ["CNH is not on the council of 2022-05-26", "CHN?"]),
    ("members.Russia.stance = 'opposes'", "members.Russia", ["did you mean RUS?"]),
    ("members.DEU.stance = 'opposes'", "members.DEU", ["DEU is not on the council of 2022-05-26", "Germany"]),
    ("members.UKR.stance = 'opposes'", "members.UKR", ["UKR is Ukraine; its members are CHN"]),
    ("members.chn.stance = 'opposes'", "members.chn", ["did you mean CHN?"]),
    ("members.'CHN '.stance = 'opposes'", "members.CHN ", ["'CHN ' is not on", "did you mean CHN?"]),
    ("members.'СНN'.stance = 'opposes'", "members.СНN", ["did you mean CHN? С Н are other letters"]),
    ("members.african.stance = 'opposes'", "members.african", ["for the members of blocs"]),
    (
        "blocs = [{ members = ['african', 'CHN'], cohesion = 0.2 }]",
        "blocs.0.members",
        ["african stands for several members", 'let it stand alone: members = "african"'],
    ),
    ("given.CNH = 'no'", "given.CNH", ["did you mean CHN?"]),
    ("do.CNH = 'no'", "do.CNH", ["did you mean CHN?"]),
    ("blocs = [{ members = ['CNH'], cohesion = 0.2 }]", "blocs.0.members", ["did you mean CHN?"]),
    (
        "blocs = [{ members = ['all', 'CHN'], cohesion = 0.2 }]",
        "blocs.0.members",
        ["all stands for several members", 'members = "all"'],
    ),
    (
        "company = [{ leader = 'RSU', follower = 'GBR', if_leader_no = 1, otherwise = 0 }]",
        "company.0.leader",
        ["did you mean RUS?"],
    ),
    (
        "company = [{ leader = 'USA', follower = 'BGR', if_leader_no = 1, otherwise = 0 }]",
        "company.0.follower",
        ["BGR is Bulgaria", "its members are CHN FRA GBR"],  # the code of a real state is not taken for a misspelt one
    ),
    ("council.parties = ['CNH']", "council.parties.0", ["did you mean CHN?"]),
    ("actual = { outcome = 'adopted', no = ['CNH'] }", "actual.no", ["did you mean CHN?"]),
    ("council.date = '2022-02-30'", "council.date", ["there is no day 2022-02-30"]),
    ("council.date = 'May'", "council.date", ["a date as year-month-day without quotes", "'May'"]),
    ("draft.sponsors = ['USA', 'GBT']", "draft.sponsors.1", ["'GBT'", "ISO 3166-1", "did you mean GBR?"]),
    ("draft.sponsors = ['DEY']", "draft.sponsors.0", ["'DEY'", "did you mean DEU?"]),
    ("draft.sponsors = ['SUN']", "draft.sponsors.0", ["'SUN'", "did you mean RUS?"]),
    ("draft.sponsors = ['Germany']", "draft.sponsors.0", ["did you mean DEU?"]),
    ("draft.sponsors = ['QQQ']", "draft.sponsors.0", ["name a state by its code, such as FRA"]),
    ("draft.sponsors = ['african']", "draft.sponsors.0", ["name the states; E10 is all elected members"]),
    ("draft.sponsors = ['Russia']", "draft.sponsors.0", ["'Russia'", "PRESIDENT", "E10", "did you mean RUS?"]),
    # Probabilities and cohesions
    ("members.CHN.odds = { yes = 0.3 }", "members.CHN.odds", ["add up to 0.3, not to 1"]),
    ("members.CHN.odds = { yes = 0.7, no = 0.7 }", "members.CHN.odds", ["add up to 1.4, not to 1"]),
    ("members.CHN.odds = { yes = 1.00000001 }", "members.CHN.odds.yes", ["1.00000001 is outside 0 to 1"]),
    ("members.CHN.odds = { yes = 0.5, no = 0.49999999 }", "members.CHN.odds", ["add up to 0.99999999, not to 1"]),
    ("members.CHN.odds = {}", "members.CHN.odds", ["add up to 0, not to 1"]),
    ("members.CHN.odds = { yes = -0.1, no = 1 }", "members.CHN.odds.yes", ["-0.1 is outside 0 to 1"]),
    ("stances.opposes.elected = { no = 0.9 }", "stances.opposes.elected", ["add up to 0.9, not to 1"]),
    ("blocs = [{ members = 'all', cohesion = 1.5 }]", "blocs.0.cohesion", ["1.5 is outside 0 to 1"]),
    (
        "blocs = [{ members = 'all', cohesion = 0.6 }, { members = ['CHN', 'RUS'], cohesion = 0.5 }]",
        "blocs",
        ["CHN add up to 1.1", "RUS add up to 1.1", "1 at most"],
    ),
    (
        "blocs = [{ members = 'all', cohesion = 0.6 }, { members = 'permanent', cohesion = 0.6 }]",
        "blocs",
        ["CHN add up to 1.2", "and 2 more members"],
    ),
    ("blocs = [{ members = ['CHN', 'RUS', 'CHN'], cohesion = 0.2 }]", "blocs.0.members", ["CHN stands there 2 times"]),
    # Dates
    ("council.date = 1945-10-24", "council.date", ["1945-10-24", "1946-01-17"]),
    ("council.date = '2022-05-26'", "council.date", ["a date without quotes", "'2022-05-26'"]),
    ("council.date = 2022-05-26T10:00:00", "council.date", ["a day without a time of day", "2022-05-26"]),
    # Sponsors
    (
        "draft.sponsors = ['RUS']\nmembers.RUS.stance = 'leans-no'",
        "members.RUS.stance",
        ["RUS sponsors the draft", "leans-no", "reservations or warmer"],
    ),
    (
        "draft.sponsors = ['RUS']\nmembers.RUS.odds = { yes = 0.4, no = 0.6 }",
        "members.RUS.odds",
        ["RUS sponsors the draft", "0.6", "at most 0.5"],
    ),
    ("draft.sponsors = ['E10']\nmembers.IND.stance = 'opposes'", "members.IND.stance", ["IND sponsors the draft"]),
    # Words
    ("members.CHN.stance = 'oposes'", "members.CHN.stance", ["'oposes'", "sponsor", "will-veto", "you mean opposes?"]),
    ("members.default.stance = 'leans yes'", "members.default.stance", ["did you mean leans-yes?"]),
    ("draft.matter = 'procedual'", "draft.matter", ["'procedual'", "judges", "did you mean procedural?"]),
    ("draft.text = 'ammendment'", "draft.text", ["paragraph", "did you mean amendment?"]),
    ("draft.chapter = 'VIII'", "draft.chapter", ["'VIII'", "VI, VII, none"]),
    ("council.rule = 'charte'", "council.rule", ["'charte'", "two-vetoes", "did you mean charter?"]),
    ("preferences.model = 'statd'", "preferences.model", ["'statd'", "stated"]),
    ("blocs = [{ members = 'elect', cohesion = 0.2 }]", "blocs.0.members", ["'elect'", "all, permanent, elected"]),
    ("do.RUS = 'not yes'", "do.RUS", ["'not yes'", "yes, abstain, no, absent"]),
    ("given.RUS = 'not abstain'", "given.RUS", ["'not abstain'", "not yes, not no", "a list of choices"]),
    ("given.RUS = []", "given.RUS", ["an empty list"]),
    ("actual.outcome = 'veto'", "actual.outcome", ["'veto'", "adopted", "did you mean vetoed?"]),
    ("stances.opposed.elected = { no = 1 }", "stances.opposed", ["did you mean opposes?"]),
    ("do.RUS = 'not yes'", "do.RUS", ["do makes one choice; not yes, not no and lists are for given"]),
    ("do.matter = 'substantive'", "do.matter", ["'substantive' is not one of yes, abstain, no, absent"]),
    ("do.RUS = ['no', 'abstain']", "do.RUS", ["do makes one choice; not yes, not no and lists are for given"]),
    ("members.CHN.stance = 'no'", "members.CHN.stance", ["a vote goes to given or do"]),
    # A table or a list where something else stands
    ("council = 1", "council", ["expected a table, such as { rule = ", "got 1"]),
    ("blocs = [5]", "blocs.0", ["expected a table, such as { members = ", "cohesion = ", "got 5"]),
    ("council = 2022-05-26", "council", ["got 2022-05-26"]),
    ("blocs = 5", "blocs", ["expected a list in square brackets, such as [{ members"]),
    ("given = 5", "given", ["expected a table, such as { CHN = "]),
    ("draft.sponsors = 'USA'", "draft.sponsors", ["expected a list in square brackets", "such as", "got 'USA'"]),
    # Entries, company, evidence
    ("members.CHN = {}", "members.CHN", ["neither a stance nor odds"]),
    ("members.CHN = { stance = 'opposes', odds = { no = 1 } }", "members.CHN", ["both a stance and odds"]),
    ("given.CHN = 'no'\ndo.CHN = 'no'", "do.CHN", ["[given]", "[do]", "either learnt or made"]),
    ("blocs = [{ members = 'all' }]", "blocs.0.cohesion", ["is required"]),
    ("company = [{ leader = 'RUS' }]", "company.0.follower", ["is required"]),
    (
        "company = [{ leader = 'RUS', follower = 'RUS', if_leader_no = 1, otherwise = 0 }]",
        "company.0",
        ["RUS cannot follow itself"],
    ),
    (
        "company = [{ leader = 'RUS', follower = 'IND' , if_leader_no = 1}]",
        "company.0.otherwise",
        ["is required", "RUS", "CHN"],
    ),
    (
        "company = [{ leader = 'RUS', follower = 'CHN' }, "
        "{ leader = 'CHN', follower = 'IND', if_leader_no = 1, otherwise = 0 }]",
        "company.0",
        ["CHN leads and follows", "no chains"],
    ),
    (
        "company = [{ leader = 'RUS', follower = 'CHN' }, "
        "{ leader = 'USA', follower = 'CHN', if_leader_no = 1, otherwise = 0 }]",
        "company.1",
        ["CHN follows two leaders"],
    ),
    # Rules and what happened
    ("council.quota = 9", "council.quota", ["charter has its own majority", "quota-and-veto"]),
    ("council = { rule = 'quota-and-veto' }", "council.rule", ["needs council.quota"]),
    ("council = { rule = 'quota-and-veto', quota = 16 }", "council.rule", ["16", "between 1 and the 15 seats"]),
    (
        "council = { rule = 'quota-and-veto', quota = 9, vetoes_needed = 6 }",
        "council.rule",
        ["6", "5 members with"],
    ),
    (
        "actual = { outcome = 'adopted', no = ['CHN'] }",
        "actual.outcome",
        ["make it vetoed, not adopted", "members not named voted yes"],
    ),
    ("actual = { outcome = 'vetoed', no = ['CHN'], abstain = ['CHN'] }", "actual", ["CHN has 2 marks"]),
    ("council.parties = ['RUS', 'RUS']", "council.parties", ["RUS stands there 2 times"]),
    ("council.subscribers = ['DEU']", "council.subscribers.0", ["DEU is not on the council", "Germany"]),
    *OF_THE_LAW,
]


@pytest.mark.parametrize(("toml", "key", "said"), ONE_PROBLEM, ids=[toml[:50] for toml, _, _ in ONE_PROBLEM])
def test_an_error_names_the_key_what_was_given_what_is_allowed_and_the_nearest(
    toml: str, key: str, said: list[str]
) -> None:
    (problem,) = problems(toml)
    assert problem.key == key
    for part in said:
        assert part in str(problem)


@pytest.mark.parametrize(
    ("bare", "key", "said"),
    [
        ('title = "t"\ndraft.date = 2022-05-26\n', "schema", "schema = 1"),
        ("schema = 1\ndraft.date = 2022-05-26\n", "title", "title = "),
        ('schema = 1\ntitle = "t"\n', "draft", "date = 2022-05-26"),
        ('schema = 1\ntitle = "t"\ndraft.symbol = "S/1"\n', "draft.date", "date = 2022-05-26"),
        ('schema = 2\ntitle = "t"\ndraft.date = 2022-05-26\n', "schema", "2 is not one of 1"),
        ('schema = "1"\ntitle = "t"\ndraft.date = 2022-05-26\n', "schema", "'1' is not one of 1"),
        ('schema = 1.0\ntitle = "t"\ndraft.date = 2022-05-26\n', "schema", "this program reads schema = 1, got 1.0"),
        ('schema = 1\ntitle = "t"\ndraft = 1\n', "draft", "expected a table, such as { date = 2022-05-26 }, got 1"),
        ('schema = true\ntitle = "t"\ndraft.date = 2022-05-26\n', "schema", "this program reads schema = 1, got true"),
        ('schema = 1\ntitle = "t"\ndraft.date = 1900-01-01\n', "draft.date", "1946-01-17"),
        ('schema = 1\ntitle = "t"\ndraft.date = "2022-05-26"\n', "draft.date", "a date without quotes"),
    ],
)
def test_what_is_required_is_asked_for_with_an_example(bare: str, key: str, said: str) -> None:
    (problem,) = problems("", bare)
    assert problem.key == key
    assert said in str(problem)


ODD_VALUES = ["true", "'0.5'", "nan", "inf", "-inf", "2022-05-26", "[0.5]", "{ x = 1 }", "9" * 400, "-1e308", "1e309"]
NUMBERS = [
    ("members.CHN.odds = {{ yes = {} }}", "members.CHN.odds.yes"),
    ("blocs = [{{ members = 'all', cohesion = {} }}]", "blocs.0.cohesion"),
    ("company = [{{ leader = 'RUS', follower = 'CHN', otherwise = {} }}]", "company.0.otherwise"),
    ("council = {{ rule = 'quota-and-veto', quota = {} }}", "council.quota"),
]


@pytest.mark.parametrize("value", ODD_VALUES, ids=lambda value: value[:12])
@pytest.mark.parametrize(("toml", "key"), NUMBERS, ids=[key for _, key in NUMBERS])
def test_where_a_number_is_expected_nothing_else_passes(toml: str, key: str, value: str) -> None:
    """Not true, not text, not infinite, not "not a number", not a number of 400 digits; the line stays a line."""
    named = [problem for problem in problems(toml.format(value)) if problem.key in (key, "council.rule")]
    assert named
    assert all(len(str(problem)) < 300 for problem in named)


TEXTS = [
    "title",
    "summary",
    "draft.symbol",
    "draft.agenda",
    "council.rule",
    "council.quota_source",
    "members.CHN.stance",
]


@pytest.mark.parametrize("key", TEXTS)
@pytest.mark.parametrize("value", ["1", "true", "[]", "{}", "2022-05-26"])
def test_where_text_is_expected_nothing_else_passes(key: str, value: str) -> None:
    bare = BARE.replace('title = "t"\n', "") if key == "title" else BARE
    assert key in [problem.key for problem in problems(f"{key} = {value}", bare)]


def test_all_problems_come_in_one_go() -> None:
    """Those of types, and, on what remains when these are taken out, those of meaning."""
    found = problems(
        """
        sumary = "x"
        draft.matter = "procedual"
        council.rule = "charte"
        members.CHN.stance = "oposes"
        members.QQQ.stance = "opposes"
        members.RUS.odds = { yes = 0.3 }
        given.FRA = "perhaps"
        do.CNH = "no"
        [[blocs]]
        members = "all"
        cohesion = 2
        [[company]]
        leader = "USA"
        follower = "GBR"
        """
    )
    assert {problem.key for problem in found} == {
        *("sumary", "draft.matter", "council.rule", "members.CHN.stance", "members.QQQ", "members.RUS.odds"),
        *("given.FRA", "do.CNH", "blocs.0.cohesion", "company.0.if_leader_no", "company.0.otherwise"),
    }


def test_problems_of_meaning_are_found_beside_a_missing_title_and_schema() -> None:
    keys = [problem.key for problem in problems("members.QQQ.stance = 'opposes'", "draft.date = 2022-05-26\n")]
    assert sorted(keys) == ["members.QQQ", "schema", "title"]


def test_the_count_of_problems_heads_the_list() -> None:
    with pytest.raises(ScenarioError, match=r"^my-draft\.toml: 1 problem\n  qqq: "):
        parse(BARE + "qqq = 1", NAMED)
    with pytest.raises(ScenarioError, match=r"^my-draft\.toml: 2 problems\n  ppp: .*\n  qqq: "):
        parse(BARE + "ppp = 1\nqqq = 1", NAMED)
