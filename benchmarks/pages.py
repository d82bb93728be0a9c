"""Pages a second of the real application, on waitress, as ratios to a hello and to a bare page of 50 rows of the same application.

python -m benchmarks.pages [--json] [--rounds 5] [--seconds 3]
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from .figures import figures, rounds, show

CONNECTIONS = 4
HELLO, BARE = "/bench/hello/nothing/here", "/bench/bare/fifty/rows"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


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


def request(path: str, tag: str | None = None) -> bytes:
    more = f"If-None-Match: {tag}\r\n" if tag else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}\r\n".encode()


def per_second(
    port: int, path: str, seconds: float, expected: int, tag: str | None = None
) -> float:
    """Answers a second over 4 kept connections; each must have the expected status."""
    until, counts, ask = time.perf_counter() + seconds, [0] * CONNECTIONS, request(path, tag)

    def run(which: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            while time.perf_counter() < until:
                status = int(answer(connection, ask)[9:12])
                assert status == expected, (path, status)
                counts[which] += 1

    threads = [threading.Thread(target=run, args=(which,)) for which in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def tag_of(port: int, path: str) -> str:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        found = re.search(rb"(?i)\r\netag: *([^\r]+)", answer(connection, request(path)))
    assert found, f"{path} has no ETag"
    return found[1].decode()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        env = {**os.environ, "TRACKER_INSTANCE": str(instance)}
        tracker = str(Path(sys.executable).parent / "tracker")
        for words in (["init"], ["demo"]):
            subprocess.run([tracker, *words], env=env, check=True, stdout=subprocess.DEVNULL)
        port = free_port()
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "waitress",
                f"--listen=127.0.0.1:{port}",
                "--threads=8",
                "benchmarks.pages_app:app",
            ],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            measure(port, given.rounds, given.seconds, given.json, tracker, env)
        finally:
            server.terminate()
            server.wait(20)


def measure(
    port: int, times: int, seconds: float, as_json: bool, tracker: str, env: dict[str, str]
) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.1)
    with socket.create_connection(("127.0.0.1", port)) as connection:
        start = answer(connection, request("/")).decode(errors="replace")
    body = re.search(r'href="(/[a-z0-9-]+/)"', start)
    assert body, "no body on the first page"
    with socket.create_connection(("127.0.0.1", port)) as connection:
        conventions = re.findall(
            rf'href="({body[1]}[a-z0-9-]+/)"',
            answer(connection, request(body[1])).decode(errors="replace"),
        )
    richest = max(set(conventions), key=lambda path: weight(port, path))
    with socket.create_connection(("127.0.0.1", port)) as connection:
        items = re.findall(
            rf'href="({richest}[a-z]+-[a-z0-9-]+)"',
            answer(connection, request(richest)).decode(errors="replace"),
        )
    item = max(set(items), key=lambda path: weight(port, path))
    tag = tag_of(port, item)
    found = rounds(
        {
            "hello": lambda: per_second(port, HELLO, seconds, 200),
            "bare page of 50 rows": lambda: per_second(port, BARE, seconds, 200),
            "item page": lambda: per_second(port, item, seconds, 200),
            "item page, not modified": lambda: per_second(port, item, seconds, 304, tag),
            "convention page": lambda: per_second(port, richest, seconds, 200),
            "convention page, not modified": lambda: per_second(
                port, richest, seconds, 304, tag_of(port, richest)
            ),
        },
        times,
    )
    show(
        "Pages",
        "answers a second, one worker",
        figures(
            found,
            {
                "item page": ("bare page of 50 rows", 0.4),
                "item page, not modified": ("hello", 0.5),
                "convention page": ("bare page of 50 rows", None),
                "convention page, not modified": ("hello", 0.5),
            },
        ),
        as_json,
        measured=f"{item} (the richest item page), {richest}",
    )


def weight(port: int, path: str) -> int:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        return len(answer(connection, request(path)))


if __name__ == "__main__":
    main()
