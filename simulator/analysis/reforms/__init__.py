"""One scenario under other rules, and before enlarged councils."""
