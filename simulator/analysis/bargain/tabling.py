"""Table, rewrite or withdraw: what each is worth to a sponsor who says what adoption and defeat are worth to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.analysis.bargain.offer import Offer
from simulator.analysis.bargain.texts import Space, Worth, placed_at
from simulator.analysis.bargain.words import as_asked
from simulator.engines.words import in_100
from simulator.model.latent import Floats


@dataclass(frozen=True, slots=True)
class Tabling:
    """What a sponsor can do with a draft, and what that is worth.

    Withdrawing leaves things as they are, which is worth 0. Values are in any unit, the same for all.

    Attributes
    ----------
    value_adopted, value_defeated : float
        Of the draft adopted as it stands, and of its being voted down.
    table : float
        Expected value of tabling it as it stands.
    rewrite : float or None
        Of the best text in its place; None where the model knows no texts.
    text : Offer or None
        That text. A text's adoption is worth as much of `value_adopted` as it brings of the gain that the draft does.
    why_none : str
        Why no other text is known; else empty.
    target : float
        Odds that a rewritten text might have.
    keeps : float or None
        Share of the value of adoption that a text with these odds would have to keep, to be worth as much as the better
        of tabling and withdrawing: above 1 if it would have to bring more. None where adoption is not worth anything,
        and where the model knows texts.
    notes : tuple of str
        What speaks against the values that were given.
    """

    value_adopted: float
    value_defeated: float
    table: float
    rewrite: float | None
    text: Offer | None
    why_none: str
    target: float
    keeps: float | None
    notes: tuple[str, ...] = ()

    withdraw = 0.0

    @property
    def advice(self) -> str:
        """What is worth most: ``table``, ``rewrite`` or ``withdraw``; of what is worth the same, the last of them."""
        worth = {"withdraw": self.withdraw, "table": self.table}
        best = max(worth, key=worth.__getitem__)
        if self.rewrite is not None and self.rewrite > worth[best] + _HARDLY * abs(self.value_adopted):
            return "rewrite"
        return best

    @property
    def sentence(self) -> str:
        """It as a person would say it."""
        table = f"tabling it as it stands is worth {self.table:.3g}"
        if self.advice == "rewrite":
            assert self.rewrite is not None, "it is advised where it is known"
            assert self.text is not None, "and is that of a text"
            odds = in_100(self.text.adopted)
            text = f"a text at {placed_at(self.text)}, adopted in {odds} of 100, is worth {self.rewrite:.3g}"
            return f"Rewrite it: {text}; {table}, withdrawing 0."
        if self.advice == "table":
            return f"Table it as it stands: that is worth {self.table:.3g}, withdrawing 0.{self._if_rewritten}"
        return f"Withdraw it: {table}, withdrawing 0.{self._if_rewritten}"

    @property
    def _if_rewritten(self) -> str:
        """What a text would have to keep, where the model knows none."""
        if self.rewrite is not None or self.keeps is None or not 0 < self.keeps < 1:
            return ""
        return (
            f" A text with odds of {as_asked(self.target)} in 100 is worth more if it keeps more than "
            f"{100 * self.keeps:.0f} % of the value of adoption."
        )

    def as_dict(self) -> dict[str, Any]:
        """It in the documented JSON form."""
        return {
            "value_adopted": self.value_adopted,
            "value_defeated": self.value_defeated,
            "table": self.table,
            "rewrite": self.rewrite,
            "withdraw": self.withdraw,
            "text": self.text.as_dict() if self.text else None,
            "why_none": self.why_none or None,
            "keeps": {"at": self.target, "share": self.keeps},
            "advice": self.advice,
        }


_HARDLY = 1e-6
"""Share of the value of adoption by which a rewriting has to be better to be worth the trouble."""


def tabling(
    adopted: float, values: tuple[float, float], target: float, space: Space | None, why_none: str = ""
) -> Tabling:
    """What tabling, rewriting and withdrawing are worth.

    Parameters
    ----------
    adopted : float
        Odds of the draft as it stands.
    values : tuple of float
        Of adoption as it stands, and of defeat.
    target : float
        Odds that a rewritten text might have, where the model knows no texts.
    space : Space or None
        Where there are texts.
    why_none : str
        Why there are none.
    """
    value, defeat = values
    table = adopted * value + (1 - adopted) * defeat
    text, rewrite = None, None
    if space is not None:
        stake = float(space.gains(space.space.draft[None])[0])
        if stake > 0:

            def worth(odds: Floats, gains: Floats) -> Floats:
                return odds * value * gains / stake + (1 - odds) * defeat

            every = [space.best_on_the_way(worth), space.best_anywhere(worth)]
            offers = [(_value(worth, offer), offer) for offer in every]
            rewrite, text = max(offers, key=lambda one: one[0])
        else:
            why_none = "the sponsor gains nothing from the draft as it stands, so other texts cannot be valued by it"
    needed = (max(table, 0.0) - (1 - target) * defeat) / target
    keeps = needed / value if value > 0 and space is None else None
    notes = tuple(_against(values, space))
    return Tabling(value, defeat, table, rewrite, text, why_none, target, keeps, notes)


def _against(values: tuple[float, float], space: Space | None) -> Iterator[str]:
    """What speaks against values of adoption and of defeat."""
    value, defeat = values
    if defeat > value:
        yield "a defeat is said to be worth more than adoption: what is worth most is then a text that is voted down"
    if space is not None and float(space.gains(space.space.draft[None])[0]) < 0 < value:
        yield (
            f"by its place in the issue space {space.who} loses by the adoption of the draft as it stands, against "
            f"what happens otherwise: that its adoption is worth {value:g} is only what was said"
        )


def _value(worth: Worth, offer: Offer) -> float:
    return float(worth(np.array([offer.adopted]), np.array([offer.gain]))[0])
