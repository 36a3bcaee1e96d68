"""Odds in words and pictures that need no library: for every face, and for notebooks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from simulator.engines.parts import Outcomes

DOTS = 100
"""Dots of a swarm: one for each vote in a hundred."""


def in_100(probability: float) -> str:
    """Odds as people say them, in 100: ``"64"``, ``"fewer than 1"``, ``"more than 99"``.

    Examples
    --------
    >>> in_100(0.637), in_100(0.004), in_100(0.9999), in_100(0.0), in_100(1.0)
    ('64', 'fewer than 1', 'more than 99', '0', '100')
    """
    if 0 < probability < 0.01:
        return "fewer than 1"
    if 0.99 < probability < 1:
        return "more than 99"
    return f"{100 * probability:.0f}"


def percent(probability: float, digits: int = 1) -> str:
    """A probability in per cent; small ones keep a figure that is not 0.

    Examples
    --------
    >>> percent(0.3119), percent(0.00021), percent(3.2e-9), percent(0.0)
    ('31.2', '0.021', '3.2e-07', '0.0')
    """
    value = 100 * probability
    if probability < 1 and round(value, digits) >= 100:
        return at_least(probability)
    if value == 0 or round(value, digits) >= 10 ** (1 - digits):
        return f"{value:.{digits}f}"
    return f"{value:.2g}"


def at_least(probability: float) -> str:
    """A probability close to 1 in per cent, never rounded up to 100.

    Examples
    --------
    >>> at_least(0.9970043), at_least(0.9999997)
    ('99.7', '99.99997')
    """
    digits = 1
    while round(100 * probability, digits) >= 100 and digits < 12:
        digits += 1
    return f"{100 * probability:.{digits}f}"


def cell(probability: float) -> str:
    """A probability in per cent for a table of many: one digit, and what is small but not 0 is called so.

    Examples
    --------
    >>> cell(0.3119), cell(0.0002), cell(0.0), cell(0.9999)
    ('31.2', '<0.1', '0.0', '>99.9')
    """
    if 0 < probability < 0.0005:
        return "<0.1"
    if 0.9995 <= probability < 1:
        return ">99.9"
    return f"{100 * probability:.1f}"


def signed(change: float) -> str:
    """A change of odds in per cent, with its sign; sums of numbers that should cancel have none.

    Examples
    --------
    >>> signed(0.297), signed(-0.0312), signed(0.00004), signed(1e-17)
    ('+29.7', '−3.1', '+0.0', '0.0')
    """
    sign = "" if abs(change) < _ROUNDING else "+" if change > 0 else "−"
    return f"{sign}{100 * abs(change):.1f}"


_ROUNDING = 1e-12


def spread(error: float) -> str:
    """A standard error in per cent, two figures.

    Examples
    --------
    >>> spread(0.00146), spread(0.0149), spread(0.01)
    ('0.15', '1.5', '1.0')
    """
    return f"{100 * error:#.2g}".removesuffix(".")


def counted(number: int, singular: str) -> str:
    """A count with its noun, which takes an s unless there is one of it.

    Examples
    --------
    >>> counted(1, "roll call"), counted(12_000, "roll call")
    ('1 roll call', '12,000 roll calls')
    """
    return f"{number:,} {singular}{'' if number == 1 else 's'}"


_WITH_ARTICLE = re.compile(
    r"United |Soviet |Netherlands|Philippines|Dominican|Czech Rep|Congo|DR Congo|Central African|Gambia|German |"
    r"Ukrainian|Byelorussian|Maldives|Comoros|Seychelles|Bahamas|Marshall|Solomon|Republic"
)


_NEW_SEAT = re.compile(r"New .+ seat")


def in_a_sentence(name: str) -> str:
    """A state's short name, or a new seat's, as it stands in a sentence.

    Examples
    --------
    >>> in_a_sentence("United States"), in_a_sentence("China"), in_a_sentence("New African seat")
    ('the United States', 'China', 'a new African seat')
    """
    if _NEW_SEAT.fullmatch(name):
        return f"a new{name.removeprefix('New')}"
    return f"the {name}" if _WITH_ARTICLE.match(name) else name


def ordinal(number: int) -> str:
    """A place: 9th.

    Examples
    --------
    >>> ordinal(1), ordinal(12), ordinal(23)
    ('1st', '12th', '23rd')
    """
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def listed(words: Sequence[str]) -> str:
    """Words with commas, and *and* before the last.

    Examples
    --------
    >>> listed(["one", "two", "three"])
    'one, two and three'
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def voting(*choices: str) -> str:
    """What a member does: this, or that, or the other.

    Examples
    --------
    >>> voting("abstain"), voting("abstain", "no", "absent")
    ('abstains', 'abstains, votes no or is absent')
    """
    verbs = [_VERBS[choice] for choice in choices]
    return verbs[0] if len(verbs) == 1 else f"{', '.join(verbs[:-1])} or {verbs[-1]}"


_VERBS = {"yes": "votes yes", "abstain": "abstains", "no": "votes no", "absent": "is absent"}


def begun(sentence: str) -> str:
    """A sentence with its first letter large.

    Examples
    --------
    >>> begun(f"{in_a_sentence('United States')} votes no.")
    'The United States votes no.'
    """
    return f"{sentence[:1].upper()}{sentence[1:]}"


def several(names: Sequence[str], most: int = 3) -> str:
    """Names listed; of more than `most`, the first two and how many others.

    Examples
    --------
    >>> several(["China", "Russia"]), several(["Albania", "Brazil", "Gabon", "Ghana"])
    ('China and Russia', 'Albania, Brazil and 2 more')
    """
    return listed(names if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1} more"])


def foremost(values: Sequence[float]) -> list[int]:
    """Places of the largest value, with those that a table would show as the same: what looks alike is not ranked.

    Examples
    --------
    >>> foremost([0.2, 0.8341, 0.8343])
    [1, 2]
    """
    alike = [round(value, _TENTHS) for value in values]
    return [place for place, value in enumerate(alike) if value == max(alike)]


_TENTHS = 3
"""Decimals of a probability that tables show: tenths of one in 100."""


def swarm(outcomes: Outcomes) -> tuple[int, int, int]:
    """How many of a hundred dots are adopted, vetoed, failed: largest remainders, so that they add up to 100."""
    shares = [DOTS * share for share in (outcomes.adopted, outcomes.vetoed, outcomes.failed)]
    dots = [int(share) for share in shares]
    order = sorted(range(3), key=lambda place: dots[place] - shares[place])
    for place in order[: DOTS - sum(dots)]:
        dots[place] += 1
    return dots[0], dots[1], dots[2]


def as_markup(title: str, outcomes: Outcomes) -> str:
    """Three lines for rich."""
    adopted, vetoed, failed = swarm(outcomes)
    dots = f"[green]{'●' * adopted}[/][red]{'✕' * vetoed}[/][yellow]{'○' * failed}[/]"
    numbers = "   ".join(f"{word} {percent(share)} %" for word, share in outcomes.as_dict().items())
    plain = escaped(title)
    return f"[bold]{plain}[/]\nAdopted in {in_100(outcomes.adopted)} of 100\n{dots}\n{numbers}"


def escaped(text: str) -> str:
    """Text as rich shows it: what looks like a tag escaped, and backslashes that would escape a tag doubled."""
    text = re.sub(r"(\\*)(\[[a-zA-Z#/@!][^\[]*?\])", lambda tag: f"{tag[1] * 2}\\{tag[2]}", text)
    return text + "\\" * (len(text) - len(text.rstrip("\\")))


def as_html(title: str, outcomes: Outcomes, basis: str) -> str:
    """A small table for notebooks."""
    colours = {"adopted": "#2e7d32", "vetoed": "#c62828", "failed": "#b8860b"}
    rows = "".join(
        f'<tr><td style="text-align:left">{word}</td><td style="text-align:right">{percent(share)} %</td>'
        f'<td><div style="background:{colours[word]};height:0.8em;width:{200 * share:.0f}px"></div></td></tr>'
        for word, share in outcomes.as_dict().items()
    )
    return (
        f"<div><b>{escape(title)}</b><br>Adopted in {in_100(outcomes.adopted)} of 100"
        f"<table>{rows}</table><small>{escape(basis)}</small></div>"
    )
