"""What is wrong, on standard error."""

from __future__ import annotations

import sys


def complain(message: str) -> None:
    """Prints a message after the program's name, without control characters: names of files and keys may hold them."""
    shown = "".join(character if character.isprintable() or character == "\n" else "?" for character in message)
    print(f"unsc: {shown}", file=sys.stderr)
