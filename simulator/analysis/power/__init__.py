"""Who decides a priori: power indices of a rule, with and without abstention, exact."""
