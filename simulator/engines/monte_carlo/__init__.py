"""The Monte Carlo engine, in two methods: whole roll calls, and factors drawn with the votes summed exactly."""
