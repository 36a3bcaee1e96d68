"""``unsc`` as a process of its own: what it imports, pipes, Ctrl-C, encodings, and the ways to start it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import simulator
from simulator.scenario import shipped_scenarios

UNSC = [sys.executable, "-m", "simulator"]


def unsc(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")} | environment
    return subprocess.run([*UNSC, *arguments], input=stdin, capture_output=True, env=env, check=False)


def modules_after(*arguments: str) -> set[str]:
    """The modules that a command has imported when it ends."""
    code = (
        "import sys, atexit\n"
        f"sys.argv = {['unsc', *arguments]!r}\n"
        "atexit.register(lambda: print('\\n'.join(sys.modules), file=sys.stderr))\n"
        "from simulator.faces.cli.main import main\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_imports_neither_numpy_nor_pydantic(option: str) -> None:
    assert not {"numpy", "scipy", "pydantic"} & modules_after(option)


@pytest.mark.parametrize("command", ["run", "validate", "scenarios", "rules", "members", "record list"])
def test_help_of_a_command_imports_nothing_that_computes(command: str) -> None:
    loaded = modules_after(*command.split(), "--help")
    assert not {"numpy", "scipy", "simulator.scenario", "simulator.engines"} & loaded


@pytest.mark.parametrize("command", ["list", "show 2728", "check simulator/facts/data/roll_calls.csv"])
def test_the_record_is_read_without_what_odds_need(command: str) -> None:
    """So that it answers at once."""
    code = f"from simulator.faces.cli.main import main; import sys; sys.argv = {['unsc', 'record', *command.split()]!r}"
    done = subprocess.run([sys.executable, "-X", "importtime", "-c", f"{code}; main()"], capture_output=True, text=True)
    assert "simulator.facts.record" in done.stderr
    assert not [line for line in done.stderr.splitlines() if line.endswith((" numpy", " scipy", " simulator.engines"))]


def test_an_exact_run_does_without_scipys_statistics_and_searches_and_plots() -> None:
    loaded = modules_after("run", "a-follower", "--engine", "exact")
    assert "numpy" in loaded
    assert not {"scipy.stats", "scipy.stats.qmc", "scipy.optimize", "matplotlib", "hypothesis"} & loaded


def test_it_starts_as_a_module_and_as_a_command() -> None:
    command = shutil.which("unsc", path=Path(sys.executable).parent)
    assert command
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"unsc {simulator.__version__}\n"
    assert unsc("--version").stdout.decode().strip() == done.stdout.strip()


def test_a_page_that_is_not_for_a_terminal_has_no_escape_codes_and_80_columns() -> None:
    done = unsc("run", "dprk-2022-05", COLUMNS="200")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout
    assert max(map(len, done.stdout.decode().splitlines())) <= 80


def on_a_terminal(columns: int, **environment: str) -> str:
    """What a page writes to a pseudo-terminal of this width."""
    import pty

    ours, theirs = pty.openpty()
    env = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
    env |= {"TERM": "xterm-256color", "COLUMNS": str(columns)} | environment
    with subprocess.Popen([*UNSC, "run", "a-follower", "--engine", "exact"], stdout=theirs, env=env) as running:
        os.close(theirs)
        written = b""
        with contextlib.suppress(OSError):  # the end of a pseudo-terminal, on Linux
            while block := os.read(ours, 65536):
                written += block
        assert running.wait() == 0
    os.close(ours)
    return written.decode()


COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3|4|9|10)\d(?:;\d+)*m")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize(("columns", "widest"), [(40, 40), (60, 60), (80, 80), (200, 80)])
def test_a_terminal_gets_colours_but_not_against_no_color_and_80_columns_at_most(columns: int, widest: int) -> None:
    """https://no-color.org: no colour codes; and without codes the page is that of a file."""
    assert COLOUR.search(on_a_terminal(columns))
    plain = on_a_terminal(columns, NO_COLOR="1")
    assert not COLOUR.search(plain)
    lines = re.sub(r"\x1b\[[\d;]*m", "", plain).splitlines()
    assert "Adopted in 49 of 100" in "\n".join(lines)
    assert max(map(len, lines)) <= widest


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "utf-8"])
@pytest.mark.parametrize("arguments", [["run", "a-follower", "--engine", "exact"], ["scenarios"]], ids=" ".join)
def test_a_terminal_that_lacks_characters_gets_others(arguments: list[str], encoding: str) -> None:
    done = unsc(*arguments, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode(encoding)
    if arguments[0] == "run" and encoding != "utf-8":
        assert b"o o o" in done.stdout
        assert b"? ? ?" not in done.stdout


def test_standard_input_is_utf8_whatever_the_terminal_says() -> None:
    text = 'schema = 1\ntitle = "Côte d\'Ivoire"\ndraft.date = 2022-05-26\n'
    done = unsc("run", "-", "--engine", "exact", "--json", stdin=text.encode(), PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("ascii"))["scenario"] == "Côte d'Ivoire"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes with a name in the file system")
@pytest.mark.parametrize("command", ["validate", "run"])
def test_a_scenario_is_read_from_a_pipe(tmp_path: Path, command: str) -> None:
    """As of ``<(...)`` in a shell, ``/dev/stdin``, and ``mkfifo``."""
    text = shipped_scenarios()["a-follower"].read_bytes()
    assert b"A follower" in unsc(command, "/dev/stdin", stdin=text).stdout
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([*UNSC, command, str(pipe)], stdout=subprocess.PIPE) as running:
        pipe.write_bytes(text)
        out, _ = running.communicate(timeout=60)
    assert b"A follower" in out
    reading, writing = os.pipe()
    os.write(writing, text)
    os.close(writing)
    done = subprocess.run([*UNSC, command, f"/dev/fd/{reading}"], capture_output=True, pass_fds=[reading], check=True)
    os.close(reading)
    assert b"A follower" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="for a POSIX shell")
@pytest.mark.parametrize(
    ("command", "status", "out", "err"),
    [
        ("run - <&-", 2, "", "unsc: standard input is closed, so - has nothing to read; name a file\n"),
        ("validate - <&-", 2, "", "unsc: standard input is closed, so - has nothing to read; name a file\n"),
        ("council 1990 >&-", 0, "", ""),
        ("run nosuch 2>&-", 2, "", ""),
        ("validate nosuch 2>&-", 2, "", ""),
        ("--nosuch 2>&-", 2, "", ""),
        ("council 2>&- >&-", 0, "", ""),
    ],
)
def test_closed_streams_are_no_fault_of_the_program(command: str, status: int, out: str, err: str) -> None:
    """What would be written to a closed stream goes nowhere, and not to the other one."""
    script = f'"{sys.executable}" -m simulator {command}'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout, done.stderr) == (status, out, err)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
@pytest.mark.parametrize(
    "arguments", [["--version"], ["council"], ["schema"], ["run", "a-follower", "--csv"]], ids=" ".join
)
def test_a_full_disk_is_told_with_status_2(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*UNSC, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "unsc: No space left on device\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGPIPE-like end of a pipe")
@pytest.mark.parametrize(
    "arguments", [["run", "a-follower"], ["schema"], ["run", "a-follower", "--json"]], ids=" ".join
)
def test_a_reader_that_has_seen_enough_causes_no_complaint(arguments: list[str]) -> None:
    """As in ``unsc run FILE | head -1``: the reading end of the pipe is closed before anything is written."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run([*UNSC, *arguments], stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)
    assert done.stderr == b""
    assert done.returncode in (0, 1)


@pytest.mark.skipif(os.name == "nt", reason="a process of its own group cannot be sent Ctrl-C alone")
def test_ctrl_c_ends_ten_thousand_million_draws_with_a_valid_answer(tmp_path: Path) -> None:
    """Sent once roll calls are being saved: the answer says it was interrupted and rests on the roll calls saved."""
    saved = tmp_path / "draws.csv"
    options = ["--engine", "monte-carlo", "--method", "votes", "--draws", "1e10", "--json", "--save-draws", str(saved)]
    with subprocess.Popen(
        [*UNSC, "run", "a-follower", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # What runs in the background of a script has Ctrl-C ignored, and hands that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as running:
        for _ in range(1200):
            if saved.exists() and saved.stat().st_size > 5_000_000:
                break
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        try:
            out, err = running.communicate(timeout=60)
        finally:
            running.kill()  # or it would draw until the disk is full
    assert (running.returncode, err) == (0, b"")
    answer = json.loads(out)
    assert answer["interrupted"] is True
    assert 0 < answer["draws"] < 10**10
    assert sum(answer["odds"].values()) == pytest.approx(1)
    with saved.open(encoding="utf-8") as file:
        rows = sum(1 for _ in file) - 1
    assert rows >= answer["draws"]


def test_a_traceback_is_there_for_developers_who_ask_for_it() -> None:
    done = unsc("run", "nosuch", UNSC_DEBUG="1")
    assert done.returncode != 0
    assert b"Traceback" in done.stderr
    assert b"InputError" in done.stderr
