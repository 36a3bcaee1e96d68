"""Where the files that travel with the package are: facts, stance numbers, scenarios.

In a checkout the scenarios lie beside the package, in a wheel inside it. Everything that reads a shipped file asks
here, so that both are found the same way.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(*parts: str) -> Path:
    """The path of a shipped file or folder.

    Parameters
    ----------
    *parts : str
        Path below the package (``"facts", "data", "terms.csv"``) or ``"scenarios", …``.

    Raises
    ------
    FileNotFoundError
        If the installation lacks it: the package is broken, not the caller's input.

    Examples
    --------
    >>> shipped("facts", "data", "terms.csv").name
    'terms.csv'
    """
    for root in (_PACKAGE, _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join(parts)} is missing from this installation of simulator")
