"""The options that one question has alone, each with its help."""

from __future__ import annotations

from typing import Annotated

import typer

from simulator.faces.cli.options import ENGINE, RULES, complete_members, complete_scenarios

Compared = Annotated[
    list[str],
    typer.Argument(
        help="Two or more, as of unsc run; or one, with a what-if.",
        metavar="SCENARIO",
        autocompletion=complete_scenarios,
    ),
]
Hybrids = Annotated[
    str | None,
    typer.Option(
        "--hybrids",
        help="Scenarios to answer at most to take a difference apart. Default 1024, or 128 where they take long.",
        metavar="NUMBER",
        rich_help_panel=ENGINE,
    ),
]
Reach = Annotated[str, typer.Option("--reach", help="Odds of adoption to reach, between 0 and 1.", metavar="ODDS")]
Cost = Annotated[
    list[str] | None,
    typer.Option(
        "--cost",
        help="What moving a member by one standard deviation costs: CHN=3. Default 1; inf: it cannot be moved.",
        metavar="MEMBER=NUMBER",
    ),
]
Sponsor = Annotated[
    str | None,
    typer.Option(
        "--sponsor",
        help="Whose ideal text gives way, with the spatial model. Default the file's sponsors, else the draft itself.",
        metavar="MEMBER",
        autocompletion=complete_members,
    ),
]
ValueAdopted = Annotated[
    str | None,
    typer.Option(
        "--value-adopted",
        help="What adoption as it stands is worth to the sponsor; withdrawing is worth 0. Default 1.",
        metavar="NUMBER",
    ),
]
ValueDefeated = Annotated[
    str | None,
    typer.Option("--value-defeated", help="What defeat is worth to the sponsor. Default 0.", metavar="NUMBER"),
]
RuleOrScenario = Annotated[
    str | None,
    typer.Argument(
        help="A voting rule (see `unsc rules`), a scenario for its rule and council, or a file of weights. Default "
        "charter.",
        autocompletion=lambda: RULES,
        metavar="RULE",
    ),
]
Quota = Annotated[
    str | None,
    typer.Option(
        "--quota",
        help="Yes votes needed, of rule quota-and-veto; or their weight, instead of what a file states.",
        metavar="NUMBER",
    ),
]
Weights = Annotated[
    str | None,
    typer.Option(
        "--weights",
        help="Another game than the Council's: 50,49,1, or a file with a line a member (name,weight or "
        "name,weight,veto) and perhaps quota,51.",
        metavar="NUMBERS",
    ),
]
WithVeto = Annotated[
    str | None, typer.Option("--veto", help="Members of --weights with a veto: 1,2.", metavar="MEMBERS")
]
VetoesNeeded = Annotated[
    str | None,
    typer.Option(
        "--vetoes-needed",
        help="How many vetoes block, of rule quota-and-veto or --weights. Default 1.",
        metavar="NUMBER",
    ),
]
Abstaining = Annotated[
    str | None,
    typer.Option(
        "--abstaining",
        help="Permanent members set aside as abstaining, CHN,RUS: they leave the game.",
        metavar="MEMBERS",
        autocompletion=complete_members,
    ),
]
Abstention = Annotated[
    bool,
    typer.Option("--abstention", help="Members may abstain, which is no veto: three choices instead of two."),
]
Quotas = Annotated[
    list[str] | None,
    typer.Option(
        "--quota",
        help="Votes needed instead: g4=15, quota-and-veto=10 for the Council of the day, or a number for all of them.",
        metavar="NAME=NUMBER",
    ),
]
FirstYear = Annotated[str | None, typer.Option("--from", help="The first year. Default 1946.", metavar="YEAR")]
LastYear = Annotated[
    str | None,
    typer.Option("--to", help="The last year. Default: the last whose members are known.", metavar="YEAR"),
]
MoveDraft = Annotated[
    bool,
    typer.Option(
        "--move-draft",
        help="The draft's day moves too: ideal points and the record are those known in that year.",
    ),
]
