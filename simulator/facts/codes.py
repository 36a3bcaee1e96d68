"""The codes of all states, on the Council or never: which exist, and which one a misspelt word means."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from simulator.errors import nearest
from simulator.facts.members import members
from simulator.shipped import shipped


@cache
def state_codes() -> frozenset[str]:
    """Every code that stands for a state: ISO 3166-1 alpha-3, and the withdrawn ones of states that had a seat.

    Examples
    --------
    >>> len(state_codes())
    253
    """
    with shipped("facts", "data", "iso3166.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(members()) | {code for row in csv.DictReader(file) for code in row["codes"].split()}


def nearest_state(word: str, codes: Iterable[str], names: Mapping[str, str]) -> str:
    """``"did you mean …?"`` for what was written instead of a code, or an empty string when nothing is truly near.

    Parameters
    ----------
    word : str
        A misspelt code, or a state's name. For the code of a real state nothing is near: it is not misspelt.
    codes : iterable of str
        The codes it may stand for.
    names : mapping from name to code
        Names it may be instead.

    Examples
    --------
    >>> nearest_state("GBT", ["CHN", "GBR"], {})
    'did you mean GBR?'
    >>> nearest_state("UKR", ["CHN", "GBR"], {})
    ''
    """
    codes = tuple(codes)
    latin = unicodedata.normalize("NFKC", word).translate(_LOOK_ALIKES)
    if latin != word and latin in codes:
        strange = " ".join(dict.fromkeys(letter for letter in word if not letter.isascii()))
        return f"did you mean {latin}? {strange} are other letters that look like Latin ones"
    if word in state_codes():
        return ""
    if word.upper() in OTHER_CODES:
        code = OTHER_CODES[word.upper()]
        return f"did you mean {code}?" if code in codes else ""
    near = _nearest_codes(word.strip().upper(), codes)
    if near:
        return f"did you mean {' or '.join(near)}?"
    hint = nearest(word, names, cutoff=0.75)
    return f"did you mean {names[hint.removeprefix('did you mean ').removesuffix('?')]}?" if hint else ""


def _nearest_codes(word: str, codes: tuple[str, ...]) -> list[str]:
    """The codes one slip away, of the slip that is likeliest: case, two letters swapped, one wrong, one too many."""
    if not 2 <= len(word) <= 4:
        return []
    slips: dict[int, list[str]] = {}
    for code in codes:
        slips.setdefault(_slip(word, code), []).append(code)
    found = slips[min(slips)] if slips else []
    return found if slips and min(slips) < _FAR and len(found) <= 3 else []


_FAR = 5


def _slip(word: str, code: str) -> int:
    """How one becomes the other: 0 they are the same, 1 to 4 by one slip, the less likely the higher, 5 not at all."""
    if word == code:
        return 0
    if len(word) == len(code):
        wrong = [place for place, (one, other) in enumerate(zip(word, code, strict=True)) if one != other]
        if len(wrong) == 1:
            return 2 if wrong[0] == len(code) - 1 else 3  # people know how a name begins
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and word[wrong[0]] == code[wrong[1]]
        return 1 if swapped and word[wrong[1]] == code[wrong[0]] else _FAR
    longer, shorter = sorted((word, code), key=len, reverse=True)
    dropped = {longer[:place] + longer[place + 1 :] for place in range(len(longer))}
    return 4 if shorter in dropped else _FAR


# Cyrillic and Greek capitals that cannot be told from Latin ones by eye.
_LOOK_ALIKES = str.maketrans(
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425"  # Cyrillic
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",  # Greek
    "ABESIJKMHOPCTYXABEZHIKMNOPTYX",
)

OTHER_CODES = {
    "US": "USA",
    "UK": "GBR",
    "USSR": "RUS",
    "PRC": "CHN",
    "UAE": "ARE",
    # Withdrawn from ISO 3166-1, for states that go by another code here or now.
    "SUN": "RUS",
    "ZAR": "COD",
    "BUR": "MMR",
    "SCG": "SRB",
    # Of sport and of cars.
    "ALG": "DZA",
    "CRO": "HRV",
    "DEN": "DNK",
    "GER": "DEU",
    "GRE": "GRC",
    "MAS": "MYS",
    "NED": "NLD",
    "PHI": "PHL",
    "POR": "PRT",
    "RSA": "ZAF",
    "SLO": "SVN",
    "SUI": "CHE",
    "URU": "URY",
    "VIE": "VNM",
}
"""Codes that people write and that are not those of ISO 3166-1, or no longer."""
