"""The copies of pictures that members may open: without place and camera."""

from __future__ import annotations

from pathlib import Path

from . import pictures, store


def keep_copy(folder: Path, sha256: str, media_type: str) -> str:
    """The SHA-256 of the copy.

    Raises ValueError where it cannot be drawn, FileNotFoundError where the original is not there.
    """
    copy, _media_type = pictures.public_copy(store.read(folder, sha256), media_type)
    return store.keep(folder, copy)
