"""Processes that are measured from outside: the time and the memory of each, with all that it
starts.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LOOKS_EVERY = 0.1  # seconds


@dataclass(frozen=True)
class Ended:
    """What a process took, with the interpreter's start and imports."""

    seconds: float
    peak_mb: float | None  # of the tree of processes; None: it was not looked at
    output: str


def run(command: Sequence[str], *, with_memory: bool = False) -> Ended:
    """Runs it to its end. Looking at the memory of a large process slows it: that is not done while
    time is measured.
    """
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    with Memory(process.pid) if with_memory else _Nothing() as memory:
        output, _none = process.communicate()
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    return Ended(seconds, memory.peak_mb, output)


class _Nothing:
    peak_mb: float | None = None

    def __enter__(self) -> _Nothing:
        return self

    def __exit__(self, *_error: object) -> None:
        pass


class Memory(_Nothing):
    """Looks again and again at what some processes take, and keeps the most."""

    def __init__(self, *pids: int, every: float = LOOKS_EVERY) -> None:
        self.peak_mb = 0.0
        self.most_processes = 0
        self._pids = pids
        self._every = every
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(self._every):
            every = [pid for root in self._pids for pid in tree(root)]
            self.peak_mb = max(self.peak_mb or 0.0, sum(map(_pss, every)))
            self.most_processes = max(self.most_processes, len(every))


def tree(pid: int) -> list[int]:
    """A process and all that it started, and these started."""
    pids = [pid]
    for parent in pids:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                pids += [int(child) for child in children.read_text().split()]
            except OSError:  # it has ended meanwhile
                continue
    return pids


def pss_of_tree(pid: int) -> float:
    """Megabytes: shared memory counts once, whoever shares it."""
    return sum(map(_pss, tree(pid)))


def _pss(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
