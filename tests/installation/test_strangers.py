"""A real server under what strangers do to it.

It answers others meanwhile, and its memory stays small.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from . import strangers
from .conftest import Served, get, until

pytestmark = pytest.mark.installed

MOST_MEMORY = 400.0  # megabytes, PSS of all processes of `serve`
ATTACKS: dict[str, Callable[[int], strangers.Attack]] = {
    "sixteen bodies that trickle": strangers.slow_bodies,
    "sixteen that trickle to where files are taken": lambda port: strangers.slow_bodies(
        port, length=900_000, path="/my-work/union/2026/nbi-1/log"
    ),
    "a hundred bodies that never come": lambda port: strangers.stalled_bodies(port, 100),
    "bodies in slow chunks": strangers.slow_chunks,
    "two hundred heads that trickle": strangers.slow_heads,
    "two hundred idle connections": strangers.idle,
}


def test_others_are_answered_meanwhile(served: Served) -> None:
    address = served.serve()
    assert served.process is not None
    with strangers.highest_memory(served.process.pid) as highest:
        for name, attack in ATTACKS.items():
            with attack(served.port):
                for _ in range(5):
                    assert get(address + "/sign-in")[0] == 200, (name, served.log)
    assert highest[0] < MOST_MEMORY, highest


def test_large_bodies_are_refused_before_they_have_come(served: Served) -> None:
    address, answers = served.serve(), []
    assert served.process is not None
    cases = [
        (59 * 2**20, "/sign-in", "application/x-www-form-urlencoded"),
        (59 * 2**20, "/sign-in", "multipart/form-data; boundary=x"),
        (61 * 2**20, "/my-work/union/2026/nbi-1/log", "multipart/form-data; boundary=x"),
        (2**40, "/", "text/plain"),
    ]

    def send(length: int, path: str, kind: str) -> None:
        answers.append(strangers.flood(served.port, min(length, 61 * 2**20), path, kind))

    with strangers.highest_memory(served.process.pid) as highest:
        threads = [threading.Thread(target=send, args=case) for case in cases * 2]
        for thread in threads:
            thread.start()
        assert get(address + "/sign-in")[0] == 200
        for thread in threads:
            thread.join()
    assert all(
        "413" in answer or "405" in answer or "Reset" in answer or "Broken" in answer
        for answer in answers
    ), answers
    assert highest[0] < MOST_MEMORY, highest
    assert until(lambda: get(address + "/")[0] == 200)
    assert "Traceback" not in served.log
