"""Work in the background gives way to pages, and nobody else's priority is touched."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextvars import ContextVar

import pytest

from tracker.processes import NICENESS, in_background

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="priorities of threads are Linux's")


def priority() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def test_its_result_and_its_fault_come_back() -> None:
    assert in_background(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        in_background(divmod, 7, 0)


def test_it_has_the_context_of_who_asked() -> None:
    person: ContextVar[str] = ContextVar("person")
    person.set("walter")
    assert in_background(person.get) == "walter"


@on_linux
def test_it_gives_way_with_what_it_starts_and_the_caller_does_not() -> None:
    before = priority()
    code = "import os; print(os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0))"
    started = in_background(subprocess.check_output, [sys.executable, "-c", code], text=True)
    expected = max(before, NICENESS)
    assert in_background(priority) == expected
    assert started.split() == [str(expected), str(os.SCHED_BATCH)]
    assert priority() == before
    assert os.sched_getscheduler(0) == os.SCHED_OTHER
