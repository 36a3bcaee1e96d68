"""The commands and their options. Nothing heavy is imported before a command runs, so that help is quick."""

from __future__ import annotations

from typing import Annotated

import typer

from simulator import __version__
from simulator.faces.cli import options as opt
from simulator.faces.cli.questions.app import add_questions
from simulator.faces.cli.record.app import app as record

app = typer.Typer(
    name="unsc",
    help="Odds of adoption for draft resolutions of the UN Security Council: how likely, why, and what if.",
    epilog="Start with: unsc run dprk-2022-05. Your own draft: unsc new my-draft.toml",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    rich_markup_mode=None,  # plain help comes twice as fast
)


app.add_typer(record)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"unsc {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


@app.command()
def run(
    scenarios: opt.Scenarios,
    given: opt.Given = None,
    do: opt.Do = None,
    stance: opt.Stance = None,
    set_: opt.Set = None,
    rule: opt.Rule = None,
    council_date: opt.CouncilDate = None,
    engine: opt.Engine = "auto",
    method: opt.Method = None,
    draws: opt.Draws = None,
    seed: opt.Seed = None,
    precision: opt.Precision = None,
    workers: opt.Workers = None,
    parameter_draws: opt.ParameterDraws = None,
    save_draws: opt.SaveDraws = None,
    record: opt.RecordFile = None,
    json: opt.Json = False,
    csv: opt.Csv = False,
) -> None:
    """Give the odds of a draft: how likely, why, by which votes.

    One scenario gives a page; several give a table. A what-if takes one option: --given for what is learnt (moves
    beliefs about everybody), --do for what is made so (only followers react), --stance, --set, --rule, --council-date.
    """
    from simulator.faces.cli import run as command
    from simulator.faces.cli.changes import Changes

    changes = Changes(given, do, stance, set_, rule, council_date)
    how = command.How(engine, method, draws, seed, precision, workers, save_draws, parameter_draws)
    command.run(scenarios, changes, how, record, as_json=json, as_csv=csv)


@app.command()
def forecast(
    agenda: opt.Agenda,
    sponsors: opt.Sponsors = None,
    date: opt.DateOfVote = None,
    text: opt.TextKind = "draft",
    stance: opt.Said = None,
    given: opt.Given = None,
    do: opt.Do = None,
    council_date: opt.CouncilDate = None,
    record: opt.RecordFile = None,
    estimates: opt.EstimatesFile = None,
    json: opt.Json = False,
    csv: opt.CsvOfForecast = False,
) -> None:
    """Forecast a draft from the record, without a file.

    By what the Council did on earlier days, and by what members say. Examples: unsc forecast --agenda dprk
    --sponsors USA --date 2022-05-26, and with --stance CHN=opposes --stance RUS=opposes.
    """
    from simulator.faces.cli.forecast import Asked
    from simulator.faces.cli.forecast import forecast as command

    asked = Asked(agenda, sponsors, date, text, stance, given, do, council_date, estimates)
    command(asked, record, as_json=json, as_csv=csv)


add_questions(app)


@app.command()
def validate(scenarios: opt.Scenarios) -> None:
    """Check scenario files and name every problem in them."""
    from simulator.faces.cli.files import validate as command

    command(scenarios)


@app.command()
def new(
    path: Annotated[str, typer.Argument(help="File to write.", metavar="PATH")] = "scenario.toml",
    start: Annotated[
        str | None,
        typer.Option("--from", help="Start from this shipped scenario instead of the template.", metavar="NAME"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
) -> None:
    """Write a first scenario file to edit."""
    from simulator.faces.cli.files import new as command

    command(path, start, force=force)


@app.command()
def scenarios(json: opt.Json = False) -> None:
    """List the scenarios that come with the program."""
    from simulator.faces.cli.files import scenarios as command

    command(as_json=json)


@app.command()
def schema(
    result: Annotated[bool, typer.Option("--result", help="The schema of `unsc run --json` instead.")] = False,
) -> None:
    """Print the JSON Schema of the scenario file.

    For editors that complete keys, and for programs.
    """
    from simulator.faces.cli.files import schema as command

    command(of_result=result)


@app.command()
def stances(
    likelihoods: Annotated[
        bool,
        typer.Option(
            "--likelihoods", help="What each word is worth as evidence, in the spatial and the history model."
        ),
    ] = False,
    json: opt.Json = False,
) -> None:
    """List the stance words, their odds and their basis."""
    from simulator.faces.cli.stances import stances as command

    command(likelihoods=likelihoods, as_json=json)


@app.command()
def rules(json: opt.Json = False) -> None:
    """List the voting rules, their sources and properties."""
    from simulator.faces.cli.tables import rules as command

    command(as_json=json)


@app.command()
def council(
    date: Annotated[
        str | None,
        typer.Argument(
            help="A day, 1946-01-17 to 2027-12-31, or a year for its 1 July (1946: 1 August); default today.",
            metavar="DATE",
        ),
    ] = None,
    reform: opt.Reform = None,
    json: opt.Json = False,
) -> None:
    """Show the Council's members on a day.

    With --reform, those whom a proposal would add too.
    """
    from simulator.faces.cli.tables import council as command

    command(date, reform=reform, as_json=json)


@app.command()
def members(codes: opt.Codes = None, group: opt.RegionalGroup = None, json: opt.Json = False) -> None:
    """List the states that ever had a seat, or show some of them.

    With codes: names, terms, and ideal points through time, on one scale.
    """
    from simulator.faces.cli.members import members as command

    command(codes or [], group, as_json=json)


@app.command()
def agendas(
    region: opt.Regions = None, record: opt.RecordFile = None, json: opt.Json = False, csv: opt.CsvOfAgendas = False
) -> None:
    """List the agenda items that votes on record were about.

    Each with what became of its texts. These words are what --agenda and a scenario's draft.agenda take. Examples:
    unsc agendas --region africa, unsc agendas --csv.
    """
    from simulator.faces.cli.agendas import agendas as command

    command(region, record, as_json=json, as_csv=csv)


@app.command()
def backtest(
    start: opt.FirstDay = "2010",
    end: opt.LastDay = None,
    by: opt.ScoresBy = None,
    votes: opt.EachVote = False,
    record: opt.RecordFile = None,
    no_ideal_points: opt.NoIdealPoints = False,
    no_calibration: opt.NoCalibration = False,
    json: opt.Json = False,
    csv: opt.CsvOfVotes = False,
) -> None:
    """Score forecasts of past votes, made from earlier days only.

    Beside them stand simple means of forecasting the same votes. Examples: unsc backtest --from 2020 --to 2024,
    unsc backtest --by agenda, unsc backtest --votes --csv.
    """
    from simulator.faces.cli.backtest import Asked
    from simulator.faces.cli.backtest import backtest as command

    asked = Asked(start, end, by, votes, record, not no_ideal_points, not no_calibration)
    command(asked, as_json=json, as_csv=csv)


@app.command()
def fit(
    until: opt.Until = None,
    output: opt.Output = None,
    shipped: opt.ShippedFolder = None,
    seed: opt.FitSeed = None,
    draws: opt.FitDraws = None,
    record: opt.RecordFile = None,
    no_ideal_points: opt.WithoutIdealPoints = False,
    json: opt.Json = False,
) -> None:
    """Make the estimates anew that forecasts rest on.

    Needs the extra fit. Says whether they are those that ship. Examples: unsc fit --until 2022,
    unsc fit --shipped my-folder.
    """
    from simulator.faces.cli.fit import Asked, fits

    fits(Asked(until, output, shipped, seed, draws, record, not no_ideal_points), as_json=json)
