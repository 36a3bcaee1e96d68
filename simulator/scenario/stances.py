"""The words for what a member has said, from the warmest to the coldest. Their numbers live on the model's floor."""

from __future__ import annotations

from enum import StrEnum


class Stance(StrEnum):
    """What a member has said of the draft: evidence of its vote, not its vote."""

    SPONSOR = "sponsor"
    SUPPORTS = "supports"
    LEANS_YES = "leans-yes"
    UNDECIDED = "undecided"
    RESERVATIONS = "reservations"
    LEANS_NO = "leans-no"
    OPPOSES = "opposes"
    THREATENS_VETO = "threatens-veto"
    WILL_VETO = "will-veto"

    @property
    def against(self) -> bool:
        """Whether it is leans-no or worse, which a sponsor cannot be."""
        return tuple(Stance).index(self) >= tuple(Stance).index(Stance.LEANS_NO)

    @property
    def announces_veto(self) -> bool:
        """Whether the word says how the member withholds, if it does: by voting no."""
        return self in (Stance.THREATENS_VETO, Stance.WILL_VETO)

    def said_by(self, permanent: bool) -> Stance:
        """The word as it counts for this kind of member: who has no veto can only oppose."""
        return Stance.OPPOSES if self.announces_veto and not permanent else self
