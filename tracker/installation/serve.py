"""The processes of the server and the worker of jobs: started, watched, started again, and ended
together.

What they do is next door.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import structlog
from flask import Flask

from tracker.config import Settings
from tracker.extensions import db
from tracker.processes import end_with_parent

from . import compiled_templates
from .create import write_private

if TYPE_CHECKING:
    from .web_server import LargestBody

LONGEST_PAUSE = 30.0  # seconds between two starts of a process that keeps ending
STEADY = 60.0  # one that has lived this long begins again with short pauses
PATIENCE = 8.0  # seconds that a process has to end by itself
BACKLOG = 1024  # connections that wait to be accepted
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8  # of glibc's mallopt
LARGE_PIECE = 2**20  # bytes
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
SERVING = "serving.json"  # in the instance, while it is served: which processes, at which address

log = structlog.get_logger("tracker.serve")


class CannotListen(Exception):
    """Nothing can listen there; the text is the system's."""


def listen(host: str, port: int) -> socket.socket:
    """The one socket at which all processes of the server answer. Raises CannotListen."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(BACKLOG)
        except OSError:
            listening.close()
            raise
    except OSError as wrong:
        raise CannotListen(wrong.strerror or str(wrong)) from wrong
    listening.setblocking(False)
    return listening


def running(instance: Path) -> dict[str, int]:
    """The processes that serve this instance now, by name; empty if it is not served."""
    try:
        processes = json.loads((instance / SERVING).read_text())["processes"]
        return {
            str(name): int(pid)
            for name, pid in processes.items()
            if Path(f"/proc/{int(pid)}").exists()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def keep_no_freed_memory() -> None:
    """What was taken for a large picture goes back to the system as it is freed.

    Glibc would keep some 50 MB in each process.

    Copies of this process inherit it. Other C libraries have no such setting, or no such habit.
    """
    if sys.platform == "linux":
        with suppress(AttributeError):
            set_option = ctypes.CDLL(None).mallopt
            set_option(M_MMAP_THRESHOLD, LARGE_PIECE)
            set_option(M_TRIM_THRESHOLD, LARGE_PIECE)
            set_option(M_ARENA_MAX, 2)


@dataclass(kw_only=True)
class Watched:
    """One process that is to run for as long as the server does.

    `work` is what it does; it has everything that is loaded here.
    """

    name: str
    work: Callable[[], None]
    pid: int | None = None
    started: float = 0.0
    pause: float = 0.0
    again_at: float = 0.0

    def check(self, now: float) -> bool:
        """Start it if it is due, note it if it has ended; tells whether anything changed."""
        if self.pid is None:
            if now < self.again_at:
                return False
            self.pid = self._start()
            self.started = now
            return True
        if (status := ended(self.pid)) is None:
            return False
        self.pause = (
            0.5 if now - self.started > STEADY else min(max(self.pause * 2, 0.5), LONGEST_PAUSE)
        )
        self.again_at = now + self.pause
        log.warning(
            "ended by itself; started again",
            process=self.name,
            status=status,
            after_seconds=round(self.pause, 1),
        )
        self.pid = None
        return True

    def _start(self) -> int:
        """A copy of this process: what it has loaded is shared, and takes its memory once."""
        parent = os.getpid()
        if pid := os.fork():
            return pid
        status = 1
        try:
            end_with_parent(parent)
            for number in STOPPING:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    signal.signal(number, signal.SIG_DFL)
            self.work()
            status = 0
        except (SystemExit, KeyboardInterrupt):
            status = 0
        except BaseException:
            log.exception("ended by a fault", process=self.name)
        finally:
            os._exit(status)


def ended(pid: int) -> int | None:
    """The exit status of a child that is over, negative for the signal that ended it; None while it
    runs.
    """
    try:
        ended_pid, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return -1
    return os.waitstatus_to_exitcode(status) if ended_pid else None


@dataclass
class Supervisor:
    """Runs until SIGTERM or SIGINT, then ends what it has started."""

    instance: Path
    processes: list[Watched]
    address: str
    stopping: bool = field(default=False, init=False)

    def run(self) -> None:
        for number in STOPPING:
            if signal.getsignal(number) is not signal.SIG_IGN:  # `nohup` has it ignored
                signal.signal(number, self._stop)
        try:
            while not self.stopping:
                if any([process.check(time.monotonic()) for process in self.processes]):
                    self._say()
                time.sleep(0.1)
        finally:
            self._end()

    def _stop(self, _: int, __: FrameType | None) -> None:
        self.stopping = True

    def _say(self) -> None:
        pids = {process.name: process.pid for process in self.processes if process.pid}
        state = json.dumps(
            {"address": self.address, "processes": {"supervisor": os.getpid(), **pids}}
        )
        part = self.instance / f".{SERVING}.part"
        try:
            write_private(part, state)
            part.replace(self.instance / SERVING)  # whoever reads it finds it whole
        except OSError as wrong:  # a full disk ends nobody
            log.error("cannot say which processes run", file=SERVING, reason=wrong.strerror)

    def _end(self) -> None:
        left = [process.pid for process in self.processes if process.pid]
        for pid in left:
            os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while left and time.monotonic() < until:
            left = [pid for pid in left if ended(pid) is None]
            time.sleep(0.02)
        for pid in left:
            log.warning("did not end in time; killed", pid=pid)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        (self.instance / SERVING).unlink(missing_ok=True)


def supervisor(
    app: Flask,
    listening: socket.socket,
    host: str,
    port: int,
    workers: int,
    largest_body: LargestBody,
    run_worker: Callable[[Flask], None],
) -> Supervisor:
    """What runs `workers` processes that answer at the socket, and one worker of jobs.

    A PDF is never made in a web process: `run_worker` makes it, and runs until it is ended.
    The application is warmed up before they are started, and no connection to the database is
    open then.
    """
    from . import web_server  # only who serves needs it

    settings: Settings = app.config["SETTINGS"]
    keep_no_freed_memory()
    warm_up(app)
    answering = [
        Watched(
            name="server" if number == 1 else f"server-{number}",
            work=lambda: web_server.serve(app, listening, largest_body),
        )
        for number in range(1, workers + 1)
    ]
    shown_host = f"[{host}]" if ":" in host else host
    return Supervisor(
        settings.instance,
        [*answering, Watched(name="worker", work=lambda: run_worker(app))],
        f"http://{shown_host}:{port}",
    )


def warm_up(app: Flask) -> None:
    """Mappers, routes and templates are made before the first visitor comes, and taken out of the
    garbage collector's rounds (p99 33 -> 5 ms).
    """
    settings: Settings = app.config["SETTINGS"]
    app.jinja_env.bytecode_cache = compiled_templates.of_instance(settings.instance)
    with app.app_context():
        for name in app.jinja_env.list_templates(extensions=["html"]):
            app.jinja_env.get_template(name)
    app.test_client().get("/")
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    gc.collect()
    gc.freeze()
