"""Files of all kinds: what is written is read back the same, what is broken is refused with a message, no worse."""

from __future__ import annotations

import copy
import datetime
import json
import random
import re
import tomllib
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import simulator
from simulator.engines.forecast import record_forecast
from simulator.errors import MOST_SHOWN, InputError, ScenarioError, SimulatorError
from simulator.scenario import Scenario, changed, parse, shipped_scenarios
from simulator.scenario.parse import from_data
from simulator.scenario.schema import schema_text
from simulator.shipped import shipped
from tests import strategies

Data = dict[str, Any]

SHIPPED = [path.read_bytes() for path in (*shipped_scenarios().values(), shipped("scenarios", "template.toml"))]
DATA: list[Data] = [tomllib.loads(text.decode()) for text in SHIPPED]
UNCERTAIN: Data = {
    "schema": 1,
    "title": "distributions wherever they may stand",
    "draft": {"date": datetime.date(2024, 6, 3), "sponsors": ["USA"]},
    "members": {
        "default": {"odds": {"yes": {"uniform": [0.5, 0.9]}, "no": {"beta": [1, 9]}, "abstain": "rest"}},
        "CHN": {"odds": {"no": {"between": [0.2, 0.7]}, "abstain": "rest"}},
        "USA": {"odds": {"yes": {"triangular": [0.5, 0.9, 1]}, "no": "rest"}},
    },
    "stances": {"opposes": {"permanent": {"no": {"normal": [0.5, 0.2]}, "abstain": "rest"}}},
    "blocs": [
        {"members": "all", "cohesion": {"between": [0.05, 0.4]}},
        {"members": ["CHN", "RUS"], "cohesion": {"uniform": [0, 0.7]}},
    ],
    "company": [{"leader": "RUS", "follower": "CHN", "if_leader_no": {"normal": [0.8, 0.2]}, "otherwise": 0.1}],
    "sequence": [{"id": "first", "if_adopted": {"normal": [0.5, 0.2]}}],
}
VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema_text()))
QUICK = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
LONG = settings(QUICK, max_examples=10_000)


# What is valid


@QUICK
@given(strategies.scenario_data(family="any", uncertain=True))
def test_a_scenario_is_read_back_the_same_from_the_toml_it_writes(data: Data) -> None:
    scenario = from_data(data)
    assert parse(scenario.to_toml()) == scenario
    assert parse(tomli_w.dumps(data)) == scenario


@QUICK
@given(strategies.scenario_data(family="any", uncertain=True))
def test_a_scenario_is_made_again_from_its_own_data_and_changed_by_nothing(data: Data) -> None:
    scenario = from_data(data)
    assert from_data(scenario.to_data()) == scenario
    assert changed(scenario) == scenario


def as_json(value: Any) -> Any:
    """TOML's values as JSON has them: dates as text."""
    return json.loads(json.dumps(value, default=lambda date: date.isoformat()))


@QUICK
@given(strategies.scenario_data(family="any", uncertain=True))
def test_whatever_the_program_reads_the_schema_allows(data: Data) -> None:
    from_data(data)
    assert VALIDATOR.is_valid(as_json(data))


@QUICK
@given(strategies.scenario_data(uncertain=True), strategies.days())
def test_before_any_other_council_a_scenario_is_valid_and_keeps_who_still_sits(data: Data, day: datetime.date) -> None:
    """But for a quota that the smaller council cannot reach, which is said."""
    scenario = from_data(data)
    members = simulator.council_on(day).ids
    if (data.get("council", {}).get("quota") or 0) > len(members):
        with pytest.raises(ScenarioError, match=r"council\.quota is \d+, but must lie between 1 and the 11 seats"):
            changed(scenario, council_date=day)
        return
    after = changed(scenario, council_date=day)
    for table in ("members", "given", "do"):
        kept = [code for code in getattr(scenario, table) if code in (*members, "default")]
        assert list(getattr(after, table)) == kept


# What is broken: bytes


def odd_bytes(rng: random.Random) -> bytes:
    """A shipped file with a few stretches cut, doubled, moved between files, or overwritten."""
    text = bytearray(rng.choice(SHIPPED))
    for _ in range(rng.randint(1, 4)):
        start = rng.randrange(len(text) + 1)
        stop = min(len(text), start + rng.choice([0, 1, 1, 2, 8, 40]))
        other = rng.choice(SHIPPED)
        place = rng.randrange(len(other))
        new = rng.choice(
            [
                b"",
                bytes(text[start:stop] * 2),
                other[place : place + rng.choice([1, 5, 60])],
                rng.randbytes(rng.randint(1, 3)),
                rng.choice(
                    [b"=", b'"', b"'", b"[", b"]", b"[[", b"{", b"}", b"\n", b".", b",", b"\x00", b"\xff", b"#"]
                ),
                rng.choice([b"-1", b"1e999", b"nan", b"true", b"9" * 400, b"9" * 5000, b"[" * 2000, b"1900-01-01"]),
            ]
        )
        text[start:stop] = new
    return bytes(text)


# What is broken: values and keys

WORDS = [
    *("default", "CHN", "RUS", "FRA", "DEU", "E10", "PRESIDENT", "stance", "odds", "yes", "no", "absent", "not yes"),
    *(
        "members",
        "cohesion",
        "leader",
        "follower",
        "if_leader_no",
        "otherwise",
        "sponsors",
        "matter",
        "parties",
        "date",
    ),
    *("quota", "vetoes_needed", "rule", "quota-and-veto", "judges", "all", "permanent", "opposes", "outcome", "[key]"),
    *("blocs", "company", "given", "do", "actual", "stances", "draft", "council", "position", "schema", "", " ", "0"),
    *("between", "normal", "beta", "triangular", "uniform", "rest"),
]
SCALARS = st.one_of(
    st.sampled_from(WORDS),
    st.text(max_size=5),
    st.booleans(),
    st.sampled_from([0, 1, -1, 2, 9, 16, 10**400, -(10**400), 2**63]),
    st.sampled_from([0.0, -0.0, 0.5, 1.0, 1.0000001, -1e-12, 1e308, float("nan"), float("inf"), -float("inf"), 5e-324]),
    st.sampled_from([datetime.date(1950, 6, 25), datetime.date(2022, 5, 26), datetime.date(1, 1, 1)]),
    st.sampled_from([datetime.datetime(2022, 5, 26, 1), datetime.time(1)]),
)
KEYS = st.one_of(st.sampled_from(WORDS), st.text(max_size=3))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=6,
)


SHAPES = st.lists(st.one_of(st.sampled_from([0, 0.1, 0.5, 0.9, 1, -1, 2]), SCALARS), max_size=4)
NUMBERS = st.one_of(
    # A copy each time: what is put into a scenario may itself be changed next.
    st.sampled_from([0, 0.25, 0.5, 1, "rest", {"between": [0.2, 0.6]}, {"uniform": [-1, 1]}]).map(copy.deepcopy),
    st.dictionaries(
        st.sampled_from(["between", "normal", "beta", "triangular", "uniform", "beat"]), SHAPES, max_size=2
    ),
)


def containers(value: Any) -> Iterator[Any]:
    """Every table and list within a value, and the value itself."""
    if isinstance(value, (dict, list)):
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from containers(inner)


def like(value: Any) -> st.SearchStrategy[Any]:
    """Values of the same kind, so that some of what is replaced still loads."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str, datetime.date)):
        return VALUES
    if isinstance(value, str):
        return st.sampled_from([*strategies.CHOICES, *strategies.WARM, "CHN", "RUS", "USA", "FRA", "opposes"]).map(str)
    return strategies.days() if isinstance(value, datetime.date) else NUMBERS


@st.composite
def odd_data(draw: st.DrawFn) -> Data:
    """A shipped scenario, or UNCERTAIN, with one to three keys or values deleted, replaced (like or odd) or put in."""
    data = copy.deepcopy(draw(st.one_of(st.sampled_from(DATA), st.just(UNCERTAIN))))
    for _ in range(draw(st.integers(1, 3))):
        here = draw(st.sampled_from([*containers(data)]))
        how = draw(st.sampled_from(["like", "like", "like", "replace", "insert", "delete"]))
        if isinstance(here, dict):
            old = draw(st.sampled_from([*here])) if here else None
            if how == "delete" and old is not None:
                del here[old]
            elif how != "insert" and old is not None:
                here[old] = draw(like(here[old]) if how == "like" else VALUES)
            else:
                here[draw(KEYS)] = draw(VALUES)
        else:
            place = draw(st.integers(0, len(here)))
            here[place : place + (how != "insert")] = [] if how == "delete" else [draw(VALUES)]
    return data


def scenario_or_message(make: Callable[[], Scenario]) -> Scenario | str:
    """What the program makes of it: a scenario, or the message of the only kind of error it may raise."""
    try:
        return make()
    except InputError as error:
        return str(error)


def check(found: Scenario | str) -> None:
    """A scenario can be written and read again; a message has a line of bearable length for every problem."""
    if isinstance(found, Scenario):
        assert parse(found.to_toml()) == found
    else:
        head, *problems = found.splitlines()
        assert re.fullmatch(r"scenario: [\d,]+ problems?", head)
        found_in_all = int(head.split()[1].replace(",", ""))
        if found_in_all > MOST_SHOWN:
            assert problems.pop() == f"  and {found_in_all - MOST_SHOWN:,} more"
        assert len(problems) == min(found_in_all, MOST_SHOWN)
        assert max(map(len, problems)) < 500


def odds_or_error(scenario: Scenario) -> None:
    """Whatever loads has odds, or an error of the package's own; another error would come through.

    Preferences from the record are asked for by the quick road: by the other, thousands of them would take an hour.
    """
    try:
        if scenario.preferences.model == "history":
            shares = record_forecast(scenario).view.outcomes.as_dict().values()
        else:
            shares = simulator.odds(scenario, engine="exact", parameter_draws=3).outcomes.as_dict().values()
    except SimulatorError:
        return
    assert sum(shares) == pytest.approx(1, abs=1e-6)
    assert min(shares) >= 0


@pytest.fixture
def small_exact_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exact engine refuses a hundredth of what it usually takes on, so that no example takes long."""
    monkeypatch.setattr("simulator.engines.exact.one.MOST_NUMBERS", 2e8)
    monkeypatch.setattr("simulator.engines.exact.one.MOST_STATES", 40_000)


def test_broken_bytes_are_a_scenario_or_a_message() -> None:
    rng = random.Random(27)
    for _ in range(500):
        text = odd_bytes(rng)
        check(scenario_or_message(lambda text=text: parse(text)))  # type: ignore[misc]  # bound now, not when called


@settings(QUICK, max_examples=300)
@given(odd_data())
def test_broken_data_is_a_scenario_or_a_message(data: Data) -> None:
    check(scenario_or_message(lambda: from_data(data)))
    check(scenario_or_message(lambda: parse(tomli_w.dumps(data))))


@pytest.mark.long
@pytest.mark.usefixtures("small_exact_engine")
def test_ten_thousand_files_with_broken_bytes_have_odds_or_a_message() -> None:
    rng = random.Random(1946)
    loaded = 0
    for _ in range(10_000):
        text = odd_bytes(rng)
        found = scenario_or_message(lambda text=text: parse(text))  # type: ignore[misc]  # as above
        check(found)
        if isinstance(found, Scenario):
            loaded += 1
            odds_or_error(found)
    assert loaded > 1000


@pytest.mark.long
@pytest.mark.usefixtures("small_exact_engine")
@settings(LONG, suppress_health_check=[*HealthCheck])
@given(odd_data())
def test_ten_thousand_scenarios_with_broken_data_have_odds_or_a_message(data: Data) -> None:
    found = scenario_or_message(lambda: from_data(data))
    check(found)
    if isinstance(found, Scenario):
        odds_or_error(found)
