"""The options of ``unsc reforms`` and ``unsc time-machine``, each with its help."""

from __future__ import annotations

from typing import Annotated

import typer

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
