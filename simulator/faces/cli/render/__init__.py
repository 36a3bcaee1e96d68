"""What answers look like in a terminal of 80 columns, with colours or without."""
