"""The garbage collector while a report is laid out and written.

WeasyPrint makes some million objects that live until the file is written. With Python's usual
thresholds the collector looks through them again and again and finds little: that is a fifth of
the time. Here it looks less often. It is not switched off, so the memory of a long report stays
what it was.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (100_000, 20, 5)

_lock = threading.Lock()
_usual: list[tuple[int, int, int]] = []
"""The thresholds before the first of those who are inside, once for each of them."""


@contextmanager
def collected_seldom() -> Iterator[None]:
    """The thresholds are of the process: they are as before once the last has left."""
    with _lock:
        _usual.append(_usual[0] if _usual else gc.get_threshold())
        gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        with _lock:
            usual = _usual.pop()
            if not _usual:
                gc.set_threshold(*usual)
