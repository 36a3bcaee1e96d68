"""What the odds hang on: derivatives, plausible ranges, and the shares of doubt that uncertain numbers bring."""
