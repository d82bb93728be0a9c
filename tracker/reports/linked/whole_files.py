"""Files that nobody reads half written."""

from __future__ import annotations

import os
import threading
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)  # where the disk is full


def write_first(path: Path, content: bytes) -> None:
    """Where others write the same file at once, that of the first stays."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        unfinished.write_bytes(content)
        os.link(unfinished, path)
    except FileExistsError:
        return
    finally:
        unfinished.unlink(missing_ok=True)
