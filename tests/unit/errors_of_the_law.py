"""What a file can get wrong about the double veto, votes before the draft's, and councils of another make-up."""

from __future__ import annotations

SEATS = "council = { rule = 'quota-and-veto', quota_source = 's',"

OF_THE_LAW: list[tuple[str, str, list[str]]] = [
    # The double veto
    ("council.rule = 'double-veto'", "preliminary", ["double-veto needs [preliminary]", "default.stance"]),
    ("council.rule = 'double-veto'\npreliminary = {}", "preliminary", ["double-veto needs [preliminary]"]),
    (
        "preliminary.default.stance = 'supports'",
        "preliminary",
        ["rule charter puts no preliminary question", 'rule = "double-veto"'],
    ),
    (
        "council.rule = 'double-veto'\npreliminary.CNH.stance = 'supports'",
        "preliminary.CNH",
        ["CNH is not on the council", "did you mean CHN?"],
    ),
    # Votes before the draft's
    ("sequence = [{ id = 'a', after = ['a'] }]", "sequence", ["each come after the next: a after a"]),
    (
        "sequence = [{ id = 'a', after = ['c'] }, { id = 'b', after = ['a'] }, { id = 'c', after = ['b'] }]",
        "sequence",
        ["these votes each come after the next", "a after c", "c after b", "b after a"],
    ),
    ("sequence = [{ id = 'amend', after = ['amendd'] }]", "sequence.0.after", ["no vote 'amendd'", "mean amend?"]),
    ("sequence = [{ id = 'a' }, { id = 'a' }]", "sequence.1.id", ["'a' is the id of sequence.0 too"]),
    ("sequence = [{ text = 'amendment' }]", "sequence.0.id", ["is required"]),
    ("sequence = [{ id = '' }]", "sequence.0.id", ["'' is no name"]),
    ("sequence = [{ id = 'draft' }, { id = 'a' }]", "sequence.0.id", ["voted on last", "let it be the last entry"]),
    ("sequence = [{ id = 'a', after = ['draft'] }, { id = 'draft' }]", "sequence.0.after", ["is voted on last"]),
    ("sequence = [{ id = 'draft', if_adopted = 1 }]", "sequence.0.if_adopted", ["the draft has none", "no vote"]),
    (
        "sequence = [{ id = 'draft', members = { CHN = { stance = 'supports' } } }]",
        "sequence.0.members",
        ["[members] is about the draft"],
    ),
    ("sequence = [{ id = 'a', if_adopted = 11 }]", "sequence.0.if_adopted", ["11 is outside -10 to 10 standard"]),
    ("sequence = [{ id = 'a', if_rejected = inf }]", "sequence.0.if_rejected", ["a finite number"]),
    ("sequence = [{ id = 'a', matter = 'military' }]", "sequence.0.matter", ["'military' is not one of substantive"]),
    (
        "sequence = [{ id = 'a', members = { RSU = { stance = 'supports' } } }]",
        "sequence.0.members.RSU",
        ["did you mean RUS?"],
    ),
    ("sequence = [" + ", ".join(f"{{ id = 'a{n}' }}" for n in range(9)) + "]", "sequence", ["9 votes", "8 at most"]),
    ("sequence = [5]", "sequence.0", ["expected a table, such as { id = "]),
    # Councils of another make-up
    ("council.seats = []", "council.seats", ["one seat at least"]),
    ("council.seats = 'g5'", "council.seats", ["one of g4, uniting-for-consensus, panel-a", "'g5'"]),
    ("council.seats = 'g4'", "council.rule", ["charter is for the Charter's council", "quota-and-veto"]),
    (
        f"{SEATS} quota = 9, seats = [{{ id = 'CHN' }}] }}",
        "council.rule",
        ["council.quota is 9, but must lie between 1 and the 1 seat"],
    ),
    (
        "council = { rule = 'quota-and-veto', quota = 14, seats = 'g4' }",
        "council.quota_source",
        ["is required with council.seats", "14 of 25 by A/59/L.64"],
    ),
    (f"{SEATS} seats = 'african-union' }}", "council.rule", ["needs council.quota", "none by A/59/L.67; 14 of 26"]),
    (f"{SEATS} quota = 26, seats = 'g4' }}", "council.rule", ["council.quota is 26", "the 25 seats"]),
    (
        f"{SEATS} quota = 1, seats = [{{ id = 'CHN' }}, {{ id = 'CHN' }}] }}",
        "council.seats.1.id",
        ["'CHN' has a seat already", "once"],
    ),
    (f"{SEATS} quota = 1, seats = [{{ id = 'AFR1' }}] }}", "council.seats.0.prior", ["is required", "african, asia-"]),
    (
        f"{SEATS} quota = 1, seats = [{{ id = 'CHM' }}] }}",
        "council.seats.0.prior",
        ["is required for the new seat 'CHM'", "did you mean CHN?"],
    ),
    (
        f"{SEATS} quota = 1, seats = [{{ id = 'afr1', prior = 'african' }}] }}",
        "council.seats.0.id",
        ["'afr1' is neither a state's code nor 3 to 8 capital letters and digits"],
    ),
    (
        f"{SEATS} quota = 1, seats = [{{ id = 'AND', prior = 'weog' }}] }}",
        "council.seats.0.id",
        ["AND is a state that never had a seat", "such as AFR1"],
    ),
    (
        f"{SEATS} quota = 1, seats = [{{ id = 'DEU', prior = 'african' }}] }}",
        "council.seats.0.prior",
        ["DEU is Germany, which has its own group"],
    ),
    (f"{SEATS} quota = 1, seats = [{{ id = 'g4' }}, {{ id = 'CHN' }}] }}", "council.seats.0.id", ['seats = "g4"']),
    (
        f"{SEATS} quota = 1, seats = [" + ", ".join(f"{{ id = 'N{n:02}', prior = 'weog' }}" for n in range(41)) + "] }",
        "council.seats",
        ["41 seats", "40 at most"],
    ),
    (
        f"{SEATS} quota = 9, date = 1950-06-27, seats = 'g4' }}",
        "council.seats",
        ["a council of fifteen; that of 1950-06-27 has 11"],
    ),
    (f"{SEATS} quota = 14, seats = 'g4' }}\nmembers.AFR9.stance = 'opposes'", "members.AFR9", ["AFR9 is not on the"]),
]
"""TOML below the required keys, the key that is named, and what the line must say."""
