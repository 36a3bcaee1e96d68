"""The double veto: whether the draft is procedural is put to the vote first, and that vote is itself open to the veto.

The four sponsoring powers said so at San Francisco (statement of 7 June 1945, part II, paragraph 2): "the decision
regarding the preliminary question as to whether or not such a matter is procedural must be taken by a vote of seven
members of the Security Council, including the concurring votes of the permanent members". Seven became nine in 1966.
If the preliminary question is answered yes, the draft is voted under Article 27(2); if it fails or is vetoed, under
Article 27(3).
"""

from simulator.rules import procedural, substantive
from simulator.rules.rule import Case, Majority, Rule, charter_quota


def _applies(case: Case) -> Majority:
    """The majority of the harder case; :data:`ANSWERS` names the rule by each answer."""
    quota = charter_quota(case, "double-veto")
    basis = (
        f"San Francisco statement and Article 27: {quota} of {case.size} votes in favour, and no permanent member "
        "against unless the draft is first held procedural, which a permanent member's no prevents"
    )
    return Majority(quota, 1, basis, proviso=True)


QUESTION = substantive.RULE
"""By what the preliminary question is decided: like any matter that is not procedural."""

ANSWERS = {True: procedural.RULE, False: substantive.RULE}
"""By what the draft is decided, by whether it was held procedural."""

RULE = Rule(
    name="double-veto",
    summary="two votes: is it procedural? If nine and no permanent member's no say so, then nine, else substantive",
    source="San Francisco statement, 7 June 1945, part II, paragraph 2; Charter, Article 27",
    applies=_applies,
    vetoable=True,
    preliminary=True,
)
