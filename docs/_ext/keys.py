"""Literature by key: pages write ``{cite}`Owen1998```, docstrings ``[Owen1998]_``, and both are shown as [Owen1998]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pybtex.plugin import register_plugin
from pybtex.style.formatting.unsrt import Style
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle


class KeyLabels(BaseLabelStyle):
    """An entry's label is its key."""

    def format_labels(self, sorted_entries: Iterable[Any]) -> Iterator[str]:
        """One label an entry."""
        for entry in sorted_entries:
            yield entry.key


class KeyOrder(BaseSortingStyle):
    """By key, so by first author and year."""

    def sorting_key(self, entry: Any) -> str:
        """What entries are compared by."""
        return str(entry.key)


class ByKey(Style):
    """Entries under their keys and in the order of them."""

    default_label_style = KeyLabels
    default_sorting_style = KeyOrder


def setup(app: Any) -> dict[str, bool]:
    """Register the style ``by_key``."""
    register_plugin("pybtex.style.formatting", "by_key", ByKey)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
