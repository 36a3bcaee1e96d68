"""What was learnt from the record: one file for each 1 January from 2000 to 2025, with draws of every parameter."""

from __future__ import annotations

import datetime
import json
import os
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from simulator.errors import InputError
from simulator.model.history.covariates import Covariates, Tabled
from simulator.model.history.kinds import Inputs
from simulator.model.history.parameters import Layout
from simulator.model.latent import Floats
from simulator.shipped import shipped

FOLDER = ("model", "data", "history")
FIRST_ORIGIN, LAST_ORIGIN = 2000, 2025
FIRST_WITHOUT, LAST_WITHOUT = 2010, 2025
"""First and last origin of those that ship with ideal points left out, to see what they are worth."""

_SCALES = ("draft", "support", "refusal")
FURTHEST = 4.0
"""Standardised covariates are cut here: what the fit has hardly seen is not taken to extremes."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Means and standard deviations by which covariates are standardised."""

    mean: Floats
    spread: Floats

    def of(self, values: Floats) -> Floats:
        """In standard deviations from the mean, cut at :data:`FURTHEST` either way."""
        found: Floats = np.clip((values - self.mean) / self.spread, -FURTHEST, FURTHEST)
        return found


@dataclass(frozen=True)
class Estimates:
    """Parameters as they were known on one day.

    Attributes
    ----------
    until : datetime.date
        Only votes before this day were used.
    layout : Layout
    estimate : array, shape (P,)
        The most probable parameters: what two fits are compared by. Forecasts rest on the draws.
    draws : array, shape (d, P)
        Draws from their posterior, which say how uncertain they are.
    draft, support, refusal : Scale
        Of the covariates.
    ideal : bool
        False: fitted without ideal points.
    made : dict
        The program's version, a hash of the votes, the seed and what else made them.
    """

    until: datetime.date
    layout: Layout
    estimate: Floats
    draws: Floats
    draft: Scale
    support: Scale
    refusal: Scale
    ideal: bool
    made: dict[str, Any]

    def inputs(self, text: Tabled, known: Covariates) -> Inputs:
        """A text's covariates, standardised as the fit's were."""
        return Inputs(
            self.draft.of(known.draft),
            self.support.of(known.support),
            self.refusal.of(known.refusal),
            known.places,
            np.array(known.amends),
            np.array([self.layout.member(code) for code in text.council]),
            self.layout.agenda(text.agenda),
            known.sponsored,
        )

    @cached_property
    def named(self) -> dict[str, Any]:
        """The draws' parameters by name, with the draws in front."""
        return self.layout.named(self.draws)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write them to a file; the same estimates give the same bytes."""
        about = {
            "until": self.until.isoformat(),
            "agendas": self.layout.agendas,
            "members": self.layout.members,
            "ideal": self.ideal,
            "made": self.made,
        }
        with Path(path).open("wb") as file:
            np.savez_compressed(
                file,
                about=np.array(json.dumps(about, sort_keys=True)),
                # Single precision: rounding is a thousandth of the posterior's spread, and the files are half as large.
                estimate=self.estimate.astype(np.float32),
                draws=self.draws.astype(np.float32),
                **{
                    f"{name}_{part}": getattr(getattr(self, name), part)
                    for name in _SCALES
                    for part in ("mean", "spread")
                },
            )

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Estimates:
        """Read them from a file.

        Raises
        ------
        InputError
            If it is not such a file, or one of another version of the model.
        """
        try:
            with np.load(path, allow_pickle=False) as held:
                about = json.loads(str(held["about"]))
                layout = Layout(tuple(about["agendas"]), tuple(about["members"]))
                draft, support, refusal = (Scale(held[f"{name}_mean"], held[f"{name}_spread"]) for name in _SCALES)
                estimate, draws = held["estimate"].astype(float), held["draws"].astype(float)
        except FileNotFoundError:
            raise InputError(f"{os.fspath(path)}: there is no such file; `unsc fit --until DATE` makes one") from None
        except (OSError, ValueError, KeyError, TypeError, BadZipFile):
            raise InputError(f"{os.fspath(path)}: no file of estimates, as `unsc fit` writes them") from None
        if estimate.shape != (len(layout),):
            raise InputError(f"{os.fspath(path)}: estimates of another version of the model; make them anew: unsc fit")
        until = datetime.date.fromisoformat(about["until"])
        return cls(until, layout, estimate, draws, draft, support, refusal, about["ideal"], about["made"])


def origin_of(date: datetime.date) -> int:
    """The year whose shipped estimates serve a draft of a day: the latest that is not after it.

    Raises
    ------
    InputError
        Before the first.
    """
    if date.year < FIRST_ORIGIN:
        raise InputError(
            f"the history model has no estimates for {date.isoformat()}: it can forecast drafts from "
            f"{FIRST_ORIGIN}-01-01 on. Before, too few drafts that failed are on record to learn from"
        )
    return min(date.year, LAST_ORIGIN)


@cache
def shipped_estimates(origin: int, *, ideal: bool = True) -> Estimates:
    """The estimates that come with the program, fitted to all votes before 1 January of a year.

    Raises
    ------
    InputError
        Where none without ideal points ship.
    """
    if not ideal and not FIRST_WITHOUT <= origin <= LAST_WITHOUT:
        raise InputError(
            f"estimates without ideal points come with the program for votes from {FIRST_WITHOUT}-01-01 on, "
            f"not for {origin}"
        )
    return Estimates.read(shipped(*FOLDER, f"{origin}.npz" if ideal else f"{origin}-no-ideal-points.npz"))
