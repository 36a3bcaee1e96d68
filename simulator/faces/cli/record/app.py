"""The commands of ``unsc record`` and their options. Nothing heavy is imported before a command runs."""

from __future__ import annotations

from typing import Annotated

import typer

from simulator.faces.cli import options as opt
from simulator.faces.cli.record import options as own

app = typer.Typer(
    name="record",
    help="Find and draw the real votes since 1946, and add newer ones.",
    epilog="Start with: unsc record list --member CHN=no. One vote: unsc record show S/2022/431",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command("list")
def list_(
    member: own.Members = None,
    voted: own.Voted = None,
    agenda: own.Agendas = None,
    region: opt.Regions = None,
    sponsor: own.Sponsors = None,
    first: own.From = None,
    last: own.To = None,
    outcome: own.Outcomes = None,
    contested: own.Contested = False,
    text: own.Texts = None,
    matter: own.Matters = None,
    split: own.Split = None,
    limit: own.Limit = None,
    everything: own.All = False,
    record: opt.RecordFile = None,
    json: opt.Json = False,
    csv: own.Csv = False,
) -> None:
    """List the votes that fit, newest last, with counts.

    Options of different kinds all hold; of one kind given twice, any holds, but all of --member and of --sponsor.
    Examples: --member CHN=no --member RUS=abstain; --agenda dprk --contested; --split CHN RUS --from 1994.
    """
    from simulator.faces.cli.record import listing
    from simulator.faces.cli.record.asked import Asked

    asked = Asked(member, voted, agenda, region, sponsor, first, last, outcome, contested, text, matter)
    how = listing.How(split, limit, everything, as_json=json, as_csv=csv)
    listing.list_votes(asked, how, record)


@app.command()
def show(
    id_: Annotated[
        str,
        typer.Argument(
            help="Of a resolution (S/RES/2728, or 2728) or of a text (S/2022/431).",
            metavar="ID",
            autocompletion=own.complete_ids,
        ),
    ],
    record: opt.RecordFile = None,
    json: opt.Json = False,
    csv: own.Csv = False,
) -> None:
    """Draw one vote: who did what, and why it came out so.

    Examples: unsc record show S/2022/431; unsc record show 2728.
    """
    from simulator.faces.cli.record.showing import show_vote

    show_vote(id_, record, as_json=json, as_csv=csv)


@app.command()
def check(file: own.File, json: opt.Json = False) -> None:
    """Verify a file that adds to the record.

    Its columns are those of the shipped roll_calls.csv. Each row is checked by itself: words, codes, marks against the
    council of the day, the tally, the outcome against the rule of the day. The exit status is 2 if any is refused.
    """
    from simulator.faces.cli.record.checking import check_file

    check_file(file, as_json=json)


@app.command("import")
def import_(
    file: own.File,
    output: own.Output = None,
    agenda: own.OneAgenda = None,
    region: own.OneRegion = None,
) -> None:
    """Turn the UN Digital Library's voting data into rows of the record.

    FILE is the Library's CSV of Security Council votes, a row a member and resolution. It has adopted resolutions only:
    drafts that were vetoed or failed you add yourself. It names neither sponsors nor our words for agenda items; what
    is left to fill in is said on standard error. Resolutions that are on record already are left out.
    """
    from simulator.faces.cli.record.importing import import_file

    import_file(file, output, agenda, region)
