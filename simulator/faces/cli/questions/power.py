"""``unsc power``: what a rule, a scenario, or weights and a quota, give to each member."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.analysis import AbstentionPower, Power, power_with_abstention
from simulator.analysis import power as power_of
from simulator.faces.cli.printed import print_csv, print_json
from simulator.faces.cli.questions.game import Asked, game_asked
from simulator.faces.cli.questions.shared import How
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.power import abstention_page, page


def power(asked: Asked, how: How, *, abstention: bool) -> None:
    """Shows the indices as a page, JSON, or CSV with a row a member."""
    game = game_asked(asked, how)
    found = power_with_abstention(game) if abstention else power_of(game)
    if how.json:
        print_json(found.as_dict())
    elif how.csv:
        rows = [*_rows(found)]
        print_csv([*rows[0]], rows)
    else:
        show(page(found) if isinstance(found, Power) else abstention_page(found))


def _rows(found: Power | AbstentionPower) -> Iterator[dict[str, Any]]:
    """A row a member, its indices by name: those in a group as ``banzhaf_absolute``."""
    for one in found.as_dict()["classes"]:
        members, permanent = one.pop("members"), "true" if one.pop("permanent") else "false"
        flat: dict[str, Any] = {}
        for name, value in one.items():
            flat |= (
                {f"{name}_{part}": share for part, share in value.items()} if isinstance(value, dict) else {name: value}
            )
        for member in members:
            yield {"member": member, "permanent": permanent, **flat}
