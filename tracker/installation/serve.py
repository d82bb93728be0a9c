"""The server and the worker of jobs, started, watched, started again, and ended together. What they do is not known here."""
from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import structlog

from .create import write_private

LONGEST_PAUSE = 30.0  # seconds between two starts of a process that keeps ending
STEADY = 60.0  # one that has lived this long begins again with short pauses
PATIENCE = 8.0  # seconds that a process has to end by itself
SERVING = "serving.json"  # in the instance, while it is served: which processes, at which address

log = structlog.get_logger("tracker.serve")


def can_bind(host: str, port: int) -> str | None:
    """None, or why nothing can listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as wrong:
        return wrong.strerror or str(wrong)
    return None


def running(instance: Path) -> dict[str, int]:
    """The processes that serve this instance now, by name; empty if it is not served."""
    try:
        said = json.loads((instance / SERVING).read_text())["processes"]
        return {str(name): int(pid) for name, pid in said.items() if Path(f"/proc/{int(pid)}").exists()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


@dataclass
class Watched:
    """One process that is to run for as long as the server does."""

    name: str
    words: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    again_at: float = 0.0

    def look(self, now: float) -> bool:
        """Start it if it is due, note it if it has ended; tells whether anything changed."""
        if self.process is None:
            if now < self.again_at:
                return False
            self.process = subprocess.Popen(self.words, env=self.environment, stdin=subprocess.DEVNULL)
            self.started = now
            return True
        if self.process.poll() is None:
            return False
        self.pause = 0.5 if now - self.started > STEADY else min(max(self.pause * 2, 0.5), LONGEST_PAUSE)
        self.again_at = now + self.pause
        log.warning("ended by itself; started again", process=self.name, status=self.process.returncode, after_seconds=round(self.pause, 1))
        self.process = None
        return True


@dataclass
class Supervisor:
    """Runs until SIGTERM or SIGINT, then ends what it has started."""

    instance: Path
    processes: list[Watched]
    address: str
    stopping: bool = field(default=False, init=False)

    def run(self) -> None:
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            if signal.getsignal(each) is not signal.SIG_IGN:  # `nohup` has it ignored
                signal.signal(each, self._stop)
        try:
            while not self.stopping:
                if any([each.look(time.monotonic()) for each in self.processes]):
                    self._say()
                time.sleep(0.1)
        finally:
            self._end()

    def _stop(self, _: int, __: FrameType | None) -> None:
        self.stopping = True

    def _say(self) -> None:
        pids = {each.name: each.process.pid for each in self.processes if each.process}
        write_private(self.instance / SERVING, json.dumps({"address": self.address, "processes": {"supervisor": os.getpid(), **pids}}))

    def _end(self) -> None:
        left = [each.process for each in self.processes if each.process]
        for process in left:
            process.terminate()
        until = time.monotonic() + PATIENCE
        for process in left:
            try:
                process.wait(max(until - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                log.warning("did not end in time; killed", pid=process.pid)
                process.kill()
                process.wait()
        (self.instance / SERVING).unlink(missing_ok=True)


def supervisor(instance: Path, host: str, port: int, workers: int) -> Supervisor:
    """granian with `workers` processes, and one worker of jobs: PDF is never made in a web process."""
    environment = os.environ | {"TRACKER_INSTANCE": str(instance), "PYTHONUNBUFFERED": "1"}
    server = [sys.executable, "-P", "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers),
              "--blocking-threads", "4", "--no-ws", "--http", "1", "--respawn-failed-workers", "--workers-kill-timeout", "5",
              "--log-level", "warning", "tracker.wsgi:app"]
    worker = [sys.executable, "-P", "-m", "tracker.jobs.worker", "--instance", str(instance)]
    shown = f"[{host}]" if ":" in host else host
    return Supervisor(instance, [Watched("server", server, environment), Watched("worker", worker, environment)], f"http://{shown}:{port}")
