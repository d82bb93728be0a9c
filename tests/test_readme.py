"""The lines of README's first list and of an office at work run as they stand there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.installed


def lines_of(section: str) -> list[str]:
    """The lines of all shell blocks of a section."""
    text = (ROOT / "README.md").read_text().split(f"## {section}\n", 1)[1].split("\n## ", 1)[0]
    blocks: list[str] = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_its_lines_run_as_they_stand(tmp_path: Path) -> None:
    """In a copy of what they name; serving has tests of its own."""
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "example-list.csv", tmp_path / "docs")
    first, office = lines_of("Your first list"), lines_of("An office at work")
    assert len(first) == 5 and first[4].startswith("tracker serve")
    assert any("--unit" in line for line in office)
    lines = [first[0].replace(". .venv/bin/activate; ", ""), *first[1:4], *office]
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
