"""Processes that lay out pages end with whoever asked for them, whatever they do at that moment."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from tests.reports.linked.made_up_tasks import Endless, Fault, Killed, Stopped, ask
from tracker.reports.linked.processes import LayoutFailed

ROOT = Path(__file__).parents[3]
ASK = (
    "import sys; from tests.reports.linked.made_up_tasks import Endless, ask; "
    "ask(sys.argv[1], Endless(sys.argv[2]))"
)


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A named pipe: it comes to its end when the process that writes into it is gone."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def has_ended(reading: int) -> bool:
    """Whether the process that writes is gone, within a time that is long enough."""
    ready, _, _ = select.select([reading], [], [], 20)
    return bool(ready) and os.read(reading, 1) == b""


def test_who_is_killed_takes_its_processes_with_it(pipe: Path, tmp_path: Path) -> None:
    asker = subprocess.Popen([sys.executable, "-c", ASK, tmp_path / "pages", pipe], cwd=ROOT)
    with pipe.open("rb", buffering=0) as reading:
        assert int(reading.read(20)) != asker.pid
        asker.send_signal(signal.SIGKILL)
        asker.wait()
        assert has_ended(reading.fileno())


def test_who_stops_ends_them(pipe: Path, tmp_path: Path) -> None:
    """As a job that was cancelled does, at its next page."""
    stopped: list[BaseException] = []

    def stop() -> None:
        try:
            ask(tmp_path / "pages", Endless(str(pipe), pages=1), stops=True)
        except Stopped as error:
            stopped.append(error)

    thread = Thread(target=stop)
    thread.start()
    with pipe.open("rb", buffering=0) as reading:
        assert int(reading.read(20)) != os.getpid()
        assert has_ended(reading.fileno())
    thread.join()
    assert stopped


@pytest.mark.parametrize(("task", "reason"), [(Fault(), "not this page"), (Killed(), "has ended")])
def test_a_fault_or_an_end_is_said(task: Fault | Killed, reason: str, tmp_path: Path) -> None:
    with pytest.raises(LayoutFailed, match=reason):
        ask(tmp_path / "pages", task)
