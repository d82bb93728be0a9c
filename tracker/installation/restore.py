"""One file in: an instance made from a backup, whole or not at all.

Nothing in the archive is believed: names, kinds and sums are looked at.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
import shutil
import sqlite3
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from tracker.config import DATABASE, HEADS, KEY_FILE, SHORTEST_KEY
from tracker.engine import READING
from tracker.extensions import db
from tracker.translation import gettext as _

from . import create, guards, migrations, postgresql
from .archive import DUMP, FORMAT, MANIFEST, SUMS, WITHOUT_SUMS, is_file, is_ours, is_passed_over
from .create import refuse_unless_empty

PART = 2**20  # bytes read at once
LARGEST_LIST = 2**28  # bytes of the manifest, or of the list of sums


class NotABackup(Exception):
    """The file is no backup, or not one that can be restored here; the text says what to do."""


@dataclass
class Restored:
    """`warnings`: what the archive could not show, and what was in its database beside the
    record.
    """

    made_at: str
    warnings: list[str] = field(default_factory=list)


OpenInstance = Callable[[Path], AbstractContextManager[Flask]]
"""Opens the application of an instance, whatever version its database has."""


def restore(file: Path, folder: Path, kind: str, open_instance: OpenInstance) -> Restored:
    """Make the instance `folder` from an archive.

    `kind`: the engine that its database will have. Raises CannotMakeInstance, NotABackup.
    """
    refuse_unless_empty(folder)
    with _beside(folder) as new:
        restored = _unpack(file, new, kind)
        with open_instance(new), _database_emptied_again(kind):
            _load_dump(new)
            _bring_up_to_date(file, restored)
        try:
            _put_in_place(new, folder)
        except OSError:
            with open_instance(new):
                _empty_database(kind)
            raise
        return restored


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A new folder on the same disk, in which the instance is made; gone afterwards, unless it
    became the instance.
    """
    there = folder.exists()
    if not there:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = (folder if there else folder.parent) / f".restoring-{secrets.token_hex(8)}"
    new.mkdir(mode=0o700)
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _put_in_place(new: Path, folder: Path) -> None:
    """In one step; into a folder that is there already, the key comes last: until then it is no
    instance.
    """
    if not folder.exists():
        new.rename(folder)
        return
    folder.chmod(0o700)
    names = sorted((path.name for path in new.iterdir()), key=lambda name: name == KEY_FILE)
    moved: list[Path] = []
    try:
        for name in names:
            moved.append((new / name).rename(folder / name))
    except OSError:
        for path in moved:
            path.rename(new / path.name)
        raise


# --- the archive ---


def _unpack(file: Path, new: Path, kind: str) -> Restored:
    """Into the new folder, after all of the archive was looked through to its end.

    Raises NotABackup.
    """
    try:
        with (
            gzip.open(file, "rb") as unzipped,
            tarfile.open(fileobj=unzipped, mode="r:") as archive,
        ):
            about = _manifest(archive, file, kind)
            sums = {MANIFEST: about.sha256}
            listed = _members(archive, file, new, sums)
            while unzipped.read(PART):  # to the end: gzip's own sum is there
                pass
    except OSError as wrong:
        if wrong.errno is not None:  # of the disk, and not of the archive
            raise
        raise _broken(file, wrong) from wrong
    except (
        tarfile.TarError,
        zlib.error,
        EOFError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as wrong:
        raise _broken(file, wrong) from wrong
    restored = Restored(about.made_at)
    if about.format == WITHOUT_SUMS and listed is None:
        restored.warnings.append(
            _(
                "%(file)s was made by an older version and has no list of SHA-256: that its files "
                "are whole is not proved by it.",
                file=file,
            )
        )
    elif listed != sums:
        raise NotABackup(
            _("%(file)s is damaged: its files are not those of its own list of SHA-256.", file=file)
        )
    _look_at_key(new, file)
    if (DATABASE if kind == "sqlite" else DUMP) not in sums:
        raise _broken(file, _("it holds no database"))
    if kind == "sqlite":
        _look_at_database(new / DATABASE, file)
    (new / HEADS).touch(mode=0o600)
    return restored


@dataclass(frozen=True)
class Manifest:
    format: int
    made_at: str
    sha256: str


def _manifest(archive: tarfile.TarFile, file: Path, kind: str) -> Manifest:
    """The first member."""
    member = archive.next()
    if member is None or member.name != MANIFEST or not is_file(member):
        raise _broken(file, _("it does not begin with %(name)s", name=MANIFEST))
    content = _content(archive, member)
    manifest = json.loads(content)
    if manifest["format"] not in (WITHOUT_SUMS, FORMAT):
        raise NotABackup(
            _(
                "%(file)s was made by a newer version (%(version)s): restore it with that one.",
                file=file,
                version=_short(manifest["tracker"]),
            )
        )
    database = _short(manifest["database"])
    if database != kind:
        if kind == "sqlite":
            raise NotABackup(
                _(
                    "%(file)s holds a %(database)s database: set TRACKER_DATABASE_URL to an empty "
                    "PostgreSQL database.",
                    file=file,
                    database=database,
                )
            )
        raise NotABackup(
            _(
                "%(file)s holds a %(database)s database: unset TRACKER_DATABASE_URL.",
                file=file,
                database=database,
            )
        )
    made_at = datetime.fromisoformat(manifest["made_at"]).isoformat(timespec="seconds")
    return Manifest(manifest["format"], made_at, hashlib.sha256(content).hexdigest())


def _short(words: object) -> str:
    """What a file says of itself, fit to be printed."""
    return "".join(sign for sign in str(words) if sign.isprintable())[:40]


def _members(
    archive: tarfile.TarFile, file: Path, new: Path, sums: dict[str, str]
) -> dict[str, str] | None:
    """Writes each member; gives back the archive's own list of sums, and fills `sums` with those of
    what was written.
    """
    listed = None
    while (member := archive.next()) is not None:
        if is_passed_over(member):
            continue
        if not (is_ours(member.name) and is_file(member)):
            raise NotABackup(
                _(
                    "%(file)s holds %(other)s, which no backup of the tracker has.",
                    file=file,
                    other=repr(member.name),
                )
            )
        if member.name in sums or listed is not None:
            raise NotABackup(
                _(
                    "%(file)s holds %(other)s twice, or after its end: no backup of the tracker "
                    "does.",
                    file=file,
                    other=repr(member.name),
                )
            )
        if member.name == SUMS:
            listed = {
                str(name): str(sha256)
                for name, sha256 in json.loads(_content(archive, member)).items()
            }
        else:
            source = archive.extractfile(member)
            assert source is not None  # a plain file
            sums[member.name] = _write(new / member.name, source)
    return listed


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    source = archive.extractfile(member)
    if source is None or member.size > LARGEST_LIST:
        raise ValueError(member.name)
    return source.read()


def _write(path: Path, source: IO[bytes]) -> str:
    """A new file, readable by its owner alone; gives back its SHA-256."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    sha256 = hashlib.sha256()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while part := source.read(PART):
            sha256.update(part)
            out.write(part)
        out.flush()
        os.fsync(out.fileno())
    return sha256.hexdigest()


def _broken(file: Path, why: Exception | str) -> NotABackup:
    manifest = why if isinstance(why, str) else type(why).__name__
    return NotABackup(
        _(
            "%(file)s is no backup of the tracker, or not a whole one (%(why)s).",
            file=file,
            why=manifest,
        )
    )


def _look_at_key(new: Path, file: Path) -> None:
    key = new / KEY_FILE
    if not key.exists() or len(key.read_bytes().strip()) < SHORTEST_KEY:
        raise NotABackup(
            _(
                "%(file)s holds no secret key of %(shortest)s characters.",
                file=file,
                shortest=SHORTEST_KEY,
            )
        )


# --- the database ---


def _look_at_database(path: Path, file: Path) -> None:
    """It opens, is whole, and holds what a tracker's does: an empty one would become an empty
    record.
    """
    whole = filled = False
    try:
        with closing(
            sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        ) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            (versions,) = connection.execute("SELECT count(*) FROM alembic_version").fetchone()
            (heads,) = connection.execute("SELECT count(*) FROM head").fetchone()
            filled = whole and versions == 1 and heads > 0
    except sqlite3.DatabaseError:  # no such table among them
        pass
    if not filled:
        raise NotABackup(
            _("The database in %(file)s is empty, damaged, or none of the tracker's.", file=file)
            if whole
            else _("The database in %(file)s cannot be opened.", file=file)
        )


@contextmanager
def _database_emptied_again(kind: str) -> Iterator[None]:
    """PostgreSQL: the database must be empty before, and is so again where the restoring fails."""
    if kind == "postgresql" and sa.inspect(db.engine).get_table_names():
        raise NotABackup(
            _("The database that TRACKER_DATABASE_URL names is not empty: name an empty one.")
        )
    try:
        yield
    except BaseException:
        _empty_database(kind)
        raise


def _empty_database(kind: str) -> None:
    if kind == "postgresql":
        with db.engine.begin() as connection:
            tables = sa.MetaData()
            tables.reflect(connection)
            tables.drop_all(connection)
            connection.exec_driver_sql("DROP FUNCTION IF EXISTS refuse()")


def _bring_up_to_date(file: Path, restored: Restored) -> None:
    """Runs the migrations that wait. Raises NotABackup."""
    try:
        if migrations.version() is None:
            raise NotABackup(
                _(
                    "The database in %(file)s is empty, damaged, or none of the tracker's.",
                    file=file,
                )
            )
        create.bring_up_to_date()
        with db.engine.connect().execution_options(**READING) as connection:
            others = guards.inspect_guards(connection).other
    except migrations.UnknownVersion as wrong:
        raise NotABackup(str(wrong)) from wrong
    except SQLAlchemyError as wrong:
        raise NotABackup(_("The database in %(file)s cannot be opened.", file=file)) from wrong
    if others:
        restored.warnings.append(
            _(
                "The database in %(file)s has what the tracker did not make (%(others)s).",
                file=file,
                others=", ".join(others),
            )
        )


def _load_dump(new: Path) -> None:
    """PostgreSQL: the dump into the database that TRACKER_DATABASE_URL names. Raises NotABackup."""
    dump = new / DUMP
    if not dump.exists():
        return
    try:
        postgresql.run(
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--single-transaction",
            "--dbname",
            last=str(dump),
        )
    except postgresql.ProgramFailed as wrong:
        raise NotABackup(str(wrong)) from wrong
    dump.unlink()
