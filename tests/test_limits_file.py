"""Counting in a file.

What counts, when it ends, and that many processes together let in no more than the limit.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from limits import parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter

from tracker import limits_file
from tracker.limits_file import SQLiteStorage

TEN = parse("10 per 15 minutes")
WINDOW = 900.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "limits.sqlite3"


@pytest.fixture
def storage(path: Path) -> SQLiteStorage:
    limits = storage_from_string(f"sqlite:///{path}")
    assert isinstance(limits, SQLiteStorage)  # known by its scheme
    return limits


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    def put(at: float) -> None:
        monkeypatch.setattr(limits_file, "time", lambda: at)

    put(1000.0)
    return put


def entries(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        return int(connection.execute("SELECT count(*) FROM entry").fetchone()[0])


def test_as_many_as_the_limit_and_no_more(storage: SQLiteStorage) -> None:
    counts = MovingWindowRateLimiter(storage)
    assert [counts.hit(TEN, "dana") for _ in range(12)] == [True] * 10 + [False] * 2
    assert counts.hit(TEN, "ray") and not counts.test(TEN, "dana")
    assert counts.get_window_stats(TEN, "ray").remaining == 9
    counts.clear(TEN, "dana")
    assert counts.hit(TEN, "dana")


def test_a_moving_window_forgets_the_oldest_request(
    storage: SQLiteStorage, clock: Callable[[float], None], path: Path
) -> None:
    counts = MovingWindowRateLimiter(storage)
    for second in range(10):
        clock(1000.0 + second)
        assert counts.hit(TEN, "dana")
    assert counts.get_window_stats(TEN, "dana").reset_time == 1000 + WINDOW
    clock(1000.0 + WINDOW)
    # the first has ended, the second has not
    assert counts.hit(TEN, "dana") and not counts.hit(TEN, "dana")
    clock(1000.0 + 3 * WINDOW)
    assert counts.test(TEN, "dana") and entries(path) == 0  # what has ended is not kept


def test_the_fixed_window(storage: SQLiteStorage, clock: Callable[[float], None]) -> None:
    counts = FixedWindowRateLimiter(storage)
    assert [counts.hit(TEN, "dana") for _ in range(11)] == [True] * 10 + [False]
    assert storage.get_expiry(TEN.key_for("dana")) == 1000.0 + WINDOW
    clock(1000.0 + WINDOW + 1)
    assert counts.hit(TEN, "dana") and storage.get(TEN.key_for("dana")) == 1


def test_reset_empties_the_file(storage: SQLiteStorage) -> None:
    assert storage.check()
    storage.incr("one", 900)
    storage.acquire_entry("two", 10, 900, amount=3)
    assert storage.reset() == 4
    assert storage.get("one") == 0 and storage.get_moving_window("two", 10, 900)[1] == 0


def test_the_file_names_nobody_and_is_its_owners(storage: SQLiteStorage, path: Path) -> None:
    MovingWindowRateLimiter(storage).hit(TEN, "dana@example.org", "192.0.2.7")
    assert b"dana" not in path.read_bytes() and b"192.0" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_used_is_an_error_of_the_library(tmp_path: Path) -> None:
    broken = tmp_path / "limits.sqlite3"
    broken.write_bytes(b"no database at all" * 100)
    for place in (broken, tmp_path / "nowhere" / "limits.sqlite3", tmp_path):
        with pytest.raises(StorageError):
            storage = storage_from_string(f"sqlite:///{place}", wrap_exceptions=True)
            storage.get("x")  # type: ignore[union-attr]


def _ask_many(place: str, name: str, times: int, answers: multiprocessing.Queue[int]) -> None:
    counts = MovingWindowRateLimiter(storage_from_string(f"sqlite:///{place}"))
    answers.put(sum(counts.hit(TEN, name) for _ in range(times)))


def test_many_processes_together_let_in_no_more(path: Path) -> None:
    """None of them has opened the file before: they make its tables at once, too."""
    spawning = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue[int] = spawning.Queue()  # type: ignore[assignment]
    asking = [
        spawning.Process(target=_ask_many, args=(str(path), "dana", 25, answers)) for _ in range(4)
    ]
    for process in asking:
        process.start()
    let_in = [answers.get(timeout=60) for _ in asking]
    for process in asking:
        process.join(60)
    assert sum(let_in) == 10, let_in


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"), st.integers(1, 4), st.sampled_from(["hit", "test", "clear"])
        ),
        max_size=25,
    )
)
def test_it_answers_as_the_library_s_own(
    tmp_path_factory: pytest.TempPathFactory, questions: list[tuple[str, int, str]]
) -> None:
    path = tmp_path_factory.mktemp("limits") / "limits.sqlite3"
    ours, theirs = (
        MovingWindowRateLimiter(storage)
        for storage in (storage_from_string(f"sqlite:///{path}"), MemoryStorage())
    )
    for name, cost, question in questions:
        answers = [
            counts.clear(TEN, name)
            if question == "clear"
            else getattr(counts, question)(TEN, name, cost=cost)
            for counts in (ours, theirs)
        ]
        assert answers[0] == answers[1], (name, cost, question)
        left = [counts.get_window_stats(TEN, name).remaining for counts in (ours, theirs)]
        assert left[0] == left[1]
