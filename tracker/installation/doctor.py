"""Whether this installation is well: what it stands on, looked at one by one, each with what to do where it is not."""
from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from tracker.config import KEY_FILE, Settings
from tracker.engine import READING
from tracker.extensions import Instant, db
from tracker.record import ledger

from . import migrations, serve

LITTLE_SPACE = 2**30  # bytes
MEGABYTE = 2**20
NO_LIBRARIES = ("WeasyPrint's system libraries are missing, no PDF can be made: "
                "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")


class State(StrEnum):
    WELL = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    about: str
    state: State
    words: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Every check, in the order in which a problem would stop the next. In an application's context."""
    for about, check in CHECKS.items():
        try:
            state, words = check(settings)
        except (OSError, SQLAlchemyError, ValueError) as wrong:
            state, words = State.PROBLEM, str(wrong).splitlines()[0]
        yield Finding(about, state, words)


Said = tuple[State, str]


def _python(_: Settings) -> Said:
    return State.WELL, f"Python {sys.version.split()[0]} on {sys.platform}"


def _folder(settings: Settings) -> Said:
    if not os.access(settings.instance, os.W_OK | os.X_OK):
        return State.PROBLEM, f"{settings.instance} cannot be written by this user: it belongs to user {settings.instance.stat().st_uid}."
    if stat.S_IMODE(settings.instance.stat().st_mode) & 0o077:
        return State.WARNING, f"Others than its owner may look into it: chmod 700 {settings.instance}"
    return State.WELL, str(settings.instance)


def _key(settings: Settings) -> Said:
    key = settings.instance / KEY_FILE
    if stat.S_IMODE(key.stat().st_mode) & 0o077:
        return State.PROBLEM, f"Others than its owner may read the secret key: chmod 600 {key}"
    if key.stat().st_uid != os.geteuid():
        return State.WARNING, f"The secret key belongs to another user ({key.stat().st_uid}): run the tracker as that user."
    return State.WELL, "only its owner may read it"


def _database(_: Settings) -> Said:
    with db.engine.connect().execution_options(**READING) as connection:
        if connection.dialect.name == "sqlite":
            words = connection.exec_driver_sql("PRAGMA quick_check").scalar_one()
            if words != "ok":
                return State.PROBLEM, f"SQLite finds the file damaged ({words}): restore a backup."
            return State.WELL, f"SQLite {connection.exec_driver_sql('SELECT sqlite_version()').scalar_one()}"
        return State.WELL, str(connection.exec_driver_sql("SHOW server_version").scalar_one()).join(("PostgreSQL ", ""))


def _migrations(_: Settings) -> Said:
    has, needs = migrations.version(), migrations.newest()
    if has != needs:
        return State.PROBLEM, f"The database has version {has or 'none'}, the program needs {needs}: run `tracker init`."
    return State.WELL, f"version {has}"


def _guards(_: Settings) -> Said:
    """Triggers that refuse to change what is written once."""
    with db.engine.connect().execution_options(**READING) as connection:
        sqlite = connection.dialect.name == "sqlite"
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'" if sqlite else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        there = {row[0] for row in connection.exec_driver_sql(query)}
        wanted = {words.split()[2] for words in ledger.guards(connection.dialect.name) if words.startswith("CREATE TRIGGER")}
    if missing := wanted - there:
        return State.PROBLEM, f"{len(missing)} of {len(wanted)} guards are missing ({min(missing)}): run `tracker init`, then `tracker verify`."
    return State.WELL, f"{len(wanted)} in place"


def _clock(_: Settings) -> Said:
    now = datetime.now(UTC)
    with db.engine.connect().execution_options(**READING) as connection:
        newest = connection.scalar(sa.select(sa.type_coerce(sa.func.max(ledger.Event.recorded_at), Instant())))
    if newest and newest > now + timedelta(minutes=5):
        return State.PROBLEM, f"The system's clock is behind the newest event ({newest:%Y-%m-%d %H:%M} UTC): set it, or new events get that time."
    return State.WELL, f"{now:%Y-%m-%d %H:%M} UTC"


def _disk(settings: Settings) -> Said:
    free = shutil.disk_usage(settings.instance).free
    if free < LITTLE_SPACE:
        return (State.PROBLEM if free < LITTLE_SPACE // 10 else State.WARNING), f"Only {free // MEGABYTE} MB are free: make room."
    return State.WELL, f"{free // MEGABYTE:,} MB free"


def _heads(settings: Settings) -> Said:
    if not settings.heads_file.exists():
        return State.WARNING, f"There is no {settings.heads_file.name} yet: it begins with the next act, and proves then that nothing was cut off."
    return State.WELL, str(settings.heads_file.name)


def _pdf(_: Settings) -> Said:
    done = subprocess.run([sys.executable, "-P", "-c", "import weasyprint"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return (State.WELL, "WeasyPrint finds its system libraries") if done.returncode == 0 else (State.PROBLEM, NO_LIBRARIES)


def _worker(settings: Settings) -> Said:
    running = serve.running(settings.instance)
    if not running:
        return State.WARNING, "This instance is not being served: `tracker serve`"
    if "worker" not in running:
        return State.PROBLEM, "The server runs, its worker does not: reports wait. See its log."
    return State.WELL, "the server and its worker run"


CHECKS: dict[str, Callable[[Settings], Said]] = {
    "python": _python, "instance": _folder, "secret key": _key, "disk": _disk, "database": _database, "migrations": _migrations, "guards": _guards,
    "clock": _clock, "heads": _heads, "pdf": _pdf, "worker": _worker}
