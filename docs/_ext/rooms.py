"""The site's navigation: the lists of pages on the front page, one room a heading.

On a code forge the front page is plain lists of links; here each list also becomes a part of the side bar. So a page
that no list names is an error of the build.
"""

from __future__ import annotations

import re
from typing import Any

ROOM = re.compile(r"^## (?P<name>[^\n]+)\n(?P<list>(?:(?!^## ).*\n?)*)", re.M)
PAGE = re.compile(r"^- \[[^\]]+\]\((/?[\w/.-]+)\.md\)", re.M)


def _with_rooms(app: Any, name: str, source: list[str]) -> None:
    if name != app.config.root_doc:
        return
    for room in list(ROOM.finditer(source[0])):
        pages = PAGE.findall(room["list"])
        if pages:
            source[0] += "\n".join(["", "```{toctree}", ":hidden:", f":caption: {room['name']}", *pages, "```", ""])


def setup(app: Any) -> dict[str, bool]:
    """After ``around`` has turned links to files around the docs into links to pages."""
    app.connect("source-read", _with_rooms, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
