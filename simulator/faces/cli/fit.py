"""``unsc fit``: makes the estimates of the history model anew."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.errors import OptionError
from simulator.estimation.calibrate import lines, write_lines
from simulator.estimation.fit import DRAWS, fit
from simulator.estimation.grow import grown, write
from simulator.estimation.remade import SAME, Origin, furthest, origins, shipped_like
from simulator.faces.cli.printed import print_json
from simulator.faces.cli.progress import Bar
from simulator.faces.cli.record_option import record_of
from simulator.faces.cli.render.console import show, text
from simulator.faces.cli.render.section import day_words
from simulator.faces.cli.typed import read_day, read_whole
from simulator.facts import RollCall
from simulator.model.history.estimates import FIRST_ORIGIN, LAST_ORIGIN, Estimates
from simulator.randomness import checked_seed

_SEED = 1946
_CALIBRATION, _TREES = "calibration.csv", "trees.csv"
_RESTING = (_CALIBRATION, _TREES)
"""Files of a folder that are made after all estimates, from the same votes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, as typed."""

    until: str | None = None
    output: str | None = None
    shipped: str | None = None
    seed: str | None = None
    draws: str | None = None
    record: Sequence[str] | None = None
    ideal_points: bool = True

    def files(self) -> list[tuple[datetime.date, bool, Path]]:
        """Days, whether with ideal points, and files to write."""
        if (self.until is None) == (self.shipped is None):
            raise OptionError("--until DATE makes one file, --shipped FOLDER all that ship: choose one")
        if self.shipped is not None:
            if self.output is not None or not self.ideal_points:
                raise OptionError("--shipped writes files of fixed names, with ideal points and without")
            folder = _folder(Path(self.shipped), "--shipped")
            return [(one.until, one.ideal, folder / one.name) for one in origins() if not (folder / one.name).exists()]
        assert self.until is not None, "one of the two is there"
        day = read_day(self.until, "--until")
        until = datetime.date(max(day, 1), 1, 1) if isinstance(day, int) else day
        path = Path(f"estimates-{until}{'' if self.ideal_points else '-no-ideal-points'}.npz")
        path = path if self.output is None else Path(self.output)
        _folder(path.parent, "--output")
        if path.is_dir():
            raise OptionError(f"--output: {path} is a folder; name a file")
        return [(until, self.ideal_points, path)]


def _folder(path: Path, option: str) -> Path:
    if not path.is_dir():
        raise OptionError(f"{option}: there is no folder {path}")
    return path


def fits(asked: Asked, *, as_json: bool) -> None:
    """Writes the estimates, and says how they compare with those that ship."""
    seed = checked_seed(_SEED if asked.seed is None else read_whole(asked.seed, "--seed", "1946"))
    draws = DRAWS if asked.draws is None else read_whole(asked.draws, "--draws", "20")
    files, votes = asked.files(), record_of(asked.record)
    told = []
    if asked.shipped is not None and files:  # what rests on estimates that are about to change is made anew
        for rests in _RESTING:
            (Path(asked.shipped) / rests).unlink(missing_ok=True)
    for until, ideal, path in files:
        with Bar(f"fitting {path.name}", "Ctrl-C: stop") as bar:
            made = fit(votes, until, seed=seed, draws=draws, ideal=ideal, progress=bar.update)
        made.save(path)
        told.append(_told(made, path))
        if not as_json:
            show(*(text(line) for line in _lines(told[-1])))
    if asked.shipped is not None:
        files += _calibration(Path(asked.shipped), votes) + _trees(Path(asked.shipped), votes)
    if as_json:
        print_json(told if asked.shipped is not None else told[0])
    elif not files:
        show(text(f"Nothing to do: all files that ship are in {asked.shipped} already."))


def _calibration(folder: Path, votes: Sequence[RollCall]) -> list[tuple[datetime.date, bool, Path]]:
    """Writes the lines that put forecasts right beside the estimates they are fitted with, unless they are there."""
    path = folder / _CALIBRATION
    if path.exists():
        return []
    with Bar(f"calibrating {path.name}", "Ctrl-C: stop") as bar:
        write_lines(path, lines(votes, lambda year: Estimates.read(folder / Origin(year, True).name), bar.update))
    return [(datetime.date(LAST_ORIGIN, 1, 1), True, path)]


def _trees(folder: Path, votes: Sequence[RollCall]) -> list[tuple[datetime.date, bool, Path]]:
    """Writes the baseline of trees beside the estimates, unless it is there."""
    path = folder / _TREES
    if path.exists():
        return []
    last = max(vote.date.year for vote in votes)
    with Bar(f"growing {path.name}", "Ctrl-C: stop") as bar:
        write(path, grown(votes, FIRST_ORIGIN, last, bar.update))
    return [(datetime.date(last + 1, 1, 1), True, path)]


def _told(made: Estimates, path: Path) -> dict[str, Any]:
    """What was made, in the documented JSON form."""
    like = shipped_like(made)
    away = None if like is None else furthest(Estimates.read(path), like)
    other = [name for name in ("data", "code") if like is not None and like.made.get(name) != made.made[name]]
    return {
        "until": made.until.isoformat(),
        "ideal_points": made.ideal,
        "votes": made.made["votes"],
        "parameters": len(made.estimate),
        "draws": len(made.draws),
        "seed": made.made["seed"],
        "output": str(path),
        "bytes": path.stat().st_size,
        "shipped": None
        if like is None
        else {
            "same": away is not None and away <= SAME,
            "furthest": away,
            "other_votes": "data" in other,
            "other_code": "code" in other,
        },
    }


def _lines(told: dict[str, Any]) -> Sequence[str]:
    until = day_words(datetime.date.fromisoformat(told["until"]))
    without = "" if told["ideal_points"] else ", without ideal points"
    return (
        f"{told['output']}: {told['bytes'] / 1000:,.0f} kB",
        f"  from {told['votes']:,} votes before {until}{without}: {told['parameters']:,} parameters, "
        f"{told['draws']} draws, seed {told['seed']}",
        f"  {_compared(told['shipped'])}",
    )


def _compared(shipped: dict[str, Any] | None) -> str:
    """Whether it equals the file that ships."""
    if shipped is None:
        return "no estimates ship for that day, so there is nothing to compare it with"
    made = [
        word for key, word in (("other_votes", "from other votes"), ("other_code", "by other code")) if shipped[key]
    ]
    why = f"; they were made {' and '.join(made)}" if made else ""
    if shipped["furthest"] is None:
        return f"not the estimates that ship: those have other parameters{why}"
    off = f"no parameter is more than {shipped['furthest']:.2g} standard deviations off"
    verdict = "the same as the estimates that ship" if shipped["same"] else "not the estimates that ship"
    return f"{verdict}: {off} (up to {SAME:g} passes for the same){why}"
