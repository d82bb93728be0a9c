"""One file out, one file in: the database as of one moment, the files, the heads and the key of an instance."""
from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import zlib
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from flask_babel import gettext as _

from tracker import __version__
from tracker.clock import now
from tracker.config import DATABASE, KEY_FILE, SHORTEST_KEY, Settings
from tracker.extensions import db

from . import migrations
from .create import MAY_LIE_THERE, refuse_unless_empty

FORMAT = 1
MANIFEST = "tracker-backup.json"
DUMP = "record.pgdump"
HEADS = "heads.log"
FILES = ("demonstration-accounts.txt", "files", "reports", "uploads")
OURS = {MANIFEST, HEADS, DATABASE, DUMP, KEY_FILE, *FILES}


class CannotBackUp(Exception):
    """No archive could be made; the text says what to do."""


class NotABackup(Exception):
    """The file is no backup, or not one that can be restored here; the text says what to do."""


def back_up(settings: Settings, target: Path) -> None:
    """One archive, readable by its owner alone: it holds the secret key. In an application's context. Raises CannotBackUp."""
    if target.exists():
        raise CannotBackUp(_("%(file)s is there already: name a new file.", file=target))
    if not target.parent.is_dir():
        raise CannotBackUp(_("There is no folder %(folder)s.", folder=target.parent))
    with TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        made = Path(folder) / "archive"
        out = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(out, "wb") as file, tarfile.open(fileobj=file, mode="w:gz", compresslevel=6, dereference=True) as archive:
            _add(archive, settings, Path(folder))
        made.rename(target)


def _add(archive: tarfile.TarFile, settings: Settings, folder: Path) -> None:
    said = {"format": FORMAT, "tracker": __version__, "database": db.engine.dialect.name, "version": migrations.version(),
            "made_at": now().isoformat(timespec="seconds")}
    _add_bytes(archive, MANIFEST, json.dumps(said, indent=1).encode())
    if settings.heads_file.exists():  # before the database: each of these heads is in the copy then
        _add_bytes(archive, HEADS, settings.heads_file.read_bytes())
    if db.engine.dialect.name == "sqlite":
        copy = folder / DATABASE
        with closing(sqlite3.connect(db.engine.url.database or "")) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)  # as of one moment, however many write meanwhile
        archive.add(copy, DATABASE)
    else:
        dump = folder / DUMP
        _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
        archive.add(dump, DUMP)
    for name in FILES:  # after it: each file that a fact names lies there before the fact
        if (settings.instance / name).exists():
            archive.add(settings.instance / name, name)
    archive.add(settings.instance / KEY_FILE, KEY_FILE)


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = len(content), 0o600, int(now().timestamp())
    archive.addfile(info, io.BytesIO(content))


def unpack(file: Path, folder: Path, kind: str) -> str:
    """Fill the empty folder from an archive, the key last: until then it is no instance. `kind`: the engine that the database will have.

    Gives back when the backup was made. Raises NotHere, NotABackup.
    """
    refuse_unless_empty(folder)
    try:
        with tarfile.open(file, "r:gz") as archive:
            said = json.load(archive.extractfile(MANIFEST) or io.BytesIO())
            if said["format"] != FORMAT:
                raise NotABackup(_("%(file)s was made by a newer version (%(version)s): restore it with that one.",
                                   file=file, version=said["tracker"]))
            if said["database"] != kind:
                if kind == "sqlite":
                    raise NotABackup(_("%(file)s holds a %(database)s database: set TRACKER_DATABASE_URL to an empty PostgreSQL database.",
                                       file=file, database=said["database"]))
                raise NotABackup(_("%(file)s holds a %(database)s database: unset TRACKER_DATABASE_URL.", file=file, database=said["database"]))
            _look_through(archive, DATABASE if kind == "sqlite" else DUMP, file)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
            members = [each for each in archive.getmembers() if each.name not in (MANIFEST, KEY_FILE)]
            archive.extractall(folder, members, filter="data")
            archive.extract(KEY_FILE, folder, filter="data")
            (folder / KEY_FILE).chmod(0o600)
    except (tarfile.TarError, zlib.error, OSError, EOFError, KeyError, ValueError, TypeError) as wrong:
        empty(folder)
        raise NotABackup(_("%(file)s is no backup of the tracker, or not a whole one (%(why)s).", file=file, why=type(wrong).__name__)) from wrong
    return str(said["made_at"])


def _look_through(archive: tarfile.TarFile, database: str, file: Path) -> None:
    """Before anything is unpacked: a foreign file in it could be one that the tracker runs (the worker's queue holds code)."""
    for each in archive.getmembers():
        if each.name.split("/")[0] not in OURS or not (each.isreg() or each.isdir()):
            raise NotABackup(_("%(file)s holds %(other)s, which no backup of the tracker has.", file=file, other=repr(each.name)))
    archive.getmember(database)
    key = archive.extractfile(KEY_FILE)
    if key is None or len(key.read().strip()) < SHORTEST_KEY:
        raise NotABackup(_("%(file)s holds no secret key of %(shortest)s characters.", file=file, shortest=SHORTEST_KEY))


def load_dump(folder: Path) -> None:
    """PostgreSQL: the dump into the database that TRACKER_DATABASE_URL names, which must be empty. In an application's context. Raises NotABackup."""
    dump = folder / DUMP
    if not dump.exists():
        return
    try:
        if sa.inspect(db.engine).get_table_names():
            raise NotABackup(_("The database that TRACKER_DATABASE_URL names is not empty: name an empty one."))
        _postgres("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname", str(dump))
    except (NotABackup, CannotBackUp):
        empty(folder)
        raise
    dump.unlink()


def empty(folder: Path) -> None:
    """What a failed restore leaves behind is no instance."""
    for each in folder.iterdir() if folder.is_dir() else ():
        if each.name not in MAY_LIE_THERE:
            shutil.rmtree(each) if each.is_dir() and not each.is_symlink() else each.unlink()


def _postgres(program: str, *words: str) -> None:
    """Run one of PostgreSQL's own programs on this database; its password is passed in the environment, where no list of processes shows it."""
    url = db.engine.url
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    address = sa.URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query).render_as_string()
    before, last = (words[:-1], words[-1:]) if program == "pg_restore" else (words, ())
    try:
        done = subprocess.run([program, *before, address, *last], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              check=False)
    except FileNotFoundError as missing:
        raise CannotBackUp(_("%(program)s is not installed: install PostgreSQL's client programs of the server's version.",
                             program=program)) from missing
    if done.returncode:
        why = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else _("it failed")
        raise CannotBackUp(f"{program}: {why}")
