"""One file out: the database as of one moment, the files, the heads and the key of an instance,
with the SHA-256 of each.

Back in: restore.py.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import stat
import tarfile
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from tracker import __version__
from tracker.clock import now
from tracker.config import DATABASE, HEADS, KEY_FILE, Settings
from tracker.extensions import db
from tracker.translation import gettext as _

from . import migrations, postgresql
from .archive import ACCOUNTS, DUMP, FOLDERS, FORMAT, MANIFEST, SUMS, is_ours


class CannotBackUp(Exception):
    """No archive could be made; the text says what to do."""


def back_up(settings: Settings, target: Path) -> None:
    """One archive, readable by its owner alone: it holds the secret key.

    In an application's context. Raises CannotBackUp, OSError.
    """
    if target.exists():
        raise CannotBackUp(_("%(file)s is there already: name a new file.", file=target))
    if not target.parent.is_dir():
        raise CannotBackUp(_("There is no folder %(folder)s.", folder=target.parent))
    with TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        made = Path(folder) / "archive"
        out = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(out, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
                _fill(ArchiveWriter(archive), settings, Path(folder))
            file.flush()
            os.fsync(file.fileno())
        made.rename(target)
    _note(settings)


def _note(settings: Settings) -> None:
    """When it was made, for `doctor` and the office. The archive is there even where that cannot
    be noted.
    """
    with suppress(OSError):
        settings.backup_file.touch(mode=0o600)
        os.utime(settings.backup_file, (now().timestamp(), now().timestamp()))


def made_at(settings: Settings) -> datetime | None:
    """When the last archive was made; None: none by this instance."""
    try:
        return datetime.fromtimestamp(settings.backup_file.stat().st_mtime, UTC)
    except OSError:
        return None


class ArchiveWriter:
    """An archive while it is written: members in order, and the SHA-256 of each."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self.archive = archive
        self.sums: dict[str, str] = {}

    def add_bytes(self, name: str, content: bytes) -> None:
        self._add(name, io.BytesIO(content), len(content), now().timestamp())

    def add_file(self, name: str, path: Path) -> None:
        """A plain file; one that is gone meanwhile, or that is a link or a device, is left out."""
        try:
            opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            if path.is_symlink() or not path.exists():
                return
            raise
        with open(opened, "rb") as file:
            about = os.fstat(file.fileno())
            if stat.S_ISREG(about.st_mode):
                self._add(name, file, about.st_size, about.st_mtime)

    def _add(self, name: str, content: BinaryIO, size: int, changed_at: float) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(changed_at)
        reader = HashingReader(content)
        self.archive.addfile(info, reader)
        self.sums[name] = reader.sha256.hexdigest()


class HashingReader(io.RawIOBase):
    """Hashes what is read through it."""

    def __init__(self, content: BinaryIO) -> None:
        self.content = content
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        part = self.content.read(size)
        self.sha256.update(part)
        return part


def _fill(archive: ArchiveWriter, settings: Settings, folder: Path) -> None:
    about = {
        "format": FORMAT,
        "tracker": __version__,
        "database": db.engine.dialect.name,
        "version": migrations.version(),
        "made_at": now().isoformat(timespec="seconds"),
    }
    archive.add_bytes(MANIFEST, json.dumps(about, indent=1).encode())
    # before the database: each of these heads is in the copy then
    archive.add_file(HEADS, settings.heads_file)
    if db.engine.dialect.name == "sqlite":
        copy = folder / DATABASE
        with (
            closing(sqlite3.connect(db.engine.url.database or "")) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)  # as of one moment, however many write meanwhile
        archive.add_file(DATABASE, copy)
    else:
        dump = folder / DUMP
        try:
            postgresql.run(
                "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}"
            )
        except postgresql.ProgramFailed as wrong:
            raise CannotBackUp(str(wrong)) from wrong
        archive.add_file(DUMP, dump)
    archive.add_file(ACCOUNTS, settings.instance / ACCOUNTS)
    # After the database: each file that a fact names lies there before the fact.
    for name, path in _files(settings.instance):
        archive.add_file(name, path)
    archive.add_file(KEY_FILE, settings.instance / KEY_FILE)
    archive.add_bytes(SUMS, json.dumps(archive.sums, indent=1).encode())


def _files(instance: Path) -> Iterator[tuple[str, Path]]:
    """What the tracker itself has put into the folders of the instance; no link is followed."""
    for top in FOLDERS:
        for folder, folders, names in os.walk(instance / top):
            folders.sort()
            for name in sorted(names):
                path = Path(folder) / name
                inside = path.relative_to(instance).as_posix()
                if is_ours(inside):
                    yield inside, path
