"""What is on the table: a draft, a council, what its members want and have said. One class a table of the file."""

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

import tomli_w
from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from simulator.facts import Choice, Group, Matter, Outcome, Text
from simulator.scenario.numbers import MayBeUncertain, Uncertain, add_up, found_in
from simulator.scenario.seat_tables import SeatEntries
from simulator.scenario.spatial_tables import ENTRY_KEYS, Place, SignedUtility, Spatial, Utility
from simulator.scenario.stances import Stance
from simulator.scenario.table import Table

FURTHEST = 10.0
"""Largest shift of support, in standard deviations. It makes even odds of one chance in 10^23."""

WHOLE_BLOCS = ("all", "permanent", "elected", *(group.value for group in Group))
"""Words that stand for several members in ``[[blocs]]``."""


def _words(value: object) -> object:
    """A TOML string as the enum's member; other types are left for the type's own message."""
    return str(value) if isinstance(value, str) else value


def _version(value: object) -> object:
    """Python takes true and 1.0 for 1; a file that says either does not mean version 1."""
    if isinstance(value, (bool, float)):
        raise PydanticCustomError("version", "this program reads schema = 1")
    return value


def _code(value: object) -> str:
    if not isinstance(value, str) or len(value) > 64 or not value:
        raise PydanticCustomError("member", 'a member is an ISO 3166-1 alpha-3 code in quotes, such as "CHN"')
    return value


def _learnt(value: object) -> tuple[Choice, ...]:
    """``"not yes"``, ``"no"`` or a list of choices, as the choices that remain possible."""
    names = [value] if isinstance(value, str) else value
    kept: set[Choice] = set()
    for name in names if isinstance(names, (list, tuple)) else [None]:
        positive = name.removeprefix("not ") if isinstance(name, str) else ""
        if positive not in tuple(Choice) or (positive != name and positive not in ("yes", "no")):
            raise PydanticCustomError(
                "learnt", "what is learnt is yes, no, abstain, absent, not yes, not no, or a list of choices"
            )
        # "not yes" is taken part in or not: absent counts as not yes, as it does in the rules.
        kept |= {Choice(positive)} if positive == name else set(Choice) - {Choice(positive)}
    if not kept:
        raise PydanticCustomError("learnt", "an empty list leaves no choice possible")
    return tuple(choice for choice in Choice if choice in kept)


def _bloc_members(value: object) -> object:
    if isinstance(value, str):
        if value not in WHOLE_BLOCS:
            raise PydanticCustomError(
                "bloc_members",
                "a bloc's members are one of {words}, or a list of codes",
                {"words": ", ".join(WHOLE_BLOCS)},
            )
        return (value,)
    if not isinstance(value, (list, tuple)):
        raise PydanticCustomError("bloc_members", 'a bloc\'s members are a word such as "permanent" or a list of codes')
    return tuple(value)


Code = Annotated[str, BeforeValidator(_code), WithJsonSchema({"type": "string", "pattern": "^[A-Z0-9]{3,}$"})]
Codes = Annotated[tuple[Code, ...], Field(strict=False)]
Probability = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), MayBeUncertain(0, 1)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), MayBeUncertain(0, 1, rest=True)]
Shift = Annotated[float, Field(allow_inf_nan=False), MayBeUncertain(-FURTHEST, FURTHEST)]
StanceWord = Annotated[Stance, Field(strict=False)]
Learnt = Annotated[
    tuple[Choice, ...],
    BeforeValidator(_learnt),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": ["yes", "no", "abstain", "absent", "not yes", "not no"]},
                {"type": "array", "items": {"enum": [choice.value for choice in Choice]}, "minItems": 1},
            ]
        }
    ),
]
BlocMembers = Annotated[
    tuple[Code, ...],
    BeforeValidator(_bloc_members),
    PlainSerializer(lambda codes: codes[0] if len(codes) == 1 and codes[0] in WHOLE_BLOCS else codes),
    WithJsonSchema({"anyOf": [{"enum": list(WHOLE_BLOCS)}, {"type": "array", "items": {"type": "string"}}]}),
]


def _plain(value: Any) -> Any:
    """Dumped values in the types TOML has: lists for tuples, strings for words."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value


class Draft(Table):
    """The text put to the vote."""

    date: Annotated[datetime.date, Field(description="day of the vote: chooses the council and the rule of that day")]
    symbol: Annotated[str | None, Field(description="document symbol, such as S/2022/431")] = None
    agenda: Annotated[str | None, Field(description="agenda item, in the vocabulary of the record")] = None
    sponsors: Annotated[
        Codes | None,
        Field(description="states, on the Council or not; PRESIDENT; E10. Left out: unknown; []: none"),
    ] = None
    text: Annotated[Text, Field(strict=False, description="what is voted on")] = Text.DRAFT
    matter: Annotated[Matter, Field(strict=False, description="the kind of question")] = Matter.SUBSTANTIVE
    chapter: Annotated[
        Literal["VI", "VII", "none"], Field(description="Charter chapter; the proviso of Article 27(3) needs VI")
    ] = "none"
    mass_atrocity: Annotated[bool, Field(description="whether codes of restraint on mass atrocity apply")] = False


class CouncilChoice(Table):
    """Which council votes, and by which rule; by default the members on the draft's date, by the Charter."""

    date: Annotated[datetime.date | None, Field(description="another day's council and law")] = None
    rule: Annotated[str, Field(description="a name in `unsc rules`")] = "charter"
    parties: Annotated[Codes, Field(description="parties to the dispute, who abstain under Chapter VI")] = ()
    subscribers: Annotated[
        Codes | None,
        Field(
            description="members that keep a code of restraint, for rule restraint; left out: France, United Kingdom"
        ),
    ] = None
    seats: Annotated[SeatEntries, Field(description="a council of another make-up, or the word of a proposal")] = ()
    quota: Annotated[int | None, Field(description="yes votes needed, for rule quota-and-veto")] = None
    vetoes_needed: Annotated[
        int | None, Field(description="no of members with a veto needed to block, for rule quota-and-veto; 0: no veto")
    ] = None
    quota_source: Annotated[str | None, Field(description="where the quota comes from")] = None


class Preferences(Table):
    """Where the members' preferences come from."""

    model: Annotated[
        Literal["stated", "spatial", "history"],
        Field(
            description="stated: the scenario's own odds and stances; spatial: places in an issue space; history: "
            "fitted to the record of earlier votes"
        ),
    ] = "stated"


class StatedOdds(Table):
    """A member's probabilities; keys left out are 0, one may be "rest", and all together are 1."""

    yes: Annotated[Share, Field(description="chance of a yes")] = 0.0
    abstain: Annotated[Share, Field(description="chance of an abstention")] = 0.0
    no: Annotated[Share, Field(description="chance of a no")] = 0.0
    absent: Annotated[Share, Field(description="chance that it takes no part")] = 0.0

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        add_up(self.__dict__)
        return self


class MemberEntry(Table):
    """What is assumed of a member: a stance word or its odds; with the spatial model its place, too or instead."""

    stance: Annotated[StanceWord | None, Field(description="a word of `unsc stances`")] = None
    odds: Annotated[StatedOdds | None, Field(description="probabilities of yes, abstain, no, absent")] = None
    position: Annotated[Place | None, Field(description="its ideal point, with the spatial model")] = None
    salience: Annotated[
        dict[str, Utility] | None,
        Field(description="weight of each dimension to it, with the spatial model; default 1"),
    ] = None
    veto_reluctance: Annotated[
        Utility | None, Field(description="in place of spatial.veto_reluctance, for a permanent member")
    ] = None
    tie: Annotated[
        SignedUtility | None, Field(description="what it gains from a yes whatever the text, utility units; default 0")
    ] = None

    @property
    def spatial_keys(self) -> tuple[str, ...]:
        """The keys of the issue space that the entry has."""
        return tuple(key for key in ENTRY_KEYS if getattr(self, key) is not None)

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        neither = self.stance is None and self.odds is None
        if (self.stance is not None and self.odds is not None) or (neither and not self.spatial_keys):
            given = "neither a stance nor odds" if neither else "both a stance and odds"
            raise PydanticCustomError("entry", "an entry needs a stance or odds, and has {given}", {"given": given})
        return self


class SequenceEntry(Table):
    """A vote taken before the draft's: on an amendment, a part, or a rival draft."""

    id: Annotated[str, Field(description="its name; draft, in the last entry, stands for the draft itself")]
    text: Annotated[Text, Field(strict=False, description="what is voted on; draft is a rival draft")] = Text.AMENDMENT
    matter: Annotated[
        Matter | None, Field(strict=False, description="the kind of question; left out: that of the draft")
    ] = None
    members: Annotated[
        dict[str, MemberEntry], Field(description="as in [members]; without a default, the others are as there")
    ] = Field(default_factory=dict)
    after: Annotated[tuple[str, ...], Field(strict=False, description="ids of votes that come before it")] = ()
    if_adopted: Annotated[Shift, Field(description="added to all support for later votes, in standard deviations")] = (
        0.0
    )
    if_rejected: Annotated[Shift, Field(description="the same if it is not adopted, vetoed or short of votes")] = 0.0


class Bloc(Table):
    """Members that move together."""

    name: Annotated[str, Field(description="what the bloc is called in the output")] = ""
    members: Annotated[BlocMembers, Field(description="all, permanent, elected, a regional group, or a list of codes")]
    cohesion: Annotated[Probability, Field(description="correlation of latent support due to this bloc")]


class Company(Table):
    """A follower whose no, once it withholds its yes, depends on the leader's vote."""

    leader: Annotated[Code, Field(description="the member that is followed")]
    follower: Annotated[Code, Field(description="the member that follows")]
    if_leader_no: Annotated[
        Probability | None, Field(description="chance of a no, given it withholds, if the leader votes no")
    ] = None
    otherwise: Annotated[Probability | None, Field(description="the same if the leader does anything else")] = None


class StanceOdds(Table):
    """The scenario's own numbers for a stance word, for either kind of member."""

    permanent: Annotated[StatedOdds | None, Field(description="odds of a permanent member with this stance")] = None
    elected: Annotated[StatedOdds | None, Field(description="odds of an elected member with this stance")] = None


class Actual(Table):
    """What happened; used only to score the forecast. Members not named voted yes."""

    outcome: Annotated[Outcome, Field(strict=False, description="what became of the draft")]
    no: Annotated[Codes, Field(description="members that voted no")] = ()
    abstain: Annotated[Codes, Field(description="members that abstained")] = ()
    absent: Annotated[Codes, Field(description="members that took no part")] = ()


class Scenario(Table):
    """One draft before one council, and all that is assumed, learnt and made about it."""

    format: Annotated[
        Literal[1], BeforeValidator(_version), Field(alias="schema", description="version of this format")
    ]
    title: Annotated[str, Field(description="one line")]
    summary: Annotated[str, Field(description="the situation before the vote, as long as you like")] = ""
    sources: Annotated[tuple[str, ...], Field(strict=False, description="where the assumptions come from")] = ()
    draft: Draft
    council: CouncilChoice = CouncilChoice()
    preferences: Preferences = Preferences()
    members: Annotated[
        dict[str, MemberEntry], Field(description="by code; default is for members without an entry")
    ] = Field(default_factory=dict)
    spatial: Spatial | None = None
    preliminary: Annotated[
        dict[str, MemberEntry],
        Field(description="as [members], on whether the draft is procedural; with rule double-veto only"),
    ] = Field(default_factory=dict)
    sequence: Annotated[tuple[SequenceEntry, ...], Field(strict=False)] = ()
    blocs: Annotated[tuple[Bloc, ...], Field(strict=False)] = ()
    company: Annotated[tuple[Company, ...], Field(strict=False)] = ()
    stances: Annotated[dict[StanceWord, StanceOdds], Field(description="own numbers for stance words")] = Field(
        default_factory=dict
    )
    given: Annotated[dict[str, Learnt], Field(description="what is learnt: moves beliefs about everybody")] = Field(
        default_factory=dict
    )
    do: Annotated[
        dict[str, Annotated[Choice, Field(strict=False)]], Field(description="what is made so: moves no belief")
    ] = Field(default_factory=dict)
    actual: Actual | None = None

    _source: str = PrivateAttr(default="scenario")
    _notes: tuple[str, ...] = PrivateAttr(default=())
    _checked: bool = PrivateAttr(default=False)
    _agendas: frozenset[str] = PrivateAttr(default=frozenset())
    _uncertain: tuple[tuple[tuple[str | int, ...], Uncertain], ...] | None = PrivateAttr(default=None)

    def __eq__(self, other: object) -> bool:
        """Equal in what is assumed, wherever it was read from."""
        return isinstance(other, Scenario) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]  # it holds dicts

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, which is checked again when it is used: `update` may hold anything."""
        copy = super().model_copy(update=update, deep=deep)
        copy._checked, copy._uncertain = False, None
        return copy

    @property
    def source(self) -> str:
        """The file it came from, or another name for where it came from."""
        return self._source

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out or changed to fit another council, in sentences."""
        return self._notes

    @property
    def further_agendas(self) -> frozenset[str]:
        """Agenda items that it may be about beside those of the shipped record: of a record with newer rows."""
        return self._agendas

    @property
    def uncertain(self) -> tuple[tuple[tuple[str | int, ...], Uncertain], ...]:
        """Where a distribution stands for a number, and which; see :mod:`simulator.scenario.uncertain`."""
        if self._uncertain is None:
            self._uncertain = tuple(found_in(self))
        return self._uncertain

    @property
    def council_date(self) -> datetime.date:
        """The day that chooses council and law: ``council.date``, or the draft's."""
        return self.council.date or self.draft.date

    def to_data(self) -> dict[str, Any]:
        """The scenario as the plain dict its TOML file holds, defaults left out."""
        data: dict[str, Any] = _plain(
            self.model_dump(by_alias=True, exclude_unset=True, exclude_none=True, warnings=False)
        )
        return data

    def to_toml(self) -> str:
        """The scenario as the text of a file that loads to an equal scenario."""
        return tomli_w.dumps(self.to_data(), multiline_strings=True)

    @classmethod
    def _made(cls, data: dict[str, Any], source: str, notes: tuple[str, ...] = ()) -> Self:
        scenario = cls.model_validate(data)
        scenario._source, scenario._notes = source, notes
        return scenario
