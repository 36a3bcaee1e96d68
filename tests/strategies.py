"""Hypothesis strategies: councils, members' odds, blocs, company, and whole scenarios as the dicts their TOML holds.

Everything built here is valid by the scenario format, whatever is asked for; a new kind of object joins this file.
"""

from __future__ import annotations

import datetime
from typing import Any, Literal

from hypothesis import strategies as st

from simulator.facts import REFORMS, Choice, Council, Group, Matter, council_on, members
from simulator.scenario import Scenario, Stance, council_of
from simulator.scenario.parse import from_data

Data = dict[str, Any]
Family = Literal["none", "laminar", "any"]

GROUPS = tuple(group.value for group in Group)
WARM = tuple(stance for stance in Stance if not stance.against)
CHOICES = tuple(choice.value for choice in Choice)
NOT = {"not yes": {"abstain", "no", "absent"}, "not no": {"yes", "abstain", "absent"}}


def days() -> st.SearchStrategy[datetime.date]:
    """Days on which all of the Council's members are known: from its first meeting to the end of 2027."""
    return st.dates(datetime.date(1946, 1, 17), datetime.date(2027, 12, 31))


def councils() -> st.SearchStrategy[Council]:
    """Councils of eleven and of fifteen."""
    return days().map(council_on)


@st.composite
def stated_odds(draw: st.DrawFn, *, absent: bool = True, most_no: float = 1.0) -> dict[str, float]:
    """A member's odds: whole-number weights made to add up to 1, with zeros and tiny numbers among them.

    Parameters
    ----------
    absent : bool
        Whether it may take no part.
    most_no : float
        The largest share of no, in [0, 1].
    """
    weight = st.one_of(st.integers(0, 10), st.sampled_from([0, 1, 1000]))
    weights = {word: draw(weight) for word in CHOICES if absent or word != "absent"}
    total = sum(weights.values())
    if total == 0 or weights["no"] / total > most_no:
        return {"yes": 1}
    return {word: weights[word] / total for word in weights if weights[word]}


@st.composite
def entries(draw: st.DrawFn, *, sponsor: bool = False, stances: bool = True) -> Data:
    """What a scenario assumes of a member; with `sponsor`, nothing a sponsor cannot assume."""
    if stances and draw(st.booleans()):
        return {"stance": draw(st.sampled_from(WARM if sponsor else tuple(Stance))).value}
    return {"odds": draw(stated_odds(most_no=0.5 if sponsor else 1.0))}


@st.composite
def _laminar_sets(draw: st.DrawFn, council: Council, most: int) -> list[tuple[str, ...]]:
    """Sets of members of which any two are nested or disjoint: each is cut from what is left directly below one."""
    left: list[list[str]] = [list(council.ids)]
    sets: list[tuple[str, ...]] = []
    for _ in range(draw(st.integers(0, most))):
        below = draw(st.sampled_from([place for place, cell in enumerate(left) if cell]))
        cut = draw(st.lists(st.sampled_from(left[below]), min_size=1, unique=True))
        whole = below == 0 and not sets and draw(st.booleans())
        cut = list(council.ids) if whole else cut
        left[below] = [member for member in left[below] if member not in cut]
        left.append(list(cut))
        sets.append(tuple(cut))
    return draw(st.permutations(sets))


@st.composite
def _any_sets(draw: st.DrawFn, council: Council, most: int) -> list[str | tuple[str, ...]]:
    words = st.sampled_from(["all", "permanent", "elected", *GROUPS])
    lists = st.lists(st.sampled_from(council.ids), unique=True).map(tuple)
    return draw(st.lists(st.one_of(words, lists), max_size=most))


def members_of(bloc: Data, council: Council) -> tuple[str, ...]:
    """The members a bloc's word or list stands for, in seat order."""
    words = {"all": council.ids, "permanent": council.permanent, "elected": council.elected}
    words |= {word: tuple(seat.id for seat in council.seats if seat.group.value == word) for word in GROUPS}
    named = bloc["members"]
    return words[named] if isinstance(named, str) else tuple(code for code in council.ids if code in named)


@st.composite
def blocs(draw: st.DrawFn, council: Council, *, family: Family = "laminar", most: int = 4) -> list[Data]:
    """``[[blocs]]`` of a council, every member's cohesions adding up to at most 1.

    Parameters
    ----------
    family : "none", "laminar" or "any"
        No bloc; blocs of which any two are nested or disjoint; any sets.
    most : int
        Blocs at most.
    """
    if family == "none":
        return []
    sets: list[Any] = draw(_laminar_sets(council, most) if family == "laminar" else _any_sets(council, most))
    found: list[Data] = []
    for place, named in enumerate(sets):
        everybody = not isinstance(named, str) and set(named) == set(council.ids)
        word = "all" if everybody and draw(st.booleans()) else named
        members = word if isinstance(word, str) else list(word)
        found.append({"name": f"bloc {place}", "members": members, "cohesion": draw(st.integers(0, 10)) / 10})
    totals = dict.fromkeys(council.ids, 0.0)
    for bloc in found:
        for member in members_of(bloc, council):
            totals[member] += bloc["cohesion"]
    largest = max(totals.values())
    return [{**bloc, "cohesion": bloc["cohesion"] / max(1.0, largest)} for bloc in found]


@st.composite
def companies(draw: st.DrawFn, council: Council, *, ordered: bool = False, most: int = 3) -> list[Data]:
    """``[[company]]`` of a council: no follower leads, none follows two.

    Parameters
    ----------
    ordered : bool
        Whether a follower's no is always at least as likely when its leader votes no.
    most : int
        Pairs at most.
    """
    followers = draw(st.lists(st.sampled_from(council.ids), unique=True, max_size=most))
    leaders = [member for member in council.ids if member not in followers]
    pairs: list[Data] = []
    for follower in followers:
        numbers = [draw(st.integers(0, 10)) / 10 for _ in range(2)]
        if_no, otherwise = sorted(numbers, reverse=True) if ordered else numbers
        leader = draw(st.sampled_from(leaders))
        pair = {"leader": leader, "follower": follower, "if_leader_no": if_no, "otherwise": otherwise}
        recorded = (leader, follower) == ("RUS", "CHN") and draw(st.booleans())
        pairs.append({"leader": "RUS", "follower": "CHN"} if recorded else pair)
    return pairs


def learnt() -> st.SearchStrategy[str | list[str]]:
    """What can be learnt of a member: a choice, ``"not yes"``, ``"not no"``, or several choices."""
    several = st.lists(st.sampled_from(CHOICES), min_size=1, unique=True)
    return st.one_of(st.sampled_from([*CHOICES, *NOT]), several)


def remaining(entry: str | list[str]) -> set[str]:
    """The choices that something learnt leaves possible."""
    return NOT.get(entry, {entry}) if isinstance(entry, str) else set(entry)


@st.composite
def majorities(draw: st.DrawFn, council: Council) -> Data:
    """The keys of ``[council]`` that choose a rule, with what quota-and-veto needs."""
    rule = draw(
        st.sampled_from(
            ["charter", "substantive", "procedural", "judges", "restraint", "no-veto", "two-vetoes", "quota-and-veto"]
        )
    )
    if rule != "quota-and-veto":
        return {"rule": rule}
    quota = draw(st.integers(1, len(council)))
    needed = draw(st.one_of(st.none(), st.integers(0, len(council.permanent))))
    return {"rule": rule, "quota": quota} | ({} if needed is None else {"vetoes_needed": needed})


@st.composite
def seats(draw: st.DrawFn) -> str | list[Data]:
    """``council.seats``: a proposal's word, or some states and new seats, one at least, with or without a veto."""
    if draw(st.booleans()):
        return draw(st.sampled_from(sorted(REFORMS)))
    states = draw(st.lists(st.sampled_from(sorted(members())), min_size=1, max_size=8, unique=True))
    new = draw(st.lists(st.from_regex(r"\A(NEW|A1|Z)[0-9]{2,5}\Z"), max_size=4, unique=True))
    optional: dict[str, st.SearchStrategy[Any]] = {"veto": st.booleans(), "permanent": st.booleans()}
    listed = [{"id": code} | draw(st.fixed_dictionaries({}, optional=optional)) for code in states]
    return listed + [
        {"id": code, "prior": draw(st.sampled_from(GROUPS))}
        | draw(st.fixed_dictionaries({}, optional=optional | {"name": texts(10)}))
        for code in new
    ]


@st.composite
def sequences(draw: st.DrawFn, council: Council, most: int = 3) -> list[Data]:
    """``[[sequence]]``: votes before the draft's, in an order without loops; at times with the draft at the end."""
    ids = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=most))
    ranked = draw(st.permutations(ids))
    optional: dict[str, st.SearchStrategy[Any]] = {
        "text": st.sampled_from(["draft", "amendment", "paragraph"]),
        "matter": st.sampled_from([matter.value for matter in Matter]),
        "members": st.dictionaries(st.sampled_from(["default", *council.ids]), entries(), max_size=3),
        "if_adopted": st.integers(-30, 30).map(lambda tenths: tenths / 10),
        "if_rejected": st.integers(-30, 30).map(lambda tenths: tenths / 10),
    }
    found: list[Data] = []
    for one in ids:
        earlier = ranked[: ranked.index(one)]
        after = draw(st.lists(st.sampled_from(earlier), unique=True)) if earlier else []
        found.append({"id": one, "after": after} | draw(st.fixed_dictionaries({}, optional=optional)))
    whole = bool(found) and draw(st.booleans())
    return [*found, {"id": "draft", "text": "draft", "after": ids[:1]}] if whole else found


@st.composite
def legal_scenarios(draw: st.DrawFn, *, day: datetime.date | None = None) -> Data:
    """A scenario with a double veto, votes before the draft's, a code of restraint, or seats of its own."""
    voted = day or draw(st.dates(datetime.date(1966, 1, 1), datetime.date(2027, 12, 31)))
    data: Data = {"schema": 1, "title": draw(texts()), "draft": {"date": voted}}
    chosen: Data = {"rule": draw(st.sampled_from(["charter", "double-veto", "restraint", "quota-and-veto"]))}
    if chosen["rule"] == "quota-and-veto":
        chosen |= {"seats": draw(seats()), "quota": 1, "quota_source": "drawn"}
    council = council_of(from_data({**data, "council": chosen if "seats" in chosen else {}}))
    if "seats" in chosen:
        chosen["quota"] = draw(st.integers(1, len(council)))
    if chosen["rule"] == "restraint":
        data["draft"]["mass_atrocity"] = draw(st.booleans())
        if draw(st.booleans()):
            chosen["subscribers"] = draw(st.lists(st.sampled_from(council.ids), unique=True, max_size=4))
    names = st.sampled_from(["default", *council.ids])
    if chosen["rule"] == "double-veto":
        data["preliminary"] = draw(st.dictionaries(names, entries(), min_size=1, max_size=4))
    data |= {"council": chosen, "members": draw(st.dictionaries(names, entries(), max_size=6))}
    data["blocs"] = draw(blocs(council, most=2))
    data["sequence"] = draw(sequences(council))
    return data


def texts(most: int = 40) -> st.SearchStrategy[str]:
    """Text that a TOML file can hold: no halves of surrogate pairs, but line ends, quotes and backslashes."""
    return st.text(st.one_of(st.sampled_from("\r\n\t\"'\\"), st.characters(exclude_categories=["Cs"])), max_size=most)


@st.composite
def drafts(draw: st.DrawFn, day: datetime.date) -> Data:
    """``[draft]`` without its sponsors."""
    optional = {
        "symbol": texts(10),
        "agenda": texts(10),
        "text": st.sampled_from(["draft", "amendment", "paragraph"]),
        "matter": st.sampled_from([matter.value for matter in Matter]),
        "chapter": st.sampled_from(["VI", "VII", "none"]),
        "mass_atrocity": st.booleans(),
    }
    return {"date": day} | draw(st.fixed_dictionaries({}, optional=optional))


@st.composite
def _sponsors(draw: st.DrawFn, council: Council, own: Data) -> list[str]:
    """Sponsors whose own entries a sponsor can have, and some that have no vote."""
    warm = [code for code in council.ids if _can_sponsor(own.get(code))]
    named = [code for code in warm if draw(st.booleans())]
    others = ["PRESIDENT", "DNK", "AUS"] + (["E10"] if set(council.elected) <= set(warm) else [])
    return named + draw(st.lists(st.sampled_from([code for code in others if code not in council]), unique=True))


def _can_sponsor(entry: Data | None) -> bool:
    if entry is None:
        return True
    return entry["stance"] in WARM if "stance" in entry else entry["odds"].get("no", 0) <= 0.5


@st.composite
def _actual(draw: st.DrawFn, council: Council, matter: str) -> Data:
    """What happened, its outcome agreeing with its marks by the Charter."""
    marks = {code: draw(st.sampled_from(CHOICES)) for code in council.ids}
    size, against = len(council), [code for code in council.permanent if marks[code] == "no"]
    quota = {"judges": size // 2 + 1}.get(matter, 9 if size == 15 else 7)
    enough = list(marks.values()).count("yes") >= quota
    outcome = "failed" if not enough else "vetoed" if against and matter == "substantive" else "adopted"
    kept = {word: [code for code in marks if marks[code] == word] for word in ("no", "abstain", "absent")}
    return {"outcome": outcome} | {word: codes for word, codes in kept.items() if codes}


@st.composite
def distributions(draw: st.DrawFn, lower: float, upper: float) -> Data:
    """A distribution for a number from `lower` to `upper`, within 0 to 1, where at least nine draws in ten lie."""
    width = upper - lower
    low, high = lower + width * draw(st.integers(1, 4)) / 20, upper - width * draw(st.integers(1, 4)) / 20
    kinds: list[Data] = [
        {"between": [low, high]},
        {"normal": [(lower + upper) / 2, width / draw(st.integers(4, 20))]},
        {"triangular": [lower, low, high]},
        {"uniform": [lower, upper]},
        {"beta": [draw(st.integers(1, 3)), round(40 / max(width, 0.01)) if lower == 0 else 1]},
    ]
    return draw(st.sampled_from(kinds if lower == 0 else kinds[:4]))


@st.composite
def uncertain_odds(draw: st.DrawFn) -> Data:
    """Odds with one or two uncertain numbers, the no at most 0.5, and what is left of 1 for another key than no."""
    words = draw(st.permutations(["yes", "abstain", "absent"]))
    odds: Data = {words[0]: "rest", "no": draw(distributions(0, 0.5))}
    if draw(st.booleans()):
        odds[words[1]] = draw(st.one_of(distributions(0, 0.25), st.just(0.25)))
    return odds


@st.composite
def _doubted(draw: st.DrawFn, data: Data) -> Data:
    """The same scenario with distributions for some of its numbers."""
    doubt = st.booleans()
    for table in (*data["members"].values(), *data.get("stances", {}).values()):
        for key in ("odds", "permanent", "elected"):
            if key in table and draw(doubt):
                table[key] = draw(uncertain_odds())
    for bloc in data["blocs"]:
        if bloc["cohesion"] > 0.01 and draw(doubt):
            bloc["cohesion"] = draw(distributions(0, bloc["cohesion"]))
    for name in data.get("spatial", {}).get("draft", ()):
        if draw(doubt):
            data["spatial"]["draft"] = {**data["spatial"]["draft"], name: draw(distributions(-1, 1))}
    for entry in data["members"].values():
        if "tie" in entry and draw(doubt):
            entry["tie"] = draw(distributions(-2, 2))
    for pair in data.get("company", []):
        for key in ("if_leader_no", "otherwise"):
            if draw(doubt):
                pair[key] = draw(distributions(0, 1))
    return data


@st.composite
def scenario_data(
    draw: st.DrawFn,
    *,
    day: datetime.date | None = None,
    family: Family = "laminar",
    company: bool = True,
    what_if: bool = True,
    extras: bool = True,
    uncertain: bool = False,
) -> Data:
    """A valid scenario as the dict that its TOML holds.

    Parameters
    ----------
    day : date or None
        Of the draft and the council; None for any, with councils of other days among them.
    family : "none", "laminar" or "any"
        Of the blocs.
    company, what_if : bool
        Whether there may be ``[[company]]``; whether there may be ``[given]`` and ``[do]``. What is given may be
        impossible: then the engines raise EvidenceError.
    extras : bool
        Whether keys that bear on no odds, own numbers for stances and rules other than the Charter's may be there.
    uncertain : bool
        Whether distributions may stand for numbers.
    """
    voted = day or draw(days())
    sits = voted if day or not extras or draw(st.booleans()) else draw(days())
    council = council_on(sits)
    own = draw(st.dictionaries(st.sampled_from(["default", *council.ids]), entries()))
    data: Data = {"schema": 1, "title": draw(texts()), "draft": {"date": voted}, "members": own}
    data["blocs"] = draw(blocs(council, family=family))
    if company:
        data["company"] = draw(companies(council))
    if what_if:
        told = draw(st.lists(st.sampled_from(council.ids), unique=True, max_size=4))
        data["given"] = {code: draw(learnt()) for code in told[:2]}
        data["do"] = {code: draw(st.sampled_from(CHOICES)) for code in told[2:]}
    if sits != voted:
        data["council"] = {"date": sits}
    whole = draw(_with_extras(data, council)) if extras else data
    return draw(_doubted(whole)) if uncertain else whole


def places(names: list[str]) -> st.SearchStrategy[dict[str, float]]:
    """A point in issue space, on a grid that has its ends, so that members meet the draft and each other."""
    return st.fixed_dictionaries({name: st.integers(-8, 8).map(lambda place: place / 8) for name in names})


@st.composite
def spaces(draw: st.DrawFn, *, most: int = 3) -> Data:
    """``[spatial]`` with up to `most` dimensions, a draft, and a place for every member without its own."""
    names = ["order", "cost", "time"][: draw(st.integers(1, most))]
    optional = {
        "reversion": places(names),
        "noise": st.sampled_from([0.05, 0.3, 1, 2.5]),
        "indifference": st.integers(0, 5).map(lambda width: width / 10),
        "veto_reluctance": st.integers(0, 8).map(lambda width: width / 10),
    }
    needed = {"dimensions": st.just(names), "draft": places(names), "default_position": places(names)}
    return draw(st.fixed_dictionaries(needed, optional=optional))


@st.composite
def placed(draw: st.DrawFn, names: list[str]) -> Data:
    """The keys of an entry that place a member in a space of these dimensions; maybe none."""
    weights = st.dictionaries(st.sampled_from(names), st.sampled_from([0, 0.5, 1, 3]))
    optional = {
        "position": places(names),
        "salience": weights,
        "veto_reluctance": st.sampled_from([0, 0.4, 2]),
        "tie": st.sampled_from([-1, -0.2, 0, 0.3]),
    }
    return draw(st.fixed_dictionaries({}, optional=optional))


@st.composite
def _in_issue_space(draw: st.DrawFn, plain: Data, council: Council) -> Data:
    """The same with the spatial model: some entries with a place beside what they say, some with a place alone."""
    space = draw(spaces())
    own = dict(plain["members"])
    for code in draw(st.lists(st.sampled_from(council.ids), unique=True, max_size=6)):
        own[code] = {**own.get(code, {}), "tie": 0.1, **draw(placed(space["dimensions"]))}
    return {**plain, "preferences": {"model": "spatial"}, "spatial": space, "members": own}


@st.composite
def spatial_data(draw: st.DrawFn, *, family: Family = "laminar", company: bool = True, said: bool = False) -> Data:
    """A scenario with the spatial model; with `said`, some members have said something or have odds of their own."""
    day = draw(days())
    council = council_on(day)
    space = draw(spaces())
    own = draw(st.dictionaries(st.sampled_from(council.ids), placed(space["dimensions"]).filter(bool), max_size=8))
    if said:
        for code in draw(st.lists(st.sampled_from(council.ids), unique=True, max_size=3)):
            own[code] = {**own.get(code, {}), **draw(entries())}
    data: Data = {"schema": 1, "title": "t", "draft": {"date": day}, "members": own}
    data |= {
        "preferences": {"model": "spatial"},
        "spatial": space,
        "blocs": draw(blocs(council, family=family, most=2)),
    }
    return data | ({"company": draw(companies(council, ordered=True, most=1))} if company else {})


@st.composite
def _with_extras(draw: st.DrawFn, plain: Data, council: Council) -> Data:
    data = dict(plain)
    data["draft"] = draw(drafts(plain["draft"]["date"]))
    if draw(st.booleans()):
        data["draft"]["sponsors"] = draw(_sponsors(council, data["members"]))
    data |= draw(st.fixed_dictionaries({}, optional={"summary": texts(), "sources": st.lists(texts(), max_size=2)}))
    if draw(st.booleans()):
        parties = draw(st.lists(st.sampled_from(council.ids), unique=True, max_size=2))
        data["council"] = {**data.get("council", {}), **draw(majorities(council)), "parties": parties}
    elif draw(st.booleans()):
        data["actual"] = draw(_actual(council, data["draft"].get("matter", "substantive")))
    if draw(st.booleans()):
        data = draw(_in_issue_space(data, council))
    numbers = st.dictionaries(st.sampled_from(["permanent", "elected"]), stated_odds())
    data["stances"] = draw(st.dictionaries(st.sampled_from([stance.value for stance in Stance]), numbers, max_size=2))
    return data


@st.composite
def scenarios(
    draw: st.DrawFn,
    *,
    day: datetime.date | None = None,
    family: Family = "laminar",
    company: bool = True,
    what_if: bool = True,
    extras: bool = False,
) -> Scenario:
    """A scenario; the parameters are those of :func:`scenario_data`."""
    data = draw(scenario_data(day=day, family=family, company=company, what_if=what_if, extras=extras))
    return from_data(data)
