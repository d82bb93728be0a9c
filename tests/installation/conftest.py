"""An installed product, as a newcomer has it.

The wheel in an environment of its own, its processes started for real.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CLEAN = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("TRACKER_", "FLASK_", "PYTHON"))
}


def until(holds: Callable[[], object], seconds: float = 30.0) -> bool:
    """Whether it comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def get(url: str) -> tuple[int, str]:
    """Status and text of one page; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


@dataclass(kw_only=True)
class Served:
    """An instance and its server, as processes."""

    tracker: Path
    instance: Path
    elsewhere: Path  # the folder in which the commands run
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.tracker, *words],
            env=CLEAN | {"TRACKER_INSTANCE": str(self.instance)},
            cwd=self.elsewhere,
            text=True,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )

    def serve(self, workers: int = 1) -> str:
        """Gives back the address, once it answers."""
        log = (self.elsewhere / "serve.log").open("ab")
        self.process = subprocess.Popen(
            [self.tracker, "serve", "--port", str(self.port), "--workers", str(workers)],
            cwd=self.elsewhere,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            env=CLEAN | {"TRACKER_INSTANCE": str(self.instance)},
            start_new_session=True,
        )
        log.close()
        address = f"http://127.0.0.1:{self.port}"
        assert until(lambda: get(address + "/")[0] == 200), self.log
        return address

    @property
    def log(self) -> str:
        return (self.elsewhere / "serve.log").read_text()

    @property
    def processes(self) -> dict[str, int]:
        processes: dict[str, int] = json.loads((self.instance / "serving.json").read_text())[
            "processes"
        ]
        return processes

    def stop(self) -> float:
        """SIGTERM to the supervisor alone; how long it took."""
        assert self.process is not None
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        return time.monotonic() - started


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Of this checkout, with an empty instance."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    product = Served(
        tracker=Path(sys.executable).parent / "tracker",
        instance=tmp_path / "instance",
        elsewhere=elsewhere,
    )
    done = product.run("init")
    assert done.returncode == 0, done.stderr
    yield product
    if product.process and product.process.poll() is None:
        os.killpg(product.process.pid, signal.SIGKILL)
        product.process.wait()
