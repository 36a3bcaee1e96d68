"""Floor 8, how people see it. Only faces import rich and typer."""
