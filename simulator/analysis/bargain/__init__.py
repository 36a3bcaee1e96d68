"""What it would take: whose support must move, which text would do, whether to table it."""
