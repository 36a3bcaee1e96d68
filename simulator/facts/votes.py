"""The words of a vote: choices, outcomes, matters. Values are the words a user writes and reads."""

from __future__ import annotations

from enum import StrEnum


class Choice(StrEnum):
    """What a member does in a roll call, in the order every array of choices uses.

    ``absent`` means takes no part: it blocks nothing and counts as not yes.
    """

    YES = "yes"
    ABSTAIN = "abstain"
    NO = "no"
    ABSENT = "absent"


class Outcome(StrEnum):
    """What becomes of a draft that is put to the vote."""

    ADOPTED = "adopted"
    """It had the affirmative votes it needed, and nobody who could block it did."""
    VETOED = "vetoed"
    """It had the affirmative votes, but was blocked by a permanent member's no."""
    FAILED = "failed"
    """It had too few affirmative votes, whoever voted no."""


class Matter(StrEnum):
    """What kind of question is put, which decides the majority (Charter, Article 27; ICJ Statute, Article 10)."""

    SUBSTANTIVE = "substantive"
    PROCEDURAL = "procedural"
    JUDGES = "judges"


class Text(StrEnum):
    """What is voted on: a draft resolution, an amendment to one, or a paragraph voted separately."""

    DRAFT = "draft"
    AMENDMENT = "amendment"
    PARAGRAPH = "paragraph"
