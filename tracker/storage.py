"""What is wrong when something cannot be stored, told by the error.

A full disk, files that may not be written, a database that does not answer, or is held for long.
"""

from __future__ import annotations

import errno
from enum import StrEnum, auto

from sqlalchemy.exc import DBAPIError

from .engine import LongActRunning


class StorageTrouble(StrEnum):
    """Whoever runs the server can mend the first three; who uses it can only wait."""

    DISK_FULL = auto()
    READ_ONLY = auto()
    UNREACHABLE = auto()
    BUSY = auto()  # somebody records a great deal: it passes by itself


BY_ERRNO = {
    errno.ENOSPC: StorageTrouble.DISK_FULL,
    errno.EDQUOT: StorageTrouble.DISK_FULL,
    errno.EROFS: StorageTrouble.READ_ONLY,
    errno.EACCES: StorageTrouble.READ_ONLY,
    errno.EPERM: StorageTrouble.READ_ONLY,
}
BY_WORDS_OF_SQLITE = {
    "database or disk is full": StorageTrouble.DISK_FULL,
    "database is locked": StorageTrouble.BUSY,
    "readonly database": StorageTrouble.READ_ONLY,
    "unable to open database file": StorageTrouble.UNREACHABLE,
    "disk i/o error": StorageTrouble.UNREACHABLE,
}
BY_CODE_OF_POSTGRESQL = {
    "53100": StorageTrouble.DISK_FULL,
    "25006": StorageTrouble.READ_ONLY,
    "55P03": StorageTrouble.BUSY,  # a lock was not to be had in time
}
GONE = ("08", "53", "57P")  # connection trouble; memory or connections used up; shut down, starting


def trouble_of(error: BaseException) -> StorageTrouble | None:
    """None for an error that has another cause."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        error = error.orig
    if isinstance(error, LongActRunning):
        return StorageTrouble.BUSY
    if isinstance(error, OSError):
        return BY_ERRNO.get(error.errno or 0)
    code = getattr(error, "sqlstate", None)
    if code is not None:
        return BY_CODE_OF_POSTGRESQL.get(code) or (
            StorageTrouble.UNREACHABLE if code.startswith(GONE) else None
        )
    kind = type(error)
    if kind.__module__ == "sqlite3":
        words = str(error).lower()
        return next(
            (trouble for known, trouble in BY_WORDS_OF_SQLITE.items() if known in words), None
        )
    if kind.__module__.startswith("psycopg") and kind.__name__ == "OperationalError":
        return StorageTrouble.UNREACHABLE
    return None
