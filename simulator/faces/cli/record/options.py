"""The options of ``unsc record``, each with its help."""

from __future__ import annotations

from typing import Annotated

import typer

from simulator.faces.cli.options import OUTPUT, REGIONS, complete_members

_WHICH = "Which votes"

_OUTCOMES = ["adopted", "vetoed", "failed"]
_TEXTS = ["draft", "amendment", "paragraph"]
_MATTERS = ["substantive", "procedural"]


def _complete_agendas(incomplete: str) -> list[str]:
    from simulator.facts import agendas

    return [slug for slug in agendas() if slug.startswith(incomplete)]


def complete_ids(incomplete: str) -> list[str]:
    """Ids on record that begin so."""
    from simulator.facts import roll_calls

    return [vote.id for vote in roll_calls() if vote.id.startswith(incomplete)]


Members = Annotated[
    list[str] | None,
    typer.Option(
        "--member",
        help='A member of the day, and how it voted: CHN, CHN=no, CHN="not yes", RUS=no,abstain.',
        metavar="CODE[=VOTE]",
        autocompletion=complete_members,
        rich_help_panel=_WHICH,
    ),
]
Voted = Annotated[
    str | None,
    typer.Option(
        "--voted",
        help="How each --member without a vote of its own voted: no, abstain, absent, yes, not yes, not no.",
        metavar="VOTE",
        rich_help_panel=_WHICH,
    ),
]
Agendas = Annotated[
    list[str] | None,
    typer.Option(
        "--agenda",
        help="What it was about: dprk.",
        metavar="SLUG",
        autocompletion=_complete_agendas,
        rich_help_panel=_WHICH,
    ),
]
Sponsors = Annotated[
    list[str] | None,
    typer.Option(
        "--sponsor",
        help="A sponsor: a code, also of a state outside the Council; PRESIDENT; E10.",
        metavar="CODE",
        rich_help_panel=_WHICH,
    ),
]
From = Annotated[
    str | None,
    typer.Option("--from", help="First day, or year.", metavar="DATE", rich_help_panel=_WHICH),
]
To = Annotated[
    str | None,
    typer.Option("--to", help="Last day, or year.", metavar="DATE", rich_help_panel=_WHICH),
]
Outcomes = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome",
        help=f"What became of it: {', '.join(_OUTCOMES)}.",
        metavar="WORD",
        autocompletion=lambda: _OUTCOMES,
        rich_help_panel=_WHICH,
    ),
]
Contested = Annotated[
    bool,
    typer.Option("--contested", help="Not unanimous: some member did not vote yes.", rich_help_panel=_WHICH),
]
Texts = Annotated[
    list[str] | None,
    typer.Option(
        "--text",
        help=f"What was voted on: {', '.join(_TEXTS)}.",
        metavar="WORD",
        autocompletion=lambda: _TEXTS,
        rich_help_panel=_WHICH,
    ),
]
Matters = Annotated[
    list[str] | None,
    typer.Option(
        "--matter",
        help=f"By which majority: {', '.join(_MATTERS)}.",
        metavar="WORD",
        autocompletion=lambda: _MATTERS,
        rich_help_panel=_WHICH,
    ),
]
Split = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--split",
        help="Cross what two members did, instead of the list: CHN RUS.",
        metavar="CODE CODE",
        rich_help_panel=OUTPUT,
    ),
]
Limit = Annotated[
    str | None,
    typer.Option("--limit", help="Show the latest so many. Default 20.", metavar="NUMBER", rich_help_panel=OUTPUT),
]
All = Annotated[bool, typer.Option("--all", help="Show all of them.", rich_help_panel=OUTPUT)]
Csv = Annotated[
    bool,
    typer.Option("--csv", help="Print CSV in the columns that --record reads.", rich_help_panel=OUTPUT),
]
File = Annotated[str, typer.Argument(help="A CSV file.", metavar="FILE")]
Output = Annotated[
    str | None,
    typer.Option("--output", help="Write this file, which must be new, instead of standard output.", metavar="FILE"),
]
OneAgenda = Annotated[
    str | None,
    typer.Option("--agenda", help="What all of them are about.", metavar="SLUG", autocompletion=_complete_agendas),
]
OneRegion = Annotated[
    str | None,
    typer.Option(
        "--region",
        help=f"Of an --agenda that is new: {', '.join(REGIONS)}.",
        metavar="NAME",
        autocompletion=lambda: REGIONS,
    ),
]
