"""The commands that ask about one scenario: why, who decides, what would change it, what if the rules were others."""
