"""The lines of README's first list, and those that it leads on to, run as they stand there."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.installed


def lines_of(section: str, file: str = "README.md") -> list[str]:
    """The lines of all shell blocks of a section."""
    text = (ROOT / file).read_text().split(f"## {section}\n", 1)[1].split("\n## ", 1)[0]
    blocks: list[str] = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_its_lines_run_as_they_stand(tmp_path: Path) -> None:
    """In a copy of what they name; serving has tests of its own."""
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "example-list.csv", tmp_path / "docs")
    first = lines_of("Your first list")
    people = lines_of("Accounts", "docs/cli.md")
    and_back = lines_of("In a spreadsheet, and back", "docs/import.md")
    assert len(first) == 5 and first[4].startswith("tracker serve")
    assert any("--unit" in line for line in people)
    lines = [first[0].replace(". .venv/bin/activate; ", ""), *first[1:4], *people, *and_back]
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["bash", "-ec", "\n".join(lines)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    # what was exported comes back as the same
    assert "5 new" in done.stdout and "5 the same" in done.stdout
    assert "0 rejected; 0 warnings" in done.stdout


def test_an_office_at_work_needs_one_command() -> None:
    text = (ROOT / "README.md").read_text().split("## An office at work\n", 1)[1]
    named = re.findall(r"\b(?:tracker [a-z-]+|make (?:run|test))", text.split("\n## ", 1)[0])
    assert set(named) == {"tracker serve"}


def test_on_a_terminal_serving_makes_the_office_and_prints_its_address(tmp_path: Path) -> None:
    """What a person reads who types it; in a log no address stands (tests/cli/test_set_up.py)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    outside, terminal = pty.openpty()
    server = subprocess.Popen(
        [Path(sys.executable).parent / "tracker", "serve", "--port", port, "--workers", "1"],
        env={**os.environ, "TRACKER_INSTANCE": str(tmp_path / "our-office")},
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    printed = ""
    try:
        while "Ctrl+C" not in printed:
            printed += os.read(outside, 4096).decode()
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
        os.close(outside)
    assert "Made the instance" in printed
    assert re.search(rf"http://127.0.0.1:{port}/account/set-up/[\w-]{{43}}\s", printed)
