"""What a table of the file looks like: the example that an error shows where something else stands."""

from __future__ import annotations

EXAMPLES = {
    "Draft": "{ date = 2022-05-26 }",
    "CouncilChoice": '{ rule = "charter" }',
    "Preferences": '{ model = "stated" }',
    "MemberEntry": '{ stance = "opposes" }',
    "StatedOdds": "{ yes = 0.2, abstain = 0.5, no = 0.3 }",
    "Spatial": '{ dimensions = ["order"], draft = { order = 0.6 } }',
    "Bloc": '{ members = ["CHN", "RUS"], cohesion = 0.6 }',
    "Company": '{ leader = "RUS", follower = "CHN" }',
    "StanceOdds": "{ permanent = { abstain = 0.4, no = 0.6 } }",
    "SeatEntry": '{ id = "AFR1", name = "New African seat", prior = "african" }',
    "SequenceEntry": '{ id = "amendment-1", if_adopted = -0.5 }',
    "Actual": '{ outcome = "vetoed", no = ["RUS"] }',
}
"""By the class of ``types.py``."""

OF_KEYS = {
    "members": '{ CHN = { stance = "opposes" } }',
    "stances": "{ opposes = { permanent = { abstain = 0.4, no = 0.6 } } }",
    "given": '{ CHN = "not yes" }',
    "do": '{ RUS = "no" }',
    "blocs": f"[{EXAMPLES['Bloc']}]",
    "company": f"[{EXAMPLES['Company']}]",
    "draft": "{ order = 0.6 }",
    "reversion": "{ order = 0.2 }",
    "position": "{ order = -0.4 }",
    "salience": "{ order = 2 }",
    "preliminary": '{ default.stance = "leans-yes" }',
    "seats": f"[{EXAMPLES['SeatEntry']}]",
    "sequence": f"[{EXAMPLES['SequenceEntry']}]",
    "after": '["amendment-1"]',
    "subscribers": '["FRA", "GBR"]',
    "sponsors": '["FRA", "GBR"]',
    "parties": '["RUS"]',
    "sources": '["S/PV.9048"]',
    "no": '["CHN", "RUS"]',
    "abstain": '["CHN", "RUS"]',
    "absent": '["CHN"]',
}
"""By key: tables whose keys are members' codes or words, and lists."""


def example(key: str, kind: str = "") -> str:
    """``", such as …"`` for a table of a class, or for what stands under a key; empty where there is no example."""
    found = EXAMPLES.get(kind) or OF_KEYS.get(key, "")
    return f", such as {found}" if found else ""
