"""The same draft before each year's council, under that day's law."""
