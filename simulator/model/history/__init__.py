"""The history model: preferences fitted to the record, as they could be known on the day of a draft."""
