"""The entry point: runs a command, and turns whatever goes wrong into a line a person can use."""

from __future__ import annotations

import os
import re
import sys
from typing import Any

from simulator.faces.cli.complaint import complain
from simulator.faces.cli.spelling import use_for

BAD_INPUT, MISSING_EXTRA, INTERNAL, STOPPED = 2, 3, 70, 130
"""Exit statuses; 0 is fine, 70 is a fault of ours, 130 is what shells give after Ctrl-C."""

_EXTRA = re.compile(r"[Gg]ot unexpected extra arguments?(?:\(s\))? \((.*)\)")

DEBUG = "UNSC_DEBUG"
"""Environment variable that lets tracebacks through, for developers."""


def main() -> None:
    """Runs ``unsc`` and exits: 0 fine, 2 bad input, 3 a missing extra, 130 stopped, 70 a fault of ours."""
    _ready()
    if os.environ.get(DEBUG):
        sys.exit(_run())
    try:
        status = _run()
        sys.stdout.flush()  # here, where a full disk can still be told
    except BrokenPipeError:
        # The reader, such as head, has seen enough. Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except KeyboardInterrupt:
        complain("stopped")
        status = STOPPED
    except OSError as error:  # standard output or input closed, or a disk that is full
        complain(str(error.strerror or error))
        status = BAD_INPUT
    except Exception as error:  # the last line of defence: no traceback reaches a user
        status = _explained(error)
    sys.exit(status)


def _ready() -> None:
    """What has to be so before anything is imported or written."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed: what would be written there goes nowhere, not to the other one
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - open to the end
        use_for(getattr(sys, name))
    # Looking for pydantic's plugins reads the metadata of everything installed; no command needs one.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def _run() -> int:
    """Runs the command; the exit status."""
    from simulator.faces.cli.app import app

    try:
        ended = app(prog_name="unsc", standalone_mode=False)
    except Exception as error:
        # Known by what they can do: the versions of Typer keep them in different places.
        if type(error).__name__ == "Abort":
            raise KeyboardInterrupt from None
        if not hasattr(error, "format_message"):
            raise
        return _misused(error)
    if ended == STOPPED:  # how Typer hands on Ctrl-C
        raise KeyboardInterrupt
    return ended if isinstance(ended, int) else 0


def _misused(error: Any) -> int:
    """A command line that cannot be: what is wrong, and where help is."""
    message = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError" or not message:
        error.show()  # the help itself
        return BAD_INPUT
    where = error.ctx.command_path if getattr(error, "ctx", None) else "unsc"
    message = _EXTRA.sub(r"more was typed than it takes: \1", message)
    complain(f"{message[:1].lower()}{message[1:].rstrip('.')}; see {where} --help")
    return BAD_INPUT


def _explained(error: Exception) -> int:
    from simulator.errors import MissingExtra, SimulatorError, Stopped

    if isinstance(error, SimulatorError):
        complain(str(error))
        statuses = {MissingExtra: MISSING_EXTRA, Stopped: STOPPED}
        return statuses.get(type(error), BAD_INPUT)
    complain(
        f"a fault of this program ({type(error).__name__}: {error}); please report it with the command you ran. "
        f"{DEBUG}=1 shows where it happened."
    )
    return INTERNAL
