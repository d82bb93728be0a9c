"""How soon a command begins.

Processor time of a fresh process, as ratios to the import of Flask and SQLAlchemy.

"report: first statement" ends where `tracker report convention` sends its first statement.

    python -m benchmarks.start [--json] [--rounds 5]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from .figures import figures, rounds, show

BASE = "import flask, sqlalchemy"
COMMAND = "import sys; sys.argv[0] = 'tracker'; from tracker.cli import main; main()"
UNTIL_FIRST_STATEMENT = """
import os
import sqlalchemy
from sqlalchemy.engine import Engine
sqlalchemy.event.listen(Engine, "before_cursor_execute", lambda *_: os._exit(0))
"""
TARGETS = {"report: first statement": 3.0, "--help": 0.5}


def processor_time(arguments: Sequence[str]) -> float:
    """Milliseconds of a process of its own; what it imports is compiled, as once installed."""
    environment = {**os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-c", *arguments], check=True, capture_output=True, env=environment
    )
    after = getrusage(RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        processor_time([COMMAND, "--instance", str(instance), "init"])
        report = ["--instance", str(instance), "report", "convention", "2025"]
        measured = {
            BASE: [BASE],
            "--help": [COMMAND, "--help"],
            "report: first statement": [
                UNTIL_FIRST_STATEMENT + COMMAND,
                *report,
                "--output",
                str(Path(folder) / "report.pdf"),
            ],
            "the application": ["import tracker.application"],
            "the worker": ["import tracker.worker"],
        }
        found = rounds(
            {name: partial(processor_time, arguments) for name, arguments in measured.items()},
            asked.rounds,
        )
    against = {name: (BASE, TARGETS.get(name)) for name in measured if name != BASE}
    show("Start of a process", "ms of the processor", figures(found, against), asked.json)


if __name__ == "__main__":
    main()
