"""How far one member's support has to move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Move:
    """How far one member's support has to move.

    Attributes
    ----------
    member : str
        Its code.
    name : str
        Its short name.
    shift : float
        In standard deviations of its latent support, above 0: one takes a member from even odds of a yes to 84 in 100.
    cost : float
        The shift times what a standard deviation of this member costs.
    before, after : dict
        Odds of yes, abstain, no and absent as the draft stands, and with this shift. Where nothing was learnt of the
        member and its preferences are not from the record, they are its own, as a scenario states them: whom it
        follows is left out. Else they are odds after what was learnt, company included.
    stance_before, stance_after : str
        The stance words whose odds are nearest, of those for its kind of member, the odds that matter weighed most: of
        a no where its no can block, else of a yes. The same where the odds come no nearer to another word.
    matters : str
        By which of its odds the move is told: ``no`` where its veto is in the way, else ``yes``.
    adopted : float
        Odds of adoption after this move and those before it.
    """

    member: str
    name: str
    shift: float
    cost: float
    before: Mapping[str, float]
    after: Mapping[str, float]
    stance_before: str
    stance_after: str
    matters: str
    adopted: float

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "member": self.member,
            "shift": self.shift,
            "cost": self.cost,
            "stance": {"before": self.stance_before, "after": self.stance_after},
            "before": dict(self.before),
            "after": dict(self.after),
            "adopted": self.adopted,
        }
