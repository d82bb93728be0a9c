"""What strangers do to a server, as connections that are held open.

Slow bodies, slow heads, idle ones, bodies that are too large.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

HEAD = (
    "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n"
)


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


@contextmanager
def trickling(
    port: int, how_many: int, begin: bytes, drop: bytes = b"a"
) -> Iterator[list[socket.socket]]:
    """So many connections that have begun a request and send one drop of it twice a second."""
    connections = [connected(port) for _ in range(how_many)]
    over = threading.Event()

    def trickle() -> None:
        while not over.wait(0.5):
            for connection in connections:
                with suppress(OSError):  # the server may have had enough of it
                    connection.send(drop)

    for connection in connections:
        connection.sendall(begin)
    thread = threading.Thread(target=trickle, daemon=True)
    thread.start()
    try:
        yield connections
    finally:
        over.set()
        thread.join()
        for connection in connections:
            connection.close()


Attack = AbstractContextManager[list[socket.socket]]


def slow_bodies(
    port: int, how_many: int = 16, length: int = 500_000, path: str = "/sign-in"
) -> Attack:
    """Bodies that are announced, and come a byte at a time."""
    return trickling(
        port,
        how_many,
        HEAD.replace("/sign-in", path).encode()
        + f"Content-Length: {length}\r\n\r\nemail=".encode(),
    )


def stalled_bodies(port: int, how_many: int = 16) -> Attack:
    """Bodies that are announced, and never come."""
    return trickling(port, how_many, HEAD.encode() + b"Content-Length: 500000\r\n\r\n", b"")


def slow_chunks(port: int, how_many: int = 16) -> Attack:
    return trickling(
        port, how_many, HEAD.encode() + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"
    )


def slow_heads(port: int, how_many: int = 200) -> Attack:
    return trickling(port, how_many, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", b"a")


def idle(port: int, how_many: int = 200) -> Attack:
    return trickling(port, how_many, b"", b"")


def flood(
    port: int,
    length: int,
    path: str = "/sign-in",
    content_type: str = "application/x-www-form-urlencoded",
) -> str:
    """Send a body of that length as fast as it is taken; the first line of the answer, or what
    ended the connection.
    """
    piece = b"a=1&" * 16384
    with connected(port) as connection:
        head = HEAD.replace("/sign-in", path).replace(
            "application/x-www-form-urlencoded", content_type
        )
        try:
            connection.sendall(head.encode() + f"Content-Length: {length}\r\n\r\n".encode())
            for sent in range(0, length, len(piece)):
                connection.sendall(piece[: length - sent])
        except OSError:
            pass  # it was refused before it had come
        try:
            return connection.recv(4096).split(b"\r\n")[0].decode()
        except OSError as ended:
            return type(ended).__name__


def processes_of(pid: int) -> list[int]:
    """A process and all that it has started, and those have."""
    pids = [pid]
    for other in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(other.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            pids += processes_of(int(other.parent.name))
    return pids


def memory_of(pid: int) -> float:
    """Megabytes (PSS: what is shared is counted once) of a process and all that it has started."""
    kilobytes = 0
    for process in processes_of(pid):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes / 1024


@contextmanager
def highest_memory(pid: int) -> Iterator[list[float]]:
    """The highest reading while it lasts, as the only member of a list."""
    highest, over = [memory_of(pid)], threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            highest[0] = max(highest[0], memory_of(pid))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield highest
    finally:
        over.set()
        thread.join()


def alive(pid: int) -> bool:
    """Whether it runs; one that has ended and that nobody has asked about does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
