"""Which texts would be adopted in an issue space, and how likely each is."""
