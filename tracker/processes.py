"""Processes and threads of the application: their end, and how they share the processors."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from contextvars import copy_context
from typing import ParamSpec, TypeVar

PR_SET_PDEATHSIG = 1  # of Linux's prctl
NICENESS = 10
"""Of work that nobody's page waits for: beside a web process that wants the processor as well, it
gets about a tenth.
"""

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def end_with_parent(parent: int) -> None:
    """This process is killed as soon as the one that started it is gone, be it by kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it went before we asked
            os._exit(1)
    else:
        threading.Thread(target=_watch_parent, args=(parent,), daemon=True).start()


def _watch_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def in_background(
    work: Callable[Arguments, Result], *arguments: Arguments.args, **named: Arguments.kwargs
) -> Result:
    """Does the work in a thread that gives way to whoever else wants the processors, and waits for
    it. Processes that the work starts give way as well.

    The calling thread does not: it cannot take its own priority back, and may next hold a lock that
    others wait for.
    """
    outcome: Future[Result] = Future()
    context = copy_context()

    def run() -> None:
        _give_way()
        try:
            outcome.set_result(context.run(work, *arguments, **named))
        except BaseException as error:
            outcome.set_exception(error)

    # A daemon: a worker that is told to stop does not wait for its report.
    threading.Thread(target=run, name="background", daemon=True).start()
    return outcome.result()


def _give_way() -> None:
    """This thread alone; elsewhere than on Linux, nothing: there a priority is a process's."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
