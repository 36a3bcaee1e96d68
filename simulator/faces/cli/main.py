"""The entry point: runs a command, and turns whatever goes wrong into a line a person can use."""

from __future__ import annotations

import os
import sys

BAD_INPUT, MISSING_EXTRA, INTERNAL = 2, 3, 70
"""Exit statuses; 0 is fine, 70 is a fault of ours."""

DEBUG = "UNSC_DEBUG"
"""Environment variable that lets tracebacks through, for developers."""


def main() -> None:
    """Runs ``unsc`` and exits: 0 fine, 2 bad input, 3 a missing extra."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character gets a question mark
    # Looking for pydantic's plugins reads the metadata of everything installed; no command needs one.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if os.environ.get(DEBUG):
        _run()
    try:
        _run()
    except BrokenPipeError:
        # The reader, such as head, has seen enough. Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        print("unsc: stopped", file=sys.stderr)
        sys.exit(130)
    except OSError as error:  # standard output or input closed, or a disk that is full
        print(f"unsc: {error.strerror or error}", file=sys.stderr)
        sys.exit(BAD_INPUT)
    except Exception as error:  # the last line of defence: no traceback reaches a user
        sys.exit(_explained(error))


def _run() -> None:
    from simulator.faces.cli.app import app

    app(prog_name="unsc")


def _explained(error: Exception) -> int:
    from simulator.errors import MissingExtra, SimulatorError

    if isinstance(error, SimulatorError):
        # Names of files and keys may hold control characters, which a terminal would obey.
        text = "".join(character if character.isprintable() or character == "\n" else "?" for character in str(error))
        print(f"unsc: {text}", file=sys.stderr)
        return MISSING_EXTRA if isinstance(error, MissingExtra) else BAD_INPUT
    print(
        f"unsc: a fault of this program ({type(error).__name__}: {error}); please report it with the command you ran. "
        f"{DEBUG}=1 shows where it happened.",
        file=sys.stderr,
    )
    return INTERNAL
