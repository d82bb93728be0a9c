"""Compiled templates, kept in the instance from one start to the next.

To compile them takes a third of a start.

They are code: a folder is used only if nobody else may write there, and belongs to one build of the
tracker and one of Jinja.
"""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import structlog
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from tracker.formatting.build import build

FOLDER = "templates-compiled"  # in the instance; no backup holds it

log = structlog.get_logger("tracker.templates")


class CompiledTemplates(FileSystemBytecodeCache):
    """Whatever goes wrong with a kept file, the template is compiled from its source."""

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception as wrong:  # a damaged file can raise anything
            log.warning("a compiled template cannot be read", reason=str(wrong))
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # a full disk, an instance that is read only
            super().dump_bytecode(bucket)


def of_instance(instance: Path) -> CompiledTemplates | None:
    """Those of this build. What other builds left goes. None where the folder is not ours alone."""
    ours = instance / FOLDER / f"{build()}-{version('jinja2')}"
    try:
        for folder in (ours.parent, ours):
            folder.mkdir(mode=0o700, exist_ok=True)
            if not _is_private(folder):
                log.warning(
                    "compiled templates are not kept: others may write there", folder=str(folder)
                )
                return None
        for other in ours.parent.iterdir():
            if other != ours:
                shutil.rmtree(other, ignore_errors=True)
    except OSError:
        return None
    return CompiledTemplates(str(ours), "%s")


def of_command(instance: Path) -> CompiledTemplates | None:
    """The same for a command, which says nothing of it. None where the instance is of another
    account: its server could not use what the command leaves.
    """
    folder = instance / FOLDER
    try:
        is_ours = instance.stat().st_uid == os.getuid()
        if not is_ours or (folder.exists() and not _is_private(folder)):
            return None
    except OSError:
        return None
    return of_instance(instance)


def _is_private(folder: Path) -> bool:
    """A folder of this account's, no link to one, that nobody else may enter."""
    status = folder.lstat()
    return (
        stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o077
    )
