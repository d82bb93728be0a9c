"""Processes that answer while they are measured, and how many answers a second they give."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parents[1]
CONNECTIONS = 4
AS_BROWSERS = "Accept-Encoding: gzip, deflate, br\r\n"


@dataclass(frozen=True)
class Process:
    """One that answers."""

    port: int
    pid: int

    def connected(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port))

    def processor_seconds(self) -> float:
        """What it has used until now, of its own and in the system."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(python: str, app: str, env: dict[str, str], checkout: Path = HERE) -> Iterator[Process]:
    """One process of waitress with this application."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = subprocess.Popen(
        [python, "-m", "waitress", f"--listen=127.0.0.1:{port}", "--threads=8", app],
        env={**os.environ, **env},
        cwd=checkout,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process = Process(port, server.pid)
        _wait(server, process)
        yield process
    finally:
        server.terminate()
        server.wait(20)


def _wait(server: subprocess.Popen[bytes], process: Process) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        assert server.poll() is None, "the server did not start"
        try:
            process.connected().close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")


def answer(connection: socket.socket, request: bytes) -> bytes:
    """One request on a kept connection; the head and the whole body of its answer."""
    connection.sendall(request)
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    while length and len(body) < int(length[1]):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def request(path: str, headers: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode()


def got(process: Process, path: str) -> str:
    """A page, head and body."""
    with process.connected() as connection:
        return answer(connection, request(path)).decode(errors="replace")


def tag_of(process: Process, path: str) -> str:
    found = re.search(r"(?i)\r\netag: *([^\r]+)", got(process, path))
    assert found, f"{path} has no ETag"
    return found[1]


def per_second(
    process: Process, path: str, seconds: float, headers: str = "", expected: int = 200
) -> float:
    """Answers a second of the processor's time, over 4 connections, kept where the server keeps
    them; each must have the expected status.

    Of the processor, not of the clock: what else runs on the machine disturbs it less. On an idle
    machine the two are the same.
    """
    until, counts, ask = time.perf_counter() + seconds, [0] * CONNECTIONS, request(path, headers)

    def run(which: int) -> None:
        connection = process.connected()
        while time.perf_counter() < until:
            told = answer(connection, ask)
            assert int(told[9:12]) == expected, (path, told[:40])
            counts[which] += 1
            if b"\r\nConnection: close\r\n" in told:  # as waitress does after what has no body
                connection.close()
                connection = process.connected()
        connection.close()

    before = process.processor_seconds()
    threads = [threading.Thread(target=run, args=(which,)) for which in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / max(process.processor_seconds() - before, 0.01)


def one_by_one(process: Process, path: str, times: int) -> float:
    """Milliseconds of one answer, the median of some, each asked after the other."""
    with process.connected() as connection:
        taken = []
        for _ in range(times):
            began = time.perf_counter()
            status = int(answer(connection, request(path))[9:12])
            taken.append(time.perf_counter() - began)
            assert status == 200, (path, status)
    return sorted(taken)[times // 2] * 1000
