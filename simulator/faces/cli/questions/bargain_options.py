"""The options of ``unsc bargain``, each with its help."""

from __future__ import annotations

from typing import Annotated

import typer

from simulator.faces.cli.options import complete_members

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
