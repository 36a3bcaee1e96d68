"""``unsc pivots``: read what was typed, ask, show."""

from __future__ import annotations

from typing import Any

from simulator.analysis import Pivot
from simulator.analysis.pivots import pivots_of
from simulator.faces.cli.printed import print_csv, print_json
from simulator.faces.cli.questions.shared import How
from simulator.faces.cli.render.console import show
from simulator.faces.cli.render.pivots import page

COLUMNS = (
    *("member", "permanent", "yes_abstain", "abstain_no", "decides", "absent"),
    *("error_yes_abstain", "error_abstain_no"),
    *("a_priori_yes_abstain", "a_priori_abstain_no", "shapley_shubik", "banzhaf"),
)


def pivots(name: str, how: How) -> None:
    """Shows who decides, as a page, JSON, or CSV with a row a member."""
    votes = how.votes()
    scenario = how.scenario(name, votes)
    found = pivots_of(scenario, how.options(votes))
    if how.json:
        print_json(found.as_dict())
    elif how.csv:
        print_csv(COLUMNS, map(_row, found.pivots))
    else:
        show(page(scenario, found))


def _row(one: Pivot) -> dict[str, Any]:
    told = one.as_dict()
    before = told.pop("a_priori") or {}
    errors = told.pop("error")
    told.pop("with_followers")
    return {
        "member": one.member,
        **told,
        "permanent": "true" if one.permanent else "false",
        **{f"error_{word}": error for word, error in errors.items()},
        **{f"a_priori_{word}": share for word, share in before.items()},
    }
