"""``unsc compare``: read what was typed, put the scenarios side by side, show them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulator.analysis import Comparison
from simulator.analysis import compare as compared
from simulator.errors import InputError, OptionError
from simulator.faces.cli.complaint import complain
from simulator.faces.cli.printed import print_csv, print_json
from simulator.faces.cli.progress import Bar
from simulator.faces.cli.questions.shared import How
from simulator.faces.cli.render.compare import page
from simulator.faces.cli.render.console import show
from simulator.faces.cli.typed import read_whole
from simulator.facts import RollCall
from simulator.scenario import Scenario, expand, load


def compare(typed: list[str], hybrids: str | None, how: How) -> None:
    """Shows them as a page, as JSON or as CSV."""
    most = None if hybrids is None else read_whole(hybrids, "--hybrids", "1024")
    votes = how.votes()
    scenarios, names = _scenarios(expand(typed), how, votes)
    with Bar("hybrids", "Ctrl-C: stop") as bar:
        found = compared(*scenarios, engine=how.engine, record=votes, names=names, hybrids=most, progress=bar.update)
    if most is not None and found.attribution is None:
        complain("no effect: --hybrids, since no difference is taken apart")
    if how.json:
        print_json(found.as_dict() | {"what_if": how.changes().words})
    elif how.csv:
        _print_rows(found)
    else:
        show(page(found, how.changes().words, one=names is not None))


def _scenarios(
    files: list[str], how: How, votes: tuple[RollCall, ...] | None
) -> tuple[list[Scenario], tuple[str, str] | None]:
    """What is compared: all with the what-if options, or one without them and with them, and then by which names."""
    if len(files) > 1:
        return _all_of(files, how, votes), None
    if not how.changes().words:
        raise OptionError(
            "compare takes two scenarios or more, or one with a what-if, such as unsc compare "
            f"{files[0]} --do RUS=no: it is then compared with itself as it stands"
        )
    plain = load(files[0], record=votes)
    stem = Path(plain.source).stem
    return [plain, how.changes().applied(plain)], (stem, f"{stem} (changed)")


def _all_of(files: list[str], how: How, votes: tuple[RollCall, ...] | None) -> list[Scenario]:
    """Every scenario with the what-if options; the problems of all files in one go."""
    loaded, problems = [], []
    for file in files:
        try:
            loaded.append(how.scenario(file, votes))
        except OptionError:
            raise
        except InputError as error:
            problems.append(str(error))
    if problems:
        raise InputError("\nunsc: ".join(problems))
    return loaded


_COLUMNS = (
    "row",
    "name",
    "adopted",
    "vetoed",
    "failed",
    "error",
    "change",
    "engine",
    "label",
    "first",
    "second",
    "alone",
    "last",
)


def _print_rows(found: Comparison) -> None:
    """A row a scenario with its odds, then a row a part of the difference."""
    first = found.runs[0].adopted
    rows: list[dict[str, Any]] = [
        {"row": "scenario", "name": name, "error": one.error, "change": one.adopted - first, "engine": one.engine}
        | one.outcomes.as_dict()
        for name, one in zip(found.names, found.runs, strict=True)
    ]
    for part in found.attribution.parts if found.attribution else ():
        told = part.as_dict()
        rows.append({"row": "part", "name": told.pop("piece"), **told})
    print_csv(_COLUMNS, rows)
