"""Each seat among the others: what its choice means, whether it decides, and how the odds move with its support."""
