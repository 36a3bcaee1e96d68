"""Links to files around ``docs/``: on a code forge to the file, on the site to the page that shows it."""

from __future__ import annotations

import os.path
import re
from pathlib import Path
from typing import Any

PAGES = {
    "CHANGELOG.md": "/project/changes.md",
    "CONTRIBUTING.md": "/project/contributing.md",
    "LICENSE": "/project/licence.md",
    "CITATION.cff": "/project/licence.md",
    "simulator/facts/data/SOURCES.md": "/reference/sources.md",
}
"""File from the top of the checkout → page of the site."""

LINK = re.compile(r"\]\(((?:\.\./)+[^)#\s]+)")


def _on_site(app: Any, name: str, source: list[str]) -> None:
    page = Path(app.env.doc2path(name))
    top = Path(app.srcdir).parent

    def shown(link: re.Match[str]) -> str:
        file = Path(os.path.relpath(page.parent / link[1], top)).as_posix()
        return f"]({PAGES[file]}" if file in PAGES else link[0]

    source[0] = LINK.sub(shown, source[0])


def setup(app: Any) -> dict[str, bool]:
    """Rewrite the links of each page as it is read."""
    app.connect("source-read", _on_site)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
