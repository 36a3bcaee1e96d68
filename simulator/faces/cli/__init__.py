"""The command line ``unsc``: a command is parse, one call, render."""
