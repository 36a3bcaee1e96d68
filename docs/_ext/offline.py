"""The finished pages load nothing from elsewhere: links may lead out; scripts, styles, fonts and pictures may not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sphinx.util import logging

LOADED = re.compile(
    r"<(?:script|img|iframe|source|video|audio)\b[^>]*?\bsrc=[\"']?(?:https?:)?//[^\s\"'>]+"
    r"|<link\b(?=[^>]*\brel=[\"']?(?:stylesheet|preload|preconnect|icon))[^>]*?\bhref=[\"']?(?:https?:)?//[^\s\"'>]+"
)
IMPORTED = re.compile(r"@import\s+(?:url\()?[\"']?(?:https?:)?//[^\s\"')]+|url\([\"']?(?:https?:)?//[^\s\"')]+")


def _check(app: Any, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    found = [
        f"{file.relative_to(out)}: {place[0]}"
        for pattern, kind in ((LOADED, "*.html"), (IMPORTED, "*.css"))
        for file in sorted(out.rglob(kind))
        for place in pattern.finditer(file.read_text(encoding="utf-8"))
    ]
    if found:
        # Not an exception: Sphinx would ask for a report of a fault in itself.
        logging.getLogger(__name__).error("pages load from elsewhere:\n  %s", "\n  ".join(found))
        app.statuscode = 1


def setup(app: Any) -> dict[str, bool]:
    """Look through the pages once they are written."""
    app.connect("build-finished", _check)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
