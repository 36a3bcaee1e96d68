"""``unsc record``: the roll calls on record, found, drawn, checked and added to."""
