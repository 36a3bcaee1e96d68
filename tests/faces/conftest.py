"""The command line, run within the test's own process: quick, and seen as text at 80 columns."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from simulator.faces.cli.main import main


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it wrote, as JSON."""
        return json.loads(self.out)


Unsc = Callable[..., Ran]


@pytest.fixture
def unsc(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Unsc:
    """Runs ``unsc`` with these arguments, and `stdin` as its standard input; never a traceback."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERMINAL_WIDTH", "80")
    monkeypatch.delenv("UNSC_DEBUG", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def run(*arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["unsc", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        assert code is None or isinstance(code, int)
        written = capsys.readouterr()
        assert "Traceback" not in written.out + written.err
        return Ran(code or 0, written.out, written.err)

    return run
