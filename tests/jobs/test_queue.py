"""The queue of the worker: its messages are JSON, and nothing that lies in its file is run as
code.
"""

from __future__ import annotations

import pickle
import sqlite3
from pathlib import Path

import pytest

from tracker.jobs import queue


class Harmful:
    """Unpickled, it makes a file."""

    def __init__(self, proof: Path) -> None:
        self.proof = proof

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return open, (str(self.proof), "w")


def messages(file: Path) -> list[bytes]:
    connection = sqlite3.connect(file)
    try:
        return [bytes(row[0]) for row in connection.execute("SELECT data FROM task ORDER BY id")]
    finally:
        connection.close()


def test_a_message_is_json_and_comes_back(tmp_path: Path) -> None:
    done: list[int] = []
    huey, send = queue.open_queue(tmp_path / "jobs.sqlite3", done.append, lambda: None)
    send(42)
    [message] = messages(tmp_path / "jobs.sqlite3")
    assert message.startswith(b"{") and b"42" in message
    task = huey.dequeue()
    huey.execute(task)
    assert done == [42] and huey.dequeue() is None
    huey.storage.close()


def test_the_sweep_of_each_minute_comes_back_too(tmp_path: Path) -> None:
    swept: list[str] = []
    huey, _ = queue.open_queue(
        tmp_path / "jobs.sqlite3", lambda _: None, lambda: swept.append("swept")
    )
    [periodic] = huey._registry.periodic_tasks
    huey.enqueue(periodic)
    huey.execute(huey.dequeue())
    assert swept == ["swept"]
    huey.storage.close()


@pytest.mark.parametrize("kind", ["pickle", "words", "another task"])
def test_what_we_did_not_write_is_not_run(tmp_path: Path, kind: str) -> None:
    proof = tmp_path / "proof"
    huey, send = queue.open_queue(
        tmp_path / "jobs.sqlite3", lambda _: proof.touch(), lambda: proof.touch()
    )
    foreign = {
        "pickle": pickle.dumps(Harmful(proof)),
        "words": b"\x80\x04 no message",
        "another task": b'{"message": {"id": "1", "name": "os.system"}}',
    }
    huey.storage.enqueue(foreign[kind])
    # Whatever stands in a file: the consumer logs it, and goes on.
    with pytest.raises(Exception):  # noqa: B017
        huey.dequeue()
    assert not proof.exists()
    send(1)
    huey.execute(huey.dequeue())  # the next message is not held up
    assert proof.exists()
    huey.storage.close()
