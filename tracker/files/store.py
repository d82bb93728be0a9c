"""Bytes on disk under their SHA-256, in two levels of folders; written once, whole or not at all.

What they are is not known here.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from pathlib import Path

SHA256 = re.compile(r"[0-9a-f]{64}")
# nanoseconds: a younger stat can be that of two contents, as file systems count time in steps
SETTLED = 2 * 10**9
REMEMBERED = 10_000  # files, before what was seen of them is forgotten


def path_of(folder: Path, sha256: str) -> Path:
    """Where the bytes of that digest lie, or would. Raises ValueError for what is no digest."""
    if not SHA256.fullmatch(sha256):
        raise ValueError(f"no SHA-256: {sha256!r}")
    return folder / sha256[:2] / sha256[2:4] / sha256


def keep(folder: Path, content: bytes) -> str:
    """Stores the bytes, if they are not there yet, whole; gives back their SHA-256.

    They are on the disk when this returns.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(folder, sha256)
    if unchanged(folder, sha256):
        os.utime(path)  # in use: whoever sweeps leaves it alone
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    _sync(path.parent)
    return sha256


def _sync(folder: Path) -> None:
    """The name, too, is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(folder: Path, sha256: str) -> bytes:
    """Raises FileNotFoundError, and ValueError where the bytes are not those that were stored."""
    content = path_of(folder, sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"the stored file {sha256} was changed")
    return content


def drop(folder: Path, sha256: str) -> None:
    path_of(folder, sha256).unlink(missing_ok=True)


def digest_of(folder: Path, sha256: str) -> str | None:
    """What the bytes that lie under that digest give now; None: they are gone. Raises OSError."""
    try:
        with path_of(folder, sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


# files whose bytes were right, and their stat then; of this process
_looked_at: dict[Path, tuple[int, ...]] = {}


def unchanged(folder: Path, sha256: str) -> bool:
    """Whether the bytes are there and still have that digest.

    They are read again only if the stat of their file has changed.
    """
    path = path_of(folder, sha256)
    try:
        about = path.stat()
        stat = (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns)
        if _looked_at.get(path) == stat:
            return True
        if digest_of(folder, sha256) != sha256:
            return False
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return False
    if time.time_ns() - about.st_ctime_ns >= SETTLED:
        if len(_looked_at) >= REMEMBERED:
            _looked_at.clear()
        _looked_at[path] = stat
    return True
