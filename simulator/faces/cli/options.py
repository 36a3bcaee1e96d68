"""The options that several commands share, each with its help."""

from __future__ import annotations

from typing import Annotated

import typer

_ENGINES = ["auto", "exact", "monte-carlo"]
_METHODS = ["conditional", "votes"]
RULES = [
    "charter",
    "substantive",
    "procedural",
    "judges",
    "double-veto",
    "restraint",
    "no-veto",
    "two-vetoes",
    "quota-and-veto",
]

_GROUPS = ["african", "asia-pacific", "eastern-european", "grulac", "weog"]

_REFORMS = ["g4", "uniting-for-consensus", "panel-a", "panel-b", "african-union", "l69"]

REGIONS = ["africa", "americas", "asia", "europe", "global", "middle-east"]
"""Parts of the world that agenda items are about."""

_TEXTS = ["draft", "amendment", "paragraph"]

_PARTS = ["period", "year", "agenda", "contested", "sponsors", "text", "member"]

_WHAT_IF = "What if"
ENGINE = "Engine"
OUTPUT = "Output"
"""The panel of options that say in which form an answer is printed."""


def complete_scenarios(incomplete: str) -> list[str]:
    """Names of shipped scenarios."""
    from simulator.scenario.files import shipped_scenarios

    return [name for name in shipped_scenarios() if name.startswith(incomplete)]


def complete_members(incomplete: str) -> list[str]:
    """Codes of states that ever had a seat."""
    from simulator.facts import members

    return [code for code in members() if code.startswith(incomplete.upper())]


def _complete_agendas(incomplete: str) -> list[str]:
    from simulator.facts import agendas

    return [slug for slug in agendas() if slug.startswith(incomplete)]


Scenarios = Annotated[
    list[str],
    typer.Argument(
        help="Files, pipes, patterns, names of shipped scenarios (see `unsc scenarios`), or - for standard input.",
        metavar="SCENARIO",
        autocompletion=complete_scenarios,
    ),
]
OneScenario = Annotated[
    str,
    typer.Argument(
        help="A file, a pipe, the name of a shipped scenario (see `unsc scenarios`), or - for standard input.",
        metavar="SCENARIO",
        autocompletion=complete_scenarios,
    ),
]
Given = Annotated[
    list[str] | None,
    typer.Option(
        "--given",
        help='What is learnt: CHN="not yes". Votes: yes, no, abstain, absent, not yes, not no; several with commas.',
        metavar="MEMBER=VOTE",
        rich_help_panel=_WHAT_IF,
    ),
]
Do = Annotated[
    list[str] | None,
    typer.Option("--do", help="What is made so: RUS=no.", metavar="MEMBER=VOTE", rich_help_panel=_WHAT_IF),
]
Stance = Annotated[
    list[str] | None,
    typer.Option(
        "--stance",
        help="What a member says instead: IND=undecided (see `unsc stances`).",
        metavar="MEMBER=WORD",
        rich_help_panel=_WHAT_IF,
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        help="Any key of the file: draft.date=2017-12-22, blocs.0.cohesion=0.6.",
        metavar="KEY=VALUE",
        rich_help_panel=_WHAT_IF,
    ),
]
Rule = Annotated[
    str | None,
    typer.Option(
        "--rule",
        help="Another voting rule (see `unsc rules`).",
        autocompletion=lambda: RULES,
        metavar="NAME",
        rich_help_panel=_WHAT_IF,
    ),
]
CouncilDate = Annotated[
    str | None,
    typer.Option(
        "--council-date",
        help="Another day's council and law; of a year, those of 1 July (1946: 1 August).",
        metavar="DATE",
        rich_help_panel=_WHAT_IF,
    ),
]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        help="auto: exact with a Monte Carlo line beside it. exact. monte-carlo.",
        autocompletion=lambda: _ENGINES,
        metavar="NAME",
        rich_help_panel=ENGINE,
    ),
]
Method = Annotated[
    str | None,
    typer.Option(
        "--method",
        help="Of monte-carlo: conditional (factors drawn, votes summed; default) or votes (whole roll calls).",
        autocompletion=lambda: _METHODS,
        metavar="NAME",
        rich_help_panel=ENGINE,
    ),
]
Draws = Annotated[
    str | None,
    typer.Option(
        "--draws",
        help="Points or roll calls of monte-carlo, such as 1e6. Default 16,384 or 1,000,000.",
        metavar="NUMBER",
        rich_help_panel=ENGINE,
    ),
]
Seed = Annotated[
    str | None,
    typer.Option("--seed", help="Seed of the draws. Default 1946.", metavar="NUMBER", rich_help_panel=ENGINE),
]
Precision = Annotated[
    str | None,
    typer.Option(
        "--precision",
        help="Draw until the standard error of the odds of adoption is this small, such as 1e-4.",
        metavar="ERROR",
        rich_help_panel=ENGINE,
    ),
]
ParameterDraws = Annotated[
    str | None,
    typer.Option(
        "--parameter-draws",
        help="Draws of a scenario's uncertain numbers. Default 400.",
        metavar="NUMBER",
        rich_help_panel=ENGINE,
    ),
]
Workers = Annotated[
    str | None,
    typer.Option(
        "--workers",
        help="Threads. Results do not depend on it. Default: one a processor.",
        metavar="NUMBER",
        rich_help_panel=ENGINE,
    ),
]
SaveDraws = Annotated[
    str | None,
    typer.Option(
        "--save-draws",
        help="Write the roll calls drawn (that agree with what is learnt) to this .csv file, or .npz file "
        "(10,000,000 at most); method votes.",
        metavar="FILE",
        rich_help_panel=ENGINE,
    ),
]
Codes = Annotated[
    list[str] | None,
    typer.Argument(
        help="Codes of states, such as IND; none lists all.", metavar="CODE", autocompletion=complete_members
    ),
]
RegionalGroup = Annotated[
    str | None,
    typer.Option(
        "--group",
        help=f"Only this regional group: {', '.join(_GROUPS)}.",
        autocompletion=lambda: _GROUPS,
        metavar="NAME",
    ),
]
Reform = Annotated[
    str | None,
    typer.Option(
        "--reform",
        help=f"With the new seats of a proposal: {', '.join(_REFORMS)}.",
        autocompletion=lambda: _REFORMS,
        metavar="NAME",
    ),
]
Regions = Annotated[
    list[str] | None,
    typer.Option(
        "--region",
        help=f"Part of the world: {', '.join(REGIONS)}.",
        autocompletion=lambda: REGIONS,
        metavar="NAME",
    ),
]
RecordFile = Annotated[
    list[str] | None,
    typer.Option(
        "--record", help="Add the roll calls of this file to the record (see `unsc record check`).", metavar="FILE"
    ),
]
Agenda = Annotated[
    str,
    typer.Option(
        "--agenda",
        help="What the draft is about: a word of `unsc agendas`.",
        autocompletion=_complete_agendas,
        metavar="WORD",
    ),
]
Sponsors = Annotated[
    list[str] | None,
    typer.Option(
        "--sponsors",
        help="Who tables it: USA,FRA or repeated; PRESIDENT; E10. By default those of the last text like it.",
        autocompletion=complete_members,
        metavar="CODES",
    ),
]
DateOfVote = Annotated[
    str | None, typer.Option("--date", help="The day of the vote, from 2000 on. Default today.", metavar="DATE")
]
TextKind = Annotated[
    str,
    typer.Option(
        "--text",
        help=f"What is voted on: {', '.join(_TEXTS)}.",
        autocompletion=lambda: _TEXTS,
        metavar="WORD",
    ),
]
Said = Annotated[
    list[str] | None,
    typer.Option(
        "--stance",
        help="What a member says: CHN=opposes (see `unsc stances`). It is evidence of its vote.",
        metavar="MEMBER=WORD",
        rich_help_panel=_WHAT_IF,
    ),
]
FirstDay = Annotated[
    str, typer.Option("--from", help="The first day, or year, of the votes to forecast.", metavar="DATE")
]
LastDay = Annotated[
    str | None,
    typer.Option("--to", help="The last day, or year; by default the end of the record.", metavar="DATE"),
]
ScoresBy = Annotated[
    str | None,
    typer.Option(
        "--by",
        help=f"Scores of each {', '.join(_PARTS[:-1])} or {_PARTS[-1]} apart.",
        autocompletion=lambda: _PARTS,
        metavar="WORD",
    ),
]
EachVote = Annotated[
    bool, typer.Option("--votes", help="Each vote with its odds, the worst misses first, instead of ten of them.")
]
NoIdealPoints = Annotated[
    bool,
    typer.Option("--no-ideal-points", help="Forecast without ideal points, which a later release has smoothed."),
]
NoCalibration = Annotated[
    bool,
    typer.Option("--no-calibration", help="Odds as estimated, not put right by the forecasts of earlier years."),
]
Until = Annotated[
    str | None,
    typer.Option("--until", help="Fit the votes before this day; of a year, before its 1 January.", metavar="DATE"),
]
Output = Annotated[
    str | None, typer.Option("--output", help="The file to write. Default estimates-DATE.npz.", metavar="FILE")
]
ShippedFolder = Annotated[
    str | None,
    typer.Option(
        "--shipped",
        help="Write all files that ship into this folder instead, those left out that are there already.",
        metavar="FOLDER",
    ),
]
FitDraws = Annotated[
    str | None,
    typer.Option("--draws", help="Draws of the parameters. Default 20.", metavar="NUMBER"),
]
FitSeed = Annotated[str | None, typer.Option("--seed", help="Seed of the draws. Default 1946.", metavar="NUMBER")]
WithoutIdealPoints = Annotated[bool, typer.Option("--no-ideal-points", help="Fit without ideal points.")]
EstimatesFile = Annotated[
    str | None,
    typer.Option(
        "--estimates",
        help="Estimates of your own, from `unsc fit`, instead of those that ship.",
        metavar="FILE",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.", rich_help_panel=OUTPUT)]
CsvOfQuestion = Annotated[bool, typer.Option("--csv", help="Print CSV.", rich_help_panel=OUTPUT)]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV, one row a scenario.", rich_help_panel=OUTPUT)]
CsvOfAgendas = Annotated[bool, typer.Option("--csv", help="Print CSV, one row an agenda item.", rich_help_panel=OUTPUT)]
CsvOfForecast = Annotated[bool, typer.Option("--csv", help="Print CSV: a header and one row.", rich_help_panel=OUTPUT)]
CsvOfVotes = Annotated[
    bool, typer.Option("--csv", help="Print CSV, one row a vote; with --by, one a part.", rich_help_panel=OUTPUT)
]
