"""Answers about a body, kept in the memory of the process while its record says the same.

That is as long as the body's chain ends with the same event.
"""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

from tracker.record.as_of import AsOf

Value = TypeVar("Value")
Revision = tuple[int, str, AsOf]
"""A body's id, the hash of its chain's newest event, the day asked for.

The hash stands for all that the chain says: after a write it is another.
"""


class RevisionCache(Generic[Value]):
    """Threads may share it. What was not asked for the longest goes first."""

    def __init__(self, size: int = 64) -> None:
        self._answers: LRUCache[Hashable, Value] = LRUCache(size)
        self._lock = Lock()

    def get(self, revision: Revision, *of: Hashable) -> Value | None:
        """`of` tells apart the answers that one revision has. None: it is not kept."""
        with self._lock:
            return self._answers.get((revision, of))

    def put(self, value: Value, revision: Revision, *of: Hashable) -> None:
        with self._lock:
            self._answers[revision, of] = value

    def clear(self) -> None:
        with self._lock:
            self._answers.clear()
