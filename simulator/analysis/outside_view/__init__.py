"""What became of the closest past votes."""
